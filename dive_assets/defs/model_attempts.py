"""model_attempts: a model explores with real tools, then writes a question that its evidence strictly entails."""

import dagster as dg
import polars as pl

from dive_assets.defs.metadata import markdown_table, table_output
from dive_assets.defs.model_metadata import finished_check, run_metadata
from dive_assets.domains import DOMAINS
from dive_assets.production.model_tasks import produce_model_tasks
from dive_assets.production.tool_pool import tools_in_pool
from dive_assets.tables import attempt_table, seeds_of
from dive_assets.tools.registry import load_registry
from resources.language_models import LanguageModels
from resources.production import Production


@dg.asset(
    partitions_def=DOMAINS,
    group_name="models",
    kinds={"openai", "polars"},
    owners=["team:data"],
    code_version="1",
    tags={"journaled": "true"},
)
def model_attempts(
    context: dg.AssetExecutionContext,
    tool_pool: pl.LazyFrame,
    seed_pool: pl.LazyFrame,
    production: Production,
    language_models: LanguageModels,
) -> dg.Output[pl.DataFrame]:
    """Chats, full outputs, derivations and their fate. Every paid reply is kept: a repeated run pays for none twice."""
    language_models.require_configured()
    run = produce_model_tasks(
        context.partition_key,
        tools_in_pool(tool_pool.collect(), load_registry()),
        seeds_of(seed_pool.collect()),
        language_models.model_settings(production.release_seed),
        language_models.client,
        production.journal_folder,
        production.making,
    )
    frame = attempt_table(run.rows)
    rejected = frame.filter(pl.col("failure") != "").select("index", "failure", "failure_detail").head(20)
    return table_output(frame, rejected=markdown_table(rejected.to_dicts()), **run_metadata(run, language_models))


@dg.asset_check(asset=model_attempts, partitions_def=DOMAINS)
def all_attempts_are_finished(context: dg.AssetCheckExecutionContext) -> dg.AssetCheckResult:
    """No attempt is left; a run that stopped at its budget is only warned of."""
    return finished_check(context, "model_attempts")
