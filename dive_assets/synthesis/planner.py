"""Plans a batch of attempts: patterns and final tools, the least used first.

A plan is drawn in order from the counts of the batches before, so that attempt i never depends on
how many attempts will follow.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from dive_assets.records import Plan
from dive_assets.synthesis.patterns import Pattern
from dive_assets.synthesis.type_graph import TypeGraph
from dive_assets.synthesis.usage import Usage, least_used, weighted


class Planner:
    """Draws plans for one domain."""

    def __init__(self, graph: TypeGraph, patterns: Sequence[Pattern]) -> None:
        self.targets = {p.name: targets for p in patterns if (targets := graph.targets(p))}
        if not self.targets:
            raise ValueError("no pattern can be filled: the domain needs tools with seeds for their subjects")

    def plan(self, rng: random.Random, first_index: int, size: int, usage: Usage) -> list[Plan]:
        """`size` plans from `first_index` on; counts them in `usage` as it goes."""
        plans = []
        for index in range(first_index, first_index + size):
            name = least_used(rng, sorted(self.targets), lambda n: usage.patterns[n])
            tool, field = weighted(rng, self.targets[name], lambda t: usage.fields[t] + usage.tools[t[0]] / 4)
            usage.patterns[name] += 1
            usage.fields[tool, field] += 1
            plans.append(Plan(index=index, pattern=name, tool=tool, field=field))
        return plans
