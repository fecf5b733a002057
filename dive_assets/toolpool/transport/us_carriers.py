"""Nonstop routes of US carriers in July 2026, from the Bureau of Transportation Statistics."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Annotated

from dive_assets.toolpool.transport.airport_directory import airport_record, airports, geodesic_km, rough_km
from dive_assets.toolpool.transport.data_sources import AIRPORTSDATA, BTS_ROUTES, GEOGRAPHICLIB
from dive_assets.toolpool.transport.entity_types import (
    AIRPORT,
    FLIGHT_DISTANCE,
    US_AIRLINE,
    US_AIRPORT,
    UsAirline,
    UsAirport,
)
from dive_assets.tools.annotations import Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

# Names of the reporting carriers by IATA code (14 CFR Part 234).
CARRIER_NAMES = {
    "AA": "American Airlines",
    "AS": "Alaska Airlines",
    "B6": "JetBlue",
    "DL": "Delta Air Lines",
    "F9": "Frontier Airlines",
    "G4": "Allegiant Air",
    "MQ": "Envoy Air",
    "OH": "PSA Airlines",
    "OO": "SkyWest Airlines",
    "UA": "United Airlines",
    "WN": "Southwest Airlines",
    "YX": "Republic Airways",
}
RECODED = {"DJT": "PBI"}  # the code under which airportsdata knows Palm Beach


@cache
def routes() -> dict[tuple[str, str], list[str]]:
    """Operating carriers by origin and destination."""
    import csv
    import gzip
    from importlib.metadata import distribution

    path = distribution("bokeh_sampledata").locate_file("bokeh_sampledata/_data/routes.csv.gz")
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    with gzip.open(str(path), "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            ends = (RECODED.get(row["Source"], row["Source"]), RECODED.get(row["Destination"], row["Destination"]))
            found[ends].append(row["Airline"])
    return {ends: sorted(set(codes)) for ends, codes in sorted(found.items()) if set(ends) <= airports().keys()}


@cache
def served() -> dict[str, list[str]]:
    """Destinations by origin."""
    found: dict[str, list[str]] = defaultdict(list)
    for origin, destination in routes():
        found[origin].append(destination)
    return dict(found)


def _served_airport(airport: str) -> str:
    code = airport_record(airport).iata
    if code not in served():
        raise ToolError(f"no US carrier reported nonstop flights from {airport!r} in July 2026")
    return code


def _airline(airline: str) -> str:
    code = airline.strip().upper()
    if code not in CARRIER_NAMES:
        raise ToolError(f"unknown US carrier {airline!r}: give its IATA code")
    return code


class AirportNetwork(Result):
    """Nonstop connections of an airport."""

    destination_count: Annotated[
        int,
        Quantity("airports", "airports", 0),
        Says(
            (
                "the number of airports with nonstop flights from {airport} in the July 2026 US on-time data",
                "the count of nonstop destinations from {airport} in the US on-time data for July 2026",
            ),
            has="number of nonstop destinations in the July 2026 US on-time data",
            ask=("How many airports had nonstop flights from {airport} in the July 2026 US on-time data?",),
            high="largest",
            low="smallest",
        ),
    ]
    airlines: Annotated[
        list[Annotated[str, US_AIRLINE]],
        Says(
            (
                "the operating airlines that flew nonstop from {airport} in the July 2026 US on-time data",
                "the operating airlines serving {airport} in the US on-time data for July 2026",
            ),
            ask=("Which operating airlines flew nonstop from {airport} in the July 2026 US on-time data?",),
        ),
    ]
    farthest_destination: Annotated[
        str,
        AIRPORT,
        Says(
            (
                "the farthest nonstop destination from {airport} in the July 2026 US on-time data",
                "the most distant airport reached nonstop from {airport} in the US on-time data for July 2026",
            ),
            ask=("Which nonstop destination from {airport} was the farthest in the July 2026 US on-time data?",),
        ),
    ]
    nearest_destination: Annotated[
        str,
        US_AIRPORT,
        Says(
            ("the nearest nonstop destination from {airport} in the July 2026 US on-time data",),
            ask=("Which nonstop destination from {airport} was the nearest in the July 2026 US on-time data?",),
        ),
    ]


@tool(
    domain="transport",
    kind="R",
    sources=[BTS_ROUTES, AIRPORTSDATA, GEOGRAPHICLIB],
    determinism="snapshot",
    probes=[
        Probe({"airport": "JFK"}, {"/farthest_destination": "HNL"}, "a globe: Honolulu is the farthest US airport"),
        Probe({"airport": "OGG"}, {"/nearest_destination": "KOA"}, "a map of Hawaii: Kona is nearer than Honolulu"),
    ],
)
def us_airport_network(airport: UsAirport) -> AirportNetwork:
    """Nonstop destinations and operating airlines of a US airport (BTS on-time data, July 2026)."""
    code = _served_airport(airport)
    here = airports()[code].coordinates
    ranked = sorted((geodesic_km(here, airports()[other].coordinates), other) for other in served()[code])
    carriers = {airline for other in served()[code] for airline in routes()[code, other]}
    return AirportNetwork(
        destination_count=len(ranked),
        airlines=sorted(carriers),
        farthest_destination=ranked[-1][1],
        nearest_destination=ranked[0][1],
    )


class RouteCarriers(Result):
    """Who flies a route."""

    airlines: Annotated[
        list[Annotated[str, US_AIRLINE]] | None,
        Says(
            (
                "the operating airlines that flew nonstop from {origin} to {destination} in the July 2026 US on-time data",
            ),
            ask=(
                "Which operating airlines flew nonstop from {origin} to {destination} in the July 2026 US on-time data?",
            ),
        ),
    ]
    nonstop: Annotated[
        bool,
        Says(
            "whether any airline in the July 2026 US on-time data flew nonstop from {origin} to {destination}",
            ask=("Did any airline in the July 2026 US on-time data fly nonstop from {origin} to {destination}?",),
        ),
    ]


@tool(
    domain="transport",
    kind="R",
    sources=[BTS_ROUTES, AIRPORTSDATA],
    determinism="snapshot",
    probes=[
        Probe({"origin": "DAL", "destination": "HOU"}, {"/airlines": ["WN"]}, "Southwest's first route"),
        Probe({"origin": "LGA", "destination": "HNL"}, {"/nonstop": False}, "LaGuardia's perimeter rule of 1500 miles"),
    ],
)
def us_route_airlines(origin: UsAirport, destination: UsAirport) -> RouteCarriers:
    """Operating airlines of a nonstop US route (BTS on-time data, July 2026)."""
    found = routes().get((_served_airport(origin), _served_airport(destination)), [])
    return RouteCarriers(airlines=found or None, nonstop=bool(found))


@cache
def _flown(code: str) -> list[tuple[str, str]]:
    """Origins and destinations of a carrier's routes."""
    return [ends for ends, carriers in routes().items() if code in carriers]


@cache
def _longest_km(code: str) -> float:
    """Length of a carrier's longest route."""
    ends = [(airports()[a].coordinates, airports()[b].coordinates) for a, b in _flown(code)]
    return max(geodesic_km(a, b) for a, b in sorted(ends, key=lambda pair: -rough_km(*pair))[:20])


class AirlineNetwork(Result):
    """The network of a US airline."""

    airport_count: Annotated[
        int,
        Quantity("airports", "airports", 0),
        Says(
            (
                "the number of airports from which {airline} operated nonstop flights in the July 2026 US on-time data",
                "the count of airports served by {airline} in the US on-time data for July 2026",
            ),
            has="number of airports served in the July 2026 US on-time data",
            ask=("How many airports did {airline} serve in the July 2026 US on-time data?",),
            high="largest",
            low="smallest",
        ),
    ]
    busiest_base: Annotated[
        str | None,
        AIRPORT,
        Says(
            (
                "the airport with the most nonstop destinations of {airline} in the July 2026 US on-time data",
                "the base with most nonstop destinations of {airline} in the US on-time data for July 2026",
            ),
            ask=(
                "From which airport did {airline} fly to most nonstop destinations in the July 2026 US on-time data?",
            ),
        ),
    ]
    longest_route_nm: Annotated[
        float,
        FLIGHT_DISTANCE,
        Says(
            (
                "the length of the longest nonstop route of {airline} in the July 2026 US on-time data",
                "the distance of the longest nonstop flight by {airline} in the US on-time data for July 2026",
            ),
            has="maximum length of a nonstop route in the July 2026 US on-time data",
            ask=("How long was the longest nonstop route of {airline} in the July 2026 US on-time data?",),
            high="greatest",
            low="smallest",
        ),
    ]


@tool(
    domain="transport",
    kind="R",
    sources=[BTS_ROUTES, AIRPORTSDATA, GEOGRAPHICLIB],
    determinism="snapshot",
    probes=[
        Probe({"airline": "DL"}, {"/busiest_base": "ATL"}, "Delta's hub"),
        Probe({"airline": "AA"}, {"/busiest_base": "DFW"}, "American's hub"),
        Probe({"airline": "AS"}, {"/busiest_base": "SEA"}, "Alaska Airlines' hub"),
    ],
)
def us_airline_network(airline: UsAirline) -> AirlineNetwork:
    """Airports served by a US carrier and its base with most destinations (BTS on-time data, July 2026)."""
    code = _airline(airline)
    counts: dict[str, int] = defaultdict(int)
    for origin, _ in _flown(code):
        counts[origin] += 1
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    base = None if len(ranked) > 1 and ranked[0][1] == ranked[1][1] else ranked[0][0]
    return AirlineNetwork(airport_count=len(ranked), busiest_base=base, longest_route_nm=_longest_km(code) / 1.852)


class AirlineStation(Result):
    """What an airline flies from one airport."""

    destination_count: Annotated[
        int,
        Quantity("airports", "airports", 0),
        Says(
            ("the number of nonstop destinations of {airline} from {airport} in the July 2026 US on-time data",),
            has="number of nonstop destinations of {airline} in the July 2026 US on-time data",
            ask=(
                "To how many airports did {airline} operate nonstop flights from {airport} in the July 2026 US on-time data?",
            ),
            high="largest",
            low="smallest",
        ),
    ]


@tool(
    domain="transport",
    kind="R",
    sources=[BTS_ROUTES, AIRPORTSDATA],
    determinism="snapshot",
    probes=[Probe({"airline": "WN", "airport": "JFK"}, {"/destination_count": 0}, "Southwest does not serve Kennedy")],
)
def us_airline_station(airline: UsAirline, airport: UsAirport) -> AirlineStation:
    """Number of nonstop destinations of a US carrier from an airport (BTS on-time data, July 2026)."""
    code, origin = _airline(airline), _served_airport(airport)
    return AirlineStation(destination_count=sum(code in routes()[origin, d] for d in served()[origin]))
