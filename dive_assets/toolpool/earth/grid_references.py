"""Grid references of places: UTM, geohash, Plus Code, antipode."""

from __future__ import annotations

from typing import Annotated

from dive_assets.toolpool.earth.data_sources import OPEN_LOCATION_CODE
from dive_assets.toolpool.earth.entity_types import Coordinates, Place
from dive_assets.toolpool.shared.data_sources import STANDARD_LIBRARY
from dive_assets.toolpool.shared.entity_types import COORDINATES
from dive_assets.tools.annotations import Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

GEOHASH_ALPHABET = "0123456789bcdefghjkmnpqrstuvwxyz"
LATITUDE_BANDS = "CDEFGHJKLMNPQRSTUVWXX"


class UtmZone(Result):
    """The UTM grid zone."""

    zone: Annotated[
        int,
        Quantity("", "", 0, ratio=False, comparable=False),
        Says(
            ("the number of the UTM zone of {place}", "the UTM zone number in which {place} lies"),
            ask=("What is the number of the UTM zone in which {place} lies?",),
        ),
    ]
    grid_zone: Annotated[
        str,
        Text("the UTM zone number with its latitude band letter"),
        Says(
            "the UTM grid zone designation (number and band letter) of {place}",
            ask=("In which UTM grid zone (number and band letter) does {place} lie?",),
        ),
    ]
    central_meridian: Annotated[
        int,
        Quantity("degree", "degrees", 0, ratio=False),
        Says(
            "the central meridian (west negative) of the UTM zone of {place}",
            ask=("Which central meridian (west negative) has the UTM zone of {place}?",),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"place": {"latitude": -1.28333, "longitude": 36.81667}},
            {"/zone": 37, "/grid_zone": "37M", "/central_meridian": 39},
            "UTM zone of Nairobi: 37M",
        ),
        Probe({"place": {"latitude": 60.39, "longitude": 5.32}}, {"/grid_zone": "32V"}, "Bergen: widened zone 32V"),
        Probe({"place": {"latitude": 78.22, "longitude": 15.65}}, {"/grid_zone": "33X"}, "Longyearbyen: zone 33X"),
    ],
)
def utm_zone(place: Place) -> UtmZone:
    """UTM zone, with the exceptions of Norway and Svalbard, and its central meridian (DMA TM 8358.2)."""
    latitude, longitude = place.latitude, place.longitude
    if not -80 <= latitude < 84:
        raise ToolError("UTM covers latitudes from 80° south to 84° north", "invalid_arguments")
    zone = min(60, int((longitude + 180) // 6) + 1)
    if 56 <= latitude < 64 and 3 <= longitude < 12:
        zone = 32
    elif latitude >= 72 and 0 <= longitude < 42:
        zone = next(number for limit, number in ((9, 31), (21, 33), (33, 35), (42, 37)) if longitude < limit)
    band = LATITUDE_BANDS[int((latitude + 80) // 8)]
    return UtmZone(zone=zone, grid_zone=f"{zone}{band}", central_meridian=6 * zone - 183)


class GridCodes(Result):
    """Short codes of a place."""

    geohash: Annotated[
        str,
        Text("the six-character geohash"),
        Says(
            ("the six-character geohash of {place}", "the geohash of {place} with six characters"),
            ask=("What is the six-character geohash of {place}?",),
        ),
    ]
    plus_code: Annotated[
        str,
        Text("the full Plus Code with eight digits before the plus sign and none behind"),
        Says(
            "the full Plus Code of {place} with eight digits and nothing behind the plus sign",
            ask=("What is the eight-digit Plus Code of {place}, with nothing behind the plus sign?",),
        ),
    ]


def _geohash(latitude: float, longitude: float, length: int) -> str:
    """Niemeyer's geohash: bits of longitude and latitude by turns, five to a character."""
    ranges = [[-180.0, 180.0], [-90.0, 90.0]]
    values = (longitude, latitude)
    bits = 0
    for position in range(5 * length):
        axis = ranges[position % 2]
        middle = (axis[0] + axis[1]) / 2
        upper = values[position % 2] >= middle
        axis[0 if upper else 1] = middle
        bits = bits << 1 | upper
    return "".join(GEOHASH_ALPHABET[bits >> 5 * (length - 1 - i) & 31] for i in range(length))


@tool(
    domain="earth",
    kind="P",
    sources=[OPEN_LOCATION_CODE],
    probes=[
        Probe(
            {"place": {"latitude": 57.64911, "longitude": 10.40744}},
            {"/geohash": "u4pruy"},
            "geohash.org: u4pruydqqvj for 57.64911, 10.40744",
        ),
        Probe(
            {"place": {"latitude": 47.36559, "longitude": 8.524997}},
            {"/plus_code": "8FVC9G8F+"},
            "README of google/open-location-code: 8FVC9G8F+6X",
        ),
    ],
)
def grid_codes(place: Place) -> GridCodes:
    """Six-character geohash (Niemeyer 2008) and eight-digit Plus Code (openlocationcode) of a place."""
    from openlocationcode import openlocationcode

    return GridCodes(
        geohash=_geohash(place.latitude, place.longitude, 6),
        plus_code=openlocationcode.encode(place.latitude, place.longitude, 8),
    )


class Antipode(Result):
    """The point on the other side of the Earth."""

    antipode: Annotated[
        Coordinates,
        COORDINATES,
        Says(("the antipode of {place}", "the point on the Earth diametrically opposite to {place}")),
    ]
    longitude: Annotated[
        float,
        Quantity("degree", "degrees", 2, ratio=False),
        Says(
            "the longitude (west negative) of the antipode of {place}",
            ask=("On which longitude (west negative) is the antipode of {place}?",),
        ),
    ]
    latitude: Annotated[
        float,
        Quantity("degree", "degrees", 2, ratio=False),
        Says(
            "the latitude (south negative) of the antipode of {place}",
            ask=("On which latitude (south negative) is the antipode of {place}?",),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"place": {"latitude": 40.4, "longitude": -3.7}},
            {"/antipode": {"latitude": -40.4, "longitude": 176.3}, "/longitude": 176.3},
            "Madrid's antipode is near Weber in New Zealand",
        )
    ],
)
def antipode(place: Place) -> Antipode:
    """The diametrically opposite point: latitude negated, longitude turned by 180 degrees."""
    longitude = place.longitude - 180 if place.longitude > 0 else place.longitude + 180
    point = Coordinates(latitude=-place.latitude + 0.0, longitude=round(longitude, 5))
    return Antipode(antipode=point, longitude=point.longitude, latitude=point.latitude)
