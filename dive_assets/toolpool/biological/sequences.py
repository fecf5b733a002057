"""DNA sequences: composition, complement, weight, melting temperature (Biopython)."""

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.biological.entity_types import DNA
from dive_assets.toolpool.shared.data_sources import BIOPYTHON
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

Dna = Annotated[
    str,
    DNA,
    Draw.sequence("ACGT", 24, 36, step=3),
    Field(description="DNA in letters A, C, G, T, from 5' to 3'", max_length=400),
]
LAC_PRIMER = "GTAAAACGACGGCCAGT"


def checked_dna(dna: str) -> str:
    """The sequence in capitals. Raises ToolError if it holds other letters than A, C, G and T."""
    sequence = dna.strip().upper()
    if not sequence or set(sequence) - set("ACGT"):
        raise ToolError("give DNA in letters A, C, G and T", "invalid_arguments")
    return sequence


class ReverseComplement(Result):
    """The opposite strand."""

    sequence: Annotated[
        str,
        DNA,
        Says(
            ("the reverse complement of {dna}", "the strand complementary to {dna}, read 5' to 3'"),
            ask=("What is the reverse complement of {dna}?",),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[BIOPYTHON],
    probes=[Probe({"dna": "GTAAAACGACGGCCAGT"}, {"/sequence": "ACTGGCCGTCGTTTTAC"}, "M13 forward primer, by hand")],
)
def reverse_complement(dna: Dna) -> ReverseComplement:
    """Reverse complement of a DNA sequence."""
    from Bio.Seq import Seq

    return ReverseComplement(sequence=str(Seq(checked_dna(dna)).reverse_complement()))


class BaseComposition(Result):
    """Length, GC content and weights of a DNA."""

    length: Annotated[
        int,
        Quantity("base pair", "bases", 0, additive=True),
        Says(
            "the length of {dna}",
            has="length in bases",
            ask=("How many bases does {dna} have?",),
            high="greatest",
            low="shortest",
        ),
    ]
    gc_percent: Annotated[
        float,
        Quantity("percent", "percent", 1),
        Says(
            "the GC content of {dna}",
            has="GC content",
            ask=("What is the GC content of {dna}?", "What percentage of the bases of {dna} are G or C?"),
        ),
    ]
    purines: Annotated[
        int,
        Quantity("purines", "purines", 0, additive=True),
        Says(
            "the number of purines in {dna}",
            has="number of purines",
            ask=("How many of the bases of {dna} are purines?",),
            high="largest",
            low="smallest",
        ),
    ]
    single_weight: Annotated[
        float,
        Quantity("gram/mole", "g/mol", 1, additive=True),
        Says(
            "the molecular weight of {dna} as single-stranded DNA with a 5' phosphate",
            has="molecular weight as single-stranded DNA with a 5' phosphate",
            ask=("What is the molecular weight of {dna} as single-stranded DNA with a 5' phosphate?",),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[BIOPYTHON],
    probes=[
        Probe({"dna": LAC_PRIMER}, {"/length": 17, "/gc_percent": 100 * 9 / 17, "/purines": 11}, "M13 primer, by hand"),
        Probe({"dna": "AGC"}, {"/single_weight": 949.61}, "Biopython tutorial, molecular_weight"),
    ],
)
def base_composition(dna: Dna) -> BaseComposition:
    """Length, GC content, number of purines and molecular weight of a DNA sequence."""
    from Bio.SeqUtils import gc_fraction, molecular_weight

    sequence = checked_dna(dna)
    return BaseComposition(
        length=len(sequence),
        gc_percent=100 * gc_fraction(sequence),
        purines=sequence.count("A") + sequence.count("G"),
        single_weight=molecular_weight(sequence, "DNA"),
    )


class MeltingTemperature(Result):
    """Melting temperatures of a short DNA with its complement."""

    wallace: Annotated[
        float,
        Quantity("degC", "°C", 0, ratio=False),
        Says(
            ("the melting temperature of {dna} by the Wallace rule", "the Wallace-rule Tm of {dna}"),
            has="melting temperature by the Wallace rule",
            ask=("What is the melting temperature of {dna} by the Wallace rule?",),
        ),
    ]
    nearest_neighbour: Annotated[
        float,
        Quantity("degC", "°C", 1, ratio=False),
        Says(
            "the nearest-neighbour melting temperature of {dna} (Allawi and SantaLucia 1997, 50 mM sodium with"
            " SantaLucia's 1998 salt correction, both strands at 25 nM)",
            has="nearest-neighbour melting temperature (Allawi and SantaLucia 1997, 50 mM sodium with SantaLucia's 1998"
            " salt correction, both strands at 25 nM)",
            ask=(
                "What is the melting temperature of {dna} by the nearest-neighbour parameters of Allawi and SantaLucia"
                " (1997), at 50 mM sodium with SantaLucia's 1998 salt correction and both strands at 25 nM?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[BIOPYTHON],
    probes=[
        Probe({"dna": "ACGTTGCAATGCCGTA"}, {"/wallace": 48.0}, "4 x GC + 2 x AT, by hand"),
        Probe(
            {"dna": "CGTTCCAAAGATGTGGGCATGAGCTTAC"},
            {"/wallace": 84.0, "/nearest_neighbour": 60.3209195},
            "Biopython documentation of Tm_NN",
        ),
    ],
)
def melting_temperature(dna: Dna) -> MeltingTemperature:
    """Melting temperature of a short DNA by the Wallace rule and by nearest neighbours."""
    from Bio.SeqUtils import MeltingTemp

    sequence = checked_dna(dna)
    if len(sequence) < 8:
        raise ToolError("give at least eight bases", "invalid_arguments")
    return MeltingTemperature(
        wallace=MeltingTemp.Tm_Wallace(sequence),
        nearest_neighbour=MeltingTemp.Tm_NN(
            sequence, nn_table=MeltingTemp.DNA_NN3, Na=50, dnac1=25, dnac2=25, saltcorr=5
        ),
    )
