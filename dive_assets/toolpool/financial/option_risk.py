"""Greeks of European options, put-call parity, options on futures and American puts."""

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.financial.entity_types import FORMULA, PRICE, RATE, VOLATILITY, VOLLIB
from dive_assets.toolpool.financial.options import MARKET, OPTION, Interest, Kind, Months, Spot, Strike
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

Volatility = Annotated[float, VOLATILITY, Draw.integer(10, 60, suffix="%"), Field(gt=0.5, le=300)]
GIVEN = "given a volatility of {volatility}, " + MARKET


def _greek(name: str, lead: str = "the") -> Says:
    return Says(
        f"{lead} Black-Scholes {name} of {OPTION}, {GIVEN}",
        ask=(f"Given a volatility of {{volatility}}, {MARKET}, what is the Black-Scholes {name} of {OPTION}?",),
    )


class Greeks(Result):
    """Sensitivities of an option."""

    gamma: Annotated[float, Quantity("", "", 5, role="option_gamma"), _greek("gamma")]
    vega: Annotated[float, Quantity("", "", 4, role="option_vega"), _greek("vega per percentage point of volatility")]
    theta: Annotated[
        float, Quantity("", "", 4, ratio=False, role="option_theta"), _greek("theta per calendar day of 1/365 year")
    ]
    rho: Annotated[
        float, Quantity("", "", 4, ratio=False, role="option_rho"), _greek("rho per percentage point of interest")
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[VOLLIB],
    probes=[
        Probe(
            {"kind": "put", "months": 3, "strike": 105.0, "spot": 100.0, "rate": 3.0, "volatility": 25.0},
            {"/gamma": 0.030791047, "/vega": 0.19244405, "/theta": -0.02077076, "/rho": -0.1700729},
        ),
        Probe(
            {"kind": "call", "months": 12, "strike": 100.0, "spot": 100.0, "rate": 5.0, "volatility": 20.0},
            {
                "/gamma": math.exp(-(0.35**2) / 2) / math.sqrt(2 * math.pi) / (100 * 0.2),
                "/vega": math.exp(-(0.35**2) / 2) / math.sqrt(2 * math.pi),
            },
            "Hull, ch. 19: N'(d1)/(S sigma sqrt T) and S N'(d1) sqrt T, d1 = 0.35",
        ),
    ],
)
def option_greeks(
    kind: Kind, months: Months, strike: Strike, spot: Spot, rate: Interest, volatility: Volatility
) -> Greeks:
    """Black-Scholes gamma, vega, theta and rho of a European option without dividends (vollib)."""
    from vollib.black_scholes.greeks import analytical

    terms = (kind[0], spot, spot * strike / 100, months / 12, rate / 100, volatility / 100)
    return Greeks(
        gamma=float(analytical.gamma(*terms)),
        vega=float(analytical.vega(*terms)),
        theta=float(analytical.theta(*terms)),
        rho=float(analytical.rho(*terms)),
    )


class ParityPut(Result):
    """The put that goes with a call."""

    premium: Annotated[
        float,
        Quantity("US dollars", "US dollars", 3, role="put_premium"),
        Says(
            "the price, by put-call parity, of the European put with the same terms as a call that costs {call}, with "
            "{months} to expiry and a strike at {strike} of the spot price, given " + MARKET,
            ask=(
                "A European call with {months} to expiry and a strike at {strike} of the spot price costs {call}. "
                "Given " + MARKET + ", what does the put with the same terms cost by put-call parity?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"call": 10.0, "months": 6, "strike": 95.0, "spot": 100.0, "rate": 3.0},
            {"/premium": 10 - 100 + 95 * math.exp(-0.015)},
            "Hull, ch. 11: p = c - S + K exp(-rT)",
        )
    ],
)
def put_from_call(
    call: Annotated[float, Draw.decimal(25, 40, 2, suffix=" US dollars"), Field(gt=0, le=1e6)],
    months: Months,
    strike: Strike,
    spot: Annotated[float, PRICE, Draw.integer(80, 120, suffix=" US dollars"), Field(gt=0, le=1e6)],
    rate: Interest,
) -> ParityPut:
    """Price of a European put from the call with the same terms by put-call parity (Hull, ch. 11)."""
    premium = call - spot + spot * strike / 100 * math.exp(-rate / 100 * months / 12)
    if premium < 0 or call >= spot:
        raise ToolError("the call's price violates the no-arbitrage bounds", "invalid_arguments")
    return ParityPut(premium=premium)


FUTURE = "a European {kind} with {months} to expiry and a strike of {strike} on a futures contract at {futures}"


class FuturesOption(Result):
    """Black's model."""

    premium: Annotated[
        float,
        Quantity("", "", 3, role="futures_option_premium"),
        Says(
            "the Black-76 price of " + FUTURE + ", given a volatility of {volatility} and a continuously compounded "
            "risk-free rate of {rate}",
            ask=(
                "Given a volatility of {volatility} and a continuously compounded risk-free rate of {rate}, what is the "
                "Black-76 price of " + FUTURE + "?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[VOLLIB],
    probes=[
        Probe(
            {"kind": "call", "months": 6, "strike": 80.0, "futures": 80.0, "volatility": 30.0, "rate": 4.0},
            {"/premium": 80 * math.exp(-0.02) * math.erf(0.3 * math.sqrt(0.5) / 2 / math.sqrt(2))},
            "Black (1976) at the money: F exp(-rT) (2 N(sigma sqrt T / 2) - 1)",
        ),
        Probe(
            {"kind": "put", "months": 4, "strike": 60.0, "futures": 60.0, "volatility": 25.0, "rate": 9.0},
            {"/premium": 60 * math.exp(-0.03) * math.erf(0.25 * math.sqrt(1 / 3) / 2 / math.sqrt(2))},
            "Hull, example 18.6: crude oil futures put, 3.35",
        ),
    ],
)
def futures_option_value(
    kind: Kind,
    months: Months,
    strike: Annotated[float, Draw.integer(50, 120), Field(gt=0, le=1e6)],
    futures: Annotated[float, Draw.integer(55, 115), Field(gt=0, le=1e6)],
    volatility: Volatility,
    rate: Annotated[float, RATE, Draw.decimal(0.5, 7, 2, suffix="%"), Field(ge=0, le=50)],
) -> FuturesOption:
    """Black-76 price of a European option on a futures contract (vollib)."""
    from vollib.black import black

    return FuturesOption(premium=float(black(kind[0], futures, strike, months / 12, rate / 100, volatility / 100)))


STEPS = 500


class AmericanPut(Result):
    """Early exercise."""

    premium: Annotated[
        float,
        Quantity("US dollars", "US dollars", 3, role="american_option_premium"),
        Says(
            "the price, by a Cox-Ross-Rubinstein tree of 500 steps, of an American put with {months} to expiry and a "
            "strike at {strike} of the spot price, " + GIVEN,
            ask=(
                "By a Cox-Ross-Rubinstein tree of 500 steps, what is the price of an American put with {months} to "
                "expiry and a strike at {strike} of the spot price, " + GIVEN + "?",
            ),
        ),
    ]
    early_exercise: Annotated[
        float,
        Quantity("US dollars", "US dollars", 3, role="early_exercise_premium"),
        Says(
            "the early exercise premium, by Cox-Ross-Rubinstein trees of 500 steps, in an American put with {months} to "
            "expiry and a strike at {strike} of the spot price, " + GIVEN,
            ask=(
                "By Cox-Ross-Rubinstein trees of 500 steps, how much more than the European put is an American put "
                "worth with {months} to expiry and a strike at {strike} of the spot price, " + GIVEN + "?",
            ),
        ),
    ]


def _tree_put(spot: float, level: float, years: float, rate: float, sigma: float, american: bool) -> float:
    import numpy as np

    step = years / STEPS
    up = math.exp(sigma * math.sqrt(step))
    chance = (math.exp(rate * step) - 1 / up) / (up - 1 / up)
    if not 0 < chance < 1:
        raise ToolError("the tree has no risk-neutral probabilities at these rates", "invalid_arguments")
    discount = math.exp(-rate * step)
    prices = spot * up ** (STEPS - 2.0 * np.arange(STEPS + 1))
    values = np.maximum(level - prices, 0.0)
    for _ in range(STEPS):
        prices = prices[:-1] / up
        values = discount * (chance * values[:-1] + (1 - chance) * values[1:])
        if american:
            values = np.maximum(values, level - prices)
    return float(values[0])


@tool(
    domain="financial",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"months": 12, "strike": 4000 / 36, "spot": 36.0, "rate": 6.0, "volatility": 20.0},
            {"/premium": 4.48637477750607},
            "a tree rolled back node by node in plain Python; QuantLib gives 4.4864, Longstaff and Schwartz (2001) 4.478",
        )
    ],
)
def american_put(months: Months, strike: Strike, spot: Spot, rate: Interest, volatility: Volatility) -> AmericanPut:
    """American put without dividends by a 500-step Cox-Ross-Rubinstein tree (Hull, ch. 21)."""
    terms = (spot, spot * strike / 100, months / 12, rate / 100, volatility / 100)
    premium = _tree_put(*terms, american=True)
    return AmericanPut(premium=premium, early_exercise=premium - _tree_put(*terms, american=False))
