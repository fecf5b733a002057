"""Rollouts: a model solves verified tasks with the real tools, several times each; solved ones become trajectories."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import get_args

import polars as pl
from pydantic import BaseModel, ConfigDict, Field

from dive_assets.language_models.client import ChatClient
from dive_assets.language_models.errors import CallFailed, CallFault
from dive_assets.model_gates.judge import JudgeSettings, is_right
from dive_assets.production.model_runs import AsyncExecutor, ModelRun, OpenClient, Row, run_attempts
from dive_assets.records import Task, Trajectory
from dive_assets.tables import trajectory_row
from dive_assets.tools.runtime import ToolRuntime
from dive_assets.tools.tool import Tool
from dive_assets.trajectories.model_teacher import TeacherSettings, pass_at_k, rollout, wilson_interval
from dive_assets.trajectories.submission import ANOTHER_ANSWER, submission_of

PASS_RATE_COLUMNS: dict[str, pl.DataType] = {
    "task_id": pl.String(),
    "domain": pl.String(),
    "solver": pl.String(),
    "rollouts": pl.Int64(),
    "solved": pl.Int64(),
    "pass_at_1": pl.Float64(),
    "low": pl.Float64(),
    "high": pl.Float64(),
    "pass_at_k": pl.Float64(),
    "k": pl.Int64(),
}


class RolloutSettings(BaseModel):
    """How many rollouts a task gets; judges None: texts are compared by code alone."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    teacher: TeacherSettings
    rollouts: int = Field(4, ge=1)
    judges: JudgeSettings | None = None


def roll_out(
    domain: str,
    tasks: Sequence[Task],
    tools: Mapping[str, Tool],
    settings: RolloutSettings,
    open_client: OpenClient,
    journal_folder: Path,
    runtime: ToolRuntime,
) -> ModelRun:
    """All rollouts of all tasks as rows of the trajectory table, those of one task one after the other."""
    chosen = [(task, sample) for task in tasks for sample in range(settings.rollouts)]
    names = [f"{task.task_id} rollout {sample}" for task, sample in chosen]

    async def attempt(client: ChatClient, execute: AsyncExecutor, place: int) -> Row:
        task, sample = chosen[place]
        made = await rollout(client, settings.teacher, task, tools, execute, names[place], sample)
        if made.failure == ANOTHER_ANSWER:
            made = made.model_copy(update={"failure": await _judged(client, settings, task, made, names[place])})
        return trajectory_row(made)

    return run_attempts(f"{domain}: rollouts", names, attempt, open_client, journal_folder, domain, runtime)


async def _judged(client: ChatClient, settings: RolloutSettings, task: Task, made: Trajectory, name: str) -> str:
    """The failure of a rollout that submitted other words: "" if judges take them for the answer, and the fault of a
    call that got no verdict."""
    submission = submission_of(made) or {}
    try:
        right = task.answerable and await is_right(client, settings.judges, task, submission.get("answer"), name)
    except CallFailed as failed:
        return failed.reason
    return "" if right else made.failure


def pass_rate_table(tasks: Iterable[Task], rows: Iterable[Row], solver: str) -> pl.DataFrame:
    """pass@1 with its 95 % interval, and pass@k for all k rollouts, of each task that has rollouts.

    A rollout that got no reply says nothing about the model and is not counted.
    """
    failures: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row["failure"] not in get_args(CallFault):
            failures[row["task_id"]].append(row["failure"])
    table = []
    for task in tasks:
        if task.task_id not in failures:
            continue
        count = len(failures[task.task_id])
        solved = failures[task.task_id].count("")
        low, high = wilson_interval(solved, count)
        rates = {"pass_at_1": solved / count, "low": low, "high": high, "pass_at_k": pass_at_k(count, solved, count)}
        made = {"rollouts": count, "solved": solved, "k": count}
        table.append({"task_id": task.task_id, "domain": task.domain, "solver": solver, **made, **rates})
    return pl.DataFrame(table, schema=PASS_RATE_COLUMNS, orient="row")
