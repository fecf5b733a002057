"""Drift: what the tools answer today, against what a release recorded.

A snapshot tool answers from the data of an installed package, a live one from the world; both may change, and then
tasks of an older release have other answers. Static tools compute, and are not asked again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from dive_assets.publishing.cassette import Cassette, call_keys
from dive_assets.publishing.manifest import TOOLS, UNANSWERABLE, Manifest, load_manifest
from dive_assets.publishing.parquet import TOOL_SCHEMA, read_batches
from dive_assets.publishing.reading import read_cassette, read_tasks
from dive_assets.publishing.verify import chosen
from dive_assets.records import Task
from dive_assets.tools.canonical import canonical_json
from dive_assets.tools.runtime import CallResult
from dive_assets.verification.replay import CallByName, rebound
from dive_assets.verification.subject import CheckFailed, read_answer

Kind = Literal["answer", "evidence", "failure"]
BATCH = 500  # tasks that are under way at once


@dataclass(frozen=True)
class Drift:
    """A task whose calls give something else today.

    kind    answer: another answer comes out; evidence: an output changed, the answer did not; failure: a call fails.
    tool    the first tool that gives something else, and what it gave.
    """

    task_id: str
    domain: str
    kind: Kind
    tool: str
    detail: str
    recorded: str
    found: str


@dataclass
class DriftReport:
    """`drifted` in order of the release; `tasks` were asked again, with `calls` executed calls."""

    tasks: int
    calls: int
    drifted: list[Drift]


def find_drift(
    release: Path,
    call: CallByName,
    workers: int = 1,
    sample: int | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> DriftReport:
    """Execute the snapshot and live calls of a release's tasks (of about `sample` of them) through `call`, up to
    `workers` at once; the others are played from the cassette. Raises ReleaseError if the release cannot be read."""
    manifest = load_manifest(release)
    moving = _moving_tools(release, manifest)
    total = sum(entry.tasks + entry.unanswerable for entry in manifest.domains.values())
    report, done = DriftReport(0, 0, []), 0
    with ThreadPoolExecutor(workers) as threads:
        for config in (*manifest.domains, UNANSWERABLE):
            tasks = read_tasks(release, manifest, config)
            while batch := list(islice(tasks, BATCH)):
                done += len(batch)
                asked = [t for t in batch if _moves(t, moving) and (sample is None or chosen(t, sample, total))]
                recorded = read_cassette(release, manifest, {key for task in asked for key in call_keys(task)})
                for calls, drift in threads.map(lambda t, c=recorded: _ask_again(t, moving, c, call), asked):  # type: ignore[misc]
                    report.calls += calls
                    report.drifted += [drift] if drift else []
                report.tasks += len(asked)
                progress(done, total)
    return report


def _moving_tools(release: Path, manifest: Manifest) -> frozenset[str]:
    """Names of the tools that are not static."""
    return frozenset(_names(row for path in manifest.shards(TOOLS) for row in _rows(release / path, path)))


def _rows(path: Path, name: str) -> Iterator[Mapping[str, Any]]:
    for batch in read_batches(path, TOOL_SCHEMA, name):
        yield from batch.to_pylist()


def _names(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    return (row["name"] for row in rows if row["determinism"] != "static")


def _moves(task: Task, moving: frozenset[str]) -> bool:
    return any(call.tool in moving for call in task.program)


def _ask_again(task: Task, moving: frozenset[str], recorded: Cassette, live: CallByName) -> tuple[int, Drift | None]:
    """How many calls were executed, and what drifted. Bound arguments come from today's outputs."""
    outputs: dict[str, Any] = {}
    first: tuple[str, str] | None = None
    executed = 0

    def drift(kind: Kind, tool: str, detail: str, found: str) -> Drift:
        return Drift(task.task_id, task.domain, kind, tool, detail, canonical_json(task.answer.value), found)

    for step in task.program:
        before = recorded.call(step.tool, step.arguments)
        try:
            arguments = rebound(step, outputs)
        except CheckFailed as failed:
            return executed, drift("failure", step.tool, str(failed), "")
        # A static tool is asked only if what it is given has changed.
        is_asked = step.tool in moving or arguments != step.arguments
        now: CallResult = live(step.tool, arguments) if is_asked else before
        executed += is_asked
        if now.error is not None:
            return executed, drift("failure", step.tool, f"{now.error.code}: {now.error.message}", "")
        if first is None and now.output_hash != task.output_hashes.get(step.call_id):
            first = step.tool, f"{step.call_id} gives {canonical_json(now.output)[:300]}"
        outputs[step.call_id] = now.output
    if first is None:
        return executed, None
    try:
        answer = task.answer.of(read_answer(task.answer, outputs))
    except (CheckFailed, TypeError) as failed:
        return executed, drift("failure", first[0], str(failed), "")
    kind: Kind = "answer" if answer != task.answer.value else "evidence"
    return executed, drift(kind, *first, canonical_json(answer))
