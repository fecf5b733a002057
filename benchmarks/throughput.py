"""Does the cost of a task stay the same as a set grows? Tasks a second and peak memory at growing sizes.

    python benchmarks/throughput.py --domain transport --sizes 200 1000 4000

Every size is made from nothing in processes of its own: traces, derivation, verification with replay.
Worker start and package imports are part of it, so that small sizes look slower than they are; the
last column leaves the first batch out.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from dive_assets.production.seed_pool import read_seed_pool
from dive_assets.production.traces import ProductionSettings, produce_traces
from dive_assets.production.verdicts import verify_tasks
from dive_assets.synthesis.derive import derive_task
from dive_assets.tables import TraceShelf, trace_table, traces_of
from dive_assets.tools.registry import load_registry
from dive_assets.tools.runtime import ToolRuntime


def measure(
    domain: str, tasks: int, workers: int, report: multiprocessing.Queue[tuple[float, float, int, float, int]]
) -> None:
    """Seconds until 64 attempts were made, seconds in all, tasks, MiB of this process, MiB of its largest worker."""
    registry = load_registry()
    tools, settings = registry.tools_of(domain), ProductionSettings(tasks=tasks)
    with ToolRuntime(workers) as making, ToolRuntime(workers) as checking, tempfile.TemporaryDirectory() as folder:
        seeds = read_seed_pool(registry.seed_sources_of(domain).values(), making)
        started = time.perf_counter()
        produce_traces(domain, tools, seeds, ProductionSettings(tasks=1), Path(folder), making)
        first = time.perf_counter() - started
        rows = trace_table(produce_traces(domain, tools, seeds, settings, Path(folder), making).rows)
        derived = (derive_task(trace, tools, 0) for trace in traces_of(rows) if trace.form is not None)
        run = verify_tasks(domain, derived, TraceShelf(rows), tools, settings, Path(folder), checking)
        seconds = time.perf_counter() - started
    memory = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    report.put((first, seconds, run.answerable, memory[0], int(memory[1])))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--domain", default="transport")
    parser.add_argument("--sizes", type=int, nargs="+", default=[200, 1000])
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    table = Table("tasks", "seconds", "tasks/s", "tasks/s, warm", "MiB", "MiB, largest worker", title=options.domain)
    context = multiprocessing.get_context("spawn")
    for size in options.sizes:
        report = context.Queue()
        process = context.Process(target=measure, args=(options.domain, size, options.workers, report))
        process.start()
        first, seconds, made, memory, worker = report.get()
        process.join()
        warm = made / (seconds - first)
        table.add_row(str(made), f"{seconds:.0f}", f"{made / seconds:.1f}", f"{warm:.1f}", f"{memory:.0f}", str(worker))
    Console().print(table)


if __name__ == "__main__":
    main()
