"""Flights between airports: distance, course, duration, local times, and flights by US carriers."""

from __future__ import annotations

import datetime as dt
import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.general.entity_types import parse_date
from dive_assets.toolpool.general.time_zones import Clock, zone
from dive_assets.toolpool.shared.entity_types import ISO_DATE
from dive_assets.toolpool.transport.airport_directory import AirportRecord, airport_record
from dive_assets.toolpool.transport.data_sources import AIRPORTSDATA, GEOGRAPHICLIB, NAVIGATION, TZDATA
from dive_assets.toolpool.transport.entity_types import FLIGHT_DISTANCE, Airport, Distance, GroundSpeed
from dive_assets.tools.annotations import Draw, Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

FLYING_TIME = Quantity("hour", "hours", 2, additive=True, role="flying time")
FlightDate = Annotated[
    str, ISO_DATE, Draw.date("2005-01-01", "2025-12-31"), Field(description="YYYY-MM-DD", pattern=r"^\d{4}-\d\d-\d\d$")
]
FlyingTime = Annotated[float, FLYING_TIME, Draw.decimal(0.75, 15, 2, suffix=" hours"), Field(gt=0, le=24)]


def _zone_of(airport: AirportRecord) -> str:
    if airport.time_zone is None:
        raise ToolError(f"airportsdata gives {airport.iata} a time zone that the IANA database has retired")
    return airport.time_zone


class AirportPair(Result):
    """Distance and courses between two airports."""

    distance_nm: Annotated[
        float,
        FLIGHT_DISTANCE,
        Says(
            (
                "the distance by air from {origin} to {destination} along the WGS 84 geodesic",
                "the length of the shortest air route between {origin} and {destination}",
            ),
            has="distance by air from {origin} along the WGS 84 geodesic",
            ask=(
                "How many nautical miles is it from {origin} to {destination} by the shortest route?",
                "How long is the shortest air route from {origin} to {destination}?",
            ),
            high="greatest",
            low="smallest",
        ),
    ]
    final_course_deg: Annotated[
        float | None,
        Quantity("degree", "degrees", decimals=1, ratio=False),
        Says(
            (
                "the true course on which the geodesic from {origin} arrives at {destination}",
                "the final true course of the shortest route from {origin} to {destination}",
            ),
            ask=("On which true course does the shortest route from {origin} arrive at {destination}?",),
        ),
    ]
    northernmost_latitude: Annotated[
        float,
        Quantity("degree", "degrees", decimals=1, ratio=False),
        Says(
            "the highest latitude (south negative) that the great-circle route from {origin} to {destination} reaches",
            ask=(
                "Which latitude is the northernmost on the great-circle route from {origin} to {destination}, "
                "south being negative?",
            ),
        ),
    ]


def northernmost_latitude(origin: AirportRecord, destination: AirportRecord) -> float:
    """Latitude of the northern vertex of the great circle if it lies on the way, else of the northern end."""
    lat1, lat2 = math.radians(origin.coordinates.latitude), math.radians(destination.coordinates.latitude)
    turn = math.radians(destination.coordinates.longitude - origin.coordinates.longitude)
    ahead = math.atan2(
        math.sin(turn) * math.cos(lat2),
        math.cos(lat1) * math.sin(lat2) - math.sin(lat1) * math.cos(lat2) * math.cos(turn),
    )
    back = math.atan2(
        math.sin(-turn) * math.cos(lat1),
        math.cos(lat2) * math.sin(lat1) - math.sin(lat2) * math.cos(lat1) * math.cos(turn),
    )
    if math.cos(ahead) > 0 and math.cos(back) > 0:  # northward at both ends: the vertex lies between them
        return math.degrees(math.acos(min(1.0, abs(math.sin(ahead)) * math.cos(lat1))))
    return math.degrees(max(lat1, lat2))


@tool(
    domain="transport",
    kind="P",
    sources=[AIRPORTSDATA, GEOGRAPHICLIB],
    determinism="snapshot",
    probes=[
        Probe({"origin": "NBO", "destination": "LHR"}, {"/distance_nm": 6827.5899 / 1.852}),
        Probe({"origin": "EZE", "destination": "AEP"}, {"/northernmost_latitude": -34.5592}, "AEP lies north of EZE"),
    ],
)
def air_route(origin: Airport, destination: Airport) -> AirportPair:
    """Distance and final course between two airports on WGS 84, and the northernmost latitude of the great circle."""
    from geographiclib.geodesic import Geodesic

    start, end = airport_record(origin), airport_record(destination)
    a, b = start.coordinates, end.coordinates
    line = Geodesic.WGS84.Inverse(a.latitude, a.longitude, b.latitude, b.longitude)
    course = line["azi2"] % 360 if line["s12"] > 0 else None
    return AirportPair(
        distance_nm=line["s12"] / 1852,
        final_course_deg=course,
        northernmost_latitude=northernmost_latitude(start, end),
    )


class LegTime(Result):
    """Time to cover a distance."""

    hours: Annotated[
        float,
        FLYING_TIME,
        Says(
            (
                "the time needed to fly {distance} at {ground_speed}",
                "the flying time over {distance} at {ground_speed}",
            ),
            ask=("How many hours does it take to fly {distance} at {ground_speed}?",),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[NAVIGATION],
    probes=[Probe({"distance": 1200, "ground_speed": 480}, {"/hours": 2.5}, "time = distance / speed")],
)
def flying_time(distance: Distance, ground_speed: GroundSpeed) -> LegTime:
    """Time to fly a distance at a ground speed (FAA-H-8083-25, navigation)."""
    return LegTime(hours=distance / ground_speed)


class Arrival(Result):
    """Local date and time of arrival."""

    time: Annotated[
        str,
        Text("the time as HH:MM on the 24-hour clock"),
        Says(
            (
                "the local time of arrival at {destination} after {duration} on a flight from {origin}, leaving on {date} "
                "at {clock} local time",
            ),
            ask=(
                "A flight leaves {origin} at {clock} local time on {date} and takes {duration}. At what local time does "
                "it reach {destination}?",
            ),
        ),
    ]
    date: Annotated[
        str,
        ISO_DATE,
        Says(
            (
                "the local date of arrival at {destination} after {duration} on a flight from {origin}, leaving on {date} "
                "at {clock} local time",
            ),
            ask=(
                "A flight leaves {origin} at {clock} local time on {date} and takes {duration}. On which local date does "
                "it reach {destination}?",
            ),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[AIRPORTSDATA, TZDATA],
    determinism="snapshot",
    probes=[
        Probe(
            {"origin": "NBO", "destination": "JFK", "date": "2024-07-01", "clock": "21:45", "duration": 15.25},
            {"/time": "06:00", "/date": "2024-07-02"},
            "EAT is UTC+3, EDT is UTC-4: 18:45 UTC + 15:15 = 10:00 UTC",
        ),
        Probe(
            {"origin": "SYD", "destination": "LAX", "date": "2025-01-15", "clock": "11:00", "duration": 13.5},
            {"/time": "05:30", "/date": "2025-01-15"},
            "AEDT is UTC+11, PST is UTC-8: 00:00 UTC + 13:30",
        ),
    ],
)
def arrival_local_time(
    origin: Airport, destination: Airport, date: FlightDate, clock: Clock, duration: FlyingTime
) -> Arrival:
    """Local time and date of arrival, to the minute, of a flight between two airports (airportsdata, IANA zones)."""
    start, end = zone(_zone_of(airport_record(origin))), zone(_zone_of(airport_record(destination)))
    leaves = dt.datetime.combine(parse_date(date), dt.time.fromisoformat(clock), start)
    if leaves.astimezone(dt.UTC).astimezone(start).time() != leaves.time():
        raise ToolError(f"{clock} on {date} does not exist at {origin}: clocks were put forward")
    arrives = (leaves.astimezone(dt.UTC) + dt.timedelta(minutes=round(duration * 60))).astimezone(end)
    return Arrival(time=arrives.strftime("%H:%M"), date=arrives.date().isoformat())


class ScheduledDuration(Result):
    """Length of a flight from its local times."""

    hours: Annotated[
        float,
        FLYING_TIME,
        Says(
            (
                "the duration of a flight that leaves {origin} on {date} at {departure} local time and reaches "
                "{destination} within the following 24 hours at {arrival} local time",
            ),
            ask=(
                "A flight leaves {origin} at {departure} local time on {date} and reaches {destination} at {arrival} "
                "local time, less than 24 hours later. How many hours does it take?",
            ),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[AIRPORTSDATA, TZDATA],
    determinism="snapshot",
    probes=[
        Probe(
            {"origin": "LHR", "destination": "JFK", "date": "2024-03-20", "departure": "10:00", "arrival": "14:00"},
            {"/hours": 8.0},
            "GMT and EDT (UTC-4): the US changes its clocks three weeks before Britain",
        ),
        Probe(
            {"origin": "FRA", "destination": "SIN", "date": "2024-07-01", "departure": "22:00", "arrival": "16:30"},
            {"/hours": 12.5},
            "CEST is UTC+2, SGT is UTC+8",
        ),
    ],
)
def scheduled_flight_duration(
    origin: Airport, destination: Airport, date: FlightDate, departure: Clock, arrival: Clock
) -> ScheduledDuration:
    """Duration of a flight of under 24 hours from its local departure and arrival times (IANA zones)."""
    start, end = zone(_zone_of(airport_record(origin))), zone(_zone_of(airport_record(destination)))
    leaves = dt.datetime.combine(parse_date(date), dt.time.fromisoformat(departure), start).astimezone(dt.UTC)
    there = leaves.astimezone(end).date()
    for days in range(3):
        lands = dt.datetime.combine(there + dt.timedelta(days=days), dt.time.fromisoformat(arrival), end)
        hours = (lands.astimezone(dt.UTC) - leaves).total_seconds() / 3600
        if 0 < hours < 24:
            return ScheduledDuration(hours=hours)
    raise ToolError("no arrival within 24 hours matches these local times")


class ZoneShift(Result):
    """Difference between the clocks of two airports."""

    hours: Annotated[
        float,
        Quantity("hour", "hours", 2, ratio=False),
        Says(
            (
                "the number of hours by which clocks at {destination} are ahead of those at {origin} at 12:00 UTC on "
                "{date} (negative if behind)",
            ),
            ask=(
                "At 12:00 UTC on {date}, by how many hours are clocks at {destination} ahead of those at {origin} "
                "(negative if behind)?",
            ),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[AIRPORTSDATA, TZDATA],
    determinism="snapshot",
    probes=[
        Probe(
            {"origin": "LHR", "destination": "DEL", "date": "2024-01-10"}, {"/hours": 5.5}, "IST is UTC+5:30, GMT UTC"
        ),
        Probe({"origin": "DXB", "destination": "GRU", "date": "2022-07-01"}, {"/hours": -7.0}, "UTC+4 and UTC-3"),
    ],
)
def clock_change_between_airports(origin: Airport, destination: Airport, date: FlightDate) -> ZoneShift:
    """Hours by which one airport's clocks are ahead of another's at noon UTC of a date (airportsdata, IANA zones)."""
    noon = dt.datetime.combine(parse_date(date), dt.time(12), dt.UTC)
    there = noon.astimezone(zone(_zone_of(airport_record(destination)))).utcoffset() or dt.timedelta()
    here = noon.astimezone(zone(_zone_of(airport_record(origin)))).utcoffset() or dt.timedelta()
    return ZoneShift(hours=(there - here).total_seconds() / 3600)
