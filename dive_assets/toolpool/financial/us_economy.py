"""The US economy by quarter and year: spending, money, unemployment and growth."""

from functools import cache
from typing import Annotated, Literal

from pydantic import Field

from dive_assets.toolpool.financial.entity_types import (
    BOKEH_LABOUR,
    GROWTH,
    MONTH,
    US_MACRO,
    CalendarQuarter,
)
from dive_assets.toolpool.financial.markets import read_table
from dive_assets.toolpool.financial.periods import month_name, read_quarter
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

SPENDING = Quantity("billion US dollars", "billion chained 2005 US dollars", 1, role="real_spending")
UNEMPLOYMENT = Quantity("percent", "per cent", 1, role="unemployment_rate")
VINTAGE = "by FRED's data of December 2009"
TERMS = f"at a seasonally adjusted annual rate in chained 2005 dollars, {VINTAGE}"


@cache
def _quarters() -> dict[tuple[int, int], dict[str, str]]:
    rows = read_table("statsmodels", "datasets/macrodata/macrodata.csv")
    return {(int(float(row["year"])), int(float(row["quarter"]))): row for row in rows}


def _quarter_row(year: int, quarter: int) -> dict[str, str]:
    row = _quarters().get((year, quarter))
    if row is None:
        raise ToolError(f"the data run from the first quarter of 1959 to the third of 2009, without Q{quarter} {year}")
    return row


class QuarterAccounts(Result):
    """Spending, money and work in a quarter."""

    consumption: Annotated[
        float,
        SPENDING,
        Says(
            ("the real personal consumption of the United States in {quarter}, " + TERMS,),
            has="US real personal consumption by FRED's data of December 2009",
            ask=("How large was US real personal consumption in {quarter}, " + TERMS + "?",),
            high="largest",
            low="smallest",
        ),
    ]
    investment: Annotated[
        float,
        SPENDING,
        Says(
            ("the real gross private domestic investment of the United States in {quarter}, " + TERMS,),
            has="US real gross private domestic investment by FRED's data of December 2009",
            ask=("How large was US real gross private domestic investment in {quarter}, " + TERMS + "?",),
            high="largest",
            low="smallest",
        ),
    ]
    disposable_income: Annotated[
        float,
        SPENDING,
        Says(
            ("the real disposable income of the United States in {quarter}, " + TERMS,),
            has="US real disposable income by FRED's data of December 2009",
            ask=("How large was US real disposable income in {quarter}, " + TERMS + "?",),
            high="largest",
            low="smallest",
        ),
    ]
    money: Annotated[
        float,
        Quantity("billion US dollars", "billion US dollars", 1, role="money_stock"),
        Says(
            (
                "the nominal US money stock M1 in {quarter}, " + VINTAGE,
                "the US money stock M1 in {quarter}, in current dollars, " + VINTAGE,
            ),
            has="nominal US money stock M1 by FRED's data of December 2009",
            ask=("How large was the nominal US money stock M1 in {quarter}, by FRED's data of December 2009?",),
            high="largest",
            low="smallest",
        ),
    ]
    unemployment: Annotated[
        float,
        UNEMPLOYMENT,
        Says(
            ("the seasonally adjusted US unemployment rate in {quarter}, " + VINTAGE,),
            has="seasonally adjusted US unemployment rate by FRED's data of December 2009",
            ask=(
                "By FRED's data of December 2009, what was the seasonally adjusted US unemployment rate in {quarter}?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[US_MACRO],
    probes=[
        Probe(
            {"quarter": "Q1 1959"},
            {
                "/consumption": 1707.4,
                "/investment": 286.898,
                "/disposable_income": 1886.9,
                "/money": 139.7,
                "/unemployment": 5.8,
            },
            "FRED PCECC96, GPDIC1, DPIC96, M1SL (vintage of December 2009), BLS",
        )
    ],
)
def us_quarter_accounts(quarter: CalendarQuarter) -> QuarterAccounts:
    """US consumption, investment, income, M1 and unemployment of a quarter, 1959-2009 (FRED, in statsmodels)."""
    row = _quarter_row(*read_quarter(quarter))
    return QuarterAccounts(
        consumption=float(row["realcons"]),
        investment=float(row["realinv"]),
        disposable_income=float(row["realdpi"]),
        money=float(row["m1"]),
        unemployment=float(row["unemp"]),
    )


SERIES = {
    "realgdp": "real GDP",
    "realcons": "real personal consumption",
    "realinv": "real gross private domestic investment",
    "realdpi": "real disposable income",
    "m1": "nominal M1 money stock",
}


class Growth(Result):
    """Change of a series."""

    year_on_year: Annotated[
        float,
        GROWTH,
        Says(
            (
                "the growth of US {series} from a year earlier in {quarter}, " + VINTAGE,
                "the year-on-year growth of US {series} in {quarter}, " + VINTAGE,
            ),
            has="year-on-year growth of US {series} by FRED's data of December 2009",
            ask=(
                "By FRED's data of December 2009, how many per cent did US {series} change from a year earlier in {quarter}?",
            ),
        ),
    ]
    annualized: Annotated[
        float,
        GROWTH,
        Says(
            "the compound annualized growth of US {series} from the previous quarter in {quarter}, " + VINTAGE,
            has="compound annualized quarter-on-quarter growth of US {series} by FRED's data of December 2009",
            ask=(
                "By FRED's data of December 2009, at what compound annual rate did US {series} change from the previous quarter in {quarter}?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[US_MACRO],
    probes=[
        Probe(
            {"series": "realgdp", "quarter": "Q4 2008"},
            {
                "/year_on_year": 100 * (13141.920 / 13391.249 - 1),
                "/annualized": 100 * ((13141.920 / 13324.600) ** 4 - 1),
            },
            "BEA real GDP, December 2009 vintage: -5.4% annualized",
        )
    ],
)
def us_growth(
    series: Annotated[Literal["realgdp", "realcons", "realinv", "realdpi", "m1"], Draw.choice(SERIES)],
    quarter: CalendarQuarter,
) -> Growth:
    """Growth of a US macroeconomic series in a quarter, 1960-2009 (FRED, in statsmodels)."""
    year, number = read_quarter(quarter)
    now = float(_quarter_row(year, number)[series])
    before = float(_quarter_row(*((year, number - 1) if number > 1 else (year - 1, 4)))[series])
    earlier = float(_quarter_row(year - 1, number)[series])
    return Growth(year_on_year=100 * (now / earlier - 1), annualized=100 * ((now / before) ** 4 - 1))


class UnemploymentYear(Result):
    """Twelve months of the labour market."""

    average: Annotated[
        float,
        UNEMPLOYMENT,
        Says(
            "the annual average US unemployment rate for {year}",
            ask=("What was the US unemployment rate on average in {year}?",),
        ),
    ]
    highest: Annotated[
        float,
        UNEMPLOYMENT,
        Says(
            "the highest monthly US unemployment rate, not seasonally adjusted, in {year}",
            ask=("How high did the monthly US unemployment rate, not seasonally adjusted, climb in {year}?",),
        ),
    ]
    highest_month: Annotated[
        str,
        MONTH,
        Says(
            "the first month of {year} in which the unadjusted US unemployment rate was at its high for the year",
            ask=(
                "In which month of {year} did the unadjusted US unemployment rate first reach its high for the year?",
            ),
        ),
    ]
    lowest_month: Annotated[
        str,
        MONTH,
        Says(
            "the first month of {year} in which the unadjusted US unemployment rate was at its low for the year",
            ask=("In which month of {year} did the unadjusted US unemployment rate first reach its low for the year?",),
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[BOKEH_LABOUR],
    probes=[
        Probe(
            {"year": 1982},
            {"/average": 9.7, "/highest": 10.5, "/highest_month": "December 1982"},
            "bls.gov LNU04000000",
        ),
        Probe({"year": 1948}, {"/average": 3.8, "/highest": 4.7, "/highest_month": "February 1948"}, "bls.gov"),
    ],
)
def us_unemployment_year(
    year: Annotated[int, Draw.integer(1988, 2016, year=True), Field(ge=1948, le=2016)],
) -> UnemploymentYear:
    """US unemployment over a year, not seasonally adjusted: average, high and months of extremes (BLS)."""
    rows = read_table("bokeh_sampledata", "_data/unemployment1948.csv")
    row = next((r for r in rows if int(r["Year"]) == year), None)
    if row is None:
        raise ToolError(f"no US unemployment rates for {year}")
    values = [float(value) for value in list(row.values())[1:13]]
    high, low = max(values), min(values)
    return UnemploymentYear(
        average=float(row["Annual"]),
        highest=high,
        highest_month=month_name(year, values.index(high) + 1),
        lowest_month=month_name(year, values.index(low) + 1),
    )
