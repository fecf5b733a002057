"""Ages from radioactive decay."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.earth.entity_types import DECAY_CLOCK
from dive_assets.toolpool.shared.data_sources import STANDARD_LIBRARY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

DECAY_CONSTANT = Quantity("1e-10/year", "10⁻¹⁰ per year", 4, role="decay constant")
# Steiger and Jäger 1977 (IUGS), Lugmair and Marti 1978 for samarium; per 10^10 years.
DECAY_CONSTANTS = {
    "the uranium-238/lead-206 system": 1.55125,
    "the uranium-235/lead-207 system": 9.8485,
    "the thorium-232/lead-208 system": 0.49475,
    "the rubidium-87/strontium-87 system": 0.142,
    "the samarium-147/neodymium-143 system": 0.0654,
}


POTASSIUM_TOTAL, POTASSIUM_ARGON = 5.543e-10, 0.581e-10  # per year, Steiger and Jäger 1977


class ClockFacts(Result):
    """Constants of a decay system."""

    constant: Annotated[
        float,
        DECAY_CONSTANT,
        Says(
            (
                "the decay constant of {clock} by the IUGS convention of 1977 (for samarium Lugmair and Marti 1978)",
                "the conventional decay constant (Steiger and Jäger 1977, Lugmair and Marti 1978) of {clock}",
            ),
            has="conventional decay constant (Steiger and Jäger 1977, Lugmair and Marti 1978)",
            ask=(
                "Which decay constant do Steiger and Jäger (1977; for samarium Lugmair and Marti 1978) give for "
                "{clock}?",
            ),
        ),
    ]
    half_life: Annotated[
        float,
        Quantity("gigayear", "billion years", 3),
        Says(
            (
                "the half-life of {clock} by the conventional decay constants (Steiger and Jäger 1977, Lugmair and Marti "
                "1978)",
            ),
            has="half-life by the conventional decay constants (Steiger and Jäger 1977, Lugmair and Marti 1978)",
            ask=(
                "How long is the half-life of {clock} by the conventional decay constants (Steiger and Jäger 1977, "
                "Lugmair and Marti 1978)?",
            ),
            high="longest",
            low="shortest",
        ),
    ]


@tool(
    domain="earth",
    kind="R",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"clock": "the uranium-238/lead-206 system"},
            {"/constant": 1.55125, "/half_life": math.log(2) / 0.155125},
            "Steiger and Jäger 1977: 1.55125e-10 per year, 4.468 billion years",
        ),
    ],
)
def decay_clock(
    clock: Annotated[str, DECAY_CLOCK, Field(description="'the uranium-238/lead-206 system'", max_length=60)],
) -> ClockFacts:
    """Decay constant and half-life of a dating system (Steiger and Jäger 1977; Lugmair and Marti 1978)."""
    constant = DECAY_CONSTANTS.get(clock.strip())
    if constant is None:
        raise ToolError(f"unknown decay system {clock!r}: one of {', '.join(DECAY_CONSTANTS)}")
    return ClockFacts(constant=constant, half_life=math.log(2) / (constant / 10))


class DecayAge(Result):
    """Age from a ratio of daughter to parent."""

    age: Annotated[
        float,
        Quantity("megayear", "million years", 1, role="radiometric age"),
        Says(
            (
                "the age of a mineral with a radiogenic daughter-to-parent ratio of {ratio} at a decay constant of "
                "{constant}",
                "the radiometric age for a daughter-to-parent ratio of {ratio} and a decay constant of {constant}",
            ),
            ask=(
                "How old is a mineral with a radiogenic daughter-to-parent ratio of {ratio} at a decay constant of "
                "{constant}?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"ratio": 1, "constant": 1.55125}, {"/age": math.log(2) / 1.55125e-4}, "one half-life, 4468 million years"
        )
    ],
)
def radiometric_age(
    ratio: Annotated[float, Draw.decimal(0.01, 0.9, 3), Field(gt=0, le=1000)],
    constant: Annotated[
        float,
        DECAY_CONSTANT,
        Draw.decimal(0.1, 9.8, 3, suffix=" × 10⁻¹⁰ per year"),
        Field(description="in × 10⁻¹⁰ per year", gt=0, le=1e6),
    ],
) -> DecayAge:
    """Age ln(1 + D/P) / λ of a closed system without initial daughter (Faure, Principles of Isotope Geology)."""
    return DecayAge(age=math.log1p(ratio) / (constant * 1e-10) / 1e6)


class PotassiumArgonAge(Result):
    """Potassium-argon age."""

    age: Annotated[
        float,
        Quantity("megayear", "million years", 2, role="radiometric age"),
        Says(
            (
                "the potassium-argon age for a ratio of radiogenic argon-40 to potassium-40 of {ratio} with the "
                "constants of Steiger and Jäger (1977)",
                "the K-Ar age (Steiger and Jäger 1977) of a rock whose ratio of radiogenic argon-40 to potassium-40 is "
                "{ratio}",
            ),
            ask=(
                "How old is a rock with a ratio of radiogenic argon-40 to potassium-40 of {ratio} by the constants of "
                "Steiger and Jäger (1977)?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"ratio": 0.01},
            {"/age": 1e4 / 5.543 * math.log(1 + 5.543 / 0.581 * 0.01)},
            "McDougall and Harrison 1999: t = 1.804e9 ln(9.540 R + 1) years",
        )
    ],
)
def potassium_argon_age(
    ratio: Annotated[float, Draw.decimal(0.001, 0.2, 4), Field(gt=0, le=10)],
) -> PotassiumArgonAge:
    """K-Ar age ln(1 + (λ/λe) Ar*/K) / λ, λ = 5.543e-10, λe = 0.581e-10 per year (Steiger and Jäger 1977)."""
    years = math.log1p(POTASSIUM_TOTAL / POTASSIUM_ARGON * ratio) / POTASSIUM_TOTAL
    return PotassiumArgonAge(age=years / 1e6)


class RadiocarbonAge(Result):
    """Conventional radiocarbon age."""

    age: Annotated[
        float,
        Quantity("year", "radiocarbon years", 0, role="radiocarbon age"),
        Says(
            (
                "the conventional radiocarbon age (8,033-year mean life) of a sample with {fraction} of the modern "
                "carbon-14 activity",
                "the conventional radiocarbon age before present of material that holds {fraction} of modern carbon-14",
            ),
            ask=("How many conventional radiocarbon years old is a sample with {fraction} of the modern carbon-14?",),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe({"fraction": 50}, {"/age": 8033 * math.log(2)}, "Libby half-life 5568 years (Stuiver and Polach 1977)"),
    ],
)
def radiocarbon_age(
    fraction: Annotated[float, Draw.decimal(2, 98, 1, suffix=" %"), Field(description="in %", gt=0, le=100)],
) -> RadiocarbonAge:
    """Conventional radiocarbon age -8033 ln(F) (Stuiver and Polach 1977)."""
    return RadiocarbonAge(age=-8033 * math.log(fraction / 100))
