"""Power in the wind."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.earth.entity_types import WindSpeed
from dive_assets.toolpool.shared.data_sources import STANDARD_LIBRARY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.tool import Probe, tool

AIR_DENSITY = Quantity("kilogram/meter**3", "kilograms per cubic metre", 3, role="air density")


class WindPower(Result):
    """Power in the wind and its Betz limit."""

    betz_power: Annotated[
        float,
        Quantity("kilowatt", "kilowatts", 0, additive=True),
        Says(
            (
                "the Betz limit of a rotor {diameter} across in wind at {wind_speed} and air of {density}",
                "the most power, by Betz's limit of 16/27, that a rotor {diameter} across can draw from wind at "
                "{wind_speed} in air of {density}",
            ),
            ask=(
                "By Betz's limit, how much power can a rotor {diameter} across draw from wind at {wind_speed} in air of "
                "{density}?",
            ),
        ),
    ]
    power_density: Annotated[
        float,
        Quantity("watt/meter**2", "watts per square metre", 0),
        Says(
            "the power per area that wind at {wind_speed} in air of {density} sends through a rotor {diameter} across",
            ask=(
                "How many watts per square metre does wind at {wind_speed} in air of {density} send through a rotor "
                "{diameter} across?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"wind_speed": 10, "diameter": 100, "density": 1.225},
            {"/betz_power": 16 / 27 * 0.5 * 1.225 * math.pi * 2500, "/power_density": 612.5},
            "Betz 1920: 16/27 of ρ A v³ / 2, by hand",
        )
    ],
)
def betz_power(
    wind_speed: WindSpeed,
    diameter: Annotated[float, Draw.integer(20, 220, step=5, suffix=" m"), Field(description="in m", gt=0, le=400)],
    density: Annotated[
        float, AIR_DENSITY, Draw.decimal(1.0, 1.3, 2, suffix=" kg/m³"), Field(description="in kg/m³", gt=0, le=2)
    ],
) -> WindPower:
    """Betz limit 16/27 * ρ A v³ / 2 of a wind rotor (Betz 1920)."""
    flux = 0.5 * density * wind_speed**3
    return WindPower(betz_power=16 / 27 * flux * math.pi * diameter**2 / 4 / 1000, power_density=flux)


class HubWind(Result):
    """Wind at hub height."""

    wind_speed: Annotated[
        float,
        Quantity("meter/second", "metres per second", 1, role="wind speed"),
        Says(
            (
                "the wind at a hub height of {height} by the 1/7 power law if wind at {wind_speed} is measured 10 m up",
                "the speed that the 1/7 power law gives for a height of {height} from wind at {wind_speed} 10 m up",
            ),
            ask=(
                "By the 1/7 power law, how fast is the wind at a height of {height} when wind at {wind_speed} is "
                "measured 10 m up?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe({"wind_speed": 5, "height": 1280}, {"/wind_speed": 10.0}, "128^(1/7) = 2"),
    ],
)
def hub_height_wind(
    wind_speed: WindSpeed,
    height: Annotated[float, Draw.integer(40, 170, step=5, suffix=" m"), Field(description="in m", ge=1, le=2000)],
) -> HubWind:
    """Wind at a height by the 1/7 power law from 10 m (Justus and Mikhail 1976)."""
    return HubWind(wind_speed=wind_speed * (height / 10) ** (1 / 7))
