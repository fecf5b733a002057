"""Doses and pharmacokinetics at the bedside, each by its published formula."""

import math
from typing import Annotated, Literal

from pydantic import Field

from dive_assets.toolpool.medical.body_dimensions import IDEAL_WEIGHT, Weight
from dive_assets.toolpool.medical.data_sources import FORMULA
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.tool import Probe, tool

HALF_LIFE = Quantity("hour", "hours", 1, role="half_life")


class TidalVolume(Result):
    """A tidal volume."""

    volume: Annotated[
        float,
        Quantity("milliliter", "mL", 0, role="tidal_volume"),
        Says(
            (
                "the tidal volume at {per_kilogram} for {ideal}",
                "the ventilator tidal volume of {per_kilogram} for {ideal}",
            ),
            ask=("Which tidal volume results from {per_kilogram} for {ideal}?",),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[Probe({"per_kilogram": 6, "ideal": 70}, {"/volume": 420.0}, "by hand: ARDS Network, NEJM 2000;342:1301")],
)
def tidal_volume(
    per_kilogram: Annotated[Literal[4, 5, 6, 7, 8], Draw.choice({n: f"{n} mL/kg" for n in (4, 5, 6, 7, 8)})],
    ideal: Annotated[float, IDEAL_WEIGHT, Field(ge=20, le=150), Draw.integer(46, 84, suffix=" kg ideal body weight")],
) -> TidalVolume:
    """Tidal volume by ideal body weight (ARDS Network, NEJM 2000;342:1301)."""
    return TidalVolume(volume=per_kilogram * ideal)


class SurfaceDose(Result):
    """A dose by body surface."""

    dose: Annotated[
        float,
        Quantity("milligram", "mg", 0),
        Says(
            (
                "the drug dose at {per_area} for {surface}",
                "the dose in milligrams at {per_area} for {surface}",
            ),
            ask=("How many milligrams make a dose at {per_area} for {surface}?",),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[Probe({"per_area": 75, "surface": 1.8}, {"/dose": 135.0}, "by hand: 75 x 1.8")],
)
def surface_area_dose(
    per_area: Annotated[
        Literal[25, 50, 60, 75, 85, 100, 130, 175, 500, 850, 1000],
        Draw.choice({n: f"{n} mg/m²" for n in (25, 50, 60, 75, 85, 100, 130, 175, 500, 850, 1000)}),
    ],
    surface: Annotated[
        float,
        Quantity("meter**2", "square metres", 2, role="body_surface"),
        Field(ge=0.1, le=4),
        Draw.choice({n / 10: f"a body surface of {n / 10} m²" for n in range(14, 26)}),
    ],
) -> SurfaceDose:
    """Dose of a drug by body surface area (Pinkel, Cancer Res 1958;18:853)."""
    return SurfaceDose(dose=per_area * surface)


class CarboplatinDose(Result):
    """The Calvert dose."""

    dose: Annotated[
        float,
        Quantity("milligram", "mg", 0),
        Says(
            (
                "the Calvert dose of carboplatin for {target} at {clearance}",
                "the carboplatin dose by Calvert for {target} and {clearance}",
            ),
            ask=("Which dose of carboplatin does the Calvert formula give for {target} at {clearance}?",),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[Probe({"target": 5, "clearance": 95}, {"/dose": 600.0}, "by hand: 5 x (95 + 25)")],
)
def carboplatin_dose(
    target: Annotated[Literal[2, 4, 5, 6, 7], Draw.choice({n: f"a target AUC of {n}" for n in (2, 4, 5, 6, 7)})],
    clearance: Annotated[
        float,
        Quantity("milliliter/minute", "mL/min", 0, role="creatinine_clearance"),
        Field(ge=5, le=250),
        Draw.choice({n: f"a creatinine clearance of {n} mL/min" for n in range(30, 126, 5)}),
    ],
) -> CarboplatinDose:
    """Carboplatin dose in mg, AUC (GFR + 25) (Calvert, J Clin Oncol 1989;7:1748)."""
    return CarboplatinDose(dose=target * (clearance + 25))


class HalfLife(Result):
    """The elimination half-life."""

    hours: Annotated[
        float,
        HALF_LIFE,
        Says(
            (
                "the elimination half-life at a volume of distribution of {volume} and a clearance of {clearance}",
                "the half-life of a drug with a volume of distribution of {volume} and a clearance of {clearance}",
            ),
            ask=(
                "What is the elimination half-life of a drug with a volume of distribution of {volume} and a clearance"
                " of {clearance}?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[Probe({"volume": 40, "clearance": 5}, {"/hours": 5.545177444479562}, "by hand: ln 2 x 40 / 5")],
)
def elimination_half_life(
    volume: Annotated[float, Field(gt=0, le=5000), Draw.integer(12, 320, suffix=" L")],
    clearance: Annotated[float, Field(gt=0, le=500), Draw.decimal(0.8, 24, 1, suffix=" L/h")],
) -> HalfLife:
    """Elimination half-life, ln 2 V / CL (Rowland and Tozer, Clinical Pharmacokinetics)."""
    return HalfLife(hours=math.log(2) * volume / clearance)


class Accumulation(Result):
    """What repeated dosing does."""

    ratio: Annotated[
        float,
        Quantity("accumulation ratio", "", 2),
        Says(
            (
                "the accumulation ratio on dosing every {interval} with {half_life}",
                "the steady-state accumulation ratio of a drug taken every {interval} with {half_life}",
            ),
            ask=("What is the accumulation ratio at steady state on dosing every {interval} with {half_life}?",),
        ),
    ]
    steady_state_hours: Annotated[
        float,
        Quantity("hour", "hours", 1),
        Says(
            (
                "the time to 90% of steady state on dosing every {interval} with {half_life}",
                "the hours until 90% of the plateau on dosing every {interval} with {half_life}",
            ),
            ask=("After how many hours does dosing every {interval} with {half_life} reach 90% of steady state?",),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"interval": 12, "half_life": 12},
            {"/ratio": 2.0, "/steady_state_hours": 12 * math.log2(10)},
            "by hand: 1 / (1 - 1/2); 3.32 half-lives",
        )
    ],
)
def drug_accumulation(
    interval: Annotated[Literal[6, 8, 12, 24], Draw.choice({n: f"{n} hours" for n in (6, 8, 12, 24)})],
    half_life: Annotated[
        float, HALF_LIFE, Field(ge=0.1, le=2000), Draw.choice({n: f"a half-life of {n} hours" for n in range(3, 49)})
    ],
) -> Accumulation:
    """Accumulation ratio 1 / (1 - 2^(-interval/half-life)) and time to 90% of steady state (Rowland and Tozer)."""
    return Accumulation(ratio=1 / (1 - 2 ** (-interval / half_life)), steady_state_hours=half_life * math.log2(10))


class LoadingDose(Result):
    """The loading dose."""

    dose: Annotated[
        float,
        Quantity("milligram", "mg", 0),
        Says(
            (
                "the intravenous loading dose for {concentration} with a distribution volume of {volume} at {weight}",
                "the loading dose that reaches {concentration} with a distribution volume of {volume} at {weight}",
            ),
            ask=(
                "Which intravenous loading dose reaches {concentration} with a volume of distribution of {volume} at"
                " {weight}?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"concentration": 10, "volume": 0.5, "weight": 70},
            {"/dose": 350.0},
            "by hand: 10 x 0.5 x 70 (theophylline, Winter, Basic Clinical Pharmacokinetics)",
        )
    ],
)
def intravenous_loading_dose(
    concentration: Annotated[float, Field(gt=0, le=500), Draw.integer(4, 40, suffix=" mg/L")],
    volume: Annotated[float, Field(gt=0, le=50), Draw.decimal(0.3, 2.5, 1, suffix=" L/kg")],
    weight: Weight,
) -> LoadingDose:
    """Intravenous loading dose, concentration x volume per kg x weight (Winter, Basic Clinical Pharmacokinetics)."""
    return LoadingDose(dose=concentration * volume * weight)
