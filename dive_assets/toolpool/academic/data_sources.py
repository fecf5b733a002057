"""Packages that the academic pack uses, with the licence of their code and data."""

from dive_assets.tools.tool import DataSource

MENDELEEV = DataSource("mendeleev", "MIT", "https://pypi.org/project/mendeleev/")
PERIODICTABLE = DataSource("periodictable", "LicenseRef-public-domain", "https://pypi.org/project/periodictable/")
RADIOACTIVEDECAY = DataSource(
    "radioactivedecay",
    "MIT",
    "https://pypi.org/project/radioactivedecay/",
    "LicenseRef-ICRP-107 (redistributable with attribution)",
)
PARTICLE_DATA = DataSource("particle", "BSD-3-Clause", "https://pypi.org/project/particle/", "CC-BY-4.0")
PYONGC = DataSource("pyongc", "MIT", "https://pypi.org/project/pyongc/", "CC-BY-SA-4.0")
SKYFIELD = DataSource("skyfield", "MIT", "https://pypi.org/project/skyfield/")
SKYFIELD_DATA = DataSource("skyfield-data", "MIT", "https://pypi.org/project/skyfield-data/", "LicenseRef-JPL-DE421")
PANPHON = DataSource("panphon", "MIT", "https://pypi.org/project/panphon/")
