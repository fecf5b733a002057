"""Substitution matrices of amino acids: scores, likely exchanges, alignments (Biopython)."""

from functools import cache
from typing import Annotated, Any

from pydantic import Field

from dive_assets.toolpool.biological.amino_acids import AminoAcid
from dive_assets.toolpool.biological.codon_usage import Peptide
from dive_assets.toolpool.biological.entity_types import AMINO_ACID, SUBSTITUTION_MATRIX
from dive_assets.toolpool.biological.residues import AMINO_ACIDS, checked_peptide, residue_letter
from dive_assets.toolpool.shared.data_sources import BIOPYTHON
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

MATRICES = {
    "the BLOSUM45 matrix": "BLOSUM45",
    "the BLOSUM50 matrix": "BLOSUM50",
    "the BLOSUM62 matrix": "BLOSUM62",
    "the BLOSUM80 matrix": "BLOSUM80",
    "the BLOSUM90 matrix": "BLOSUM90",
    "the PAM30 matrix": "PAM30",
    "the PAM70 matrix": "PAM70",
    "the PAM250 matrix": "PAM250",
    "the Gonnet 1992 matrix": "GONNET1992",
    "the Risler matrix": "RISLER",
    "the McLachlan matrix": "MCLACHLAN",
    "the Rao matrix": "RAO",
}
SCORE = Quantity("", "", 1, ratio=False)

Matrix = Annotated[str, SUBSTITUTION_MATRIX, Field(description="Such as 'the BLOSUM62 matrix'", max_length=40)]


@cache
def matrix_array(matrix: str) -> Any:
    """A substitution matrix of Biopython. Raises ToolError for an unknown name."""
    from Bio.Align import substitution_matrices

    wanted = matrix.strip().casefold().removeprefix("the ").removesuffix(" matrix")
    for name, code in MATRICES.items():
        if wanted == name.casefold().removeprefix("the ").removesuffix(" matrix"):
            return substitution_matrices.load(code)
    raise ToolError(f"unknown substitution matrix {matrix!r}: known are {'; '.join(sorted(MATRICES))}")


def matrix_scores(matrix: str) -> dict[tuple[str, str], float]:
    """Scores of the twenty amino acids by one-letter codes."""
    array = matrix_array(matrix)
    return {(a, b): float(array[a, b]) for a in AMINO_ACIDS for b in AMINO_ACIDS}


def only_key(values: dict[str, float], wanted: float) -> str | None:
    """The amino acid that alone has a value; None if several share it."""
    found = [letter for letter, value in values.items() if value == wanted]
    return AMINO_ACIDS[found[0]] if len(found) == 1 else None


class SubstitutionScore(Result):
    """The score of an exchange."""

    score: Annotated[
        float,
        SCORE,
        Says(
            (
                "the score that {matrix} gives to {amino_acid} aligned with {other_amino_acid}",
                "the substitution score for {amino_acid} and {other_amino_acid} in {matrix}",
            ),
            ask=(
                "What score does {matrix} give to {amino_acid} aligned with {other_amino_acid}?",
                "In {matrix}, what is the score for {amino_acid} against {other_amino_acid}?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="R",
    sources=[BIOPYTHON],
    probes=[
        Probe(
            {"amino_acid": "tryptophan", "other_amino_acid": "phenylalanine", "matrix": "the BLOSUM62 matrix"},
            {"/score": 1},
            "Henikoff and Henikoff 1992, BLOSUM62",
        ),
        Probe(
            {"amino_acid": "cysteine", "other_amino_acid": "cysteine", "matrix": "the PAM250 matrix"},
            {"/score": 12},
            "Dayhoff 1978, PAM250",
        ),
    ],
)
def substitution_score(amino_acid: AminoAcid, other_amino_acid: AminoAcid, matrix: Matrix) -> SubstitutionScore:
    """Score that a substitution matrix gives to two aligned amino acids (NCBI, Biopython)."""
    return SubstitutionScore(score=matrix_scores(matrix)[residue_letter(amino_acid), residue_letter(other_amino_acid)])


class LikelyExchanges(Result):
    """What a matrix says of the exchanges of an amino acid."""

    best: Annotated[
        str | None,
        AMINO_ACID,
        Says(
            (
                "the other amino acid that {matrix} scores highest against {amino_acid}",
                "the most favourable replacement of {amino_acid} by {matrix}",
            ),
            ask=("Which other amino acid does {matrix} score highest against {amino_acid}?",),
        ),
    ]
    worst: Annotated[
        str | None,
        AMINO_ACID,
        Says(
            "the amino acid that {matrix} scores lowest against {amino_acid}",
            ask=("Which amino acid does {matrix} score lowest against {amino_acid}?",),
        ),
    ]
    favourable: Annotated[
        list[Annotated[str, AMINO_ACID]],
        Says(
            "the other amino acids to which {matrix} gives a positive score against {amino_acid}",
            ask=("To which other amino acids does {matrix} give a positive score against {amino_acid}?",),
        ),
    ]
    identity: Annotated[
        float,
        SCORE,
        Says(
            "the score that {matrix} gives to {amino_acid} aligned with itself",
            ask=("What score does {matrix} give to {amino_acid} aligned with itself?",),
        ),
    ]


@tool(
    domain="biological",
    kind="R",
    sources=[BIOPYTHON],
    probes=[
        Probe(
            {"amino_acid": "isoleucine", "matrix": "the BLOSUM62 matrix"},
            {"/best": "valine", "/favourable": ["leucine", "methionine", "valine"], "/identity": 4},
            "Henikoff and Henikoff 1992, BLOSUM62",
        )
    ],
)
def likely_exchanges(amino_acid: AminoAcid, matrix: Matrix) -> LikelyExchanges:
    """Best, worst and favourable replacements of an amino acid in a substitution matrix (NCBI, Biopython)."""
    letter, scores = residue_letter(amino_acid), matrix_scores(matrix)
    others = {other: scores[letter, other] for other in AMINO_ACIDS if other != letter}
    return LikelyExchanges(
        best=only_key(others, max(others.values())),
        worst=only_key(others, min(others.values())),
        favourable=sorted(AMINO_ACIDS[other] for other, score in others.items() if score > 0),
        identity=scores[letter, letter],
    )


class MatrixDiagonal(Result):
    """The scores of identical pairs in a matrix."""

    highest: Annotated[
        str | None,
        AMINO_ACID,
        Says(
            "the amino acid with the highest score against itself in {matrix}",
            ask=("Which amino acid has the highest score against itself in {matrix}?",),
        ),
    ]
    lowest: Annotated[
        str | None,
        AMINO_ACID,
        Says(
            "the amino acid with the lowest score against itself in {matrix}",
            ask=("Which amino acid has the lowest score against itself in {matrix}?",),
        ),
    ]
    mean_identity: Annotated[
        float,
        SCORE,
        Says(
            (
                "the mean score of the twenty amino acids against themselves in {matrix}",
                "the average diagonal score of the twenty amino acids in {matrix}",
            ),
            has="mean score of the twenty amino acids against themselves",
            ask=("What is the mean score of the twenty amino acids against themselves in {matrix}?",),
        ),
    ]


@tool(
    domain="biological",
    kind="R",
    sources=[BIOPYTHON],
    probes=[
        Probe(
            {"matrix": "the BLOSUM62 matrix"},
            {
                "/highest": "tryptophan",
                "/mean_identity": (4 + 5 + 6 + 6 + 9 + 5 + 5 + 6 + 8 + 4 + 4 + 5 + 5 + 6 + 7 + 4 + 5 + 11 + 7 + 4) / 20,
            },
            "Henikoff and Henikoff 1992, BLOSUM62",
        ),
        Probe({"matrix": "the PAM250 matrix"}, {"/highest": "tryptophan"}, "Dayhoff 1978, PAM250: W with W 17"),
    ],
)
def matrix_diagonal(matrix: Matrix) -> MatrixDiagonal:
    """Highest, lowest and mean score of amino acids against themselves in a substitution matrix."""
    scores = matrix_scores(matrix)
    diagonal = {letter: scores[letter, letter] for letter in AMINO_ACIDS}
    return MatrixDiagonal(
        highest=only_key(diagonal, max(diagonal.values())),
        lowest=only_key(diagonal, min(diagonal.values())),
        mean_identity=sum(diagonal.values()) / 20,
    )


class AlignmentScore(Result):
    """Best alignment scores of two peptides."""

    global_score: Annotated[
        float,
        SCORE,
        Says(
            (
                "the Needleman-Wunsch global alignment score of {peptide} and {other_peptide} with {matrix} and {gap} for"
                " each gap position",
            ),
            ask=(
                "What is the Needleman-Wunsch global alignment score of {peptide} and {other_peptide} with {matrix} and"
                " {gap} for each gap position?",
            ),
        ),
    ]
    local_score: Annotated[
        float,
        SCORE,
        Says(
            (
                "the Smith-Waterman local alignment score of {peptide} and {other_peptide} with {matrix} and {gap} for"
                " each gap position",
            ),
            ask=(
                "What is the Smith-Waterman local alignment score of {peptide} and {other_peptide} with {matrix} and"
                " {gap} for each gap position?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[BIOPYTHON],
    probes=[
        Probe(
            {
                "peptide": "HEAGAWGHEE",
                "other_peptide": "PAWHEAE",
                "matrix": "the BLOSUM50 matrix",
                "gap": 8,
            },
            {"/global_score": 1, "/local_score": 28},
            "Durbin et al. 1998, Biological Sequence Analysis, figures 2.5 and 2.6",
        )
    ],
)
def alignment_score(
    peptide: Peptide,
    other_peptide: Peptide,
    matrix: Matrix,
    gap: Annotated[
        int,
        Draw.choice({6: "a penalty of 6", 8: "a penalty of 8", 10: "a penalty of 10", 12: "a penalty of 12"}),
        Field(ge=1, le=30),
    ],
) -> AlignmentScore:
    """Global and local alignment score of two peptides with a substitution matrix and linear gap penalty."""
    from Bio.Align import PairwiseAligner

    found = []
    for mode in ("global", "local"):
        aligner = PairwiseAligner(
            mode=mode, substitution_matrix=matrix_array(matrix), open_gap_score=-gap, extend_gap_score=-gap
        )
        found.append(float(aligner.score(checked_peptide(peptide), checked_peptide(other_peptide))))
    return AlignmentScore(global_score=found[0], local_score=found[1])
