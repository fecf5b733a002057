"""Cross rates of currency pairs over years, from the ECB's reference rates."""

import math
from functools import cache
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.financial.entity_types import (
    CURRENCY_PAIR,
    ECB_RATES,
    RETURN,
    VOLATILITY,
)
from dive_assets.toolpool.financial.exchange_rates import ecb_table, units_per_euro
from dive_assets.toolpool.shared.entity_types import ISO_DATE
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

PAIR_RATE = Quantity("", "", 4, comparable=False, role="spot_exchange_rate")
Pair = Annotated[str, CURRENCY_PAIR, Field(description="Base and quote currency, such as GBP/JPY", max_length=7)]
Year = Annotated[int, Draw.integer(2006, 2025, year=True), Field(ge=1999, le=2025)]


def split_pair(pair: str) -> tuple[str, str]:
    """Base and quote currency of 'GBP/JPY'."""
    base, slash, quote = pair.strip().upper().partition("/")
    known = {"EUR", *ecb_table()}
    if not slash or base == quote or base not in known or quote not in known:
        raise ToolError(f"{pair!r} is no pair of two currencies with ECB rates, such as GBP/JPY", "invalid_arguments")
    return base, quote


@cache
def _euro_year(year: int) -> dict[str, float]:
    """The euro's rate against itself by ISO date, for the days of a year with reference rates."""
    return {day: 1.0 for day in ecb_table()["USD"] if day.startswith(f"{year}-")}


def _year(pair: str, year: int) -> dict[str, float]:
    """Units of the quote currency per unit of the base currency by ISO date."""
    euro = _euro_year(year)
    bases, quotes = (euro if code == "EUR" else ecb_table()[code] for code in split_pair(pair))
    rates = {day: quotes[day] / bases[day] for day in euro if day in bases and day in quotes}
    if len(rates) < 250:
        raise ToolError(f"the ECB has no full year of rates for {pair} in {year}")
    return rates


class PairYear(Result):
    """A calendar year of a pair."""

    average: Annotated[
        float,
        PAIR_RATE,
        Says(
            "the average over {year} of the daily cross rate of {pair} implied by the ECB reference rates",
            ask=("At what rate did {pair} trade on average over {year}, by the daily ECB reference rates?",),
        ),
    ]
    highest: Annotated[
        float,
        PAIR_RATE,
        Says(
            "the highest cross rate of {pair} in {year}, by the daily ECB reference rates",
            ask=("How high did {pair} climb in {year}, by the daily ECB reference rates?",),
        ),
    ]
    highest_date: Annotated[
        str,
        ISO_DATE,
        Says(
            "the first day in {year} on which {pair} stood at its high for the year, by the ECB reference rates",
            ask=("On which day of {year} did {pair} first reach its high for the year, by the ECB reference rates?",),
        ),
    ]
    lowest: Annotated[
        float,
        PAIR_RATE,
        Says(
            "the lowest cross rate of {pair} in {year}, by the daily ECB reference rates",
            ask=("How low did {pair} fall in {year}, by the daily ECB reference rates?",),
        ),
    ]
    lowest_date: Annotated[
        str,
        ISO_DATE,
        Says(
            "the first day in {year} on which {pair} stood at its low for the year, by the ECB reference rates",
            ask=("On which day of {year} did {pair} first reach its low for the year, by the ECB reference rates?",),
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[ECB_RATES],
    determinism="snapshot",
    probes=[
        Probe(
            {"pair": "EUR/USD", "year": 2022},
            {"/lowest": 0.9565, "/lowest_date": "2022-09-28", "/highest": 1.1464, "/highest_date": "2022-02-04"},
            "ECB Statistical Data Warehouse",
        )
    ],
)
def currency_pair_year(pair: Pair, year: Year) -> PairYear:
    """Average, high and low of a currency pair in a year, by cross rates of the ECB's daily reference rates."""
    rates = _year(pair, year)
    high, low = max(rates, key=rates.__getitem__), min(rates, key=rates.__getitem__)
    return PairYear(
        average=sum(rates.values()) / len(rates),
        highest=rates[high],
        highest_date=high,
        lowest=rates[low],
        lowest_date=low,
    )


PERIOD = "from {start} to {end}"


class PairChange(Result):
    """A pair between two days."""

    change: Annotated[
        float,
        RETURN,
        Says(
            "the change in per cent of {pair} " + PERIOD + ", by the ECB reference rates of both days",
            ask=("By the ECB reference rates, how many per cent did {pair} gain or lose " + PERIOD + "?",),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[ECB_RATES],
    determinism="snapshot",
    probes=[
        Probe(
            {"pair": "EUR/GBP", "start": "2016-06-23", "end": "2016-10-31"},
            {"/change": 100 * (0.9005 / 0.76595 - 1)},
            "ECB Statistical Data Warehouse",
        )
    ],
)
def currency_pair_change(
    pair: Pair,
    start: Annotated[str, ISO_DATE, Draw.date("2005-07-01", "2014-12-31", weekdays=True), Field(max_length=10)],
    end: Annotated[str, ISO_DATE, Draw.date("2015-01-02", "2025-12-30", weekdays=True), Field(max_length=10)],
) -> PairChange:
    """Percentage change of a currency pair between two days, by the ECB reference rates."""
    if end <= start:
        raise ToolError("the second date must come after the first", "invalid_arguments")
    base, quote = split_pair(pair)
    before = units_per_euro(quote, start) / units_per_euro(base, start)
    after = units_per_euro(quote, end) / units_per_euro(base, end)
    return PairChange(change=100 * (after / before - 1))


class PairVolatility(Result):
    """Spread of daily changes."""

    volatility: Annotated[
        float,
        VOLATILITY,
        Says(
            "the annualized volatility of {pair} in {year}, from daily log changes of the ECB reference rates within "
            "the year and 252 days a year",
            has="annualized volatility in {year} by daily log changes of the ECB reference rates",
            ask=(
                "From the daily log changes of the ECB reference rates within {year} and 252 days a year, what was the "
                "annualized volatility of {pair}?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[ECB_RATES],
    determinism="snapshot",
    probes=[Probe({"pair": "EUR/USD", "year": 2022}, {"/volatility": 10.206279503}, "numpy.std of the log changes")],
)
def currency_pair_volatility(pair: Pair, year: Year) -> PairVolatility:
    """Annualized volatility of a currency pair over a year of daily ECB reference rates."""
    rates = list(_year(pair, year).values())
    changes = [math.log(b / a) for a, b in zip(rates, rates[1:], strict=False)]
    mean = sum(changes) / len(changes)
    variance = sum((c - mean) ** 2 for c in changes) / (len(changes) - 1)
    return PairVolatility(volatility=100 * math.sqrt(252 * variance))
