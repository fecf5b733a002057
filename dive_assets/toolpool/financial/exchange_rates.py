"""Euro reference rates of the European Central Bank and what follows from them."""

import datetime as dt
from functools import cache
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.financial.entity_types import (
    AMOUNT,
    ECB_RATES,
    PRICE,
    Currency,
    FxDate,
)
from dive_assets.toolpool.shared.entity_types import ISO_DATE
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

PER_EURO = Quantity("", "", 4, role="units_per_euro")


def read_date(date: str) -> dt.date:
    try:
        return dt.date.fromisoformat(date)
    except ValueError:
        raise ToolError(f"{date!r} is no date: write YYYY-MM-DD", "invalid_arguments") from None


@cache
def ecb_table() -> dict[str, dict[str, float]]:
    """Units per euro by currency and ISO date."""
    import csv
    import io
    import zipfile
    from importlib import resources

    with (
        resources.files("currency_converter").joinpath("eurofxref-hist.zip").open("rb") as raw,
        zipfile.ZipFile(raw) as archive,
    ):
        text = archive.read(archive.namelist()[0]).decode()
    header, *rows = [row for row in csv.reader(io.StringIO(text)) if row]
    table: dict[str, dict[str, float]] = {name: {} for name in header[1:] if name.strip()}
    for row in sorted(rows):
        for name, value in zip(header[1:], row[1:], strict=False):
            if name in table and value not in ("", "N/A"):
                table[name][row[0]] = float(value)
    return table


def _rates(currency: str) -> dict[str, float]:
    code = currency.strip().upper()
    if code == "EUR":
        raise ToolError("the euro is the base of the ECB's reference rates: give another currency")
    if code not in ecb_table():
        raise ToolError(f"the ECB has published no reference rate for {currency!r}")
    return ecb_table()[code]


def units_per_euro(currency: str, date: str) -> float:
    day = read_date(date).isoformat()
    if currency.strip().upper() == "EUR":
        if day not in ecb_table()["USD"]:
            raise ToolError(f"the ECB published no reference rates on {day}")
        return 1.0
    rates = _rates(currency)
    if day not in rates:
        raise ToolError(f"the ECB published no reference rate for {currency} on {day}")
    return rates[day]


class EcbRate(Result):
    """One fixing."""

    units_per_euro: Annotated[
        float,
        PER_EURO,
        Says(
            ("the ECB's euro reference rate in {currency} on {date}", "the euro's ECB fixing in {currency} on {date}"),
            has="ECB rate in units per euro on {date}",
            ask=(
                "How much was one euro worth in {currency} on {date}, at the ECB's reference rate?",
                "Where did the ECB fix the euro in {currency} on {date}?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[ECB_RATES],
    determinism="snapshot",
    probes=[
        Probe({"currency": "JPY", "date": "2008-09-15"}, {"/units_per_euro": 149.87}, "ECB Statistical Data Warehouse"),
        Probe({"currency": "PLN", "date": "2016-06-24"}, {"/units_per_euro": 4.455}, "ECB Statistical Data Warehouse"),
    ],
)
def ecb_rate(currency: Currency, date: FxDate) -> EcbRate:
    """Euro foreign exchange reference rate of a currency on an ECB business day, in units per euro (ECB)."""
    return EcbRate(units_per_euro=units_per_euro(currency, date))


class EcbYear(Result):
    """A calendar year of daily fixings."""

    average: Annotated[
        float,
        PER_EURO,
        Says(
            "the average of the ECB's daily euro reference rates in {currency} over {year}",
            has="average ECB rate in units per euro over {year}",
            ask=("What was one euro worth in {currency} on average over {year}, by the ECB's daily reference rates?",),
        ),
    ]
    highest: Annotated[
        float,
        PER_EURO,
        Says(
            "the highest ECB euro reference rate in {currency} of {year}",
            ask=("How much was one euro worth in {currency} at its highest ECB fixing of {year}?",),
        ),
    ]
    highest_date: Annotated[
        str,
        ISO_DATE,
        Says(
            "the first day in {year} on which the ECB's euro reference rate in {currency} was at its high for the year",
            ask=("On which day of {year} did the ECB first fix the euro at its high for the year in {currency}?",),
        ),
    ]
    lowest: Annotated[
        float,
        PER_EURO,
        Says(
            "the lowest ECB euro reference rate in {currency} of {year}",
            ask=("How much was one euro worth in {currency} at its lowest ECB fixing of {year}?",),
        ),
    ]
    lowest_date: Annotated[
        str,
        ISO_DATE,
        Says(
            "the first day in {year} on which the ECB's euro reference rate in {currency} was at its low for the year",
            ask=("On which day of {year} did the ECB first fix the euro at its low for the year in {currency}?",),
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[ECB_RATES],
    determinism="snapshot",
    probes=[
        Probe(
            {"currency": "USD", "year": 2022},
            {"/lowest": 0.9565, "/lowest_date": "2022-09-28", "/highest": 1.1464, "/highest_date": "2022-02-04"},
            "ECB Statistical Data Warehouse",
        )
    ],
)
def ecb_rate_year(
    currency: Currency, year: Annotated[int, Draw.integer(2006, 2025, year=True), Field(ge=1999, le=2025)]
) -> EcbYear:
    """Average, high and low of a currency's euro reference rate over a full calendar year (ECB)."""
    rates = {day: rate for day, rate in _rates(currency).items() if day.startswith(f"{year}-")}
    if len(rates) < 250:
        raise ToolError(f"the ECB has no full year of rates for {currency} in {year}")
    high, low = max(rates.values()), min(rates.values())
    return EcbYear(
        average=sum(rates.values()) / len(rates),
        highest=high,
        highest_date=next(day for day, rate in rates.items() if rate == high),
        lowest=low,
        lowest_date=next(day for day, rate in rates.items() if rate == low),
    )


class Converted(Result):
    """An amount in another currency."""

    amount: Annotated[
        float,
        AMOUNT,
        Says(
            "the value in {target} of {amount} in {source} at the ECB reference rates of {date}",
            ask=("At the ECB reference rates of {date}, how much is {amount} in {source} worth in {target}?",),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[ECB_RATES],
    determinism="snapshot",
    probes=[
        Probe({"amount": 250.0, "source": "GBP", "target": "JPY", "date": "2016-06-24"}, {"/amount": 35055.72832101}),
        Probe({"amount": 100.0, "source": "EUR", "target": "USD", "date": "2024-07-01"}, {"/amount": 107.45}, "ECB"),
    ],
)
def convert_currency(
    amount: Annotated[float, Draw.integer(500, 90_000, step=50), Field(ge=0, le=1e12)],
    source: Currency,
    target: Currency,
    date: FxDate,
) -> Converted:
    """An amount in one currency converted into another at the ECB reference rates of a day."""
    if source.strip().upper() == target.strip().upper():
        raise ToolError("source and target are the same currency", "invalid_arguments")
    return Converted(amount=amount / units_per_euro(source, date) * units_per_euro(target, date))


class FromDollars(Result):
    """A dollar amount abroad."""

    amount: Annotated[
        float,
        AMOUNT,
        Says(
            "the value in {currency} of {dollars} at the ECB reference rates of {date}",
            ask=("At the ECB reference rates of {date}, how much is {dollars} in {currency}?",),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[ECB_RATES],
    determinism="snapshot",
    probes=[
        Probe({"dollars": 145.31, "currency": "EUR", "date": "2008-07-03"}, {"/amount": 91.4762354422}, "ECB"),
    ],
)
def dollars_in_currency(
    dollars: Annotated[float, PRICE, Draw.integer(500, 90_000, step=50, suffix=" US dollars"), Field(ge=0, le=1e12)],
    currency: Currency,
    date: FxDate,
) -> FromDollars:
    """A US dollar amount converted into another currency at the ECB reference rates of a day."""
    if currency.strip().upper() == "USD":
        raise ToolError("the amount is in US dollars already", "invalid_arguments")
    return FromDollars(amount=dollars / units_per_euro("USD", date) * units_per_euro(currency, date))
