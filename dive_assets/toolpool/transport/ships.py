"""Ships: hull speed, Froude number, squat, displacement, fresh water allowance, distance of the horizon."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.transport.data_sources import SHIP_THEORY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.tool import Probe, tool

GRAVITY, KNOT = 9.80665, 1852 / 3600
WATERLINE = Quantity("meter", "metres", 1, role="waterline length")
SHIP_SPEED = Quantity("knot", "knots", 1, role="ship speed")
DISPLACEMENT = Quantity("tonne", "tonnes", 0, role="displacement")
IMMERSION = Quantity("tonne/centimeter", "tonnes per centimetre", 2, role="immersion")
Waterline = Annotated[float, WATERLINE, Draw.decimal(6, 320, 1, suffix=" metres of waterline"), Field(gt=0, le=500)]
ShipSpeed = Annotated[float, SHIP_SPEED, Draw.decimal(4, 24, 1, suffix=" knots"), Field(gt=0, le=60)]


class HullSpeed(Result):
    """Speed at which the bow wave is as long as the hull."""

    speed_kt: Annotated[
        float,
        SHIP_SPEED,
        Says(
            (
                "the hull speed for {length} by the rule of 1.34 times the root of the length in feet",
                "the displacement hull speed for {length} with the factor 1.34",
            ),
            has="hull speed with the factor 1.34",
            ask=("With the factor 1.34 (length in feet), what hull speed does {length} give?",),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[SHIP_THEORY],
    probes=[Probe({"length": 30.48}, {"/speed_kt": 13.4}, "100 feet: 1.34 x 10")],
)
def hull_speed(length: Waterline) -> HullSpeed:
    """Hull speed of a displacement hull: 1.34 knots times the root of the waterline in feet (wave theory)."""
    return HullSpeed(speed_kt=1.34 * math.sqrt(length / 0.3048))


class FroudeNumber(Result):
    """Froude number of a hull."""

    froude: Annotated[
        float,
        Quantity("", "", 3),
        Says(
            ("the Froude number of a hull with {length} at {speed}", "the length Froude number at {speed} on {length}"),
            ask=("At {speed}, what is the Froude number of a hull with {length}?",),
        ),
    ]
    wave_length_m: Annotated[
        float,
        Quantity("meter", "metres", 1),
        Says(
            ("the length of the transverse deep-water waves that a hull with {length} makes at {speed}",),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[SHIP_THEORY],
    probes=[
        Probe(
            {"length": 200, "speed": 20},
            {"/froude": 20 * 1852 / 3600 / math.sqrt(9.80665 * 200)},
            "Fr = V / sqrt(g L): 0.232",
        )
    ],
)
def froude_number(length: Waterline, speed: ShipSpeed) -> FroudeNumber:
    """Froude number of a hull by its waterline length, and the length of its transverse waves (V²·2π/g)."""
    metres = speed * KNOT
    return FroudeNumber(froude=metres / math.sqrt(GRAVITY * length), wave_length_m=2 * math.pi * metres**2 / GRAVITY)


class Squat(Result):
    """Sinkage of a moving ship in shallow water."""

    open_water_m: Annotated[
        float,
        Quantity("meter", "metres", 2),
        Says(
            (
                "the squat in open shallow water at {speed} with a block coefficient of {block} by Barrass' simple formula",
            ),
            ask=(
                "By Barrass' simple formula, how much does a ship with a block coefficient of {block} squat in open "
                "shallow water at {speed}?",
            ),
        ),
    ]
    confined_m: Annotated[
        float,
        Quantity("meter", "metres", 2),
        Says(
            (
                "the squat in a confined channel at {speed} with a block coefficient of {block} by Barrass' simple formula",
            ),
            ask=(
                "By Barrass' simple formula, how much does a ship with a block coefficient of {block} squat in a confined "
                "channel at {speed}?",
            ),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[SHIP_THEORY],
    probes=[
        Probe(
            {"speed": 10, "block": 0.8},
            {"/open_water_m": 0.8, "/confined_m": 1.6},
            "Barrass and Derrett, Ship Stability: Cb V²/100, doubled in confined channels",
        )
    ],
)
def ship_squat(speed: ShipSpeed, block: Annotated[float, Draw.decimal(0.55, 0.86, 2), Field(gt=0.3, le=1)]) -> Squat:
    """Maximum squat of a ship in open and in confined shallow water (Barrass' simple formulas, Cb·V²/100 and /50)."""
    return Squat(open_water_m=block * speed**2 / 100, confined_m=block * speed**2 / 50)


class Displacement(Result):
    """Displacement of a hull."""

    tonnes: Annotated[
        float,
        DISPLACEMENT,
        Says(
            (
                "the displacement in sea water (1.025 t/m³) of a hull with {length}, a beam of {beam}, a draught of "
                "{draught} and a block coefficient of {block}",
            ),
            ask=(
                "A hull has {length}, a beam of {beam}, a draught of {draught} and a block coefficient of {block}. What is "
                "its displacement in sea water of 1.025 t/m³?",
            ),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[SHIP_THEORY],
    probes=[
        Probe(
            {"length": 100, "beam": 20, "draught": 8, "block": 0.75},
            {"/tonnes": 12300.0},
            "100 x 20 x 8 x 0.75 x 1.025",
        )
    ],
)
def ship_displacement(
    length: Waterline,
    beam: Annotated[float, Draw.decimal(4, 60, 1, suffix=" metres"), Field(gt=0, le=100)],
    draught: Annotated[float, Draw.decimal(1, 18, 1, suffix=" metres"), Field(gt=0, le=40)],
    block: Annotated[float, Draw.decimal(0.45, 0.86, 2), Field(gt=0.2, le=1)],
) -> Displacement:
    """Displacement in sea water from length, beam, draught and block coefficient (Barrass and Derrett)."""
    return Displacement(tonnes=length * beam * draught * block * 1.025)


class Immersion(Result):
    """Load that sinks a ship by a centimetre."""

    tonnes_per_cm: Annotated[
        float,
        IMMERSION,
        Says(
            (
                "the tonnes per centimetre immersion in sea water (1.025 t/m³) on {length} with a beam of {beam} and a "
                "waterplane coefficient of {waterplane}",
            ),
            ask=(
                "In sea water of 1.025 t/m³, what are the tonnes per centimetre immersion on {length} with a beam of "
                "{beam} and a waterplane coefficient of {waterplane}?",
            ),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[SHIP_THEORY],
    probes=[
        Probe(
            {"length": 120, "beam": 20, "waterplane": 0.8},
            {"/tonnes_per_cm": 19.68},
            "Barrass and Derrett: TPC = A x 1.025 / 100",
        )
    ],
)
def tonnes_per_centimetre(
    length: Waterline,
    beam: Annotated[float, Draw.decimal(4, 60, 1, suffix=" metres"), Field(gt=0, le=100)],
    waterplane: Annotated[float, Draw.decimal(0.65, 0.92, 2), Field(gt=0.2, le=1)],
) -> Immersion:
    """Tonnes per centimetre immersion in sea water from the waterplane area (Barrass and Derrett)."""
    return Immersion(tonnes_per_cm=length * beam * waterplane * 1.025 / 100)


class FreshWaterAllowance(Result):
    """Change of draught between sea and fresh water."""

    millimetres: Annotated[
        float,
        Quantity("millimeter", "millimetres", 0),
        Says(
            ("the fresh water allowance of a ship with {displacement} and {immersion}",),
            ask=("What is the fresh water allowance of a ship with {displacement} and {immersion}?",),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[SHIP_THEORY],
    probes=[
        Probe(
            {"displacement": 10000, "immersion": 20},
            {"/millimetres": 125.0},
            "International Load Lines Convention, Regulation 40: displacement / (4 TPC)",
        )
    ],
)
def fresh_water_allowance(
    displacement: Annotated[
        float, DISPLACEMENT, Draw.integer(2000, 250000, step=500, suffix=" tonnes displacement"), Field(gt=0, le=700000)
    ],
    immersion: Annotated[
        float, IMMERSION, Draw.decimal(8, 140, 1, suffix=" tonnes per centimetre immersion"), Field(gt=0, le=500)
    ],
) -> FreshWaterAllowance:
    """Fresh water allowance: displacement over four times the tonnes per centimetre immersion (Load Lines, Reg. 40)."""
    return FreshWaterAllowance(millimetres=displacement / (4 * immersion))


class GeographicRange(Result):
    """How far a light shows above the horizon."""

    range_nm: Annotated[
        float,
        Quantity("nautical_mile", "nautical miles", 1),
        Says(
            ("the geographic range of a light {light} high for an eye height of {eye} by Bowditch's factor of 1.17",),
            ask=(
                "By Bowditch's factor of 1.17, from how far can a light {light} high be seen above the horizon with an eye "
                "height of {eye}?",
            ),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[SHIP_THEORY],
    probes=[
        Probe(
            {"light": 100, "eye": 49},
            {"/range_nm": 19.89},
            "Bowditch, American Practical Navigator: 1.17 (sqrt 100 + sqrt 49)",
        )
    ],
)
def light_range(
    light: Annotated[float, Draw.integer(20, 250, suffix=" feet"), Field(ge=0, le=3000)],
    eye: Annotated[float, Draw.integer(6, 110, suffix=" feet"), Field(ge=0, le=3000)],
) -> GeographicRange:
    """Geographic range of a light: 1.17 times the sum of the roots of both heights in feet (Bowditch)."""
    return GeographicRange(range_nm=1.17 * (math.sqrt(light) + math.sqrt(eye)))
