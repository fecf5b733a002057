"""Price, duration and yield of fixed-rate bonds on a coupon date."""

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.financial.entity_types import FORMULA, NUMPY_FINANCIAL, PRECISE_RATE, RATE
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

PER_100 = Quantity("", "", 3, role="bond_price")
BOND = "a {years}-year bond with a {coupon} coupon paid {frequency}"
Years = Annotated[int, Draw.integer(2, 30), Field(ge=1, le=50)]
Coupon = Annotated[float, Quantity("percent", "per cent", 2, role="coupon_rate"), Draw.decimal(1, 9, 2, suffix="%")]
Frequency = Annotated[int, Draw.choice({1: "annually", 2: "semiannually", 4: "quarterly"}), Field(ge=1, le=4)]
Yield = Annotated[float, RATE, Draw.decimal(1, 9, 2, suffix="%"), Field(gt=0, le=50)]
AT = "on a coupon date, at a yield to maturity of {annual_yield} compounded with the coupons"


class BondValue(Result):
    """A bond at a yield."""

    price: Annotated[
        float,
        PER_100,
        Says(
            "the price per 100 of face value of " + BOND + ", " + AT,
            ask=(
                "On a coupon date, what is the price per 100 of face value of "
                + BOND
                + " if its yield to maturity, compounded with the coupons, is {annual_yield}?",
            ),
        ),
    ]
    duration: Annotated[
        float,
        Quantity("year", "years", 3, role="modified_duration"),
        Says(
            "the modified duration of " + BOND + ", " + AT,
            ask=(
                "On a coupon date, what is the modified duration of "
                + BOND
                + " if its yield to maturity, compounded with the coupons, is {annual_yield}?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"years": 10, "coupon": 4.0, "frequency": 2, "annual_yield": 4.5},
            {"/price": 96.009072, "/duration": 8.1152057},
            "QuantLib FixedRateBond, ActualActual(ISMA)",
        )
    ],
)
def bond_value(years: Years, coupon: Coupon, frequency: Frequency, annual_yield: Yield) -> BondValue:
    """Price and modified duration of a fixed-rate bullet bond on a coupon date (Fabozzi, Fixed Income Analysis)."""
    step, periods = annual_yield / 100 / frequency, years * frequency
    flows = [(n, coupon / frequency + (100 if n == periods else 0)) for n in range(1, periods + 1)]
    values = [(n, flow / (1 + step) ** n) for n, flow in flows]
    price = sum(value for _, value in values)
    macaulay = sum(n / frequency * value for n, value in values) / price
    return BondValue(price=price, duration=macaulay / (1 + step))


class BondYield(Result):
    """A bond at a price."""

    annual_yield: Annotated[
        float,
        PRECISE_RATE,
        Says(
            "the yield to maturity, compounded with the coupons, of "
            + BOND
            + ", bought on a coupon date at a price of {price} per 100 of face value",
            ask=(
                "What is the yield to maturity, compounded with the coupons, of "
                + BOND
                + " that is bought on a coupon date at {price} per 100 of face value?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[NUMPY_FINANCIAL],
    probes=[
        Probe(
            {"years": 10, "coupon": 4.0, "frequency": 2, "price": 96.0},
            {"/annual_yield": 4.5011644},
            "QuantLib FixedRateBond, ActualActual(ISMA)",
        )
    ],
)
def bond_yield(
    years: Years,
    coupon: Coupon,
    frequency: Frequency,
    price: Annotated[float, PER_100, Draw.decimal(85, 115, 2), Field(gt=10, le=300)],
) -> BondYield:
    """Yield to maturity of a fixed-rate bullet bond from its price on a coupon date (numpy-financial)."""
    import math

    import numpy_financial

    rate = float(numpy_financial.rate(years * frequency, coupon / frequency, -price, 100.0))
    if not math.isfinite(rate):
        raise ToolError("no yield gives this price", "invalid_arguments")
    return BondYield(annual_yield=100 * frequency * rate)
