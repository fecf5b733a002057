"""The tasks of a published set as environments that share one cassette and one pool of tool workers.

with TaskEnvironments(open_set("owner/name")) as environments:
    environment = environments.of(task)
    environment.step(message); environment.reward()
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import TracebackType
from typing import Any, Literal, Self

from dive_assets.consuming.environment import ALPHA, AttemptLimits, Reward, TaskEnvironment
from dive_assets.consuming.published_set import PublishedSet
from dive_assets.consuming.tool_execution import RecordedTools, TaskTools
from dive_assets.records import Task
from dive_assets.tools.registry import load_registry
from dive_assets.tools.runtime import CallResult, RuntimeLimits, ToolRuntime

Execution = Literal["auto", "recorded"]


class TaskEnvironments:
    """See the module. `execution` "auto" runs the installed tools and falls back on the cassette
    (tool_execution.TaskTools); "recorded" plays the cassette alone and starts no process."""

    def __init__(
        self,
        published: PublishedSet,
        execution: Execution = "auto",
        limits: AttemptLimits | None = None,
        alpha: float = ALPHA,
        workers: int = 1,
        runtime_limits: RuntimeLimits | None = None,
    ) -> None:
        self.published = published
        self.limits = limits or AttemptLimits()
        self.alpha = alpha
        self._recorded = RecordedTools(published)
        self._runtime = ToolRuntime(workers, runtime_limits) if execution == "auto" else None

    def __enter__(self) -> Self:
        if self._runtime is not None:
            self._runtime.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        if self._runtime is not None:
            self._runtime.stop()

    def tools(self, task: Task) -> TaskTools:
        """What answers the calls of a task, without counting or judging them."""
        return TaskTools(task, self.published, self._recorded, load_registry(), self._runtime)

    def of(self, task: Task) -> TaskEnvironment:
        """A new attempt at a task. Raises ReleaseError for a tool that the set does not describe."""
        schemas = self.published.schemas(task)
        return TaskEnvironment(task, schemas, self.tools(task).call, self.limits, self.alpha)


def reward_of(
    task: Task, schemas: Sequence[Mapping[str, Any]], messages: Iterable[Mapping[str, Any]], alpha: float = ALPHA
) -> Reward:
    """The reward of an attempt that was made elsewhere, from its messages alone: nothing is executed."""
    most = AttemptLimits(turns=2**31, calls=2**31)
    attempt = TaskEnvironment(task, schemas, lambda name, arguments: CallResult(), most, alpha)
    for message in messages:
        for request in message.get("tool_calls") or ():
            attempt.call(request["function"]["name"], request["function"]["arguments"])
    return attempt.reward()
