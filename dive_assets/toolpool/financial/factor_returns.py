"""Fama-French factors and industry returns, month by month."""

import bz2
import csv
import math
from functools import cache
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.financial.entity_types import (
    ARCH_FACTORS,
    BETA,
    FACTOR_RETURN,
    FRENCH_INDUSTRIES,
    INDUSTRY,
    RETURN,
    VOLATILITY,
    CalendarMonth,
)
from dive_assets.toolpool.financial.market_months import MonthKey, month_row
from dive_assets.toolpool.financial.markets import package_folder, read_table
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool


@cache
def _factors() -> dict[MonthKey, dict[str, str]]:
    rows = read_table("arch", "data/frenchdata/frenchdata.csv.gz")
    return {(int(row["Date"][:4]), int(row["Date"][4:6])): row for row in rows}


def _premium(name: str, text: str) -> Says:
    return Says(
        (f"the {name} in {{month}}, by the 2018 vintage of the Fama-French data",),
        has=f"{name} by the 2018 vintage of the Fama-French data",
        ask=(f"By the 2018 vintage of the Fama-French data, how large was the {name} in {{month}}, that is, {text}?",),
    )


class FactorMonth(Result):
    """Three factors and the bill rate."""

    market: Annotated[
        float,
        FACTOR_RETURN,
        _premium("excess return of the US stock market", "its return above the one-month bill rate"),
    ]
    size: Annotated[float, FACTOR_RETURN, _premium("size factor SMB", "the return of small over big stocks")]
    value: Annotated[float, FACTOR_RETURN, _premium("value factor HML", "the return of value over growth stocks")]
    bill: Annotated[
        float,
        Quantity("percent", "per cent", 2, role="monthly_bill_return"),
        Says(
            ("the one-month Treasury bill return in {month}, by the 2018 vintage of the Fama-French data",),
            has="one-month Treasury bill return by the 2018 vintage of the Fama-French data",
            ask=("What did one-month Treasury bills return in {month}, by the Fama-French data?",),
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[ARCH_FACTORS],
    probes=[
        Probe(
            {"month": "July 1926"},
            {"/market": 2.96, "/size": -2.30, "/value": -2.87, "/bill": 0.22},
            "Kenneth R. French data library, first row of the 2018 vintage",
        ),
        Probe({"month": "October 1987"}, {"/market": -23.24}, "Kenneth R. French data library"),
    ],
)
def fama_french_factors(month: CalendarMonth) -> FactorMonth:
    """Fama-French three factors and the bill return of a month, 1926-2018 (K. R. French, in arch)."""
    row = month_row(_factors(), month, "Fama-French factors")
    return FactorMonth(
        market=float(row["Mkt-RF"]), size=float(row["SMB"]), value=float(row["HML"]), bill=float(row["RF"])
    )


INDUSTRIES = {
    "consumer non-durables": "NoDur",
    "consumer durables": "Durbl",
    "manufacturing": "Manuf",
    "energy": "Enrgy",
    "chemicals": "Chems",
    "business equipment": "BusEq",
    "telecommunications": "Telcm",
    "utilities": "Utils",
    "wholesale and retail": "Shops",
    "health care": "Hlth",
    "finance": "Money",
}
Industry = Annotated[str, INDUSTRY, Field(description="One of French's industries, such as 'energy'", max_length=30)]
PORTFOLIO = "Kenneth French's twelve-industry US portfolio (2017 vintage) for {industry}"


@cache
def _industries() -> dict[MonthKey, dict[str, str]]:
    path = package_folder("linearmodels") / "datasets/french/french.csv.bz2"
    rows = csv.DictReader(bz2.decompress(path.read_bytes()).decode().splitlines())
    return {(int(row["dates"][:4]), int(row["dates"][5:7])): row for row in rows}


def _column(industry: str) -> str:
    code = INDUSTRIES.get(industry.strip().casefold())
    if code is None:
        raise ToolError(f"unknown industry {industry!r}: choose one of {', '.join(INDUSTRIES)}")
    return code


class IndustryMonth(Result):
    """A month of an industry."""

    monthly_return: Annotated[
        float,
        RETURN,
        Says(
            ("the return in {month} of " + PORTFOLIO,),
            ask=("What did " + PORTFOLIO + " return in {month}?",),
        ),
    ]
    excess: Annotated[
        float,
        FACTOR_RETURN,
        Says(
            "the excess return over one-month bills in {month} of " + PORTFOLIO,
            ask=("What was the return in excess of one-month bills in {month} of " + PORTFOLIO + "?",),
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[FRENCH_INDUSTRIES],
    probes=[
        Probe(
            {"industry": "energy", "month": "October 1987"},
            {"/monthly_return": -18.33, "/excess": -18.93},
        )
    ],
)
def industry_month(industry: Industry, month: CalendarMonth) -> IndustryMonth:
    """Return of a US industry portfolio in a month, 1949 to March 2017 (K. R. French, in linearmodels)."""
    row = month_row(_industries(), month, "industry returns")
    value, bill = float(row[_column(industry)]), float(row["RF"])
    return IndustryMonth(monthly_return=round(100 * value, 4), excess=round(100 * (value - bill), 4))


SPAN = "from January {start} through December {end}"


class IndustryYears(Result):
    """Some years of an industry."""

    total_return: Annotated[
        float,
        RETURN,
        Says(
            "the compounded return " + SPAN + " of " + PORTFOLIO,
            has="compounded return " + SPAN + " by Kenneth French's twelve industry portfolios",
            ask=("What compounded return did " + PORTFOLIO + " make " + SPAN + "?",),
        ),
    ]
    volatility: Annotated[
        float,
        VOLATILITY,
        Says(
            "the annualized standard deviation of monthly returns " + SPAN + " of " + PORTFOLIO,
            has="annualized standard deviation of monthly returns " + SPAN,
            ask=(
                "What was the annualized sample standard deviation of the monthly returns of "
                + PORTFOLIO
                + " "
                + SPAN
                + "?",
            ),
        ),
    ]
    beta: Annotated[
        float,
        BETA,
        Says(
            "the market beta, from monthly excess returns " + SPAN + ", of " + PORTFOLIO,
            has="market beta by monthly excess returns " + SPAN,
            ask=("Regressed on the Fama-French market factor " + SPAN + ", what beta did " + PORTFOLIO + " have?",),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[FRENCH_INDUSTRIES],
    probes=[
        Probe(
            {"industry": "energy", "start": 1985, "end": 1999},
            {"/total_return": 621.196124, "/volatility": 16.2423486, "/beta": 0.640249545},
            "numpy: prod, std and polyfit on the same returns",
        )
    ],
)
def industry_performance(
    industry: Industry,
    start: Annotated[int, Draw.integer(1950, 1988, year=True), Field(ge=1949, le=2016)],
    end: Annotated[int, Draw.integer(1990, 2016, year=True), Field(ge=1949, le=2016)],
) -> IndustryYears:
    """Compounded return, volatility and market beta of a US industry over calendar years (K. R. French)."""
    if end < start:
        raise ToolError("the end year must not lie before the start year", "invalid_arguments")
    code = _column(industry)
    rows = [row for (year, _), row in sorted(_industries().items()) if start <= year <= end]
    returns = [float(row[code]) for row in rows]
    excess = [float(row[code]) - float(row["RF"]) for row in rows]
    market = [float(row["MktRF"]) for row in rows]
    mean, mean_excess, mean_market = (sum(x) / len(rows) for x in (returns, excess, market))
    variance = sum((r - mean) ** 2 for r in returns) / (len(rows) - 1)
    covariance = sum((x - mean_excess) * (m - mean_market) for x, m in zip(excess, market, strict=True))
    return IndustryYears(
        total_return=100 * (math.prod(1 + r for r in returns) - 1),
        volatility=100 * math.sqrt(12 * variance),
        beta=covariance / sum((m - mean_market) ** 2 for m in market),
    )
