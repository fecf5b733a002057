"""The trading calendars of exchanges, built once a process: every tool on trading days reads them here."""

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


@cache
def exchange_calendar(code: str) -> Any:
    import exchange_calendars

    return exchange_calendars.get_calendar(code, start=FIRST, end=LAST)


@cache
def exchange_time_zone(code: str) -> str:
    """Time zone of an exchange, off its calendar's class: to build the calendar takes a second."""
    from exchange_calendars.calendar_utils import global_calendar_dispatcher

    return str(global_calendar_dispatcher._calendar_factories[code].tz)


@cache
def session_days(code: str) -> list[str]:
    """Trading days as ISO dates, in order."""
    return [day.date().isoformat() for day in exchange_calendar(code).sessions]


def sessions_between(code: str, first: str, last: str) -> list[str]:
    """Trading days from one ISO date to another, both included, in order."""
    days = session_days(code)
    return days[bisect_left(days, first) : bisect_right(days, last)]
