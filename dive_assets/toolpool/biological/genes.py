"""Where human genes lie (Ensembl, GRCh38), their neighbours and their aliases."""

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.biological.data_sources import HGFIND
from dive_assets.toolpool.biological.entity_types import CHROMOSOME, GENE_ALIAS
from dive_assets.toolpool.biological.genome import (
    chromosome_key,
    chromosome_name,
    coding_genes,
    locus,
    next_coding,
    symbols_of_alias,
)
from dive_assets.toolpool.shared.entity_types import GENE
from dive_assets.tools.annotations import Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

Gene = Annotated[str, GENE, Field(description="HGNC symbol of a human gene", max_length=40)]
POSITION = Quantity("base pair", "", 0, ratio=False, comparable=False, role="genomic position")
BASE_PAIRS = Quantity("base pair", "base pairs", 0, additive=True)


class GeneLocation(Result):
    """The locus of a gene in GRCh38."""

    chromosome: Annotated[
        str,
        CHROMOSOME,
        Says(
            ("the chromosome that carries {gene}", "the human chromosome on which {gene} lies"),
            ask=("Which human chromosome carries {gene}?", "On which chromosome is {gene} located?"),
        ),
    ]
    start: Annotated[
        int,
        POSITION,
        Says(
            "the GRCh38 start coordinate of {gene} in Ensembl",
            ask=("At which GRCh38 coordinate does {gene} start in Ensembl?",),
        ),
    ]
    end: Annotated[
        int,
        POSITION,
        Says(
            "the GRCh38 end coordinate of {gene} in Ensembl",
            ask=("At which GRCh38 coordinate does {gene} end in Ensembl?",),
        ),
    ]
    length: Annotated[
        int,
        BASE_PAIRS,
        Says(
            ("the genomic length of {gene} in Ensembl's GRCh38 annotation", "the span of {gene} on GRCh38"),
            has="genomic length in Ensembl's GRCh38 annotation",
            ask=("How many base pairs does {gene} span on GRCh38?",),
            high="greatest",
            low="shortest",
        ),
    ]
    strand: Annotated[
        str,
        Text("'forward' or 'reverse'"),
        Says(
            "the strand on which {gene} is encoded",
            ask=("On which strand of GRCh38, forward or reverse, does {gene} lie?",),
        ),
    ]


@tool(
    domain="biological",
    kind="R",
    sources=[HGFIND],
    determinism="snapshot",
    probes=[
        Probe(
            {"gene": "TP53"},
            {"/chromosome": "chromosome 17", "/start": 7661779, "/end": 7687538, "/strand": "reverse"},
            "Ensembl ENSG00000141510",
        ),
        Probe({"gene": "ERBB2"}, {"/chromosome": "chromosome 17", "/length": 42513}, "Ensembl ENSG00000141736"),
    ],
)
def gene_location(gene: Gene) -> GeneLocation:
    """Chromosome, coordinates, length and strand of a human gene (Ensembl, GRCh38)."""
    found = locus(gene)
    return GeneLocation(
        chromosome=chromosome_name(found.chromosome),
        start=found.start,
        end=found.end,
        length=found.end - found.start + 1,
        strand=found.strand,
    )


class AliasedGene(Result):
    """The gene behind an alias."""

    symbol: Annotated[
        str,
        GENE,
        Says(
            ("the gene also known as {alias}", "the human gene with the alias {alias}"),
            ask=("Which human gene is also known as {alias}?", "What is the official symbol of {alias}?"),
        ),
    ]


@tool(
    domain="biological",
    also=("medical",),
    kind="R",
    sources=[HGFIND],
    determinism="snapshot",
    probes=[
        Probe({"alias": "HER2"}, {"/symbol": "ERBB2"}, "HGNC:3430"),
        Probe({"alias": "CD20"}, {"/symbol": "MS4A1"}, "HGNC:7315"),
    ],
)
def gene_of_alias(
    alias: Annotated[str, GENE_ALIAS, Field(description="Alias of a human gene, such as HER2", max_length=40)],
) -> AliasedGene:
    """Official symbol of the human gene that has an alias (Ensembl)."""
    symbols = symbols_of_alias(alias)
    if len(symbols) != 1:
        several = f": {', '.join(symbols[:5])}" if symbols else ""
        raise ToolError(f"{alias!r} is an alias of {len(symbols)} human genes{several}")
    return AliasedGene(symbol=symbols[0])


class NeighbouringGenes(Result):
    """The protein-coding genes on both sides of a gene."""

    before: Annotated[
        str | None,
        GENE,
        Says(
            "the protein-coding gene that starts last before {gene} on its chromosome (Ensembl, GRCh38)",
            ask=("Which protein-coding gene starts last before {gene} on its chromosome in GRCh38?",),
        ),
    ]
    after: Annotated[
        str | None,
        GENE,
        Says(
            (
                "the next protein-coding gene to start after {gene} on its chromosome (Ensembl, GRCh38)",
                "the first protein-coding gene that starts after {gene} in GRCh38 coordinates",
            ),
            ask=("Which protein-coding gene is the next to start after {gene} on its chromosome in GRCh38?",),
        ),
    ]
    step_to_next: Annotated[
        int | None,
        BASE_PAIRS,
        Says(
            "the distance between the start coordinates of {gene} and the next protein-coding gene in GRCh38",
            ask=("How many base pairs after the start of {gene} does the next protein-coding gene start in GRCh38?",),
        ),
    ]


@tool(
    domain="biological",
    kind="R",
    sources=[HGFIND],
    determinism="snapshot",
    probes=[Probe({"gene": "BRCA1"}, {"/before": "RND2", "/after": "NBR1"}, "Ensembl genome browser, 17q21.31")],
)
def neighbouring_genes(gene: Gene) -> NeighbouringGenes:
    """Protein-coding genes that start before and after a human gene on its chromosome (Ensembl, GRCh38)."""
    found = locus(gene)
    before, after = next_coding(found, -1), next_coding(found, 1)
    return NeighbouringGenes(
        before=before.symbol if before else None,
        after=after.symbol if after else None,
        step_to_next=after.start - found.start if after else None,
    )


class ChromosomeGenes(Result):
    """The protein-coding genes of a chromosome."""

    count: Annotated[
        int,
        Quantity("genes", "", 0, additive=True),
        Says(
            "the number of protein-coding genes on {chromosome} (Ensembl genes with a UniProt name)",
            has="number of protein-coding genes (Ensembl genes with a UniProt name)",
            ask=("How many Ensembl genes with a UniProt name lie on {chromosome}?",),
            high="largest",
            low="smallest",
        ),
    ]
    longest: Annotated[
        str,
        GENE,
        Says(
            "the protein-coding gene with the greatest genomic length on {chromosome} (Ensembl, GRCh38)",
            ask=("Which protein-coding gene on {chromosome} spans the most base pairs of GRCh38?",),
        ),
    ]
    first: Annotated[
        str,
        GENE,
        Says(
            "the protein-coding gene with the lowest start coordinate on {chromosome} (Ensembl, GRCh38)",
            ask=("Which protein-coding gene on {chromosome} has the lowest start coordinate in GRCh38?",),
        ),
    ]
    last: Annotated[
        str,
        GENE,
        Says(
            "the protein-coding gene with the highest start coordinate on {chromosome} (Ensembl, GRCh38)",
            ask=("Which protein-coding gene on {chromosome} has the highest start coordinate in GRCh38?",),
        ),
    ]


@tool(
    domain="biological",
    kind="R",
    sources=[HGFIND],
    determinism="snapshot",
    probes=[
        Probe({"chromosome": "chromosome X"}, {"/longest": "DMD"}, "Ensembl ENSG00000198947"),
        Probe({"chromosome": "chromosome 7"}, {"/longest": "CNTNAP2"}, "Ensembl ENSG00000174469"),
    ],
)
def chromosome_genes(
    chromosome: Annotated[str, CHROMOSOME, Field(description="Such as 'chromosome 17'", max_length=30)],
) -> ChromosomeGenes:
    """Number, longest, first and last of the protein-coding genes of a human chromosome (Ensembl, GRCh38)."""
    genes = coding_genes(chromosome_key(chromosome))
    return ChromosomeGenes(
        count=len(genes),
        longest=max(genes, key=lambda gene: (gene.end - gene.start, gene.symbol)).symbol,
        first=genes[0].symbol,
        last=genes[-1].symbol,
    )
