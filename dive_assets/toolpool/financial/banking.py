"""Banks by BIC, accounts by IBAN, and the IBAN formats of countries."""

from functools import cache
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.financial.entity_types import BANK, IBAN_NUMBER, SCHWIFTY, Country
from dive_assets.toolpool.shared.countries import country_code, country_name
from dive_assets.toolpool.shared.entity_types import COUNTRY
from dive_assets.tools.annotations import Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool


def short_bic(bic: str) -> str:
    """Eight-character form of a BIC; a branch raises ToolError."""
    code = bic.strip().upper()
    if len(code) == 11 and code.endswith("XXX"):
        return code[:8]
    if len(code) != 8:
        raise ToolError(f"{bic!r} is no eight-character BIC of a head office", "invalid_arguments")
    return code


@cache
def bank_names() -> dict[str, list[str]]:
    """Distinct names by eight-character BIC of the head offices in schwifty's bank lists."""
    from schwifty import registry

    found: dict[str, set[str]] = {}
    for entry in registry.get_all_banks():
        bic, name = (entry.bic or "").strip(), " ".join((entry.name or "").split())
        if name and (len(bic) == 8 or (len(bic) == 11 and bic.endswith("XXX"))):
            found.setdefault(bic[:8], set()).add(name)
    return {bic: sorted(names, key=lambda name: (len(name), name)) for bic, names in sorted(found.items())}


def bank_name(bic: str) -> str:
    names = bank_names().get(short_bic(bic))
    if not names:
        raise ToolError(f"no bank with the BIC {bic!r} in the bank lists of schwifty")
    shortest = names[0].casefold()
    if any(not name.casefold().startswith(shortest) for name in names):
        raise ToolError(f"the BIC {bic!r} stands for several banks: {'; '.join(names[:5])}")
    return names[0]


class Bank(Result):
    """Holder of a BIC."""

    country: Annotated[
        str,
        COUNTRY,
        Says(
            ("the country in which {bank} is registered", "the country of {bank}"),
            ask=("In which country is {bank} registered?",),
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[SCHWIFTY],
    determinism="snapshot",
    probes=[
        Probe({"bank": "ABNANL2A"}, {"/country": "the Netherlands"}, "swift.com BIC search"),
        Probe({"bank": "DNBANOKK"}, {"/country": "Norway"}, "swift.com BIC search"),
    ],
)
def bank_by_bic(
    bank: Annotated[str, BANK, Field(description="BIC of a head office, 8 characters", min_length=8, max_length=11)],
) -> Bank:
    """Country of the bank with a BIC (bank lists of the national authorities, in schwifty)."""
    bank_name(bank)
    return Bank(country=country_name(short_bic(bank)[4:6]))


class Account(Result):
    """What an IBAN says."""

    bank: Annotated[
        str | None,
        BANK,
        Says(
            "the bank that keeps the account with the IBAN {iban}",
            ask=("Which bank, by its BIC, keeps the account with the IBAN {iban}?",),
        ),
    ]
    country: Annotated[
        str,
        COUNTRY,
        Says(
            "the country in which the account with the IBAN {iban} is kept",
            ask=("In which country is the account with the IBAN {iban} kept?",),
        ),
    ]
    bank_name: Annotated[
        str | None,
        Text("the bank's name"),
        Says(
            "the name of the bank that keeps the account with the IBAN {iban}",
            ask=("What is the name of the bank that keeps the account with the IBAN {iban}?",),
        ),
    ]
    bank_code: Annotated[
        str,
        Text("the domestic bank code without spaces", role="domestic_bank_code"),
        Says(
            "the domestic bank code contained in {iban}",
            ask=("Which domestic bank code does {iban} contain?",),
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[SCHWIFTY],
    determinism="snapshot",
    probes=[
        Probe(
            {"iban": "NL91ABNA0417164300"},
            {"/bank": "ABNANL2A", "/country": "the Netherlands", "/bank_code": "ABNA"},
            "SWIFT IBAN registry",
        ),
        Probe(
            {"iban": "DE89370400440532013000"}, {"/bank": "COBADEFF", "/bank_code": "37040044"}, "SWIFT IBAN registry"
        ),
    ],
)
def iban_account(
    iban: Annotated[str, IBAN_NUMBER, Field(description="IBAN, spaces allowed", min_length=15, max_length=42)],
) -> Account:
    """Bank, country and domestic bank code of an IBAN (schwifty's registries)."""
    from schwifty import IBAN
    from schwifty.exceptions import SchwiftyException

    try:
        number = IBAN(iban)
        bic = str(number.bic) if number.bic else None
    except SchwiftyException as error:
        raise ToolError(f"{iban!r} is no valid IBAN: {error}", "invalid_arguments") from None
    name = number.bank_name if number.bank_name and number.bank_name.isprintable() else None
    head_office = bic is not None and (len(bic) == 8 or bic.endswith("XXX"))
    return Account(
        bank=bic[:8] if bic is not None and head_office else None,
        country=country_name(number.country_code),
        bank_name=name,
        bank_code=number.bank_code,
    )


class IbanFormat(Result):
    """The national format."""

    length: Annotated[
        int,
        Quantity("characters", "characters", 0, role="iban_length"),
        Says(
            ("the length of an IBAN from {country}", "the number of characters in an IBAN from {country}"),
            has="IBAN length",
            ask=("How many characters does an IBAN from {country} have?",),
            high="greatest",
            low="smallest",
        ),
    ]
    in_sepa: Annotated[
        bool,
        Says(
            "whether {country} is in the Single Euro Payments Area",
            ask=("Is {country} in the Single Euro Payments Area?",),
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[SCHWIFTY],
    determinism="snapshot",
    probes=[
        Probe({"country": "Norway"}, {"/length": 15, "/in_sepa": True}, "SWIFT IBAN registry"),
        Probe({"country": "Malta"}, {"/length": 31, "/in_sepa": True}, "SWIFT IBAN registry"),
    ],
)
def iban_format(country: Country) -> IbanFormat:
    """Length of a country's IBANs and whether it is in SEPA (SWIFT IBAN registry, in schwifty)."""
    from schwifty import registry
    from schwifty.exceptions import SchwiftyException

    try:
        found = registry.get_iban_spec(country_code(country))
    except SchwiftyException:
        found = None
    if found is None or found.aspirational:
        raise ToolError(f"{country!r} issues no IBANs by the SWIFT registry")
    return IbanFormat(length=found.iban_length, in_sepa=bool(found.in_sepa_zone))
