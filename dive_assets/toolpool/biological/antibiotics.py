"""How bacteria respond to three antibiotics (Burtin's 1951 table, bokeh_sampledata)."""

import csv
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.biological.data_sources import BURTIN, FORMULA
from dive_assets.toolpool.biological.entity_types import ANTIBIOTIC, BACTERIUM
from dive_assets.tools.annotations import Draw, Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

ANTIBIOTICS = ("neomycin", "penicillin", "streptomycin")
RENAMED = {"Brucella antracis": "Brucella anthracis"}
ACID_FAST = "Mycobacterium tuberculosis"
MIC = Quantity("microgram/milliliter", "µg/mL", 3, role="inhibitory concentration")

Bacterium = Annotated[str, BACTERIUM, Field(description="Name of a bacterium in Burtin's table", max_length=60)]
Antibiotic = Annotated[str, ANTIBIOTIC, Field(description="penicillin, streptomycin or neomycin", max_length=20)]


def sample_rows(name: str) -> list[dict[str, str]]:
    """Rows of a table that bokeh_sampledata carries."""
    spec = find_spec("bokeh_sampledata")
    if spec is None or spec.origin is None:
        raise ToolError("the package bokeh_sampledata is not installed")
    with (Path(spec.origin).parent / "_data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, skipinitialspace=True))


@cache
def burtin() -> dict[str, dict[str, str]]:
    """Rows of Burtin's table by bacterium."""
    rows = {row["bacteria"].strip(): row for row in sample_rows("antibiotics.csv")}
    return {RENAMED.get(name, name): rows[name] for name in sorted(rows)}


def bacterium_row(bacterium: str) -> tuple[str, dict[str, str]]:
    """Name and row of a bacterium. Raises ToolError for a name that the table lacks."""
    wanted = bacterium.strip().casefold()
    for name, row in burtin().items():
        if wanted == name.casefold():
            return name, row
    raise ToolError(f"Burtin's table lacks {bacterium!r}: it has {', '.join(burtin())}")


def antibiotic_name(antibiotic: str) -> str:
    """One of the three antibiotics. Raises ToolError for any other."""
    name = antibiotic.strip().casefold()
    if name not in ANTIBIOTICS:
        raise ToolError(f"Burtin's table lacks {antibiotic!r}: it has {', '.join(ANTIBIOTICS)}")
    return name


def only_name(values: dict[str, float], wanted: float) -> str | None:
    """The name that alone has a value; None if several share it."""
    found = [name for name, value in values.items() if value == wanted]
    return found[0] if len(found) == 1 else None


class InhibitoryConcentration(Result):
    """A minimum inhibitory concentration."""

    mic: Annotated[
        float,
        MIC,
        Says(
            (
                "the minimum inhibitory concentration of {antibiotic} for {bacterium} in Burtin's 1951 table",
                "the MIC that Burtin's 1951 table gives for {antibiotic} against {bacterium}",
            ),
            ask=(
                "What is the minimum inhibitory concentration of {antibiotic} for {bacterium} in Burtin's 1951 table?",
                "Which MIC does Burtin's 1951 table give for {antibiotic} against {bacterium}?",
            ),
        ),
    ]


@tool(
    domain="biological",
    also=("medical",),
    kind="R",
    sources=[BURTIN],
    probes=[
        Probe({"bacterium": "Escherichia coli", "antibiotic": "penicillin"}, {"/mic": 100}, "Burtin 1951"),
        Probe({"bacterium": "Staphylococcus aureus", "antibiotic": "neomycin"}, {"/mic": 0.001}, "Burtin 1951"),
    ],
)
def inhibitory_concentration(bacterium: Bacterium, antibiotic: Antibiotic) -> InhibitoryConcentration:
    """Minimum inhibitory concentration of an antibiotic for a bacterium (Burtin 1951)."""
    return InhibitoryConcentration(mic=float(bacterium_row(bacterium)[1][antibiotic_name(antibiotic)]))


class BacteriumFacts(Result):
    """Gram stain and susceptibility of a bacterium."""

    gram: Annotated[
        str | None,
        Text("'positive' or 'negative'"),
        Says(
            "the Gram stain of {bacterium} in Burtin's 1951 table",
            ask=("Is {bacterium} Gram-positive or Gram-negative in Burtin's 1951 table?",),
        ),
    ]
    most_effective: Annotated[
        str | None,
        ANTIBIOTIC,
        Says(
            (
                "the antibiotic that inhibits {bacterium} at the lowest concentration in Burtin's 1951 table",
                "the most potent of penicillin, streptomycin and neomycin against {bacterium} in Burtin's 1951 table",
            ),
            ask=(
                "Which of penicillin, streptomycin and neomycin has the lowest MIC for {bacterium} in Burtin's 1951"
                " table?",
            ),
        ),
    ]
    least_effective: Annotated[
        str | None,
        ANTIBIOTIC,
        Says(
            "the antibiotic with the highest MIC for {bacterium} in Burtin's 1951 table",
            ask=(
                "Which of penicillin, streptomycin and neomycin has the highest MIC for {bacterium} in Burtin's 1951"
                " table?",
            ),
        ),
    ]


@tool(
    domain="biological",
    also=("medical",),
    kind="R",
    sources=[BURTIN],
    probes=[
        Probe(
            {"bacterium": "Diplococcus pneumoniae"},
            {"/gram": "positive", "/most_effective": "penicillin", "/least_effective": "streptomycin"},
            "Burtin 1951: 0.005, 11 and 10",
        ),
        Probe({"bacterium": "Mycobacterium tuberculosis"}, {"/gram": None, "/most_effective": "neomycin"}, "Burtin"),
    ],
)
def bacterium_susceptibility(bacterium: Bacterium) -> BacteriumFacts:
    """Gram stain and most and least effective of three antibiotics for a bacterium (Burtin 1951)."""
    name, row = bacterium_row(bacterium)
    values = {antibiotic: float(row[antibiotic]) for antibiotic in ANTIBIOTICS}
    return BacteriumFacts(
        gram=None if name == ACID_FAST else row["gram"].strip(),
        most_effective=only_name(values, min(values.values())),
        least_effective=only_name(values, max(values.values())),
    )


class AntibioticSpectrum(Result):
    """Which bacteria an antibiotic inhibits."""

    inhibited: Annotated[
        list[Annotated[str, BACTERIUM]],
        Says(
            "the bacteria that {antibiotic} inhibits at {limit} in Burtin's 1951 table",
            ask=("Which bacteria does {antibiotic} inhibit at {limit} in Burtin's 1951 table?",),
        ),
    ]
    count: Annotated[
        int,
        Quantity("bacteria", "", 0),
        Says(
            "the number of bacteria that {antibiotic} inhibits at {limit} in Burtin's 1951 table",
            has="number of bacteria inhibited at {limit} in Burtin's 1951 table",
            ask=("How many bacteria does {antibiotic} inhibit at {limit} in Burtin's 1951 table?",),
            high="largest",
            low="smallest",
        ),
    ]


@tool(
    domain="biological",
    also=("medical",),
    kind="R",
    sources=[BURTIN],
    probes=[
        Probe(
            {"antibiotic": "streptomycin", "limit": 0.1},
            {"/inhibited": ["Brucella anthracis", "Proteus vulgaris", "Staphylococcus albus", "Staphylococcus aureus"]},
        )
    ],
)
def antibiotic_spectrum(
    antibiotic: Antibiotic,
    limit: Annotated[
        float,
        Draw.choice(
            {
                0.01: "0.01 µg/mL or less",
                0.1: "0.1 µg/mL or less",
                1.0: "1 µg/mL or less",
                10.0: "10 µg/mL or less",
            }
        ),
        Field(gt=0, le=1000),
    ],
) -> AntibioticSpectrum:
    """Bacteria that an antibiotic inhibits at a concentration (Burtin 1951)."""
    name = antibiotic_name(antibiotic)
    found = sorted(bacterium for bacterium, row in burtin().items() if float(row[name]) <= limit)
    return AntibioticSpectrum(inhibited=found, count=len(found))


class StockVolume(Result):
    """How much stock solution a dilution takes."""

    volume: Annotated[
        float,
        Quantity("microliter", "µL", 1, additive=True),
        Says(
            (
                "the volume of a {stock} stock solution that gives {culture} of medium, final volume, at {concentration}",
                "the volume of {stock} stock to add for {concentration} in a final volume of {culture}",
            ),
            has="volume of a {stock} stock solution for {culture} of medium",
            ask=(
                "What volume of a {stock} stock solution gives {culture} of medium, final volume, at {concentration}?",
            ),
            high="largest",
            low="smallest",
        ),
    ]


@tool(
    domain="biological",
    also=("medical",),
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"concentration": 100, "stock": 50, "culture": 500}, {"/volume": 1000}, "C1 V1 = C2 V2, by hand"),
        Probe({"concentration": 0.4, "stock": 10, "culture": 200}, {"/volume": 8}, "C1 V1 = C2 V2, by hand"),
    ],
)
def stock_volume(
    concentration: Annotated[float, MIC, Draw.decimal(0.5, 100, 1, suffix=" µg/mL"), Field(gt=0, le=1000)],
    stock: Annotated[
        int, Draw.choice({5: "5 mg/mL", 10: "10 mg/mL", 25: "25 mg/mL", 50: "50 mg/mL"}), Field(ge=2, le=1000)
    ],
    culture: Annotated[int, Draw.integer(50, 1000, step=50, suffix=" mL"), Field(ge=1, le=100_000)],
) -> StockVolume:
    """Volume of a stock solution for a final concentration in a final volume (C1 V1 = C2 V2)."""
    return StockVolume(volume=concentration * culture / stock)
