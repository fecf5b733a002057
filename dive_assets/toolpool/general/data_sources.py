"""Packages and data sets that only the general pack uses."""

from dive_assets.tools.tool import DataSource

GEOGRAPHICLIB = DataSource("geographiclib", "MIT", "https://pypi.org/project/geographiclib/")
TZDATA = DataSource("tzdata", "Apache-2.0", "https://pypi.org/project/tzdata/", "LicenseRef-Public-Domain")
CONVERTDATE = DataSource("convertdate", "MIT", "https://pypi.org/project/convertdate/")
DATEUTIL = DataSource("python-dateutil", "Apache-2.0 OR BSD-3-Clause", "https://pypi.org/project/python-dateutil/")
LANGCODES = DataSource("langcodes", "MIT", "https://pypi.org/project/langcodes/")
LANGUAGE_DATA = DataSource("language_data", "MIT", "https://pypi.org/project/language-data/", "Unicode-3.0")

_BOKEH = ("bokeh_sampledata", "BSD-3-Clause", "https://pypi.org/project/bokeh_sampledata/")
UN_POPULATION = DataSource(*_BOKEH, "CC-BY-3.0-IGO")
GAPMINDER = DataSource(*_BOKEH, "CC-BY-2.0")
EMISSIONS = DataSource(*_BOKEH, "LicenseRef-Public-Domain")
WIKIDATA_FILMS = DataSource(*_BOKEH, "CC0-1.0")
