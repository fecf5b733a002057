"""The loop that fills a domain with traces: plan a batch, execute it in parallel, screen it, go on.

Task i depends on the release seed, the domain, i, the tool pool and the attempts before it; never
on thread order, worker count, the clock or how many tasks are wanted.
"""

from __future__ import annotations

import hashlib
import random
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import orjson
import polars as pl

from dive_assets.production.journal import Journal, PartitionLock
from dive_assets.production.progress import Progress
from dive_assets.records import Plan, Seed, Trace
from dive_assets.synthesis.builder import ProgramBuilder, SeedBook
from dive_assets.synthesis.derive import derive_task
from dive_assets.synthesis.exemplars import eligible, patterns_by_name
from dive_assets.synthesis.forms import finish
from dive_assets.synthesis.planner import Planner, Quotas
from dive_assets.synthesis.type_graph import TypeGraph
from dive_assets.synthesis.usage import Usage
from dive_assets.tables import trace_row, trace_table
from dive_assets.tools.canonical import content_hash
from dive_assets.tools.runtime import CallError, CallResult, ToolRuntime
from dive_assets.tools.tool import Tool
from dive_assets.verification.duplicates import DuplicateIndex
from dive_assets.verification.subject import Subject
from dive_assets.verification.verify import check_statically

BATCH_SIZE = 64
RESERVE = 1.03  # candidates beyond the wanted tasks, for those that a fresh process does not replay
ATTEMPTS_PER_TASK = 25  # after so many attempts a domain is given up


@dataclass(frozen=True)
class ProductionSettings:
    """What is to be made."""

    tasks: int
    rounds: int = 4
    release_seed: int = 0
    quotas: Quotas = field(default_factory=Quotas)

    def __post_init__(self) -> None:
        if self.tasks < 1:
            raise ValueError(f"tasks must be at least 1, not {self.tasks}")
        eligible(self.rounds)

    def wanting(self, tasks: int) -> ProductionSettings:
        """The same with another number of tasks, at least 1."""
        return replace(self, tasks=max(1, tasks))


@dataclass
class CallCounts:
    """Tool calls that were executed, and those that the journal spared."""

    executed: int = 0
    reused: int = 0


class JournaledTools:
    """Executes tool calls through the runtime, each distinct one once."""

    def __init__(self, runtime: ToolRuntime, journal: Journal) -> None:
        self.runtime, self.journal, self.counts = runtime, journal, CallCounts()
        self._in_flight: dict[str, threading.Lock] = {}

    def __call__(self, tool: Tool, arguments: Mapping[str, Any]) -> CallResult:
        key = content_hash(tool.name, tool.version, dict(arguments))
        with self._in_flight.setdefault(key, threading.Lock()):  # two attempts may want the same call at once
            result = self._once(key, tool, arguments)
        self._in_flight.pop(key, None)
        return result

    def _once(self, key: str, tool: Tool, arguments: Mapping[str, Any]) -> CallResult:
        if key in self.journal:
            self.counts.reused += 1
            known = self.journal.get(key)
            return CallResult(output=known["output"], error=CallError(**known["error"]) if known["error"] else None)
        result = self.runtime.call(tool.name, arguments)
        self.counts.executed += 1
        self.journal.put(key, result.model_dump(include={"output", "error"}))
        return result


@dataclass
class TraceRun:
    """The attempts so far, and what they cost; `parts` are the rows of the trace table, in order."""

    candidates: int
    counts: CallCounts
    attempts_reused: int
    damaged_lines: int
    attempts: int = 0
    parts: list[pl.DataFrame] = field(default_factory=list)

    @property
    def table(self) -> pl.DataFrame:
        """One row an attempt."""
        return pl.concat([trace_table([]), *self.parts])


def synthesis_version() -> str:
    """Hash of the code that decides what an attempt does."""
    digest = hashlib.sha256()
    for package in ("dive_assets.synthesis", "dive_assets.verification"):
        for source in sorted(files(package).iterdir(), key=lambda f: f.name):
            if source.name.endswith(".py"):
                digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def produce_traces(
    domain: str,
    tools: Mapping[str, Tool],
    seeds: Sequence[Seed],
    settings: ProductionSettings,
    journal_folder: Path,
    runtime: ToolRuntime,
) -> TraceRun:
    """Execute attempts in `runtime` until enough of them pass every check that executes nothing.

    Appends to the journal below `journal_folder` and takes from it what is already done. Raises
    PartitionBusy if another run works on the domain, OSError if the journal cannot be written.
    """
    by_type: dict[str, list[Seed]] = {}
    for seed in seeds:
        by_type.setdefault(seed.entity_type, []).append(seed)
    graph = TypeGraph(tools, {name: len(group) for name, group in by_type.items()})
    planner = Planner(graph, eligible(settings.rounds), settings.quotas)
    fingerprint = content_hash(
        domain,
        settings.release_seed,
        settings.rounds,
        settings.quotas.model_dump(),
        synthesis_version(),
        {name: tool.version for name, tool in tools.items()},
        content_hash([seed.model_dump() for seed in seeds]),
    )
    with (
        PartitionLock(journal_folder, domain),
        Journal(journal_folder / f"{domain}-calls.jsonl") as calls,
        Journal(journal_folder / f"{domain}-attempts.jsonl") as attempts,
        ThreadPoolExecutor(runtime.workers) as threads,
    ):
        executor = JournaledTools(runtime, calls)
        usage, duplicates = Usage(), DuplicateIndex()
        book = SeedBook(by_type, usage)
        run = TraceRun(0, executor.counts, 0, calls.damaged + attempts.damaged)
        wanted = int(settings.tasks * RESERVE) + 2
        progress = Progress(f"{domain}: candidates", wanted)
        failures: Counter[str] = Counter()

        def attempt(plan: Plan) -> Trace:
            key = f"{fingerprint}:{plan.index}"
            if key in attempts:
                run.attempts_reused += 1
                return Trace.model_validate(attempts.get(key))
            rng = random.Random(content_hash("attempt", settings.release_seed, domain, plan.index))
            builder = ProgramBuilder(graph, book, usage, rng, executor)
            trace = builder.build(domain, plan, patterns_by_name()[plan.pattern], finish)
            attempts.put(key, trace.model_dump(mode="json"))
            return trace

        while run.candidates < wanted and run.attempts < ATTEMPTS_PER_TASK * wanted + BATCH_SIZE:
            first = run.attempts
            rng = random.Random(content_hash("plan", settings.release_seed, domain, first))
            traces = list(threads.map(attempt, planner.plan(rng, first, BATCH_SIZE, usage)))
            run.attempts += len(traces)
            run.parts.append(trace_table(map(trace_row, traces)))
            for trace in traces:
                usage.count_trace(trace)
                usage.count_loops(planner.loops(trace.plan), trace.failure == "circular")
                sound = False
                if trace.form is None:
                    failures[trace.failure or ""] += 1
                else:
                    task = derive_task(trace, tools, settings.release_seed)
                    outputs = {e.call.call_id: e.output for e in trace.evidence}
                    sound = check_statically(Subject(task, outputs, tools), duplicates).passed
                    run.candidates += sound and task.answerable
                    if sound:
                        usage.count_sound(task)
                pattern = patterns_by_name()[trace.plan.pattern]
                usage.count_form(pattern.form, trace.plan.path[-1].tool, not sound)
                if not sound:
                    usage.uncount_failed(trace.plan.family, planner.level(pattern))
                    steps = [(s.tool, s.field) for s in trace.plan.path]
                    usage.count_failure(pattern.name, pattern.form, steps)
            progress.update(run.candidates, f"{run.attempts} attempts")
        progress.update(run.candidates, f"{run.attempts} attempts", final=True)
        if executor.counts.executed:
            speed = {"calls_per_second": executor.counts.executed, "tasks_per_second": run.candidates}
            seconds = time.monotonic() - progress.started
            (journal_folder / f"{domain}-speed.json").write_bytes(
                orjson.dumps({name: count / seconds for name, count in speed.items()})
            )
    return run
