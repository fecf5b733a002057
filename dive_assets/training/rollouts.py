"""Rollouts: a model attempts tasks with the real tools, many attempts side by side.

    with ToolRuntime(2) as runtime:
        engine = RolloutEngine(form, runtime.call, settings)
        rollouts = engine.run([(task, 0), (task, 1)], ModelGenerator(model, tokenizer, ...))

Pass@k, rejection sampling, evaluation and GRPO all go through here, so that they execute the same tools under the same
limits and are rewarded by the same code. The ids of a rollout are those that the model read and said, in order;
`said` tells them apart, and only what the model said is trained on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import orjson
import polars as pl

from dive_assets.consuming.environment import AttemptLimits, CallByName, Reward, TaskEnvironment
from dive_assets.production.progress import Progress
from dive_assets.records import Trajectory
from dive_assets.tables import trajectory_table
from dive_assets.tools.canonical import canonical_json, content_hash
from dive_assets.training.chat_tokens import ChatTokens
from dive_assets.training.generation import Generator
from dive_assets.training.rows import TrainingTask
from dive_assets.training.settings import RolloutSettings

MOST_CALLS = 64  # of one rollout
FULL = "the context is full"


@dataclass(frozen=True)
class Rollout:
    """One attempt: its chat, its ids after the prompt, and its reward.

    said               for each completion id whether the model said it (a tool did not).
    log_probabilities  of the ids that were said, 0 for others; None where the backend does not give them.
    calls, failed      executed calls of tools, and those of them that ended in an error.
    """

    task: TrainingTask
    sample: int
    messages: tuple[dict[str, Any], ...]
    prompt_ids: tuple[int, ...]
    completion_ids: tuple[int, ...]
    said: tuple[bool, ...]
    log_probabilities: tuple[float, ...] | None
    reward: Reward
    ended: str
    calls: int
    failed: int

    @property
    def solved(self) -> bool:
        return self.reward.correct == 1.0

    @property
    def earned(self) -> bool:
        """Solved, and an answer is not a guess: at least one executed call succeeded before it was submitted."""
        return self.solved and (not self.task.task.answerable or self.calls > self.failed)

    def trajectory(self, model: str) -> Trajectory:
        """The chat as a row beside those of teachers."""
        task = self.task.task
        return Trajectory(
            trajectory_id=content_hash(model, task.task_id, self.sample)[:16],
            task_id=task.task_id,
            domain=task.domain,
            index=task.index,
            teacher=model,
            tools=tuple(name for s in self.task.schemas if (name := s["function"]["name"]) in task.toolset),
            messages=self.messages,
            failure=self.reward.wrong,
        )


@dataclass
class _Attempt:
    task: TrainingTask
    sample: int
    environment: TaskEnvironment
    prompt: list[int]
    messages: list[dict[str, Any]]
    ids: list[int] = field(default_factory=list)
    said: list[bool] = field(default_factory=list)
    log_probabilities: list[float] | None = field(default_factory=list)
    ended: str = ""

    def read(self, ids: Sequence[int]) -> None:
        self.ids += ids
        self.said += [False] * len(ids)
        if self.log_probabilities is not None:
            self.log_probabilities += [0.0] * len(ids)

    def say(self, ids: Sequence[int], log_probabilities: Sequence[float] | None) -> None:
        self.ids += ids
        self.said += [True] * len(ids)
        if log_probabilities is None or self.log_probabilities is None:
            self.log_probabilities = None
        else:
            self.log_probabilities += log_probabilities


class RolloutEngine:
    """Runs attempts in lockstep: all live ones reply, all their calls are executed, and so on. `execute` runs a tool
    by name and may be called by several threads."""

    def __init__(self, form: ChatTokens, execute: CallByName, settings: RolloutSettings, alpha: float = 0.1) -> None:
        self._form = form
        self._execute = execute
        self._settings = settings
        self._alpha = alpha
        self._limits = AttemptLimits(turns=settings.turns, calls=MOST_CALLS, shown_characters=settings.shown_characters)

    def run(self, wanted: Sequence[tuple[TrainingTask, int]], generator: Generator) -> list[Rollout]:
        """One rollout for each task and number of a sample, in the same order."""
        attempts = [self._begin(task, sample) for task, sample in wanted]
        with ThreadPoolExecutor(self._settings.workers) as threads:
            while live := [attempt for attempt in attempts if not attempt.ended]:
                replies = generator.replies([[*attempt.prompt, *attempt.ids] for attempt in live])
                spoken = [
                    (attempt, self._speak(attempt, reply.ids, reply.log_probabilities))
                    for attempt, reply in zip(live, replies, strict=True)
                ]
                outputs = threads.map(lambda pair: pair[0].environment.step(pair[1]), spoken)
                for (attempt, _), messages in zip(spoken, outputs, strict=True):
                    self._read(attempt, messages)
        return [_finished(attempt) for attempt in attempts]

    def run_reported(
        self, name: str, wanted: Sequence[tuple[TrainingTask, int]], generator: Generator, at_once: int
    ) -> list[Rollout]:
        """As `run`, `at_once` attempts at a time, with progress."""
        progress, found = Progress(name, len(wanted)), list[Rollout]()
        for start in range(0, len(wanted), at_once):
            found += self.run(wanted[start : start + at_once], generator)
            solved = sum(rollout.solved for rollout in found)
            progress.update(len(found), f"{solved} solved", final=len(found) == len(wanted))
        return found

    def _begin(self, task: TrainingTask, sample: int) -> _Attempt:
        environment = TaskEnvironment(task.task, task.schemas, self._execute, self._limits, self._alpha)
        prompt = self._form.prompt(environment.prompt, environment.tools)
        attempt = _Attempt(task, sample, environment, prompt, [dict(message) for message in environment.prompt])
        if len(prompt) >= self._settings.context:
            attempt.ended = FULL
        return attempt

    def _speak(self, attempt: _Attempt, ids: list[int], log_probabilities: list[float] | None) -> dict[str, Any]:
        """Append a reply, cut where the context ends, and say what it means."""
        room = self._settings.context - len(attempt.prompt) - len(attempt.ids)
        ids = ids[:room]
        prefix = [*attempt.prompt, *attempt.ids]
        attempt.say(ids, None if log_probabilities is None else log_probabilities[:room])
        message = self._form.reply(ids, prefix, attempt.task.schemas)
        if calls := message.get("tool_calls"):
            turn = attempt.environment.turns
            message = {**message, "tool_calls": [_wired(call, turn, i) for i, call in enumerate(calls)]}
        attempt.messages.append(message)
        return message

    def _read(self, attempt: _Attempt, outputs: list[dict[str, Any]]) -> None:
        """Append what the tools gave, unless the attempt is over or the context is full."""
        attempt.ended = attempt.environment.over
        if attempt.ended:
            attempt.messages += [m for m in outputs if m["name"] in attempt.task.task.toolset]
            return
        cut = [] if attempt.ids and attempt.ids[-1] == self._form.end else [self._form.end]
        ids = [*cut, *self._form.after_tools(outputs)]
        if len(attempt.prompt) + len(attempt.ids) + len(ids) >= self._settings.context:
            attempt.ended = FULL
            return
        attempt.messages += outputs
        attempt.read(ids)


def _wired(call: Mapping[str, Any], turn: int, place: int) -> dict[str, Any]:
    """A call as it stands in a chat's record: with an id, arguments as JSON text."""
    function = call["function"]
    arguments = function["arguments"]
    return {
        "id": f"call-{turn + 1}-{place}",
        "type": "function",
        "function": {"name": str(function["name"]), "arguments": _argument_text(arguments)},
    }


def _argument_text(arguments: Any) -> str:
    """Arguments as JSON text: canonical, or plain where a model said what canonical JSON cannot hold, such as an
    integer beyond 64 bits or half a surrogate pair."""
    if isinstance(arguments, str):
        return arguments
    try:
        return canonical_json(arguments)
    except TypeError:
        return json.dumps(arguments)


def _finished(attempt: _Attempt) -> Rollout:
    executed = [call for call in attempt.environment.attempted if call.name in attempt.task.task.toolset]
    return Rollout(
        task=attempt.task,
        sample=attempt.sample,
        messages=tuple(attempt.messages),
        prompt_ids=tuple(attempt.prompt),
        completion_ids=tuple(attempt.ids),
        said=tuple(attempt.said),
        log_probabilities=None if attempt.log_probabilities is None else tuple(attempt.log_probabilities),
        reward=attempt.environment.reward(),
        ended=attempt.ended,
        calls=len(executed),
        failed=sum(bool(call.error_code) for call in executed),
    )


def rollout_table(rollouts: Iterable[Rollout], model: str, **columns: Any) -> pl.DataFrame:
    """One row a rollout with its whole transcript; `columns` are constants beside it, such as the step."""
    found = list(rollouts)
    chats = trajectory_table(rollout.trajectory(model) for rollout in found)
    return chats.with_columns(
        pl.Series("sample", [r.sample for r in found], pl.Int64),
        pl.Series("reward", [r.reward.total for r in found], pl.Float64),
        pl.Series("reward_format", [r.reward.format for r in found], pl.Float64),
        pl.Series("reward_correct", [r.reward.correct for r in found], pl.Float64),
        pl.Series("format_faults", [orjson.dumps(r.reward.format_faults).decode() for r in found], pl.String),
        pl.Series("ended", [r.ended for r in found], pl.String),
        pl.Series("tool_calls", [r.calls for r in found], pl.Int64),
        pl.Series("failed_calls", [r.failed for r in found], pl.Int64),
        pl.Series("said_tokens", [sum(r.said) for r in found], pl.Int64),
        *(pl.lit(value).alias(name) for name, value in columns.items()),
    )
