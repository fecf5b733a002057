"""Which patterns a domain can fill, as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import polars as pl

from dive_assets.records import Seed
from dive_assets.synthesis.exemplars import eligible, patterns
from dive_assets.synthesis.type_graph import TypeGraph
from dive_assets.tools.tool import Tool

EXEMPLAR_COLUMNS: dict[str, pl.DataType] = {
    "pattern": pl.String(),
    "reasoning_type": pl.String(),
    "form": pl.String(),
    "length": pl.Int64(),
    "rounds": pl.Int64(),
    "ends": pl.Int64(),
    "example": pl.String(),
}


def exemplar_table(tools: Mapping[str, Tool], seeds: Iterable[Seed], rounds: int) -> pl.DataFrame:
    """One row a pattern; `ends` is the number of (tool, field) pairs it can end in, 0 beyond `rounds`."""
    graph = TypeGraph(tools, Counter(seed.entity_type for seed in seeds))
    admitted = {pattern.name for pattern in eligible(rounds)}
    rows = [
        {
            "pattern": p.name,
            "reasoning_type": p.reasoning_type,
            "form": p.form,
            "length": p.length,
            "rounds": p.rounds,
            "ends": len({step.target for step in graph.endings(p)}) if p.name in admitted else 0,
            "example": p.example,
        }
        for p in patterns()
    ]
    return pl.DataFrame(rows, schema=EXEMPLAR_COLUMNS, orient="row")
