"""Ionizable groups of proteins and buffers: pK values and the Henderson-Hasselbalch equation (pyteomics)."""

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.biological.data_sources import FORMULA, PYTEOMICS
from dive_assets.toolpool.biological.entity_types import IONIZABLE_GROUP
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

GROUPS = {
    "the side chain of aspartic acid": "D",
    "the side chain of glutamic acid": "E",
    "the side chain of histidine": "H",
    "the side chain of cysteine": "C",
    "the side chain of tyrosine": "Y",
    "the side chain of lysine": "K",
    "the side chain of arginine": "R",
    "the N-terminal amino group": "H-",
    "the C-terminal carboxyl group": "-OH",
}
PKA = Quantity("", "", 2, ratio=False, role="pKa")
Ph = Annotated[float, Draw.decimal(3, 11, 1), Field(ge=0, le=14)]


class GroupPk(Result):
    """The pK value of a group."""

    pk: Annotated[
        float,
        PKA,
        Says(
            ("the pK value of {group} by {table}", "the pKa that {table} gives for {group}"),
            has="pK value by {table}",
            ask=("What pK value does {table} give for {group}?", "By {table}, what is the pKa of {group}?"),
        ),
    ]


@tool(
    domain="biological",
    kind="R",
    sources=[PYTEOMICS],
    probes=[
        Probe({"group": "the side chain of histidine", "table": "lehninger"}, {"/pk": 6.0}, "Lehninger, table 3-1"),
        Probe({"group": "the side chain of lysine", "table": "lehninger"}, {"/pk": 10.53}, "Lehninger, table 3-1"),
    ],
)
def group_pk(
    group: Annotated[str, IONIZABLE_GROUP, Field(description="Such as 'the side chain of histidine'", max_length=60)],
    table: Annotated[
        str,
        Draw.choice(
            {
                "lehninger": "Lehninger's table",
                "sillero": "Sillero's table",
                "dawson": "Dawson's table",
                "rodwell": "Rodwell's table",
            }
        ),
        Field(pattern="^(lehninger|sillero|dawson|rodwell)$"),
    ],
) -> GroupPk:
    """pK value of an ionizable group of proteins in a published table (pyteomics)."""
    from pyteomics import electrochem

    wanted = group.strip().casefold().removeprefix("the ")
    for known, key in GROUPS.items():
        if wanted == known.removeprefix("the ").casefold():
            return GroupPk(pk=getattr(electrochem, f"pK_{table}")[key][0][0])
    raise ToolError(f"unknown ionizable group {group!r}: known are {'; '.join(GROUPS)}")


class Ionization(Result):
    """How far a weak acid is ionized."""

    deprotonated_percent: Annotated[
        float,
        Quantity("percent", "percent", 1),
        Says(
            (
                "the deprotonated percentage at pH {ph} of a group with a pKa of {pka}",
                "the share of deprotonated molecules at pH {ph} for a weak acid with a pKa of {pka}",
            ),
            ask=("What percentage of a group with a pKa of {pka} is deprotonated at pH {ph}?",),
        ),
    ]
    ratio: Annotated[
        float,
        Quantity("", "", 3),
        Says(
            (
                "the ratio of conjugate base to acid at pH {ph} for a buffer with a pKa of {pka}",
                "the Henderson-Hasselbalch base-to-acid ratio at pH {ph} for a pKa of {pka}",
            ),
            ask=("What ratio of conjugate base to acid does a buffer with a pKa of {pka} have at pH {ph}?",),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"pka": 6.0, "ph": 7.0}, {"/deprotonated_percent": 1000 / 11, "/ratio": 10}, "by hand, 10 to 1"),
        Probe({"pka": 4.76, "ph": 4.76}, {"/deprotonated_percent": 50, "/ratio": 1}, "acetic acid at its pKa"),
    ],
)
def ionization(
    pka: Annotated[float, PKA, Draw.decimal(3, 11, 2), Field(ge=-2, le=16)],
    ph: Ph,
) -> Ionization:
    """Deprotonated share and base-to-acid ratio of a weak acid at a pH (Henderson-Hasselbalch)."""
    ratio = 10 ** (ph - pka)
    return Ionization(deprotonated_percent=100 * ratio / (1 + ratio), ratio=ratio)
