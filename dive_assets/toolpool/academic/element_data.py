"""One reading of element names for every tool, and mendeleev's tables as plain records."""

from functools import cache
from typing import Annotated, Any

from pydantic import Field

from dive_assets.toolpool.shared.entity_types import ELEMENT
from dive_assets.tools.errors import ToolError

Element = Annotated[str, ELEMENT, Field(description="English name or symbol of the element", max_length=20)]

IUPAC_SPELLING = {"aluminum": "aluminium", "cesium": "caesium", "sulphur": "sulfur"}


@cache
def element_table() -> dict[int, dict[str, Any]]:
    """mendeleev's element records by atomic number."""
    from mendeleev.fetch import fetch_table

    return {int(record["atomic_number"]): record for record in fetch_table("elements").to_dict("records")}


@cache
def names_by_number() -> dict[int, str]:
    names = {z: record["name"].casefold() for z, record in element_table().items()}
    return {z: IUPAC_SPELLING.get(name, name) for z, name in names.items()}


@cache
def _numbers() -> dict[str, int]:
    found = {name: z for z, name in names_by_number().items()}
    found |= {other: found[name] for other, name in IUPAC_SPELLING.items()}
    return found | {record["symbol"]: z for z, record in element_table().items()}


def atomic_number_of(element: str) -> int:
    """Atomic number of an element given by its English name or symbol. Raises ToolError otherwise."""
    text = element.strip()
    number = _numbers().get(text) or _numbers().get(text.casefold())
    if number is None:
        raise ToolError(f"unknown element {element!r}: give its English name or symbol")
    return number


def known(value: Any) -> float | None:
    """The number, or None where a table has a gap."""
    return None if value is None or value != value else float(value)
