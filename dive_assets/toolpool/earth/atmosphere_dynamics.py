"""Pressure with height, potential temperature, and rotating flow."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.earth.data_sources import ALTITUDE_MAP, FLUIDS
from dive_assets.toolpool.earth.entity_types import (
    AIR_PRESSURE,
    ELEVATION,
    WIND_SPEED,
    AirPressure,
    AirTemperature,
    Place,
    WindSpeed,
)
from dive_assets.toolpool.shared.data_sources import STANDARD_LIBRARY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

EARTH_ROTATION = 7.292115e-5  # rad/s, WGS 84
AIR_DENSITY = 1.225  # kg/m3, ICAO standard atmosphere at sea level


class SiteElevation(Result):
    """Height of the ground."""

    elevation: Annotated[
        float,
        ELEVATION,
        Says(
            (
                "the elevation of {place} on pvlib's coarse altitude map",
                "the ground elevation that pvlib's altitude map gives for {place}",
            ),
            has="elevation on pvlib's coarse altitude map",
            ask=("At which elevation is {place} on pvlib's coarse altitude map?",),
        ),
    ]


@tool(
    domain="earth",
    kind="R",
    sources=[ALTITUDE_MAP],
    determinism="snapshot",
    probes=[
        Probe({"place": {"latitude": -1.28333, "longitude": 36.81667}}, {"/elevation": 1706}),
    ],
)
def site_elevation(place: Place) -> SiteElevation:
    """Ground elevation of a place on the low-resolution altitude map that pvlib ships (Mapzen terrain tiles)."""
    from pvlib.location import lookup_altitude

    elevation = float(lookup_altitude(place.latitude, place.longitude))
    if not -450 <= elevation <= 9000:
        raise ToolError("the altitude map has no land there")
    return SiteElevation(elevation=round(elevation, 1))


class StandardAir(Result):
    """The US Standard Atmosphere 1976 at an elevation."""

    pressure: Annotated[
        float,
        AIR_PRESSURE,
        Says(
            (
                "the air pressure of the 1976 US Standard Atmosphere at {elevation}",
                "the pressure that the 1976 US Standard Atmosphere gives at {elevation}",
            ),
            ask=("Which air pressure does the 1976 US Standard Atmosphere give at {elevation}?",),
        ),
    ]
    temperature: Annotated[
        float,
        Quantity("degC", "degrees Celsius", 1, ratio=False),
        Says(
            "the temperature of the 1976 US Standard Atmosphere at {elevation}",
            ask=("How warm is the 1976 US Standard Atmosphere at {elevation}?",),
        ),
    ]
    density: Annotated[
        float,
        Quantity("kilogram/meter**3", "kilograms per cubic metre", 3, role="air density"),
        Says(
            "the air density of the 1976 US Standard Atmosphere at {elevation}",
            ask=("How dense is the 1976 US Standard Atmosphere at {elevation}?",),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[FLUIDS],
    probes=[
        Probe({"elevation": 0}, {"/pressure": 1013.25, "/temperature": 15.0}, "US Standard Atmosphere 1976, sea level"),
        Probe(
            {"elevation": 5000},
            {"/temperature": 15 - 0.0065 * 6356766 * 5000 / (6356766 + 5000)},
            "US Standard Atmosphere 1976, table I: 255.676 K and 540.48 hPa at 5000 m",
        ),
    ],
)
def standard_atmosphere(
    elevation: Annotated[
        float,
        ELEVATION,
        Draw.integer(100, 8500, step=50, suffix=" m above sea level"),
        Field(description="in m above sea level", ge=-500, le=80000),
    ],
) -> StandardAir:
    """Pressure, temperature and density of the US Standard Atmosphere 1976 at a geometric height (fluids)."""
    from fluids.atmosphere import ATMOSPHERE_1976

    air = ATMOSPHERE_1976(elevation)
    return StandardAir(pressure=air.P / 100, temperature=air.T - 273.15, density=air.rho)


class Potential(Result):
    """Potential temperature."""

    potential_temperature: Annotated[
        float,
        Quantity("kelvin", "kelvins", 1, ratio=False, role="potential temperature"),
        Says(
            (
                "the potential temperature (1,000 hPa, exponent 0.2854) of dry air at {temperature} and {pressure}",
                "the temperature that dry air at {temperature} and {pressure} takes on at 1,000 hPa with the exponent "
                "0.2854",
            ),
            ask=(
                "Which potential temperature (1,000 hPa, exponent 0.2854) has dry air at {temperature} and {pressure}?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe({"temperature": 12.5, "pressure": 1000}, {"/potential_temperature": 285.65}, "at the reference pressure"),
        Probe(
            {"temperature": 0, "pressure": 700},
            {"/potential_temperature": 273.15 * (10 / 7) ** 0.2854},
            "Bolton 1980, Mon. Weather Rev. 108, by hand: 302.4 K",
        ),
    ],
)
def potential_temperature(temperature: AirTemperature, pressure: AirPressure) -> Potential:
    """Potential temperature T (1000 hPa / p)^0.2854 of dry air (Bolton 1980)."""
    return Potential(potential_temperature=(temperature + 273.15) * (1000 / pressure) ** 0.2854)


def _coriolis(latitude: float) -> float:
    return 2 * EARTH_ROTATION * math.sin(math.radians(latitude))


def _off_equator(place: Place) -> float:
    if abs(place.latitude) < 5:
        raise ToolError("within 5 degrees of the equator the geostrophic balance does not hold", "invalid_arguments")
    return abs(_coriolis(place.latitude))


class Coriolis(Result):
    """Earth rotation felt at a place."""

    parameter: Annotated[
        float,
        Quantity("1e-5/second", "10⁻⁵ per second", 3, ratio=False),
        Says(
            (
                "the Coriolis parameter (south negative) at the latitude of {place}",
                "the Coriolis parameter, negative in the south, for {place}",
            ),
            has="Coriolis parameter (south negative)",
            ask=("What is the Coriolis parameter (south negative) at the latitude of {place}?",),
        ),
    ]
    rotation_speed: Annotated[
        float,
        Quantity("meter/second", "metres per second", 1),
        Says(
            "the speed due to the Earth's rotation on the WGS 84 ellipsoid at the latitude of {place}",
            has="speed due to the Earth's rotation on the WGS 84 ellipsoid",
            ask=("How fast does the Earth's rotation on the WGS 84 ellipsoid carry {place} along?",),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"place": {"latitude": 30, "longitude": 0}},
            {"/parameter": 7.292115},
            "2 * 7.292115e-5 / s * sin 30°",
        ),
        Probe(
            {"place": {"latitude": 0, "longitude": 0}},
            {"/parameter": 0, "/rotation_speed": 6378137 * 7.292115e-5},
            "the equatorial radius times the angular speed of WGS 84: 465.1 m/s",
        ),
    ],
)
def earth_rotation(place: Place) -> Coriolis:
    """Coriolis parameter 2 Ω sin φ and rotation speed of a place on the WGS 84 ellipsoid (Ω = 7.292115e-5 rad/s)."""
    latitude = math.radians(place.latitude)
    flattening = 1 / 298.257223563
    square = flattening * (2 - flattening)
    axis_distance = 6378137 * math.cos(latitude) / math.sqrt(1 - square * math.sin(latitude) ** 2)
    return Coriolis(parameter=_coriolis(place.latitude) * 1e5, rotation_speed=axis_distance * EARTH_ROTATION)


class Geostrophic(Result):
    """Geostrophic wind."""

    wind_speed: Annotated[
        float,
        WIND_SPEED,
        Says(
            (
                "the geostrophic wind speed at {place} under a pressure gradient of {gradient} and a density of 1.225 "
                "kg/m³",
                "the speed of the geostrophic wind for air of 1.225 kg/m³ over {place} in a pressure gradient of "
                "{gradient}",
            ),
            has="geostrophic wind speed under a gradient of {gradient} and a density of 1.225 kg/m³",
            ask=(
                "How fast is the geostrophic wind at {place} under a pressure gradient of {gradient} with air of 1.225 "
                "kg/m³?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"place": {"latitude": 45, "longitude": 0}, "gradient": 1},
            {"/wind_speed": 0.001 / (1.225 * 2 * 7.292115e-5 * math.sin(math.pi / 4))},
            "Holton: (1/ρf) dp/dn by hand, 7.9 m/s",
        )
    ],
)
def geostrophic_wind(
    place: Place,
    gradient: Annotated[
        float, Draw.decimal(0.5, 4, 1, suffix=" hPa per 100 km"), Field(description="in hPa per 100 km", gt=0, le=20)
    ],
) -> Geostrophic:
    """Geostrophic wind (dp/dn) / (ρ f) at a place, ρ = 1.225 kg/m³ (Holton, Dynamic Meteorology)."""
    return Geostrophic(wind_speed=gradient * 100 / 100_000 / (AIR_DENSITY * _off_equator(place)))


class Rossby(Result):
    """Rossby number and inertial period."""

    number: Annotated[
        float,
        Quantity("", "", 3),
        Says(
            (
                "the Rossby number at the latitude of {place} for a flow of {wind_speed} over a length of {length}",
                "the Rossby number of motion with {wind_speed} and a length scale of {length} at {place}",
            ),
            ask=("Which Rossby number has a flow of {wind_speed} with a length scale of {length} at {place}?",),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"place": {"latitude": 30, "longitude": 0}, "wind_speed": 10, "length": 1000},
            {"/number": 10 / (7.292115e-5 * 1e6)},
            "U / (f L) by hand",
        )
    ],
)
def rossby_number(
    place: Place,
    wind_speed: WindSpeed,
    length: Annotated[float, Draw.integer(50, 3000, step=50, suffix=" km"), Field(description="in km", gt=0, le=20000)],
) -> Rossby:
    """Rossby number U / (f L) at the latitude of a place (Holton, Dynamic Meteorology)."""
    return Rossby(number=wind_speed / (_off_equator(place) * length * 1000))
