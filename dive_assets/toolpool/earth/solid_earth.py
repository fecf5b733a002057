"""Earthquakes: fault size, magnitude, energy, distance, frequency."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.shared.data_sources import STANDARD_LIBRARY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

MAGNITUDE = Quantity("", "", 2, ratio=False, role="magnitude")
P_SPEED, S_SPEED = 6.0, 3.5  # km/s, crustal velocities that the questions state

Magnitude = Annotated[float, MAGNITUDE, Draw.decimal(4, 9, 1), Field(ge=-2, le=10)]


class Rupture(Result):
    """Seismic moment and moment magnitude of a rupture."""

    moment_magnitude: Annotated[
        float,
        MAGNITUDE,
        Says(
            (
                "the moment magnitude of a rupture {length} long and {width} wide with a mean slip of {slip} in rock of "
                "30 GPa rigidity",
                "the moment magnitude, at a rigidity of 30 GPa, of a fault {length} long and {width} wide that slips by "
                "{slip}",
            ),
            ask=(
                "At a rigidity of 30 GPa, which moment magnitude has the rupture of a fault {length} long and {width} "
                "wide that slips by {slip}?",
            ),
        ),
    ]
    moment: Annotated[
        float,
        Quantity("1e18 newton metre", "10¹⁸ newton metres", 2),
        Says(
            "the seismic moment of a rupture {length} long and {width} wide with a mean slip of {slip} in rock of 30 GPa "
            "rigidity",
            ask=(
                "At a rigidity of 30 GPa, which seismic moment has the rupture of a fault {length} long and {width} "
                "wide that slips by {slip}?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"length": 100, "width": 20, "slip": 2},
            {"/moment": 120, "/moment_magnitude": 2 / 3 * (math.log10(1.2e20) - 9.1)},
            "Hanks and Kanamori 1979, IASPEI form: 3e10 Pa * 2e9 m2 * 2 m",
        )
    ],
)
def rupture_magnitude(
    length: Annotated[float, Draw.integer(10, 900, step=5, suffix=" km"), Field(description="in km", gt=0, le=2000)],
    width: Annotated[float, Draw.integer(8, 150, suffix=" km"), Field(description="in km", gt=0, le=500)],
    slip: Annotated[float, Draw.decimal(0.3, 15, 1, suffix=" m"), Field(description="in m", gt=0, le=100)],
) -> Rupture:
    """Seismic moment (30 GPa * area * slip) and Mw = 2/3 (log10 M0 - 9.1) (Hanks and Kanamori 1979; IASPEI 2013)."""
    moment = 3e10 * length * 1e3 * width * 1e3 * slip
    return Rupture(moment=moment / 1e18, moment_magnitude=2 / 3 * (math.log10(moment) - 9.1))


class SeismicEnergy(Result):
    """Radiated energy of an earthquake."""

    energy: Annotated[
        float,
        Quantity("gigajoule", "gigajoules", 0, role="radiated energy"),
        Says(
            (
                "the radiated energy of an earthquake with a magnitude of {magnitude} by the Gutenberg-Richter energy relation "
                "(log E = 4.8 + 1.5 M)",
                "the seismic energy that log E = 4.8 + 1.5 M gives for a magnitude of {magnitude}",
            ),
            ask=(
                "By log E = 4.8 + 1.5 M, how much energy does an earthquake with a magnitude of {magnitude} radiate?",
            ),
        ),
    ]
    tnt: Annotated[
        float,
        Quantity("tonne of TNT", "tonnes of TNT", 0),
        Says(
            "the TNT equivalent (4.184 GJ per tonne) of the energy that log E = 4.8 + 1.5 M gives for a magnitude of "
            "{magnitude}",
            ask=(
                "To how many tonnes of TNT (4.184 GJ each) does the energy of an earthquake with a "
                "magnitude of {magnitude} correspond by log E = 4.8 + 1.5 M?",
            ),
        ),
    ]
    moment: Annotated[
        float,
        Quantity("1e15 newton metre", "10¹⁵ newton metres", 1),
        Says(
            "the seismic moment that Mw = 2/3 (log M0 - 9.1) gives for a magnitude of {magnitude}",
            ask=("Which seismic moment does Mw = 2/3 (log M0 - 9.1) give for a magnitude of {magnitude}?",),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"magnitude": 6},
            {"/energy": 10**4.8, "/tnt": 10**4.8 / 4.184, "/moment": 10**3.1},
            "log E = 4.8 + 1.5 M by hand: 10^13.8 J",
        )
    ],
)
def earthquake_energy(magnitude: Magnitude) -> SeismicEnergy:
    """Radiated energy 10^(4.8 + 1.5 M) J (Gutenberg and Richter 1956), TNT equivalent, seismic moment."""
    gigajoules = 10 ** (4.8 + 1.5 * magnitude - 9)
    return SeismicEnergy(energy=gigajoules, tnt=gigajoules / 4.184, moment=10 ** (1.5 * magnitude + 9.1 - 15))


class MagnitudeOfEnergy(Result):
    """Magnitude that belongs to an energy."""

    magnitude: Annotated[
        float,
        MAGNITUDE,
        Says(
            (
                "the magnitude that log E = 4.8 + 1.5 M gives for a radiated energy of {energy}",
                "the earthquake magnitude to which a radiated energy of {energy} corresponds by log E = 4.8 + 1.5 M",
            ),
            ask=("By log E = 4.8 + 1.5 M, to which magnitude does a radiated energy of {energy} correspond?",),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[Probe({"energy": 10**4.8}, {"/magnitude": 6.0}, "(13.8 - 4.8) / 1.5")],
)
def magnitude_of_energy(
    energy: Annotated[
        float,
        Quantity("gigajoule", "gigajoules", 0, role="radiated energy"),
        Draw.integer(100, 9_000_000, step=100, suffix=" GJ"),
        Field(description="in GJ", gt=0, le=1e13),
    ],
) -> MagnitudeOfEnergy:
    """Magnitude (log10 E - 4.8) / 1.5 of a radiated energy in gigajoules (Gutenberg and Richter 1956)."""
    return MagnitudeOfEnergy(magnitude=(math.log10(energy * 1e9) - 4.8) / 1.5)


class EpicentralDistance(Result):
    """Distance from the lag between P and S waves."""

    distance: Annotated[
        float,
        Quantity("kilometer", "kilometres", 1, role="hypocentral distance"),
        Says(
            (
                "the distance to an earthquake whose S wave arrives {lag} after its P wave at speeds of 3.5 and 6.0 km/s",
                "the hypocentral distance for an S-minus-P time of {lag} with wave speeds of 6.0 km/s (P) and 3.5 km/s "
                "(S)",
            ),
            ask=("How far away is an earthquake if the S wave (3.5 km/s) arrives {lag} after the P wave (6.0 km/s)?",),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[Probe({"lag": 10}, {"/distance": 84.0}, "10 s / (1/3.5 - 1/6.0) s/km = 84 km")],
)
def hypocentral_distance(
    lag: Annotated[float, Draw.decimal(1, 60, 1, suffix=" s"), Field(description="in s", gt=0, le=600)],
) -> EpicentralDistance:
    """Distance of an earthquake from the S-P time with Vp = 6.0 km/s and Vs = 3.5 km/s."""
    return EpicentralDistance(distance=lag / (1 / S_SPEED - 1 / P_SPEED))


class WaveTimes(Result):
    """Travel times over a distance."""

    p_time: Annotated[
        float,
        Quantity("second", "seconds", 1),
        Says(
            (
                "the travel time of a P wave at 6.0 km/s over {distance}",
                "the time that a P wave at 6.0 km/s takes for {distance}",
            ),
            ask=("How long does a P wave at 6.0 km/s take for {distance}?",),
        ),
    ]
    lag: Annotated[
        float,
        Quantity("second", "seconds", 1),
        Says(
            "the S-minus-P time over {distance} at wave speeds of 6.0 km/s (P) and 3.5 km/s (S)",
            ask=("How long after the P wave (6.0 km/s) does the S wave (3.5 km/s) arrive over {distance}?",),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[Probe({"distance": 84}, {"/p_time": 14, "/lag": 10}, "84 / 6 s; 84 / 3.5 - 84 / 6 s")],
)
def seismic_travel_times(
    distance: Annotated[
        float,
        Quantity("kilometer", "kilometres", 1, role="hypocentral distance"),
        Draw.integer(20, 600, suffix=" km"),
        Field(description="in km", gt=0, le=1000),
    ],
) -> WaveTimes:
    """Travel times of P and S waves through uniform crust with Vp = 6.0 km/s and Vs = 3.5 km/s."""
    return WaveTimes(p_time=distance / P_SPEED, lag=distance / S_SPEED - distance / P_SPEED)


class Frequency(Result):
    """How often earthquakes of a magnitude come."""

    yearly: Annotated[
        float,
        Quantity("earthquakes per year", "earthquakes per year", 3),
        Says(
            (
                "the yearly number of earthquakes with a magnitude of at least {magnitude} by a Gutenberg-Richter law with a = "
                "{a} and b = {b}",
                "the annual rate of earthquakes with a magnitude of at least {magnitude} for Gutenberg-Richter values a = {a} "
                "and b = {b}",
            ),
            ask=(
                "By a Gutenberg-Richter law with a = {a} and b = {b}, how many earthquakes with a magnitude of at "
                "least {magnitude} come in a year?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[Probe({"magnitude": 6, "a": 5.0, "b": 1.0}, {"/yearly": 0.1}, "10^(5 - 6)")],
)
def gutenberg_richter(
    magnitude: Magnitude,
    a: Annotated[float, Draw.decimal(4, 7, 1), Field(ge=-5, le=12)],
    b: Annotated[float, Draw.decimal(0.8, 1.2, 2), Field(ge=0.2, le=3)],
) -> Frequency:
    """Yearly number of earthquakes of at least a magnitude, 10^(a - b M) (Gutenberg and Richter 1944)."""
    if a - b * magnitude > 8:
        raise ToolError("such values mean over a hundred million earthquakes a year", "invalid_arguments")
    if a - b * magnitude < -2:
        raise ToolError("such values mean less than one earthquake in a hundred years", "invalid_arguments")
    return Frequency(yearly=10 ** (a - b * magnitude))
