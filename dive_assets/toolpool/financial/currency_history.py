"""Which currency a country used when, and what came before it."""

from functools import cache
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.financial.entity_types import Country
from dive_assets.toolpool.financial.exchange_rates import read_date
from dive_assets.toolpool.shared.countries import country_code
from dive_assets.toolpool.shared.data_sources import BABEL, PYCOUNTRY
from dive_assets.toolpool.shared.entity_types import CURRENCY, ISO_DATE
from dive_assets.tools.annotations import Draw, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

AS_OF = "2025-12-31"


@cache
def _tenders(code: str) -> list[tuple[str, str, str]]:
    """Legal tender of a country by CLDR: currency, first day and last day, in order of time."""
    from babel.core import get_global

    found = []
    for currency, start, end, is_tender in get_global("territory_currencies").get(code, []):
        if is_tender and start:
            first = "{:04d}-{:02d}-{:02d}".format(*start)
            last = "{:04d}-{:02d}-{:02d}".format(*end) if end else "9999-12-31"
            found.append((first, currency, last))
    return [(currency, first, last) for first, currency, last in sorted(found)]


def _sole(code: str, date: str, country: str) -> tuple[str, str]:
    """The one currency in use on a day, and the day since when."""
    used = [(currency, first) for currency, first, last in _tenders(code) if first <= date <= last]
    if len(used) != 1:
        listed = ", ".join(currency for currency, _ in used) or "none"
        raise ToolError(f"CLDR gives {country} no single legal tender on {date}: {listed}")
    return used[0]


class CurrencyOnDay(Result):
    """Legal tender on a day."""

    currency: Annotated[
        str,
        CURRENCY,
        Says(
            ("the currency that was legal tender in {country} on {date}", "the currency used in {country} on {date}"),
            ask=("Which currency was legal tender in {country} on {date}?",),
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[BABEL, PYCOUNTRY],
    determinism="snapshot",
    probes=[
        Probe({"country": "Lithuania", "date": "2016-03-01"}, {"/currency": "EUR"}, "ECB: euro since 1 January 2015"),
        Probe({"country": "Poland", "date": "2016-06-24"}, {"/currency": "PLN"}, "Narodowy Bank Polski"),
    ],
)
def currency_on_date(
    country: Country,
    date: Annotated[str, ISO_DATE, Draw.date("2006-01-02", "2025-12-30", weekdays=True), Field(max_length=10)],
) -> CurrencyOnDay:
    """The only legal tender of a country on a day, among the currencies that ISO 4217 still lists (Unicode CLDR)."""
    import pycountry

    day = read_date(date).isoformat()
    if not "1990-01-01" <= day <= AS_OF:
        raise ToolError(f"legal tender is offered from 1990 to {AS_OF}")
    currency, _ = _sole(country_code(country), day, country)
    if pycountry.currencies.get(alpha_3=currency) is None:
        raise ToolError(f"{country} then used {currency}, which ISO 4217 has withdrawn")
    return CurrencyOnDay(currency=currency)


class CurrencyChange(Result):
    """The latest currency reform."""

    introduced: Annotated[
        str,
        ISO_DATE,
        Says(
            (
                "the date of introduction, by Unicode CLDR, of the present currency of {country}",
                "the day since when, by Unicode CLDR, {country} has had its present currency",
            ),
            ask=("Since which day, by Unicode CLDR, has {country} had its present currency?",),
        ),
    ]
    predecessor: Annotated[
        str | None,
        Text("the currency's English name in CLDR"),
        Says(
            (
                "the currency that preceded, by Unicode CLDR, the present currency of {country}",
                "the former currency that, by CLDR, the present currency of {country} replaced",
            ),
            ask=("Which former currency did the present currency of {country} replace, by Unicode CLDR?",),
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[BABEL],
    determinism="snapshot",
    probes=[
        Probe(
            {"country": "Slovakia"},
            {"/introduced": "2009-01-01", "/predecessor": "Slovak Koruna"},
            "ECB: Slovakia adopted the euro on 1 January 2009",
        ),
        Probe(
            {"country": "Brazil"},
            {"/introduced": "1994-07-01", "/predecessor": "Brazilian Cruzeiro (1993–1994)"},
            "Banco Central do Brasil: the real of 1 July 1994 replaced the cruzeiro real",
        ),
    ],
)
def currency_introduction(country: Country) -> CurrencyChange:
    """When a country introduced its present currency, and which one that replaced (Unicode CLDR, end of 2025)."""
    from babel.numbers import get_currency_name

    code = country_code(country)
    currency, first = _sole(code, AS_OF, country)
    if first < "1950":
        raise ToolError(f"CLDR dates the currency of {country} to {first}: such early dates are not reliable")
    before = f"{int(first[:4]) - 1}{first[4:]}"
    earlier = sorted(
        (last, other) for other, start, last in _tenders(code) if other != currency and start < first and last >= before
    )
    tied = len(earlier) > 1 and earlier[-1][0] == earlier[-2][0]
    predecessor = earlier[-1][1] if earlier and not tied else None
    return CurrencyChange(
        introduced=first,
        predecessor=get_currency_name(predecessor, locale="en") if predecessor else None,
    )
