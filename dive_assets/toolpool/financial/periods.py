"""Calendar months and quarters as analysts write them: 'July 2008', 'Q2 1980'."""

import re
from typing import Annotated

from dive_assets.toolpool.financial.entity_types import MONTH, MONTHS, QUARTER
from dive_assets.toolpool.financial.exchange_rates import read_date
from dive_assets.toolpool.shared.data_sources import STANDARD_LIBRARY
from dive_assets.toolpool.shared.entity_types import ISO_DATE
from dive_assets.tools.annotations import Draw, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

MONTH_NUMBERS = {name.casefold(): number for number, name in MONTHS.items()}


def read_month(month: str) -> tuple[int, int]:
    """Year and month number of 'July 2008' or '2008-07'."""
    text = month.strip()
    if match := re.fullmatch(r"(\d{4})-(\d\d)", text):
        year, number = int(match[1]), int(match[2])
    elif match := re.fullmatch(r"([A-Za-z]+) (\d{4})", text):
        year, number = int(match[2]), MONTH_NUMBERS.get(match[1].casefold(), 0)
    else:
        year, number = 0, 0
    if not 1 <= number <= 12:
        raise ToolError(f"{month!r} is no calendar month: write it like 'July 2008'", "invalid_arguments")
    return year, number


def month_name(year: int, number: int) -> str:
    return f"{MONTHS[number]} {year}"


def read_quarter(quarter: str) -> tuple[int, int]:
    """Year and quarter number of 'Q2 1980'."""
    match = re.fullmatch(r"[Qq]([1-4]) (\d{4})", quarter.strip())
    if match is None:
        raise ToolError(f"{quarter!r} is no calendar quarter: write it like 'Q2 1980'", "invalid_arguments")
    return int(match[2]), int(match[1])


class Periods(Result):
    """Where a date falls."""

    month: Annotated[
        str,
        MONTH,
        Says(
            ("the calendar month that contains {date}", "the calendar month in which {date} falls"),
            ask=("In which calendar month does {date} fall?",),
        ),
    ]
    quarter: Annotated[
        str,
        QUARTER,
        Says(
            ("the calendar quarter that contains {date}", "the calendar quarter in which {date} falls"),
            ask=("In which calendar quarter does {date} fall?",),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe({"date": "2008-09-15"}, {"/month": "September 2008", "/quarter": "Q3 2008"}, "a wall calendar"),
        Probe({"date": "1999-12-31"}, {"/month": "December 1999", "/quarter": "Q4 1999"}, "a wall calendar"),
    ],
)
def calendar_period(date: Annotated[str, ISO_DATE, Draw.date("1988-01-01", "2018-10-31")]) -> Periods:
    """Calendar month and calendar quarter of a date."""
    day = read_date(date)
    return Periods(month=month_name(day.year, day.month), quarter=f"Q{(day.month + 2) // 3} {day.year}")
