"""Weak acids in water: dissociation constants and the pH of their solutions and buffers."""

import math
from functools import cache
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.academic.compound_data import compound_record
from dive_assets.toolpool.academic.data_sources import ACIDITY_CONSTANTS, PUBLISHED_FORMULA
from dive_assets.toolpool.academic.entity_types import WEAK_ACID
from dive_assets.toolpool.shared.data_sources import CHEMICALS
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

# pKa of monoprotic acids in water at 25 °C (CRC Handbook), compared with LibreTexts' table E1 and, for the C3 and C4
# acids and glycolic acid, with the tables of the program aqion
PKA = {
    "acetic acid": 4.756,
    "acrylic acid": 4.25,
    "benzoic acid": 4.204,
    "boric acid": 9.27,
    "bromoacetic acid": 2.90,
    "butyric acid": 4.83,
    "chloroacetic acid": 2.87,
    "chlorous acid": 1.94,
    "dichloroacetic acid": 1.35,
    "fluoroacetic acid": 2.59,
    "formic acid": 3.75,
    "glycolic acid": 3.83,
    "hydrogen cyanide": 9.21,
    "hydrogen fluoride": 3.20,
    "hypobromous acid": 8.55,
    "hypochlorous acid": 7.40,
    "iodoacetic acid": 3.18,
    "lactic acid": 3.86,
    "nitrous acid": 3.25,
    "phenol": 9.99,
    "propionic acid": 4.87,
}

WeakAcid = Annotated[
    str, WEAK_ACID, Field(description="Everyday name of a monoprotic weak acid or its CAS number", max_length=60)
]
Acidity = Quantity("", "", 2, ratio=False, role="pKa")


@cache
def _pka_by_cas() -> dict[str, float]:
    return {compound_record(name).CASs: value for name, value in PKA.items()}


def _pka(weak_acid: str) -> float:
    value = _pka_by_cas().get(compound_record(weak_acid).CASs)
    if value is None:
        raise ToolError(f"no pKa of {weak_acid!r}: the table holds common monoprotic weak acids")
    return value


class AcidStrength(Result):
    """How strong a weak acid is."""

    pka: Annotated[
        float,
        Acidity,
        Says(
            ("the pKa of {weak_acid} in water at 25 °C", "the CRC Handbook's pKa of {weak_acid}"),
            has="pKa in water at 25 °C",
            ask=("What is the pKa of {weak_acid} in water at 25 °C, by the CRC Handbook?",),
        ),
    ]


@tool(
    domain="academic",
    also=("biological",),
    kind="R",
    sources=[ACIDITY_CONSTANTS, CHEMICALS],
    probes=[
        Probe({"weak_acid": "formic acid"}, {"/pka": 3.75}, "LibreTexts, Acid Dissociation Constants at 25 °C (E1)"),
        Probe({"weak_acid": "benzoic acid"}, {"/pka": 4.204}, "LibreTexts, Acid Dissociation Constants at 25 °C (E1)"),
    ],
)
def acid_strength(weak_acid: WeakAcid) -> AcidStrength:
    """pKa of a monoprotic weak acid in water at 25 °C (CRC Handbook values)."""
    return AcidStrength(pka=_pka(weak_acid))


class AcidSolution(Result):
    """A solution of a weak acid in water."""

    ph: Annotated[
        float,
        Quantity("", "", 2, ratio=False, role="pH"),
        Says(
            (
                "the pH of a {concentration} solution of {weak_acid} in water",
                "the pH of water in which {concentration} of {weak_acid} is dissolved",
            ),
            has="pH of a {concentration} solution",
            ask=(
                "What is the pH at 25 °C of a {concentration} aqueous solution of {weak_acid}, without corrections for "
                "activity?",
            ),
        ),
    ]
    dissociated: Annotated[
        float,
        Quantity("percent", "percent", 2),
        Says(
            "the degree of dissociation of {weak_acid} in a {concentration} solution",
            has="degree of dissociation in a {concentration} solution",
            ask=("What percentage of {weak_acid} is dissociated in a {concentration} aqueous solution at 25 °C?",),
        ),
    ]


@tool(
    domain="academic",
    also=("biological",),
    kind="P",
    sources=[ACIDITY_CONSTANTS, CHEMICALS],
    probes=[
        Probe(
            {"weak_acid": "acetic acid", "concentration": 0.1},
            {"/ph": -math.log10((-(10**-4.756) + math.sqrt(10**-9.512 + 0.4 * 10**-4.756)) / 2)},
            "Ka = x²/(c − x) solved by hand: pH 2.88, as in OpenStax Chemistry",
        )
    ],
)
def weak_acid_solution(
    weak_acid: WeakAcid,
    concentration: Annotated[float, Draw.decimal(0.02, 1.5, 2, suffix=" mol/L"), Field(ge=0.001, le=10)],
) -> AcidSolution:
    """PH and degree of dissociation of a weak monoprotic acid in water, from Ka = x²/(c − x) (25 °C)."""
    constant = 10 ** -_pka(weak_acid)
    ions = (-constant + math.sqrt(constant**2 + 4 * constant * concentration)) / 2
    if ions < 1e-6:
        raise ToolError(f"{weak_acid} is too weak: water's own ions matter at this concentration", "invalid_arguments")
    return AcidSolution(ph=-math.log10(ions), dissociated=100 * ions / concentration)


class Buffer(Result):
    """A buffer of a weak acid and its conjugate base."""

    ph: Annotated[
        float,
        Quantity("", "", 2, ratio=False, role="pH"),
        Says(
            (
                "the pH of a buffer of {acid} of a weak acid and {base} of its conjugate base if the acid's pKa is "
                "{pka}",
                "the Henderson–Hasselbalch pH with {acid} of an acid whose pKa is {pka} and {base} of its conjugate "
                "base",
            ),
            ask=(
                "By the Henderson–Hasselbalch equation, what is the pH of a buffer that contains {acid} of a weak acid "
                "and {base} of its conjugate base, if the acid's pKa is {pka}?",
            ),
        ),
    ]


@tool(
    domain="academic",
    also=("biological", "medical"),
    kind="P",
    sources=[PUBLISHED_FORMULA],
    probes=[
        Probe(
            {"pka": 4.756, "acid": 0.1, "base": 0.2},
            {"/ph": 4.756 + math.log10(2)},
            "Henderson–Hasselbalch by hand: pKa + log 2 = 5.06",
        )
    ],
)
def buffer_ph(
    pka: Annotated[float, Acidity, Draw.decimal(3, 10, 2), Field(ge=0, le=14)],
    acid: Annotated[float, Draw.decimal(0.02, 0.6, 2, suffix=" mol/L"), Field(gt=0, le=20)],
    base: Annotated[float, Draw.decimal(0.02, 0.6, 2, suffix=" mol/L"), Field(gt=0, le=20)],
) -> Buffer:
    """PH of a buffer of a weak acid and its conjugate base (Henderson–Hasselbalch equation)."""
    return Buffer(ph=pka + math.log10(base / acid))


class HydrogenIons(Result):
    """What a pH means in ions."""

    concentration: Annotated[
        float,
        Quantity("nanomole/liter", "nanomoles per litre", 2),
        Says(
            (
                "the concentration of hydrogen ions in a solution whose pH is {ph}",
                "the hydrogen-ion concentration that corresponds to a pH equal to {ph}",
            ),
            ask=("Which concentration of hydrogen ions does a solution have if its pH is {ph}?",),
        ),
    ]


@tool(
    domain="academic",
    also=("biological", "medical"),
    kind="P",
    sources=[PUBLISHED_FORMULA],
    probes=[
        Probe({"ph": 7.0}, {"/concentration": 100.0}, "definition: 10⁻⁷ mol/L = 100 nmol/L"),
        Probe({"ph": 2.88}, {"/concentration": 1e9 * 10**-2.88}, "definition: [H⁺] = 10^−pH mol/L"),
    ],
)
def hydrogen_ion_concentration(
    ph: Annotated[float, Quantity("", "", 2, ratio=False, role="pH"), Draw.decimal(2, 8, 2), Field(ge=0, le=14)],
) -> HydrogenIons:
    """Hydrogen-ion concentration of a pH, 10^−pH mol/L (definition, activity taken as concentration)."""
    return HydrogenIons(concentration=1e9 * 10**-ph)
