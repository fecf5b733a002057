"""Sea water and gravity by TEOS-10."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.earth.data_sources import GSW
from dive_assets.toolpool.earth.entity_types import SEA_TEMPERATURE, Place
from dive_assets.toolpool.shared.data_sources import STANDARD_LIBRARY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.tool import Probe, tool

Salinity = Annotated[float, Draw.decimal(28, 38, 1, suffix=" g/kg"), Field(description="in g/kg", ge=0, le=42)]


class SurfaceWater(Result):
    """Sea water at the surface."""

    density: Annotated[
        float,
        Quantity("kilogram/meter**3", "kilograms per cubic metre", 2),
        Says(
            (
                "the TEOS-10 density of surface sea water at {temperature} with an absolute salinity of {salinity}",
                "the density by TEOS-10 of sea water at the surface, at {temperature} and an absolute salinity of {salinity}",
            ),
            ask=(
                "How dense is surface sea water at {temperature} with an absolute salinity of {salinity} by TEOS-10?",
            ),
        ),
    ]
    sound_speed: Annotated[
        float,
        Quantity("meter/second", "metres per second", 1, role="sound speed"),
        Says(
            (
                "the TEOS-10 sound speed in surface sea water at {temperature} with an absolute salinity of {salinity}",
                "the speed of sound by TEOS-10 in sea water at the surface, at {temperature} and an absolute salinity "
                "of {salinity}",
            ),
            ask=(
                "How fast is sound in surface sea water at {temperature} with an absolute salinity of {salinity} by "
                "TEOS-10?",
            ),
        ),
    ]
    heat_capacity: Annotated[
        float,
        Quantity("joule/(kilogram*kelvin)", "joules per kilogram and kelvin", 0),
        Says(
            "the TEOS-10 specific heat capacity of surface sea water at {temperature} with an absolute salinity of "
            "{salinity}",
            ask=(
                "Which specific heat capacity has surface sea water at {temperature} with an absolute salinity of "
                "{salinity} by TEOS-10?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[GSW],
    probes=[
        Probe(
            {"temperature": 28.7856, "salinity": 34.7118, "pressure": 10},
            {"/density": 1021.839935738108, "/heat_capacity": 4002.888003958537},
            "examples of the R package gsw (gsw_rho at CT = 28.8099 °C, gsw_cp_t_exact)",
        ),
        Probe({"temperature": 15, "salinity": 35.1}, {"/density": 1025.925565}),
    ],
)
def surface_sea_water(
    temperature: Annotated[
        float, SEA_TEMPERATURE, Draw.decimal(2, 30, 1, suffix=" °C"), Field(description="in °C", ge=-2, le=40)
    ],
    salinity: Salinity,
    pressure: Annotated[float, Field(ge=0, le=10000, description="sea pressure in dbar, 0 at the surface")] = 0,
) -> SurfaceWater:
    """Density, sound speed and heat capacity of sea water, at the surface unless a pressure is given (TEOS-10; gsw)."""
    import gsw

    conservative = gsw.CT_from_t(salinity, temperature, pressure)
    return SurfaceWater(
        density=float(gsw.rho(salinity, conservative, pressure)),
        sound_speed=float(gsw.sound_speed(salinity, conservative, pressure)),
        heat_capacity=float(gsw.cp_t_exact(salinity, temperature, pressure)),
    )


class Freezing(Result):
    """Freezing of sea water."""

    freezing_point: Annotated[
        float,
        Quantity("degC", "degrees Celsius", 3, ratio=False),
        Says(
            (
                "the TEOS-10 freezing point of air-saturated sea water with an absolute salinity of {salinity} at a sea "
                "pressure of {pressure}",
                "the temperature at which air-saturated sea water with an absolute salinity of {salinity} freezes under a sea pressure of "
                "{pressure} by TEOS-10",
            ),
            ask=(
                "By TEOS-10, at which temperature does air-saturated sea water with an absolute salinity of {salinity} "
                "freeze at a sea pressure of {pressure}?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[GSW],
    probes=[
        Probe(
            {"salinity": 34.7118, "pressure": 10},
            {"/freezing_point": -1.902730710149803},
            "example of gsw_t_freezing in the R package gsw",
        )
    ],
)
def sea_water_freezing_point(
    salinity: Salinity,
    pressure: Annotated[
        float, Draw.integer(0, 2000, step=50, suffix=" dbar"), Field(description="in dbar", ge=0, le=10000)
    ],
) -> Freezing:
    """Freezing point of air-saturated sea water at an absolute salinity and a sea pressure (TEOS-10; gsw)."""
    import gsw

    return Freezing(freezing_point=float(gsw.t_freezing(salinity, pressure, 1)))


class OceanDepth(Result):
    """Depth under the surface for a pressure."""

    depth: Annotated[
        float,
        Quantity("meter", "metres", 1, role="ocean depth"),
        Says(
            (
                "the TEOS-10 ocean depth at a sea pressure of {pressure} on the latitude of {place}",
                "the depth by TEOS-10 at which the sea pressure is {pressure} on the latitude of {place}",
            ),
            has="ocean depth at a sea pressure of {pressure} by TEOS-10",
            ask=("By TEOS-10, how deep is the ocean where the sea pressure is {pressure} on the latitude of {place}?",),
            high="greatest",
            low="smallest",
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[GSW],
    probes=[
        Probe(
            {"pressure": 1000, "place": {"latitude": 4, "longitude": 0}},
            {"/depth": 992.0919060719987},
            "example of gsw_z_from_p in the R package gsw",
        ),
        Probe(
            {"pressure": 10, "place": {"latitude": 4, "longitude": 0}},
            {"/depth": 9.9445834469453},
            "example of gsw_z_from_p in the R package gsw",
        ),
    ],
)
def ocean_depth(
    pressure: Annotated[
        float, Draw.integer(100, 6000, step=100, suffix=" dbar"), Field(description="in dbar", ge=0, le=12000)
    ],
    place: Place,
) -> OceanDepth:
    """Depth for a sea pressure at the latitude of a place (TEOS-10; gsw)."""
    import gsw

    return OceanDepth(depth=-float(gsw.z_from_p(pressure, place.latitude)))


class Gravity(Result):
    """Gravity at sea level."""

    gravity: Annotated[
        float,
        Quantity("meter/second**2", "metres per second squared", 4, ratio=False, role="gravity"),
        Says(
            (
                "the normal gravity at sea level by TEOS-10 on the latitude of {place}",
                "TEOS-10's sea-level gravity for the latitude of {place}",
            ),
            has="normal gravity at sea level by TEOS-10",
            ask=("Which sea-level gravity does TEOS-10 give for the latitude of {place}?",),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[GSW],
    probes=[
        Probe({"place": {"latitude": 0, "longitude": 0}}, {"/gravity": 9.780327}, "GRS 80 equatorial gravity 9.780327"),
        Probe(
            {"place": {"latitude": 90, "longitude": 0}},
            {"/gravity": 9.832186205884799},
            "example of gsw_grav in the R package gsw",
        ),
    ],
)
def sea_level_gravity(place: Place) -> Gravity:
    """Gravity at sea level on the latitude of a place (TEOS-10; gsw)."""
    import gsw

    return Gravity(gravity=float(gsw.grav(place.latitude, 0)))


class SoundTravel(Result):
    """An echo sounding."""

    depth: Annotated[
        float,
        Quantity("meter", "metres", 0, role="ocean depth"),
        Says(
            (
                "the depth below an echo sounder whose ping returns after {time} at a sound speed of {sound_speed}",
                "the water depth that an echo time of {time} means at a sound speed of {sound_speed}",
            ),
            ask=(
                "How deep is the water if an echo sounder's ping returns after {time} at a sound speed of {sound_speed}?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[Probe({"time": 4, "sound_speed": 1500}, {"/depth": 3000}, "half the path of 6000 m")],
)
def echo_depth(
    time: Annotated[float, Draw.decimal(0.2, 8, 2, suffix=" s"), Field(description="in s", gt=0, le=20)],
    sound_speed: Annotated[
        float,
        Quantity("meter/second", "metres per second", 1, role="sound speed"),
        Draw.integer(1450, 1540, suffix=" m/s"),
        Field(description="in m/s", ge=1300, le=1700),
    ],
) -> SoundTravel:
    """Depth from a two-way echo time and a mean sound speed: c t / 2."""
    return SoundTravel(depth=sound_speed * time / 2)
