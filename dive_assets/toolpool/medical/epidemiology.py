"""Epidemiology: reporting weeks and the meaning of a test result."""

import datetime as dt
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.medical.data_sources import EPIWEEKS, FORMULA
from dive_assets.toolpool.shared.entity_types import ISO_DATE
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

Percent = Annotated[float, Field(gt=0, lt=100)]


class ReportingWeek(Result):
    """The MMWR week of a date."""

    week: Annotated[
        int,
        Quantity("week number", "", 0, ratio=False),
        Says("the MMWR week number of {date}", ask=("In which MMWR week of the CDC does {date} fall?",)),
    ]
    first_day: Annotated[
        str,
        ISO_DATE,
        Says(
            "the first day of the MMWR week that contains {date}",
            ask=("On which date does the CDC's MMWR week that contains {date} begin?",),
        ),
    ]


@tool(
    domain="medical",
    also=("general",),
    kind="P",
    sources=[EPIWEEKS],
    probes=[
        Probe({"date": "2024-03-01"}, {"/week": 9, "/first_day": "2024-02-25"}, "CDC MMWR week calendar 2024"),
        Probe({"date": "2021-01-02"}, {"/week": 53, "/first_day": "2020-12-27"}, "CDC MMWR week calendar 2020"),
    ],
)
def mmwr_week(
    date: Annotated[str, ISO_DATE, Field(max_length=10), Draw.date("2000-01-01", "2025-12-31")],
) -> ReportingWeek:
    """Epidemiological (MMWR) week of a date by the CDC's Sunday-to-Saturday convention."""
    from epiweeks import Week

    try:
        week = Week.fromdate(dt.date.fromisoformat(date), "cdc")
    except ValueError as error:
        raise ToolError(f"no date {date!r}: write YYYY-MM-DD") from error
    return ReportingWeek(week=week.week, first_day=week.startdate().isoformat())


class PredictiveValues(Result):
    """Bayes' theorem for a dichotomous test."""

    positive: Annotated[
        float,
        Quantity("percent", "percent", 1, role="prevalence"),
        Says(
            "the positive predictive value of a test with a sensitivity of {sensitivity} and a specificity of"
            " {specificity} at a prevalence of {prevalence}",
            ask=(
                "What is the positive predictive value, in percent, of a test with a sensitivity of {sensitivity} and a"
                " specificity of {specificity} in a population with a prevalence of {prevalence}?",
            ),
        ),
    ]
    negative: Annotated[
        float,
        Quantity("percent", "percent", 1),
        Says(
            "the negative predictive value of a test with a sensitivity of {sensitivity} and a specificity of"
            " {specificity} at a prevalence of {prevalence}",
            ask=(
                "What is the negative predictive value, in percent, of a test with a sensitivity of {sensitivity} and a"
                " specificity of {specificity} in a population with a prevalence of {prevalence}?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"sensitivity": 90.0, "specificity": 90.0, "prevalence": 10.0},
            {"/positive": 50.0, "/negative": 98.78048780},
            "by hand: 90 of 180 positives, 810 of 820 negatives among 1,000",
        )
    ],
)
def predictive_values(
    sensitivity: Annotated[Percent, Draw.decimal(70, 99, 1, suffix="%")],
    specificity: Annotated[Percent, Draw.decimal(70, 99, 1, suffix="%")],
    prevalence: Annotated[
        Percent, Quantity("percent", "percent", 1, role="prevalence"), Draw.decimal(0.5, 40, 1, suffix="%")
    ],
) -> PredictiveValues:
    """Positive and negative predictive value of a test from sensitivity, specificity and prevalence (Bayes)."""
    sick, healthy = prevalence, 100 - prevalence
    true_positive, true_negative = sensitivity * sick, specificity * healthy
    false_positive, false_negative = (100 - specificity) * healthy, (100 - sensitivity) * sick
    return PredictiveValues(
        positive=100 * true_positive / (true_positive + false_positive),
        negative=100 * true_negative / (true_negative + false_negative),
    )
