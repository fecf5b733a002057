"""True airspeed, calibrated airspeed and Mach number in the standard atmosphere."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.transport.atmosphere import (
    FOOT,
    KNOT,
    SEA_LEVEL_K,
    SEA_LEVEL_PA,
    isa_pressure,
    isa_temperature,
    speed_of_sound,
)
from dive_assets.toolpool.transport.data_sources import ISA
from dive_assets.toolpool.transport.entity_types import (
    AIRSPEED,
    MACH,
    Airspeed,
    Altitude,
)
from dive_assets.tools.annotations import Draw, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

Mach = Annotated[
    float,
    MACH,
    Draw.choice({round(0.7 + i / 100, 2): f"Mach {0.7 + i / 100:.2f}" for i in range(21)}),
    Field(gt=0, le=5),
]


class TrueAirspeed(Result):
    """True airspeed at a Mach number."""

    true_airspeed_kt: Annotated[
        float,
        AIRSPEED,
        Says(
            (
                "the true airspeed at {mach} and {altitude} in the standard atmosphere",
                "the standard-atmosphere true airspeed for {mach} at {altitude}",
            ),
            ask=("Which true airspeed corresponds to {mach} at {altitude} in the standard atmosphere?",),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[ISA],
    probes=[
        Probe(
            {"mach": 0.8, "altitude": 40000},
            {"/true_airspeed_kt": 0.8 * math.sqrt(1.4 * 287.05287 * 216.65) * 3600 / 1852},
            "tables: 459 knots for Mach 0.80 at FL400",
        ),
        Probe({"mach": 1, "altitude": 0}, {"/true_airspeed_kt": 661.4788}, "speed of sound at sea level, 661.48 knots"),
    ],
)
def true_airspeed_of_mach(mach: Mach, altitude: Altitude) -> TrueAirspeed:
    """True airspeed at a Mach number and pressure altitude in the standard atmosphere (ISO 2533)."""
    return TrueAirspeed(true_airspeed_kt=mach * speed_of_sound(isa_temperature(altitude * FOOT)) / KNOT)


class MachNumber(Result):
    """Mach number of a true airspeed."""

    mach: Annotated[
        float,
        MACH,
        Says(
            (
                "the Mach number at {airspeed} and {altitude} in the standard atmosphere",
                "the Mach number in the standard atmosphere for {airspeed} at {altitude}",
            ),
            ask=("Which Mach number corresponds to {airspeed} at {altitude} in the standard atmosphere?",),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[ISA],
    probes=[
        Probe(
            {"airspeed": 459, "altitude": 39000},
            {"/mach": 459 * 1852 / 3600 / math.sqrt(1.4 * 287.05287 * 216.65)},
            "tables: Mach 0.80 at FL390",
        )
    ],
)
def mach_number(airspeed: Airspeed, altitude: Altitude) -> MachNumber:
    """Mach number of a true airspeed at a pressure altitude in the standard atmosphere (ISO 2533)."""
    return MachNumber(mach=airspeed * KNOT / speed_of_sound(isa_temperature(altitude * FOOT)))


class CalibratedToTrue(Result):
    """True airspeed of a calibrated airspeed."""

    true_airspeed_kt: Annotated[
        float,
        AIRSPEED,
        Says(
            (
                "the true airspeed at {altitude} in the standard atmosphere for a calibrated airspeed of {calibrated}",
                "the true airspeed that a calibrated airspeed of {calibrated} means at {altitude} in the standard atmosphere",
            ),
            ask=(
                "Flying at {altitude} in the standard atmosphere with a calibrated airspeed of {calibrated}, what is the "
                "true airspeed?",
            ),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[ISA],
    probes=[
        Probe({"calibrated": 250, "altitude": 0}, {"/true_airspeed_kt": 250.0}, "at sea level both are equal"),
        Probe(
            {
                "calibrated": math.sqrt(1.4 * 287.05287 * 288.15)
                * 3600
                / 1852
                * math.sqrt(5 * (((216.65 / 288.15) ** 5.25588 * (1.128**3.5 - 1) + 1) ** (2 / 7) - 1)),
                "altitude": 11000 / 0.3048,
            },
            {"/true_airspeed_kt": 0.8 * math.sqrt(1.4 * 287.05287 * 216.65) * 3600 / 1852},
            "the inverse formula: calibrated airspeed of Mach 0.8 at the tropopause",
        ),
    ],
)
def true_airspeed_of_calibrated(
    calibrated: Annotated[float, Draw.integer(180, 300, step=5, suffix=" knots"), Field(gt=0, lt=661)],
    altitude: Altitude,
) -> CalibratedToTrue:
    """True airspeed of a calibrated airspeed by the compressible (Saint-Venant) equations in the standard atmosphere."""
    impact = SEA_LEVEL_PA * ((1 + 0.2 * (calibrated * KNOT / speed_of_sound(SEA_LEVEL_K)) ** 2) ** 3.5 - 1)
    metres = altitude * FOOT
    mach = math.sqrt(5 * ((impact / isa_pressure(metres) + 1) ** (2 / 7) - 1))
    if mach >= 1:
        raise ToolError("the speed would be supersonic at this altitude", code="invalid_arguments")
    return CalibratedToTrue(true_airspeed_kt=mach * speed_of_sound(isa_temperature(metres)) / KNOT)
