"""What is told of a set of tasks: diversity by domain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from dive_assets.diversity.metrics import diversity_of
from dive_assets.records import Task
from dive_assets.tables import tasks_of


def tasks_by_domain(frame: pl.DataFrame) -> dict[str, list[Task]]:
    """The tasks of each domain in order of index, domains in order of appearance."""
    found: dict[str, list[Task]] = {}
    for task in tasks_of(frame):
        found.setdefault(task.domain, []).append(task)
    return found


def kinds_of(pool: pl.DataFrame) -> dict[str, str]:
    """Tool name -> "R" or "P"."""
    return dict(pool.select("name", "kind").unique().sort("name").iter_rows())


def diversity_table(by_domain: Mapping[str, Sequence[Task]], pool: pl.DataFrame) -> pl.DataFrame:
    """One row of metrics a domain, and a last one, "all", over every task."""
    kinds = kinds_of(pool)
    everything = [task for tasks in by_domain.values() for task in tasks]
    rows = []
    for domain, tasks in [*by_domain.items(), ("all", everything)]:
        offered = {name for task in tasks for name in task.toolset}
        metrics = diversity_of(tasks, kinds, len(kinds) if domain == "all" else len(offered))
        rows.append({"domain": domain, **metrics.model_dump()})
    return pl.DataFrame(rows)
