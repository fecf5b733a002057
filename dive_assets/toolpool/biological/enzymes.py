"""Restriction enzymes: sites, cuts, suppliers, relatives (REBASE as Biopython carries it)."""

from functools import cache
from typing import Annotated, Any

from pydantic import Field

from dive_assets.toolpool.biological.entity_types import RECOGNITION_SITE, RESTRICTION_ENZYME, SUPPLIER
from dive_assets.toolpool.shared.data_sources import BIOPYTHON
from dive_assets.tools.annotations import Draw, Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

Enzyme = Annotated[
    str, RESTRICTION_ENZYME, Field(description="Name of a restriction enzyme, such as EcoRI", max_length=30)
]
Supplier = Annotated[str, SUPPLIER, Field(description="Company, such as New England Biolabs", max_length=60)]
SUPPLIERS = {
    "New England Biolabs": "New England Biolabs",
    "Thermo Fisher Scientific": "Thermo Fisher Scientific",
    "SibEnzyme Ltd.": "SibEnzyme",
    "Vivantis Technologies": "Vivantis Technologies",
    "Takara Bio Inc.": "Takara Bio",
    "Nippon Gene Co., Ltd.": "Nippon Gene",
    "Roche Applied Science": "Roche Applied Science",
    "EURx Ltd.": "EURx",
    "Molecular Biology Resources - CHIMERx": "Molecular Biology Resources",
    "Minotech Biotechnology": "Minotech Biotechnology",
    "Promega Corporation": "Promega",
    "Sigma Chemical Corporation": "Sigma Chemical Corporation",
    "Toyobo Biochemicals": "Toyobo Biochemicals",
    "SinaClon BioScience Co.": "SinaClon BioScience",
    "Agilent Technologies": "Agilent Technologies",
}


@cache
def commercial() -> dict[str, Any]:
    """Commercially available enzymes that cut once beside their site, by name."""
    from Bio.Restriction import CommOnly

    return {str(e): e for e in sorted(CommOnly, key=str) if e.cut_once()}


def enzyme_of(name: str) -> Any:
    """A commercially available enzyme. Raises ToolError for any other name."""
    found = commercial().get(name.strip())
    if found is None:
        raise ToolError(f"unknown enzyme {name!r}: give a commercially available restriction enzyme, such as EcoRI")
    return found


def suppliers_of(enzyme: Any) -> list[str]:
    """Names of the companies that sell an enzyme, sorted."""
    return sorted(SUPPLIERS[name] for name in enzyme.supplier_list() if name in SUPPLIERS)


def supplier_name(supplier: str) -> str:
    """The name that tools return for a supplier. Raises ToolError for an unknown one."""
    wanted = supplier.strip().casefold()
    for official, name in SUPPLIERS.items():
        if wanted in (official.casefold(), name.casefold()):
            return name
    raise ToolError(f"unknown supplier {supplier!r}: known are {', '.join(sorted(SUPPLIERS.values()))}")


def has_plain_site(enzyme: Any, length: int | None = None) -> bool:
    """Whether the site is palindromic, without ambiguous letters, and of a given length."""
    return enzyme.is_palindromic() and set(enzyme.site) <= set("ACGT") and length in (None, len(enzyme.site))


def _cut(enzyme: Any) -> str | None:
    """'G^AATTC' for a palindromic site cut within; None where the cut lies outside."""
    if not enzyme.is_palindromic() or not 0 <= enzyme.fst5 <= len(enzyme.site):
        return None
    return f"{enzyme.site[: enzyme.fst5]}^{enzyme.site[enzyme.fst5 :]}"


class RestrictionEnzyme(Result):
    """What REBASE says of an enzyme."""

    site: Annotated[
        str,
        RECOGNITION_SITE,
        Says(
            ("the recognition site of {enzyme}", "the sequence recognised by {enzyme}"),
            ask=("Which DNA sequence does {enzyme} recognise?",),
        ),
    ]
    site_length: Annotated[
        int,
        Quantity("base pair", "base pairs", 0),
        Says(
            "the length of the recognition site of {enzyme}",
            has="recognition-site length",
            ask=("How many base pairs long is the recognition site of {enzyme}?",),
            high="greatest",
            low="shortest",
        ),
    ]
    cut: Annotated[
        str | None,
        Text("the site with ^ where the top strand is cut"),
        Says(
            "the cleavage pattern of {enzyme}",
            ask=("Where within its recognition site does {enzyme} cut the top strand?",),
        ),
    ]
    ends: Annotated[
        str,
        Text("'blunt', \"5' overhang\" or \"3' overhang\""),
        Says("the kind of ends left by {enzyme}", ask=("What kind of DNA ends does {enzyme} leave?",)),
    ]
    overhang_length: Annotated[
        int,
        Quantity("nucleotides", "nucleotides", 0),
        Says(
            "the length of the single-stranded overhang left by {enzyme}",
            has="overhang length",
            ask=("How many nucleotides long is the overhang that {enzyme} leaves?",),
            high="greatest",
            low="shortest",
        ),
    ]
    spacing: Annotated[
        float,
        Quantity("base pair", "base pairs", 0),
        Says(
            "the mean distance expected between sites of {enzyme} in random DNA with equal base frequencies",
            has="expected distance between sites in random DNA with equal base frequencies",
            ask=("Once in how many base pairs does {enzyme} find its site in random DNA with equal base frequencies?",),
            high="greatest",
            low="shortest",
        ),
    ]
    suppliers: Annotated[
        list[Annotated[str, SUPPLIER]],
        Says(
            ("the suppliers of {enzyme} in REBASE", "the companies that REBASE lists as suppliers of {enzyme}"),
            ask=("Which companies does REBASE list as suppliers of {enzyme}?",),
        ),
    ]


@tool(
    domain="biological",
    kind="R",
    sources=[BIOPYTHON],
    determinism="snapshot",
    probes=[
        Probe(
            {"enzyme": "EcoRI"},
            {"/site": "GAATTC", "/cut": "G^AATTC", "/ends": "5' overhang", "/overhang_length": 4, "/spacing": 4096},
            "REBASE enzyme 993",
        ),
        Probe({"enzyme": "KpnI"}, {"/cut": "GGTAC^C", "/ends": "3' overhang", "/overhang_length": 4}, "REBASE"),
        Probe({"enzyme": "SmaI"}, {"/cut": "CCC^GGG", "/ends": "blunt", "/overhang_length": 0}, "REBASE"),
        Probe({"enzyme": "BsaI"}, {"/site": "GGTCTC", "/cut": None, "/suppliers": ["New England Biolabs"]}, "REBASE"),
    ],
)
def restriction_enzyme(enzyme: Enzyme) -> RestrictionEnzyme:
    """Recognition site, cut, ends and suppliers of a restriction enzyme (REBASE)."""
    found = enzyme_of(enzyme)
    ends = "blunt" if found.is_blunt() else "5' overhang" if found.is_5overhang() else "3' overhang"
    return RestrictionEnzyme(
        site=found.site,
        site_length=len(found.site),
        cut=_cut(found),
        ends=ends,
        overhang_length=abs(found.ovhg),
        spacing=found.freq,
        suppliers=suppliers_of(found),
    )


class RelatedEnzymes(Result):
    """Commercially available enzymes that are like another."""

    same_site: Annotated[
        list[Annotated[str, RESTRICTION_ENZYME]],
        Says(
            "the other commercially available enzymes in REBASE with the recognition site of {enzyme}",
            ask=("Which other commercially available enzymes in REBASE share the recognition site of {enzyme}?",),
        ),
    ]
    neoschizomers: Annotated[
        list[Annotated[str, RESTRICTION_ENZYME]],
        Says(
            ("the commercially available neoschizomers of {enzyme}", "{enzyme}'s commercially available neoschizomers"),
            ask=("Which commercially available enzymes in REBASE are neoschizomers of {enzyme}?",),
        ),
    ]
    compatible: Annotated[
        list[Annotated[str, RESTRICTION_ENZYME]] | None,
        Says(
            "the commercially available enzymes in REBASE that leave the same overhang as {enzyme} but recognise"
            " another unambiguous palindromic site",
            ask=(
                "Which commercially available enzymes in REBASE leave the same overhang as {enzyme} but recognise"
                " another unambiguous palindromic site?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="R",
    sources=[BIOPYTHON],
    determinism="snapshot",
    probes=[
        Probe({"enzyme": "SmaI"}, {"/neoschizomers": ["Cfr9I", "TspMI", "XmaI"], "/compatible": None}, "REBASE"),
        Probe({"enzyme": "EcoRI"}, {"/same_site": [], "/compatible": ["MfeI", "MluCI", "MunI", "Sse9I", "TasI"]}),
    ],
)
def related_enzymes(enzyme: Enzyme) -> RelatedEnzymes:
    """Isoschizomers, neoschizomers and enzymes with compatible ends, commercially available (REBASE)."""
    found = enzyme_of(enzyme)
    others = {name: e for name, e in commercial().items() if e is not found}
    same = {name: e for name, e in others.items() if e.site == found.site}
    sticky = has_plain_site(found) and not found.is_blunt()
    return RelatedEnzymes(
        same_site=sorted(same),
        neoschizomers=sorted(name for name, e in same.items() if (e.fst5, e.fst3) != (found.fst5, found.fst3)),
        compatible=sorted(
            name
            for name, e in others.items()
            if has_plain_site(e) and e.site != found.site and (e.ovhg, e.ovhgseq) == (found.ovhg, found.ovhgseq)
        )
        if sticky
        else None,
    )


class SupplierEnzymes(Result):
    """What a company sells."""

    enzymes: Annotated[
        list[Annotated[str, RESTRICTION_ENZYME]],
        Says(
            "the restriction enzymes with {site_length} site that REBASE lists for {supplier}",
            ask=("Which restriction enzymes with {site_length} site does REBASE list for {supplier}?",),
        ),
    ]
    count: Annotated[
        int,
        Quantity("enzymes", "", 0),
        Says(
            "the number of restriction enzymes with {site_length} site that REBASE lists for {supplier}",
            has="number of restriction enzymes with {site_length} site in REBASE",
            ask=("How many restriction enzymes with {site_length} site does REBASE list for {supplier}?",),
            high="largest",
            low="smallest",
        ),
    ]


@tool(
    domain="biological",
    kind="R",
    sources=[BIOPYTHON],
    determinism="snapshot",
    probes=[Probe({"supplier": "New England Biolabs", "site_length": 8}, {"/count": 11})],
)
def supplier_enzymes(
    supplier: Supplier,
    site_length: Annotated[
        int,
        Draw.choice({4: "a four-base", 5: "a five-base", 6: "a six-base", 7: "a seven-base", 8: "an eight-base"}),
        Field(ge=4, le=8),
    ],
) -> SupplierEnzymes:
    """Restriction enzymes that a company sells, by length of their recognition site (REBASE)."""
    name = supplier_name(supplier)
    found = sorted(k for k, e in commercial().items() if len(e.site) == site_length and name in suppliers_of(e))
    return SupplierEnzymes(enzymes=found, count=len(found))
