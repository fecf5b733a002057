"""The sun over a place: position, day length, radiation, evapotranspiration."""

from __future__ import annotations

import datetime as dt
import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.earth.data_sources import PVLIB
from dive_assets.toolpool.earth.entity_types import (
    DAILY_RADIATION,
    ZENITH,
    Date,
    Place,
    parse_date,
)
from dive_assets.toolpool.earth.station_records import DAILY_MAXIMUM, DAILY_MINIMUM
from dive_assets.toolpool.shared.data_sources import STANDARD_LIBRARY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

SOLAR_CONSTANT = 0.0820  # MJ m-2 min-1, FAO-56 equation 21
DECLINATION_SEPTEMBER_3 = 0.409 * math.sin(2 * math.pi * 246 / 365 - 1.39)  # FAO-56 example 8
LAMBDA = 2.45  # MJ per kg of water, FAO-56


class SunPosition(Result):
    """The sun's true place in the sky."""

    zenith: Annotated[
        float,
        ZENITH,
        Says(
            (
                "the sun's true zenith angle at {place} at {hour} UTC on {date}",
                "the sun's zenith angle (without refraction) at {place} at {hour} UTC on {date}",
            ),
            has="true solar zenith angle at {hour} UTC on {date}",
            ask=("At which true zenith angle does the sun stand at {place} at {hour} UTC on {date}?",),
        ),
    ]
    elevation: Annotated[
        float,
        Quantity("degree", "degrees", 1, ratio=False),
        Says(
            (
                "the sun's true elevation above the horizon (negative below it) at {place} at {hour} UTC on {date}",
                "the height of the sun in degrees (without refraction, negative below the horizon) at {place} at {hour} "
                "UTC on {date}",
            ),
            has="true elevation of the sun at {hour} UTC on {date}",
            ask=(
                "How many degrees above the horizon (negative below it, without refraction) is the sun at {place} at "
                "{hour} UTC on {date}?",
            ),
        ),
    ]
    azimuth: Annotated[
        float,
        Quantity("degree", "degrees", 1, ratio=False, comparable=False),
        Says(
            "the sun's azimuth, clockwise from north, at {place} at {hour} UTC on {date}",
            ask=("At which azimuth, clockwise from north, is the sun at {place} at {hour} UTC on {date}?",),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[PVLIB],
    probes=[
        Probe(
            {"place": {"latitude": -1.28, "longitude": 36.82}, "date": "2024-06-21", "hour": 9},
            {"/zenith": 26.112543, "/azimuth": 18.27997},
        ),
    ],
)
def solar_position(
    place: Place,
    date: Date,
    hour: Annotated[int, Draw.choice({h: f"{h:02d}:00" for h in range(24)}), Field(ge=0, le=23)],
) -> SunPosition:
    """True zenith, elevation and azimuth of the sun at a full hour UTC by NREL's SPA (Reda and Andreas 2004; pvlib)."""
    import numpy as np
    from pvlib import spa

    day = parse_date(date)
    seconds = np.array([dt.datetime(day.year, day.month, day.day, hour, tzinfo=dt.UTC).timestamp()])
    _, zenith, _, elevation, azimuth, _ = spa.solar_position(
        seconds, place.latitude, place.longitude, elev=0, pressure=1013.25, temp=12, delta_t=67, atmos_refract=0.5667
    )
    return SunPosition(
        zenith=round(float(zenith[0]), 6),
        elevation=round(float(elevation[0]), 6),
        azimuth=round(float(azimuth[0]), 6),
    )


class FaoDay(Result):
    """Day length and extraterrestrial radiation by FAO-56."""

    day_length: Annotated[
        float,
        Quantity("hour", "hours", 2, role="day length"),
        Says(
            (
                "the day length at {place} on {date} by the FAO-56 formula",
                "the number of daylight hours at {place} on {date} by the FAO-56 formula",
            ),
            has="day length on {date} by the FAO-56 formula",
            ask=("How many hours of daylight does {place} have on {date} by the FAO-56 formula?",),
            high="longest",
            low="shortest",
        ),
    ]
    radiation: Annotated[
        float,
        DAILY_RADIATION,
        Says(
            (
                "the daily extraterrestrial radiation at {place} on {date} by the FAO-56 formula",
                "the solar energy that a square metre at the top of the atmosphere over {place} receives on {date} by "
                "the FAO-56 formula",
            ),
            has="daily extraterrestrial radiation on {date} by the FAO-56 formula",
            ask=("How much daily extraterrestrial radiation has {place} on {date} by the FAO-56 formula?",),
        ),
    ]


def _fao_declination(day_of_year: int) -> float:
    return 0.409 * math.sin(2 * math.pi * day_of_year / 365 - 1.39)


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"place": {"latitude": -20, "longitude": 30}, "date": "2023-09-03"},
            {
                "/day_length": 24 / math.pi * math.acos(math.tan(math.radians(20)) * math.tan(DECLINATION_SEPTEMBER_3)),
                "/radiation": 1440 / math.pi * 0.082 * 0.98482882 * 0.86973643,
            },
            "FAO-56 examples 8 and 9 print 32.2 MJ and 11.7 h for 20° S on 3 September",
        ),
    ],
)
def fao_day(place: Place, date: Date) -> FaoDay:
    """Day length and extraterrestrial radiation of a place on a date (FAO-56, Allen et al. 1998, eqs 21 to 34)."""
    number = parse_date(date).timetuple().tm_yday
    latitude, declination = math.radians(place.latitude), _fao_declination(number)
    cosine = -math.tan(latitude) * math.tan(declination)
    if abs(cosine) >= 1:
        raise ToolError("the FAO-56 formula gives no sunrise there on that date: polar day or night")
    sunset = math.acos(cosine)
    distance = 1 + 0.033 * math.cos(2 * math.pi * number / 365)
    radiation = (24 * 60 / math.pi) * SOLAR_CONSTANT * distance
    radiation *= sunset * math.sin(latitude) * math.sin(declination) + math.cos(latitude) * math.cos(
        declination
    ) * math.sin(sunset)
    return FaoDay(day_length=24 / math.pi * sunset, radiation=radiation)


class Declination(Result):
    """The sun's declination."""

    declination: Annotated[
        float,
        Quantity("degree", "degrees", 2, ratio=False),
        Says(
            (
                "the solar declination on {date} by the FAO-56 formula",
                "the sun's declination that the FAO-56 formula gives for {date}",
            ),
            ask=("Which solar declination does the FAO-56 formula give for {date}?",),
        ),
    ]
    earth_sun_factor: Annotated[
        float,
        Quantity("", "", 4),
        Says(
            "the inverse relative Earth-Sun distance on {date} by the FAO-56 formula",
            ask=("What is the inverse relative Earth-Sun distance on {date} by the FAO-56 formula?",),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"date": "2023-09-03"},
            {
                "/declination": math.degrees(0.409 * math.sin(2 * math.pi * 246 / 365 - 1.39)),
                "/earth_sun_factor": 1 + 0.033 * math.cos(2 * math.pi * 246 / 365),
            },
            "FAO-56 example 8 prints 0.120 rad and 0.985 for day 246",
        )
    ],
)
def solar_declination(date: Date) -> Declination:
    """Solar declination and inverse relative Earth-Sun distance (FAO-56, Allen et al. 1998, eqs 23 and 24)."""
    number = parse_date(date).timetuple().tm_yday
    return Declination(
        declination=math.degrees(_fao_declination(number)),
        earth_sun_factor=1 + 0.033 * math.cos(2 * math.pi * number / 365),
    )


class Evapotranspiration(Result):
    """Reference evapotranspiration of a day."""

    evapotranspiration: Annotated[
        float,
        Quantity("millimeter", "millimetres", 2, additive=True, role="reference evapotranspiration"),
        Says(
            (
                "the reference evapotranspiration by the Hargreaves equation for a day with a daily high of {high}, a low of "
                "{low} and an extraterrestrial radiation of {radiation}",
                "Hargreaves' reference evapotranspiration for a daily high of {high}, a low of {low} and an "
                "extraterrestrial radiation of {radiation}",
            ),
            ask=(
                "By the Hargreaves equation, what is the reference evapotranspiration of a day with a daily high of {high}, a "
                "low of {low} and an extraterrestrial radiation of {radiation}?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"high": 79.88, "low": 58.64, "radiation": 40.55},
            {"/evapotranspiration": 0.0023 * (20.7 + 17.8) * math.sqrt(11.8) * 40.55 / 2.45},
            "FAO-56 annex 6, example 20 (Lyon in July): 26.6 and 14.8 °C, Ra = 40.55 MJ, ETo = 5.0 mm",
        ),
    ],
)
def hargreaves_evapotranspiration(
    high: Annotated[
        float, DAILY_MAXIMUM, Draw.integer(66, 100, suffix=" °F"), Field(description="in °F", ge=-80, le=140)
    ],
    low: Annotated[
        float, DAILY_MINIMUM, Draw.integer(35, 65, suffix=" °F"), Field(description="in °F", ge=-100, le=120)
    ],
    radiation: Annotated[
        float, DAILY_RADIATION, Draw.decimal(15, 42, 1, suffix=" MJ/m²"), Field(description="in MJ/m²", gt=0, le=50)
    ],
) -> Evapotranspiration:
    """Reference evapotranspiration 0.0023 (Tmean + 17.8) sqrt(Tmax - Tmin) Ra / 2.45 (Hargreaves; FAO-56 eq. 52)."""
    if low >= high:
        raise ToolError("the low must lie below the high", "invalid_arguments")
    celsius_high, celsius_low = (high - 32) / 1.8, (low - 32) / 1.8
    mean = (celsius_high + celsius_low) / 2
    if mean < -17.8:
        raise ToolError("the Hargreaves equation does not hold in such cold", "invalid_arguments")
    water = 0.0023 * (mean + 17.8) * math.sqrt(celsius_high - celsius_low) * radiation / LAMBDA
    return Evapotranspiration(evapotranspiration=water)
