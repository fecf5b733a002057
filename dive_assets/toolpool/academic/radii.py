"""Sizes of atoms and ions, and the bond lengths that follow (mendeleev)."""

from functools import cache
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.academic.data_sources import MENDELEEV
from dive_assets.toolpool.academic.element_data import (
    Element,
    atomic_number_of,
    element_table,
    known,
    names_by_number,
)
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

CHARGES = {1: "+1", 2: "+2", 3: "+3", 4: "+4"}
BONDLESS = {2, 10, 18}
SEVERAL_RADII = {6, 25, 26, 27}  # Cordero's radii of C, Mn, Fe and Co depend on hybridization or spin
LAST_MEASURED = 96  # heavier elements have no measured radii


class Radii(Result):
    """Radii of an atom by different measures."""

    van_der_waals: Annotated[
        float | None,
        Quantity("picometer", "picometres", 0, role="atomic radius"),
        Says(
            ("the van der Waals radius of {element} by Alvarez", "Alvarez's van der Waals radius of {element}"),
            has="van der Waals radius by Alvarez",
            ask=("What van der Waals radius did Alvarez (2013) derive for {element}?",),
            high="largest",
            low="smallest",
        ),
    ]
    covalent: Annotated[
        float | None,
        Quantity("picometer", "picometres", 0, role="atomic radius"),
        Says(
            (
                "the covalent radius of {element} by Cordero and colleagues",
                "the crystallographic covalent radius of {element} by Cordero and colleagues",
            ),
            has="covalent radius by Cordero and colleagues",
            ask=("What covalent radius do Cordero and colleagues (2008) give for {element}?",),
            high="largest",
            low="smallest",
        ),
    ]


@tool(
    domain="academic",
    kind="R",
    sources=[MENDELEEV],
    probes=[
        Probe(
            {"element": "nitrogen"},
            {"/van_der_waals": 166.0, "/covalent": 71.0},
            "Alvarez, Dalton Trans. 2013, 8617; Cordero et al., Dalton Trans. 2008, 2832",
        ),
        Probe({"element": "gold"}, {"/van_der_waals": 232.0, "/covalent": 136.0}, "the same two papers"),
    ],
)
def element_radii(element: Element) -> Radii:
    """Van der Waals radius (Alvarez 2013) and covalent radius (Cordero et al. 2008) of an element (mendeleev)."""
    number = atomic_number_of(element)
    if number > LAST_MEASURED:
        raise ToolError(f"no radii of {names_by_number()[number]} were derived from crystal structures")
    record = element_table()[number]
    return Radii(
        van_der_waals=known(record["vdw_radius_alvarez"]),
        covalent=None if number in SEVERAL_RADII else known(record["covalent_radius_cordero"]),
    )


class BondLength(Result):
    """Length of a bond by adding radii."""

    length: Annotated[
        float,
        Quantity("picometer", "picometres", 0, role="bond length"),
        Says(
            (
                "the length of a single bond between {element} and {partner} by Pyykkö and Atsumi's radii",
                "the single-bond length that Pyykkö and Atsumi's radii predict between {element} and {partner}",
            ),
            ask=(
                "How long is a single bond between {element} and {partner}, as the sum of Pyykkö and Atsumi's covalent "
                "radii?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[MENDELEEV],
    probes=[
        Probe(
            {"element": "carbon", "partner": "chlorine"},
            {"/length": 75.0 + 99.0},
            "Pyykkö and Atsumi 2009: C 75 pm, Cl 99 pm; the bond in CCl4 is 176.7 pm long",
        ),
        Probe({"element": "silicon", "partner": "oxygen"}, {"/length": 116.0 + 63.0}, "Pyykkö and Atsumi 2009"),
    ],
)
def single_bond_length(element: Element, partner: Element) -> BondLength:
    """Single-bond length as the sum of two covalent radii (Pyykkö and Atsumi 2009, in mendeleev)."""
    if {atomic_number_of(element), atomic_number_of(partner)} & BONDLESS:
        raise ToolError("helium, neon and argon form no single bonds", "invalid_arguments")
    radii = [known(element_table()[atomic_number_of(name)]["covalent_radius_pyykko"]) for name in (element, partner)]
    if radii[0] is None or radii[1] is None:
        raise ToolError("an element without a single-bond covalent radius", "invalid_arguments")
    return BondLength(length=round(radii[0] + radii[1], 6))


class IonSize(Result):
    """Radius of an ion in a crystal."""

    radius: Annotated[
        float,
        Quantity("picometer", "picometres", 1, role="ionic radius"),
        Says(
            (
                "Shannon's effective ionic radius of six-coordinate {element} in the oxidation state {charge}",
                "the six-coordinate Shannon radius of {element} in the oxidation state {charge}",
            ),
            has="six-coordinate Shannon radius in the oxidation state {charge}",
            high="largest",
            low="smallest",
            ask=(
                "Which effective ionic radius does Shannon (1976) give for {element} in the oxidation state {charge} "
                "with six neighbours?",
            ),
        ),
    ]


@cache
def _octahedral() -> dict[tuple[int, int], list[float]]:
    from mendeleev.fetch import fetch_table

    found: dict[tuple[int, int], list[float]] = {}
    for row in fetch_table("ionicradii").to_dict("records"):
        if row["coordination"] == "VI":
            key = (int(row["atomic_number"]), int(row["charge"]))
            found.setdefault(key, []).append(float(row["ionic_radius"]))
    return found


@tool(
    domain="academic",
    kind="R",
    sources=[MENDELEEV],
    probes=[
        Probe({"element": "sodium", "charge": 1}, {"/radius": 102.0}, "Shannon, Acta Cryst. A32 (1976) 751"),
        Probe({"element": "aluminium", "charge": 3}, {"/radius": 53.5}, "Shannon, Acta Cryst. A32 (1976) 751"),
    ],
)
def ionic_radius(element: Element, charge: Annotated[int, Draw.choice(CHARGES), Field(ge=1, le=4)]) -> IonSize:
    """Shannon's effective ionic radius for coordination number six, where spin makes no difference (mendeleev)."""
    radii = _octahedral().get((atomic_number_of(element), charge), [])
    if len(radii) != 1:
        raise ToolError(f"Shannon gives no single six-coordinate radius of {element} {CHARGES[charge]}")
    return IonSize(radius=radii[0])
