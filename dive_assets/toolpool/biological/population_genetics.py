"""Population genetics: Hardy-Weinberg, inbreeding, differentiation, selection, drift (published formulas)."""

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.biological.data_sources import FORMULA
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

FREQUENCY = Quantity("", "", 3, role="allele frequency")
POPULATION = Quantity("individuals", "individuals", 0, role="effective population size")
PERCENT = Quantity("percent", "percent", 1)
MOTH_F = 1 - 138 / (2 * 1612 * (3076 / 3224) * (148 / 3224))

Frequency = Annotated[float, FREQUENCY, Draw.decimal(0.02, 0.95, 2), Field(ge=0, le=1)]
Count = Annotated[int, Draw.integer(4, 120), Field(ge=0, le=1_000_000)]


class GenotypeShares(Result):
    """Genotypes at Hardy-Weinberg equilibrium."""

    heterozygotes: Annotated[
        float,
        PERCENT,
        Says(
            (
                "the percentage of heterozygotes at Hardy-Weinberg equilibrium for one of two alleles with a frequency of"
                " {frequency}",
                "the heterozygote percentage that Hardy-Weinberg equilibrium predicts for a biallelic locus with an allele"
                " at a frequency of {frequency}",
            ),
            ask=(
                "If one of two alleles has a frequency of {frequency}, what percentage of heterozygotes does"
                " Hardy-Weinberg equilibrium predict?",
            ),
        ),
    ]
    homozygotes: Annotated[
        float,
        PERCENT,
        Says(
            (
                "the percentage of homozygotes for an allele with a frequency of {frequency} at Hardy-Weinberg equilibrium",
                "the Hardy-Weinberg percentage of individuals with two copies of an allele at a frequency of {frequency}",
            ),
            ask=(
                "At Hardy-Weinberg equilibrium, what percentage of individuals carry two copies of an allele with a"
                " frequency of {frequency}?",
            ),
        ),
    ]


@tool(
    domain="biological",
    also=("medical",),
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"frequency": 0.6}, {"/heterozygotes": 48, "/homozygotes": 36}, "2pq and p squared, by hand"),
        Probe({"frequency": 0.02}, {"/heterozygotes": 3.92, "/homozygotes": 0.04}, "cystic fibrosis, 1 in 2,500"),
    ],
)
def hardy_weinberg_shares(frequency: Frequency) -> GenotypeShares:
    """Shares of heterozygotes and homozygotes at Hardy-Weinberg equilibrium."""
    return GenotypeShares(heterozygotes=200 * frequency * (1 - frequency), homozygotes=100 * frequency**2)


class GenotypeSample(Result):
    """What genotype counts say of a locus."""

    frequency: Annotated[
        float,
        FREQUENCY,
        Says(
            (
                "the frequency of allele A in a sample of {homozygotes} AA, {heterozygotes} Aa and {others} aa individuals",
                "the A allele frequency among {homozygotes} AA, {heterozygotes} Aa and {others} aa individuals",
            ),
            ask=(
                "What is the frequency of allele A in a sample of {homozygotes} AA, {heterozygotes} Aa and {others} aa"
                " individuals?",
            ),
        ),
    ]
    inbreeding: Annotated[
        float,
        Quantity("", "", 3, ratio=False),
        Says(
            (
                "the inbreeding coefficient F (1 minus observed over expected heterozygosity, expected as 2pq) in a sample of"
                " {homozygotes} AA, {heterozygotes} Aa and {others} aa individuals",
            ),
            ask=(
                "What is the inbreeding coefficient F, 1 minus observed over expected heterozygosity (2pq), in a sample of"
                " {homozygotes} AA, {heterozygotes} Aa and {others} aa individuals?",
            ),
        ),
    ]
    chi_square: Annotated[
        float,
        Quantity("", "", 2),
        Says(
            (
                "the chi-square statistic for Hardy-Weinberg proportions, without continuity correction, in a sample of"
                " {homozygotes} AA, {heterozygotes} Aa and {others} aa individuals",
            ),
            ask=(
                "Testing {homozygotes} AA, {heterozygotes} Aa and {others} aa individuals against Hardy-Weinberg"
                " proportions, what is the chi-square statistic without continuity correction?",
            ),
        ),
    ]


@tool(
    domain="biological",
    also=("medical",),
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"homozygotes": 1469, "heterozygotes": 138, "others": 5},
            {"/frequency": (2 * 1469 + 138) / 3224, "/chi_square": 1612 * MOTH_F**2},
            "Ford's scarlet tiger moths (0.83), as n F squared",
        ),
        Probe(
            {"homozygotes": 30, "heterozygotes": 40, "others": 30},
            {"/frequency": 0.5, "/inbreeding": 0.2, "/chi_square": 4},
            "chi-square is n F squared, by hand",
        ),
    ],
)
def genotype_sample(homozygotes: Count, heterozygotes: Count, others: Count) -> GenotypeSample:
    """Allele frequency, inbreeding coefficient and Hardy-Weinberg chi-square of genotype counts."""
    total = homozygotes + heterozygotes + others
    if not total or homozygotes + heterozygotes == 0 or heterozygotes + others == 0:
        raise ToolError("the sample must hold both alleles", "invalid_arguments")
    p = (2 * homozygotes + heterozygotes) / (2 * total)
    expected = (total * p * p, 2 * total * p * (1 - p), total * (1 - p) ** 2)
    observed = (homozygotes, heterozygotes, others)
    return GenotypeSample(
        frequency=p,
        inbreeding=1 - heterozygotes / expected[1],
        chi_square=sum((o - e) ** 2 / e for o, e in zip(observed, expected, strict=True)),
    )


class RecessiveAllele(Result):
    """The allele behind a recessive condition."""

    frequency: Annotated[
        float,
        Quantity("", "", 4, role="allele frequency"),
        Says(
            (
                "the frequency of the allele behind an autosomal recessive condition that affects 1 in {births} births"
                " at Hardy-Weinberg equilibrium",
            ),
            ask=(
                "If an autosomal recessive condition affects 1 in {births} births, what is the frequency of its allele at"
                " Hardy-Weinberg equilibrium?",
            ),
        ),
    ]
    carriers: Annotated[
        float,
        Quantity("percent", "percent", 2),
        Says(
            (
                "the percentage of carriers of an autosomal recessive condition that affects 1 in {births} births at"
                " Hardy-Weinberg equilibrium",
                "the carrier percentage in a Hardy-Weinberg population where an autosomal recessive condition affects 1 in"
                " {births} births",
            ),
            ask=(
                "If an autosomal recessive condition affects 1 in {births} births, what percentage of a Hardy-Weinberg"
                " population are carriers?",
            ),
        ),
    ]


@tool(
    domain="biological",
    also=("medical",),
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"births": 2500}, {"/frequency": 0.02, "/carriers": 3.92}, "cystic fibrosis, by hand"),
        Probe({"births": 10000}, {"/frequency": 0.01, "/carriers": 1.98}, "by hand"),
    ],
)
def recessive_allele(
    births: Annotated[int, Draw.integer(1000, 60000, step=500), Field(ge=2, le=100_000_000)],
) -> RecessiveAllele:
    """Allele frequency and carrier share of a recessive condition by its incidence (Hardy-Weinberg)."""
    q = math.sqrt(1 / births)
    return RecessiveAllele(frequency=q, carriers=200 * q * (1 - q))


class Differentiation(Result):
    """How two populations differ at a locus."""

    fst: Annotated[
        float,
        Quantity("", "", 3),
        Says(
            (
                "Wright's F_ST for two equally large populations with frequencies of {frequency} and {other_frequency} of"
                " one of two alleles",
                "the fixation index F_ST, (H_T - H_S)/H_T, between two equally large populations in which one of two"
                " alleles has the frequencies {frequency} and {other_frequency}",
            ),
            ask=(
                "What is Wright's F_ST for two equally large populations in which one of two alleles has the frequencies"
                " {frequency} and {other_frequency}?",
            ),
        ),
    ]
    total_heterozygosity: Annotated[
        float,
        Quantity("", "", 3),
        Says(
            (
                "the expected heterozygosity H_T of two equally large pooled populations with frequencies of {frequency}"
                " and {other_frequency} of one of two alleles",
            ),
            ask=(
                "What is the expected heterozygosity H_T of two equally large pooled populations in which one of two"
                " alleles has the frequencies {frequency} and {other_frequency}?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"frequency": 0.2, "other_frequency": 0.8},
            {"/fst": (0.5 - 0.32) / 0.5, "/total_heterozygosity": 0.5},
            "Wright 1951, by hand: 0.36",
        )
    ],
)
def population_differentiation(frequency: Frequency, other_frequency: Frequency) -> Differentiation:
    """F_ST of two equally large populations from the frequencies of one of two alleles (Wright 1951)."""
    mean = (frequency + other_frequency) / 2
    total = 2 * mean * (1 - mean)
    if not total:
        raise ToolError("the allele is fixed or absent in both populations", "invalid_arguments")
    within = frequency * (1 - frequency) + other_frequency * (1 - other_frequency)
    return Differentiation(fst=(total - within) / total, total_heterozygosity=total)


class SelectedAllele(Result):
    """An allele after selection."""

    frequency: Annotated[
        float,
        FREQUENCY,
        Says(
            (
                "the frequency after {generations} of complete selection against recessive homozygotes of a recessive"
                " allele that starts at {frequency}",
                "the frequency to which {generations} of recessive lethality bring an allele that starts at {frequency}",
            ),
            ask=(
                "A recessive lethal allele starts at {frequency}. What is its frequency after {generations} of random"
                " mating?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"frequency": 0.5, "generations": 2}, {"/frequency": 0.25}, "Haldane 1924: q/(1 + n q), by hand"),
        Probe({"frequency": 0.5, "generations": 8}, {"/frequency": 0.1}, "Haldane 1924, by hand"),
    ],
)
def lethal_selection(
    frequency: Annotated[float, FREQUENCY, Draw.decimal(0.05, 0.5, 2), Field(gt=0, lt=1)],
    generations: Annotated[int, Draw.integer(2, 60, suffix=" generations"), Field(ge=0, le=100_000)],
) -> SelectedAllele:
    """Frequency of a recessive lethal allele after generations of random mating (Haldane 1924)."""
    return SelectedAllele(frequency=frequency / (1 + generations * frequency))


class EffectiveSize(Result):
    """The size of an ideal population that drifts alike."""

    size: Annotated[
        float,
        POPULATION,
        Says(
            (
                "the effective size of a population with {males} and {females}",
                "the effective population size for {males} and {females}",
            ),
            ask=("What is the effective size of a population with {males} and {females}, all breeding?",),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"males": 10, "females": 90}, {"/size": 36}, "Wright 1931: 4 Nm Nf/(Nm + Nf), by hand"),
        Probe({"males": 50, "females": 50}, {"/size": 100}, "Wright 1931, by hand"),
    ],
)
def effective_population_size(
    males: Annotated[int, Draw.integer(4, 80, suffix=" breeding males"), Field(ge=1, le=10_000_000)],
    females: Annotated[int, Draw.integer(10, 200, suffix=" breeding females"), Field(ge=1, le=10_000_000)],
) -> EffectiveSize:
    """Effective size of a population with unequal numbers of breeding males and females (Wright 1931)."""
    return EffectiveSize(size=4 * males * females / (males + females))


class DriftLoss(Result):
    """What drift leaves of heterozygosity."""

    retained: Annotated[
        float,
        PERCENT,
        Says(
            (
                "the percentage of heterozygosity left after {generations} of drift at an effective population size of {size}",
                "the share of initial heterozygosity that survives {generations} of drift with an effective population size of {size}",
            ),
            ask=(
                "What percentage of the initial heterozygosity is left after {generations} of drift at an effective"
                " population size of {size}?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"size": 5, "generations": 2}, {"/retained": 81}, "(1 - 1/2N)^t, by hand"),
        Probe({"size": 50, "generations": 10}, {"/retained": 100 * 0.99**10}, "(1 - 1/2N)^t, by hand"),
    ],
)
def drift_heterozygosity(
    size: Annotated[float, POPULATION, Draw.integer(8, 400, suffix=" individuals"), Field(ge=1, le=1e9)],
    generations: Annotated[int, Draw.integer(5, 100, step=5, suffix=" generations"), Field(ge=0, le=100_000)],
) -> DriftLoss:
    """Share of heterozygosity that genetic drift leaves after some generations (Wright 1931)."""
    return DriftLoss(retained=100 * (1 - 1 / (2 * size)) ** generations)
