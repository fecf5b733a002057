"""ECB reference rates month by month, their beginning, and dollar trades in other currencies."""

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.financial.entity_types import (
    AMOUNT,
    ECB_RATES,
    TRADE_VALUE,
    CalendarMonth,
    Currency,
    FxDate,
)
from dive_assets.toolpool.financial.exchange_rates import PER_EURO, ecb_table, units_per_euro
from dive_assets.toolpool.financial.periods import month_name, read_month
from dive_assets.toolpool.shared.entity_types import ISO_DATE
from dive_assets.tools.annotations import Draw, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool


class EcbMonth(Result):
    """A month of daily fixings."""

    average: Annotated[
        float,
        PER_EURO,
        Says(
            ("the average of the ECB's daily euro reference rates in {currency} over {month}",),
            ask=("What was one euro worth in {currency} on average over {month}, by the ECB's daily reference rates?",),
        ),
    ]
    month_end: Annotated[
        float,
        PER_EURO,
        Says(
            ("the last ECB euro reference rate of {month} in {currency}",),
            ask=("How much was one euro worth in {currency} at the last ECB fixing of {month}?",),
        ),
    ]
    month_end_date: Annotated[
        str,
        ISO_DATE,
        Says(
            ("the last day of {month} with an ECB euro fixing in {currency}",),
            ask=("On which day of {month} was the last ECB euro fixing in {currency}?",),
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[ECB_RATES],
    determinism="snapshot",
    probes=[
        Probe(
            {"currency": "USD", "month": "January 1999"},
            {"/month_end": 1.1384, "/month_end_date": "1999-01-29"},
            "ECB Statistical Data Warehouse",
        ),
        Probe({"currency": "USD", "month": "January 1999"}, {"/average": 1.16078}),
    ],
)
def ecb_rate_month(currency: Currency, month: CalendarMonth) -> EcbMonth:
    """Average and last euro reference rate of a currency in a month, from January 1999 (ECB)."""
    year, number = read_month(month)
    code = currency.strip().upper()
    if code == "EUR" or code not in ecb_table():
        raise ToolError(f"the ECB publishes no euro reference rate for {currency!r}")
    prefix = f"{year}-{number:02d}-"
    rates = {day: rate for day, rate in ecb_table()[code].items() if day.startswith(prefix)}
    if len(rates) < 15 or prefix > "2026-10-":
        raise ToolError(f"the ECB has no full month of rates for {currency} in {month_name(year, number)}")
    last = max(rates)
    return EcbMonth(average=sum(rates.values()) / len(rates), month_end=rates[last], month_end_date=last)


class Coverage(Result):
    """When the fixings began."""

    first_date: Annotated[
        str,
        ISO_DATE,
        Says(
            (
                "the first day with an ECB euro reference rate in {currency}",
                "the day of the first ECB fixing in {currency}",
            ),
            ask=("On which day did the ECB first publish a euro reference rate in {currency}?",),
        ),
    ]
    first_rate: Annotated[
        float,
        PER_EURO,
        Says(
            ("the first euro reference rate in {currency} that the ECB published",),
            has="first ECB rate in units per euro",
            ask=("How much was one euro worth in {currency} at the ECB's first reference rate for it?",),
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[ECB_RATES],
    determinism="snapshot",
    probes=[
        Probe(
            {"currency": "USD"}, {"/first_date": "1999-01-04", "/first_rate": 1.1789}, "ECB Statistical Data Warehouse"
        ),
        Probe({"currency": "TRY"}, {"/first_date": "2005-01-03"}, "Turkey's new lira of 1 January 2005"),
    ],
)
def ecb_first_rate(currency: Currency) -> Coverage:
    """First euro reference rate of a currency and its day (ECB)."""
    rates = ecb_table().get(currency.strip().upper())
    if not rates:
        raise ToolError(f"the ECB publishes no euro reference rate for {currency!r}")
    first = min(rates)
    return Coverage(first_date=first, first_rate=rates[first])


class TradeInCurrency(Result):
    """A dollar trade abroad."""

    amount: Annotated[
        float,
        AMOUNT,
        Says(
            "the counter-value in {currency} of a trade worth {value} at the ECB reference rates of {date}",
            ask=("At the ECB reference rates of {date}, how much is a trade worth {value} in {currency}?",),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[ECB_RATES],
    determinism="snapshot",
    probes=[
        Probe(
            {"currency": "EUR", "value": 1_000_000.0, "date": "2008-07-03"},
            {"/amount": 1_000_000 / 1.5885},
            "ECB Statistical Data Warehouse: 1.5885 US dollars per euro",
        )
    ],
)
def trade_in_currency(
    currency: Currency,
    value: Annotated[
        float, TRADE_VALUE, Draw.integer(100_000, 9_000_000, step=50_000, suffix=" US dollars"), Field(gt=0, le=1e13)
    ],
    date: FxDate,
) -> TradeInCurrency:
    """Value of a dollar-denominated trade in another currency at the ECB reference rates of a day."""
    if currency.strip().upper() == "USD":
        raise ToolError("the trade is worth US dollars already", "invalid_arguments")
    return TradeInCurrency(amount=value / units_per_euro("USD", date) * units_per_euro(currency, date))
