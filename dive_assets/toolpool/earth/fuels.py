"""Fuels, their heat and their carbon dioxide."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.earth.data_sources import US_REGULATION
from dive_assets.toolpool.earth.entity_types import FUEL
from dive_assets.toolpool.shared.data_sources import STANDARD_LIBRARY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

# 40 CFR part 98, table C-1 (81 FR 89188, 2016): default high heat value and kg CO2 per million Btu.
SOLID_FUELS = {  # million Btu per short ton
    "anthracite": (25.09, 103.69),
    "bituminous coal": (24.93, 93.28),
    "subbituminous coal": (17.25, 97.17),
    "lignite": (14.21, 97.72),
    "coal coke": (24.80, 113.67),
    "petroleum coke": (30.00, 102.41),
}
LIQUID_FUELS = {  # million Btu per US gallon
    "distillate fuel oil No. 1": (0.139, 73.25),
    "distillate fuel oil No. 2": (0.138, 73.96),
    "distillate fuel oil No. 4": (0.146, 75.04),
    "residual fuel oil No. 5": (0.140, 72.93),
    "residual fuel oil No. 6": (0.150, 75.10),
    "used oil": (0.138, 74.00),
    "kerosene": (0.135, 75.20),
    "liquefied petroleum gas": (0.092, 61.71),
    "propane": (0.091, 62.87),
    "propylene": (0.091, 67.77),
    "ethane": (0.068, 59.60),
    "ethanol": (0.084, 68.44),
    "ethylene": (0.058, 65.96),
    "isobutane": (0.099, 64.94),
    "isobutylene": (0.103, 68.86),
    "butane": (0.103, 64.77),
    "butylene": (0.105, 68.72),
    "natural gasoline": (0.110, 66.88),
    "pentanes plus": (0.110, 70.02),
    "petrochemical feedstocks": (0.125, 71.02),
    "special naphtha": (0.125, 72.34),
    "unfinished oils": (0.139, 74.54),
    "heavy gas oils": (0.148, 74.92),
    "lubricants": (0.144, 74.27),
    "motor gasoline": (0.125, 70.22),
    "aviation gasoline": (0.120, 69.25),
    "kerosene-type jet fuel": (0.135, 72.22),
    "asphalt and road oil": (0.158, 75.36),
    "crude oil": (0.138, 74.54),
}
GAS_FUELS = {"natural gas": (1.026e-3, 53.06), "propane gas": (2.516e-3, 61.46)}  # million Btu per standard cubic foot
BTU_GJ = 1.05505585262  # gigajoules per million Btu (International Table)
EMISSION_FACTOR = Quantity("kilogram/gigajoule", "kilograms of CO₂ per gigajoule", 2, role="emission factor")


def fuels() -> dict[str, tuple[float, float]]:
    return SOLID_FUELS | LIQUID_FUELS | GAS_FUELS


class FuelFacts(Result):
    """Default values of the EPA's Greenhouse Gas Reporting Program."""

    emission_factor: Annotated[
        float,
        EMISSION_FACTOR,
        Says(
            (
                "the default carbon dioxide emission factor of {fuel} in the EPA's 2016 table C-1 (40 CFR 98), per "
                "gigajoule of high heat value",
                "the CO₂ emission per gigajoule of high heat value from {fuel} by the EPA's 2016 table C-1 (40 CFR 98)",
            ),
            has="default carbon dioxide emission factor in the EPA's 2016 table C-1 (40 CFR 98)",
            ask=(
                "How much CO₂ does {fuel} emit per gigajoule of high heat value by the EPA's 2016 table C-1 (40 CFR "
                "98)?",
            ),
        ),
    ]
    heat_value_per_litre: Annotated[
        float | None,
        Quantity("megajoule/liter", "megajoules per litre", 2, role="volumetric heat value"),
        Says(
            "the default high heat value per litre of {fuel} by the EPA's 2016 table C-1 (40 CFR 98)",
            ask=("How much heat (high heat value) is in a litre of {fuel} by the EPA's 2016 table C-1 (40 CFR 98)?",),
        ),
    ]


@tool(
    domain="earth",
    kind="R",
    sources=[US_REGULATION],
    probes=[
        Probe(
            {"fuel": "motor gasoline"},
            {
                "/emission_factor": 70.22 / 1.05505585262,
                "/heat_value_per_litre": 125000 * 0.00105505585262 / 3.785411784,
            },
            "40 CFR part 98 table C-1: 0.125 mmBtu/gallon, 70.22 kg CO2/mmBtu",
        ),
        Probe(
            {"fuel": "natural gas"},
            {"/emission_factor": 50.29118, "/heat_value_per_litre": None},
            "40 CFR part 98 table C-1: 53.06 kg CO2/mmBtu = 50.291 kg/GJ",
        ),
    ],
)
def fuel_emission_factor(
    fuel: Annotated[str, FUEL, Field(description="as table C-1 names it, lower case", max_length=60)],
) -> FuelFacts:
    """CO2 emission factor and heat value of a fuel (EPA, 40 CFR part 98, table C-1, as of 2016)."""
    found = fuels().get(fuel.strip()) or fuels().get(fuel.strip().casefold())
    if found is None:
        raise ToolError(f"table C-1 (as held here) has no fuel {fuel!r}")
    per_gallon = found[0] if fuel.strip() in LIQUID_FUELS else None
    return FuelFacts(
        emission_factor=found[1] / BTU_GJ,
        heat_value_per_litre=None if per_gallon is None else per_gallon * BTU_GJ * 1000 / 3.785411784,
    )


class Combustion(Result):
    """Carbon dioxide of a fuel's energy."""

    mass: Annotated[
        float,
        Quantity("tonne", "tonnes", 2, additive=True),
        Says(
            (
                "the mass of carbon dioxide from fuel worth {energy} with an emission factor of {emission_factor}",
                "the carbon dioxide emitted when {energy} of fuel energy is released at an emission factor of "
                "{emission_factor}",
            ),
            ask=(
                "How much carbon dioxide does {energy} of fuel energy emit at an emission factor of {emission_factor}?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[Probe({"energy": 500, "emission_factor": 56.1}, {"/mass": 28.05}, "500 GJ * 56.1 kg/GJ")],
)
def combustion_carbon_dioxide(
    energy: Annotated[float, Draw.integer(50, 5000, step=50, suffix=" GJ"), Field(description="in GJ", gt=0, le=1e12)],
    emission_factor: Annotated[
        float,
        EMISSION_FACTOR,
        Draw.decimal(50, 110, 1, suffix=" kg CO₂/GJ"),
        Field(description="in kg CO₂/GJ", gt=0, le=400),
    ],
) -> Combustion:
    """Carbon dioxide of a fuel energy: energy times emission factor."""
    return Combustion(mass=energy * emission_factor / 1000)


class FuelEnergy(Result):
    """Heat in a volume of fuel."""

    energy: Annotated[
        float,
        Quantity("gigajoule", "gigajoules", 2, additive=True),
        Says(
            (
                "the heat in {volume} of a fuel with a heat value of {heat_value}",
                "the energy of {volume} of a fuel that has a heat value of {heat_value}",
            ),
            ask=("How much heat is in {volume} of a fuel with a heat value of {heat_value}?",),
        ),
    ]
    kilowatt_hours: Annotated[
        float,
        Quantity("kilowatt_hour", "kilowatt hours", 0, additive=True),
        Says(
            "the kilowatt hours of heat in {volume} of a fuel with a heat value of {heat_value}",
            ask=("How many kilowatt hours of heat are in {volume} of a fuel with a heat value of {heat_value}?",),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[Probe({"volume": 1000, "heat_value": 36}, {"/energy": 36, "/kilowatt_hours": 10000}, "1 kWh = 3.6 MJ")],
)
def fuel_energy(
    volume: Annotated[
        float, Draw.integer(50, 9000, step=50, suffix=" litres"), Field(description="in litres", gt=0, le=1e12)
    ],
    heat_value: Annotated[
        float,
        Quantity("megajoule/liter", "megajoules per litre", 2, role="volumetric heat value"),
        Draw.decimal(20, 44, 1, suffix=" MJ per litre"),
        Field(description="in MJ per litre", gt=0, le=100),
    ],
) -> FuelEnergy:
    """Heat of a volume of fuel: volume times heat value per litre."""
    return FuelEnergy(energy=volume * heat_value / 1000, kilowatt_hours=volume * heat_value / 3.6)
