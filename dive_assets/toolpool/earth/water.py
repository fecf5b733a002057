"""Rain, channels, groundwater and hydropower."""

from __future__ import annotations

import math
from functools import cache
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.earth.data_sources import FLUIDS
from dive_assets.toolpool.earth.entity_types import CHANNEL, DISCHARGE
from dive_assets.toolpool.earth.us_geography import AREA
from dive_assets.toolpool.shared.data_sources import STANDARD_LIBRARY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

ROUGHNESS = Quantity("", "", 3, role="Manning coefficient")


class Rainfall(Result):
    """Water that a rain brings to an area."""

    volume: Annotated[
        float,
        Quantity("million cubic metres", "million cubic metres", 2, additive=True),
        Says(
            (
                "the volume of water that {depth} of rain brings to {area}",
                "the rain volume of {depth} falling on {area}",
            ),
            ask=("How much water does {depth} of rain bring to {area}?",),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[Probe({"depth": 25, "area": 4000}, {"/volume": 100}, "0.025 m * 4e9 m2 = 1e8 m3")],
)
def rain_volume(
    depth: Annotated[float, Draw.integer(5, 150, suffix=" mm"), Field(description="in mm", gt=0, le=20000)],
    area: Annotated[
        float, AREA, Draw.integer(10, 5000, step=10, suffix=" km²"), Field(description="in km²", gt=0, le=6e8)
    ],
) -> Rainfall:
    """Volume of a depth of rain on an area: depth times area."""
    return Rainfall(volume=depth * area / 1000)


@cache
def channel_types() -> dict[str, float]:
    """Normal Manning coefficients by kind of channel, from Chow's table in `fluids`."""
    from fluids import open_flow

    found: dict[str, float] = {}
    for kind, table in (
        ("flood plain", open_flow.n_natural["Flood plains"]),
        ("minor stream", open_flow.n_natural["Minor streams"]),
    ):
        for name, (_, normal, _) in table.items():
            found[f"a {kind} ({name[0].lower()}{name[1:]})"] = normal
    for group, table in open_flow.n_excavated_dredged.items():
        for name, (_, normal, _) in table.items():
            words = f"{group[0].lower()}{group[1:]}; {name[0].lower()}{name[1:]}".replace("jaged", "jagged")
            found[f"an excavated channel ({words})"] = normal
    for group, table in open_flow.n_lined_built.items():
        for name, (_, normal, _) in table.items():
            if group != "Vegatal":
                found[f"a lined channel ({group.lower()}; {name[0].lower()}{name[1:]})"] = normal
    return found


class Roughness(Result):
    """Manning coefficient of a kind of channel."""

    coefficient: Annotated[
        float,
        ROUGHNESS,
        Says(
            (
                "the normal Manning coefficient of {channel} in Chow's table",
                "Chow's normal value of Manning's n for {channel}",
            ),
            has="normal Manning coefficient in Chow's table",
            ask=("Which normal value of Manning's n does Chow's table give for {channel}?",),
        ),
    ]


@tool(
    domain="earth",
    kind="R",
    sources=[FLUIDS],
    probes=[
        Probe(
            {"channel": "a flood plain (pasture, no brush, short grass)"},
            {"/coefficient": 0.03},
            "Chow 1959, Open-Channel Hydraulics, table 5-6: 0.030",
        ),
        Probe({"channel": "a lined channel (brick; glazed)"}, {"/coefficient": 0.013}),
    ],
)
def manning_coefficient(
    channel: Annotated[str, CHANNEL, Field(description="as the seeds name it", max_length=250)],
) -> Roughness:
    """Normal Manning coefficient of a kind of channel (Chow 1959, in fluids)."""
    normal = channel_types().get(channel.strip())
    if normal is None:
        raise ToolError(f"unknown kind of channel {channel!r}")
    return Roughness(coefficient=normal)


class ManningFlow(Result):
    """Uniform flow in a rectangular channel."""

    velocity: Annotated[
        float,
        Quantity("meter/second", "metres per second", 2),
        Says(
            (
                "the mean velocity by Manning's equation in a rectangular channel {width} wide and {depth} deep with a "
                "slope of {slope} and a Manning coefficient of {coefficient}",
                "Manning's flow velocity in a rectangular channel with a width of {width}, a water depth of {depth}, a "
                "slope of {slope} and a Manning coefficient of {coefficient}",
            ),
            ask=(
                "How fast is the flow by Manning's equation in a rectangular channel {width} wide and {depth} deep with "
                "a slope of {slope} and a Manning coefficient of {coefficient}?",
            ),
        ),
    ]
    discharge: Annotated[
        float,
        DISCHARGE,
        Says(
            (
                "the discharge by Manning's equation of a rectangular channel {width} wide and {depth} deep with a slope "
                "of {slope} and a Manning coefficient of {coefficient}",
            ),
            ask=(
                "How much water does a rectangular channel {width} wide and {depth} deep carry by Manning's equation "
                "with a slope of {slope} and a Manning coefficient of {coefficient}?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[FLUIDS],
    probes=[
        Probe(
            {"coefficient": 0.03, "width": 10, "depth": 2, "slope": 0.1},
            {
                "/velocity": (20 / 14) ** (2 / 3) * math.sqrt(0.001) / 0.03,
                "/discharge": 20 * (20 / 14) ** (2 / 3) * math.sqrt(0.001) / 0.03,
            },
            "R^(2/3) S^(1/2) / n by hand",
        )
    ],
)
def manning_flow(
    coefficient: Annotated[float, ROUGHNESS, Draw.decimal(0.012, 0.08, 3), Field(ge=0.005, le=0.5)],
    width: Annotated[float, Draw.integer(2, 40, suffix=" m"), Field(description="in m", gt=0, le=2000)],
    depth: Annotated[float, Draw.decimal(0.4, 5, 1, suffix=" m"), Field(description="in m", gt=0, le=100)],
    slope: Annotated[float, Draw.decimal(0.05, 2, 2, suffix=" %"), Field(description="in %", gt=0, le=50)],
) -> ManningFlow:
    """Velocity and discharge of uniform flow in a rectangular channel by Manning's equation (SI; fluids)."""
    from fluids.open_flow import V_Manning

    radius = width * depth / (width + 2 * depth)
    velocity = float(V_Manning(Rh=radius, S=slope / 100, n=coefficient))
    return ManningFlow(velocity=velocity, discharge=velocity * width * depth)


class Hydropower(Result):
    """Power of falling water."""

    power: Annotated[
        float,
        Quantity("megawatt", "megawatts", 2, additive=True, role="plant power"),
        Says(
            (
                "the electric power of a hydropower plant with a discharge of {discharge}, a head of {head} and an "
                "efficiency of {efficiency} (1,000 kg/m³, 9.81 m/s²)",
                "the hydropower (1,000 kg/m³, 9.81 m/s²) of a discharge of {discharge} over a head of {head} at an "
                "efficiency of {efficiency}",
            ),
            ask=(
                "With 1,000 kg/m³ and 9.81 m/s², how much power does a plant with a discharge of {discharge}, a head of "
                "{head} and an efficiency of {efficiency} deliver?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"discharge": 100, "head": 50, "efficiency": 90},
            {"/power": 44.145},
            "1000 * 9.81 * 100 * 50 * 0.9 W by hand",
        )
    ],
)
def hydropower(
    discharge: Annotated[
        float, DISCHARGE, Draw.integer(5, 900, suffix=" m³/s"), Field(description="in m³/s", gt=0, le=300000)
    ],
    head: Annotated[float, Draw.integer(5, 300, suffix=" m"), Field(description="in m", gt=0, le=2500)],
    efficiency: Annotated[float, Draw.integer(75, 95, suffix=" %"), Field(description="in %", gt=0, le=100)],
) -> Hydropower:
    """Hydropower ρ g Q H η with ρ = 1000 kg/m³ and g = 9.81 m/s²."""
    return Hydropower(power=1000 * 9.81 * discharge * head * efficiency / 100 / 1e6)


class DarcyFlow(Result):
    """Groundwater flow."""

    flux: Annotated[
        float,
        Quantity("millimeter/day", "millimetres per day", 1),
        Says(
            (
                "the Darcy velocity in an aquifer with a hydraulic conductivity of {conductivity} under a gradient of "
                "{gradient}",
                "the specific discharge by Darcy's law for a conductivity of {conductivity} and a hydraulic gradient of "
                "{gradient}",
            ),
            ask=(
                "Which specific discharge follows from Darcy's law for a conductivity of {conductivity} and a hydraulic "
                "gradient of {gradient}?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[Probe({"conductivity": 25, "gradient": 4}, {"/flux": 100}, "25 m/d * 0.004")],
)
def darcy_flux(
    conductivity: Annotated[
        float, Draw.decimal(0.5, 120, 1, suffix=" m/day"), Field(description="in m/day", gt=0, le=10000)
    ],
    gradient: Annotated[
        float, Draw.integer(1, 30, suffix=" per mille"), Field(description="in per mille", gt=0, le=1000)
    ],
) -> DarcyFlow:
    """Specific discharge K i of groundwater by Darcy's law (1856)."""
    return DarcyFlow(flux=conductivity * gradient)


class CurveNumberRunoff(Result):
    """Runoff by the SCS curve number method."""

    runoff: Annotated[
        float,
        Quantity("millimeter", "millimetres", 1, additive=True),
        Says(
            (
                "the SCS runoff depth from {rain} of rain at a curve number of {curve_number} (initial abstraction "
                "0.2 S)",
                "the direct runoff by the SCS curve number method (Ia = 0.2 S) for {rain} of rain and a curve number of "
                "{curve_number}",
            ),
            ask=(
                "By the SCS curve number method (Ia = 0.2 S), how much of {rain} of rain runs off at a curve number of "
                "{curve_number}?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"rain": 127, "curve_number": 80},
            {"/runoff": (127 - 12.7) ** 2 / (127 + 50.8)},
            "by hand: S = 50.8 mm, (P - 0.2 S)² / (P + 0.8 S)",
        )
    ],
)
def curve_number_runoff(
    rain: Annotated[float, Draw.integer(40, 250, suffix=" mm"), Field(description="in mm", ge=0, le=2000)],
    curve_number: Annotated[float, Draw.integer(55, 98), Field(ge=1, le=100)],
) -> CurveNumberRunoff:
    """Runoff (P - 0.2 S)² / (P + 0.8 S), S = 25400 / CN - 254 mm (NRCS National Engineering Handbook, part 630)."""
    retention = 25400 / curve_number - 254
    excess = max(0.0, rain - 0.2 * retention)
    return CurveNumberRunoff(runoff=excess**2 / (rain + 0.8 * retention) if excess else 0.0)
