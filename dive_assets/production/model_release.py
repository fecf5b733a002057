"""The release of the tasks of models: derived by a model, or symbolic ones in its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from dive_assets.diversity.plots import diversity_plots, funnel_plot
from dive_assets.production.report import diversity_table, kinds_of, metrics_by_domain, operators_of, shapes_by_domain
from dive_assets.production.tool_pool import tools_in_pool
from dive_assets.production.traces import ProductionSettings
from dive_assets.publishing.cassette import CassetteEntry, cassette_entries
from dive_assets.publishing.errors import ReleaseError
from dive_assets.publishing.manifest import Funnel, Manifest, ReleaseConfig
from dive_assets.publishing.release import DomainContents, ReleaseContents, build_release
from dive_assets.records import Task
from dive_assets.tables import TraceShelf, of_domain, tasks_of
from dive_assets.tools.registry import load_registry
from dive_assets.tools.tool import Tool
from dive_assets.verification.duplicates import DuplicateIndex
from dive_assets.verification.subject import CheckFailed


@dataclass(frozen=True)
class ModelTables:
    """The tables of all domains that a release of model tasks is made from."""

    attempts: pl.LazyFrame
    verified: pl.LazyFrame
    rejected: pl.LazyFrame
    rewritten: pl.LazyFrame
    rejected_rewrites: pl.LazyFrame
    traces: pl.LazyFrame

    @property
    def domains(self) -> list[str]:
        """Domains with tasks, sorted."""
        names = pl.concat([self.verified.select("domain"), self.rewritten.select("domain")])
        return sorted(names.unique().collect()["domain"])

    def tasks(self, domain: str) -> tuple[list[Task], list[Task]]:
        """Tasks that a model derived, and rewritten ones that are no duplicates of them."""
        derived, duplicates = list(tasks_of(of_domain(self.verified, domain))), DuplicateIndex()
        for task in derived:
            duplicates.add(task)
        rewritten = []
        for task in tasks_of(of_domain(self.rewritten, domain)):
            try:
                duplicates.check(task)
            except CheckFailed:
                continue
            duplicates.add(task)
            rewritten.append(task)
        return derived, rewritten

    def funnel(self, domain: str, verified: int) -> Funnel:
        """Attempts and rewrites together; a rewrite that nearly repeats another task counts as rejected."""
        attempts = of_domain(self.attempts.select("domain", "failure", "task"), domain)
        rewrites = of_domain(self.rejected_rewrites.select("domain", "failure", "question"), domain)
        accepted = of_domain(self.rewritten.select("domain"), domain).height
        unmade = [
            *attempts.filter(pl.col("task") == "")["failure"],
            *rewrites.filter(pl.col("question") == "")["failure"],
        ]
        rejected = Counter(attempts.filter((pl.col("task") != "") & (pl.col("failure") != ""))["failure"])
        rejected.update(rewrites.filter(pl.col("question") != "")["failure"])
        rejected.update(of_domain(self.rejected.select("domain", "reason"), domain)["reason"])
        attempted = attempts.height + rewrites.height + accepted
        derived = attempted - len(unmade)
        if repeated := derived - rejected.total() - verified:
            rejected["duplicate"] += repeated
        return Funnel(
            attempted=attempted,
            executed=derived,
            derived=derived,
            verified=verified,
            rejected=dict(sorted(rejected.items())),
            failed_attempts=dict(sorted(Counter(unmade).items())),
        )


def write_model_release(
    folder: Path,
    tables: ModelTables,
    pool: pl.DataFrame,
    judges: pl.DataFrame,
    expenses: list[dict[str, object]],
    settings: ProductionSettings,
) -> Manifest:
    """Build the release. Raises ReleaseError, naming the task, if one does not pass the checks again."""
    registry = load_registry()
    tools = tools_in_pool(pool.unique(["name", "version"], maintain_order=True), registry)
    kinds, names = kinds_of(pool), tables.domains
    if not names:
        raise ReleaseError("no task of a model passed every check, so there is nothing to release")
    shapes = shapes_by_domain((task for name in names for part in tables.tasks(name) for task in part), kinds)
    funnels = {name: tables.funnel(name, sum(map(len, tables.tasks(name)))) for name in names}
    contents = ReleaseContents(
        domains=_domains(tables, funnels, tools),
        config=ReleaseConfig(tasks=settings.tasks, rounds=settings.rounds, release_seed=settings.release_seed),
        diversity=diversity_table(metrics_by_domain(shapes, kinds, registry)).to_dicts(),
        plots={
            "funnel": funnel_plot({name: funnel.model_dump() for name, funnel in funnels.items()}),
            **diversity_plots(shapes, kinds, operators_of(registry)),
        },
        judges=judges.to_dicts(),
        expenses=expenses,
    )
    return build_release(folder, contents)


def _domains(
    tables: ModelTables, funnels: Mapping[str, Funnel], tools: Mapping[str, Tool]
) -> Iterator[tuple[str, DomainContents]]:
    for name, funnel in funnels.items():
        derived, rewritten = tables.tasks(name)
        entries: dict[str, CassetteEntry] = {}
        for tasks, traces in ((derived, tables.attempts), (rewritten, tables.traces)):
            found = cassette_entries(tasks, TraceShelf(of_domain(traces, name)))
            entries |= {entry.key: entry for entry in found}
        block = ([*derived, *rewritten], [entries[key] for key in sorted(entries)])
        offered = {n: tool for n, tool in tools.items() if tool.offered_in(name)}
        yield name, DomainContents([block], offered, funnel)
