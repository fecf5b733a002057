"""Ionization energies and mine production of elements (mendeleev)."""

import re
from functools import cache
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.academic.data_sources import MENDELEEV
from dive_assets.toolpool.academic.element_data import Element, atomic_number_of, element_table, names_by_number
from dive_assets.toolpool.shared.countries import country_code, country_name
from dive_assets.toolpool.shared.data_sources import PYCOUNTRY
from dive_assets.toolpool.shared.entity_types import COUNTRY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth"}
COUNTRY_SPELLING = {"DRC": "CD", "USA": "US", "Kyrgzstan": "KG", "Republic of Korea": "KR"}


class IonizationEnergy(Result):
    """Energy that removes one electron from a free atom or ion."""

    energy: Annotated[
        float,
        Quantity("electron_volt", "electronvolts", 3, role="photon energy"),
        Says(
            "the {stage} ionization energy of {element}",
            has="{stage} ionization energy",
            ask=("What is the {stage} ionization energy of {element}?",),
        ),
    ]


@cache
def _energies() -> dict[tuple[int, int], float]:
    from mendeleev.fetch import fetch_table

    rows = fetch_table("ionizationenergies").to_dict("records")
    return {(int(r["atomic_number"]), int(r["ion_charge"]) + 1): float(r["ionization_energy"]) for r in rows}


@tool(
    domain="academic",
    kind="R",
    sources=[MENDELEEV],
    probes=[
        Probe({"element": "sodium", "stage": 1}, {"/energy": 5.139077}, "NIST ASD"),
        Probe({"element": "helium", "stage": 2}, {"/energy": 54.417766}, "NIST ASD"),
    ],
)
def ionization_energy(
    element: Element, stage: Annotated[int, Draw.choice(ORDINALS), Field(ge=1, le=30)]
) -> IonizationEnergy:
    """The n-th ionization energy of an element (NIST ASD, in mendeleev)."""
    energy = _energies().get((atomic_number_of(element), stage))
    if energy is None or energy != energy:
        raise ToolError(f"no ionization energy number {stage} of {element!r}")
    return IonizationEnergy(energy=energy)


class Producers(Result):
    """Who mines or makes most of an element."""

    top_producer: Annotated[
        str,
        COUNTRY,
        Says(
            "the country that the Royal Society of Chemistry lists as the top producer of {element}",
            ask=("Which country leads the production of {element}, by the Royal Society of Chemistry's table?",),
        ),
    ]
    top_producers: Annotated[
        list[Annotated[str, COUNTRY]],
        Field(max_length=3),
        Says(
            "the countries that the Royal Society of Chemistry lists as the top producers of {element}",
            ask=("Which countries does the Royal Society of Chemistry list as the top producers of {element}?",),
        ),
    ]
    top_reserve_holder: Annotated[
        str | None,
        COUNTRY,
        Says(
            "the country that the Royal Society of Chemistry lists as the top holder of {element} reserves",
            ask=("Which country holds the largest reserves of {element}, by the Royal Society of Chemistry's table?",),
        ),
    ]


def _countries(listing: object) -> list[str]:
    if not isinstance(listing, str):
        return []
    names = re.findall(r"\d\)\s*([^\d()]+?)\s*(?=\d\)|\(|$)", listing)
    found = []
    for name in names:
        try:
            found.append(country_name(COUNTRY_SPELLING.get(name) or country_code(name)))
        except ToolError:
            continue
    return found if len(found) == len(names) else []


@tool(
    domain="academic",
    also=("general",),
    kind="R",
    sources=[MENDELEEV, PYCOUNTRY],
    determinism="snapshot",
    probes=[
        Probe(
            {"element": "copper"},
            {"/top_producer": "Chile", "/top_producers": ["Chile", "China", "Peru"]},
            "RSC periodic table",
        ),
        Probe({"element": "cobalt"}, {"/top_producer": "the Democratic Republic of the Congo"}, "RSC periodic table"),
    ],
)
def element_producers(element: Element) -> Producers:
    """Leading producer and reserve countries of an element (Royal Society of Chemistry table, in mendeleev)."""
    number = atomic_number_of(element)
    record = element_table()[number]
    producers, holders = _countries(record["top_3_producers"]), _countries(record["top_3_reserve_holders"])
    if not producers:
        raise ToolError(f"the table lists no producer countries of {names_by_number()[number]}")
    return Producers(
        top_producer=producers[0],
        top_producers=sorted(producers),
        top_reserve_holder=holders[0] if holders else None,
    )
