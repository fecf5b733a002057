"""What tasks of the transport domain start from."""

from __future__ import annotations

from collections.abc import Iterator

from dive_assets.toolpool.transport.aircraft_data import aircraft, aircraft_name, engines
from dive_assets.toolpool.transport.airport_directory import airports, by_icao, city_groups, country_of
from dive_assets.toolpool.transport.cars import classic_cars, epa_cars
from dive_assets.toolpool.transport.data_sources import (
    AIRPORTSDATA,
    ASA_CARS,
    BTS_ROUTES,
    CONTAINER_CODES,
    EPA_CARS,
    PYAIS,
    PYCONTRAILS,
    SEAROUTE,
    TYRE_CODES,
)
from dive_assets.toolpool.transport.entity_types import (
    AIRCRAFT,
    AIRPORT,
    AIRPORT_CITY_GROUP,
    CLASSIC_CAR,
    CONTAINER_TYPE,
    EPA_CAR,
    ICAO_LOCATION,
    JET_ENGINE,
    MARITIME_DIGITS,
    SEAPORT,
    TYRE_SIZE,
    US_AIRLINE,
    US_AIRPORT,
)
from dive_assets.toolpool.transport.seaports import ports
from dive_assets.toolpool.transport.ship_voyages import flags
from dive_assets.toolpool.transport.us_carriers import CARRIER_NAMES, served
from dive_assets.tools.seeds import seeds

CIVIL = ("Airport", "Airfield", "Aerodrome", "Airpark")
NOT_CIVIL = ("Air Base", "Air Force", "Army", "Naval", "Closed", "Lrrs", "Seaplane", "Heliport")
CONTESTED_COUNTRIES = frozenset({"AQ", "EH", "PS", "UM"})
CONTESTED_AIRPORTS = frozenset({"ECN", "KHC", "SIP", "SUI", "UKS"})
CONTAINER_SIZES = ("20", "22", "25", "40", "42", "45", "L5")
CONTAINER_KINDS = ("G1", "B1", "R1", "U1", "P1", "T1", "V1")
TYRES = (
    "145/80 R13", "155/65 R14", "155/70 R13", "165/60 R15", "165/65 R14", "165/70 R14", "175/65 R14", "175/65 R15",
    "175/70 R13", "185/55 R15", "185/60 R14", "185/60 R15", "185/65 R14", "185/65 R15", "195/50 R15", "195/55 R16",
    "195/60 R15", "195/60 R16", "195/65 R15", "205/45 R17", "205/50 R17", "205/55 R16", "205/55 R17", "205/60 R16",
    "205/65 R15", "215/40 R18", "215/45 R17", "215/45 R18", "215/50 R17", "215/55 R17", "215/55 R18", "215/60 R16",
    "215/60 R17", "215/65 R16", "215/65 R17", "225/40 R18", "225/40 R19", "225/45 R17", "225/45 R18", "225/50 R17",
    "225/50 R18", "225/55 R17", "225/55 R18", "225/60 R17", "225/65 R17", "235/35 R19", "235/40 R18", "235/45 R17",
    "235/45 R18", "235/50 R18", "235/50 R19", "235/55 R17", "235/55 R18", "235/55 R19", "235/60 R18", "235/65 R17",
    "245/35 R19", "245/40 R18", "245/40 R19", "245/45 R18", "245/45 R19", "245/65 R17", "255/35 R19", "255/40 R19",
    "255/45 R19", "255/45 R20", "255/50 R19", "255/50 R20", "255/55 R18", "255/55 R19", "255/65 R17", "255/70 R16",
    "265/50 R20", "265/60 R18", "265/65 R17", "265/70 R16", "275/40 R20", "275/45 R20", "275/45 R21", "285/45 R19",
)  # fmt: skip


@seeds(entity=AIRPORT, domain="transport", sources=[AIRPORTSDATA])
def civil_airports() -> Iterator[tuple[str, str]]:
    """Civil airports with a known town, country and elevation."""
    for code, airport in airports().items():
        name = airport.name
        if airport.country_code in CONTESTED_COUNTRIES or code in CONTESTED_AIRPORTS:
            continue
        civil = name.endswith(CIVIL) and not any(word in name for word in NOT_CIVIL)
        if civil and airport.town and airport.elevation_ft is not None and airport.time_zone and country_of(airport):
            yield code, name


@seeds(entity=US_AIRPORT, domain="transport", sources=[AIRPORTSDATA, BTS_ROUTES])
def us_airline_airports() -> Iterator[tuple[str, str]]:
    """Airports from which US carriers reported nonstop flights."""
    for code in sorted(served()):
        yield code, airports()[code].name


@seeds(entity=ICAO_LOCATION, domain="transport", sources=[AIRPORTSDATA])
def international_icao_codes() -> Iterator[tuple[str, str]]:
    """ICAO location indicators of international airports."""
    for code, airport in sorted(by_icao().items()):
        if "International" in airport.name and code.isalpha():
            yield code, code


@seeds(entity=AIRPORT_CITY_GROUP, domain="transport", sources=[AIRPORTSDATA])
def metropolitan_areas() -> Iterator[tuple[str, str]]:
    """IATA metropolitan areas with several airports."""
    for code, (name, _, codes) in city_groups().items():
        if len(codes) > 1:
            yield code, name


@seeds(entity=US_AIRLINE, domain="transport", sources=[BTS_ROUTES])
def reporting_carriers() -> Iterator[tuple[str, str]]:
    """US carriers that report on-time data."""
    yield from sorted(CARRIER_NAMES.items())


@seeds(entity=AIRCRAFT, domain="transport", sources=[PYCONTRAILS])
def jet_airliners() -> Iterator[tuple[str, str]]:
    """Jet types of the Poll-Schumann tables."""
    for code in aircraft():
        yield code, f"the {aircraft_name(code)}"


@seeds(entity=JET_ENGINE, domain="transport", sources=[PYCONTRAILS])
def databank_engines() -> Iterator[tuple[str, str]]:
    """Engines with a current entry in ICAO's databank and one short name."""
    for uid, row in engines().items():
        name = row["Engine Identification"].strip()
        if len(name) <= 22 and "," not in name and "(" not in name:
            yield uid, f"the {name}"


@seeds(entity=SEAPORT, domain="transport", sources=[SEAROUTE])
def sea_terminals() -> Iterator[tuple[str, str]]:
    """Sea terminals of the searoute package."""
    for code, port in ports().items():
        yield code, port.name if "Port" in port.name.split() else f"the port of {port.name}"


@seeds(entity=MARITIME_DIGITS, domain="transport", sources=[PYAIS])
def ship_station_digits() -> Iterator[tuple[str, str]]:
    """Assigned maritime identification digits."""
    for digits in flags():
        yield digits, digits


@seeds(entity=CLASSIC_CAR, domain="transport", sources=[ASA_CARS])
def cars_of_the_seventies() -> Iterator[tuple[str, str]]:
    """Cars of 1970 to 1982."""
    for label in classic_cars():
        yield label, label


@seeds(entity=EPA_CAR, domain="transport", sources=[EPA_CARS])
def cars_rated_by_epa() -> Iterator[tuple[str, str]]:
    """Cars of 1999 and 2008 with EPA ratings."""
    for label in epa_cars():
        yield label, label


@seeds(entity=TYRE_SIZE, domain="transport", sources=[TYRE_CODES])
def passenger_tyre_sizes() -> Iterator[tuple[str, str]]:
    """Common sizes of passenger car tyres."""
    for size in TYRES:
        yield f"a {size} tyre", f"a {size} tyre"


@seeds(entity=CONTAINER_TYPE, domain="transport", sources=[CONTAINER_CODES])
def container_size_types() -> Iterator[tuple[str, str]]:
    """Size and type codes of common containers."""
    for size in CONTAINER_SIZES:
        for kind in CONTAINER_KINDS:
            code = f"the size and type code {size}{kind}"
            yield code, code
