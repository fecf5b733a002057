"""Months, quarters, indices, industries, companies, areas and currency pairs to start from."""

from collections.abc import Iterator

from dive_assets.toolpool.financial.company_history import company_rows
from dive_assets.toolpool.financial.entity_types import (
    ARCH_INDICES,
    BLS_CPI,
    COMPANY,
    CPI_AREA,
    CURRENCY_PAIR,
    ECB_RATES,
    FRENCH_INDUSTRIES,
    GRUNFELD,
    INDEX,
    INDUSTRY,
    MONTH,
    QUARTER,
)
from dive_assets.toolpool.financial.factor_returns import INDUSTRIES
from dive_assets.toolpool.financial.periods import month_name
from dive_assets.toolpool.financial.price_months import AREAS
from dive_assets.toolpool.financial.stock_indices import FILES
from dive_assets.toolpool.shared.data_sources import STANDARD_LIBRARY
from dive_assets.tools.seeds import seeds

# In the order in which the market names the base currency of a pair.
MAJORS = ("EUR", "GBP", "AUD", "NZD", "USD", "CAD", "CHF")
OTHERS = ("NOK", "SEK", "DKK", "PLN", "SGD", "HKD", "CNY", "CZK", "ZAR", "TRY", "THB", "HUF", "KRW", "JPY")


@seeds(entity=MONTH, domain="financial", sources=[STANDARD_LIBRARY])
def calendar_months() -> Iterator[tuple[str, str]]:
    """Months from 1986 to November 2018, which most monthly series cover."""
    for year in range(1986, 2019):
        for number in range(1, 13):
            if (year, number) <= (2018, 11):
                yield month_name(year, number), month_name(year, number)


@seeds(entity=QUARTER, domain="financial", sources=[STANDARD_LIBRARY])
def calendar_quarters() -> Iterator[tuple[str, str]]:
    """Quarters from 1960 to the third of 2009, which the US macroeconomic series cover."""
    for year in range(1960, 2010):
        for number in range(1, 5):
            if (year, number) <= (2009, 3):
                yield f"Q{number} {year}", f"Q{number} {year}"


@seeds(entity=INDEX, domain="financial", sources=[ARCH_INDICES])
def stock_indices() -> Iterator[tuple[str, str]]:
    """US stock indices with daily levels."""
    yield from ((name, name) for name in sorted(FILES))


@seeds(entity=INDUSTRY, domain="financial", sources=[FRENCH_INDUSTRIES])
def industries() -> Iterator[tuple[str, str]]:
    """French's named industries."""
    yield from ((name, name) for name in sorted(INDUSTRIES))


@seeds(entity=COMPANY, domain="financial", sources=[GRUNFELD])
def companies() -> Iterator[tuple[str, str]]:
    """Companies in Grunfeld's data."""
    yield from ((name, name) for name in company_rows())


@seeds(entity=CPI_AREA, domain="financial", sources=[BLS_CPI])
def cpi_areas() -> Iterator[tuple[str, str]]:
    """US regions and metropolitan areas with consumer prices from 1999 on."""
    yield from ((name, name) for name in sorted(AREAS))


@seeds(entity=CURRENCY_PAIR, domain="financial", sources=[ECB_RATES])
def currency_pairs() -> Iterator[tuple[str, str]]:
    """Pairs of a major currency with another currency that has ECB rates since 2006."""
    order = MAJORS + OTHERS
    pairs = (f"{base}/{quote}" for base in MAJORS for quote in order[order.index(base) + 1 :])
    yield from ((pair, pair) for pair in sorted(pairs))
