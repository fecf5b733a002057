"""Black-Scholes values of European options on a stock without dividends."""

from typing import Annotated, Literal

from pydantic import Field

from dive_assets.toolpool.financial.entity_types import PRICE, RATE, VOLATILITY, VOLLIB
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

PREMIUM = Quantity("US dollars", "US dollars", 3, role="option_premium")
Kind = Annotated[Literal["call", "put"], Draw.choice({"call": "call", "put": "put"})]
Months = Annotated[int, Draw.choice({n: f"{n} months" for n in (2, 3, 6, 9, 12, 18)}), Field(ge=1, le=120)]
Strike = Annotated[float, Draw.integer(85, 115, suffix="%"), Field(gt=10, le=1000)]
Spot = Annotated[float, PRICE, Draw.integer(40, 400, suffix=" US dollars"), Field(gt=0, le=1e6)]
Interest = Annotated[float, RATE, Draw.decimal(0.5, 7, 2, suffix="%"), Field(ge=0, le=50)]
OPTION = "a European {kind} with {months} to expiry and a strike at {strike} of the spot price"
MARKET = "a spot price of {spot}, a continuously compounded risk-free rate of {rate} and no dividends"


class OptionValue(Result):
    """An option at a volatility."""

    premium: Annotated[
        float,
        PREMIUM,
        Says(
            "the Black-Scholes price of " + OPTION + ", given a volatility of {volatility}, " + MARKET,
            ask=(
                "Given a volatility of {volatility}, "
                + MARKET
                + ", what is the Black-Scholes price of "
                + OPTION
                + "?",
            ),
        ),
    ]
    delta: Annotated[
        float,
        Quantity("", "", 3, role="option_delta"),
        Says(
            "the Black-Scholes delta of " + OPTION + ", given a volatility of {volatility}, " + MARKET,
            ask=(
                "Given a volatility of {volatility}, "
                + MARKET
                + ", what is the Black-Scholes delta of "
                + OPTION
                + "?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[VOLLIB],
    probes=[
        Probe(
            {"kind": "call", "months": 6, "strike": 95.0, "spot": 100.0, "rate": 1.0, "volatility": 20.0},
            {"/premium": 8.6476941},
            "Hull, Options, Futures, and Other Derivatives, ch. 15",
        )
    ],
)
def option_value(
    kind: Kind,
    months: Months,
    strike: Strike,
    spot: Spot,
    rate: Interest,
    volatility: Annotated[float, VOLATILITY, Draw.integer(10, 60, suffix="%"), Field(gt=0.5, le=300)],
) -> OptionValue:
    """Black-Scholes price and delta of a European option without dividends, strike as a share of spot (vollib)."""
    from vollib.black_scholes import black_scholes
    from vollib.black_scholes.greeks.analytical import delta

    terms = (kind[0], spot, spot * strike / 100, months / 12, rate / 100, volatility / 100)
    return OptionValue(premium=float(black_scholes(*terms)), delta=float(delta(*terms)))


class ImpliedVolatility(Result):
    """An option at a price."""

    volatility: Annotated[
        float,
        VOLATILITY,
        Says(
            "the Black-Scholes implied volatility of " + OPTION + " that trades at {premium}, given " + MARKET,
            ask=(
                "What is the Black-Scholes implied volatility of "
                + OPTION
                + " that trades at {premium}, given "
                + MARKET
                + "?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[VOLLIB],
    probes=[
        Probe(
            {"kind": "call", "months": 6, "strike": 95.0, "spot": 100.0, "rate": 1.0, "premium": 8.6476941},
            {"/volatility": 20.0},
            "inverse of the Black-Scholes price",
        )
    ],
)
def implied_volatility(
    kind: Kind,
    months: Months,
    strike: Strike,
    spot: Annotated[float, PRICE, Draw.integer(80, 120, suffix=" US dollars"), Field(gt=0, le=1e6)],
    rate: Interest,
    premium: Annotated[float, PREMIUM, Draw.decimal(8, 30, 2, suffix=" US dollars"), Field(gt=0, le=1e6)],
) -> ImpliedVolatility:
    """Black-Scholes volatility implied by the price of a European option without dividends (vollib)."""
    import math

    from vollib.black_scholes.implied_volatility import implied_volatility as invert

    level, years = spot * strike / 100, months / 12
    present = level * math.exp(-rate / 100 * years)
    floor, ceiling = (spot - present, spot) if kind == "call" else (present - spot, present)
    if not max(floor, 0) < premium < ceiling:
        raise ToolError("no volatility gives this price: it violates the no-arbitrage bounds", "invalid_arguments")
    found = 100 * float(invert(premium, spot, level, years, rate / 100, kind[0]))
    if not 0.5 < found < 300:
        raise ToolError("the implied volatility lies outside 0.5 to 300 per cent", "invalid_arguments")
    return ImpliedVolatility(volatility=found)
