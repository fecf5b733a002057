"""Wheels and tyres: nominal dimensions, rolling, speed in a gear."""

from __future__ import annotations

import math
import re
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.transport.data_sources import MECHANICS, TYRE_CODES
from dive_assets.toolpool.transport.entity_types import TYRE_DIAMETER, TYRE_SIZE
from dive_assets.toolpool.transport.roads_and_rails import ROAD_SPEED
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool


class TyreGeometry(Result):
    """Nominal dimensions of a tyre."""

    diameter_mm: Annotated[
        float,
        TYRE_DIAMETER,
        Says(
            ("the nominal outer diameter of {tyre}", "the overall diameter of {tyre} by the size code"),
            has="nominal outer diameter",
            ask=("What is the nominal outer diameter of {tyre}?",),
            high="largest",
            low="smallest",
        ),
    ]
    sidewall_mm: Annotated[
        float,
        Quantity("millimeter", "millimetres", 1),
        Says(
            ("the nominal sidewall height of {tyre}", "the section height of {tyre} by the size code"),
            has="nominal sidewall height",
            ask=("How high is the sidewall of {tyre} by the size code?",),
        ),
    ]


TYRE = re.compile(r"^(?:a )?(\d{3})/(\d{2}) ?Z?R ?(\d{2})(?: tyre)?$")


@tool(
    domain="transport",
    kind="R",
    sources=[TYRE_CODES],
    probes=[
        Probe(
            {"tyre": "a 205/55 R16 tyre"},
            {"/diameter_mm": 16 * 25.4 + 2 * 205 * 0.55, "/sidewall_mm": 112.75},
            "ETRTO: design diameter 632 mm",
        ),
        Probe({"tyre": "175/65 R14"}, {"/diameter_mm": 583.1}, "ETRTO: design diameter 584 mm"),
    ],
)
def tyre_dimensions(tyre: Annotated[str, TYRE_SIZE, Field(max_length=30)]) -> TyreGeometry:
    """Nominal diameter and sidewall of a tyre from its metric size code (UN Regulation 30: width/aspect R rim)."""
    found = TYRE.match(tyre.strip())
    if found is None:
        raise ToolError(f"{tyre!r} is no metric tyre size: write it like 205/55 R16", code="invalid_arguments")
    width, aspect, rim = (int(group) for group in found.groups())
    sidewall = width * aspect / 100
    return TyreGeometry(diameter_mm=rim * 25.4 + 2 * sidewall, sidewall_mm=sidewall)


Diameter = Annotated[
    float, TYRE_DIAMETER, Draw.integer(540, 780, suffix=" millimetres of diameter"), Field(gt=0, le=4500)
]


class WheelRoll(Result):
    """What a wheel of a diameter does on a kilometre."""

    circumference_m: Annotated[
        float,
        Quantity("meter", "metres", 3),
        Says(
            (
                "the circumference of a wheel with {diameter}",
                "the distance that a wheel with {diameter} covers in one turn",
            ),
            ask=("How far does a wheel with {diameter} roll in one turn without deflection or slip?",),
        ),
    ]
    turns_per_km: Annotated[
        float,
        Quantity("", "", 1),
        Says(
            ("the number of turns per kilometre of an unloaded wheel with {diameter}",),
            ask=("How many turns does a wheel with {diameter} make on a kilometre without deflection or slip?",),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[MECHANICS],
    probes=[
        Probe({"diameter": 1000 / math.pi}, {"/circumference_m": 1.0, "/turns_per_km": 1000.0}, "pi times diameter")
    ],
)
def wheel_roll(diameter: Diameter) -> WheelRoll:
    """Circumference and turns per kilometre of a wheel without deflection or slip."""
    metres = math.pi * diameter / 1000
    return WheelRoll(circumference_m=metres, turns_per_km=1000 / metres)


class GearSpeed(Result):
    """Road speed of an engine speed."""

    speed_kmh: Annotated[
        float,
        ROAD_SPEED,
        Says(
            (
                "the road speed on wheels with {diameter} at {engine_speed} with a gear ratio of {gear} and a final drive "
                "of {final_drive}",
            ),
            ask=(
                "With a gear ratio of {gear}, a final drive of {final_drive} and wheels with {diameter}, how fast does a "
                "car go at {engine_speed} without slip?",
            ),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[MECHANICS],
    probes=[
        Probe(
            {"diameter": 1000 / math.pi, "engine_speed": 3000, "gear": 1.0, "final_drive": 3.0},
            {"/speed_kmh": 60.0},
            "1000 turns a minute of one metre each",
        )
    ],
)
def speed_in_gear(
    diameter: Diameter,
    engine_speed: Annotated[float, Draw.integer(1500, 6500, step=100, suffix=" rpm"), Field(gt=0, le=25000)],
    gear: Annotated[float, Draw.decimal(0.65, 3.6, 2), Field(gt=0, le=20)],
    final_drive: Annotated[float, Draw.decimal(2.8, 4.6, 2), Field(gt=0, le=20)],
) -> GearSpeed:
    """Road speed from engine speed, gear ratio, final drive and wheel diameter, without slip."""
    turns_per_minute = engine_speed / (gear * final_drive)
    return GearSpeed(speed_kmh=turns_per_minute * 60 * math.pi * diameter / 1e6)
