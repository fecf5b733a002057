"""The international standard atmosphere: pressure, temperature, density and pressure altitude."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.transport.data_sources import ISA
from dive_assets.toolpool.transport.entity_types import (
    AIR_TEMPERATURE,
    ELEVATION,
    AirTemperature,
    Elevation,
)
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

FOOT, KNOT = 0.3048, 1852 / 3600
GRAVITY, GAS, KAPPA = 9.80665, 287.05287, 1.4  # ISO 2533
SEA_LEVEL_K, SEA_LEVEL_PA, LAPSE = 288.15, 101325.0, 0.0065
TROPOPAUSE_M = 11000.0
AIR_PRESSURE = Quantity("hectopascal", "hectopascals", 1, role="air pressure")


def isa_temperature(metres: float) -> float:
    """Temperature in kelvins. Raises ToolError above 20 km geopotential altitude."""
    if metres > 20000:
        raise ToolError("the tool covers the standard atmosphere up to 20 km (65,617 feet)", code="invalid_arguments")
    return SEA_LEVEL_K - LAPSE * min(metres, TROPOPAUSE_M)


def isa_pressure(metres: float) -> float:
    """Pressure in pascals at a geopotential altitude up to 20 km (ISO 2533)."""
    theta = isa_temperature(metres) / SEA_LEVEL_K
    pressure = SEA_LEVEL_PA * theta ** (GRAVITY / (GAS * LAPSE))
    if metres > TROPOPAUSE_M:
        pressure *= math.exp(-GRAVITY * (metres - TROPOPAUSE_M) / (GAS * isa_temperature(metres)))
    return pressure


def speed_of_sound(kelvins: float) -> float:
    """Speed of sound in metres per second."""
    return math.sqrt(KAPPA * GAS * kelvins)


class StandardAir(Result):
    """The standard atmosphere at an altitude."""

    pressure_hpa: Annotated[
        float,
        AIR_PRESSURE,
        Says(
            (
                "the standard-atmosphere pressure at {altitude}",
                "the air pressure at {altitude} in the international standard atmosphere",
            ),
            ask=(
                "What is the air pressure at {altitude} in the international standard atmosphere?",
                "Which pressure does the ICAO standard atmosphere have at {altitude}?",
            ),
        ),
    ]
    temperature_c: Annotated[
        float,
        AIR_TEMPERATURE,
        Says(
            (
                "the standard-atmosphere temperature at {altitude}",
                "the air temperature at {altitude} in the international standard atmosphere",
            ),
            ask=("What is the air temperature at {altitude} in the international standard atmosphere?",),
        ),
    ]
    density: Annotated[
        float,
        Quantity("kilogram/meter**3", "kilograms per cubic metre", 4),
        Says(
            (
                "the standard-atmosphere air density at {altitude}",
                "the density of air at {altitude} in the international standard atmosphere",
            ),
            ask=("How dense is the air at {altitude} in the international standard atmosphere?",),
        ),
    ]
    speed_of_sound_kt: Annotated[
        float,
        Quantity("knot", "knots", 1),
        Says(
            (
                "the speed of sound at {altitude} in the international standard atmosphere",
                "the standard-atmosphere speed of sound at {altitude}",
            ),
            ask=("How fast is sound at {altitude} in the international standard atmosphere?",),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[ISA],
    probes=[
        Probe(
            {"altitude": 0},
            {"/pressure_hpa": 1013.25, "/temperature_c": 15.0, "/density": 1.225},
            "ISO 2533, sea level",
        ),
        Probe(
            {"altitude": 11000 / 0.3048},
            {
                "/pressure_hpa": 1013.25 * (216.65 / 288.15) ** (9.80665 / (287.05287 * 0.0065)),
                "/temperature_c": -56.5,
                "/speed_of_sound_kt": 573.5692,
            },
            "U.S. Standard Atmosphere 1976: 226.32 hPa, 295.07 m/s at 11 km",
        ),
        Probe(
            {"altitude": 20000 / 0.3048},
            {
                "/pressure_hpa": 1013.25
                * (216.65 / 288.15) ** (9.80665 / (287.05287 * 0.0065))
                * math.exp(-9.80665 * 9000 / (287.05287 * 216.65))
            },
            "U.S. Standard Atmosphere 1976: 54.749 hPa at 20 km",
        ),
    ],
)
def standard_air_at_altitude(altitude: Elevation) -> StandardAir:
    """Pressure, temperature, density and speed of sound at a pressure altitude up to 20 km (ISO 2533, ICAO Doc 7488)."""
    metres = altitude * FOOT
    kelvins, pascals = isa_temperature(metres), isa_pressure(metres)
    return StandardAir(
        pressure_hpa=pascals / 100,
        temperature_c=kelvins - 273.15,
        density=pascals / (GAS * kelvins),
        speed_of_sound_kt=speed_of_sound(kelvins) / KNOT,
    )


class DensityAltitude(Result):
    """Density altitude of a field."""

    density_altitude_ft: Annotated[
        float,
        ELEVATION,
        Says(
            (
                "the density altitude at {elevation} and {temperature} with an altimeter setting of 1013.25 hPa and dry air",
            ),
            ask=(
                "What is the density altitude at {elevation} and {temperature} if the altimeter setting is 1013.25 hPa "
                "and the air is dry?",
                "With dry air, QNH 1013.25 hPa and {temperature}, what is the density altitude at {elevation}?",
            ),
        ),
    ]
    isa_deviation_c: Annotated[
        float,
        Quantity("delta_degree_Celsius", "degrees Celsius", 1, ratio=False),
        Says(
            (
                "the deviation of {temperature} from the standard-atmosphere temperature at {elevation} (positive if warmer)",
            ),
            ask=(
                "By how many degrees is {temperature} warmer than the standard atmosphere at {elevation} (negative if "
                "colder)?",
            ),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[ISA],
    probes=[
        Probe(
            {"elevation": 5000, "temperature": 15 - 0.0019812 * 5000},
            {"/density_altitude_ft": 5000.0, "/isa_deviation_c": 0.0},
            "at the standard temperature density altitude equals pressure altitude",
        ),
        Probe(
            {"elevation": 0, "temperature": 30},
            {"/density_altitude_ft": 145442.15649 * (1 - (288.15 / 303.15) ** 0.2349690), "/isa_deviation_c": 15.0},
            "NWS: DA = 145442.16 (1 - (density ratio)^0.235)",
        ),
    ],
)
def density_altitude(elevation: Elevation, temperature: AirTemperature) -> DensityAltitude:
    """Density altitude of a field at QNH 1013.25 hPa in dry air, and the deviation from the standard temperature."""
    metres = elevation * FOOT
    if metres > TROPOPAUSE_M:
        raise ToolError("density altitude is computed for the troposphere only", code="invalid_arguments")
    kelvins = temperature + 273.15
    sigma = (isa_pressure(metres) / SEA_LEVEL_PA) * (SEA_LEVEL_K / kelvins)
    exponent = 1 / (GRAVITY / (GAS * LAPSE) - 1)
    height = SEA_LEVEL_K / LAPSE * (1 - sigma**exponent)
    return DensityAltitude(density_altitude_ft=height / FOOT, isa_deviation_c=kelvins - isa_temperature(metres))


class PressureAltitude(Result):
    """Pressure altitude of a field."""

    pressure_altitude_ft: Annotated[
        float,
        ELEVATION,
        Says(
            (
                "the pressure altitude at {elevation} with an altimeter setting of {qnh}",
                "the standard-atmosphere pressure altitude at {elevation} when QNH is {qnh}",
            ),
            ask=("What is the pressure altitude at {elevation} when the altimeter setting (QNH) is {qnh}?",),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[ISA],
    probes=[
        Probe(
            {"elevation": 0, "qnh": 983},
            {"/pressure_altitude_ft": 145442.15649 * (1 - (983 / 1013.25) ** 0.19026312)},
            "NWS: 145366.45 (1 - (P/1013.25)^0.190284), to 0.1 %",
        ),
        Probe({"elevation": 1200, "qnh": 1013.25}, {"/pressure_altitude_ft": 1200.0}, "definition of QNH"),
    ],
)
def pressure_altitude(
    elevation: Elevation,
    qnh: Annotated[float, Draw.choice({qnh: f"{qnh} hPa" for qnh in range(975, 1046)}), Field(ge=870, le=1090)],
) -> PressureAltitude:
    """Pressure altitude of a field at a QNH (the standard atmosphere fixes how QNH is reduced to sea level)."""
    metres = elevation * FOOT
    if metres > TROPOPAUSE_M:
        raise ToolError("pressure altitude is computed for the troposphere only", code="invalid_arguments")
    exponent = GAS * LAPSE / GRAVITY
    datum = SEA_LEVEL_K / LAPSE * (1 - (qnh * 100 / SEA_LEVEL_PA) ** exponent)
    return PressureAltitude(pressure_altitude_ft=(metres + datum) / FOOT)
