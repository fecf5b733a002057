"""US states and counties in Bokeh's simplified Census boundaries of 2009."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from dive_assets.toolpool.earth.data_sources import CENSUS_BOUNDARIES, GEODESICS
from dive_assets.toolpool.earth.entity_types import US_COUNTY, US_STATE, Coordinates, County, State
from dive_assets.toolpool.earth.us_boundaries import (
    area_km2,
    by_rough_area,
    counties_by_state,
    county_record,
    middle,
    state_code,
    states,
)
from dive_assets.toolpool.shared.entity_types import COORDINATES
from dive_assets.tools.annotations import Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

CLEARLY = 1.01  # ratio of two areas that simplified boundaries tell apart
AREA = Quantity("kilometer**2", "square kilometres", 0, additive=True, role="area")


class CountyFacts(Result):
    """Where a county lies and how large it is."""

    area: Annotated[
        float,
        AREA,
        Says(
            (
                "the total area (land and water) of {county} within Bokeh's simplified Census boundaries",
                "the area that Bokeh's simplified Census boundaries of {county} enclose",
            ),
            has="total area within Bokeh's simplified Census boundaries",
            ask=("How large is {county}, water included, within Bokeh's simplified Census boundaries?",),
            high="largest",
            low="smallest",
        ),
    ]
    middle: Annotated[
        Coordinates | None,
        COORDINATES,
        Says(
            (
                "the bounding-box centre of {county} in Bokeh's Census boundaries",
                "the centre of the box that bounds {county} in Bokeh's Census boundaries",
            ),
        ),
    ]
    northern_limit: Annotated[
        float,
        Quantity("degree", "degrees", 2, ratio=False),
        Says(
            "the northernmost latitude of {county} in Bokeh's Census boundaries",
            has="northernmost latitude in Bokeh's Census boundaries",
            ask=("How far north, in degrees of latitude, does {county} reach in Bokeh's Census boundaries?",),
        ),
    ]


@tool(
    domain="earth",
    kind="R",
    sources=[CENSUS_BOUNDARIES, GEODESICS],
    determinism="snapshot",
    probes=[
        Probe({"county": "Story County, Iowa"}, {"/area": 1485.737}),
        Probe({"county": "Harris County, Texas"}, {"/area": 4612.652, "/northern_limit": 30.17037}),
    ],
)
def us_county(county: County) -> CountyFacts:
    """Area and position of a US county (Census boundaries of 2009 in bokeh_sampledata)."""
    from shapely import from_wkb

    record = county_record(county)
    return CountyFacts(
        area=round(area_km2(record.shape), 3),
        middle=middle(record.shape),
        northern_limit=float(from_wkb(record.shape).bounds[3]),
    )


class StateFacts(Result):
    """A state and its counties."""

    county_count: Annotated[
        int,
        Quantity("counties", "counties", 0, additive=True),
        Says(
            (
                "the number of counties and county equivalents of {state} in the Census boundaries of 2009",
                "the number of counties and their equivalents that {state} has in the Census boundaries of 2009",
            ),
            has="number of counties and county equivalents in the Census boundaries of 2009",
            ask=("How many counties and county equivalents does {state} have in the Census boundaries of 2009?",),
        ),
    ]
    largest_county: Annotated[
        str | None,
        US_COUNTY,
        Says(
            (
                "the county (or equivalent) with the largest area, water included, in {state}",
                "the county or equivalent of {state} that is largest by total area",
            ),
            ask=("Which county (or equivalent) of {state} is the largest by area, water included?",),
        ),
    ]
    smallest_county: Annotated[
        str | None,
        US_COUNTY,
        Says(
            "the county (or equivalent) with the smallest area, water included, in {state}",
            ask=("Which county (or equivalent) of {state} is the smallest by area, water included?",),
        ),
    ]
    area: Annotated[
        float,
        AREA,
        Says(
            (
                "the total area of {state}, coastal and inland waters included, within Bokeh's simplified Census "
                "boundaries",
                "the area that Bokeh's simplified Census boundaries of {state} enclose",
            ),
            has="total area within Bokeh's simplified Census boundaries",
            ask=("How large is {state}, all its waters included, within Bokeh's simplified Census boundaries?",),
            high="largest",
            low="smallest",
        ),
    ]
    middle: Annotated[
        Coordinates | None,
        COORDINATES,
        Says(
            (
                "the bounding-box centre of {state} in Bokeh's Census boundaries",
                "the centre of the box that bounds {state} in Bokeh's Census boundaries",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="R",
    sources=[CENSUS_BOUNDARIES, GEODESICS],
    determinism="snapshot",
    probes=[
        Probe(
            {"state": "Arizona"},
            {"/county_count": 15, "/largest_county": "Coconino County, Arizona"},
            "Census Bureau: 15 counties, Coconino the largest",
        ),
        Probe(
            {"state": "California"},
            {"/largest_county": "San Bernardino County, California", "/county_count": 58},
            "Census Bureau: 58 counties",
        ),
    ],
)
def us_state(state: State) -> StateFacts:
    """Counties, area and position of a US state (Census boundaries of 2009 in bokeh_sampledata)."""
    code = state_code(state)
    by_area = by_rough_area(code)
    if len(by_area) < 2:
        raise ToolError(f"{state!r} has no counties to compare")
    (least, smallest), (next_least, _) = by_area[:2]
    (next_most, _), (most, largest) = by_area[-2:]
    shape = states()[code][1]
    return StateFacts(
        county_count=len(by_area),
        largest_county=largest if most > CLEARLY * next_most else None,
        smallest_county=smallest if next_least > CLEARLY * least else None,
        area=round(area_km2(shape), 3),
        middle=middle(shape),
    )


class StateExtent(Result):
    """How far a state reaches."""

    north: Annotated[
        float,
        Quantity("degree", "degrees", 2, ratio=False),
        Says(
            "the northernmost latitude of {state} in Bokeh's Census boundaries",
            has="northernmost latitude in Bokeh's Census boundaries",
            ask=("How far north, in degrees of latitude, does {state} reach in Bokeh's Census boundaries?",),
        ),
    ]
    south: Annotated[
        float,
        Quantity("degree", "degrees", 2, ratio=False),
        Says(
            "the southernmost latitude of {state} in Bokeh's Census boundaries",
            has="southernmost latitude in Bokeh's Census boundaries",
            ask=("How far south, in degrees of latitude, does {state} reach in Bokeh's Census boundaries?",),
        ),
    ]
    west: Annotated[
        float | None,
        Quantity("degree", "degrees", 2, ratio=False),
        Says(
            "the westernmost longitude (west negative) of {state} in Bokeh's Census boundaries",
            has="westernmost longitude (west negative) in Bokeh's Census boundaries",
            ask=("Which is the westernmost longitude (west negative) of {state} in Bokeh's Census boundaries?",),
        ),
    ]
    height: Annotated[
        float,
        Quantity("kilometer", "kilometres", 0),
        Says(
            (
                "the north-south extent of {state} along a WGS 84 meridian in Bokeh's Census boundaries",
                "the distance along a WGS 84 meridian from the southernmost to the northernmost latitude of {state} in "
                "Bokeh's Census boundaries",
            ),
            has="north-south extent along a WGS 84 meridian in Bokeh's Census boundaries",
            ask=(
                "How far does {state} stretch from south to north along a WGS 84 meridian in Bokeh's Census boundaries?",
            ),
            high="greatest",
            low="smallest",
        ),
    ]


@tool(
    domain="earth",
    kind="R",
    sources=[CENSUS_BOUNDARIES, GEODESICS],
    determinism="snapshot",
    probes=[Probe({"state": "Colorado"}, {"/north": 41.00315})],
)
def us_state_extent(state: State) -> StateExtent:
    """Limits and north-south extent of a US state (Census boundaries of 2009 in bokeh_sampledata)."""
    from geographiclib.geodesic import Geodesic
    from shapely import from_wkb

    west, south, east, north = from_wkb(states()[state_code(state)][1]).bounds
    metres = Geodesic.WGS84.Inverse(south, 0, north, 0)["s12"]
    return StateExtent(
        north=float(north),
        south=float(south),
        west=float(west) if east - west < 180 else None,
        height=metres / 1000,
    )


@cache
def _neighbours(code: str) -> list[str]:
    """Names of the states that border the state with a postal abbreviation."""
    from shapely import from_wkb

    shapes = {other: from_wkb(shape) for other, (_, shape) in states().items()}
    touching = [other for other in shapes if other != code and shapes[other].distance(shapes[code]) < 0.002]
    return sorted(states()[other][0] for other in touching if other != "DC")


class StateNeighbours(Result):
    """States that share a border."""

    neighbours: Annotated[
        list[Annotated[str, US_STATE]],
        Says(
            (
                "the US states that border {state}, on land, on water or at a corner, by the Census boundaries",
                "the US states whose Census boundaries touch those of {state}, waters and corners included",
            ),
            ask=("Which US states border {state}, on land, on water or at a corner, by the Census boundaries?",),
        ),
    ]


@tool(
    domain="earth",
    kind="R",
    sources=[CENSUS_BOUNDARIES],
    determinism="snapshot",
    probes=[
        Probe(
            {"state": "Utah"},
            {"/neighbours": ["Arizona", "Colorado", "Idaho", "Nevada", "New Mexico", "Wyoming"]},
            "a map: five neighbours, and New Mexico at Four Corners",
        ),
        Probe({"state": "Maine"}, {"/neighbours": ["New Hampshire"]}, "a map"),
    ],
)
def us_state_neighbours(state: State) -> StateNeighbours:
    """US states that border a state, corners and waters included (Census boundaries in bokeh_sampledata)."""
    names = _neighbours(state_code(state))
    if not names:
        raise ToolError(f"no state borders {state!r}")
    return StateNeighbours(neighbours=names)


class StateCounties(Result):
    """The counties of a state."""

    counties: Annotated[
        list[Annotated[str, US_COUNTY]],
        Says(
            (
                "the county-level divisions of {state} in the Census boundaries of 2009",
                "the counties and county equivalents of {state} in the Census boundaries of 2009",
            ),
            ask=("Which counties and county equivalents does {state} have in the Census boundaries of 2009?",),
        ),
    ]


@tool(
    domain="earth",
    kind="R",
    sources=[CENSUS_BOUNDARIES],
    determinism="snapshot",
    probes=[
        Probe(
            {"state": "Delaware"},
            {"/counties": ["Kent County, Delaware", "New Castle County, Delaware", "Sussex County, Delaware"]},
            "Census Bureau: three counties",
        )
    ],
)
def us_state_counties(state: State) -> StateCounties:
    """Counties and county equivalents of a US state in 2009 (Census boundaries in bokeh_sampledata)."""
    return StateCounties(counties=sorted(record.label for record in counties_by_state()[state_code(state)]))
