"""A model answers tasks with the real tools: every rollout is a chat, kept as sent and received, failed ones too.

Several rollouts of a task give pass@k; those that reach the answer are trajectories by rejection sampling.
"""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import orjson
from pydantic import BaseModel, ConfigDict, Field

from dive_assets.language_models.chat import ChatRequest, Sampling
from dive_assets.language_models.client import ChatClient
from dive_assets.language_models.errors import CallFailed, MalformedReply
from dive_assets.records import Task, Trajectory
from dive_assets.tools.canonical import content_hash
from dive_assets.tools.runtime import CallError, CallResult
from dive_assets.tools.tool import Tool
from dive_assets.trajectories.conversation import SUBMIT, offered, opening, shortened, tool_message
from dive_assets.trajectories.submission import wrong_submission

STAGE = "solver"
Z_95 = 1.959963984540054  # of the standard normal distribution, for intervals of 95 %

AsyncExecutor = Callable[[Tool, Mapping[str, Any]], Awaitable[CallResult]]


class TeacherSettings(BaseModel):
    """Which model solves tasks, and how far one rollout may go."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    model: str
    sampling: Sampling = Sampling(temperature=0.7)
    turns: int = Field(24, ge=1, description="Most replies of one rollout.")
    shown_characters: int = Field(8000, ge=200, description="Longest output that the model sees whole.")


async def rollout(
    client: ChatClient,
    settings: TeacherSettings,
    task: Task,
    tools: Mapping[str, Tool],
    execute: AsyncExecutor,
    name: str,
    sample: int = 0,
) -> Trajectory:
    """One attempt of a model at a task, `name` in the ledger; `failure` of the trajectory says why it was not solved.

    Raises RunStopped where no further call can succeed.
    """
    messages, failure = opening(task.question), "too many turns"
    schemas = tuple(offered(tools[name] for name in task.toolset))
    for _ in range(settings.turns):
        request = ChatRequest(model=settings.model, messages=tuple(messages), tools=schemas, sampling=settings.sampling)
        try:
            reply = await client.complete(request, STAGE, name, sample)
        except (MalformedReply, CallFailed) as error:
            failure = error.reason
            break
        messages.append(reply.message())
        if not reply.tool_calls:
            failure = "nothing is submitted"
            break
        if any(call.name == SUBMIT for call in reply.tool_calls):
            failure = ""
            break
        for call in reply.tool_calls:
            result = await _result(call.name, orjson.loads(call.arguments), task, tools, execute)
            message = tool_message(call.call_id, call.name, result)
            messages.append({**message, "content": shortened(message["content"], settings.shown_characters)})
    made = Trajectory(
        trajectory_id=content_hash(settings.model, task.task_id, sample)[:16],
        task_id=task.task_id,
        domain=task.domain,
        index=task.index,
        teacher=settings.model,
        tools=task.toolset,
        messages=tuple(messages),
        failure=failure,
    )
    return made if failure else made.model_copy(update={"failure": wrong_submission(made, task)})


async def _result(
    name: str, arguments: Mapping[str, Any], task: Task, tools: Mapping[str, Tool], execute: AsyncExecutor
) -> CallResult:
    """The output of a tool of the task's toolset; an error for any other name."""
    if name not in task.toolset:
        return CallResult(error=CallError(code="unknown_tool", message=f"there is no tool {name!r}"))
    return await execute(tools[name], arguments)


def pass_at_k(rollouts: int, solved: int, k: int) -> float:
    """Probability that at least one of k rollouts solves a task of which `solved` of `rollouts` did.

    Unbiased estimator 1 - C(n-c, k) / C(n, k) of Chen et al., "Evaluating large language models trained on code"
    (2021). Raises ValueError unless 0 <= solved <= rollouts and 1 <= k <= rollouts.
    """
    if not (0 <= solved <= rollouts and 1 <= k <= rollouts):
        raise ValueError(
            f"pass@{k} needs at least {k} rollouts and no more solved ones than that, not {solved}/{rollouts}"
        )
    return 1 - math.comb(rollouts - solved, k) / math.comb(rollouts, k)


def wilson_interval(solved: int, rollouts: int) -> tuple[float, float]:
    """95 % interval of a success rate (Wilson 1927). Raises ValueError without rollouts."""
    if rollouts < 1:
        raise ValueError("an interval needs at least one rollout")
    rate, weight = solved / rollouts, Z_95**2 / rollouts
    middle = (rate + weight / 2) / (1 + weight)
    half = math.sqrt(rate * (1 - rate) * weight + weight**2 / 4) / (1 + weight)
    return max(0.0, middle - half), min(1.0, middle + half)
