"""Drug names and pharmacogenetics (DrugBank vocabulary, CPIC)."""

import json
from functools import cache
from importlib import resources
from typing import Annotated, Any, Literal

from pydantic import Field

from dive_assets.toolpool.medical.data_sources import DRUG_NAMES, PGX_CORE
from dive_assets.toolpool.medical.entity_types import DRUG
from dive_assets.toolpool.shared.entity_types import GENE
from dive_assets.tools.annotations import Draw, Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

Drug = Annotated[str, DRUG, Field(description="Generic or brand name of a drug", max_length=80)]
# Genes whose diplotype table is CPIC's own and complete for the alleles *1 to *6.
DIPLOTYPE_GENES = ("CYP2C19", "CYP2C9", "CYP2D6", "NUDT15", "TPMT")
# Drugs for which the snapshot lacks a gene that CPIC rates at level A (CYP4F2; HLA-A).
INCOMPLETE = frozenset({"warfarin", "carbamazepine"})
STAR_ALLELES = {f"*{n}": f"*{n}" for n in (1, 2, 3, 4, 5, 6)}
CYP2D6_ALLELES = {f"*{n}": f"*{n}" for n in (1, 2, 3, 4, 5, 6, 9, 10, 17, 29, 35, 41)}


@cache
def _names() -> Any:
    from drug_named_entity_recognition import drugs_finder

    return drugs_finder


def generic_name(name: str) -> str:
    """Lower-case generic name of a drug or brand. Raises ToolError if unknown or ambiguous."""
    found = _names().drug_variant_to_canonical.get(name.strip().casefold(), [])
    if len(found) != 1:
        raise ToolError(f"{'ambiguous' if found else 'unknown'} drug name {name!r}: give a generic or brand name")
    return found[0].casefold()


@cache
def cpic_pairs() -> dict[str, list[str]]:
    """Genes of CPIC level A by drug."""
    table = resources.files("anukriti_pgx_core.phenotype.tables") / "CPIC_RECOMMENDATION_LEVELS_v2024.01.json"
    found: dict[str, list[str]] = {}
    for pair in json.loads(table.read_text())["pairs"].values():
        if pair["cpic_level"] == "A" and pair["drug"] not in INCOMPLETE:
            found.setdefault(pair["drug"], []).append(pair["gene"])
    return found


class DrugIdentity(Result):
    """Names of a drug."""

    generic: Annotated[
        str,
        DRUG,
        Says(
            ("the active ingredient of {drug}", "the generic name of {drug}"),
            ask=("What is the generic name of {drug}?", "Which drug is sold as {drug}?"),
        ),
    ]
    drugbank_id: Annotated[
        str | None,
        Text("the DrugBank accession number"),
        Says("the DrugBank ID of {drug}", ask=("Under which accession number does DrugBank list {drug}?",)),
    ]


@tool(
    domain="medical",
    kind="R",
    sources=[DRUG_NAMES],
    determinism="snapshot",
    probes=[
        Probe({"drug": "Plavix"}, {"/generic": "clopidogrel", "/drugbank_id": "DB00758"}, "go.drugbank.com"),
        Probe({"drug": "Tylenol"}, {"/generic": "acetaminophen", "/drugbank_id": "DB00316"}, "go.drugbank.com"),
    ],
)
def drug_identity(drug: Drug) -> DrugIdentity:
    """Generic name and DrugBank number of a drug or brand (DrugBank open vocabulary, MedlinePlus, NHS)."""
    generic = generic_name(drug)
    return DrugIdentity(generic=generic, drugbank_id=_names().drug_canonical_to_data[generic].get("drugbank_id"))


class Pharmacogenes(Result):
    """Genes that matter for a drug."""

    genes: Annotated[
        list[Annotated[str, GENE]],
        Says(
            ("the genes that CPIC pairs with {drug} at level A", "the CPIC level A pharmacogenes of {drug}"),
            ask=("For which genes does CPIC rate the pair with {drug} as level A?",),
        ),
    ]
    single: Annotated[
        str | None,
        GENE,
        Says(
            "the one gene that CPIC pairs with {drug} at level A",
            ask=("Which gene does CPIC pair with {drug} at level A?",),
        ),
    ]


@tool(
    domain="medical",
    also=("biological",),
    kind="R",
    sources=[PGX_CORE, DRUG_NAMES],
    determinism="snapshot",
    probes=[
        Probe({"drug": "clopidogrel"}, {"/single": "CYP2C19"}, "cpicpgx.org/genes-drugs"),
        Probe({"drug": "azathioprine"}, {"/genes": ["NUDT15", "TPMT"], "/single": None}, "cpicpgx.org/genes-drugs"),
    ],
)
def drug_pharmacogenes(drug: Drug) -> Pharmacogenes:
    """Genes that CPIC pairs with a drug at level A (snapshot of May 2026)."""
    genes = sorted(cpic_pairs().get(generic_name(drug), []))
    if not genes:
        raise ToolError(f"no complete CPIC level A record for {drug!r}")
    return Pharmacogenes(genes=genes, single=genes[0] if len(genes) == 1 else None)


@cache
def _engine() -> Any:
    from anukriti_pgx_core import PhenotypeEngine

    return PhenotypeEngine()


def _phenotype(gene: str, first: str, second: str) -> str:
    inferred = _engine().infer(gene, first, second)
    if "named-diplotype table" not in inferred.source or inferred.phenotype == "Indeterminate":
        raise ToolError(f"CPIC's {gene} table has no phenotype for {first}/{second}")
    return inferred.phenotype.lower()


class Metabolizer(Result):
    """The phenotype of a diplotype."""

    phenotype: Annotated[
        str,
        Text("the CPIC metabolizer phenotype", role="metabolizer_phenotype"),
        Says(
            (
                "the metabolizer phenotype that CPIC assigns to the genotype {allele}/{other_allele} of {gene}",
                "the CPIC phenotype of a patient with {gene} {allele}/{other_allele}",
            ),
            ask=("Which metabolizer phenotype does CPIC assign to the diplotype {allele}/{other_allele} of {gene}?",),
        ),
    ]


@tool(
    domain="medical",
    also=("biological",),
    kind="P",
    sources=[PGX_CORE],
    determinism="snapshot",
    probes=[
        Probe(
            {"gene": "CYP2C19", "allele": "*2", "other_allele": "*3"},
            {"/phenotype": "poor metabolizer"},
            "CPIC 2022 clopidogrel guideline, table 1",
        ),
        Probe(
            {"gene": "CYP2C9", "allele": "*1", "other_allele": "*2"},
            {"/phenotype": "intermediate metabolizer"},
            "CPIC 2020 NSAID guideline, activity score 1.5",
        ),
    ],
)
def metabolizer_phenotype(
    gene: Annotated[
        str,
        Draw.choice({gene: gene for gene in DIPLOTYPE_GENES}),
        Field(description="Pharmacogene, such as CYP2C19", max_length=20),
    ],
    allele: Annotated[str, Field(max_length=8), Draw.choice(STAR_ALLELES)],
    other_allele: Annotated[str, Field(max_length=8), Draw.choice(STAR_ALLELES)],
) -> Metabolizer:
    """Metabolizer phenotype that CPIC's table assigns to two star alleles of a pharmacogene."""
    if gene.strip().upper() not in DIPLOTYPE_GENES:
        raise ToolError(f"no verified CPIC diplotype table for {gene!r}: one of {', '.join(DIPLOTYPE_GENES)}")
    return Metabolizer(phenotype=_phenotype(gene.strip().upper(), allele, other_allele))


class ActivityScore(Result):
    """The CYP2D6 activity score of a diplotype."""

    score: Annotated[
        float,
        Quantity("activity score", "", 2, role="CYP2D6_activity_score"),
        Says(
            "the CYP2D6 activity score of a {allele}/{other_allele} genotype",
            ask=("What is the CYP2D6 activity score of a {allele}/{other_allele} diplotype by CPIC's 2019 values?",),
        ),
    ]


@tool(
    domain="medical",
    also=("biological",),
    kind="P",
    sources=[PGX_CORE],
    probes=[
        Probe(
            {"allele": "*10", "other_allele": "*41"},
            {"/score": 0.75},
            "Caudle 2020 (PMID 31647186): *10 0.25, *41 0.5",
        )
    ],
)
def cyp2d6_activity_score(
    allele: Annotated[Literal[tuple(CYP2D6_ALLELES)], Draw.choice(CYP2D6_ALLELES)],
    other_allele: Annotated[Literal[tuple(CYP2D6_ALLELES)], Draw.choice(CYP2D6_ALLELES)],
) -> ActivityScore:
    """CYP2D6 activity score of two star alleles (CPIC and DPWG consensus, Caudle 2020)."""
    values = [_engine().activity_score("CYP2D6", item) for item in (allele, other_allele)]
    if None in values:
        raise ToolError(f"no CYP2D6 activity value for {allele} or {other_allele}")
    return ActivityScore(score=sum(values))


class ScorePhenotype(Result):
    """The phenotype of an activity score."""

    phenotype: Annotated[
        str,
        Text("the CPIC metabolizer phenotype", role="metabolizer_phenotype"),
        Says(
            "the metabolizer phenotype that CPIC assigns to {score}",
            ask=("Which metabolizer phenotype does CPIC assign to {score}?",),
        ),
    ]


@tool(
    domain="medical",
    kind="R",
    sources=[PGX_CORE],
    probes=[
        Probe({"score": 0.75}, {"/phenotype": "intermediate metabolizer"}, "Caudle 2020, PMID 31647186"),
        Probe({"score": 1.25}, {"/phenotype": "normal metabolizer"}, "Caudle 2020, PMID 31647186"),
    ],
)
def cyp2d6_score_phenotype(
    score: Annotated[float, Quantity("activity score", "", 2, role="CYP2D6_activity_score"), Field(ge=0, le=6)],
) -> ScorePhenotype:
    """CYP2D6 phenotype of an activity score (Caudle 2020: 0 poor, below 1.25 intermediate, to 2.25 normal)."""
    names = ("poor", "intermediate", "normal", "ultrarapid")
    return ScorePhenotype(phenotype=f"{names[(score > 0) + (score >= 1.25) + (score > 2.25)]} metabolizer")
