"""Galaxies, clusters and nebulae (OpenNGC in pyongc)."""

import math
import re
from functools import cache
from typing import Annotated, Any

from pydantic import Field

from dive_assets.toolpool.academic.data_sources import PYONGC, SKYFIELD
from dive_assets.toolpool.academic.entity_types import CONSTELLATION, DEEP_SKY_OBJECT
from dive_assets.tools.annotations import Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

DeepSkyObject = Annotated[
    str, DEEP_SKY_OBJECT, Field(description="Messier, NGC or IC number: 'M31', 'NGC 7000'", max_length=20)
]
Constellation = Annotated[
    str, CONSTELLATION, Field(description="Latin name or IAU abbreviation of the constellation", max_length=20)
]

_NUMBER = re.compile(r"(M|MESSIER|NGC|IC)\s*0*(\d{1,4})", re.IGNORECASE)
KINDS = {
    "Galaxy": "galaxy",
    "Globular Cluster": "globular cluster",
    "Open Cluster": "open cluster",
    "Planetary Nebula": "planetary nebula",
    "Supernova remnant": "supernova remnant",
    "Nebula": "nebula",
    "Reflection Nebula": "reflection nebula",
    "Emission Nebula": "emission nebula",
    "HII Ionized region": "H II region",
    "Star cluster + Nebula": "cluster with nebulosity",
    "Association of stars": "stellar association",
    "Double star": "double star",
}


@cache
def constellation_names() -> dict[str, str]:
    """Latin names by abbreviation."""
    from skyfield.api import load_constellation_names

    return dict(load_constellation_names()) | {"Se1": "Serpens", "Se2": "Serpens"}


def constellation_abbreviations(constellation: str) -> set[str]:
    text = constellation.strip().casefold()
    found = {short for short, name in constellation_names().items() if text in (short.casefold(), name.casefold())}
    if not found:
        raise ToolError(f"unknown constellation {constellation!r}: give its Latin name")
    return found | ({"Se1", "Se2"} if "Ser" in found else set())


def object_name(record: Any) -> str:
    """'M31' where there is a Messier number, else 'NGC 7000'."""
    messier = record.identifiers[0]
    if messier:
        return f"M{int(messier[1:])}"
    catalogue, number = re.match(r"([A-Za-z]+)0*(\d+)", record.name).groups()  # type: ignore[union-attr]
    return f"{catalogue} {number}" if catalogue in ("NGC", "IC") else record.name


@cache
def deep_sky_record(name: str) -> Any:
    """pyongc's record of an object. Raises ToolError for an unknown number."""
    from pyongc import ongc

    match = _NUMBER.fullmatch(name.strip())
    if match is None:
        raise ToolError(f"unknown object {name!r}: give a Messier, NGC or IC number")
    catalogue = match[1].upper().removesuffix("ESSIER")
    record = ongc.get(f"{catalogue}{match[2]}")
    if record is None or record.type in ("Nonexistent object", "Duplicated record"):
        raise ToolError(f"OpenNGC has no object {name!r}")
    return record


@cache
def messier_objects() -> list[Any]:
    from pyongc import ongc

    return sorted(ongc.listObjects(catalog="M"), key=lambda record: record.identifiers[0])


class DeepSkyFacts(Result):
    """What OpenNGC says of an object."""

    constellation: Annotated[
        str,
        CONSTELLATION,
        Says(
            ("the constellation in which {deep_sky_object} lies", "the constellation of {deep_sky_object}"),
            ask=("In which constellation does {deep_sky_object} lie?",),
        ),
    ]
    kind: Annotated[
        str | None,
        Text("the kind, such as 'galaxy' or 'globular cluster'"),
        Says(
            "the object type of {deep_sky_object} in OpenNGC",
            ask=("As what kind of object does OpenNGC class {deep_sky_object}?",),
        ),
    ]
    magnitude: Annotated[
        float | None,
        Quantity("magnitude", "magnitudes", 1, ratio=False),
        Says(
            (
                "the apparent visual magnitude of {deep_sky_object} in OpenNGC",
                "OpenNGC's V magnitude of {deep_sky_object}",
            ),
            has="V magnitude in OpenNGC",
            high="faintest",
            low="brightest",
            ask=("Which apparent visual magnitude does OpenNGC give for {deep_sky_object}?",),
        ),
    ]
    apparent_length: Annotated[
        float | None,
        Quantity("arcminute", "arcminutes", 1),
        Says(
            "the apparent length, in OpenNGC, of {deep_sky_object}",
            has="apparent length on the sky",
            ask=("How long is the major axis of {deep_sky_object} on the sky, by OpenNGC?",),
            high="largest",
            low="smallest",
        ),
    ]
    declination: Annotated[
        float,
        Quantity("degree", "degrees", 2, ratio=False, role="declination"),
        Says(
            "the J2000 declination of {deep_sky_object}",
            has="J2000 declination",
            ask=("What is the J2000 declination of {deep_sky_object}?",),
            high="northernmost",
            low="southernmost",
        ),
    ]
    hubble_type: Annotated[
        str | None,
        Text("the Hubble type"),
        Says(
            "the Hubble type of {deep_sky_object}",
            ask=("Which Hubble type does OpenNGC give for {deep_sky_object}?",),
        ),
    ]


@tool(
    domain="academic",
    kind="R",
    sources=[PYONGC, SKYFIELD],
    determinism="snapshot",
    probes=[
        Probe(
            {"deep_sky_object": "M31"},
            {"/constellation": "Andromeda", "/kind": "galaxy", "/magnitude": 3.44, "/hubble_type": "Sb"},
            "SIMBAD",
        ),
        Probe({"deep_sky_object": "NGC 7000"}, {"/constellation": "Cygnus", "/kind": "H II region"}, "SIMBAD"),
    ],
)
def deep_sky_facts(deep_sky_object: DeepSkyObject) -> DeepSkyFacts:
    """Constellation, kind, magnitude, size and declination of a deep-sky object (OpenNGC, pyongc)."""
    record = deep_sky_record(deep_sky_object)
    return DeepSkyFacts(
        constellation=constellation_names()[record.constellation],
        kind=KINDS.get(record.type),
        magnitude=record.magnitudes[1],
        apparent_length=record.dimensions[0],
        declination=round(math.degrees(float(record.rad_coords[1])), 6),
        hubble_type=record.hubble or None,
    )


class MessierObjects(Result):
    """Messier objects of a constellation."""

    objects: Annotated[
        list[Annotated[str, DEEP_SKY_OBJECT]],
        Says(
            ("the Messier objects in {constellation}", "the Messier objects that lie in {constellation}"),
            ask=("Which Messier objects lie in {constellation}?",),
        ),
    ]
    brightest: Annotated[
        str,
        DEEP_SKY_OBJECT,
        Says(
            "the Messier object in {constellation} with the brightest visual magnitude",
            ask=("Which Messier object in {constellation} is the brightest, by OpenNGC's V magnitudes?",),
        ),
    ]


@tool(
    domain="academic",
    kind="R",
    sources=[PYONGC, SKYFIELD],
    determinism="snapshot",
    probes=[
        Probe({"constellation": "Andromeda"}, {"/objects": ["M31", "M32", "M110"], "/brightest": "M31"}, "Messier list")
    ],
)
def messier_objects_in(constellation: Constellation) -> MessierObjects:
    """Messier objects of a constellation by their numbers, and the brightest of them (OpenNGC, pyongc)."""
    wanted = constellation_abbreviations(constellation)
    members = [record for record in messier_objects() if record.constellation in wanted]
    rated = [record for record in members if record.magnitudes[1] is not None]
    if not rated:
        raise ToolError(f"there is no Messier object in {constellation}")
    return MessierObjects(
        objects=[object_name(record) for record in members],
        brightest=object_name(min(rated, key=lambda record: record.magnitudes[1])),
    )


class Separation(Result):
    """Angle between two objects on the sky."""

    degrees: Annotated[
        float,
        Quantity("degree", "degrees", 2),
        Says(
            "the angular separation between {deep_sky_object} and {other}",
            has="angular separation from {other}",
            high="largest",
            low="smallest",
            ask=("How many degrees are {deep_sky_object} and {other} apart on the sky?",),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[PYONGC],
    determinism="snapshot",
    probes=[Probe({"deep_sky_object": "M31", "other": "M33"}, {"/degrees": 14.78355921})],
)
def deep_sky_separation(deep_sky_object: DeepSkyObject, other: DeepSkyObject) -> Separation:
    """Great-circle separation of two deep-sky objects from their J2000 positions (OpenNGC, pyongc)."""
    (ra1, dec1), (ra2, dec2) = (map(float, deep_sky_record(n).rad_coords) for n in (deep_sky_object, other))
    haversine = math.sin((dec1 - dec2) / 2) ** 2 + math.cos(dec1) * math.cos(dec2) * math.sin((ra1 - ra2) / 2) ** 2
    return Separation(degrees=round(math.degrees(2 * math.asin(math.sqrt(haversine))), 8))
