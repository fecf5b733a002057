"""Success rates with intervals, and whether two checkpoints differ on the same items."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Rate:
    """A share of successes among n items, with its 95 % bootstrap interval."""

    n: int
    rate: float
    low: float
    high: float


@dataclass(frozen=True)
class Difference:
    """Rate of the second minus rate of the first on the same n items, its 95 % bootstrap interval over items, and the
    p-value of McNemar's exact test (two-sided binomial on the items that only one of them solves)."""

    n: int
    difference: float
    low: float
    high: float
    p_value: float


def rate_of(successes: Sequence[bool], resamples: int = 2000, seed: int = 0) -> Rate:
    """Percentile bootstrap (Efron 1979) over items. Where all or none succeed, resampling shows no spread: the interval
    is then Wilson's. Raises ValueError without items."""
    from dive_assets.trajectories.model_teacher import wilson_interval

    if not successes:
        raise ValueError("a rate needs at least one item")
    n, solved = len(successes), sum(successes)
    if solved in (0, n):
        return Rate(n, solved / n, *wilson_interval(solved, n))
    low, high = interval_of([float(success) for success in successes], resamples, seed)
    return Rate(n, solved / n, low, high)


def difference_of(first: Sequence[bool], second: Sequence[bool], resamples: int = 2000, seed: int = 0) -> Difference:
    """How the second checkpoint differs from the first. Raises ValueError unless both tried the same items."""
    if len(first) != len(second) or not first:
        raise ValueError(f"a paired test needs the same items of both, not {len(first)} and {len(second)}")
    changes = [float(b) - float(a) for a, b in zip(first, second, strict=True)]
    low, high = interval_of(changes, resamples, seed)
    return Difference(len(first), sum(changes) / len(changes), low, high, mcnemar(first, second))


def mcnemar(first: Sequence[bool], second: Sequence[bool]) -> float:
    """Exact two-sided p-value: whether the items that one alone solves are split evenly (McNemar 1947)."""
    gained = sum(b and not a for a, b in zip(first, second, strict=True))
    lost = sum(a and not b for a, b in zip(first, second, strict=True))
    total = gained + lost
    tail = sum(math.comb(total, i) for i in range(min(gained, lost) + 1)) / 2**total
    return min(1.0, 2 * tail)


def interval_of(values: Sequence[float], resamples: int, seed: int = 0) -> tuple[float, float]:
    """The 95 % bootstrap interval of a mean: 2.5 % and 97.5 % of the means of resamples."""
    import numpy

    generator = numpy.random.default_rng(seed)
    drawn = generator.integers(0, len(values), size=(resamples, len(values)))
    low, high = numpy.percentile(numpy.asarray(values)[drawn].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)
