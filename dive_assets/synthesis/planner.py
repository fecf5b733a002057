"""Plans a batch of attempts under coverage pressure: what is rare so far is drawn first.

A plan is drawn in order from the counts of the batches before, so that attempt i never depends on
how many attempts will follow. It fixes the pattern, the whole path of tools and the group's size, so
that call graphs which were made already are avoided before anything is executed.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from pydantic import BaseModel, ConfigDict, Field, model_validator

from dive_assets.records import Plan, PlannedStep
from dive_assets.synthesis.patterns import Pattern
from dive_assets.synthesis.type_graph import Step, TypeGraph
from dive_assets.synthesis.usage import LITERAL, Usage, least_used, weighted
from dive_assets.tools.annotations import EntityType, Quantity

REDRAWS, LEAST = 24, 10  # drafts among which a new call graph is looked for, at first and after vain searches
TOOL_FIRST = {"retrieval": 0.5, "processing": 0.85, "mixed": 0.48}  # share of plans that end with a rarely used tool
DRAWS = 40  # draws of one search
SCARCE = 1 / 300  # share of a domain's tasks below which a tool may repeat a call graph
HUB = 0.25  # share of a domain's tasks beyond which a tool of that domain alone is not drawn
HUB_TOOLS = 8  # a pool of fewer than HUB_TOOLS / HUB tools must use each of them more often
GIVES_WAY = 0.35  # part of its share that a family loses when it has no new call graphs left
MISSES = 10  # searches in a row without any path, after which a kind of plan is taken for impossible
SIZES = {
    "pair": (2, 2),
    "nth": (4, 6),
    "median": (5, 7),
    "position": (4, 6),
    "distinct_count": (5, 7),
    "collect": (2, 6),
}
SIZES |= dict.fromkeys(("filter_count", "filter_list", "above_mean", "match_count"), (4, 7))
SIZES |= dict.fromkeys(("filter_total", "filter_mean", "filter_extreme", "match_extreme"), (5, 7))
MOST_STATED = 16  # arguments that the cases of one question state together
USUAL_SIZES = (3, 7)
CASE_SIZES = (3, 5)


class Quotas(BaseModel):
    """Shares of a domain's verified tasks that the planner steers towards.

    pure_retrieval, pure_processing  programs of R tools alone, of P tools alone; the rest is mixed. A family
                whose call graphs are used up gives way to the others, by up to GIVES_WAY of its share.
    by_rounds   shares of programs that grew by one, two, three, ... rounds; the last one holds for all
                further rounds.
    recovery    keep a really executed failed call and its recovery.
    unanswerable  lack a tool that nothing in the pool replaces; they come on top of the wanted tasks.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    pure_retrieval: float = Field(0.2, ge=0, le=1)
    pure_processing: float = Field(0.22, ge=0, le=1)
    by_rounds: tuple[float, ...] = (0.03, 0.12, 0.5, 0.35)
    recovery: float = Field(0.1, ge=0, le=1)
    unanswerable: float = Field(0.05, ge=0, lt=1)

    @model_validator(mode="after")
    def _shares_add_up(self) -> Quotas:
        if self.pure_retrieval + self.pure_processing > 1:
            raise ValueError("pure_retrieval and pure_processing must not exceed 1 together")
        if not self.by_rounds or abs(sum(self.by_rounds) - 1) > 1e-6 or min(self.by_rounds) < 0:
            raise ValueError(f"by_rounds must be shares that add up to 1, not {self.by_rounds}")
        return self

    @cached_property
    def families(self) -> dict[str, float]:
        mixed = 1 - self.pure_retrieval - self.pure_processing
        return {"retrieval": self.pure_retrieval, "processing": self.pure_processing, "mixed": mixed}


@dataclass(frozen=True)
class Draft:
    """A plan before it has an index."""

    pattern: Pattern
    path: tuple[Step, ...]
    further: Step | None
    size: int

    @property
    def structure(self) -> str:
        """What decides the call graph: operator, scope, tools in order, group size."""
        pattern, path = self.pattern, [s.tool.name for s in self.path]
        further = self.further.tool.name if self.further else ""
        if pattern.form == "profile":  # two facts about one thing are told in either order
            path[-1], further = sorted((path[-1], further))
        return f"{pattern.operator}|{pattern.scope}|{pattern.join}|{'>'.join(path)}|{further}|{self.size}"


class Planner:
    """Draws plans for one domain. Raises ValueError if no pattern can be filled."""

    def __init__(self, graph: TypeGraph, patterns: Sequence[Pattern], quotas: Quotas | None = None) -> None:
        self.graph, self.quotas = graph, quotas or Quotas()
        self._hub = max(HUB, HUB_TOOLS / max(1, len(graph.tools)))
        self._hubs: set[str] = set()  # tools that no step of the batch may use, but those that a plan starts from
        self._open: dict[tuple[str, str, str], list[Step]] = {}
        self._patterns = {p.name: p for p in patterns}
        # family -> pattern name -> endings
        self.endings: dict[str, dict[str, list[Step]]] = {"retrieval": {}, "processing": {}, "mixed": {}}
        for pattern in patterns:
            found = graph.endings(pattern)
            for family in self.endings:
                fitting = [s for s in found if _allowed(family, pattern, s)]
                if fitting:
                    self.endings[family][pattern.name] = fitting
        self._patterns_of: dict[str, dict[str, set[str]]] = {
            family: _by_tool(by_pattern) for family, by_pattern in self.endings.items()
        }
        # family -> rounds -> pattern names
        self._by_rounds: dict[str, dict[int, list[str]]] = {family: {} for family in self.endings}
        for family, by_pattern in self.endings.items():
            for name in by_pattern:
                self._by_rounds[family].setdefault(self.level(self._patterns[name]), []).append(name)
        if not any(self.endings.values()):
            raise ValueError("no pattern can be filled: the domain needs tools with seeds for their subjects")

    def plan(self, rng: random.Random, first_index: int, size: int, usage: Usage) -> list[Plan]:
        """`size` plans from `first_index` on; counts them in `usage` as it goes."""
        self._hubs = {name for name, tool in self.graph.tools.items() if usage.is_hub(tool, self._hub)}
        self._open = {}
        return [self._one(rng, index, usage) for index in range(first_index, first_index + size)]

    def _one(self, rng: random.Random, index: int, usage: Usage) -> Plan:
        family = self._family(usage)
        tool = self._rare_tool(rng, family, usage) if rng.random() < TOOL_FIRST[family] else ""
        draft = self._newest(rng, family, usage, tool) if tool else None
        if draft is None or (usage.structures[draft.structure] and not usage.is_scarce(tool, SCARCE)):
            draft = self._newest(rng, family, usage)
        if draft is None:
            return self._one(rng, index, usage)
        usage.count_novelty(family, not usage.structures[draft.structure])
        usage.reasoning[family, draft.pattern.reasoning_type] += 1
        level = self.level(draft.pattern)
        usage.count_plan(draft.pattern.name, draft.structure, [s.target for s in draft.path], family, level)
        provoke = rng.random() < _steered(self.quotas.recovery, usage.recoveries, usage.sound)
        unanswerable = rng.random() < _steered(self.quotas.unanswerable, usage.unanswerable, usage.sound)
        return Plan(
            index=index,
            pattern=draft.pattern.name,
            path=tuple(planned(step) for step in draft.path),
            further=planned(draft.further) if draft.further else None,
            size=draft.size,
            family=family,  # type: ignore[arg-type]
            provoke=rng.choice(("unknown_entity", "bad_argument")) if provoke else "",
            answerable=not unanswerable,
        )

    def loops(self, plan: Plan) -> list[tuple[str, ...]]:
        """Pairs of the plan's steps between which a value may come back."""
        path = [self.graph.by_name[step.tool, step.subject, step.field] for step in plan.path]
        return [pair for place, step in enumerate(path) for pair in _loops_from(step, path[place + 1 :])]

    # --- which kind of plan is most wanted ------------------------------------------------------

    def _family(self, usage: Usage) -> str:
        shares = {
            family: share * (1 - GIVES_WAY * (1 - usage.novelty[family]))
            for family, share in self.quotas.families.items()
            if share and self._levels(family, usage)
        }
        if not shares:
            raise ValueError(
                f"no pattern gives programs of the wanted kinds ({self.quotas.families}): "
                "change pure_retrieval and pure_processing, or allow more rounds"
            )
        return max(sorted(shares), key=lambda f: shares[f] * (1 + sum(usage.families.values())) - usage.families[f])

    def _levels(self, family: str, usage: Usage) -> list[int]:
        """Rounds for which the family has patterns that have not failed to give a path."""
        return sorted(level for level in self._by_rounds[family] if (family, level) not in usage.exhausted)

    def level(self, pattern: Pattern) -> int:
        """The quota of rounds that the pattern counts towards."""
        return min(pattern.rounds, len(self.quotas.by_rounds))

    def _rounds(self, family: str, usage: Usage) -> list[int]:
        """The family's rounds: those first that lack most of their share, then the others from the most on."""
        levels = self._levels(family, usage)
        shares = self.quotas.by_rounds
        total = 1 + sum(usage.rounds[family, level] for level in levels)
        wanted = max(levels, key=lambda level: shares[level - 1] * total - usage.rounds[family, level], default=0)
        return sorted(levels, key=lambda level: (level != wanted, -level))

    # --- a draft ---------------------------------------------------------------------------------

    def _newest(self, rng: random.Random, family: str, usage: Usage, tool: str = "") -> Draft | None:
        """A draft with a call graph that was not planned yet, of the most wanted rounds that have one; failing
        that, the one with the least used graph. It ends with `tool`, if that is not "". None if no draw succeeds."""
        best: Draft | None = None
        for rounds in self._rounds(family, usage):
            names = self._by_rounds[family][rounds]
            if tool:
                names = [n for n in names if n in self._patterns_of[family][tool]]
                names = [n for n in names if not usage.is_misfit(self._patterns[n].form, tool)]
            patience = max(LEAST, REDRAWS - usage.stale[family, rounds, tool])
            draft = self._least_used(rng, family, names, usage, tool, patience) if names else None
            if not tool:
                usage.misses[family, rounds] = 0 if draft else usage.misses[family, rounds] + 1
                if usage.misses[family, rounds] == MISSES:
                    usage.exhausted.add((family, rounds))
            if draft is not None and not usage.structures[draft.structure]:
                usage.stale[family, rounds, tool] = 0
                return draft
            usage.stale[family, rounds, tool] += 1
            best = best or draft
        return best

    def _least_used(
        self, rng: random.Random, family: str, names: Sequence[str], usage: Usage, tool: str, patience: int
    ) -> Draft | None:
        """The first draft with a new call graph, or the best of `patience` drafts; None if no draw gives one."""
        drafts: list[Draft] = []
        for _ in range(DRAWS):
            draft = self._draft(rng, family, names, usage, tool)
            if draft is not None:
                drafts.append(draft)
                if not usage.structures[draft.structure] or len(drafts) >= patience:
                    break
                usage.count_lost_draw(family, draft.pattern.reasoning_type, draft.pattern.name)
        return min(drafts, key=lambda d: usage.structures[d.structure], default=None)

    def _draft(self, rng: random.Random, family: str, names: Sequence[str], usage: Usage, tool: str) -> Draft | None:
        """A draw among the patterns of these names; None if it leads nowhere."""
        if tool:  # what counts is a form that its values admit
            pattern = self._patterns[weighted(rng, names, lambda n: usage.misfits(self._patterns[n].form, tool))]
        else:
            types = sorted({self._patterns[n].reasoning_type for n in names})
            wanted = weighted(rng, types, lambda t: usage.reasoning[family, t])
            fitting = [n for n in names if self._patterns[n].reasoning_type == wanted]
            pattern = self._patterns[least_used(rng, fitting, lambda n: usage.patterns[n])]
        steps = self._steps(rng, family, pattern, usage, tool)
        size = self._size(rng, pattern, steps[0][0]) if steps else None
        if steps is None or size is None:
            usage.count_lost_draw(family, pattern.reasoning_type, pattern.name)
            return None
        return Draft(pattern, tuple(steps[0]), steps[1], size)

    def _size(self, rng: random.Random, pattern: Pattern, first: Step) -> int | None:
        """How many subjects a group has, 0 for no group; None if there are too few seeds for the pattern's subjects,
        or if its cases would state too much for one question."""
        fewest, most = (2, 2) if pattern.scope == "pair" else sizes_of(pattern) or (0, 0)
        if pattern.cases:
            stated = sum(parameter.required for parameter in first.tool.parameters.values())
            most = min(most, MOST_STATED // max(1, stated))
        if pattern.start == "named":
            most = min(most, self.graph.seeded.get(first.takes, 0))
        if most < fewest:
            return None
        return rng.randint(fewest, most) if pattern.scope == "group" else 0

    def _steps(
        self, rng: random.Random, family: str, pattern: Pattern, usage: Usage, tool: str
    ) -> tuple[list[Step], Step | None] | None:
        """Path and further fact of a program of the family; None if the draw leads nowhere."""
        path = self._path(rng, family, pattern, usage, tool)
        if path is None:
            return None
        needed = pattern.follow or pattern.second
        further = self._further(rng, family, pattern, path, usage) if needed else None
        if needed and further is None:
            return None
        return (path, further) if _holds(family, pattern, [*path, *([further] if further else [])]) else None

    def _rare_tool(self, rng: random.Random, family: str, usage: Usage) -> str:
        """A tool with which programs of the family can end, the least used preferred."""
        return weighted(rng, sorted(self._patterns_of[family]), lambda tool: usage.plenty(tool) ** 4)

    def _path(self, rng: random.Random, family: str, pattern: Pattern, usage: Usage, tool: str) -> list[Step] | None:
        """Steps from subject to value, the rarer ones preferred; None if the draw leads nowhere. The last
        one is of `tool`, if that is not ""."""
        graph = self.graph
        endings = self._endings(family, pattern, tool)
        if not endings:
            return None
        path = [weighted(rng, endings, lambda s: _uses(usage, s) + usage.failures[pattern.form, *s.target])]
        for length in range(pattern.length, 1, -1):
            taken = {step.tool.name for step in path}
            if pattern.over_list and length == 2:
                before = graph.listings(path[0])
            elif pattern.over_list:
                before = [s for s in graph.by_output[path[0].takes] if graph.reaches_list(s, length - 1)]
            else:
                before = graph.previous(path[0], length, pattern.start)
            before = [
                s
                for s in before
                if _allowed_before(family, s)
                and s.tool.name not in taken
                and s.tool.name not in self._hubs
                and not usage.is_hopeless(s.target, path[0].tool.name, path[0].subject)
                and not any(map(usage.is_circular, _loops_from(s, path)))
            ]
            if not before:
                return None
            path.insert(0, weighted(rng, before, partial(_reluctance, usage, path[0], length == 2)))
        return path

    def _endings(self, family: str, pattern: Pattern, tool: str) -> list[Step]:
        """Last steps of a path: those of `tool`, or all but hubs if it is ""."""
        key = (family, pattern.name, tool)
        if key not in self._open:
            self._open[key] = [
                s
                for s in self.endings[family][pattern.name]
                if (s.tool.name == tool if tool else s.tool.name not in self._hubs)
            ]
        return self._open[key]

    def _further(
        self, rng: random.Random, family: str, pattern: Pattern, path: Sequence[Step], usage: Usage
    ) -> Step | None:
        """A second fact about the selected items, by a tool that the path does not use."""
        entity = selected_entity(pattern, path)
        if entity is None:
            return None
        used = {s.tool.name for s in path}
        numeric = pattern.second and pattern.form != "profile"
        facts = self.graph.facts(entity, numeric)
        options = [s for s in facts if s.tool.name not in used and s.tool.name not in self._hubs]
        if pattern.form == "profile":
            options = [s for s in options if s.field.python_type is str and _allowed_before(family, s)]
        if pattern.form == "filter_total":
            options = [s for s in options if isinstance(s.field.meaning, Quantity) and s.field.meaning.additive]
        return weighted(rng, options, lambda s: _uses(usage, s)) if options else None


def selected_entity(pattern: Pattern, path: Sequence[Step]) -> EntityType | None:
    """The type of what the pattern selects: a listed item, or one of its subjects."""
    if pattern.form == "alphabetical":
        meaning = path[-1].field.meaning
    elif pattern.form == "profile":
        parameter = path[-1].subject_parameter
        meaning = parameter.meaning if parameter else None
    else:
        parameter = path[1 if pattern.over_list else 0].subject_parameter
        meaning = parameter.meaning if parameter else None
    return meaning if isinstance(meaning, EntityType) else None


def _loops_from(step: Step, path: Sequence[Step]) -> list[tuple[str, ...]]:
    """The step with each step of the path that follows it and gives what the step took: a value may come back."""
    return [(*step.target, *later.target) for later in path if step.takes and step.takes == later.gives]


def _by_tool(by_pattern: Mapping[str, Sequence[Step]]) -> dict[str, set[str]]:
    """Tool -> patterns that can end with it."""
    found: dict[str, set[str]] = {}
    for name, steps in by_pattern.items():
        for step in steps:
            found.setdefault(step.tool.name, set()).add(name)
    return found


def planned(step: Step) -> PlannedStep:
    return PlannedStep(tool=step.tool.name, subject=step.subject, field=step.field.name)


def _steered(share: float, have: int, total: int) -> float:
    """Probability with which to try for a share that only some attempts can reach: the share while it is
    met, up to five times as much while it is not."""
    wanted = share * (total + 1)
    return min(0.9, share * (1 + 4 * max(0.0, 1 - have / wanted))) if wanted else 0.0


def sizes_of(pattern: Pattern) -> tuple[int, int] | None:
    """Fewest and most subjects of a pattern; None if it has no group of its own."""
    if pattern.scope != "group" or pattern.over_list:
        return None
    return CASE_SIZES if pattern.cases else SIZES.get(pattern.form, USUAL_SIZES)


def _uses(usage: Usage, step: Step) -> float:
    return usage.fields[step.target] + usage.tools[step.tool.name] / 4


def _reluctance(usage: Usage, after: Step, first: bool, step: Step) -> float:
    """Uses of a step, more by what failed when `after` followed it; the more so the rarer `after` knew its values
    and, if it is the first one, the rarer it knew its literals."""
    failed = 2 * usage.failures[*step.target, *after.target]
    hits = usage.hit_rate(step.target, after.tool.name, after.subject) ** 2
    hits *= usage.hit_rate(LITERAL, step.tool.name, step.subject) if first else 1
    return (1 + _uses(usage, step) + failed) / hits - 1


def _allowed(family: str, pattern: Pattern, step: Step) -> bool:
    """Whether a path of the pattern may end with the step in a program of the family."""
    if family == "retrieval":
        return not pattern.computes and step.tool.kind == "R"
    if family == "mixed" and not pattern.computes and pattern.length == 1 and not pattern.second:
        return False  # one tool is of one kind
    return family == "mixed" or step.tool.kind == "P"


def _holds(family: str, pattern: Pattern, steps: Sequence[Step]) -> bool:
    """Whether a program of these steps and the pattern's operators has the kinds of tools of its family."""
    kinds = {step.tool.kind for step in steps} | ({"P"} if pattern.computes else set())
    return kinds == {"retrieval": {"R"}, "processing": {"P"}, "mixed": {"R", "P"}}[family]


def _allowed_before(family: str, step: Step) -> bool:
    return family == "mixed" or step.tool.kind == ("R" if family == "retrieval" else "P")
