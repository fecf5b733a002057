"""Cross rates of two currencies and forward rates by covered interest parity."""

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.financial.entity_types import ECB_RATES, FORMULA, RATE, Currency, FxDate
from dive_assets.toolpool.financial.exchange_rates import units_per_euro
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool


class CrossRate(Result):
    """One currency in another."""

    rate: Annotated[
        float,
        Quantity("", "", 4, role="spot_exchange_rate"),
        Says(
            "the price of one unit of {base} in {quote} implied by the ECB reference rates of {date}",
            ask=("By the ECB reference rates of {date}, how much was one unit of {base} worth in {quote}?",),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[ECB_RATES],
    determinism="snapshot",
    probes=[Probe({"base": "GBP", "quote": "JPY", "date": "2016-06-24"}, {"/rate": 140.222913284}, "ECB")],
)
def cross_rate(base: Currency, quote: Currency, date: FxDate) -> CrossRate:
    """Cross rate of two currencies implied by the ECB reference rates of a day."""
    if base.strip().upper() == quote.strip().upper():
        raise ToolError("a currency has no cross rate with itself", "invalid_arguments")
    return CrossRate(rate=units_per_euro(quote, date) / units_per_euro(base, date))


Interest = Annotated[float, RATE, Draw.decimal(0.5, 8, 2, suffix="%"), Field(ge=-5, le=50)]


class Forward(Result):
    """Covered interest parity."""

    rate: Annotated[
        float,
        Quantity("", "", 4, role="forward_exchange_rate"),
        Says(
            "the {months} forward exchange rate by covered interest parity, given a spot rate of {spot} units of the "
            "quote currency per unit of the base currency and simple annual interest rates of {quote_rate} on the "
            "quote currency and {base_rate} on the base currency",
            ask=(
                "Spot stands at {spot} units of the quote currency per unit of the base currency; simple annual "
                "interest is {quote_rate} on the quote currency and {base_rate} on the base currency. What is the "
                "{months} forward rate under covered interest parity?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"spot": 1.1, "quote_rate": 4.5, "base_rate": 3.0, "months": 6},
            {"/rate": 1.1 * 1.0225 / 1.015},
            "Hull, Options, Futures, and Other Derivatives, ch. 5",
        )
    ],
)
def forward_rate(
    spot: Annotated[float, Draw.decimal(0.8, 12, 4), Field(gt=0, le=1e6)],
    quote_rate: Interest,
    base_rate: Interest,
    months: Annotated[
        int,
        Draw.choice({1: "one-month", 3: "three-month", 6: "six-month", 12: "twelve-month"}),
        Field(ge=1, le=12),
    ],
) -> Forward:
    """Forward exchange rate by covered interest parity with simple interest (Hull, ch. 5)."""
    years = months / 12
    return Forward(rate=spot * (1 + quote_rate / 100 * years) / (1 + base_rate / 100 * years))
