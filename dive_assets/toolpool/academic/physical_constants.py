"""The CODATA 2022 fundamental constants, by their full names (scipy)."""

import re
from functools import cache
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.academic.entity_types import PHYSICAL_CONSTANT
from dive_assets.toolpool.shared.data_sources import SCIPY
from dive_assets.tools.annotations import Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

SPELLED = {"mag. mom.": "magnetic moment", "gyromag.": "gyromagnetic", "mag.": "magnetic", "rms": "root-mean-square"}
# Relations between units, unit systems and duplicates, which nobody calls a constant of nature
LEFT_OUT = re.compile(
    r"relationship|conventional|atomic unit|natural unit| in |over|energy equivalent|x unit|Angstrom|\{220\}|silicon"
    r"|shield|\(1 K|times|\(220\)|Loschmidt|molar volume|unified|electron volt|carbon-12|standard-state|inverse of"
)


@cache
def constants_by_name() -> dict[str, tuple[float, str, float]]:
    """Value, unit and uncertainty of the constants of CODATA 2022 by their full names."""
    import scipy.constants as constants

    found = {}
    for key in constants.find():
        if LEFT_OUT.search(key):
            continue
        name = key
        for short, full in SPELLED.items():
            name = name.replace(short, full)
        found[f"the {name}"] = constants.physical_constants[key]
    return found


class Constant(Result):
    """A constant of nature in SI units."""

    significand: Annotated[
        float,
        Quantity("", "", 3, ratio=False, comparable=False),
        Says(
            (
                "the number before the power of ten in the SI value of {constant} by CODATA 2022",
                "the significand of {constant} in scientific notation and SI units by CODATA 2022",
            ),
            ask=(
                "Written in scientific notation and SI units, which number between 1 and 10 (with its sign) stands "
                "before the power of ten in the CODATA 2022 value of {constant}?",
            ),
        ),
    ]
    exponent: Annotated[
        int,
        Quantity("", "", 0, ratio=False),
        Says(
            (
                "the exponent of ten in the SI value of {constant}",
                "the power of ten of {constant} in scientific notation and SI units",
            ),
            has="exponent of ten in SI units",
            ask=("Which exponent of ten has {constant} in scientific notation and SI units?",),
        ),
    ]
    unit: Annotated[
        str | None,
        Text("the unit in CODATA's notation, such as 'J K^-1'"),
        Says(
            ("the SI unit of {constant}", "the unit in which CODATA states {constant}"),
            ask=("In which SI unit does CODATA state {constant}?",),
        ),
    ]
    exact: Annotated[
        bool,
        Says("whether the SI fixes {constant} exactly", ask=("Is {constant} exact in the SI, without uncertainty?",)),
    ]


@tool(
    domain="academic",
    kind="R",
    sources=[SCIPY],
    determinism="snapshot",
    probes=[
        Probe(
            {"constant": "the Planck constant"},
            {"/significand": 6.62607015, "/exponent": -34, "/unit": "J Hz^-1", "/exact": True},
            "NIST, CODATA 2022",
        ),
        Probe(
            {"constant": "the Newtonian constant of gravitation"},
            {"/significand": 6.6743, "/exponent": -11, "/exact": False},
            "NIST, CODATA 2022",
        ),
    ],
)
def physical_constant(
    constant: Annotated[
        str, PHYSICAL_CONSTANT, Field(description="CODATA's name without abbreviations", max_length=80)
    ],
) -> Constant:
    """SI value, unit and exactness of a fundamental constant (CODATA 2022, in scipy)."""
    name = f"the {constant.strip().removeprefix('the ')}"
    if name not in constants_by_name():
        raise ToolError(f"unknown constant {constant!r}: give CODATA's name, such as 'the Planck constant'")
    value, unit, uncertainty = constants_by_name()[name]
    significand, exponent = f"{value:.15e}".split("e")
    return Constant(significand=float(significand), exponent=int(exponent), unit=unit or None, exact=uncertainty == 0)
