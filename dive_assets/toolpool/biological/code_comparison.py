"""Comparisons within and between genetic codes (NCBI translation tables, Biopython)."""

import math
from typing import Annotated

from dive_assets.toolpool.biological.codon_usage import Peptide
from dive_assets.toolpool.biological.entity_types import AMINO_ACID, CODON
from dive_assets.toolpool.biological.genetic_codes import Code, Codon, code_of
from dive_assets.toolpool.biological.residues import AMINO_ACIDS, checked_peptide
from dive_assets.toolpool.shared.data_sources import BIOPYTHON
from dive_assets.tools.annotations import Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

BASES = "ACGT"
ALL_CODONS = tuple(a + b + c for a in BASES for b in BASES for c in BASES)
STANDARD, VERTEBRATE = "the standard genetic code", "the vertebrate mitochondrial code"


def readings(code: str) -> dict[str, str]:
    """One-letter meaning of each codon, * for a stop."""
    table = code_of(code)
    return {codon: table.forward_table.get(codon, "*") for codon in ALL_CODONS}


class CodeDifferences(Result):
    """Codons that two codes read differently."""

    codons: Annotated[
        list[Annotated[str, CODON]],
        Says(
            (
                "the codons that {code} and {other_code} read differently",
                "the codons to which {code} and {other_code} give different meanings",
            ),
            ask=(
                "Which codons do {code} and {other_code} read differently?",
                "To which codons do {code} and {other_code} give different meanings?",
            ),
        ),
    ]
    count: Annotated[
        int,
        Quantity("codons", "", 0),
        Says(
            "the number of codons that {code} and {other_code} read differently",
            ask=("How many codons do {code} and {other_code} read differently?",),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[BIOPYTHON],
    determinism="snapshot",
    probes=[
        Probe(
            {"code": STANDARD, "other_code": VERTEBRATE},
            {"/codons": ["AGA", "AGG", "ATA", "TGA"], "/count": 4},
            "NCBI translation table 2, 'Differences from the Standard Code'",
        )
    ],
)
def code_differences(code: Code, other_code: Code) -> CodeDifferences:
    """Codons that two genetic codes read differently, as an amino acid or a stop (NCBI translation tables)."""
    first, second = readings(code), readings(other_code)
    found = [codon for codon in ALL_CODONS if first[codon] != second[codon]]
    return CodeDifferences(codons=found, count=len(found))


class PointChanges(Result):
    """What single base changes do to a codon."""

    amino_acids: Annotated[
        list[Annotated[str, AMINO_ACID]],
        Says(
            (
                "the other amino acids that one base change can make of {codon} in {code}",
                "the amino acids to which a single base substitution can change {codon} in {code}",
            ),
            ask=("Which other amino acids can a single base substitution make of {codon} in {code}?",),
        ),
    ]
    synonymous: Annotated[
        int,
        Quantity("substitutions", "", 0),
        Says(
            "the number of single base substitutions of {codon} that are synonymous in {code}",
            ask=("How many of the nine single base substitutions of {codon} are synonymous in {code}?",),
            high="largest",
            low="smallest",
        ),
    ]
    nonsense: Annotated[
        int,
        Quantity("substitutions", "", 0),
        Says(
            "the number of single base substitutions that turn {codon} into a stop codon of {code}",
            ask=("How many single base substitutions turn {codon} into a stop codon of {code}?",),
            high="largest",
            low="smallest",
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[BIOPYTHON],
    determinism="snapshot",
    probes=[
        Probe(
            {"codon": "TGG", "code": STANDARD},
            {
                "/amino_acids": ["arginine", "cysteine", "glycine", "leucine", "serine"],
                "/synonymous": 0,
                "/nonsense": 2,
            },
            "codon table by hand: CGG, AGG; TGT, TGC; GGG; TTG; TCG; stops TAG, TGA",
        ),
        Probe({"codon": "CTG", "code": STANDARD}, {"/synonymous": 4, "/nonsense": 0}, "by hand: TTG, CTA, CTC, CTT"),
    ],
)
def point_changes(codon: Codon, code: Code) -> PointChanges:
    """Amino acids, synonyms and stops that single base changes make of a codon in a genetic code."""
    meaning = readings(code)
    if meaning[codon] == "*":
        raise ToolError(f"{codon} is a stop codon in {code}")
    changed = [codon[:i] + base + codon[i + 1 :] for i in range(3) for base in BASES if base != codon[i]]
    letters = [meaning[other] for other in changed]
    return PointChanges(
        amino_acids=sorted({AMINO_ACIDS[letter] for letter in letters if letter not in ("*", meaning[codon])}),
        synonymous=letters.count(meaning[codon]),
        nonsense=letters.count("*"),
    )


class EncodingSequences(Result):
    """How many DNA sequences encode a peptide."""

    logarithm: Annotated[
        float,
        Quantity("", "", 2, ratio=False),
        Says(
            "the common logarithm of the number of DNA sequences that encode {peptide} in {code}",
            ask=("What is the common logarithm of the number of DNA sequences that encode {peptide} in {code}?",),
        ),
    ]
    single_codon_residues: Annotated[
        int,
        Quantity("residues", "", 0, additive=True),
        Says(
            "the number of residues of {peptide} for which {code} has a single codon",
            ask=("For how many residues of {peptide} does {code} have a single codon?",),
            high="largest",
            low="smallest",
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[BIOPYTHON],
    determinism="snapshot",
    probes=[
        Probe(
            {"peptide": "MWLK", "code": STANDARD},
            {"/logarithm": math.log10(1 * 1 * 6 * 2), "/single_codon_residues": 2},
            "codon table by hand: 1, 1, 6 and 2 codons",
        ),
        Probe({"peptide": "MI", "code": VERTEBRATE}, {"/logarithm": math.log10(4)}, "NCBI table 2: 2 and 2 codons"),
    ],
)
def encoding_sequences(peptide: Peptide, code: Code) -> EncodingSequences:
    """Number of DNA sequences, without a stop codon, that encode a peptide in a genetic code."""
    meanings = list(readings(code).values())
    sizes = [meanings.count(letter) for letter in checked_peptide(peptide)]
    if 0 in sizes:
        raise ToolError(f"{code} has no codon for a residue of {peptide}")
    return EncodingSequences(logarithm=sum(map(math.log10, sizes)), single_codon_residues=sizes.count(1))
