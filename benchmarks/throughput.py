"""Does the cost of a task stay the same as a set grows? Tasks a second and peak memory at growing sizes.

    python benchmarks/throughput.py --sizes 1000 10000 48000
    python benchmarks/throughput.py --domains transport --sizes 200 1000

A size counts the tasks of all domains together. Every domain of every size is made from nothing in processes of
its own, one domain after the other: traces, derivation, verification with replay. As in the asset graph, the probes of
all tools run first, which is when packages are imported and data loaded; they are not part of the time. "Warm" leaves
the first batch of each domain out as well.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import resource
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from dive_assets.domains import DOMAIN_KEYS
from dive_assets.production.seed_pool import read_seed_pool
from dive_assets.production.traces import ProductionSettings, produce_traces
from dive_assets.production.verdicts import verify_tasks
from dive_assets.synthesis.derive import derive_task
from dive_assets.tables import TraceShelf, trace_table, traces_of
from dive_assets.tools.registry import load_registry
from dive_assets.tools.runtime import ToolRuntime
from dive_assets.tools.validation import validate_tools


@dataclass(frozen=True)
class Measured:
    """One domain at one size: seconds until its first batch, seconds in all, peak MiB of the two kinds of processes."""

    first_s: float
    seconds: float
    tasks: int
    main_mib: int
    worker_mib: int


def measure(domain: str, tasks: int, workers: int, report: multiprocessing.Queue[Measured]) -> None:
    """Make and verify `tasks` tasks of a domain from nothing."""
    registry = load_registry()
    tools, settings = registry.tools_of(domain), ProductionSettings(tasks=tasks)
    with ToolRuntime(workers) as making, ToolRuntime(workers) as checking, tempfile.TemporaryDirectory() as folder:
        validate_tools(tools.values(), making, checking)
        seeds = read_seed_pool(registry.seed_sources_of(domain).values(), making)
        started = time.perf_counter()
        produce_traces(domain, tools, seeds, ProductionSettings(tasks=1), Path(folder), making)
        first = time.perf_counter() - started
        rows = trace_table(produce_traces(domain, tools, seeds, settings, Path(folder), making).rows)
        derived = (derive_task(trace, tools, 0) for trace in traces_of(rows) if trace.form is not None)
        run = verify_tasks(domain, derived, TraceShelf(rows), tools, settings, Path(folder), checking)
        seconds = time.perf_counter() - started
    memory = [resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    report.put(Measured(first, seconds, run.answerable, *memory))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--domains", nargs="+", default=list(DOMAIN_KEYS), choices=list(DOMAIN_KEYS))
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10000])
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    table = Table(
        "tasks", "seconds", "tasks/s", "tasks/s, warm", "MiB, main", "MiB, largest worker", title="Throughput"
    )
    context = multiprocessing.get_context("spawn")
    for size in options.sizes:
        found: list[Measured] = []
        for domain in options.domains:
            report: multiprocessing.Queue[Measured] = context.Queue()
            share = math.ceil(size / len(options.domains))
            process = context.Process(target=measure, args=(domain, share, options.workers, report))
            process.start()
            found.append(report.get())
            process.join()
        made, seconds = sum(m.tasks for m in found), sum(m.seconds for m in found)
        warm = made / (seconds - sum(m.first_s for m in found))
        table.add_row(
            str(made),
            f"{seconds:.0f}",
            f"{made / seconds:.1f}",
            f"{warm:.1f}",
            str(max(m.main_mib for m in found)),
            str(max(m.worker_mib for m in found)),
        )
    Console().print(table)


if __name__ == "__main__":
    main()
