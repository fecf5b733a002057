"""Shapes of US states and counties: Bokeh's simplified Census boundaries of 2009."""

from __future__ import annotations

import json
import math
import sqlite3
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from typing import Any

from dive_assets.toolpool.earth.entity_types import Coordinates
from dive_assets.toolpool.earth.package_data import package_file
from dive_assets.tools.errors import ToolError

TERRITORIES = frozenset({"AS", "GU", "MP", "PR", "VI"})
QUERIES = {
    "us_states": "SELECT metadata, geometry FROM us_states ORDER BY id",
    "us_counties": "SELECT metadata, geometry FROM us_counties ORDER BY id",
}


@dataclass(frozen=True)
class CountyRecord:
    label: str
    state: str
    shape: bytes


def _table(name: str) -> list[tuple[dict[str, str], bytes]]:
    path = package_file("bokeh_sampledata", "_data", "geographic_boundaries.db")
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        rows = connection.execute(QUERIES[name])
        return [(json.loads(metadata), geometry) for metadata, geometry in rows]


@cache
def states() -> dict[str, tuple[str, bytes]]:
    """Name and shape of the states (and the District of Columbia) by postal abbreviation."""
    return {row["code"]: (row["name"], shape) for row, shape in _table("us_states")}


@cache
def counties() -> dict[str, CountyRecord]:
    """Counties of the states by label."""
    found = {}
    for row, shape in _table("us_counties"):
        if row["state"] not in TERRITORIES:
            label = row["detailed_name"]
            found[label] = CountyRecord(label, row["state"], shape)
    return found


@cache
def _labels() -> dict[str, str]:
    return {label.casefold(): label for label in counties()}


def county_record(county: str) -> CountyRecord:
    """A county by its label. Raises ToolError for an unknown one."""
    label = _labels().get(county.strip().casefold())
    if label is None:
        raise ToolError(f"unknown county {county!r}: write 'Story County, Iowa'")
    return counties()[label]


def state_code(state: str) -> str:
    """Postal abbreviation of a state given by name or abbreviation. Raises ToolError for anything else."""
    text = state.strip().casefold().removeprefix("the ")
    for code, (name, _) in states().items():
        if text in (code.casefold(), name.casefold()):
            return code
    raise ToolError(f"unknown US state {state!r}")


@cache
def counties_by_state() -> dict[str, list[CountyRecord]]:
    found: dict[str, list[CountyRecord]] = defaultdict(list)
    for record in counties().values():
        found[record.state].append(record)
    return dict(found)


def _rings(shape: Any) -> list[tuple[int, list[tuple[float, float]]]]:
    """Sign and corners (longitude, latitude) of the outer (+1) and inner (-1) rings of a polygon or multipolygon."""
    parts = [shape] if shape.geom_type == "Polygon" else list(shape.geoms)
    outer = [(1, list(part.exterior.coords)) for part in parts]
    return outer + [(-1, list(ring.coords)) for part in parts for ring in part.interiors]


@cache
def area_km2(wkb: bytes) -> float:
    from geographiclib.geodesic import Geodesic
    from shapely import from_wkb

    total = 0.0
    for sign, corners in _rings(from_wkb(wkb)):
        polygon = Geodesic.WGS84.Polygon()
        for longitude, latitude in corners[:-1]:
            polygon.AddPoint(latitude, longitude)
        total += sign * abs(polygon.Compute(False, True)[2])
    return total / 1e6


def middle(wkb: bytes) -> Coordinates | None:
    """Centre of the box that bounds the shape; None for a shape on both sides of the 180th meridian."""
    from shapely import from_wkb

    west, south, east, north = from_wkb(wkb).bounds
    if east - west > 180:
        return None
    return Coordinates(latitude=round((south + north) / 2, 4), longitude=round((west + east) / 2, 4))


@cache
def by_rough_area(state: str) -> list[tuple[float, str]]:
    """Counties of a state with their plane areas times the cosine of the latitude, smallest first."""
    from shapely import from_wkb

    measured = []
    for record in counties_by_state()[state]:
        shape = from_wkb(record.shape)
        measured.append((shape.area * math.cos(math.radians(shape.centroid.y)), record.label))
    return sorted(measured)
