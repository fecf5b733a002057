"""Enthalpies and entropies of formation, fusion and combustion (CRC Handbook, in chemicals)."""

from functools import cache
from typing import Annotated, Any

from pydantic import Field

from dive_assets.toolpool.academic.compound_data import Compound, compound_record, from_tables
from dive_assets.toolpool.academic.data_sources import PERIODICTABLE, PUBLISHED_FORMULA
from dive_assets.toolpool.academic.formulas import parsed_formula
from dive_assets.toolpool.shared.data_sources import CHEMICALS
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

LEAST_ENTROPY = 2.0  # J/(mol K); the table's smaller heats of fusion are misprints
PHASES = {"s": "solid", "l": "liquid", "g": "gaseous"}
CARBON_DIOXIDE, WATER = "124-38-9", "7732-18-5"

Phase = Annotated[str, Draw.choice(PHASES), Field(pattern="^[slg]$", description="s solid, l liquid, g gas")]


@cache
def _standard_table() -> Any:
    from chemicals import heat_capacity

    return heat_capacity.CRC_standard_data


def _standard(cas: str, column: str) -> float | None:
    """A value of CRC's table of standard thermodynamic properties, None where it has a gap."""
    table = _standard_table()
    value = table.at[cas, column] if cas in table.index else None
    return None if value is None or value != value else float(value)


class StandardState(Result):
    """Thermodynamic properties of a substance at 298.15 K and 1 bar."""

    formation_enthalpy: Annotated[
        float | None,
        Quantity("kilojoule/mole", "kilojoules per mole", 1, ratio=False, role="molar enthalpy"),
        Says(
            (
                "the standard enthalpy of formation of {compound} in the {phase} state",
                "the CRC Handbook's enthalpy of formation of {compound} as a {phase} substance at 298.15 K",
            ),
            has="standard enthalpy of formation in the {phase} state",
            ask=(
                "What standard molar enthalpy of formation does the CRC Handbook give for {compound} in the {phase} state?",
            ),
        ),
    ]
    entropy: Annotated[
        float | None,
        Quantity("joule/mole/kelvin", "joules per mole and kelvin", 1),
        Says(
            "the standard molar entropy of {compound} in the {phase} state",
            has="standard molar entropy in the {phase} state",
            ask=("What standard molar entropy does the CRC Handbook give for {compound} in the {phase} state?",),
        ),
    ]
    heat_capacity: Annotated[
        float | None,
        Quantity("joule/mole/kelvin", "joules per mole and kelvin", 1, role="molar heat capacity"),
        Says(
            (
                "the molar heat capacity at 298.15 K of {compound} in the {phase} state",
                "the CRC Handbook's molar heat capacity of {compound} in the {phase} state",
            ),
            has="molar heat capacity in the {phase} state at 298.15 K",
            ask=(
                "What molar heat capacity at 298.15 K does the CRC Handbook give for {compound} in the {phase} state?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="R",
    sources=[CHEMICALS],
    probes=[
        Probe(
            {"compound": "water", "phase": "l"},
            {"/formation_enthalpy": -285.8, "/entropy": 70.0, "/heat_capacity": 75.3},
            "CRC Handbook: −285.8 kJ/mol, 70.0 and 75.3 J/(mol K)",
        ),
        Probe({"compound": "methane", "phase": "g"}, {"/formation_enthalpy": -74.6, "/entropy": 186.3}, "NIST WebBook"),
    ],
)
def compound_standard_state(compound: Compound, phase: Phase) -> StandardState:
    """Standard enthalpy of formation, entropy and heat capacity of a compound in a phase (CRC Handbook, chemicals)."""
    cas = compound_record(compound).CASs
    enthalpy = _standard(cas, f"Hf{phase}")
    found = StandardState(
        formation_enthalpy=None if enthalpy is None else enthalpy / 1000,
        entropy=_standard(cas, f"S0{phase}"),
        heat_capacity=_standard(cas, f"Cp{phase}"),
    )
    if not any(value is not None for _, value in found):
        raise ToolError(f"the CRC Handbook has no standard thermodynamic properties of {PHASES[phase]} {compound}")
    return found


class Fusion(Result):
    """Heat of melting."""

    enthalpy: Annotated[
        float,
        Quantity("kilojoule/mole", "kilojoules per mole", 2, role="molar enthalpy"),
        Says(
            ("the molar enthalpy of fusion of {compound}", "the CRC Handbook's heat of fusion of {compound}"),
            has="molar enthalpy of fusion",
            ask=(
                "What is the molar enthalpy of fusion of {compound} at its melting point, by the CRC Handbook?",
                "How much heat does one mole of {compound} take up on melting, by the CRC Handbook?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="R",
    sources=[CHEMICALS],
    probes=[
        Probe({"compound": "water"}, {"/enthalpy": 6.01}, "CRC Handbook"),
        Probe({"compound": "benzene"}, {"/enthalpy": 9.87}, "NIST WebBook: 9.87 kJ/mol"),
    ],
)
def compound_fusion(compound: Compound) -> Fusion:
    """Molar enthalpy of fusion of a compound at its melting point (CRC Handbook, in chemicals)."""
    import chemicals
    from chemicals import phase_change

    cas, table = compound_record(compound).CASs, phase_change.Hfus_data_CRC
    heat = float(table.at[cas, "Hfus"]) if cas in table.index else None
    melting = from_tables(chemicals.Tm, cas, "CRC_ORG", "CRC_INORG")
    if heat is None or not heat > 0 or (melting is not None and heat / melting < LEAST_ENTROPY):
        raise ToolError(f"the CRC Handbook gives no enthalpy of fusion of {compound!r}")
    return Fusion(enthalpy=heat / 1000)


def _fuel_atoms(formula: str) -> dict[str, float]:
    """Atoms of C, H and O. Raises ToolError for what does not burn to carbon dioxide and water alone."""
    atoms = {str(atom): float(count) for atom, count in parsed_formula(formula).atoms.items()}
    if not atoms.keys() <= {"C", "H", "O"} or "C" not in atoms:
        raise ToolError(f"{formula} does not burn to carbon dioxide and water alone", "invalid_arguments")
    return {"C": 0.0, "H": 0.0, "O": 0.0} | atoms


def _oxygen(atoms: dict[str, float]) -> float:
    """Moles of O2 that burn one mole completely."""
    return atoms["C"] + atoms["H"] / 4 - atoms["O"] / 2


class CombustionHeat(Result):
    """Heat of complete combustion."""

    enthalpy: Annotated[
        float,
        Quantity("kilojoule/mole", "kilojoules per mole", 1, role="molar enthalpy"),
        Says(
            (
                "the standard enthalpy of combustion, to liquid water, of {compound} in the {phase} state",
                "the enthalpy change that Hess's law gives for burning one mole of {compound} in the {phase} state to "
                "liquid water",
            ),
            has="standard enthalpy of combustion in the {phase} state",
            ask=(
                "What is the standard molar enthalpy of combustion, to carbon dioxide and liquid water, of {compound} "
                "in the {phase} state, from the CRC Handbook's enthalpies of formation?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[CHEMICALS, PERIODICTABLE],
    probes=[
        Probe(
            {"compound": "ethanol", "phase": "l"},
            {"/enthalpy": 2 * -393.5 + 3 * -285.8 + 277.6},
            "Hess's law by hand: −1366.8 kJ/mol, also the CRC Handbook's table of heats of combustion",
        ),
        Probe(
            {"compound": "methane", "phase": "g"},
            {"/enthalpy": -393.5 + 2 * -285.8 + 74.6},
            "Hess's law by hand: −890.5 kJ/mol",
        ),
    ],
)
def combustion_enthalpy(compound: Compound, phase: Phase) -> CombustionHeat:
    """Standard enthalpy of combustion to CO2 and liquid water (Hess's law, CRC enthalpies of formation)."""
    record = compound_record(compound)
    atoms, formation = _fuel_atoms(record.formula), _standard(record.CASs, f"Hf{phase}")
    if formation is None:
        raise ToolError(f"the CRC Handbook has no enthalpy of formation of {PHASES[phase]} {compound}")
    if _oxygen(atoms) <= 0:
        raise ToolError(f"{compound} does not burn", "invalid_arguments")
    products = atoms["C"] * (_standard(CARBON_DIOXIDE, "Hfg") or 0) + atoms["H"] / 2 * (_standard(WATER, "Hfl") or 0)
    return CombustionHeat(enthalpy=(products - formation) / 1000)


class CombustionBalance(Result):
    """What a fuel needs and yields when it burns completely."""

    oxygen: Annotated[
        float,
        Quantity("mole", "moles", 2, role="amount of substance"),
        Says(
            (
                "the amount of oxygen gas that burns one mole of {compound} completely",
                "the number of moles of O₂ needed for the complete combustion of one mole of {compound}",
            ),
            has="amount of O₂ needed to burn one mole",
            ask=("How many moles of O₂ does the complete combustion of one mole of {compound} take?",),
        ),
    ]
    carbon_dioxide: Annotated[
        float,
        Quantity("gram", "grams", 1, role="mass"),
        Says(
            "the mass of carbon dioxide from the complete combustion of 100 grams of {compound}",
            has="mass of carbon dioxide from burning 100 grams",
            ask=("How much carbon dioxide forms when 100 grams of {compound} burn completely?",),
        ),
    ]
    water: Annotated[
        float | None,
        Quantity("gram", "grams", 1, role="mass"),
        Says(
            "the mass of water from the complete combustion of 100 grams of {compound}",
            has="mass of water from burning 100 grams",
            ask=("How much water forms when 100 grams of {compound} burn completely?",),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[CHEMICALS, PERIODICTABLE],
    probes=[
        Probe(
            {"compound": "propane"},
            {
                "/oxygen": 5.0,
                "/carbon_dioxide": 100 * 3 * 44.009 / (3 * 12.011 + 8 * 1.008),
                "/water": 100 * 4 * 18.015 / (3 * 12.011 + 8 * 1.008),
            },
            "C3H8 + 5 O2 = 3 CO2 + 4 H2O with IUPAC's abridged atomic weights",
        ),
        Probe({"compound": "ethanol"}, {"/oxygen": 3.0}, "C2H5OH + 3 O2 = 2 CO2 + 3 H2O"),
    ],
)
def combustion_balance(compound: Compound) -> CombustionBalance:
    """Oxygen needed and CO2 and water formed when a C, H, O compound burns completely (IUPAC abridged weights)."""
    import periodictable

    atoms = _fuel_atoms(compound_record(compound).formula)
    if _oxygen(atoms) <= 0:
        raise ToolError(f"{compound} does not burn", "invalid_arguments")
    carbon, hydrogen, oxygen = (periodictable.elements.symbol(symbol).mass for symbol in "CHO")
    mass = atoms["C"] * carbon + atoms["H"] * hydrogen + atoms["O"] * oxygen
    return CombustionBalance(
        oxygen=_oxygen(atoms),
        carbon_dioxide=round(100 * atoms["C"] * (carbon + 2 * oxygen) / mass, 8),
        water=round(100 * atoms["H"] / 2 * (2 * hydrogen + oxygen) / mass, 8) if atoms["H"] else None,
    )


class TransitionEntropy(Result):
    """Entropy that a phase change takes up."""

    entropy: Annotated[
        float,
        Quantity("joule/mole/kelvin", "joules per mole and kelvin", 1),
        Says(
            (
                "the molar entropy change of a phase transition at {temperature} if its molar enthalpy is {enthalpy}",
                "the entropy per mole, ΔH/T, of a transition at {temperature} with a molar enthalpy equal to "
                "{enthalpy}",
            ),
            ask=(
                "What is the molar entropy of a phase transition that happens at {temperature} if its molar enthalpy "
                "is {enthalpy}?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[PUBLISHED_FORMULA],
    probes=[
        Probe(
            {"enthalpy": 40.65, "temperature": 373.15},
            {"/entropy": 40650 / 373.15},
            "ΔS = ΔH/T by hand: water boils with 109 J/(mol K), Atkins, Physical Chemistry",
        )
    ],
)
def transition_entropy(
    enthalpy: Annotated[
        float,
        Quantity("kilojoule/mole", "kilojoules per mole", 1, role="molar enthalpy"),
        Draw.decimal(4, 60, 1, suffix=" kJ/mol"),
        Field(gt=0, le=5000),
    ],
    temperature: Annotated[
        float,
        Quantity("kelvin", "kelvins", 1, role="temperature"),
        Draw.integer(200, 700, suffix=" K"),
        Field(gt=0, le=10_000),
    ],
) -> TransitionEntropy:
    """Molar entropy of a phase transition at equilibrium, ΔH/T (second law)."""
    return TransitionEntropy(entropy=1000 * enthalpy / temperature)
