"""Verification of a domain's tasks in order, until as many as wanted have passed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl

from dive_assets.production.journal import Journal, PartitionLock
from dive_assets.production.progress import Progress
from dive_assets.production.traces import ProductionSettings, synthesis_version
from dive_assets.records import Check, Task, Trace, Verdict
from dive_assets.tables import rejected_table, task_table
from dive_assets.tools.canonical import content_hash
from dive_assets.tools.runtime import CallResult, ToolRuntime
from dive_assets.tools.tool import Tool
from dive_assets.verification.duplicates import DuplicateIndex
from dive_assets.verification.subject import Subject
from dive_assets.verification.verify import CHECK_NAMES, check_by_replay, check_statically

BATCH_SIZE = 100
REMEMBERED = 20_000  # outputs of replayed calls that are kept at hand


@dataclass
class VerdictRun:
    """Verdicts up to the last wanted task, in order of index.

    verified        rows of tables.TASK_COLUMNS, unanswerable tasks included; `answerable` counts the others.
    rejected        rows of tables.REJECTED_COLUMNS.
    replays_reused  were spared by the journal.
    """

    verified: pl.DataFrame = field(default_factory=lambda: task_table([]))
    rejected: pl.DataFrame = field(default_factory=lambda: rejected_table([]))
    answerable: int = 0
    replays_executed: int = 0
    replays_reused: int = 0

    @property
    def rejected_by_reason(self) -> dict[str, int]:
        counts = Counter(self.rejected["reason"])
        return {name: counts[name] for name in CHECK_NAMES if counts[name]}


def verify_tasks(
    domain: str,
    tasks: Iterable[Task],
    traces: Mapping[int, Trace],
    tools: Mapping[str, Tool],
    settings: ProductionSettings,
    journal_folder: Path,
    runtime: ToolRuntime,
) -> VerdictRun:
    """Check `tasks` in order of index until `settings.tasks` answerable ones have passed.

    Programs are replayed in `runtime`, whose worker processes must not have made them; a call that several
    programs share is executed there once. Raises PartitionBusy if another run works on the domain.
    """
    run, duplicates = VerdictRun(), DuplicateIndex()
    call = _remembering(runtime)
    progress = Progress(f"{domain}: verified", settings.tasks)
    with (
        PartitionLock(journal_folder, domain),
        Journal(journal_folder / f"{domain}-replays.jsonl") as journal,
        ThreadPoolExecutor(runtime.workers) as threads,
    ):

        def replayed(task: Task) -> Check:
            key = content_hash(task.model_dump(mode="json"), synthesis_version())
            if key in journal:
                run.replays_reused += 1
                return Check.model_validate(journal.get(key))
            check = check_by_replay(task, call)
            run.replays_executed += 1
            journal.put(key, check.model_dump())
            return check

        remaining = iter(tasks)
        while batch := list(islice(remaining, BATCH_SIZE)):
            judged = []
            for task in batch:
                outputs = {e.call.call_id: e.output for e in traces[task.index].evidence}
                judged.append((task, check_statically(Subject(task, outputs, tools), duplicates)))
            sound = [task for task, verdict in judged if verdict.passed]
            replays = dict(zip((t.task_id for t in sound), threads.map(replayed, sound), strict=True))
            passed, failed = list[Task](), list[tuple[Task, Verdict]]()
            for task, verdict in judged:
                if run.answerable == settings.tasks:
                    break
                if task.task_id in replays:
                    verdict = Verdict(task_id=task.task_id, checks=(*verdict.checks, replays[task.task_id]))
                if verdict.passed:
                    passed.append(task)
                    run.answerable += task.answerable
                else:
                    failed.append((task, verdict))
            run.verified = pl.concat([run.verified, task_table(passed)])
            run.rejected = pl.concat([run.rejected, rejected_table(failed)])
            progress.update(run.answerable, f"{run.rejected.height} rejected")
            if run.answerable == settings.tasks:
                break
    return run


def _remembering(runtime: ToolRuntime) -> Callable[[str, Mapping[str, Any]], CallResult]:
    """`runtime.call` that keeps outputs; a failure is never kept, because the next try may succeed."""
    known: dict[str, CallResult] = {}

    def call(name: str, arguments: Mapping[str, Any]) -> CallResult:
        key = content_hash(name, dict(arguments))
        result = known.get(key) or runtime.call(name, arguments)
        if result.ok and len(known) < REMEMBERED:
            known[key] = result
        return result

    return call
