"""Futures on stock indices: contract size and fair value."""

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.financial.entity_types import FORMULA, INDEX_LEVEL, RATE, TRADE_VALUE
from dive_assets.tools.annotations import Draw, Result, Says
from dive_assets.tools.tool import Probe, tool

Level = Annotated[float, INDEX_LEVEL, Draw.integer(900, 6000, step=5, suffix=" index points"), Field(gt=0, le=1e6)]
Rate = Annotated[float, RATE, Draw.decimal(0.5, 7, 2, suffix="%"), Field(ge=0, le=50)]


class Notional(Result):
    """Contract value."""

    value: Annotated[
        float,
        TRADE_VALUE,
        Says(
            "the notional value of {contracts} at {multiplier} a point when the underlying index stands at {level}",
            ask=(
                "With the underlying index at {level}, what is the notional value of {contracts} at {multiplier} a "
                "point?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"contracts": 4, "multiplier": 50, "level": 2506.85},
            {"/value": 4 * 50 * 2506.85},
            "CME contract specification: index level times multiplier",
        )
    ],
)
def futures_notional(
    contracts: Annotated[int, Draw.integer(2, 40, suffix=" index futures contracts"), Field(ge=1, le=100_000)],
    multiplier: Annotated[
        int,
        Draw.choice({5: "5 US dollars", 20: "20 US dollars", 50: "50 US dollars", 100: "100 US dollars"}),
        Field(ge=1, le=1000),
    ],
    level: Level,
) -> Notional:
    """Notional value of index futures: contracts times multiplier times index level (CME)."""
    return Notional(value=contracts * multiplier * level)


class FairValue(Result):
    """Cost of carry."""

    level: Annotated[
        float,
        INDEX_LEVEL,
        Says(
            "the cost-of-carry fair value of a stock index future with {months} to delivery when the index stands at "
            "{level}, the continuously compounded risk-free rate is {rate} and the continuous dividend yield is "
            "{dividend_yield}",
            ask=(
                "The index stands at {level}, the continuously compounded risk-free rate is {rate} and the continuous "
                "dividend yield {dividend_yield}. What is the cost-of-carry fair value of a future with {months} to "
                "delivery?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"months": 3, "level": 1300.0, "rate": 5.0, "dividend_yield": 1.0},
            {"/level": 1300 * math.exp((0.05 - 0.01) * 0.25)},
            "Hull, Options, Futures, and Other Derivatives, example 5.5 (1,313.07)",
        )
    ],
)
def index_future_value(
    months: Annotated[int, Draw.choice({n: f"{n} months" for n in (2, 3, 4, 6, 9, 12)}), Field(ge=1, le=36)],
    level: Level,
    rate: Rate,
    dividend_yield: Annotated[float, Draw.decimal(0.5, 4, 2, suffix="%"), Field(ge=0, le=30)],
) -> FairValue:
    """Fair value of a stock index future by cost of carry with continuous rates (Hull, ch. 5)."""
    return FairValue(level=level * math.exp((rate - dividend_yield) / 100 * months / 12))
