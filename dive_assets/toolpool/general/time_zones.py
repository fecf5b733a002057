"""Time zones: offsets and conversions by the IANA database."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field

from dive_assets.toolpool.general.data_sources import TZDATA
from dive_assets.toolpool.general.entity_types import TimeZone, parse_date
from dive_assets.toolpool.shared.entity_types import ISO_DATE
from dive_assets.tools.annotations import Draw, Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

OffsetDate = Annotated[
    str, ISO_DATE, Draw.date("1990-01-01", "2025-12-31"), Field(description="YYYY-MM-DD", pattern=r"^\d{4}-\d\d-\d\d$")
]
CLOCK_TIMES = {
    f"{hour:02d}:{minute:02d}": f"{hour % 12 or 12}:{minute:02d} {'am' if hour < 12 else 'pm'}"
    for hour in range(6, 23)
    for minute in (0, 15, 30, 45)
}
Clock = Annotated[str, Draw.choice(CLOCK_TIMES), Field(description="HH:MM", pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


@cache
def zone(name: str) -> ZoneInfo:
    """A zone from the tzdata package, whatever the machine has. Raises ToolError for an unknown name."""
    from importlib.resources import files

    parts = name.split("/")
    found = files("tzdata").joinpath("zoneinfo", *parts)
    if not all(part.replace("_", "").replace("-", "").replace("+", "").isalnum() for part in parts):
        raise ToolError(f"unknown time zone {name!r}: give its IANA name")
    try:
        with found.open("rb") as data:
            return ZoneInfo.from_file(data, key=name)
    except (OSError, ValueError) as error:
        raise ToolError(f"unknown time zone {name!r}: give its IANA name") from error


class UtcOffset(Result):
    """Offset of a time zone at noon of a day."""

    offset_hours: Annotated[
        float,
        Quantity("hour", "hours", decimals=2, ratio=False),
        Says(
            (
                "the UTC offset of {time_zone} at noon local time on {date} (positive if ahead of UTC)",
                "the number of hours by which {time_zone} was ahead of UTC at local noon on {date}",
            ),
            has="UTC offset at noon local time on {date} (positive if ahead of UTC)",
            ask=("How many hours was {time_zone} ahead of UTC at noon local time on {date}?",),
        ),
    ]
    daylight_saving: Annotated[
        bool,
        Says(
            "whether daylight saving time was in force in {time_zone} at noon on {date}",
            ask=("Was daylight saving time in force in {time_zone} at noon on {date}?",),
        ),
    ]


@tool(
    domain="general",
    also=("transport",),
    kind="P",
    sources=[TZDATA],
    determinism="snapshot",
    probes=[
        Probe(
            {"time_zone": "America/Sao_Paulo", "date": "2018-12-25"},
            {"/offset_hours": -2.0, "/daylight_saving": True},
            "last Brazilian summer time, 2018/19",
        ),
        Probe({"time_zone": "Asia/Kathmandu", "date": "2020-06-01"}, {"/offset_hours": 5.75}),
    ],
)
def utc_offset(time_zone: TimeZone, date: OffsetDate) -> UtcOffset:
    """UTC offset and daylight saving time of a time zone at local noon on a date (IANA database)."""
    noon = dt.datetime.combine(parse_date(date), dt.time(12), zone(time_zone))
    offset, saving = noon.utcoffset(), noon.dst()
    if offset is None or saving is None:
        raise ToolError(f"the IANA database gives no offset of {time_zone!r} on {date}")
    return UtcOffset(offset_hours=offset.total_seconds() / 3600, daylight_saving=bool(saving))


class LocalTime(Result):
    """The time in one zone when it is a given time in another."""

    time: Annotated[
        str,
        Text("the time as HH:MM on the 24-hour clock"),
        Says(
            "the local time in {to_zone} when it is {clock} on {date} in {from_zone}",
            ask=(
                "What time is it in {to_zone} when it is {clock} on {date} in {from_zone}?",
                "When clocks in {from_zone} show {clock} on {date}, what do clocks in {to_zone} show?",
            ),
        ),
    ]
    date: Annotated[
        str,
        ISO_DATE,
        Says(
            "the date in {to_zone} when it is {clock} on {date} in {from_zone}",
            ask=("Which date is it in {to_zone} when it is {clock} on {date} in {from_zone}?",),
        ),
    ]


@tool(
    domain="general",
    also=("financial", "transport"),
    kind="P",
    sources=[TZDATA],
    determinism="snapshot",
    probes=[
        Probe(
            {"from_zone": "Africa/Nairobi", "to_zone": "America/New_York", "date": "2025-03-09", "clock": "10:30"},
            {"/time": "03:30", "/date": "2025-03-09"},
            "US daylight saving time began at 02:00 that day",
        ),
        Probe(
            {"from_zone": "Europe/London", "to_zone": "Asia/Tokyo", "date": "2024-07-01", "clock": "19:00"},
            {"/time": "03:00", "/date": "2024-07-02"},
        ),
    ],
)
def local_time_elsewhere(from_zone: TimeZone, to_zone: TimeZone, date: OffsetDate, clock: Clock) -> LocalTime:
    """Local time in one time zone for a local time in another (IANA database)."""
    here = dt.datetime.combine(parse_date(date), dt.time.fromisoformat(clock), zone(from_zone))
    if here.astimezone(dt.UTC).astimezone(zone(from_zone)).time() != here.time():
        raise ToolError(f"{clock} on {date} does not exist in {from_zone}: clocks were put forward")
    there = here.astimezone(zone(to_zone))
    return LocalTime(time=there.strftime("%H:%M"), date=there.date().isoformat())
