"""Equivalent doses of corticosteroids and opioids; function of CYP2D6 alleles."""

from functools import cache
from typing import Annotated, Any, Literal

from pydantic import Field

from dive_assets.toolpool.medical.data_sources import DRUG_NAMES, FORMULA, PGX_CORE
from dive_assets.toolpool.medical.drugs import CYP2D6_ALLELES, generic_name
from dive_assets.toolpool.medical.entity_types import GLUCOCORTICOID, OPIOID
from dive_assets.tools.annotations import Draw, Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

# Oral or intravenous doses in mg equivalent to 20 mg of hydrocortisone: Goodman and Gilman, Pharmacological Basis of
# Therapeutics, table of relative potencies and equivalent doses of representative corticosteroids.
GLUCOCORTICOIDS = {
    "hydrocortisone": 20.0,
    "cortisone": 25.0,
    "prednisone": 5.0,
    "prednisolone": 5.0,
    "methylprednisolone": 4.0,
    "triamcinolone": 4.0,
    "dexamethasone": 0.75,
}
# Oral morphine milligram equivalents per mg: CDC Clinical Practice Guideline 2022, MMWR Recomm Rep 71(3), table.
OPIOIDS = {
    "codeine": 0.15,
    "hydrocodone": 1.0,
    "hydromorphone": 5.0,
    "methadone": 4.7,
    "morphine": 1.0,
    "oxycodone": 1.5,
    "oxymorphone": 3.0,
    "tapentadol": 0.4,
    "tramadol": 0.2,
}
Steroid = Annotated[str, GLUCOCORTICOID, Field(description="Generic or brand name of a glucocorticoid", max_length=80)]
Opioid = Annotated[str, OPIOID, Field(description="Generic or brand name of an oral opioid", max_length=80)]
# Clinical function of CYP2D6 star alleles: Caudle 2020 (PMID 31647186), CPIC allele functionality table.
CYP2D6_FUNCTIONS = {
    "normal function": ("*1", "*2", "*35"),
    "decreased function": ("*9", "*10", "*17", "*29", "*41"),
    "no function": ("*3", "*4", "*5", "*6"),
}


def _listed(drug: str, table: dict[str, float], kind: str) -> float:
    name = generic_name(drug)
    if name not in table:
        raise ToolError(f"{name} is not in the {kind} table: one of {', '.join(table)}")
    return table[name]


class SteroidPotency(Result):
    """Dose and potency of a glucocorticoid."""

    equivalent_dose: Annotated[
        float,
        Quantity("milligram", "mg", 2),
        Says(
            (
                "the dose of {drug} equivalent to 20 mg of hydrocortisone in Goodman and Gilman's table",
                "the Goodman and Gilman dose of {drug} that matches 20 mg of hydrocortisone",
            ),
            has="dose equivalent to 20 mg of hydrocortisone in Goodman and Gilman's table",
            ask=("How many milligrams of {drug} match 20 mg of hydrocortisone in Goodman and Gilman's table?",),
        ),
    ]
    potency: Annotated[
        float,
        Quantity("relative potency", "", 1),
        Says(
            (
                "the glucocorticoid potency of {drug} relative to hydrocortisone, by equivalent dose",
                "the anti-inflammatory potency of {drug} as a multiple of hydrocortisone's, by equivalent dose",
            ),
            has="glucocorticoid potency relative to hydrocortisone, by equivalent dose",
            ask=(
                "How many times as potent a glucocorticoid as hydrocortisone is {drug}, by the equivalent doses in"
                " Goodman and Gilman?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="R",
    sources=[FORMULA, DRUG_NAMES],
    probes=[
        Probe(
            {"drug": "dexamethasone"},
            {"/equivalent_dose": 0.75, "/potency": 20 / 0.75},
            "Goodman and Gilman, table of equivalent corticosteroid doses",
        ),
        Probe(
            {"drug": "Medrol"},
            {"/equivalent_dose": 4.0, "/potency": 5.0},
            "Goodman and Gilman, 6-alpha-methylprednisolone: 4 mg, potency 5",
        ),
    ],
)
def glucocorticoid_potency(drug: Steroid) -> SteroidPotency:
    """Dose of a glucocorticoid that equals 20 mg of hydrocortisone, and its potency (Goodman and Gilman)."""
    dose = _listed(drug, GLUCOCORTICOIDS, "glucocorticoid")
    return SteroidPotency(equivalent_dose=dose, potency=20 / dose)


class SteroidDose(Result):
    """The equivalent dose of another steroid."""

    dose: Annotated[
        float,
        Quantity("milligram", "mg", 2),
        Says(
            (
                "the dose of {other_drug} equivalent to {dose} of {drug} by Goodman and Gilman's table",
                "the dose of {other_drug} that matches {dose} of {drug} in Goodman and Gilman's table",
            ),
            ask=(
                "How many milligrams of {other_drug} replace {dose} of {drug} by Goodman and Gilman's equivalent doses?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA, DRUG_NAMES],
    probes=[
        Probe(
            {"drug": "hydrocortisone", "dose": 100, "other_drug": "prednisone"},
            {"/dose": 25.0},
            "by hand: 100 x 5 / 20; MedCalc-Bench steroid conversion example",
        ),
        Probe({"drug": "prednisone", "dose": 40, "other_drug": "dexamethasone"}, {"/dose": 6.0}, "40 x 0.75 / 5"),
    ],
)
def steroid_equivalent_dose(
    drug: Steroid,
    dose: Annotated[float, Field(gt=0, le=5000), Draw.integer(5, 200, step=5, suffix=" mg")],
    other_drug: Steroid,
) -> SteroidDose:
    """Dose of one glucocorticoid that is equivalent to a dose of another (Goodman and Gilman's equivalent doses)."""
    first, second = (_listed(name, GLUCOCORTICOIDS, "glucocorticoid") for name in (drug, other_drug))
    if generic_name(drug) == generic_name(other_drug):
        raise ToolError("the two drugs are the same")
    return SteroidDose(dose=dose * second / first)


class OpioidFactor(Result):
    """The conversion factor of an opioid."""

    factor: Annotated[
        float,
        Quantity("conversion factor", "", 2),
        Says(
            (
                "the CDC's 2022 morphine-equivalence factor of {drug}",
                "the factor that turns milligrams of {drug} into morphine milligram equivalents (CDC 2022)",
            ),
            has="morphine-equivalence factor in the CDC's 2022 guideline",
            ask=("By which factor does the CDC's 2022 guideline convert {drug} to morphine milligram equivalents?",),
        ),
    ]


@tool(
    domain="medical",
    kind="R",
    sources=[FORMULA, DRUG_NAMES],
    probes=[
        Probe({"drug": "oxycodone"}, {"/factor": 1.5}, "CDC guideline 2022, MMWR Recomm Rep 71(3)"),
        Probe({"drug": "OxyContin"}, {"/factor": 1.5}, "CDC guideline 2022, MMWR Recomm Rep 71(3)"),
    ],
)
def opioid_conversion_factor(drug: Opioid) -> OpioidFactor:
    """Factor from mg of an oral opioid to morphine milligram equivalents (CDC guideline, MMWR 2022;71 RR-3)."""
    return OpioidFactor(factor=_listed(drug, OPIOIDS, "opioid"))


class MorphineEquivalents(Result):
    """Daily morphine milligram equivalents."""

    equivalents: Annotated[
        float,
        Quantity("morphine milligram equivalents", "MME", 1, role="opioid_load"),
        Says(
            (
                "the daily morphine milligram equivalents of {dose} of {drug} a day (CDC 2022)",
                "the daily opioid load, by the CDC's 2022 factors, from {dose} of {drug} a day",
            ),
            ask=(
                "How many morphine milligram equivalents a day does {dose} of {drug} a day make by the CDC's 2022"
                " factors?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA, DRUG_NAMES],
    probes=[
        Probe({"drug": "methadone", "dose": 40}, {"/equivalents": 188.0}, "by hand: 40 x 4.7 (CDC 2022)"),
        Probe({"drug": "tramadol", "dose": 200}, {"/equivalents": 40.0}, "by hand: 200 x 0.2 (CDC 2022)"),
    ],
)
def morphine_equivalents(
    drug: Opioid, dose: Annotated[float, Field(gt=0, le=2000), Draw.integer(10, 200, step=5, suffix=" mg")]
) -> MorphineEquivalents:
    """Daily morphine milligram equivalents of an oral opioid (CDC guideline, MMWR 2022;71 RR-3)."""
    return MorphineEquivalents(equivalents=dose * _listed(drug, OPIOIDS, "opioid"))


class AlleleFunction(Result):
    """Function and activity value of an allele."""

    function: Annotated[
        str,
        Text("'normal function', 'decreased function' or 'no function'"),
        Says(
            ("the clinical function that CPIC assigns to CYP2D6{allele}", "the CPIC function class of CYP2D6{allele}"),
            ask=("Which clinical function does CPIC assign to the allele CYP2D6{allele}?",),
        ),
    ]
    activity: Annotated[
        float,
        Quantity("activity value", "", 2),
        Says(
            ("the CPIC activity value of CYP2D6{allele}", "the activity value that CPIC gives CYP2D6{allele}"),
            has="CPIC activity value",
            ask=("Which activity value does the 2019 CPIC and DPWG consensus give CYP2D6{allele}?",),
        ),
    ]


@cache
def _engine() -> Any:
    from anukriti_pgx_core import PhenotypeEngine

    return PhenotypeEngine()


@tool(
    domain="medical",
    also=("biological",),
    kind="R",
    sources=[PGX_CORE],
    probes=[
        Probe({"allele": "*10"}, {"/function": "decreased function", "/activity": 0.25}, "Caudle 2020, PMID 31647186"),
        Probe({"allele": "*4"}, {"/function": "no function", "/activity": 0.0}, "Caudle 2020, PMID 31647186"),
    ],
)
def cyp2d6_allele_function(
    allele: Annotated[Literal[tuple(CYP2D6_ALLELES)], Draw.choice(CYP2D6_ALLELES)],
) -> AlleleFunction:
    """Clinical function and activity value of a CYP2D6 star allele (CPIC and DPWG consensus, Caudle 2020)."""
    function = next(name for name, alleles in CYP2D6_FUNCTIONS.items() if allele in alleles)
    return AlleleFunction(function=function, activity=_engine().activity_score("CYP2D6", allele))
