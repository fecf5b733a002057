"""rewritten_tasks and rejected_rewrites: verified tasks in the words of a model."""

from collections.abc import Iterator

import dagster as dg
import polars as pl

from dive_assets.defs.metadata import markdown_table, table_output
from dive_assets.defs.model_metadata import finished_check, run_metadata
from dive_assets.domains import DOMAINS
from dive_assets.production.rewritten_tasks import accepted_rewrites, rejected_rewrite_table, rewrite_tasks
from dive_assets.production.tool_pool import tools_in_pool
from dive_assets.tables import TraceShelf, task_table, tasks_of
from dive_assets.tools.registry import load_registry
from resources.language_models import LanguageModels
from resources.production import Production


@dg.multi_asset(
    partitions_def=DOMAINS,
    outs={
        name: dg.AssetOut(group_name="models", kinds={"openai", "polars"}, owners=["team:data"])
        for name in ("rewritten_tasks", "rejected_rewrites")
    },
)
def rewriting(
    context: dg.AssetExecutionContext,
    verified_tasks: pl.LazyFrame,
    execution_traces: pl.LazyFrame,
    tool_pool: pl.LazyFrame,
    production: Production,
    language_models: LanguageModels,
) -> Iterator[dg.Output[pl.DataFrame]]:
    """A rewrite is accepted if no constraint is lost or added, every check passes, and its answer is still the same."""
    language_models.require_configured()
    run = rewrite_tasks(
        context.partition_key,
        list(tasks_of(verified_tasks.collect())),
        TraceShelf(execution_traces.filter(pl.col("failure") == "").collect()),
        tools_in_pool(tool_pool.collect(), load_registry()),
        language_models.rewriting_settings,
        language_models.client,
        production.journal_folder,
        production.making,
    )
    examples = [{"original": row["original"], "rewritten": row["question"]} for row in run.rows if not row["failure"]]
    yield table_output(
        task_table(accepted_rewrites(run.rows)),
        "rewritten_tasks",
        examples=markdown_table(examples[:20]),
        **run_metadata(run, language_models),
    )
    yield table_output(rejected_rewrite_table(run.rows), "rejected_rewrites")


@dg.asset_check(asset="rewritten_tasks", partitions_def=DOMAINS)
def all_rewrites_are_finished(context: dg.AssetCheckExecutionContext) -> dg.AssetCheckResult:
    """No rewrite is left; a run that stopped at its budget is only warned of."""
    return finished_check(context, "rewritten_tasks")
