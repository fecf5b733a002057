"""Sunlight by wavelength, and what the ground reflects."""

from __future__ import annotations

import csv
from functools import cache
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.earth.data_sources import PVLIB
from dive_assets.toolpool.earth.entity_types import SURFACE
from dive_assets.toolpool.earth.package_data import package_file
from dive_assets.toolpool.earth.radiation import ALBEDO
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

# Everyday names of the surfaces in pvlib's albedo table.
SURFACES = {
    "built-up ground": "urban",
    "grassland": "grass",
    "fresh grass": "fresh grass",
    "bare soil": "soil",
    "sand": "sand",
    "old snow": "snow",
    "fresh snow": "fresh snow",
    "asphalt": "asphalt",
    "concrete": "concrete",
    "aluminium sheet": "aluminum",
    "copper sheet": "copper",
    "fresh steel": "fresh steel",
    "dirty steel": "dirty steel",
    "open sea": "sea",
}
SPECTRAL = Quantity("watt/(meter**2*nanometer)", "watts per square metre and nanometre", 3)


class SurfaceAlbedo(Result):
    """Share of sunlight that a surface reflects."""

    albedo: Annotated[
        float,
        ALBEDO,
        Says(
            ("the albedo of {surface} in pvlib's table", "pvlib's albedo value for {surface}"),
            has="albedo in pvlib's table",
            ask=("Which albedo does pvlib's table give for {surface}?",),
        ),
    ]


@tool(
    domain="earth",
    kind="R",
    sources=[PVLIB],
    determinism="snapshot",
    probes=[
        Probe({"surface": "fresh snow"}, {"/albedo": 0.75}),
        Probe({"surface": "asphalt"}, {"/albedo": 0.12}),
    ],
)
def surface_albedo(
    surface: Annotated[str, SURFACE, Field(description=", ".join(SURFACES), max_length=40)],
) -> SurfaceAlbedo:
    """Albedo of a kind of ground (the table of pvlib)."""
    from pvlib.albedo import SURFACE_ALBEDOS

    key = SURFACES.get(surface.strip().casefold(), surface.strip().casefold())
    if key not in SURFACE_ALBEDOS:
        raise ToolError(f"unknown surface {surface!r}: one of {', '.join(SURFACES)}")
    return SurfaceAlbedo(albedo=float(SURFACE_ALBEDOS[key]))


@cache
def _spectrum() -> dict[float, tuple[float, float, float]]:
    """Extraterrestrial, global and direct irradiance by wavelength in nanometres."""
    with package_file("pvlib", "data", "ASTMG173.csv").open(newline="") as file:
        rows = list(csv.reader(file))[2:]
    return {float(row[0]): (float(row[1]), float(row[2]), float(row[3])) for row in rows if row and row[0]}


class SpectralIrradiance(Result):
    """ASTM G173-03 at one wavelength."""

    extraterrestrial: Annotated[
        float,
        SPECTRAL,
        Says(
            (
                "the extraterrestrial spectral irradiance at {wavelength} in ASTM G173-03",
                "the ASTM G173-03 solar irradiance above the atmosphere at {wavelength}",
            ),
            ask=("How strong is extraterrestrial sunlight at {wavelength} in ASTM G173-03?",),
        ),
    ]
    global_tilt: Annotated[
        float,
        SPECTRAL,
        Says(
            (
                "the global spectral irradiance (AM 1.5, 37° tilt) at {wavelength} in ASTM G173-03",
                "the AM 1.5 global irradiance of ASTM G173-03 at {wavelength}",
            ),
            ask=("How strong is AM 1.5 global sunlight at {wavelength} in ASTM G173-03?",),
        ),
    ]
    transmitted: Annotated[
        float,
        Quantity("percent", "per cent", 1),
        Says(
            "the percentage of the extraterrestrial irradiance at {wavelength} that reaches the AM 1.5 direct beam in "
            "ASTM G173-03",
            ask=(
                "In ASTM G173-03, which percentage of the extraterrestrial irradiance at {wavelength} is left in the "
                "AM 1.5 direct beam?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="R",
    sources=[PVLIB],
    probes=[
        Probe(
            {"wavelength": 500},
            {"/extraterrestrial": 1.916, "/global_tilt": 1.5451, "/transmitted": 100 * 1.3391 / 1.916},
            "NREL's reference spectrum ASTM G173-03 at 500 nm: 1.916, 1.5451, 1.3391 W/(m2 nm)",
        )
    ],
)
def reference_spectrum(
    wavelength: Annotated[int, Draw.integer(401, 1100, suffix=" nm"), Field(description="in nm", ge=400, le=1100)],
) -> SpectralIrradiance:
    """Reference solar irradiance at a whole nanometre from 400 to 1100 (ASTM G173-03, shipped with pvlib)."""
    found = _spectrum().get(float(wavelength))
    if found is None:
        raise ToolError(f"the spectrum has no value at {wavelength} nm")
    extraterrestrial, tilted, direct = found
    return SpectralIrradiance(
        extraterrestrial=extraterrestrial, global_tilt=tilted, transmitted=100 * direct / extraterrestrial
    )
