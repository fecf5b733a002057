"""model_verified_tasks and model_rejected_tasks: tasks of models, under the same checks as all others."""

from collections.abc import Iterator

import dagster as dg
import polars as pl

from dive_assets.defs.metadata import counts_table, markdown_table, table_output
from dive_assets.domains import DOMAINS
from dive_assets.production.model_tasks import attempted_tasks
from dive_assets.production.tool_pool import tools_in_pool
from dive_assets.production.verdicts import verify_tasks
from dive_assets.tables import TraceShelf
from dive_assets.tools.registry import load_registry
from resources.production import Production


@dg.multi_asset(
    partitions_def=DOMAINS,
    outs={
        name: dg.AssetOut(group_name="models", kinds={"python", "polars"}, owners=["team:data"])
        for name in ("model_verified_tasks", "model_rejected_tasks")
    },
)
def model_verification(
    context: dg.AssetExecutionContext, model_attempts: pl.LazyFrame, tool_pool: pl.LazyFrame, production: Production
) -> Iterator[dg.Output[pl.DataFrame]]:
    """Duplicates, and replay in processes that never made a task; the other checks and the gates ran before."""
    attempts = model_attempts.collect()
    tools = tools_in_pool(tool_pool.collect(), load_registry())
    run = verify_tasks(
        context.partition_key,
        attempted_tasks(attempts),
        TraceShelf(attempts),
        tools,
        production.settings.wanting(attempts.height),
        production.journal_folder,
        production.checking,
    )
    failures = attempts.filter(pl.col("failure") != "")["failure"].value_counts()
    yield table_output(
        run.verified,
        "model_verified_tasks",
        attempted=attempts.height,
        verified=run.verified.height,
        examples=markdown_table(run.verified.select("question", "answer").head(20).to_dicts()),
    )
    yield table_output(
        run.rejected,
        "model_rejected_tasks",
        reasons=counts_table(dict(failures.iter_rows()) | run.rejected_by_reason, "reason"),
    )
