"""Highs, lows, beta and drawdown of US stocks, 2000 to 2013."""

import math
from functools import cache
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.financial.entity_types import (
    ARCH_INDICES,
    BETA,
    BOKEH_STOCKS,
    CORRELATION,
    PRICE,
    EarlierStockDate,
    LaterStockDate,
    Stock,
)
from dive_assets.toolpool.financial.markets import STOCKS, read_table
from dive_assets.toolpool.financial.stock_indices import index_closes, window
from dive_assets.toolpool.shared.entity_types import ISO_DATE
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

BENCHMARK = "the S&P 500"


@cache
def _prices(column: str) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {ticker: {} for ticker in STOCKS}
    for row in read_table("bokeh_sampledata", "_data/stocks.csv.gz"):
        found[row["Ticker"]][row["Date"]] = float(row[column])
    return {ticker: dict(sorted(days.items())) for ticker, days in found.items()}


def stock_prices(stock: str, column: str) -> dict[str, float]:
    """Daily values of a column by ISO date, in order of time."""
    ticker = stock.strip().upper()
    if ticker not in STOCKS:
        raise ToolError(f"no prices of {stock!r}: choose one of {', '.join(STOCKS)}")
    return _prices(column)[ticker]


class StockYear(Result):
    """A calendar year of a stock."""

    highest: Annotated[
        float,
        PRICE,
        Says(
            "the highest closing price of {stock} in {year}, not adjusted for later splits",
            has="unadjusted closing high for {year}",
            ask=("What was the highest close of {stock} in {year}, not adjusted for later splits?",),
            high="greatest",
        ),
    ]
    highest_date: Annotated[
        str,
        ISO_DATE,
        Says(
            "the first day in {year} on which {stock} reached its highest unadjusted close of the year",
            ask=("On which day of {year} did {stock} first reach its highest unadjusted close of the year?",),
        ),
    ]
    lowest: Annotated[
        float,
        PRICE,
        Says(
            "the lowest closing price of {stock} in {year}, not adjusted for later splits",
            has="unadjusted closing low for {year}",
            ask=("What was the lowest close of {stock} in {year}, not adjusted for later splits?",),
            high="greatest",
            low="smallest",
        ),
    ]
    lowest_date: Annotated[
        str,
        ISO_DATE,
        Says(
            "the first day in {year} on which {stock} fell to its lowest unadjusted close of the year",
            ask=("On which day of {year} did {stock} first fall to its lowest unadjusted close of the year?",),
        ),
    ]
    busiest_date: Annotated[
        str,
        ISO_DATE,
        Says(
            "the day of the largest trading volume of {stock} in {year}",
            ask=("On which day of {year} did most shares of {stock} change hands?",),
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[BOKEH_STOCKS],
    probes=[
        Probe(
            {"stock": "AAPL", "year": 2012},
            {"/highest": 702.1, "/highest_date": "2012-09-19"},
            "Apple's 2012 closing high of 702.10 on 19 September 2012, widely reported",
        )
    ],
)
def stock_year(
    stock: Stock, year: Annotated[int, Draw.integer(2005, 2012, year=True), Field(ge=2001, le=2012)]
) -> StockYear:
    """Closing high and low and busiest day of a US technology stock in a year (Quandl WIKI Prices)."""
    closes = {day: p for day, p in stock_prices(stock, "Close").items() if day.startswith(f"{year}-")}
    if len(closes) < 240:
        raise ToolError(f"no full year of prices of {stock} for {year}")
    volumes = stock_prices(stock, "Volume")
    high, low = max(closes, key=closes.__getitem__), min(closes, key=closes.__getitem__)
    return StockYear(
        highest=closes[high],
        highest_date=high,
        lowest=closes[low],
        lowest_date=low,
        busiest_date=max(closes, key=volumes.__getitem__),
    )


PERIOD = "from {start} to {end}, close to close"


class MarketRisk(Result):
    """A stock beside the market."""

    beta: Annotated[
        float,
        BETA,
        Says(
            "the beta of {stock} to the S&P 500 " + PERIOD + ", from daily simple returns without dividends on the "
            "index and with dividends on the stock",
            ask=(
                "What beta to the S&P 500 price index did the daily simple total returns of {stock} show "
                + PERIOD
                + "?",
            ),
        ),
    ]
    correlation: Annotated[
        float,
        CORRELATION,
        Says(
            "the correlation of daily simple total returns of {stock} with those of the S&P 500 price index " + PERIOD,
            ask=(
                "How strongly were the daily simple total returns of {stock} correlated with those of the S&P 500 price "
                "index " + PERIOD + "?",
            ),
        ),
    ]
    drawdown: Annotated[
        float,
        Quantity("percent", "per cent", 2, role="drawdown"),
        Says(
            "the maximum drawdown of {stock} " + PERIOD + ", dividends reinvested",
            ask=("With dividends reinvested, what was the largest peak-to-trough loss of {stock} " + PERIOD + "?",),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[BOKEH_STOCKS, ARCH_INDICES],
    probes=[
        Probe(
            {"stock": "IBM", "start": "2005-01-03", "end": "2008-12-31"},
            {"/beta": 0.7495228151, "/correlation": 0.7337873165, "/drawdown": 44.276457753},
            "numpy.cov and numpy.corrcoef on the same closes",
        )
    ],
)
def stock_market_risk(stock: Stock, start: EarlierStockDate, end: LaterStockDate) -> MarketRisk:
    """Beta and correlation of a US stock to the S&P 500 and its drawdown (Quandl WIKI Prices, Yahoo Finance)."""
    closes, levels = stock_prices(stock, "Adj Close"), index_closes(BENCHMARK)
    both = {day: p for day, p in closes.items() if day in levels}
    prices = window(both, start, end, stock)
    market = [levels[day] for day in both if start <= day <= end]
    own = [b / a - 1 for a, b in zip(prices, prices[1:], strict=False)]
    other = [b / a - 1 for a, b in zip(market, market[1:], strict=False)]
    mean_own, mean_other = sum(own) / len(own), sum(other) / len(other)
    covariance = sum((x - mean_own) * (y - mean_other) for x, y in zip(own, other, strict=True))
    variance_own = sum((x - mean_own) ** 2 for x in own)
    variance_other = sum((y - mean_other) ** 2 for y in other)
    peak, drawdown = prices[0], 0.0
    for price in prices:
        peak = max(peak, price)
        drawdown = max(drawdown, 1 - price / peak)
    return MarketRisk(
        beta=covariance / variance_other,
        correlation=covariance / math.sqrt(variance_own * variance_other),
        drawdown=100 * drawdown,
    )
