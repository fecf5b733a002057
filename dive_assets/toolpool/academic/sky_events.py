"""Oppositions, eclipses and what rises at a latitude (JPL ephemeris DE421 with skyfield, spherical astronomy)."""

import math
from functools import cache
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.academic.data_sources import PUBLISHED_FORMULA, SKYFIELD, SKYFIELD_DATA
from dive_assets.toolpool.academic.solar_system import (
    FIRST_YEAR,
    Date,
    Planet,
    ephemeris,
    midnight,
    planet_body,
    sun_alignments,
)
from dive_assets.toolpool.shared.entity_types import ISO_DATE
from dive_assets.tools.annotations import Draw, Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

SYNODIC_LIMIT_DAYS = 800
EPHEMERIS_END = 2_471_000.5
TOTAL_ECLIPSE = 2
INFERIOR_PLANETS = ("Mercury", "Venus")


@cache
def _alignments(planet: str, decade: int) -> list[tuple[float, bool, str]]:
    """Terrestrial time, whether in opposition rather than in conjunction, and UTC date, to three years past a decade."""
    times = ephemeris()[1]
    end = times.tt_jd(min(times.utc(decade + 13).tt, EPHEMERIS_END))
    found = sun_alignments(planet_body(planet), times.utc(decade), end, step_days=40)
    return [(time, side == 1 and planet not in INFERIOR_PLANETS, day) for time, side, day in found]


@cache
def _lunar_eclipses() -> list[tuple[float, int, str]]:
    """Terrestrial time, kind (0 penumbral, 1 partial, 2 total) and UTC date, from 1900 on."""
    from skyfield import eclipselib

    sky, times = ephemeris()
    events, kinds, _ = eclipselib.lunar_eclipses(times.utc(FIRST_YEAR), times.tt_jd(EPHEMERIS_END), sky)
    return list(zip(events.tt.tolist(), kinds.tolist(), events.utc_strftime("%Y-%m-%d"), strict=True))


class Alignments(Result):
    """The next opposition and conjunction of a planet."""

    opposition: Annotated[
        str | None,
        ISO_DATE,
        Says(
            (
                "the UTC date of the first opposition of {planet} after 0h UTC on {date}",
                "the UTC date of the next opposition in ecliptic longitude of {planet} after 0h UTC on {date}",
            ),
            ask=("On which UTC date does {planet} come to its first opposition after 0h UTC on {date}?",),
        ),
    ]
    conjunction: Annotated[
        str,
        ISO_DATE,
        Says(
            (
                "the UTC date of the first conjunction of {planet} with the Sun after 0h UTC on {date}",
                "the UTC date of the next conjunction in ecliptic longitude of {planet} with the Sun after 0h UTC on "
                "{date}",
            ),
            ask=(
                "On which UTC date is {planet} first in conjunction with the Sun, in ecliptic longitude, after 0h UTC "
                "on {date}?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[SKYFIELD, SKYFIELD_DATA],
    probes=[
        Probe({"planet": "Mars", "date": "2024-06-01"}, {"/opposition": "2025-01-16"}, "Meeus' series in PyMeeus"),
        Probe({"planet": "Jupiter", "date": "2024-06-01"}, {"/opposition": "2024-12-07"}, "JPL Horizons"),
        Probe(
            {"planet": "Venus", "date": "2024-01-01"},
            {"/opposition": None, "/conjunction": "2024-06-04"},
            "superior conjunction of 4 June 2024",
        ),
    ],
)
def next_planet_alignments(planet: Planet, date: Date) -> Alignments:
    """UTC dates of a planet's next opposition and conjunction in ecliptic longitude (DE421, skyfield)."""
    planet_body(planet)
    name, start = planet.strip().capitalize(), midnight(date).tt
    known = _alignments(name, int(date[:4]) // 10 * 10)
    events = [(is_opposition, day) for time, is_opposition, day in known if 0 < time - start <= SYNODIC_LIMIT_DAYS]
    opposition = next((day for is_opposition, day in events if is_opposition), None)
    conjunction = next((day for is_opposition, day in events if not is_opposition), None)
    if conjunction is None or (opposition is None and name not in INFERIOR_PLANETS):
        raise ToolError("the ephemeris DE421 ends before that event", "invalid_arguments")
    return Alignments(opposition=opposition, conjunction=conjunction)


class LunarEclipse(Result):
    """The next eclipses of the Moon."""

    umbral: Annotated[
        str,
        ISO_DATE,
        Says(
            (
                "the UTC date of the first lunar eclipse after 0h UTC on {date} that is partial or total",
                "the UTC date of the next partial or total lunar eclipse after 0h UTC on {date}",
            ),
            ask=(
                "On which UTC date is the greatest phase of the next partial or total lunar eclipse after 0h UTC on "
                "{date}?",
            ),
        ),
    ]
    total: Annotated[
        str,
        ISO_DATE,
        Says(
            (
                "the UTC date of the first total lunar eclipse after 0h UTC on {date}",
                "the UTC date on which the Moon is next totally eclipsed after 0h UTC on {date}",
            ),
            ask=("On which UTC date is the greatest phase of the first total lunar eclipse after 0h UTC on {date}?",),
        ),
    ]
    kind: Annotated[
        str,
        Text("'partial' or 'total'"),
        Says(
            ("the kind (partial or total) of the first umbral lunar eclipse after 0h UTC on {date}",),
            ask=("Is the first lunar eclipse in the umbra after 0h UTC on {date} partial or total?",),
        ),
    ]


@tool(
    domain="academic",
    also=("general",),
    kind="P",
    sources=[SKYFIELD, SKYFIELD_DATA],
    probes=[
        Probe(
            {"date": "2024-01-01"},
            {"/umbral": "2024-09-18", "/total": "2025-03-14", "/kind": "partial"},
            "NASA Five Millennium Catalog of Lunar Eclipses",
        ),
        Probe({"date": "2018-02-01"}, {"/umbral": "2018-07-27", "/total": "2018-07-27", "/kind": "total"}, "NASA"),
        Probe({"date": "1981-08-01"}, {"/umbral": "1982-01-09", "/total": "1982-01-09"}, "NASA"),
    ],
)
def next_lunar_eclipse(date: Date) -> LunarEclipse:
    """UTC dates of the next partial or total and of the next total eclipse of the Moon (DE421, skyfield)."""
    start = midnight(date).tt
    umbral = [(kind, day) for time, kind, day in _lunar_eclipses() if time >= start and kind > 0]
    total = next((day for kind, day in umbral if kind == TOTAL_ECLIPSE), None)
    if total is None:
        raise ToolError("the ephemeris DE421 ends before that eclipse", "invalid_arguments")
    kind, first = umbral[0]
    return LunarEclipse(umbral=first, total=total, kind="total" if kind == TOTAL_ECLIPSE else "partial")


class DiurnalMotion(Result):
    """The daily path of a fixed point of the sky."""

    altitude: Annotated[
        float,
        Quantity("degree", "degrees", 1, ratio=False),
        Says(
            (
                "the altitude at upper culmination, without refraction, of an object with a declination equal to {declination} seen "
                "from latitude {latitude}",
            ),
            ask=(
                "How high above the horizon (without refraction) does an object with a declination equal to {declination} culminate "
                "at latitude {latitude}?",
            ),
        ),
    ]
    hours_up: Annotated[
        float,
        Quantity("hour", "sidereal hours", 2),
        Says(
            (
                "the sidereal hours a day, without refraction, that an object with a declination equal to {declination} spends above "
                "the horizon of latitude {latitude}",
            ),
            ask=(
                "For how many sidereal hours a day, without refraction, is an object with a declination equal to {declination} above "
                "the horizon at latitude {latitude}?",
            ),
        ),
    ]
    circumpolar: Annotated[
        bool,
        Says(
            ("whether an object with a declination equal to {declination} never sets at latitude {latitude}",),
            ask=("Is an object with a declination equal to {declination} circumpolar at latitude {latitude}?",),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[PUBLISHED_FORMULA],
    probes=[
        Probe(
            {"declination": 41.269, "latitude": 51},
            {"/altitude": 80.269, "/hours_up": 24.0, "/circumpolar": True},
            "90 - |latitude - declination|; circumpolar above 90 - 51 = 39 degrees",
        ),
        Probe({"declination": 0.0, "latitude": -33}, {"/altitude": 57.0, "/hours_up": 12.0}, "the celestial equator"),
        Probe(
            {"declination": -30.0, "latitude": 45},
            {"/hours_up": 2 * math.degrees(math.acos(math.tan(math.radians(30)))) / 15},
            "cos H = -tan(latitude) tan(declination), Meeus, Astronomical Algorithms, ch. 15",
        ),
    ],
)
def diurnal_motion(
    declination: Annotated[
        float,
        Quantity("degree", "degrees", 2, ratio=False, role="declination"),
        Draw.integer(-60, 70, suffix="°"),
        Field(ge=-90, le=90),
    ],
    latitude: Annotated[int, Draw.integer(-60, 65, suffix="°"), Field(ge=-89, le=89)],
) -> DiurnalMotion:
    """Culmination, time above the horizon and circumpolarity at a latitude (cos H = -tan φ tan δ)."""
    altitude = 90 - abs(latitude - declination)
    cosine = -math.tan(math.radians(latitude)) * math.tan(math.radians(declination)) if abs(declination) < 90 else None
    if cosine is None:
        cosine = -1.0 if declination * latitude > 0 else 1.0
    hours = 2 * math.degrees(math.acos(max(-1.0, min(1.0, cosine)))) / 15
    return DiurnalMotion(altitude=round(altitude, 8), hours_up=hours, circumpolar=cosine <= -1)
