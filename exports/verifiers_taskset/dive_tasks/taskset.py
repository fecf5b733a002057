"""The taskset: tasks of a published set, rewarded by the set's own comparison of answers.

One tool server is shared by all rollouts; a rollout's state tells it which task's toolset to offer.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Literal

import verifiers.v1 as vf
from pydantic import Field

from dive_assets.consuming.environment import ALPHA, TaskEnvironment
from dive_assets.consuming.published_set import PublishedSet, open_set
from dive_assets.consuming.task_environments import attempt_elsewhere
from dive_assets.records import Task
from dive_assets.trajectories.conversation import SYSTEM
from dive_assets.verification.replay import replay
from dive_assets.verification.subject import CheckFailed
from dive_tasks.toolset import DiveState, DiveToolset, DiveToolsetConfig


class DiveTaskConfig(vf.TaskConfig):
    alpha: float = Field(ALPHA, ge=0)
    """Weight of the format in R = alpha * R_format + R_correct."""


class DiveTasksetConfig(vf.TasksetConfig):
    source: str = ""
    """Folder of a release, or owner/name of the Hub."""
    revision: str | None = None
    """Branch, tag or commit of the Hub's repository."""
    configs: list[str] = Field(default_factory=list)
    """Configs whose tasks are loaded; all of them if empty."""
    split: str | None = None
    """Split that is loaded; all of them if unset."""
    execution: Literal["auto", "recorded"] = "auto"
    """auto: the installed tools, else the cassette; recorded: the cassette alone."""
    workers: int = Field(1, ge=1)
    """Worker processes that execute tools."""
    tools: DiveToolsetConfig = DiveToolsetConfig()
    task: DiveTaskConfig = DiveTaskConfig()


class DiveTaskData(vf.TaskData):
    source: str
    revision: str | None
    record: dict[str, Any]
    """The task as the set holds it (dive_assets.records.Task)."""


class DiveTask(vf.Task[DiveTaskData, DiveState, DiveTaskConfig]):
    @property
    def key(self) -> str:
        return self.data.record["task_id"]

    async def setup(self, trace: vf.Trace, runtime: vf.Runtime) -> None:
        trace.state.record = self.data.record

    async def validate(self, runtime: vf.Runtime) -> bool:
        try:
            replay(self._task(), self._published().cassette_of([self._task()]).call)
        except CheckFailed:
            return False
        return True

    @vf.stop
    async def submitted(self, trace: vf.Trace) -> bool:
        return self._attempt(trace).submission is not None

    @vf.reward(weight=1.0)
    async def correct(self, trace: vf.Trace) -> float:
        reward = self._attempt(trace).reward()
        trace.info["dive"] = {"wrong": reward.wrong, "format_faults": list(reward.format_faults)}
        return reward.correct

    @vf.reward(weight=1.0)
    async def format(self, trace: vf.Trace) -> float:
        """R_format, weighed: the weight is a setting, which the decorator cannot take."""
        return self.config.alpha * self._attempt(trace).reward().format

    @vf.metric
    async def calls(self, trace: vf.Trace) -> float:
        return float(self._attempt(trace).calls)

    def _attempt(self, trace: vf.Trace) -> TaskEnvironment:
        task = self._task()
        messages = [
            {"tool_calls": [{"function": {"name": c.name, "arguments": c.arguments}} for c in message.tool_calls or ()]}
            for message in trace.assistant_messages
        ]
        return attempt_elsewhere(task, self._published().schemas(task), messages, self.config.alpha)

    def _task(self) -> Task:
        return Task.model_validate(self.data.record)

    def _published(self) -> PublishedSet:
        return _opened(self.data.source, self.data.revision)


class DiveTaskset(vf.Taskset[DiveTask, DiveTasksetConfig]):
    @classmethod
    def toolsets(cls, config: DiveTasksetConfig) -> list[vf.Toolset]:
        names = ("source", "revision", "execution", "workers")
        return [DiveToolset(config.tools.model_copy(update={name: getattr(config, name) for name in names}))]

    def load(self) -> Iterator[DiveTask]:
        if not self.config.source:
            raise ValueError("name a published set: --env.taskset.source FOLDER, or owner/name of the Hub")
        published = _opened(self.config.source, self.config.revision)
        for config in self.config.configs or [None]:
            for task in published.tasks(config, self.config.split):
                yield DiveTask(
                    DiveTaskData(
                        id=task.task_id,
                        name=task.task_id,
                        prompt=task.question,
                        system_prompt=SYSTEM,
                        source=self.config.source,
                        revision=self.config.revision,
                        record=task.model_dump(mode="json"),
                    ),
                    self.config.task,
                )


@lru_cache(maxsize=4)
def _opened(source: str, revision: str | None) -> PublishedSet:
    return open_set(source, revision)
