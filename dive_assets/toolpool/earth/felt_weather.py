"""How weather feels: heat index, wind chill, the Beaufort scale."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.earth.entity_types import (
    AIR_TEMPERATURE,
    ColdAirTemperature,
    Humidity,
    WindSpeed,
)
from dive_assets.toolpool.shared.data_sources import STANDARD_LIBRARY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

HOTTEST_ON_THE_CHART = 140  # °F
FELT_TEMPERATURE = Quantity("degC", "degrees Celsius", 1, ratio=False)


class HeatIndex(Result):
    """The NWS heat index."""

    heat_index: Annotated[
        float,
        FELT_TEMPERATURE,
        Says(
            (
                "the US National Weather Service's heat index at {temperature} and {humidity}",
                "the heat index by the NWS's Rothfusz regression at {temperature} and {humidity}",
            ),
            ask=(
                "How hot does it feel at {temperature} and {humidity} by the US National Weather Service's heat index?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"temperature": 32, "humidity": 60},
            {
                "/heat_index": (
                    -42.379
                    + 2.04901523 * 89.6
                    + 10.14333127 * 60
                    - 0.22475541 * 89.6 * 60
                    - 6.83783e-3 * 89.6**2
                    - 5.481717e-2 * 60**2
                    + 1.22874e-3 * 89.6**2 * 60
                    + 8.5282e-4 * 89.6 * 60**2
                    - 1.99e-6 * 89.6**2 * 60**2
                    - 32
                )
                / 1.8
            },
            "the regression of SR 90-23 by hand, at 89.6 °F",
        ),
    ],
)
def heat_index(
    temperature: Annotated[
        float, AIR_TEMPERATURE, Draw.decimal(28, 41, 1, suffix=" °C"), Field(description="in °C", ge=-40, le=60)
    ],
    humidity: Humidity,
) -> HeatIndex:
    """Heat index of the US National Weather Service (Rothfusz 1990, SR 90-23, with its adjustments), from 80 °F up."""
    t, r = temperature * 1.8 + 32, humidity
    simple = (0.5 * (t + 61 + (t - 68) * 1.2 + r * 0.094) + t) / 2
    if simple < 80:
        raise ToolError("the heat index is defined for hot air: its simple form stays under 80 °F here")
    index = -42.379 + 2.04901523 * t + 10.14333127 * r - 0.22475541 * t * r - 6.83783e-3 * t * t
    index += -5.481717e-2 * r * r + 1.22874e-3 * t * t * r + 8.5282e-4 * t * r * r - 1.99e-6 * t * t * r * r
    if r < 13 and 80 <= t <= 112:
        index -= (13 - r) / 4 * math.sqrt((17 - abs(t - 95)) / 17)
    elif r > 85 and 80 <= t <= 87:
        index += (r - 85) / 10 * (87 - t) / 5
    if index > HOTTEST_ON_THE_CHART:
        raise ToolError("beyond the heat index chart of the National Weather Service", "invalid_arguments")
    return HeatIndex(heat_index=(index - 32) / 1.8)


class WindChill(Result):
    """Wind chill temperature."""

    wind_chill: Annotated[
        float,
        FELT_TEMPERATURE,
        Says(
            (
                "the wind chill temperature by the 2001 formula at {temperature} with the 10-metre wind at {wind_speed}",
                "the wind chill (2001 formula) at {temperature} and with the wind 10 m up at {wind_speed}",
            ),
            ask=(
                "By the 2001 wind chill formula, how cold does {temperature} feel with the 10-metre wind at {wind_speed}?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"temperature": -10, "wind_speed": 5},
            {"/wind_chill": 13.12 + 0.6215 * -10 - 11.37 * 18**0.16 + 0.3965 * -10 * 18**0.16},
            "the formula of 2001 by hand, with 18 km/h",
        ),
    ],
)
def wind_chill(temperature: ColdAirTemperature, wind_speed: WindSpeed) -> WindChill:
    """Wind chill of NWS and Environment Canada, 2001: 13.12 + 0.6215 T - 11.37 V^0.16 + 0.3965 T V^0.16 (km/h)."""
    if temperature > 10 or wind_speed * 3.6 < 4.8:
        raise ToolError("wind chill is defined up to 10 °C and from 4.8 km/h of wind", "invalid_arguments")
    power = (wind_speed * 3.6) ** 0.16
    return WindChill(wind_chill=13.12 + 0.6215 * temperature - 11.37 * power + 0.3965 * temperature * power)


BEAUFORT = (
    (0.2, "calm"),
    (1.5, "light air"),
    (3.3, "light breeze"),
    (5.4, "gentle breeze"),
    (7.9, "moderate breeze"),
    (10.7, "fresh breeze"),
    (13.8, "strong breeze"),
    (17.1, "near gale"),
    (20.7, "gale"),
    (24.4, "strong gale"),
    (28.4, "storm"),
    (32.6, "violent storm"),
)


class Beaufort(Result):
    """Beaufort number and name."""

    force: Annotated[
        int,
        Quantity("", "", 0, ratio=False, role="Beaufort number"),
        Says(
            ("the Beaufort number for wind at {wind_speed}", "the force on the Beaufort scale of wind at {wind_speed}"),
            ask=("Which force on the Beaufort scale has wind at {wind_speed}?",),
        ),
    ]
    description: Annotated[
        str,
        Text("the WMO's descriptive term"),
        Says(
            "the WMO's descriptive term on the Beaufort scale for wind at {wind_speed}",
            ask=("What does the WMO's Beaufort scale call wind at {wind_speed}?",),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe({"wind_speed": 18.0}, {"/force": 8, "/description": "gale"}, "WMO-No. 306: 17.2 to 20.7 m/s"),
        Probe({"wind_speed": 32.7}, {"/force": 12, "/description": "hurricane"}, "WMO-No. 306: 32.7 m/s and over"),
    ],
)
def beaufort_scale(wind_speed: WindSpeed) -> Beaufort:
    """Beaufort number and term of a wind speed, rounded to 0.1 m/s (WMO-No. 306, code table 1100)."""
    rounded = round(wind_speed, 1)
    force = next((number for number, (highest, _) in enumerate(BEAUFORT) if rounded <= highest), 12)
    return Beaufort(force=force, description=BEAUFORT[force][1] if force < 12 else "hurricane")
