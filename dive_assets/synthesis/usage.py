"""Usage counts of patterns, call graphs, tools and seeds: the least used is drawn first.

Counts change only between batches (except that a plan counts as it is drawn), so that what an
attempt draws depends on the attempts of earlier batches and on nothing else.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeVar

from dive_assets.records import Task, Trace
from dive_assets.tools.tool import Tool

Item = TypeVar("Item")
LOST_DRAW = 0.5  # what a draw that led nowhere counts
HUBS_FROM = 100  # tasks before which the share of a tool says little
LITERAL = ("", "")  # where a literal comes from: no field of no tool
FAILED_PLAN = 0.9  # share of a failed plan's count that is given back


def least_used(rng: random.Random, items: Sequence[Item], count: Callable[[Item], float]) -> Item:
    """One of the items with the smallest count, at random. Raises IndexError for no items."""
    smallest = min(map(count, items), default=0.0)
    return rng.choice([item for item in items if count(item) == smallest])


def weighted(rng: random.Random, items: Sequence[Item], count: Callable[[Item], float]) -> Item:
    """One of the items with weight 1 / (1 + count)²: pressure towards the rare without forbidding the rest."""
    return rng.choices(items, weights=[1 / (1 + count(item)) ** 2 for item in items])[0]


@dataclass
class Usage:
    """How often each thing has been planned or used so far.

    families, rounds  plans that are still open or came to a sound task, by (family) and (family, rounds).
    misses            searches in a row that found no path at all, by (family, rounds).
    exhausted         (family, rounds) for which that went on for too long.
    stale             searches in a row that found no new call graph, by (family, rounds, wanted tool).
    failures          failed attempts by form and final step, and by pairs of steps that follow each other.
    tasks             sound tasks by the tools of their programs.
    dead_ends         failed attempts by their last tool.
    links             calls, and those of them that failed, by where an argument came from and where it went.
    sound             tasks that passed the checks; of them with a recovery, and unanswerable ones.
    """

    patterns: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    reasoning: dict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))
    structures: Counter[str] = field(default_factory=Counter)
    families: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    rounds: dict[tuple[str, int], float] = field(default_factory=lambda: defaultdict(float))
    tools: Counter[str] = field(default_factory=Counter)
    fields: Counter[tuple[str, str]] = field(default_factory=Counter)
    seeds: Counter[str] = field(default_factory=Counter)
    misses: Counter[tuple[str, int]] = field(default_factory=Counter)
    exhausted: set[tuple[str, int]] = field(default_factory=set)
    stale: Counter[tuple[str, int, str]] = field(default_factory=Counter)
    failures: Counter[tuple[str, ...]] = field(default_factory=Counter)
    tasks: Counter[str] = field(default_factory=Counter)
    dead_ends: Counter[str] = field(default_factory=Counter)
    links: dict[tuple[str, ...], list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    sound: int = 0
    recoveries: int = 0
    unanswerable: int = 0

    def count_plan(
        self, pattern: str, structure: str, targets: Iterable[tuple[str, str]], family: str, rounds: int
    ) -> None:
        """Count a plan at once, so that the rest of its batch differs from it."""
        self.patterns[pattern] += 1
        self.structures[structure] += 1
        self.fields.update(targets)
        self.families[family] += 1
        self.rounds[family, rounds] += 1

    def count_sound(self, task: Task) -> None:
        self.sound += task.answerable
        self.tasks.update({call.tool for call in task.program})
        self.recoveries += task.recovery is not None
        self.unanswerable += not task.answerable

    def count_failure(self, pattern: str, form: str, steps: Sequence[tuple[str, str]]) -> None:
        """Remember what did not go together: the form with the last step, and steps in a row. The pattern
        counts twice, so that those which often fail are drawn less."""
        self.patterns[pattern] += 1
        self.failures[form, *steps[-1]] += 1
        self.dead_ends[steps[-1][0]] += 1
        self.failures.update((*before, *after) for before, after in pairwise(steps))

    def count_lost_draw(self, family: str, reasoning: str, pattern: str) -> None:
        """A draw led nowhere: its reasoning type and pattern are drawn a little less."""
        self.reasoning[family, reasoning] += LOST_DRAW
        self.patterns[pattern] += LOST_DRAW

    def uncount_failed(self, family: str, rounds: int) -> None:
        """A plan came to nothing: quotas are shares of sound tasks, but the hopeless must not be drawn for ever."""
        self.families[family] -= FAILED_PLAN
        self.rounds[family, rounds] -= FAILED_PLAN

    def count_trace(self, trace: Trace) -> None:
        """Count the tools that were executed, the seeds that were tried, and which outputs a tool could take."""
        self.tools.update({evidence.call.tool for evidence in trace.evidence})
        tools = {evidence.call.call_id: evidence.call.tool for evidence in trace.evidence}
        for evidence in trace.evidence:
            call = evidence.call
            given = [(tools[b.call_id], b.pointer.split("/")[1], b.argument) for b in call.bindings]
            given += [(*LITERAL, stated.argument) for stated in call.literals]
            for *source, argument in given:
                link = self.links[*source, call.tool, argument.split("/")[1]]
                link[0] += 1
                link[1] += evidence.error_code is not None
        self.seeds.update({f"{seed.entity_type}:{seed.value}" for seed in trace.seeds})

    def hit_rate(self, source: tuple[str, str], tool: str, parameter: str) -> float:
        """Share of a field's values that a tool could take so far, above 0; 1 if none was tried."""
        made, failed = self.links.get((*source, tool, parameter), (0, 0))
        return (made - failed + 1) / (made + 1)

    def plenty(self, tool: str) -> float:
        """How little a tool needs further tasks: those that it has, and half of the attempts that it spoilt."""
        return self.tasks[tool] + self.dead_ends[tool] / 2

    def is_scarce(self, tool: str, share: float) -> bool:
        """Whether a tool is in less than `share` of the tasks."""
        return self.tasks[tool] < share * self.sound

    def is_hub(self, tool: Tool, share: float) -> bool:
        """Whether a tool is in more than `share` of the tasks, divided by the domains that share it; never one
        that every domain has."""
        allowed = share / (1 + len(tool.also)) * max(self.sound, HUBS_FROM)
        return not tool.everywhere and self.tasks[tool.name] > allowed
