"""Two-asset portfolios and the risk-adjusted performance of given returns."""

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.financial.entity_types import CORRELATION, FORMULA, VOLATILITY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

Volatility = Annotated[float, VOLATILITY, Draw.integer(8, 45, suffix="%"), Field(gt=0, le=300)]
Correlation = Annotated[float, CORRELATION, Draw.decimal(-0.4, 0.8, 2), Field(ge=-1, le=1)]
ASSETS = "two assets with volatilities of {first} and {second} and a correlation of {correlation}"


class MinimumVariance(Result):
    """The least risky mix."""

    first_weight: Annotated[
        float,
        Quantity("percent", "per cent", 2, ratio=False, role="portfolio_weight"),
        Says(
            "the weight of the first asset, short sales allowed, in the minimum-variance portfolio of " + ASSETS,
            ask=(
                "With short sales allowed, what share does the first asset have in the minimum-variance portfolio of "
                + ASSETS
                + "?",
            ),
        ),
    ]
    volatility: Annotated[
        float,
        VOLATILITY,
        Says(
            "the volatility of the minimum-variance portfolio, short sales allowed, of " + ASSETS,
            ask=("With short sales allowed, how volatile is the minimum-variance portfolio of " + ASSETS + "?",),
        ),
    ]
    equal_volatility: Annotated[
        float,
        VOLATILITY,
        Says(
            "the volatility of an equally weighted portfolio of " + ASSETS,
            ask=("How volatile is an equally weighted portfolio of " + ASSETS + "?",),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"first": 12.0, "second": 20.0, "correlation": 0.3},
            {
                "/first_weight": 100 * (400 - 72) / (144 + 400 - 144),
                "/volatility": math.sqrt(0.82**2 * 144 + 0.18**2 * 400 + 2 * 0.82 * 0.18 * 72),
                "/equal_volatility": math.sqrt(0.25 * 144 + 0.25 * 400 + 0.5 * 72),
            },
            "Bodie, Kane and Marcus, ch. 7: 82 per cent in the first fund, standard deviation 11.45",
        )
    ],
)
def two_asset_portfolio(first: Volatility, second: Volatility, correlation: Correlation) -> MinimumVariance:
    """Minimum-variance weights and volatilities of a two-asset portfolio (Bodie, Kane and Marcus, ch. 7)."""
    covariance = correlation * first * second
    spread = first**2 + second**2 - 2 * covariance
    if spread < 1e-9:
        raise ToolError("the assets are perfectly correlated and equally volatile", "invalid_arguments")
    weight = (second**2 - covariance) / spread
    variance = weight**2 * first**2 + (1 - weight) ** 2 * second**2 + 2 * weight * (1 - weight) * covariance
    equal = (first**2 + second**2 + 2 * covariance) / 4
    return MinimumVariance(
        first_weight=100 * weight, volatility=math.sqrt(max(variance, 0)), equal_volatility=math.sqrt(equal)
    )


RETURNS = "a fund with monthly excess returns, in per cent, of {returns}"
Returns = Annotated[
    list[Annotated[float, Field(gt=-100, le=1000)]], Draw.numbers(-5, 7, 1, (6, 9)), Field(min_length=3, max_length=120)
]


class Ratios(Result):
    """Reward for risk."""

    sharpe: Annotated[
        float,
        Quantity("", "", 3, ratio=False, role="sharpe_ratio"),
        Says(
            "the Sharpe ratio, from the sample standard deviation and annualized with the square root of 12, of "
            + RETURNS,
            ask=(
                "Annualized with the square root of 12 and on the sample standard deviation, what is the Sharpe ratio "
                "of " + RETURNS + "?",
            ),
        ),
    ]
    sortino: Annotated[
        float,
        Quantity("", "", 3, ratio=False, role="sortino_ratio"),
        Says(
            "the Sortino ratio, annualized with the square root of 12, against a target of zero with downside deviation over all months, of "
            + RETURNS,
            ask=(
                "Annualized with the square root of 12, against a target of zero and with downside deviation over all "
                "months, what is the Sortino ratio of " + RETURNS + "?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"returns": [2.0, -1.0, 3.0, 0.0]},
            {"/sharpe": math.sqrt(12) * 1 / math.sqrt(10 / 3), "/sortino": math.sqrt(12) * 1 / math.sqrt(1 / 4)},
            "Sharpe (1994), Sortino and Price (1994), by hand: mean 1, squared deviations 10, downside 1/4",
        )
    ],
)
def risk_adjusted_ratios(returns: Returns) -> Ratios:
    """Annualized Sharpe and Sortino ratios of monthly excess returns (Sharpe 1994, Sortino and Price 1994)."""
    mean = sum(returns) / len(returns)
    deviation = math.sqrt(sum((r - mean) ** 2 for r in returns) / (len(returns) - 1))
    downside = math.sqrt(sum(min(r, 0.0) ** 2 for r in returns) / len(returns))
    if deviation < 1e-9 or downside < 1e-9:
        raise ToolError("the returns show no risk: the ratios are not defined", "invalid_arguments")
    return Ratios(sharpe=math.sqrt(12) * mean / deviation, sortino=math.sqrt(12) * mean / downside)
