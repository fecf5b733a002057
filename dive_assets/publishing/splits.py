"""Which split a task belongs to: train, validation, test, or test_unseen_tools.

Nothing leaks across train, validation and test: tasks that share a seed (entity type and value) or a program are
connected, and connected tasks stand in one split. A few tools a domain are held out: whatever needs one of them
stands in `test_unseen_tools`, which asks for tools that no other split calls or offers. Those tasks are set apart by
their tools and may speak of seeds that train knows.

    splits = split_of(tasks)                        # {"general-0-000017": "train", ...}
    held_out = held_out_tools(tasks)                # the tools of test_unseen_tools

The draw is by hash of content alone: neither order, nor clock, nor a generator. Each seed (for a task without one, its
program) is of a class, and a group of connected tasks takes the lowest class in it: train before test before
validation. A group only ever gains members when a release grows, so with the same held-out tools a task may move from
validation to test, and from there to train, but never back: a model that was trained on an earlier train split has
seen nothing of a later test split.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from dive_assets.records import Task
from dive_assets.tools.canonical import content_hash
from dive_assets.tools.registry import load_registry
from dive_assets.verification.duplicates import program_hash
from dive_assets.verification.subject import is_operator

Split = Literal["train", "validation", "test", "test_unseen_tools"]
SPLITS: tuple[Split, ...] = get_args(Split)
UNSEEN: Split = "test_unseen_tools"

# A group with k seeds is held out with the k-th power of this share, and at scale most seeds are connected.
HELD_OUT_SEEDS = 0.5
HELD_OUT_PROGRAMS = 0.2  # of the tasks that start from no seed
VALIDATION = 0.3  # of what is held out
TOOLS_A_DOMAIN = 3
LARGEST_USE = 0.04  # share of a domain's tasks that a held-out tool may serve
LARGEST_UNSEEN = 0.08  # share of a domain's tasks that all its held-out tools may take


def needed_tools(task: Task) -> frozenset[str]:
    """The tools that a task calls: those of its program (a missing one included) and of its kept failure."""
    calls = {call.tool for call in task.program}
    return frozenset(calls | {task.recovery.tool} if task.recovery else calls)


def split_of(tasks: Iterable[Task], held_out: Collection[str] | None = None) -> dict[str, Split]:
    """The split of every task by its id; the same whatever the order of `tasks`.

    held_out  tools of test_unseen_tools; chosen by `held_out_tools` if None. Give those of an earlier release
              (its manifest names them) to a grown one, so that no tool changes sides.
    """
    return draw_splits(tasks, held_out)[0]


def draw_splits(
    tasks: Iterable[Task], held_out: Collection[str] | None = None
) -> tuple[dict[str, Split], frozenset[str]]:
    """The splits as `split_of`, and the held-out tools, in one pass over the tasks."""
    read = _read(tasks)
    apart = _choose(read, general_tools()) if held_out is None else frozenset(held_out)
    groups = _Groups()
    for facts in read.values():
        if not facts.tools & apart:
            groups.join(facts.program, *facts.seeds)
    ranks: dict[str, int] = {}
    for facts in read.values():
        if not facts.tools & apart:
            root = groups.root(facts.program)
            ranks[root] = min([ranks.get(root, len(_RANKED)), *map(_rank, facts.deciding)])
    splits: dict[str, Split] = {
        name: UNSEEN if facts.tools & apart else _RANKED[ranks[groups.root(facts.program)]]
        for name, facts in read.items()
    }
    return splits, apart


def held_out_tools(tasks: Iterable[Task], general: Collection[str] | None = None) -> frozenset[str]:
    """The tools of test_unseen_tools: up to three a domain, in order of the hash of their names.

    Left alone are `general` tools (those of `general_tools` if None) and those that more than 4 % of a domain's tasks
    need; all held-out tools of a domain together take at most 8 % of its tasks, so a small set may have none.
    """
    return _choose(_read(tasks), general_tools() if general is None else general)


def general_tools() -> frozenset[str]:
    """Tools that every domain is offered, or that work on other tools' values: nobody could do without them."""
    tools = load_registry().tools.items()
    return frozenset(name for name, tool in tools if tool.everywhere or is_operator(tool))


def offered_tools(task: Task, split: Split, held_out: Collection[str]) -> tuple[str, ...]:
    """The toolset of a task in its split: outside of test_unseen_tools no held-out tool is even offered."""
    return task.toolset if split == UNSEEN else tuple(name for name in task.toolset if name not in held_out)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What places a task; the task itself is not kept."""

    domain: str
    tools: frozenset[str]
    program: str
    seeds: tuple[str, ...]

    @property
    def deciding(self) -> tuple[str, ...]:
        """What is drawn: a program only where there is no seed."""
        return self.seeds or (self.program,)


def _read(tasks: Iterable[Task]) -> dict[str, _Facts]:
    return {
        task.task_id: _Facts(
            domain=task.domain,
            tools=needed_tools(task),
            program=f"program {program_hash(task)}",
            seeds=tuple(sorted({f"seed {content_hash(seed.entity_type, seed.value)}" for seed in task.seeds})),
        )
        for task in tasks
    }


def _choose(read: Mapping[str, _Facts], general: Collection[str]) -> frozenset[str]:
    domains: dict[str, list[frozenset[str]]] = defaultdict(list)
    for facts in read.values():
        domains[facts.domain].append(facts.tools)
    counts = {domain: Counter(tool for tools in needed for tool in tools) for domain, needed in domains.items()}
    popular = {t for d, count in counts.items() for t, n in count.items() if n > LARGEST_USE * len(domains[d])}
    chosen: set[str] = set()
    for domain in sorted(domains):
        candidates = sorted(counts[domain].keys() - popular - set(general), key=lambda t: content_hash("held out", t))
        for tool in candidates[:TOOLS_A_DOMAIN]:
            together = chosen | {tool}
            taken = [sum(bool(tools & together) for tools in needed) for needed in domains.values()]
            if all(n <= LARGEST_UNSEEN * len(needed) for n, needed in zip(taken, domains.values(), strict=True)):
                chosen = together
    return frozenset(chosen)


_RANKED: tuple[Split, ...] = ("train", "test", "validation")


def _rank(key: str) -> int:
    """Place of a key's class in `_RANKED`."""
    share = HELD_OUT_SEEDS if key.startswith("seed ") else HELD_OUT_PROGRAMS
    drawn = int(content_hash("split", key)[:12], 16) / 16**12
    if drawn >= share:
        return 0
    return 1 if drawn >= share * VALIDATION else 2


class _Groups:
    """Keys that tasks connect (union by path halving); the root of a group is its smallest key."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def root(self, key: str) -> str:
        above = self._above
        while above[key] != key:
            above[key] = above[above[key]]
            key = above[key]
        return key

    def join(self, *keys: str) -> None:
        for key in keys:
            self._above.setdefault(key, key)
        roots = sorted({self.root(key) for key in keys})
        for root in roots[1:]:
            self._above[root] = roots[0]
