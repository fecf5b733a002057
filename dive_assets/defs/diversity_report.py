"""diversity_report: how different the verified tasks are, measured and drawn."""

from typing import Any

import dagster as dg
import polars as pl

from dive_assets.defs.metadata import markdown_table, table_output
from dive_assets.diversity import plots
from dive_assets.production.report import diversity_table, kinds_of, tasks_by_domain

GATHERED = dg.AssetIn(metadata={"allow_missing_partitions": True})


@dg.asset(
    ins={"verified_tasks": GATHERED, "tool_pool": GATHERED},
    group_name="release",
    kinds={"python", "polars"},
    owners=["team:data"],
    code_version="1",
)
def diversity_report(verified_tasks: pl.LazyFrame, tool_pool: pl.LazyFrame) -> dg.Output[pl.DataFrame]:
    """Metrics a domain and over all, with the long tail of tools, accumulation curves and reasoning types."""
    by_domain, pool = tasks_by_domain(verified_tasks.collect()), tool_pool.collect()
    kinds = kinds_of(pool)
    frame = diversity_table(by_domain, pool)
    everything = [task for tasks in by_domain.values() for task in tasks]
    images = {
        "tool_frequency": plots.tool_frequency_plot(everything, kinds),
        "accumulation": plots.accumulation_plot(by_domain, kinds),
        "reasoning_types": plots.reasoning_plot(by_domain),
        "calls": plots.difficulty_plot(by_domain),
    }
    shown: dict[str, Any] = {n: dg.MetadataValue.md(plots.png_markdown(png, n)) for n, png in images.items()}
    return table_output(frame, metrics=markdown_table(frame.to_dicts()), **shown)


@dg.asset_check(asset=diversity_report, blocking=True)
def tools_are_used(diversity_report: pl.LazyFrame) -> dg.AssetCheckResult:
    """Every domain has more than one topology class, and no metric is empty."""
    frame = diversity_report.collect()
    poor = frame.filter((pl.col("topology_classes") < 2) & (pl.col("tasks") > 20))["domain"].to_list()
    empty = sum(frame.null_count().row(0))
    return dg.AssetCheckResult(passed=not poor and not empty, description=", ".join(poor))
