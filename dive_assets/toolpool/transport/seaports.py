"""Seaports: country, position, the nearest one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from dive_assets.toolpool.general.entity_types import Coordinates, Place
from dive_assets.toolpool.general.nearness import NearestOf
from dive_assets.toolpool.shared.countries import country_name
from dive_assets.toolpool.shared.data_sources import PYCOUNTRY
from dive_assets.toolpool.shared.entity_types import COORDINATES, COUNTRY
from dive_assets.toolpool.transport.airport_directory import geodesic_km
from dive_assets.toolpool.transport.data_sources import GEOGRAPHICLIB, SEAROUTE
from dive_assets.toolpool.transport.entity_types import SEAPORT, Seaport
from dive_assets.tools.annotations import Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

DEGREES = Quantity("degree", "degrees", decimals=2, ratio=False)
# Inland places, rows whose position is that of another town, second rows of one port, retired country codes.
LEFT_OUT = frozenset(
    [
        "ANEUX",
        "ANKRA",
        "ANPHI",
        "ANWIL",
        "ASPGO",
        "BDDAC",
        "BGSOF",
        "BRNVT",
        "BZBZC",
        "CACAL",
        "CNBAS",
        "CNDQG",
        "CNHAK",
        "CNHHA",
        "CRSJO",
        "CSBAR",
        "DZDZC",
        "EGSCN",
        "ESBUR",
        "GBGLA",
        "GBMNC",
        "GYGEO",
        "HNSLO",
        "INAMD",
        "INBSL",
        "INMAD",
        "JPOKA",
        "KHPNH",
        "KRKWA",
        "KYGEC",
        "MEBAR",
        "MTMLA",
        "MYJOB",
        "NFKIN",
        "NLWIL",
        "PLWAS",
        "PYASU",
        "SARYP",
        "SKBTS",
        "SOMOG",
        "THLKR",
        "USATL",
        "USCHI",
        "USCLE",
        "USCVG",
        "USDAL",
        "USGGE",
        "USILG",
        "USIND",
        "USMEM",
        "USMSP",
        "USPEB",
        "USPEF",
        "USPIT",
        "USSLC",
        "ZWHRE",
    ]
)
PORT_NAMES = {
    "BEZEE": "Zeebrugge",
    "BRRIO": "Rio de Janeiro",
    "DZALG": "Algiers",
    "EEPLA": "Paldiski",
    "FRDKK": "Dunkirk",
    "FRLRH": "La Rochelle",
    "FRMTX": "Montoir-de-Bretagne",
    "HRRJK": "Rijeka",
    "IDMAC": "Makassar",
    "IDJKT": "Jakarta",
    "ITGOA": "Genoa",
    "ITNAP": "Naples",
    "JPHMD": "Hamada",
    "KRPUS": "Busan",
    "MGTOL": "Toliara",
    "MQFDF": "Fort-de-France",
    "NOKRS": "Kristiansand",
    "PTLIS": "Lisbon",
    "RUNVS": "Novorossiysk",
    "SEGOT": "Gothenburg",
    "USSEA": "Seattle",
}


@dataclass(frozen=True)
class PortRecord:
    """A port of the searoute package."""

    code: str
    name: str
    country_code: str
    coordinates: Coordinates


@cache
def ports() -> dict[str, PortRecord]:
    """Sea terminals by UN/LOCODE, without faulty rows."""
    import json
    from importlib.metadata import distribution

    path = distribution("searoute").locate_file("searoute/data/ports.geojson")
    features = json.loads(Path(str(path)).read_text(encoding="utf-8"))["features"]
    found: dict[str, PortRecord] = {}
    for feature in features:
        code, name = feature["properties"]["port"], feature["properties"]["name"].strip()
        longitude, latitude = feature["geometry"]["coordinates"]
        if code in LEFT_OUT or feature["properties"].get("t") != 1.0:
            continue
        place = Coordinates(latitude=round(latitude, 5), longitude=round(longitude, 5))
        found[code] = PortRecord(code, PORT_NAMES.get(code, name.split(",")[0]), code[:2], place)
    return dict(sorted(found.items()))


def port_record(code: str) -> PortRecord:
    """A port by its UN/LOCODE. Raises ToolError for an unknown code."""
    found = ports().get(code.strip().upper())
    if found is None:
        raise ToolError(f"unknown port {code!r}: give its five-letter UN/LOCODE, such as NLRTM")
    return found


class PortFacts(Result):
    """Country and place of a port."""

    country: Annotated[
        str,
        COUNTRY,
        Says(
            ("the country of {port}", "the country in which {port} lies"),
            ask=("In which country is {port}?", "To which country does {port} belong?"),
        ),
    ]
    coordinates: Annotated[Coordinates, COORDINATES, Says(("the location of {port}", "the position of {port}"))]
    latitude: Annotated[
        float,
        DEGREES,
        Says(
            "the latitude of {port} in the searoute package (south negative)",
            has="latitude in the searoute package (south negative)",
            ask=("At which latitude does the searoute package place {port}, south being negative?",),
        ),
    ]


@tool(
    domain="transport",
    kind="R",
    sources=[SEAROUTE, PYCOUNTRY],
    determinism="snapshot",
    probes=[
        Probe({"port": "SGSIN"}, {"/country": "Singapore"}, "UN/LOCODE"),
        Probe({"port": "BRSSZ"}, {"/country": "Brazil"}, "UN/LOCODE: Santos"),
    ],
)
def port_facts(port: Seaport) -> PortFacts:
    """Country and position of a seaport (UN/LOCODE ports of the searoute package)."""
    record = port_record(port)
    return PortFacts(
        country=country_name(record.country_code),
        coordinates=record.coordinates,
        latitude=record.coordinates.latitude,
    )


@cache
def _ports_on_sphere() -> tuple[list[PortRecord], NearestOf]:
    known = list(ports().values())
    return known, NearestOf(port.coordinates for port in known)


class NearestPort(Result):
    """The nearest shipping terminal."""

    port: Annotated[
        str,
        SEAPORT,
        Says(
            (
                "the seaport nearest to {place}, of the sea terminals in the searoute package",
                "the sea terminal of the searoute package that is closest to {place}",
            ),
            ask=("Which sea terminal of the searoute package is closest to {place}?",),
        ),
    ]
    distance_km: Annotated[
        float,
        Quantity("kilometer", "kilometres", 0),
        Says(
            ("the distance as the crow flies from {place} to the nearest sea terminal of the searoute package",),
            has="distance as the crow flies to the nearest sea terminal of the searoute package",
            ask=("As the crow flies, how far is it from {place} to the nearest sea terminal of the searoute package?",),
            high="greatest",
            low="smallest",
        ),
    ]


@tool(
    domain="transport",
    kind="R",
    sources=[SEAROUTE, GEOGRAPHICLIB],
    determinism="snapshot",
    probes=[
        Probe({"place": {"latitude": -1.28333, "longitude": 36.81667}}, {"/port": "KEMBA"}, "Mombasa is Nairobi's port")
    ],
)
def nearest_port(place: Place) -> NearestPort:
    """Nearest sea terminal to a place by the WGS 84 geodesic (searoute package)."""
    known, choice = _ports_on_sphere()
    close = [known[position] for position in choice(place, 2)]
    measured = sorted((geodesic_km(place, p.coordinates), p.code) for p in close)
    if measured[1][0] - measured[0][0] < 0.5:
        raise ToolError("two ports are equally near")
    return NearestPort(port=measured[0][1], distance_km=measured[0][0])
