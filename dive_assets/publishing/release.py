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
from dive_assets.publishing.parquet import (
    CASSETTE_SCHEMA,
    TASK_SCHEMA,
    TOOL_SCHEMA,
    SortedTable,
    TableWriter,
    table_of,
    write_table,
)
from dive_assets.publishing.tool_table import tool_rows
from dive_assets.records import Task
from dive_assets.tables import task_table
from dive_assets.tools.tool import Tool
from dive_assets.verification.duplicates import DuplicateIndex
from dive_assets.verification.replay import replay
from dive_assets.verification.subject import CheckFailed, Subject
from dive_assets.verification.verify import check_statically

Block = tuple[Sequence[Task], Sequence[CassetteEntry]]  # some tasks, and the recorded calls that they need


@dataclass(frozen=True)
class DomainContents:
    """What a release holds of one domain; `blocks` have its tasks in order of index, unanswerable ones included, and
    are read once, one after the other, so that only one is in memory."""

    blocks: Iterable[Block]
    tools: Mapping[str, Tool]
    funnel: Funnel


@dataclass(frozen=True)
class ReleaseContents:
    """Everything that goes into a release.

    domains    name and contents, in order; read once.
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


def _require_verified(domain: str, block: Block, tools: Mapping[str, Tool], duplicates: DuplicateIndex) -> None:
    """An upstream check binds only its own run: what is published is checked here."""
    tasks, entries = block
    cassette = Cassette(entries)
    for task in tasks:
        try:
            outputs = replay(task, cassette.call)
        except CheckFailed as failed:
            raise ReleaseError(
                f"task {task.task_id} fails the check replay ({failed}): verify {domain} again"
            ) from None
        verdict = check_statically(Subject(task, outputs, tools), duplicates)
        if not verdict.passed:
            reason = next(c.reason for c in verdict.checks if not c.passed)
            raise ReleaseError(
                f"task {task.task_id} fails the check {verdict.reason} ({reason}): verify {domain} again"
            )


@dataclass
class _Gathered:
    """What accumulates while the domains are written one after the other."""

    unanswerable: TableWriter
    recorded: SortedTable
    across: DuplicateIndex = field(default_factory=DuplicateIndex)
    rows: dict[str, int] = field(default_factory=dict)
    domains: dict[str, DomainEntry] = field(default_factory=dict)
    pools: dict[str, Mapping[str, Tool]] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    examples: list[Task] = field(default_factory=list)

    def record(self, tasks: Iterable[Task], entries: Iterable[CassetteEntry]) -> None:
        """Keep the calls of `tasks` that no earlier task had."""
        used = {key for task in tasks for key in call_keys(task)} - self.keys
        self.keys |= used
        self.recorded.write(table_of((entry_row(entry) for entry in entries if entry.key in used), CASSETTE_SCHEMA))


def _write_domain(folder: Path, domain: str, part: DomainContents, gathered: _Gathered) -> None:
    duplicates, examples, repeated = DuplicateIndex(), list[Task](), 0
    with TableWriter(folder / config_path(domain), TASK_SCHEMA) as writer:
        before = gathered.unanswerable.rows
        for tasks, entries in part.blocks:
            _require_verified(domain, (tasks, entries), part.tools, duplicates)
            fresh = [task for task in tasks if not gathered.across.nearest(task.question)]
            for task in fresh:
                gathered.across.add(task)
            answerable = [task for task in fresh if task.answerable]
            writer.write(_rows(answerable))
            gathered.unanswerable.write(_rows(task for task in fresh if not task.answerable))
            gathered.record(fresh, entries)
            examples = sorted([*examples, *answerable], key=lambda task: not 3 <= len(task.program) <= 5)[:1]
            repeated += len(tasks) - len(fresh)
    gathered.rows[domain] = writer.rows
    gathered.pools[domain] = part.tools
    gathered.examples += examples
    gathered.domains[domain] = DomainEntry(
        tasks=writer.rows,
        unanswerable=gathered.unanswerable.rows - before,
        near_duplicates=repeated,
        tools=len(part.tools),
        tool_pool=pool_fingerprint((name, tool.version) for name, tool in part.tools.items()),
        funnel=part.funnel,
    )


def _rows(tasks: Iterable[Task]) -> pa.Table:
    return table_of(task_table(tasks).to_dicts(), TASK_SCHEMA)


def _write(folder: Path, contents: ReleaseContents) -> Manifest:
    with (
        TableWriter(folder / config_path(UNANSWERABLE), TASK_SCHEMA) as unanswerable,
        SortedTable(folder / config_path(CASSETTE), CASSETTE_SCHEMA, "key") as recorded,
    ):
        gathered = _Gathered(unanswerable, recorded)
        for domain, part in contents.domains:
            _write_domain(folder, domain, part, gathered)
        if not gathered.domains:
            raise ReleaseError("there is no verified domain: materialize verified_tasks first")
    tools = table_of(tool_rows(gathered.pools), TOOL_SCHEMA)
    rows = {**gathered.rows, UNANSWERABLE: unanswerable.rows, CASSETTE: recorded.rows}
    rows[TOOLS] = write_table(folder / config_path(TOOLS), tools, TOOL_SCHEMA)
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
