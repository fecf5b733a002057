"""Enzyme kinetics: Michaelis-Menten rates and reversible inhibition (published formulas)."""

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.biological.data_sources import FORMULA
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.tool import Probe, tool

KM = Quantity("micromole/liter", "µmol/L", 1, role="Michaelis constant")
RATE = Quantity("micromole/minute", "µmol/min", 2)

Km = Annotated[float, KM, Draw.integer(5, 400, step=5, suffix=" µmol/L"), Field(gt=0, le=1e9)]


class ReactionRate(Result):
    """The rate of an enzyme reaction."""

    rate: Annotated[
        float,
        RATE,
        Says(
            (
                "the Michaelis-Menten rate at {substrate} substrate of an enzyme with a Vmax of {vmax} and a Michaelis"
                " constant of {km}",
            ),
            ask=(
                "An enzyme has a Vmax of {vmax} and a Michaelis constant of {km}. What is its rate at {substrate} of"
                " substrate?",
                "By the Michaelis-Menten equation, how fast is an enzyme with a Vmax of {vmax} and a Michaelis constant of"
                " {km} at {substrate} of substrate?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"vmax": 80, "km": 50, "substrate": 50}, {"/rate": 40}, "half of Vmax at Km"),
        Probe({"vmax": 100, "km": 25, "substrate": 75}, {"/rate": 75}, "Michaelis and Menten 1913, by hand"),
    ],
)
def michaelis_menten_rate(
    vmax: Annotated[int, Draw.integer(10, 200, step=5, suffix=" µmol/min"), Field(ge=1, le=1_000_000_000)],
    km: Km,
    substrate: Annotated[int, Draw.integer(10, 500, step=5, suffix=" µmol/L"), Field(ge=0, le=1_000_000_000)],
) -> ReactionRate:
    """Rate of an enzyme by the Michaelis-Menten equation."""
    return ReactionRate(rate=vmax * substrate / (km + substrate))


class ApparentKm(Result):
    """The Michaelis constant with an inhibitor."""

    km: Annotated[
        float,
        KM,
        Says(
            (
                "the apparent Michaelis constant under {inhibitor} of a competitive inhibitor with a Ki of {ki}, for an"
                " enzyme with a Michaelis constant of {km}",
                "the apparent Michaelis constant of an enzyme with a true one of {km} under {inhibitor} of a competitive"
                " inhibitor with a Ki of {ki}",
            ),
            ask=(
                "An enzyme has a Michaelis constant of {km}. What is the apparent one under {inhibitor} of a competitive"
                " inhibitor with a Ki of {ki}?",
            ),
        ),
    ]


@tool(
    domain="biological",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"km": 20, "inhibitor": 30, "ki": 10}, {"/km": 80}, "Km (1 + I/Ki), by hand"),
        Probe({"km": 50, "inhibitor": 10, "ki": 10}, {"/km": 100}, "doubled at I = Ki, by hand"),
    ],
)
def competitive_inhibition(
    km: Km,
    inhibitor: Annotated[int, Draw.integer(5, 200, step=5, suffix=" µmol/L"), Field(ge=0, le=1_000_000_000)],
    ki: Annotated[int, Draw.integer(2, 100, suffix=" µmol/L"), Field(ge=1, le=1_000_000_000)],
) -> ApparentKm:
    """Apparent Michaelis constant under a competitive inhibitor (Km (1 + I/Ki))."""
    return ApparentKm(km=km * (1 + inhibitor / ki))


class Potency(Result):
    """The Ki behind an IC50."""

    ki: Annotated[
        float,
        Quantity("micromole/liter", "µmol/L", 2),
        Says(
            (
                "the Ki by the Cheng-Prusoff equation of a competitive inhibitor with an IC50 of {ic50} at {substrate}"
                " substrate, for an enzyme with a Michaelis constant of {km}",
            ),
            ask=(
                "A competitive inhibitor has an IC50 of {ic50} at {substrate} substrate; the enzyme has a Michaelis"
                " constant of {km}. What is its Ki by the Cheng-Prusoff equation?",
            ),
        ),
    ]


@tool(
    domain="biological",
    also=("medical",),
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"km": 50, "ic50": 10, "substrate": 50}, {"/ki": 5}, "Cheng and Prusoff 1973, by hand"),
        Probe({"km": 20, "ic50": 12, "substrate": 100}, {"/ki": 2}, "Cheng and Prusoff 1973, by hand"),
    ],
)
def cheng_prusoff(
    km: Km,
    ic50: Annotated[int, Draw.integer(2, 150, suffix=" µmol/L"), Field(ge=1, le=1_000_000_000)],
    substrate: Annotated[int, Draw.integer(10, 500, step=10, suffix=" µmol/L"), Field(ge=0, le=1_000_000_000)],
) -> Potency:
    """Ki of a competitive inhibitor by its IC50 (Cheng and Prusoff 1973: IC50/(1 + S/Km))."""
    return Potency(ki=ic50 / (1 + substrate / km))
