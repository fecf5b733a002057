"""Distances, bearings and areas on the WGS 84 ellipsoid."""

from __future__ import annotations

from typing import Annotated

from dive_assets.toolpool.general.data_sources import GEOGRAPHICLIB
from dive_assets.toolpool.general.entity_types import Coordinates, Place
from dive_assets.toolpool.shared.entity_types import COORDINATES
from dive_assets.tools.annotations import Quantity, Result, Says
from dive_assets.tools.tool import Probe, tool


class GeodesicDistance(Result):
    """Length and first direction of the shortest line on the ellipsoid."""

    distance_km: Annotated[
        float,
        Quantity("kilometer", "kilometres", decimals=0, additive=True),
        Says(
            (
                "the distance as the crow flies from {origin} to {destination}",
                "the geodesic distance between {origin} and {destination}",
            ),
            has="distance as the crow flies from {origin}",
            ask=(
                "How far is it as the crow flies from {origin} to {destination}?",
                "How far apart are {origin} and {destination} as the crow flies?",
            ),
            high="greatest",
            low="smallest",
        ),
    ]
    bearing_deg: Annotated[
        float | None,
        Quantity("degree", "degrees", decimals=1, ratio=False),
        Says(
            (
                "the initial bearing, clockwise from true north, of the shortest route from {origin} to {destination}",
                "the initial true bearing from {origin} to {destination}",
            ),
            ask=("On which initial true bearing does the shortest route from {origin} to {destination} start?",),
        ),
    ]


@tool(
    domain="general",
    also=("transport", "earth"),
    kind="P",
    sources=[GEOGRAPHICLIB],
    probes=[
        Probe(
            {"origin": {"latitude": 0, "longitude": 0}, "destination": {"latitude": 0, "longitude": 1}},
            {"/distance_km": 111.3194908, "/bearing_deg": 90.0},
            "one degree of the WGS 84 equator: 6378.137 km * pi / 180",
        ),
    ],
)
def geodesic_distance(origin: Place, destination: Place) -> GeodesicDistance:
    """Distance and initial bearing from one place to another along the WGS 84 geodesic."""
    from geographiclib.geodesic import Geodesic

    line = Geodesic.WGS84.Inverse(origin.latitude, origin.longitude, destination.latitude, destination.longitude)
    bearing = None if origin == destination else line["azi1"] % 360
    return GeodesicDistance(distance_km=line["s12"] / 1000, bearing_deg=bearing)


class Midpoint(Result):
    """The point halfway along the shortest line."""

    point: Annotated[
        Coordinates,
        COORDINATES,
        Says("the point halfway between {origin} and {destination} on the shortest route"),
    ]
    latitude: Annotated[
        float,
        Quantity("degree", "degrees", decimals=2, ratio=False),
        Says(
            "the latitude (south negative) of the point halfway on the shortest route from {origin} to {destination}",
            ask=("At which latitude (south negative) is the midpoint of the line from {origin} to {destination}?",),
        ),
    ]


@tool(
    domain="general",
    also=("transport", "earth"),
    kind="P",
    sources=[GEOGRAPHICLIB],
    probes=[
        Probe(
            {"origin": {"latitude": 0, "longitude": 0}, "destination": {"latitude": 0, "longitude": 10}},
            {"/point": {"latitude": 0.0, "longitude": 5.0}, "/latitude": 0.0},
            "symmetry of the equator",
        ),
    ],
)
def geodesic_midpoint(origin: Place, destination: Place) -> Midpoint:
    """Midpoint of the WGS 84 geodesic between two places."""
    from geographiclib.geodesic import Geodesic

    start, end = (origin.latitude, origin.longitude), (destination.latitude, destination.longitude)
    line = Geodesic.WGS84.InverseLine(*start, *end)
    middle = line.Position(line.s13 / 2)
    point = Coordinates(latitude=round(middle["lat2"], 5), longitude=round(middle["lon2"], 5))
    return Midpoint(point=point, latitude=point.latitude)


class Triangle(Result):
    """A triangle of geodesics."""

    area_km2: Annotated[
        float,
        Quantity("kilometer**2", "square kilometres", decimals=0),
        Says(
            "the area of the triangle with {first}, {second} and {third} at its corners",
            ask=(
                "How large is the triangle on the Earth's surface with {first}, {second} and {third} at its corners?",
            ),
        ),
    ]
    perimeter_km: Annotated[
        float,
        Quantity("kilometer", "kilometres", decimals=0),
        Says(
            "the length of the round trip from {first} via {second} and {third} back to the start as the crow flies",
            ask=(
                "As the crow flies, how long is a round trip from {first} via {second} and {third} back to the start?",
            ),
        ),
    ]


@tool(
    domain="general",
    also=("transport", "earth"),
    kind="P",
    sources=[GEOGRAPHICLIB],
    probes=[
        Probe(
            {
                "first": {"latitude": 0, "longitude": 0},
                "second": {"latitude": 0, "longitude": 90},
                "third": {"latitude": 90, "longitude": 0},
            },
            {"/area_km2": 63758202.72, "/perimeter_km": 30022.68528},
            "an eighth of the WGS 84 ellipsoid, 510065621.7 km2; quadrants of 10001.96573 and 10018.75417 km",
        ),
    ],
)
def geodesic_triangle(first: Place, second: Place, third: Place) -> Triangle:
    """Area and perimeter of the triangle of WGS 84 geodesics between three places."""
    from geographiclib.geodesic import Geodesic

    polygon = Geodesic.WGS84.Polygon()
    for place in (first, second, third):
        polygon.AddPoint(place.latitude, place.longitude)
    _, perimeter, area = polygon.Compute(False, True)
    return Triangle(area_km2=abs(area) / 1e6, perimeter_km=perimeter / 1000)
