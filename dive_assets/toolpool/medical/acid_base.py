"""Acid-base status and oxygenation at the bedside, each by its published formula."""

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.medical.data_sources import FORMULA
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

AnionGapValue = Quantity("millimole/liter", "mmol/L", 1, ratio=False, role="anion_gap")
Bicarbonate = Annotated[float, Field(ge=2, le=60), Draw.integer(8, 22, suffix=" mmol/L")]
Oxygen = Annotated[float, Field(ge=20, le=700), Draw.integer(45, 160, suffix=" mmHg")]
InspiredOxygen = Annotated[int, Field(ge=21, le=100), Draw.integer(21, 90, suffix="%")]


class AnionGap(Result):
    """The serum anion gap."""

    gap: Annotated[
        float,
        AnionGapValue,
        Says(
            (
                "the anion gap, without potassium, at {sodium}, {chloride} and {bicarbonate} bicarbonate",
                "the serum anion gap (Na - Cl - HCO3) with {sodium}, {chloride} and {bicarbonate} bicarbonate",
            ),
            ask=(
                "What is the anion gap, potassium left out, with {sodium}, {chloride} and {bicarbonate} bicarbonate?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"sodium": 138, "chloride": 100, "bicarbonate": 18}, {"/gap": 20.0}, "MedCalc-Bench anion gap example: 20"
        )
    ],
)
def serum_anion_gap(
    sodium: Annotated[
        float,
        Quantity("millimole/liter", "mmol/L", 0, ratio=False, role="sodium"),
        Field(ge=90, le=200),
        Draw.integer(125, 155, suffix=" mmol/L sodium"),
    ],
    chloride: Annotated[float, Field(ge=50, le=150), Draw.integer(88, 112, suffix=" mmol/L chloride")],
    bicarbonate: Bicarbonate,
) -> AnionGap:
    """Anion gap without potassium, Na - Cl - HCO3 (Emmett and Narins, Medicine 1977;56:38)."""
    return AnionGap(gap=sodium - chloride - bicarbonate)


class CorrectedGap(Result):
    """The anion gap corrected for albumin."""

    gap: Annotated[
        float,
        AnionGapValue,
        Says(
            (
                "the result of Figge's albumin correction for {gap} at an albumin of {albumin}",
                "Figge's albumin correction of {gap} at an albumin of {albumin}",
            ),
            ask=("To which value does Figge's formula correct {gap} at an albumin of {albumin}?",),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"gap": 20, "albumin": 3.1}, {"/gap": 22.25}, "MedCalc-Bench example: 20 + 2.5 x 0.9 = 22.25"),
        Probe({"gap": 12, "albumin": 2.0}, {"/gap": 17.0}, "by hand: 12 + 2.5 x 2"),
    ],
)
def albumin_corrected_anion_gap(
    gap: Annotated[
        float,
        AnionGapValue,
        Field(ge=-20, le=60),
        Draw.choice({n: f"a measured anion gap of {n} mmol/L" for n in range(8, 29)}),
    ],
    albumin: Annotated[float, Field(ge=0.5, le=6), Draw.decimal(1.6, 3.8, 1, suffix=" g/dL")],
) -> CorrectedGap:
    """Anion gap corrected for albumin, +2.5 mmol/L per g/dL below 4.0 (Figge, Crit Care Med 1998;26:1807)."""
    return CorrectedGap(gap=gap + 2.5 * (4 - albumin))


class DeltaRatio(Result):
    """The delta ratio."""

    ratio: Annotated[
        float,
        Quantity("delta ratio", "", 2),
        Says(
            (
                "the delta ratio from {gap} and {bicarbonate} bicarbonate, taking 12 and 24 mmol/L as normal",
                "the delta-delta ratio with {gap} and {bicarbonate} bicarbonate (normal values 12 and 24 mmol/L)",
            ),
            ask=(
                "What is the delta ratio with {gap} and {bicarbonate} bicarbonate, taking 12 and 24 mmol/L as the"
                " normal values?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"gap": 20, "bicarbonate": 18}, {"/ratio": 8 / 6}, "by hand: (20 - 12) / (24 - 18)"),
        Probe({"gap": 26.25, "bicarbonate": 14}, {"/ratio": 1.425}, "MedCalc-Bench example: 14.25 / 10 = 1.425"),
    ],
)
def delta_ratio(
    gap: Annotated[
        float,
        AnionGapValue,
        Field(ge=-20, le=60),
        Draw.choice({n: f"an anion gap of {n} mmol/L" for n in range(16, 33)}),
    ],
    bicarbonate: Bicarbonate,
) -> DeltaRatio:
    """Delta ratio, (anion gap - 12) / (24 - HCO3) (Rastegar, J Am Soc Nephrol 2007;18:2429)."""
    if bicarbonate >= 24:
        raise ToolError("the delta ratio needs a bicarbonate below 24 mmol/L")
    return DeltaRatio(ratio=(gap - 12) / (24 - bicarbonate))


class ExpectedCarbonDioxide(Result):
    """Respiratory compensation of metabolic acidosis."""

    pressure: Annotated[
        float,
        Quantity("millimeter_Hg", "mmHg", 1, role="carbon_dioxide_pressure"),
        Says(
            (
                "the PaCO2 expected by Winter's formula at a bicarbonate of {bicarbonate}",
                "the central value of Winter's formula for a bicarbonate of {bicarbonate}",
            ),
            ask=(
                "Which PaCO2, without the ±2 margin, does Winter's formula predict in metabolic acidosis with a"
                " bicarbonate of {bicarbonate}?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[Probe({"bicarbonate": 12}, {"/pressure": 26.0}, "by hand: 1.5 x 12 + 8")],
)
def winters_carbon_dioxide(bicarbonate: Bicarbonate) -> ExpectedCarbonDioxide:
    """PaCO2 expected in metabolic acidosis, 1.5 HCO3 + 8 (Albert, Dell and Winters, Ann Intern Med 1967;66:312)."""
    return ExpectedCarbonDioxide(pressure=1.5 * bicarbonate + 8)


class OxygenGradient(Result):
    """The alveolar-arterial oxygen gradient."""

    gradient: Annotated[
        float,
        Quantity("millimeter_Hg", "mmHg", 1, ratio=False),
        Says(
            (
                "the alveolar-arterial oxygen gradient at {carbon_dioxide}, {oxygen} PaO2 and {inspired} oxygen",
                "the A-a gradient at sea level with {carbon_dioxide}, {oxygen} PaO2 and {inspired} inspired oxygen",
            ),
            ask=(
                "What is the A-a gradient at sea level (760 and 47 mmHg, respiratory quotient 0.8) with"
                " {carbon_dioxide}, a PaO2 of {oxygen} and {inspired} inspired oxygen?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"carbon_dioxide": 40, "oxygen": 90, "inspired": 21},
            {"/gradient": 0.21 * 713 - 50 - 90},
            "by hand: PAO2 99.73, gradient 9.73",
        )
    ],
)
def alveolar_arterial_gradient(
    carbon_dioxide: Annotated[
        float,
        Quantity("millimeter_Hg", "mmHg", 1, role="carbon_dioxide_pressure"),
        Field(ge=8, le=150),
        Draw.integer(22, 60, suffix=" mmHg PaCO2"),
    ],
    oxygen: Oxygen,
    inspired: InspiredOxygen,
) -> OxygenGradient:
    """A-a gradient at 760 mmHg, FiO2 (760 - 47) - PaCO2/0.8 - PaO2 (West, Respiratory Physiology)."""
    return OxygenGradient(gradient=inspired / 100 * 713 - carbon_dioxide / 0.8 - oxygen)


class OxygenationRatio(Result):
    """The PaO2/FiO2 ratio."""

    ratio: Annotated[
        float,
        Quantity("millimeter_Hg", "mmHg", 0, role="oxygenation_ratio"),
        Says(
            (
                "the PaO2/FiO2 ratio at a PaO2 of {oxygen} and {inspired} inspired oxygen",
                "the Horowitz index at a PaO2 of {oxygen} on {inspired} inspired oxygen",
            ),
            ask=("What is the PaO2/FiO2 ratio, in mmHg, at a PaO2 of {oxygen} on {inspired} inspired oxygen?",),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[Probe({"oxygen": 80, "inspired": 50}, {"/ratio": 160.0}, "by hand: 80 / 0.5")],
)
def oxygenation_ratio(oxygen: Oxygen, inspired: InspiredOxygen) -> OxygenationRatio:
    """PaO2/FiO2 ratio (Horovitz, Arch Surg 1974;108:349)."""
    return OxygenationRatio(ratio=100 * oxygen / inspired)
