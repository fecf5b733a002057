"""Jet engines: ratings, fuel flows and emission indices of ICAO's databank, and what follows from them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.transport.aircraft_data import engine_row
from dive_assets.toolpool.transport.data_sources import ANNEX_16, PYCONTRAILS
from dive_assets.toolpool.transport.entity_types import FUEL_FLOW, THRUST, FuelFlow, JetEngine
from dive_assets.tools.annotations import Draw, Quantity, Result, Says, Text
from dive_assets.tools.tool import Probe, tool

MODES = {"take-off": "T/O", "climb-out": "C/O", "approach": "App", "idle": "Idle"}
LTO_MINUTES = {"take-off": 0.7, "climb-out": 2.2, "approach": 4.0, "idle": 26.0}
Mode = Annotated[
    str, Draw.choice({mode: mode for mode in MODES}), Field(pattern="^(take-off|climb-out|approach|idle)$")
]
POLLUTANTS = {"NOx": "nitrogen oxides (NOx)", "CO": "carbon monoxide", "HC": "unburned hydrocarbons"}
Pollutant = Annotated[str, Draw.choice(POLLUTANTS), Field(pattern="^(NOx|CO|HC)$")]
EMISSION_INDEX = Quantity("gram/kilogram", "grams per kilogram of fuel", 2, role="emission index")
EmissionIndex = Annotated[
    float, EMISSION_INDEX, Draw.decimal(0.2, 60, 2, suffix=" grams per kilogram of fuel"), Field(ge=0, le=500)
]


class EngineRatings(Result):
    """Ratings of an engine."""

    rated_thrust_kn: Annotated[
        float,
        THRUST,
        Says(
            (
                "the rated thrust of {engine} in ICAO's Engine Emissions Databank",
                "the sea-level static rated thrust that ICAO's databank gives for {engine}",
            ),
            has="rated thrust in ICAO's Engine Emissions Databank",
            ask=("Which rated thrust does ICAO's Engine Emissions Databank give for {engine}?",),
        ),
    ]
    bypass_ratio: Annotated[
        float | None,
        Quantity("", "", 2),
        Says(
            (
                "the bypass ratio of {engine} in ICAO's Engine Emissions Databank",
                "the bypass ratio that ICAO's databank gives for {engine}",
            ),
            has="bypass ratio in ICAO's Engine Emissions Databank",
            ask=("Which bypass ratio does ICAO's Engine Emissions Databank give for {engine}?",),
        ),
    ]
    pressure_ratio: Annotated[
        float | None,
        Quantity("", "", 1),
        Says(
            (
                "the overall pressure ratio of {engine} in ICAO's Engine Emissions Databank",
                "the overall pressure ratio that ICAO's databank gives for {engine}",
            ),
            has="overall pressure ratio in ICAO's Engine Emissions Databank",
            ask=("Which overall pressure ratio does ICAO's Engine Emissions Databank give for {engine}?",),
        ),
    ]
    manufacturer: Annotated[
        str,
        Text("the manufacturer as ICAO's databank writes it"),
        Says(
            "the manufacturer of {engine} in ICAO's Engine Emissions Databank",
            ask=("Which manufacturer does ICAO's Engine Emissions Databank name for {engine}?",),
        ),
    ]


@tool(
    domain="transport",
    kind="R",
    sources=[PYCONTRAILS],
    determinism="snapshot",
    probes=[
        Probe(
            {"engine": "8CM051"},
            {"/rated_thrust_kn": 116.99, "/manufacturer": "CFM International"},
            "CFM56-7B26: 26,300 lbf (FAA TCDS E00055EN)",
        ),
    ],
)
def engine_ratings(engine: JetEngine) -> EngineRatings:
    """Rated thrust, bypass and pressure ratio, maker of a jet engine (ICAO Engine Emissions Databank 32)."""
    row = engine_row(engine)
    return EngineRatings(
        rated_thrust_kn=float(row["Rated Thrust (kN)"]),
        bypass_ratio=float(row["B/P Ratio"]) if row["B/P Ratio"] else None,
        pressure_ratio=float(row["Pressure Ratio"]) if row["Pressure Ratio"] else None,
        manufacturer=row["Manufacturer"],
    )


class EngineFuelFlow(Result):
    """Fuel flow of an engine."""

    fuel_flow: Annotated[
        float,
        FUEL_FLOW,
        Says(
            (
                "the fuel flow of {engine} at the {mode} setting in ICAO's Engine Emissions Databank",
                "the {mode} fuel flow that ICAO's databank gives for {engine}",
            ),
            has="{mode} fuel flow in ICAO's Engine Emissions Databank",
            ask=(
                "How much fuel per second does {engine} burn at the {mode} setting, by ICAO's Engine Emissions Databank?",
            ),
        ),
    ]


@tool(
    domain="transport",
    kind="R",
    sources=[PYCONTRAILS],
    determinism="snapshot",
    probes=[
        Probe({"engine": "1AS001", "mode": "take-off"}, {"/fuel_flow": 0.205}, "databank sheet of the TFE731-2-2B")
    ],
)
def engine_fuel_flow(engine: JetEngine, mode: Mode) -> EngineFuelFlow:
    """Fuel flow of one jet engine in a landing and take-off mode (ICAO Engine Emissions Databank 32)."""
    return EngineFuelFlow(fuel_flow=float(engine_row(engine)[f"Fuel Flow {MODES[mode]} (kg/sec)"]))


class EngineEmissionIndex(Result):
    """Emission index of an engine."""

    emission_index: Annotated[
        float,
        EMISSION_INDEX,
        Says(
            (
                "the emission index for {pollutant} of {engine} at the {mode} setting in ICAO's databank",
                "the {mode} emission index for {pollutant} that ICAO's databank gives for {engine}",
            ),
            has="{mode} emission index for {pollutant} in ICAO's Engine Emissions Databank",
            ask=(
                "Which emission index for {pollutant} does ICAO's Engine Emissions Databank give for {engine} at the "
                "{mode} setting?",
            ),
        ),
    ]


@tool(
    domain="transport",
    kind="R",
    sources=[PYCONTRAILS],
    determinism="snapshot",
    probes=[
        Probe(
            {"engine": "1AS001", "pollutant": "CO", "mode": "idle"},
            {"/emission_index": 58.6},
            "databank sheet of the TFE731-2-2B",
        )
    ],
)
def engine_emission_index(engine: JetEngine, pollutant: Pollutant, mode: Mode) -> EngineEmissionIndex:
    """Grams of a pollutant per kilogram of fuel of a jet engine in one mode (ICAO Engine Emissions Databank 32)."""
    return EngineEmissionIndex(emission_index=float(engine_row(engine)[f"{pollutant} EI {MODES[mode]} (g/kg)"]))


class LandingTakeoffCycle(Result):
    """One engine's landing and take-off cycle."""

    fuel_kg: Annotated[
        float,
        Quantity("kilogram", "kilograms", 1, additive=True),
        Says(
            (
                "the fuel burnt by {engine} in ICAO's standard landing and take-off cycle (one engine)",
                "the one-engine fuel burn of {engine} over ICAO's landing and take-off cycle",
            ),
            has="fuel burn of one engine over ICAO's standard landing and take-off cycle",
            ask=("How much fuel does {engine} burn in ICAO's standard landing and take-off cycle (one engine)?",),
        ),
    ]
    co2_kg: Annotated[
        float,
        Quantity("kilogram", "kilograms", 0, additive=True),
        Says(
            (
                "the carbon dioxide of {engine} over ICAO's landing and take-off cycle by CORSIA's factor of 3.16 (one engine)",
            ),
            has="carbon dioxide of one engine over ICAO's landing and take-off cycle by CORSIA's factor of 3.16",
            ask=(
                "By CORSIA's factor of 3.16, how much carbon dioxide does {engine} emit in ICAO's standard landing and "
                "take-off cycle (one engine)?",
            ),
        ),
    ]
    nox_g: Annotated[
        float,
        Quantity("gram", "grams", 0, additive=True),
        Says(
            ("the nitrogen oxides emitted by {engine} in ICAO's standard landing and take-off cycle (one engine)",),
            has="emission of nitrogen oxides of one engine over ICAO's standard landing and take-off cycle",
            ask=(
                "How many grams of nitrogen oxides does {engine} emit in ICAO's standard landing and take-off cycle (one "
                "engine)?",
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
            {"engine": "01P10IA020"},
            {"/fuel_kg": 443.844, "/co2_kg": 3.16 * 443.844},
            "LTO fuel in the databank's own nvPM sheet, V2524-A5",
        ),
        Probe(
            {"engine": "1AS001"},
            {"/fuel_kg": 0.205 * 42 + 0.173 * 132 + 0.067 * 240 + 0.024 * 1560},
            "ICAO Annex 16 II",
        ),
    ],
)
def landing_takeoff_cycle(engine: JetEngine) -> LandingTakeoffCycle:
    """Fuel, CO2 and NOx of one engine over the landing and take-off cycle of ICAO Annex 16 (0.7, 2.2, 4 and 26 minutes)."""
    row = engine_row(engine)
    burnt = {m: float(row[f"Fuel Flow {MODES[m]} (kg/sec)"]) * 60 * LTO_MINUTES[m] for m in MODES}
    nox = sum(burnt[m] * float(row[f"NOx EI {MODES[m]} (g/kg)"]) for m in MODES)
    fuel = sum(burnt.values())
    return LandingTakeoffCycle(fuel_kg=fuel, co2_kg=3.16 * fuel, nox_g=nox)


class EmissionRate(Result):
    """Emission per second."""

    rate: Annotated[
        float,
        Quantity("gram/second", "grams per second", 2, additive=True),
        Says(
            (
                "the emission rate of a pollutant at {fuel_flow} and {emission_index}",
                "the mass of pollutant emitted per second at {fuel_flow} and {emission_index}",
            ),
            ask=("How many grams of a pollutant are emitted per second at {fuel_flow} and {emission_index}?",),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[ANNEX_16],
    probes=[Probe({"fuel_flow": 1.2, "emission_index": 20}, {"/rate": 24.0}, "definition of the emission index")],
)
def emission_rate(fuel_flow: FuelFlow, emission_index: EmissionIndex) -> EmissionRate:
    """Mass of a pollutant emitted per second from fuel flow and emission index (ICAO Annex 16, Volume II)."""
    return EmissionRate(rate=fuel_flow * emission_index)
