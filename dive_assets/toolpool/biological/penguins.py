"""Penguins of the Palmer Archipelago: measurements and islands (palmerpenguins, bokeh_sampledata)."""

import statistics
from functools import cache
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.biological.antibiotics import sample_rows
from dive_assets.toolpool.biological.data_sources import FORMULA, PALMER_PENGUINS
from dive_assets.toolpool.biological.entity_types import PALMER_ISLAND, PENGUIN
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

SPECIES = {"the Adelie penguin": "Adelie", "the chinstrap penguin": "Chinstrap", "the gentoo penguin": "Gentoo"}
ISLANDS = {"Biscoe": "Biscoe Island", "Dream": "Dream Island", "Torgersen": "Torgersen Island"}
BIRDS = Quantity("penguins", "", 0, additive=True)
GRAMS = Quantity("gram", "grams", 0, role="body mass")

Species = Annotated[str, PENGUIN, Field(description="Such as 'the Adelie penguin'", max_length=40)]


@cache
def penguin_rows() -> tuple[dict[str, str], ...]:
    """Rows of the Palmer penguin table."""
    return tuple(sample_rows("penguins.csv"))


def species_rows(species: str) -> list[dict[str, str]]:
    """Rows of a species. Raises ToolError for a species that the table lacks."""
    wanted = species.strip().casefold().removeprefix("the ").removesuffix(" penguin")
    for key in SPECIES.values():
        if wanted == key.casefold():
            return [row for row in penguin_rows() if row["species"] == key]
    raise ToolError(f"the Palmer penguin data lack {species!r}: they have {', '.join(SPECIES)}")


def _mean(rows: list[dict[str, str]], column: str) -> float:
    return statistics.fmean(float(row[column]) for row in rows if row[column].strip() not in ("", "NA", "NaN"))


class PenguinMeasurements(Result):
    """Mean measurements of a sex of a species."""

    body_mass: Annotated[
        float,
        GRAMS,
        Says(
            (
                "the mean body mass of {sex} of {species} in the Palmer penguin data",
                "the average body mass that the Palmer penguin data give for {sex} of {species}",
            ),
            has="mean body mass of {sex} in the Palmer penguin data",
            ask=("What is the mean body mass of {sex} of {species} in the Palmer penguin data?",),
        ),
    ]
    flipper_length: Annotated[
        float,
        Quantity("millimeter", "millimetres", 1),
        Says(
            "the mean flipper length of {sex} of {species} in the Palmer penguin data",
            has="mean flipper length of {sex} in the Palmer penguin data",
            ask=("What is the mean flipper length of {sex} of {species} in the Palmer penguin data?",),
            high="greatest",
            low="shortest",
        ),
    ]
    bill_length: Annotated[
        float,
        Quantity("millimeter", "millimetres", 1),
        Says(
            "the mean bill length of {sex} of {species} in the Palmer penguin data",
            has="mean bill length of {sex} in the Palmer penguin data",
            ask=("What is the mean bill length of {sex} of {species} in the Palmer penguin data?",),
            high="greatest",
            low="shortest",
        ),
    ]
    bill_depth: Annotated[
        float,
        Quantity("millimeter", "millimetres", 1),
        Says(
            "the mean bill depth of {sex} of {species} in the Palmer penguin data",
            has="mean bill depth of {sex} in the Palmer penguin data",
            ask=("What is the mean bill depth of {sex} of {species} in the Palmer penguin data?",),
            high="greatest",
            low="smallest",
        ),
    ]


@tool(
    domain="biological",
    kind="R",
    sources=[PALMER_PENGUINS],
    probes=[
        Probe(
            {"species": "the gentoo penguin", "sex": "FEMALE"},
            {"/body_mass": 4679.741379310345},
            "Horst, Hill and Gorman: mean body mass of female gentoos, 4680 g",
        ),
        Probe(
            {"species": "the Adelie penguin", "sex": "MALE"},
            {"/body_mass": 4043.4931506849316},
            "Horst, Hill and Gorman: mean body mass of male Adelies, 4043 g",
        ),
    ],
)
def penguin_measurements(
    species: Species,
    sex: Annotated[str, Draw.choice({"FEMALE": "females", "MALE": "males"}), Field(pattern="^(FEMALE|MALE)$")],
) -> PenguinMeasurements:
    """Mean body mass, flipper length and bill size of a penguin species by sex (palmerpenguins)."""
    rows = [row for row in species_rows(species) if row["sex"] == sex]
    return PenguinMeasurements(
        body_mass=_mean(rows, "body_mass_g"),
        flipper_length=_mean(rows, "flipper_length_mm"),
        bill_length=_mean(rows, "bill_length_mm"),
        bill_depth=_mean(rows, "bill_depth_mm"),
    )


class PenguinRecords(Result):
    """Where and how often a species was observed."""

    count: Annotated[
        int,
        BIRDS,
        Says(
            ("the number of records of {species} in the Palmer penguin data",),
            has="number of records in the Palmer penguin data",
            ask=("How many records of {species} do the Palmer penguin data hold?",),
            high="largest",
            low="smallest",
        ),
    ]
    islands: Annotated[
        list[Annotated[str, PALMER_ISLAND]],
        Says(
            "the islands on which the Palmer penguin data record {species}",
            ask=("On which islands do the Palmer penguin data record {species}?",),
        ),
    ]
    commonest_island: Annotated[
        str,
        PALMER_ISLAND,
        Says(
            "the island with the most records of {species} in the Palmer penguin data",
            ask=("On which island do the Palmer penguin data record {species} most often?",),
        ),
    ]


@tool(
    domain="biological",
    kind="R",
    sources=[PALMER_PENGUINS],
    probes=[
        Probe(
            {"species": "the Adelie penguin"},
            {
                "/count": 152,
                "/islands": ["Biscoe Island", "Dream Island", "Torgersen Island"],
                "/commonest_island": "Dream Island",
            },
            "Horst, Hill and Gorman: 152 Adelies, 56 on Dream, 52 on Torgersen, 44 on Biscoe",
        ),
        Probe(
            {"species": "the gentoo penguin"}, {"/count": 124, "/islands": ["Biscoe Island"]}, "Horst, Hill and Gorman"
        ),
    ],
)
def penguin_records(species: Species) -> PenguinRecords:
    """Number of records and islands of a penguin species (palmerpenguins)."""
    places = [ISLANDS[row["island"]] for row in species_rows(species)]
    islands = sorted(set(places))
    return PenguinRecords(count=len(places), islands=islands, commonest_island=max(islands, key=places.count))


class IslandPenguins(Result):
    """The penguins of an island."""

    count: Annotated[
        int,
        BIRDS,
        Says(
            "the number of penguins that the Palmer penguin data record on {island}",
            has="number of penguins in the Palmer penguin data",
            ask=("How many penguins do the Palmer penguin data record on {island}?",),
            high="largest",
            low="smallest",
        ),
    ]
    species: Annotated[
        list[Annotated[str, PENGUIN]],
        Says(
            "the penguin species that the Palmer penguin data record on {island}",
            ask=("Which penguin species do the Palmer penguin data record on {island}?",),
        ),
    ]
    mean_mass: Annotated[
        float,
        GRAMS,
        Says(
            "the mean body mass of the penguins that the Palmer penguin data record on {island}",
            has="mean body mass in the Palmer penguin data",
            ask=("What is the mean body mass of the penguins that the Palmer penguin data record on {island}?",),
        ),
    ]


@tool(
    domain="biological",
    kind="R",
    sources=[PALMER_PENGUINS],
    probes=[
        Probe(
            {"island": "Dream Island"},
            {"/count": 124, "/species": ["the Adelie penguin", "the chinstrap penguin"]},
            "Horst, Hill and Gorman: 56 Adelies and 68 chinstraps",
        ),
        Probe(
            {"island": "Torgersen Island"}, {"/count": 52, "/species": ["the Adelie penguin"]}, "Horst, Hill and Gorman"
        ),
    ],
)
def island_penguins(
    island: Annotated[str, PALMER_ISLAND, Field(description="Biscoe, Dream or Torgersen Island", max_length=30)],
) -> IslandPenguins:
    """Number, species and mean body mass of the penguins recorded on an island (palmerpenguins)."""
    wanted = island.strip().casefold().removesuffix(" island")
    rows = [row for row in penguin_rows() if row["island"].casefold() == wanted]
    if not rows:
        raise ToolError(f"the Palmer penguin data lack the island {island!r}: they have {', '.join(ISLANDS.values())}")
    names = {key: name for name, key in SPECIES.items()}
    return IslandPenguins(
        count=len(rows),
        species=sorted({names[row["species"]] for row in rows}),
        mean_mass=_mean(rows, "body_mass_g"),
    )


class BasalMetabolism(Result):
    """What an animal of some mass needs at rest."""

    rate: Annotated[
        float,
        Quantity("kilocalorie/day", "kcal per day", 1, additive=True),
        Says(
            (
                "the basal metabolic rate that Kleiber's law (70 kcal per day times kilograms to the power 0.75) gives an"
                " animal of {mass}",
            ),
            has="basal metabolic rate by Kleiber's law (70 kcal per day times kilograms to the power 0.75)",
            ask=(
                "By Kleiber's law (70 kcal per day times kilograms to the power 0.75), what is the basal metabolic rate of"
                " an animal of {mass}?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"mass": 1000}, {"/rate": 70}, "Kleiber 1947, by hand"),
        Probe({"mass": 16000}, {"/rate": 560}, "Kleiber 1947, 16**0.75 = 8, by hand"),
    ],
)
def kleiber_metabolism(
    mass: Annotated[float, GRAMS, Draw.integer(50, 9000, step=50, suffix=" g"), Field(gt=0, le=200_000_000)],
) -> BasalMetabolism:
    """Basal metabolic rate of an animal by its mass (Kleiber 1947)."""
    return BasalMetabolism(rate=70 * (mass / 1000) ** 0.75)
