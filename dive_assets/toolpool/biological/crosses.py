"""Crosses and linkage: recombination, map distances, Mendelian ratios (published formulas)."""

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.biological.data_sources import FORMULA
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

RECOMBINATION = Quantity("percent", "percent", 1, role="recombination frequency")
MAP_DISTANCE = Quantity("centimorgan", "centimorgans", 1, role="map distance")


class TestcrossRecombination(Result):
    """What a testcross says of linkage."""

    frequency: Annotated[
        float,
        RECOMBINATION,
        Says(
            (
                "the recombination frequency in a testcross with {recombinants} recombinants among {offspring} offspring",
                "the recombinant percentage of a testcross with {recombinants} recombinants among {offspring} offspring",
            ),
            ask=(
                "What recombination frequency does a testcross with {recombinants} recombinants among {offspring} offspring"
                " show?",
            ),
        ),
    ]
    lod: Annotated[
        float,
        Quantity("", "", 2),
        Says(
            (
                "the maximum LOD score of a phase-known cross with {recombinants} recombinants among {offspring} offspring",
            ),
            ask=(
                "What is the maximum LOD score of a phase-known cross with {recombinants} recombinants among {offspring}"
                " offspring?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"recombinants": 391, "offspring": 2300}, {"/frequency": 17}, "Campbell Biology: b and vg, 391 of 2,300"),
        Probe(
            {"recombinants": 1, "offspring": 10},
            {"/frequency": 10, "/lod": math.log10(0.1 * 0.9**9 / 0.5**10)},
            "Morton 1955, by hand: 1.60",
        ),
    ],
)
def testcross_recombination(
    recombinants: Annotated[int, Draw.integer(5, 180), Field(ge=0, le=1_000_000)],
    offspring: Annotated[int, Draw.integer(400, 2500, step=10), Field(ge=1, le=1_000_000)],
) -> TestcrossRecombination:
    """Recombination frequency and maximum LOD score of a testcross."""
    if 2 * recombinants > offspring:
        raise ToolError("more than half of the offspring cannot be recombinants of linked loci", "invalid_arguments")
    theta, parental = recombinants / offspring, offspring - recombinants
    likelihood = parental * math.log10(1 - theta) + (recombinants * math.log10(theta) if recombinants else 0.0)
    return TestcrossRecombination(frequency=100 * theta, lod=likelihood + offspring * math.log10(2))


class MapDistance(Result):
    """Map distances for a recombination frequency."""

    haldane: Annotated[
        float,
        MAP_DISTANCE,
        Says(
            (
                "the map distance by Haldane's function for a recombination frequency of {recombination}",
                "Haldane's map distance for a recombination frequency of {recombination}",
            ),
            ask=(
                "By Haldane's mapping function, which distance goes with a recombination frequency of {recombination}?",
            ),
        ),
    ]
    kosambi: Annotated[
        float,
        MAP_DISTANCE,
        Says(
            (
                "the map distance by Kosambi's function for a recombination frequency of {recombination}",
                "Kosambi's map distance for a recombination frequency of {recombination}",
            ),
            ask=(
                "By Kosambi's mapping function, which distance goes with a recombination frequency of {recombination}?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"recombination": 20},
            {"/haldane": -50 * math.log(0.6), "/kosambi": 25 * math.log(1.4 / 0.6)},
            "Haldane 1919, Kosambi 1943, by hand: 25.5 and 21.2",
        )
    ],
)
def map_distance(
    recombination: Annotated[float, RECOMBINATION, Draw.decimal(2, 42, 1, suffix=" percent"), Field(ge=0, lt=50)],
) -> MapDistance:
    """Map distance for a recombination frequency by Haldane's and by Kosambi's function."""
    r = recombination / 100
    return MapDistance(haldane=-50 * math.log(1 - 2 * r), kosambi=25 * math.log((1 + 2 * r) / (1 - 2 * r)))


class ExpectedRecombination(Result):
    """The recombination that a map distance predicts."""

    haldane: Annotated[
        float,
        Quantity("percent", "percent", 1),
        Says(
            (
                "the recombination frequency that Haldane's function predicts for two loci at a map distance of {distance}",
                "Haldane's recombination frequency for two loci at a map distance of {distance}",
            ),
            ask=(
                "Which recombination frequency does Haldane's function predict for two loci at a map distance of {distance}?",
            ),
        ),
    ]
    kosambi: Annotated[
        float,
        Quantity("percent", "percent", 1),
        Says(
            (
                "the recombination frequency that Kosambi's function predicts for two loci at a map distance of {distance}",
                "Kosambi's recombination frequency for two loci at a map distance of {distance}",
            ),
            ask=(
                "Which recombination frequency does Kosambi's function predict for two loci at a map distance of {distance}?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"distance": 50},
            {"/haldane": 50 * (1 - math.exp(-1)), "/kosambi": 50 * (math.e**2 - 1) / (math.e**2 + 1)},
            "Haldane 1919, Kosambi 1943 (tanh 2d / 2), by hand: 31.6 and 38.1",
        )
    ],
)
def expected_recombination(
    distance: Annotated[float, MAP_DISTANCE, Draw.integer(2, 120, suffix=" cM"), Field(ge=0, le=5000)],
) -> ExpectedRecombination:
    """Recombination frequency for a map distance by Haldane's and by Kosambi's function."""
    d = distance / 100
    return ExpectedRecombination(haldane=50 * (1 - math.exp(-2 * d)), kosambi=50 * math.tanh(2 * d))


class MendelianFit(Result):
    """How well offspring fit a 3:1 ratio."""

    chi_square: Annotated[
        float,
        Quantity("", "", 2),
        Says(
            (
                "the chi-square statistic against a 3:1 ratio for {dominant} dominant and {recessive} recessive offspring",
                "the chi-square for 3:1 segregation, without continuity correction, of {dominant} dominant and {recessive}"
                " recessive offspring",
            ),
            ask=(
                "What is the chi-square statistic, without continuity correction, of {dominant} dominant and {recessive}"
                " recessive offspring against a 3:1 ratio?",
            ),
        ),
    ]
    rejected: Annotated[
        bool,
        Says(
            "whether {dominant} dominant and {recessive} recessive offspring depart from a 3:1 ratio by chi-square at the"
            " 5 percent level (no continuity correction)",
            ask=(
                "Do {dominant} dominant and {recessive} recessive offspring depart from a 3:1 ratio by chi-square at the 5"
                " percent level (no continuity correction)?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"dominant": 5474, "recessive": 1850},
            {"/chi_square": 19**2 / 5493 + 19**2 / 1831, "/rejected": False},
            "Mendel's round and wrinkled seeds: 0.26",
        ),
        Probe({"dominant": 60, "recessive": 40}, {"/chi_square": 12, "/rejected": True}, "225/75 + 225/25, by hand"),
    ],
)
def mendelian_fit(
    dominant: Annotated[int, Draw.integer(60, 400), Field(ge=0, le=10_000_000)],
    recessive: Annotated[int, Draw.integer(15, 140), Field(ge=0, le=10_000_000)],
) -> MendelianFit:
    """Chi-square test of offspring against a 3:1 ratio."""
    total = dominant + recessive
    if not total:
        raise ToolError("there are no offspring", "invalid_arguments")
    chi = (dominant - 0.75 * total) ** 2 / (0.75 * total) + (recessive - 0.25 * total) ** 2 / (0.25 * total)
    return MendelianFit(chi_square=chi, rejected=chi > 3.841458820694124)
