"""What published amino-acid scales say of residues and peptides (AAindex)."""

from typing import Annotated

from dive_assets.toolpool.biological.amino_acids import AminoAcid, Scale
from dive_assets.toolpool.biological.codon_usage import Peptide
from dive_assets.toolpool.biological.data_sources import AAINDEX
from dive_assets.toolpool.biological.entity_types import AMINO_ACID
from dive_assets.toolpool.biological.residues import AMINO_ACIDS, checked_peptide, residue_letter, scale_values
from dive_assets.tools.annotations import Quantity, Result, Says
from dive_assets.tools.tool import Probe, tool

KYTE_DOOLITTLE = "the Kyte-Doolittle hydropathy scale"


def only_residue(values: dict[str, float], wanted: float | None) -> str | None:
    """The amino acid that alone has a value; None if several or none have it."""
    found = [letter for letter, value in values.items() if value == wanted]
    return AMINO_ACIDS[found[0]] if len(found) == 1 else None


class ScaleNeighbours(Result):
    """The place of an amino acid on a scale."""

    higher: Annotated[
        int,
        Quantity("amino acids", "", 0, ratio=False),
        Says(
            (
                "the number of standard amino acids with a higher value than {amino_acid} on {scale}",
                "the number of standard amino acids that outrank {amino_acid} on {scale}",
            ),
            ask=("How many of the twenty standard amino acids have a higher value than {amino_acid} on {scale}?",),
            high="largest",
            low="smallest",
        ),
    ]
    next_lower: Annotated[
        str | None,
        AMINO_ACID,
        Says(
            "the amino acid with the next lower value after {amino_acid} on {scale}",
            ask=("Which amino acid has the next lower value after {amino_acid} on {scale}, as AAindex gives it?",),
        ),
    ]
    next_higher: Annotated[
        str | None,
        AMINO_ACID,
        Says(
            "the amino acid with the next higher value after {amino_acid} on {scale}",
            ask=("Which amino acid has the next higher value after {amino_acid} on {scale}, as AAindex gives it?",),
        ),
    ]


@tool(
    domain="biological",
    kind="R",
    sources=[AAINDEX],
    probes=[
        Probe(
            {"amino_acid": "valine", "scale": KYTE_DOOLITTLE},
            {"/higher": 1, "/next_lower": "leucine", "/next_higher": "isoleucine"},
            "Kyte and Doolittle 1982: I 4.5, V 4.2, L 3.8",
        )
    ],
)
def scale_neighbours(amino_acid: AminoAcid, scale: Scale) -> ScaleNeighbours:
    """Rank and neighbours of an amino acid on a published scale (AAindex)."""
    values = scale_values(scale)
    own = values[residue_letter(amino_acid)]
    return ScaleNeighbours(
        higher=sum(value > own for value in values.values()),
        next_lower=only_residue(values, max((v for v in values.values() if v < own), default=None)),
        next_higher=only_residue(values, min((v for v in values.values() if v > own), default=None)),
    )


class PeptideOnScale(Result):
    """A peptide seen through a scale."""

    mean: Annotated[
        float,
        Quantity("", "", 3, ratio=False),
        Says(
            (
                "the mean value of the residues of {peptide} on {scale}",
                "the average of {scale} over the residues of {peptide}",
            ),
            ask=("What is the mean value of the residues of {peptide} on {scale}, as AAindex gives it?",),
        ),
    ]
    highest: Annotated[
        str | None,
        AMINO_ACID,
        Says(
            "the amino acid in {peptide} with the highest value on {scale}",
            ask=("Which amino acid that occurs in {peptide} has the highest value on {scale}?",),
        ),
    ]
    lowest: Annotated[
        str | None,
        AMINO_ACID,
        Says(
            "the amino acid in {peptide} with the lowest value on {scale}",
            ask=("Which amino acid that occurs in {peptide} has the lowest value on {scale}?",),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[AAINDEX],
    probes=[
        Probe(
            {"peptide": "RPPGFSPFR", "scale": KYTE_DOOLITTLE},
            {
                "/mean": (2 * -4.5 + 3 * -1.6 - 0.4 + 2 * 2.8 - 0.8) / 9,
                "/highest": "phenylalanine",
                "/lowest": "arginine",
            },
            "Kyte and Doolittle 1982, summed by hand",
        )
    ],
)
def peptide_on_scale(peptide: Peptide, scale: Scale) -> PeptideOnScale:
    """Mean and extremes of a published amino-acid scale over a peptide (AAindex)."""
    sequence, values = checked_peptide(peptide), scale_values(scale)
    present = {letter: values[letter] for letter in sorted(set(sequence))}
    return PeptideOnScale(
        mean=sum(values[letter] for letter in sequence) / len(sequence),
        highest=only_residue(present, max(present.values())),
        lowest=only_residue(present, min(present.values())),
    )
