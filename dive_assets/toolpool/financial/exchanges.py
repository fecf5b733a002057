"""Stock exchanges: where they are, when they trade, when trades settle."""

from bisect import bisect_right
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field

from dive_assets.toolpool.financial.entity_types import (
    EXCHANGE_CALENDARS,
    EarlierSession,
    Exchange,
    LaterSession,
    SessionDate,
)
from dive_assets.toolpool.financial.exchange_directory import EXCHANGES
from dive_assets.toolpool.financial.exchange_rates import read_date
from dive_assets.toolpool.financial.exchange_sessions import (
    LAST,
    early_closes,
    exchange_code,
    exchange_time_zone,
    session_days,
    session_span,
    sessions_between,
)
from dive_assets.toolpool.shared.countries import country_name
from dive_assets.toolpool.shared.entity_types import COUNTRY, ISO_DATE, TIME_ZONE
from dive_assets.tools.annotations import Draw, Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool


def _covered(code: str, *dates: str) -> None:
    for date in dates:
        day = read_date(date).isoformat()
        if not session_days(code)[0] <= day <= LAST:
            raise ToolError(f"the calendar of {code} covers {session_days(code)[0]} to {LAST}, not {day}")


class ExchangeFacts(Result):
    """Place of an exchange."""

    country: Annotated[
        str,
        COUNTRY,
        Says(("the home country of {exchange}", "the country of {exchange}"), ask=("In which country is {exchange}?",)),
    ]
    time_zone: Annotated[
        str,
        TIME_ZONE,
        Says(
            ("the time zone in which {exchange} keeps its trading hours", "the time zone of {exchange}"),
            ask=("In which time zone does {exchange} keep its trading hours?",),
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[EXCHANGE_CALENDARS],
    determinism="snapshot",
    probes=[Probe({"exchange": "XTKS"}, {"/country": "Japan", "/time_zone": "Asia/Tokyo"}, "jpx.co.jp")],
)
def exchange_facts(exchange: Exchange) -> ExchangeFacts:
    """Country and time zone of a stock exchange (exchange_calendars)."""
    code = exchange_code(exchange)
    return ExchangeFacts(country=country_name(EXCHANGES[code][1]), time_zone=exchange_time_zone(code))


class Session(Result):
    """One trading day."""

    opening_time: Annotated[
        str,
        Text("the local time as HH:MM"),
        Says(
            "the local time at which {exchange} opened on {date}",
            ask=("At what local time did {exchange} open on {date}?",),
        ),
    ]
    closing_time: Annotated[
        str,
        Text("the local time as HH:MM"),
        Says(
            "the local time at which {exchange} closed on {date}",
            ask=("At what local time did {exchange} close on {date}?",),
        ),
    ]
    hours: Annotated[
        float,
        Quantity("hour", "hours", 2, additive=True, role="session_length"),
        Says(
            "the time from the open to the close of {exchange} on {date}, lunch breaks included",
            has="time from open to close on {date}",
            ask=("How long was it from the open to the close of {exchange} on {date}, lunch breaks included?",),
            high="longest",
            low="shortest",
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[EXCHANGE_CALENDARS],
    determinism="snapshot",
    probes=[
        Probe({"exchange": "XNYS", "date": "2024-11-29"}, {"/opening_time": "09:30", "/closing_time": "13:00"}, "NYSE"),
        Probe({"exchange": "XLON", "date": "2024-06-05"}, {"/closing_time": "16:30", "/hours": 8.5}, "LSE"),
    ],
)
def exchange_session(exchange: Exchange, date: SessionDate) -> Session:
    """Local opening and closing time of an exchange's regular session on a day (exchange_calendars)."""
    code = exchange_code(exchange)
    _covered(code, date)
    span, zone = session_span(code, date), ZoneInfo(exchange_time_zone(code))
    if span is None:
        raise ToolError(f"{code} held no trading session on {date}")
    start, end = span
    return Session(
        opening_time=start.astimezone(zone).strftime("%H:%M"),
        closing_time=end.astimezone(zone).strftime("%H:%M"),
        hours=(end - start).total_seconds() / 3600,
    )


class ExchangeYear(Result):
    """A year of trading."""

    sessions: Annotated[
        int,
        Quantity("trading days", "trading days", 0, additive=True, role="trading_days"),
        Says(
            "the number of trading days on {exchange} in {year}",
            has="number of trading days in {year}",
            ask=("On how many days did {exchange} trade in {year}?",),
            low="smallest",
        ),
    ]
    closures: Annotated[
        list[Annotated[str, ISO_DATE]],
        Says(
            "the weekdays, Monday to Friday, on which {exchange} stayed closed in {year}",
            ask=("On which weekdays, Monday to Friday, did {exchange} stay closed in {year}?",),
        ),
    ]
    early_closes: Annotated[
        list[Annotated[str, ISO_DATE]],
        Says(
            "the days on which {exchange} closed early in {year}",
            ask=("On which days did {exchange} close early in {year}?",),
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[EXCHANGE_CALENDARS],
    determinism="snapshot",
    probes=[
        Probe(
            {"exchange": "XNYS", "year": 2024},
            {"/sessions": 252, "/early_closes": ["2024-07-03", "2024-11-29", "2024-12-24"]},
            "NYSE holidays and trading hours",
        )
    ],
)
def exchange_year(
    exchange: Exchange, year: Annotated[int, Draw.integer(2005, 2025, year=True), Field(ge=2000, le=2025)]
) -> ExchangeYear:
    """Trading days, weekday closures and early closes of an exchange in a year (exchange_calendars)."""
    import datetime as dt

    code = exchange_code(exchange)
    days = sessions_between(code, f"{year}-01-01", f"{year}-12-31")
    if not days or days[0] > f"{year}-01-20":
        raise ToolError(f"the calendar of {code} does not cover all of {year}")
    year_days = (dt.date(year, 1, 1) + dt.timedelta(days=n) for n in range(366))
    weekdays = [day.isoformat() for day in year_days if day.year == year and day.weekday() < 5]
    closures = sorted(set(weekdays) - set(days))
    return ExchangeYear(sessions=len(days), closures=closures, early_closes=early_closes(code, year))


class TradingDays(Result):
    """Sessions in a period."""

    count: Annotated[
        int,
        Quantity("trading days", "trading days", 0, additive=True, role="trading_days"),
        Says(
            "the number of trading days on {exchange} from {start} to {end}, both days included",
            ask=("How many trading days did {exchange} have from {start} to {end}, both days included?",),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[EXCHANGE_CALENDARS],
    determinism="snapshot",
    probes=[Probe({"exchange": "XLON", "start": "2024-12-01", "end": "2025-01-31"}, {"/count": 42}, "LSE")],
)
def trading_days(exchange: Exchange, start: EarlierSession, end: LaterSession) -> TradingDays:
    """Number of trading sessions of an exchange between two dates, both included (exchange_calendars)."""
    code = exchange_code(exchange)
    _covered(code, start, end)
    if end < start:
        raise ToolError("the end lies before the start", "invalid_arguments")
    return TradingDays(count=len(sessions_between(code, start, end)))


class Settlement(Result):
    """Counting forward in sessions."""

    date: Annotated[
        str,
        ISO_DATE,
        Says(
            "the {days} trading day on {exchange} after {trade_date}",
            ask=("Which date is the {days} trading day on {exchange} after {trade_date}?",),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[EXCHANGE_CALENDARS],
    determinism="snapshot",
    probes=[Probe({"exchange": "XTKS", "trade_date": "2025-05-02", "days": 3}, {"/date": "2025-05-09"}, "JPX")],
)
def settlement_date(
    exchange: Exchange,
    trade_date: SessionDate,
    days: Annotated[
        int, Draw.choice({1: "next", 2: "second", 3: "third", 5: "fifth", 10: "tenth"}), Field(ge=1, le=250)
    ],
) -> Settlement:
    """The n-th trading session of an exchange after a date (exchange_calendars)."""
    code = exchange_code(exchange)
    _covered(code, trade_date)
    sessions = session_days(code)
    later = sessions[bisect_right(sessions, trade_date) :]
    if len(later) < days:
        raise ToolError(f"the calendar of {code} ends on {LAST}")
    return Settlement(date=later[days - 1])
