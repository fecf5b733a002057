"""Growing and counting microbes: plate counts, generations, growth rates (published formulas)."""

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.biological.data_sources import FORMULA
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

DENSITY = Quantity("CFU per millilitre", "CFU/mL", 0, role="cell density")
GENERATION = Quantity("minute", "minutes", 1, role="generation time")


class PlateCount(Result):
    """Cells by colonies on a plate."""

    density: Annotated[
        float,
        DENSITY,
        Says(
            (
                "the cell density of a culture that gives {colonies} on a plate spread with {volume} of a {dilution} dilution",
                "the viable count of a culture with {colonies} on a plate spread with {volume} of a {dilution} dilution",
            ),
            ask=(
                "A plate spread with {volume} of a {dilution} dilution shows {colonies}. What is the viable count of the"
                " undiluted culture?",
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
            {"colonies": 150, "dilution": 1_000_000, "volume": 0.1}, {"/density": 1.5e9}, "150 x 10^6 / 0.1, by hand"
        ),
        Probe({"colonies": 42, "dilution": 10_000, "volume": 0.2}, {"/density": 2.1e6}, "42 x 10^4 / 0.2, by hand"),
    ],
)
def plate_count(
    colonies: Annotated[int, Draw.integer(30, 300, suffix=" colonies"), Field(ge=0, le=100_000)],
    dilution: Annotated[
        int,
        Draw.choice({1000: "1:1,000", 10_000: "1:10,000", 100_000: "1:100,000", 1_000_000: "1:1,000,000"}),
        Field(ge=1, le=10_000_000_000),
    ],
    volume: Annotated[
        float, Draw.choice({0.1: "0.1 mL", 0.2: "0.2 mL", 0.5: "0.5 mL", 1.0: "1 mL"}), Field(gt=0, le=100)
    ],
) -> PlateCount:
    """Viable count of a culture by the colonies on a plate."""
    return PlateCount(density=colonies * dilution / volume)


class GenerationTime(Result):
    """How fast a culture doubles."""

    minutes: Annotated[
        float,
        GENERATION,
        Says(
            (
                "the generation time of a culture that in {hours} grows exponentially from {start} to {end}",
                "the mean doubling time of cells that in {hours} grow exponentially from {start} to {end}",
            ),
            ask=("In {hours} a culture grows exponentially from {start} to {end}. What is its generation time?",),
            high="longest",
            low="shortest",
        ),
    ]
    generations: Annotated[
        float,
        Quantity("generations", "generations", 1),
        Says(
            (
                "the number of generations in {hours} of a culture that grows exponentially from {start} to {end} in that time",
            ),
            ask=(
                "Through how many generations does a culture go that grows exponentially from {start} to {end} in {hours}?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"start": 1000, "end": 1_024_000, "hours": 5},
            {"/minutes": 30, "/generations": 10},
            "2 to the power 10 in 5 hours, by hand",
        ),
        Probe({"start": 1e4, "end": 1e7, "hours": 4}, {"/minutes": 240 / math.log2(1000)}, "Brock: t/n, by hand"),
    ],
)
def generation_time(
    start: Annotated[float, DENSITY, Draw.integer(1000, 90_000, step=1000, suffix=" CFU/mL"), Field(gt=0, le=1e15)],
    end: Annotated[
        float,
        Draw.integer(200_000_000, 2_000_000_000, step=10_000_000, suffix=" CFU/mL"),
        Field(gt=0, le=1e15),
    ],
    hours: Annotated[float, Draw.integer(4, 12, suffix=" hours"), Field(gt=0, le=10_000)],
) -> GenerationTime:
    """Generation time and number of generations of an exponentially growing culture."""
    if end <= start:
        raise ToolError("the culture does not grow", "invalid_arguments")
    generations = math.log2(end / start)
    return GenerationTime(minutes=60 * hours / generations, generations=generations)


class GrowthRate(Result):
    """The rate behind a generation time."""

    rate: Annotated[
        float,
        Quantity("1/hour", "per hour", 3),
        Says(
            (
                "the specific growth rate of cells with a generation time of {generation_time}",
                "the exponential growth rate constant for a generation time of {generation_time}",
            ),
            ask=("What is the specific growth rate of cells with a generation time of {generation_time}?",),
        ),
    ]
    fold: Annotated[
        float,
        Quantity("", "", 1),
        Says(
            (
                "the factor by which an exponential culture grows in two hours at a generation time of {generation_time}",
            ),
            ask=(
                "By what factor does an exponential culture grow in two hours at a generation time of {generation_time}?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"generation_time": 20}, {"/rate": 3 * math.log(2), "/fold": 64}, "E. coli: 2.08 per hour, by hand"),
        Probe({"generation_time": 60}, {"/rate": math.log(2), "/fold": 4}, "by hand"),
    ],
)
def specific_growth_rate(
    generation_time: Annotated[float, GENERATION, Draw.integer(15, 180, suffix=" minutes"), Field(gt=0, le=1e6)],
) -> GrowthRate:
    """Specific growth rate (ln 2 over generation time) and growth factor in two hours."""
    return GrowthRate(rate=60 * math.log(2) / generation_time, fold=2 ** (120 / generation_time))
