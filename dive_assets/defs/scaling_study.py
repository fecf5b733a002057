"""scaling_study: few tools or many, few tasks or many, at equal compute."""

import dagster as dg
import polars as pl

from dive_assets.defs.metadata import table_output
from dive_assets.defs.training_jobs import OPTIONS, plot, run_stage, table
from dive_assets.training.plots import scaling_plot
from dive_assets.training.scaling import scaling_differences, scaling_summary
from resources.training import Training


@dg.asset(kinds={"pytorch", "polars"}, **OPTIONS)
def scaling_study(
    context: dg.AssetExecutionContext, sft_rows: pl.LazyFrame, training: Training, pipes: dg.PipesSubprocessClient
) -> dg.Output[pl.DataFrame]:
    """Four arms, several seeds each, scored on tasks whose tools none has seen: one row an arm, seed and task."""
    run_stage(context, pipes, training, "scaling", {"rows": sft_rows.collect()})
    folder, resamples = training.folder(context.partition_key, "scaling"), training.settings.evaluation.resamples
    study = pl.read_parquet(folder / "study.parquet")
    arms, differences = scaling_summary(study, resamples), scaling_differences(study, resamples)
    arms.write_parquet(folder / "arms.parquet")
    differences.write_parquet(folder / "differences.parquet")
    return table_output(
        study,
        arms=table(arms),
        differences=table(differences),
        plot=plot(scaling_plot(arms), "scaling study"),
    )
