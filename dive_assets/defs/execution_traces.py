"""execution_traces: attempts that really executed tools, evidence first; the question comes later."""

from collections import Counter

import dagster as dg
import polars as pl

from dive_assets.defs.metadata import counts_table, table_output
from dive_assets.domains import DOMAINS
from dive_assets.production.tool_pool import tools_in_pool
from dive_assets.production.traces import produce_traces, synthesis_version
from dive_assets.tables import seeds_of
from dive_assets.tools.registry import load_registry
from resources.production import Production


@dg.asset(
    partitions_def=DOMAINS,
    deps=["exemplar_pool"],
    group_name="synthesis",
    kinds={"python", "polars"},
    owners=["team:data"],
    code_version=synthesis_version(),
    tags={"journaled": "true"},
)
def execution_traces(
    context: dg.AssetExecutionContext, tool_pool: pl.LazyFrame, seed_pool: pl.LazyFrame, production: Production
) -> dg.Output[pl.DataFrame]:
    """Every attempt with its calls, full outputs, failures and bindings.

    Resumes from the partition's journal: what was executed once is not executed again.
    """
    tools = tools_in_pool(tool_pool.collect(), load_registry())
    seeds = seeds_of(seed_pool.collect())
    run = produce_traces(
        context.partition_key, tools, seeds, production.settings, production.journal_folder, production.making
    )
    if run.damaged_lines:
        context.log.warning("%d damaged journal lines were ignored; their work was done again", run.damaged_lines)
    table = run.table
    failures = Counter(failure for failure in table["failure"] if failure)
    return table_output(
        table,
        attempted=run.attempts,
        executed=run.attempts - failures.total(),
        candidates=run.candidates,
        tool_calls_executed=run.counts.executed,
        tool_calls_reused=run.counts.reused,
        attempts_reused=run.attempts_reused,
        failures=counts_table(failures, "reason"),
    )


@dg.asset_check(asset=execution_traces, partitions_def=DOMAINS, blocking=True)
def indices_are_complete(execution_traces: pl.LazyFrame) -> dg.AssetCheckResult:
    """Attempts are numbered 0, 1, 2, ...: none is lost and none stands twice."""
    indices = execution_traces.select("index").collect()["index"].to_list()
    return dg.AssetCheckResult(passed=indices == list(range(len(indices))), metadata={"attempts": len(indices)})
