"""Public holidays and working days."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from dive_assets.toolpool.general.entity_types import Country, parse_date
from dive_assets.toolpool.shared.countries import country_code
from dive_assets.toolpool.shared.data_sources import HOLIDAYS, PYCOUNTRY
from dive_assets.toolpool.shared.entity_types import ISO_DATE
from dive_assets.tools.annotations import Draw, Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

if TYPE_CHECKING:
    from holidays import HolidayBase

FIRST_YEAR, LAST_YEAR = 2005, 2030
RecentDate = Annotated[
    str, ISO_DATE, Draw.date("2010-01-01", "2025-12-31"), Field(description="YYYY-MM-DD", pattern=r"^\d{4}-\d\d-\d\d$")
]
PeriodStart = Annotated[
    str, ISO_DATE, Draw.date("2012-01-01", "2018-12-31"), Field(description="YYYY-MM-DD", pattern=r"^\d{4}-\d\d-\d\d$")
]
PeriodEnd = Annotated[
    str, ISO_DATE, Draw.date("2019-01-01", "2025-12-31"), Field(description="YYYY-MM-DD", pattern=r"^\d{4}-\d\d-\d\d$")
]


@cache
def holiday_calendar(code: str) -> HolidayBase:
    """Nationwide public holidays of a country, named in English where the package can."""
    import holidays

    try:
        plain = holidays.country_holidays(code)
    except NotImplementedError as error:
        raise ToolError(f"no holiday calendar for country code {code!r}") from error
    years = range(FIRST_YEAR - 1, LAST_YEAR + 2)
    english = next((name for name in ("en_US", "en_GB") if name in (plain.supported_languages or ())), None)
    return holidays.country_holidays(code, years=years, language=english)


def _checked(text: str) -> dt.date:
    day = parse_date(text)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ToolError(f"holidays are offered from {FIRST_YEAR} to {LAST_YEAR}")
    return day


class HolidaysOfYear(Result):
    """Public holidays of a country in a year."""

    count: Annotated[
        int,
        Quantity("", "days", decimals=0),
        Says(
            "the number of days in {year} that were nationwide public holidays in {country}",
            has="number of nationwide public holidays in {year}",
            ask=("How many days of {year} were nationwide public holidays in {country}?",),
            high="largest",
            low="smallest",
        ),
    ]
    dates: Annotated[
        list[Annotated[str, ISO_DATE]],
        Says(
            "the dates of the nationwide public holidays in {country} in {year}",
            ask=("On which dates of {year} did {country} have nationwide public holidays?",),
        ),
    ]
    on_weekdays: Annotated[
        int,
        Quantity("", "days", decimals=0),
        Says(
            "the number of nationwide public holidays in {country} that fell on a Monday to Friday in {year}",
            has="number of nationwide public holidays on a Monday to Friday in {year}",
            ask=("How many nationwide public holidays in {country} fell on a Monday to Friday in {year}?",),
            high="largest",
            low="smallest",
        ),
    ]


@tool(
    domain="general",
    also=("financial", "transport"),
    kind="R",
    sources=[HOLIDAYS, PYCOUNTRY],
    determinism="snapshot",
    probes=[
        Probe(
            {"country": "Germany", "year": 2024},
            {"/count": 9, "/on_weekdays": 9, "/dates/1": "2024-03-29"},
            "public holidays in all sixteen federal states",
        ),
        Probe({"country": "the United States", "year": 2023}, {"/dates/0": "2023-01-01"}, "US OPM"),
    ],
)
def public_holidays(
    country: Country, year: Annotated[int, Draw.integer(2010, 2025, year=True), Field(ge=FIRST_YEAR, le=LAST_YEAR)]
) -> HolidaysOfYear:
    """Dates of the nationwide public holidays of a country in a year, substitute days included (holidays package)."""
    days = sorted(day for day in holiday_calendar(country_code(country)) if day.year == year)
    if not days:
        raise ToolError(f"no public holidays of {country!r} are known for {year}")
    return HolidaysOfYear(
        count=len(days), dates=[day.isoformat() for day in days], on_weekdays=sum(day.weekday() < 5 for day in days)
    )


class NextHoliday(Result):
    """The public holiday that follows a date."""

    date: Annotated[
        str,
        ISO_DATE,
        Says(
            (
                "the date of the first nationwide public holiday in {country} after {date}",
                "the date of the next nationwide public holiday in {country} after {date}",
            ),
            ask=("On which date was the first nationwide public holiday in {country} after {date}?",),
        ),
    ]
    name: Annotated[
        str,
        Text("the holiday's English name"),
        Says(
            "the name of the first nationwide public holiday in {country} after {date}",
            ask=("Which was the first nationwide public holiday in {country} after {date}?",),
        ),
    ]


@tool(
    domain="general",
    also=("financial",),
    kind="R",
    sources=[HOLIDAYS, PYCOUNTRY],
    determinism="snapshot",
    probes=[
        Probe({"country": "Kenya", "date": "2024-05-20"}, {"/date": "2024-06-01", "/name": "Madaraka Day"}),
        Probe({"country": "Germany", "date": "2024-05-20"}, {"/date": "2024-10-03", "/name": "German Unity Day"}),
    ],
)
def next_public_holiday(country: Country, date: RecentDate) -> NextHoliday:
    """First nationwide public holiday of a country after a date (holidays package)."""
    day, calendar = _checked(date), holiday_calendar(country_code(country))
    later = min((d for d in calendar if d > day), default=None)
    if later is None:
        raise ToolError(f"no public holiday of {country!r} is known after {date}")
    return NextHoliday(date=later.isoformat(), name=", ".join(sorted(calendar.get_list(later))))


class WorkingDays(Result):
    """Days of a period that are neither weekend nor public holiday."""

    count: Annotated[
        int,
        Quantity("", "working days", decimals=0),
        Says(
            (
                "the number of working days in {country} from {start} to {end}, both dates included",
                "the number of days from {start} to {end} inclusive that were working days in {country}",
            ),
            has="number of working days from {start} to {end}, both dates included",
            ask=("How many working days were there in {country} from {start} to {end}, both dates included?",),
            high="largest",
            low="smallest",
        ),
    ]


@tool(
    domain="general",
    also=("financial",),
    kind="P",
    sources=[HOLIDAYS, PYCOUNTRY],
    determinism="snapshot",
    probes=[
        Probe({"country": "Germany", "start": "2024-12-22", "end": "2024-12-31"}, {"/count": 5}, "a wall calendar"),
        Probe({"country": "Israel", "start": "2024-08-02", "end": "2024-08-05"}, {"/count": 2}, "weekend Fri and Sat"),
    ],
)
def working_days_between(country: Country, start: PeriodStart, end: PeriodEnd) -> WorkingDays:
    """Working days of a country in a period, both ends included, by its own weekend (holidays package)."""
    first, last = _checked(start), _checked(end)
    if last < first:
        raise ToolError("the end lies before the start", code="invalid_arguments")
    return WorkingDays(count=holiday_calendar(country_code(country)).get_working_days_count(first, last))


class WorkingDay(Result):
    """A working day a number of working days later."""

    date: Annotated[
        str,
        ISO_DATE,
        Says(
            (
                "the date {count} after {start} by the holiday calendar of {country}",
                "the date that lies {count} after {start} when weekends and public holidays of {country} are left out",
            ),
            ask=(
                "Which date is {count} after {start} by the holiday calendar of {country}?",
                "Leaving out weekends and public holidays of {country}, which date is {count} after {start}?",
            ),
        ),
    ]


@tool(
    domain="general",
    also=("financial",),
    kind="P",
    sources=[HOLIDAYS, PYCOUNTRY],
    determinism="snapshot",
    probes=[
        Probe({"country": "Germany", "start": "2025-12-24", "count": 2}, {"/date": "2025-12-30"}, "a wall calendar"),
        Probe({"country": "Kenya", "start": "2024-05-31", "count": 5}, {"/date": "2024-06-07"}),
    ],
)
def nth_working_day(
    country: Country,
    start: RecentDate,
    count: Annotated[int, Draw.integer(2, 60, suffix=" working days"), Field(ge=1, le=250)],
) -> WorkingDay:
    """Date a number of working days after a start date, by a country's weekend and holidays (holidays package)."""
    day = holiday_calendar(country_code(country)).get_nth_working_day(_checked(start), count)
    return WorkingDay(date=day.isoformat())
