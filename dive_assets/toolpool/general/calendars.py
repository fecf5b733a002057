"""Other calendars, feasts, and dates by rule: the third Thursday of a month, the next Monday, full years."""

from __future__ import annotations

import calendar
import datetime as dt
from functools import cache
from typing import Annotated, Literal

from pydantic import Field

from dive_assets.toolpool.general.data_sources import CONVERTDATE, DATEUTIL
from dive_assets.toolpool.general.entity_types import CALENDAR_YEAR, COUNTED, Date, parse_date
from dive_assets.toolpool.shared.data_sources import STANDARD_LIBRARY
from dive_assets.toolpool.shared.entity_types import ISO_DATE
from dive_assets.tools.annotations import Draw, Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = {number: calendar.month_name[number] for number in range(1, 13)}
PERSIAN_MONTHS = (
    "Farvardin",
    "Ordibehesht",
    "Khordad",
    "Tir",
    "Mordad",
    "Shahrivar",
    "Mehr",
    "Aban",
    "Azar",
    "Dey",
    "Bahman",
    "Esfand",
)
# Month and day of the Hebrew calendar (Nisan is 1), and the years by which it runs ahead then.
JEWISH_FEASTS = {
    "Purim": (0, 14, 3760),
    "Passover": (1, 15, 3760),
    "Shavuot": (3, 6, 3760),
    "Rosh Hashanah": (7, 1, 3761),
    "Yom Kippur": (7, 10, 3761),
    "Sukkot": (7, 15, 3761),
    "Hanukkah": (9, 25, 3761),
}
CHRISTIAN_FEASTS = {
    "Shrove Tuesday": -47,
    "Ash Wednesday": -46,
    "Palm Sunday": -7,
    "Good Friday": -2,
    "Ascension Day": 39,
    "Pentecost": 49,
    "Trinity Sunday": 56,
    "Corpus Christi": 60,
}
Year = Annotated[int, Draw.integer(1950, 2040, year=True), Field(ge=1900, le=2099)]
Weekday = Annotated[
    Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    Draw.choice({day: day for day in WEEKDAYS}),
]
GregorianDate = Annotated[
    str, ISO_DATE, Draw.date("1926-01-01", "2035-12-31"), Field(description="YYYY-MM-DD", pattern=r"^\d{4}-\d\d-\d\d$")
]


@cache
def _nowruz(year: int) -> dt.date:
    """The Gregorian date in a Gregorian year on which a Persian year begins."""
    from convertdate import gregorian, persian

    return dt.date(*gregorian.from_jd(persian.equinox_jd(year) + 0.5))


class PersianDate(Result):
    """A date in the Persian solar calendar."""

    persian_date: Annotated[
        str,
        Text("the date as day, month and year, such as 1 Farvardin 1403"),
        Says(
            ("the date of {date} in the Persian solar calendar", "the Solar Hijri (Persian) date of {date}"),
            ask=("Which date of the Persian solar calendar corresponds to {date}?",),
        ),
    ]
    month: Annotated[
        str,
        Text("the month's name"),
        Says(
            "the month of the Persian solar calendar in which {date} falls",
            ask=("In which month of the Persian solar calendar does {date} fall?",),
        ),
    ]
    year: Annotated[
        int,
        CALENDAR_YEAR,
        Says(
            "the year of the Persian solar calendar in which {date} falls",
            ask=("In which year of the Persian solar calendar does {date} fall?",),
        ),
    ]


@tool(
    domain="general",
    kind="P",
    sources=[CONVERTDATE],
    probes=[
        Probe({"date": "1979-02-11"}, {"/persian_date": "22 Bahman 1357"}, "date of the Iranian revolution"),
        Probe({"date": "2024-03-20"}, {"/persian_date": "1 Farvardin 1403", "/year": 1403}, "Nowruz 1403"),
        Probe({"date": "2025-03-20"}, {"/persian_date": "30 Esfand 1403"}, "1403 was a leap year"),
    ],
)
def persian_date(date: GregorianDate) -> PersianDate:
    """Date in the Persian solar calendar (Solar Hijri, by the equinox) of a Gregorian date from 1925."""
    day = parse_date(date)
    if not 1925 < day.year < 2100:
        raise ToolError("the Persian solar calendar is computed for 1926 to 2099", "invalid_arguments")
    year = day.year - 621 if day >= _nowruz(day.year) else day.year - 622
    passed = (day - _nowruz(year + 621)).days
    month, number = divmod(passed, 31) if passed < 6 * 31 else divmod(passed - 6, 30)
    name = PERSIAN_MONTHS[month]
    return PersianDate(persian_date=f"{number + 1} {name} {year}", month=name, year=year)


class JulianDate(Result):
    """A date in the Julian calendar."""

    julian_date: Annotated[
        str,
        Text("the day and month, then the year, such as 25 December 2024"),
        Says(
            ("the date of {date} in the Julian calendar", "the Old Style (Julian) date of {date}"),
            ask=("Which date does the Julian calendar give to {date} of the Gregorian calendar?",),
        ),
    ]


@tool(
    domain="general",
    kind="P",
    sources=[CONVERTDATE],
    probes=[
        Probe({"date": "1917-11-07"}, {"/julian_date": "25 October 1917"}, "the October Revolution"),
        Probe({"date": "2025-01-07"}, {"/julian_date": "25 December 2024"}, "Orthodox Christmas"),
    ],
)
def julian_calendar_date(date: Date) -> JulianDate:
    """Date in the Julian calendar (Old Style) of a Gregorian date."""
    from convertdate import julian

    day = parse_date(date)
    if day.year < 1582:
        raise ToolError("the Gregorian calendar begins in 1582", "invalid_arguments")
    year, month, number = julian.from_gregorian(day.year, day.month, day.day)
    return JulianDate(julian_date=f"{number} {MONTHS[month]} {year}")


class MayanDate(Result):
    """A date in the Maya calendars."""

    long_count: Annotated[
        str,
        Text("five numbers with dots between them"),
        Says(
            "the Maya long count of {date} by the GMT correlation (584283)",
            ask=("What is the Maya long count of {date} by the GMT correlation (584283)?",),
        ),
    ]
    tzolkin: Annotated[
        str,
        Text("the number and the day name in Yucatec spelling, such as 4 Ajaw"),
        Says(
            "the tzolk'in date of {date} by the GMT correlation (584283)",
            ask=("Which tzolk'in date falls on {date} by the GMT correlation (584283)?",),
        ),
    ]


@tool(
    domain="general",
    kind="P",
    sources=[CONVERTDATE],
    probes=[
        Probe(
            {"date": "2012-12-21"},
            {"/long_count": "13.0.0.0.0", "/tzolkin": "4 Ajaw"},
            "end of the thirteenth b'ak'tun",
        ),
        Probe({"date": "2000-01-01"}, {"/long_count": "12.19.6.15.2"}, "JD 2451545 - 584283 = 1867262 days"),
    ],
)
def mayan_date(date: Date) -> MayanDate:
    """Maya long count and tzolk'in day of a Gregorian date (Goodman-Martinez-Thompson correlation, 584283)."""
    from convertdate import gregorian, mayan

    day = parse_date(date)
    if day.year < 1:
        raise ToolError("give a date of the Common Era", "invalid_arguments")
    count = mayan.from_gregorian(day.year, day.month, day.day)
    number, name = mayan.to_tzolkin(gregorian.to_jd(day.year, day.month, day.day))
    return MayanDate(long_count=".".join(map(str, count)), tzolkin=f"{number} {name}")


class FeastDate(Result):
    """The date of a feast."""

    date: Annotated[
        str,
        ISO_DATE,
        Says(
            ("the date of {feast} in {year}", "the day on which {feast} falls in {year}"),
            ask=("On which date does {feast} fall in {year}?", "When is {feast} in {year}?"),
        ),
    ]


JewishFeast = Annotated[str, Draw.choice({f: f"the first day of {f}" for f in JEWISH_FEASTS}), Field(max_length=20)]
ChristianFeast = Annotated[
    str, Draw.choice({f: f"{f} in the Western churches" for f in CHRISTIAN_FEASTS}), Field(max_length=20)
]


@tool(
    domain="general",
    kind="P",
    sources=[CONVERTDATE],
    probes=[
        Probe({"feast": "Passover", "year": 2024}, {"/date": "2024-04-23"}, "Hebcal: Pesach I 5784"),
        Probe({"feast": "Rosh Hashanah", "year": 2024}, {"/date": "2024-10-03"}, "Hebcal: Rosh Hashanah 5785"),
        Probe({"feast": "Hanukkah", "year": 2024}, {"/date": "2024-12-26"}, "Hebcal: Chanukah day 1 5785"),
        Probe({"feast": "Purim", "year": 2024}, {"/date": "2024-03-24"}, "Hebcal: Purim 5784"),
        Probe({"feast": "Shavuot", "year": 2023}, {"/date": "2023-05-26"}, "Hebcal: Shavuot I 5783"),
    ],
)
def jewish_feast_date(feast: JewishFeast, year: Year) -> FeastDate:
    """First day (its daytime) of a Jewish feast in a Gregorian year."""
    from convertdate import hebrew

    if feast not in JEWISH_FEASTS:
        raise ToolError(f"unknown feast {feast!r}: give one of {', '.join(JEWISH_FEASTS)}", "invalid_arguments")
    month, number, ahead = JEWISH_FEASTS[feast]
    hebrew_year = year + ahead
    if month == 0:  # Adar, or Adar II of a leap year
        month = 13 if hebrew.leap(hebrew_year) else 12
    found = hebrew.to_gregorian(hebrew_year, month, number)
    return FeastDate(date=dt.date(*found).isoformat())


@tool(
    domain="general",
    kind="P",
    sources=[DATEUTIL],
    probes=[
        Probe({"feast": "Ash Wednesday", "year": 2024}, {"/date": "2024-02-14"}, "USCCB liturgical calendar 2024"),
        Probe({"feast": "Pentecost", "year": 2023}, {"/date": "2023-05-28"}, "USCCB liturgical calendar 2023"),
        Probe({"feast": "Corpus Christi", "year": 2025}, {"/date": "2025-06-19"}, "Thursday after Trinity Sunday"),
    ],
)
def christian_feast_date(feast: ChristianFeast, year: Year) -> FeastDate:
    """Date of a movable feast of the Western churches, counted from Easter (Corpus Christi on its Thursday)."""
    from dateutil.easter import EASTER_WESTERN, easter

    if feast not in CHRISTIAN_FEASTS:
        raise ToolError(f"unknown feast {feast!r}: give one of {', '.join(CHRISTIAN_FEASTS)}", "invalid_arguments")
    found = easter(year, EASTER_WESTERN) + dt.timedelta(days=CHRISTIAN_FEASTS[feast])
    return FeastDate(date=found.isoformat())


class RuleDate(Result):
    """A date found by a rule."""

    date: Annotated[
        str,
        ISO_DATE,
        Says(
            ("the date of the {ordinal} {weekday} of {month} {year}", "the {ordinal} {weekday} of {month} {year}"),
            ask=("On which date does the {ordinal} {weekday} of {month} {year} fall?",),
        ),
    ]


@tool(
    domain="general",
    also=("financial",),
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"ordinal": 4, "weekday": "Thursday", "month": 11, "year": 2024},
            {"/date": "2024-11-28"},
            "US Thanksgiving Day 2024",
        ),
        Probe(
            {"ordinal": -1, "weekday": "Monday", "month": 5, "year": 2023}, {"/date": "2023-05-29"}, "Memorial Day 2023"
        ),
    ],
)
def weekday_of_month(
    ordinal: Annotated[
        Literal[1, 2, 3, 4, -1], Draw.choice({1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"})
    ],
    weekday: Weekday,
    month: Annotated[int, Draw.choice(MONTHS), Field(ge=1, le=12)],
    year: Year,
) -> RuleDate:
    """Date of the first to fourth, or last, weekday of a month (Gregorian calendar)."""
    wanted = WEEKDAYS.index(weekday)
    days = [d for d in calendar.Calendar().itermonthdates(year, month) if d.month == month and d.weekday() == wanted]
    return RuleDate(date=days[ordinal - 1 if ordinal > 0 else ordinal].isoformat())


class NextWeekday(Result):
    """The next date on a weekday."""

    date: Annotated[
        str,
        ISO_DATE,
        Says(
            ("the date of the first {weekday} after {date}", "the first {weekday} that comes after {date}"),
            ask=("On which date does the first {weekday} after {date} fall?",),
        ),
    ]


@tool(
    domain="general",
    also=("financial",),
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe({"weekday": "Monday", "date": "2000-01-01"}, {"/date": "2000-01-03"}, "1 January 2000 was a Saturday"),
        Probe({"weekday": "Saturday", "date": "2000-01-01"}, {"/date": "2000-01-08"}, "1 January 2000 was a Saturday"),
    ],
)
def next_weekday(weekday: Weekday, date: Date) -> NextWeekday:
    """The next date after a date that falls on a weekday."""
    day = parse_date(date)
    ahead = (WEEKDAYS.index(weekday) - day.weekday() - 1) % 7 + 1
    return NextWeekday(date=(day + dt.timedelta(days=ahead)).isoformat())


class FullYears(Result):
    """Completed years and months between two dates."""

    years: Annotated[
        int,
        Quantity("year", "years", 0),
        Says(
            "the number of full years between {first} and {second}",
            ask=("How many full years lie between {first} and {second}?",),
        ),
    ]
    leap_days: Annotated[
        int,
        COUNTED,
        Says(
            "the number of times 29 February falls strictly between {first} and {second}",
            ask=("How many times does 29 February fall strictly between {first} and {second}?",),
        ),
    ]


@tool(
    domain="general",
    also=("financial",),
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe({"first": "1879-03-14", "second": "1955-04-18"}, {"/years": 76}, "Albert Einstein died aged 76"),
        Probe({"first": "1564-04-26", "second": "1616-04-25"}, {"/years": 51}, "the day before the 52nd anniversary"),
        Probe({"first": "2000-01-01", "second": "2025-01-01"}, {"/years": 25, "/leap_days": 7}, "2000, 2004 ... 2024"),
    ],
)
def full_years_between(first: Date, second: Date) -> FullYears:
    """Full years between two dates, whichever comes first, and the leap days between them (Gregorian calendar)."""
    early, late = sorted((parse_date(first), parse_date(second)))
    if (early.month, early.day) == (2, 29):
        raise ToolError("the anniversary of 29 February is a matter of convention", "invalid_arguments")
    years = late.year - early.year - ((late.month, late.day) < (early.month, early.day))
    leaps = (dt.date(y, 2, 29) for y in range(early.year, late.year + 1) if calendar.isleap(y))
    return FullYears(years=years, leap_days=sum(early < leap < late for leap in leaps))
