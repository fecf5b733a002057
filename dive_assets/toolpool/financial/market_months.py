"""US corporate bond yields and core consumer prices, month by month."""

from functools import cache
from typing import Annotated

from dive_assets.toolpool.financial.entity_types import (
    ARCH_FRED,
    BORROWING_COST,
    GENERAL_INFLATION,
    RATE,
    CalendarMonth,
)
from dive_assets.toolpool.financial.markets import read_table
from dive_assets.toolpool.financial.periods import month_name, read_month
from dive_assets.tools.annotations import Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

MonthKey = tuple[int, int]


def month_row(rows: dict[MonthKey, dict[str, str]], month: str, what: str) -> dict[str, str]:
    key = read_month(month)
    if key not in rows:
        raise ToolError(f"no {what} for {month_name(*key)}: the data end before or begin after it")
    return rows[key]


@cache
def _by_month(path: str) -> dict[MonthKey, dict[str, str]]:
    """Rows of a monthly table whose dates read 7/1/2008."""
    rows = read_table("arch", path)
    return {(int(row["Date"].split("/")[2]), int(row["Date"].split("/")[0])): row for row in rows}


class CorporateYields(Result):
    """Moody's averages."""

    aaa: Annotated[
        float,
        RATE,
        Says(
            (
                "the yield on Aaa-rated US corporate bonds in {month} by Moody's monthly average",
                "Moody's average Aaa corporate bond yield for {month}",
            ),
            has="Moody's average Aaa corporate bond yield",
            ask=("What did Aaa-rated US corporate bonds yield on average in {month}, according to Moody's?",),
        ),
    ]
    baa: Annotated[
        float,
        BORROWING_COST,
        Says(
            (
                "the yield on Baa-rated US corporate bonds in {month} by Moody's monthly average",
                "Moody's average Baa corporate bond yield for {month}",
            ),
            has="Moody's average Baa corporate bond yield",
            ask=("What did Baa-rated US corporate bonds yield on average in {month}, according to Moody's?",),
        ),
    ]
    spread: Annotated[
        float,
        Quantity("percentage points", "percentage points", 2, role="credit_spread"),
        Says(
            (
                "the spread of Moody's average Baa corporate bond yield over the Aaa yield in {month}",
                "the default spread between Baa and Aaa corporate bonds in {month} by Moody's averages",
            ),
            has="spread of Moody's Baa over Aaa corporate bond yields",
            ask=("By how much did Moody's average Baa corporate bond yield exceed the Aaa yield in {month}?",),
            high="widest",
            low="narrowest",
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[ARCH_FRED],
    probes=[
        Probe({"month": "June 1932"}, {"/aaa": 5.41, "/baa": 11.0, "/spread": 5.59}, "FRED AAA and BAA"),
        Probe({"month": "September 1981"}, {"/aaa": 15.49}, "FRED AAA, record high of 15.49"),
    ],
)
def corporate_bond_yields(month: CalendarMonth) -> CorporateYields:
    """Moody's seasoned Aaa and Baa corporate bond yields of a month, 1919-2018 (FRED, in arch)."""
    row = month_row(_by_month("data/default/default.csv.gz"), month, "corporate bond yields")
    aaa, baa = float(row["AAA"]), float(row["BAA"])
    return CorporateYields(aaa=aaa, baa=baa, spread=round(baa - aaa, 2))


class CorePrices(Result):
    """Prices without food and energy."""

    index: Annotated[
        float,
        Quantity("index points", "index points", 3, role="core_cpi_level"),
        Says(
            (
                "the seasonally adjusted US core consumer price index (1982-84 = 100) for {month}, as of December 2018",
                "the level of the seasonally adjusted US core CPI (1982-84 = 100) in {month}, by the data of December 2018",
            ),
            has="seasonally adjusted US core consumer price index as of December 2018",
            ask=(
                "By the data of December 2018, at what level did the seasonally adjusted US core CPI (1982-84 = 100) stand in {month}?",
            ),
        ),
    ]
    inflation: Annotated[
        float | None,
        GENERAL_INFLATION,
        Says(
            (
                "the twelve-month change in the seasonally adjusted US core CPI to {month}, as of December 2018",
                "the seasonally adjusted US core inflation over the twelve months to {month}, as of December 2018",
            ),
            has="twelve-month change in the seasonally adjusted US core CPI as of December 2018",
            ask=(
                "By the data of December 2018, how many per cent did the seasonally adjusted US core CPI rise over the twelve months to {month}?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[ARCH_FRED],
    probes=[
        Probe(
            {"month": "November 2018"},
            {"/index": 259.481, "/inflation": 100 * (259.481 / 253.791 - 1)},
        ),
        Probe({"month": "January 1957"}, {"/index": 28.5, "/inflation": None}, "FRED CPILFESL"),
    ],
)
def core_consumer_prices(month: CalendarMonth) -> CorePrices:
    """US CPI less food and energy, seasonally adjusted, in a month, 1957-2018 (BLS through FRED, in arch)."""
    rows = _by_month("data/core_cpi/core-cpi.csv.gz")
    level = float(month_row(rows, month, "core CPI")["CPILFESL"])
    year, number = read_month(month)
    earlier = rows.get((year - 1, number))
    inflation = 100 * (level / float(earlier["CPILFESL"]) - 1) if earlier else None
    return CorePrices(index=level, inflation=inflation)
