"""Measures of a group of numbers that take a small program: what `run_python` is needed for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """A measure and the Python expression that computes it from `values`.

    positive    it is defined for positive values alone.
    difference  it is a difference of values, and has the unit of one.
    """

    name: str
    program: str
    positive: bool = False
    difference: bool = False


MEASURES = (
    Measure("root mean square", "(sum(v * v for v in values) / len(values)) ** 0.5", positive=True),
    Measure("geometric mean", "import math\nmath.exp(sum(math.log(v) for v in values) / len(values))", positive=True),
    Measure("harmonic mean", "len(values) / sum(1 / v for v in values)", positive=True),
    Measure(
        "population standard deviation",
        "mean = sum(values) / len(values)\n(sum((v - mean) ** 2 for v in values) / len(values)) ** 0.5",
        difference=True,
    ),
    Measure(
        "mean absolute deviation from the mean",
        "mean = sum(values) / len(values)\nsum(abs(v - mean) for v in values) / len(values)",
        difference=True,
    ),
    Measure(
        "mean absolute difference over all pairs",
        "gaps = [abs(a - b) for i, a in enumerate(values) for b in values[:i]]\nsum(gaps) / len(gaps)",
        difference=True,
    ),
    Measure(
        "largest gap between neighbours in sorted order",
        "ordered = sorted(values)\nmax(b - a for a, b in zip(ordered, ordered[1:]))",
        difference=True,
    ),
)
