"""Statistics of clinical studies: two-by-two tables, E-values, number needed to treat, sample size."""

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.medical.data_sources import FORMULA
from dive_assets.toolpool.shared.data_sources import SCIPY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

Percent = Annotated[float, Field(gt=0, lt=100)]
Cases = Annotated[int, Field(ge=1, le=100000), Draw.integer(6, 70)]
People = Annotated[int, Field(ge=2, le=1000000), Draw.integer(90, 400)]
RISK_RATIO = Quantity("risk ratio", "", 2, role="risk_ratio")


class TwoByTwo(Result):
    """Measures of association in a cohort."""

    risk_ratio: Annotated[
        float,
        RISK_RATIO,
        Says(
            (
                "the risk ratio of a cohort with {exposed_cases} cases among {exposed} exposed and {unexposed_cases}"
                " among {unexposed} unexposed people",
                "the relative risk when {exposed_cases} of {exposed} exposed and {unexposed_cases} of {unexposed}"
                " unexposed people fall ill",
            ),
            ask=(
                "In a cohort, {exposed_cases} of {exposed} exposed and {unexposed_cases} of {unexposed} unexposed people"
                " fall ill: what is the risk ratio?",
            ),
        ),
    ]
    odds_ratio: Annotated[
        float,
        Quantity("odds ratio", "", 2),
        Says(
            (
                "the odds ratio of a cohort with {exposed_cases} cases among {exposed} exposed and {unexposed_cases}"
                " among {unexposed} unexposed people",
                "the odds ratio when {exposed_cases} of {exposed} exposed and {unexposed_cases} of {unexposed}"
                " unexposed people fall ill",
            ),
            ask=(
                "In a cohort, {exposed_cases} of {exposed} exposed and {unexposed_cases} of {unexposed} unexposed people"
                " fall ill: what is the odds ratio of disease?",
            ),
        ),
    ]
    risk_difference: Annotated[
        float,
        Quantity("percentage point", "percentage points", 1, ratio=False),
        Says(
            "the risk difference, exposed minus unexposed, when {exposed_cases} of {exposed} exposed and {unexposed_cases} of {unexposed}"
            " unexposed people fall ill",
            ask=(
                "What is the risk difference, exposed minus unexposed, in percentage points if {exposed_cases} of"
                " {exposed} exposed and {unexposed_cases} of {unexposed} unexposed people fall ill?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"exposed_cases": 30, "exposed": 100, "unexposed_cases": 15, "unexposed": 100},
            {"/risk_ratio": 2.0, "/odds_ratio": (30 / 70) / (15 / 85), "/risk_difference": 15.0},
            "statsmodels Table2x2: OR 2.4285714, RR 2.0",
        )
    ],
)
def cohort_association(exposed_cases: Cases, exposed: People, unexposed_cases: Cases, unexposed: People) -> TwoByTwo:
    """Risk ratio, odds ratio and risk difference of a cohort's two-by-two table (Rothman, Modern Epidemiology)."""
    if exposed_cases >= exposed or unexposed_cases >= unexposed:
        raise ToolError("the cases must be fewer than the people")
    first, second = exposed_cases / exposed, unexposed_cases / unexposed
    return TwoByTwo(
        risk_ratio=first / second,
        odds_ratio=(first / (1 - first)) / (second / (1 - second)),
        risk_difference=100 * (first - second),
    )


class EValue(Result):
    """The strength of confounding that could explain an association away."""

    e_value: Annotated[
        float,
        Quantity("E-value", "", 2),
        Says(
            ("the E-value for {risk_ratio}", "the E-value of VanderWeele and Ding for {risk_ratio}"),
            ask=(
                "What is the E-value for {risk_ratio}?",
                "How strong, by its E-value, would confounding have to be to explain {risk_ratio} away?",
            ),
        ),
    ]
    attributable_percent: Annotated[
        float | None,
        Quantity("percent", "percent", 1),
        Says(
            "the attributable fraction among the exposed at {risk_ratio}",
            ask=("What percentage of the cases among the exposed is attributable to the exposure at {risk_ratio}?",),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"risk_ratio": 3.9},
            {"/e_value": 3.9 + math.sqrt(3.9 * 2.9), "/attributable_percent": 100 * 2.9 / 3.9},
            "VanderWeele and Ding 2017: E-value 7.26 for RR 3.9",
        ),
        Probe(
            {"risk_ratio": 0.8},
            {"/e_value": 1.25 + math.sqrt(1.25 * 0.25), "/attributable_percent": None},
            "VanderWeele and Ding 2017: E-value 1.81 for RR 0.80",
        ),
    ],
)
def risk_ratio_e_value(
    risk_ratio: Annotated[
        float,
        RISK_RATIO,
        Field(gt=0.01, le=100),
        Draw.choice({n / 10: f"a risk ratio of {n / 10}" for n in range(12, 60)}),
    ],
) -> EValue:
    """E-value of a risk ratio (VanderWeele and Ding, Ann Intern Med 2017;167:268) and attributable fraction."""
    strength = max(risk_ratio, 1 / risk_ratio)
    return EValue(
        e_value=strength + math.sqrt(strength * (strength - 1)),
        attributable_percent=100 * (risk_ratio - 1) / risk_ratio if risk_ratio > 1 else None,
    )


class TreatmentEffect(Result):
    """Absolute and relative effect of a treatment."""

    needed: Annotated[
        float,
        Quantity("patients", "patients", 1),
        Says(
            (
                "the number needed to treat, unrounded, when the event rate falls from {control} to {treated}",
                "the unrounded number needed to treat at event rates of {control} without and {treated} with treatment",
            ),
            ask=(
                "How many patients must be treated to prevent one event, unrounded, if treatment lowers the event rate"
                " from {control} to {treated}?",
            ),
        ),
    ]
    relative_reduction: Annotated[
        float,
        Quantity("percent", "percent", 1),
        Says(
            (
                "the relative risk reduction when the event rate falls from {control} to {treated}",
                "the relative risk reduction at event rates of {control} without and {treated} with treatment",
            ),
            ask=(
                "What is the relative risk reduction, in percent, if treatment lowers the event rate from {control} to"
                " {treated}?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"control": 20.0, "treated": 15.0},
            {"/needed": 20.0, "/relative_reduction": 25.0},
            "Cook and Sackett, BMJ 1995;310:452: NNT = 1 / ARR",
        )
    ],
)
def number_needed_to_treat(
    control: Annotated[Percent, Draw.decimal(20, 45, 1, suffix="%")],
    treated: Annotated[Percent, Draw.decimal(3, 18, 1, suffix="%")],
) -> TreatmentEffect:
    """Number needed to treat and relative risk reduction of two event rates (Cook and Sackett, BMJ 1995;310:452)."""
    if treated >= control:
        raise ToolError("the treatment does not lower the event rate")
    return TreatmentEffect(needed=100 / (control - treated), relative_reduction=100 * (control - treated) / control)


class SampleSize(Result):
    """The size of a two-arm trial."""

    per_arm: Annotated[
        int,
        Quantity("patients per arm", "patients", 0, role="arm_size"),
        Says(
            (
                "the number of patients per arm, without continuity correction, that detects event rates of {control}"
                " against {treated} with {power} power at a two-sided 5% level",
                "the per-arm sample size for event rates of {control} against {treated}, {power} power and a two-sided"
                " alpha of 5%, without continuity correction",
            ),
            ask=(
                "How many patients per arm does a trial need to detect event rates of {control} against {treated} with"
                " {power} power at a two-sided alpha of 5%, by the unpooled normal approximation?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[SCIPY],
    probes=[
        Probe(
            {"control": 30, "treated": 20, "power": 80},
            {"/per_arm": 291},
            "by hand: (1.959964 + 0.841621)^2 x (0.21 + 0.16) / 0.01 = 290.4",
        ),
        Probe(
            {"control": 40, "treated": 25, "power": 90},
            {"/per_arm": 200},
            "by hand: 10.50742 x (0.24 + 0.1875) / 0.0225 = 199.6",
        ),
    ],
)
def two_proportion_sample_size(
    control: Annotated[int, Field(ge=1, le=99), Draw.integer(25, 60, suffix="%")],
    treated: Annotated[int, Field(ge=1, le=99), Draw.integer(5, 20, suffix="%")],
    power: Annotated[int, Field(ge=50, le=99), Draw.choice({80: "80%", 85: "85%", 90: "90%", 95: "95%"})],
) -> SampleSize:
    """Patients per arm to compare two proportions by the unpooled normal approximation (Fleiss 1981, ch. 3)."""
    from scipy.special import ndtri

    if control == treated:
        raise ToolError("the two event rates are equal")
    first, second = control / 100, treated / 100
    spread = first * (1 - first) + second * (1 - second)
    factor = float(ndtri(0.975) + ndtri(power / 100)) ** 2
    return SampleSize(per_arm=math.ceil(factor * spread / (first - second) ** 2))
