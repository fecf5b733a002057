"""Effect sizes, correlations, tests and sample sizes of research papers (SciPy, statsmodels)."""

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.academic.data_sources import PUBLISHED_FORMULA, STATSMODELS
from dive_assets.toolpool.shared.data_sources import SCIPY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

Scores = Annotated[
    list[Annotated[float, Field(ge=-1e9, le=1e9)]], Draw.numbers(10, 90, 0, (8, 8)), Field(min_length=3, max_length=500)
]
Correlation = Annotated[float, Quantity("", "", 3, ratio=False, role="correlation coefficient")]
EffectSize = Annotated[float, Quantity("", "", 2, ratio=False, role="standardised mean difference")]
SampleSize = Annotated[int, Draw.integer(20, 400), Field(ge=4, le=10**6)]


class CorrelationOfScores(Result):
    """How two lists of scores go together."""

    pearson: Annotated[
        Correlation,
        Says(
            (
                "Pearson's correlation of the scores {x} (first measure) with {y} (second measure, same order of "
                "subjects)",
            ),
            ask=(
                "Eight subjects scored {x} in a first test and, in the same order, {y} in a second one: what is "
                "Pearson's correlation?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[SCIPY],
    probes=[
        Probe(
            {"x": [1, 2, 3, 4, 5], "y": [2, 4, 5, 4, 5]},
            {"/pearson": 6 / math.sqrt(10 * 6)},
            "sums of products 6, 10 and 6",
        ),
    ],
)
def correlation_of_scores(x: Scores, y: Scores) -> CorrelationOfScores:
    """Pearson's correlation of two lists of scores (SciPy)."""
    from scipy import stats

    if len(x) != len(y) or len(set(x)) < 2 or len(set(y)) < 2:
        raise ToolError("give two equally long lists whose scores differ", "invalid_arguments")
    return CorrelationOfScores(
        pearson=round(float(stats.pearsonr(x, y).statistic), 10),
    )


class CorrelationInference(Result):
    """What a sample correlation says of the population."""

    lower: Annotated[
        float,
        Quantity("", "", 3, ratio=False),
        Says(
            (
                "the lower 95% confidence limit, by Fisher's z, for a correlation equal to {correlation} in a sample of "
                "{size} pairs",
            ),
            ask=(
                "What is the lower limit of the 95% confidence interval by Fisher's z for a correlation equal to "
                "{correlation} from {size} pairs?",
            ),
        ),
    ]
    upper: Annotated[
        float,
        Quantity("", "", 3, ratio=False),
        Says(
            (
                "the upper 95% confidence limit, by Fisher's z, for a correlation equal to {correlation} in a sample of "
                "{size} pairs",
            ),
            ask=(
                "What is the upper limit of the 95% confidence interval by Fisher's z for a correlation equal to "
                "{correlation} from {size} pairs?",
            ),
        ),
    ]
    t_statistic: Annotated[
        float,
        Quantity("", "", 3, ratio=False),
        Says(
            ("the t statistic of a Pearson correlation equal to {correlation} in a sample of {size} pairs",),
            ask=(
                "Which t statistic tests a Pearson correlation equal to {correlation} from {size} pairs against zero?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[SCIPY],
    probes=[
        Probe(
            {"correlation": 0.5, "size": 103},
            {
                "/lower": math.tanh(math.atanh(0.5) - 1.959963984540054 / 10),
                "/upper": math.tanh(math.atanh(0.5) + 1.959963984540054 / 10),
                "/t_statistic": 0.5 * math.sqrt(101 / 0.75),
            },
            "Fisher's z with standard error 1/sqrt(n - 3); t = r sqrt((n - 2) / (1 - r²))",
        ),
    ],
)
def correlation_inference(
    correlation: Annotated[Correlation, Draw.decimal(-0.85, 0.85, 2), Field(gt=-1, lt=1)], size: SampleSize
) -> CorrelationInference:
    """95% confidence interval (Fisher's z) and t statistic of a sample correlation (SciPy)."""
    from scipy import stats

    margin = float(stats.norm.ppf(0.975)) / math.sqrt(size - 3)
    z = math.atanh(correlation)
    return CorrelationInference(
        lower=math.tanh(z - margin),
        upper=math.tanh(z + margin),
        t_statistic=correlation * math.sqrt((size - 2) / (1 - correlation**2)),
    )


class ExplainedVariance(Result):
    """A correlation as other measures of effect."""

    percent: Annotated[
        float,
        Quantity("percent", "percent", 1),
        Says(
            ("the percentage of variance explained by a Pearson correlation equal to {correlation}",),
            ask=("What percentage of the variance does a Pearson correlation equal to {correlation} explain?",),
        ),
    ]
    cohens_d: Annotated[
        EffectSize,
        Says(
            ("the Cohen's d, for two groups of equal size, that corresponds to a correlation equal to {correlation}",),
            ask=(
                "To which Cohen's d, with two groups of equal size, does a correlation equal to {correlation} correspond?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[PUBLISHED_FORMULA],
    probes=[
        Probe(
            {"correlation": 0.5},
            {"/percent": 25.0, "/cohens_d": 1 / math.sqrt(0.75)},
            "Borenstein et al., Introduction to Meta-Analysis (2009), ch. 7: d = 2r / sqrt(1 - r²)",
        ),
        Probe({"correlation": -0.6}, {"/percent": 36.0, "/cohens_d": -1.5}, "d = 2r / sqrt(1 - r²)"),
    ],
)
def correlation_as_effect(
    correlation: Annotated[Correlation, Draw.decimal(0.05, 0.85, 2), Field(gt=-1, lt=1)],
) -> ExplainedVariance:
    """Explained variance r² and Cohen's d = 2r / √(1 - r²) of a correlation (Borenstein et al. 2009)."""
    return ExplainedVariance(percent=100 * correlation**2, cohens_d=2 * correlation / math.sqrt(1 - correlation**2))


class GroupDifference(Result):
    """The standardised difference of two groups."""

    cohens_d: Annotated[
        EffectSize,
        Says(
            (
                "the Cohen's d of the scores {treated} (treatment group) against {control} (control group), with the "
                "pooled standard deviation",
            ),
            ask=(
                "A treatment group scored {treated} and a control group {control}: what is Cohen's d with the pooled "
                "standard deviation?",
            ),
        ),
    ]
    hedges_g: Annotated[
        EffectSize,
        Says(
            (
                "Hedges' g, with the factor 1 − 3/(4·df − 1), of the scores {treated} (treatment group) against "
                "{control} (control group)",
            ),
            ask=(
                "A treatment group scored {treated} and a control group {control}: what is Hedges' g, with the factor "
                "1 − 3/(4·df − 1)?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[PUBLISHED_FORMULA],
    probes=[
        Probe(
            {"treated": [4, 6, 8], "control": [1, 3, 5]},
            {"/cohens_d": 1.5, "/hedges_g": 1.5 * (1 - 3 / 15)},
            "means 6 and 3, both variances 4: d = 3/2; 4 degrees of freedom: g = d (1 - 3/15)",
        ),
    ],
)
def group_difference(treated: Scores, control: Scores) -> GroupDifference:
    """Cohen's d (pooled standard deviation) and Hedges' g of two groups of scores (Hedges and Olkin 1985)."""
    from statistics import fmean, variance

    n, m = len(treated), len(control)
    pooled = ((n - 1) * variance(treated) + (m - 1) * variance(control)) / (n + m - 2)
    if pooled == 0:
        raise ToolError("the scores in each group must differ", "invalid_arguments")
    effect = (fmean(treated) - fmean(control)) / math.sqrt(pooled)
    return GroupDifference(cohens_d=round(effect, 10), hedges_g=round(effect * (1 - 3 / (4 * (n + m - 2) - 1)), 10))


class StudySize(Result):
    """How many subjects a trial needs."""

    per_group: Annotated[
        int,
        Quantity("subjects", "subjects", 0),
        Says(
            (
                "the subjects per group, rounded up, that a two-sided t test at the 5% level needs for a power of "
                "{power} at a Cohen's d equal to {effect}",
            ),
            ask=(
                "How many subjects per group does a two-sided t test of two equal groups at the 5% level need for a "
                "power of {power} at a Cohen's d equal to {effect}?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[STATSMODELS],
    probes=[
        Probe({"effect": 0.5, "power": 0.8}, {"/per_group": 64}, "Cohen (1988), table 2.4.1"),
        Probe({"effect": 0.8, "power": 0.8}, {"/per_group": 26}, "Cohen (1988), table 2.4.1"),
        Probe({"effect": 0.2, "power": 0.9}, {"/per_group": 527}, "G*Power 3.1"),
    ],
)
def study_size(
    effect: Annotated[EffectSize, Draw.decimal(0.2, 1.2, 2), Field(ge=-10, le=10)],
    power: Annotated[float, Draw.choice({0.8: "80%", 0.9: "90%", 0.95: "95%"}), Field(gt=0.5, lt=1)],
) -> StudySize:
    """Subjects per group of a two-sided two-sample t test at the 5% level (statsmodels)."""
    from statsmodels.stats.power import TTestIndPower

    size = abs(effect)
    if not 0.02 <= size <= 3:
        raise ToolError("the effect must lie between 0.02 and 3 in size", "invalid_arguments")
    needed = TTestIndPower().solve_power(effect_size=size, alpha=0.05, power=power, alternative="two-sided")
    return StudySize(per_group=math.ceil(float(needed)))


class TwoByTwo(Result):
    """The association in a table of two by two counts."""

    chi_square: Annotated[
        float,
        Quantity("", "", 3),
        Says(
            (
                "Pearson's chi-square, without continuity correction, for a two-by-two table with the rows {a} and {b}, "
                "and {c} and {d}",
            ),
            ask=(
                "What is Pearson's chi-square, without continuity correction, for the two-by-two table with {a} and "
                "{b} in the first row and {c} and {d} in the second?",
            ),
        ),
    ]
    phi: Annotated[
        float,
        Quantity("", "", 3, ratio=False, role="correlation coefficient"),
        Says(
            ("the signed phi coefficient for a two-by-two table with the rows {a} and {b}, and {c} and {d}",),
            ask=(
                "What is the signed phi coefficient for the two-by-two table with {a} and {b} in the first row and "
                "{c} and {d} in the second?",
            ),
        ),
    ]
    p_value: Annotated[
        float,
        Quantity("", "", 4),
        Says(
            (
                "the p-value of Fisher's exact test, two-sided, for a two-by-two table with the rows {a} and {b}, and "
                "{c} and {d}",
            ),
            ask=(
                "Which two-sided p-value does Fisher's exact test give for the two-by-two table with {a} and {b} in "
                "the first row and {c} and {d} in the second?",
            ),
        ),
    ]


Count = Annotated[int, Draw.integer(5, 60), Field(ge=0, le=10**5)]


@tool(
    domain="academic",
    kind="P",
    sources=[SCIPY],
    probes=[
        Probe(
            {"a": 3, "b": 1, "c": 1, "d": 3},
            {"/chi_square": 2.0, "/phi": 0.5, "/p_value": 34 / 70},
            "Fisher's lady tasting tea, two-sided p = 34/70",
        ),
        Probe({"a": 30, "b": 20, "c": 15, "d": 35}, {"/chi_square": 100 * 750**2 / (50 * 50 * 45 * 55)}, "by hand"),
    ],
)
def two_by_two(a: Count, b: Count, c: Count, d: Count) -> TwoByTwo:
    """Pearson's chi-square, phi and Fisher's exact test for a two-by-two table (SciPy)."""
    from scipy import stats

    margins = (a + b) * (c + d) * (a + c) * (b + d)
    if margins == 0:
        raise ToolError("every row and every column needs a count above zero", "invalid_arguments")
    phi = (a * d - b * c) / math.sqrt(margins)
    exact = stats.fisher_exact([[a, b], [c, d]])
    return TwoByTwo(chi_square=(a + b + c + d) * phi**2, phi=phi, p_value=float(exact.pvalue))
