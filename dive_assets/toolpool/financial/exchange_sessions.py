"""The trading calendars of exchanges, built once a process: every tool on trading days reads them here."""

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
def session_days(code: str) -> list[str]:
    """Trading days as ISO dates, in order."""
    return [day.date().isoformat() for day in exchange_calendar(code).sessions]
