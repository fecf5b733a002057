"""Builds a release: a folder laid out as a Hub dataset repository.

    data/<domain>/train-*.parquet   verified tasks, one config a domain
    data/tools/ data/cassette/      what the tools are, and their recorded calls
    manifest.json README.md plots/

It is written beside the old one and swapped in by renaming: a crash leaves the old release whole.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dive_assets import __version__
from dive_assets.publishing.card import render_card
from dive_assets.publishing.cassette import Cassette, CassetteEntry, entry_row
from dive_assets.publishing.errors import ReleaseError
from dive_assets.publishing.manifest import (
    CASSETTE,
    MANIFEST_FILE,
    TOOLS,
    DomainEntry,
    FileEntry,
    Funnel,
    Manifest,
    ReleaseConfig,
    config_path,
    file_hash,
    packages_of,
    pool_fingerprint,
)
from dive_assets.publishing.parquet import CASSETTE_SCHEMA, TASK_SCHEMA, TOOL_SCHEMA, write_table
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
    """What a release holds of one domain."""

    tasks: Sequence[Task]
    cassette: Sequence[CassetteEntry]
    tools: Mapping[str, Tool]
    funnel: Funnel


@dataclass(frozen=True)
class ReleaseContents:
    """Everything that goes into a release. `diversity` has one row of metrics a domain."""

    domains: Mapping[str, DomainContents]
    config: ReleaseConfig
    diversity: Sequence[Mapping[str, Any]] = ()
    plots: Mapping[str, bytes] = field(default_factory=dict)


def build_release(folder: Path, contents: ReleaseContents) -> Manifest:
    """Check every task again, write the release to `folder` and return its manifest.

    Equal contents give equal bytes. Raises ReleaseError, naming the task, if one does not pass;
    OSError if the folder cannot be written. In both cases an older release stays as it was.
    """
    if not contents.domains:
        raise ReleaseError("there is no verified domain: materialize verified_tasks first")
    for domain, part in contents.domains.items():
        _require_verified(domain, part)
    unfinished = folder.with_name(f".{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        manifest = _write(unfinished, contents)
        _swap(unfinished, folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return manifest


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


def _write(folder: Path, contents: ReleaseContents) -> Manifest:
    rows: dict[str, int] = {}
    for domain, part in sorted(contents.domains.items()):
        rows[domain] = write_table(folder / config_path(domain), task_table(part.tasks).to_dicts(), TASK_SCHEMA)
    pools = {domain: part.tools for domain, part in contents.domains.items()}
    rows[TOOLS] = write_table(folder / config_path(TOOLS), tool_rows(pools), TOOL_SCHEMA)
    entries = {entry.key: entry for part in contents.domains.values() for entry in part.cassette}
    recorded = [entry_row(entries[key]) for key in sorted(entries)]
    rows[CASSETTE] = write_table(folder / config_path(CASSETTE), recorded, CASSETTE_SCHEMA)
    (folder / "plots").mkdir()
    for name, png in contents.plots.items():
        (folder / "plots" / name).write_bytes(png)
    tools = {name: tool for pool in pools.values() for name, tool in pool.items()}
    domains = {
        domain: DomainEntry(
            tasks=len(part.tasks),
            tools=len(part.tools),
            tool_pool=pool_fingerprint((name, tool.version) for name, tool in part.tools.items()),
            funnel=part.funnel,
        )
        for domain, part in sorted(contents.domains.items())
    }
    packages = packages_of(tools.values())
    card = render_card(contents.domains, domains, packages, contents.diversity, sorted(contents.plots))
    (folder / "README.md").write_text(card, encoding="utf-8")
    by_path = {config_path(config): count for config, count in rows.items()}
    files = {
        str(path.relative_to(folder)): FileEntry(
            sha256=file_hash(path), bytes=path.stat().st_size, rows=by_path.get(str(path.relative_to(folder)))
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    manifest = Manifest(
        project_version=__version__,
        config=contents.config,
        domains=domains,
        rows=rows,
        packages=packages,
        files=files,
    )
    (folder / MANIFEST_FILE).write_bytes(manifest.to_json())
    return manifest


def _swap(new: Path, folder: Path) -> None:
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
