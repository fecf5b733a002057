"""Rows that models are trained and tested on: a chat, the toolset that its context holds, and the task itself.

`use` says what for: sft, rl and study (more tasks for the scaling study) are disjoint parts of the train split, the
others are the splits of the release.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import orjson
import polars as pl

from dive_assets.production.progress import Progress
from dive_assets.publishing.splits import Split, held_out_tools, needed_tools, offered_tools, split_of
from dive_assets.records import Task, Trajectory
from dive_assets.tables import require_columns
from dive_assets.tools.canonical import content_hash
from dive_assets.tools.tool import Tool
from dive_assets.training.chat_tokens import ChatTokens, with_objects
from dive_assets.training.settings import RowSettings
from dive_assets.training.toolsets import ToolsetFitter

T = TypeVar("T")
RL_SHARE = 0.2  # of the train split, where it is too small for what is asked
ROW_COLUMNS: dict[str, pl.DataType] = {
    "task_id": pl.String(),
    "trajectory_id": pl.String(),
    "domain": pl.String(),
    "split": pl.String(),
    "use": pl.String(),
    "kind": pl.String(),
    "phase": pl.Int64(),
    "weight": pl.Int64(),
    "tokens": pl.Int64(),
    "calls": pl.Int64(),
    "offered": pl.List(pl.String()),
    "needed": pl.List(pl.String()),
    "question": pl.String(),
    "messages": pl.String(),
    "tools": pl.String(),
    "task": pl.String(),
}


Candidate = tuple[Task, Trajectory, int]  # the tokens of the chat with its needed tools alone


@dataclass(frozen=True)
class RowTable:
    """The rows, and why chats did not become one."""

    frame: pl.DataFrame
    left_out: Counter[str] = field(default_factory=Counter)


def kind_of(task: Task) -> str:
    """plain, recovery (a failed call and its mend are in the chat) or unanswerable."""
    return "unanswerable" if not task.answerable else "recovery" if task.recovery else "plain"


def make_rows(
    tasks: Sequence[Task],
    chats: Iterable[Trajectory],
    tools: Mapping[str, Tool],
    form: ChatTokens,
    settings: RowSettings,
    shown_characters: int,
    seed: int,
) -> RowTable:
    """The rows of all tasks whose chats fit the longest context, as many a use as the settings ask for.

    Chats with an output that a rollout would show cut (`shown_characters`) are left out: their answers could not be
    read. Which tasks are used depends on the seed and their ids alone; those of the test splits go in turns over the
    tools that they need (the held-out ones, where there are such), so that no tool makes up a score.
    """
    splits, apart = split_of(tasks), held_out_tools(tasks)
    by_task = {task.task_id: task for task in tasks}
    fitter, left_out = ToolsetFitter(form, tools), Counter[str]()
    longest = settings.context_lengths[-1]
    candidates: dict[tuple[Split, str], list[Candidate]] = {}
    ordered = sorted(chats, key=lambda chat: content_hash("row", seed, chat.trajectory_id))
    progress = Progress("chats read for rows", len(ordered))
    for place, chat in enumerate(ordered, 1):
        progress.update(place, final=place == len(ordered))
        task = by_task.get(chat.task_id)
        if reason := _unusable(task, chat, tools, shown_characters):
            left_out[reason] += 1
            continue
        assert task is not None
        needed = _needed(task)
        if fitter.far_too_long(chat, needed, longest) or (least := fitter.least(chat, needed)) > longest:
            left_out[f"longer than {longest} tokens"] += 1
            continue
        split = splits[task.task_id]
        group = (split, "" if split == "train" else kind_of(task))
        candidates.setdefault(group, []).append((task, chat, least))
    maker = _RowMaker(fitter, settings, apart)
    rows = [
        maker.row(candidate, use, split)
        for (split, _), found in sorted(candidates.items())
        for use, chosen in _uses(split, found, settings, apart)
        for candidate in chosen
    ]
    return RowTable(pl.DataFrame(rows, schema=ROW_COLUMNS, orient="row"), left_out)


def _unusable(task: Task | None, chat: Trajectory, tools: Mapping[str, Tool], shown_characters: int) -> str:
    if task is None:
        return "its task is not among the verified ones"
    if not chat.solved:
        return "does not answer its task"
    if any(name not in tools for name in task.toolset):
        return "a tool is not installed"
    if any(len(m["content"]) > shown_characters for m in chat.messages if m["role"] == "tool"):
        return f"an output is longer than {shown_characters} characters"
    return ""


def _needed(task: Task) -> tuple[str, ...]:
    """What is always offered: all tools that the task calls, but a missing one."""
    needed = needed_tools(task) - {task.missing_tool}
    return tuple(name for name in task.toolset if name in needed)


def _uses(
    split: Split, found: Sequence[Candidate], settings: RowSettings, held_out: Collection[str]
) -> Iterator[tuple[str, Sequence[Candidate]]]:
    if split != "train":

        def tools(candidate: Candidate) -> frozenset[str]:
            needed = frozenset(_needed(candidate[0]))
            return needed.intersection(held_out) or needed

        yield split, in_turns(found, tools)[: settings.test_rows]
        return
    first: dict[str, Candidate] = {}
    for candidate in found:
        first.setdefault(candidate[0].task_id, candidate)
    tasks = list(first)
    rl = set(tasks[: min(settings.rl_tasks, int(RL_SHARE * len(tasks)))])
    others = [name for name in tasks if name not in rl]
    sft = set(others[: settings.sft_rows])
    yield "rl", [first[name] for name in tasks if name in rl]
    yield "sft", [candidate for candidate in found if candidate[0].task_id in sft]
    yield "study", [first[name] for name in others[settings.sft_rows :][: settings.study_rows]]


def in_turns(items: Sequence[T], key: Callable[[T], Hashable]) -> list[T]:
    """First one item of every key, then a second of those that have one, and so on; else in their order."""
    seen, turns = Counter[Hashable](), list[int]()
    for item in items:
        turns.append(seen[key(item)])
        seen[key(item)] += 1
    return [items[place] for place in sorted(range(len(items)), key=turns.__getitem__)]


@dataclass(frozen=True)
class _RowMaker:
    fitter: ToolsetFitter
    settings: RowSettings
    held_out: Collection[str]

    def row(self, candidate: Candidate, use: str, split: Split) -> dict[str, Any]:
        task, chat, least = candidate
        possible = [context for context in self.settings.context_lengths if least <= context]
        drawn = int(content_hash("phase", task.task_id)[:8], 16)
        phase = possible[drawn % len(possible)] if use in ("sft", "study") else possible[-1]
        needed = _needed(task)
        fitted = self.fitter.fit(task, chat, offered_tools(task, split, self.held_out), needed, phase)
        kind = kind_of(task)
        return {
            "task_id": task.task_id,
            "trajectory_id": chat.trajectory_id,
            "domain": task.domain,
            "split": split,
            "use": use,
            "kind": kind,
            "phase": phase,
            "weight": self._weight(kind) if use == "sft" else 1,
            "tokens": fitted.tokens,
            "calls": sum(len(message.get("tool_calls") or ()) for message in chat.messages),
            "offered": list(fitted.tools),
            "needed": list(needed),
            "question": task.question,
            "messages": _json(with_objects(chat.messages)),
            "tools": _json(self.fitter.schemas(fitted.tools)),
            "task": task.model_dump_json(),
        }

    def _weight(self, kind: str) -> int:
        settings = self.settings
        weights = {"plain": settings.plain_weight, "recovery": settings.recovery_weight}
        return weights.get(kind, settings.unanswerable_weight)


def _json(value: Any) -> str:
    """JSON text that keeps the order of keys: it is what the model reads."""
    return orjson.dumps(value).decode()


@dataclass(frozen=True)
class TrainingTask:
    """A task with the tools that fit: what a rollout attempts."""

    task: Task
    schemas: tuple[dict[str, Any], ...]
    kind: str

    @property
    def task_id(self) -> str:
        return self.task.task_id


def training_tasks(frame: pl.DataFrame, uses: Collection[str], most: int | None = None) -> list[TrainingTask]:
    """The tasks of some uses, each once, the first `most` of them."""
    require_columns(frame, ROW_COLUMNS, "the table of rows")
    chosen = frame.filter(pl.col("use").is_in(list(uses))).unique("task_id", keep="first", maintain_order=True)
    return [
        TrainingTask(Task.model_validate_json(row["task"]), tuple(orjson.loads(row["tools"])), row["kind"])
        for row in (chosen if most is None else chosen.head(most)).iter_rows(named=True)
    ]
