"""Investment and market value of large US companies, 1935 to 1954 (Grunfeld's data)."""

from functools import cache
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.financial.entity_types import COMPANY, GROWTH, GRUNFELD
from dive_assets.toolpool.financial.markets import read_table
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

MILLIONS = Quantity("million US dollars", "million 1947 US dollars", 1, additive=True, role="company_figure")
Company = Annotated[str, COMPANY, Field(description="Company in Grunfeld's data, such as 'IBM'", max_length=30)]


@cache
def company_rows() -> dict[str, dict[int, dict[str, str]]]:
    """Grunfeld's yearly figures by company and year."""
    found: dict[str, dict[int, dict[str, str]]] = {}
    for row in read_table("statsmodels", "datasets/grunfeld/grunfeld.csv"):
        found.setdefault(row["firm"], {})[int(float(row["year"]))] = row
    return dict(sorted(found.items()))


def _figures(company: str, year: int) -> dict[str, str]:
    wanted = company.strip().casefold()
    years = next((rows for name, rows in company_rows().items() if name.casefold() == wanted), None)
    if years is None:
        raise ToolError(f"unknown company {company!r}: choose one of {', '.join(company_rows())}")
    if year not in years:
        raise ToolError(f"Grunfeld's data cover 1935 to 1954, not {year}")
    return years[year]


class CompanyYear(Result):
    """One company in one year."""

    investment: Annotated[
        float,
        MILLIONS,
        Says(
            ("the gross investment of {company} in {year} at 1947 prices, by Grunfeld's data",),
            has="gross investment in {year} in Grunfeld's data",
            ask=("By Grunfeld's data, how much did {company} invest gross in {year}, at 1947 prices?",),
            high="largest",
            low="smallest",
        ),
    ]
    market_value: Annotated[
        float,
        MILLIONS,
        Says(
            ("the year-end market value of {company} in {year} at 1947 prices, by Grunfeld's data",),
            has="year-end market value in {year} in Grunfeld's data",
            ask=("By Grunfeld's data, what was {company} worth on the market at the end of {year}, at 1947 prices?",),
        ),
    ]
    capital: Annotated[
        float,
        MILLIONS,
        Says(
            ("the stock of plant and equipment of {company} in {year} at 1947 prices, by Grunfeld's data",),
            has="stock of plant and equipment in {year} in Grunfeld's data",
            ask=("By Grunfeld's data, how large was the plant and equipment of {company} in {year}, at 1947 prices?",),
            high="largest",
            low="smallest",
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[GRUNFELD],
    probes=[
        Probe(
            {"company": "General Motors", "year": 1935},
            {"/investment": 317.6, "/market_value": 3078.5, "/capital": 2.8},
            "Greene, Econometric Analysis, table F10.4",
        )
    ],
)
def company_year(
    company: Company, year: Annotated[int, Draw.integer(1935, 1954, year=True), Field(ge=1935, le=1954)]
) -> CompanyYear:
    """Gross investment, market value and capital of a US company in a year, 1935-1954 (Grunfeld, in statsmodels)."""
    row = _figures(company, year)
    return CompanyYear(investment=float(row["invest"]), market_value=float(row["value"]), capital=float(row["capital"]))


class CompanyGrowth(Result):
    """Between two years."""

    market_value: Annotated[
        float,
        GROWTH,
        Says(
            "the compound annual growth of the real market value of {company} from the end of {start} to the end of "
            "{end}, by Grunfeld's data",
            has="compound annual growth of real market value from the end of {start} to the end of {end}",
            ask=(
                "By Grunfeld's data, at what compound annual rate did the real market value of {company} change from "
                "the end of {start} to the end of {end}?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[GRUNFELD],
    probes=[
        Probe(
            {"company": "General Motors", "start": 1935, "end": 1936},
            {"/market_value": 100 * (4661.7 / 3078.5 - 1)},
            "Greene, Econometric Analysis, table F10.4",
        )
    ],
)
def company_value_growth(
    company: Company,
    start: Annotated[int, Draw.integer(1935, 1944, year=True), Field(ge=1935, le=1954)],
    end: Annotated[int, Draw.integer(1945, 1954, year=True), Field(ge=1935, le=1954)],
) -> CompanyGrowth:
    """Compound annual growth of a US company's real market value, 1935-1954 (Grunfeld, in statsmodels)."""
    if end <= start:
        raise ToolError("the end year must come after the start year", "invalid_arguments")
    ratio = float(_figures(company, end)["value"]) / float(_figures(company, start)["value"])
    return CompanyGrowth(market_value=100 * (ratio ** (1 / (end - start)) - 1))
