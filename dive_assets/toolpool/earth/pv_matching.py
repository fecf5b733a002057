"""Matching PV modules and inverters."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.earth.data_sources import PVLIB, SAM_LIBRARY
from dive_assets.toolpool.earth.entity_types import (
    Inverter,
    Module,
)
from dive_assets.toolpool.earth.pv_inverters import INVERTER_POWER
from dive_assets.toolpool.earth.pv_library import inverter_record, module_record
from dive_assets.toolpool.earth.pv_modules import PEAK_POWER
from dive_assets.toolpool.shared.data_sources import STANDARD_LIBRARY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool


class StringLength(Result):
    """Longest string within the MPPT window."""

    modules: Annotated[
        int,
        Quantity("modules", "modules", 0, additive=True),
        Says(
            (
                "the largest number of units of {module} in series whose STC voltage at maximum power stays "
                "within the upper MPPT limit of {inverter} in the CEC list",
                "the longest series string of units of {module} that stays, by its STC voltage at maximum "
                "power, within the upper MPPT limit of {inverter} in the CEC list",
            ),
            ask=(
                "How many units of {module} in series stay, by their STC voltage at maximum power, within the "
                "upper MPPT limit of {inverter} in the CEC list?",
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
            {"module": "Canadian Solar Inc. CS5P-220M", "inverter": "ABB PVI-5000-OUTD-US-A (208 V)"},
            {"/modules": 10},
            "480 V / 46.9 V = 10.2",
        ),
    ],
)
def pv_string_length(module: Module, inverter: Inverter) -> StringLength:
    """Modules in series that the upper MPPT voltage allows at STC: floor(limit / Vmp) (CEC list of 2019)."""
    count = math.floor(float(inverter_record(inverter)["Mppt_high"]) / float(module_record(module)["V_mp_ref"]))
    if count < 1:
        raise ToolError("the voltage of a single module exceeds the inverter's MPPT limit", "invalid_arguments")
    return StringLength(modules=count)


class InverterOutput(Result):
    """AC power of an inverter at part load."""

    ac_power: Annotated[
        float,
        INVERTER_POWER,
        Says(
            (
                "the AC power of {inverter} fed with {load} of its rated DC power at nominal DC voltage by the Sandia "
                "inverter model",
                "the Sandia inverter model's AC power of {inverter} at {load} of its rated DC power and nominal DC "
                "voltage",
            ),
            has="AC power at {load} of the rated DC power by the Sandia inverter model",
            ask=(
                "By the Sandia inverter model, how much AC power does {inverter} deliver at {load} of its rated DC "
                "power and nominal DC voltage?",
            ),
        ),
    ]
    efficiency: Annotated[
        float,
        Quantity("percent", "per cent", 2),
        Says(
            "the efficiency of {inverter} at {load} of its rated DC power and nominal DC voltage by the Sandia inverter "
            "model",
            has="efficiency at {load} of the rated DC power by the Sandia inverter model",
            ask=(
                "By the Sandia inverter model, how efficient is {inverter} at {load} of its rated DC power and nominal "
                "DC voltage?",
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
            {"inverter": "ABB MICRO-0.25-I-OUTD-US-208 (208 V)", "load": 100},
            {"/ac_power": 250, "/efficiency": 100 * 250 / 259.588593},
            "King et al. 2007, Sandia: the model returns the rated AC power at the rated DC power",
        )
    ],
)
def pv_inverter_output(
    inverter: Inverter,
    load: Annotated[float, Draw.integer(10, 95, step=5, suffix=" %"), Field(description="in %", ge=5, le=100)],
) -> InverterOutput:
    """AC power at part load and nominal DC voltage by the Sandia inverter model (King et al. 2007; pvlib)."""
    from pvlib import inverter as model

    names = ("Pso", "Paco", "Pdco", "Vdco", "C0", "C1", "C2", "C3", "Pnt")
    record = inverter_record(inverter)
    parameters = {name: float(record[name]) for name in names}
    dc_power = parameters["Pdco"] * load / 100
    ac_power = float(model.sandia(parameters["Vdco"], dc_power, parameters))
    return InverterOutput(ac_power=ac_power, efficiency=100 * ac_power / dc_power)


class LoadingRatio(Result):
    """DC to AC ratio."""

    modules: Annotated[
        int,
        Quantity("modules", "modules", 0, additive=True),
        Says(
            (
                "the largest number of PV modules with {peak_power} each that keeps the DC-to-AC ratio of an inverter "
                "with {ac_power} at or below {ratio}",
                "the number of PV modules of {peak_power} each that an inverter with {ac_power} takes at a DC-to-AC "
                "ratio of at most {ratio}",
            ),
            ask=(
                "At a DC-to-AC ratio of at most {ratio}, how many PV modules of {peak_power} each can an inverter with "
                "{ac_power} take?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe({"peak_power": 300, "ac_power": 5000, "ratio": 1.2}, {"/modules": 20}, "1.2 * 5000 / 300"),
        Probe({"peak_power": 220, "ac_power": 5000, "ratio": 1.1}, {"/modules": 25}, "1.1 * 5000 / 220"),
    ],
)
def pv_modules_per_inverter(
    peak_power: Annotated[
        float, PEAK_POWER, Draw.integer(220, 420, step=5, suffix=" W"), Field(description="in W", gt=0, le=1000)
    ],
    ac_power: Annotated[
        float, INVERTER_POWER, Draw.integer(3000, 60000, step=500, suffix=" W"), Field(description="in W", gt=0, le=1e7)
    ],
    ratio: Annotated[float, Draw.decimal(1.05, 1.4, 2), Field(ge=0.5, le=3)],
) -> LoadingRatio:
    """Modules that an inverter takes at a DC-to-AC ratio: floor(ratio * AC rating / module power)."""
    return LoadingRatio(modules=math.floor(ratio * ac_power / peak_power + 1e-9))
