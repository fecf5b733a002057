"""Cost of capital, valuation of equity and profitability of companies."""

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.financial.entity_types import BETA, BORROWING_COST, EQUITY_COST, FORMULA
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

DebtCost = Annotated[float, BORROWING_COST, Draw.decimal(1, 7, 2, suffix="%"), Field(gt=-5, le=50)]


class EquityCost(Result):
    """Required return."""

    cost: Annotated[
        float,
        EQUITY_COST,
        Says(
            "the cost of equity by the CAPM at a beta of {beta}, a risk-free rate of {risk_free} and an equity risk "
            "premium of {premium}",
            ask=(
                "At a beta of {beta}, a risk-free rate of {risk_free} and an equity risk premium of {premium}, what is "
                "the cost of equity by the CAPM?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"beta": 1.2, "risk_free": 4.0, "premium": 5.5},
            {"/cost": 10.6},
            "Brealey and Myers, ch. 8: r = rf + beta x premium",
        )
    ],
)
def capm_cost_of_equity(
    beta: Annotated[float, BETA, Draw.decimal(0.5, 1.8, 2), Field(ge=-5, le=10)],
    risk_free: Annotated[float, Draw.decimal(1, 5, 2, suffix="%"), Field(gt=-5, le=50)],
    premium: Annotated[float, Draw.decimal(3.5, 7, 1, suffix="%"), Field(gt=0, le=30)],
) -> EquityCost:
    """Cost of equity by the capital asset pricing model (Brealey and Myers, ch. 8)."""
    return EquityCost(cost=risk_free + beta * premium)


class CapitalCost(Result):
    """Blended cost."""

    wacc: Annotated[
        float,
        Quantity("percent", "per cent", 2, ratio=False, role="cost_of_capital"),
        Says(
            "the after-tax weighted average cost of capital of a company financed with {debt_share} debt, at a cost of "
            "equity of {equity_cost}, a pre-tax cost of debt of {debt_cost} and a tax rate of {tax}",
            ask=(
                "A company is financed with {debt_share} debt; equity costs {equity_cost}, debt {debt_cost} before tax, "
                "and the tax rate is {tax}. What is its after-tax weighted average cost of capital?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"debt_share": 40, "equity_cost": 10.0, "debt_cost": 5.0, "tax": 25},
            {"/wacc": 0.6 * 10 + 0.4 * 5 * 0.75},
            "Brealey and Myers, ch. 19",
        )
    ],
)
def weighted_cost_of_capital(
    debt_share: Annotated[float, Draw.integer(10, 60, step=5, suffix="%"), Field(ge=0, le=100)],
    equity_cost: Annotated[float, EQUITY_COST, Draw.decimal(6, 14, 1, suffix="%"), Field(gt=-20, le=100)],
    debt_cost: DebtCost,
    tax: Annotated[float, Draw.integer(15, 35, suffix="%"), Field(ge=0, le=100)],
) -> CapitalCost:
    """After-tax weighted average cost of capital (Brealey and Myers, ch. 19)."""
    share = debt_share / 100
    return CapitalCost(wacc=(1 - share) * equity_cost + share * debt_cost * (1 - tax / 100))


class ShareValue(Result):
    """Growing dividends."""

    value: Annotated[
        float,
        Quantity("US dollars", "US dollars", 2, role="share_value"),
        Says(
            "the value by the Gordon growth model of a share that will pay {dividend} in a year, with dividends growing "
            "at {growth} a year for ever, at a cost of equity of {equity_cost}",
            ask=(
                "At a cost of equity of {equity_cost}, what does the Gordon growth model give for a share that will pay "
                "{dividend} in a year, with dividends growing at {growth} a year for ever?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"dividend": 3.0, "growth": 3.0, "equity_cost": 9.0}, {"/value": 50.0}, "Gordon (1959): D1 / (r - g)")
    ],
)
def gordon_growth_value(
    dividend: Annotated[float, Draw.decimal(0.8, 6, 2, suffix=" US dollars"), Field(gt=0, le=1e6)],
    growth: Annotated[float, Draw.decimal(1, 4, 1, suffix="%"), Field(gt=-50, le=50)],
    equity_cost: Annotated[float, EQUITY_COST, Draw.decimal(6, 14, 1, suffix="%"), Field(gt=0, le=100)],
) -> ShareValue:
    """Value of a share by the constant-growth dividend discount model (Gordon 1959)."""
    if equity_cost - growth < 0.25:
        raise ToolError("the cost of equity must exceed the growth rate", "invalid_arguments")
    return ShareValue(value=100 * dividend / (equity_cost - growth))


class ReturnOnEquity(Result):
    """Three factors of profitability."""

    roe: Annotated[
        float,
        Quantity("percent", "per cent", 2, ratio=False, role="return_on_equity"),
        Says(
            "the return on equity by the DuPont identity of a company with a net profit margin of {margin}, an asset "
            "turnover of {turnover} and an equity multiplier of {leverage}",
            ask=(
                "A company has a net profit margin of {margin}, an asset turnover of {turnover} and an equity multiplier "
                "of {leverage}. What is its return on equity by the DuPont identity?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"margin": 8.0, "turnover": 0.9, "leverage": 1.8}, {"/roe": 8 * 0.9 * 1.8}, "Brigham and Houston, ch. 4")
    ],
)
def dupont_return_on_equity(
    margin: Annotated[float, Draw.decimal(2, 22, 1, suffix="%"), Field(ge=-100, le=100)],
    turnover: Annotated[float, Draw.decimal(0.4, 2.5, 2), Field(gt=0, le=100)],
    leverage: Annotated[float, Draw.decimal(1.2, 4, 2), Field(ge=1, le=100)],
) -> ReturnOnEquity:
    """Return on equity as margin times turnover times leverage (Brigham and Houston, ch. 4)."""
    return ReturnOnEquity(roe=margin * turnover * leverage)


class Growth(Result):
    """Growth without new equity."""

    rate: Annotated[
        float,
        Quantity("percent", "per cent", 2, ratio=False, role="sustainable_growth"),
        Says(
            "the sustainable growth rate, as return on equity times the retention ratio, of a company with a return on "
            "equity of {roe} that pays out {payout} of its earnings",
            ask=(
                "A company earns a return on equity of {roe} and pays out {payout} of its earnings. What is its "
                "sustainable growth rate, as return on equity times the retention ratio?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[FORMULA],
    probes=[Probe({"roe": 12.0, "payout": 40}, {"/rate": 7.2}, "Higgins (1977): g = ROE x (1 - payout)")],
)
def sustainable_growth(
    roe: Annotated[
        float,
        Quantity("percent", "per cent", 2, ratio=False, role="return_on_equity"),
        Draw.decimal(5, 25, 1, suffix="%"),
        Field(ge=-100, le=1000),
    ],
    payout: Annotated[float, Draw.integer(15, 70, step=5, suffix="%"), Field(ge=0, le=100)],
) -> Growth:
    """Sustainable growth rate: return on equity times the share of earnings retained (Higgins 1977)."""
    return Growth(rate=roe * (1 - payout / 100))
