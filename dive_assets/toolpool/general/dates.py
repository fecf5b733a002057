"""Dates: intervals, weekdays, other calendars, Easter."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.general.data_sources import CONVERTDATE, DATEUTIL
from dive_assets.toolpool.general.entity_types import Date, parse_date
from dive_assets.toolpool.shared.data_sources import STANDARD_LIBRARY
from dive_assets.toolpool.shared.entity_types import ISO_DATE
from dive_assets.tools.annotations import Draw, Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

JULIAN_DAY_OF_ORDINAL_ZERO = 1721425  # noon of 31 December of the year 0
HEBREW_MONTHS = ("Nisan", "Iyar", "Sivan", "Tammuz", "Av", "Elul", "Tishrei", "Cheshvan", "Kislev", "Tevet", "Shevat")
ISLAMIC_MONTHS = (
    "Muharram",
    "Safar",
    "Rabi al-Awwal",
    "Rabi al-Thani",
    "Jumada al-Ula",
    "Jumada al-Thani",
    "Rajab",
    "Shaban",
    "Ramadan",
    "Shawwal",
    "Dhu al-Qadah",
    "Dhu al-Hijjah",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Interval(Result):
    """Time between two dates."""

    days: Annotated[
        int,
        Quantity("day", "days", decimals=0, additive=True),
        Says(
            ("the number of days between {first} and {second}", "the time in days between {first} and {second}"),
            ask=("How many days lie between {first} and {second}?", "How many days apart are {first} and {second}?"),
        ),
    ]


@tool(
    domain="general",
    also=("financial", "transport"),
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"first": "1969-07-20", "second": "2000-01-01"}, {"/days": 11122}, "Julian dates 2440422.5 and 2451544.5"
        ),
        Probe({"first": "2024-03-01", "second": "2024-02-28"}, {"/days": 2}),
    ],
)
def days_between(first: Date, second: Date) -> Interval:
    """Days between two dates, whichever comes first (proleptic Gregorian calendar)."""
    return Interval(days=abs((parse_date(second) - parse_date(first)).days))


class ShiftedDate(Result):
    """A date some days later."""

    date: Annotated[
        str,
        ISO_DATE,
        Says(
            ("the date {days} after {date}", "the day that came {days} after {date}"),
            ask=("Which date is {days} after {date}?", "What is the date {days} after {date}?"),
        ),
    ]


@tool(
    domain="general",
    also=("financial", "transport"),
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[Probe({"date": "1969-07-20", "days": 11122}, {"/date": "2000-01-01"}, "Julian dates")],
)
def date_after_days(
    date: Date, days: Annotated[int, Draw.integer(20, 5000, suffix=" days"), Field(ge=0, le=200_000)]
) -> ShiftedDate:
    """Date a number of days after another (proleptic Gregorian calendar)."""
    try:
        return ShiftedDate(date=(parse_date(date) + dt.timedelta(days=days)).isoformat())
    except OverflowError as error:
        raise ToolError("the result lies after the year 9999", code="invalid_arguments") from error


class CalendarFacts(Result):
    """Place of a date in week, year and count of days."""

    weekday: Annotated[
        str,
        Text("the weekday's English name"),
        Says(
            ("the day of the week of {date}", "the weekday on which {date} falls"),
            ask=("On which day of the week does {date} fall?", "Which weekday is {date}?"),
        ),
    ]
    iso_week: Annotated[
        int,
        Quantity("", "", decimals=0, ratio=False),
        Says(("the ISO 8601 week number of {date}",), ask=("In which ISO 8601 calendar week does {date} fall?",)),
    ]
    day_of_year: Annotated[
        int,
        Quantity("", "", decimals=0, ratio=False),
        Says(
            ("the day of the year of {date}, counting 1 January as 1",),
            ask=("Which day of the year is {date}, counting 1 January as 1?",),
        ),
    ]
    julian_day_number: Annotated[
        int,
        Quantity("", "", decimals=0, ratio=False),
        Says(
            ("the Julian day number that begins at noon UTC on {date}",),
            ask=("Which Julian day number begins at noon UTC on {date}?",),
        ),
    ]


@tool(
    domain="general",
    also=("financial", "transport"),
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"date": "2000-01-01"},
            {"/weekday": "Saturday", "/iso_week": 52, "/day_of_year": 1, "/julian_day_number": 2451545},
            "epoch J2000.0 is JD 2451545.0",
        ),
        Probe({"date": "2024-12-30"}, {"/weekday": "Monday", "/iso_week": 1, "/day_of_year": 365}),
    ],
)
def calendar_facts(date: Date) -> CalendarFacts:
    """Weekday, ISO week, day of the year and Julian day number of a date (Gregorian calendar)."""
    day = parse_date(date)
    return CalendarFacts(
        weekday=WEEKDAYS[day.weekday()],
        iso_week=day.isocalendar().week,
        day_of_year=day.timetuple().tm_yday,
        julian_day_number=day.toordinal() + JULIAN_DAY_OF_ORDINAL_ZERO,
    )


class HebrewDate(Result):
    """A date in the Hebrew calendar."""

    hebrew_date: Annotated[
        str,
        Text("the date as day, month and year, such as 14 Nisan 5784"),
        Says(
            "the Hebrew calendar date of the daytime of {date}",
            ask=("Which date of the Hebrew calendar corresponds to the daytime of {date}?",),
        ),
    ]
    month: Annotated[
        str,
        Text("the month's name"),
        Says(
            "the Hebrew calendar month in which {date} falls",
            ask=("In which month of the Hebrew calendar does {date} fall?",),
        ),
    ]
    year: Annotated[
        int,
        Quantity("", "", decimals=0, ratio=False),
        Says(
            "the Hebrew calendar year in which {date} falls",
            ask=("In which year of the Hebrew calendar does {date} fall?",),
        ),
    ]


@tool(
    domain="general",
    kind="P",
    sources=[CONVERTDATE],
    probes=[
        Probe({"date": "2024-10-03"}, {"/hebrew_date": "1 Tishrei 5785"}, "Rosh Hashanah 5785"),
        Probe({"date": "2024-03-24"}, {"/hebrew_date": "14 Adar II 5784"}, "Purim 5784"),
        Probe({"date": "2025-03-14"}, {"/hebrew_date": "14 Adar 5785"}, "Purim 5785"),
    ],
)
def hebrew_date(date: Date) -> HebrewDate:
    """Date in the Hebrew calendar of the daytime of a Gregorian date."""
    from convertdate import hebrew

    day = parse_date(date)
    year, month, number = hebrew.from_gregorian(day.year, day.month, day.day)
    adar = ("Adar I", "Adar II") if hebrew.leap(year) else ("Adar",)
    name = (*HEBREW_MONTHS, *adar)[month - 1]
    return HebrewDate(hebrew_date=f"{number} {name} {year}", month=name, year=year)


class IslamicDate(Result):
    """A date in the tabular Islamic calendar."""

    islamic_date: Annotated[
        str,
        Text("the date as day, month and year, such as 1 Ramadan 1445"),
        Says(
            "the date of {date} in the tabular Islamic calendar (civil epoch)",
            ask=("Which date of the tabular Islamic calendar (civil epoch) corresponds to {date}?",),
        ),
    ]
    month: Annotated[
        str,
        Text("the month's name"),
        Says(
            "the month of the tabular Islamic calendar (civil epoch) in which {date} falls",
            ask=("In which month of the tabular Islamic calendar (civil epoch) does {date} fall?",),
        ),
    ]
    year: Annotated[
        int,
        Quantity("", "", decimals=0, ratio=False),
        Says(
            "the year of the tabular Islamic calendar (civil epoch) in which {date} falls",
            ask=("In which year of the tabular Islamic calendar (civil epoch) does {date} fall?",),
        ),
    ]


@tool(
    domain="general",
    kind="P",
    sources=[CONVERTDATE],
    probes=[
        Probe({"date": "2000-01-01"}, {"/islamic_date": "24 Ramadan 1420", "/year": 1420}, "Reingold, Dershowitz"),
        Probe({"date": "2024-07-08"}, {"/islamic_date": "1 Muharram 1446", "/month": "Muharram"}),
    ],
)
def islamic_date(date: Date) -> IslamicDate:
    """Date in the tabular Islamic calendar, civil epoch, of a Gregorian date."""
    from convertdate import islamic

    day = parse_date(date)
    if day < dt.date(622, 7, 19):
        raise ToolError("the Islamic calendar begins in July 622", code="invalid_arguments")
    year, month, number = islamic.from_gregorian(day.year, day.month, day.day)
    name = ISLAMIC_MONTHS[month - 1]
    return IslamicDate(islamic_date=f"{number} {name} {year}", month=name, year=year)


class EasterDates(Result):
    """Easter Sunday in the Western and the Orthodox churches."""

    western: Annotated[
        str,
        ISO_DATE,
        Says(
            ("the date of Western Easter Sunday in {year}", "the Western date of Easter in {year}"),
            ask=("On which date does Western Easter Sunday fall in {year}?",),
        ),
    ]
    orthodox: Annotated[
        str,
        ISO_DATE,
        Says(
            (
                "the Gregorian date of Orthodox Easter Sunday in {year}",
                "the date of Orthodox Easter in {year} in the Gregorian calendar",
            ),
            ask=("On which date of the Gregorian calendar does Orthodox Easter Sunday fall in {year}?",),
        ),
    ]


@tool(
    domain="general",
    also=("financial",),
    kind="P",
    sources=[DATEUTIL],
    probes=[
        Probe({"year": 2030}, {"/western": "2030-04-21", "/orthodox": "2030-04-28"}, "US Census Bureau; OCA"),
        Probe({"year": 2025}, {"/western": "2025-04-20", "/orthodox": "2025-04-20"}),
    ],
)
def easter_dates(year: Annotated[int, Draw.integer(1950, 2029, year=True), Field(ge=1900, le=2099)]) -> EasterDates:
    """Western and Orthodox Easter Sunday of a year, both in the Gregorian calendar (Meeus' and related algorithms)."""
    from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter

    return EasterDates(
        western=easter(year, EASTER_WESTERN).isoformat(), orthodox=easter(year, EASTER_ORTHODOX).isoformat()
    )
