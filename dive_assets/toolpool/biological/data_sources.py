"""Packages that the biological pack uses, each with the licence of its code and of its data."""

from dive_assets.tools.tool import DataSource

HGFIND = DataSource(
    "hgfind", "MIT", "https://pypi.org/project/hgfind/", "Ensembl BioMart, no restriction (EMBL-EBI terms of use)"
)
HPO3 = DataSource("hpo3", "MIT", "https://pypi.org/project/hpo3/", "HPO licence: cite, do not alter")
CODON_TABLES = DataSource("python_codon_tables", "CC0-1.0", "https://pypi.org/project/python_codon_tables/")
AAINDEX = DataSource("aaindex", "MIT", "https://pypi.org/project/aaindex/", "AAindex: published values, cite")
PYTEOMICS = DataSource("pyteomics", "Apache-2.0", "https://pypi.org/project/pyteomics/")
BURTIN = DataSource(
    "bokeh_sampledata", "BSD-3-Clause", "https://pypi.org/project/bokeh_sampledata/", "MIT (Burtin 1951, transcribed)"
)
PALMER_PENGUINS = DataSource(
    "bokeh_sampledata", "BSD-3-Clause", "https://pypi.org/project/bokeh_sampledata/", "CC0-1.0 (palmerpenguins)"
)
FORMULA = DataSource("", "PSF-2.0", "https://docs.python.org/3/library/math.html")
