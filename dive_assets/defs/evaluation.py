"""evaluation: base, SFT and RL checkpoint on held-out tasks, unseen tools and BFCL, with intervals."""

import dagster as dg
import polars as pl

from dive_assets.defs.metadata import markdown_table, table_output
from dive_assets.defs.training_jobs import OPTIONS, made_from, plot, run_stage, table
from dive_assets.training.evaluation import comparison_table, score_table
from dive_assets.training.plots import score_plot
from dive_assets.training.reward_hacking import shares
from resources.training import Training


@dg.asset(deps=["sft_checkpoint", "rl_checkpoint"], kinds={"pytorch", "polars"}, **OPTIONS)
def evaluation(
    context: dg.AssetExecutionContext, sft_rows: pl.LazyFrame, training: Training, pipes: dg.PipesSubprocessClient
) -> dg.Output[pl.DataFrame]:
    """One row a set and checkpoint: n, success rate, 95 % bootstrap interval; pairs of checkpoints are compared on the
    same items. Transcripts lie in the folder of the run."""
    checkpoints = ["rows", "sft", "grpo"]
    if not made_from(training, context.partition_key, "grpo", "sft"):
        context.log.warning("there is no rl_checkpoint of this sft_checkpoint: base and SFT alone are evaluated")
        checkpoints.remove("grpo")
    run_stage(context, pipes, training, "evaluation", {"rows": sft_rows.collect()}, checkpoints)
    folder, wanted = training.folder(context.partition_key, "evaluation"), training.settings.evaluation
    outcomes = pl.read_parquet(folder / "outcomes.parquet")
    scores, comparisons = score_table(outcomes, wanted), comparison_table(outcomes, wanted)
    comparisons.write_parquet(folder / "comparisons.parquet")
    rollouts = pl.read_parquet(folder / "rollouts.parquet")
    watched = [{"checkpoint": name, **shares(part)} for (name,), part in rollouts.group_by("teacher")]
    return table_output(
        scores,
        scores=table(scores),
        comparisons=table(comparisons),
        watched=markdown_table(sorted(watched, key=lambda row: str(row["checkpoint"]))),
        plot=plot(score_plot(scores), "scores"),
        transcripts=dg.MetadataValue.path(str(folder / "rollouts.parquet")),
    )
