"""Depreciation of fixed assets by three methods."""

from typing import Annotated, Literal

from pydantic import Field

from dive_assets.toolpool.financial.entity_types import FORMULA
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

METHODS = {
    "straight-line": "straight-line",
    "sum-of-years": "sum-of-the-years'-digits",
    "double-declining": "double-declining-balance",
}


class Depreciation(Result):
    """An asset in one of its years."""

    charge: Annotated[
        float,
        Quantity("US dollars", "US dollars", 2, role="depreciation_charge"),
        Says(
            "the {method} depreciation charge in {year} of an asset that cost {cost}, with a useful life of {life} and "
            "a salvage value of {salvage}",
            ask=(
                "An asset cost {cost} and has a useful life of {life} and a salvage value of {salvage}. How large is "
                "its {method} depreciation charge in {year}?",
            ),
        ),
    ]
    book_value: Annotated[
        float,
        Quantity("US dollars", "US dollars", 2, role="book_value"),
        Says(
            "the book value at the end of {year}, under {method} depreciation, of an asset that cost {cost}, with a "
            "useful life of {life} and a salvage value of {salvage}",
            ask=(
                "An asset cost {cost} and has a useful life of {life} and a salvage value of {salvage}. What is its "
                "book value at the end of {year} under {method} depreciation?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"method": "double-declining", "year": 4, "cost": 12000.0, "life": 5, "salvage": 2000.0},
            {"/charge": 592.0, "/book_value": 2000.0},
            "Horngren, Introduction to Financial Accounting: 4800, 2880, 1728, 592",
        ),
        Probe(
            {"method": "sum-of-years", "year": 2, "cost": 12000.0, "life": 5, "salvage": 2000.0},
            {"/charge": 10_000 * 4 / 15, "/book_value": 12_000 - 10_000 * 9 / 15},
            "sum of the years' digits by hand",
        ),
    ],
)
def depreciation(
    method: Annotated[Literal["straight-line", "sum-of-years", "double-declining"], Draw.choice(METHODS)],
    year: Annotated[int, Draw.choice({n: f"year {n}" for n in range(1, 6)}), Field(ge=1, le=50)],
    cost: Annotated[float, Draw.integer(12_000, 90_000, step=1_000, suffix=" US dollars"), Field(gt=0, le=1e10)],
    life: Annotated[int, Draw.choice({n: f"{n} years" for n in (5, 6, 8, 10)}), Field(ge=2, le=50)],
    salvage: Annotated[float, Draw.integer(1_000, 6_000, step=500, suffix=" US dollars"), Field(ge=0, le=1e10)],
) -> Depreciation:
    """Depreciation charge and book value of an asset, double-declining down to its salvage value (Horngren)."""
    if salvage >= cost or year > life:
        raise ToolError("salvage must lie below cost and the year within the useful life", "invalid_arguments")
    value, charge, digits = cost, 0.0, life * (life + 1) / 2
    for n in range(1, year + 1):
        if method == "straight-line":
            charge = (cost - salvage) / life
        elif method == "sum-of-years":
            charge = (cost - salvage) * (life - n + 1) / digits
        else:
            charge = min(value * 2 / life, value - salvage)
        value -= charge
    return Depreciation(charge=charge, book_value=value)
