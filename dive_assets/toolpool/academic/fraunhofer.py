"""The Fraunhofer lines of the solar spectrum, by their traditional letters."""

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.academic.data_sources import FRAUNHOFER_LINES
from dive_assets.toolpool.academic.entity_types import FRAUNHOFER_LINE
from dive_assets.toolpool.shared.entity_types import ELEMENT
from dive_assets.tools.annotations import Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

# Wavelength in air in nanometres and the element that absorbs
LINES = {
    "the Fraunhofer A line": (759.370, "oxygen"),
    "the Fraunhofer B line": (686.719, "oxygen"),
    "the Fraunhofer C line": (656.281, "hydrogen"),
    "the Fraunhofer a line": (627.661, "oxygen"),
    "the Fraunhofer D1 line": (589.592, "sodium"),
    "the Fraunhofer D2 line": (588.995, "sodium"),
    "the Fraunhofer D3 line": (587.5618, "helium"),
    "the Fraunhofer E2 line": (527.039, "iron"),
    "the Fraunhofer b1 line": (518.362, "magnesium"),
    "the Fraunhofer b2 line": (517.270, "magnesium"),
    "the Fraunhofer b4 line": (516.733, "magnesium"),
    "the Fraunhofer c line": (495.761, "iron"),
    "the Fraunhofer F line": (486.134, "hydrogen"),
    "the Fraunhofer G′ line": (434.047, "hydrogen"),
    "the Fraunhofer h line": (410.175, "hydrogen"),
    "the Fraunhofer H line": (396.847, "calcium"),
    "the Fraunhofer K line": (393.368, "calcium"),
    "the Fraunhofer L line": (382.044, "iron"),
    "the Fraunhofer N line": (358.121, "iron"),
    "the Fraunhofer P line": (336.112, "titanium"),
    "the Fraunhofer T line": (302.108, "iron"),
    "the Fraunhofer t line": (299.444, "nickel"),
}


class SolarLine(Result):
    """A dark line in the Sun's spectrum."""

    wavelength: Annotated[
        float,
        Quantity("nanometer", "nanometres", 1),
        Says(
            ("the wavelength in air of {line}", "the air wavelength of {line} in the solar spectrum"),
            has="wavelength in air",
            high="longest",
            low="shortest",
            ask=("At which wavelength in air does {line} of the solar spectrum lie?",),
        ),
    ]
    vacuum_wavelength: Annotated[
        float,
        Quantity("nanometer", "nanometres", 1, role="wavelength"),
        Says(
            ("the vacuum wavelength of {line}", "the wavelength in vacuum of {line} in the solar spectrum"),
            has="vacuum wavelength",
            high="longest",
            low="shortest",
            ask=("At which vacuum wavelength does {line} of the solar spectrum lie?",),
        ),
    ]
    element: Annotated[
        str,
        ELEMENT,
        Says(
            (
                "the element that causes {line} in the solar spectrum",
                "the element whose absorption makes {line} in sunlight",
            ),
            ask=("Which element causes {line} in the spectrum of sunlight?",),
        ),
    ]


def _in_vacuum(air: float) -> float:
    """Vacuum wavelength in nanometres (Edlén's 1953 dispersion of standard air, adopted by the IAU)."""
    square = (1000 / air) ** 2
    index = 1 + 6.4328e-5 + 2.94981e-2 / (146 - square) + 2.5540e-4 / (41 - square)
    return air * index


@tool(
    domain="academic",
    kind="R",
    sources=[FRAUNHOFER_LINES],
    probes=[
        Probe(
            {"line": "the Fraunhofer D1 line"},
            {"/wavelength": 589.592, "/vacuum_wavelength": 589.75581, "/element": "sodium"},
            "NIST ASD: Na I 589.5924 nm in air, 589.75581 nm in vacuum",
        ),
        Probe(
            {"line": "the Fraunhofer H line"},
            {"/wavelength": 396.847, "/vacuum_wavelength": 396.95915, "/element": "calcium"},
            "NIST ASD: Ca II 396.84673 nm in air, 396.95915 nm in vacuum",
        ),
    ],
)
def fraunhofer_line(
    line: Annotated[str, FRAUNHOFER_LINE, Field(description="Name as 'the Fraunhofer D1 line'", max_length=30)],
) -> SolarLine:
    """Wavelength in air and in vacuum and absorbing element of a Fraunhofer line (traditional letters)."""
    letter = line.strip().removeprefix("the ").removeprefix("Fraunhofer ").removesuffix(" line")
    name = f"the Fraunhofer {letter} line"
    if name not in LINES:
        raise ToolError(f"unknown Fraunhofer line {line!r}: name it as 'the Fraunhofer D1 line'")
    wavelength, element = LINES[name]
    return SolarLine(wavelength=wavelength, vacuum_wavelength=round(_in_vacuum(wavelength), 6), element=element)
