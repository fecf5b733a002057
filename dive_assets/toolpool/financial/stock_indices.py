"""The S&P 500, the Nasdaq Composite and the VIX, day by day."""

from functools import cache
from itertools import pairwise
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.financial.entity_types import (
    ARCH_INDICES,
    INDEX_LEVEL,
    RETURN,
    VOLATILITY,
    Index,
    IndexDate,
    IndexYear,
)
from dive_assets.toolpool.financial.exchange_rates import read_date
from dive_assets.toolpool.financial.markets import read_table
from dive_assets.toolpool.shared.entity_types import ISO_DATE
from dive_assets.tools.annotations import Draw, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

FILES = {"the S&P 500": "sp500", "the Nasdaq Composite": "nasdaq"}


def iso_day(text: str) -> str:
    """'10/13/2008' as '2008-10-13'."""
    month, day, year = text.split("/")
    return f"{year}-{int(month):02d}-{int(day):02d}"


@cache
def _table(name: str) -> dict[str, dict[str, str]]:
    rows = read_table("arch", f"data/{name}/{name}.csv.gz")
    return dict(sorted((iso_day(row["Date"]), row) for row in rows))


def index_rows(index: str) -> dict[str, dict[str, str]]:
    wanted = index.strip().casefold().removeprefix("the ")
    for name, file in FILES.items():
        if name.removeprefix("the ").casefold() == wanted:
            return _table(file)
    raise ToolError(f"no levels of {index!r}: choose {' or '.join(FILES)}")


@cache
def index_closes(index: str) -> dict[str, float]:
    """Closing levels by ISO date, in order of time."""
    return {day: float(row["Close"]) for day, row in index_rows(index).items()}


@cache
def _index_changes(index: str) -> dict[str, float]:
    """Relative change from the close before by ISO date."""
    closes = index_closes(index)
    return {day: closes[day] / closes[before] - 1 for before, day in pairwise(closes)}


def on_day(days: dict[str, float], date: str, what: str) -> float:
    day = read_date(date).isoformat()
    if day not in days:
        raise ToolError(f"no level of {what} on {day}: not a trading day, or outside the data")
    return days[day]


def window(days: dict[str, float], start: str, end: str, what: str, least: int = 20) -> list[float]:
    """Values from one trading day to another, both included."""
    on_day(days, start, what)
    on_day(days, end, what)
    values = [value for day, value in days.items() if start <= day <= end]
    if len(values) < least:
        raise ToolError(f"the period must hold at least {least} trading days, start before end", "invalid_arguments")
    return values


class IndexDay(Result):
    """One trading day of an index."""

    close: Annotated[
        float,
        INDEX_LEVEL,
        Says(
            ("the closing level of {index} on {date}", "the level of {index} at the close on {date}"),
            ask=("At what level did {index} close on {date}?", "Where did {index} stand at the close on {date}?"),
        ),
    ]
    high: Annotated[
        float,
        INDEX_LEVEL,
        Says(
            "the intraday high of {index} on {date}",
            ask=("How high did {index} climb during the trading day of {date}?",),
        ),
    ]
    low: Annotated[
        float,
        INDEX_LEVEL,
        Says(
            "the intraday low of {index} on {date}",
            ask=("How low did {index} fall during the trading day of {date}?",),
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[ARCH_INDICES],
    probes=[
        Probe(
            {"index": "the S&P 500", "date": "2008-10-13"},
            {"/close": 1003.35, "/high": 1006.93, "/low": 912.75},
            "S&P Dow Jones Indices, SPX daily prices",
        ),
        Probe({"index": "the Nasdaq Composite", "date": "2000-03-10"}, {"/close": 5048.62}, "Nasdaq, dot-com peak"),
    ],
)
def index_day(index: Index, date: IndexDate) -> IndexDay:
    """Closing level and intraday range of a US stock index on a day, 1999-2018 (Yahoo Finance, in arch)."""
    on_day(index_closes(index), date, index)
    row = index_rows(index)[read_date(date).isoformat()]
    close, high, low = (round(float(row[key]), 2) for key in ("Close", "High", "Low"))
    return IndexDay(close=close, high=high, low=low)


class IndexYearFacts(Result):
    """A calendar year of an index."""

    year_end: Annotated[
        float,
        INDEX_LEVEL,
        Says(
            ("the level at which {index} ended {year}", "the last closing level of {index} in {year}"),
            ask=("At what level did {index} end {year}?",),
        ),
    ]
    highest: Annotated[
        float,
        INDEX_LEVEL,
        Says(
            ("the highest closing level of {index} in {year}", "the closing high of {index} for {year}"),
            ask=("What was the highest close of {index} in {year}?",),
        ),
    ]
    highest_date: Annotated[
        str,
        ISO_DATE,
        Says(
            ("the day of the highest close of {index} in {year}", "the date of the {year} closing high of {index}"),
            ask=("On which day of {year} did {index} reach its highest close of the year?",),
        ),
    ]
    lowest: Annotated[
        float,
        INDEX_LEVEL,
        Says(
            ("the lowest closing level of {index} in {year}", "the closing low of {index} for {year}"),
            ask=("What was the lowest close of {index} in {year}?",),
        ),
    ]
    lowest_date: Annotated[
        str,
        ISO_DATE,
        Says(
            ("the day of the lowest close of {index} in {year}", "the date of the {year} closing low of {index}"),
            ask=("On which day of {year} did {index} reach its lowest close of the year?",),
        ),
    ]
    worst_date: Annotated[
        str,
        ISO_DATE,
        Says(
            (
                "the day of the largest one-day percentage loss of {index} in {year}",
                "the worst trading day of {index} in {year} by percentage change",
            ),
            ask=("On which day of {year} did {index} suffer its largest one-day percentage loss?",),
        ),
    ]
    worst_change: Annotated[
        float,
        RETURN,
        Says(
            "the close-to-close change of {index} on its worst day in {year}",
            ask=("By how many per cent did {index} change on its worst day in {year}, from close to close?",),
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[ARCH_INDICES],
    probes=[
        Probe(
            {"index": "the S&P 500", "year": 2009},
            {"/lowest": 676.53, "/lowest_date": "2009-03-09", "/year_end": 1115.10},
            "S&P Dow Jones Indices, 2009 low",
        ),
        Probe(
            {"index": "the S&P 500", "year": 2008},
            {"/worst_date": "2008-10-15", "/worst_change": 100 * (907.840027 / 998.01001 - 1)},
            "S&P Dow Jones Indices, -9.03% on 15 October 2008",
        ),
    ],
)
def index_year(index: Index, year: IndexYear) -> IndexYearFacts:
    """Year-end, closing high and low, and worst day of a US stock index in a year (Yahoo Finance, in arch)."""
    closes = index_closes(index)
    days = [day for day in closes if day.startswith(f"{year}-")]
    changes = {day: _index_changes(index)[day] for day in days if day in _index_changes(index)}
    high, low = max(days, key=closes.__getitem__), min(days, key=closes.__getitem__)
    worst = min(changes, key=changes.__getitem__)
    return IndexYearFacts(
        year_end=round(closes[days[-1]], 2),
        highest=round(closes[high], 2),
        highest_date=high,
        lowest=round(closes[low], 2),
        lowest_date=low,
        worst_date=worst,
        worst_change=100 * changes[worst],
    )


class Vix(Result):
    """Implied volatility of the S&P 500."""

    level: Annotated[
        float,
        VOLATILITY,
        Says(
            ("the closing level of the VIX on {date}", "the VIX at the close on {date}"),
            ask=("At what level, in per cent a year, did the VIX close on {date}?",),
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[ARCH_INDICES],
    probes=[Probe({"date": "2018-02-05"}, {"/level": 37.32}, "Cboe VIX historical data")],
)
def vix_close(
    date: Annotated[str, ISO_DATE, Draw.date("2014-01-03", "2018-12-31", weekdays=True), Field(max_length=10)],
) -> Vix:
    """Closing level of the Cboe volatility index VIX on a day, 2014-2018 (FRED, in arch)."""
    return Vix(level=on_day(_vix(), date, "the VIX"))


@cache
def _vix() -> dict[str, float]:
    rows = read_table("arch", "data/vix/vix.csv.gz")
    return {iso_day(row["Date"]): float(row["vix"]) for row in rows if row["vix"] not in ("", ".")}
