"""What BICs and IBANs consist of, and the IBAN of a domestic account."""

import warnings
from functools import cache
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.financial.banking import bank_name, short_bic
from dive_assets.toolpool.financial.entity_types import BANK, IBAN_NUMBER, SCHWIFTY
from dive_assets.toolpool.shared.countries import country_name
from dive_assets.tools.annotations import Draw, Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

UNKNOWN_PARTS = {"branch_code", "account_id", "account_type", "account_holder_id", "currency_code"}
Bank = Annotated[str, BANK, Field(description="BIC of a head office, 8 characters", min_length=8, max_length=11)]


@cache
def _domestic_codes() -> dict[str, list[str]]:
    """Domestic bank codes by eight-character BIC, of the bank's own country."""
    from schwifty import registry

    found: dict[str, set[str]] = {}
    for entry in registry.get_all_banks():
        bic = (entry.bic or "").strip()
        if entry.bank_code and len(bic) in (8, 11) and entry.country_code == bic[4:6]:
            found.setdefault(bic[:8], set()).add(entry.bank_code)
    return {bic: sorted(codes) for bic, codes in found.items()}


class BankCodes(Result):
    """Parts of a BIC and the codes behind it."""

    party_prefix: Annotated[
        str,
        Text("the four letters"),
        Says(
            ("the business party prefix in the BIC of {bank}", "the four-letter institution code in the BIC of {bank}"),
            ask=("Which four-letter institution code opens the BIC of {bank}?",),
        ),
    ]
    location: Annotated[
        str,
        Text("the two characters"),
        Says(
            ("the two-character location code in the BIC of {bank}", "the location suffix in the BIC of {bank}"),
            ask=("Which two-character location code does the BIC of {bank} contain?",),
        ),
    ]
    domestic_code: Annotated[
        str | None,
        Text("the domestic bank code without spaces"),
        Says(
            ("the domestic bank code of {bank}", "the national clearing code of {bank} in schwifty's bank lists"),
            ask=("Under which single domestic bank code is {bank} listed?",),
        ),
    ]
    domestic_codes: Annotated[
        int,
        Quantity("bank codes", "bank codes", 0, additive=True, role="number_of_bank_codes"),
        Says(
            "the number of domestic bank codes listed for {bank} in schwifty",
            has="number of domestic bank codes in schwifty's lists",
            ask=("How many domestic bank codes does schwifty list for {bank}?",),
            high="largest",
            low="smallest",
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[SCHWIFTY],
    determinism="snapshot",
    probes=[
        Probe(
            {"bank": "ABNANL2A"},
            {"/party_prefix": "ABNA", "/location": "2A", "/domestic_code": "ABNA", "/domestic_codes": 1},
            "De Nederlandsche Bank, list of BICs",
        ),
        Probe({"bank": "DNBANOKK"}, {"/party_prefix": "DNBA", "/location": "KK", "/domestic_code": None}),
    ],
)
def bank_codes(bank: Bank) -> BankCodes:
    """Parts of a bank's BIC and its domestic bank codes (ISO 9362; national bank lists, in schwifty)."""
    bank_name(bank)
    code = short_bic(bank)
    codes = _domestic_codes().get(code, [])
    if not codes:
        raise ToolError(f"no domestic bank code is listed for {bank!r}")
    return BankCodes(
        party_prefix=code[:4],
        location=code[6:8],
        domestic_code=codes[0] if len(codes) == 1 else None,
        domestic_codes=len(codes),
    )


class IbanParts(Result):
    """Sections of an IBAN."""

    check_digits: Annotated[
        str,
        Text("the two digits"),
        Says(
            ("the check digits of {iban}", "the two ISO 7064 check digits in {iban}"),
            ask=("Which two check digits does {iban} carry?",),
        ),
    ]
    account_number: Annotated[
        str,
        Text("the account number without spaces"),
        Says(
            ("the account number contained in {iban}",),
            ask=("Which account number does {iban} contain?",),
        ),
    ]
    length: Annotated[
        int,
        Quantity("characters", "characters", 0, role="iban_length"),
        Says(
            ("the number of characters in {iban}, spaces not counted",),
            ask=("How many characters, without spaces, does {iban} have?",),
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[SCHWIFTY],
    determinism="snapshot",
    probes=[
        Probe(
            {"iban": "DE89370400440532013000"},
            {"/check_digits": "89", "/account_number": "0532013000", "/length": 22},
            "SWIFT IBAN registry",
        ),
        Probe(
            {"iban": "NL91ABNA0417164300"},
            {"/check_digits": "91", "/account_number": "0417164300"},
            "SWIFT IBAN registry",
        ),
    ],
)
def iban_parts(
    iban: Annotated[str, IBAN_NUMBER, Field(description="IBAN, spaces allowed", min_length=15, max_length=42)],
) -> IbanParts:
    """Check digits, account number and length of an IBAN (ISO 13616, by schwifty)."""
    from schwifty import IBAN
    from schwifty.exceptions import SchwiftyException

    try:
        number = IBAN(iban)
    except SchwiftyException as error:
        raise ToolError(f"{iban!r} is no valid IBAN: {error}", "invalid_arguments") from None
    return IbanParts(
        check_digits=number.checksum_digits,
        account_number=number.account_code,
        length=len(number),
    )


class AccountIban(Result):
    """A domestic account abroad."""

    iban: Annotated[
        str,
        IBAN_NUMBER,
        Says(
            "the IBAN of account number {account}, padded with zeros to the national length, at {bank}",
            ask=(
                "Padding it with zeros to the national length, which IBAN does account number {account} at {bank} have?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[SCHWIFTY],
    determinism="snapshot",
    probes=[
        Probe({"bank": "ABNANL2A", "account": "417164300"}, {"/iban": "NL91ABNA0417164300"}, "SWIFT IBAN registry"),
        Probe(
            {"bank": "BCEELULL", "account": "1234567"}, {"/iban": "LU580010000001234567"}, "ISO 7064 MOD 97-10 by hand"
        ),
    ],
)
def account_iban(
    account: Annotated[str, Draw.sequence("123456789", 7, 7), Field(pattern=r"^\d{1,16}$")], bank: Bank
) -> AccountIban:
    """IBAN of an account at a bank with one domestic code, where IBANs carry no branch code (schwifty)."""
    from schwifty import IBAN, registry
    from schwifty.exceptions import SchwiftyException

    bank_name(bank)
    code = short_bic(bank)
    country, codes = code[4:6], _domestic_codes().get(code, [])
    if len(codes) != 1:
        raise ToolError(f"{bank!r} has {len(codes)} domestic bank codes: the IBAN would not be unique")
    spec = registry.get_iban_spec(country)
    if any(part.end > part.start for name, part in spec.positions.items() if name.value in UNKNOWN_PARTS):
        raise ToolError(f"IBANs of {country_name(country)} hold more than a bank code and an account number")
    try:
        number = IBAN.generate(country, bank_code=codes[0], account_code=account)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            number.validate(validate_bban=True)
    except (SchwiftyException, ValueError, KeyError) as error:
        raise ToolError(f"{account!r} is no valid account number at {bank!r}: {error}", "invalid_arguments") from None
    return AccountIban(iban=str(number))
