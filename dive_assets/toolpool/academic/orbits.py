"""Orbits of the planets, Kepler's third law and light travel (mean elements of Meeus in PyMeeus)."""

from functools import cache
from typing import Annotated, Any

from pydantic import Field

from dive_assets.toolpool.academic.data_sources import PYMEEUS
from dive_assets.toolpool.academic.solar_system import BODIES, Planet
from dive_assets.toolpool.shared.data_sources import SCIPY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

SemiMajorAxis = Annotated[float, Quantity("astronomical_unit", "astronomical units", 3, role="semi-major axis")]


@cache
def _elements(planet: str) -> tuple[float, float, float, float]:
    """Semi-major axis, eccentricity, inclination and longitude of the perihelion at J2000."""
    import importlib

    name = planet.strip().capitalize()
    if name not in BODIES:
        raise ToolError(f"unknown planet {planet!r}: one of {', '.join(BODIES)}")
    epoch: Any = importlib.import_module("pymeeus.Epoch").Epoch(2000, 1, 1.5)
    body: Any = getattr(importlib.import_module(f"pymeeus.{name}"), name)
    _, axis, eccentricity, inclination, node, argument = body.orbital_elements_j2000(epoch)
    return float(axis), float(eccentricity), float(inclination), (float(node) + float(argument)) % 360


class PlanetOrbit(Result):
    """Mean orbital elements of a planet."""

    semi_major_axis: Annotated[
        SemiMajorAxis,
        Says(
            (
                "the semi-major axis of {planet} by Meeus' mean elements for J2000",
                "Meeus' J2000 mean semi-major axis for the orbit of {planet}",
            ),
            has="semi-major axis by Meeus' mean elements for J2000",
            ask=("What is the semi-major axis of the orbit of {planet}, by Meeus' mean elements for J2000?",),
            high="longest",
            low="shortest",
        ),
    ]
    eccentricity: Annotated[
        float,
        Quantity("", "", 4, role="orbital eccentricity"),
        Says(
            (
                "the orbital eccentricity of {planet} by Meeus' mean elements for J2000",
                "Meeus' J2000 mean eccentricity for the orbit of {planet}",
            ),
            has="orbital eccentricity by Meeus' mean elements for J2000",
            ask=("How eccentric is the orbit of {planet}, by Meeus' mean elements for J2000?",),
        ),
    ]
    inclination: Annotated[
        float,
        Quantity("degree", "degrees", 2),
        Says(
            ("the inclination to the ecliptic of J2000 of {planet} by Meeus' mean elements",),
            has="inclination to the ecliptic of J2000 by Meeus' mean elements",
            ask=("By how many degrees is the orbit of {planet} inclined to the J2000 ecliptic, by Meeus' elements?",),
        ),
    ]


@tool(
    domain="academic",
    kind="R",
    sources=[PYMEEUS],
    probes=[
        Probe(
            {"planet": "Mars"},
            {"/semi_major_axis": 1.523679342, "/eccentricity": 0.09340065, "/inclination": 1.849726},
            "Meeus, Astronomical Algorithms, table 31.A",
        ),
        Probe(
            {"planet": "Mercury"},
            {"/semi_major_axis": 0.387098310, "/eccentricity": 0.20563175, "/inclination": 7.004986},
            "Meeus, Astronomical Algorithms, table 31.A",
        ),
    ],
)
def planet_orbit(planet: Planet) -> PlanetOrbit:
    """Semi-major axis, eccentricity and inclination of a planet's mean orbit at J2000 (Meeus' tables, PyMeeus)."""
    axis, eccentricity, inclination, _ = _elements(planet)
    return PlanetOrbit(
        semi_major_axis=round(axis, 10), eccentricity=round(eccentricity, 10), inclination=round(inclination, 8)
    )


class OrbitalPeriod(Result):
    """Period and mean speed of an orbit around the Sun."""

    period: Annotated[
        float,
        Quantity("julian_year", "years", 3, role="orbital period"),
        Says(
            (
                "the orbital period by Kepler's third law (P² = a³ in years and astronomical units) with a semi-major "
                "axis equal to {semi_major_axis}",
            ),
            ask=(
                "By Kepler's third law in the form P² = a³ (years and astronomical units), how long does a body with a "
                "semi-major axis equal to {semi_major_axis} take to go once around the Sun?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[SCIPY],
    probes=[
        Probe({"semi_major_axis": 4.0}, {"/period": 8.0}, "P² = a³"),
        Probe({"semi_major_axis": 5.2026}, {"/period": 5.2026**1.5}, "P² = a³"),
    ],
)
def orbital_period(
    semi_major_axis: Annotated[SemiMajorAxis, Draw.decimal(0.3, 90, 2, suffix=" au"), Field(gt=0, le=1e5)],
) -> OrbitalPeriod:
    """Orbital period around the Sun by Kepler's third law, P² = a³."""
    return OrbitalPeriod(period=semi_major_axis**1.5)


class Apsides(Result):
    """Nearest and farthest points of an orbit."""

    perihelion: Annotated[
        float,
        Quantity("astronomical_unit", "astronomical units", 3, role="distance in the solar system"),
        Says(
            (
                "the perihelion distance, a(1 − e), with a semi-major axis equal to {semi_major_axis} and an eccentricity equal to "
                "{eccentricity}",
            ),
            ask=(
                "How near to the Sun does a body come on an orbit with a semi-major axis equal to {semi_major_axis} and an "
                "eccentricity equal to {eccentricity}?",
            ),
        ),
    ]
    aphelion: Annotated[
        float,
        Quantity("astronomical_unit", "astronomical units", 3, role="distance in the solar system"),
        Says(
            (
                "the aphelion distance, a(1 + e), with a semi-major axis equal to {semi_major_axis} and an eccentricity equal to "
                "{eccentricity}",
            ),
            ask=(
                "How far from the Sun does a body go on an orbit with a semi-major axis equal to {semi_major_axis} and an "
                "eccentricity equal to {eccentricity}?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[SCIPY],
    probes=[
        Probe(
            {"semi_major_axis": 1.523679, "eccentricity": 0.0934},
            {"/perihelion": 1.523679 * (1 - 0.0934), "/aphelion": 1.523679 * (1 + 0.0934)},
            "a(1 - e) and a(1 + e)",
        )
    ],
)
def orbit_apsides(
    semi_major_axis: Annotated[SemiMajorAxis, Draw.decimal(0.3, 90, 2, suffix=" au"), Field(gt=0, le=1e5)],
    eccentricity: Annotated[
        float, Quantity("", "", 4, role="orbital eccentricity"), Draw.decimal(0.02, 0.95, 2), Field(ge=0, lt=1)
    ],
) -> Apsides:
    """Perihelion and aphelion distance of an elliptic orbit around the Sun."""
    return Apsides(perihelion=semi_major_axis * (1 - eccentricity), aphelion=semi_major_axis * (1 + eccentricity))


class LightTime(Result):
    """How long light takes."""

    minutes: Annotated[
        float,
        Quantity("minute", "minutes", 1),
        Says(
            (
                "the time that light takes to cross {distance}",
                "the light travel time over {distance}",
            ),
            ask=("How many minutes does light take to cross {distance}?",),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[SCIPY],
    probes=[
        Probe({"distance": 1.0}, {"/minutes": 149_597_870_700 / 299_792_458 / 60}, "IAU 2012 au; 499.0048 s"),
    ],
)
def light_travel_time(
    distance: Annotated[
        float,
        Quantity("astronomical_unit", "astronomical units", 3, role="distance in the solar system"),
        Draw.decimal(0.3, 60, 2, suffix=" au"),
        Field(gt=0, le=1e6),
    ],
) -> LightTime:
    """Time that light takes over a distance in astronomical units (IAU au, CODATA c)."""
    import scipy.constants as constants

    return LightTime(minutes=distance * constants.au / constants.c / 60)
