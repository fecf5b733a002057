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
US_COUNTY_LABOUR = DataSource(*_BOKEH, "LicenseRef-Public-Domain")
US_STATE_ABSTRACT = DataSource(
    "statsmodels", "BSD-3-Clause", "https://pypi.org/project/statsmodels/", "LicenseRef-Public-Domain"
)

WORDFREQ = DataSource("wordfreq", "Apache-2.0", "https://pypi.org/project/wordfreq/", "CC-BY-SA-4.0")
LEMMINFLECT = DataSource("lemminflect", "MIT", "https://pypi.org/project/lemminflect/")
RAPIDFUZZ = DataSource("rapidfuzz", "MIT", "https://pypi.org/project/rapidfuzz/")
PHONENUMBERS = DataSource("phonenumbers", "Apache-2.0", "https://pypi.org/project/phonenumbers/")
TZFPY = DataSource("tzfpy", "MIT", "https://pypi.org/project/tzfpy/", "ODbL-1.0")
SYMPY = DataSource("sympy", "BSD-3-Clause", "https://pypi.org/project/sympy/")
NETWORKX = DataSource("networkx", "BSD-3-Clause", "https://pypi.org/project/networkx/")
MONTY = DataSource("pydantic-monty", "MIT", "https://pypi.org/project/pydantic-monty/")
UNICODE_DATABASE = DataSource("", "PSF-2.0", "https://docs.python.org/3/library/unicodedata.html", "Unicode-3.0")
