"""Nucleic acids: skew, CpG, reading frames, codons, transcripts, absorbance (published formulas, Biopython)."""

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.biological.data_sources import FORMULA
from dive_assets.toolpool.biological.entity_types import CODON, DNA, RNA
from dive_assets.toolpool.biological.genetic_codes import CodingDna, Codon, whole_codons
from dive_assets.toolpool.biological.sequences import Dna, checked_dna
from dive_assets.toolpool.shared.data_sources import BIOPYTHON
from dive_assets.tools.annotations import Draw, Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

LAC_PRIMER = "GTAAAACGACGGCCAGT"
ABSORPTIVITY = Quantity("liter/mole/centimeter", "M⁻¹ cm⁻¹", 0, role="molar extinction coefficient")
PERCENT = Quantity("percent", "percent", 1)
# Extinction coefficients at 260 nm, in 1/(mM cm), of deoxynucleotides and their dinucleotides
# (Cantor, Warshaw and Shapiro 1970; Tataurov, You and Owczarzy 2008, table 1).
SINGLE = {"A": 15.4, "C": 7.4, "G": 11.5, "T": 8.7}
PAIRS = {
    "AA": 27.4,
    "AC": 21.2,
    "AG": 25.0,
    "AT": 22.8,
    "CA": 21.2,
    "CC": 14.6,
    "CG": 18.0,
    "CT": 15.2,
    "GA": 25.2,
    "GC": 17.6,
    "GG": 21.6,
    "GT": 20.0,
    "TA": 23.4,
    "TC": 16.2,
    "TG": 19.0,
    "TT": 16.8,
}


class StrandSkew(Result):
    """Excess of G over C and of A over T."""

    gc_skew: Annotated[
        float | None,
        Quantity("", "", 3, ratio=False),
        Says(
            "the GC skew (G - C)/(G + C) of {dna}",
            has="GC skew (G - C)/(G + C)",
            ask=("What is the GC skew, (G - C)/(G + C), of {dna}?",),
        ),
    ]
    at_skew: Annotated[
        float | None,
        Quantity("", "", 3, ratio=False),
        Says(
            "the AT skew (A - T)/(A + T) of {dna}",
            has="AT skew (A - T)/(A + T)",
            ask=("What is the AT skew, (A - T)/(A + T), of {dna}?",),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"dna": LAC_PRIMER}, {"/gc_skew": (5 - 4) / 9, "/at_skew": (6 - 2) / 8}, "M13 primer, counted by hand")
    ],
)
def strand_skew(dna: Dna) -> StrandSkew:
    """GC skew and AT skew of a DNA strand (Lobry 1996)."""
    count = {base: checked_dna(dna).count(base) for base in "ACGT"}
    gc, at = count["G"] + count["C"], count["A"] + count["T"]
    return StrandSkew(
        gc_skew=(count["G"] - count["C"]) / gc if gc else None, at_skew=(count["A"] - count["T"]) / at if at else None
    )


class CpgContent(Result):
    """CpG dinucleotides of a DNA."""

    count: Annotated[
        int,
        Quantity("CpG dinucleotides", "", 0, additive=True),
        Says(
            ("the number of CpG dinucleotides in {dna}", "the CpG count of {dna}"),
            has="number of CpG dinucleotides",
            ask=("How many CpG dinucleotides does {dna} contain?",),
            high="largest",
            low="smallest",
        ),
    ]
    observed_to_expected: Annotated[
        float | None,
        Quantity("", "", 3),
        Says(
            "the observed-to-expected CpG ratio of {dna} by Gardiner-Garden and Frommer (CpG count times length over"
            " the product of the C and G counts)",
            has="observed-to-expected CpG ratio by Gardiner-Garden and Frommer (CpG count times length over the product"
            " of the C and G counts)",
            ask=(
                "What is the observed-to-expected CpG ratio of {dna} by Gardiner-Garden and Frommer (CpG count times"
                " length over the product of the C and G counts)?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"dna": LAC_PRIMER}, {"/count": 2, "/observed_to_expected": 2 * 17 / (4 * 5)}, "M13 primer, by hand")
    ],
)
def cpg_content(dna: Dna) -> CpgContent:
    """Number of CpG dinucleotides and observed-to-expected ratio (Gardiner-Garden and Frommer 1987)."""
    sequence = checked_dna(dna)
    product = sequence.count("C") * sequence.count("G")
    found = sequence.count("CG")
    return CpgContent(count=found, observed_to_expected=found * len(sequence) / product if product else None)


class PositionGc(Result):
    """GC content by codon position."""

    first: Annotated[
        float,
        PERCENT,
        Says(
            "the GC content at the first codon positions of {dna}, read from its first base",
            has="GC content at the first codon positions",
            ask=("What is the GC content at the first codon positions of {dna}, read from its first base?",),
        ),
    ]
    third: Annotated[
        float,
        PERCENT,
        Says(
            (
                "the GC content at the third codon positions of {dna}, read from its first base",
                "the GC3 content of {dna}, read from its first base",
            ),
            has="GC content at the third codon positions",
            ask=("What is the GC3 content of {dna}, read from its first base?",),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"dna": "ATGGCCAAATTC"}, {"/first": 25, "/third": 75}, "by hand: A, G, A, T and G, C, A, C"),
        Probe({"dna": "ATGGTGCATCTGACTCCT"}, {"/first": 400 / 6, "/third": 50}, "HBB start, by hand"),
    ],
)
def codon_position_gc(dna: CodingDna) -> PositionGc:
    """GC content at the first and third codon positions of a coding DNA."""
    codons = whole_codons(dna)
    first, third = (100 * sum(codon[place] in "GC" for codon in codons) / len(codons) for place in (0, 2))
    return PositionGc(first=first, third=third)


class CodonOccurrences(Result):
    """How often a codon occurs in frame."""

    count: Annotated[
        int,
        Quantity("codons", "", 0, additive=True),
        Says(
            (
                "the number of times {codon} occurs in {dna}, read in frame from its first base",
                "the number of in-frame occurrences of {codon} in {dna}, read from its first base",
            ),
            ask=("How many times does {codon} occur as a codon in {dna}, read in frame from its first base?",),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[FORMULA],
    probes=[Probe({"dna": "ATGCTGACTGCTGCTCTG", "codon": "CTG"}, {"/count": 2}, "by hand: ATG CTG ACT GCT GCT CTG")],
)
def codon_occurrences(dna: CodingDna, codon: Codon) -> CodonOccurrences:
    """Number of times a codon occurs in frame in a coding DNA."""
    return CodonOccurrences(count=whole_codons(dna).count(codon))


class DnaCodons(Result):
    """The codons of a DNA."""

    commonest: Annotated[
        str | None,
        CODON,
        Says(
            "the most frequent codon in {dna}, read from its first base",
            ask=("Which codon is the most frequent in {dna}, read from its first base?",),
        ),
    ]
    last: Annotated[
        str,
        CODON,
        Says(
            ("the last codon of {dna}, read from its first base", "the 3'-terminal codon of {dna}"),
            ask=("What is the last codon of {dna}, read from its first base?",),
        ),
    ]
    distinct: Annotated[
        int,
        Quantity("codons", "", 0),
        Says(
            "the number of distinct codons in {dna}, read from its first base",
            has="number of distinct codons",
            ask=("How many distinct codons does {dna} contain, read from its first base?",),
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
            {"dna": "ATGCTGACTGCTGCTCTGGCT"},
            {"/commonest": "GCT", "/last": "GCT", "/distinct": 4},
            "by hand: ATG CTG ACT GCT GCT CTG GCT",
        )
    ],
)
def dna_codons(dna: CodingDna) -> DnaCodons:
    """Most frequent, last and number of distinct codons of a coding DNA."""
    codons = whole_codons(dna)
    most = max(map(codons.count, codons))
    top = sorted({codon for codon in codons if codons.count(codon) == most})
    return DnaCodons(commonest=top[0] if len(top) == 1 else None, last=codons[-1], distinct=len(set(codons)))


class FrameTranslation(Result):
    """A reading frame of a DNA."""

    translation: Annotated[
        str,
        Text("it in one-letter codes with * for a stop codon"),
        Says(
            (
                "the translation of {dna} in {frame} by the standard genetic code, with * for stop codons",
                "the amino-acid sequence of {frame} of {dna} by the standard genetic code, with * for stop codons",
            ),
            ask=("How does {dna} read in {frame} by the standard genetic code, with * for stop codons?",),
        ),
    ]
    stops: Annotated[
        int,
        Quantity("stop codons", "", 0, additive=True),
        Says(
            "the number of stop codons of the standard genetic code in {frame} of {dna}",
            has="number of stop codons of the standard genetic code in {frame}",
            ask=("How many stop codons of the standard genetic code stand in {frame} of {dna}?",),
            high="largest",
            low="smallest",
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[BIOPYTHON],
    probes=[
        Probe({"dna": "ATGGCCATTGTAATGGGCCGC", "frame": 2}, {"/translation": "WPL*WA", "/stops": 1}, "by hand"),
        Probe({"dna": "ATGGCCATTGTAATGGGCCGC", "frame": -1}, {"/translation": "AAHYNGH", "/stops": 0}, "by hand"),
    ],
)
def frame_translation(
    dna: Dna,
    frame: Annotated[
        int,
        Draw.choice(
            {
                2: "forward reading frame 2",
                3: "forward reading frame 3",
                -1: "reverse reading frame 1",
                -2: "reverse reading frame 2",
                -3: "reverse reading frame 3",
            }
        ),
        Field(ge=-3, le=3),
    ],
) -> FrameTranslation:
    """Translation of a DNA in one of its six reading frames (standard genetic code)."""
    from Bio.Seq import Seq

    strand = Seq(checked_dna(dna))
    if frame == 0:
        raise ToolError("reading frames are 1, 2, 3 and -1, -2, -3", "invalid_arguments")
    if frame < 0:
        strand = strand.reverse_complement()
    start = abs(frame) - 1
    letters = str(strand[start : start + (len(strand) - start) // 3 * 3].translate())
    return FrameTranslation(translation=letters, stops=letters.count("*"))


class Transcript(Result):
    """The RNA of a coding strand."""

    rna: Annotated[
        str,
        RNA,
        Says(
            (
                "the RNA transcript whose coding strand is {dna}",
                "the mRNA whose coding strand has the sequence of {dna}",
            ),
            ask=("What is the RNA transcript if {dna} is the coding strand?",),
        ),
    ]
    template_rna: Annotated[
        str,
        RNA,
        Says(
            "the RNA transcript, 5' to 3', whose template strand is {dna}",
            ask=("What is the RNA transcript, 5' to 3', if {dna} is the template strand?",),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[BIOPYTHON],
    probes=[
        Probe(
            {"dna": "ATGCCGTAAGC"}, {"/rna": "AUGCCGUAAGC", "/template_rna": "GCUUACGGCAU"}, "by hand, T replaced by U"
        )
    ],
)
def transcript(dna: Dna) -> Transcript:
    """RNA transcribed from a DNA as coding or as template strand."""
    sequence = checked_dna(dna)
    opposite = sequence.translate(str.maketrans("ACGT", "UGCA"))[::-1]
    return Transcript(rna=sequence.replace("T", "U"), template_rna=opposite)


class RnaFacts(Result):
    """What an RNA is made of and made from."""

    cdna: Annotated[
        str,
        DNA,
        Says(
            ("the first-strand cDNA of {rna}, 5' to 3'", "the cDNA strand, 5' to 3', that is complementary to {rna}"),
            ask=("What is the first-strand cDNA, 5' to 3', of {rna}?",),
        ),
    ]
    uracil: Annotated[
        int,
        Quantity("uracils", "", 0, additive=True),
        Says(
            "the number of uracils in {rna}",
            has="number of uracils",
            ask=("How many of the bases of {rna} are uracil?",),
            high="largest",
            low="smallest",
        ),
    ]
    weight: Annotated[
        float,
        Quantity("gram/mole", "g/mol", 1, additive=True),
        Says(
            "the molecular weight of {rna} as single-stranded RNA with a 5' phosphate",
            has="molecular weight as single-stranded RNA with a 5' phosphate",
            ask=("What is the molecular weight of {rna} as single-stranded RNA with a 5' phosphate?",),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[BIOPYTHON],
    probes=[
        Probe({"rna": "AUGCCGUAAGC"}, {"/cdna": "GCTTACGGCAT", "/uracil": 2}, "by hand"),
        Probe({"rna": "A"}, {"/weight": 347.2212}, "AMP, PubChem CID 6083"),
    ],
)
def rna_facts(
    rna: Annotated[
        str,
        RNA,
        Draw.sequence("ACGU", 12, 30),
        Field(description="RNA in letters A, C, G, U, from 5' to 3'", max_length=400, pattern="^[ACGU]+$"),
    ],
) -> RnaFacts:
    """First-strand cDNA, number of uracils and molecular weight of an RNA."""
    from Bio.SeqUtils import molecular_weight

    return RnaFacts(
        cdna=rna.translate(str.maketrans("ACGU", "TGCA"))[::-1],
        uracil=rna.count("U"),
        weight=molecular_weight(rna, "RNA"),
    )


class OligoAbsorptivity(Result):
    """How an oligonucleotide absorbs ultraviolet light."""

    coefficient: Annotated[
        float,
        ABSORPTIVITY,
        Says(
            (
                "the molar extinction coefficient at 260 nm of {dna} as single-stranded DNA by nearest neighbours"
                " (Cantor, Warshaw and Shapiro 1970)",
            ),
            has="molar extinction coefficient at 260 nm as single-stranded DNA by nearest neighbours (Cantor, Warshaw and"
            " Shapiro 1970)",
            ask=(
                "By the nearest-neighbour values of Cantor, Warshaw and Shapiro (1970), what is the molar extinction"
                " coefficient at 260 nm of {dna} as single-stranded DNA?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"dna": "TTTTT"}, {"/coefficient": 4 * 16800 - 3 * 8700}, "by hand from the published table"),
        Probe({"dna": "ACGT"}, {"/coefficient": 21200 + 18000 + 20000 - 7400 - 11500}, "by hand from the table"),
    ],
)
def oligo_absorptivity(dna: Dna) -> OligoAbsorptivity:
    """Extinction coefficient at 260 nm of a single-stranded DNA (nearest neighbours, Cantor et al. 1970)."""
    sequence = checked_dna(dna)
    if len(sequence) < 2:
        raise ToolError("give at least two bases", "invalid_arguments")
    pairs = sum(PAIRS[sequence[i : i + 2]] for i in range(len(sequence) - 1))
    return OligoAbsorptivity(coefficient=round(1000 * (pairs - sum(SINGLE[base] for base in sequence[1:-1])), 6))
