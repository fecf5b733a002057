"""From the tables of all domains to a release."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import polars as pl

from dive_assets.diversity.plots import diversity_plots
from dive_assets.production.report import kinds_of, tasks_by_domain
from dive_assets.production.tool_pool import tools_in_pool
from dive_assets.production.traces import ProductionSettings
from dive_assets.publishing.cassette import cassette_entries
from dive_assets.publishing.manifest import Funnel, Manifest, ReleaseConfig
from dive_assets.publishing.release import DomainContents, ReleaseContents, build_release
from dive_assets.records import Trace
from dive_assets.tables import traces_of
from dive_assets.tools.registry import load_registry


def write_release(
    folder: Path,
    verified: pl.DataFrame,
    rejected: pl.DataFrame,
    traces: pl.DataFrame,
    pool: pl.DataFrame,
    diversity: pl.DataFrame,
    settings: ProductionSettings,
) -> Manifest:
    """Build the release of the domains that have verified tasks. Raises ReleaseError."""
    registry = load_registry()
    tools = tools_in_pool(pool.unique(["name", "version"], maintain_order=True), registry)
    traces_by_domain: dict[str, dict[int, Trace]] = {}
    for trace in traces_of(traces):
        traces_by_domain.setdefault(trace.domain, {})[trace.index] = trace
    by_domain = dict(sorted(tasks_by_domain(verified).items()))
    domains = {}
    for domain, tasks in by_domain.items():
        known = traces_by_domain.get(domain, {})
        reasons = dict(
            rejected.filter(pl.col("task_id").str.starts_with(f"{domain}-"))["reason"]
            .value_counts()
            .sort("reason")
            .iter_rows()
        )
        seen = [trace for index, trace in known.items() if index <= tasks[-1].index]
        failures = Counter(trace.failure for trace in seen if trace.failure)
        domains[domain] = DomainContents(
            tasks=tasks,
            cassette=cassette_entries(tasks, known),
            tools={name: tool for name, tool in tools.items() if tool.offered_in(domain)},
            funnel=Funnel(
                attempted=len(seen),
                executed=sum(trace.form is not None for trace in seen),
                derived=len(tasks) + sum(reasons.values()),
                verified=len(tasks),
                rejected=reasons,
                failed_attempts=dict(sorted(failures.items())),
            ),
        )
    funnels = {domain: part.funnel.model_dump() for domain, part in domains.items()}
    contents = ReleaseContents(
        domains=domains,
        config=ReleaseConfig(tasks=settings.tasks, rounds=settings.rounds, release_seed=settings.release_seed),
        diversity=diversity.to_dicts(),
        plots=diversity_plots(by_domain, kinds_of(pool), funnels),
    )
    return build_release(folder, contents)
