"""Codon usage of organisms and what follows from it (Kazusa tables)."""

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.biological.amino_acids import AminoAcid
from dive_assets.toolpool.biological.data_sources import CODON_TABLES
from dive_assets.toolpool.biological.entity_types import CODON, DNA, ORGANISM, PROTEIN
from dive_assets.toolpool.biological.genetic_codes import CodingDna, Codon, whole_codons
from dive_assets.toolpool.biological.residues import checked_peptide, residue_letter
from dive_assets.tools.annotations import Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

ORGANISMS = {
    "Bacillus subtilis": "b_subtilis_1423",
    "Caenorhabditis elegans": "c_elegans_6239",
    "Drosophila melanogaster": "d_melanogaster_7227",
    "Escherichia coli W3110": "e_coli_316407",
    "Gallus gallus": "g_gallus_9031",
    "Homo sapiens": "h_sapiens_9606",
    "Mus musculus": "m_musculus_10090",
    "Saccharomyces cerevisiae": "s_cerevisiae_4932",
}
SHORT = {"Escherichia coli": "Escherichia coli W3110", "human": "Homo sapiens", "mouse": "Mus musculus"}

Organism = Annotated[
    str, ORGANISM, Field(description="Species with a Kazusa table, such as Homo sapiens", max_length=40)
]
Peptide = Annotated[str, PROTEIN, Field(description="Peptide in one-letter codes", max_length=400)]


def usage_of(organism: str) -> dict[str, dict[str, float]]:
    """Codon fractions by one-letter code. Raises ToolError for an organism without a table."""
    import python_codon_tables

    name = SHORT.get(organism.strip(), organism.strip())
    if name not in ORGANISMS:
        raise ToolError(f"no codon usage table of {organism!r}: known are {', '.join(ORGANISMS)}")
    return python_codon_tables.get_codons_table(ORGANISMS[name])


def most_used(fractions: dict[str, float]) -> str:
    """The codon with the highest fraction; of equal ones the first in the alphabet."""
    return min(fractions, key=lambda codon: (-fractions[codon], codon))


class CodonUsage(Result):
    """Share of a codon."""

    percent: Annotated[
        float,
        Quantity("percent", "percent", 0),
        Says(
            "the share of {codon} among its synonymous codons in {organism} (Kazusa)",
            has="share among its synonymous codons in {organism} (Kazusa)",
            ask=("In {organism}, what share of the occurrences of its synonymous codons falls on {codon} (Kazusa)?",),
        ),
    ]


@tool(
    domain="biological",
    kind="R",
    sources=[CODON_TABLES],
    probes=[Probe({"codon": "CTG", "organism": "Escherichia coli W3110"}, {"/percent": 50.0}, "Kazusa, taxon 316407")],
)
def codon_usage(codon: Codon, organism: Organism) -> CodonUsage:
    """Share of a codon among its synonymous codons in an organism (Kazusa)."""
    for fractions in usage_of(organism).values():
        if codon in fractions:
            return CodonUsage(percent=100 * fractions[codon])
    raise ToolError(f"the table of {organism} lacks the codon {codon!r}")


class CodonPreference(Result):
    """The most and the least used codon of an amino acid."""

    preferred: Annotated[
        str | None,
        CODON,
        Says(
            ("the codon that {organism} uses most for {amino_acid} (Kazusa)",),
            ask=("Which codon does {organism} use most for {amino_acid} (Kazusa)?",),
        ),
    ]
    rarest: Annotated[
        str | None,
        CODON,
        Says(
            ("the codon that {organism} uses least for {amino_acid} (Kazusa)",),
            ask=("Which codon does {organism} use least for {amino_acid} (Kazusa)?",),
        ),
    ]


@tool(
    domain="biological",
    kind="R",
    sources=[CODON_TABLES],
    probes=[
        Probe(
            {"amino_acid": "leucine", "organism": "Homo sapiens"},
            {"/preferred": "CTG", "/rarest": "CTA"},
            "Kazusa, taxon 9606",
        )
    ],
)
def codon_preference(amino_acid: AminoAcid, organism: Organism) -> CodonPreference:
    """Most and least used codon of an amino acid in an organism (Kazusa)."""
    fractions = usage_of(organism)[residue_letter(amino_acid)]
    if len(fractions) == 1:
        raise ToolError(f"{amino_acid} has only one codon")
    return CodonPreference(
        preferred=_only(fractions, max(fractions.values())), rarest=_only(fractions, min(fractions.values()))
    )


def _only(fractions: dict[str, float], wanted: float) -> str | None:
    """The codon that alone has a fraction; None if several share it."""
    found = [codon for codon, fraction in fractions.items() if fraction == wanted]
    return found[0] if len(found) == 1 else None


class BackTranslation(Result):
    """DNA that encodes a peptide."""

    dna: Annotated[
        str,
        DNA,
        Says(
            "the DNA without a stop codon that encodes {peptide} in {organism}'s most used codons (Kazusa; of equally"
            " used codons the alphabetically first)",
            ask=(
                "Which DNA, without a stop codon, encodes {peptide} if each residue takes the codon that {organism}"
                " uses most (Kazusa; of equally used codons the alphabetically first)?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[CODON_TABLES],
    probes=[
        Probe(
            {"peptide": "MKTLLVWRS", "organism": "Saccharomyces cerevisiae"},
            {"/dna": "ATGAAAACTTTGTTGGTTTGGAGATCT"},
            "Kazusa, taxon 4932, by hand",
        )
    ],
)
def back_translate(peptide: Peptide, organism: Organism) -> BackTranslation:
    """DNA that encodes a peptide in the codons an organism uses most (Kazusa)."""
    usage = usage_of(organism)
    return BackTranslation(dna="".join(most_used(usage[letter]) for letter in checked_peptide(peptide)))


class CodonAdaptation(Result):
    """How well a DNA fits an organism's codon usage."""

    index: Annotated[
        float,
        Quantity("", "", 3),
        Says(
            "the codon adaptation index of {dna} for {organism} (Sharp and Li's formula on Kazusa's codon fractions,"
            " leaving out ATG, TGG and stop codons)",
            has="codon adaptation index for {organism} (Sharp and Li's formula on Kazusa's codon fractions, leaving out"
            " ATG, TGG and stop codons)",
            ask=(
                "What is the codon adaptation index of {dna} for {organism}, by Sharp and Li's formula on Kazusa's"
                " codon fractions and leaving out ATG, TGG and stop codons?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[CODON_TABLES],
    probes=[
        Probe({"dna": "ATGCTGCTG", "organism": "Homo sapiens"}, {"/index": 1.0}, "by hand"),
        Probe({"dna": "CTACTG", "organism": "Homo sapiens"}, {"/index": (0.07 / 0.40) ** 0.5}, "by hand"),
    ],
)
def codon_adaptation(dna: CodingDna, organism: Organism) -> CodonAdaptation:
    """Codon adaptation index of a DNA for an organism (Sharp and Li 1987, Kazusa fractions)."""
    weights = {}
    for letter, fractions in usage_of(organism).items():
        if letter != "*" and len(fractions) > 1:
            weights |= {codon: share / max(fractions.values()) for codon, share in fractions.items()}
    counted = [weights[codon] for codon in whole_codons(dna) if codon in weights]
    if not counted or min(counted) <= 0:
        raise ToolError(f"the codon adaptation index of {dna!r} is not defined: no codon counts, or one is never used")
    return CodonAdaptation(index=math.exp(sum(map(math.log, counted)) / len(counted)))
