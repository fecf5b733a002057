"""The tool pool as a table, and back to the tools that can be called."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from dive_assets.tables import require_columns
from dive_assets.tools.canonical import canonical_json
from dive_assets.tools.registry import Registry
from dive_assets.tools.tool import Tool

POOL_FLOORS = {"tools": 20, "R": 8, "P": 8}
POOL_COLUMNS: dict[str, pl.DataType] = {
    "name": pl.String(),
    "domain": pl.String(),
    "kind": pl.String(),
    "description": pl.String(),
    "version": pl.String(),
    "determinism": pl.String(),
    "licences": pl.String(),
    "probes": pl.Int64(),
    "input_schema": pl.String(),
    "output_schema": pl.String(),
}


class StalePool(RuntimeError):
    """The pool was validated with another version of a tool."""


def pool_table(tools: Iterable[Tool]) -> pl.DataFrame:
    """One row a tool, sorted by name."""
    rows = [
        {
            "name": tool.name,
            "domain": tool.domain,
            "kind": tool.kind,
            "description": tool.description,
            "version": tool.version,
            "determinism": tool.determinism,
            "licences": "; ".join(
                sorted({f"{s.package or 'python'}: {s.data_licence or s.licence}" for s in tool.sources})
            ),
            "probes": len(tool.probes),
            "input_schema": canonical_json(tool.input_schema),
            "output_schema": canonical_json(tool.output_schema),
        }
        for tool in sorted(tools, key=lambda t: t.name)
    ]
    return pl.DataFrame(rows, schema=POOL_COLUMNS, orient="row")


def pool_floors_missed(pool: pl.DataFrame) -> list[str]:
    """Which floors the pool misses, each as a sentence."""
    counts = {"tools": pool.height, **{kind: pool.filter(pl.col("kind") == kind).height for kind in ("R", "P")}}
    return [f"{counts[k]} {k}, at least {floor} are needed" for k, floor in POOL_FLOORS.items() if counts[k] < floor]


def tools_in_pool(pool: pl.DataFrame, registry: Registry) -> dict[str, Tool]:
    """The callable tools of a pool. Raises StalePool if a tool has changed since it was validated."""
    require_columns(pool, POOL_COLUMNS, "the tool pool")
    found = {}
    for name, version in pool.select("name", "version").iter_rows():
        tool = registry.tools.get(name)
        if tool is None or tool.version != version:
            raise StalePool(f"tool {name!r} has changed since the pool was validated: materialize tool_pool again")
        found[name] = tool
    return found
