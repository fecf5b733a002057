"""Crude oil prices: WTI by day and year, Brent and WTI by month."""

from functools import cache
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.financial.entity_types import (
    ARCH_FRED,
    FORMULA,
    OIL_PRICE,
    TRADE_VALUE,
    CalendarMonth,
)
from dive_assets.toolpool.financial.markets import read_table
from dive_assets.toolpool.financial.periods import month_name, read_month
from dive_assets.toolpool.financial.stock_indices import iso_day, on_day
from dive_assets.toolpool.shared.entity_types import ISO_DATE
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool


@cache
def _wti() -> dict[str, float]:
    rows = read_table("arch", "data/wti/wti.csv.gz")
    days = ((iso_day(row["Date"]), row["DCOILWTICO"]) for row in rows)
    return {day: float(price) for day, price in sorted(days) if price not in ("", ".")}


class WtiDay(Result):
    """One trading day."""

    price: Annotated[
        float,
        OIL_PRICE,
        Says(
            (
                "the spot price of WTI crude at Cushing on {date}",
                "the Cushing spot price of West Texas Intermediate crude on {date}",
            ),
            ask=(
                "At what spot price did WTI crude trade at Cushing on {date}?",
                "How much did a barrel of WTI crude cost at Cushing on {date}?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[ARCH_FRED],
    probes=[Probe({"date": "2008-07-03"}, {"/price": 145.31}, "EIA, Cushing OK WTI spot price FOB, record high")],
)
def wti_spot(
    date: Annotated[str, ISO_DATE, Draw.date("1986-01-02", "2018-12-28", weekdays=True), Field(max_length=10)],
) -> WtiDay:
    """Cushing spot price of WTI crude oil on a day, 1986-2018 (EIA through FRED, in arch)."""
    return WtiDay(price=on_day(_wti(), date, "WTI crude"))


class WtiYear(Result):
    """A calendar year of WTI."""

    average: Annotated[
        float,
        OIL_PRICE,
        Says(
            "the average of the daily Cushing spot prices of WTI crude in {year}",
            ask=("What did WTI crude cost at Cushing on average over the trading days of {year}?",),
        ),
    ]
    highest: Annotated[
        float,
        OIL_PRICE,
        Says(
            "the highest Cushing spot price of WTI crude in {year}",
            ask=("How high did the Cushing spot price of WTI crude climb in {year}?",),
        ),
    ]
    highest_date: Annotated[
        str,
        ISO_DATE,
        Says(
            (
                "the day of the {year} high in the Cushing spot price of WTI crude",
                "the first day on which WTI crude at Cushing stood at its {year} high",
            ),
            ask=("On which day of {year} did WTI crude at Cushing first reach its high for the year?",),
        ),
    ]
    lowest: Annotated[
        float,
        OIL_PRICE,
        Says(
            "the lowest Cushing spot price of WTI crude in {year}",
            ask=("How low did the Cushing spot price of WTI crude fall in {year}?",),
        ),
    ]
    lowest_date: Annotated[
        str,
        ISO_DATE,
        Says(
            (
                "the day of the {year} low in the Cushing spot price of WTI crude",
                "the first day on which WTI crude at Cushing stood at its {year} low",
            ),
            ask=("On which day of {year} did WTI crude at Cushing first reach its low for the year?",),
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[ARCH_FRED],
    probes=[
        Probe(
            {"year": 2008}, {"/highest": 145.31, "/highest_date": "2008-07-03"}, "EIA, Cushing OK WTI spot price FOB"
        ),
        Probe({"year": 2016}, {"/lowest": 26.19, "/lowest_date": "2016-02-11"}, "EIA, Cushing OK WTI spot price FOB"),
    ],
)
def wti_year(year: Annotated[int, Draw.integer(1986, 2018, year=True), Field(ge=1986, le=2018)]) -> WtiYear:
    """Average, high and low of the Cushing spot price of WTI crude in a year (EIA through FRED, in arch)."""
    prices = {day: price for day, price in _wti().items() if day.startswith(f"{year}-")}
    high, low = max(prices, key=prices.__getitem__), min(prices, key=prices.__getitem__)
    return WtiYear(
        average=sum(prices.values()) / len(prices),
        highest=prices[high],
        highest_date=high,
        lowest=prices[low],
        lowest_date=low,
    )


@cache
def _monthly() -> dict[tuple[int, int], dict[str, str]]:
    rows = read_table("arch", "data/crude/crude.csv.gz")
    return {(int(row["Date"][:4]), int(row["Date"][5:7])): row for row in rows}


class CrudeMonth(Result):
    """Two benchmarks in a month."""

    brent: Annotated[
        float,
        OIL_PRICE,
        Says(
            ("the average Brent spot price in {month}", "the monthly average spot price of Brent crude for {month}"),
            has="average Brent spot price",
            ask=("How much did a barrel of Brent cost on average in {month}?",),
        ),
    ]
    wti: Annotated[
        float,
        OIL_PRICE,
        Says(
            ("the average WTI spot price in {month}", "the monthly average spot price of WTI crude for {month}"),
            has="average WTI spot price",
            ask=("How much did a barrel of WTI cost on average in {month}, at the spot price?",),
        ),
    ]
    spread: Annotated[
        float,
        Quantity("US dollars per barrel", "US dollars per barrel", 2, ratio=False, role="oil_spread"),
        Says(
            "the average Brent spot price in {month} less the average WTI spot price",
            has="premium of average Brent over average WTI",
            ask=("What was the average Brent spot price less the average WTI spot price in {month}?",),
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[ARCH_FRED],
    probes=[
        Probe({"month": "July 2008"}, {"/brent": 132.72, "/wti": 133.37, "/spread": -0.65}, "EIA spot prices, monthly")
    ],
)
def crude_month(month: CalendarMonth) -> CrudeMonth:
    """Monthly average spot prices of Brent and WTI crude, May 1987 to January 2020 (EIA, in arch)."""
    year, number = read_month(month)
    row = _monthly().get((year, number))
    if row is None:
        raise ToolError(f"no oil prices for {month_name(year, number)}: the data cover May 1987 to January 2020")
    brent, wti = float(row["Brent"]), float(row["WTI"])
    return CrudeMonth(brent=brent, wti=wti, spread=round(brent - wti, 2))


class CargoValue(Result):
    """What a cargo is worth."""

    value: Annotated[
        float,
        TRADE_VALUE,
        Says(
            "the value of {barrels} of crude oil at {price}",
            ask=("At {price}, how much are {barrels} of crude oil worth?",),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[FORMULA],
    probes=[Probe({"barrels": 700_000, "price": 71.34}, {"/value": 700_000 * 71.34}, "quantity times price")],
)
def crude_cargo_value(
    barrels: Annotated[int, Draw.integer(50_000, 2_000_000, step=50_000, suffix=" barrels"), Field(ge=1, le=10**9)],
    price: Annotated[float, OIL_PRICE, Draw.decimal(18, 120, 2, suffix=" US dollars per barrel"), Field(gt=0, le=1000)],
) -> CargoValue:
    """Value of a crude oil cargo at a price a barrel."""
    return CargoValue(value=barrels * price)
