"""Fuel, range and carbon dioxide of flights, wing loading and thrust."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.transport.aircraft_data import aircraft_row
from dive_assets.toolpool.transport.data_sources import ANNEX_16, NAVIGATION, PYCONTRAILS
from dive_assets.toolpool.transport.entity_types import (
    AIRSPEED,
    FLIGHT_DISTANCE,
    FUEL_MASS,
    SEATS,
    THRUST,
    WING_AREA,
    Aircraft,
    AircraftMass,
    Distance,
    FuelFlow,
    FuelMass,
)
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

GRAVITY = 9.80665
KNOT, NAUTICAL_MILE = 1852 / 3600, 1852.0
HEATING_VALUE = 43e6  # J/kg, as Poll and Schumann assume
CO2_PER_FUEL = 3.16  # kg/kg, ICAO Annex 16 Volume IV (CORSIA) for Jet A and Jet A-1


class Endurance(Result):
    """How long fuel lasts."""

    hours: Annotated[
        float,
        Quantity("hour", "hours", 2, role="flying time"),
        Says(
            (
                "the endurance on {fuel} at {fuel_flow}",
                "the flying time that remains with {fuel} at {fuel_flow}",
            ),
            ask=("For how many hours does {fuel} last at {fuel_flow}?",),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[NAVIGATION],
    probes=[Probe({"fuel": 7200, "fuel_flow": 0.8}, {"/hours": 2.5}, "endurance = fuel / fuel flow")],
)
def fuel_endurance(fuel: FuelMass, fuel_flow: FuelFlow) -> Endurance:
    """Hours that a mass of fuel lasts at a total fuel flow (FAA-H-8083-25)."""
    return Endurance(hours=fuel / fuel_flow / 3600)


class CruiseFuel(Result):
    """Fuel of a cruise."""

    fuel_kg: Annotated[
        float,
        FUEL_MASS,
        Says(
            (
                "the cruise fuel of {aircraft} over {distance} from maximum take-off mass, by the Breguet equation with "
                "Poll–Schumann optimum efficiency and 43 MJ/kg",
            ),
            ask=(
                "By the Breguet equation with Poll–Schumann optimum efficiency and a heating value of 43 MJ/kg, how much "
                "fuel does {aircraft} burn when it cruises over {distance} from its maximum take-off mass?",
            ),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[PYCONTRAILS],
    determinism="snapshot",
    probes=[
        Probe(
            {"aircraft": "A320", "distance": 1000},
            {"/fuel_kg": 73500 * (1 - math.exp(-1852000 * 9.80665 / (43e6 * 5.259100576)))},
            "Breguet: m1/m0 = exp(-g R / (LCV eta L/D)); Poll and Schumann 2021, eta L/D = 5.26",
        )
    ],
)
def breguet_cruise_fuel(aircraft: Aircraft, distance: Distance) -> CruiseFuel:
    """Fuel of an optimum cruise from maximum take-off mass in still air (Breguet; Poll and Schumann 2021, 43 MJ/kg)."""
    row = aircraft_row(aircraft)
    mass = float(row["MTOM_kg"])
    exponent = GRAVITY * distance * NAUTICAL_MILE / (HEATING_VALUE * float(row["etaL_D_do"]))
    fuel = mass * (1 - math.exp(-exponent))
    if mass - fuel < float(row["OEM_i_kg"]):
        raise ToolError("the distance exceeds the range: less than the operating empty mass would be left")
    return CruiseFuel(fuel_kg=fuel)


class CruiseRange(Result):
    """Range of a mass of fuel."""

    distance_nm: Annotated[
        float,
        FLIGHT_DISTANCE,
        Says(
            (
                "the still-air range of {aircraft} on {fuel} from maximum take-off mass, by the Breguet equation with "
                "Poll–Schumann optimum efficiency and 43 MJ/kg",
            ),
            ask=(
                "By the Breguet equation with Poll–Schumann optimum efficiency and a heating value of 43 MJ/kg, how far "
                "does {aircraft} cruise in still air on {fuel} from its maximum take-off mass?",
            ),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[PYCONTRAILS],
    determinism="snapshot",
    probes=[
        Probe(
            {"aircraft": "A320", "fuel": 10000},
            {"/distance_nm": 43e6 * 5.259100576 / 9.80665 * math.log(73500 / 63500) / 1852},
            "Breguet: R = LCV eta L/D / g ln(m0/m1)",
        )
    ],
)
def breguet_range(aircraft: Aircraft, fuel: FuelMass) -> CruiseRange:
    """Still-air range of an optimum cruise from maximum take-off mass (Breguet; Poll and Schumann 2021, 43 MJ/kg)."""
    row = aircraft_row(aircraft)
    mass = float(row["MTOM_kg"])
    if mass - fuel < float(row["OEM_i_kg"]):
        raise ToolError("the type cannot carry so much fuel", code="invalid_arguments")
    metres = HEATING_VALUE * float(row["etaL_D_do"]) / GRAVITY * math.log(mass / (mass - fuel))
    return CruiseRange(distance_nm=metres / NAUTICAL_MILE)


class FuelCarbon(Result):
    """Carbon dioxide of jet fuel."""

    co2_kg: Annotated[
        float,
        Quantity("kilogram", "kilograms", 0, additive=True, role="carbon dioxide mass"),
        Says(
            (
                "the carbon dioxide from burning {fuel} by CORSIA's factor of 3.16",
                "the carbon dioxide emission of {fuel} at 3.16 kg for each kilogram burnt",
            ),
            ask=("How much carbon dioxide does burning {fuel} release by CORSIA's factor of 3.16?",),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[ANNEX_16],
    probes=[Probe({"fuel": 1000}, {"/co2_kg": 3160.0}, "ICAO Annex 16 Volume IV: 3.16 kg CO2/kg for Jet A")],
)
def jet_fuel_co2(fuel: FuelMass) -> FuelCarbon:
    """Carbon dioxide of a mass of Jet A (ICAO Annex 16, Volume IV, CORSIA: 3.16 kg per kg)."""
    return FuelCarbon(co2_kg=CO2_PER_FUEL * fuel)


class CarbonPerPassenger(Result):
    """Carbon dioxide of a passenger."""

    co2_kg: Annotated[
        float,
        Quantity("kilogram", "kilograms", 1),
        Says(
            (
                "the carbon dioxide per passenger of a flight on {fuel} with {seats} and a load factor of {load_factor} by "
                "CORSIA's factor of 3.16",
            ),
            ask=(
                "A flight burns {fuel} with {seats} on board and a load factor of {load_factor}. By CORSIA's factor of "
                "3.16, how much carbon dioxide falls on each passenger?",
            ),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[ANNEX_16],
    probes=[
        Probe(
            {"fuel": 5000, "seats": 180, "load_factor": 80}, {"/co2_kg": 15800 / 144}, "3.16 x 5000 kg over 144 seats"
        )
    ],
)
def co2_per_passenger(
    fuel: FuelMass,
    seats: Annotated[int, SEATS, Draw.integer(70, 400, step=2, suffix=" seats"), Field(ge=1, le=900)],
    load_factor: Annotated[float, Draw.integer(60, 98, suffix="%"), Field(gt=0, le=100)],
) -> CarbonPerPassenger:
    """Carbon dioxide per passenger from fuel, seats and load factor, no freight (CORSIA: 3.16 kg per kg of fuel)."""
    return CarbonPerPassenger(co2_kg=CO2_PER_FUEL * fuel / (seats * load_factor / 100))


class WingLoading(Result):
    """Mass per wing area."""

    loading: Annotated[
        float,
        Quantity("kilogram/meter**2", "kilograms per square metre", 1),
        Says(
            ("the wing loading of {mass} on {area}", "the mass per wing area for {mass} on {area}"),
            ask=("Which wing loading results from {mass} on {area}?",),
        ),
    ]
    stall_speed_kt: Annotated[
        float,
        AIRSPEED,
        Says(
            ("the sea-level stalling speed for {mass} on {area} with a maximum lift coefficient of 2.5",),
            ask=(
                "At sea level (1.225 kg/m³) and a maximum lift coefficient of 2.5, what is the stalling speed for {mass} "
                "on {area}?",
            ),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[NAVIGATION],
    probes=[
        Probe(
            {"mass": 64500, "area": 122.4},
            {
                "/loading": 64500 / 122.4,
                "/stall_speed_kt": math.sqrt(2 * 64500 * 9.80665 / 1.225 / 122.4 / 2.5) * 3600 / 1852,
            },
            "lift equation at one g",
        )
    ],
)
def wing_loading(
    mass: AircraftMass,
    area: Annotated[float, WING_AREA, Draw.decimal(80, 550, 1, suffix=" square metres of wing"), Field(gt=0, le=2000)],
) -> WingLoading:
    """Wing loading, and stalling speed in sea-level standard air with a lift coefficient of 2.5 (lift equation)."""
    if not 250 <= mass / area <= 950:
        raise ToolError("no jet airliner has such a wing loading", code="invalid_arguments")
    speed = math.sqrt(2 * mass * GRAVITY / (1.225 * area * 2.5))
    return WingLoading(loading=mass / area, stall_speed_kt=speed / KNOT)


class ThrustToWeight(Result):
    """Thrust over weight."""

    ratio: Annotated[
        float,
        Quantity("", "", 3),
        Says(
            (
                "the thrust-to-weight ratio at {mass} with {engines} of {thrust} each",
                "the static thrust-to-weight ratio of {engines} of {thrust} each at {mass}",
            ),
            ask=("With {engines} of {thrust} each, what is the static thrust-to-weight ratio at {mass}?",),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[NAVIGATION],
    probes=[
        Probe(
            {"mass": 73500, "engines": 2, "thrust": 120.1},
            {"/ratio": 240200 / (73500 * 9.80665)},
            "definition; standard gravity 9.80665 m/s2",
        )
    ],
)
def thrust_to_weight(
    mass: AircraftMass,
    engines: Annotated[int, Draw.choice({2: "two engines", 3: "three engines", 4: "four engines"}), Field(ge=1, le=8)],
    thrust: Annotated[float, THRUST, Draw.integer(60, 480, suffix=" kilonewtons"), Field(gt=0, le=700)],
) -> ThrustToWeight:
    """Static thrust-to-weight ratio with standard gravity."""
    ratio = engines * thrust * 1000 / (mass * GRAVITY)
    if not 0.15 <= ratio <= 0.6:
        raise ToolError("no jet airliner has such a thrust-to-weight ratio", code="invalid_arguments")
    return ThrustToWeight(ratio=ratio)
