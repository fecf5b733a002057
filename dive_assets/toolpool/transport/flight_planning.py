"""Flight planning: wind, turns, climb and descent."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.transport.data_sources import NAVIGATION
from dive_assets.toolpool.transport.entity_types import (
    FLIGHT_DISTANCE,
    GROUND_SPEED,
    Airspeed,
    Elevation,
    GroundSpeed,
)
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

GRAVITY = 9.80665
KNOT, NAUTICAL_MILE, FOOT = 1852 / 3600, 1852.0, 0.3048
Bearing = Annotated[float, Draw.integer(1, 360, suffix="°"), Field(ge=0, le=360)]
WindSpeed = Annotated[float, Draw.integer(5, 90, suffix=" knots"), Field(ge=0, le=300)]


class WindTriangle(Result):
    """Solution of the wind triangle."""

    ground_speed_kt: Annotated[
        float,
        GROUND_SPEED,
        Says(
            (
                "the ground speed on a true course of {course} at {airspeed} with a wind of {wind_speed} from {wind_from}",
            ),
            ask=(
                "On a true course of {course}, what is the ground speed at {airspeed} with a wind of {wind_speed} from "
                "{wind_from}?",
            ),
        ),
    ]
    heading_deg: Annotated[
        float,
        Quantity("degree", "degrees", 1, ratio=False),
        Says(
            (
                "the true heading that holds a true course of {course} at {airspeed} with a wind of {wind_speed} from "
                "{wind_from}",
            ),
            ask=(
                "Which true heading holds a true course of {course} at {airspeed} with a wind of {wind_speed} from "
                "{wind_from}?",
            ),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[NAVIGATION],
    probes=[
        Probe(
            {"course": 90, "airspeed": 120, "wind_from": 90, "wind_speed": 20},
            {"/ground_speed_kt": 100.0, "/heading_deg": 90.0},
            "straight headwind",
        ),
        Probe(
            {"course": 360, "airspeed": 100, "wind_from": 90, "wind_speed": 60},
            {"/ground_speed_kt": 80.0, "/heading_deg": 36.86989764584402},
            "the triangle of sides 3, 4 and 5",
        ),
    ],
)
def wind_triangle(course: Bearing, airspeed: Airspeed, wind_from: Bearing, wind_speed: WindSpeed) -> WindTriangle:
    """Ground speed and heading from course, true airspeed and wind (FAA-H-8083-25, wind triangle)."""
    angle = math.radians(wind_from - course)
    cross = wind_speed * math.sin(angle)
    if abs(cross) >= airspeed:
        raise ToolError("the wind is too strong to hold this course", code="invalid_arguments")
    drift = math.asin(cross / airspeed)
    ground = airspeed * math.cos(drift) - wind_speed * math.cos(angle)
    if ground <= 0:
        raise ToolError("the wind blows the aircraft backwards on this course", code="invalid_arguments")
    return WindTriangle(ground_speed_kt=ground, heading_deg=(course + math.degrees(drift)) % 360)


class RunwayWind(Result):
    """Wind components on a runway."""

    crosswind_kt: Annotated[
        float,
        Quantity("knot", "knots", 1),
        Says(
            ("the crosswind component on a runway heading {runway} with a wind of {wind_speed} from {wind_from}",),
            ask=(
                "How strong is the crosswind on a runway heading {runway} with a wind of {wind_speed} from {wind_from}?",
            ),
        ),
    ]
    headwind_kt: Annotated[
        float,
        Quantity("knot", "knots", 1, ratio=False),
        Says(
            (
                "the headwind component (negative for a tailwind) on a runway heading {runway} with a wind of {wind_speed} "
                "from {wind_from}",
            ),
            ask=(
                "How strong is the headwind (negative for a tailwind) on a runway heading {runway} with a wind of "
                "{wind_speed} from {wind_from}?",
            ),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[NAVIGATION],
    probes=[
        Probe(
            {"runway": 270, "wind_from": 300, "wind_speed": 20},
            {"/crosswind_kt": 10.0, "/headwind_kt": 17.32050807568877},
            "sine and cosine of 30 degrees",
        )
    ],
)
def runway_wind_components(
    runway: Annotated[float, Draw.integer(10, 360, step=10, suffix="°"), Field(ge=0, le=360)],
    wind_from: Annotated[float, Draw.integer(10, 360, step=10, suffix="°"), Field(ge=0, le=360)],
    wind_speed: Annotated[float, Draw.integer(5, 45, suffix=" knots"), Field(ge=0, le=150)],
) -> RunwayWind:
    """Crosswind and headwind on a runway (FAA-H-8083-3, crosswind components)."""
    angle = math.radians(wind_from - runway)
    return RunwayWind(crosswind_kt=abs(wind_speed * math.sin(angle)), headwind_kt=wind_speed * math.cos(angle))


class RateOneTurn(Result):
    """A turn of three degrees a second."""

    radius_nm: Annotated[
        float,
        Quantity("nautical_mile", "nautical miles", 2),
        Says(
            ("the radius of a rate-one turn (3° per second) at {airspeed}",),
            ask=("What is the radius of a rate-one turn, 3° per second, at {airspeed} in still air?",),
        ),
    ]
    bank_deg: Annotated[
        float,
        Quantity("degree", "degrees", 1),
        Says(
            ("the bank angle of a level rate-one turn (3° per second) at {airspeed}",),
            ask=("Which bank angle does a level rate-one turn, 3° per second, need at {airspeed}?",),
        ),
    ]
    load_factor: Annotated[
        float,
        Quantity("", "", 2),
        Says(
            ("the load factor in a level rate-one turn (3° per second) at {airspeed}",),
            ask=("What load factor acts in a level rate-one turn, 3° per second, at {airspeed}?",),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[NAVIGATION],
    probes=[
        Probe({"airspeed": 60 * math.pi}, {"/radius_nm": 1.0}, "a circle of 2 pi nautical miles in two minutes"),
        Probe(
            {"airspeed": 120},
            {"/bank_deg": math.degrees(math.atan(120 * 1852 / 3600 * math.pi / 60 / 9.80665))},
            "FAA-H-8083-25: about 18 degrees at 120 knots",
        ),
    ],
)
def rate_one_turn(airspeed: Airspeed) -> RateOneTurn:
    """Radius, bank angle and load factor of a level turn of three degrees a second (FAA-H-8083-25)."""
    rate = math.radians(3)
    bank = math.atan(airspeed * KNOT * rate / GRAVITY)
    return RateOneTurn(
        radius_nm=airspeed * KNOT / rate / NAUTICAL_MILE, bank_deg=math.degrees(bank), load_factor=1 / math.cos(bank)
    )


class DescentDistance(Result):
    """Ground covered in a descent."""

    distance_nm: Annotated[
        float,
        FLIGHT_DISTANCE,
        Says(
            (
                "the ground distance of a descent at 3° from {altitude} to {elevation}",
                "the distance covered on a 3° descent path from {altitude} down to {elevation}",
            ),
            ask=(
                "How far from touchdown must a 3° descent begin to come down from {altitude} to {elevation}?",
                "How much ground does a 3° descent from {altitude} to {elevation} cover?",
            ),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[NAVIGATION],
    probes=[
        Probe(
            {"altitude": 35000, "elevation": 5000},
            {"/distance_nm": 30000 * 0.3048 / math.tan(math.radians(3)) / 1852},
            "rule of thumb: 300 feet a nautical mile, 94 against 100",
        )
    ],
)
def descent_distance(
    altitude: Annotated[float, Draw.integer(20000, 41000, step=1000, suffix=" feet"), Field(ge=0, le=60000)],
    elevation: Elevation,
) -> DescentDistance:
    """Ground distance of a constant three-degree descent between two altitudes (trigonometry)."""
    if altitude <= elevation:
        raise ToolError("the descent must begin above the place where it ends", code="invalid_arguments")
    return DescentDistance(distance_nm=(altitude - elevation) * FOOT / math.tan(math.radians(3)) / NAUTICAL_MILE)


class ClimbRate(Result):
    """Rate of climb."""

    rate_ft_min: Annotated[
        float,
        Quantity("foot/minute", "feet per minute", 0),
        Says(
            (
                "the rate of climb that a gradient of {gradient} requires at {ground_speed}",
                "the climb rate needed at {ground_speed} to make good a gradient of {gradient}",
            ),
            ask=("At {ground_speed}, which rate of climb makes good a gradient of {gradient}?",),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[NAVIGATION],
    probes=[
        Probe({"ground_speed": 150, "gradient": 200}, {"/rate_ft_min": 500.0}, "FAA AIM 5-2-9: 200 ft/NM at 150 kt")
    ],
)
def climb_rate_for_gradient(
    ground_speed: GroundSpeed,
    gradient: Annotated[float, Draw.integer(200, 500, step=10, suffix=" feet per nautical mile"), Field(gt=0, le=3000)],
) -> ClimbRate:
    """Rate of climb that a procedure's climb gradient requires at a ground speed (FAA AIM 5-2-9)."""
    return ClimbRate(rate_ft_min=ground_speed * gradient / 60)
