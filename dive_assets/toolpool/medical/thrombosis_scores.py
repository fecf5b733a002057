"""Scores of stroke, bleeding and embolism, each by its published rule."""

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.medical.calculators import Sex
from dive_assets.toolpool.medical.data_sources import FORMULA
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.tool import Probe, tool

POINTS = Quantity("points", "points", 0, ratio=False)


def present(finding: str) -> Draw:
    """A yes-or-no finding as a question writes it."""
    return Draw.choice({True: f"with {finding}", False: f"without {finding}"})


class StrokeRisk(Result):
    """The CHA2DS2-VASc score."""

    points: Annotated[
        int,
        POINTS,
        Says(
            (
                "the CHA2DS2-VASc score of a {age}-year-old {sex} {failure}, {hypertension}, {diabetes}, {stroke} and"
                " {vascular}",
                "the CHA2DS2-VASc point total of a {age}-year-old {sex} {failure}, {hypertension}, {diabetes}, {stroke}"
                " and {vascular}",
            ),
            ask=(
                "What is the CHA2DS2-VASc score of a {age}-year-old {sex} with atrial fibrillation, {failure},"
                " {hypertension}, {diabetes}, {stroke} and {vascular}?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {
                "age": 76,
                "sex": "female",
                "failure": True,
                "hypertension": True,
                "diabetes": True,
                "stroke": False,
                "vascular": False,
            },
            {"/points": 6},
            "MedCalc-Bench example: 1 + 1 + 2 + 1 + 1 = 6",
        ),
        Probe(
            {
                "age": 66,
                "sex": "male",
                "failure": False,
                "hypertension": False,
                "diabetes": False,
                "stroke": True,
                "vascular": True,
            },
            {"/points": 4},
            "by hand: age 65 to 74 1, stroke 2, vascular disease 1",
        ),
    ],
)
def cha2ds2_vasc_score(
    age: Annotated[int, Field(ge=18, le=110), Draw.integer(48, 89)],
    sex: Sex,
    failure: Annotated[bool, present("heart failure")],
    hypertension: Annotated[bool, present("hypertension")],
    diabetes: Annotated[bool, present("diabetes")],
    stroke: Annotated[bool, present("a prior stroke or TIA")],
    vascular: Annotated[bool, present("vascular disease")],
) -> StrokeRisk:
    """CHA2DS2-VASc points in atrial fibrillation (Lip, Chest 2010;137:263)."""
    years = 2 if age >= 75 else 1 if age >= 65 else 0
    return StrokeRisk(points=years + (sex == "female") + failure + hypertension + diabetes + 2 * stroke + vascular)


class BleedingRisk(Result):
    """The HAS-BLED score."""

    points: Annotated[
        int,
        POINTS,
        Says(
            (
                "the HAS-BLED score of a {age}-year-old patient {hypertension}, {renal}, {liver}, {stroke}, {bleeding},"
                " {inr}, {drugs} and {alcohol}",
                "the HAS-BLED point total of a {age}-year-old patient {hypertension}, {renal}, {liver}, {stroke},"
                " {bleeding}, {inr}, {drugs} and {alcohol}",
            ),
            ask=(
                "What is the HAS-BLED score of a {age}-year-old patient {hypertension}, {renal}, {liver}, {stroke},"
                " {bleeding}, {inr}, {drugs} and {alcohol}?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {
                "age": 72,
                "hypertension": True,
                "renal": False,
                "liver": False,
                "stroke": False,
                "bleeding": True,
                "inr": False,
                "drugs": True,
                "alcohol": False,
            },
            {"/points": 4},
            "MedCalc-Bench example: hypertension, bleeding, age over 65, drugs = 4",
        )
    ],
)
def has_bled_score(
    age: Annotated[int, Field(ge=18, le=110), Draw.integer(52, 88)],
    hypertension: Annotated[bool, present("a systolic pressure above 160 mmHg")],
    renal: Annotated[bool, present("abnormal renal function")],
    liver: Annotated[bool, present("abnormal liver function")],
    stroke: Annotated[bool, present("a prior stroke")],
    bleeding: Annotated[bool, present("a bleeding history")],
    inr: Annotated[bool, present("labile INRs")],
    drugs: Annotated[bool, present("antiplatelet or NSAID use")],
    alcohol: Annotated[bool, present("alcohol abuse (eight or more drinks a week)")],
) -> BleedingRisk:
    """HAS-BLED points of an anticoagulated patient; elderly means over 65 (Pisters, Chest 2010;138:1093)."""
    items = (hypertension, renal, liver, stroke, bleeding, inr, age > 65, drugs, alcohol)
    return BleedingRisk(points=sum(items))


class EmbolismScore(Result):
    """The Wells score of pulmonary embolism."""

    points: Annotated[
        float,
        Quantity("points", "points", 1, ratio=False),
        Says(
            (
                "the Wells score for pulmonary embolism of a patient {signs}, {likely}, {tachycardia}, {immobile},"
                " {prior}, {hemoptysis} and {cancer}",
                "the Wells point total in suspected pulmonary embolism {signs}, {likely}, {tachycardia}, {immobile},"
                " {prior}, {hemoptysis} and {cancer}",
            ),
            ask=(
                "What is the Wells score for suspected pulmonary embolism of a patient {signs}, {likely}, {tachycardia},"
                " {immobile}, {prior}, {hemoptysis} and {cancer}?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {
                "signs": False,
                "likely": True,
                "tachycardia": True,
                "immobile": False,
                "prior": False,
                "hemoptysis": True,
                "cancer": False,
            },
            {"/points": 5.5},
            "MedCalc-Bench example: 3 + 1.5 + 1 = 5.5",
        )
    ],
)
def wells_embolism_score(
    signs: Annotated[bool, present("clinical signs of deep vein thrombosis")],
    likely: Annotated[
        bool,
        Draw.choice({True: "with embolism as the likeliest diagnosis", False: "with a likelier alternative diagnosis"}),
    ],
    tachycardia: Annotated[
        bool, Draw.choice({True: "with a heart rate above 100", False: "with a heart rate of 100 or less"})
    ],
    immobile: Annotated[bool, present("recent immobilization or surgery")],
    prior: Annotated[bool, present("previous thromboembolism")],
    hemoptysis: Annotated[bool, present("hemoptysis")],
    cancer: Annotated[bool, present("active cancer")],
) -> EmbolismScore:
    """Wells points for pulmonary embolism (Wells, Thromb Haemost 2000;83:416)."""
    return EmbolismScore(points=3 * signs + 3 * likely + 1.5 * (tachycardia + immobile + prior) + hemoptysis + cancer)
