"""Scores of emergency and intensive care, each by its published rule."""

from typing import Annotated, Literal

from pydantic import Field

from dive_assets.toolpool.medical.data_sources import FORMULA
from dive_assets.toolpool.medical.thrombosis_scores import present
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.tool import Probe, tool

POINTS = Quantity("points", "points", 0, ratio=False)
COMA = Quantity("points", "points", 0, ratio=False, role="coma_score")
Systolic = Annotated[int, Field(ge=30, le=300), Draw.integer(76, 158, suffix=" mmHg")]
Breaths = Annotated[int, Field(ge=4, le=80), Draw.integer(12, 38, suffix=" breaths per minute")]


class ComaScore(Result):
    """The Glasgow coma score."""

    score: Annotated[
        int,
        COMA,
        Says(
            (
                "the Glasgow coma score of a patient with {eye}, {verbal} and {motor}",
                "the Glasgow Coma Scale sum for {eye}, {verbal} and {motor}",
            ),
            ask=("What is the Glasgow coma score of a patient with {eye}, {verbal} and {motor}?",),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"eye": 3, "verbal": 4, "motor": 6}, {"/score": 13}, "MedCalc-Bench example: 3 + 4 + 6 = 13"),
    ],
)
def glasgow_coma_score(
    eye: Annotated[
        Literal[1, 2, 3, 4],
        Draw.choice(
            {
                1: "no eye opening",
                2: "eye opening to pressure",
                3: "eye opening to speech",
                4: "spontaneous eye opening",
            }
        ),
    ],
    verbal: Annotated[
        Literal[1, 2, 3, 4, 5],
        Draw.choice(
            {
                1: "no verbal response",
                2: "incomprehensible sounds",
                3: "inappropriate words",
                4: "confused speech",
                5: "oriented speech",
            }
        ),
    ],
    motor: Annotated[
        Literal[1, 2, 3, 4, 5, 6],
        Draw.choice(
            {
                1: "no motor response",
                2: "extension",
                3: "abnormal flexion",
                4: "normal flexion (withdrawal)",
                5: "localizing movements",
                6: "obedience to commands",
            }
        ),
    ],
) -> ComaScore:
    """Glasgow coma score, the sum of eye, verbal and motor response (Teasdale and Jennett, Lancet 1974;2:81)."""
    return ComaScore(score=eye + verbal + motor)


class QuickSofa(Result):
    """The qSOFA score."""

    points: Annotated[
        int,
        POINTS,
        Says(
            (
                "the qSOFA score at {breaths}, a systolic pressure of {systolic} and {coma_score}",
                "the quick SOFA score with {breaths}, a systolic pressure of {systolic} and {coma_score}",
            ),
            ask=(
                "What is the qSOFA score of a patient with {breaths}, a systolic pressure of {systolic} and"
                " {coma_score}?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"breaths": 22, "systolic": 100, "coma_score": 14}, {"/points": 3}, "Seymour 2016: all three criteria"),
        Probe({"breaths": 21, "systolic": 101, "coma_score": 15}, {"/points": 0}, "Seymour 2016: none"),
    ],
)
def quick_sofa_score(
    breaths: Breaths,
    systolic: Systolic,
    coma_score: Annotated[
        int, COMA, Field(ge=3, le=15), Draw.choice({n: f"a Glasgow coma score of {n}" for n in (9, 11, 12, 13, 14, 15)})
    ],
) -> QuickSofa:
    """qSOFA: 22 or more breaths, systolic 100 mmHg or less, Glasgow coma score below 15 (Seymour, JAMA 2016;315:762)."""
    return QuickSofa(points=(breaths >= 22) + (systolic <= 100) + (coma_score < 15))


class PneumoniaSeverity(Result):
    """The CURB-65 score."""

    points: Annotated[
        int,
        POINTS,
        Says(
            (
                "the CURB-65 score of a {age}-year-old {confusion}, with a urea of {urea}, {breaths} and a blood"
                " pressure of {systolic}/{diastolic}",
                "the CURB-65 point total of a {age}-year-old {confusion}, with a urea of {urea}, {breaths} and a blood"
                " pressure of {systolic}/{diastolic}",
            ),
            ask=(
                "What is the CURB-65 score of a {age}-year-old with pneumonia, {confusion}, a urea of {urea}, {breaths}"
                " and a blood pressure of {systolic}/{diastolic}?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"age": 71, "confusion": False, "urea": 8.9, "breaths": 31, "systolic": 88, "diastolic": 58},
            {"/points": 4},
            "MedCalc-Bench example (BUN 25 mg/dL): 4",
        ),
        Probe(
            {"age": 64, "confusion": True, "urea": 7.0, "breaths": 29, "systolic": 90, "diastolic": 61},
            {"/points": 1},
            "Lim 2003: no other criterion is met at these limits",
        ),
    ],
)
def curb_65_score(
    age: Annotated[int, Field(ge=18, le=110), Draw.integer(42, 89)],
    confusion: Annotated[bool, present("new confusion")],
    urea: Annotated[float, Field(ge=0.5, le=80), Draw.decimal(3.5, 14, 1, suffix=" mmol/L")],
    breaths: Breaths,
    systolic: Annotated[int, Field(ge=30, le=300), Draw.integer(82, 158)],
    diastolic: Annotated[int, Field(ge=20, le=200), Draw.integer(44, 80, suffix=" mmHg")],
) -> PneumoniaSeverity:
    """CURB-65: confusion, urea > 7 mmol/L, 30 breaths, pressure < 90 or ≤ 60 mmHg, age 65 (Lim, Thorax 2003;58:377)."""
    items = (confusion, urea > 7, breaths >= 30, systolic < 90 or diastolic <= 60, age >= 65)
    return PneumoniaSeverity(points=sum(items))


class BurnFluid(Result):
    """The Parkland volume."""

    volume: Annotated[
        float,
        Quantity("milliliter", "mL", 0, role="fluid_volume"),
        Says(
            (
                "the 24-hour Parkland fluid volume for burns over {burned} of the body surface at {weight}",
                "the Parkland crystalloid volume in 24 hours, at 4 mL/kg per percent, for {burned} burns at {weight}",
            ),
            ask=(
                "How many millilitres of crystalloid does the Parkland formula (4 mL/kg per percent) give in 24 hours"
                " for burns over {burned} of the body surface at {weight}?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[Probe({"burned": 30, "weight": 70}, {"/volume": 8400.0}, "by hand: 4 x 70 x 30 (Baxter and Shires 1968)")],
)
def parkland_volume(
    burned: Annotated[int, Field(ge=1, le=100), Draw.integer(15, 60, suffix="%")],
    weight: Annotated[
        float,
        Quantity("kilogram", "kilograms", 1, role="body_weight"),
        Field(ge=2, le=400),
        Draw.integer(45, 110, suffix=" kg"),
    ],
) -> BurnFluid:
    """Fluid in the first 24 hours after burns, 4 mL/kg per percent (Baxter and Shires, Ann NY Acad Sci 1968;150:874)."""
    return BurnFluid(volume=4 * weight * burned)
