"""Metabolic laboratory values at the bedside, each by its published formula."""

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.medical.data_sources import FORMULA
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

CHOLESTEROL = Quantity("milligram/deciliter", "mg/dL", 0, role="total_cholesterol")
CALCIUM = Quantity("milligram/deciliter", "mg/dL", 1, role="calcium")


class Cholesterol(Result):
    """Cholesterol in conventional units."""

    cholesterol: Annotated[
        float,
        CHOLESTEROL,
        Says(
            (
                "the mg/dL equivalent of {value} total cholesterol (38.67 mg/dL per mmol/L)",
                "the total cholesterol in mg/dL that equals {value} (38.67 mg/dL per mmol/L)",
            ),
            ask=("How much is {value} total cholesterol in mg/dL, at 38.67 mg/dL per mmol/L?",),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[Probe({"value": 5.0}, {"/cholesterol": 193.35}, "NCEP: 1 mmol/L = 38.67 mg/dL")],
)
def cholesterol_from_si(
    value: Annotated[float, Field(ge=0.5, le=30), Draw.decimal(3.6, 8.4, 1, suffix=" mmol/L")],
) -> Cholesterol:
    """Total cholesterol in mg/dL from mmol/L, 38.67 mg/dL per mmol/L (NCEP ATP III)."""
    return Cholesterol(cholesterol=38.67 * value)


class LdlCholesterol(Result):
    """LDL cholesterol."""

    ldl: Annotated[
        float,
        Quantity("milligram/deciliter", "mg/dL", 0, role="ldl_cholesterol"),
        Says(
            (
                "the Friedewald LDL cholesterol at {total}, an HDL of {hdl} and triglycerides of {triglycerides}",
                "the LDL by Friedewald with {total}, an HDL of {hdl} and triglycerides of {triglycerides}",
            ),
            ask=(
                "What is the LDL cholesterol by Friedewald with {total}, an HDL of {hdl} and triglycerides of"
                " {triglycerides}?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"total": 210, "hdl": 37, "triglycerides": 205}, {"/ldl": 132.0}, "MedCalc-Bench Friedewald example: 132")
    ],
)
def friedewald_ldl(
    total: Annotated[
        float, CHOLESTEROL, Field(ge=50, le=1000), Draw.integer(140, 310, suffix=" mg/dL total cholesterol")
    ],
    hdl: Annotated[float, Field(ge=5, le=150), Draw.integer(28, 85, suffix=" mg/dL")],
    triglycerides: Annotated[float, Field(ge=20, le=400), Draw.integer(60, 320, suffix=" mg/dL")],
) -> LdlCholesterol:
    """LDL cholesterol, total - HDL - triglycerides/5, up to 400 mg/dL (Friedewald, Clin Chem 1972;18:499)."""
    ldl = total - hdl - triglycerides / 5
    if ldl <= 0:
        raise ToolError("the values give no positive LDL cholesterol")
    return LdlCholesterol(ldl=ldl)


class InsulinResistance(Result):
    """HOMA-IR."""

    homa: Annotated[
        float,
        Quantity("HOMA-IR", "", 2),
        Says(
            (
                "the HOMA-IR with {glucose} and {insulin} insulin, both fasting",
                "the HOMA insulin resistance index with {glucose} and {insulin} insulin, both fasting",
            ),
            ask=("What is the HOMA-IR (divisor 405) with {glucose} and {insulin} insulin, both fasting?",),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"glucose": 110, "insulin": 15}, {"/homa": 110 * 15 / 405}, "MedCalc-Bench HOMA-IR example: 4.074"),
    ],
)
def homa_insulin_resistance(
    glucose: Annotated[
        float,
        Quantity("milligram/deciliter", "mg/dL", 0, role="glucose"),
        Field(ge=10, le=2000),
        Draw.integer(74, 160, suffix=" mg/dL glucose"),
    ],
    insulin: Annotated[float, Field(ge=0.5, le=300), Draw.integer(4, 38, suffix=" µU/mL")],
) -> InsulinResistance:
    """HOMA-IR, fasting glucose x insulin / 405 (Matthews, Diabetologia 1985;28:412)."""
    return InsulinResistance(homa=glucose * insulin / 405)


class AverageGlucose(Result):
    """The estimated average glucose."""

    glucose: Annotated[
        float,
        Quantity("milligram/deciliter", "mg/dL", 0),
        Says(
            (
                "the estimated average glucose at an HbA1c of {hba1c}",
                "the ADAG average glucose in mg/dL for an HbA1c of {hba1c}",
            ),
            ask=("Which estimated average glucose, in mg/dL, corresponds to an HbA1c of {hba1c}?",),
        ),
    ]
    ifcc: Annotated[
        float,
        Quantity("millimole/mole", "mmol/mol", 0),
        Says(
            ("the IFCC equivalent of an HbA1c of {hba1c}", "the HbA1c in mmol/mol (IFCC) that equals {hba1c} (NGSP)"),
            ask=("How much is an HbA1c of {hba1c} in IFCC units (mmol/mol) by the NGSP master equation?",),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"hba1c": 7.0},
            {"/glucose": 28.7 * 7 - 46.7, "/ifcc": 10.929 * (7 - 2.15)},
            "ADA table: HbA1c 7% is 154 mg/dL; NGSP: 53 mmol/mol",
        )
    ],
)
def hba1c_equivalents(
    hba1c: Annotated[float, Field(ge=3, le=20), Draw.decimal(5.2, 13.5, 1, suffix="%")],
) -> AverageGlucose:
    """Average glucose 28.7 HbA1c - 46.7 (Nathan, Diabetes Care 2008;31:1473), IFCC units 10.929 (HbA1c - 2.15)."""
    return AverageGlucose(glucose=28.7 * hba1c - 46.7, ifcc=10.929 * (hba1c - 2.15))


class CalciumMass(Result):
    """Calcium in conventional units."""

    calcium: Annotated[
        float,
        CALCIUM,
        Says(
            (
                "the mg/dL equivalent of {value} serum calcium (4.008 mg/dL per mmol/L)",
                "the serum calcium in mg/dL that equals {value} (4.008 mg/dL per mmol/L)",
            ),
            ask=("How much is {value} serum calcium in mg/dL, at 4.008 mg/dL per mmol/L?",),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[Probe({"value": 2.5}, {"/calcium": 10.02}, "atomic weight of calcium 40.08: 2.5 mmol/L = 10.02 mg/dL")],
)
def calcium_from_si(
    value: Annotated[float, Field(ge=0.5, le=6), Draw.decimal(1.6, 3.4, 2, suffix=" mmol/L")],
) -> CalciumMass:
    """Serum calcium in mg/dL from mmol/L, by the atomic weight of calcium (40.08 g/mol)."""
    return CalciumMass(calcium=4.008 * value)


class CorrectedCalcium(Result):
    """Calcium corrected for albumin."""

    calcium: Annotated[
        float,
        CALCIUM,
        Says(
            (
                "the result of Payne's albumin correction (0.8 mg/dL per g/dL) for {calcium} at an albumin of {albumin}",
                "the Payne-corrected value of {calcium} at an albumin of {albumin}",
            ),
            ask=(
                "Which value, in mg/dL, does Payne's albumin correction (0.8 mg/dL per g/dL below 4) give for {calcium}"
                " at an albumin of {albumin}?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[Probe({"calcium": 8.0, "albumin": 2.8}, {"/calcium": 8.96}, "MedCalc-Bench example: 8 + 0.8 x 1.2 = 8.96")],
)
def albumin_corrected_calcium(
    calcium: Annotated[float, CALCIUM, Field(ge=2, le=25), Draw.decimal(6.5, 10.5, 1, suffix=" mg/dL calcium")],
    albumin: Annotated[float, Field(ge=0.5, le=6), Draw.decimal(1.6, 3.8, 1, suffix=" g/dL")],
) -> CorrectedCalcium:
    """Serum calcium corrected for albumin, +0.8 mg/dL per g/dL below 4 (Payne, BMJ 1973;4:643)."""
    return CorrectedCalcium(calcium=calcium + 0.8 * (4 - albumin))


class HillierSodium(Result):
    """Sodium corrected for glucose by the factor of 2.4."""

    sodium: Annotated[
        float,
        Quantity("millimole/liter", "mmol/L", 1, ratio=False, role="sodium"),
        Says(
            (
                "the result of Hillier's correction (2.4 mmol/L per 100 mg/dL) for {sodium} at {glucose}",
                "the Hillier-corrected value of {sodium} at {glucose}",
            ),
            ask=(
                "To which value, in mmol/L, does Hillier's factor of 2.4 mmol/L per 100 mg/dL correct {sodium} at"
                " {glucose}?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[Probe({"sodium": 130, "glucose": 400}, {"/sodium": 137.2}, "MedCalc-Bench example: 130 + 7.2 = 137.2")],
)
def hillier_corrected_sodium(
    sodium: Annotated[
        float,
        Quantity("millimole/liter", "mmol/L", 0, ratio=False, role="sodium"),
        Field(ge=90, le=200),
        Draw.integer(120, 142, suffix=" mmol/L measured sodium"),
    ],
    glucose: Annotated[
        float,
        Quantity("milligram/deciliter", "mg/dL", 0, role="glucose"),
        Field(ge=10, le=2000),
        Draw.integer(210, 900, suffix=" mg/dL serum glucose"),
    ],
) -> HillierSodium:
    """Serum sodium corrected for glucose, 2.4 mmol/L per 100 mg/dL above 100 (Hillier, Am J Med 1999;106:399)."""
    return HillierSodium(sodium=sodium + 0.024 * (glucose - 100))
