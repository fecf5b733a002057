"""One reading of compound names for every tool, and the tables of `chemicals` behind it."""

import re
from functools import cache
from typing import Annotated, Any

from pydantic import Field

from dive_assets.toolpool.academic.compound_names import NAMES
from dive_assets.toolpool.shared.entity_types import COMPOUND
from dive_assets.tools.errors import ToolError

Compound = Annotated[
    str, COMPOUND, Field(description="Everyday or IUPAC name or CAS Registry Number of the compound", max_length=120)
]

_FORMULA = re.compile(r"(?:[A-Z][a-z]?\d*){2,}")


def familiar_names() -> list[str]:
    return [name.strip() for name in NAMES.replace("\n", " ").split(";")]


@cache
def compound_record(compound: str) -> Any:
    """The record of a compound in `chemicals`. Raises ToolError for an unknown name or for a formula."""
    import chemicals

    text = compound.strip()
    if _FORMULA.fullmatch(text) and text not in familiar_names():
        raise ToolError(f"{compound!r} is a formula, which isomers share: give a name or CAS number")
    try:
        return chemicals.search_chemical(text)
    except ValueError:
        raise ToolError(f"unknown compound {compound!r}: give its everyday name or CAS number") from None


@cache
def familiar_name_by_cas() -> dict[str, str]:
    return {compound_record(name).CASs: name for name in familiar_names()}


def from_tables(lookup: Any, cas: str, *tables: str) -> float | None:
    """The value of the first table that has the compound."""
    for table in tables:
        try:
            value = lookup(cas, method=table)
        except ValueError:
            continue
        if value is not None and value == value:
            return float(value)
    return None
