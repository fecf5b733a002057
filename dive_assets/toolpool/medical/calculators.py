"""Bedside calculators, each by its published formula."""

import math
from typing import Annotated, Literal

from pydantic import Field

from dive_assets.toolpool.medical.data_sources import FORMULA
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.tool import Probe, tool

Sex = Annotated[Literal["female", "male"], Draw.choice({"female": "woman", "male": "man"})]
Age = Annotated[int, Field(ge=18, le=110), Draw.integer(19, 92)]
Creatinine = Annotated[
    float,
    Quantity("milligram/deciliter", "mg/dL", 2, role="creatinine"),
    Field(ge=0.1, le=30),
    Draw.decimal(0.5, 4, 2, suffix=" mg/dL"),
]
Weight = Annotated[
    float,
    Quantity("kilogram", "kilograms", 1, role="body_weight"),
    Field(ge=2, le=400),
    Draw.decimal(45, 130, 1, suffix=" kg"),
]
Height = Annotated[
    float,
    Quantity("centimeter", "centimetres", 1, role="body_height"),
    Field(ge=40, le=260),
    Draw.integer(148, 198, suffix=" cm"),
]
Sodium = Annotated[
    float,
    Quantity("millimole/liter", "mmol/L", 0, ratio=False, role="sodium"),
    Field(ge=90, le=200),
    Draw.integer(125, 155, suffix=" mmol/L"),
]
Glucose = Annotated[
    float,
    Quantity("milligram/deciliter", "mg/dL", 0, role="glucose"),
    Field(ge=10, le=2000),
    Draw.integer(70, 600, suffix=" mg/dL"),
]


class FiltrationRate(Result):
    """Estimated glomerular filtration rate."""

    egfr: Annotated[
        float,
        Quantity("milliliter/minute", "mL/min/1.73 m²", 0, role="filtration_rate"),
        Says(
            "the 2021 CKD-EPI eGFR of a {age}-year-old {sex} with a serum creatinine of {creatinine}",
            ask=(
                "What is the eGFR by the 2021 CKD-EPI creatinine equation of a {age}-year-old {sex} with a serum"
                " creatinine of {creatinine}?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"age": 60, "sex": "male", "creatinine": 1.5},
            {"/egfr": 142 * (1.5 / 0.9) ** -1.2 * 0.9938**60},
            "NKF calculator: 53; formula by hand",
        ),
        Probe(
            {"age": 50, "sex": "female", "creatinine": 0.7},
            {"/egfr": 142 * 0.9938**50 * 1.012},
            "at kappa both creatinine terms are 1",
        ),
    ],
)
def ckd_epi_2021(age: Age, sex: Sex, creatinine: Creatinine) -> FiltrationRate:
    """Estimated GFR by the race-free 2021 CKD-EPI creatinine equation (Inker, NEJM 2021;385:1737)."""
    kappa, alpha, factor = (0.7, -0.241, 1.012) if sex == "female" else (0.9, -0.302, 1.0)
    ratio = creatinine / kappa
    return FiltrationRate(egfr=142 * min(ratio, 1) ** alpha * max(ratio, 1) ** -1.2 * 0.9938**age * factor)


class Clearance(Result):
    """Estimated creatinine clearance."""

    clearance: Annotated[
        float,
        Quantity("milliliter/minute", "mL/min", 0, role="creatinine_clearance"),
        Says(
            "the Cockcroft-Gault creatinine clearance of a {age}-year-old {sex} with an actual body weight of {weight}"
            " and a serum creatinine of {creatinine}",
            ask=(
                "What is the Cockcroft-Gault creatinine clearance, using actual body weight, of a {age}-year-old {sex}"
                " weighing {weight} with a serum creatinine of {creatinine}?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"age": 66, "sex": "female", "weight": 70.0, "creatinine": 1.1},
            {"/clearance": 55.59343434343434},
            "by hand: 74 x 70 / 79.2 x 0.85",
        )
    ],
)
def cockcroft_gault(age: Age, sex: Sex, weight: Weight, creatinine: Creatinine) -> Clearance:
    """Creatinine clearance with actual weight (Cockcroft and Gault, Nephron 1976;16:31)."""
    return Clearance(clearance=(140 - age) * weight / (72 * creatinine) * (0.85 if sex == "female" else 1))


class BodySize(Result):
    """Indices of weight and height."""

    bmi: Annotated[
        float,
        Quantity("kilogram/meter**2", "kg/m²", 1, role="body_mass_index"),
        Says(
            "the body mass index of a person with a weight of {weight} and a height of {height}",
            ask=("What is the body mass index of a person with a weight of {weight} and a height of {height}?",),
        ),
    ]
    surface: Annotated[
        float,
        Quantity("meter**2", "square metres", 2, role="body_surface"),
        Says(
            "the Mosteller body surface area of a person with a weight of {weight} and a height of {height}",
            ask=("What is the Mosteller body surface area of a person with weight {weight} and height {height}?",),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"weight": 80.0, "height": 180.0}, {"/bmi": 24.6913580, "/surface": 2.0}, "80/1.8^2; sqrt(14400/3600)")
    ],
)
def body_size(weight: Weight, height: Height) -> BodySize:
    """Body mass index and body surface area (Mosteller, NEJM 1987;317:1098)."""
    return BodySize(bmi=weight / (height / 100) ** 2, surface=math.sqrt(weight * height / 3600))


class CorrectedSodium(Result):
    """Sodium corrected for hyperglycaemia."""

    sodium: Annotated[
        float,
        Quantity("millimole/liter", "mmol/L", 1, ratio=False, role="sodium"),
        Says(
            "the serum sodium corrected for hyperglycaemia (Katz) at a measured sodium of {sodium} and a glucose of"
            " {glucose}",
            ask=(
                "What is the glucose-corrected serum sodium by Katz's factor of 1.6 mmol/L per 100 mg/dL, at a measured"
                " sodium of {sodium} and a glucose of {glucose}?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[Probe({"sodium": 130, "glucose": 400}, {"/sodium": 134.8}, "by hand: 130 + 0.016 x 300")],
)
def glucose_corrected_sodium(sodium: Sodium, glucose: Glucose) -> CorrectedSodium:
    """Serum sodium corrected for glucose, 1.6 mmol/L per 100 mg/dL above 100 (Katz, NEJM 1973;289:843)."""
    return CorrectedSodium(sodium=sodium + 0.016 * (glucose - 100))


class Osmolality(Result):
    """Calculated serum osmolality."""

    osmolality: Annotated[
        float,
        Quantity("milliosmole per kilogram", "mOsm/kg", 0, role="osmolality"),
        Says(
            "the calculated serum osmolality at a sodium of {sodium}, a glucose of {glucose} and a BUN of {bun}",
            ask=(
                "What serum osmolality follows from 2 × sodium + glucose/18 + BUN/2.8 at a sodium of {sodium}, a"
                " glucose of {glucose} and a BUN of {bun}?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[Probe({"sodium": 140, "glucose": 90, "bun": 14}, {"/osmolality": 290.0}, "by hand: 280 + 5 + 5")],
)
def serum_osmolality(
    sodium: Sodium,
    glucose: Glucose,
    bun: Annotated[float, Field(ge=1, le=300), Draw.integer(6, 90, suffix=" mg/dL")],
) -> Osmolality:
    """Calculated serum osmolality (2 Na + glucose/18 + BUN/2.8; Dorwart and Chalmers, Clin Chem 1975;21:190)."""
    return Osmolality(osmolality=2 * sodium + glucose / 18 + bun / 2.8)
