"""Telephone numbering by Google's libphonenumber: countries, kinds of numbers, prefixes, emergency numbers."""

from __future__ import annotations

import re
from typing import Annotated

from dive_assets.toolpool.general.data_sources import PHONENUMBERS
from dive_assets.toolpool.general.entity_types import CALLING_CODE, CallingCode, Country, PhoneNumber
from dive_assets.toolpool.general.gazetteer import name_of
from dive_assets.toolpool.shared.countries import country_code, country_name
from dive_assets.toolpool.shared.data_sources import PYCOUNTRY
from dive_assets.toolpool.shared.entity_types import COUNTRY
from dive_assets.tools.annotations import Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

KINDS = {
    0: "fixed-line",
    1: "mobile",
    2: "fixed-line or mobile",
    3: "toll-free",
    4: "premium-rate",
    5: "shared-cost",
    6: "VoIP",
    7: "personal",
    8: "pager",
    9: "UAN",
}
LIBRARY = "libphonenumber"


class PhoneNumberFacts(Result):
    """What libphonenumber says of a number."""

    country: Annotated[
        str,
        COUNTRY,
        Says(
            (
                f"the country or territory that {LIBRARY} finds for {{phone_number}}",
                f"the country or territory of {{phone_number}} by {LIBRARY}",
            ),
            ask=(f"To which country or territory does {LIBRARY} assign {{phone_number}}?",),
        ),
    ]
    calling_code: Annotated[
        str,
        CALLING_CODE,
        Says(
            ("the country calling code with which {phone_number} begins", "the country calling code of {phone_number}"),
            ask=("With which country calling code does {phone_number} begin?",),
        ),
    ]
    kind: Annotated[
        str,
        Text("the kind of number"),
        Says(
            f"the kind of number that {{phone_number}} is by {LIBRARY}",
            ask=(f"Is {{phone_number}} a fixed-line, a mobile or another kind of number by {LIBRARY}?",),
        ),
    ]
    national_format: Annotated[
        str,
        Text("the number in national format"),
        Says(
            f"the national format of {{phone_number}} by {LIBRARY}",
            ask=(f"How does {LIBRARY} write {{phone_number}} in national format?",),
        ),
    ]


@tool(
    domain="general",
    kind="R",
    sources=[PHONENUMBERS, PYCOUNTRY],
    determinism="snapshot",
    probes=[
        Probe(
            {"phone_number": "+44 20 7946 0123"},
            {
                "/country": "the United Kingdom",
                "/calling_code": "+44",
                "/kind": "fixed-line",
                "/national_format": "020 7946 0123",
            },
            "Ofcom: 020 7946 0 for drama use",
        ),
        Probe(
            {"phone_number": "+254202012345"},
            {"/country": "Kenya", "/national_format": "020 2012345"},
            "ITU E.164 list",
        ),
    ],
)
def phone_number_facts(phone_number: PhoneNumber) -> PhoneNumberFacts:
    """Country, calling code, kind and national format of a telephone number (libphonenumber)."""
    import phonenumbers

    try:
        number = phonenumbers.parse(phone_number)
    except phonenumbers.NumberParseException as error:
        raise ToolError(f"{phone_number!r} is no telephone number in international format") from error
    region = phonenumbers.region_code_for_number(number)
    kind = KINDS.get(phonenumbers.number_type(number))
    if not phonenumbers.is_valid_number(number) or kind is None or region is None or name_of(region) is None:
        raise ToolError(f"{phone_number!r} is no valid number of a country")
    return PhoneNumberFacts(
        country=country_name(region),
        calling_code=f"+{number.country_code}",
        kind=kind,
        national_format=phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL),
    )


class DiallingPlan(Result):
    """Prefixes and emergency numbers of a country."""

    international_prefix: Annotated[
        str | None,
        Text("the digits"),
        Says(
            (
                f"the international call prefix of {{country}} by {LIBRARY}",
                f"the prefix for calls abroad from {{country}} by {LIBRARY}",
            ),
            ask=(f"Which digits come first in an international call from {{country}} by {LIBRARY}?",),
        ),
    ]
    trunk_prefix: Annotated[
        str | None,
        Text("the digits"),
        Says(
            f"the national trunk prefix of {{country}} by {LIBRARY}",
            ask=(f"Which national trunk prefix does {{country}} have by {LIBRARY}?",),
        ),
    ]
    emergency_numbers: Annotated[
        list[Annotated[str, Text("the digits")]],
        Says(
            f"the three-digit emergency numbers of {{country}} by {LIBRARY}",
            ask=(f"Which three-digit numbers reach emergency services in {{country}} by {LIBRARY}?",),
        ),
    ]


@tool(
    domain="general",
    kind="R",
    sources=[PHONENUMBERS, PYCOUNTRY],
    determinism="snapshot",
    probes=[
        Probe(
            {"country": "Germany"},
            {"/international_prefix": "00", "/trunk_prefix": "0", "/emergency_numbers": ["110", "112"]},
            "Bundesnetzagentur; ITU E.123/E.164 national plans",
        ),
        Probe(
            {"country": "the United States"},
            {"/international_prefix": "011", "/trunk_prefix": "1"},
            "North American Numbering Plan",
        ),
        Probe({"country": "Australia"}, {"/international_prefix": "0011", "/trunk_prefix": "0"}, "ACMA numbering plan"),
        Probe(
            {"country": "Japan"}, {"/international_prefix": "010", "/emergency_numbers": ["110", "119"]}, "MIC, Japan"
        ),
    ],
)
def dialling_plan(country: Country) -> DiallingPlan:
    """International and trunk prefixes and three-digit emergency numbers of a country (libphonenumber)."""
    from phonenumbers import PhoneMetadata

    code = country_code(country)
    plan = PhoneMetadata.metadata_for_region(code, None)
    short = PhoneMetadata.short_metadata_for_region(code)
    if plan is None or short is None:
        raise ToolError(f"libphonenumber has no numbering plan of {country!r}")
    prefix = plan.preferred_international_prefix or plan.international_prefix or ""
    pattern = (short.emergency and short.emergency.national_number_pattern) or ""
    numbers = [f"{n:03d}" for n in range(1000)]
    is_emergency = re.compile(pattern).fullmatch
    return DiallingPlan(
        international_prefix=prefix if prefix.isdigit() else None,
        trunk_prefix=plan.national_prefix if plan.national_prefix and plan.national_prefix.isdigit() else None,
        emergency_numbers=[n for n in numbers if pattern and is_emergency(n)],
    )


class CallingCodeUsers(Result):
    """Who shares a calling code."""

    countries: Annotated[
        list[Annotated[str, COUNTRY]],
        Says(
            (
                f"the countries and territories reached by dialling {{calling_code}} in {LIBRARY}'s tables",
                f"the countries and territories that share {{calling_code}} for incoming calls in {LIBRARY}'s tables",
            ),
            ask=(f"Which countries and territories are reached by dialling {{calling_code}} in {LIBRARY}'s tables?",),
        ),
    ]
    main_country: Annotated[
        str,
        COUNTRY,
        Says(
            (
                f"the main country reached by dialling {{calling_code}} in {LIBRARY}'s tables",
                f"the country that {LIBRARY} puts first among those reached by dialling {{calling_code}}",
            ),
            ask=(f"Which is the main country reached by dialling {{calling_code}} in {LIBRARY}'s tables?",),
        ),
    ]


def calling_codes() -> dict[str, list[str]]:
    """Regions of each country calling code, the main one first."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

    return {f"+{code}": list(regions) for code, regions in COUNTRY_CODE_TO_REGION_CODE.items() if regions != ("001",)}


@tool(
    domain="general",
    kind="R",
    sources=[PHONENUMBERS, PYCOUNTRY],
    determinism="snapshot",
    probes=[
        Probe({"calling_code": "+254"}, {"/countries": ["Kenya"], "/main_country": "Kenya"}, "ITU E.164 list"),
        Probe({"calling_code": "+7"}, {"/countries": ["Kazakhstan", "Russia"], "/main_country": "Russia"}, "ITU E.164"),
        Probe({"calling_code": "+47"}, {"/main_country": "Norway"}, "ITU E.164 list"),
    ],
)
def countries_of_calling_code(calling_code: CallingCode) -> CallingCodeUsers:
    """Countries and territories that share a calling code, and the main one of them (libphonenumber)."""
    regions = calling_codes().get(calling_code)
    if not regions or name_of(regions[0]) is None:
        raise ToolError(f"{calling_code} is no country calling code")
    names = {name for region in regions if (name := name_of(region))}
    return CallingCodeUsers(
        countries=sorted(names, key=lambda name: name.removeprefix("the ")), main_country=country_name(regions[0])
    )
