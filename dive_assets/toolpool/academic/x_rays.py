"""Characteristic X-rays and Bragg reflection (periodictable)."""

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.academic.data_sources import MENDELEEV, PERIODICTABLE, PUBLISHED_FORMULA
from dive_assets.toolpool.academic.element_data import Element, atomic_number_of, element_table, names_by_number
from dive_assets.toolpool.shared.data_sources import SCIPY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

NARROW = Quantity("nanometer", "nanometres", 5, role="wavelength")
LAST_NATURAL = 92
MILLER = {1: "(100)", 2: "(110)", 3: "(111)", 4: "(200)", 8: "(220)", 11: "(311)"}  # h² + k² + l²


class EmissionLines(Result):
    """X-rays that an element emits from its K shell."""

    k_alpha: Annotated[
        float,
        NARROW,
        Says(
            (
                "the K-alpha X-ray wavelength of {element}",
                "the mean wavelength of the K-alpha X-rays from {element}",
            ),
            has="K-alpha X-ray wavelength",
            high="longest",
            low="shortest",
            ask=("What is the mean wavelength of the K-alpha radiation of an X-ray tube that uses {element}?",),
        ),
    ]
    k_beta: Annotated[
        float,
        NARROW,
        Says(
            (
                "the K-beta₁ X-ray wavelength of {element}",
                "the wavelength of the K-beta₁ X-ray line of {element}",
            ),
            has="K-beta₁ X-ray wavelength",
            high="longest",
            low="shortest",
            ask=("What is the wavelength of the K-beta₁ X-ray line of {element}?",),
        ),
    ]


@tool(
    domain="academic",
    kind="R",
    sources=[PERIODICTABLE, MENDELEEV],
    probes=[
        Probe(
            {"element": "copper"},
            {"/k_alpha": 0.15418, "/k_beta": 0.13922},
            "International Tables for Crystallography: Cu K-alpha 1.5418 Å, K-beta1 1.3922 Å",
        ),
        Probe({"element": "molybdenum"}, {"/k_alpha": 0.07107}, "International Tables: Mo K-alpha 0.7107 Å"),
    ],
)
def characteristic_x_rays(element: Element) -> EmissionLines:
    """Mean K-alpha and K-beta₁ wavelengths of an element (International Tables, in periodictable)."""
    import periodictable

    number = atomic_number_of(element)
    record = periodictable.elements.symbol(element_table()[number]["symbol"])
    alpha, beta = getattr(record, "K_alpha", None), getattr(record, "K_beta1", None)
    if not alpha or not beta or number > LAST_NATURAL:
        raise ToolError(f"periodictable gives no K lines of {names_by_number()[number]}")
    return EmissionLines(k_alpha=round(alpha / 10, 6), k_beta=round(beta / 10, 6))


class MoseleyLine(Result):
    """K-alpha line by Moseley's law."""

    energy: Annotated[
        float,
        Quantity("electron_volt", "electronvolts", 0, role="photon energy"),
        Says(
            (
                "the K-alpha energy that Moseley's law predicts when the atomic number is {atomic_number}",
                "the K-alpha photon energy that follows from Moseley's law when Z is {atomic_number}",
            ),
            ask=(
                "Which K-alpha photon energy, as ¾ Rydberg energies times (Z − 1)², does Moseley's law predict if Z is "
                "{atomic_number}?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[SCIPY],
    probes=[
        Probe(
            {"atomic_number": 29},
            {"/energy": 0.75 * 13.605693122994 * 28**2},
            "3/4 · 13.6057 eV · (Z − 1)² by hand; measured for copper: 8.05 keV",
        )
    ],
)
def moseley_energy(
    atomic_number: Annotated[
        int, Quantity("", "", 0, role="atomic number"), Draw.integer(12, 80), Field(ge=10, le=118)
    ],
) -> MoseleyLine:
    """K-alpha photon energy by Moseley's law, ¾ · R∞hc · (Z − 1)² (CODATA)."""
    import scipy.constants as constants

    rydberg = constants.Rydberg * constants.h * constants.c / constants.e
    return MoseleyLine(energy=0.75 * rydberg * (atomic_number - 1) ** 2)


class BraggReflection(Result):
    """Direction of a diffracted X-ray beam."""

    angle: Annotated[
        float,
        Quantity("degree", "degrees", 2),
        Says(
            (
                "the Bragg angle for a wavelength of {wavelength} at the {planes} planes of a cubic crystal with a "
                "lattice constant of {lattice_constant}",
                "the glancing angle at which the {planes} planes of a cubic crystal with a lattice constant of "
                "{lattice_constant} reflect, in first order, X-rays with a wavelength of {wavelength}",
            ),
            ask=(
                "At which Bragg angle θ do the {planes} planes of a cubic crystal reflect X-rays in first order, if "
                "the lattice constant is {lattice_constant} and the wavelength is {wavelength}?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[PUBLISHED_FORMULA],
    probes=[
        Probe(
            {"wavelength": 0.15418, "lattice_constant": 0.54310, "planes": 3},
            {"/angle": math.degrees(math.asin(0.15418 * math.sqrt(3) / (2 * 0.54310)))},
            "Bragg's law by hand: silicon (111) with Cu K-alpha lies at 2θ = 28.45°",
        )
    ],
)
def bragg_angle(
    wavelength: Annotated[
        float,
        Quantity("nanometer", "nanometres", 5, role="wavelength"),
        Draw.choice({0.15418: "0.15418 nm", 0.07107: "0.07107 nm", 0.17902: "0.17902 nm", 0.22910: "0.22910 nm"}),
        Field(gt=0, le=10),
    ],
    lattice_constant: Annotated[float, Draw.decimal(0.3, 0.65, 3, suffix=" nm"), Field(gt=0, le=100)],
    planes: Annotated[int, Draw.choice(MILLER), Field(description="h² + k² + l² of the planes", ge=1, le=100)],
) -> BraggReflection:
    """First-order Bragg angle of planes of a cubic crystal, sin θ = λ·sqrt(h² + k² + l²)/(2a)."""
    sine = wavelength * math.sqrt(planes) / (2 * lattice_constant)
    if sine >= 1:
        raise ToolError("the wavelength is too long for a reflection at these planes", "invalid_arguments")
    return BraggReflection(angle=math.degrees(math.asin(sine)))
