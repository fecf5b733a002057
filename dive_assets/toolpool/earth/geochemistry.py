"""Elements in the Earth's crust and in the sea."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any

from pydantic import Field

from dive_assets.toolpool.earth.data_sources import ELEMENT_TABLE
from dive_assets.toolpool.earth.entity_types import Element
from dive_assets.toolpool.shared.data_sources import STANDARD_LIBRARY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

LEAST_IN_CRUST = 0.0005  # mg/kg
IUPAC_SPELLING = {"aluminum": "aluminium", "cesium": "caesium"}
CRUST = Quantity("milligram/kilogram", "milligrams per kilogram", 4, role="crustal abundance")


@cache
def element_rows() -> dict[str, dict[str, Any]]:
    """mendeleev's element records by name and by symbol, in lower case."""
    from mendeleev.fetch import fetch_table

    found: dict[str, dict[str, Any]] = {}
    for row in fetch_table("elements").to_dict("records"):
        name = row["name"].casefold()
        for key in (name, IUPAC_SPELLING.get(name, name), row["symbol"].casefold()):
            found[key] = row
    return found


class Abundance(Result):
    """How much of an element the crust and the sea hold."""

    crust: Annotated[
        float,
        CRUST,
        Says(
            (
                "the crustal abundance of {element} in mendeleev's table",
                "the mean content of {element} in the Earth's crust by mendeleev's table",
            ),
            has="crustal abundance in mendeleev's table",
            ask=("How many milligrams of {element} are in a kilogram of the Earth's crust by mendeleev's table?",),
        ),
    ]
    sea: Annotated[
        float | None,
        Quantity("microgram/liter", "micrograms per litre", 5),
        Says(
            (
                "the abundance of {element} in sea water by mendeleev's table",
                "the content of {element} in a litre of sea water by mendeleev's table",
            ),
            has="abundance in sea water by mendeleev's table",
            ask=("How many micrograms of {element} are in a litre of sea water by mendeleev's table?",),
        ),
    ]
    affinity: Annotated[
        str | None,
        Text("Goldschmidt's class"),
        Says(
            "Goldschmidt's geochemical class of {element} in mendeleev's table",
            ask=("To which of Goldschmidt's geochemical classes does mendeleev's table assign {element}?",),
        ),
    ]


def _measurable(value: Any, least: float) -> float | None:
    """The number; None for a gap in the table or a mere trace."""
    return float(value) if value is not None and value == value and value >= least else None


@tool(
    domain="earth",
    kind="R",
    sources=[ELEMENT_TABLE],
    probes=[
        Probe(
            {"element": "iron"},
            {"/crust": 56300},
            "CRC Handbook, Abundance of elements in the Earth's crust and in the sea: Fe 5.63e4 mg/kg",
        ),
        Probe({"element": "copper"}, {"/crust": 60, "/sea": 0.25, "/affinity": "chalcophile"}),
    ],
)
def element_abundance(element: Element) -> Abundance:
    """Crustal and sea-water abundance and Goldschmidt class of an element (CRC Handbook values, in mendeleev)."""
    row = element_rows().get(element.strip().casefold())
    if row is None:
        raise ToolError(f"unknown element {element!r}: give its English name or symbol")
    crust, sea = _measurable(row["abundance_crust"], LEAST_IN_CRUST), _measurable(row["abundance_sea"], 1e-7)
    if crust is None:
        raise ToolError(f"mendeleev has no crustal abundance above a trace of {element!r}")
    affinity = row["goldschmidt_class"]
    known = isinstance(affinity, str) and affinity in ("litophile", "siderophile", "chalcophile", "atmophile")
    return Abundance(
        crust=crust,
        sea=None if sea is None else sea * 1000,
        affinity=affinity.replace("litophile", "lithophile") if known else None,
    )


class Ore(Result):
    """What rock of average composition contains."""

    mass: Annotated[
        float,
        Quantity("kilogram", "kilograms", 1, additive=True),
        Says(
            (
                "the mass of an element in {rock} of rock at a crustal abundance of {abundance}",
                "the kilograms of an element that {rock} of rock hold at a crustal abundance of {abundance}",
            ),
            ask=("How much of an element is in {rock} of rock at a crustal abundance of {abundance}?",),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[Probe({"rock": 1000, "abundance": 60}, {"/mass": 60}, "1e6 kg * 60 mg/kg")],
)
def element_in_rock(
    rock: Annotated[
        float, Draw.integer(100, 90000, step=100, suffix=" tonnes"), Field(description="in tonnes", gt=0, le=1e15)
    ],
    abundance: Annotated[
        float, CRUST, Draw.decimal(0.1, 500, 1, suffix=" mg/kg"), Field(description="in mg/kg", gt=0, le=1e6)
    ],
) -> Ore:
    """Mass of an element in an amount of rock: tonnes times abundance."""
    return Ore(mass=rock * abundance / 1000)


class ConcentrationFactor(Result):
    """How much richer than the crust an ore is."""

    factor: Annotated[
        float,
        Quantity("", "", 1),
        Says(
            (
                "the concentration factor of an ore with a grade of {grade} over a crustal abundance of {abundance}",
                "the ratio of an ore grade of {grade} to a crustal abundance of {abundance}",
            ),
            ask=("How many times richer is an ore with a grade of {grade} than a crustal abundance of {abundance}?",),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[Probe({"grade": 0.6, "abundance": 60}, {"/factor": 100}, "6000 mg/kg / 60 mg/kg")],
)
def ore_concentration_factor(
    grade: Annotated[
        float, Draw.decimal(0.2, 30, 1, suffix=" % by mass"), Field(description="in % by mass", gt=0, le=100)
    ],
    abundance: Annotated[
        float, CRUST, Draw.decimal(0.1, 500, 1, suffix=" mg/kg"), Field(description="in mg/kg", gt=0, le=1e6)
    ],
) -> ConcentrationFactor:
    """Concentration factor of an ore: its grade over the crustal abundance."""
    return ConcentrationFactor(factor=grade * 10_000 / abundance)
