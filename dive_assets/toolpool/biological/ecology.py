"""Ecology: diversity, rarefaction, mark and recapture, population growth, competition (published formulas)."""

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.biological.data_sources import FORMULA
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

INDEX = Quantity("", "", 3)
SHANNON = Quantity("", "", 3, role="Shannon index")
ABUNDANCE = Quantity("animals", "animals", 0, role="population size")

SpeciesCounts = Annotated[
    list[Annotated[int, Field(ge=0, le=10_000_000)]],
    Draw.numbers(1, 60, 0, (4, 7)),
    Field(description="Individuals of each species", min_length=2, max_length=200),
]


def checked_counts(counts: list[int]) -> list[int]:
    """The counts above zero. Raises ToolError if none is left."""
    present = [count for count in counts if count > 0]
    if not present:
        raise ToolError("the sample holds no individuals", "invalid_arguments")
    return present


class SpeciesDiversity(Result):
    """Diversity of a sample."""

    shannon: Annotated[
        float,
        SHANNON,
        Says(
            (
                "the Shannon index (natural logarithm) of a sample with species counts of {counts}",
                "the Shannon diversity H' (natural logarithm) of a community with species counts of {counts}",
            ),
            ask=(
                "What is the Shannon index (natural logarithm) of a sample with species counts of {counts}?",
                "A survey finds species counts of {counts}. What is the Shannon index, with natural logarithms?",
            ),
        ),
    ]
    gini_simpson: Annotated[
        float,
        INDEX,
        Says(
            ("the Gini-Simpson index, 1 minus the sum of squared shares, of a sample with species counts of {counts}",),
            ask=(
                "What is the Gini-Simpson index, 1 minus the sum of squared shares, of a sample with species counts of"
                " {counts}?",
            ),
        ),
    ]
    evenness: Annotated[
        float | None,
        INDEX,
        Says(
            ("Pielou's evenness of a sample with species counts of {counts}",),
            ask=("What is Pielou's evenness of a sample with species counts of {counts}?",),
        ),
    ]
    inverse_simpson: Annotated[
        float,
        Quantity("", "", 2),
        Says(
            (
                "the Hill number of order 2 of a sample with species counts of {counts}",
                "the inverse Simpson diversity, 1 over the sum of squared shares, of a sample with species counts of"
                " {counts}",
            ),
            ask=("What is the Hill number of order 2 of a sample with species counts of {counts}?",),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"counts": [10, 10, 10, 10]},
            {"/shannon": math.log(4), "/gini_simpson": 0.75, "/evenness": 1, "/inverse_simpson": 4},
            "four equally common species, by hand",
        ),
        Probe(
            {"counts": [10, 8, 5, 1, 1, 1, 0]},
            {"/shannon": 1.4231514, "/gini_simpson": 0.71597633, "/evenness": 0.79427594},
            "scikit-bio 0.7.4, alpha diversity",
        ),
    ],
)
def species_diversity(counts: SpeciesCounts) -> SpeciesDiversity:
    """Shannon, Gini-Simpson, Pielou and inverse Simpson indices of species counts."""
    present = checked_counts(counts)
    shares = [count / sum(present) for count in present]
    shannon = -sum(share * math.log(share) for share in shares)
    squares = sum(share**2 for share in shares)
    return SpeciesDiversity(
        shannon=shannon,
        gini_simpson=1 - squares,
        evenness=shannon / math.log(len(present)) if len(present) > 1 else None,
        inverse_simpson=1 / squares,
    )


class EffectiveSpecies(Result):
    """Diversity as a number of species."""

    species: Annotated[
        float,
        Quantity("species", "species", 2),
        Says(
            (
                "the effective number of equally common species for a Shannon index (natural logarithm) of {shannon}",
                "the Hill number of order 1 for a Shannon index (natural logarithm) of {shannon}",
            ),
            ask=(
                "To how many equally common species does a Shannon index (natural logarithm) of {shannon} correspond?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"shannon": 0}, {"/species": 1}, "one species, by hand"),
        Probe({"shannon": math.log(5)}, {"/species": 5}, "Jost 2006: exp H, by hand"),
    ],
)
def effective_species(
    shannon: Annotated[float, SHANNON, Draw.decimal(0.5, 3.5, 2), Field(ge=0, le=20)],
) -> EffectiveSpecies:
    """Effective number of species of a Shannon index (Jost 2006: exp H)."""
    return EffectiveSpecies(species=math.exp(shannon))


class Rarefaction(Result):
    """Species expected in a subsample."""

    expected: Annotated[
        float,
        Quantity("species", "species", 2),
        Says(
            (
                "the number of species expected, by Hurlbert's rarefaction, in {size} drawn from a sample with species"
                " counts of {counts}",
                "Hurlbert's rarefied richness for {size} drawn from a sample with species counts of {counts}",
            ),
            ask=(
                "By Hurlbert's rarefaction, how many species are expected in {size} drawn from a sample with species"
                " counts of {counts}?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"counts": [3, 2], "size": 2}, {"/expected": 1.6}, "1 + 6/10 chance of two species, by hand"),
        Probe({"counts": [1, 1, 1], "size": 2}, {"/expected": 2}, "two different singletons, by hand"),
    ],
)
def rarefied_richness(
    counts: SpeciesCounts,
    size: Annotated[
        int,
        Draw.integer(4, 15, suffix=" individuals"),
        Field(ge=1, le=1_000_000),
    ],
) -> Rarefaction:
    """Number of species expected in a random subsample (Hurlbert 1971)."""
    present = checked_counts(counts)
    total = sum(present)
    if size > total:
        raise ToolError(f"the sample holds only {total} individuals", "invalid_arguments")
    everything = math.comb(total, size)
    return Rarefaction(expected=sum(1 - math.comb(total - count, size) / everything for count in present))


class RichnessEstimate(Result):
    """Species with those not seen."""

    chao1: Annotated[
        float,
        Quantity("species", "species", 1),
        Says(
            (
                "the bias-corrected Chao1 estimate of richness for {observed}, {singletons} and {doubletons}",
                "the bias-corrected Chao1 richness of a survey with {observed}, {singletons} and {doubletons}",
            ),
            ask=(
                "What is the bias-corrected Chao1 estimate of richness for a survey with {observed}, {singletons} and"
                " {doubletons}?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"observed": 6, "singletons": 3, "doubletons": 0}, {"/chao1": 9}, "scikit-bio 0.7.4, chao1 of 10 8 5 1 1 1"
        ),
        Probe({"observed": 20, "singletons": 5, "doubletons": 4}, {"/chao1": 22}, "Chao 1984, 5 x 4/(2 x 5), by hand"),
    ],
)
def chao_richness(
    observed: Annotated[int, Draw.integer(20, 90, suffix=" observed species"), Field(ge=0, le=1_000_000)],
    singletons: Annotated[int, Draw.integer(3, 18, suffix=" singletons"), Field(ge=0, le=1_000_000)],
    doubletons: Annotated[int, Draw.integer(2, 12, suffix=" doubletons"), Field(ge=0, le=1_000_000)],
) -> RichnessEstimate:
    """Bias-corrected Chao1 estimate of species richness (Chao 1984, 2005)."""
    if singletons + doubletons > observed:
        raise ToolError("singletons and doubletons are among the observed species", "invalid_arguments")
    return RichnessEstimate(chao1=observed + singletons * (singletons - 1) / (2 * (doubletons + 1)))


class MarkRecapture(Result):
    """Population size by marking."""

    lincoln_petersen: Annotated[
        float,
        ABUNDANCE,
        Says(
            (
                "the Lincoln-Petersen estimate of a population with {marked} marked, and {recaptured} marked among {caught}"
                " in the second catch",
            ),
            ask=(
                "{marked} are marked; the second catch of {caught} holds {recaptured} marked ones. What is the"
                " Lincoln-Petersen estimate of the population?",
            ),
        ),
    ]
    chapman: Annotated[
        float,
        ABUNDANCE,
        Says(
            (
                "the Chapman estimate of a population with {marked} marked, and {recaptured} marked among {caught} in the"
                " second catch",
            ),
            ask=(
                "{marked} are marked; the second catch of {caught} holds {recaptured} marked ones. What is the Chapman"
                " estimate of the population?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"marked": 10, "caught": 15, "recaptured": 5},
            {"/lincoln_petersen": 30, "/chapman": 11 * 16 / 6 - 1},
            "turtles, Wikipedia 'Mark and recapture': 30 and 28.3",
        )
    ],
)
def mark_recapture(
    marked: Annotated[int, Draw.integer(30, 150, suffix=" animals"), Field(ge=1, le=10_000_000)],
    caught: Annotated[int, Draw.integer(40, 160, suffix=" animals"), Field(ge=1, le=10_000_000)],
    recaptured: Annotated[int, Draw.integer(5, 29), Field(ge=1, le=10_000_000)],
) -> MarkRecapture:
    """Lincoln-Petersen and Chapman estimates of a population by mark and recapture."""
    if recaptured > min(marked, caught):
        raise ToolError("more marked animals recaptured than marked or caught", "invalid_arguments")
    return MarkRecapture(
        lincoln_petersen=marked * caught / recaptured, chapman=(marked + 1) * (caught + 1) / (recaptured + 1) - 1
    )


class LogisticGrowth(Result):
    """A population that grows to its capacity."""

    size: Annotated[
        float,
        ABUNDANCE,
        Says(
            (
                "the size after {years} of logistic growth of a population that starts at {start} with r = {rate} per year"
                " and a carrying capacity of {capacity}",
            ),
            ask=(
                "A population starts at {start} and grows logistically with r = {rate} per year to a carrying capacity of"
                " {capacity}. How large is it after {years}?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"start": 10, "capacity": 1000, "rate": 0.3, "years": 20},
            {"/size": 1000 / (1 + 99 * math.exp(-6))},
            "Verhulst, by hand: 803",
        )
    ],
)
def logistic_population(
    start: Annotated[float, ABUNDANCE, Draw.integer(20, 400, step=10, suffix=" animals"), Field(gt=0, le=1e9)],
    capacity: Annotated[int, Draw.integer(1000, 9000, step=500, suffix=" animals"), Field(ge=1, le=1_000_000_000)],
    rate: Annotated[float, Draw.decimal(0.05, 0.6, 2), Field(gt=0, le=10)],
    years: Annotated[int, Draw.integer(2, 25, suffix=" years"), Field(ge=0, le=1000)],
) -> LogisticGrowth:
    """Size of a population after years of logistic growth (Verhulst)."""
    return LogisticGrowth(size=capacity / (1 + (capacity - start) / start * math.exp(-rate * years)))


class Competition(Result):
    """Where two competing species settle."""

    first: Annotated[
        float,
        ABUNDANCE,
        Says(
            (
                "the Lotka-Volterra equilibrium size of the first of two competitors with carrying capacities of"
                " {capacity} and {other_capacity} and competition coefficients of {effect} on it and {other_effect} on the"
                " other",
            ),
            ask=(
                "Two Lotka-Volterra competitors have carrying capacities of {capacity} and {other_capacity}. The"
                " competition coefficient is {effect} on the first and {other_effect} on the second. At what size does the"
                " first one settle?",
            ),
        ),
    ]
    second: Annotated[
        float,
        ABUNDANCE,
        Says(
            (
                "the Lotka-Volterra equilibrium size of the second of two competitors with carrying capacities of"
                " {capacity} and {other_capacity} and competition coefficients of {effect} on the first and {other_effect}"
                " on the second",
            ),
            ask=(
                "Two Lotka-Volterra competitors have carrying capacities of {capacity} and {other_capacity}. The"
                " competition coefficient is {effect} on the first and {other_effect} on the second. At what size does the"
                " second one settle?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"capacity": 100, "other_capacity": 100, "effect": 0.5, "other_effect": 0.5},
            {"/first": 200 / 3, "/second": 200 / 3},
            "(K1 - a12 K2)/(1 - a12 a21), by hand",
        ),
        Probe(
            {"capacity": 100, "other_capacity": 300, "effect": 0.5, "other_effect": 0.5},
            {"/first": 0, "/second": 300},
            "K2 > K1/a12: the second excludes the first, by hand",
        ),
    ],
)
def competition_equilibrium(
    capacity: Annotated[int, Draw.integer(300, 900, step=20, suffix=" animals"), Field(ge=1, le=1_000_000_000)],
    other_capacity: Annotated[int, Draw.integer(300, 900, step=20, suffix=" animals"), Field(ge=1, le=1_000_000_000)],
    effect: Annotated[float, Draw.decimal(0.1, 0.6, 2), Field(ge=0, le=10)],
    other_effect: Annotated[float, Draw.decimal(0.1, 0.6, 2), Field(ge=0, le=10)],
) -> Competition:
    """Stable equilibrium of two Lotka-Volterra competitors."""
    first_grows = capacity > effect * other_capacity
    second_grows = other_capacity > other_effect * capacity
    if first_grows and second_grows:
        whole = 1 - effect * other_effect
        return Competition(
            first=(capacity - effect * other_capacity) / whole,
            second=(other_capacity - other_effect * capacity) / whole,
        )
    if first_grows:
        return Competition(first=capacity, second=0)
    if second_grows:
        return Competition(first=0, second=other_capacity)
    raise ToolError("either species can exclude the other: the outcome depends on the starting sizes")
