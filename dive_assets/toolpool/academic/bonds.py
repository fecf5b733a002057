"""Polarity of a bond between two elements (Pauling)."""

import math
from typing import Annotated

from dive_assets.toolpool.academic.data_sources import MENDELEEV
from dive_assets.toolpool.academic.element_data import (
    Element,
    atomic_number_of,
    element_table,
    known,
    names_by_number,
)
from dive_assets.toolpool.shared.entity_types import ELEMENT
from dive_assets.tools.annotations import Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool


class BondPolarity(Result):
    """How polar a single bond between two elements is."""

    difference: Annotated[
        float,
        Quantity("", "", 2),
        Says(
            "the difference in Pauling electronegativity between {element} and {partner}",
            ask=("By how much do {element} and {partner} differ in Pauling electronegativity?",),
        ),
    ]
    ionic_character: Annotated[
        float,
        Quantity("percent", "percent", 1),
        Says(
            "the ionic character, by Pauling's formula, of a bond between {element} and {partner}",
            ask=(
                "How ionic, in percent, is a single bond between {element} and {partner} by Pauling's formula "
                "1 − exp(−Δχ²/4)?",
            ),
        ),
    ]
    negative_end: Annotated[
        str | None,
        ELEMENT,
        Says(
            "the more electronegative of {element} and {partner} on the Pauling scale",
            ask=("Which of {element} and {partner} is the more electronegative on the Pauling scale?",),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[MENDELEEV],
    probes=[
        Probe(
            {"element": "sodium", "partner": "chlorine"},
            {"/difference": 2.23, "/ionic_character": 71.15475, "/negative_end": "chlorine"},
            "Pauling, The Nature of the Chemical Bond",
        )
    ],
)
def bond_polarity(element: Element, partner: Element) -> BondPolarity:
    """Electronegativity difference and ionic character of a bond (Pauling's formula over mendeleev's values)."""
    values = {}
    for name in (element, partner):
        number = atomic_number_of(name)
        values[names_by_number()[number]] = known(element_table()[number]["en_pauling"])
    if len(values) < 2 or None in values.values():
        raise ToolError("two different elements with a Pauling electronegativity are needed", "invalid_arguments")
    (_, small), (high, large) = sorted(values.items(), key=lambda item: item[1])
    difference = round(large - small, 4)
    return BondPolarity(
        difference=difference,
        ionic_character=100 * (1 - math.exp(-0.25 * difference**2)),
        negative_end=high if difference else None,
    )
