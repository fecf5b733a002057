"""Biological tools: genes, phenotypes, sequences, restriction enzymes, genetic codes, proteins."""
