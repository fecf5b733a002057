"""IUPAC base letters and modified residues (Biopython: IUPAC, PDB chemical components)."""

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.biological.entity_types import AMINO_ACID, MODIFIED_RESIDUE, NUCLEOTIDE_CODE
from dive_assets.toolpool.biological.residues import AMINO_ACIDS
from dive_assets.toolpool.shared.data_sources import BIOPYTHON
from dive_assets.tools.annotations import Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

BASE_LETTERS = "ACGTRYSWKMBDHVN"
# Names of the Protein Data Bank's chemical components; the parent residue is read from Biopython.
MODIFIED_RESIDUES = {
    "selenomethionine": "MSE",
    "phosphoserine": "SEP",
    "phosphothreonine": "TPO",
    "O-phosphotyrosine": "PTR",
    "4-hydroxyproline": "HYP",
    "N-methyllysine": "MLZ",
    "N-dimethyllysine": "MLY",
    "N-trimethyllysine": "M3L",
    "N6-acetyllysine": "ALY",
    "N6-crotonyllysine": "KCR",
    "5-hydroxylysine": "LYZ",
    "lysine NZ-carboxylic acid": "KCX",
    "pyridoxal-phosphate lysine": "LLP",
    "S-hydroxycysteine": "CSO",
    "cysteinesulfonic acid": "OCS",
    "3-sulfinoalanine": "CSD",
    "S-mercaptocysteine": "CSS",
    "S-oxycysteine": "CSX",
    "S-methylcysteine": "SMC",
    "S-nitrosocysteine": "SNC",
    "S-acetylcysteine": "SCY",
    "S-phosphocysteine": "CSP",
    "S,S-(2-hydroxyethyl)thiocysteine": "CME",
    "citrulline": "CIR",
    "5-methylarginine": "AGM",
    "N-formylmethionine": "FME",
    "methionine sulfoxide": "SME",
    "S-dioxymethionine": "OMT",
    "N-carboxymethionine": "CXM",
    "norleucine": "NLE",
    "norvaline": "NVA",
    "homoserine": "HSE",
    "homophenylalanine": "HPE",
    "homoarginine": "HRG",
    "N-methylasparagine": "MEN",
    "N5-methylglutamine": "MEQ",
    "gamma-carboxyglutamic acid": "CGU",
    "beta-hydroxyaspartic acid": "BHD",
    "aspartyl phosphate": "PHD",
    "sarcosine": "SAR",
    "thioglycine": "GL3",
    "4-methylhistidine": "HIC",
    "N1-methylhistidine": "MHS",
    "N1-phosphonohistidine": "NEP",
    "diphthamide": "DDE",
    "O-sulfotyrosine": "TYS",
    "3-iodotyrosine": "IYR",
    "meta-nitrotyrosine": "NIY",
    "3-fluorotyrosine": "YOF",
    "6-bromotryptophan": "BTR",
    "2-hydroxytryptophan": "TRO",
    "beta-hydroxytryptophan": "HTR",
    "fluorotryptophan": "FTR",
    "iodophenylalanine": "PHI",
    "4-fluorophenylalanine": "PFF",
    "N-methylphenylalanine": "MEA",
    "N-methylleucine": "MLE",
    "N-methylvaline": "MVA",
    "N-methylisoleucine": "IML",
    "N-methylalanine": "MAA",
    "N-acetylalanine": "AYA",
    "N-acetylserine": "SAC",
    "alpha-aminoisobutyric acid": "AIB",
    "alpha-aminobutyric acid": "ABA",
    "pyroglutamic acid": "PCA",
}


class BaseLetter(Result):
    """What an IUPAC base letter means."""

    bases: Annotated[
        list[Annotated[str, Text("the base letters")]],
        Says(
            (
                "the bases for which {letter} stands in IUPAC's DNA notation",
                "the DNA bases that {letter} covers in IUPAC notation",
            ),
            ask=("For which DNA bases does {letter} stand in IUPAC notation?",),
        ),
    ]
    complement: Annotated[
        str,
        NUCLEOTIDE_CODE,
        Says(
            ("the IUPAC letter complementary to {letter}", "the IUPAC complement of {letter}"),
            ask=("Which IUPAC base letter is complementary to {letter}?",),
        ),
    ]
    size: Annotated[
        int,
        Quantity("bases", "", 0),
        Says(
            "the number of DNA bases for which {letter} stands in IUPAC notation",
            has="number of covered bases in IUPAC's DNA notation",
            ask=("For how many DNA bases does {letter} stand in IUPAC notation?",),
            high="largest",
            low="smallest",
        ),
    ]


@tool(
    domain="biological",
    kind="R",
    sources=[BIOPYTHON],
    probes=[
        Probe({"letter": "B"}, {"/bases": ["C", "G", "T"], "/complement": "V", "/size": 3}, "IUPAC-IUB 1984: not A"),
        Probe({"letter": "R"}, {"/bases": ["A", "G"], "/complement": "Y"}, "IUPAC-IUB 1984: purine"),
    ],
)
def base_letter(
    letter: Annotated[str, NUCLEOTIDE_CODE, Field(description="One of ACGTRYSWKMBDHVN", pattern="^[ACGTRYSWKMBDHVN]$")],
) -> BaseLetter:
    """Bases and complement of an IUPAC base letter."""
    from Bio.Data.IUPACData import ambiguous_dna_complement, ambiguous_dna_values

    bases = sorted(ambiguous_dna_values[letter])
    return BaseLetter(bases=bases, complement=ambiguous_dna_complement[letter], size=len(bases))


class ModifiedResidue(Result):
    """The code and the parent of a modified residue."""

    parent: Annotated[
        str,
        AMINO_ACID,
        Says(
            (
                "the standard amino acid of which {residue} is a modification in the PDB",
                "the parent amino acid that the PDB gives for {residue}",
            ),
            ask=(
                "Of which standard amino acid is {residue} a modification, as the PDB classifies it?",
                "Which parent amino acid does the PDB give for {residue}?",
            ),
        ),
    ]
    code: Annotated[
        str,
        Text("the three-letter PDB component code"),
        Says(
            "the PDB component code of {residue}",
            ask=("Under which three-letter component code does the PDB list {residue}?",),
        ),
    ]


@tool(
    domain="biological",
    kind="R",
    sources=[BIOPYTHON],
    probes=[
        Probe({"residue": "selenomethionine"}, {"/parent": "methionine", "/code": "MSE"}, "PDB component MSE"),
        Probe({"residue": "phosphoserine"}, {"/parent": "serine", "/code": "SEP"}, "PDB component SEP"),
        Probe({"residue": "gamma-carboxyglutamic acid"}, {"/parent": "glutamic acid", "/code": "CGU"}, "PDB CGU"),
    ],
)
def modified_residue(
    residue: Annotated[str, MODIFIED_RESIDUE, Field(description="Such as selenomethionine, or MSE", max_length=60)],
) -> ModifiedResidue:
    """Parent amino acid and component code of a modified residue (Protein Data Bank, Biopython)."""
    from Bio.Data.PDBData import protein_letters_3to1_extended

    wanted = residue.strip().casefold()
    for name, code in MODIFIED_RESIDUES.items():
        if wanted in (name.casefold(), code.casefold()):
            return ModifiedResidue(parent=AMINO_ACIDS[protein_letters_3to1_extended[code]], code=code)
    raise ToolError(f"unknown modified residue {residue!r}: give a name such as selenomethionine")
