"""Amounts of substance, ideal gases and van der Waals gases (CODATA gas constant, CRC critical points)."""

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.academic.compound_data import Compound, compound_record, from_tables
from dive_assets.toolpool.academic.data_sources import PUBLISHED_FORMULA
from dive_assets.toolpool.shared.data_sources import CHEMICALS, SCIPY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

GAS_CONSTANT = 8.31446261815324  # J/(mol K), exact in the SI

MolarMass = Annotated[
    float,
    Quantity("gram/mole", "grams per mole", 2, role="molar mass"),
    Draw.decimal(16, 250, 1, suffix=" g/mol"),
    Field(gt=1, le=5000),
]
Temperature = Annotated[
    float,
    Quantity("kelvin", "kelvins", 1, role="temperature"),
    Draw.integer(250, 900, suffix=" K"),
    Field(gt=0, le=10_000),
]


class Amount(Result):
    """A mass counted in moles."""

    amount: Annotated[
        float,
        Quantity("mole", "moles", 3, role="amount of substance"),
        Says(
            (
                "the number of moles in a sample whose mass is {mass} and whose molar mass is {molar_mass}",
                "the amount of substance in a sample if its mass is {mass} and its molar mass is {molar_mass}",
            ),
            ask=("How many moles make up a sample if its mass is {mass} and its molar mass is {molar_mass}?",),
        ),
    ]


@tool(
    domain="academic",
    also=("biological",),
    kind="P",
    sources=[PUBLISHED_FORMULA],
    probes=[
        Probe({"mass": 36.03, "molar_mass": 18.015}, {"/amount": 2.0}, "n = m / M"),
    ],
)
def amount_of_substance(
    mass: Annotated[
        float,
        Quantity("gram", "grams", 1, role="mass"),
        Draw.integer(5, 900, step=5, suffix=" grams"),
        Field(gt=0, le=1e9),
    ],
    molar_mass: MolarMass,
) -> Amount:
    """Amount of substance of a mass, mass over molar mass."""
    return Amount(amount=mass / molar_mass)


class SoluteMass(Result):
    """What to weigh in for a solution."""

    mass: Annotated[
        float,
        Quantity("gram", "grams", 2, role="mass"),
        Says(
            (
                "the mass of solute that {volume} of a {concentration} solution takes if the molar mass is "
                "{molar_mass}",
                "the mass to weigh in for {volume} of a {concentration} solution of a substance whose molar mass is "
                "{molar_mass}",
            ),
            ask=(
                "How much of a substance whose molar mass is {molar_mass} is needed to make {volume} of a "
                "{concentration} solution?",
            ),
        ),
    ]


@tool(
    domain="academic",
    also=("biological", "medical"),
    kind="P",
    sources=[PUBLISHED_FORMULA],
    probes=[
        Probe({"molar_mass": 58.44, "concentration": 0.5, "volume": 250.0}, {"/mass": 7.305}, "m = M · c · V by hand"),
    ],
)
def solute_mass(
    molar_mass: MolarMass,
    concentration: Annotated[float, Draw.decimal(0.05, 2, 2, suffix=" mol/L"), Field(gt=0, le=50)],
    volume: Annotated[float, Draw.integer(50, 2000, step=50, suffix=" mL"), Field(gt=0, le=1e7)],
) -> SoluteMass:
    """Mass of solute for a volume of a solution, molar mass times molarity times volume."""
    return SoluteMass(mass=molar_mass * concentration * volume / 1000)


class GasVolume(Result):
    """Room that an ideal gas takes up."""

    volume: Annotated[
        float,
        Quantity("liter", "litres", 2),
        Says(
            (
                "the volume, at {temperature} and 1 bar, of an ideal gas whose amount of substance is {amount}",
                "the space that an ideal gas fills at {temperature} and 1 bar if its amount of substance is {amount}",
            ),
            ask=(
                "An ideal gas at {temperature} and 1 bar has an amount of substance that is {amount}. What volume does "
                "it fill?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[SCIPY],
    probes=[
        Probe(
            {"amount": 1.0, "temperature": 273.15},
            {"/volume": 22.71095464148557},
            "CODATA: molar volume of an ideal gas at 273.15 K and 100 kPa, 22.710 954 64 L/mol",
        )
    ],
)
def ideal_gas_volume(
    amount: Annotated[
        float,
        Quantity("mole", "moles", 3, role="amount of substance"),
        Draw.decimal(0.2, 20, 1, suffix=" mol"),
        Field(gt=0, le=1e9),
    ],
    temperature: Temperature,
) -> GasVolume:
    """Volume of an ideal gas at 1 bar, nRT/p (CODATA gas constant)."""
    import scipy.constants as constants

    return GasVolume(volume=amount * constants.R * temperature / 100)


class GasDensity(Result):
    """Mass per volume of an ideal gas."""

    density: Annotated[
        float,
        Quantity("gram/liter", "grams per litre", 3),
        Says(
            (
                "the density, at {temperature} and 1 atm, of an ideal gas whose molar mass is {molar_mass}",
                "the mass of one litre, at {temperature} and 1 atm, of an ideal gas whose molar mass is {molar_mass}",
            ),
            ask=("How dense is an ideal gas at {temperature} and 1 atm if its molar mass is {molar_mass}?",),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[SCIPY],
    probes=[
        Probe(
            {"molar_mass": 28.96, "temperature": 288.15},
            {"/density": 28.96 * 101.325 / (8.31446261815324 * 288.15)},
            "pM/(RT) by hand; the ISO standard atmosphere has 1.225 g/L",
        )
    ],
)
def ideal_gas_density(molar_mass: MolarMass, temperature: Temperature) -> GasDensity:
    """Density of an ideal gas at 1 atm, pM/(RT) (CODATA gas constant)."""
    import scipy.constants as constants

    return GasDensity(density=constants.atm / 1000 * molar_mass / (constants.R * temperature))


class RealGas(Result):
    """A van der Waals gas."""

    attraction: Annotated[
        float,
        Quantity("bar*liter**2/mole**2", "L² bar/mol²", 3),
        Says(
            (
                "the van der Waals constant a of {compound}, from its critical point",
                "the van der Waals attraction constant of {compound}, from its critical point",
            ),
            has="van der Waals constant a, from the critical point",
            ask=(
                "Which van der Waals constant a follows from the critical temperature and pressure of {compound} in "
                "the CRC Handbook?",
            ),
        ),
    ]
    covolume: Annotated[
        float,
        Quantity("liter/mole", "L/mol", 4),
        Says(
            (
                "the van der Waals constant b of {compound}, from its critical point",
                "the van der Waals covolume of {compound}, from its critical point",
            ),
            has="van der Waals constant b, from the critical point",
            ask=(
                "Which van der Waals constant b follows from the critical temperature and pressure of {compound} in "
                "the CRC Handbook?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[CHEMICALS],
    probes=[
        Probe(
            {"compound": "ethanol"},
            {
                "/attraction": 27 * GAS_CONSTANT**2 * 515.0**2 / (64 * 6.25e6) * 10,
                "/covolume": GAS_CONSTANT * 515.0 / (8 * 6.25e6) * 1000,
            },
            "a = 27R²Tc²/(64pc), b = RTc/(8pc) by hand with the CRC Handbook's 515.0 K and 6.25 MPa",
        )
    ],
)
def van_der_waals_constants(compound: Compound) -> RealGas:
    """Van der Waals constants a = 27R²Tc²/(64pc) and b = RTc/(8pc) of a compound (CRC Handbook critical point)."""
    import chemicals

    cas = compound_record(compound).CASs
    temperature = from_tables(chemicals.Tc, cas, "CRC")
    pressure = from_tables(chemicals.Pc, cas, "CRC")
    if not temperature or not pressure:
        raise ToolError(f"the CRC Handbook gives no critical temperature and pressure of {compound!r}")
    energy = GAS_CONSTANT * temperature
    return RealGas(attraction=270 * energy**2 / (64 * pressure), covolume=1000 * energy / (8 * pressure))


class BoilingPoint(Result):
    """Temperature at which a liquid boils under a pressure."""

    temperature: Annotated[
        float,
        Quantity("kelvin", "kelvins", 1, role="temperature"),
        Says(
            (
                "the boiling point, by the Antoine equation, of {compound} under {pressure}",
                "the temperature at which {compound} boils under {pressure} by the Antoine equation",
            ),
            has="boiling point, by the Antoine equation, under {pressure}",
            ask=(
                "At what temperature does {compound} boil under {pressure}, by the Antoine equation with the constants "
                "of Poling, Prausnitz and O'Connell?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[CHEMICALS],
    probes=[
        Probe(
            {"compound": "carbon tetrachloride", "pressure": 50.0},
            {"/temperature": 1265.632 / (9.10445 - math.log10(50_000)) + 41.002},
            "T = B/(A − log p) − C by hand with the published constants 9.10445, 1265.632, −41.002",
        )
    ],
)
def boiling_point_under_pressure(
    compound: Compound,
    pressure: Annotated[
        float,
        Quantity("kilopascal", "kilopascals", 2, role="pressure"),
        Draw.integer(20, 110, suffix=" kPa"),
        Field(gt=0, le=10_000),
    ],
) -> BoilingPoint:
    """Boiling point of a compound under a pressure (Antoine equation, constants of Poling et al. 2001)."""
    from chemicals import vapor_pressure as tables

    cas, data = compound_record(compound).CASs, tables.Psat_data_AntoinePoling
    if cas not in data.index:
        raise ToolError(f"Poling et al. give no Antoine constants of {compound!r}")
    row = data.loc[cas]
    temperature = float(row["B"] / (row["A"] - math.log10(pressure * 1000)) - row["C"])
    if not row["Tmin"] <= temperature <= row["Tmax"]:
        raise ToolError(f"the Antoine constants of {compound!r} do not reach {pressure} kPa", "invalid_arguments")
    return BoilingPoint(temperature=temperature)
