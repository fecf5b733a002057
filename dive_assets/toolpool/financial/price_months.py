"""US consumer prices by month and by metropolitan area."""

from functools import cache
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.financial.entity_types import (
    BLS_CPI,
    CPI_AREA,
    GENERAL_INFLATION,
    ITEM_INFLATION,
    CalendarMonth,
)
from dive_assets.toolpool.financial.markets import package_folder
from dive_assets.toolpool.financial.periods import month_name, read_month
from dive_assets.toolpool.financial.prices import CpiItem
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

LAST_MONTH = (2025, 8)
# BLS code of each area whose all-items index has the base 1982-84 = 100 and no gap since 1999.
AREAS = {
    "the Atlanta area": "S35C",
    "the Boston area": "S11A",
    "the Chicago area": "S23A",
    "the Dallas-Fort Worth area": "S37A",
    "the Denver area": "S48B",
    "the Detroit area": "S23B",
    "the Houston area": "S37B",
    "the Los Angeles area": "S49A",
    "the Miami area": "S35B",
    "the Minneapolis-Saint Paul area": "S24A",
    "the New York area": "S12A",
    "the Philadelphia area": "S12B",
    "the San Diego area": "S49E",
    "the San Francisco Bay Area": "S49B",
    "the Seattle area": "S49D",
    "the St. Louis area": "S24B",
    "the Midwest": "0200",
    "the Northeast": "0100",
    "the South": "0300",
    "the West": "0400",
    "urban Alaska": "S49G",
    "urban Hawaii": "S49F",
}
Area = Annotated[str, CPI_AREA, Field(description="US region or area, such as 'the Chicago area'", max_length=40)]


@cache
def _database() -> tuple[dict[str, dict[tuple[int, int], float]], dict[str, dict[int, float]]]:
    """Monthly national values by item in small letters, and yearly all-items values by BLS area code."""
    import sqlite3

    path = package_folder("cpi") / "cpi.db"
    connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    try:
        names = dict(connection.execute("select id, name from items"))
        monthly = connection.execute(
            "select series, year, period, value from indexes where series like 'CUUR0000S%' and period < 'M13' "
            "and period like 'M%' and year > 1950"
        ).fetchall()
        yearly = connection.execute(
            "select series, year, value from indexes where (series like 'CUUR%SA0' and period = 'M13') "
            "or (series like 'CUUS%SA0' and period = 'S03')"
        ).fetchall()
    finally:
        connection.close()
    items: dict[str, dict[tuple[int, int], float]] = {}
    for series, year, period, value in monthly:
        name = names.get(series[8:], "")
        if name and value is not None and "urchasing power" not in name:
            items.setdefault(name.casefold(), {})[int(year), int(period[1:])] = float(value)
    areas: dict[str, dict[int, float]] = {}
    for series, year, value in yearly:
        if series[8:] == "SA0" and value is not None:
            areas.setdefault(series[4:8], {})[int(year)] = float(value)
    return items, areas


def _month_value(item: str, key: tuple[int, int]) -> float:
    values = _database()[0].get(item.strip().casefold())
    if values is None:
        raise ToolError(f"unknown consumer price category {item!r}: give its name as the US BLS writes it")
    if key not in values or key > LAST_MONTH:
        raise ToolError(f"the BLS gives no index of {item!r} for {month_name(*key)}")
    return values[key]


class MonthIndex(Result):
    """One monthly value."""

    index: Annotated[
        float,
        Quantity("index points", "index points", 3, role="cpi_level"),
        Says(
            (
                "the US consumer price index (CPI-U, not seasonally adjusted) for {item} in {month}",
                "the level in {month} of the US CPI-U, not seasonally adjusted, for {item}",
            ),
            ask=("At what level did the US CPI-U, not seasonally adjusted, for {item} stand in {month}?",),
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[BLS_CPI],
    determinism="snapshot",
    probes=[
        Probe({"item": "all items", "month": "June 2022"}, {"/index": 296.311}, "bls.gov CUUR0000SA0"),
        Probe({"item": "All items", "month": "July 2008"}, {"/index": 219.964}, "bls.gov CUUR0000SA0"),
    ],
)
def consumer_price_month(item: CpiItem, month: CalendarMonth) -> MonthIndex:
    """US CPI-U of a category in a month, US city average, not seasonally adjusted (Bureau of Labor Statistics)."""
    return MonthIndex(index=_month_value(item, read_month(month)))


class MonthInflation(Result):
    """Twelve months of prices."""

    rate: Annotated[
        float,
        ITEM_INFLATION,
        Says(
            (
                "the twelve-month change to {month} in the US CPI-U, not seasonally adjusted, for {item}",
                "the US consumer price inflation over the twelve months to {month}, by the unadjusted CPI-U, for {item}",
            ),
            ask=(
                "By how many per cent did the US CPI-U, not seasonally adjusted, for {item} change over the twelve "
                "months to {month}?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[BLS_CPI],
    determinism="snapshot",
    probes=[
        Probe(
            {"item": "all items", "month": "June 2022"},
            {"/rate": 100 * (296.311 / 271.696 - 1)},
            "BLS news release of 13 July 2022: 9.1 per cent",
        )
    ],
)
def twelve_month_inflation(item: CpiItem, month: CalendarMonth) -> MonthInflation:
    """Change of the US CPI-U of a category over the twelve months to a month (Bureau of Labor Statistics)."""
    year, number = read_month(month)
    now, before = _month_value(item, (year, number)), _month_value(item, (year - 1, number))
    return MonthInflation(rate=100 * (now / before - 1))


def _area_value(area: str, year: int) -> float:
    wanted = area.strip().casefold()
    code = next((code for name, code in AREAS.items() if name.casefold() == wanted), None)
    if code is None:
        raise ToolError(f"no consumer prices of {area!r}: choose one of {', '.join(AREAS)}")
    values = _database()[1].get(code, {})
    if year not in values:
        raise ToolError(f"the BLS gives no annual average of {area} for {year}")
    return values[year]


AreaYear = Annotated[int, Draw.integer(1999, 2024, year=True), Field(ge=1985, le=2024)]


class AreaIndex(Result):
    """An annual average of an area."""

    index: Annotated[
        float,
        Quantity("index points", "index points", 1, role="cpi_level"),
        Says(
            (
                "the annual average CPI-U for all items in {area} (1982-84 = 100) for {year}",
                "the average {year} level of the all-items CPI-U (1982-84 = 100) in {area}",
            ),
            ask=("What was the annual average of the all-items CPI-U (1982-84 = 100) in {area} in {year}?",),
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[BLS_CPI],
    determinism="snapshot",
    probes=[
        Probe({"area": "the Northeast", "year": 2010}, {"/index": 233.868}, "bls.gov CUUR0100SA0"),
        Probe({"area": "the New York area", "year": 2010}, {"/index": 240.864}, "bls.gov CUURS12ASA0"),
    ],
)
def area_price_index(area: Area, year: AreaYear) -> AreaIndex:
    """Annual average of the all-items CPI-U in a US region or metropolitan area (Bureau of Labor Statistics)."""
    return AreaIndex(index=_area_value(area, year))


class AreaInflation(Result):
    """Price growth of an area."""

    annual_rate: Annotated[
        float,
        GENERAL_INFLATION,
        Says(
            "the compound annual rate of consumer price inflation from {start} to {end} in {area}, by the annual "
            "average CPI-U for all items",
            has="compound annual rate of consumer price inflation from {start} to {end} by the annual average CPI-U",
            ask=(
                "By the annual average CPI-U for all items, at what compound annual rate did consumer prices in {area} "
                "rise from {start} to {end}?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[BLS_CPI],
    determinism="snapshot",
    probes=[
        Probe(
            {"area": "the Northeast", "start": 2000, "end": 2010},
            {"/annual_rate": 100 * ((233.868 / 179.4) ** 0.1 - 1)},
            "bls.gov CUUR0100SA0",
        )
    ],
)
def area_inflation(
    area: Area,
    start: Annotated[int, Draw.integer(1999, 2010, year=True), Field(ge=1985, le=2024)],
    end: Annotated[int, Draw.integer(2011, 2024, year=True), Field(ge=1985, le=2024)],
) -> AreaInflation:
    """Compound annual consumer price inflation in a US region or metropolitan area (Bureau of Labor Statistics)."""
    if end <= start:
        raise ToolError("the end year must come after the start year", "invalid_arguments")
    growth = (_area_value(area, end) / _area_value(area, start)) ** (1 / (end - start)) - 1
    return AreaInflation(annual_rate=100 * growth)
