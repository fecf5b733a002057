"""US unemployment, output and short rates."""

from functools import cache
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.financial.entity_types import BOKEH_LABOUR, RATE, US_MACRO, Month
from dive_assets.toolpool.financial.markets import read_table
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool


@cache
def _unemployment() -> dict[int, list[str]]:
    rows = read_table("bokeh_sampledata", "_data/unemployment1948.csv")
    return {int(row["Year"]): list(row.values())[1:13] for row in rows}


class Unemployment(Result):
    """One month."""

    rate: Annotated[
        float,
        Quantity("percent", "per cent", 1, role="unemployment_rate"),
        Says(
            "the US unemployment rate, not seasonally adjusted, in {month} {year}",
            ask=("What was the US unemployment rate in {month} {year}, not seasonally adjusted?",),
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[BOKEH_LABOUR],
    probes=[Probe({"month": 1, "year": 1982}, {"/rate": 9.4}, "bls.gov LNU04000000")],
)
def us_unemployment(
    month: Month, year: Annotated[int, Draw.integer(1948, 2016, year=True), Field(ge=1948, le=2016)]
) -> Unemployment:
    """US unemployment rate of a month, 1948-2016, not seasonally adjusted (Bureau of Labor Statistics)."""
    if year not in _unemployment():
        raise ToolError(f"no US unemployment rate for {year}")
    return Unemployment(rate=float(_unemployment()[year][month - 1]))


@cache
def _quarters() -> dict[tuple[int, int], dict[str, str]]:
    rows = read_table("statsmodels", "datasets/macrodata/macrodata.csv")
    return {(int(float(row["year"])), int(float(row["quarter"]))): row for row in rows}


class UsQuarter(Result):
    """One quarter of the US economy."""

    real_gdp: Annotated[
        float,
        Quantity("billion US dollars", "billion chained 2005 US dollars", 1, role="real_output"),
        Says(
            "the real GDP of the United States in the {quarter} quarter of {year}, at a seasonally adjusted annual "
            "rate in chained 2005 dollars",
            ask=(
                "How large was US real GDP in the {quarter} quarter of {year}, in chained 2005 dollars at a seasonally "
                "adjusted annual rate?",
            ),
        ),
    ]
    bill_rate: Annotated[
        float,
        RATE,
        Says(
            "the US three-month Treasury bill rate of the {quarter} quarter of {year}, in statsmodels' macro data",
            ask=(
                "By the US macro data of statsmodels, what was the three-month Treasury bill rate in the {quarter} "
                "quarter of {year}?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[US_MACRO],
    probes=[Probe({"quarter": 2, "year": 1980}, {"/bill_rate": 7.9, "/real_gdp": 5787.373}, "FRED GDPC1")],
)
def us_quarter(
    quarter: Annotated[int, Draw.choice({1: "first", 2: "second", 3: "third", 4: "fourth"}), Field(ge=1, le=4)],
    year: Annotated[int, Draw.integer(1959, 2008, year=True), Field(ge=1959, le=2009)],
) -> UsQuarter:
    """Real GDP and Treasury bill rate of the United States in a quarter, 1959-2009 (FRED, in statsmodels)."""
    row = _quarters().get((year, quarter))
    if row is None:
        raise ToolError(f"the data end with the third quarter of 2009: nothing for quarter {quarter} of {year}")
    return UsQuarter(real_gdp=float(row["realgdp"]), bill_rate=float(row["tbilrate"]))
