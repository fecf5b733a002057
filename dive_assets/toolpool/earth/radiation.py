"""Sunlight at the ground: clear sky, air mass, reflection."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.earth.data_sources import PVLIB
from dive_assets.toolpool.earth.entity_types import (
    IRRADIANCE,
    ZENITH,
    Irradiance,
)
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool


class ClearSky(Result):
    """Clear-sky irradiance and air mass under a zenith angle."""

    irradiance: Annotated[
        float,
        IRRADIANCE,
        Says(
            (
                "the clear-sky global horizontal irradiance by the Haurwitz model with the sun at {zenith}",
                "the Haurwitz model's clear-sky global irradiance on the level with the sun at {zenith}",
            ),
            ask=(
                "By the Haurwitz model, how much clear-sky irradiance does level ground receive with the sun at "
                "{zenith}?",
            ),
        ),
    ]
    air_mass: Annotated[
        float,
        Quantity("", "", 3),
        Says(
            "the relative optical air mass by the formula of Kasten and Young (1989) with the sun at {zenith}",
            ask=(
                "Which relative optical air mass does the formula of Kasten and Young (1989) give with the sun at "
                "{zenith}?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[PVLIB],
    probes=[
        Probe(
            {"zenith": 60},
            {
                "/irradiance": 1098 * 0.5 * math.exp(-0.059 / 0.5),
                "/air_mass": 1 / (0.5 + 0.50572 * (96.07995 - 60) ** -1.6364),
            },
            "Haurwitz 1945; Kasten and Young 1989, by hand",
        )
    ],
)
def clear_sky(
    zenith: Annotated[
        float,
        ZENITH,
        Draw.integer(10, 80, suffix="° from the zenith"),
        Field(description="in ° from the zenith", ge=0, le=180),
    ],
) -> ClearSky:
    """Haurwitz clear-sky irradiance and Kasten-Young air mass for a true solar zenith angle below 90° (pvlib)."""
    import pandas as pd
    from pvlib import atmosphere, clearsky

    if zenith >= 90:
        raise ToolError("the sun is below the horizon", "invalid_arguments")
    return ClearSky(
        irradiance=float(clearsky.haurwitz(pd.Series([float(zenith)]))["ghi"].iloc[0]),
        air_mass=float(atmosphere.get_relative_airmass(zenith, "kastenyoung1989")),
    )


class Reflected(Result):
    """Light that the ground throws onto a tilted surface."""

    irradiance: Annotated[
        float,
        IRRADIANCE,
        Says(
            (
                "the ground-reflected irradiance on a panel tilted by {tilt} over ground with an albedo of {albedo} "
                "under a global irradiance of {irradiance}",
                "the isotropic ground-reflected irradiance for a tilt of {tilt}, an albedo of {albedo} and a global "
                "irradiance of {irradiance}",
            ),
            ask=(
                "How much ground-reflected irradiance reaches a panel tilted by {tilt} over ground with an albedo of "
                "{albedo} under a global irradiance of {irradiance}?",
            ),
        ),
    ]


ALBEDO = Quantity("", "", 2, role="albedo")


@tool(
    domain="earth",
    kind="P",
    sources=[PVLIB],
    probes=[
        Probe(
            {"irradiance": 1000, "albedo": 0.2, "tilt": 60},
            {"/irradiance": 1000 * 0.2 * (1 - 0.5) / 2},
            "Loutzenhiser et al. 2007: GHI * albedo * (1 - cos tilt) / 2",
        )
    ],
)
def ground_reflected_irradiance(
    irradiance: Irradiance,
    albedo: Annotated[float, ALBEDO, Draw.decimal(0.1, 0.8, 2), Field(ge=0, le=1)],
    tilt: Annotated[float, Draw.integer(10, 90, step=5, suffix="°"), Field(description="in °", ge=0, le=180)],
) -> Reflected:
    """Isotropic ground-reflected irradiance on a tilted surface (Loutzenhiser et al. 2007; pvlib)."""
    from pvlib import irradiance as model

    return Reflected(irradiance=float(model.get_ground_diffuse(tilt, irradiance, albedo)))
