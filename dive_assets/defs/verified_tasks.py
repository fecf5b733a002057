"""verified_tasks and rejected_tasks: every check that needs no model, replay in other processes included."""

from collections.abc import Iterator

import dagster as dg
import polars as pl

from dive_assets.defs.metadata import counts_table, markdown_table, table_output
from dive_assets.diversity.plots import funnel_plot, png_markdown
from dive_assets.domains import DOMAINS
from dive_assets.production.funnel import funnel_of
from dive_assets.production.tool_pool import tools_in_pool
from dive_assets.production.traces import synthesis_version
from dive_assets.production.verdicts import verify_tasks
from dive_assets.tables import TraceShelf, tasks_of_domains
from dive_assets.tools.registry import load_registry
from resources.production import Production


@dg.multi_asset(
    partitions_def=DOMAINS,
    outs={
        name: dg.AssetOut(
            code_version=synthesis_version(),
            group_name="verification",
            kinds={"python", "polars"},
            owners=["team:data"],
        )
        for name in ("verified_tasks", "rejected_tasks")
    },
)
def verification(
    context: dg.AssetExecutionContext,
    derived_tasks: pl.LazyFrame,
    execution_traces: pl.LazyFrame,
    tool_pool: pl.LazyFrame,
    production: Production,
) -> Iterator[dg.Output[pl.DataFrame]]:
    """Tasks that passed every check, in order of index, and those that did not, each with its reason."""
    domain = context.partition_key
    tools = tools_in_pool(tool_pool.collect(), load_registry())
    traces = execution_traces.collect()
    tasks = tasks_of_domains(derived_tasks)
    run = verify_tasks(
        domain, tasks, TraceShelf(traces), tools, production.settings, production.journal_folder, production.checking
    )
    funnel = funnel_of(traces, run)
    verified, rejected = run.verified, run.rejected
    yield table_output(
        verified,
        "verified_tasks",
        wanted=production.tasks,
        attempted=funnel.attempted,
        executed=funnel.executed,
        derived=funnel.derived,
        verified=funnel.verified,
        unanswerable=funnel.unanswerable,
        with_recovery=verified.filter(pl.col("recovery") != "null").height,
        examples=markdown_table(verified.select("question", "answer").head(20).to_dicts()),
        funnel=dg.MetadataValue.md(png_markdown(funnel_plot({domain: funnel.model_dump()}), f"funnel of {domain}")),
        replays_executed=run.replays_executed,
        replays_reused=run.replays_reused,
    )
    yield table_output(
        rejected,
        "rejected_tasks",
        rejected=rejected.height,
        reasons=counts_table(run.rejected_by_reason, "reason"),
        not_executed=counts_table(funnel.failed_attempts, "reason"),
    )


@dg.asset_check(asset="verified_tasks", partitions_def=DOMAINS, blocking=True)
def as_many_as_wanted(verified_tasks: pl.LazyFrame, production: Production) -> dg.AssetCheckResult:
    """The partition holds as many answerable verified tasks as the run asked for."""
    found = verified_tasks.filter(pl.col("missing_tool") == "").select(pl.len()).collect().item()
    return dg.AssetCheckResult(
        passed=found == production.tasks, metadata={"verified": found, "wanted": production.tasks}
    )


@dg.asset_check(
    asset="verified_tasks",
    additional_ins={"rejected_tasks": dg.AssetIn("rejected_tasks")},
    partitions_def=DOMAINS,
    blocking=True,
)
def none_is_rejected(verified_tasks: pl.LazyFrame, rejected_tasks: pl.LazyFrame) -> dg.AssetCheckResult:
    """No rejected task is among the verified ones, and no task stands twice."""
    verified = verified_tasks.select("task_id").collect()["task_id"]
    both = set(verified) & set(rejected_tasks.select("task_id").collect()["task_id"])
    return dg.AssetCheckResult(passed=not both and verified.is_unique().all(), metadata={"both": len(both)})
