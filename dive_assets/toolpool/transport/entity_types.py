"""Entity types, parameter types and quantities of the transport domain."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from dive_assets.tools.annotations import Draw, EntityType, Quantity

AIRPORT = EntityType("airport", "airport", "airports", "the IATA code", labelled=True)
ICAO_LOCATION = EntityType("icao_location", "ICAO location indicator", "ICAO location indicators")
AIRPORT_CITY_GROUP = EntityType(
    "metropolitan_area_code", "metropolitan area", "metropolitan areas", "the IATA code", labelled=True
)
US_AIRPORT = EntityType("us_airline_airport", "airport", "airports", "the IATA code", labelled=True)
US_AIRLINE = EntityType("us_airline", "airline", "airlines", "the IATA code", labelled=True)
AIRCRAFT = EntityType("aircraft_type", "aircraft type", "aircraft types", "the ICAO type designator", labelled=True)
JET_ENGINE = EntityType("jet_engine", "jet engine", "jet engines", "the UID in ICAO's databank", labelled=True)
SEAPORT = EntityType("seaport", "port", "ports", "the UN/LOCODE", labelled=True)
MARITIME_DIGITS = EntityType("maritime_identification_digits", "MID", "MIDs", "the three digits")
CLASSIC_CAR = EntityType("classic_car", "car", "cars")
EPA_CAR = EntityType("epa_rated_car", "car", "cars")
TYRE_SIZE = EntityType("tyre_size", "tyre size", "tyre sizes")
CONTAINER_TYPE = EntityType("container_size_type", "container code", "container codes")

Airport = Annotated[str, AIRPORT, Field(description="IATA code", pattern=r"^[A-Za-z]{3}$")]
IcaoLocation = Annotated[str, ICAO_LOCATION, Field(description="four letters", pattern=r"^[A-Za-z0-9]{4}$")]
CityGroup = Annotated[str, AIRPORT_CITY_GROUP, Field(description="IATA code", pattern=r"^[A-Za-z]{3}$")]
UsAirport = Annotated[str, US_AIRPORT, Field(description="IATA code", pattern=r"^[A-Za-z]{3}$")]
UsAirline = Annotated[str, US_AIRLINE, Field(description="IATA code", pattern=r"^[A-Za-z0-9]{2}$")]
Aircraft = Annotated[str, AIRCRAFT, Field(description="ICAO type designator", pattern=r"^[A-Za-z0-9]{2,4}$")]
JetEngine = Annotated[str, JET_ENGINE, Field(description="UID in ICAO's Engine Emissions Databank", max_length=12)]
Seaport = Annotated[str, SEAPORT, Field(description="UN/LOCODE", pattern=r"^[A-Za-z]{2}[A-Za-z0-9]{3}$")]

ELEVATION = Quantity("foot", "feet", 0, ratio=False, role="elevation")
FLIGHT_ALTITUDE = Quantity("foot", "feet", 0, ratio=False, role="flight altitude")
FLIGHT_DISTANCE = Quantity("nautical_mile", "nautical miles", 0, additive=True, role="distance")
AIRSPEED = Quantity("knot", "knots", 0, role="true airspeed")
GROUND_SPEED = Quantity("knot", "knots", 1, role="ground speed")
AIRCRAFT_MASS = Quantity("kilogram", "kilograms", 0, role="aircraft mass")
FUEL_MASS = Quantity("kilogram", "kilograms", 0, additive=True, role="fuel mass")
FUEL_FLOW = Quantity("kilogram/second", "kilograms per second", 3, role="fuel flow")
THRUST = Quantity("kilonewton", "kilonewtons", 1, role="rated thrust")
WING_AREA = Quantity("meter**2", "square metres", 1, role="wing area")
MACH = Quantity("", "", 2, role="Mach number")
SEATS = Quantity("seats", "seats", 0, role="number of seats")
AIR_TEMPERATURE = Quantity("degree_Celsius", "degrees Celsius", 1, ratio=False, role="air temperature")
TYRE_DIAMETER = Quantity("millimeter", "millimetres", 1, role="tyre diameter")
MILEAGE = Quantity("mile/gallon", "miles per US gallon", 1, role="fuel economy")

Elevation = Annotated[float, ELEVATION, Draw.integer(0, 14000, step=100, suffix=" feet"), Field(ge=-2000, le=66000)]
Altitude = Annotated[
    float, FLIGHT_ALTITUDE, Draw.integer(18000, 41000, step=1000, suffix=" feet"), Field(ge=-2000, le=66000)
]
Distance = Annotated[
    float, FLIGHT_DISTANCE, Draw.integer(100, 3000, step=10, suffix=" nautical miles"), Field(gt=0, le=30000)
]
Airspeed = Annotated[float, AIRSPEED, Draw.integer(90, 480, step=5, suffix=" knots"), Field(gt=0, le=1500)]
GroundSpeed = Annotated[float, GROUND_SPEED, Draw.integer(90, 540, step=5, suffix=" knots"), Field(gt=0, le=2000)]
AircraftMass = Annotated[
    float, AIRCRAFT_MASS, Draw.integer(40000, 350000, step=500, suffix=" kilograms"), Field(gt=0, le=700000)
]
FuelMass = Annotated[
    float, FUEL_MASS, Draw.integer(1000, 20000, step=100, suffix=" kilograms of fuel"), Field(gt=0, le=400000)
]
FuelFlow = Annotated[float, FUEL_FLOW, Draw.decimal(0.1, 4, 3, suffix=" kilograms per second"), Field(gt=0, le=50)]
AirTemperature = Annotated[float, AIR_TEMPERATURE, Draw.integer(-15, 42, suffix=" °C"), Field(ge=-90, le=60)]
