"""Planets, Moon and seasons (JPL ephemeris DE421 with skyfield)."""

import datetime as dt
from functools import cache
from typing import Annotated, Any

from pydantic import Field

from dive_assets.toolpool.academic.data_sources import SKYFIELD, SKYFIELD_DATA
from dive_assets.toolpool.academic.entity_types import CONSTELLATION, PLANET
from dive_assets.toolpool.shared.entity_types import ISO_DATE
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

BODIES = {
    "Mercury": "mercury",
    "Venus": "venus",
    "Mars": "mars",
    "Jupiter": "jupiter barycenter",
    "Saturn": "saturn barycenter",
    "Uranus": "uranus barycenter",
    "Neptune": "neptune barycenter",
}
FIRST_YEAR, LAST_YEAR = 1900, 2052

Date = Annotated[str, ISO_DATE, Draw.date("1950-01-01", "2040-12-31"), Field(pattern=r"^\d{4}-\d\d-\d\d$")]
Planet = Annotated[str, PLANET, Field(description="Mercury, Venus, Mars, Jupiter, Saturn, Uranus or Neptune")]


@cache
def ephemeris() -> tuple[Any, Any]:
    """Ephemeris and time scale, from the packages' own files."""
    import pathlib

    import skyfield_data
    from skyfield.api import Loader

    load = Loader(str(pathlib.Path(skyfield_data.__file__).parent / "data"), expire=False, verbose=False)
    return load("de421.bsp"), load.timescale(builtin=True)


def midnight(date: str) -> Any:
    try:
        day = dt.date.fromisoformat(date)
    except ValueError:
        raise ToolError(f"{date!r} is no date", "invalid_arguments") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ToolError(f"the ephemeris DE421 covers {FIRST_YEAR} to {LAST_YEAR}", "invalid_arguments")
    return ephemeris()[1].utc(day.year, day.month, day.day)


def planet_body(planet: str) -> Any:
    key = BODIES.get(planet.strip().capitalize())
    if key is None:
        raise ToolError(f"unknown planet {planet!r}: one of {', '.join(BODIES)}")
    return ephemeris()[0][key]


def sun_alignments(body: Any, start: Any, end: Any, step_days: float) -> list[tuple[float, int, str]]:
    """Terrestrial time, side of the Sun (0 or 1) that a body changes to, and UTC date of a body's alignments with it."""
    from skyfield import almanac

    side_of_sun = almanac.oppositions_conjunctions(ephemeris()[0], body)

    def side(time: Any) -> Any:
        almanac._fastify(time)  # nutation moves the body and the Sun alike: the short series will do
        return side_of_sun(time)

    side.step_days = step_days  # type: ignore[attr-defined]
    events, sides = almanac.find_discrete(start, end, side)
    return list(zip(events.tt.tolist(), sides.tolist(), events.utc_strftime("%Y-%m-%d"), strict=True))


@cache
def _constellation_finder() -> tuple[Any, dict[str, str]]:
    from skyfield.api import load_constellation_map, load_constellation_names

    return load_constellation_map(), dict(load_constellation_names())


class PlanetView(Result):
    """A planet as seen from Earth."""

    constellation: Annotated[
        str,
        CONSTELLATION,
        Says(
            (
                "the constellation in which {planet} is found at 0h UTC on {date}",
                "the constellation that {planet} occupies at 0h UTC on {date}",
            ),
            ask=("In which constellation does {planet} stand at 0h UTC on {date}?",),
        ),
    ]
    distance: Annotated[
        float,
        Quantity("astronomical_unit", "astronomical units", 3, role="distance in the solar system"),
        Says(
            "the distance of {planet} from Earth at 0h UTC on {date}",
            has="distance from Earth at 0h UTC on {date}",
            ask=("How far from Earth is {planet} at 0h UTC on {date}?",),
            high="greatest",
            low="smallest",
        ),
    ]
    elongation: Annotated[
        float,
        Quantity("degree", "degrees", 1),
        Says(
            "the elongation of {planet} from the Sun at 0h UTC on {date}",
            has="elongation from the Sun at 0h UTC on {date}",
            ask=("At what angle from the Sun does {planet} appear at 0h UTC on {date}?",),
            high="greatest",
            low="smallest",
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[SKYFIELD, SKYFIELD_DATA],
    probes=[
        Probe({"planet": "Mars", "date": "2024-01-01"}, {"/constellation": "Sagittarius"}, "JPL Horizons"),
        Probe({"planet": "Jupiter", "date": "2023-11-03"}, {"/constellation": "Aries"}, "opposition of 2023"),
    ],
)
def planet_view(planet: Planet, date: Date) -> PlanetView:
    """Constellation, distance and elongation of a planet seen from the Earth's centre at 0h UTC (DE421, skyfield)."""
    sky, moment = ephemeris()[0], midnight(date)
    earth = sky["earth"].at(moment)
    apparent = earth.observe(planet_body(planet)).apparent()
    finder, names = _constellation_finder()
    return PlanetView(
        constellation=names[finder(apparent)],
        distance=round(float(apparent.distance().au), 8),
        elongation=round(float(apparent.separation_from(earth.observe(sky["sun"]).apparent()).degrees), 6),
    )


@cache
def _moons(year: int) -> list[tuple[float, bool, str]]:
    """Terrestrial time, whether full rather than new, and UTC date of the moons of a year and the January after."""
    sky, times = ephemeris()
    found = sun_alignments(sky["moon"], times.utc(year), times.utc(year + 1, 2), step_days=7)
    return [(time, side == 0, day) for time, side, day in found]


class MoonView(Result):
    """The Moon on a date and the next full and new moons."""

    illuminated: Annotated[
        float,
        Quantity("percent", "percent", 0),
        Says(
            "the illuminated percentage of the Moon's disc at 0h UTC on {date}",
            ask=("What percentage of the Moon's disc is illuminated at 0h UTC on {date}?",),
        ),
    ]
    constellation: Annotated[
        str,
        CONSTELLATION,
        Says(
            "the constellation in which the Moon is found at 0h UTC on {date}",
            ask=("In which constellation does the Moon stand at 0h UTC on {date}, seen from the Earth's centre?",),
        ),
    ]
    next_full_moon: Annotated[
        str,
        ISO_DATE,
        Says(
            (
                "the date (UTC) of the first full moon after 0h UTC on {date}",
                "the UTC date of the next full moon after 0h UTC on {date}",
            ),
            ask=("On which UTC date does the first full moon after 0h UTC on {date} fall?",),
        ),
    ]
    next_new_moon: Annotated[
        str,
        ISO_DATE,
        Says(
            (
                "the date (UTC) of the first new moon after 0h UTC on {date}",
                "the UTC date of the next new moon after 0h UTC on {date}",
            ),
            ask=("On which UTC date does the first new moon after 0h UTC on {date} fall?",),
        ),
    ]


@tool(
    domain="academic",
    also=("general", "earth"),
    kind="P",
    sources=[SKYFIELD, SKYFIELD_DATA],
    probes=[
        Probe(
            {"date": "2024-01-01"},
            {"/next_new_moon": "2024-01-11", "/next_full_moon": "2024-01-25"},
            "US Naval Observatory",
        ),
    ],
)
def moon_on_date(date: Date) -> MoonView:
    """Illumination and constellation of the Moon at 0h UTC, and the next full and new moon (DE421, skyfield)."""
    from skyfield import almanac

    sky, moment = ephemeris()[0], midnight(date)
    later = [(is_full, day) for time, is_full, day in _moons(int(date[:4])) if time > moment.tt]
    finder, names = _constellation_finder()
    return MoonView(
        illuminated=round(100 * float(almanac.fraction_illuminated(sky, "moon", moment)), 6),
        constellation=names[finder(sky["earth"].at(moment).observe(sky["moon"]).apparent())],
        next_full_moon=next(day for is_full, day in later if is_full),
        next_new_moon=next(day for is_full, day in later if not is_full),
    )


@cache
def _seasons() -> dict[int, list[str]]:
    """UTC dates on which the seasons begin, by year: one search over all years is much faster than one for each."""
    from skyfield import almanac

    sky, times = ephemeris()
    events, _ = almanac.find_discrete(times.utc(FIRST_YEAR), times.utc(LAST_YEAR + 1), almanac.seasons(sky))
    dates: dict[int, list[str]] = {}
    for day in events.utc_strftime("%Y-%m-%d"):
        dates.setdefault(int(day[:4]), []).append(day)
    return dates


class Seasons(Result):
    """Equinoxes and solstices of a year."""

    march_equinox: Annotated[
        str,
        ISO_DATE,
        Says("the UTC date of the March equinox in {year}", ask=("On which UTC date is the March equinox in {year}?",)),
    ]
    june_solstice: Annotated[
        str,
        ISO_DATE,
        Says("the UTC date of the June solstice in {year}", ask=("On which UTC date is the June solstice in {year}?",)),
    ]
    september_equinox: Annotated[
        str,
        ISO_DATE,
        Says(
            "the UTC date of the September equinox in {year}",
            ask=("On which UTC date is the September equinox in {year}?",),
        ),
    ]
    december_solstice: Annotated[
        str,
        ISO_DATE,
        Says(
            "the UTC date of the December solstice in {year}",
            ask=("On which UTC date is the December solstice in {year}?",),
        ),
    ]


@tool(
    domain="academic",
    also=("general", "earth"),
    kind="P",
    sources=[SKYFIELD, SKYFIELD_DATA],
    probes=[
        Probe(
            {"year": 2024},
            {"/march_equinox": "2024-03-20", "/june_solstice": "2024-06-20", "/december_solstice": "2024-12-21"},
            "US Naval Observatory",
        )
    ],
)
def season_dates(
    year: Annotated[int, Draw.integer(1950, 2040, year=True), Field(ge=FIRST_YEAR, le=LAST_YEAR)],
) -> Seasons:
    """UTC dates of the equinoxes and solstices of a year (DE421, skyfield)."""
    march, june, september, december = _seasons()[year]
    return Seasons(march_equinox=march, june_solstice=june, september_equinox=september, december_solstice=december)
