"""Evolutionary distances of DNA sequences (Jukes and Cantor 1969, Kimura 1980)."""

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.biological.data_sources import FORMULA
from dive_assets.toolpool.biological.sequences import Dna, checked_dna
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

P_DISTANCE = Quantity("", "", 3, role="p-distance")
TRANSITIONS = ({"A", "G"}, {"C", "T"})


class SequenceDifferences(Result):
    """Where two sequences differ."""

    p_distance: Annotated[
        float,
        P_DISTANCE,
        Says(
            (
                "the p-distance between {dna} and {other_dna}, compared without gaps from the first base over the length of"
                " the shorter one",
                "the proportion of differing sites between {dna} and {other_dna}, compared without gaps from the first base"
                " over the length of the shorter one",
            ),
            ask=(
                "Compared without gaps from the first base over the length of the shorter one, what is the p-distance"
                " between {dna} and {other_dna}?",
            ),
        ),
    ]
    transitions: Annotated[
        int,
        Quantity("transitions", "", 0),
        Says(
            (
                "the number of transitions between {dna} and {other_dna}, compared without gaps from the first base over the"
                " length of the shorter one",
            ),
            ask=(
                "Compared without gaps from the first base over the length of the shorter one, by how many transitions do"
                " {dna} and {other_dna} differ?",
            ),
        ),
    ]
    transversions: Annotated[
        int,
        Quantity("transversions", "", 0),
        Says(
            (
                "the number of transversions between {dna} and {other_dna}, compared without gaps from the first base over"
                " the length of the shorter one",
            ),
            ask=(
                "Compared without gaps from the first base over the length of the shorter one, by how many transversions do"
                " {dna} and {other_dna} differ?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"dna": "ACGTACGTTAGC", "other_dna": "ACGTTCGATAGC"},
            {"/p_distance": 2 / 12, "/transitions": 0, "/transversions": 2},
            "A-T and T-A, counted by hand",
        ),
        Probe(
            {"dna": "AACCGGTT", "other_dna": "GACTGGTTAA"},
            {"/p_distance": 0.25, "/transitions": 2, "/transversions": 0},
            "A-G and C-T in eight sites, counted by hand",
        ),
    ],
)
def sequence_differences(dna: Dna, other_dna: Dna) -> SequenceDifferences:
    """p-distance, transitions and transversions of two DNA sequences compared from the first base without gaps."""
    pairs = list(zip(checked_dna(dna), checked_dna(other_dna), strict=False))
    different = [{a, b} for a, b in pairs if a != b]
    transitions = sum(pair in TRANSITIONS for pair in different)
    return SequenceDifferences(
        p_distance=len(different) / len(pairs),
        transitions=transitions,
        transversions=len(different) - transitions,
    )


class JukesCantor(Result):
    """Substitutions behind a p-distance."""

    distance: Annotated[
        float,
        Quantity("", "", 3),
        Says(
            (
                "the Jukes-Cantor distance for a p-distance of {p_distance}",
                "the number of substitutions per site by the Jukes-Cantor model for a p-distance of {p_distance}",
            ),
            ask=(
                "What Jukes-Cantor distance corresponds to a p-distance of {p_distance}?",
                "By the Jukes-Cantor model, how many substitutions per site lie behind a p-distance of {p_distance}?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"p_distance": 1 / 6}, {"/distance": -0.75 * math.log(7 / 9)}, "-3/4 ln(1 - 4p/3), by hand"),
        Probe({"p_distance": 0.3}, {"/distance": -0.75 * math.log(0.6)}, "Jukes and Cantor 1969, by hand: 0.383"),
    ],
)
def jukes_cantor_distance(
    p_distance: Annotated[float, P_DISTANCE, Draw.decimal(0.02, 0.6, 3), Field(ge=0, le=1)],
) -> JukesCantor:
    """Jukes-Cantor distance for a p-distance (Jukes and Cantor 1969)."""
    if p_distance >= 0.75:
        raise ToolError("the Jukes-Cantor distance is not defined for a p-distance of 0.75 or more")
    return JukesCantor(distance=-0.75 * math.log(1 - 4 * p_distance / 3))


class KimuraDistance(Result):
    """Kimura's distance of two sequences."""

    distance: Annotated[
        float,
        Quantity("", "", 3),
        Says(
            (
                "Kimura's two-parameter distance of sequences with {transitions} and {transversions} in {sites}",
                "the K2P distance between sequences that differ by {transitions} and {transversions} in {sites}",
            ),
            ask=(
                "What is the Kimura two-parameter distance of two sequences that differ by {transitions} and"
                " {transversions} in {sites}?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"transitions": 0, "transversions": 2, "sites": 12},
            {"/distance": -0.5 * math.log(5 / 6) - 0.25 * math.log(2 / 3)},
            "Kimura 1980, by hand: 0.1925",
        ),
        Probe(
            {"transitions": 10, "transversions": 5, "sites": 100},
            {"/distance": -0.5 * math.log(1 - 0.2 - 0.05) - 0.25 * math.log(1 - 0.1)},
            "Kimura 1980, by hand: 0.170",
        ),
    ],
)
def kimura_distance(
    transitions: Annotated[int, Draw.integer(5, 90, suffix=" transitions"), Field(ge=0, le=10_000_000)],
    transversions: Annotated[int, Draw.integer(3, 60, suffix=" transversions"), Field(ge=0, le=10_000_000)],
    sites: Annotated[int, Draw.integer(400, 1500, step=10, suffix=" aligned sites"), Field(ge=1, le=100_000_000)],
) -> KimuraDistance:
    """Two-parameter distance of two aligned sequences (Kimura 1980)."""
    p, q = transitions / sites, transversions / sites
    if 1 - 2 * p - q <= 0 or 1 - 2 * q <= 0:
        raise ToolError("the sequences are too different: Kimura's distance is not defined", "invalid_arguments")
    return KimuraDistance(distance=-0.5 * math.log(1 - 2 * p - q) - 0.25 * math.log(1 - 2 * q))
