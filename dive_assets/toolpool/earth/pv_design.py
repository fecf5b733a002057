"""Sizing and output of PV arrays."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.earth.data_sources import PVLIB, SAM_LIBRARY
from dive_assets.toolpool.earth.entity_types import (
    CELL_TEMPERATURE,
    AirTemperature,
    CellTemperature,
    Irradiance,
    Module,
    SandiaModule,
)
from dive_assets.toolpool.earth.pv_library import module_record, sandia_record
from dive_assets.toolpool.earth.pv_modules import NOMINAL_CELL_TEMPERATURE, POWER_COEFFICIENT
from dive_assets.toolpool.shared.data_sources import STANDARD_LIBRARY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.tool import Probe, tool


class NominalCell(Result):
    """Cell temperature by the NOCT model."""

    cell_temperature: Annotated[
        float,
        CELL_TEMPERATURE,
        Says(
            (
                "the PV cell temperature that the NOCT formula gives for an NOCT of {noct}, {irradiance} and air at "
                "{air_temperature}",
                "the temperature by the NOCT formula of PV cells with an NOCT of {noct} under {irradiance} in air at "
                "{air_temperature}",
            ),
            ask=(
                "How hot do PV cells with an NOCT of {noct} get by the NOCT formula under {irradiance} in air at "
                "{air_temperature}?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"noct": 45, "irradiance": 800, "air_temperature": 20},
            {"/cell_temperature": 45},
            "the definition of NOCT: 800 W/m2 and 20 °C",
        ),
        Probe(
            {"noct": 47, "irradiance": 1000, "air_temperature": 30},
            {"/cell_temperature": 63.75},
            "30 + 27 * 1000 / 800",
        ),
    ],
)
def noct_cell_temperature(
    noct: Annotated[
        float, NOMINAL_CELL_TEMPERATURE, Draw.integer(42, 50, suffix=" °C"), Field(description="in °C", ge=30, le=80)
    ],
    irradiance: Irradiance,
    air_temperature: AirTemperature,
) -> NominalCell:
    """Cell temperature: air temperature + (NOCT - 20 °C) irradiance / (800 W/m²) (Ross 1976; IEC 61215)."""
    return NominalCell(cell_temperature=air_temperature + (noct - 20) * irradiance / 800)


class TemperatureEffect(Result):
    """How a cell temperature changes the power."""

    change: Annotated[
        float,
        Quantity("percent", "per cent", 1, ratio=False),
        Says(
            (
                "the percentage change in PV power, relative to 25 °C, of cells at {cell_temperature} with a "
                "temperature coefficient of {coefficient}",
                "the linear change in per cent that PV power undergoes from 25 °C to {cell_temperature} with a "
                "temperature coefficient of {coefficient}",
            ),
            ask=(
                "By what percentage does the power of PV cells at {cell_temperature} differ from that at 25 °C when "
                "the temperature coefficient is {coefficient}?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe({"coefficient": -0.4, "cell_temperature": 50}, {"/change": -10.0}, "-0.4 %/K over 25 K"),
    ],
)
def pv_temperature_effect(
    coefficient: Annotated[
        float,
        POWER_COEFFICIENT,
        Draw.decimal(-0.5, -0.25, 2, suffix=" %/K"),
        Field(description="in %/K", ge=-1, le=0.5),
    ],
    cell_temperature: CellTemperature,
) -> TemperatureEffect:
    """Percentage change of PV power from 25 °C by a linear coefficient (PVWatts, Dobos 2014, NREL/TP-6A20-62641)."""
    return TemperatureEffect(change=coefficient * (cell_temperature - 25))


class ModuleOutput(Result):
    """Maximum power of a module under given conditions."""

    power: Annotated[
        float,
        Quantity("watt", "watts", 1, additive=True),
        Says(
            (
                "the maximum power of {module} under {irradiance} with its cells at {cell_temperature} by the CEC "
                "single-diode model",
                "the CEC single-diode model's maximum power of {module} under {irradiance} at a cell temperature of "
                "{cell_temperature}",
            ),
            has="maximum power under {irradiance} with cells at {cell_temperature} by the CEC single-diode model",
            ask=(
                "By the CEC single-diode model, how much power can {module} give under {irradiance} with its cells at "
                "{cell_temperature}?",
            ),
        ),
    ]
    open_circuit_voltage: Annotated[
        float,
        Quantity("volt", "volts", 2),
        Says(
            "the open-circuit voltage of {module} under {irradiance} with its cells at {cell_temperature} by the CEC "
            "single-diode model",
            has="open-circuit voltage under {irradiance} with cells at {cell_temperature} by the CEC single-diode model",
            ask=(
                "By the CEC single-diode model, which open-circuit voltage has {module} under {irradiance} with its "
                "cells at {cell_temperature}?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[PVLIB, SAM_LIBRARY],
    determinism="snapshot",
    probes=[
        Probe(
            {"module": "Canadian Solar Inc. CS5P-220M", "irradiance": 1000, "cell_temperature": 25},
            {"/power": 46.9 * 4.69},
            "standard test conditions: 46.9 V times 4.69 A, to which the model's parameters are fitted",
        )
    ],
)
def pv_module_output(
    module: Module,
    irradiance: Annotated[
        float, Draw.integer(200, 1000, step=50, suffix=" W/m²"), Field(description="in W/m²", ge=10, le=1500)
    ],
    cell_temperature: Annotated[float, Draw.integer(10, 70, suffix=" °C"), Field(description="in °C", ge=-40, le=100)],
) -> ModuleOutput:
    """Maximum power of a module by the six-parameter CEC model (Dobos 2012; pvlib)."""
    from pvlib import pvsystem

    record = module_record(module)
    names = ("alpha_sc", "a_ref", "I_L_ref", "I_o_ref", "R_sh_ref", "R_s", "Adjust")
    circuit = pvsystem.calcparams_cec(irradiance, cell_temperature, *(float(record[name]) for name in names))
    curve = pvsystem.singlediode(*circuit)
    return ModuleOutput(power=float(curve["p_mp"]), open_circuit_voltage=float(curve["v_oc"]))


class ArraySize(Result):
    """Modules for a target power."""

    modules: Annotated[
        int,
        Quantity("modules", "modules", 0, additive=True),
        Says(
            (
                "the smallest number of units of {module} that reaches {power} at standard test conditions",
                "the number of units of {module} needed for at least {power} at standard test conditions",
            ),
            has="number of modules needed for at least {power} at standard test conditions",
            ask=("How many units of {module} does it take to reach {power} at standard test conditions?",),
        ),
    ]
    area: Annotated[
        float,
        Quantity("meter**2", "square metres", 1, additive=True),
        Says(
            "the total module area of the fewest units of {module} that reach {power} at standard test conditions",
            has="total area of the fewest modules that reach {power} at standard test conditions",
            ask=(
                "Which module area do the fewest units of {module} cover that reach {power} at standard test "
                "conditions?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[SAM_LIBRARY],
    determinism="snapshot",
    probes=[
        Probe({"module": "Canadian Solar Inc. CS5P-220M", "power": 10}, {"/modules": 46}, "10000 / 219.961 = 45.46"),
    ],
)
def pv_array_size(
    module: Module,
    power: Annotated[float, Draw.integer(3, 500, suffix=" kW"), Field(description="in kW", gt=0, le=1e6)],
) -> ArraySize:
    """Number and area of CEC-listed modules that a target STC power in kilowatts needs (SAM library in pvlib)."""
    record = module_record(module)
    count = math.ceil(power * 1000 / float(record["STC"]))
    return ArraySize(modules=count, area=count * float(record["A_c"]))


class SandiaVoltage(Result):
    """Voltage of a tested module at a cell temperature."""

    open_circuit_voltage: Annotated[
        float,
        Quantity("volt", "volts", 2),
        Says(
            (
                "the open-circuit voltage under 1,000 W/m² of {module} with its cells at {cell_temperature} by Sandia's "
                "module database",
                "the open-circuit voltage of {module} under 1,000 W/m² with cells at {cell_temperature} by Sandia's "
                "coefficients",
            ),
            has="open-circuit voltage under 1,000 W/m² with cells at {cell_temperature} by Sandia's module database",
            ask=(
                "By Sandia's coefficients, which open-circuit voltage has {module} under 1,000 W/m² with its cells at "
                "{cell_temperature}?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[SAM_LIBRARY],
    determinism="snapshot",
    probes=[
        Probe(
            {"module": "Advent Solar AS160 (2006)", "cell_temperature": 45},
            {"/open_circuit_voltage": 42.832 - 0.1703 * 20},
            "King et al. 2004, SAND2004-3535, equation 4 at 1000 W/m2",
        )
    ],
)
def sandia_module_voltage(module: SandiaModule, cell_temperature: CellTemperature) -> SandiaVoltage:
    """Open-circuit voltage under 1,000 W/m² at a cell temperature: Voco + Bvoco (T - 25 °C) (King et al. 2004)."""
    record = sandia_record(module)
    voltage = float(record["Voco"]) + float(record["Bvoco"]) * (cell_temperature - 25)
    return SandiaVoltage(open_circuit_voltage=voltage)
