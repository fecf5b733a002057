"""Refractive indices of liquids (CRC Handbook, chemicals) and what they do to light at a surface."""

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.academic.compound_data import Compound, compound_record
from dive_assets.toolpool.shared.data_sources import CHEMICALS, STANDARD_LIBRARY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

ROOM = 293.15  # kelvins, the temperature of most refractive indices in the CRC Handbook


class Refraction(Result):
    """How strongly a liquid bends light."""

    refractive_index: Annotated[
        float,
        Quantity("", "", 4, role="refractive index"),
        Says(
            ("the refractive index of {compound} at 20 °C", "the CRC Handbook's refractive index of {compound}"),
            has="refractive index at 20 °C",
            ask=(
                "What is the refractive index of {compound} at 20 °C for sodium light, by the CRC Handbook?",
                "Which refractive index does the CRC Handbook list for {compound} at 20 °C?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="R",
    sources=[CHEMICALS],
    probes=[
        Probe({"compound": "benzene"}, {"/refractive_index": 1.5011}, "CRC Handbook, Physical Constants of Organics"),
        Probe({"compound": "acetone"}, {"/refractive_index": 1.3588}, "CRC Handbook, Physical Constants of Organics"),
    ],
)
def compound_refraction(compound: Compound) -> Refraction:
    """Refractive index of a liquid at 20 °C for the sodium D line (CRC Handbook, in chemicals)."""
    from chemicals import refractivity

    cas, table = compound_record(compound).CASs, refractivity.RI_data_CRC_organic
    if cas not in table.index or table.at[cas, "RIT"] != ROOM or not 1.1 < table.at[cas, "RI"] < 2:
        raise ToolError(f"the CRC Handbook lists no refractive index of {compound!r} at 20 °C")
    return Refraction(refractive_index=float(table.at[cas, "RI"]))


class SurfaceOptics(Result):
    """Light at the surface between air and a transparent medium."""

    reflectance: Annotated[
        float,
        Quantity("percent", "percent", 2),
        Says(
            (
                "the share of light that is reflected at normal incidence, in air, by a surface whose refractive "
                "index is {refractive_index}",
                "the Fresnel reflectance at normal incidence of a medium in air whose refractive index is "
                "{refractive_index}",
            ),
            ask=(
                "What percentage of light is reflected when it falls perpendicularly from air on a medium whose "
                "refractive index is {refractive_index}?",
            ),
        ),
    ]
    brewster_angle: Annotated[
        float,
        Quantity("degree", "degrees", 2),
        Says(
            "the Brewster angle, seen from air, of a medium whose refractive index is {refractive_index}",
            ask=(
                "At which angle of incidence from air is the light reflected by a medium fully polarized if its "
                "refractive index is {refractive_index}?",
            ),
        ),
    ]
    critical_angle: Annotated[
        float,
        Quantity("degree", "degrees", 2),
        Says(
            "the critical angle of total reflection, towards air, in a medium whose refractive index is "
            "{refractive_index}",
            ask=(
                "Beyond which angle of incidence is light totally reflected inside a medium that borders on air, if "
                "its refractive index is {refractive_index}?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"refractive_index": 1.5},
            {"/reflectance": 4.0, "/brewster_angle": 56.30993247, "/critical_angle": 41.8103149},
            "Hecht, Optics: Fresnel equations with n = 1.5, ((n − 1)/(n + 1))² = 4 %, arctan n, arcsin(1/n)",
        )
    ],
)
def surface_optics(
    refractive_index: Annotated[
        float, Quantity("", "", 4, role="refractive index"), Draw.decimal(1.3, 2.4, 2), Field(gt=1, le=5)
    ],
) -> SurfaceOptics:
    """Normal reflectance, Brewster angle and critical angle of a medium in air, with n = 1 for air (Fresnel, Snell)."""
    return SurfaceOptics(
        reflectance=100 * ((refractive_index - 1) / (refractive_index + 1)) ** 2,
        brewster_angle=math.degrees(math.atan(refractive_index)),
        critical_angle=math.degrees(math.asin(1 / refractive_index)),
    )
