"""Names, velocities and lists of deep-sky objects (OpenNGC in pyongc)."""

import math
import re
from functools import cache
from typing import Annotated, Any

from pydantic import Field

from dive_assets.toolpool.academic.data_sources import PYONGC, SKYFIELD
from dive_assets.toolpool.academic.deep_sky import (
    KINDS,
    Constellation,
    DeepSkyObject,
    constellation_abbreviations,
    constellation_names,
    deep_sky_record,
    messier_objects,
    object_name,
)
from dive_assets.toolpool.academic.entity_types import CONSTELLATION, DEEP_SKY_OBJECT, NAMED_SKY_OBJECT
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

SPEED_OF_LIGHT_KM_S = 299_792.458
FAINTEST_LISTED = 11.0
LISTED_KINDS = {
    "galaxy": "galaxies",
    "open cluster": "open clusters",
    "globular cluster": "globular clusters",
    "planetary nebula": "planetary nebulae",
}
# Names of OpenNGC that other catalogues give to another object, to several, or to a part only.
DISPUTED_NAMES = frozenset(
    {"Flame Nebula", "Cocoon Galaxy", "Veil Nebula", "Rosette Nebula", "Spindle Galaxy", "Butterfly Nebula"}
    | {"Lobster Nebula", "Virgo Galaxy", "Mice Galaxy", "the Witch Head Nebula", "Little Gem", "Hubble's Nebula"}
    | {"Eagle Nebula", "Orion B", "Gem A", "Medusa Galaxy Merger", "Filamentary Nebula", "Bow-Tie nebula"}
    | {"30 Dor Cluster", "Fornax Dwarf Cluster 3", "Network Nebula", "omega Nebula", "Triangulum Pinwheel"}
    | {"Schmidt's Nova Cygni", "Sculptor Filament", "eta Car Nebula", "Virgo Cluster Pinwheel", "Coalsack Cluster"}
    | {"Rosette A", "Hind's Nebula", "S Nor Cluster", "Small Sgr Star Cloud", "Barnard's Merope Nebula"}
)
_NAME = re.compile(r"[A-Z][A-Za-z' -]+ (Nebula|Galaxy|Cluster|Cloud|Planetary|Snowball|Jewel Box|Centauri|A)")


def catalogue_objects(**filters: Any) -> list[Any]:
    """Messier, NGC and IC objects with a plain number, no stars and no duplicates; `filters` are pyongc's own."""
    from pyongc import ongc

    left_out = ("Nonexistent object", "Duplicated record", "Star", "Object of other/unknown type", "Nova star")
    plain = re.compile(r"(NGC|IC)\d+")
    return sorted(
        (
            record
            for record in ongc.listObjects(**filters)
            if record.type not in left_out and (record.identifiers[0] or plain.fullmatch(record.name))
        ),
        key=lambda record: record.name,
    )


@cache
def named_objects() -> dict[str, str]:
    """Catalogue number by common name, where the name belongs to one object only."""
    found: dict[str, list[str]] = {}
    for record in catalogue_objects(withname=True):
        for name in record.identifiers[3] or []:
            plain = name.removeprefix("the ")
            if name not in DISPUTED_NAMES and (_NAME.fullmatch(plain) or plain == "Pleiades"):
                found.setdefault(plain, []).append(object_name(record))
    return {name: numbers[0] for name, numbers in sorted(found.items()) if len(numbers) == 1}


class NamedObject(Result):
    """The object that a common name stands for."""

    deep_sky_object: Annotated[
        str,
        DEEP_SKY_OBJECT,
        Says(
            ("the Messier or NGC number of {name}", "the catalogue number, Messier's or else the NGC's, of {name}"),
            ask=(
                "Under which number is {name} catalogued, by Messier or else in the NGC or IC?",
                "What is the Messier number of {name}, or its NGC or IC number if Messier has none?",
            ),
        ),
    ]
    constellation: Annotated[
        str,
        CONSTELLATION,
        Says(
            ("the constellation that holds {name}", "the constellation in whose bounds {name} lies"),
            ask=("Which constellation holds {name}?",),
        ),
    ]


@tool(
    domain="academic",
    kind="R",
    sources=[PYONGC, SKYFIELD],
    determinism="snapshot",
    probes=[
        Probe(
            {"name": "the Ring Nebula"}, {"/deep_sky_object": "M57", "/constellation": "Lyra"}, "Messier's catalogue"
        ),
        Probe({"name": "Iris Nebula"}, {"/deep_sky_object": "NGC 7023", "/constellation": "Cepheus"}, "SIMBAD"),
        Probe({"name": "the Pleiades"}, {"/deep_sky_object": "M45", "/constellation": "Taurus"}, "Messier's catalogue"),
    ],
)
def named_sky_object(
    name: Annotated[
        str, NAMED_SKY_OBJECT, Field(description="Common name, such as the Whirlpool Galaxy", max_length=60)
    ],
) -> NamedObject:
    """Catalogue number and constellation of a nebula, cluster or galaxy with a common name (OpenNGC, pyongc)."""
    folded = {common.casefold(): number for common, number in named_objects().items()}
    number = folded.get(name.strip().casefold().removeprefix("the "))
    if number is None:
        raise ToolError(f"OpenNGC has no single object called {name!r}")
    return NamedObject(
        deep_sky_object=number, constellation=constellation_names()[deep_sky_record(number).constellation]
    )


class GalaxyMotion(Result):
    """Motion in the line of sight, blue magnitude and surface brightness."""

    radial_velocity: Annotated[
        int,
        Quantity("kilometer/second", "kilometres per second", 0, ratio=False, role="radial velocity"),
        Says(
            (
                "the heliocentric radial velocity of {galaxy} in OpenNGC",
                "OpenNGC's radial velocity (receding positive) of {galaxy}",
            ),
            has="heliocentric radial velocity in OpenNGC",
            ask=("At which heliocentric radial velocity, receding positive, does OpenNGC list {galaxy}?",),
        ),
    ]
    redshift: Annotated[
        float,
        Quantity("", "", 4, ratio=False, role="redshift"),
        Says(
            ("the redshift of {galaxy} in OpenNGC", "OpenNGC's heliocentric redshift z of {galaxy}"),
            has="redshift in OpenNGC",
            ask=("What redshift z does OpenNGC give for {galaxy}?",),
        ),
    ]
    blue_magnitude: Annotated[
        float | None,
        Quantity("magnitude", "magnitudes", 1, ratio=False, role="apparent magnitude"),
        Says(
            ("the B magnitude of {galaxy} in OpenNGC", "OpenNGC's blue magnitude of {galaxy}"),
            has="B magnitude in OpenNGC",
            ask=("Which B magnitude does OpenNGC list for {galaxy}?",),
            high="faintest",
            low="brightest",
        ),
    ]
    surface_brightness: Annotated[
        float | None,
        Quantity("magnitude per square arcsecond", "mag per square arcsecond", 1, ratio=False),
        Says(
            ("the mean surface brightness of {galaxy} in OpenNGC",),
            has="surface brightness in mag per square arcsecond in OpenNGC",
            ask=("Which mean surface brightness does OpenNGC give for {galaxy}?",),
            high="faintest",
            low="brightest",
        ),
    ]


@tool(
    domain="academic",
    kind="R",
    sources=[PYONGC],
    determinism="snapshot",
    probes=[
        Probe(
            {"galaxy": "M31"},
            {"/radial_velocity": -300, "/redshift": -0.001, "/blue_magnitude": 4.29},
            "NED: NGC 224, -300 km/s, z = -0.00100 rounded",
        ),
        Probe({"galaxy": "NGC 4889"}, {"/redshift": 0.0215}),
    ],
)
def galaxy_motion(galaxy: DeepSkyObject) -> GalaxyMotion:
    """Radial velocity, redshift, B magnitude and surface brightness of a galaxy (OpenNGC, pyongc)."""
    record = deep_sky_record(galaxy)
    if record.type != "Galaxy":
        raise ToolError(f"{galaxy} is no single galaxy in OpenNGC")
    if record.radvel is None or record.redshift is None:
        raise ToolError(f"OpenNGC has no radial velocity of {galaxy}")
    velocity = float(record.redshift) * SPEED_OF_LIGHT_KM_S
    if abs(velocity - record.radvel) > 5 + 0.05 * abs(record.radvel):
        raise ToolError(f"OpenNGC's radial velocity and redshift of {galaxy} contradict each other")
    return GalaxyMotion(
        radial_velocity=int(record.radvel),
        redshift=float(record.redshift),
        blue_magnitude=record.magnitudes[0],
        surface_brightness=record.surface_brightness,
    )


@cache
def _listed_objects(constellations: tuple[str, ...]) -> list[Any]:
    """Objects of constellations (by abbreviation) that are bright enough to be listed."""
    bright = catalogue_objects(constellation=list(constellations), uptovmag=FAINTEST_LISTED + 0.01)
    return [record for record in bright if record.magnitudes[1] is not None and record.magnitudes[1] <= FAINTEST_LISTED]


class ObjectsOfKind(Result):
    """Objects of one kind in a constellation."""

    objects: Annotated[
        list[Annotated[str, DEEP_SKY_OBJECT]],
        Says(
            (
                "the {kind} in {constellation} that are of V magnitude 11 or brighter in OpenNGC",
                "OpenNGC's {kind} in {constellation} down to V magnitude 11",
            ),
            ask=("Which {kind} in {constellation} does OpenNGC rate at V magnitude 11 or brighter?",),
        ),
    ]
    brightest: Annotated[
        str | None,
        DEEP_SKY_OBJECT,
        Says(
            (
                "the object with the brightest V magnitude among OpenNGC's {kind} in {constellation}",
                "the brightest, by V magnitude, among OpenNGC's {kind} in {constellation}",
            ),
            ask=("Which of the {kind} in {constellation} has the brightest V magnitude in OpenNGC?",),
        ),
    ]
    longest: Annotated[
        str | None,
        DEEP_SKY_OBJECT,
        Says(
            (
                "the object with the longest major axis on the sky among OpenNGC's {kind} of V magnitude 11 or brighter "
                "in {constellation}",
            ),
            ask=(
                "Of the {kind} in {constellation} that OpenNGC rates at V magnitude 11 or brighter, which one is the "
                "longest on the sky?",
            ),
        ),
    ]


def _only(records: list[Any], key: Any, best: Any) -> str | None:
    rated = [record for record in records if key(record) is not None]
    if not rated:
        return None
    leaders = [record for record in rated if key(record) == best(map(key, rated))]
    return object_name(leaders[0]) if len(leaders) == 1 else None


@tool(
    domain="academic",
    kind="R",
    sources=[PYONGC, SKYFIELD],
    determinism="snapshot",
    probes=[
        Probe(
            {"constellation": "Hercules", "kind": "globular cluster"},
            {"/objects": ["M13", "M92", "NGC 6229"], "/brightest": "M13"},
            "Messier's catalogue and NGC 6229 are the three NGC globular clusters of Hercules",
        ),
        Probe({"constellation": "Andromeda", "kind": "galaxy"}, {"/brightest": "M31", "/longest": "M31"}),
    ],
)
def objects_of_kind(
    constellation: Constellation, kind: Annotated[str, Draw.choice(LISTED_KINDS), Field(max_length=20)]
) -> ObjectsOfKind:
    """Galaxies, clusters or planetary nebulae of a constellation down to V magnitude 11 (OpenNGC, pyongc)."""
    if kind not in LISTED_KINDS:
        raise ToolError(f"unknown kind {kind!r}: one of {', '.join(LISTED_KINDS)}", "invalid_arguments")
    wanted = constellation_abbreviations(constellation)
    members = [record for record in _listed_objects(tuple(sorted(wanted))) if KINDS.get(record.type) == kind]
    if not members:
        raise ToolError(f"OpenNGC has no {kind} of V magnitude 11 or brighter in {constellation}")
    names = sorted({object_name(record) for record in members}, key=_catalogue_order)
    return ObjectsOfKind(
        objects=names,
        brightest=_only(members, lambda record: record.magnitudes[1], min),
        longest=_only(members, lambda record: record.dimensions[0], max),
    )


def _catalogue_order(name: str) -> tuple[int, int]:
    catalogue, number = re.match(r"(M|NGC|IC) ?(\d+)", name).groups()  # type: ignore[union-attr]
    return ("M", "NGC", "IC").index(catalogue), int(number)


class MessierNeighbour(Result):
    """The Messier object that is nearest on the sky."""

    neighbour: Annotated[
        str,
        DEEP_SKY_OBJECT,
        Says(
            (
                "the other Messier object that is nearest on the sky to {deep_sky_object}",
                "the Messier object, other than the object itself, at the smallest angle from {deep_sky_object}",
            ),
            ask=("Which Messier object (other than the object itself) is nearest on the sky to {deep_sky_object}?",),
        ),
    ]
    degrees: Annotated[
        float,
        Quantity("degree", "degrees", 2),
        Says(
            ("the angle on the sky between {deep_sky_object} and the nearest other Messier object",),
            has="angle to the nearest other Messier object",
            ask=("How many degrees away from {deep_sky_object} is the nearest other Messier object?",),
            high="largest",
            low="smallest",
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[PYONGC],
    determinism="snapshot",
    probes=[
        Probe({"deep_sky_object": "M31"}, {"/neighbour": "M32"}, "M32 lies 24 arcminutes south of M31"),
        Probe({"deep_sky_object": "M42"}, {"/neighbour": "M43"}, "M43 lies 8 arcminutes north of M42"),
    ],
)
def nearest_messier_object(deep_sky_object: DeepSkyObject) -> MessierNeighbour:
    """Nearest other Messier object by great-circle angle between J2000 positions (OpenNGC, pyongc)."""
    record = deep_sky_record(deep_sky_object)
    right_ascension, declination = map(float, record.rad_coords)

    def angle(other: Any) -> float:
        ra, dec = map(float, other.rad_coords)
        haversine = (
            math.sin((dec - declination) / 2) ** 2
            + math.cos(dec) * math.cos(declination) * math.sin((ra - right_ascension) / 2) ** 2
        )
        return 2 * math.asin(math.sqrt(haversine))

    others = [other for other in messier_objects() if object_name(other) != object_name(record)]
    nearest = min(others, key=angle)
    return MessierNeighbour(neighbour=object_name(nearest), degrees=round(math.degrees(angle(nearest)), 8))
