"""Tools of clinical coding, phenotyping, pharmacogenetics, laboratory medicine and epidemiology."""
