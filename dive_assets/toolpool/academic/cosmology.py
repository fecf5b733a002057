"""Distances and ages from redshift, and magnitudes (flat ΛCDM with stated constants)."""

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.academic.data_sources import PUBLISHED_FORMULA
from dive_assets.toolpool.shared.data_sources import SCIPY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

HUBBLE_CONSTANT = 70.0
MATTER_DENSITY = 0.3
SPEED_OF_LIGHT_KM_S = 299_792.458
GIGAYEARS_PER_HUBBLE_TIME = 3.0856775814913673e19 / HUBBLE_CONSTANT / (365.25 * 86_400) / 1e9

Redshift = Annotated[
    float,
    Quantity("", "", 4, ratio=False, role="redshift"),
    Draw.decimal(0.05, 6, 2),
    Field(gt=-1, le=1100),
]
LuminosityDistance = Annotated[float, Quantity("megaparsec", "megaparsecs", 1, role="luminosity distance")]
Magnitude = Annotated[float, Quantity("magnitude", "magnitudes", 1, ratio=False, role="apparent magnitude")]


def _checked(redshift: float) -> float:
    if redshift <= 0:
        raise ToolError("a distance follows from a positive redshift only", "invalid_arguments")
    return redshift


def _expansion(redshift: float) -> float:
    return math.sqrt(MATTER_DENSITY * (1 + redshift) ** 3 + 1 - MATTER_DENSITY)


class CosmologicalDistance(Result):
    """Distances and look-back time of a redshift."""

    luminosity_distance: Annotated[
        LuminosityDistance,
        Says(
            (
                "the luminosity distance in flat ΛCDM (H₀ = 70 km/s/Mpc, Ωm = 0.3) at a redshift equal to {redshift}",
                "the luminosity distance for a redshift equal to {redshift} in a flat universe with H₀ = 70 km/s/Mpc and "
                "Ωm = 0.3",
            ),
            ask=(
                "In flat ΛCDM with H₀ = 70 km/s/Mpc and Ωm = 0.3, which luminosity distance belongs to a redshift equal to "
                "{redshift}?",
            ),
        ),
    ]
    comoving_distance: Annotated[
        float,
        Quantity("megaparsec", "megaparsecs", 1),
        Says(
            ("the comoving distance in flat ΛCDM (H₀ = 70 km/s/Mpc, Ωm = 0.3) at a redshift equal to {redshift}",),
            ask=(
                "What comoving distance does a redshift equal to {redshift} mean in flat ΛCDM with H₀ = 70 km/s/Mpc and "
                "Ωm = 0.3?",
            ),
        ),
    ]
    lookback_time: Annotated[
        float,
        Quantity("gigayear", "billion years", 2),
        Says(
            ("the look-back time in flat ΛCDM (H₀ = 70 km/s/Mpc, Ωm = 0.3) at a redshift equal to {redshift}",),
            ask=(
                "How many billion years ago was light with a redshift equal to {redshift} sent out, in flat ΛCDM with "
                "H₀ = 70 km/s/Mpc and Ωm = 0.3?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[SCIPY],
    probes=[
        Probe(
            {"redshift": 1.0},
            {"/luminosity_distance": 6607.657612, "/comoving_distance": 3303.828806, "/lookback_time": 7.715337004},
            "astropy.cosmology.FlatLambdaCDM(H0=70, Om0=0.3)",
        ),
        Probe(
            {"redshift": 3.0},
            {"/luminosity_distance": 25422.741745, "/lookback_time": 11.354456756},
            "astropy.cosmology.FlatLambdaCDM(H0=70, Om0=0.3)",
        ),
    ],
)
def cosmological_distance(redshift: Redshift) -> CosmologicalDistance:
    """Luminosity and comoving distance and look-back time in flat ΛCDM, H₀ = 70 km/s/Mpc, Ωm = 0.3, no radiation."""
    from scipy.integrate import quad

    z = _checked(redshift)
    comoving = SPEED_OF_LIGHT_KM_S / HUBBLE_CONSTANT * quad(lambda x: 1 / _expansion(x), 0, z, epsrel=1e-10)[0]
    lookback = GIGAYEARS_PER_HUBBLE_TIME * quad(lambda x: 1 / ((1 + x) * _expansion(x)), 0, z, epsrel=1e-10)[0]
    return CosmologicalDistance(
        luminosity_distance=round(comoving * (1 + z), 6),
        comoving_distance=round(comoving, 6),
        lookback_time=round(lookback, 8),
    )


class HubbleLaw(Result):
    """Distance from the linear Hubble law."""

    distance: Annotated[
        float,
        Quantity("megaparsec", "megaparsecs", 1, role="luminosity distance"),
        Says(
            (
                "the distance by the linear Hubble law, with H₀ = 70 km/s/Mpc, of a galaxy with a recession velocity equal to {velocity}",
                "the Hubble-law distance (H₀ = 70 km/s/Mpc) for a recession velocity equal to {velocity}",
            ),
            ask=(
                "By the linear Hubble law with H₀ = 70 km/s/Mpc, how far away is a galaxy with a recession velocity equal to "
                "{velocity}?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[PUBLISHED_FORMULA],
    probes=[Probe({"velocity": 1400.0}, {"/distance": 20.0}, "v / H₀")],
)
def hubble_law_distance(
    velocity: Annotated[
        float,
        Quantity("kilometer/second", "kilometres per second", 0, ratio=False, role="radial velocity"),
        Draw.integer(500, 15_000, step=10, suffix=" km/s"),
        Field(ge=-1e5, le=1e5),
    ],
) -> HubbleLaw:
    """Distance by Hubble's law d = v/H₀ with H₀ = 70 km/s/Mpc."""
    if velocity <= 0:
        raise ToolError("Hubble's law gives a distance for receding galaxies only", "invalid_arguments")
    return HubbleLaw(distance=velocity / HUBBLE_CONSTANT)


class AbsoluteMagnitude(Result):
    """Magnitude at ten parsecs."""

    absolute_magnitude: Annotated[
        float,
        Quantity("magnitude", "magnitudes", 1, ratio=False, role="absolute magnitude"),
        Says(
            (
                "the absolute magnitude, without extinction or K-correction, that goes with an apparent magnitude equal to "
                "{magnitude} at a luminosity distance equal to {distance}",
            ),
            ask=(
                "Without extinction or K-correction, which absolute magnitude has an object with an apparent magnitude "
                "equal to {magnitude} at a luminosity distance equal to {distance}?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[PUBLISHED_FORMULA],
    probes=[
        Probe({"magnitude": 10.0, "distance": 10.0}, {"/absolute_magnitude": -20.0}, "m - M = 5 log10(d / 10 pc)"),
        Probe({"magnitude": 3.44, "distance": 0.77}, {"/absolute_magnitude": 3.44 - 5 * math.log10(0.77e5)}, "m - M"),
    ],
)
def absolute_magnitude(
    magnitude: Annotated[Magnitude, Draw.decimal(4, 20, 1), Field(ge=-30, le=35)],
    distance: Annotated[LuminosityDistance, Draw.decimal(0.5, 400, 1, suffix=" Mpc"), Field(gt=0, le=1e7)],
) -> AbsoluteMagnitude:
    """Absolute magnitude from apparent magnitude and luminosity distance, M = m - 5 log₁₀(d / 10 pc)."""
    return AbsoluteMagnitude(absolute_magnitude=magnitude - 5 * math.log10(distance * 1e5))
