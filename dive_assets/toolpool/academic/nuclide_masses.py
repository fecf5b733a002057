"""Masses, spins and binding energies of nuclides (AME2020 and NUBASE2020, in mendeleev)."""

import math
from functools import cache
from typing import Annotated, Any

from dive_assets.toolpool.academic.data_sources import MENDELEEV, RADIOACTIVEDECAY
from dive_assets.toolpool.academic.element_data import known
from dive_assets.toolpool.academic.nuclide_data import (
    Nuclide,
    abundances,
    listed_nuclides,
    nuclide_name,
    nuclide_parts,
    radioactive,
)
from dive_assets.toolpool.shared.data_sources import SCIPY
from dive_assets.tools.annotations import Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

FIRST_RADIOACTIVITY = 1896
ALPHA_MASS = 4.002603254  # daltons, atomic mass of helium-4 in AME2020


@cache
def _isotopes() -> dict[tuple[int, int], dict[str, Any]]:
    """Rows of mendeleev's isotope table by atomic number and mass number."""
    from mendeleev.fetch import fetch_table

    rows = fetch_table("isotopes").to_dict("records")
    return {(int(row["atomic_number"]), int(row["mass_number"])): row for row in rows}


def _ground_state(nuclide: str) -> dict[str, Any]:
    """The row of a nuclide in its ground state that occurs in nature or that ICRP Publication 107 lists."""
    number, mass, isomer = nuclide_parts(nuclide)
    name = nuclide_name(number, mass)
    row = _isotopes().get((number, mass))
    if isomer or row is None or (name not in listed_nuclides() and mass not in abundances().get(number, {})):
        raise ToolError(f"no measured ground-state mass of {nuclide_name(number, mass, isomer)}")
    return row


class NuclideMass(Result):
    """Measured properties of a nuclide in its ground state."""

    mass: Annotated[
        float,
        Quantity("dalton", "daltons", 4, role="atomic mass"),
        Says(
            ("the atomic mass of {nuclide}", "the mass of a neutral atom of {nuclide}"),
            has="atomic mass",
            ask=("What is the atomic mass of {nuclide}, by the 2020 atomic mass evaluation?",),
            high="largest",
            low="smallest",
        ),
    ]
    spin_parity: Annotated[
        str | None,
        Text("the spin and the parity sign, as in '3/2-'"),
        Says(
            ("the nuclear spin and parity of {nuclide}", "the ground-state spin and parity of {nuclide}"),
            ask=("Which spin and parity does the ground state of {nuclide} have, by NUBASE2020?",),
        ),
    ]
    discovery_year: Annotated[
        int | None,
        Quantity("", "", 0, ratio=False, role="discovery year"),
        Says(
            "the discovery year of {nuclide} in NUBASE2020",
            has="discovery year in NUBASE2020",
            high="latest",
            low="earliest",
            ask=("In which year was {nuclide} discovered, by NUBASE2020?",),
        ),
    ]


@tool(
    domain="academic",
    kind="R",
    sources=[MENDELEEV, RADIOACTIVEDECAY],
    probes=[
        Probe(
            {"nuclide": "iron-56"},
            {"/mass": 55.934935537, "/spin_parity": "0+"},
            "AME2020: 55 934 935.537 micro-u",
        ),
        Probe(
            {"nuclide": "cobalt-60"},
            {"/mass": 59.933815536, "/spin_parity": "5+", "/discovery_year": 1941},
            "AME2020: 59 933 815.536 micro-u; NUBASE2020",
        ),
    ],
)
def nuclide_mass(nuclide: Nuclide) -> NuclideMass:
    """Atomic mass (AME2020), spin, parity and discovery year (NUBASE2020) of a nuclide (mendeleev)."""
    row = _ground_state(nuclide)
    spin, parity, year = row["spin"], row["parity"], known(row["discovery_year"])
    stated = isinstance(spin, str) and isinstance(parity, str) and parity in ("+", "-")
    return NuclideMass(
        mass=float(row["mass"]),
        spin_parity=f"{spin}{parity}" if stated else None,
        discovery_year=None if year is None or year < FIRST_RADIOACTIVITY else int(year),
    )


class BindingEnergy(Result):
    """Energy that holds a nucleus together."""

    total: Annotated[
        float,
        Quantity("megaelectron_volt", "MeV", 2, role="particle energy"),
        Says(
            ("the nuclear binding energy of {nuclide}", "the total binding energy of the nucleus of {nuclide}"),
            has="nuclear binding energy",
            ask=("How much energy does it take to split a nucleus of {nuclide} into free nucleons?",),
        ),
    ]
    per_nucleon: Annotated[
        float,
        Quantity("megaelectron_volt", "MeV", 3),
        Says(
            ("the binding energy per nucleon of {nuclide}", "the mean binding energy of a nucleon in {nuclide}"),
            has="binding energy per nucleon",
            ask=("What is the binding energy per nucleon of {nuclide}?",),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[MENDELEEV, RADIOACTIVEDECAY, SCIPY],
    probes=[
        Probe(
            {"nuclide": "iron-56"},
            {"/per_nucleon": (26 * 1.00782503190 + 30 * 1.00866491590 - 55.934935537) * 931.49410372 / 56},
            "mass defect by hand with AME2020 masses: 8.790 MeV, as in AME2020",
        ),
        Probe(
            {"nuclide": "hydrogen-2"},
            {"/total": (1.00782503190 + 1.00866491590 - 2.01410177784) * 931.49410372},
            "AME2020: 2.2246 MeV",
        ),
    ],
)
def binding_energy(nuclide: Nuclide) -> BindingEnergy:
    """Binding energy of a nucleus from the masses of the atom, hydrogen-1 and the neutron (AME2020, CODATA)."""
    import scipy.constants as constants

    row = _ground_state(nuclide)
    number, mass, _ = nuclide_parts(nuclide)
    if mass < 2:
        raise ToolError("a single nucleon has no binding energy", "invalid_arguments")
    hydrogen, neutron = float(_isotopes()[1, 1]["mass"]), constants.value("neutron mass in u")
    defect = number * hydrogen + (mass - number) * neutron - float(row["mass"])
    energy = defect * constants.value("atomic mass constant energy equivalent in MeV")
    return BindingEnergy(total=energy, per_nucleon=energy / mass)


class AlphaEnergy(Result):
    """Energy that an alpha decay sets free."""

    energy: Annotated[
        float,
        Quantity("megaelectron_volt", "MeV", 3, role="particle energy"),
        Says(
            ("the Q value of the alpha decay of {nuclide}", "the energy set free in the alpha decay of {nuclide}"),
            has="alpha-decay Q value",
            ask=("How much energy does the alpha decay of {nuclide} set free, from the atomic masses?",),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[MENDELEEV, RADIOACTIVEDECAY, SCIPY],
    probes=[
        Probe(
            {"nuclide": "radium-226"},
            {"/energy": (226.025408186 - 222.017576017 - 4.002603254) * 931.49410372},
            "AME2020 lists 4870.70(25) keV; masses by hand",
        )
    ],
)
def alpha_decay_energy(nuclide: Nuclide) -> AlphaEnergy:
    """Q value of an alpha decay from atomic masses (AME2020, in mendeleev; CODATA)."""
    import scipy.constants as constants

    number, mass, _ = nuclide_parts(nuclide)
    record = radioactive(nuclide)
    if "α" not in record.modes:
        raise ToolError(f"ICRP Publication 107 lists no alpha decay of {nuclide}", "invalid_arguments")
    daughter = _isotopes().get((number - 2, mass - 4))
    if daughter is None:
        raise ToolError(f"no mass of the daughter of {nuclide}")
    lost = float(_ground_state(nuclide)["mass"]) - float(daughter["mass"]) - ALPHA_MASS
    return AlphaEnergy(energy=lost * constants.value("atomic mass constant energy equivalent in MeV"))


class SpecificActivity(Result):
    """Decays a second in a gram of a nuclide."""

    activity: Annotated[
        float,
        Quantity("terabecquerel/gram", "terabecquerels per gram", 3),
        Says(
            ("the specific activity of {nuclide} in pure form", "the activity of one gram of {nuclide} in pure form"),
            has="specific activity",
            ask=(
                "How many terabecquerels does one gram of {nuclide} have, free of other nuclides?",
                "What is the specific activity of {nuclide} without any carrier?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[MENDELEEV, RADIOACTIVEDECAY, SCIPY],
    probes=[
        Probe(
            {"nuclide": "radium-226"},
            {"/activity": math.log(2) / (1600 * 365.2422 * 86400) * 6.02214076e23 / 226.02540841 / 1e12},
            "ln 2 · N_A / (T½ · M) by hand with 1600 years: 0.03658 TBq/g, the historical curie being 0.037",
        )
    ],
)
def specific_activity(nuclide: Nuclide) -> SpecificActivity:
    """Specific activity of a pure nuclide, ln 2 · N_A / (half-life · mass) (ICRP 107 half-life, AME2020 mass)."""
    import scipy.constants as constants

    record, row = radioactive(nuclide), _ground_state(nuclide)
    per_second = math.log(2) / (record.hours * 3600)
    activity = per_second * constants.N_A / float(row["mass"]) / 1e12
    if not 0.001 <= activity < 1e7:
        raise ToolError(f"{nuclide} lives too long or too briefly to be weighed", "invalid_arguments")
    return SpecificActivity(activity=activity)
