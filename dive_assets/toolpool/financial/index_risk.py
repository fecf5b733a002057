"""Returns, volatility, drawdown, moving averages and value at risk of US stock indices."""

import datetime as dt
import math
from functools import cache
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.financial.entity_types import ARCH_INDICES, RETURN, VOLATILITY, Index, IndexYear
from dive_assets.toolpool.financial.exchange_rates import read_date
from dive_assets.toolpool.financial.stock_indices import index_closes, on_day, window
from dive_assets.toolpool.shared.entity_types import ISO_DATE
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

PERIOD = "from {start} to {end}, close to close"
EarlierDate = Annotated[str, ISO_DATE, Draw.date("1999-01-04", "2008-12-31", weekdays=True), Field(max_length=10)]
LaterDate = Annotated[str, ISO_DATE, Draw.date("2009-06-01", "2018-12-31", weekdays=True), Field(max_length=10)]


class IndexPeriod(Result):
    """An index between two days."""

    change: Annotated[
        float,
        RETURN,
        Says(
            ("the price return of {index} " + PERIOD, "the change in per cent of {index} " + PERIOD),
            ask=("By how many per cent did {index} change " + PERIOD + "?",),
        ),
    ]
    volatility: Annotated[
        float,
        VOLATILITY,
        Says(
            "the annualized volatility of {index} " + PERIOD + ", from daily log returns and 252 days a year",
            ask=(
                "How volatile was {index} " + PERIOD + ", as the annualized sample standard deviation of daily log "
                "returns with 252 trading days a year?",
            ),
        ),
    ]
    drawdown: Annotated[
        float,
        Quantity("percent", "per cent", 2, role="drawdown"),
        Says(
            "the maximum drawdown of {index} on closing levels " + PERIOD,
            ask=("What was the largest peak-to-trough loss of {index} on closing levels " + PERIOD + "?",),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[ARCH_INDICES],
    probes=[
        Probe(
            {"index": "the S&P 500", "start": "2007-10-09", "end": "2009-03-09"},
            {"/change": 100 * (676.530029 / 1565.150024 - 1), "/drawdown": 100 * (1 - 676.530029 / 1565.150024)},
            "S&P Dow Jones Indices: 1565.15 to 676.53, the 2007-2009 bear market",
        )
    ],
)
def index_performance(index: Index, start: EarlierDate, end: LaterDate) -> IndexPeriod:
    """Price return, realized volatility and maximum drawdown of a US stock index between two trading days."""
    levels = window(index_closes(index), start, end, index)
    returns = [math.log(b / a) for a, b in zip(levels, levels[1:], strict=False)]
    mean = sum(returns) / len(returns)
    variance = sum((r - mean) ** 2 for r in returns) / (len(returns) - 1)
    peak, drawdown = levels[0], 0.0
    for level in levels:
        peak = max(peak, level)
        drawdown = max(drawdown, 1 - level / peak)
    return IndexPeriod(
        change=100 * (levels[-1] / levels[0] - 1),
        volatility=100 * math.sqrt(252 * variance),
        drawdown=100 * drawdown,
    )


class MovingAverage(Result):
    """Mean of the latest closes."""

    level: Annotated[
        float,
        Quantity("index points", "index points", 2, role="moving_average"),
        Says(
            ("the {days} simple moving average of the closing level of {index} as of {date}",),
            ask=("Where did the {days} simple moving average of {index} stand at the close on {date}?",),
        ),
    ]
    above: Annotated[
        bool,
        Says(
            "whether {index} closed above its {days} simple moving average on {date}",
            ask=("Did {index} close above its {days} simple moving average on {date}?",),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[ARCH_INDICES],
    probes=[
        Probe(
            {"index": "the Nasdaq Composite", "date": "2000-03-10", "days": 50},
            {"/level": 4315.8458008},
            "pandas rolling mean",
        ),
        Probe(
            {"index": "the S&P 500", "date": "1999-01-08", "days": 5},
            {"/level": (1228.099976 + 1244.780029 + 1272.339966 + 1269.72998 + 1275.089966) / 5, "/above": True},
            "mean of the five published closes",
        ),
    ],
)
def index_moving_average(
    index: Index,
    date: Annotated[str, ISO_DATE, Draw.date("2000-01-03", "2018-12-31", weekdays=True), Field(max_length=10)],
    days: Annotated[
        int, Draw.choice({20: "20-day", 50: "50-day", 100: "100-day", 200: "200-day"}), Field(ge=2, le=250)
    ],
) -> MovingAverage:
    """Simple moving average of an index's last closes, the day itself included (Yahoo Finance, in arch)."""
    closes = index_closes(index)
    close, last = on_day(closes, date, index), read_date(date).isoformat()
    latest = [value for day, value in closes.items() if day <= last][-days:]
    if len(latest) < days:
        raise ToolError(f"the data begin in 1999: fewer than {days} closes up to {date}")
    average = sum(latest) / days
    return MovingAverage(level=average, above=close > average)


class ValueAtRisk(Result):
    """Loss quantile of a year of daily returns."""

    loss: Annotated[
        float,
        Quantity("percent", "per cent", 2, role="value_at_risk"),
        Says(
            "the one-day {level} value at risk of {index} by historical simulation over the daily simple returns of "
            "{year}, linearly interpolated between order statistics",
            has="one-day {level} value at risk by historical simulation over the daily simple returns of {year}",
            ask=(
                "By historical simulation over the daily simple returns of {year}, with linear interpolation between "
                "order statistics, what was the one-day {level} value at risk of {index}?",
            ),
            high="largest",
            low="smallest",
        ),
    ]


@cache
def _year_returns(index: str, year: int) -> list[float]:
    closes = index_closes(index)
    days = list(closes)
    pairs = zip(days, days[1:], strict=False)
    return sorted(closes[b] / closes[a] - 1 for a, b in pairs if dt.date.fromisoformat(b).year == year)


@tool(
    domain="financial",
    kind="P",
    sources=[ARCH_INDICES],
    probes=[Probe({"index": "the S&P 500", "year": 2008, "level": 99}, {"/loss": 8.1879415569498}, "numpy.percentile")],
)
def index_value_at_risk(
    index: Index,
    year: IndexYear,
    level: Annotated[int, Draw.choice({95: "95 per cent", 99: "99 per cent"}), Field(ge=90, le=99)],
) -> ValueAtRisk:
    """One-day historical-simulation value at risk of an index from a year's daily returns (Jorion, Value at Risk)."""
    returns = _year_returns(index, year)
    position = (1 - level / 100) * (len(returns) - 1)
    below = int(position)
    quantile = returns[below] + (position - below) * (returns[below + 1] - returns[below])
    return ValueAtRisk(loss=-100 * quantile)
