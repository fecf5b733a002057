"""Business days of payment systems, spot dates, day counts and futures dates."""

import datetime as dt
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import Field

from dive_assets.toolpool.financial.entity_types import DOLLARS, FORMULA, INTEREST_SUM, QUANTLIB, RATE
from dive_assets.toolpool.financial.exchange_rates import read_date
from dive_assets.toolpool.shared.data_sources import HOLIDAYS
from dive_assets.toolpool.shared.entity_types import ISO_DATE
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

TradeDate = Annotated[str, ISO_DATE, Draw.date("2005-01-03", "2025-12-15", weekdays=True), Field(max_length=10)]
FIRST_YEAR, LAST_YEAR = 2002, 2026


def quantlib_date(date: str) -> Any:
    import QuantLib as ql

    day = read_date(date)
    if not 1950 <= day.year <= 2100:
        raise ToolError(f"{date} lies outside 1950 to 2100", "invalid_arguments")
    return ql.Date(day.day, day.month, day.year)


def iso_date(day: Any) -> str:
    return dt.date(day.year(), day.month(), day.dayOfMonth()).isoformat()


class SystemYear(Result):
    """Closing days of a payment system."""

    dates: Annotated[
        list[Annotated[str, ISO_DATE]],
        Says(
            ("the holidays in {year}, weekends aside, of {system}",),
            ask=("On which dates of {year}, weekends aside, was {system} closed for a holiday?",),
        ),
    ]
    count: Annotated[
        int,
        Quantity("holidays", "holidays", 0, additive=True, role="bank_holidays"),
        Says(
            ("the number of holidays in {year} on a Monday to Friday of {system}",),
            ask=("On how many days, Monday to Friday, of {year} was {system} closed for a holiday?",),
        ),
    ]


SYSTEMS = {"XECB": "the eurozone's TARGET system", "XFED": "the US Federal Reserve's payment system"}


@tool(
    domain="financial",
    kind="R",
    sources=[HOLIDAYS],
    determinism="snapshot",
    probes=[
        Probe(
            {"year": 2025, "system": "XECB"},
            {
                "/dates": ["2025-01-01", "2025-04-18", "2025-04-21", "2025-05-01", "2025-12-25", "2025-12-26"],
                "/count": 6,
            },
            "ECB, TARGET closing days 2025",
        ),
        Probe({"year": 2024, "system": "XFED"}, {"/count": 11}, "Federal Reserve Financial Services, 2024 holidays"),
    ],
)
def payment_system_holidays(
    year: Annotated[int, Draw.integer(2005, 2025, year=True), Field(ge=FIRST_YEAR, le=LAST_YEAR)],
    system: Annotated[Literal["XECB", "XFED"], Draw.choice(SYSTEMS)],
) -> SystemYear:
    """Weekday holidays of the TARGET or the Federal Reserve payment system in a year (holidays package)."""
    import holidays

    days = sorted(holidays.financial_holidays(system, years=[year]))
    dates = [day.isoformat() for day in days if day.year == year and day.weekday() < 5]
    return SystemYear(dates=dates, count=len(dates))


CALENDARS = {
    "TARGET": "TARGET",
    "FED": "US Federal Reserve",
    "LONDON": "London settlement",
    "TOKYO": "Tokyo settlement",
}


@cache
def _calendar(name: str) -> Any:
    import QuantLib as ql

    return {
        "TARGET": ql.TARGET(),
        "FED": ql.UnitedStates(ql.UnitedStates.FederalReserve),
        "LONDON": ql.UnitedKingdom(ql.UnitedKingdom.Settlement),
        "TOKYO": ql.Japan(),
    }[name]


class SpotDate(Result):
    """Business days onward."""

    date: Annotated[
        str,
        ISO_DATE,
        Says(
            ("the date {days} after {trade_date} by the {calendar} calendar",),
            ask=("By the {calendar} calendar, which date is {days} after {trade_date}?",),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[QUANTLIB],
    probes=[
        Probe(
            {"days": 3, "trade_date": "2024-12-30", "calendar": "TARGET"},
            {"/date": "2025-01-03"},
            "ECB, TARGET closing days: 1 January",
        ),
        Probe(
            {"days": 2, "trade_date": "2024-11-27", "calendar": "FED"},
            {"/date": "2024-12-02"},
            "Federal Reserve holidays: Thanksgiving on 28 November",
        ),
    ],
)
def business_days_later(
    days: Annotated[int, Draw.choice({n: f"{n} business days" for n in (2, 3, 5, 10, 20, 30)}), Field(ge=1, le=500)],
    trade_date: TradeDate,
    calendar: Annotated[Literal["TARGET", "FED", "LONDON", "TOKYO"], Draw.choice(CALENDARS)],
) -> SpotDate:
    """Date a number of business days after a trade date, by a settlement calendar (QuantLib)."""
    import QuantLib as ql

    day = read_date(trade_date)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ToolError(f"the calendars are offered for {FIRST_YEAR} to {LAST_YEAR}")
    found = _calendar(calendar).advance(quantlib_date(trade_date), days, ql.Days)
    return SpotDate(date=iso_date(found))


CONVENTIONS = {
    "ACT/360": "Actual/360",
    "ACT/365F": "Actual/365 Fixed",
    "30/360": "30/360 (ISDA Bond Basis)",
    "30E/360": "30E/360 (ISDA Eurobond Basis)",
    "ACT/ACT": "Actual/Actual ISDA",
}


@cache
def _day_counter(convention: str) -> Any:
    import QuantLib as ql

    return {
        "ACT/360": ql.Actual360(),
        "ACT/365F": ql.Actual365Fixed(),
        "30/360": ql.Thirty360(ql.Thirty360.BondBasis),
        "30E/360": ql.Thirty360(ql.Thirty360.EurobondBasis),
        "ACT/ACT": ql.ActualActual(ql.ActualActual.ISDA),
    }[convention]


class YearFraction(Result):
    """Time between two dates."""

    years: Annotated[
        float,
        Quantity("year", "years", 5, role="year_fraction"),
        Says(
            ("the {convention} year fraction from {start} to {end}",),
            ask=("What is the year fraction from {start} to {end} under the {convention} day count?",),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[QUANTLIB],
    probes=[
        Probe(
            {"convention": "ACT/ACT", "start": "2003-11-01", "end": "2004-05-01"},
            {"/years": 61 / 365 + 121 / 366},
            "ISDA, EMU and Market Conventions (1998): 0.497724",
        ),
        Probe(
            {"convention": "30/360", "start": "2024-01-31", "end": "2024-07-31"}, {"/years": 0.5}, "ISDA 2006, 4.16(f)"
        ),
        Probe(
            {"convention": "30E/360", "start": "2024-02-29", "end": "2024-08-31"}, {"/years": 181 / 360}, "ISDA 4.16(g)"
        ),
        Probe({"convention": "ACT/360", "start": "2024-01-31", "end": "2024-07-31"}, {"/years": 182 / 360}, "calendar"),
    ],
)
def day_count_fraction(
    convention: Annotated[Literal["ACT/360", "ACT/365F", "30/360", "30E/360", "ACT/ACT"], Draw.choice(CONVENTIONS)],
    start: Annotated[str, ISO_DATE, Draw.date("2010-01-01", "2018-12-31"), Field(max_length=10)],
    end: Annotated[str, ISO_DATE, Draw.date("2019-01-01", "2025-12-31"), Field(max_length=10)],
) -> YearFraction:
    """Year fraction between two dates under a day count convention (ISDA definitions, by QuantLib)."""
    first, last = quantlib_date(start), quantlib_date(end)
    if last <= first:
        raise ToolError("the end must come after the start", "invalid_arguments")
    return YearFraction(years=_day_counter(convention).yearFraction(first, last))


class SimpleInterest(Result):
    """Interest without compounding."""

    interest: Annotated[
        float,
        INTEREST_SUM,
        Says(
            ("the simple interest on {principal} at an annual rate of {rate} for {years}",),
            ask=("How much simple interest does {principal} earn at an annual rate of {rate} in {years}?",),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"principal": 1_000_000.0, "rate": 5.25, "years": 0.5}, {"/interest": 26_250.0}, "principal x rate x time"
        )
    ],
)
def simple_interest(
    principal: Annotated[
        float, DOLLARS, Draw.integer(10_000, 2_000_000, step=5_000, suffix=" US dollars"), Field(gt=0, le=1e12)
    ],
    rate: Annotated[float, RATE, Draw.decimal(0.5, 9, 2, suffix="%"), Field(gt=-10, le=100)],
    years: Annotated[
        float,
        Quantity("year", "years", 5, role="year_fraction"),
        Draw.decimal(0.1, 2, 2, suffix=" years"),
        Field(gt=0, le=50),
    ],
) -> SimpleInterest:
    """Simple interest on a principal for a fraction of a year."""
    return SimpleInterest(interest=principal * rate / 100 * years)


class ImmDate(Result):
    """The quarterly futures date."""

    date: Annotated[
        str,
        ISO_DATE,
        Says(
            ("the first quarterly IMM date after {date}", "the next quarterly IMM date after {date}"),
            ask=(
                "Which date is the first quarterly IMM date (third Wednesday of March, June, September or December) after {date}?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[QUANTLIB],
    probes=[
        Probe({"date": "2024-05-01"}, {"/date": "2024-06-19"}, "CME calendar: third Wednesday of June 2024"),
        Probe({"date": "2024-06-19"}, {"/date": "2024-09-18"}, "CME calendar: third Wednesday of September 2024"),
    ],
)
def next_imm_date(
    date: Annotated[str, ISO_DATE, Draw.date("2000-01-01", "2025-12-31"), Field(max_length=10)],
) -> ImmDate:
    """First quarterly IMM date after a day: the third Wednesday of March, June, September or December (QuantLib)."""
    import QuantLib as ql

    return ImmDate(date=iso_date(ql.IMM.nextDate(quantlib_date(date), True)))
