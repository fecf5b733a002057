"""Liver scores at the bedside, each by its published formula."""

import math
from typing import Annotated, Literal

from pydantic import Field

from dive_assets.toolpool.medical.data_sources import FORMULA
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.tool import Probe, tool

BILIRUBIN = Quantity("milligram/deciliter", "mg/dL", 1, role="bilirubin")
POINTS = Quantity("points", "points", 0, ratio=False)
Bilirubin = Annotated[float, BILIRUBIN, Field(ge=0.1, le=60), Draw.decimal(0.6, 14, 1, suffix=" mg/dL serum bilirubin")]
Creatinine = Annotated[
    float,
    Quantity("milligram/deciliter", "mg/dL", 2, role="creatinine"),
    Field(ge=0.1, le=30),
    Draw.decimal(0.7, 4.5, 1, suffix=" mg/dL serum creatinine"),
]
Inr = Annotated[float, Field(ge=0.5, le=15), Draw.decimal(1.0, 3.2, 1)]
Albumin = Annotated[float, Field(ge=0.5, le=6), Draw.decimal(1.8, 4.2, 1, suffix=" g/dL")]
Patient = Annotated[Literal["female", "male"], Draw.choice({"female": "a woman", "male": "a man"})]


class BilirubinMass(Result):
    """Bilirubin in conventional units."""

    bilirubin: Annotated[
        float,
        BILIRUBIN,
        Says(
            (
                "the mg/dL equivalent of {value} serum bilirubin (17.1 µmol/L per mg/dL)",
                "the serum bilirubin in mg/dL that equals {value} (17.1 µmol/L per mg/dL)",
            ),
            ask=("How much is {value} serum bilirubin in mg/dL, at 17.1 µmol/L per mg/dL?",),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[Probe({"value": 171}, {"/bilirubin": 10.0}, "AMA Manual of Style: 1 mg/dL = 17.1 µmol/L")],
)
def bilirubin_from_si(
    value: Annotated[float, Field(ge=1, le=1000), Draw.integer(15, 260, suffix=" µmol/L")],
) -> BilirubinMass:
    """Serum bilirubin in mg/dL from µmol/L, 17.1 µmol/L per mg/dL (AMA Manual of Style)."""
    return BilirubinMass(bilirubin=value / 17.1)


class MeldScore(Result):
    """The original MELD score."""

    score: Annotated[
        int,
        POINTS,
        Says(
            (
                "the original MELD score, without sodium, at {bilirubin}, {creatinine} and an INR of {inr}",
                "the MELD(i) score of a patient off dialysis with {bilirubin}, {creatinine} and an INR of {inr}",
            ),
            ask=(
                "What is the original UNOS MELD score, without sodium and off dialysis, with {bilirubin}, {creatinine}"
                " and an INR of {inr}?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"bilirubin": 2.8, "creatinine": 1.6, "inr": 1.5},
            {"/score": 19},
            "by hand: 3.892 + 4.541 + 4.498 + 6.43 = 19.36",
        ),
        Probe({"bilirubin": 0.7, "creatinine": 0.9, "inr": 1.0}, {"/score": 6}, "lowest MELD score: 6"),
    ],
)
def meld_score(bilirubin: Bilirubin, creatinine: Creatinine, inr: Inr) -> MeldScore:
    """MELD without sodium, off dialysis, UNOS limits (Kamath, Hepatology 2001;33:464): values below 1 count as 1."""
    value = (
        3.78 * math.log(max(bilirubin, 1))
        + 11.2 * math.log(max(inr, 1))
        + 9.57 * math.log(min(max(creatinine, 1), 4))
        + 6.43
    )
    return MeldScore(score=min(math.floor(value + 0.5), 40))


class Meld3Score(Result):
    """The MELD 3.0 score."""

    score: Annotated[
        int,
        POINTS,
        Says(
            (
                "the MELD 3.0 score of {sex} with {bilirubin}, {creatinine}, {sodium}, an INR of {inr} and an albumin"
                " of {albumin}",
                "the MELD 3.0 score, off dialysis, for {sex} with {bilirubin}, {creatinine}, {sodium}, an INR of {inr}"
                " and an albumin of {albumin}",
            ),
            ask=(
                "What is the MELD 3.0 score of {sex}, off dialysis, with {bilirubin}, {creatinine}, {sodium}, an INR of"
                " {inr} and an albumin of {albumin}?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"sex": "male", "bilirubin": 1.0, "creatinine": 1.0, "sodium": 140, "inr": 1.0, "albumin": 3.5},
            {"/score": 6},
            "Kim 2021: all terms vanish, 6",
        ),
        Probe(
            {"sex": "female", "bilirubin": 1.0, "creatinine": 3.0, "sodium": 125, "inr": 1.0, "albumin": 3.5},
            {"/score": 29},
            "by hand: 1.33 + 0.82 x 12 + 11.14 ln 3 + 6 = 29.41",
        ),
    ],
)
def meld_3_score(
    sex: Patient,
    bilirubin: Bilirubin,
    creatinine: Creatinine,
    sodium: Annotated[
        float,
        Quantity("millimole/liter", "mmol/L", 0, ratio=False, role="sodium"),
        Field(ge=90, le=200),
        Draw.integer(122, 141, suffix=" mmol/L sodium"),
    ],
    inr: Inr,
    albumin: Albumin,
) -> Meld3Score:
    """MELD 3.0 of an adult off dialysis (Kim, Gastroenterology 2021;161:1887)."""
    bili, clotting = math.log(max(bilirubin, 1)), math.log(max(inr, 1))
    crea = math.log(min(max(creatinine, 1), 3))
    lack, low = 137 - min(max(sodium, 125), 137), 3.5 - min(max(albumin, 1.5), 3.5)
    value = (
        (1.33 if sex == "female" else 0)
        + 4.56 * bili
        + 0.82 * lack
        - 0.24 * lack * bili
        + 9.09 * clotting
        + 11.14 * crea
        + 1.85 * low
        - 1.83 * low * crea
        + 6
    )
    return Meld3Score(score=min(math.floor(value + 0.5), 40))


class ChildPugh(Result):
    """The Child-Pugh score."""

    points: Annotated[
        int,
        POINTS,
        Says(
            (
                "the Child-Pugh score at {bilirubin}, an albumin of {albumin}, {inr}, {ascites} and {encephalopathy}",
                "the Child-Pugh point total with {bilirubin}, an albumin of {albumin}, {inr}, {ascites} and"
                " {encephalopathy}",
            ),
            ask=(
                "How many Child-Pugh points does a patient have with {bilirubin}, an albumin of {albumin}, {inr},"
                " {ascites} and {encephalopathy}?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"bilirubin": 2.8, "albumin": 2.1, "inr": 1, "ascites": 1, "encephalopathy": 2},
            {"/points": 9},
            "MedCalc-Bench example: 2 + 3 + 1 + 1 + 2 = 9",
        )
    ],
)
def child_pugh_score(
    bilirubin: Bilirubin,
    albumin: Albumin,
    inr: Annotated[
        Literal[1, 2, 3], Draw.choice({1: "an INR below 1.7", 2: "an INR between 1.7 and 2.3", 3: "an INR above 2.3"})
    ],
    ascites: Annotated[
        Literal[1, 2, 3], Draw.choice({1: "no ascites", 2: "slight ascites", 3: "moderate to severe ascites"})
    ],
    encephalopathy: Annotated[
        Literal[1, 2, 3],
        Draw.choice({1: "no encephalopathy", 2: "grade 1-2 encephalopathy", 3: "grade 3-4 encephalopathy"}),
    ],
) -> ChildPugh:
    """Child-Pugh points; bilirubin limits 2 and 3 mg/dL, albumin 3.5 and 2.8 g/dL (Pugh, Br J Surg 1973;60:646)."""
    bilirubin_points = 1 if bilirubin < 2 else 2 if bilirubin <= 3 else 3
    albumin_points = 1 if albumin > 3.5 else 2 if albumin >= 2.8 else 3
    return ChildPugh(points=bilirubin_points + albumin_points + inr + ascites + encephalopathy)


class DiscriminantFunction(Result):
    """Maddrey's discriminant function."""

    value: Annotated[
        float,
        Quantity("discriminant function", "", 1, ratio=False),
        Says(
            (
                "Maddrey's discriminant function at {bilirubin}, a prothrombin time of {time} and a control of {control}",
                "Maddrey's score with {bilirubin}, a prothrombin time of {time} and a control time of {control}",
            ),
            ask=(
                "What is Maddrey's discriminant function with {bilirubin}, a prothrombin time of {time} and a control"
                " time of {control}?",
            ),
        ),
    ]


Seconds = Annotated[float, Field(ge=5, le=120), Draw.decimal(14, 30, 1, suffix=" seconds")]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"bilirubin": 10, "time": 20, "control": 12}, {"/value": 46.8}, "by hand: 4.6 x 8 + 10 (Carithers 1989)")
    ],
)
def maddrey_discriminant(
    bilirubin: Bilirubin,
    time: Seconds,
    control: Annotated[float, Field(ge=5, le=30), Draw.decimal(11, 13.5, 1, suffix=" seconds")],
) -> DiscriminantFunction:
    """Modified discriminant function, 4.6 (PT - control) + bilirubin (Carithers, Ann Intern Med 1989;110:685)."""
    return DiscriminantFunction(value=4.6 * (time - control) + bilirubin)
