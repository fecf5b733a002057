"""Builds a release: a folder laid out as a Hub dataset repository.

    data/<domain>/train-*.parquet   verified tasks, one config a domain
    data/unanswerable/              tasks whose toolset lacks a tool that nothing replaces, of all domains
    data/tools/ data/cassette/      what the tools are, and their recorded calls
    manifest.json README.md plots/

It is written beside the old one and swapped in by renaming: a crash leaves the old release whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from dive_assets import __version__
from dive_assets.publishing.card import render_card
from dive_assets.publishing.cassette import Cassette, CassetteEntry, call_keys, entry_row
from dive_assets.publishing.errors import ReleaseError
from dive_assets.publishing.folders import replacing
from dive_assets.publishing.manifest import (
    CASSETTE,
    MANIFEST_FILE,
    TOOLS,
    UNANSWERABLE,
    DomainEntry,
    Funnel,
    Manifest,
    ReleaseConfig,
    config_path,
    environment_here,
    file_entries,
    packages_of,
    pool_fingerprint,
)
from dive_assets.publishing.parquet import CASSETTE_SCHEMA, TASK_SCHEMA, TOOL_SCHEMA, table_of, write_table
from dive_assets.publishing.tool_table import tool_rows
from dive_assets.records import Task
from dive_assets.tables import task_table
from dive_assets.tools.tool import Tool
from dive_assets.verification.duplicates import DuplicateIndex
from dive_assets.verification.replay import replay
from dive_assets.verification.subject import CheckFailed, Subject
from dive_assets.verification.verify import check_statically


@dataclass(frozen=True)
class DomainContents:
    """What a release holds of one domain; `tasks` in order of index, unanswerable ones included."""

    tasks: Sequence[Task]
    cassette: Sequence[CassetteEntry]
    tools: Mapping[str, Tool]
    funnel: Funnel


@dataclass(frozen=True)
class ReleaseContents:
    """Everything that goes into a release.

    domains    name and contents, in order; read once, one after the other, so that only one is in memory.
    diversity  one row of metrics a domain.
    judges     error rates of the judges; none if no model judged.
    expenses   calls, tokens and cost by stage and model; none if no model was asked.
    """

    domains: Iterable[tuple[str, DomainContents]]
    config: ReleaseConfig
    diversity: Sequence[Mapping[str, Any]] = ()
    plots: Mapping[str, bytes] = field(default_factory=dict)
    judges: Sequence[Mapping[str, Any]] = ()
    expenses: Sequence[Mapping[str, Any]] = ()


def build_release(folder: Path, contents: ReleaseContents) -> Manifest:
    """Check every task again, write the release to `folder` and return its manifest.

    A task whose question nearly repeats one of an earlier domain is left out and counted. Equal
    contents give equal bytes. Raises ReleaseError, naming the task, if one does not pass; OSError if
    the folder cannot be written. In both cases an older release stays as it was.
    """
    with replacing(folder) as unfinished:
        return _write(unfinished, contents)


def _require_verified(domain: str, part: DomainContents) -> None:
    """An upstream check binds only its own run: what is published is checked here."""
    duplicates, cassette = DuplicateIndex(), Cassette(part.cassette)
    for task in part.tasks:
        try:
            outputs = replay(task, cassette.call)
        except CheckFailed as failed:
            raise ReleaseError(
                f"task {task.task_id} fails the check replay ({failed}): verify {domain} again"
            ) from None
        verdict = check_statically(Subject(task, outputs, part.tools), duplicates)
        if not verdict.passed:
            reason = next(c.reason for c in verdict.checks if not c.passed)
            raise ReleaseError(
                f"task {task.task_id} fails the check {verdict.reason} ({reason}): verify {domain} again"
            )


@dataclass
class _Gathered:
    """What accumulates while the domains are written one after the other."""

    across: DuplicateIndex = field(default_factory=DuplicateIndex)
    rows: dict[str, int] = field(default_factory=dict)
    domains: dict[str, DomainEntry] = field(default_factory=dict)
    pools: dict[str, Mapping[str, Tool]] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    recorded: list[pa.Table] = field(default_factory=list)
    unanswerable: list[dict[str, Any]] = field(default_factory=list)
    examples: list[Task] = field(default_factory=list)


def _write_domain(folder: Path, domain: str, part: DomainContents, gathered: _Gathered) -> None:
    _require_verified(domain, part)
    fresh = [task for task in part.tasks if not gathered.across.nearest(task.question)]
    for task in fresh:
        gathered.across.add(task)
    answerable = [task for task in fresh if task.answerable]
    unanswerable = [task for task in fresh if not task.answerable]
    path = folder / config_path(domain)
    gathered.rows[domain] = write_table(path, table_of(task_table(answerable).to_dicts(), TASK_SCHEMA), TASK_SCHEMA)
    gathered.unanswerable += task_table(unanswerable).to_dicts()
    used = {key for task in fresh for key in call_keys(task)} - gathered.keys
    gathered.keys |= used
    entries = (entry_row(entry) for entry in part.cassette if entry.key in used)
    gathered.recorded.append(table_of(entries, CASSETTE_SCHEMA))
    gathered.pools[domain] = part.tools
    gathered.examples += [t for t in answerable if 3 <= len(t.program) <= 5][:1] or answerable[:1]
    gathered.domains[domain] = DomainEntry(
        tasks=len(answerable),
        unanswerable=len(unanswerable),
        near_duplicates=len(part.tasks) - len(fresh),
        tools=len(part.tools),
        tool_pool=pool_fingerprint((name, tool.version) for name, tool in part.tools.items()),
        funnel=part.funnel,
    )


def _write(folder: Path, contents: ReleaseContents) -> Manifest:
    gathered = _Gathered()
    for domain, part in contents.domains:
        _write_domain(folder, domain, part, gathered)
    if not gathered.domains:
        raise ReleaseError("there is no verified domain: materialize verified_tasks first")
    rows = gathered.rows
    unanswerable, tools = table_of(gathered.unanswerable, TASK_SCHEMA), table_of(tool_rows(gathered.pools), TOOL_SCHEMA)
    rows[UNANSWERABLE] = write_table(folder / config_path(UNANSWERABLE), unanswerable, TASK_SCHEMA)
    rows[TOOLS] = write_table(folder / config_path(TOOLS), tools, TOOL_SCHEMA)
    recorded = pa.concat_tables(gathered.recorded).sort_by("key")
    rows[CASSETTE] = write_table(folder / config_path(CASSETTE), recorded, CASSETTE_SCHEMA)
    (folder / "plots").mkdir()
    for name, png in contents.plots.items():
        (folder / "plots" / f"{name}.png").write_bytes(png)
    packages = packages_of({name: tool for pool in gathered.pools.values() for name, tool in pool.items()}.values())
    plots = [f"{name}.png" for name in sorted(contents.plots)]
    card = render_card(
        gathered.examples,
        gathered.domains,
        packages,
        contents.diversity,
        plots,
        contents.judges,
        contents.expenses,
    )
    (folder / "README.md").write_text(card, encoding="utf-8")
    counts = {config_path(config): count for config, count in rows.items()}
    manifest = Manifest(
        project_version=__version__,
        config=contents.config,
        environment=environment_here(),
        domains=gathered.domains,
        rows=rows,
        packages=packages,
        files=file_entries(folder, counts),
    )
    (folder / MANIFEST_FILE).write_bytes(manifest.to_json())
    return manifest
