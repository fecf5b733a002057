"""Frontier tasks: those that a checkpoint solves sometimes. What it always or never solves teaches it nothing,
because all rewards of such a group are equal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import polars as pl

from dive_assets.tables import TRAJECTORY_COLUMNS
from dive_assets.training.rollouts import Rollout
from dive_assets.training.settings import FrontierSettings
from dive_assets.trajectories.model_teacher import pass_at_k, wilson_interval

FRONTIER_COLUMNS: dict[str, pl.DataType] = {
    "task_id": pl.String(),
    "domain": pl.String(),
    "kind": pl.String(),
    "question": pl.String(),
    "rollouts": pl.Int64(),
    "solved": pl.Int64(),
    "pass_at_1": pl.Float64(),
    "pass_at_k": pl.Float64(),
    "low": pl.Float64(),
    "high": pl.Float64(),
    "reason": pl.String(),
}


def frontier_table(rollouts: Iterable[Rollout], settings: FrontierSettings) -> pl.DataFrame:
    """One row a task; `reason` is "" for the tasks of the frontier, else why a task is not among them.

    pass_at_k is over all rollouts of the task; low and high are the 95 % interval of pass_at_1.
    """
    groups: dict[str, list[Rollout]] = defaultdict(list)
    for rollout in rollouts:
        groups[rollout.task.task_id].append(rollout)
    rows = []
    for task_id, found in groups.items():
        solved, tried = sum(rollout.solved for rollout in found), len(found)
        task, (low, high) = found[0].task, wilson_interval(solved, tried)
        rows.append(
            {
                "task_id": task_id,
                "domain": task.task.domain,
                "kind": task.kind,
                "question": task.task.question,
                "rollouts": tried,
                "solved": solved,
                "pass_at_1": pass_at_k(tried, solved, 1),
                "pass_at_k": pass_at_k(tried, solved, tried),
                "low": low,
                "high": high,
                "reason": _reason(solved, tried, settings),
            }
        )
    return pl.DataFrame(rows, schema=FRONTIER_COLUMNS, orient="row")


def _reason(solved: int, tried: int, settings: FrontierSettings) -> str:
    if solved == 0:
        return "never solved"
    if solved == tried:
        return "always solved"
    rate = solved / tried
    return "" if settings.low <= rate <= settings.high else f"outside [{settings.low:g}, {settings.high:g}]"


def frontier_funnel(frontier: pl.DataFrame) -> dict[str, int]:
    """How many tasks were tried, and how many fell out for which reason."""
    reasons = dict(frontier.filter(pl.col("reason") != "")["reason"].value_counts(sort=True).iter_rows())
    return {"tried": frontier.height, **reasons, "on the frontier": frontier.filter(pl.col("reason") == "").height}


def rejection_samples(rollouts: pl.DataFrame, samples_kept: int) -> pl.DataFrame:
    """Solved, well-formed rollouts as chats to train on, at most `samples_kept` a task: the columns of trajectories."""
    solved = rollouts.filter((pl.col("failure") == "") & (pl.col("reward_format") == 1.0))
    return solved.sort("task_id", "sample").group_by("task_id", maintain_order=True).head(samples_kept).select(
        list(TRAJECTORY_COLUMNS)
    )


def frontier_ids(frontier: pl.DataFrame) -> Sequence[str]:
    """The ids of the frontier's tasks."""
    return frontier.filter(pl.col("reason") == "")["task_id"].to_list()
