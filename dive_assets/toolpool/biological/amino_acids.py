"""Amino acids: codes, masses and published scales (Biopython, AAindex)."""

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.biological.data_sources import AAINDEX
from dive_assets.toolpool.biological.entity_types import AMINO_ACID, AMINO_ACID_SCALE
from dive_assets.toolpool.biological.residues import AMINO_ACIDS, residue_letter, scale_values
from dive_assets.toolpool.shared.data_sources import BIOPYTHON
from dive_assets.tools.annotations import Quantity, Result, Says, Text
from dive_assets.tools.tool import Probe, tool

AminoAcid = Annotated[str, AMINO_ACID, Field(description="English name or IUPAC code of an amino acid", max_length=30)]
Scale = Annotated[
    str, AMINO_ACID_SCALE, Field(description="Such as 'the Kyte-Doolittle hydropathy scale'", max_length=80)
]


class AminoAcidFacts(Result):
    """Codes and masses of an amino acid."""

    three_letters: Annotated[
        str,
        Text("the three-letter code"),
        Says(
            ("the three-letter code of {amino_acid}", "the three-letter abbreviation for {amino_acid}"),
            ask=("What is the three-letter code of {amino_acid}?",),
        ),
    ]
    one_letter: Annotated[
        str,
        Text("the one-letter code"),
        Says(
            "the one-letter code of {amino_acid}", ask=("Which letter stands for {amino_acid} in protein sequences?",)
        ),
    ]
    average_mass: Annotated[
        float,
        Quantity("gram/mole", "g/mol", 2, additive=True),
        Says(
            "the molecular weight of {amino_acid} as a free amino acid",
            has="molecular weight as a free amino acid",
            ask=("What is the molecular weight of {amino_acid} as a free amino acid?",),
        ),
    ]
    monoisotopic_mass: Annotated[
        float,
        Quantity("dalton", "daltons", 4, additive=True),
        Says(
            "the monoisotopic mass of {amino_acid} as a free amino acid",
            has="monoisotopic mass as a free amino acid",
            ask=("What is the monoisotopic mass of {amino_acid} as a free amino acid?",),
        ),
    ]


@tool(
    domain="biological",
    kind="R",
    sources=[BIOPYTHON],
    probes=[
        Probe(
            {"amino_acid": "tryptophan"},
            {"/three_letters": "Trp", "/one_letter": "W", "/average_mass": 204.2252, "/monoisotopic_mass": 204.089878},
            "PubChem CID 6305",
        )
    ],
)
def amino_acid_facts(amino_acid: AminoAcid) -> AminoAcidFacts:
    """Codes and masses of a standard amino acid (IUPAC)."""
    from Bio.Data import IUPACData

    letter = residue_letter(amino_acid)
    return AminoAcidFacts(
        three_letters=IUPACData.protein_letters_1to3[letter],
        one_letter=letter,
        average_mass=IUPACData.protein_weights[letter],
        monoisotopic_mass=IUPACData.monoisotopic_protein_weights[letter],
    )


class ScaleValue(Result):
    """A residue's value on a scale."""

    value: Annotated[
        float,
        Quantity("", "", 2, ratio=False),
        Says(
            ("the value of {amino_acid} on {scale}", "the AAindex value of {amino_acid} on {scale}"),
            has="value on {scale}",
            ask=("What value does {amino_acid} have on {scale}, as AAindex gives it?",),
        ),
    ]


@tool(
    domain="biological",
    kind="R",
    sources=[AAINDEX],
    probes=[
        Probe(
            {"amino_acid": "isoleucine", "scale": "the Kyte-Doolittle hydropathy scale"},
            {"/value": 4.5},
            "Kyte and Doolittle 1982",
        ),
        Probe(
            {"amino_acid": "arginine", "scale": "the Hopp-Woods hydrophilicity scale"},
            {"/value": 3.0},
            "Hopp and Woods 1981",
        ),
    ],
)
def scale_value(amino_acid: AminoAcid, scale: Scale) -> ScaleValue:
    """Value of an amino acid on a published scale (AAindex)."""
    return ScaleValue(value=scale_values(scale)[residue_letter(amino_acid)])


class ScaleExtremes(Result):
    """The ends of a scale."""

    top: Annotated[
        str | None,
        AMINO_ACID,
        Says(
            "the amino acid with the highest value on {scale}",
            ask=("Which amino acid has the highest value on {scale}, as AAindex gives it?",),
        ),
    ]
    bottom: Annotated[
        str | None,
        AMINO_ACID,
        Says(
            "the amino acid with the lowest value on {scale}",
            ask=("Which amino acid has the lowest value on {scale}, as AAindex gives it?",),
        ),
    ]


@tool(
    domain="biological",
    kind="R",
    sources=[AAINDEX],
    probes=[
        Probe(
            {"scale": "the Kyte-Doolittle hydropathy scale"},
            {"/top": "isoleucine", "/bottom": "arginine"},
            "Kyte and Doolittle 1982",
        )
    ],
)
def scale_extremes(scale: Scale) -> ScaleExtremes:
    """Amino acids with the highest and the lowest value on a published scale (AAindex)."""
    values = scale_values(scale)
    return ScaleExtremes(top=_only(values, max(values.values())), bottom=_only(values, min(values.values())))


def _only(values: dict[str, float], wanted: float) -> str | None:
    """The amino acid that alone has a value; None if several share it."""
    found = [letter for letter, value in values.items() if value == wanted]
    return AMINO_ACIDS[found[0]] if len(found) == 1 else None
