"""Oppositions, eclipses and what rises at a latitude (JPL ephemeris DE421 with skyfield, spherical astronomy)."""

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.academic.data_sources import PUBLISHED_FORMULA, SKYFIELD, SKYFIELD_DATA
from dive_assets.toolpool.academic.solar_system import Date, Planet, ephemeris, midnight, planet_body
from dive_assets.toolpool.shared.entity_types import ISO_DATE
from dive_assets.tools.annotations import Draw, Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

SYNODIC_LIMIT_DAYS = 800
INFERIOR_PLANETS = ("Mercury", "Venus")


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
    from skyfield import almanac

    body, start = planet_body(planet), midnight(date)
    sky, times = ephemeris()
    end = times.tt_jd(min(start.tt + SYNODIC_LIMIT_DAYS, 2_471_000.5))
    events, kinds = almanac.find_discrete(start, end, almanac.oppositions_conjunctions(sky, body))
    inferior = planet.strip().capitalize() in INFERIOR_PLANETS
    oppositions, conjunctions = [], []
    for event, kind in zip(events, kinds, strict=True):
        is_opposition = int(kind) == 1 and not inferior
        (oppositions if is_opposition else conjunctions).append(event.utc_strftime("%Y-%m-%d"))
    if not conjunctions or not (oppositions or inferior):
        raise ToolError("the ephemeris DE421 ends before that event", "invalid_arguments")
    return Alignments(opposition=None if inferior else oppositions[0], conjunction=conjunctions[0])


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
    from skyfield import eclipselib

    start = midnight(date)
    sky, times = ephemeris()
    dates: list[str] = []
    kinds: list[int] = []
    for year in range(6):
        first, last = (times.tt_jd(min(start.tt + 365.25 * y, 2_471_000.5)) for y in (year, year + 1))
        events, found, _ = eclipselib.lunar_eclipses(first, last, sky)
        dates += [event.utc_strftime("%Y-%m-%d") for event in events]
        kinds += [int(kind) for kind in found]
        if 2 in kinds:
            break
    if 2 not in kinds:
        raise ToolError("the ephemeris DE421 ends before that eclipse", "invalid_arguments")
    first_umbral = next(index for index, kind in enumerate(kinds) if kind > 0)
    return LunarEclipse(
        umbral=dates[first_umbral],
        total=dates[kinds.index(2)],
        kind="total" if kinds[first_umbral] == 2 else "partial",
    )


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
