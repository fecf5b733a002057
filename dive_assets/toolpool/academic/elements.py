"""Facts about chemical elements (mendeleev) and what follows from them."""

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
from dive_assets.toolpool.shared.entity_types import ELEMENT
from dive_assets.tools.annotations import Draw, Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

LAST_WITH_BULK_DATA = 99  # heavier elements have predicted properties only
NO_SINGLE_DENSITY = {6, 15, 16, 34, 50, 85, 87}  # allotropes of different density, or predictions only
LIGHTEST_SOLID = 0.1  # g/cm3; what is lighter is a gas


class ElementPosition(Result):
    """Where an element stands in the periodic table."""

    atomic_number: Annotated[
        int,
        Quantity("", "", 0, role="atomic number"),
        Says(
            ("the atomic number of {element}", "the number of protons in an atom of {element}"),
            has="atomic number",
            ask=("What is the atomic number of {element}?",),
        ),
    ]
    symbol: Annotated[
        str,
        Text("the chemical symbol"),
        Says("the chemical symbol of {element}", ask=("What is the chemical symbol of {element}?",)),
    ]
    group: Annotated[
        int | None,
        Quantity("", "", 0, ratio=False, comparable=False, role="group number"),
        Says(
            "the IUPAC group number of {element} in the periodic table",
            ask=("Which group of the periodic table (1 to 18) does {element} belong to?",),
        ),
    ]
    period: Annotated[
        int,
        Quantity("", "", 0, ratio=False, role="period of the periodic table"),
        Says(
            "the period of the periodic table that contains {element}",
            ask=("Which period of the periodic table does {element} belong to?",),
        ),
    ]
    configuration: Annotated[
        str,
        Text("it in noble-gas notation"),
        Says(
            "the ground-state electron configuration of {element}",
            ask=("What is the ground-state electron configuration of {element}?",),
        ),
    ]


@tool(
    domain="academic",
    kind="R",
    sources=[MENDELEEV],
    probes=[
        Probe(
            {"element": "tungsten"}, {"/atomic_number": 74, "/symbol": "W", "/group": 6, "/period": 6}, "IUPAC table"
        ),
        Probe({"element": "Fe"}, {"/configuration": "[Ar] 3d6 4s2", "/group": 8}, "NIST"),
    ],
)
def element_position(element: Element) -> ElementPosition:
    """Atomic number, symbol, group, period and electron configuration of an element (mendeleev)."""
    number = atomic_number_of(element)
    record = element_table()[number]
    group = known(record["group_id"])
    return ElementPosition(
        atomic_number=number,
        symbol=record["symbol"],
        group=None if group is None else int(group),
        period=int(record["period"]),
        configuration=record["electronic_configuration"],
    )


class NumberedElement(Result):
    """The element of an atomic number."""

    element: Annotated[
        str,
        ELEMENT,
        Says(
            (
                "the element that has {atomic_number} as its atomic number",
                "the element whose atomic number is {atomic_number}",
            ),
            ask=("Which element has {atomic_number} as its atomic number?",),
        ),
    ]


@tool(
    domain="academic",
    kind="R",
    sources=[MENDELEEV],
    probes=[Probe({"atomic_number": 79}, {"/element": "gold"}, "IUPAC table")],
)
def element_by_atomic_number(
    atomic_number: Annotated[int, Quantity("", "", 0, role="atomic number"), Draw.integer(1, 99), Field(ge=1, le=118)],
) -> NumberedElement:
    """Name of the element with an atomic number (mendeleev)."""
    return NumberedElement(element=names_by_number()[atomic_number])


class GroupMembers(Result):
    """The members of a group of the periodic table."""

    elements: Annotated[
        list[Annotated[str, ELEMENT]],
        Says(
            (
                "the elements whose periodic-table group number is {group}",
                "the elements that have {group} as their group number in the periodic table",
            ),
            ask=("Which elements have {group} as their IUPAC group number?",),
        ),
    ]


@tool(
    domain="academic",
    kind="R",
    sources=[MENDELEEV],
    probes=[
        Probe(
            {"group": 17},
            {"/elements": ["astatine", "bromine", "chlorine", "fluorine", "iodine", "tennessine"]},
            "IUPAC table",
        )
    ],
)
def elements_in_group(
    group: Annotated[
        int,
        Quantity("", "", 0, ratio=False, comparable=False, role="group number"),
        Draw.integer(1, 18),
        Field(ge=1, le=18),
    ],
) -> GroupMembers:
    """Elements of an IUPAC group of the periodic table, in alphabetical order (mendeleev)."""
    members = (z for z, record in element_table().items() if known(record["group_id"]) == group)
    return GroupMembers(elements=sorted(names_by_number()[z] for z in members))


class BulkProperties(Result):
    """Measured properties of an element."""

    atomic_weight: Annotated[
        float,
        Quantity("dalton", "daltons", 2, role="atomic mass"),
        Says(
            ("the standard atomic weight of {element}", "the average mass of an atom of {element}"),
            has="standard atomic weight",
            ask=("What is the standard atomic weight of {element}, by IUPAC's conventional value?",),
        ),
    ]
    electronegativity: Annotated[
        float | None,
        Quantity("", "", 2, role="electronegativity"),
        Says(
            "the Pauling electronegativity of {element}",
            has="Pauling electronegativity",
            ask=("What is the electronegativity of {element} on the Pauling scale?",),
        ),
    ]
    density: Annotated[
        float | None,
        Quantity("gram/centimeter**3", "grams per cubic centimetre", 2, role="density"),
        Says(
            "the density of {element} near room temperature",
            has="density near room temperature",
            ask=("How dense is {element} near room temperature and at atmospheric pressure?",),
        ),
    ]
    melting_point: Annotated[
        float | None,
        Quantity("kelvin", "kelvins", 1, role="temperature"),
        Says(
            ("the melting point of {element}", "the temperature at which {element} melts"),
            has="melting point",
            ask=("At what temperature does {element} melt under atmospheric pressure?",),
        ),
    ]
    boiling_point: Annotated[
        float | None,
        Quantity("kelvin", "kelvins", 1, role="temperature"),
        Says(
            ("the boiling point of {element}", "the temperature at which {element} boils at atmospheric pressure"),
            has="boiling point",
            ask=("At what temperature does {element} boil under atmospheric pressure?",),
        ),
    ]
    covalent_radius: Annotated[
        float,
        Quantity("picometer", "picometres", 0, role="atomic radius"),
        Says(
            "the single-bond covalent radius of {element} by Pyykkö and Atsumi",
            has="single-bond covalent radius",
            ask=("What single-bond covalent radius do Pyykkö and Atsumi (2009) give for {element}?",),
            high="largest",
            low="smallest",
        ),
    ]


@cache
def _transitions() -> dict[int, tuple[float | None, float | None]]:
    """Melting and boiling point by atomic number; nothing where allotropes differ or the element sublimes."""
    from mendeleev.fetch import fetch_table

    found: dict[int, list[dict]] = {}
    for row in fetch_table("phasetransitions").to_dict("records"):
        if row["allotrope"] != "gray" or row["atomic_number"] != 50:
            found.setdefault(int(row["atomic_number"]), []).append(row)
    single = {z: rows[0] for z, rows in found.items() if len(rows) == 1}
    return {
        z: (known(row["melting_point"]), known(row["boiling_point"]))
        for z, row in single.items()
        if not known(row["is_sublimation_point"])
    }


@tool(
    domain="academic",
    kind="R",
    sources=[MENDELEEV],
    probes=[
        Probe(
            {"element": "copper"},
            {"/atomic_weight": 63.546, "/electronegativity": 1.9, "/melting_point": 1357.77},
            "CRC Handbook",
        ),
        Probe({"element": "mercury"}, {"/boiling_point": 629.769}, "CRC Handbook"),
    ],
)
def element_properties(element: Element) -> BulkProperties:
    """Atomic weight, electronegativity, density, melting and boiling point of an element (mendeleev; CRC Handbook)."""
    number = atomic_number_of(element)
    if number > LAST_WITH_BULK_DATA:
        raise ToolError(f"no measured bulk properties of {names_by_number()[number]}")
    record = element_table()[number]
    density = known(record["density"])
    condensed = density is not None and density > LIGHTEST_SOLID and number not in NO_SINGLE_DENSITY
    melting, boiling = _transitions().get(number, (None, None))
    return BulkProperties(
        atomic_weight=record["atomic_weight"],
        electronegativity=known(record["en_pauling"]),
        density=density if condensed else None,
        melting_point=melting,
        boiling_point=boiling,
        covalent_radius=round(record["covalent_radius_pyykko"], 6),
    )
