"""Frontier tasks: those that a checkpoint solves sometimes. What it always or never solves teaches it nothing,
because all rewards of such a group are equal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl

from dive_assets.production.progress import Progress
from dive_assets.tables import TRAJECTORY_COLUMNS
from dive_assets.training.generation import Generator
from dive_assets.training.reward_hacking import watch
from dive_assets.training.rollouts import RolloutEngine, rollout_table
from dive_assets.training.rows import TrainingTask
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


def sample_rollouts(
    engine: RolloutEngine,
    tasks: Sequence[TrainingTask],
    generator: Generator,
    count: int,
    at_once: int,
    seed: int,
    folder: Path,
) -> pl.DataFrame:
    """`count` rollouts of every task, as rows with transcripts; those of `at_once` tasks go forward together. Finished
    groups of tasks are kept in `folder`: a killed run goes on; each group has a seed of its own."""
    import torch

    progress, tables = Progress("pass@k", len(tasks) * count), list[pl.DataFrame]()
    for start in range(0, len(tasks), at_once):
        path = folder / f"rollouts-{start:06d}.parquet"
        if not path.exists():
            torch.manual_seed(seed + start)
            group = tasks[start : start + at_once]
            found = engine.run([(task, sample) for task in group for sample in range(count)], generator)
            unfinished = path.with_suffix(".unfinished")
            rollout_table(found, "sft").write_parquet(unfinished)
            unfinished.rename(path)
        tables.append(pl.read_parquet(path))
        done = sum(table.height for table in tables)
        progress.update(done, final=done == len(tasks) * count)
    return pl.concat(tables)


def frontier_table(rollouts: pl.DataFrame, tasks: Iterable[TrainingTask], settings: FrontierSettings) -> pl.DataFrame:
    """One row a task; `reason` is "" for the tasks of the frontier, else why a task is not among them.

    pass_at_k is over all rollouts of the task; low and high are the 95 % interval of pass_at_1.
    """
    counts = {
        task_id: (tried, solved)
        for task_id, tried, solved in rollouts.group_by("task_id")
        .agg(pl.len(), (pl.col("failure") == "").sum().alias("solved"))
        .iter_rows()
    }
    rows = []
    for task in tasks:
        tried, solved = counts[task.task_id]
        low, high = wilson_interval(solved, tried)
        rows.append(
            {
                "task_id": task.task_id,
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
    """Solved, well-formed rollouts as chats to train on, at most `samples_kept` a task: the columns of trajectories.

    Right answers that no call gave are left out: they would teach to guess.
    """
    solved = rollouts.filter((pl.col("failure") == "") & (pl.col("reward_format") == 1.0) & ~watch(rollouts)["guessed"])
    return (
        solved.sort("task_id", "sample")
        .group_by("task_id", maintain_order=True)
        .head(samples_kept)
        .select(list(TRAJECTORY_COLUMNS))
    )


def frontier_ids(frontier: pl.DataFrame) -> Sequence[str]:
    """The ids of the frontier's tasks."""
    return frontier.filter(pl.col("reason") == "")["task_id"].to_list()
