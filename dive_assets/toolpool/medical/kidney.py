"""Kidney function at the bedside, each by its published formula."""

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.medical.calculators import Age, Creatinine, Sex
from dive_assets.toolpool.medical.data_sources import FORMULA
from dive_assets.tools.annotations import Draw, Quantity, Result, Says, Text
from dive_assets.tools.tool import Probe, tool

EGFR = Quantity("milliliter/minute", "mL/min/1.73 m²", 0, role="filtration_rate")
SerumCreatinine = Annotated[
    float,
    Quantity("milligram/deciliter", "mg/dL", 2, role="creatinine"),
    Field(ge=0.1, le=30),
    Draw.decimal(0.9, 5, 1, suffix=" mg/dL serum creatinine"),
]
UrineCreatinine = Annotated[
    float, Field(ge=1, le=1000), Draw.choice({n: f"a urine creatinine of {n} mg/dL" for n in range(25, 201)})
]


class SodiumExcretion(Result):
    """The fractional excretion of sodium."""

    percent: Annotated[
        float,
        Quantity("percent", "percent", 2),
        Says(
            (
                "the FENa with {sodium}, {creatinine}, {urine_sodium} and {urine_creatinine}",
                "the FENa of a patient with {sodium}, {creatinine}, {urine_sodium} and {urine_creatinine}",
            ),
            ask=("What is the FENa, in percent, with {sodium}, {creatinine}, {urine_sodium} and {urine_creatinine}?",),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"sodium": 140, "creatinine": 2.0, "urine_sodium": 20, "urine_creatinine": 80},
            {"/percent": 100 * 20 * 2 / (140 * 80)},
            "MedCalc-Bench FENa example: 0.357%",
        )
    ],
)
def fractional_sodium_excretion(
    sodium: Annotated[
        float,
        Quantity("millimole/liter", "mmol/L", 0, ratio=False, role="sodium"),
        Field(ge=90, le=200),
        Draw.integer(128, 152, suffix=" mmol/L serum sodium"),
    ],
    creatinine: SerumCreatinine,
    urine_sodium: Annotated[
        float, Field(ge=1, le=400), Draw.choice({n: f"a urine sodium of {n} mmol/L" for n in range(8, 111)})
    ],
    urine_creatinine: UrineCreatinine,
) -> SodiumExcretion:
    """Fractional excretion of sodium (Espinel, JAMA 1976;236:579)."""
    return SodiumExcretion(percent=100 * urine_sodium * creatinine / (sodium * urine_creatinine))


class UreaExcretion(Result):
    """The fractional excretion of urea."""

    percent: Annotated[
        float,
        Quantity("percent", "percent", 1),
        Says(
            (
                "the fractional excretion of urea with {creatinine}, a BUN of {bun}, a urine urea nitrogen of {urine_urea}"
                " and {urine_creatinine}",
                "the FEurea with {creatinine}, a BUN of {bun}, a urine urea nitrogen of {urine_urea} and"
                " {urine_creatinine}",
            ),
            ask=(
                "What is the fractional excretion of urea, in percent, with {creatinine}, a BUN of {bun}, a urine urea"
                " nitrogen of {urine_urea} and {urine_creatinine}?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"creatinine": 3.0, "bun": 60, "urine_urea": 500, "urine_creatinine": 100},
            {"/percent": 25.0},
            "by hand: 100 x 500 x 3 / (60 x 100)",
        )
    ],
)
def fractional_urea_excretion(
    creatinine: SerumCreatinine,
    bun: Annotated[float, Field(ge=1, le=300), Draw.integer(20, 110, suffix=" mg/dL")],
    urine_urea: Annotated[float, Field(ge=1, le=3000), Draw.integer(150, 900, step=10, suffix=" mg/dL")],
    urine_creatinine: UrineCreatinine,
) -> UreaExcretion:
    """Fractional excretion of urea (Carvounis, Kidney Int 2002;62:2223)."""
    return UreaExcretion(percent=100 * urine_urea * creatinine / (bun * urine_creatinine))


class SchwartzRate(Result):
    """A child's estimated filtration rate."""

    egfr: Annotated[
        float,
        EGFR,
        Says(
            (
                "the bedside Schwartz eGFR of a child at {height} with {creatinine}",
                "the 2009 bedside Schwartz estimate for a child at {height} with {creatinine}",
            ),
            ask=("What is the eGFR by the 2009 bedside Schwartz equation of a child at {height} with {creatinine}?",),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[Probe({"height": 120, "creatinine": 0.6}, {"/egfr": 82.6}, "by hand: 0.413 x 120 / 0.6")],
)
def bedside_schwartz(
    height: Annotated[
        float,
        Quantity("centimeter", "centimetres", 1, role="child_height"),
        Field(ge=40, le=200),
        Draw.integer(75, 165, suffix=" cm"),
    ],
    creatinine: Annotated[
        float,
        Quantity("milligram/deciliter", "mg/dL", 2, role="creatinine"),
        Field(ge=0.1, le=30),
        Draw.decimal(0.3, 2.5, 2, suffix=" mg/dL serum creatinine"),
    ],
) -> SchwartzRate:
    """Estimated GFR of a child, 0.413 height / creatinine (Schwartz, J Am Soc Nephrol 2009;20:629)."""
    return SchwartzRate(egfr=0.413 * height / creatinine)


class MdrdRate(Result):
    """The MDRD estimate of the filtration rate."""

    egfr: Annotated[
        float,
        EGFR,
        Says(
            (
                "the 175-MDRD eGFR, without race factor, of a {age}-year-old {sex} with a serum creatinine of"
                " {creatinine}",
                "the four-variable MDRD estimate (175, no race factor) for a {age}-year-old {sex} with a serum"
                " creatinine of {creatinine}",
            ),
            ask=(
                "What is the eGFR by the IDMS-traceable MDRD equation (175, no race factor) of a {age}-year-old {sex}"
                " with a serum creatinine of {creatinine}?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"age": 49, "sex": "male", "creatinine": 1.4},
            {"/egfr": 175 * 1.4**-1.154 * 49**-0.203},
            "MedCalc-Bench MDRD example: 53.864",
        )
    ],
)
def mdrd_filtration_rate(age: Age, sex: Sex, creatinine: Creatinine) -> MdrdRate:
    """Estimated GFR by the IDMS-traceable MDRD equation without race factor (Levey, Ann Intern Med 2006;145:247)."""
    return MdrdRate(egfr=175 * creatinine**-1.154 * age**-0.203 * (0.742 if sex == "female" else 1))


class FiltrationCategory(Result):
    """The KDIGO category of a filtration rate."""

    category: Annotated[
        str,
        Text("the KDIGO category, such as G3a"),
        Says(
            ("the KDIGO GFR category of {egfr}", "the KDIGO G stage that corresponds to {egfr}"),
            ask=("Into which KDIGO GFR category, G1 to G5, does {egfr} fall?",),
        ),
    ]


@tool(
    domain="medical",
    kind="R",
    sources=[FORMULA],
    probes=[
        Probe({"egfr": 52.9}, {"/category": "G3a"}, "KDIGO 2012 CKD guideline, table 5: 45 to 59"),
        Probe({"egfr": 90}, {"/category": "G1"}, "KDIGO 2012 CKD guideline, table 5: 90 or more"),
        Probe({"egfr": 14}, {"/category": "G5"}, "KDIGO 2012 CKD guideline, table 5: below 15"),
    ],
)
def kdigo_gfr_category(
    egfr: Annotated[float, EGFR, Field(ge=0, le=250), Draw.integer(8, 110, suffix=" mL/min/1.73 m²")],
) -> FiltrationCategory:
    """KDIGO 2012 category of a glomerular filtration rate: limits at 90, 60, 45, 30 and 15 mL/min/1.73 m²."""
    names = ("G5", "G4", "G3b", "G3a", "G2", "G1")
    return FiltrationCategory(category=names[sum(egfr >= limit for limit in (15, 30, 45, 60, 90))])
