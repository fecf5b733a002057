"""Concentrations of peptides and nucleic acids, and sizes of DNA molecules (published formulas)."""

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.biological.chromosome_regions import DNA_LENGTH
from dive_assets.toolpool.biological.codon_usage import Peptide
from dive_assets.toolpool.biological.data_sources import FORMULA
from dive_assets.toolpool.biological.nucleic_acids import ABSORPTIVITY
from dive_assets.toolpool.biological.residues import checked_peptide
from dive_assets.toolpool.shared.data_sources import BIOPYTHON
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.tool import Probe, tool

MOLARITY = Quantity("micromole/liter", "µmol/L", 2, role="molar concentration")
AVOGADRO = 6.02214076e23
BASE_PAIR_MASS = 650.0


class MolarConcentration(Result):
    """A concentration from an absorbance."""

    concentration: Annotated[
        float,
        MOLARITY,
        Says(
            (
                "the molar concentration of a solution with an absorbance of {absorbance} in a 1 cm cell and a molar"
                " extinction coefficient of {coefficient}",
            ),
            has="molar concentration at an absorbance of {absorbance} in a 1 cm cell",
            ask=(
                "What is the molar concentration of a solution with an absorbance of {absorbance} in a 1 cm cell if its"
                " molar extinction coefficient is {coefficient}?",
                "By the Beer-Lambert law, which molar concentration has an absorbance of {absorbance} in a 1 cm cell for a"
                " molar extinction coefficient of {coefficient}?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"absorbance": 0.5, "coefficient": 10000}, {"/concentration": 50}, "Beer-Lambert law, by hand"),
        Probe({"absorbance": 0.42, "coefficient": 8480}, {"/concentration": 0.42 / 8480 * 1e6}, "Beer-Lambert law"),
    ],
)
def molarity_by_absorbance(
    absorbance: Annotated[float, Draw.decimal(0.1, 1.5, 2), Field(ge=0, le=5)],
    coefficient: Annotated[
        float, ABSORPTIVITY, Draw.integer(1000, 250_000, step=500, suffix=" M⁻¹ cm⁻¹"), Field(gt=0, le=1e8)
    ],
) -> MolarConcentration:
    """Molar concentration from an absorbance and an extinction coefficient (Beer-Lambert, 1 cm)."""
    return MolarConcentration(concentration=1e6 * absorbance / coefficient)


class MassConcentration(Result):
    """A mass concentration of a peptide."""

    mass: Annotated[
        float,
        Quantity("microgram/milliliter", "µg/mL", 1),
        Says(
            (
                "the mass concentration of {peptide} at {concentration}, by its average molecular weight",
                "the mass per volume, by average molecular weight, of {peptide} at {concentration}",
            ),
            has="mass concentration at {concentration}, by average molecular weight",
            ask=("What is the mass concentration of {peptide} at {concentration}, by its average molecular weight?",),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[BIOPYTHON],
    probes=[
        Probe(
            {"peptide": "HSQGTFTSDYSKYLDSRRAQDFVQWLMNT", "concentration": 100}, {"/mass": 348.27469}, "glucagon 3482.75"
        )
    ],
)
def peptide_mass_concentration(
    peptide: Peptide,
    concentration: Annotated[float, MOLARITY, Draw.decimal(1, 500, 1, suffix=" µmol/L"), Field(gt=0, le=1e6)],
) -> MassConcentration:
    """Mass concentration of a peptide at a molar concentration."""
    from Bio.SeqUtils.ProtParam import ProteinAnalysis

    weight = ProteinAnalysis(checked_peptide(peptide)).molecular_weight()
    return MassConcentration(mass=weight * concentration / 1000)


class DnaMolecule(Result):
    """Size of a double-stranded DNA."""

    mass: Annotated[
        float,
        Quantity("attogram", "attograms", 2, additive=True),
        Says(
            ("the mass of one double-stranded DNA molecule of {length} at 650 g/mol per base pair",),
            has="mass as one double-stranded DNA molecule at 650 g/mol per base pair",
            ask=("At 650 g/mol per base pair, what is the mass of one double-stranded DNA molecule of {length}?",),
        ),
    ]
    contour: Annotated[
        float,
        Quantity("micrometer", "micrometres", 2, additive=True),
        Says(
            (
                "the contour length of a B-DNA molecule of {length} at 0.34 nm per base pair",
                "the stretched-out length of a B-DNA molecule of {length} at 0.34 nm per base pair",
            ),
            has="contour length as B-DNA at 0.34 nm per base pair",
            ask=("At 0.34 nm per base pair, what is the contour length of a B-DNA molecule of {length}?",),
            high="greatest",
            low="shortest",
        ),
    ]
    copies: Annotated[
        float,
        Quantity("copies", "", 0),
        Says(
            ("the number of copies in one nanogram of double-stranded DNA of {length} at 650 g/mol per base pair",),
            has="number of copies per nanogram of double-stranded DNA at 650 g/mol per base pair",
            ask=(
                "At 650 g/mol per base pair, how many copies does one nanogram of double-stranded DNA of {length}"
                " contain?",
            ),
            high="largest",
            low="smallest",
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"length": 48502},
            {"/contour": 16.49068, "/mass": 48502 * 650 / 6.02214076e5, "/copies": 6.02214076e14 / (48502 * 650)},
            "phage lambda, 16.5 µm, by hand",
        ),
        Probe(
            {"length": 1000}, {"/copies": 6.02214076e14 / 650000}, "NEB: 1 kb at 650 g/mol per bp, 9.3e8 copies per ng"
        ),
    ],
)
def dna_molecule(
    length: Annotated[
        int, DNA_LENGTH, Draw.integer(500, 200_000, step=100, suffix=" base pairs"), Field(ge=1, le=10_000_000_000)
    ],
) -> DnaMolecule:
    """Mass, contour length and copies per nanogram of a double-stranded DNA of some length."""
    grams_per_mole = length * BASE_PAIR_MASS
    return DnaMolecule(
        mass=grams_per_mole / AVOGADRO * 1e18,
        contour=length * 0.34 / 1000,
        copies=AVOGADRO * 1e-9 / grams_per_mole,
    )
