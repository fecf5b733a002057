"""rl_checkpoint: the SFT checkpoint after GRPO on frontier tasks, and the watch for hacked rewards."""

import dagster as dg
import polars as pl

from dive_assets.defs.metadata import markdown_table
from dive_assets.defs.training_jobs import OPTIONS, plot, run_stage
from dive_assets.training.frontier import frontier_ids
from dive_assets.training.plots import GRPO_PANELS, curve_plot
from dive_assets.training.reward_hacking import risen, shares
from resources.training import Training

FLOOR = 0.1  # share of rollouts from which a watched behaviour is warned of
ENDS = 0.25  # share of the steps that count as the start, and as the end


@dg.asset(kinds={"pytorch", "huggingface"}, **OPTIONS)
def rl_checkpoint(
    context: dg.AssetExecutionContext,
    sft_rows: pl.LazyFrame,
    frontier_tasks: pl.LazyFrame,
    training: Training,
    pipes: dg.PipesSubprocessClient,
) -> dg.MaterializeResult[None]:
    """Rollouts execute the real tools; only what the model says counts in the loss."""
    tasks = frontier_ids(frontier_tasks.collect())
    result = run_stage(context, pipes, training, "grpo", {"rows": sft_rows.collect()}, ["sft"], tasks)
    folder = training.folder(context.partition_key, "grpo")
    curve, rollouts = pl.read_parquet(folder / "curve.parquet"), pl.read_parquet(folder / "rollouts.parquet")
    return dg.MaterializeResult(
        data_version=dg.DataVersion(result["identity"]),
        metadata={
            "model": dg.MetadataValue.path(result["model"]),
            "curves": plot(curve_plot(curve, GRPO_PANELS), "rewards of GRPO"),
            "tasks": len(tasks),
            "steps": result["steps"],
            "rollouts": rollouts.height,
            "tool_calls": int(rollouts["tool_calls"].sum()),
            "failed_calls": int(rollouts["failed_calls"].sum()),
            "behaviours": markdown_table([{"rollouts": "all", **shares(rollouts)}]),
            "seconds": result["seconds"],
        },
    )


@dg.asset_check(asset=rl_checkpoint, partitions_def=OPTIONS["partitions_def"])
def rewards_are_not_hacked(context: dg.AssetCheckExecutionContext, training: Training) -> dg.AssetCheckResult:
    """No watched behaviour (answers without calls, guesses, copied questions, huge replies, answers in prose, several
    submissions) rose above a tenth of the rollouts while training."""
    rollouts = pl.read_parquet(training.folder(context.partition_key, "grpo") / "rollouts.parquet")
    last = int(rollouts["step"].max() or 0)  # type: ignore[arg-type]
    start = shares(rollouts.filter(pl.col("step") <= ENDS * last))
    end = shares(rollouts.filter(pl.col("step") >= (1 - ENDS) * last))
    found = risen(start, end, FLOOR)
    return dg.AssetCheckResult(
        passed=not found,
        severity=dg.AssetCheckSeverity.WARN,
        description="; ".join(found),
        metadata={"start": dg.MetadataValue.json(start), "end": dg.MetadataValue.json(end)},
    )


@dg.asset_check(asset=rl_checkpoint, partitions_def=OPTIONS["partitions_def"])
def tools_were_called(context: dg.AssetCheckExecutionContext, training: Training) -> dg.AssetCheckResult:
    """The rollouts executed tools, and rewards differed within a group: otherwise nothing was learnt."""
    folder = training.folder(context.partition_key, "grpo")
    rollouts = pl.read_parquet(folder / "rollouts.parquet")
    spread = rollouts.group_by("step", "task_id").agg(pl.col("reward").std())["reward"]
    varied = int((spread > 0).sum()) / max(1, len(spread))
    return dg.AssetCheckResult(
        passed=int(rollouts["tool_calls"].sum()) > 0 and varied > 0,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"groups_with_variance": varied},
    )
