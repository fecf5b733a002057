"""The airportsdata directory: one reading of airports, their cities, countries and elevations."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any

from dive_assets.toolpool.general.entity_types import Coordinates
from dive_assets.toolpool.general.gazetteer import city_record
from dive_assets.toolpool.general.nearness import NearestOf
from dive_assets.toolpool.shared.countries import country_name
from dive_assets.tools.errors import ToolError

CITY_RADIUS_KM = 60.0  # a namesake farther away is another city


@dataclass(frozen=True)
class AirportRecord:
    """One airport; `elevation_ft` is None where the directory has 0, its mark for unknown, and
    `time_zone` is None for names that the IANA database has retired."""

    iata: str
    icao: str
    name: str
    town: str
    country_code: str
    elevation_ft: float | None
    time_zone: str | None
    coordinates: Coordinates


def rough_km(a: Coordinates, b: Coordinates) -> float:
    """Great-circle distance on a sphere, for a first choice of candidates."""
    lat1, lat2 = math.radians(a.latitude), math.radians(b.latitude)
    half = math.radians(a.longitude - b.longitude) / 2
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half) ** 2
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(h)))


def geodesic_km(a: Coordinates, b: Coordinates) -> float:
    """Length of the WGS 84 geodesic."""
    from geographiclib.geodesic import Geodesic

    return Geodesic.WGS84.Inverse(a.latitude, a.longitude, b.latitude, b.longitude)["s12"] / 1000


def _record(row: dict[str, Any]) -> AirportRecord:
    place = Coordinates(latitude=round(row["lat"], 5), longitude=round(row["lon"], 5))
    height = float(row["elevation"]) or None
    zone = row["tz"] if row["tz"] in _zones() else None
    return AirportRecord(row["iata"], row["icao"], row["name"], row["city"], row["country"], height, zone, place)


@cache
def _zones() -> frozenset[str]:
    from importlib.resources import files

    lines = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines()
    return frozenset(line.split("\t")[2] for line in lines if line and not line.startswith("#"))


@cache
def airports() -> dict[str, AirportRecord]:
    """Airports by IATA code."""
    import airportsdata

    return {code: _record(row) for code, row in sorted(airportsdata.load("IATA").items())}


@cache
def by_icao() -> dict[str, AirportRecord]:
    """Airports that have both an ICAO location indicator and an IATA code, by the former."""
    return {a.icao: a for a in airports().values() if len(a.icao) == 4}


@cache
def city_groups() -> dict[str, tuple[str, str, list[str]]]:
    """IATA metropolitan areas with several airports: name, country code, IATA codes."""
    import airportsdata

    found = airportsdata.load_iata_macs()
    return {code: (row["name"], row["country"], sorted(row["airports"])) for code, row in sorted(found.items())}


def airport_record(code: str) -> AirportRecord:
    """An airport by its IATA code. Raises ToolError for an unknown code."""
    found = airports().get(code.strip().upper())
    if found is None:
        raise ToolError(f"unknown airport {code!r}: give its IATA code")
    return found


def country_of(airport: AirportRecord) -> str | None:
    """The country's name; None for codes that ISO 3166-1 lacks."""
    try:
        return country_name(airport.country_code)
    except ToolError:
        return None


@cache
def city_of(airport: AirportRecord) -> str | None:
    """The GeoNames label of the airport's town; None if it is no city of over 15,000 people nearby."""
    country = country_of(airport)
    if not airport.town or country is None:
        return None
    try:
        city = city_record(f"{airport.town}, {country}")
    except ToolError:
        return None
    near = rough_km(city.coordinates, airport.coordinates) <= CITY_RADIUS_KM
    return city.label if city.country_code == airport.country_code and near else None


@cache
def airports_by_country() -> dict[str, list[AirportRecord]]:
    """IATA airports by alpha-2 code of their country."""
    found: dict[str, list[AirportRecord]] = defaultdict(list)
    for airport in airports().values():
        found[airport.country_code].append(airport)
    return dict(found)


@cache
def airports_by_city() -> dict[str, list[AirportRecord]]:
    """IATA airports by the label of their city."""
    found: dict[str, list[AirportRecord]] = defaultdict(list)
    for airport in airports().values():
        if label := city_of(airport):
            found[label].append(airport)
    return dict(found)


@cache
def _airports_on_sphere() -> tuple[list[AirportRecord], NearestOf]:
    known = list(airports().values())
    return known, NearestOf(airport.coordinates for airport in known)


def nearest(place: Coordinates, leave_out: str = "") -> tuple[AirportRecord, float]:
    """The nearest IATA airport and its distance in kilometres. Raises ToolError if two are equally near."""
    known, choice = _airports_on_sphere()
    close = [known[position] for position in choice(place, 3)]
    measured = sorted((geodesic_km(place, a.coordinates), a.iata) for a in close if a.iata != leave_out)
    (distance, code), (second, _) = measured[0], measured[1]
    if second - distance < 0.05:
        raise ToolError("two airport codes are equally near")
    return airports()[code], distance
