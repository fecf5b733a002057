"""US consumer prices, 1913 to 2025."""

from functools import cache
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.financial.entity_types import BLS_CPI, CPI_ITEM, DOLLARS
from dive_assets.toolpool.financial.markets import package_folder
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

LAST_YEAR = 2025
ALL_ITEMS = "all items"
CpiItem = Annotated[str, CPI_ITEM, Field(description="Category as the US BLS names it, such as 'eggs'", max_length=90)]


def _everyday(name: str) -> str:
    first = name.split(",")[0].split()[0]
    return name if first.isupper() else name[0].lower() + name[1:]


@cache
def cpi_table() -> dict[str, dict[int, float]]:
    """Annual averages by item and year: US city average, all urban consumers, base 1982-84 = 100 or later."""
    import sqlite3

    path = package_folder("cpi") / "cpi.db"
    connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    try:
        names = dict(connection.execute("select id, name from items"))
        series = dict(connection.execute("select id, items from series where id like 'CUUR0000S%'"))
        rows = connection.execute(
            "select series, year, value from indexes where period = 'M13' and series like 'CUUR0000S%' order by 1, 2"
        ).fetchall()
    finally:
        connection.close()
    found: dict[str, dict[int, float]] = {}
    for key, year, value in rows:
        if key in series and year <= LAST_YEAR and value is not None:
            name = names.get(series[key], "")
            if name and "urchasing power" not in name:
                found.setdefault(_everyday(name), {})[int(year)] = float(value)
    return found


def cpi_value(item: str, year: int) -> float:
    wanted = item.strip().casefold()
    key = next((name for name in cpi_table() if name.casefold() == wanted), None)
    if key is None:
        raise ToolError(f"unknown consumer price category {item!r}: give its name as the US BLS writes it")
    if year not in cpi_table()[key]:
        raise ToolError(f"the BLS gives no annual average of {item!r} for {year}")
    return cpi_table()[key][year]


class PriceIndex(Result):
    """One annual average."""

    index: Annotated[
        float,
        Quantity("index points", "index points", 1, role="cpi_level"),
        Says(
            "the annual average for {year} of the US consumer price index (CPI-U, not seasonally adjusted) for {item}",
            ask=("What was the annual average of the US CPI-U (not seasonally adjusted) for {item} in {year}?",),
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[BLS_CPI],
    determinism="snapshot",
    probes=[
        Probe({"item": "all items", "year": 1980}, {"/index": 82.4}, "bls.gov CUUR0000SA0"),
        Probe({"item": "energy", "year": 2021}, {"/index": 238.325}, "bls.gov CUUR0000SA0E"),
    ],
)
def consumer_price_index(
    item: CpiItem, year: Annotated[int, Draw.integer(1999, 2024, year=True), Field(ge=1913, le=LAST_YEAR)]
) -> PriceIndex:
    """Annual average of the US CPI-U for a category of goods, US city average (Bureau of Labor Statistics)."""
    return PriceIndex(index=cpi_value(item, year))


Year = Annotated[int, Draw.integer(1920, 2024, year=True), Field(ge=1913, le=LAST_YEAR)]


class Inflated(Result):
    """Money of another year."""

    dollars: Annotated[
        float,
        DOLLARS,
        Says(
            "the sum that in {end} had the buying power of {dollars} in {start}, by the annual average US CPI-U",
            ask=(
                "By the annual average US CPI-U, how much money in {end} had the buying power of {dollars} in {start}?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[BLS_CPI],
    determinism="snapshot",
    probes=[
        Probe({"dollars": 100.0, "start": 1950, "end": 2020}, {"/dollars": 1073.904564}, "BLS inflation calculator")
    ],
)
def inflate_dollars(
    dollars: Annotated[float, Draw.integer(100, 20_000, step=50, suffix=" US dollars"), Field(ge=0, le=1e12)],
    start: Year,
    end: Year,
) -> Inflated:
    """US dollars of one year in prices of another, by the annual average CPI-U for all items (BLS)."""
    return Inflated(dollars=dollars * cpi_value(ALL_ITEMS, end) / cpi_value(ALL_ITEMS, start))


class Inflation(Result):
    """Price growth between two years."""

    annual_rate: Annotated[
        float,
        Quantity("percent", "per cent", 2, ratio=False, role="inflation_rate"),
        Says(
            "the compound annual rate at which US consumer prices for {item} changed from {start} to {end}, by the "
            "annual average CPI-U",
            has="compound annual rate of US price growth from {start} to {end} by the annual average CPI-U",
            ask=(
                "By the annual average CPI-U, at what compound annual rate did US consumer prices for {item} change "
                "from {start} to {end}?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[BLS_CPI],
    determinism="snapshot",
    probes=[Probe({"item": "all items", "start": 1979, "end": 1981}, {"/annual_rate": 11.895758}, "BLS CPI tables")],
)
def price_growth(
    item: CpiItem,
    start: Annotated[int, Draw.integer(1999, 2012, year=True), Field(ge=1913, le=LAST_YEAR)],
    end: Annotated[int, Draw.integer(2013, 2024, year=True), Field(ge=1913, le=LAST_YEAR)],
) -> Inflation:
    """Compound annual growth of US consumer prices of a category between two years (BLS CPI-U)."""
    if end <= start:
        raise ToolError("the end year must come after the start year", "invalid_arguments")
    growth = (cpi_value(item, end) / cpi_value(item, start)) ** (1 / (end - start)) - 1
    return Inflation(annual_rate=100 * growth)
