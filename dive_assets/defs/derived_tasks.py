"""derived_tasks: a question for every trace that has an answer; nothing is executed here."""

import dagster as dg
import polars as pl

from dive_assets.defs.metadata import counts_table, table_output
from dive_assets.domains import DOMAINS
from dive_assets.production.tool_pool import tools_in_pool
from dive_assets.production.traces import synthesis_version
from dive_assets.synthesis.derive import derive_task
from dive_assets.tables import blocks_of_domain, task_table, traces_of
from dive_assets.tools.registry import load_registry
from resources.production import Production


@dg.asset(
    partitions_def=DOMAINS,
    group_name="synthesis",
    kinds={"python", "polars"},
    owners=["team:data"],
    code_version=synthesis_version(),
)
def derived_tasks(
    context: dg.AssetExecutionContext, execution_traces: pl.LazyFrame, tool_pool: pl.LazyFrame, production: Production
) -> dg.Output[pl.DataFrame]:
    """Question, typed answer, toolset with distractors, and the program that is the task's certificate."""
    tools = tools_in_pool(tool_pool.collect(), load_registry())
    sound = execution_traces.filter(pl.col("failure") == "")
    parts = [
        task_table(derive_task(trace, tools, production.release_seed) for trace in traces_of(rows))
        for (rows,) in blocks_of_domain(context.partition_key, sound)
    ]
    frame = pl.concat([task_table([]), *parts])
    by_pattern = dict(frame["pattern"].value_counts().iter_rows())
    return table_output(frame, derived=frame.height, by_pattern=counts_table(by_pattern, "pattern"))


@dg.asset_check(asset=derived_tasks, partitions_def=DOMAINS, blocking=True)
def questions_are_written(derived_tasks: pl.LazyFrame) -> dg.AssetCheckResult:
    """No question is empty or holds an unfilled slot."""
    faulty = derived_tasks.filter(
        pl.col("question").str.contains(r"\{[a-z_]+\}") | (pl.col("question").str.len_chars() < 12)
    )
    return dg.AssetCheckResult(passed=(count := faulty.collect().height) == 0, metadata={"faulty": count})
