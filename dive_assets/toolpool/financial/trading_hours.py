"""Trading months of exchanges, and days and hours that two exchanges share."""

import datetime as dt
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.financial.entity_types import EXCHANGE_CALENDARS, CalendarMonth, Exchange, SessionDate
from dive_assets.toolpool.financial.exchange_rates import read_date
from dive_assets.toolpool.financial.exchange_sessions import (
    LAST,
    exchange_code,
    session_days,
    session_span,
    sessions_between,
)
from dive_assets.toolpool.financial.periods import month_name, read_month
from dive_assets.toolpool.shared.entity_types import ISO_DATE
from dive_assets.tools.annotations import Draw, Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

TRADING_DAYS = Quantity("trading days", "trading days", 0, additive=True, role="trading_days")


def _in_span(code: str, first: str, last: str) -> list[str]:
    days = session_days(code)
    start = dt.date.fromisoformat(days[0])
    if dt.date.fromisoformat(first) < start.replace(day=1) or last > LAST:
        raise ToolError(f"the calendar of {code} covers {days[0]} to {LAST}")
    return sessions_between(code, first, last)


class ExchangeMonth(Result):
    """Trading in a month."""

    sessions: Annotated[
        int,
        TRADING_DAYS,
        Says(
            ("the number of trading days on {exchange} in {month}",),
            ask=("On how many days did {exchange} trade in {month}?",),
        ),
    ]
    first_session: Annotated[
        str,
        ISO_DATE,
        Says(
            ("the first trading day on {exchange} in {month}",),
            ask=("On which date was the first trading day on {exchange} in {month}?",),
        ),
    ]
    last_session: Annotated[
        str,
        ISO_DATE,
        Says(
            ("the last trading day on {exchange} in {month}",),
            ask=("On which date was the last trading day on {exchange} in {month}?",),
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[EXCHANGE_CALENDARS],
    determinism="snapshot",
    probes=[
        Probe(
            {"exchange": "XNYS", "month": "September 2001"},
            {"/sessions": 15, "/first_session": "2001-09-04", "/last_session": "2001-09-28"},
            "NYSE closed for Labor Day and from 11 to 14 September 2001",
        ),
        Probe({"exchange": "XLON", "month": "December 2024"}, {"/sessions": 20, "/last_session": "2024-12-31"}, "LSE"),
    ],
)
def exchange_month(exchange: Exchange, month: CalendarMonth) -> ExchangeMonth:
    """Number of trading days of an exchange in a month, and the first and last of them (exchange_calendars)."""
    code, (year, number) = exchange_code(exchange), read_month(month)
    days = _in_span(code, f"{year}-{number:02d}-01", f"{year}-{number:02d}-31")
    if not days:
        raise ToolError(f"{code} did not trade in {month_name(year, number)}")
    return ExchangeMonth(sessions=len(days), first_session=days[0], last_session=days[-1])


class CommonDays(Result):
    """Two calendars side by side."""

    both: Annotated[
        int,
        TRADING_DAYS,
        Says(
            ("the number of days in {year} on which {first} and {second} both traded",),
            ask=("On how many days of {year} did {first} and {second} both trade?",),
        ),
    ]
    only_first: Annotated[
        list[Annotated[str, ISO_DATE]],
        Says(
            ("the days in {year} on which {first} traded but not {second}",),
            ask=("On which days of {year} did {first} trade while {second} stayed closed?",),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[EXCHANGE_CALENDARS],
    determinism="snapshot",
    probes=[
        Probe({"first": "XNYS", "second": "XHKG", "year": 2024}, {"/both": 239}),
        Probe(
            {"first": "XLON", "second": "XNYS", "year": 2024},
            {"/only_first": ["2024-01-15", "2024-02-19", "2024-06-19", "2024-07-04", "2024-09-02", "2024-11-28"]},
            "LSE and NYSE holiday lists of 2024",
        ),
    ],
)
def common_trading_days(
    first: Exchange,
    second: Exchange,
    year: Annotated[int, Draw.integer(2005, 2025, year=True), Field(ge=2001, le=2025)],
) -> CommonDays:
    """Days of a year on which two exchanges both traded, and on which only the first did (exchange_calendars)."""
    one, two = exchange_code(first), exchange_code(second)
    if one == two:
        raise ToolError("give two different exchanges", "invalid_arguments")
    days, others = (_in_span(code, f"{year}-01-01", f"{year}-12-31") for code in (one, two))
    return CommonDays(both=len(set(days) & set(others)), only_first=sorted(set(days) - set(others)))


class SharedHours(Result):
    """When both are open."""

    minutes: Annotated[
        int,
        Quantity("minute", "minutes", 0, role="shared_session"),
        Says(
            ("the overlap, lunch breaks included, of the trading sessions of {first} and {second} on {date}",),
            ask=(
                "For how long were {first} and {second} both between their open and close on {date}, lunch breaks "
                "included?",
            ),
        ),
    ]
    starts: Annotated[
        str,
        Text("the UTC time as HH:MM"),
        Says(
            ("the UTC time from which {first} and {second} were both open on {date}",),
            ask=("From which UTC time on were {first} and {second} both open on {date}?",),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[EXCHANGE_CALENDARS],
    determinism="snapshot",
    probes=[
        Probe(
            {"first": "XLON", "second": "XNYS", "date": "2024-06-05"},
            {"/minutes": 120, "/starts": "13:30"},
            "London closes at 15:30 UTC in summer, New York opens at 13:30 UTC",
        )
    ],
)
def shared_trading_hours(first: Exchange, second: Exchange, date: SessionDate) -> SharedHours:
    """Time on a day for which the sessions of two exchanges overlap (exchange_calendars)."""
    one, two = exchange_code(first), exchange_code(second)
    if one == two:
        raise ToolError("give two different exchanges", "invalid_arguments")
    day = read_date(date).isoformat()
    spans = []
    for code in (one, two):
        span = session_span(code, day)
        if span is None:
            raise ToolError(f"{code} held no trading session on {day}")
        spans.append(span)
    start, end = max(span[0] for span in spans), min(span[1] for span in spans)
    if end <= start:
        raise ToolError(f"the sessions of {one} and {two} on {day} do not overlap")
    return SharedHours(minutes=int((end - start).total_seconds() // 60), starts=start.strftime("%H:%M"))
