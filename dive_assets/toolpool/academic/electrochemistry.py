"""Electrode potentials of metals, galvanic cells and the Nernst equation (OpenStax Chemistry 2e, appendix L)."""

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.academic.data_sources import MENDELEEV, OPENSTAX_CHEMISTRY
from dive_assets.toolpool.academic.element_data import Element, atomic_number_of, names_by_number
from dive_assets.toolpool.shared.data_sources import SCIPY
from dive_assets.toolpool.shared.entity_types import ELEMENT
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

# Standard potential in volts of metal ion + electrons -> metal, and the ion's charge
POTENTIALS = {
    "silver": (0.7996, 1),
    "aluminium": (-1.662, 3),
    "barium": (-2.912, 2),
    "beryllium": (-1.847, 2),
    "calcium": (-2.868, 2),
    "cadmium": (-0.4030, 2),
    "cerium": (-2.483, 3),
    "cobalt": (-0.28, 2),
    "copper": (0.34, 2),
    "iron": (-0.447, 2),
    "gallium": (-0.549, 3),
    "gadolinium": (-2.279, 3),
    "hafnium": (-1.55, 4),
    "indium": (-0.3382, 3),
    "potassium": (-2.931, 1),
    "lithium": (-3.04, 1),
    "lutetium": (-2.28, 3),
    "magnesium": (-2.372, 2),
    "manganese": (-1.185, 2),
    "sodium": (-2.71, 1),
    "neodymium": (-2.323, 3),
    "nickel": (-0.257, 2),
    "lead": (-0.1262, 2),
    "palladium": (0.987, 2),
    "platinum": (1.20, 2),
    "rubidium": (-2.98, 1),
    "samarium": (-2.304, 3),
    "tin": (-0.1375, 2),
    "strontium": (-2.89, 2),
    "thorium": (-1.90, 4),
    "yttrium": (-2.37, 3),
    "zinc": (-0.7618, 2),
    "zirconium": (-1.539, 4),
}

POTENTIAL = Quantity("volt", "volts", 2, ratio=False, role="electrode potential")


def _couple(element: str) -> tuple[str, float, int]:
    """Name, standard potential and charge of the ion. Raises ToolError for an element without them."""
    name = names_by_number()[atomic_number_of(element)]
    if name not in POTENTIALS:
        raise ToolError(f"the table has no standard potential of a single {name} ion against the metal")
    return (name, *POTENTIALS[name])


class StandardPotential(Result):
    """Tendency of a metal's ions to be reduced."""

    potential: Annotated[
        float,
        POTENTIAL,
        Says(
            (
                "the standard electrode potential of {element}",
                "the standard reduction potential of the ions of {element} to the metal",
            ),
            has="standard electrode potential",
            ask=(
                "What is the standard electrode potential of {element} in water at 25 °C, against the hydrogen "
                "electrode?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="R",
    sources=[OPENSTAX_CHEMISTRY, MENDELEEV],
    probes=[
        Probe({"element": "zinc"}, {"/potential": -0.7618}, "OpenStax Chemistry 2e, appendix L; CRC Handbook"),
        Probe({"element": "silver"}, {"/potential": 0.7996}, "OpenStax Chemistry 2e, appendix L; CRC Handbook"),
    ],
)
def standard_electrode_potential(element: Element) -> StandardPotential:
    """Standard reduction potential of a metal against its common ion, such as Cu²⁺/Cu (OpenStax Chemistry 2e)."""
    return StandardPotential(potential=_couple(element)[1])


class GalvanicCell(Result):
    """A cell of two metals, each in a one-molar solution of its ions."""

    voltage: Annotated[
        float,
        Quantity("volt", "volts", 2),
        Says(
            (
                "the standard voltage of a galvanic cell made of {element} and {partner}",
                "the standard cell potential between {element} and {partner}",
            ),
            ask=("What voltage does a galvanic cell of {element} and {partner} have under standard conditions?",),
        ),
    ]
    cathode: Annotated[
        str,
        ELEMENT,
        Says(
            "the cathode material in a standard galvanic cell of {element} and {partner}",
            ask=("Which metal is the cathode in a standard galvanic cell of {element} and {partner}?",),
        ),
    ]
    anode: Annotated[
        str,
        ELEMENT,
        Says(
            "the metal that dissolves in a standard galvanic cell of {element} and {partner}",
            ask=("Which metal is oxidized in a standard galvanic cell of {element} and {partner}?",),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[OPENSTAX_CHEMISTRY, MENDELEEV],
    probes=[
        Probe(
            {"element": "zinc", "partner": "copper"},
            {"/voltage": 0.34 + 0.7618, "/cathode": "copper", "/anode": "zinc"},
            "the Daniell cell: 1.10 V",
        )
    ],
)
def galvanic_cell(element: Element, partner: Element) -> GalvanicCell:
    """Standard voltage, cathode and anode of a cell of two metals (standard potentials, OpenStax Chemistry 2e)."""
    (name, own, _), (other, against, _) = _couple(element), _couple(partner)
    if own == against:
        raise ToolError("two metals of different standard potential are needed", "invalid_arguments")
    cathode, anode = (name, other) if own > against else (other, name)
    return GalvanicCell(voltage=abs(own - against), cathode=cathode, anode=anode)


class ElectrodePotential(Result):
    """A metal in a solution of its ions."""

    potential: Annotated[
        float,
        Quantity("volt", "volts", 3, ratio=False),
        Says(
            (
                "the electrode potential at 25 °C of {element} in a {concentration} solution of its ions",
                "the Nernst potential at 25 °C of {element} in a {concentration} solution of its ions",
            ),
            has="electrode potential at 25 °C in a {concentration} solution of its ions",
            ask=(
                "By the Nernst equation, what is the electrode potential at 25 °C of {element} in a {concentration} "
                "solution of its ions?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[OPENSTAX_CHEMISTRY, MENDELEEV, SCIPY],
    probes=[
        Probe(
            {"element": "copper", "concentration": 0.01},
            {"/potential": 0.34 + 8.31446261815324 * 298.15 / (2 * 96485.33212331002) * math.log(0.01)},
            "Nernst equation by hand: 0.34 V − 2 · 0.0592/2 V",
        )
    ],
)
def nernst_potential(
    element: Element,
    concentration: Annotated[float, Draw.decimal(0.01, 0.9, 2, suffix=" mol/L"), Field(ge=1e-8, le=10)],
) -> ElectrodePotential:
    """Potential of a metal in a solution of its ions at 25 °C (Nernst equation, standard potentials of OpenStax)."""
    import scipy.constants as constants

    _, standard, charge = _couple(element)
    faraday = constants.N_A * constants.e
    return ElectrodePotential(potential=standard + constants.R * 298.15 / (charge * faraday) * math.log(concentration))
