"""tool_pool: the tools of a domain whose probes ran for real, twice, in isolation, and gave what they should."""

import dagster as dg
import polars as pl

from dive_assets.defs.metadata import counts_table, markdown_table, table_output
from dive_assets.domains import DOMAINS
from dive_assets.production.tool_pool import POOL_FLOORS, pool_floors_missed, pool_table
from dive_assets.tools.registry import load_registry
from dive_assets.tools.validation import validate_tools
from resources.production import Production


@dg.asset(
    partitions_def=DOMAINS,
    group_name="sources",
    kinds={"python", "polars"},
    owners=["team:data"],
    code_version="1",
)
def tool_pool(context: dg.AssetExecutionContext, production: Production) -> dg.Output[pl.DataFrame]:
    """Validated tools that tasks of the domain may use, with schemas, licences and versions."""
    registry = load_registry()
    tools = registry.tools_of(context.partition_key)
    for message in registry.absent.values():
        context.log.warning(message)
    reports = validate_tools(tools.values(), production.making, production.checking)
    failed = [r for r in reports if not r.passed]
    for report in failed:
        context.log.warning("%s is not in the pool: %s", report.name, report.reason)
    pool = pool_table([tools[r.name] for r in reports if r.passed])
    return table_output(
        pool,
        tools=pool.height,
        failed=len(failed),
        failures=markdown_table([r.model_dump() for r in failed]),
        licences=counts_table(dict(pool["licences"].value_counts().iter_rows()), "licence"),
        slowest_probe_ms=max(r.milliseconds for r in reports),
    )


@dg.asset_check(asset=tool_pool, partitions_def=DOMAINS, blocking=True)
def enough_tools(tool_pool: pl.LazyFrame) -> dg.AssetCheckResult:
    """At least 20 tools, 8 of them retrieval and 8 processing."""
    missed = pool_floors_missed(tool_pool.collect())
    return dg.AssetCheckResult(
        passed=not missed, description="; ".join(missed), metadata={"floors": dg.MetadataValue.json(POOL_FLOORS)}
    )
