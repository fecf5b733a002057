"""Packages and data sets that the earth pack uses, each with its licence."""

from dive_assets.tools.tool import DataSource

PVLIB = DataSource("pvlib", "BSD-3-Clause", "https://pypi.org/project/pvlib/")
SAM_LIBRARY = DataSource("pvlib", "BSD-3-Clause", "https://sam.nrel.gov/photovoltaic/pv-sub-page-2.html")
TMY3 = DataSource("pvlib", "BSD-3-Clause", "https://pypi.org/project/pvlib/", "LicenseRef-Public-Domain")
ALTITUDE_MAP = DataSource(
    "pvlib", "BSD-3-Clause", "https://registry.opendata.aws/terrain-tiles/", "LicenseRef-Mapzen-terrain-attribution"
)
GSW = DataSource("gsw", "BSD-3-Clause", "https://pypi.org/project/gsw/")
PSYCHROLIB = DataSource("psychrolib", "MIT", "https://pypi.org/project/psychrolib/")
FLUIDS = DataSource("fluids", "MIT", "https://pypi.org/project/fluids/")
OPEN_LOCATION_CODE = DataSource("openlocationcode", "Apache-2.0", "https://pypi.org/project/openlocationcode/")
GEODESICS = DataSource("geographiclib", "MIT", "https://pypi.org/project/geographiclib/")
ELEMENT_TABLE = DataSource("mendeleev", "MIT", "https://pypi.org/project/mendeleev/")

_STATSMODELS = ("statsmodels", "BSD-3-Clause", "https://www.statsmodels.org/stable/datasets/index.html")
CLIMATE_SERIES = DataSource(*_STATSMODELS, "LicenseRef-Public-Domain")

_BOKEH = ("bokeh_sampledata", "BSD-3-Clause", "https://pypi.org/project/bokeh_sampledata/")
CENSUS_BOUNDARIES = DataSource(*_BOKEH, "LicenseRef-Public-Domain")
LINCOLN_WEATHER = DataSource(*_BOKEH, "LicenseRef-Public-Domain")
NERACOOS = DataSource(*_BOKEH, "LicenseRef-NERACOOS (free to use and redistribute)")

US_REGULATION = DataSource("", "LicenseRef-Public-Domain", "https://www.ecfr.gov/current/title-40/part-98/subpart-C")
