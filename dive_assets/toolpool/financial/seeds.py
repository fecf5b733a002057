"""What financial tasks start from."""

import warnings
from collections.abc import Iterator

from dive_assets.toolpool.financial.banking import bank_name, bank_names
from dive_assets.toolpool.financial.entity_types import (
    BANK,
    BLS_CPI,
    BOKEH_STOCKS,
    CPI_ITEM,
    ECB_RATES,
    EXCHANGE,
    EXCHANGE_CALENDARS,
    IBAN_NUMBER,
    SCHWIFTY,
    STOCK,
    VAT_RATES,
)
from dive_assets.toolpool.financial.exchange_directory import EXCHANGES
from dive_assets.toolpool.financial.exchange_rates import ecb_table
from dive_assets.toolpool.financial.markets import STOCKS
from dive_assets.toolpool.financial.prices import cpi_table
from dive_assets.toolpool.shared.countries import country_name
from dive_assets.toolpool.shared.data_sources import BABEL
from dive_assets.toolpool.shared.entity_types import COUNTRY, CURRENCY
from dive_assets.tools.errors import ToolError
from dive_assets.tools.seeds import seeds

BANKS_PER_COUNTRY = 35
IBANS_PER_COUNTRY = 12
MIXED_LISTS = {"SA", "CY"}  # their lists also hold companies that are no banks


@seeds(entity=CURRENCY, domain="financial", sources=[ECB_RATES, BABEL])
def ecb_currencies() -> Iterator[tuple[str, str]]:
    """Currencies for which the ECB still published a rate in December 2025."""
    from babel.numbers import get_currency_name

    for code, rates in sorted(ecb_table().items()):
        if rates and max(rates) >= "2025-12-01":
            yield code, get_currency_name(code, count=2, locale="en")


@seeds(entity=EXCHANGE, domain="financial", sources=[EXCHANGE_CALENDARS])
def exchanges() -> Iterator[tuple[str, str]]:
    """Stock exchanges with a trading calendar."""
    yield from ((code, name) for code, (name, _) in sorted(EXCHANGES.items()))


@seeds(entity=STOCK, domain="financial", sources=[BOKEH_STOCKS])
def stocks() -> Iterator[tuple[str, str]]:
    """Stocks with daily prices from before 2005."""
    yield from ((ticker, name) for ticker, name in sorted(STOCKS.items()) if ticker != "FB")


@seeds(entity=CPI_ITEM, domain="financial", sources=[BLS_CPI])
def cpi_items() -> Iterator[tuple[str, str]]:
    """Categories of goods and services whose US price index covers 1999 to 2024 without a gap."""
    for name, values in sorted(cpi_table().items()):
        if all(year in values for year in range(1999, 2025)) and "old base" not in name and len(name) <= 60:
            yield name, name


@seeds(entity=COUNTRY, domain="financial", sources=[VAT_RATES])
def vat_countries() -> Iterator[tuple[str, str]]:
    """Countries with a standard VAT rate."""
    import vatverify_rates

    codes = {
        "GR" if rate.country_code == "EL" else rate.country_code for rate in vatverify_rates.get_all_rates().values()
    }
    for code in sorted(codes - {"XI", "XK"}):
        yield country_name(code), country_name(code)


def _plain(name: str) -> bool:
    """A name that an English question can carry."""
    return 4 <= len(name) <= 42 and name.isprintable() and all(ord(c) < 0x250 and c not in "\"';:()/*" for c in name)


def _country_exists(code: str) -> bool:
    try:
        return bool(country_name(code))
    except ToolError:
        return False


@seeds(entity=BANK, domain="financial", sources=[SCHWIFTY])
def banks() -> Iterator[tuple[str, str]]:
    """Up to 35 banks of each country whose BIC stands for one plain name."""
    taken: dict[str, int] = {}
    for bic in bank_names():
        country = bic[4:6]
        if country in MIXED_LISTS or taken.get(country, 0) >= BANKS_PER_COUNTRY or not _country_exists(country):
            continue
        try:
            name = bank_name(bic)
        except ToolError:
            continue
        if _plain(name):
            taken[country] = taken.get(country, 0) + 1
            yield bic, name


@seeds(entity=IBAN_NUMBER, domain="financial", sources=[SCHWIFTY])
def ibans() -> Iterator[tuple[str, str]]:
    """Specimen IBANs, account number 0123456789, at banks of the registry."""
    from schwifty import IBAN, registry
    from schwifty.exceptions import SchwiftyException

    taken: dict[str, int] = {}
    seen: set[str] = set()
    for entry in sorted(registry.get_all_banks(), key=lambda e: (e.country_code, e.bank_code or "")):
        country, bic, code = entry.country_code, (entry.bic or "")[:8], entry.bank_code or ""
        if not code or bic in seen or taken.get(country, 0) >= IBANS_PER_COUNTRY:
            continue
        try:
            bank_name(bic)
            number = IBAN.generate(country, bank_code=code, account_code="0123456789")
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                number.validate(validate_bban=True)
            same_bank = number.bic is not None and str(number.bic)[:8] == bic
        except (ToolError, SchwiftyException, ValueError, KeyError, UserWarning):
            continue
        if same_bank:
            seen.add(bic)
            taken[country] = taken.get(country, 0) + 1
            yield str(number), number.formatted
