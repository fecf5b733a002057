"""PCR primers: melting by base composition and annealing temperature (published formulas)."""

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.biological.data_sources import FORMULA
from dive_assets.toolpool.biological.sequences import Dna, checked_dna
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

LAC_PRIMER = "GTAAAACGACGGCCAGT"
MELTING = Quantity("degC", "°C", 1, ratio=False, role="melting temperature")


class BasicTm(Result):
    """A melting temperature from GC content alone."""

    tm: Annotated[
        float,
        MELTING,
        Says(
            (
                "the melting temperature of {dna} by the formula 64.9 + 41 (G + C - 16.4)/N",
                "the composition-based Tm, 64.9 + 41 (G + C - 16.4)/N, of {dna}",
            ),
            has="melting temperature by the formula 64.9 + 41 (G + C - 16.4)/N",
            ask=("What is the melting temperature of {dna} by the formula 64.9 + 41 (G + C - 16.4)/N?",),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"dna": LAC_PRIMER}, {"/tm": 64.9 + 41 * (9 - 16.4) / 17}, "M13 primer, by hand"),
        Probe({"dna": "ACGTTGCAATGCCGTAAGCT"}, {"/tm": 51.78}, "10 GC in 20 bases, by hand"),
    ],
)
def primer_melting(dna: Dna) -> BasicTm:
    """Melting temperature of a primer of 14 or more bases by its GC content."""
    sequence = checked_dna(dna)
    if len(sequence) < 14:
        raise ToolError("the formula holds for 14 or more bases", "invalid_arguments")
    return BasicTm(tm=64.9 + 41 * (sequence.count("G") + sequence.count("C") - 16.4) / len(sequence))


class AnnealingTemperature(Result):
    """The temperature at which a primer should anneal."""

    annealing: Annotated[
        float,
        Quantity("degC", "°C", 1, ratio=False),
        Says(
            (
                "the optimal annealing temperature for a primer that melts at {primer_tm} and a PCR product that melts at"
                " {product_tm} by Rychlik's formula",
                "the best annealing temperature for a primer melting at {primer_tm} and a PCR product melting at"
                " {product_tm} according to Rychlik",
            ),
            ask=(
                "By Rychlik's formula, what is the optimal annealing temperature for a primer that melts at {primer_tm}"
                " and a PCR product that melts at {product_tm}?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[FORMULA],
    probes=[Probe({"primer_tm": 55, "product_tm": 85}, {"/annealing": 61.1}, "Rychlik 1990, by hand")],
)
def annealing_temperature(
    primer_tm: Annotated[float, MELTING, Draw.decimal(48, 68, 1, suffix=" °C"), Field(ge=0, le=110)],
    product_tm: Annotated[float, Draw.decimal(78, 94, 1, suffix=" °C"), Field(ge=0, le=110)],
) -> AnnealingTemperature:
    """Optimal annealing temperature of a PCR (Rychlik et al. 1990: 0.3 Tm primer + 0.7 Tm product - 14.9)."""
    return AnnealingTemperature(annealing=0.3 * primer_tm + 0.7 * product_tm - 14.9)
