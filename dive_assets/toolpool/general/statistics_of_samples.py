"""Statistics of given numbers: fits, correlations, quartiles, tests, and probabilities of usual distributions."""

from __future__ import annotations

import math
import statistics
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.shared.data_sources import NUMPY, SCIPY, STANDARD_LIBRARY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

PURE = Quantity("", "", 3, ratio=False)
DEVIATION = Quantity("", "", 3, ratio=False, role="standard deviation")
PROBABILITY = Quantity("", "", 4, ratio=False)
Pairs = Annotated[list[float], Draw.numbers(1, 60, 0, (7, 7)), Field(min_length=3, max_length=500)]
Sample = Annotated[list[float], Draw.numbers(10, 99, 1, (7, 10)), Field(min_length=3, max_length=500)]


def _paired(x: list[float], y: list[float]) -> None:
    if len(x) != len(y):
        raise ToolError(f"the lists must be equally long, not {len(x)} and {len(y)}", "invalid_arguments")
    if len(set(x)) == 1 or len(set(y)) == 1:
        raise ToolError("one of the lists holds a single value only", "invalid_arguments")


class LinearFit(Result):
    """A straight line through points."""

    slope: Annotated[
        float,
        PURE,
        Says(
            (
                "the slope of the least-squares line through the points with x = {x} and y = {y}",
                "the slope of the ordinary regression of the values {y} on the values {x}",
            ),
            ask=("Which slope has the least-squares line through the points with x = {x} and y = {y}?",),
        ),
    ]
    intercept: Annotated[
        float,
        PURE,
        Says(
            "the intercept of the least-squares line through the points with x = {x} and y = {y}",
            ask=("Where does the least-squares line through the points with x = {x} and y = {y} cut the y axis?",),
        ),
    ]
    r: Annotated[
        float,
        PURE,
        Says(
            "Pearson's correlation coefficient of the values {x} with the values {y}",
            ask=("What is Pearson's correlation coefficient of the values {x} with the values {y}?",),
        ),
    ]
    p_value: Annotated[
        float,
        PROBABILITY,
        Says(
            "the two-sided p-value of the slope of the least-squares line with x = {x} and y = {y}",
            ask=("Which two-sided p-value does the slope of the regression have for x = {x} and y = {y}?",),
        ),
    ]


@tool(
    domain="general",
    kind="P",
    sources=[SCIPY],
    probes=[
        Probe(
            {
                "x": [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5],
                "y": [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68],
            },
            {
                "/slope": (797.6 - 99 * 82.51 / 11) / (1001 - 99**2 / 11),
                "/intercept": 82.51 / 11 - 9 * (797.6 - 99 * 82.51 / 11) / (1001 - 99**2 / 11),
            },
            "Anscombe 1973, first set: y = 3.00 + 0.500 x; sums worked out by hand",
        ),
        Probe({"x": [1, 2, 3], "y": [1, 2, 2]}, {"/slope": 0.5, "/r": math.sqrt(3) / 2}, "by hand"),
    ],
)
def linear_fit(x: Pairs, y: Pairs) -> LinearFit:
    """Least-squares line, Pearson correlation and p-value of paired values."""
    from scipy import stats

    _paired(x, y)
    fit = stats.linregress(x, y)
    return LinearFit(slope=fit.slope, intercept=fit.intercept, r=fit.rvalue, p_value=fit.pvalue)


class RankCorrelation(Result):
    """Correlation of ranks."""

    spearman: Annotated[
        float,
        PURE,
        Says(
            "Spearman's rank correlation (mean ranks for ties) of the values {x} with the values {y}",
            ask=("What is Spearman's rank correlation (mean ranks for ties) of the values {x} with the values {y}?",),
        ),
    ]
    kendall: Annotated[
        float,
        PURE,
        Says(
            "Kendall's tau-b of the values {x} with the values {y}",
            ask=("What is Kendall's tau-b of the values {x} with the values {y}?",),
        ),
    ]


@tool(
    domain="general",
    kind="P",
    sources=[SCIPY],
    probes=[
        Probe(
            {"x": [106, 100, 86, 101, 99, 103, 97, 113, 112, 110], "y": [7, 27, 2, 50, 28, 29, 20, 12, 6, 17]},
            {"/spearman": 1 - 6 * 194 / (10 * 99)},
            "Wikipedia, Spearman's rank correlation: -29/165",
        ),
        Probe({"x": [1, 2, 3, 4], "y": [1, 3, 2, 4]}, {"/kendall": (5 - 1) / 6}, "one discordant pair of six"),
    ],
)
def rank_correlation(x: Pairs, y: Pairs) -> RankCorrelation:
    """Spearman's rank correlation and Kendall's tau-b of paired values."""
    from scipy import stats

    _paired(x, y)
    return RankCorrelation(spearman=stats.spearmanr(x, y).statistic, kendall=stats.kendalltau(x, y).statistic)


class SampleFacts(Result):
    """Spread and shape of a sample."""

    standard_deviation: Annotated[
        float,
        DEVIATION,
        Says(
            "the sample standard deviation (divisor n - 1) of {values}",
            ask=("What is the sample standard deviation (divisor n - 1) of {values}?",),
        ),
    ]
    lower_quartile: Annotated[
        float,
        PURE,
        Says(
            "the first quartile of {values} by linear interpolation (type 7)",
            ask=("What is the first quartile of {values} by linear interpolation (type 7)?",),
        ),
    ]
    interquartile_range: Annotated[
        float,
        PURE,
        Says(
            "the interquartile range of {values} by linear interpolation (type 7)",
            ask=("What is the interquartile range of {values} by linear interpolation (type 7)?",),
        ),
    ]
    geometric_mean: Annotated[
        float,
        PURE,
        Says("the geometric mean of {values}", ask=("What is the geometric mean of {values}?",)),
    ]
    median_absolute_deviation: Annotated[
        float,
        PURE,
        Says(
            "the unscaled median absolute deviation from the median of {values}",
            ask=("What is the unscaled median absolute deviation from the median of {values}?",),
        ),
    ]


@tool(
    domain="general",
    kind="P",
    sources=[NUMPY, STANDARD_LIBRARY],
    probes=[
        Probe(
            {"values": [2, 4, 4, 4, 5, 5, 7, 9]},
            {"/standard_deviation": math.sqrt(32 / 7), "/lower_quartile": 4, "/interquartile_range": 5.5 - 4},
            "squared deviations add up to 32; positions 1.75 and 5.25 of 0..7",
        ),
        Probe({"values": [1, 10, 100]}, {"/geometric_mean": 10, "/median_absolute_deviation": 9}, "by hand"),
    ],
)
def sample_spread(values: Sample) -> SampleFacts:
    """Standard deviation, quartiles (type 7), geometric mean and median absolute deviation of a sample."""
    import numpy as np

    if min(values) <= 0:
        raise ToolError("the geometric mean needs positive values", "invalid_arguments")
    lower, upper = np.quantile(values, [0.25, 0.75])
    median = statistics.median(values)
    return SampleFacts(
        standard_deviation=statistics.stdev(values),
        lower_quartile=float(lower),
        interquartile_range=float(upper - lower),
        geometric_mean=math.exp(statistics.fmean(math.log(v) for v in values)),
        median_absolute_deviation=statistics.median(abs(v - median) for v in values),
    )


class WelchTest(Result):
    """Welch's test of two means."""

    t: Annotated[
        float,
        PURE,
        Says(
            "Welch's t statistic for the samples {first} and {second}, the first minus the second",
            ask=("What is Welch's t statistic for the samples {first} and {second}, the first minus the second?",),
        ),
    ]
    degrees_of_freedom: Annotated[
        float,
        PURE,
        Says(
            "the Welch-Satterthwaite degrees of freedom for the samples {first} and {second}",
            ask=("How many degrees of freedom does Welch's test have for the samples {first} and {second}?",),
        ),
    ]
    p_value: Annotated[
        float,
        PROBABILITY,
        Says(
            "the two-sided p-value of Welch's t test for the samples {first} and {second}",
            ask=("Which two-sided p-value does Welch's t test give for the samples {first} and {second}?",),
        ),
    ]


@tool(
    domain="general",
    kind="P",
    sources=[SCIPY],
    probes=[
        Probe(
            {"first": [1, 2, 3], "second": [2, 4, 6]},
            {"/t": -2 / math.sqrt(5 / 3), "/degrees_of_freedom": (5 / 3) ** 2 / ((1 / 3) ** 2 / 2 + (4 / 3) ** 2 / 2)},
            "variances 1 and 4 by hand; Welch 1947",
        ),
    ],
)
def welch_test(first: Sample, second: Sample) -> WelchTest:
    """Welch's unequal-variance t test of two samples."""
    from scipy import stats

    if len(set(first)) == 1 or len(set(second)) == 1:
        raise ToolError("a sample without spread cannot be tested", "invalid_arguments")
    found = stats.ttest_ind(first, second, equal_var=False)
    return WelchTest(t=float(found.statistic), degrees_of_freedom=float(found.df), p_value=float(found.pvalue))


class NormalProbability(Result):
    """Where a value stands in a normal distribution."""

    z_score: Annotated[
        float,
        PURE,
        Says(
            "the z-score of {value} for a mean of {mean} and a standard deviation of {deviation}",
            ask=("Which z-score has {value} for a mean of {mean} and a standard deviation of {deviation}?",),
        ),
    ]
    below: Annotated[
        float,
        PROBABILITY,
        Says(
            "the probability of a value below {value} under a normal distribution with a mean of {mean} and a "
            "standard deviation of {deviation}",
            ask=(
                "How probable is a value below {value} under a normal distribution with a mean of {mean} and a "
                "standard deviation of {deviation}?",
            ),
        ),
    ]


@tool(
    domain="general",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"value": 130, "mean": 100, "deviation": 15},
            {"/z_score": 2, "/below": 0.9772498680518208},
            "standard normal table: 0.97725 at z = 2 (Abramowitz and Stegun 26.1)",
        ),
    ],
)
def normal_probability(
    value: Annotated[float, Draw.integer(60, 145), Field(ge=-1e6, le=1e6)],
    mean: Annotated[float, Draw.integer(90, 110), Field(ge=-1e6, le=1e6)],
    deviation: Annotated[float, DEVIATION, Draw.integer(8, 20), Field(gt=0, le=1e6)],
) -> NormalProbability:
    """z-score of a value and the probability below it in a normal distribution."""
    return NormalProbability(
        z_score=(value - mean) / deviation, below=statistics.NormalDist(mean, deviation).cdf(value)
    )


class BinomialProbability(Result):
    """Probabilities of a number of successes."""

    exactly: Annotated[
        float,
        PROBABILITY,
        Says(
            "the probability of exactly {successes} in {trials} with success probability {probability} each",
            ask=("How probable are exactly {successes} in {trials} with success probability {probability} each?",),
        ),
    ]
    at_most: Annotated[
        float,
        PROBABILITY,
        Says(
            "the probability of at most {successes} in {trials} with success probability {probability} each",
            ask=("How probable are at most {successes} in {trials} with success probability {probability} each?",),
        ),
    ]


@tool(
    domain="general",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"successes": 3, "trials": 10, "probability": 0.5},
            {"/exactly": 120 / 1024, "/at_most": 176 / 1024},
            "fair coin: 1 + 10 + 45 + 120 of 1024",
        ),
        Probe({"successes": 1, "trials": 4, "probability": 0.25}, {"/exactly": 108 / 256}, "4 * 27 / 256"),
    ],
)
def binomial_probability(
    successes: Annotated[int, Draw.integer(2, 9, suffix=" successes"), Field(ge=0, le=1000)],
    trials: Annotated[int, Draw.integer(10, 24, suffix=" independent trials"), Field(ge=1, le=1000)],
    probability: Annotated[float, Draw.decimal(0.1, 0.6, 2), Field(ge=0, le=1)],
) -> BinomialProbability:
    """Binomial probability of exactly, and of at most, a number of successes."""
    if successes > trials:
        raise ToolError("there cannot be more successes than trials", "invalid_arguments")
    terms = [math.comb(trials, k) * probability**k * (1 - probability) ** (trials - k) for k in range(successes + 1)]
    return BinomialProbability(exactly=terms[-1], at_most=min(1.0, math.fsum(terms)))


class PoissonProbability(Result):
    """Probabilities of a number of rare events."""

    exactly: Annotated[
        float,
        PROBABILITY,
        Says(
            "the probability of exactly {events} in a Poisson process in which {mean} are expected",
            ask=("How probable are exactly {events} in a Poisson process in which {mean} are expected?",),
        ),
    ]
    more: Annotated[
        float,
        PROBABILITY,
        Says(
            "the probability of more than {events} in a Poisson process in which {mean} are expected",
            ask=("How probable are more than {events} in a Poisson process in which {mean} are expected?",),
        ),
    ]


@tool(
    domain="general",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"events": 2, "mean": 2.0},
            {"/exactly": 2 * math.exp(-2), "/more": 1 - 5 * math.exp(-2)},
            "e^-2 (1 + 2 + 2)",
        ),
    ],
)
def poisson_probability(
    events: Annotated[int, Draw.integer(2, 9, suffix=" events"), Field(ge=0, le=170)],
    mean: Annotated[float, Draw.decimal(1.5, 6.5, 1), Field(gt=0, le=500)],
) -> PoissonProbability:
    """Poisson probability of exactly, and of more than, a number of events."""
    terms = [math.exp(-mean + k * math.log(mean) - math.lgamma(k + 1)) for k in range(events + 1)]
    return PoissonProbability(exactly=terms[-1], more=max(0.0, 1 - math.fsum(terms)))
