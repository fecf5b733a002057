"""The trading calendars of exchanges, built once a process: every tool on trading days reads them here."""

import datetime as dt
from bisect import bisect_left, bisect_right
from functools import cache
from typing import Any

from dive_assets.toolpool.financial.exchange_directory import EXCHANGES
from dive_assets.tools.errors import ToolError

FIRST, LAST = "2000-01-03", "2025-12-31"


def exchange_code(exchange: str) -> str:
    """The market identifier code in capitals. Raises ToolError for an unknown one."""
    code = exchange.strip().upper()
    if code not in EXCHANGES:
        raise ToolError(f"unknown exchange {exchange!r}: give its market identifier code, such as XNYS")
    return code


def _calendar_class(code: str) -> Any:
    from exchange_calendars.calendar_utils import global_calendar_dispatcher

    return global_calendar_dispatcher._calendar_factories[code]


@cache
def exchange_time_zone(code: str) -> str:
    """Time zone of an exchange, off its calendar's class."""
    return str(_calendar_class(code).tz)


@cache
def _trading_day(code: str) -> Any:
    """The offset from one trading day to the next. The library works out the holidays of two centuries for it."""
    from exchange_calendars import ExchangeCalendar
    from pandas.tseries.offsets import CustomBusinessDay

    calendar = object.__new__(_calendar_class(code))
    if type(calendar).day is not ExchangeCalendar.day:  # its trading days of the week have changed
        return calendar.day
    holidays = [] if calendar.regular_holidays is None else calendar.regular_holidays.holidays(FIRST, LAST).tolist()
    return CustomBusinessDay(holidays=[*holidays, *calendar.adhoc_holidays], weekmask=calendar.weekmask)


def _calendar(code: str, first: str, last: str) -> Any:
    """As exchange_calendars.get_calendar, which takes a second."""
    calendar = object.__new__(_calendar_class(code))
    calendar.__dict__["day"] = _trading_day(code)  # a cached property
    calendar.__init__(first, last)
    return calendar


@cache
def _year(code: str, year: int) -> tuple[dict[str, tuple[int, int]], list[str]]:
    """Seconds since 1970 of each trading day's open and close, and the days that close early, of a year."""
    calendar = _calendar(code, f"{year}-01-01", f"{year}-12-31")
    days = calendar.sessions.strftime("%Y-%m-%d")
    spans = zip(calendar.opens_nanos.tolist(), calendar.closes_nanos.tolist(), strict=True)
    seconds = [(start // 10**9, end // 10**9) for start, end in spans]
    return dict(zip(days, seconds, strict=True)), sorted(calendar.early_closes.strftime("%Y-%m-%d"))


@cache
def session_days(code: str) -> list[str]:
    """Trading days from FIRST to LAST as ISO dates, in order."""
    import numpy
    from pandas.tseries.offsets import CustomBusinessDay

    trading_day = _trading_day(code)
    if type(trading_day) is not CustomBusinessDay:
        return list(_calendar(code, FIRST, LAST).sessions.strftime("%Y-%m-%d"))
    days = numpy.arange(numpy.datetime64(FIRST), numpy.datetime64(LAST) + 1)
    return days[numpy.is_busday(days, busdaycal=trading_day.calendar)].astype(str).tolist()


def session_span(code: str, day: str) -> tuple[dt.datetime, dt.datetime] | None:
    """Open and close of a trading day in UTC; None if the exchange stayed closed."""
    span = _year(code, int(day[:4]))[0].get(day)
    return span and (dt.datetime.fromtimestamp(span[0], dt.UTC), dt.datetime.fromtimestamp(span[1], dt.UTC))


def early_closes(code: str, year: int) -> list[str]:
    """ISO dates of the days of a year on which the exchange closed early, in order."""
    return _year(code, year)[1]


def sessions_between(code: str, first: str, last: str) -> list[str]:
    """Trading days from one ISO date to another, both included, in order."""
    days = session_days(code)
    return days[bisect_left(days, first) : bisect_right(days, last)]
