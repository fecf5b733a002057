"""What a chemical formula says of its substance (periodictable, with abridged standard atomic weights)."""

from functools import cache
from typing import Annotated, Any

from pydantic import Field

from dive_assets.toolpool.academic.data_sources import MENDELEEV, PERIODICTABLE
from dive_assets.toolpool.academic.element_data import Element, atomic_number_of, element_table, names_by_number
from dive_assets.toolpool.shared.data_sources import SCIPY
from dive_assets.toolpool.shared.entity_types import CHEMICAL_FORMULA, ELEMENT
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

Formula = Annotated[
    str, CHEMICAL_FORMULA, Field(description="Formula such as C8H10N4O2 or CuSO4(H2O)5", min_length=1, max_length=80)
]


@cache
def parsed_formula(formula: str) -> Any:
    """The formula of a neutral substance. Raises ToolError for anything else."""
    import periodictable
    from pyparsing import ParseBaseException

    try:
        parsed = periodictable.formula(formula)
    except (ParseBaseException, ValueError) as error:
        raise ToolError(f"{formula!r} is no chemical formula: {error}", "invalid_arguments") from None
    if not parsed.atoms or parsed.charge:
        raise ToolError(f"{formula!r} is no formula of a neutral substance", "invalid_arguments")
    return parsed


class Composition(Result):
    """Molar mass and make-up of a formula unit."""

    molar_mass: Annotated[
        float,
        Quantity("gram/mole", "grams per mole", 2, role="molar mass"),
        Says(
            (
                "the molar mass calculated from {formula}",
                "the molar mass that corresponds to {formula}",
            ),
            has="molar mass",
            ask=("What molar mass corresponds to {formula}, with IUPAC's abridged standard atomic weights?",),
        ),
    ]
    atoms: Annotated[
        int,
        Quantity("", "", 0),
        Says(
            ("the total number of atoms in {formula}", "the number of atoms, all elements together, in {formula}"),
            has="total number of atoms",
            ask=("How many atoms in all does {formula} contain?",),
        ),
    ]
    elements: Annotated[
        list[Annotated[str, ELEMENT]],
        Says("the elements that occur in {formula}", ask=("Which elements occur in {formula}?",)),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[PERIODICTABLE, MENDELEEV],
    probes=[
        Probe(
            {"formula": "CuSO4(H2O)5"},
            {"/molar_mass": 249.677, "/atoms": 21, "/elements": ["copper", "hydrogen", "oxygen", "sulfur"]},
            "sum of IUPAC's abridged standard atomic weights",
        ),
        Probe({"formula": "C8H10N4O2"}, {"/molar_mass": 194.194, "/atoms": 24}, "PubChem"),
    ],
)
def formula_composition(formula: Formula) -> Composition:
    """Molar mass, number of atoms and elements of a formula (periodictable, IUPAC abridged atomic weights)."""
    parsed = parsed_formula(formula)
    return Composition(
        molar_mass=round(parsed.mass, 6),
        atoms=int(sum(parsed.atoms.values())),
        elements=sorted(names_by_number()[atom.number] for atom in parsed.atoms),
    )


class ElementShare(Result):
    """How much of an element a formula holds."""

    mass_percent: Annotated[
        float,
        Quantity("percent", "percent", 2),
        Says(
            (
                "the mass percentage of {element} in {formula}",
                "the share of {element} by mass in {formula}",
            ),
            has="mass percentage of {element}",
            ask=("What percentage by mass of {formula} is {element}, with IUPAC's abridged atomic weights?",),
        ),
    ]
    atoms: Annotated[
        int,
        Quantity("", "", 0),
        Says(
            "the number of {element} atoms in {formula}",
            has="number of {element} atoms",
            ask=("How many {element} atoms does {formula} contain?",),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[PERIODICTABLE, MENDELEEV],
    probes=[
        Probe({"formula": "H2O", "element": "oxygen"}, {"/mass_percent": 88.809326, "/atoms": 1}, "15.999 / 18.015"),
    ],
)
def element_share(formula: Formula, element: Element) -> ElementShare:
    """Mass percentage and number of atoms of an element in a formula (periodictable, IUPAC abridged weights)."""
    symbol = element_table()[atomic_number_of(element)]["symbol"]
    parsed = parsed_formula(formula)
    shares = {str(atom): share for atom, share in parsed.mass_fraction.items()}
    counts = {str(atom): count for atom, count in parsed.atoms.items()}
    if symbol not in counts:
        raise ToolError(f"{formula} contains no {element}", "invalid_arguments")
    return ElementShare(mass_percent=round(100 * shares[symbol], 8), atoms=int(counts[symbol]))


class MolecularSpeed(Result):
    """Speed of the molecules of an ideal gas."""

    speed: Annotated[
        float,
        Quantity("meter/second", "metres per second", 1, role="speed"),
        Says(
            "the root-mean-square molecular speed at {temperature} in an ideal gas whose molar mass is {molar_mass}",
            ask=(
                "What is the root-mean-square speed at {temperature} of the molecules in an ideal gas whose molar mass "
                "is {molar_mass}?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[SCIPY],
    probes=[Probe({"molar_mass": 28.014, "temperature": 300.0}, {"/speed": 516.8336537}, "sqrt(3RT/M)")],
)
def molecular_speed(
    molar_mass: Annotated[
        float,
        Quantity("gram/mole", "grams per mole", 2, role="molar mass"),
        Draw.decimal(2, 150, 1, suffix=" g/mol"),
        Field(gt=1, le=2000),
    ],
    temperature: Annotated[
        float,
        Quantity("kelvin", "kelvins", 1, role="temperature"),
        Draw.integer(200, 900, suffix=" K"),
        Field(gt=0, le=10_000),
    ],
) -> MolecularSpeed:
    """Root-mean-square speed of the molecules of an ideal gas, sqrt(3RT/M) (CODATA gas constant)."""
    import scipy.constants

    return MolecularSpeed(speed=(3 * scipy.constants.R * temperature / (molar_mass / 1000)) ** 0.5)
