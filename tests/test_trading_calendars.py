"""Trading calendars that are built a year at a time are those of the library."""

from __future__ import annotations

import exchange_calendars
import pytest

from dive_assets.toolpool.financial.exchange_sessions import (
    FIRST,
    LAST,
    early_closes,
    exchange_time_zone,
    session_days,
    session_span,
)

YEARS = (2001, 2012, 2020, 2025)


@pytest.mark.parametrize("code", ["XNYS", "XTKS", "XBOM", "XHKG"])
def test_days_hours_and_early_closes_are_those_of_the_library(code: str) -> None:
    whole = exchange_calendars.get_calendar(code, start=FIRST, end=LAST)
    assert session_days(code) == list(whole.sessions.strftime("%Y-%m-%d"))
    assert exchange_time_zone(code) == str(whole.tz)
    early = list(whole.early_closes.strftime("%Y-%m-%d"))
    for year in YEARS:
        assert early_closes(code, year) == [day for day in early if day.startswith(str(year))]
        for day in whole.sessions[whole.sessions.year == year][::10]:
            span = session_span(code, day.date().isoformat())
            assert span == (whole.session_open(day).to_pydatetime(), whole.session_close(day).to_pydatetime())


def test_no_hours_on_a_closed_day() -> None:
    assert session_span("XNYS", "2024-12-25") is None
