"""model_trajectories, failed_rollouts, pass_rates: a model solves the tasks of models with their tools."""

from collections import Counter
from collections.abc import Iterator

import dagster as dg
import polars as pl

from dive_assets.defs.metadata import counts_table, table_output
from dive_assets.defs.model_metadata import finished_check, run_metadata
from dive_assets.domains import DOMAINS
from dive_assets.production.rollouts import pass_rate_table, roll_out
from dive_assets.production.tool_pool import tools_in_pool
from dive_assets.tables import tasks_of, trajectories_of, trajectory_rows_table
from dive_assets.tools.registry import load_registry
from dive_assets.trajectories.conversation import transcript
from resources.language_models import LanguageModels
from resources.production import Production


@dg.multi_asset(
    partitions_def=DOMAINS,
    outs={
        name: dg.AssetOut(group_name="models", kinds={"openai", "polars"}, owners=["team:data"])
        for name in ("model_trajectories", "failed_rollouts", "pass_rates")
    },
)
def model_rollouts(
    context: dg.AssetExecutionContext,
    model_verified_tasks: pl.LazyFrame,
    rewritten_tasks: pl.LazyFrame,
    tool_pool: pl.LazyFrame,
    production: Production,
    language_models: LanguageModels,
) -> Iterator[dg.Output[pl.DataFrame]]:
    """Solved rollouts are trajectories, exactly as sent and received; failed ones are kept apart with their reason."""
    language_models.require_configured()
    settings = language_models.rollout_settings
    tasks = [*tasks_of(model_verified_tasks.collect()), *tasks_of(rewritten_tasks.collect())]
    run = roll_out(
        context.partition_key,
        tasks,
        tools_in_pool(tool_pool.collect(), load_registry()),
        settings,
        language_models.client,
        production.journal_folder,
        production.making,
    )
    frame = trajectory_rows_table(run.rows)
    solved, failed = frame.filter(pl.col("failure") == ""), frame.filter(pl.col("failure") != "")
    rates = pass_rate_table(tasks, run.rows, settings.teacher.model)
    shortest = next(trajectories_of(solved.sort("characters").head(1)), None)
    yield table_output(
        solved,
        "model_trajectories",
        example=dg.MetadataValue.md(transcript(shortest) if shortest else "(none is solved)"),
        **run_metadata(run, language_models),
    )
    yield table_output(failed, "failed_rollouts", reasons=counts_table(Counter(failed["failure"]), "reason"))
    yield table_output(rates, "pass_rates", tasks=rates.height, mean_pass_at_1=rates["pass_at_1"].mean() or 0.0)


@dg.asset_check(asset="model_trajectories", partitions_def=DOMAINS)
def all_rollouts_are_finished(context: dg.AssetCheckExecutionContext) -> dg.AssetCheckResult:
    """No rollout is left; a run that stopped at its budget is only warned of."""
    return finished_check(context, "model_trajectories")
