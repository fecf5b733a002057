"""What a return, a drawdown, a value at risk or an interest rate amounts to."""

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.financial.entity_types import DOLLARS, FORMULA, GENERAL_INFLATION, RATE, RETURN
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

Amount = Annotated[float, DOLLARS, Draw.integer(5_000, 500_000, step=1_000, suffix=" US dollars"), Field(gt=0, le=1e12)]


class Outcome(Result):
    """Money after a return."""

    value: Annotated[
        float,
        DOLLARS,
        Says(
            "the final value of an investment of {amount} after a total return of {total_return}",
            ask=("What is an investment of {amount} worth after a total return of {total_return}?",),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[FORMULA],
    probes=[Probe({"amount": 20_000.0, "total_return": -37.5}, {"/value": 12_500.0}, "amount times one plus return")],
)
def investment_outcome(
    amount: Amount,
    total_return: Annotated[float, RETURN, Draw.decimal(-40, 160, 1, suffix="%"), Field(gt=-100, le=1e6)],
) -> Outcome:
    """Final value of an investment after a total return."""
    return Outcome(value=amount * (1 + total_return / 100))


class Recovery(Result):
    """The way back up."""

    gain: Annotated[
        float,
        RETURN,
        Says(
            "the gain needed to recover fully from a drawdown of {drawdown}",
            ask=("Which gain does it take to recover fully from a drawdown of {drawdown}?",),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[FORMULA],
    probes=[Probe({"drawdown": 50.0}, {"/gain": 100.0}, "1 / (1 - drawdown) - 1")],
)
def recovery_gain(
    drawdown: Annotated[
        float,
        Quantity("percent", "per cent", 2, role="drawdown"),
        Draw.decimal(5, 85, 1, suffix="%"),
        Field(ge=0, lt=100),
    ],
) -> Recovery:
    """Gain that makes up for a drawdown."""
    return Recovery(gain=100 * drawdown / (100 - drawdown))


class RiskAmount(Result):
    """Value at risk in money."""

    amount: Annotated[
        float,
        Quantity("US dollars", "US dollars", 2, role="risk_amount"),
        Says(
            "the value at risk over {days}, scaled by the square root of time, of a portfolio worth {portfolio} whose "
            "one-day loss quantile is {loss}",
            ask=(
                "Scaled by the square root of time, how much is at risk over {days} in a portfolio worth {portfolio} "
                "with a one-day loss quantile of {loss}?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"days": 10, "portfolio": 10_000_000.0, "loss": 4.66},
            {"/amount": 466_000 * math.sqrt(10)},
            "Hull, Risk Management and Financial Institutions: one-day VaR of 466,000, ten-day 1,473,621",
        )
    ],
)
def scaled_value_at_risk(
    days: Annotated[
        int, Draw.choice({5: "5 trading days", 10: "10 trading days", 20: "20 trading days"}), Field(ge=1, le=250)
    ],
    portfolio: Amount,
    loss: Annotated[
        float,
        Quantity("percent", "per cent", 2, role="value_at_risk"),
        Draw.decimal(1, 8, 2, suffix="%"),
        Field(gt=0, lt=100),
    ],
) -> RiskAmount:
    """Value at risk of a portfolio over several days by the square-root-of-time rule (Hull)."""
    return RiskAmount(amount=portfolio * loss / 100 * math.sqrt(days))


class RealRate(Result):
    """An interest rate net of inflation."""

    rate: Annotated[
        float,
        Quantity("percent", "per cent", 2, ratio=False, role="real_rate"),
        Says(
            "the real interest rate by the exact Fisher equation at a nominal rate of {nominal} and inflation of "
            "{inflation}",
            ask=(
                "By the exact Fisher equation, which real interest rate results from a nominal rate of {nominal} and "
                "inflation of {inflation}?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"nominal": 8.0, "inflation": 5.0}, {"/rate": 100 * (1.08 / 1.05 - 1)}, "Bodie, Kane and Marcus, ch. 5")
    ],
)
def real_interest_rate(
    nominal: Annotated[float, RATE, Draw.decimal(1, 12, 2, suffix="%"), Field(gt=-50, le=200)],
    inflation: Annotated[float, GENERAL_INFLATION, Draw.decimal(0.5, 9, 1, suffix="%"), Field(gt=-50, le=200)],
) -> RealRate:
    """Real interest rate by the exact Fisher equation (Bodie, Kane and Marcus, Investments)."""
    return RealRate(rate=100 * ((1 + nominal / 100) / (1 + inflation / 100) - 1))


class Doubling(Result):
    """Time to double."""

    years: Annotated[
        float,
        Quantity("year", "years", 2, role="doubling_time"),
        Says(
            "the time in which money, compounded annually, doubles at an annual rate of {rate}",
            ask=("How long does money take to double at an annual rate of {rate}, compounded annually?",),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[FORMULA],
    probes=[Probe({"rate": 7.0}, {"/years": math.log(2) / math.log(1.07)}, "ln 2 / ln (1 + r), 10.24 years at 7%")],
)
def doubling_time(rate: Annotated[float, RATE, Draw.decimal(1.5, 14, 2, suffix="%"), Field(le=200)]) -> Doubling:
    """Years in which money doubles at an annually compounded rate."""
    if rate < 0.1:
        raise ToolError("at such a rate money does not double in any useful time", "invalid_arguments")
    return Doubling(years=math.log(2) / math.log(1 + rate / 100))
