"""What is told of a set of tasks: diversity by domain."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from dive_assets.diversity.metrics import DiversityMetrics, diversity_of
from dive_assets.diversity.shapes import TaskShape, shape_of
from dive_assets.records import Task
from dive_assets.tools.registry import Registry


def shapes_by_domain(tasks: Iterable[Task], kinds: Mapping[str, str]) -> dict[str, list[TaskShape]]:
    """The shapes of the answerable tasks of each domain, in order of appearance."""
    found: dict[str, list[TaskShape]] = {}
    for task in tasks:
        if task.answerable:
            found.setdefault(task.domain, []).append(shape_of(task, kinds))
    return found


def kinds_of(pool: pl.DataFrame) -> dict[str, str]:
    """Tool name -> "R" or "P"."""
    return dict(pool.select("name", "kind").unique().sort("name").iter_rows())


def operators_of(registry: Registry) -> set[str]:
    """Tools that every domain is offered."""
    return {name for name, tool in registry.declared.items() if tool.everywhere}


def metrics_by_domain(
    by_domain: Mapping[str, Sequence[TaskShape]], kinds: Mapping[str, str], registry: Registry
) -> dict[str, DiversityMetrics]:
    """Metrics of each domain against the tools that it is offered, and of "all" against the whole pool. The tools'
    packages need not be installed."""
    operators = operators_of(registry)
    found = {}
    for domain, shapes in by_domain.items():
        offered = [name for name in kinds if registry.declared[name].offered_in(domain)]
        found[domain] = diversity_of(shapes, offered, operators)
    everything = [shape for shapes in by_domain.values() for shape in shapes]
    return {**found, "all": diversity_of(everything, kinds, operators)}


def diversity_table(metrics: Mapping[str, DiversityMetrics]) -> pl.DataFrame:
    """One row of metrics a domain, and a last one, "all"."""
    return pl.DataFrame([{"domain": domain, **found.model_dump()} for domain, found in metrics.items()])


def plot_table(plots: Mapping[str, bytes]) -> pl.DataFrame:
    """One row a picture: its name, and its PNG in base64."""
    rows = [(name, base64.b64encode(png).decode()) for name, png in plots.items()]
    return pl.DataFrame(rows, schema={"name": pl.String(), "png": pl.String()}, orient="row")


def plots_of(table: pl.DataFrame) -> dict[str, bytes]:
    """The pictures of a `plot_table` by name."""
    return {name: base64.b64decode(png) for name, png in table.iter_rows()}
