"""sft_rows: chats with the toolset that the context holds, split into what is trained on and what is not."""

import dagster as dg
import polars as pl

from dive_assets.defs.metadata import counts_table, markdown_table, table_output
from dive_assets.defs.training_jobs import OPTIONS, run_stage
from dive_assets.training.settings import TEST_SPLITS
from resources.training import Training

GATHERED = dg.AssetIn(metadata={"allow_missing_partitions": True}, partition_mapping=dg.AllPartitionMapping())


@dg.asset(ins={"trajectories": GATHERED, "verified_tasks": GATHERED}, kinds={"python", "polars"}, **OPTIONS)
def sft_rows(
    context: dg.AssetExecutionContext,
    trajectories: pl.LazyFrame,
    verified_tasks: pl.LazyFrame,
    training: Training,
    pipes: dg.PipesSubprocessClient,
) -> dg.Output[pl.DataFrame]:
    """One row a chat whose tokens fit the longest context: for SFT, for RL, or for one of the test splits."""
    tables = {"tasks": verified_tasks.collect(), "chats": trajectories.collect()}
    result = run_stage(context, pipes, training, "rows", tables)
    frame = pl.read_parquet(training.folder(context.partition_key, "rows") / "rows.parquet")
    by_use = frame.group_by("use", "kind").agg(
        pl.len().alias("rows"),
        pl.col("tokens").mean(),
        pl.col("calls").mean(),
        pl.col("offered").list.len().mean().alias("offered tools"),
    )
    return table_output(
        frame,
        uses=markdown_table(by_use.sort("use", "kind").to_dicts()),
        left_out=counts_table(result["left_out"], "reason"),
        base=result["base"],
    )


@dg.asset_check(asset=sft_rows, partitions_def=OPTIONS["partitions_def"])
def rows_are_as_many_as_asked(sft_rows: pl.LazyFrame, training: Training) -> dg.AssetCheckResult:
    """At least half as many tasks as the settings ask for fit the contexts."""
    wanted = training.settings.rows
    asked = {"sft": wanted.sft_rows, "rl": wanted.rl_tasks, **dict.fromkeys(TEST_SPLITS, wanted.test_rows)}
    counts = dict(sft_rows.unique("task_id").group_by("use").len().collect().iter_rows())
    few = [f"{counts.get(use, 0)} of {most} for {use}" for use, most in asked.items() if 2 * counts.get(use, 0) < most]
    return dg.AssetCheckResult(
        passed=not few,
        severity=dg.AssetCheckSeverity.WARN,
        description=f"few tasks fit {wanted.context_lengths[-1]} tokens ({', '.join(few)}): make more of them "
        "(dive-assets run --tasks), or raise rows.context_lengths"
        if few
        else None,
        metadata={use: counts.get(use, 0) for use in asked},
    )


@dg.asset_check(asset=sft_rows, partitions_def=OPTIONS["partitions_def"], blocking=True)
def nothing_is_trained_on_that_is_tested(sft_rows: pl.LazyFrame) -> dg.AssetCheckResult:
    """No task of a test split is among those for SFT or RL, and SFT and RL share none."""
    uses = sft_rows.select("task_id", "use").unique().group_by("task_id").agg(pl.col("use")).collect()
    shared = uses.filter(pl.col("use").list.len() > 1).height
    trained = sft_rows.filter(pl.col("use").is_in(["sft", "rl"])).select("split").unique().collect()["split"].to_list()
    return dg.AssetCheckResult(passed=not shared and trained in ([], ["train"]), metadata={"shared": shared})


@dg.asset_check(asset=sft_rows, partitions_def=OPTIONS["partitions_def"], blocking=True)
def needed_tools_are_offered(sft_rows: pl.LazyFrame) -> dg.AssetCheckResult:
    """Cutting a toolset never took a tool that the task calls."""
    frame = sft_rows.select("needed", "offered").collect()
    lacking = frame.filter(pl.col("needed").list.set_difference("offered").list.len() > 0).height
    return dg.AssetCheckResult(passed=lacking == 0, metadata={"lacking": lacking})
