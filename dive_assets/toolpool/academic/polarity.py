"""Polarity of molecules and solvents (NIST's CCCBDB and the CRC Handbook, in chemicals)."""

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.academic.compound_data import Compound, compound_record, from_tables
from dive_assets.toolpool.shared.data_sources import CHEMICALS, SCIPY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

PERMITTIVITY = Quantity("", "", 2, role="relative permittivity")


class Polarity(Result):
    """How polar a compound is."""

    dipole_moment: Annotated[
        float | None,
        Quantity("debye", "debye", 2),
        Says(
            (
                "the dipole moment of {compound} in NIST's CCCBDB",
                "the gas-phase dipole moment of {compound} by NIST's CCCBDB",
            ),
            has="dipole moment in NIST's CCCBDB",
            ask=(
                "What dipole moment does NIST's Computational Chemistry Comparison and Benchmark Database list for "
                "{compound}?",
            ),
        ),
    ]
    permittivity: Annotated[
        float | None,
        PERMITTIVITY,
        Says(
            (
                "the relative permittivity of {compound} as a liquid at 20 °C",
                "the dielectric constant of {compound} as a liquid at 20 °C",
            ),
            has="relative permittivity as a liquid at 20 °C",
            ask=("What is the dielectric constant of {compound} as a liquid at 20 °C, by the CRC Handbook?",),
        ),
    ]
    log_p: Annotated[
        float | None,
        Quantity("", "", 2, ratio=False),
        Says(
            (
                "the octanol–water log P of {compound} by the CRC Handbook",
                "the logarithm of the octanol–water partition coefficient of {compound}",
            ),
            has="octanol–water log P by the CRC Handbook",
            ask=("Which octanol–water log P does the CRC Handbook give for {compound}?",),
        ),
    ]


@tool(
    domain="academic",
    kind="R",
    sources=[CHEMICALS],
    probes=[
        Probe(
            {"compound": "acetone"},
            {"/dipole_moment": 2.88, "/permittivity": 21.01},
            "NIST CCCBDB: 2.88 D; CRC Handbook: 21.01 at 293.2 K",
        ),
        Probe({"compound": "formaldehyde"}, {"/log_p": 0.35}, "CRC Handbook, octanol–water partition coefficients"),
    ],
)
def compound_polarity(compound: Compound) -> Polarity:
    """Dipole moment (NIST CCCBDB), relative permittivity and octanol–water log P (CRC Handbook) of a compound."""
    from chemicals import dipole, environment, permittivity

    cas, table = compound_record(compound).CASs, permittivity.permittivity_data_CRC
    at_room = cas in table.index and abs(float(table.at[cas, "T"]) - 293.2) < 0.06
    found = Polarity(
        dipole_moment=from_tables(dipole.dipole_moment, cas, "CCCBDB"),
        permittivity=float(table.at[cas, "Permittivity"]) if at_room else None,
        log_p=from_tables(environment.logP, cas, "CRC"),
    )
    if not any(value is not None for _, value in found):
        raise ToolError(f"no dipole moment, permittivity or log P of {compound!r} is tabulated")
    return found


class BjerrumLength(Result):
    """Distance at which two charges feel each other as strongly as heat."""

    length: Annotated[
        float,
        Quantity("nanometer", "nanometres", 3),
        Says(
            (
                "the Bjerrum length at {temperature} in a solvent whose relative permittivity is {permittivity}",
                "the Bjerrum length of a medium at {temperature} if its relative permittivity is {permittivity}",
            ),
            ask=(
                "What is the Bjerrum length at {temperature} in a liquid whose relative permittivity is "
                "{permittivity}?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[SCIPY],
    probes=[
        Probe(
            {"permittivity": 78.4, "temperature": 298.15},
            {"/length": 1.602176634e-19**2 / (4 * math.pi * 8.8541878188e-12 * 78.4 * 1.380649e-23 * 298.15) * 1e9},
            "e²/(4πε₀ε kT) by hand; Israelachvili: 0.71 nm in water",
        )
    ],
)
def bjerrum_length(
    permittivity: Annotated[float, PERMITTIVITY, Draw.decimal(2, 90, 1), Field(ge=1, le=500)],
    temperature: Annotated[
        float,
        Quantity("kelvin", "kelvins", 1, role="temperature"),
        Draw.integer(275, 360, suffix=" K"),
        Field(gt=0, le=2000),
    ],
) -> BjerrumLength:
    """Bjerrum length of a solvent, e²/(4πε₀ε kT) (CODATA)."""
    import scipy.constants as constants

    energy = 4 * math.pi * constants.epsilon_0 * permittivity * constants.k * temperature
    return BjerrumLength(length=constants.e**2 / energy * 1e9)
