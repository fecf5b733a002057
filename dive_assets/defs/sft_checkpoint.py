"""sft_checkpoint: the base model after supervised fine-tuning on the chats."""

import dagster as dg
import polars as pl

from dive_assets.defs.training_jobs import OPTIONS, plot, run_stage
from dive_assets.training.plots import SFT_PANELS, curve_plot
from resources.training import Training


@dg.asset(kinds={"pytorch", "huggingface"}, **OPTIONS)
def sft_checkpoint(
    context: dg.AssetExecutionContext, sft_rows: pl.LazyFrame, training: Training, pipes: dg.PipesSubprocessClient
) -> dg.MaterializeResult[None]:
    """Trained in a process of its own; killed, it goes on from its last checkpoint."""
    result = run_stage(context, pipes, training, "sft", {"rows": sft_rows.collect()})
    curve = pl.read_parquet(training.folder(context.partition_key, "sft") / "curve.parquet")
    losses = curve.filter(pl.col("metric") == "loss").sort("step")["value"].to_list()
    return dg.MaterializeResult(
        data_version=dg.DataVersion(result["identity"]),
        metadata={
            "model": dg.MetadataValue.path(result["model"]),
            "curves": plot(curve_plot(curve, SFT_PANELS), "loss of SFT"),
            "first_loss": losses[0],
            "last_loss": losses[-1],
            "steps": result["steps"],
            "examples": result["examples"],
            "tokens": result["tokens"],
            "supervised_tokens": result["supervised_tokens"],
            "seconds": result["seconds"],
        },
    )


@dg.asset_check(asset=sft_checkpoint, partitions_def=OPTIONS["partitions_def"])
def loss_fell(context: dg.AssetCheckExecutionContext, training: Training) -> dg.AssetCheckResult:
    """The loss at the end is below that at the start."""
    folder = training.folder(context.partition_key, "sft")
    losses = (
        pl.read_parquet(folder / "curve.parquet").filter(pl.col("metric") == "loss").sort("step")["value"].to_list()
    )
    return dg.AssetCheckResult(
        passed=len(losses) > 1 and losses[-1] < losses[0],
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"losses": str(losses)[:500]},
    )
