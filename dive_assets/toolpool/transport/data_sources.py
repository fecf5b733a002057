"""Packages and published rules that only the transport pack uses."""

from dive_assets.tools.tool import DataSource

AIRPORTSDATA = DataSource("airportsdata", "MIT", "https://pypi.org/project/airportsdata/")
GEOGRAPHICLIB = DataSource("geographiclib", "MIT", "https://pypi.org/project/geographiclib/")
TZDATA = DataSource("tzdata", "Apache-2.0", "https://pypi.org/project/tzdata/", "LicenseRef-Public-Domain")
SEAROUTE = DataSource("searoute", "Apache-2.0", "https://pypi.org/project/searoute/")
PYAIS = DataSource("pyais", "MIT", "https://pypi.org/project/pyais/")
PYCONTRAILS = DataSource("pycontrails", "Apache-2.0", "https://pypi.org/project/pycontrails/")
STDNUM = DataSource("python-stdnum", "LGPL-2.1-or-later", "https://pypi.org/project/python-stdnum/")

_BOKEH = ("bokeh_sampledata", "BSD-3-Clause", "https://pypi.org/project/bokeh_sampledata/")
BTS_ROUTES = DataSource(*_BOKEH, "LicenseRef-Public-Domain")
ASA_CARS = DataSource(*_BOKEH, "CC0-1.0")
EPA_CARS = DataSource(*_BOKEH, "LicenseRef-Public-Domain")

ISA = DataSource("", "LicenseRef-Published-Formula", "https://www.iso.org/standard/7472.html")
NAVIGATION = DataSource(
    "", "LicenseRef-Published-Formula", "https://www.faa.gov/regulations_policies/handbooks_manuals"
)
ANNEX_16 = DataSource("", "LicenseRef-Published-Formula", "https://www.icao.int/environmental-protection")
SHIP_THEORY = DataSource("", "LicenseRef-Published-Formula", "https://msi.nga.mil/Publications/APN")
ROAD_DESIGN = DataSource("", "LicenseRef-Published-Formula", "https://doi.org/10.17226/9786")
MECHANICS = DataSource("", "LicenseRef-Published-Formula", "https://physics.nist.gov/cuu/Constants/")
VIN_RULE = DataSource("", "LicenseRef-Public-Domain", "https://www.ecfr.gov/current/title-49/part-565")
CONTAINER_CODES = DataSource("", "LicenseRef-Published-Code", "https://www.iso.org/standard/83558.html")
TYRE_CODES = DataSource("", "LicenseRef-Published-Code", "https://unece.org/transport/vehicle-regulations")
