"""Ideal and adjusted weight, body surface and body fat, each by its published formula."""

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.medical.calculators import Sex
from dive_assets.toolpool.medical.data_sources import FORMULA
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.tool import Probe, tool

IDEAL_WEIGHT = Quantity("kilogram", "kilograms", 1, role="ideal_body_weight")
Weight = Annotated[
    float,
    Quantity("kilogram", "kilograms", 1, role="body_weight"),
    Field(ge=2, le=400),
    Draw.integer(48, 130, suffix=" kg"),
]
Height = Annotated[
    float,
    Quantity("centimeter", "centimetres", 1, role="body_height"),
    Field(ge=40, le=260),
    Draw.integer(154, 198, suffix=" cm"),
]


class IdealWeight(Result):
    """The ideal body weight."""

    weight: Annotated[
        float,
        IDEAL_WEIGHT,
        Says(
            (
                "the Devine ideal body weight of a {sex} at {height}",
                "the ideal body weight (Devine) of a {sex} at {height}",
            ),
            ask=("What is the ideal body weight by Devine of a {sex} at {height}?",),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"sex": "male", "height": 180}, {"/weight": 50 + 2.3 * (180 / 2.54 - 60)}, "MedCalc-Bench: 74.992"),
        Probe({"sex": "female", "height": 165.1}, {"/weight": 57.0}, "by hand: 65 in, 45.5 + 2.3 x 5"),
    ],
)
def ideal_body_weight(sex: Sex, height: Annotated[Height, Field(ge=152.4)]) -> IdealWeight:
    """Ideal body weight, 50 or 45.5 kg + 2.3 kg per inch above 5 feet (Devine, Drug Intell Clin Pharm 1974;8:650)."""
    return IdealWeight(weight=(45.5 if sex == "female" else 50) + 2.3 * (height / 2.54 - 60))


class AdjustedWeight(Result):
    """The adjusted body weight."""

    weight: Annotated[
        float,
        Quantity("kilogram", "kilograms", 1, role="body_weight"),
        Says(
            (
                "the adjusted dosing weight (factor 0.4) from {ideal} and {weight}",
                "the dosing weight that adds 40% of the excess of {weight} over {ideal}",
            ),
            ask=("What is the adjusted dosing weight, with the usual factor of 0.4, from {ideal} and {weight}?",),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[Probe({"ideal": 70, "weight": 110}, {"/weight": 86.0}, "by hand: 70 + 0.4 x 40")],
)
def adjusted_body_weight(
    ideal: Annotated[float, IDEAL_WEIGHT, Field(ge=20, le=150), Draw.integer(46, 84, suffix=" kg ideal weight")],
    weight: Annotated[
        float,
        Quantity("kilogram", "kilograms", 1, role="body_weight"),
        Field(ge=2, le=400),
        Draw.integer(92, 160, suffix=" kg actual weight"),
    ],
) -> AdjustedWeight:
    """Adjusted body weight, ideal + 0.4 (actual - ideal) (Bauer, Eur J Clin Pharmacol 1983;24:643)."""
    return AdjustedWeight(weight=ideal + 0.4 * (weight - ideal))


class SurfaceAreas(Result):
    """Body surface by two formulas."""

    dubois: Annotated[
        float,
        Quantity("meter**2", "square metres", 2, role="body_surface"),
        Says(
            (
                "the DuBois body surface area at {weight} and {height}",
                "the body surface area by DuBois and DuBois for {weight} and {height}",
            ),
            ask=("What is the body surface area by DuBois for {weight} and {height}?",),
        ),
    ]
    haycock: Annotated[
        float,
        Quantity("meter**2", "square metres", 2, role="body_surface"),
        Says(
            (
                "the Haycock body surface area at {weight} and {height}",
                "the body surface area by Haycock for {weight} and {height}",
            ),
            ask=("What is the body surface area by Haycock for {weight} and {height}?",),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"weight": 70, "height": 170},
            {"/dubois": 0.007184 * 70**0.425 * 170**0.725, "/haycock": 0.024265 * 70**0.5378 * 170**0.3964},
            "published formulas by hand: 1.81 and 1.83 m²",
        )
    ],
)
def body_surface_areas(weight: Weight, height: Height) -> SurfaceAreas:
    """Body surface by DuBois (Arch Intern Med 1916;17:863) and by Haycock (J Pediatr 1978;93:62)."""
    return SurfaceAreas(
        dubois=0.007184 * weight**0.425 * height**0.725, haycock=0.024265 * weight**0.5378 * height**0.3964
    )


class BodyFat(Result):
    """The body fat percentage."""

    percent: Annotated[
        float,
        Quantity("percent", "percent", 1),
        Says(
            (
                "the Deurenberg body fat percentage of a {age}-year-old {sex} with {bmi}",
                "the body fat share by Deurenberg of a {age}-year-old {sex} with {bmi}",
            ),
            ask=("What body fat percentage does Deurenberg's equation give a {age}-year-old {sex} with {bmi}?",),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"age": 40, "sex": "male", "bmi": 25}, {"/percent": 30 + 9.2 - 10.8 - 5.4}, "by hand: 23.0"),
    ],
)
def body_fat_percentage(
    age: Annotated[int, Field(ge=16, le=110), Draw.integer(19, 80)],
    sex: Sex,
    bmi: Annotated[
        float,
        Quantity("kilogram/meter**2", "kg/m²", 1, role="body_mass_index"),
        Field(ge=12, le=70),
        Draw.choice({n: f"a body mass index of {n} kg/m²" for n in range(19, 42)}),
    ],
) -> BodyFat:
    """Body fat of an adult, 1.20 BMI + 0.23 age - 10.8 (men) - 5.4 (Deurenberg, Br J Nutr 1991;65:105)."""
    return BodyFat(percent=1.2 * bmi + 0.23 * age - (10.8 if sex == "male" else 0) - 5.4)
