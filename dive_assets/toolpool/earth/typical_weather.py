"""Typical meteorological years (TMY3) of two stations."""

from __future__ import annotations

import csv
from functools import cache
from typing import Annotated, Literal

from pydantic import Field

from dive_assets.toolpool.earth.data_sources import TMY3
from dive_assets.toolpool.earth.entity_types import (
    AIR_PRESSURE,
    AIR_TEMPERATURE,
    HUMIDITY,
    MONTHS,
    WIND_SPEED,
    Month,
)
from dive_assets.toolpool.earth.package_data import package_file
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

TMY_FILES = {"Greensboro": "723170TYA.CSV", "Sand Point": "703165TY.csv"}
TMY_STATIONS = {"Greensboro": "Greensboro, North Carolina", "Sand Point": "Sand Point, Alaska"}
MEASURES_PRESSURE = frozenset({"Greensboro"})  # Sand Point's file holds one filled-in value
Station = Annotated[Literal["Greensboro", "Sand Point"], Draw.choice(TMY_STATIONS)]
Hour = tuple[int, int, list[float]]


@cache
def _tmy_hours(station: str) -> list[Hour]:
    """Month, day, temperature, relative humidity, pressure, wind speed and global irradiance of each hour."""
    with package_file("pvlib", "data", TMY_FILES[station]).open(newline="") as file:
        next(file)
        columns = ("Dry-bulb (C)", "RHum (%)", "Pressure (mbar)", "Wspd (m/s)", "GHI (W/m^2)")
        return [
            (int(row["Date (MM/DD/YYYY)"][:2]), int(row["Date (MM/DD/YYYY)"][3:5]), [float(row[c]) for c in columns])
            for row in csv.DictReader(file)
        ]


def _column_means(hours: list[Hour]) -> list[float]:
    return [sum(values[column] for *_, values in hours) / len(hours) for column in range(5)]


class TypicalDay(Result):
    """Means over the 24 hours of a day of a typical meteorological year."""

    temperature: Annotated[
        float,
        AIR_TEMPERATURE,
        Says(
            (
                "the mean air temperature on {day} {month} in the typical meteorological year (TMY3) of {station}",
                "the 24-hour mean temperature that the TMY3 file of {station} gives for {day} {month}",
            ),
            ask=("How warm is it on average on {day} {month} in the typical meteorological year (TMY3) of {station}?",),
        ),
    ]
    relative_humidity: Annotated[
        float,
        HUMIDITY,
        Says(
            "the mean relative humidity on {day} {month} in the typical meteorological year (TMY3) of {station}",
            ask=(
                "What is the mean relative humidity on {day} {month} in the typical meteorological year (TMY3) of "
                "{station}?",
            ),
        ),
    ]
    pressure: Annotated[
        float | None,
        AIR_PRESSURE,
        Says(
            "the mean station pressure on {day} {month} in the typical meteorological year (TMY3) of {station}",
            ask=(
                "What is the mean station pressure on {day} {month} in the typical meteorological year (TMY3) of "
                "{station}?",
            ),
        ),
    ]
    wind_speed: Annotated[
        float,
        WIND_SPEED,
        Says(
            (
                "the mean wind speed on {day} {month} in the typical meteorological year (TMY3) of {station}",
                "the 24-hour mean wind speed that the TMY3 file of {station} gives for {day} {month}",
            ),
            ask=(
                "How fast does the wind blow on average on {day} {month} in the typical meteorological year (TMY3) of "
                "{station}?",
            ),
        ),
    ]
    insolation: Annotated[
        float,
        Quantity("kilowatt_hour/meter**2", "kilowatt hours per square metre", 2, additive=True),
        Says(
            "the global horizontal irradiation on {day} {month} in the typical meteorological year (TMY3) of {station}",
            ask=(
                "How much global horizontal irradiation does {day} {month} receive in the typical meteorological year "
                "(TMY3) of {station}?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="R",
    sources=[TMY3],
    probes=[
        Probe(
            {"station": "Greensboro", "month": 7, "day": 15},
            {"/temperature": 25.829166667, "/insolation": 7.745},
            "pvlib.iotools.read_tmy3",
        ),
        Probe({"station": "Sand Point", "month": 1, "day": 1}, {"/temperature": 5.095833333, "/pressure": None}),
    ],
)
def typical_day(
    station: Station, month: Month, day: Annotated[int, Draw.integer(1, 28), Field(ge=1, le=31)]
) -> TypicalDay:
    """Means of a day in NREL's typical meteorological year TMY3 of Greensboro or Sand Point (shipped with pvlib)."""
    hours = [hour for hour in _tmy_hours(station) if hour[:2] == (month, day)]
    if not hours:
        raise ToolError(f"the typical year has no {day} {MONTHS[month]}", "invalid_arguments")
    temperature, humidity, pressure, wind, irradiance = _column_means(hours)
    return TypicalDay(
        temperature=temperature,
        relative_humidity=humidity,
        pressure=pressure if station in MEASURES_PRESSURE else None,
        wind_speed=wind,
        insolation=irradiance * len(hours) / 1000,
    )


class TypicalMonth(Result):
    """A month of a typical meteorological year."""

    temperature: Annotated[
        float,
        AIR_TEMPERATURE,
        Says(
            (
                "the mean air temperature of {month} in the typical meteorological year (TMY3) of {station}",
                "the mean of the hourly {month} temperatures in the TMY3 file of {station}",
            ),
            ask=("How warm is {month} on average in the typical meteorological year (TMY3) of {station}?",),
        ),
    ]
    highest_temperature: Annotated[
        float,
        AIR_TEMPERATURE,
        Says(
            "the highest hourly air temperature of {month} in the typical meteorological year (TMY3) of {station}",
            ask=("How hot does {month} get at most in the typical meteorological year (TMY3) of {station}?",),
        ),
    ]
    wind_speed: Annotated[
        float,
        WIND_SPEED,
        Says(
            "the mean wind speed of {month} in the typical meteorological year (TMY3) of {station}",
            ask=("What is the mean wind speed of {month} in the typical meteorological year (TMY3) of {station}?",),
        ),
    ]
    insolation: Annotated[
        float,
        Quantity("kilowatt_hour/meter**2", "kilowatt hours per square metre", 1, additive=True),
        Says(
            "the global horizontal irradiation of {month} in the typical meteorological year (TMY3) of {station}",
            ask=(
                "How much global horizontal irradiation does {month} bring in the typical meteorological year (TMY3) "
                "of {station}?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="R",
    sources=[TMY3],
    probes=[Probe({"station": "Greensboro", "month": 7}, {"/highest_temperature": 35.6}, "pvlib.iotools.read_tmy3")],
)
def typical_month(station: Station, month: Month) -> TypicalMonth:
    """A month of NREL's typical meteorological year TMY3 of Greensboro or Sand Point (shipped with pvlib)."""
    hours = [hour for hour in _tmy_hours(station) if hour[0] == month]
    temperature, _, _, wind, irradiance = _column_means(hours)
    return TypicalMonth(
        temperature=temperature,
        highest_temperature=max(hour[2][0] for hour in hours),
        wind_speed=wind,
        insolation=irradiance * len(hours) / 1000,
    )
