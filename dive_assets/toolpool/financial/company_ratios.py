"""Solvency, break-even volume, order quantities and margins of companies."""

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.financial.entity_types import FORMULA
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

MILLION = " million US dollars"


class AltmanScore(Result):
    """Distance from bankruptcy."""

    z_score: Annotated[
        float,
        Quantity("", "", 2, ratio=False, role="altman_z_score"),
        Says(
            "the original Altman Z-score (1968) of a manufacturer with total assets of {assets}, working capital of "
            "{working_capital}, retained earnings of {retained}, EBIT of {ebit}, a market value of equity of {equity}, "
            "total liabilities of {liabilities} and sales of {sales}",
            ask=(
                "A manufacturer has total assets of {assets}, working capital of {working_capital}, retained earnings "
                "of {retained}, EBIT of {ebit}, a market value of equity of {equity}, total liabilities of "
                "{liabilities} and sales of {sales}. What is its original Altman Z-score (1968)?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {
                "assets": 1100,
                "working_capital": 120,
                "retained": 300,
                "ebit": 150,
                "equity": 900,
                "liabilities": 500,
                "sales": 1000,
            },
            {"/z_score": 1.2 * 120 / 1100 + 1.4 * 300 / 1100 + 3.3 * 150 / 1100 + 0.6 * 900 / 500 + 1000 / 1100},
            "Altman (1968); Brealey and Myers: 1.2, 1.4, 3.3, 0.6, 1.0",
        )
    ],
)
def altman_z_score(
    assets: Annotated[float, Draw.integer(900, 2000, step=10, suffix=MILLION), Field(gt=0, le=1e9)],
    working_capital: Annotated[float, Draw.integer(50, 300, step=5, suffix=MILLION), Field(ge=-1e9, le=1e9)],
    retained: Annotated[float, Draw.integer(100, 600, step=5, suffix=MILLION), Field(ge=-1e9, le=1e9)],
    ebit: Annotated[float, Draw.integer(20, 250, step=5, suffix=MILLION), Field(ge=-1e9, le=1e9)],
    equity: Annotated[float, Draw.integer(300, 2500, step=10, suffix=MILLION), Field(gt=0, le=1e9)],
    liabilities: Annotated[float, Draw.integer(300, 880, step=10, suffix=MILLION), Field(gt=0, le=1e9)],
    sales: Annotated[float, Draw.integer(600, 2500, step=10, suffix=MILLION), Field(ge=0, le=1e9)],
) -> AltmanScore:
    """Altman's 1968 Z-score of a public manufacturer with the coefficients 1.2, 1.4, 3.3, 0.6 and 1.0."""
    score = 1.2 * working_capital + 1.4 * retained + 3.3 * ebit + sales
    return AltmanScore(z_score=score / assets + 0.6 * equity / liabilities)


class BreakEven(Result):
    """Volume without profit."""

    units: Annotated[
        int,
        Quantity("units", "units", 0, role="break_even_volume"),
        Says(
            "the smallest whole number of units that covers fixed costs of {fixed} at a price of {price} and a variable "
            "cost of {variable} a unit",
            ask=(
                "At a price of {price} and a variable cost of {variable} a unit, how many whole units must be sold at "
                "least to cover fixed costs of {fixed}?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"fixed": 100_000.0, "price": 50.0, "variable": 30.0}, {"/units": 5000}, "Horngren, cost-volume-profit"),
        Probe({"fixed": 100_001.0, "price": 50.0, "variable": 30.0}, {"/units": 5001}, "rounded up"),
    ],
)
def break_even_units(
    fixed: Annotated[float, Draw.integer(20_000, 900_000, step=500, suffix=" US dollars"), Field(gt=0, le=1e12)],
    price: Annotated[float, Draw.integer(45, 190, suffix=" US dollars"), Field(gt=0, le=1e9)],
    variable: Annotated[float, Draw.integer(8, 40, suffix=" US dollars"), Field(ge=0, le=1e9)],
) -> BreakEven:
    """Break-even volume: fixed costs over the contribution margin a unit, rounded up (Horngren)."""
    if price <= variable:
        raise ToolError("the price must exceed the variable cost", "invalid_arguments")
    return BreakEven(units=math.ceil(round(fixed / (price - variable), 9)))


class OrderQuantity(Result):
    """Lot size of least cost."""

    units: Annotated[
        float,
        Quantity("units", "units", 1, role="order_quantity"),
        Says(
            "the economic order quantity for a yearly demand of {demand}, at a cost of {order_cost} an order and "
            "{holding_cost} a year to hold a unit",
            ask=(
                "Each order costs {order_cost} and holding a unit for a year costs {holding_cost}. What is the economic "
                "order quantity for a yearly demand of {demand}?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"demand": 1000, "order_cost": 10.0, "holding_cost": 0.5},
            {"/units": 200.0},
            "Heizer and Render, Operations Management, EOQ example (200 units)",
        )
    ],
)
def economic_order_quantity(
    demand: Annotated[int, Draw.integer(500, 60_000, step=100, suffix=" units"), Field(gt=0, le=10**9)],
    order_cost: Annotated[float, Draw.integer(10, 250, step=5, suffix=" US dollars"), Field(gt=0, le=1e9)],
    holding_cost: Annotated[float, Draw.decimal(0.5, 12, 2, suffix=" US dollars"), Field(gt=0, le=1e9)],
) -> OrderQuantity:
    """Economic order quantity by Harris' square-root formula (1913)."""
    return OrderQuantity(units=math.sqrt(2 * demand * order_cost / holding_cost))


class SellingPrice(Result):
    """Price and margin from a markup."""

    margin: Annotated[
        float,
        Quantity("percent", "per cent", 2, ratio=False, role="gross_margin"),
        Says(
            "the gross margin on the selling price that a markup of {markup} on cost leaves after successive discounts "
            "of {first_discount} and {second_discount}",
            ask=(
                "Goods are marked up by {markup} on cost and sold with successive discounts of {first_discount} and "
                "{second_discount}. What gross margin on the selling price is left?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"markup": 100, "first_discount": 10, "second_discount": 5},
            {"/margin": 100 * (1 - 1 / (2 * 0.9 * 0.95))},
            "by hand",
        )
    ],
)
def margin_after_discounts(
    markup: Annotated[float, Draw.integer(40, 160, step=5, suffix="%"), Field(gt=0, le=10_000)],
    first_discount: Annotated[float, Draw.integer(5, 20, suffix="%"), Field(ge=0, lt=100)],
    second_discount: Annotated[float, Draw.integer(2, 10, suffix="%"), Field(ge=0, lt=100)],
) -> SellingPrice:
    """Gross margin on the selling price after a markup and two successive trade discounts."""
    price = (1 + markup / 100) * (1 - first_discount / 100) * (1 - second_discount / 100)
    return SellingPrice(margin=100 * (1 - 1 / price))
