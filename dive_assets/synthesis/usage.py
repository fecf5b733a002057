"""Usage counts of patterns, tools and seeds: the least used is drawn first.

Counts change only between batches (except that a plan counts as it is drawn), so that what an
attempt draws depends on the attempts of earlier batches and on nothing else.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from dive_assets.records import Trace

Item = TypeVar("Item")


def least_used(rng: random.Random, items: Sequence[Item], count: Callable[[Item], float]) -> Item:
    """One of the items with the smallest count, at random. Raises IndexError for no items."""
    smallest = min(map(count, items), default=0.0)
    return rng.choice([item for item in items if count(item) == smallest])


def weighted(rng: random.Random, items: Sequence[Item], count: Callable[[Item], float]) -> Item:
    """One of the items with weight 1 / (1 + count)²: pressure towards the rare without forbidding the rest."""
    return rng.choices(items, weights=[1 / (1 + count(item)) ** 2 for item in items])[0]


@dataclass
class Usage:
    """How often each pattern, tool and seed has been planned or used so far."""

    patterns: Counter[str] = field(default_factory=Counter)
    tools: Counter[str] = field(default_factory=Counter)
    fields: Counter[tuple[str, str]] = field(default_factory=Counter)
    seeds: Counter[str] = field(default_factory=Counter)

    def count_trace(self, trace: Trace) -> None:
        """Count the tools that were executed and the seeds that were tried."""
        self.tools.update({evidence.call.tool for evidence in trace.evidence})
        self.seeds.update({f"{seed.entity_type}:{seed.value}" for seed in trace.seeds})
