"""Recognition sites and overhangs of restriction enzymes, and what they mean for DNA (REBASE, Biopython)."""

from functools import cache
from itertools import pairwise
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.biological.chromosome_regions import DNA_LENGTH
from dive_assets.toolpool.biological.entity_types import OVERHANG, RECOGNITION_SITE, RESTRICTION_ENZYME
from dive_assets.toolpool.biological.enzymes import Enzyme, commercial, enzyme_of
from dive_assets.toolpool.biological.sequences import Dna, checked_dna
from dive_assets.toolpool.shared.data_sources import BIOPYTHON
from dive_assets.tools.annotations import Draw, Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

Site = Annotated[
    str,
    RECOGNITION_SITE,
    Field(
        description="Recognition site in IUPAC letters, such as GAATTC", pattern="^[ACGTRYSWKMBDHVN]+$", max_length=30
    ),
]
CLOSEST = 8
ENZYME_COUNT = Quantity("enzymes", "", 0, additive=True)


class EnzymesOfSite(Result):
    """The enzymes that recognise a site."""

    enzymes: Annotated[
        list[Annotated[str, RESTRICTION_ENZYME]],
        Says(
            (
                "the commercially available enzymes in REBASE that recognise {site}",
                "the commercial restriction enzymes whose recognition site in REBASE is {site}",
            ),
            ask=("Which commercially available restriction enzymes in REBASE recognise {site}?",),
        ),
    ]
    count: Annotated[
        int,
        ENZYME_COUNT,
        Says(
            "the number of commercially available enzymes in REBASE that recognise {site}",
            has="number of matching commercially available enzymes in REBASE",
            ask=("How many commercially available restriction enzymes in REBASE recognise {site}?",),
            high="largest",
            low="smallest",
        ),
    ]
    blunt: Annotated[
        list[Annotated[str, RESTRICTION_ENZYME]],
        Says(
            "the commercially available enzymes in REBASE that recognise {site} and leave blunt ends",
            ask=("Which commercially available enzymes in REBASE recognise {site} and leave blunt ends?",),
        ),
    ]


@tool(
    domain="biological",
    kind="R",
    sources=[BIOPYTHON],
    determinism="snapshot",
    probes=[
        Probe({"site": "CCCGGG"}, {"/enzymes": ["Cfr9I", "SmaI", "TspMI", "XmaI"], "/blunt": ["SmaI"]}, "REBASE"),
        Probe({"site": "GAATTC"}, {"/enzymes": ["EcoRI"], "/count": 1, "/blunt": []}, "REBASE"),
    ],
)
def enzymes_of_site(site: Site) -> EnzymesOfSite:
    """Commercially available restriction enzymes that recognise a site (REBASE)."""
    found = {name: enzyme for name, enzyme in commercial().items() if enzyme.site == site}
    if not found:
        raise ToolError(f"no commercially available enzyme in REBASE recognises {site!r}")
    return EnzymesOfSite(
        enzymes=sorted(found), count=len(found), blunt=sorted(n for n, e in found.items() if e.is_blunt())
    )


@cache
def overhangs() -> dict[str, list[str]]:
    """Enzymes with a palindromic site by the unambiguous overhang they leave."""
    found: dict[str, list[str]] = {}
    for name in commercial():
        if overhang := _overhang(name):
            found.setdefault(overhang, []).append(name)
    return {overhang: sorted(names) for overhang, names in sorted(found.items())}


def _overhang(enzyme: str) -> str | None:
    """\"the 5' overhang AATT\"; None for blunt ends, ambiguous letters and sites that are no palindrome."""
    found = enzyme_of(enzyme)
    letters = found.ovhgseq or ""
    if not letters or set(letters) - set("ACGT") or not found.is_palindromic():
        return None
    return f"the {5 if found.ovhg < 0 else 3}' overhang {letters}"


class EnzymeOverhang(Result):
    """The sticky end of an enzyme."""

    overhang: Annotated[
        str | None,
        OVERHANG,
        Says(
            ("the sticky end that {enzyme} leaves", "the single-stranded overhang left by {enzyme}"),
            ask=("Which overhang does {enzyme} leave (5' or 3', and its bases)?",),
        ),
    ]
    sharing: Annotated[
        int | None,
        ENZYME_COUNT,
        Says(
            "the number of other commercially available enzymes in REBASE with a palindromic site that leave the same"
            " overhang as {enzyme}",
            has="number of overhang-sharing commercially available enzymes (palindromic sites, REBASE)",
            ask=(
                "How many other commercially available enzymes in REBASE with a palindromic site leave the same overhang"
                " as {enzyme}?",
            ),
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
        Probe({"enzyme": "EcoRI"}, {"/overhang": "the 5' overhang AATT"}, "REBASE, G^AATTC"),
        Probe({"enzyme": "KpnI"}, {"/overhang": "the 3' overhang GTAC"}, "REBASE, GGTAC^C"),
        Probe({"enzyme": "SmaI"}, {"/overhang": None, "/sharing": None}, "REBASE, CCC^GGG is blunt"),
    ],
)
def enzyme_overhang(enzyme: Enzyme) -> EnzymeOverhang:
    """The unambiguous overhang that a restriction enzyme with a palindromic site leaves (REBASE)."""
    overhang = _overhang(enzyme)
    return EnzymeOverhang(overhang=overhang, sharing=len(overhangs()[overhang]) - 1 if overhang else None)


class OverhangEnzymes(Result):
    """The enzymes that leave an overhang."""

    enzymes: Annotated[
        list[Annotated[str, RESTRICTION_ENZYME]],
        Says(
            (
                "the commercially available enzymes in REBASE with a palindromic site that leave {overhang}",
                "the commercial palindrome-cutting enzymes in REBASE that produce {overhang}",
            ),
            ask=("Which commercially available enzymes in REBASE with a palindromic site leave {overhang}?",),
        ),
    ]
    sites: Annotated[
        list[Annotated[str, RECOGNITION_SITE]],
        Says(
            "the distinct palindromic sites at which commercially available enzymes in REBASE leave {overhang}",
            ask=("At which distinct palindromic sites do commercially available enzymes in REBASE leave {overhang}?",),
        ),
    ]
    count: Annotated[
        int,
        ENZYME_COUNT,
        Says(
            "the number of commercially available enzymes in REBASE with a palindromic site that leave {overhang}",
            has="number of matching commercially available enzymes (palindromic sites, REBASE)",
            ask=("How many commercially available enzymes in REBASE with a palindromic site leave {overhang}?",),
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
            {"overhang": "the 5' overhang AATT"},
            {"/sites": ["AATT", "CAATTG", "GAATTC", "RAATTY"]},
            "REBASE: EcoRI, MfeI, MluCI and ApoI",
        )
    ],
)
def overhang_enzymes(
    overhang: Annotated[str, OVERHANG, Field(description='Such as "the 5\' overhang AATT"', max_length=40)],
) -> OverhangEnzymes:
    """Commercially available enzymes with a palindromic site that leave an overhang, and their sites (REBASE)."""
    wanted = overhang.strip().casefold().removeprefix("the ")
    for known, names in overhangs().items():
        if wanted == known.casefold().removeprefix("the "):
            return OverhangEnzymes(
                enzymes=names, sites=sorted({enzyme_of(name).site for name in names}), count=len(names)
            )
    raise ToolError(f"no commercially available enzyme with a palindromic site leaves {overhang!r}")


def sequences_of(site: str) -> int:
    """Number of plain sequences that a site in IUPAC letters stands for."""
    from Bio.Data.IUPACData import ambiguous_dna_values

    number = 1
    for letter in site:
        number *= len(ambiguous_dna_values[letter])
    return number


class SiteSequences(Result):
    """What a site in IUPAC letters stands for."""

    sequences: Annotated[
        int,
        Quantity("sequences", "", 0),
        Says(
            (
                "the number of plain A, C, G, T sequences for which {site} stands in IUPAC notation",
                "the number of different unambiguous DNA sequences that match {site}",
            ),
            has="number of matching plain DNA sequences",
            ask=("For how many plain A, C, G, T sequences does {site} stand in IUPAC notation?",),
            high="largest",
            low="smallest",
        ),
    ]
    opposite: Annotated[
        str,
        Text("it in IUPAC letters, 5' to 3'"),
        Says(
            "the reverse complement in IUPAC letters of {site}",
            ask=("What is the reverse complement of {site} in IUPAC letters?",),
        ),
    ]
    palindromic: Annotated[
        bool, Says("whether {site} is its own reverse complement", ask=("Is {site} its own reverse complement?",))
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[BIOPYTHON],
    probes=[
        Probe({"site": "CCWGG"}, {"/sequences": 2, "/opposite": "CCWGG", "/palindromic": True}, "by hand: W is A or T"),
        Probe({"site": "GGTCTC"}, {"/sequences": 1, "/opposite": "GAGACC", "/palindromic": False}, "by hand"),
        Probe({"site": "GTYRAC"}, {"/sequences": 4, "/palindromic": True}, "by hand"),
    ],
)
def site_sequences(site: Site) -> SiteSequences:
    """Number of plain sequences, reverse complement and palindromicity of a site in IUPAC letters."""
    from Bio.Seq import reverse_complement

    opposite = reverse_complement(site)
    return SiteSequences(sequences=sequences_of(site), opposite=opposite, palindromic=opposite == site)


class ExpectedSites(Result):
    """How often chance puts a site into DNA."""

    count: Annotated[
        float,
        Quantity("sites", "", 1),
        Says(
            (
                "the number of places where chance alone would put {site} on one strand of random DNA of {length} with"
                " equal base frequencies (length divided by the mean spacing)",
                "the expected count of {site} on one strand of random DNA of {length} with equal base frequencies (length"
                " divided by the mean spacing)",
            ),
            ask=(
                "How many times is {site} expected on one strand of random DNA of {length} with equal base frequencies"
                " (length divided by the mean spacing)?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[BIOPYTHON],
    probes=[
        Probe({"site": "GAATTC", "length": 48502}, {"/count": 48502 / 4096}, "phage lambda over 4**6, by hand"),
        Probe({"site": "CCWGG", "length": 4361}, {"/count": 4361 / 512}, "pBR322 over 4**5 / 2, by hand"),
    ],
)
def expected_sites(
    site: Site,
    length: Annotated[
        int, DNA_LENGTH, Draw.integer(3_000, 200_000, step=500, suffix=" base pairs"), Field(ge=1, le=10_000_000_000)
    ],
) -> ExpectedSites:
    """Expected number of occurrences of a site in random DNA with equal base frequencies."""
    return ExpectedSites(count=length * sequences_of(site) / 4 ** len(site))


class DoubleDigest(Result):
    """Fragments of a double digest."""

    fragments: Annotated[
        int,
        Quantity("fragments", "", 0),
        Says(
            "the number of fragments from a complete double digest of {dna}, as a linear molecule, with {enzyme} and"
            " {other_enzyme}",
            ask=("Into how many fragments do {enzyme} and {other_enzyme} together cut {dna}, as a linear molecule?",),
        ),
    ]
    longest_length: Annotated[
        int,
        Quantity("base pair", "bases of its top strand", 0),
        Says(
            "the top-strand length of the longest fragment from a complete double digest of {dna}, as a linear molecule,"
            " with {enzyme} and {other_enzyme}",
            ask=(
                "How many bases long is the top strand of the longest fragment when {enzyme} and {other_enzyme} together"
                " digest {dna}, as a linear molecule?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[BIOPYTHON],
    probes=[
        Probe(
            {"dna": "GAATTCGAGCTCGGTACCCGGGGATCCTCTAGAGTCGACC", "enzyme": "BamHI", "other_enzyme": "EcoRI"},
            {"/fragments": 3, "/longest_length": 21},
            "pUC19 polylinker, cut by hand as G^AATTC and G^GATCC",
        )
    ],
)
def double_digest(dna: Dna, enzyme: Enzyme, other_enzyme: Enzyme) -> DoubleDigest:
    """Fragments of a linear DNA after complete digestion with two restriction enzymes."""
    from Bio.Seq import Seq

    sequence = checked_dna(dna)
    cuts = {place - 1 for name in (enzyme, other_enzyme) for place in enzyme_of(name).search(Seq(sequence))}
    ends = sorted({0, len(sequence), *cuts})
    if any(0 < second - first < CLOSEST for first, second in pairwise(sorted(cuts))):
        raise ToolError(
            f"sites of {enzyme} and {other_enzyme} overlap or touch: the digest depends on which cuts first"
        )
    lengths = [end - start for start, end in pairwise(ends)]
    return DoubleDigest(fragments=len(lengths), longest_length=max(lengths))
