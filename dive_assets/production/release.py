"""From the tables of all domains to a release, a block of tasks after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import polars as pl

from dive_assets.diversity.plots import funnel_plot
from dive_assets.production.funnel import funnel_until
from dive_assets.production.tool_pool import tools_in_pool
from dive_assets.production.traces import ProductionSettings
from dive_assets.publishing.cassette import cassette_entries
from dive_assets.publishing.manifest import Funnel, Manifest, ReleaseConfig
from dive_assets.publishing.release import Block, DomainContents, ReleaseContents, build_release
from dive_assets.tables import TraceShelf, blocks_of_domain, of_domain, tasks_of
from dive_assets.tools.registry import load_registry
from dive_assets.tools.tool import Tool


def write_release(
    folder: Path,
    verified: pl.LazyFrame,
    rejected: pl.LazyFrame,
    traces: pl.LazyFrame,
    pool: pl.DataFrame,
    diversity: pl.DataFrame,
    plots: Mapping[str, bytes],
    settings: ProductionSettings,
) -> Manifest:
    """Build the release of the domains that have verified tasks, with `plots` beside one of the funnel. Raises
    ReleaseError."""
    registry = load_registry()
    tools = tools_in_pool(pool.unique(["name", "version"], maintain_order=True), registry)
    names = sorted(verified.select("domain").unique().collect()["domain"])
    funnels = {name: _funnel(name, verified, rejected, traces) for name in names}
    contents = ReleaseContents(
        domains=_domains(names, verified, traces, tools, funnels),
        config=ReleaseConfig(
            tasks=settings.tasks,
            rounds=settings.rounds,
            release_seed=settings.release_seed,
            quotas=settings.quotas.model_dump(mode="json"),
        ),
        diversity=diversity.to_dicts(),
        plots={"funnel": funnel_plot({n: f.model_dump() for n, f in funnels.items()}), **plots},
    )
    return build_release(folder, contents)


def _domains(
    names: list[str],
    verified: pl.LazyFrame,
    traces: pl.LazyFrame,
    tools: Mapping[str, Tool],
    funnels: Mapping[str, Funnel],
) -> Iterator[tuple[str, DomainContents]]:
    for name in names:
        offered = {n: tool for n, tool in tools.items() if tool.offered_in(name)}
        yield name, DomainContents(_blocks(name, verified, traces), offered, funnels[name])


def _blocks(domain: str, verified: pl.LazyFrame, traces: pl.LazyFrame) -> Iterator[Block]:
    for task_rows, trace_rows in blocks_of_domain(domain, verified, traces):
        tasks = list(tasks_of(task_rows))
        yield tasks, cassette_entries(tasks, TraceShelf(trace_rows))


def _funnel(domain: str, verified: pl.LazyFrame, rejected: pl.LazyFrame, traces: pl.LazyFrame) -> Funnel:
    tasks = of_domain(verified.select("domain", "index", "missing_tool"), domain)
    reasons = of_domain(rejected.select("domain", "reason"), domain)["reason"].value_counts().sort("reason")
    answerable = tasks.filter(pl.col("missing_tool") == "").height
    attempts = of_domain(traces.select("domain", "index", "failure"), domain)
    last = max(tasks["index"].to_list(), default=-1)
    return funnel_until(last, attempts, dict(reasons.iter_rows()), answerable, tasks.height - answerable)
