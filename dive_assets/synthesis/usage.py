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

from dive_assets.records import Call, Task, Trace
from dive_assets.tools.tool import Tool

Item = TypeVar("Item")
LOST_DRAW = 0.5  # what a draw that led nowhere counts
HUBS_FROM = 100  # tasks before which the share of a tool says little
SPOILT = 1 / 120  # what a failed attempt that was to end with a tool counts among its tasks
LITERAL = ("", "")  # where a literal comes from: no field of no tool
NOVELTY_SPAN = 50  # plans over which the share of new call graphs is averaged
REFUSALS = 2  # failed calls after which a tool is not given a value again: one may be another argument's fault
CIRCLES, CIRCULAR = 3, 0.7  # circular attempts, and share of all, from which two steps are not planned together
ATTEMPTS, MISFIT = 6, 0.9  # failed attempts, and share of all, from which a form is not planned for a rare tool
CALLS, HOPELESS = 12, 0.1  # calls after which a link is judged, and hit rate below which it is not planned
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
    novelty           moving share of plans with a new call graph, by family.
    misses            searches in a row that found no path at all, by (family, rounds).
    exhausted         (family, rounds) for which that went on for too long.
    stale             searches in a row that found no new call graph, by (family, rounds, wanted tool).
    failures          failed attempts by form and final step, and by pairs of steps that follow each other.
    forms             attempts, and those of them that failed, by form and last tool.
    tasks             sound tasks by the tools of their programs.
    dead_ends         failed attempts by their last tool.
    loops             attempts, and those of them in which a value came back, by the steps between which it may.
    links             calls, and those of them that failed or gave nothing, by where an argument came from and went.
    accepted          seeds' values with which a call succeeded, by tool and parameter, each in order of time.
    refused           failed calls by tool, parameter and seed's value.
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
    novelty: dict[str, float] = field(default_factory=lambda: defaultdict(lambda: 1.0))
    misses: Counter[tuple[str, int]] = field(default_factory=Counter)
    exhausted: set[tuple[str, int]] = field(default_factory=set)
    stale: Counter[tuple[str, int, str]] = field(default_factory=Counter)
    failures: Counter[tuple[str, ...]] = field(default_factory=Counter)
    forms: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    tasks: Counter[str] = field(default_factory=Counter)
    dead_ends: Counter[str] = field(default_factory=Counter)
    loops: dict[tuple[str, ...], list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    links: dict[tuple[str, ...], list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    accepted: dict[tuple[str, str], dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    refused: Counter[tuple[str, str, str]] = field(default_factory=Counter)
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

    def count_novelty(self, family: str, new: bool) -> None:
        self.novelty[family] += (new - self.novelty[family]) / NOVELTY_SPAN

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

    def count_loops(self, pairs: Iterable[tuple[str, ...]], circular: bool) -> None:
        """Count an attempt for each pair of its steps between which a value may come back."""
        for pair in pairs:
            self.loops[pair][0] += 1
            self.loops[pair][1] += circular

    def count_form(self, form: str, tool: str, failed: bool) -> None:
        """Count an attempt whose path ends with a tool to which a form is applied."""
        self.forms[form, tool][0] += 1
        self.forms[form, tool][1] += failed

    def misfits(self, form: str, tool: str) -> int:
        """Failed attempts of a form with a tool's values."""
        return self.forms.get((form, tool), (0, 0))[1]

    def is_misfit(self, form: str, tool: str) -> bool:
        """Whether a form nearly always fails with a tool's values."""
        made, failed = self.forms.get((form, tool), (0, 0))
        return failed >= ATTEMPTS and failed > MISFIT * made

    def is_circular(self, pair: tuple[str, ...]) -> bool:
        """Whether a value nearly always comes back between two steps."""
        made, failed = self.loops.get(pair, (0, 0))
        return failed >= CIRCLES and failed > CIRCULAR * made

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
        for place, evidence in enumerate(trace.evidence, 1):
            call = evidence.call
            empty = trace.failure == "no_data" and place == len(trace.evidence)
            failed = evidence.error_code is not None or empty
            given = [(tools[b.call_id], b.pointer.split("/")[1], b.argument) for b in call.bindings]
            given += [(*LITERAL, stated.argument) for stated in call.literals]
            for *source, argument in given:
                link = self.links[*source, call.tool, argument.split("/")[1]]
                link[0] += 1
                link[1] += failed
            self._count_literals(call, failed)
        self.seeds.update({f"{seed.entity_type}:{seed.value}" for seed in trace.seeds})

    def _count_literals(self, call: Call, failed: bool) -> None:
        for stated in call.literals:
            parameter = stated.argument.split("/")[1]
            if failed:
                self.refused[call.tool, parameter, str(stated.value)] += 1
            else:
                self.accepted[call.tool, parameter][str(stated.value)] = None

    def is_refused(self, tool: str, parameter: str, value: str) -> bool:
        """Whether a tool has failed several times with a value and never succeeded."""
        return self.refused[tool, parameter, value] >= REFUSALS and value not in self.accepted[tool, parameter]

    def hit_rate(self, source: tuple[str, str], tool: str, parameter: str) -> float:
        """Share of a field's values that a tool could take so far, above 0; 1 if none was tried."""
        made, failed = self.links.get((*source, tool, parameter), (0, 0))
        return (made - failed + 1) / (made + 1)

    def is_hopeless(self, source: tuple[str, str], tool: str, parameter: str) -> bool:
        """Whether a tool can hardly ever take a field's values."""
        made, _ = self.links.get((*source, tool, parameter), (0, 0))
        return made >= CALLS and self.hit_rate(source, tool, parameter) < HOPELESS

    def plenty(self, tool: str) -> float:
        """How little a tool needs further tasks: those that it has, and a little for the attempts that it spoilt."""
        return self.tasks[tool] + SPOILT * self.dead_ends[tool]

    def is_scarce(self, tool: str, share: float) -> bool:
        """Whether a tool is in less than `share` of the tasks."""
        return self.tasks[tool] < share * self.sound

    def is_hub(self, tool: Tool, share: float) -> bool:
        """Whether a tool is in more than `share` of the tasks, divided by the domains that share it; never one
        that every domain has."""
        allowed = share / (1 + len(tool.also)) * max(self.sound, HUBS_FROM)
        return not tool.everywhere and self.tasks[tool.name] > allowed
