"""Survival analysis of the patient groups of published clinical studies."""

from bisect import bisect_left
from functools import cache
from typing import Annotated, Literal

from pydantic import Field

from dive_assets.toolpool.medical.clinical_studies import GroupName, follow_up
from dive_assets.toolpool.medical.data_sources import LIFELINES
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

Day = Annotated[int, Field(ge=1, le=4000), Draw.integer(28, 350)]


def survival_curve(patients: list[tuple[float, bool]]) -> list[tuple[float, float]]:
    """Kaplan-Meier estimate just after each event time (Kaplan and Meier, JASA 1958;53:457)."""
    curve, share = [], 1.0
    times = [time for time, _ in patients]
    for moment in sorted({time for time, event in patients if event}):
        at_risk = len(patients) - bisect_left(times, moment)
        share *= 1 - sum(event for time, event in patients if time == moment) / at_risk
        curve.append((moment, share))
    return curve


class MedianSurvival(Result):
    """The median of a Kaplan-Meier curve."""

    days: Annotated[
        float,
        Quantity("day", "days", 0, role="survival_time"),
        Says(
            ("the Kaplan-Meier median event-free time for {group}", "the median event-free time of {group}"),
            has="Kaplan-Meier median event-free time",
            ask=(
                "After how many days does the Kaplan-Meier curve of event-free survival first fall to 50% or less for"
                " {group}?",
            ),
            high="longest",
            low="shortest",
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[LIFELINES],
    probes=[
        Probe(
            {"group": "the men in the NCCTG lung cancer cohort"}, {"/days": 270}, "R survival: survfit of lung by sex"
        ),
        Probe({"group": "the women in the NCCTG lung cancer cohort"}, {"/days": 426}, "R survival: survfit by sex"),
        Probe(
            {"group": "the 6-mercaptopurine arm in Freireich's leukemia trial"},
            {"/days": 161},
            "Freireich 1963: median remission 23 weeks",
        ),
    ],
)
def median_survival(group: GroupName) -> MedianSurvival:
    """Median event-free time in days of a patient group, by Kaplan and Meier (data sets of lifelines)."""
    for moment, share in survival_curve(follow_up(group)):
        if share <= 0.5 + 1e-12:
            return MedianSurvival(days=moment)
    raise ToolError(f"the Kaplan-Meier curve of {group} stays above 50%")


class SurvivalShare(Result):
    """The Kaplan-Meier estimate at a day."""

    percent: Annotated[
        float,
        Quantity("percent", "percent", 1),
        Says(
            (
                "the Kaplan-Meier event-free survival on day {day} for {group}",
                "the Kaplan-Meier estimate on day {day} for {group}",
            ),
            has="Kaplan-Meier event-free survival on day {day}",
            ask=("What percentage of {group} is event-free on day {day} by the Kaplan-Meier estimate?",),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[LIFELINES],
    probes=[
        Probe(
            {"group": "the 6-mercaptopurine arm in Freireich's leukemia trial", "day": 70},
            {"/percent": 100 * (1 - 3 / 21) * (1 - 1 / 17) * (1 - 1 / 15)},
            "Freireich 1963: remissions of 6, 6, 6, 7, 10 weeks end with relapse",
        ),
        Probe({"group": "the NCCTG lung cancer cohort", "day": 180}, {"/percent": 72.167065}, "lifelines 0.30.3"),
    ],
)
def survival_on_day(group: GroupName, day: Day) -> SurvivalShare:
    """Kaplan-Meier event-free survival of a patient group on a day of follow-up (data sets of lifelines)."""
    patients = follow_up(group)
    if day > patients[-1][0]:
        raise ToolError(f"the follow-up of {group} ends on day {patients[-1][0]:.0f}")
    share = 1.0
    for moment, value in survival_curve(patients):
        if moment <= day:
            share = value
    return SurvivalShare(percent=100 * share)


class RestrictedMean(Result):
    """The restricted mean survival time."""

    days: Annotated[
        float,
        Quantity("day", "days", 1, role="survival_time"),
        Says(
            (
                "the restricted mean event-free time up to day {day} for {group}",
                "the area under the Kaplan-Meier curve up to day {day} for {group}",
            ),
            has="restricted mean event-free time up to day {day}",
            ask=("What is the mean event-free time, in days, restricted to {day} days of follow-up, of {group}?",),
            high="longest",
            low="shortest",
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[LIFELINES],
    probes=[
        Probe({"group": "the NCCTG lung cancer cohort", "day": 365}, {"/days": 263.22187}, "lifelines 0.30.3"),
        Probe(
            {"group": "the 6-mercaptopurine arm in Freireich's leukemia trial", "day": 63},
            {"/days": 42 + 7 * 18 / 21 + 14 * 18 / 21 * 16 / 17},
            "by hand: 21 patients, relapses at 42 days (3 of 21) and 49 days (1 of 17)",
        ),
    ],
)
def restricted_mean_survival(group: GroupName, day: Day) -> RestrictedMean:
    """Restricted mean event-free time of a patient group: area under the Kaplan-Meier curve (lifelines' data)."""
    patients = follow_up(group)
    if day > patients[-1][0]:
        raise ToolError(f"the follow-up of {group} ends on day {patients[-1][0]:.0f}")
    area, last, share = 0.0, 0.0, 1.0
    for moment, value in survival_curve(patients):
        if moment >= day:
            break
        area += share * (moment - last)
        last, share = moment, value
    return RestrictedMean(days=area + share * (day - last))


CONTRASTS = {
    "lung cancer by sex": (
        "the men in the NCCTG lung cancer cohort",
        "the women in the NCCTG lung cancer cohort",
    ),
    "lung cancer by performance status, ECOG 0 against 1": (
        "the ECOG 0 patients in the NCCTG lung cancer cohort",
        "the ECOG 1 patients in the NCCTG lung cancer cohort",
    ),
    "lung cancer by performance status, ECOG 1 against 2": (
        "the ECOG 1 patients in the NCCTG lung cancer cohort",
        "the ECOG 2 patients in the NCCTG lung cancer cohort",
    ),
    "breast cancer by hormonal therapy": (
        "the women with hormonal therapy in the GBSG2 breast cancer trial",
        "the women without hormonal therapy in the GBSG2 breast cancer trial",
    ),
    "breast cancer by menopause": (
        "the premenopausal women in the GBSG2 breast cancer trial",
        "the postmenopausal women in the GBSG2 breast cancer trial",
    ),
    "breast cancer by grade, I against II": (
        "the patients with grade I tumours in the GBSG2 breast cancer trial",
        "the patients with grade II tumours in the GBSG2 breast cancer trial",
    ),
    "breast cancer by grade, II against III": (
        "the patients with grade II tumours in the GBSG2 breast cancer trial",
        "the patients with grade III tumours in the GBSG2 breast cancer trial",
    ),
    "leukemia by treatment": (
        "the 6-mercaptopurine arm in Freireich's leukemia trial",
        "the placebo arm in Freireich's leukemia trial",
    ),
    "kidney transplants by sex, white patients": (
        "the white men in Klein and Moeschberger's kidney transplant cohort",
        "the white women in Klein and Moeschberger's kidney transplant cohort",
    ),
    "kidney transplants by sex, black patients": (
        "the black men in Klein and Moeschberger's kidney transplant cohort",
        "the black women in Klein and Moeschberger's kidney transplant cohort",
    ),
    "kidney transplants by race, men": (
        "the white men in Klein and Moeschberger's kidney transplant cohort",
        "the black men in Klein and Moeschberger's kidney transplant cohort",
    ),
    "kidney transplants by race, women": (
        "the white women in Klein and Moeschberger's kidney transplant cohort",
        "the black women in Klein and Moeschberger's kidney transplant cohort",
    ),
    "lymphoma by stage": (
        "the stage III patients in Armitage and Berry's lymphoma data",
        "the stage IV patients in Armitage and Berry's lymphoma data",
    ),
}


@cache
def _log_rank(contrast: str) -> float:
    first, second = (follow_up(group) for group in CONTRASTS[contrast])
    excess = variance = 0.0
    for moment in sorted({time for time, event in first + second if event}):
        n1, n2 = (sum(time >= moment for time, _ in patients) for patients in (first, second))
        d1, d2 = (sum(event and time == moment for time, event in patients) for patients in (first, second))
        n, d = n1 + n2, d1 + d2
        excess += d1 - d * n1 / n
        if n > 1:
            variance += d * n1 * n2 * (n - d) / (n * n * (n - 1))
    return excess**2 / variance


class LogRank(Result):
    """The log-rank test of two groups."""

    chi_square: Annotated[
        float,
        Quantity("chi-square", "", 2),
        Says(
            (
                "the log-rank chi-square between {contrast}",
                "the Mantel log-rank statistic (one degree of freedom) between {contrast}",
            ),
            ask=(
                "What is the log-rank chi-square, with one degree of freedom, between {contrast}?",
                "Which chi-square does the log-rank test give between {contrast}?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[LIFELINES],
    probes=[
        Probe(
            {"contrast": "leukemia by treatment"},
            {"/chi_square": 16.792941},
            "Kleinbaum and Klein: log-rank 16.79; lifelines 0.30.3",
        ),
        Probe(
            {"contrast": "lymphoma by stage"}, {"/chi_square": 6.70971}, "StatsDirect help, log-rank example: 6.70971"
        ),
    ],
)
def log_rank_test(
    contrast: Annotated[
        Literal[tuple(CONTRASTS)],
        Draw.choice({name: f"{first} and {second}" for name, (first, second) in CONTRASTS.items()}),
    ],
) -> LogRank:
    """Log-rank test of two patient groups in a published study (Mantel 1966; data sets of lifelines)."""
    return LogRank(chi_square=_log_rank(contrast))
