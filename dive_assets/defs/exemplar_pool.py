"""exemplar_pool: the structural patterns that the domain's tools and seeds can fill."""

import dagster as dg
import polars as pl

from dive_assets.defs.metadata import counts_table, table_output
from dive_assets.domains import DOMAINS
from dive_assets.production.exemplar_pool import exemplar_table
from dive_assets.production.tool_pool import tools_in_pool
from dive_assets.tables import seeds_of
from dive_assets.tools.registry import load_registry
from resources.production import Production

PATTERN_FLOOR = 30


@dg.asset(
    partitions_def=DOMAINS,
    group_name="sources",
    kinds={"python", "polars"},
    owners=["team:data"],
    code_version="1",
)
def exemplar_pool(
    context: dg.AssetExecutionContext, tool_pool: pl.LazyFrame, seed_pool: pl.LazyFrame, production: Production
) -> dg.Output[pl.DataFrame]:
    """Patterns of tool use with their reasoning type, rounds and the number of (tool, field) ends that fit."""
    tools = tools_in_pool(tool_pool.collect(), load_registry())
    frame = exemplar_table(tools, seeds_of(seed_pool.collect()), production.rounds)
    usable = frame.filter(pl.col("ends") > 0)
    by_type = dict(usable["reasoning_type"].value_counts().iter_rows())
    return table_output(frame, usable_patterns=usable.height, by_reasoning_type=counts_table(by_type, "reasoning type"))


@dg.asset_check(asset=exemplar_pool, partitions_def=DOMAINS, blocking=True)
def enough_patterns(exemplar_pool: pl.LazyFrame, production: Production) -> dg.AssetCheckResult:
    """At least 30 patterns can be filled, if the run admits all rounds."""
    usable = exemplar_pool.filter(pl.col("ends") > 0).collect().height
    floor = PATTERN_FLOOR if production.rounds >= 3 else 1
    return dg.AssetCheckResult(passed=usable >= floor, metadata={"usable_patterns": usable, "floor": floor})
