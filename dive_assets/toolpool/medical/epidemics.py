"""Epidemics: the SIR model, vaccination coverage, and the years of the MMWR calendar."""

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.medical.data_sources import EPIWEEKS, FORMULA
from dive_assets.toolpool.shared.data_sources import SCIPY
from dive_assets.toolpool.shared.entity_types import ISO_DATE
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

REPRODUCTION = Quantity("secondary cases", "", 2, role="reproduction_number")
THRESHOLD = Quantity("percent", "percent", 1, role="herd_immunity_threshold")


class Reproduction(Result):
    """The basic reproduction number."""

    number: Annotated[
        float,
        REPRODUCTION,
        Says(
            (
                "the SIR reproduction number of an epidemic doubling every {doubling} with {infectious} of"
                " infectiousness",
                "the basic reproduction number, by the SIR model, at a doubling time of {doubling} and an infectious"
                " period of {infectious}",
            ),
            ask=(
                "Which basic reproduction number does the SIR model give for a doubling time of {doubling} and a mean"
                " infectious period of {infectious}?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"doubling": 3.0, "infectious": 6.0}, {"/number": 1 + 2 * math.log(2)}, "by hand: 1 + ln 2 x 6 / 3"),
    ],
)
def sir_reproduction_number(
    doubling: Annotated[float, Field(gt=0, le=365), Draw.decimal(2, 14, 1, suffix=" days")],
    infectious: Annotated[float, Field(gt=0, le=365), Draw.decimal(3, 14, 1, suffix=" days")],
) -> Reproduction:
    """Basic reproduction number in the SIR model, 1 + ln 2 D / doubling time (Anderson and May 1991)."""
    return Reproduction(number=1 + math.log(2) * infectious / doubling)


class EpidemicSize(Result):
    """What an SIR epidemic comes to."""

    final_size: Annotated[
        float,
        Quantity("percent", "percent", 1),
        Says(
            (
                "the final size of an SIR epidemic with {number}",
                "the final attack rate of an unmitigated SIR epidemic with {number}",
            ),
            ask=(
                "What percentage of a fully susceptible population does an SIR epidemic with {number} finally infect?",
            ),
        ),
    ]
    threshold: Annotated[
        float,
        THRESHOLD,
        Says(
            ("the herd immunity threshold with {number}", "the classical herd immunity threshold for {number}"),
            ask=("What percentage must be immune for herd immunity (1 - 1/R) with {number}?",),
        ),
    ]
    peak: Annotated[
        float,
        Quantity("percent", "percent", 1),
        Says(
            (
                "the peak prevalence of an SIR epidemic with {number}",
                "the largest share of people infectious at once in an SIR epidemic with {number}",
            ),
            ask=(
                "What percentage of a fully susceptible population is infectious at the peak of an SIR epidemic with"
                " {number}?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[SCIPY],
    probes=[
        Probe(
            {"number": 2.0},
            {"/final_size": 79.6812130, "/threshold": 50.0, "/peak": 100 * (1 - (1 + math.log(2)) / 2)},
            "Kermack and McKendrick: final size 0.7968 at R0 = 2",
        ),
        Probe({"number": 3.0}, {"/final_size": 94.0479748}, "final size equation: z = 1 - exp(-3 z), z = 0.9405"),
    ],
)
def sir_epidemic_size(
    number: Annotated[
        float,
        REPRODUCTION,
        Field(ge=1.05, le=20),
        Draw.choice(
            {n / 10: f"a basic reproduction number of {n / 10}" for n in (*range(12, 40), 45, 50, 60, 80, 120, 150)}
        ),
    ],
) -> EpidemicSize:
    """Final size, herd immunity threshold and peak of an SIR epidemic (Kermack and McKendrick 1927)."""
    from scipy.optimize import brentq

    size = float(brentq(lambda z: z - 1 + math.exp(-number * z), 1e-9 + (number - 1) / number**2, 1.0, xtol=1e-14))
    return EpidemicSize(
        final_size=100 * size, threshold=100 * (1 - 1 / number), peak=100 * (1 - (1 + math.log(number)) / number)
    )


class Coverage(Result):
    """The critical vaccination coverage."""

    percent: Annotated[
        float,
        Quantity("percent", "percent", 1),
        Says(
            (
                "the vaccination coverage that reaches {threshold} with a vaccine of {efficacy} efficacy",
                "the critical vaccination coverage for {threshold} at {efficacy} vaccine efficacy",
            ),
            ask=("Which vaccination coverage reaches {threshold} with a vaccine of {efficacy} efficacy?",),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[Probe({"threshold": 72, "efficacy": 90}, {"/percent": 80.0}, "by hand: 72 / 0.9 (Fine 1993)")],
)
def critical_vaccination_coverage(
    threshold: Annotated[
        float,
        THRESHOLD,
        Field(gt=0, lt=100),
        Draw.choice({n: f"a herd immunity threshold of {n}%" for n in range(40, 95)}),
    ],
    efficacy: Annotated[int, Field(ge=1, le=100), Draw.integer(82, 98, suffix="%")],
) -> Coverage:
    """Vaccination coverage for herd immunity, threshold / efficacy (Fine, Epidemiol Rev 1993;15:265)."""
    if threshold > efficacy:
        raise ToolError("no coverage reaches this threshold with such a vaccine")
    return Coverage(percent=100 * threshold / efficacy)


class MmwrYear(Result):
    """The bounds of an MMWR year."""

    weeks: Annotated[
        int,
        Quantity("weeks", "weeks", 0),
        Says(
            ("the number of MMWR weeks in {year}", "the number of weeks in the CDC's MMWR year {year}"),
            ask=("How many weeks does the CDC's MMWR year {year} have?",),
        ),
    ]
    first_day: Annotated[
        str,
        ISO_DATE,
        Says(
            ("the first day of the MMWR year {year}", "the Sunday on which the CDC's MMWR year {year} begins"),
            ask=("On which date does the CDC's MMWR year {year} begin?",),
        ),
    ]
    last_day: Annotated[
        str,
        ISO_DATE,
        Says(
            ("the last day of the MMWR year {year}", "the Saturday on which the CDC's MMWR year {year} ends"),
            ask=("On which date does the CDC's MMWR year {year} end?",),
        ),
    ]


@tool(
    domain="medical",
    also=("general",),
    kind="R",
    sources=[EPIWEEKS],
    probes=[
        Probe(
            {"year": 2020},
            {"/weeks": 53, "/first_day": "2019-12-29", "/last_day": "2021-01-02"},
            "CDC MMWR week calendar 2020",
        ),
        Probe({"year": 2024}, {"/weeks": 52, "/first_day": "2023-12-31"}, "CDC MMWR week calendar 2024"),
    ],
)
def mmwr_year(year: Annotated[int, Field(ge=1950, le=2100), Draw.integer(1990, 2035, year=True)]) -> MmwrYear:
    """Number of weeks and first and last day of an epidemiological (MMWR) year of the CDC."""
    from epiweeks import Year

    found = Year(year, "cdc")
    return MmwrYear(
        weeks=found.totalweeks(), first_day=found.startdate().isoformat(), last_day=found.enddate().isoformat()
    )
