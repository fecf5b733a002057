"""Peptides: physical properties, composition, digestion, ions (Biopython, pyteomics)."""

from typing import Annotated, Any

from pydantic import Field

from dive_assets.toolpool.biological.amino_acids import AminoAcid
from dive_assets.toolpool.biological.codon_usage import Peptide
from dive_assets.toolpool.biological.data_sources import PYTEOMICS
from dive_assets.toolpool.biological.entity_types import AMINO_ACID, PROTEIN
from dive_assets.toolpool.biological.residues import AMINO_ACIDS, checked_peptide, residue_letter
from dive_assets.toolpool.shared.data_sources import BIOPYTHON
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.tool import Probe, tool

GLUCAGON = "HSQGTFTSDYSKYLDSRRAQDFVQWLMNT"


def _analysis(peptide: str) -> Any:
    from Bio.SeqUtils.ProtParam import ProteinAnalysis

    return ProteinAnalysis(checked_peptide(peptide))


class PeptideProperties(Result):
    """Size, charge and hydropathy of a peptide."""

    length: Annotated[
        int,
        Quantity("residues", "residues", 0, additive=True),
        Says(
            "the number of residues in {peptide}",
            has="number of residues",
            ask=("How many amino-acid residues does {peptide} have?",),
            high="largest",
            low="smallest",
        ),
    ]
    molecular_weight: Annotated[
        float,
        Quantity("gram/mole", "g/mol", 1, additive=True),
        Says(
            "the average molecular weight of {peptide}",
            has="average molecular weight",
            ask=("What is the average molecular weight of the unmodified peptide {peptide}?",),
        ),
    ]
    isoelectric_point: Annotated[
        float,
        Quantity("", "", 2, ratio=False),
        Says(
            "the isoelectric point of {peptide} by Bjellqvist's pK values",
            has="isoelectric point by Bjellqvist's pK values",
            ask=("What is the isoelectric point of {peptide} by Bjellqvist's pK values?",),
        ),
    ]
    gravy: Annotated[
        float,
        Quantity("", "", 3, ratio=False),
        Says(
            ("the GRAVY score of {peptide}", "the mean Kyte-Doolittle hydropathy of {peptide}"),
            has="GRAVY score",
            ask=("What is the GRAVY score of {peptide}?",),
        ),
    ]
    aromaticity_percent: Annotated[
        float,
        Quantity("percent", "percent", 1),
        Says(
            "the share of Phe, Trp and Tyr among the residues of {peptide}",
            has="share of Phe, Trp and Tyr among its residues",
            ask=("What percentage of the residues of {peptide} are Phe, Trp or Tyr?",),
        ),
    ]
    instability_index: Annotated[
        float,
        Quantity("", "", 1, ratio=False),
        Says(
            "the instability index of {peptide} by Guruprasad's method",
            has="instability index by Guruprasad's method",
            ask=("What is the instability index of {peptide} by Guruprasad's method?",),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[BIOPYTHON],
    probes=[
        Probe(
            {"peptide": GLUCAGON},
            {"/length": 29, "/molecular_weight": 3482.7469, "/isoelectric_point": 6.7485162735, "/gravy": -28.7 / 29},
            "Expasy ProtParam",
        )
    ],
)
def peptide_properties(peptide: Peptide) -> PeptideProperties:
    """Weight, isoelectric point, GRAVY, aromaticity and instability of a peptide (ProtParam's methods)."""
    found = _analysis(peptide)
    return PeptideProperties(
        length=len(found.sequence),
        molecular_weight=found.molecular_weight(),
        isoelectric_point=found.isoelectric_point(),
        gravy=found.gravy(),
        aromaticity_percent=100 * found.aromaticity(),
        instability_index=found.instability_index(),
    )


class NetCharge(Result):
    """Charge of a peptide in solution."""

    charge: Annotated[
        float,
        Quantity("", "", 2, ratio=False),
        Says(
            "the net charge of {peptide} at pH {ph} by Bjellqvist's pK values",
            has="net charge at pH {ph} by Bjellqvist's pK values",
            ask=("What is the net charge of {peptide} at pH {ph} by Bjellqvist's pK values?",),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[BIOPYTHON],
    probes=[Probe({"peptide": GLUCAGON, "ph": 7.4}, {"/charge": -0.41214825326})],
)
def peptide_charge(peptide: Peptide, ph: Annotated[float, Draw.decimal(3, 11, 1), Field(ge=0, le=14)]) -> NetCharge:
    """Net charge of a peptide at a pH (Henderson-Hasselbalch, Bjellqvist's pK values)."""
    return NetCharge(charge=_analysis(peptide).charge_at_pH(ph))


class ResidueCount(Result):
    """How often an amino acid occurs."""

    count: Annotated[
        int,
        Quantity("residues", "", 0, additive=True),
        Says(
            "the number of times {amino_acid} occurs in {peptide}",
            ask=("How many times does {amino_acid} occur in {peptide}?",),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[BIOPYTHON],
    probes=[Probe({"peptide": GLUCAGON, "amino_acid": "serine"}, {"/count": 4}, "counted by hand")],
)
def residue_count(peptide: Peptide, amino_acid: AminoAcid) -> ResidueCount:
    """Number of times an amino acid occurs in a peptide."""
    return ResidueCount(count=checked_peptide(peptide).count(residue_letter(amino_acid)))


class PeptideResidues(Result):
    """Ends and commonest residue of a peptide."""

    commonest: Annotated[
        str | None,
        AMINO_ACID,
        Says("the most frequent amino acid in {peptide}", ask=("Which amino acid is the most frequent in {peptide}?",)),
    ]
    first: Annotated[
        str,
        AMINO_ACID,
        Says("the N-terminal residue of {peptide}", ask=("Which amino acid is at the N-terminus of {peptide}?",)),
    ]
    last: Annotated[
        str,
        AMINO_ACID,
        Says("the C-terminal residue of {peptide}", ask=("Which amino acid is at the C-terminus of {peptide}?",)),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[BIOPYTHON],
    probes=[
        Probe(
            {"peptide": "RPPGFSPFR"},
            {"/commonest": "proline", "/first": "arginine", "/last": "arginine"},
            "bradykinin, by hand",
        )
    ],
)
def peptide_residues(peptide: Peptide) -> PeptideResidues:
    """Most frequent, N-terminal and C-terminal amino acid of a peptide."""
    sequence = checked_peptide(peptide)
    counts = {letter: sequence.count(letter) for letter in sorted(set(sequence))}
    top = [letter for letter, count in counts.items() if count == max(counts.values())]
    return PeptideResidues(
        commonest=AMINO_ACIDS[top[0]] if len(top) == 1 else None,
        first=AMINO_ACIDS[sequence[0]],
        last=AMINO_ACIDS[sequence[-1]],
    )


class TrypticDigest(Result):
    """The peptides that trypsin makes."""

    peptides: Annotated[
        list[Annotated[str, PROTEIN]],
        Says(
            "the distinct peptides from a complete trypsin digest of {peptide} (no cut before proline)",
            ask=("Which distinct peptides does complete trypsin digestion of {peptide} give (no cut before proline)?",),
        ),
    ]
    longest: Annotated[
        str | None,
        PROTEIN,
        Says(
            "the longest peptide from a complete trypsin digest of {peptide} (no cut before proline)",
            ask=(
                "What is the longest peptide that complete trypsin digestion of {peptide} gives (no cut before Pro)?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[PYTEOMICS],
    probes=[
        Probe(
            {"peptide": GLUCAGON},
            {"/peptides": ["AQDFVQWLMNT", "HSQGTFTSDYSK", "R", "YLDSR"], "/longest": "HSQGTFTSDYSK"},
            "cut after K and R by hand",
        )
    ],
)
def tryptic_digest(peptide: Peptide) -> TrypticDigest:
    """Peptides of a complete trypsin digest: cuts after lysine and arginine, not before proline."""
    from pyteomics import parser

    pieces = sorted(parser.cleave(checked_peptide(peptide), r"[KR](?=[^P])", regex=True))
    longest = [piece for piece in pieces if len(piece) == max(map(len, pieces))]
    return TrypticDigest(peptides=pieces, longest=longest[0] if len(longest) == 1 else None)


class PeptideIon(Result):
    """A protonated peptide."""

    mz: Annotated[
        float,
        Quantity("", "", 3),
        Says(
            (
                "the monoisotopic m/z of {peptide} when {charge}",
                "the m/z of the monoisotopic peak of {peptide} when {charge}",
            ),
            has="monoisotopic m/z when {charge}",
            ask=("At what monoisotopic m/z does {peptide} appear when {charge}?",),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[PYTEOMICS],
    probes=[Probe({"peptide": "RPPGFSPFR", "charge": 2}, {"/mz": 530.787975580905}, "bradykinin [M+2H]2+, 530.788")],
)
def peptide_mz(
    peptide: Peptide,
    charge: Annotated[
        int, Draw.choice({1: "singly protonated", 2: "doubly protonated", 3: "triply protonated"}), Field(ge=1, le=3)
    ],
) -> PeptideIon:
    """Monoisotopic m/z of an unmodified peptide with one or more protons (pyteomics)."""
    from pyteomics import mass

    return PeptideIon(mz=mass.calculate_mass(sequence=checked_peptide(peptide), charge=charge))
