"""Facts of PV modules (CEC and Sandia tables, shipped with pvlib)."""

from __future__ import annotations

from typing import Annotated

from dive_assets.toolpool.earth.data_sources import SAM_LIBRARY
from dive_assets.toolpool.earth.entity_types import Module, SandiaModule
from dive_assets.toolpool.earth.pv_library import (
    MATERIALS,
    TECHNOLOGIES,
    module_record,
    sandia_record,
)
from dive_assets.tools.annotations import Quantity, Result, Says, Text
from dive_assets.tools.tool import Probe, tool

POWER_COEFFICIENT = Quantity("percent/kelvin", "per cent per kelvin", 3, role="temperature coefficient")
NOMINAL_CELL_TEMPERATURE = Quantity("degC", "degrees Celsius", 1, ratio=False, role="nominal cell temperature")
PEAK_POWER = Quantity("watt", "watts", 1, additive=True, role="peak power")


class ModuleFacts(Result):
    """A PV module at standard test conditions."""

    power: Annotated[
        float,
        PEAK_POWER,
        Says(
            (
                "the maximum power at standard test conditions of {module} in the CEC list",
                "the STC power of {module} by the CEC list",
            ),
            has="maximum power at standard test conditions in the CEC list",
            ask=("How much power does {module} give at standard test conditions by the CEC list?",),
        ),
    ]
    area: Annotated[
        float,
        Quantity("meter**2", "square metres", 2, role="module area"),
        Says(
            ("the module area of {module} in the CEC list", "the area that the CEC list gives for {module}"),
            has="module area in the CEC list",
            ask=("How large is the area of {module} by the CEC list?",),
            high="largest",
            low="smallest",
        ),
    ]
    efficiency: Annotated[
        float,
        Quantity("percent", "per cent", 1),
        Says(
            (
                "the module efficiency of {module}, taken as its STC power per 1,000 W/m² on the area in the CEC list",
                "the efficiency of {module} at 1,000 W/m² by the STC power and the area in the CEC list",
            ),
            has="efficiency at 1,000 W/m² by the STC power and the area in the CEC list",
            ask=("How efficient is {module} at 1,000 W/m² by the STC power and the area in the CEC list?",),
        ),
    ]
    temperature_coefficient: Annotated[
        float,
        POWER_COEFFICIENT,
        Says(
            (
                "the temperature coefficient of maximum power of {module} in the CEC list",
                "the power temperature coefficient that the CEC list gives for {module}",
            ),
            has="temperature coefficient of maximum power in the CEC list",
            ask=("By how much per kelvin does the power of {module} change by the CEC list?",),
        ),
    ]
    nominal_cell_temperature: Annotated[
        float,
        NOMINAL_CELL_TEMPERATURE,
        Says(
            (
                "the nominal operating cell temperature of {module} in the CEC list",
                "the NOCT of {module} by the CEC list",
            ),
            has="nominal operating cell temperature in the CEC list",
            ask=("Which nominal operating cell temperature does the CEC list give for {module}?",),
        ),
    ]
    open_circuit_voltage: Annotated[
        float,
        Quantity("volt", "volts", 2),
        Says(
            "the open-circuit voltage at standard test conditions of {module} in the CEC list",
            has="open-circuit voltage at standard test conditions in the CEC list",
            ask=("Which open-circuit voltage does the CEC list give for {module} at standard test conditions?",),
        ),
    ]
    short_circuit_current: Annotated[
        float,
        Quantity("ampere", "amperes", 2),
        Says(
            "the short-circuit current at standard test conditions of {module} in the CEC list",
            has="short-circuit current at standard test conditions in the CEC list",
            ask=("Which short-circuit current does the CEC list give for {module} at standard test conditions?",),
        ),
    ]
    technology: Annotated[
        str,
        Text("the cell technology in words"),
        Says(
            "the cell technology of {module} in the CEC list",
            ask=("Which cell technology does the CEC list give for {module}?",),
        ),
    ]


@tool(
    domain="earth",
    kind="R",
    sources=[SAM_LIBRARY],
    determinism="snapshot",
    probes=[
        Probe(
            {"module": "Canadian Solar Inc. CS5P-220M"},
            {
                "/power": 4.69 * 46.9,
                "/temperature_coefficient": -0.476,
                "/nominal_cell_temperature": 42.4,
                "/open_circuit_voltage": 59.4,
                "/technology": "monocrystalline silicon",
            },
        ),
        Probe({"module": "AXITEC AC-335P/72XV"}, {"/technology": "multicrystalline silicon"}),
    ],
)
def pv_module(module: Module) -> ModuleFacts:
    """Power, area, temperature coefficient and voltages of a PV module (CEC list of 2019, SAM library in pvlib)."""
    record = module_record(module)
    power, area = float(record["STC"]), float(record["A_c"])
    return ModuleFacts(
        power=power,
        area=area,
        efficiency=power / area / 10,
        temperature_coefficient=float(record["gamma_r"]),
        nominal_cell_temperature=float(record["T_NOCT"]),
        open_circuit_voltage=float(record["V_oc_ref"]),
        short_circuit_current=float(record["I_sc_ref"]),
        technology=TECHNOLOGIES[record["Technology"]],
    )


class ModuleBuild(Result):
    """How a PV module is built."""

    ptc_power: Annotated[
        float,
        Quantity("watt", "watts", 1, additive=True),
        Says(
            (
                "the PTC rating of {module} in the CEC list",
                "the power of {module} at PVUSA test conditions by the CEC list",
            ),
            has="PTC rating in the CEC list",
            ask=("Which PTC rating does the CEC list give for {module}?",),
        ),
    ]
    cells: Annotated[
        int,
        Quantity("cells", "cells", 0, additive=True),
        Says(
            "the number of cells in series of {module} in the CEC list",
            has="number of cells in series in the CEC list",
            ask=("How many cells in series does {module} have by the CEC list?",),
        ),
    ]
    length: Annotated[
        float | None,
        Quantity("meter", "metres", 3),
        Says(
            "the length of {module} in the CEC list",
            has="length in the CEC list",
            ask=("How long is {module} by the CEC list?",),
            high="greatest",
            low="smallest",
        ),
    ]
    fill_factor: Annotated[
        float,
        Quantity("percent", "per cent", 1),
        Says(
            (
                "the fill factor of {module} by its power, voltage and current in the CEC list",
                "the fill factor, from the STC values in the CEC list, of {module}",
            ),
            has="fill factor by the STC values in the CEC list",
            ask=("Which fill factor follows from the CEC list's STC values for {module}?",),
        ),
    ]


@tool(
    domain="earth",
    kind="R",
    sources=[SAM_LIBRARY],
    determinism="snapshot",
    probes=[
        Probe(
            {"module": "Canadian Solar Inc. CS5P-220M"},
            {"/ptc_power": 200.1, "/cells": 96, "/fill_factor": 100 * 4.69 * 46.9 / (59.4 * 5.1)},
        )
    ],
)
def pv_module_build(module: Module) -> ModuleBuild:
    """PTC rating, cells, length and fill factor of a PV module (CEC list of 2019, SAM library in pvlib)."""
    record = module_record(module)
    return ModuleBuild(
        ptc_power=float(record["PTC"]),
        cells=int(float(record["N_s"])),
        length=float(record["Length"]) if record["Length"] else None,
        fill_factor=100 * float(record["STC"]) / (float(record["V_oc_ref"]) * float(record["I_sc_ref"])),
    )


class SandiaModuleFacts(Result):
    """A PV module as Sandia National Laboratories tested it."""

    cells: Annotated[
        int,
        Quantity("cells", "cells", 0, additive=True),
        Says(
            "the number of cells in series of {module} in Sandia's module database",
            has="number of cells in series in Sandia's module database",
            ask=("How many cells are in series in {module} by Sandia's module database?",),
        ),
    ]
    power: Annotated[
        float,
        Quantity("watt", "watts", 1, additive=True),
        Says(
            (
                "the maximum power of {module} at reference conditions by Sandia's module database",
                "the product of current and voltage at maximum power of {module} in Sandia's module database",
            ),
            has="maximum power at reference conditions by Sandia's module database",
            ask=("How much power does {module} give at reference conditions by Sandia's module database?",),
        ),
    ]
    material: Annotated[
        str,
        Text("the cell material in words"),
        Says(
            "the cell material of {module} in Sandia's module database",
            ask=("Which cell material does {module} have in Sandia's module database?",),
        ),
    ]


@tool(
    domain="earth",
    kind="R",
    sources=[SAM_LIBRARY],
    determinism="snapshot",
    probes=[
        Probe(
            {"module": "Advent Solar AS160 (2006)"},
            {"/cells": 72, "/power": 5.028 * 32.41, "/material": "multicrystalline silicon"},
        )
    ],
)
def sandia_pv_module(module: SandiaModule) -> SandiaModuleFacts:
    """Cells, material and power of a PV module in Sandia's module database of 2015 (shipped with pvlib)."""
    record = sandia_record(module)
    return SandiaModuleFacts(
        cells=int(record["Cells in Series"]),
        power=float(record["Impo"]) * float(record["Vmpo"]),
        material=MATERIALS.get(record["Material"], record["Material"]),
    )
