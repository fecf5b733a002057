"""Checks a release as somebody who downloaded it: files, rows, and a replay of every task."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from dive_assets.publishing.cassette import call_keys
from dive_assets.publishing.manifest import UNANSWERABLE, Manifest, file_hash, load_manifest
from dive_assets.publishing.reading import read_cassette, read_tasks
from dive_assets.records import Task
from dive_assets.tools.canonical import content_hash
from dive_assets.tools.registry import Registry
from dive_assets.verification.duplicates import DuplicateIndex
from dive_assets.verification.replay import CallByName, replay
from dive_assets.verification.subject import CheckFailed, Subject
from dive_assets.verification.verify import check_statically

TASKS_AT_ONCE = 2000  # the recorded calls are read through once for so many


@dataclass
class ReleaseReport:
    """What was found: `failures` are (task id or file, check, reason); `executed` tasks were replayed with the tools
    themselves too."""

    tasks: int = 0
    replayed: int = 0
    executed: int = 0
    failures: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        return not self.failures and self.tasks > 0


def verify_release(
    folder: Path,
    registry: Registry,
    call: CallByName | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
    sample: int | None = None,
) -> ReleaseReport:
    """Check the files of a release, then every task: replay from the cassette and, if given, through `call`
    (only about `sample` of the tasks, if that is given too).

    Rows are checked even if a file's hash does not fit, so that the altered task is named. The packages of the
    tools need not be installed, unless `call` executes them.
    Raises ReleaseError if the release cannot be read at all.
    """
    manifest, report = load_manifest(folder), ReleaseReport()
    _check_files(folder, manifest, report)
    total = sum(entry.tasks + entry.unanswerable for entry in manifest.domains.values())
    used: set[str] = set()
    for config in (*manifest.domains, UNANSWERABLE):
        duplicates, remaining = DuplicateIndex(), read_tasks(folder, manifest, config)
        while tasks := list(islice(remaining, TASKS_AT_ONCE)):
            keys = {key for task in tasks for key in call_keys(task)}
            cassette = read_cassette(folder, manifest, keys)
            report.failures += [(key, "cassette", why) for key, why in cassette.faults if key.split()[0] not in used]
            used |= keys
            for task in tasks:
                report.tasks += 1
                live = call if sample is None or chosen(task, sample, total) else None
                _check_task(task, registry, cassette.call, live, duplicates, report)
                if task.answerable == (config == UNANSWERABLE):
                    report.failures.append((task.task_id, "config", f"does not belong into {config!r}"))
                progress(report.tasks, total)
    unused = read_cassette(folder, manifest, used, others=True)
    report.failures += [(key, "cassette", reason) for key, reason in unused.faults]
    return report


def chosen(task: Task, sample: int, total: int) -> bool:
    """Whether a task is in a sample of about `sample` out of `total`, drawn by the hash of its id."""
    return int(content_hash(task.task_id)[:8], 16) < sample / max(1, total) * 2**32


def _check_files(folder: Path, manifest: Manifest, report: ReleaseReport) -> None:
    for name, entry in manifest.files.items():
        path = folder / name
        if not path.is_file():
            report.failures.append((name, "file", "is missing"))
        elif file_hash(path) != entry.sha256:
            report.failures.append((name, "file", "does not fit its SHA-256 in the manifest"))


def _check_task(
    task: Task,
    registry: Registry,
    recorded: CallByName,
    live: CallByName | None,
    duplicates: DuplicateIndex,
    report: ReleaseReport,
) -> None:
    try:
        outputs = replay(task, recorded)
        if live is not None:
            replay(task, live)
            report.executed += 1
    except CheckFailed as failed:
        report.failures.append((task.task_id, "replay", str(failed)))
        return
    except (LookupError, TypeError, AttributeError) as error:
        report.failures.append((task.task_id, "replay", f"the program is malformed: {error}"))
        return
    report.replayed += 1
    verdict = check_statically(Subject(task, outputs, registry.declared_for(task.domain)), duplicates)
    report.failures += [(task.task_id, c.name, c.reason) for c in verdict.checks if not c.passed]
