"""seed_pool: the entities that tasks of a domain start from, read from the data that packages carry."""

import dagster as dg
import polars as pl

from dive_assets.defs.metadata import counts_table, table_output
from dive_assets.domains import DOMAINS
from dive_assets.production.seed_pool import read_seed_pool
from dive_assets.tables import seed_table
from dive_assets.tools.registry import load_registry
from resources.production import Production

SEED_FLOOR = 500


@dg.asset(
    partitions_def=DOMAINS,
    group_name="sources",
    kinds={"python", "polars"},
    owners=["team:data"],
    code_version="1",
)
def seed_pool(context: dg.AssetExecutionContext, production: Production) -> dg.Output[pl.DataFrame]:
    """Typed, labelled seeds with source and licence."""
    sources = load_registry().seed_sources_of(context.partition_key)
    frame = seed_table(read_seed_pool(sources.values(), production.making))
    by_type = dict(frame["entity_type"].value_counts().iter_rows())
    return table_output(frame, seeds=frame.height, by_type=counts_table(by_type, "entity type"))


@dg.asset_check(asset=seed_pool, partitions_def=DOMAINS, blocking=True)
def enough_seeds(seed_pool: pl.LazyFrame) -> dg.AssetCheckResult:
    """At least 500 distinct seeds, each with a source and a licence."""
    frame = seed_pool.collect()
    bare = frame.filter((pl.col("source") == "") | (pl.col("licence") == "")).height
    return dg.AssetCheckResult(passed=frame.height >= SEED_FLOOR and not bare, metadata={"seeds": frame.height})
