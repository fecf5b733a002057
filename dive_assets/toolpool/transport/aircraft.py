"""Jet airliners: masses, wings, limits (tables of the Poll-Schumann model in pycontrails)."""

from __future__ import annotations

from typing import Annotated

from dive_assets.toolpool.transport.aircraft_data import (
    aircraft_row,
)
from dive_assets.toolpool.transport.data_sources import PYCONTRAILS
from dive_assets.toolpool.transport.entity_types import (
    AIRCRAFT_MASS,
    FLIGHT_ALTITUDE,
    MACH,
    WING_AREA,
    Aircraft,
)
from dive_assets.tools.annotations import Quantity, Result, Says
from dive_assets.tools.tool import Probe, tool

EFFICIENCY = Quantity("", "", 3)
PAYLOAD = Quantity("kilogram", "kilograms", 0, role="payload")


class AircraftMasses(Result):
    """Design masses of a type."""

    maximum_takeoff_kg: Annotated[
        float,
        AIRCRAFT_MASS,
        Says(
            (
                "the maximum take-off mass of {aircraft} by the Poll–Schumann tables",
                "the Poll–Schumann tables' maximum take-off mass for {aircraft}",
            ),
            has="maximum take-off mass by the Poll–Schumann tables",
            ask=(
                "How heavy may {aircraft} be at take-off, by the Poll–Schumann tables?",
                "Which maximum take-off mass do the Poll–Schumann tables give for {aircraft}?",
            ),
            high="largest",
            low="smallest",
        ),
    ]
    maximum_landing_kg: Annotated[
        float,
        AIRCRAFT_MASS,
        Says(
            (
                "the maximum landing mass of {aircraft} by the Poll–Schumann tables",
                "the Poll–Schumann tables' maximum landing mass for {aircraft}",
            ),
            has="maximum landing mass by the Poll–Schumann tables",
            ask=("Which maximum landing mass do the Poll–Schumann tables give for {aircraft}?",),
            high="largest",
            low="smallest",
        ),
    ]
    operating_empty_kg: Annotated[
        float,
        AIRCRAFT_MASS,
        Says(
            (
                "the operating empty mass of {aircraft} by the Poll–Schumann tables",
                "the Poll–Schumann tables' operating empty mass for {aircraft}",
            ),
            has="operating empty mass by the Poll–Schumann tables",
            ask=("Which operating empty mass do the Poll–Schumann tables give for {aircraft}?",),
            high="largest",
            low="smallest",
        ),
    ]
    maximum_payload_kg: Annotated[
        float,
        PAYLOAD,
        Says(
            (
                "the maximum payload of {aircraft} by the Poll–Schumann tables",
                "the Poll–Schumann tables' maximum payload for {aircraft}",
            ),
            has="maximum payload by the Poll–Schumann tables",
            ask=("How much payload can {aircraft} carry at most, by the Poll–Schumann tables?",),
            high="largest",
            low="smallest",
        ),
    ]


@tool(
    domain="transport",
    kind="R",
    sources=[PYCONTRAILS],
    determinism="snapshot",
    probes=[
        Probe({"aircraft": "A388"}, {"/maximum_takeoff_kg": 569000.0}, "Airbus A380 airport planning manual, WV002"),
        Probe({"aircraft": "B77W"}, {"/operating_empty_kg": 167829.0}, "Boeing D6-58329: 370,000 lb"),
    ],
)
def aircraft_masses(aircraft: Aircraft) -> AircraftMasses:
    """Maximum take-off and landing mass, operating empty mass, payload of a jet type (Poll-Schumann tables)."""
    row = aircraft_row(aircraft)
    return AircraftMasses(
        maximum_takeoff_kg=float(row["MTOM_kg"]),
        maximum_landing_kg=float(row["MLM_kg"]),
        operating_empty_kg=float(row["OEM_i_kg"]),
        maximum_payload_kg=float(row["MPM_i_kg"]),
    )


class AircraftWing(Result):
    """Wing of a type."""

    wing_area_m2: Annotated[
        float,
        WING_AREA,
        Says(
            (
                "the wing reference area of {aircraft} by the Poll–Schumann tables",
                "the Poll–Schumann tables' wing area for {aircraft}",
            ),
            has="wing reference area by the Poll–Schumann tables",
            ask=("Which wing reference area do the Poll–Schumann tables give for {aircraft}?",),
            high="largest",
            low="smallest",
        ),
    ]
    wingspan_m: Annotated[
        float,
        Quantity("meter", "metres", 2),
        Says(
            (
                "the wingspan that the Poll–Schumann tables assume for {aircraft}",
                "the Poll–Schumann tables' wingspan for {aircraft}",
            ),
            has="wingspan by the Poll–Schumann tables",
            ask=("Which wingspan do the Poll–Schumann tables assume for {aircraft}?",),
            high="greatest",
            low="smallest",
        ),
    ]
    fuselage_width_m: Annotated[
        float,
        Quantity("meter", "metres", 2),
        Says(
            (
                "the fuselage width that the Poll–Schumann tables give for {aircraft}",
                "the Poll–Schumann tables' fuselage width for {aircraft}",
            ),
            has="fuselage width by the Poll–Schumann tables",
            ask=("How wide is the fuselage of {aircraft} by the Poll–Schumann tables?",),
            high="greatest",
            low="smallest",
        ),
    ]


@tool(
    domain="transport",
    kind="R",
    sources=[PYCONTRAILS],
    determinism="snapshot",
    probes=[
        Probe({"aircraft": "A388"}, {"/wing_area_m2": 845.0, "/wingspan_m": 79.8}, "Airbus: 845 m2, 79.75 m"),
        Probe({"aircraft": "B748"}, {"/wingspan_m": 68.4}, "Boeing: 68.4 m"),
    ],
)
def aircraft_wing(aircraft: Aircraft) -> AircraftWing:
    """Wing area, wingspan and fuselage width of a jet type (Poll-Schumann tables)."""
    row = aircraft_row(aircraft)
    return AircraftWing(
        wing_area_m2=float(row["Sref_m2"]), wingspan_m=float(row["span_m"]), fuselage_width_m=float(row["bf_m"])
    )


class AircraftLimits(Result):
    """Operating limits and cruise efficiency of a type."""

    mach_limit: Annotated[
        float,
        MACH,
        Says(
            (
                "the maximum operating Mach number of {aircraft} by the Poll–Schumann tables",
                "the Poll–Schumann tables' Mach limit for {aircraft}",
            ),
            has="maximum operating Mach number by the Poll–Schumann tables",
            ask=("Which maximum operating Mach number do the Poll–Schumann tables give for {aircraft}?",),
        ),
    ]
    ceiling_ft: Annotated[
        float,
        FLIGHT_ALTITUDE,
        Says(
            (
                "the maximum operating altitude of {aircraft} by the Poll–Schumann tables",
                "the Poll–Schumann tables' service ceiling for {aircraft}",
            ),
            has="maximum operating altitude by the Poll–Schumann tables",
            ask=("Up to which altitude may {aircraft} operate, by the Poll–Schumann tables?",),
        ),
    ]
    range_efficiency: Annotated[
        float,
        EFFICIENCY,
        Says(
            (
                "the optimum range efficiency (overall engine efficiency times lift-to-drag ratio) of {aircraft} by the "
                "Poll–Schumann tables",
                "the Poll–Schumann tables' best product of overall engine efficiency and lift-to-drag ratio for {aircraft}",
            ),
            has="optimum product of overall engine efficiency and lift-to-drag ratio by the Poll–Schumann tables",
            ask=(
                "Which optimum product of overall engine efficiency and lift-to-drag ratio do the Poll–Schumann tables "
                "give for {aircraft}?",
            ),
        ),
    ]


@tool(
    domain="transport",
    kind="R",
    sources=[PYCONTRAILS],
    determinism="snapshot",
    probes=[
        Probe({"aircraft": "B744"}, {"/mach_limit": 0.92}, "FAA TCDS A20WE: MMO 0.92"),
        Probe({"aircraft": "A359"}, {"/mach_limit": 0.89}, "EASA TCDS A.151: MMO 0.89"),
    ],
)
def aircraft_limits(aircraft: Aircraft) -> AircraftLimits:
    """Mach limit, ceiling and optimum range efficiency of a jet type (Poll-Schumann tables)."""
    row = aircraft_row(aircraft)
    return AircraftLimits(
        mach_limit=float(row["MMO"]),
        ceiling_ft=float(round(float(row["FL_max"]) * 100, -1)),
        range_efficiency=float(row["etaL_D_do"]),
    )
