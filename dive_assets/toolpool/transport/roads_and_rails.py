"""Roads and railways: stopping distance, curve radius, cant, braking, speed before a skid."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.transport.data_sources import MECHANICS, ROAD_DESIGN
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.tool import Probe, tool

GRAVITY = 9.80665
ROAD_SPEED = Quantity("kilometer/hour", "kilometres per hour", 1, role="vehicle speed")
RADIUS = Quantity("meter", "metres", 0, role="curve radius")
BRAKING = Quantity("meter", "metres", 0, role="braking distance")
RoadSpeed = Annotated[
    float, ROAD_SPEED, Draw.integer(30, 160, step=5, suffix=" kilometres per hour"), Field(gt=0, le=600)
]
Radius = Annotated[float, RADIUS, Draw.integer(100, 4000, step=50, suffix=" metres of radius"), Field(gt=0, le=100000)]


class StoppingSight(Result):
    """Stopping sight distance of road design."""

    metres: Annotated[
        float,
        Quantity("meter", "metres", 1),
        Says(
            (
                "the AASHTO stopping sight distance 0.278Vt + 0.039V²/a on a level road at {speed} (2.5 s reaction, 3.4 m/s²)",
                "the level-road stopping sight distance at {speed} by AASHTO's 0.278Vt + 0.039V²/a with 2.5 s and 3.4 m/s²",
            ),
            ask=(
                "By AASHTO's 0.278Vt + 0.039V²/a with 2.5 s reaction time and 3.4 m/s² deceleration, how long is the stopping sight "
                "distance on a level road at {speed}?",
            ),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[ROAD_DESIGN],
    probes=[
        Probe(
            {"speed": 100},
            {"/metres": 69.5 + 390 / 3.4},
            "AASHTO Green Book, Table 3-1: 184.2 m calculated for 100 km/h",
        )
    ],
)
def stopping_sight_distance(speed: RoadSpeed) -> StoppingSight:
    """Stopping sight distance 0.278·V·t + 0.039·V²/a on a level road with 2.5 s and 3.4 m/s² (AASHTO Green Book)."""
    return StoppingSight(metres=0.278 * speed * 2.5 + 0.039 * speed**2 / 3.4)


class CurveRadius(Result):
    """Smallest radius of a road curve."""

    radius_m: Annotated[
        float,
        RADIUS,
        Says(
            (
                "the minimum curve radius at {speed} with a superelevation of {superelevation} and a side friction factor "
                "of {friction} by AASHTO's formula",
            ),
            ask=(
                "By AASHTO's formula V²/127(e+f), what is the minimum curve radius at {speed} with a superelevation of "
                "{superelevation} and a side friction factor of {friction}?",
            ),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[ROAD_DESIGN],
    probes=[
        Probe(
            {"speed": 100, "superelevation": 6, "friction": 0.12},
            {"/radius_m": 10000 / (127 * 0.18)},
            "AASHTO Green Book, Table 3-7: 437.4 m for 100 km/h, e 6 %, f 0.12",
        ),
        Probe(
            {"speed": 60, "superelevation": 4, "friction": 0.17},
            {"/radius_m": 3600 / (127 * 0.21)},
            "Table 3-7: 135.0 m",
        ),
    ],
)
def minimum_curve_radius(
    speed: RoadSpeed,
    superelevation: Annotated[float, Draw.integer(2, 10, suffix="%"), Field(ge=0, le=16)],
    friction: Annotated[float, Draw.decimal(0.08, 0.2, 2), Field(gt=0, le=0.5)],
) -> CurveRadius:
    """Minimum radius of a road curve, V²/(127(e+f)) with V in km/h (AASHTO Green Book, equation 3-8)."""
    return CurveRadius(radius_m=speed**2 / (127 * (superelevation / 100 + friction)))


class RailCant(Result):
    """Cant of a railway curve."""

    cant_mm: Annotated[
        float,
        Quantity("millimeter", "millimetres", 0),
        Says(
            (
                "the equilibrium cant of standard-gauge track with {radius} at {speed} by 11.8 V²/R",
                "the 11.8 V²/R equilibrium cant on {radius} at {speed}",
            ),
            ask=(
                "By the formula 11.8 V²/R, which equilibrium cant does standard-gauge track with {radius} need at {speed}?",
            ),
        ),
    ]
    lateral_acceleration: Annotated[
        float,
        Quantity("meter/second**2", "metres per second squared", 2),
        Says(
            (
                "the centripetal acceleration on {radius} at {speed}",
                "the lateral acceleration in a flat curve with {radius} at {speed}",
            ),
            ask=("What is the centripetal acceleration on {radius} at {speed}?",),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[MECHANICS],
    probes=[
        Probe(
            {"radius": 1000, "speed": 100},
            {"/cant_mm": 118.0, "/lateral_acceleration": (100 / 3.6) ** 2 / 1000},
            "EN 13803: equilibrium cant 11.8 V²/R for 1500 mm between rail heads",
        )
    ],
)
def railway_cant(radius: Radius, speed: RoadSpeed) -> RailCant:
    """Equilibrium cant of standard-gauge track, 11.8 V²/R (EN 13803), and the centripetal acceleration v²/r."""
    return RailCant(cant_mm=11.8 * speed**2 / radius, lateral_acceleration=(speed / 3.6) ** 2 / radius)


class BrakingRun(Result):
    """Distance and time of a braking."""

    distance_m: Annotated[
        float,
        BRAKING,
        Says(
            (
                "the braking distance from {speed} to a standstill at a constant {deceleration}",
                "the distance needed to stop from {speed} at a constant {deceleration}",
            ),
            ask=("How far does a train run from {speed} to a standstill at a constant {deceleration}?",),
        ),
    ]
    seconds: Annotated[
        float,
        Quantity("second", "seconds", 1),
        Says(
            ("the time needed to stop from {speed} at a constant {deceleration}",),
            ask=("How many seconds does it take to stop from {speed} at a constant {deceleration}?",),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[MECHANICS],
    probes=[
        Probe({"speed": 144, "deceleration": 0.8}, {"/distance_m": 1000.0, "/seconds": 50.0}, "40 m/s: v²/2a, v/a")
    ],
)
def braking_run(
    speed: RoadSpeed,
    deceleration: Annotated[float, Draw.decimal(0.4, 1.4, 2, suffix=" metres per second squared"), Field(gt=0, le=12)],
) -> BrakingRun:
    """Distance and time of a constant deceleration to a standstill (v²/2a and v/a)."""
    metres_per_second = speed / 3.6
    return BrakingRun(distance_m=metres_per_second**2 / (2 * deceleration), seconds=metres_per_second / deceleration)


class SpeedFromSkid(Result):
    """Speed before a braking."""

    speed_kmh: Annotated[
        float,
        ROAD_SPEED,
        Says(
            (
                "the speed at which braking began if a vehicle stops within {distance} on a level road with a friction "
                "coefficient of {friction}",
            ),
            ask=(
                "A vehicle stops within {distance} on a level road with a friction coefficient of {friction}. How fast was "
                "it when braking began?",
            ),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[MECHANICS],
    probes=[
        Probe(
            {"distance": 40, "friction": 0.7},
            {"/speed_kmh": 3.6 * math.sqrt(2 * 0.7 * 9.80665 * 40)},
            "v = sqrt(2 mu g d); standard gravity",
        )
    ],
)
def speed_before_braking(
    distance: Annotated[float, BRAKING, Draw.integer(10, 120, suffix=" metres"), Field(gt=0, le=5000)],
    friction: Annotated[float, Draw.decimal(0.25, 0.85, 2), Field(gt=0, le=2)],
) -> SpeedFromSkid:
    """Speed before a stop with all wheels braking on a level road: root of 2·mu·g·d, standard gravity."""
    return SpeedFromSkid(speed_kmh=3.6 * math.sqrt(2 * friction * GRAVITY * distance))
