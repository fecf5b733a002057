"""What restriction enzymes do to a DNA sequence (REBASE, Biopython)."""

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.biological.entity_types import DNA, RECOGNITION_SITE, RESTRICTION_ENZYME
from dive_assets.toolpool.biological.enzymes import (
    Enzyme,
    Supplier,
    commercial,
    enzyme_of,
    has_plain_site,
    supplier_name,
    suppliers_of,
)
from dive_assets.toolpool.biological.sequences import Dna, checked_dna
from dive_assets.toolpool.shared.data_sources import BIOPYTHON
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

MCS = "GAATTCGAGCTCGGTACCCGGGGATCCTCTAGAGTCGACC"


class SiteCount(Result):
    """Occurrences of a site."""

    count: Annotated[
        int,
        Quantity("occurrences", "", 0, additive=True),
        Says(
            "the number of times {site} occurs in {dna}, overlaps included and read on this strand only",
            ask=("How often does {site} occur in {dna}, overlaps included and read on this strand only?",),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[BIOPYTHON],
    probes=[
        Probe({"dna": MCS, "site": "GA"}, {"/count": 5}, "counted by hand"),
        Probe({"dna": "CCAGGTTCCTGG", "site": "CCWGG"}, {"/count": 2}, "counted by hand"),
    ],
)
def site_count(
    dna: Dna,
    site: Annotated[
        str,
        RECOGNITION_SITE,
        Draw.sequence("ACGT", 2, 3),
        Field(description="Motif in IUPAC letters", pattern="^[ACGTRYSWKMBDHVN]+$", max_length=30),
    ],
) -> SiteCount:
    """Number of times a motif in IUPAC letters occurs in a DNA sequence."""
    from Bio.SeqUtils import nt_search

    return SiteCount(count=len(nt_search(checked_dna(dna), site)) - 1)


class Digest(Result):
    """The fragments of a linear DNA."""

    fragments: Annotated[
        int,
        Quantity("fragments", "", 0),
        Says(
            "the number of fragments into which {enzyme} cuts {dna}, as a linear molecule,",
            ask=("Into how many fragments does {enzyme} cut {dna}, as a linear molecule?",),
        ),
    ]
    longest_length: Annotated[
        int,
        Quantity("base pair", "bases of its top strand", 0),
        Says(
            "the top-strand length of the longest fragment that {enzyme} makes of {dna}, as a linear molecule,",
            ask=("How many bases long is the top strand of the longest fragment that {enzyme} makes of {dna}?",),
        ),
    ]
    first_fragment: Annotated[
        str,
        DNA,
        Says(
            "the top strand of the first fragment, from the 5' end, of a digest of {dna}, as a linear molecule, with {enzyme}",
            ask=(
                "What is the top strand of the 5'-most fragment when {dna}, as a linear molecule, is cut with {enzyme}?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[BIOPYTHON],
    probes=[
        Probe(
            {"dna": MCS, "enzyme": "BamHI"},
            {"/fragments": 2, "/longest_length": 22, "/first_fragment": "GAATTCGAGCTCGGTACCCGGG"},
            "pUC19 polylinker, cut by hand",
        )
    ],
)
def restriction_digest(dna: Dna, enzyme: Enzyme) -> Digest:
    """Fragments of a linear DNA after complete digestion with a restriction enzyme."""
    from Bio.Seq import Seq

    pieces = [str(piece) for piece in enzyme_of(enzyme).catalyse(Seq(checked_dna(dna)), linear=True)]
    return Digest(fragments=len(pieces), longest_length=max(map(len, pieces)), first_fragment=pieces[0])


class SingleCutters(Result):
    """Enzymes that cut a DNA once."""

    enzymes: Annotated[
        list[Annotated[str, RESTRICTION_ENZYME]],
        Says(
            "the enzymes that REBASE lists for {supplier} whose unambiguous six-base palindromic site occurs exactly"
            " once in {dna}",
            ask=(
                "Which enzymes that REBASE lists for {supplier} have an unambiguous six-base palindromic site that"
                " occurs exactly once in {dna}?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[BIOPYTHON],
    determinism="snapshot",
    probes=[Probe({"dna": "AAAGAATTCAAAGGATCCAAAGGATCCAAA", "supplier": "Promega"}, {"/enzymes": ["EcoRI"]})],
)
def single_cutters(dna: Dna, supplier: Supplier) -> SingleCutters:
    """Six-cutters of a supplier whose palindromic site occurs exactly once in a DNA sequence (REBASE)."""
    sequence, name = checked_dna(dna), supplier_name(supplier)
    if len(sequence) < 6:
        raise ToolError("the sequence is shorter than six bases", "invalid_arguments")
    return SingleCutters(
        enzymes=sorted(
            k
            for k, e in commercial().items()
            if has_plain_site(e, 6) and _occurrences(e.site, sequence) == 1 and name in suppliers_of(e)
        )
    )


def _occurrences(site: str, sequence: str) -> int:
    return sum(sequence.startswith(site, place) for place in range(len(sequence)))
