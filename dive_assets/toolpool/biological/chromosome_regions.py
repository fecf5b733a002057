"""Regions of human chromosomes: sizes, gene density, genes near a gene or a position (Ensembl, GRCh38)."""

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.biological.data_sources import HGFIND
from dive_assets.toolpool.biological.entity_types import CHROMOSOME, GENE_ALIAS
from dive_assets.toolpool.biological.genes import POSITION, Gene
from dive_assets.toolpool.biological.genome import (
    Locus,
    aliases_by_symbol,
    chromosome_key,
    chromosome_name,
    coding_genes,
    locus,
)
from dive_assets.toolpool.shared.entity_types import GENE
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

DNA_LENGTH = Quantity("base pair", "base pairs", 0, additive=True, role="DNA length")
GENE_COUNT = Quantity("genes", "", 0, additive=True)
# Lengths of the GRCh38 primary assembly, Genome Reference Consortium; they sum to 3,088,286,401.
LENGTHS = {
    "1": 248_956_422,
    "2": 242_193_529,
    "3": 198_295_559,
    "4": 190_214_555,
    "5": 181_538_259,
    "6": 170_805_979,
    "7": 159_345_973,
    "8": 145_138_636,
    "9": 138_394_717,
    "10": 133_797_422,
    "11": 135_086_622,
    "12": 133_275_309,
    "13": 114_364_328,
    "14": 107_043_718,
    "15": 101_991_189,
    "16": 90_338_345,
    "17": 83_257_441,
    "18": 80_373_285,
    "19": 58_617_616,
    "20": 64_444_167,
    "21": 46_709_983,
    "22": 50_818_468,
    "X": 156_040_895,
    "Y": 57_227_415,
    "MT": 16_569,
}

Chromosome = Annotated[str, CHROMOSOME, Field(description="Such as 'chromosome 17'", max_length=30)]


def coding_locus(gene: str) -> Locus:
    """The locus of a protein-coding gene. Raises ToolError for any other gene."""
    found = locus(gene)
    if not found.coding:
        raise ToolError(f"{gene!r} is no protein-coding gene in Ensembl")
    return found


def _only_starting(genes: list[Locus], place: int) -> str | None:
    """The gene at the front (0) or back (-1) of an ordered list; None if another starts at the same base."""
    if not genes or sum(gene.start == genes[place].start for gene in genes) > 1:
        return None
    return genes[place].symbol


class ChromosomeSize(Result):
    """Length and gene density of a chromosome."""

    length: Annotated[
        int,
        DNA_LENGTH,
        Says(
            ("the length of {chromosome} in GRCh38", "the GRCh38 length of {chromosome}"),
            has="length in GRCh38",
            ask=(
                "How many base pairs long is {chromosome} in GRCh38?",
                "What is the length of {chromosome} in GRCh38?",
            ),
            high="greatest",
            low="shortest",
        ),
    ]
    density: Annotated[
        float,
        Quantity("genes per megabase", "genes per megabase", 1),
        Says(
            (
                "the density of protein-coding genes on {chromosome} (Ensembl genes with a UniProt name, GRCh38)",
                "the number of protein-coding genes per megabase on {chromosome} (Ensembl genes with a UniProt name,"
                " GRCh38)",
            ),
            has="density of protein-coding genes (Ensembl genes with a UniProt name, GRCh38)",
            ask=("How many Ensembl genes with a UniProt name are there per megabase of {chromosome} in GRCh38?",),
        ),
    ]
    forward: Annotated[
        int,
        GENE_COUNT,
        Says(
            "the number of protein-coding genes on the forward strand of {chromosome} (Ensembl genes with a UniProt"
            " name, GRCh38)",
            has="number of protein-coding genes on the forward strand (Ensembl genes with a UniProt name, GRCh38)",
            ask=("How many Ensembl genes with a UniProt name lie on the forward strand of {chromosome} in GRCh38?",),
            high="largest",
            low="smallest",
        ),
    ]


@tool(
    domain="biological",
    kind="R",
    sources=[HGFIND],
    determinism="snapshot",
    probes=[
        Probe({"chromosome": "chromosome 21"}, {"/length": 46709983}, "GRC, NC_000021.9"),
        Probe({"chromosome": "chromosome X"}, {"/length": 156040895}, "GRC, NC_000023.11"),
    ],
)
def chromosome_size(chromosome: Chromosome) -> ChromosomeSize:
    """Length, gene density and forward genes of a human chromosome (GRCh38, Ensembl)."""
    key = chromosome_key(chromosome)
    genes = coding_genes(key)
    return ChromosomeSize(
        length=LENGTHS[key],
        density=len(genes) / LENGTHS[key] * 1e6,
        forward=sum(gene.strand == "forward" for gene in genes),
    )


class GenesAtPosition(Result):
    """Genes around a position."""

    following: Annotated[
        str | None,
        GENE,
        Says(
            (
                "the first protein-coding gene that starts beyond {position} on {chromosome} (Ensembl, GRCh38)",
                "the next protein-coding gene to start after {position} on {chromosome} (Ensembl, GRCh38)",
            ),
            ask=("Which protein-coding gene is the first to start beyond {position} on {chromosome} in GRCh38?",),
        ),
    ]
    preceding: Annotated[
        str | None,
        GENE,
        Says(
            "the last protein-coding gene that starts before {position} on {chromosome} (Ensembl, GRCh38)",
            ask=("Which protein-coding gene is the last to start before {position} on {chromosome} in GRCh38?",),
        ),
    ]
    before: Annotated[
        int,
        GENE_COUNT,
        Says(
            "the number of protein-coding genes that start before {position} on {chromosome} (Ensembl genes with a"
            " UniProt name, GRCh38)",
            has="number of protein-coding genes that start before {position} (Ensembl genes with a UniProt name, GRCh38)",
            ask=("How many Ensembl genes with a UniProt name start before {position} on {chromosome} in GRCh38?",),
            high="largest",
            low="smallest",
        ),
    ]


@tool(
    domain="biological",
    kind="R",
    sources=[HGFIND],
    determinism="snapshot",
    probes=[
        Probe(
            {"chromosome": "chromosome 17", "position": 43_040_000},
            {"/following": "BRCA1", "/preceding": "RND2"},
            "Ensembl genome browser, 17q21.31",
        )
    ],
)
def genes_at_position(
    chromosome: Chromosome,
    position: Annotated[
        int, POSITION, Draw.integer(5_000_000, 46_000_000, step=10_000, suffix=" bp"), Field(ge=1, le=250_000_000)
    ],
) -> GenesAtPosition:
    """Protein-coding genes that start before and after a position of a human chromosome (Ensembl, GRCh38)."""
    key = chromosome_key(chromosome)
    if position > LENGTHS[key]:
        raise ToolError(f"{chromosome_name(key)} has only {LENGTHS[key]} base pairs", "invalid_arguments")
    genes = coding_genes(key)
    earlier = [gene for gene in genes if gene.start < position]
    later = [gene for gene in genes if gene.start > position]
    return GenesAtPosition(
        following=_only_starting(later, 0),
        preceding=_only_starting(earlier, -1),
        before=len(earlier),
    )


class GenesNear(Result):
    """Genes that start near a gene."""

    genes: Annotated[
        list[Annotated[str, GENE]],
        Says(
            (
                "the protein-coding genes that start within {window} of the start of {gene} (Ensembl, GRCh38)",
                "the other protein-coding genes whose start lies within {window} of that of {gene} (Ensembl, GRCh38)",
            ),
            ask=("Which other protein-coding genes start within {window} of the start of {gene} in GRCh38?",),
        ),
    ]
    count: Annotated[
        int,
        GENE_COUNT,
        Says(
            "the number of other protein-coding genes that start within {window} of the start of {gene} (Ensembl genes"
            " with a UniProt name, GRCh38)",
            has="number of neighbouring protein-coding genes that start within {window} (Ensembl genes with a UniProt"
            " name, GRCh38)",
            ask=("How many other Ensembl genes with a UniProt name start within {window} of the start of {gene}?",),
            high="largest",
            low="smallest",
        ),
    ]


@tool(
    domain="biological",
    kind="R",
    sources=[HGFIND],
    determinism="snapshot",
    probes=[
        Probe(
            {"gene": "ERBB2", "window": 50_000},
            {"/genes": ["MIEN1", "PGAP3", "PNMT", "TCAP"], "/count": 4},
        )
    ],
)
def genes_near(
    gene: Gene,
    window: Annotated[
        int,
        Draw.choice({50_000: "50 kb", 100_000: "100 kb", 250_000: "250 kb", 500_000: "500 kb"}),
        Field(ge=1, le=1_000_000),
    ],
) -> GenesNear:
    """Protein-coding genes that start within a distance of the start of a human gene (Ensembl, GRCh38)."""
    found = locus(gene)
    near = sorted(
        other.symbol
        for other in coding_genes(found.chromosome)
        if abs(other.start - found.start) <= window and other.symbol != found.symbol
    )
    return GenesNear(genes=near, count=len(near))


class GeneOrder(Result):
    """The place of a gene on its chromosome."""

    rank: Annotated[
        int,
        Quantity("", "", 0, ratio=False, comparable=False),
        Says(
            "the rank of {gene} by start coordinate among the protein-coding genes of its chromosome (Ensembl genes with"
            " a UniProt name, GRCh38, lowest coordinate first)",
            ask=(
                "What rank does {gene} hold when the Ensembl genes with a UniProt name on its chromosome are ordered by"
                " GRCh38 start coordinate, lowest first?",
            ),
        ),
    ]
    percent: Annotated[
        float,
        Quantity("percent", "percent", 1, ratio=False),
        Says(
            (
                "the GRCh38 start coordinate of {gene} as a percentage of the length of its chromosome",
                "the relative position of {gene} along its chromosome (GRCh38 start coordinate over chromosome length)",
            ),
            has="relative position along the chromosome (GRCh38 start coordinate over chromosome length)",
            ask=("At what percentage of the length of its chromosome does {gene} start in GRCh38?",),
        ),
    ]
    next_on_strand: Annotated[
        str | None,
        GENE,
        Says(
            "the next protein-coding gene to start after {gene} on the same chromosome and strand (Ensembl, GRCh38"
            " coordinates)",
            ask=(
                "Going up the GRCh38 coordinates, which protein-coding gene on the same strand is the next to start after"
                " {gene}?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="R",
    sources=[HGFIND],
    determinism="snapshot",
    probes=[
        Probe({"gene": "TP53"}, {"/percent": 100 * 7661779 / 83257441}, "Ensembl start over GRC length, by hand"),
        Probe({"gene": "HBB"}, {"/next_on_strand": "HBD"}, "beta-globin cluster, Ensembl 11p15.4"),
    ],
)
def gene_order(gene: Gene) -> GeneOrder:
    """Rank and relative position of a protein-coding gene on its chromosome (Ensembl, GRCh38)."""
    found = coding_locus(gene)
    genes = coding_genes(found.chromosome)
    later = [other for other in genes if other.start > found.start and other.strand == found.strand]
    return GeneOrder(
        rank=1 + sum(other.start < found.start for other in genes),
        percent=100 * found.start / LENGTHS[found.chromosome],
        next_on_strand=_only_starting(later, 0),
    )


class GeneAliases(Result):
    """The aliases of a gene."""

    aliases: Annotated[
        list[Annotated[str, GENE_ALIAS]],
        Says(
            "the aliases that Ensembl lists for {gene} and for no other gene",
            ask=("Which aliases does Ensembl list for {gene} and for no other gene?",),
        ),
    ]
    count: Annotated[
        int,
        Quantity("aliases", "", 0, additive=True),
        Says(
            "the number of aliases that Ensembl lists for {gene} and for no other gene",
            has="number of unshared aliases in Ensembl (BioMart, 2021)",
            ask=("How many aliases does Ensembl (BioMart, 2021) list for {gene} and for no other gene?",),
            high="largest",
            low="smallest",
        ),
    ]


@tool(
    domain="biological",
    also=("medical",),
    kind="R",
    sources=[HGFIND],
    determinism="snapshot",
    probes=[Probe({"gene": "TP53"}, {"/aliases": ["LFS1", "p53"], "/count": 2}, "HGNC:11998 lists both")],
)
def aliases_of_gene(gene: Gene) -> GeneAliases:
    """Aliases of a human gene that no other gene shares (Ensembl)."""
    names = aliases_by_symbol().get(locus(gene).symbol, [])
    return GeneAliases(aliases=names, count=len(names))


class GeneDistance(Result):
    """How two genes lie to each other."""

    distance: Annotated[
        int | None,
        DNA_LENGTH,
        Says(
            (
                "the distance between the GRCh38 start coordinates of {gene} and {other_gene}",
                "the number of base pairs from the start of {gene} to the start of {other_gene} in GRCh38",
            ),
            ask=("How many base pairs apart are the GRCh38 start coordinates of {gene} and {other_gene}?",),
        ),
    ]
    between: Annotated[
        int | None,
        GENE_COUNT,
        Says(
            "the number of protein-coding genes that start between the starts of {gene} and {other_gene} (Ensembl genes"
            " with a UniProt name, GRCh38)",
            ask=(
                "How many Ensembl genes with a UniProt name start between the starts of {gene} and {other_gene} in"
                " GRCh38?",
            ),
        ),
    ]
    same_chromosome: Annotated[
        bool,
        Says(
            "whether {gene} and {other_gene} lie on the same chromosome",
            ask=("Do {gene} and {other_gene} lie on the same human chromosome?",),
        ),
    ]
    same_strand: Annotated[
        bool,
        Says(
            "whether GRCh38 encodes {gene} and {other_gene} on strands of the same direction",
            ask=("Are {gene} and {other_gene} encoded on GRCh38 strands of the same direction?",),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[HGFIND],
    determinism="snapshot",
    probes=[
        Probe(
            {"gene": "BRCA1", "other_gene": "TP53"},
            {"/distance": 43044295 - 7661779, "/same_chromosome": True, "/same_strand": True},
            "Ensembl ENSG00000012048, ENSG00000141510",
        ),
        Probe({"gene": "RND2", "other_gene": "NBR1"}, {"/between": 1}, "BRCA1 lies between, Ensembl 17q21.31"),
        Probe({"gene": "BRCA1", "other_gene": "BRCA2"}, {"/distance": None, "/same_chromosome": False}, "Ensembl"),
    ],
)
def gene_distance(gene: Gene, other_gene: Gene) -> GeneDistance:
    """Distance of two human genes on a chromosome and the number of genes between them (Ensembl, GRCh38)."""
    first, second = sorted((locus(gene), locus(other_gene)))
    together = first.chromosome == second.chromosome
    between = [g for g in coding_genes(first.chromosome) if first.start < g.start < second.start]
    return GeneDistance(
        distance=second.start - first.start if together else None,
        between=len(between) if together else None,
        same_chromosome=together,
        same_strand=first.strand == second.strand,
    )
