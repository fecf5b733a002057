"""Heat pumps, storage and the cost of electricity."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.earth.entity_types import AIR_TEMPERATURE
from dive_assets.toolpool.shared.data_sources import STANDARD_LIBRARY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

PLANT_POWER = Quantity("megawatt", "megawatts", 2, additive=True, role="plant power")
CAPACITY_FACTOR = Quantity("percent", "per cent", 1, role="capacity factor")
ANNUAL_ENERGY = Quantity("gigawatt_hour", "gigawatt hours", 1, additive=True, role="annual generation")


class HeatPump(Result):
    """Carnot limit of a heat pump."""

    cop: Annotated[
        float,
        Quantity("", "", 2, role="COP"),
        Says(
            (
                "the Carnot limit of a heat pump's COP for heat at {flow_temperature} drawn from air at {air_temperature}",
                "the highest possible COP of a heat pump that heats water to {flow_temperature} from air at "
                "{air_temperature}",
            ),
            ask=(
                "Which COP can a heat pump reach at most (Carnot) that draws from air at {air_temperature} and delivers "
                "at {flow_temperature}?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe({"air_temperature": 0, "flow_temperature": 35}, {"/cop": 308.15 / 35}, "Th / (Th - Tc) by hand"),
    ],
)
def carnot_heat_pump(
    air_temperature: Annotated[
        float, AIR_TEMPERATURE, Draw.decimal(-15, 12, 1, suffix=" °C"), Field(description="in °C", ge=-90, le=60)
    ],
    flow_temperature: Annotated[float, Draw.integer(30, 65, suffix=" °C"), Field(description="in °C", ge=0, le=120)],
) -> HeatPump:
    """Carnot coefficient of performance of a heat pump, Th / (Th - Tc) in kelvins."""
    if flow_temperature - air_temperature < 1:
        raise ToolError("the flow must be warmer than the air", "invalid_arguments")
    return HeatPump(cop=(flow_temperature + 273.15) / (flow_temperature - air_temperature))


class HeatPumpPower(Result):
    """Electricity for a heat load."""

    power: Annotated[
        float,
        Quantity("kilowatt", "kilowatts", 2, additive=True),
        Says(
            (
                "the electric power that a heat pump with a COP of {cop} takes for a heat load of {load}",
                "the electric power needed for {load} of heat at a COP of {cop}",
            ),
            ask=("How much electric power does a heat pump with a COP of {cop} take for a heat load of {load}?",),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[Probe({"cop": 4, "load": 12}, {"/power": 3}, "12 / 4")],
)
def heat_pump_power(
    cop: Annotated[
        float,
        Quantity("", "", 2, role="COP"),
        Draw.decimal(2, 6, 1),
        Field(ge=1, le=300),
    ],
    load: Annotated[float, Draw.integer(3, 60, suffix=" kW"), Field(description="in kW", gt=0, le=1e6)],
) -> HeatPumpPower:
    """Electric power of a heat pump: heat load divided by the coefficient of performance."""
    return HeatPumpPower(power=load / cop)


class Generation(Result):
    """Energy of a plant in a year."""

    energy: Annotated[
        float,
        ANNUAL_ENERGY,
        Says(
            (
                "the energy that a plant with {power} generates in 8,760 hours at a capacity factor of {capacity_factor}",
                "the annual generation (8,760 h) of a plant with {power} at a capacity factor of {capacity_factor}",
            ),
            ask=(
                "How much does a plant with {power} generate in 8,760 hours at a capacity factor of {capacity_factor}?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[Probe({"power": 100, "capacity_factor": 50}, {"/energy": 438}, "100 MW * 0.5 * 8760 h")],
)
def annual_generation(
    power: Annotated[float, PLANT_POWER, Draw.integer(2, 900, suffix=" MW"), Field(description="in MW", gt=0, le=1e6)],
    capacity_factor: Annotated[
        float, CAPACITY_FACTOR, Draw.integer(12, 92, suffix=" %"), Field(description="in %", gt=0, le=100)
    ],
) -> Generation:
    """Energy of a plant in 8,760 hours: power times capacity factor."""
    return Generation(energy=power * capacity_factor / 100 * 8.76)


class CapacityFactor(Result):
    """Capacity factor of a plant."""

    capacity_factor: Annotated[
        float,
        CAPACITY_FACTOR,
        Says(
            (
                "the capacity factor (8,760 h) of a plant with {power} that generates {energy} a year",
                "the percentage of full load over 8,760 hours at which a plant with {power} yields {energy}",
            ),
            ask=("Which capacity factor (8,760 h) has a plant with {power} that generates {energy} a year?",),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[Probe({"power": 100, "energy": 219}, {"/capacity_factor": 25}, "219 GWh / 876 GWh")],
)
def capacity_factor(
    power: Annotated[
        float, PLANT_POWER, Draw.integer(100, 900, suffix=" MW"), Field(description="in MW", gt=0, le=1e6)
    ],
    energy: Annotated[
        float, ANNUAL_ENERGY, Draw.integer(150, 800, suffix=" GWh"), Field(description="in GWh", gt=0, le=1e7)
    ],
) -> CapacityFactor:
    """Capacity factor: annual generation over power times 8,760 hours."""
    share = 100 * energy / (power * 8.76)
    if share > 100:
        raise ToolError("no plant generates more than its power times 8,760 hours", "invalid_arguments")
    return CapacityFactor(capacity_factor=share)


class LevelisedCost(Result):
    """Levelised cost of electricity."""

    cost: Annotated[
        float,
        Quantity("US dollars per megawatt hour", "US dollars per megawatt hour", 2),
        Says(
            (
                "the simple levelised cost of electricity (NREL's formula without fuel) for {capital}, {fixed} of fixed "
                "costs, a discount rate of {rate}, a life of {life} and a capacity factor of {capacity_factor}",
            ),
            ask=(
                "By NREL's simple LCOE formula without fuel, what does a megawatt hour cost for {capital}, {fixed} of "
                "fixed costs, a discount rate of {rate}, a life of {life} and a capacity factor of {capacity_factor}?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"capital": 1000, "fixed": 20, "rate": 5, "life": 20, "capacity_factor": 25},
            {"/cost": (1000 * 0.05 * 1.05**20 / (1.05**20 - 1) + 20) / (8.76 * 0.25)},
            "NREL simple LCOE: (CRF * capital + fixed) / (8760 * CF), CRF = 0.0802, by hand",
        )
    ],
)
def levelised_cost(
    capital: Annotated[
        float,
        Draw.integer(800, 6000, step=50, suffix=" $/kW of capital cost"),
        Field(description="in $/kW of capital cost", gt=0, le=1e5),
    ],
    fixed: Annotated[
        float, Draw.integer(10, 120, step=5, suffix=" $/kW a year"), Field(description="in $/kW a year", ge=0, le=1e4)
    ],
    rate: Annotated[float, Draw.decimal(2, 10, 1, suffix=" %"), Field(description="in %", gt=0, le=50)],
    life: Annotated[int, Draw.integer(15, 40, suffix=" years"), Field(description="in years", ge=1, le=100)],
    capacity_factor: Annotated[
        float, CAPACITY_FACTOR, Draw.integer(15, 90, suffix=" %"), Field(description="in %", gt=0, le=100)
    ],
) -> LevelisedCost:
    """Simple levelised cost (CRF * capital + fixed costs) / (8760 CF), without fuel (NREL, simple LCOE calculator)."""
    growth = (1 + rate / 100) ** life
    recovery = rate / 100 * growth / (growth - 1)
    return LevelisedCost(cost=(recovery * capital + fixed) / (8.76 * capacity_factor / 100))


class Battery(Result):
    """How long a battery lasts."""

    runtime: Annotated[
        float,
        Quantity("hour", "hours", 2),
        Says(
            (
                "the runtime of a battery of {capacity} at {voltage}, used to {depth} of its charge, under a constant "
                "load of {load}",
            ),
            ask=(
                "How long does a battery of {capacity} at {voltage} feed a constant load of {load} if {depth} of its "
                "charge is used?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe({"capacity": 100, "voltage": 12, "depth": 80, "load": 60}, {"/runtime": 16}, "100 * 12 * 0.8 / 60"),
    ],
)
def battery_runtime(
    capacity: Annotated[float, Draw.integer(20, 400, step=5, suffix=" Ah"), Field(description="in Ah", gt=0, le=1e6)],
    voltage: Annotated[float, Draw.choice({12: "12 V", 24: "24 V", 48: "48 V"}), Field(gt=0, le=2000)],
    depth: Annotated[float, Draw.integer(50, 95, step=5, suffix=" %"), Field(description="in %", gt=0, le=100)],
    load: Annotated[float, Draw.integer(20, 900, step=5, suffix=" W"), Field(description="in W", gt=0, le=1e7)],
) -> Battery:
    """Runtime of a battery without losses: capacity * voltage * depth of discharge / load."""
    return Battery(runtime=capacity * voltage * depth / 100 / load)
