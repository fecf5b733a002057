"""Moisture of the air."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.earth.data_sources import PSYCHROLIB
from dive_assets.toolpool.earth.entity_types import (
    AIR_PRESSURE,
    AIR_TEMPERATURE,
    DEW_POINT,
    AirTemperature,
    DewPoint,
    Humidity,
)
from dive_assets.toolpool.shared.data_sources import STANDARD_LIBRARY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

VAPOUR_PRESSURE = Quantity("hectopascal", "hectopascals", 2, role="vapour pressure")


class DewPointResult(Result):
    """Dew point and what follows from it."""

    dew_point: Annotated[
        float,
        DEW_POINT,
        Says(
            (
                "the dew point by the Magnus formula (17.625, 243.04 °C) at {temperature} and {humidity}",
                "the Magnus dew point (coefficients 17.625 and 243.04 °C) of air at {temperature} and {humidity}",
            ),
            ask=("Which dew point does the Magnus formula (17.625, 243.04 °C) give at {temperature} and {humidity}?",),
        ),
    ]


def _magnus_exponent(temperature: float) -> float:
    return 17.625 * temperature / (243.04 + temperature)


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe({"temperature": 21.3, "humidity": 100}, {"/dew_point": 21.3}, "saturated air"),
        Probe(
            {"temperature": 25, "humidity": 50},
            {
                "/dew_point": 243.04
                * (math.log(0.5) + 17.625 * 25 / 268.04)
                / (17.625 - math.log(0.5) - 17.625 * 25 / 268.04)
            },
            "Lawrence 2005, BAMS 86, eq. 8, by hand: 13.9 °C",
        ),
    ],
)
def dew_point(temperature: AirTemperature, humidity: Humidity) -> DewPointResult:
    """Dew point by the Magnus formula with b = 17.625, c = 243.04 °C (Alduchov and Eskridge 1996)."""
    gamma = math.log(humidity / 100) + _magnus_exponent(temperature)
    return DewPointResult(dew_point=243.04 * gamma / (17.625 - gamma))


class HumidityFromDewPoint(Result):
    """Relative humidity, humidex and cloud base from a dew point."""

    relative_humidity: Annotated[
        float,
        Quantity("percent", "per cent", 0, ratio=False, role="relative humidity"),
        Says(
            (
                "the relative humidity by the Magnus formula (17.625, 243.04 °C) of air at {temperature} whose dew "
                "point is {dew_point}",
            ),
            ask=(
                "By the Magnus formula (17.625, 243.04 °C), what is the relative humidity of air at {temperature} whose "
                "dew point is {dew_point}?",
            ),
        ),
    ]
    humidex: Annotated[
        float,
        Quantity("", "", 1, ratio=False),
        Says(
            (
                "Canada's humidex for air at {temperature} whose dew point is {dew_point}",
                "the humidex of air at {temperature} whose dew point is {dew_point}",
            ),
            ask=("Which humidex has air at {temperature} whose dew point is {dew_point}?",),
        ),
    ]
    cloud_base: Annotated[
        float,
        Quantity("meter", "metres", 0, role="cloud base height"),
        Says(
            (
                "the height of the lifting condensation level above the ground by Espy's 125 m per kelvin for air at "
                "{temperature} whose dew point is {dew_point}",
                "the cloud base above the ground that Espy's rule of 125 m per kelvin gives for air at {temperature} "
                "whose dew point is {dew_point}",
            ),
            ask=(
                "By Espy's 125 m per kelvin, how high above the ground is the cloud base for air at {temperature} "
                "whose dew point is {dew_point}?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"temperature": 30, "dew_point": 15},
            {
                "/humidex": 30 + 5 / 9 * (6.11 * math.exp(5417.7530 * (1 / 273.16 - 1 / 288.15)) - 10),
                "/cloud_base": 1875,
                "/relative_humidity": 100 * math.exp(17.625 * 15 / 258.04 - 17.625 * 30 / 273.04),
            },
            "Environment Canada's example: humidex 34 at 30 °C and a dew point of 15 °C",
        ),
    ],
)
def moisture_from_dew_point(
    temperature: Annotated[
        float, AIR_TEMPERATURE, Draw.decimal(21, 38, 1, suffix=" °C"), Field(description="in °C", ge=-60, le=60)
    ],
    dew_point: DewPoint,
) -> HumidityFromDewPoint:
    """Relative humidity (Magnus), humidex (Masterton and Richardson 1979) and cloud base (Espy) from a dew point."""
    if dew_point > temperature:
        raise ToolError("the dew point cannot exceed the air temperature", "invalid_arguments")
    vapour = 6.11 * math.exp(5417.7530 * (1 / 273.16 - 1 / (273.15 + dew_point)))
    return HumidityFromDewPoint(
        relative_humidity=100 * math.exp(_magnus_exponent(dew_point) - _magnus_exponent(temperature)),
        humidex=temperature + 5 / 9 * (vapour - 10),
        cloud_base=125 * (temperature - dew_point),
    )


class Saturation(Result):
    """Saturation vapour pressure and vapour pressure deficit."""

    saturation: Annotated[
        float,
        VAPOUR_PRESSURE,
        Says(
            (
                "the saturation vapour pressure over water by Buck's 1981 equation at {temperature}",
                "the saturation vapour pressure that Buck's 1981 equation gives over water at {temperature}",
            ),
            ask=("Which saturation vapour pressure over water does Buck's 1981 equation give at {temperature}?",),
        ),
    ]
    tetens: Annotated[
        float,
        VAPOUR_PRESSURE,
        Says(
            "the saturation vapour pressure over water by the Tetens equation of FAO-56 at {temperature}",
            ask=("Which saturation vapour pressure does the Tetens equation of FAO-56 give at {temperature}?",),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe({"temperature": 0}, {"/saturation": 6.1121, "/tetens": 6.108}, "the equations at 0 °C"),
        Probe(
            {"temperature": 20},
            {"/saturation": 6.1121 * math.exp(17.502 * 20 / 260.97), "/tetens": 6.108 * math.exp(17.27 * 20 / 257.3)},
            "FAO-56 table 2.3 prints 2.338 kPa at 20 °C",
        ),
    ],
)
def saturation_vapour_pressure(temperature: AirTemperature) -> Saturation:
    """Saturation vapour pressure over water: Buck 1981 (6.1121, 17.502, 240.97 °C), and Tetens by FAO-56 eq. 11."""
    return Saturation(
        saturation=6.1121 * math.exp(17.502 * temperature / (240.97 + temperature)),
        tetens=6.108 * math.exp(17.27 * temperature / (237.3 + temperature)),
    )


class MoistAir(Result):
    """Psychrometric properties by ASHRAE."""

    wet_bulb: Annotated[
        float,
        Quantity("degC", "degrees Celsius", 1, ratio=False),
        Says(
            (
                "the wet-bulb temperature by ASHRAE's equations of air at {temperature} and {humidity} under {pressure}",
                "ASHRAE's wet-bulb temperature at {temperature} and {humidity} under {pressure}",
            ),
            ask=(
                "By ASHRAE's equations, what does the wet-bulb thermometer show in air at {temperature} and {humidity} "
                "under {pressure}?",
            ),
        ),
    ]
    humidity_ratio: Annotated[
        float,
        Quantity("gram/kilogram", "grams per kilogram of dry air", 2),
        Says(
            "the humidity ratio by ASHRAE's equations of air at {temperature} and {humidity} under {pressure}",
            ask=(
                "By ASHRAE's equations, how many grams of water per kilogram of dry air does air at {temperature} and "
                "{humidity} under {pressure} hold?",
            ),
        ),
    ]
    enthalpy: Annotated[
        float,
        Quantity("kilojoule/kilogram", "kilojoules per kilogram of dry air", 1, ratio=False),
        Says(
            "the moist-air enthalpy by ASHRAE's equations at {temperature} and {humidity} under {pressure}",
            ask=(
                "Which moist-air enthalpy do ASHRAE's equations give at {temperature} and {humidity} under {pressure}?",
            ),
        ),
    ]
    density: Annotated[
        float,
        Quantity("kilogram/meter**3", "kilograms per cubic metre", 3, role="air density"),
        Says(
            "the moist-air density by ASHRAE's equations at {temperature} and {humidity} under {pressure}",
            ask=("By ASHRAE's equations, how dense is air at {temperature} and {humidity} under {pressure}?",),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[PSYCHROLIB],
    probes=[
        Probe(
            {"temperature": 20, "humidity": 50, "pressure": 1013.25},
            {"/humidity_ratio": 7.261737, "/wet_bulb": 13.78337},
        )
    ],
)
def moist_air(
    temperature: AirTemperature,
    humidity: Humidity,
    pressure: Annotated[
        float, AIR_PRESSURE, Draw.integer(850, 1030, suffix=" hPa"), Field(description="in hPa", ge=300, le=1100)
    ],
) -> MoistAir:
    """Wet-bulb temperature, humidity ratio, enthalpy, density (ASHRAE Handbook of Fundamentals 2017; psychrolib)."""
    import psychrolib

    psychrolib.SetUnitSystem(psychrolib.SI)
    pascals = pressure * 100
    ratio = psychrolib.GetHumRatioFromRelHum(temperature, humidity / 100, pascals)
    return MoistAir(
        wet_bulb=round(psychrolib.GetTWetBulbFromHumRatio(temperature, ratio, pascals), 5),
        humidity_ratio=ratio * 1000,
        enthalpy=psychrolib.GetMoistAirEnthalpy(temperature, ratio) / 1000,
        density=psychrolib.GetMoistAirDensity(temperature, ratio, pascals),
    )
