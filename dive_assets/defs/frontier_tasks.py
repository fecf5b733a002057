"""sft_rollouts, sampled_trajectories and frontier_tasks: what the SFT checkpoint solves sometimes."""

from collections.abc import Iterator

import dagster as dg
import polars as pl

from dive_assets.defs.metadata import counts_table, table_output
from dive_assets.defs.training_jobs import OPTIONS, plot, run_stage
from dive_assets.training.frontier import frontier_funnel, frontier_table, rejection_samples
from dive_assets.training.plots import funnel_plot
from dive_assets.training.rows import training_tasks
from resources.training import Training

OUT = {key: value for key, value in OPTIONS.items() if key != "partitions_def"}


@dg.multi_asset(
    partitions_def=OPTIONS["partitions_def"],
    deps=["sft_checkpoint"],
    outs={
        name: dg.AssetOut(kinds={"python", "polars"}, **OUT)
        for name in ("sft_rollouts", "sampled_trajectories", "frontier_tasks")
    },
)
def frontier(
    context: dg.AssetExecutionContext, sft_rows: pl.LazyFrame, training: Training, pipes: dg.PipesSubprocessClient
) -> Iterator[dg.Output[pl.DataFrame]]:
    """Every rollout with its transcript; the solved ones as chats (rejection sampling); pass@k and the frontier."""
    rows, settings = sft_rows.collect(), training.settings
    run_stage(context, pipes, training, "frontier", {"rows": rows}, checkpoints=["sft"])
    rollouts = pl.read_parquet(training.folder(context.partition_key, "frontier") / "rollouts.parquet")
    yield table_output(
        rollouts,
        "sft_rollouts",
        solved=(rollouts["failure"] == "").mean(),
        well_formed=rollouts["reward_format"].mean(),
        failures=counts_table(dict(rollouts["failure"].value_counts().iter_rows()), "failure"),
        endings=counts_table(dict(rollouts["ended"].value_counts().iter_rows()), "ending"),
    )
    yield table_output(rejection_samples(rollouts, settings.frontier.samples_kept), "sampled_trajectories")
    frame = frontier_table(rollouts, training_tasks(rows, ["rl"]), settings.frontier)
    funnel = frontier_funnel(frame)
    yield table_output(
        frame,
        "frontier_tasks",
        on_the_frontier=funnel["on the frontier"],
        pass_at_1=frame["pass_at_1"].mean(),
        pass_at_k=frame["pass_at_k"].mean(),
        k=settings.frontier.rollouts,
        funnel=plot(funnel_plot(funnel, "From tried tasks to the frontier"), "frontier funnel"),
    )


@dg.asset_check(asset="frontier_tasks", partitions_def=OPTIONS["partitions_def"])
def some_tasks_are_on_the_frontier(frontier_tasks: pl.LazyFrame) -> dg.AssetCheckResult:
    """There is something to learn from: tasks that are solved sometimes."""
    found = frontier_tasks.filter(pl.col("reason") == "").collect().height
    return dg.AssetCheckResult(
        passed=found > 0, severity=dg.AssetCheckSeverity.WARN, metadata={"on_the_frontier": found}
    )
