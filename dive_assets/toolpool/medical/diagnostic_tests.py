"""Diagnostic tests: likelihood ratios and post-test probability."""

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.medical.data_sources import FORMULA
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.tool import Probe, tool

Percent = Annotated[float, Field(gt=0, lt=100)]
LIKELIHOOD_RATIO = Quantity("likelihood ratio", "", 2, role="likelihood_ratio")


class LikelihoodRatios(Result):
    """Likelihood ratios of a dichotomous test."""

    positive: Annotated[
        float,
        LIKELIHOOD_RATIO,
        Says(
            (
                "the positive likelihood ratio of a test with {sensitivity} sensitivity and {specificity} specificity",
                "the likelihood ratio of a positive result at {sensitivity} sensitivity and {specificity} specificity",
            ),
            ask=(
                "What is the likelihood ratio of a positive result for a test with {sensitivity} sensitivity and"
                " {specificity} specificity?",
            ),
        ),
    ]
    negative: Annotated[
        float,
        LIKELIHOOD_RATIO,
        Says(
            (
                "the negative likelihood ratio of a test with {sensitivity} sensitivity and {specificity} specificity",
                "the likelihood ratio of a negative result at {sensitivity} sensitivity and {specificity} specificity",
            ),
            ask=(
                "What is the likelihood ratio of a negative result for a test with {sensitivity} sensitivity and"
                " {specificity} specificity?",
            ),
        ),
    ]
    youden: Annotated[
        float,
        Quantity("Youden index", "", 3),
        Says(
            "Youden's J of a test with {sensitivity} sensitivity and {specificity} specificity",
            ask=("What is Youden's J of a test with {sensitivity} sensitivity and {specificity} specificity?",),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"sensitivity": 92.0, "specificity": 88.0},
            {"/positive": 92 / 12, "/negative": 8 / 88, "/youden": 0.8},
            "by hand: LR+ 7.67, LR- 0.091",
        )
    ],
)
def likelihood_ratios(
    sensitivity: Annotated[Percent, Draw.decimal(70, 99, 1, suffix="%")],
    specificity: Annotated[Percent, Draw.decimal(70, 99, 1, suffix="%")],
) -> LikelihoodRatios:
    """Likelihood ratios and Youden's J of a test (Deeks and Altman, BMJ 2004;329:168; Youden 1950)."""
    return LikelihoodRatios(
        positive=sensitivity / (100 - specificity),
        negative=(100 - sensitivity) / specificity,
        youden=(sensitivity + specificity) / 100 - 1,
    )


class PostTest(Result):
    """The probability of disease after a test."""

    probability: Annotated[
        float,
        Quantity("percent", "percent", 1, role="post_test_probability"),
        Says(
            (
                "the post-test probability of disease from {prevalence} and {ratio}",
                "the probability of disease after applying {ratio} to {prevalence}",
            ),
            ask=("What is the post-test probability of disease, in percent, with {prevalence} and {ratio}?",),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"prevalence": 25.0, "ratio": 6.0},
            {"/probability": 100 * 2 / 3},
            "by hand: odds 1/3 x 6 = 2, probability 2/3",
        )
    ],
)
def post_test_probability(
    prevalence: Annotated[
        Percent,
        Quantity("percent", "percent", 1, role="prevalence"),
        Draw.choice({n: f"a pre-test probability of {n}%" for n in range(2, 66)}),
    ],
    ratio: Annotated[
        float,
        LIKELIHOOD_RATIO,
        Field(gt=0, le=10000),
        Draw.choice(
            {
                n / 10: f"a likelihood ratio of {n / 10}"
                for n in (1, 2, 3, 5, 15, 20, 25, 32, 45, 60, 75, 90, 120, 180, 240)
            }
        ),
    ],
) -> PostTest:
    """Probability of disease after a test result with a likelihood ratio (Fagan, NEJM 1975;293:257)."""
    odds = prevalence / (100 - prevalence) * ratio
    return PostTest(probability=100 * odds / (1 + odds))
