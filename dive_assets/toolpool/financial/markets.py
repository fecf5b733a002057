"""Daily prices of five US stocks, 2000 to 2013."""

import csv
import gzip
import math
from functools import cache
from pathlib import Path
from typing import Annotated

from dive_assets.toolpool.financial.entity_types import (
    BOKEH_STOCKS,
    PRICE,
    RETURN,
    VOLATILITY,
    EarlierStockDate,
    LaterStockDate,
    Stock,
    StockDate,
)
from dive_assets.toolpool.financial.exchange_rates import read_date
from dive_assets.tools.annotations import Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

STOCKS = {"AAPL": "Apple", "FB": "Facebook", "GOOG": "Google", "IBM": "IBM", "MSFT": "Microsoft"}


def package_folder(package: str) -> Path:
    """Where a package is installed, found without importing it."""
    from importlib.util import find_spec

    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ToolError(f"package {package} is not installed")
    return Path(next(iter(spec.submodule_search_locations)))


def read_table(package: str, path: str) -> list[dict[str, str]]:
    """Rows of a csv or csv.gz file that a package carries."""
    raw = (package_folder(package) / path).read_bytes()
    text = (gzip.decompress(raw) if path.endswith(".gz") else raw).decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


@cache
def _stocks() -> dict[str, dict[str, dict[str, str]]]:
    found: dict[str, dict[str, dict[str, str]]] = {ticker: {} for ticker in STOCKS}
    for row in read_table("bokeh_sampledata", "_data/stocks.csv.gz"):
        found[row["Ticker"]][row["Date"]] = row
    return found


def _stock(stock: str) -> dict[str, dict[str, str]]:
    if (ticker := stock.strip().upper()) not in STOCKS:
        raise ToolError(f"no prices of {stock!r}: choose one of {', '.join(STOCKS)}")
    return _stocks()[ticker]


def day_row(rows: dict[str, dict[str, str]], date: str, what: str) -> dict[str, str]:
    day = read_date(date).isoformat()
    if day not in rows:
        raise ToolError(f"no {what} on {day}: not a trading day, or outside the data")
    return rows[day]


def _performance(rows: dict[str, dict[str, str]], start: str, end: str, what: str) -> tuple[float, float, float]:
    """Total return, annualized volatility of daily log returns and maximum drawdown, in per cent."""
    day_row(rows, start, what)
    day_row(rows, end, what)
    prices = [float(row["Adj Close"]) for day, row in sorted(rows.items()) if start <= day <= end]
    if len(prices) < 20:
        raise ToolError("the period must hold at least 20 trading days, start before end", "invalid_arguments")
    returns = [math.log(b / a) for a, b in zip(prices, prices[1:], strict=False)]
    mean = sum(returns) / len(returns)
    deviation = math.sqrt(sum((r - mean) ** 2 for r in returns) / (len(returns) - 1))
    peak, drawdown = prices[0], 0.0
    for price in prices:
        peak = max(peak, price)
        drawdown = max(drawdown, 1 - price / peak)
    return 100 * (prices[-1] / prices[0] - 1), 100 * deviation * math.sqrt(252), 100 * drawdown


PERIOD = "from the close on {start} to the close on {end}"


class StockDay(Result):
    """One trading day of a stock."""

    close: Annotated[
        float,
        PRICE,
        Says(
            ("the closing price of {stock} on {date}, not adjusted for later splits",),
            has="closing price on {date}, not adjusted for later splits,",
            ask=("At what price did {stock} close on {date}, not adjusted for later splits?",),
        ),
    ]
    volume: Annotated[
        int,
        Quantity("shares", "shares", 0, additive=True, role="share_volume"),
        Says(
            "the trading volume of {stock} on {date}",
            has="trading volume on {date}",
            ask=("How many shares of {stock} changed hands on {date}?",),
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[BOKEH_STOCKS],
    probes=[
        Probe({"stock": "AAPL", "date": "2007-01-09"}, {"/close": 92.57, "/volume": 119617800}, "Quandl WIKI/AAPL")
    ],
)
def stock_day(stock: Stock, date: StockDate) -> StockDay:
    """Unadjusted closing price and volume of a US technology stock on a day, 2000-2013 (Quandl WIKI Prices)."""
    row = day_row(_stock(stock), date, f"price of {stock}")
    return StockDay(close=float(row["Close"]), volume=int(float(row["Volume"])))


class StockPeriod(Result):
    """A stock over a period."""

    total_return: Annotated[
        float,
        RETURN,
        Says(
            "the total return of {stock}, dividends reinvested, " + PERIOD,
            has="total return, dividends reinvested, " + PERIOD,
            ask=("What total return, dividends reinvested, did {stock} make " + PERIOD + "?",),
        ),
    ]
    volatility: Annotated[
        float,
        VOLATILITY,
        Says(
            "the annualized volatility of {stock} " + PERIOD + ", from daily log total returns and 252 days a year",
            has="annualized volatility " + PERIOD + ", from daily log total returns,",
            ask=(
                "How volatile was {stock} " + PERIOD + ", as the annualized standard deviation of daily log total "
                "returns with 252 trading days a year?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[BOKEH_STOCKS],
    probes=[
        Probe(
            {"stock": "AAPL", "start": "2007-01-03", "end": "2007-12-31"},
            {"/total_return": 136.37232, "/volatility": 37.659659},
        )
    ],
)
def stock_performance(stock: Stock, start: EarlierStockDate, end: LaterStockDate) -> StockPeriod:
    """Total return and realized volatility of a US stock between two trading days (Quandl WIKI Prices)."""
    total, volatility, _ = _performance(_stock(stock), start, end, f"price of {stock}")
    return StockPeriod(total_return=total, volatility=volatility)
