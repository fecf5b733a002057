"""Inverters for PV arrays (CEC list, shipped with pvlib)."""

from __future__ import annotations

from typing import Annotated

from dive_assets.toolpool.earth.data_sources import SAM_LIBRARY
from dive_assets.toolpool.earth.entity_types import Inverter
from dive_assets.toolpool.earth.pv_library import (
    inverter_record,
)
from dive_assets.tools.annotations import Quantity, Result, Says
from dive_assets.tools.tool import Probe, tool

INVERTER_POWER = Quantity("watt", "watts", 0, additive=True, role="AC rating")


class InverterFacts(Result):
    """Ratings of an inverter."""

    ac_power: Annotated[
        float,
        INVERTER_POWER,
        Says(
            (
                "the rated AC power of {inverter} in the CEC list",
                "the AC power rating that the CEC list gives for {inverter}",
            ),
            has="rated AC power in the CEC list",
            ask=("How much AC power is {inverter} rated for by the CEC list?",),
        ),
    ]
    efficiency: Annotated[
        float,
        Quantity("percent", "per cent", 2),
        Says(
            (
                "the efficiency of {inverter} at its rated AC power by the CEC list",
                "the ratio of AC to DC power of {inverter} at its rating in the CEC list",
            ),
            has="efficiency at rated AC power by the CEC list",
            ask=("How efficient is {inverter} at its rated AC power by the CEC list?",),
        ),
    ]
    mppt_voltage: Annotated[
        float,
        Quantity("volt", "volts", 0),
        Says(
            (
                "the upper MPPT voltage limit of {inverter} in the CEC list",
                "the upper end of the MPPT voltage window of {inverter} in the CEC list",
            ),
            has="upper MPPT voltage limit in the CEC list",
            ask=("Up to which DC voltage does the MPPT window of {inverter} reach by the CEC list?",),
        ),
    ]
    night_power: Annotated[
        float,
        Quantity("watt", "watts", 2, additive=True),
        Says(
            "the night-time power draw of {inverter} by the CEC list",
            has="night-time power draw by the CEC list",
            ask=("How much power does {inverter} draw at night by the CEC list?",),
        ),
    ]


@tool(
    domain="earth",
    kind="R",
    sources=[SAM_LIBRARY],
    determinism="snapshot",
    probes=[
        Probe(
            {"inverter": "ABB MICRO-0.25-I-OUTD-US-208 (208 V)"},
            {"/ac_power": 250, "/efficiency": 100 * 250 / 259.588593, "/mppt_voltage": 50, "/night_power": 0.075},
        )
    ],
)
def pv_inverter(inverter: Inverter) -> InverterFacts:
    """Rated AC power, efficiency and MPPT limit of an inverter (CEC list of 2019, SAM library in pvlib)."""
    record = inverter_record(inverter)
    power = float(record["Paco"])
    return InverterFacts(
        ac_power=power,
        efficiency=100 * power / float(record["Pdco"]),
        mppt_voltage=float(record["Mppt_high"]),
        night_power=float(record["Pnt"]),
    )


class InverterLimits(Result):
    """DC side of an inverter."""

    maximum_dc_current: Annotated[
        float,
        Quantity("ampere", "amperes", 1, additive=True),
        Says(
            (
                "the maximum DC current of {inverter} in the CEC list",
                "the DC current limit of {inverter} in the CEC list",
            ),
            has="maximum DC current in the CEC list",
            ask=("How much DC current may {inverter} take at most by the CEC list?",),
        ),
    ]
    lower_mppt_voltage: Annotated[
        float,
        Quantity("volt", "volts", 0),
        Says(
            "the lower MPPT voltage limit of {inverter} in the CEC list",
            has="lower MPPT voltage limit in the CEC list",
            ask=("From which DC voltage on does the MPPT of {inverter} work by the CEC list?",),
        ),
    ]
    startup_power: Annotated[
        float,
        Quantity("watt", "watts", 1, additive=True),
        Says(
            "the DC power at which {inverter} starts up by the CEC list",
            has="start-up DC power in the CEC list",
            ask=("How much DC power does {inverter} need to start up by the CEC list?",),
        ),
    ]


@tool(
    domain="earth",
    kind="R",
    sources=[SAM_LIBRARY],
    determinism="snapshot",
    probes=[
        Probe(
            {"inverter": "ABB MICRO-0.25-I-OUTD-US-208 (208 V)"},
            {"/maximum_dc_current": 259.588593 / 40, "/lower_mppt_voltage": 30, "/startup_power": 2.089607},
        )
    ],
)
def pv_inverter_limits(inverter: Inverter) -> InverterLimits:
    """DC current limit, lower MPPT voltage and start-up power of an inverter (CEC list of 2019, SAM library in pvlib)."""
    record = inverter_record(inverter)
    return InverterLimits(
        maximum_dc_current=float(record["Idcmax"]),
        lower_mppt_voltage=float(record["Mppt_low"]),
        startup_power=float(record["Pso"]),
    )
