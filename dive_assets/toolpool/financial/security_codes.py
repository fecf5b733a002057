"""Securities identifiers: CUSIP and ISIN check digits and CFI codes."""

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.financial.entity_types import CFI_CODE, STDNUM
from dive_assets.tools.annotations import Draw, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

CUSIP = Text("the nine-character CUSIP", role="CUSIP")


class Cusip(Result):
    """A base with its check digit."""

    cusip: Annotated[
        str,
        CUSIP,
        Says(
            (
                "the complete CUSIP with the eight-character base {base}",
                "the CUSIP formed by {base} and its check digit",
            ),
            ask=("Which nine-character CUSIP do the base {base} and its check digit form?",),
        ),
    ]
    check_digit: Annotated[
        str,
        Text("the check digit"),
        Says(
            ("the check digit of the CUSIP with the base {base}",),
            ask=("Which check digit completes the CUSIP with the base {base}?",),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[STDNUM],
    probes=[
        Probe({"base": "03783310"}, {"/cusip": "037833100", "/check_digit": "0"}, "Apple's CUSIP 037833100"),
        Probe({"base": "59491810"}, {"/cusip": "594918104"}, "Microsoft's CUSIP 594918104"),
    ],
)
def cusip_number(
    base: Annotated[str, Draw.sequence("0123456789", 8, 8), Field(pattern=r"^[0-9A-Z]{8}$")],
) -> Cusip:
    """CUSIP with its modulus-10 double-add-double check digit (python-stdnum)."""
    from stdnum import cusip

    digit = cusip.calc_check_digit(base)
    return Cusip(cusip=base + digit, check_digit=digit)


class Isin(Result):
    """The international number."""

    isin: Annotated[
        str,
        Text("the twelve-character ISIN", role="ISIN"),
        Says(
            ("the ISIN of the {country} security identified by {cusip}",),
            ask=("Which ISIN does the {country} security identified by {cusip} have?",),
        ),
    ]
    check_digit: Annotated[
        str,
        Text("the check digit"),
        Says(
            ("the check digit of the ISIN of the {country} security identified by {cusip}",),
            ask=("With which check digit does the ISIN of the {country} security identified by {cusip} end?",),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[STDNUM],
    probes=[
        Probe({"country": "US", "cusip": "037833100"}, {"/isin": "US0378331005", "/check_digit": "5"}, "Apple's ISIN"),
        Probe({"country": "US", "cusip": "594918104"}, {"/isin": "US5949181045"}, "Microsoft's ISIN"),
    ],
)
def cusip_isin(
    country: Annotated[str, Draw.choice({"US": "US", "CA": "Canadian"}), Field(pattern=r"^(US|CA)$")],
    cusip: Annotated[str, CUSIP, Field(pattern=r"^[0-9A-Z]{9}$")],
) -> Isin:
    """ISIN of a US or Canadian security from its CUSIP (ISO 6166, by python-stdnum)."""
    from stdnum import cusip as numbers
    from stdnum import isin

    if not numbers.is_valid(cusip):
        raise ToolError(f"{cusip!r} is no CUSIP: its check digit is wrong", "invalid_arguments")
    number = isin.from_natid(country, cusip)
    return Isin(isin=number, check_digit=number[-1])


class Classification(Result):
    """What a CFI code says."""

    category: Annotated[
        str,
        Text("the category's name in ISO 10962"),
        Says(
            ("the category that the CFI standard, ISO 10962, assigns to {cfi}", "the ISO 10962 category of {cfi}"),
            ask=("To which category of instruments does the CFI standard, ISO 10962, assign {cfi}?",),
        ),
    ]
    group: Annotated[
        str,
        Text("the group's name in ISO 10962"),
        Says(
            ("the group that the CFI standard, ISO 10962, assigns to {cfi}", "the ISO 10962 group of {cfi}"),
            ask=("To which group of instruments does the CFI standard, ISO 10962, assign {cfi}?",),
        ),
    ]
    form: Annotated[
        str | None,
        Text("the form's name in ISO 10962"),
        Says(
            ("the form of security, such as bearer or registered, that ISO 10962 expresses by {cfi}",),
            ask=("Which form of security, such as bearer or registered, does {cfi} express by ISO 10962?",),
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[STDNUM],
    determinism="snapshot",
    probes=[
        Probe(
            {"cfi": "ESVUFR"},
            {"/category": "Equities", "/group": "Common/ordinary shares", "/form": "Registered"},
            "ISO 10962: ordinary voting, free, fully paid, registered",
        ),
        Probe(
            {"cfi": "DBFTFB"},
            {"/category": "Debt instruments", "/group": "Bonds", "/form": "Bearer"},
            "ISO 10962: fixed rate, government guarantee, fixed maturity, bearer",
        ),
    ],
)
def cfi_classification(
    cfi: Annotated[str, CFI_CODE, Field(description="Six letters of ISO 10962", pattern=r"^[A-Z]{6}$")],
) -> Classification:
    """Category, group and form that a CFI code stands for (ISO 10962, by python-stdnum)."""
    from stdnum import cfi as codes

    if not codes.is_valid(cfi):
        raise ToolError(f"{cfi!r} is no CFI code of ISO 10962", "invalid_arguments")
    found = codes.info(cfi)
    return Classification(category=found["category"], group=found["group"], form=found.get("Form"))
