"""Genetic codes: start and stop codons, what a codon means, translation (NCBI translation tables)."""

from functools import cache
from typing import Annotated, Any

from pydantic import Field

from dive_assets.toolpool.biological.amino_acids import AminoAcid
from dive_assets.toolpool.biological.entity_types import AMINO_ACID, CODON, DNA, GENETIC_CODE, PROTEIN
from dive_assets.toolpool.biological.residues import AMINO_ACIDS, residue_letter
from dive_assets.toolpool.biological.sequences import checked_dna
from dive_assets.toolpool.shared.data_sources import BIOPYTHON
from dive_assets.tools.annotations import Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

PROPER = (
    "Blepharisma",
    "Scenedesmus",
    "Thraustochytrium",
    "Pachysolen",
    "Condylostoma",
    "Mesodinium",
    "Blastocrithidia",
)
KEPT = (*PROPER, "Candidate", "Pterobranchia", "Balanophoraceae", "Cephalodiscidae")

Code = Annotated[str, GENETIC_CODE, Field(description="Such as 'the vertebrate mitochondrial code'", max_length=60)]
Codon = Annotated[str, CODON, Field(description="Three letters of A, C, G, T", pattern="^[ACGT]{3}$")]
CodingDna = Annotated[
    str, DNA, Field(description="DNA in whole codons, from its first base, in letters A, C, G, T", max_length=400)
]


@cache
def codes() -> dict[str, Any]:
    """NCBI translation tables by the name that tools return; those whose stops depend on context are left out."""
    from Bio.Data import CodonTable

    found = {}
    for number, table in sorted(CodonTable.unambiguous_dna_by_id.items()):
        if set(table.stop_codons) & table.forward_table.keys():
            continue
        first = table.names[0]
        name = first if first.startswith(KEPT) else first[0].lower() + first[1:]
        name = name.replace(" Mitochondrial", " mitochondrial").replace(" Nuclear", " nuclear")
        name = (
            name.replace(" Macronuclear", " macronuclear").replace(" Plastid", " plastid").replace(" Yeast", " yeast")
        )
        name = name.replace(" Flatworm", " flatworm").replace("Candidate Division", "candidate division")
        found["the standard genetic code" if number == 1 else f"the {name} code"] = table
    return found


def code_of(name: str) -> Any:
    """A translation table. Raises ToolError for an unknown name."""
    wanted = name.strip().casefold().removeprefix("the ")
    for known, table in codes().items():
        if wanted == known.casefold().removeprefix("the "):
            return table
    raise ToolError(f"unknown genetic code {name!r}: known are {'; '.join(codes())}")


def whole_codons(dna: str) -> list[str]:
    """The codons of a sequence. Raises ToolError if its length is no multiple of three."""
    sequence = checked_dna(dna)
    if len(sequence) % 3:
        raise ToolError(f"the {len(sequence)} bases are no whole number of codons", "invalid_arguments")
    return [sequence[i : i + 3] for i in range(0, len(sequence), 3)]


class GeneticCode(Result):
    """Start and stop codons of a code."""

    start_codons: Annotated[
        list[Annotated[str, CODON]],
        Says(
            "the start codons of {code} in NCBI's table",
            ask=("Which codons does NCBI list as start codons of {code}?",),
        ),
    ]
    stop_codons: Annotated[
        list[Annotated[str, CODON]],
        Says("the stop codons of {code}", ask=("Which codons does NCBI list as stop codons of {code}?",)),
    ]
    sense_codons: Annotated[
        int,
        Quantity("codons", "", 0),
        Says(
            "the number of codons that encode an amino acid in {code}",
            has="number of codons that encode an amino acid",
            ask=("How many codons encode an amino acid in {code}?",),
            high="largest",
            low="smallest",
        ),
    ]


@tool(
    domain="biological",
    kind="R",
    sources=[BIOPYTHON],
    determinism="snapshot",
    probes=[
        Probe(
            {"code": "the vertebrate mitochondrial code"},
            {"/stop_codons": ["AGA", "AGG", "TAA", "TAG"], "/sense_codons": 60},
            "NCBI translation table 2",
        ),
        Probe({"code": "the standard genetic code"}, {"/sense_codons": 61}, "NCBI translation table 1"),
    ],
)
def genetic_code(code: Code) -> GeneticCode:
    """Start codons, stop codons and number of sense codons of a genetic code (NCBI translation tables)."""
    table = code_of(code)
    return GeneticCode(
        start_codons=sorted(table.start_codons),
        stop_codons=sorted(table.stop_codons),
        sense_codons=len(table.forward_table),
    )


class CodonMeaning(Result):
    """How a code reads a codon."""

    amino_acid: Annotated[
        str | None,
        AMINO_ACID,
        Says(
            "the amino acid encoded by {codon} in {code}",
            ask=("Which amino acid does {codon} encode in {code}?",),
        ),
    ]
    is_stop: Annotated[
        bool, Says("whether {codon} is a stop codon in {code}", ask=("Is {codon} a stop codon in {code}?",))
    ]
    is_start: Annotated[
        bool,
        Says(
            "whether NCBI lists {codon} as a start codon of {code}",
            ask=("Does NCBI list {codon} as a start codon of {code}?",),
        ),
    ]


@tool(
    domain="biological",
    kind="R",
    sources=[BIOPYTHON],
    determinism="snapshot",
    probes=[
        Probe(
            {"codon": "ATA", "code": "the vertebrate mitochondrial code"},
            {"/amino_acid": "methionine", "/is_stop": False, "/is_start": True},
            "NCBI translation table 2",
        ),
        Probe({"codon": "TGA", "code": "the standard genetic code"}, {"/amino_acid": None, "/is_stop": True}),
    ],
)
def codon_meaning(codon: Codon, code: Code) -> CodonMeaning:
    """What a codon means in a genetic code (NCBI translation tables)."""
    table = code_of(code)
    letter = table.forward_table.get(codon)
    return CodonMeaning(
        amino_acid=AMINO_ACIDS[letter] if letter else None,
        is_stop=codon in table.stop_codons,
        is_start=codon in table.start_codons,
    )


class Synonyms(Result):
    """The codons of an amino acid."""

    codons: Annotated[
        list[Annotated[str, CODON]],
        Says(
            "the codons that encode {amino_acid} in {code}",
            ask=("Which codons encode {amino_acid} in {code}?",),
        ),
    ]


@tool(
    domain="biological",
    kind="R",
    sources=[BIOPYTHON],
    determinism="snapshot",
    probes=[
        Probe(
            {"amino_acid": "methionine", "code": "the vertebrate mitochondrial code"},
            {"/codons": ["ATA", "ATG"]},
            "NCBI translation table 2",
        )
    ],
)
def codons_of_amino_acid(amino_acid: AminoAcid, code: Code) -> Synonyms:
    """Codons that encode an amino acid in a genetic code (NCBI translation tables)."""
    letter, table = residue_letter(amino_acid), code_of(code)
    return Synonyms(codons=sorted(codon for codon, meant in table.forward_table.items() if meant == letter))


class Translation(Result):
    """The peptide that a DNA encodes."""

    peptide: Annotated[
        str,
        PROTEIN,
        Says(
            "the peptide encoded by {dna} in {code}, read from the first base up to any stop codon",
            ask=("Which peptide does {dna} encode in {code}, read from the first base up to any stop codon?",),
        ),
    ]
    length: Annotated[
        int,
        Quantity("residues", "residues", 0),
        Says(
            "the number of amino acids that {dna} encodes in {code} before any stop codon, read from the first base",
            ask=("How many amino acids does {dna} encode in {code} before any stop codon, read from the first base?",),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[BIOPYTHON],
    determinism="snapshot",
    probes=[
        Probe(
            {"dna": "ATAGCAACCTGATTTAGAATGCTAAGG", "code": "the vertebrate mitochondrial code"},
            {"/peptide": "MATWF", "/length": 5},
            "NCBI translation table 2, by hand",
        )
    ],
)
def translate(dna: CodingDna, code: Code) -> Translation:
    """Peptide that a DNA sequence encodes from its first base to the first stop codon, in a genetic code."""
    table, letters = code_of(code), []
    for codon in whole_codons(dna):
        if codon not in table.forward_table:
            break
        letters.append(table.forward_table[codon])
    if not letters:
        raise ToolError(f"{dna[:3]!r} is a stop codon in {code}: nothing is translated")
    return Translation(peptide="".join(letters), length=len(letters))
