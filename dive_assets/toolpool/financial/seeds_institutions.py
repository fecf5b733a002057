"""More banks, IBANs and countries, and CFI codes to start from."""

import itertools
import re
import warnings
from collections.abc import Iterator

from dive_assets.toolpool.financial.banking import bank_name, bank_names
from dive_assets.toolpool.financial.entity_types import (
    BANK,
    CFI_CODE,
    EXCHANGE_CALENDARS,
    IBAN_NUMBER,
    SCHWIFTY,
    STDNUM,
)
from dive_assets.toolpool.financial.exchange_directory import EXCHANGES
from dive_assets.toolpool.financial.seeds import MIXED_LISTS, banks, ibans, vat_countries
from dive_assets.toolpool.shared.countries import country_name
from dive_assets.toolpool.shared.entity_types import COUNTRY
from dive_assets.tools.errors import ToolError
from dive_assets.tools.seeds import seeds

BANKS_PER_COUNTRY = 320
IBANS_PER_COUNTRY = 60
# Territories that answer few financial questions of their own.
TERRITORIES = {
    "GF",
    "PF",
    "TF",
    "GP",
    "MQ",
    "YT",
    "NC",
    "PM",
    "BL",
    "MF",
    "WF",
    "RE",
    "AX",
    "FK",
    "VG",
    "GG",
    "JE",
    "IM",
}
BANK_WORDS = re.compile(r"\bbank\b|\bbanking\b|\bbuilding society\b|\bbankers\b|bank (plc|limited)", re.IGNORECASE)
NO_BANKS = re.compile(
    r"exchange|securit|insur|broker|invest|asset|payment|fund|capital|trust|nominee|leasing", re.IGNORECASE
)


def _plain(name: str) -> bool:
    """A name that an English question can carry."""
    return 4 <= len(name) <= 42 and name.isprintable() and all(ord(c) < 0x250 and c not in "\"';:()/*" for c in name)


def _is_bank(country: str, name: str) -> bool:
    """Lists of some countries also hold companies of other kinds."""
    if country in {"GB", "AE", "CR", "LT"}:
        return bool(BANK_WORDS.search(name)) and not NO_BANKS.search(name)
    return True


@seeds(entity=BANK, domain="financial", sources=[SCHWIFTY])
def further_banks() -> Iterator[tuple[str, str]]:
    """Banks beyond the first of each country, with a BIC that stands for one plain name."""
    named = {(bic[4:6], name.casefold()) for bic, name in banks.function()}
    taken: dict[str, int] = {}
    for bic in bank_names():
        country = bic[4:6]
        if country in MIXED_LISTS or taken.get(country, 0) >= BANKS_PER_COUNTRY:
            continue
        try:
            name = bank_name(bic)
            country_name(country)
        except ToolError:
            continue
        key = (country, name.casefold())
        if key not in named and _plain(name) and _is_bank(country, name):
            named.add(key)
            taken[country] = taken.get(country, 0) + 1
            yield bic, name


@seeds(entity=IBAN_NUMBER, domain="financial", sources=[SCHWIFTY])
def further_ibans() -> Iterator[tuple[str, str]]:
    """Specimen IBANs, account number 0123456789, at further banks of the registry."""
    from schwifty import IBAN, registry
    from schwifty.exceptions import SchwiftyException

    known = {number for number, _ in ibans.function()}
    taken: dict[str, int] = {}
    seen: set[str] = set()
    for entry in sorted(registry.get_all_banks(), key=lambda e: (e.country_code, e.bank_code or "")):
        country, bic, code = entry.country_code, (entry.bic or "")[:8], entry.bank_code or ""
        if not code or bic in seen or country in MIXED_LISTS or taken.get(country, 0) >= IBANS_PER_COUNTRY:
            continue
        try:
            name = bank_name(bic)
            number = IBAN.generate(country, bank_code=code, account_code="0123456789")
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                number.validate(validate_bban=True)
            same_bank = number.bic is not None and str(number.bic)[:8] == bic
        except (ToolError, SchwiftyException, ValueError, KeyError, UserWarning):
            continue
        if same_bank and str(number) not in known and _is_bank(country, name):
            seen.add(bic)
            taken[country] = taken.get(country, 0) + 1
            yield str(number), number.formatted


@seeds(entity=COUNTRY, domain="financial", sources=[SCHWIFTY, EXCHANGE_CALENDARS])
def financial_countries() -> Iterator[tuple[str, str]]:
    """Countries that issue IBANs or have a stock exchange, beside those with VAT rates."""
    import pycountry
    from schwifty import registry
    from schwifty.exceptions import SchwiftyException

    known = {name for name, _ in vat_countries.function()}
    codes = {country for _, country in EXCHANGES.values()}
    for country in pycountry.countries:
        try:
            if not registry.get_iban_spec(country.alpha_2).aspirational:
                codes.add(country.alpha_2)
        except SchwiftyException:
            continue
    names = {country_name(code) for code in codes - TERRITORIES} - known
    yield from ((name, name) for name in sorted(names))


# Attribute letters that occur in practice, by category and group of ISO 10962.
CFI_PATTERNS = (
    ("ES", "VN", "UT", "FP", "RBN"),
    ("EP", "VN", "RE", "FCP", "RB"),
    ("DB", "FZV", "TGSU", "FGC", "RB"),
    ("DC", "FZ", "GSU", "FGC", "RB"),
    ("DT", "FV", "GSU", "FG", "RB"),
    ("DY", "FZ", "GSU", "F", "RB"),
    ("CE", "OC", "IG", "EBC", "SU"),
    ("CI", "OC", "IGJ", "EBLR", "SU"),
    ("OC", "AE", "SIFC", "PC", "S"),
    ("OP", "AE", "SIFC", "PC", "S"),
    ("FF", "SINC", "PC", "SN", "X"),
    ("FC", "AES", "PC", "SN", "X"),
    ("RW", "BSI", "TNC", "CP", "EA"),
    ("RS", "SPC", "X", "X", "RB"),
)


@seeds(entity=CFI_CODE, domain="financial", sources=[STDNUM])
def cfi_codes() -> Iterator[tuple[str, str]]:
    """CFI codes of usual shares, bonds, funds, options, futures and warrants."""
    from stdnum import cfi

    codes = {group + "".join(letters) for group, *choices in CFI_PATTERNS for letters in itertools.product(*choices)}
    yield from ((code, code) for code in sorted(codes) if cfi.is_valid(code))
