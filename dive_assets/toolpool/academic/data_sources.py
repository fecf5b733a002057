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
NETWORKX = DataSource("networkx", "BSD-3-Clause", "https://pypi.org/project/networkx/", "LicenseRef-Public-Domain")
PYMEEUS = DataSource("pymeeus", "LGPL-3.0-or-later", "https://pypi.org/project/PyMeeus/")
PYTHON_STDNUM = DataSource("python-stdnum", "LGPL-2.1-or-later", "https://pypi.org/project/python-stdnum/")
CSAN = DataSource("csan", "MIT OR Apache-2.0", "https://pypi.org/project/csan/", "LicenseRef-Public-Domain")
BIOREGISTRY = DataSource("bioregistry", "MIT", "https://pypi.org/project/bioregistry/", "CC0-1.0")
MACROLANGUAGES = DataSource("langcodes", "MIT", "https://pypi.org/project/langcodes/")
UNICODE_SCRIPTS = DataSource("fonttools", "MIT", "https://pypi.org/project/fonttools/", "Unicode-3.0")
STATSMODELS = DataSource("statsmodels", "BSD-3-Clause", "https://pypi.org/project/statsmodels/")
PUBLISHED_FORMULA = DataSource("", "PSF-2.0", "https://docs.python.org/3/library/math.html")
OPENSTAX_CHEMISTRY = DataSource("", "CC-BY-4.0", "https://openstax.org/details/books/chemistry-2e")
FRAUNHOFER_LINES = DataSource(
    "", "LicenseRef-Public-Domain", "https://physics.nist.gov/PhysRefData/ASD/lines_form.html"
)
ACIDITY_CONSTANTS = DataSource(
    "",
    "LicenseRef-Public-Domain",
    "https://chem.libretexts.org/Ancillary_Materials/Reference/Reference_Tables/Equilibrium_Constants",
)
