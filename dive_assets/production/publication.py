"""From a release and the tables of the graph to a published set that may be shown: everything is checked here again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from dive_assets.production.decontamination import ContaminationReport, find_contaminated
from dive_assets.production.progress import Progress
from dive_assets.publishing.chats import Chats
from dive_assets.publishing.decontamination import Benchmark
from dive_assets.publishing.errors import ReleaseError
from dive_assets.publishing.manifest import UNANSWERABLE, Manifest, load_manifest
from dive_assets.publishing.publication import PublicationInputs, build_publication
from dive_assets.publishing.reading import read_all_tasks, read_tasks
from dive_assets.publishing.verify import verify_release
from dive_assets.tools.registry import load_registry
from dive_assets.trajectories.submission import wrong_submission

NAMED = 5  # rows that an error names


def require_publishable(
    release: Path, trajectories: pl.LazyFrame, rejected: pl.LazyFrame, benchmarks: Sequence[Benchmark]
) -> ContaminationReport:
    """Check a release as if nobody had: the checks upstream bind only their own run.

    Every file has its hash, every task passes every check and replays from the cassette, none is rejected or overlaps
    with a benchmark, every chat submits its task's answer. Raises ReleaseError naming the rows.
    """
    progress = Progress("published set: checked", 1)

    def told(done: int, total: int) -> None:
        progress.total = total
        progress.update(done)

    found = verify_release(release, load_registry(), progress=told)
    _refuse("fail verification", [f"{name} ({check}: {reason})" for name, check, reason in found.failures])
    if not found.tasks:
        raise ReleaseError(f"{release} holds no task: there is nothing to publish")
    manifest = load_manifest(release)
    refused = set(rejected.select("task_id").collect()["task_id"])
    _refuse("are rejected", [t.task_id for t in read_all_tasks(release, manifest) if t.task_id in refused])
    contamination = find_contaminated(read_all_tasks(release, manifest), benchmarks)
    _refuse(
        "are contaminated",
        [f"{name} ({what} shares {o.words!r} with {o.benchmark})" for name, what, o in contamination.overlaps],
    )
    _refuse("have a chat that does not answer them", _wrong_chats(release, manifest, trajectories))
    return contamination


def _wrong_chats(release: Path, manifest: Manifest, trajectories: pl.LazyFrame) -> list[str]:
    return [
        f"{task.task_id} ({chat.teacher}: {reason})"
        for domain in manifest.domains
        for chats in [Chats(trajectories, domain)]
        for config in (domain, UNANSWERABLE)
        for task in read_tasks(release, manifest, config)
        if task.domain == domain
        for chat in chats.of(task.task_id)
        if (reason := wrong_submission(chat, task))
    ]


def _refuse(why: str, rows: Sequence[str]) -> None:
    if rows:
        more = f" and {len(rows) - NAMED} more" if len(rows) > NAMED else ""
        raise ReleaseError(f"{len(rows)} rows {why}, nothing is published: {'; '.join(rows[:NAMED])}{more}")


def write_publication(folder: Path, release: Path, inputs: PublicationInputs) -> Manifest:
    """Build the published set, with progress. Raises ReleaseError."""
    progress = Progress("published set: written", 1)

    def told(done: int, total: int) -> None:
        progress.total = total
        progress.update(done)

    return build_publication(folder, release, inputs, told)
