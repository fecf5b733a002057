"""Does the cost of a task stay the same as a set grows? Runs the main job once and measures it while it grows.

    python benchmarks/throughput.py --sizes 1000 2000 10000 48000 --output DIR
    python benchmarks/throughput.py --domains transport --sizes 200 1000

A size counts the tasks of all domains together; the job is run at the largest. A domain has reached its share of a
size when so many candidates are made (planned, executed, derived, checked) and so many are verified (replayed in other
processes). Both stages report their progress every few seconds; the time of a size lies between two reports.

The first tasks of a domain are dearer: tools load data and build calendars for the entities that they meet first. So
"tasks/s so far" grows with the size, and "tasks/s since the size before" is what a further task costs. Tasks a second
are those of all processes together: as many domains at once as there are cores.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from rich.console import Console
from rich.table import Table

from dive_assets.commands.parallel_runs import usable_cores
from dive_assets.domains import DOMAIN_KEYS

STAGES = ("candidates", "verified")
PROGRESS = re.compile(rf"(\w+): ({'|'.join(STAGES)}): (\d+)/\d+ \(([\d.]+)/s\)")
Points = list[tuple[float, float]]  # (tasks, seconds since the stage began), in order


def memory_mib(root: int) -> int:
    """Peak resident memory of the largest process below `root`, in MiB."""
    children: dict[int, list[int]] = defaultdict(list)
    peaks: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            text = (folder / "status").read_text()
        except OSError:
            continue  # it has ended
        fields = dict(line.split(":\t", 1) for line in text.splitlines() if ":\t" in line)
        children[int(fields["PPid"])].append(int(folder.name))
        peaks[int(folder.name)] = int(fields.get("VmHWM", "0 kB").split()[0]) // 1024
    found, pending = 0, [root]
    while pending:
        process = pending.pop()
        found = max(found, peaks.get(process, 0))
        pending += children[process]
    return found


def seconds_at(points: Points, tasks: float) -> float:
    """When so many tasks were there, between two reports."""
    for (before, began), (after, ended) in pairwise([(0.0, 0.0), *points]):
        if before < after and tasks <= after:
            return began + (ended - began) * (tasks - before) / (after - before)
    return points[-1][1]


def run(domains: Sequence[str], tasks: int, output: Path) -> tuple[dict[tuple[str, str], Points], Points, float]:
    """Progress by domain and stage, peak memory against verified tasks of all domains, and the seconds in all."""
    command = [sys.executable, "-m", "dive_assets.cli", "run", "--tasks", str(tasks), "--output", str(output)]
    started = time.monotonic()
    job = subprocess.Popen([*command, "--domains", ",".join(domains)], stdout=subprocess.PIPE, text=True)
    progress: dict[tuple[str, str], Points] = defaultdict(list)
    memory: Points = []
    for line in job.stdout or ():
        print(line, end="", flush=True)
        if found := PROGRESS.match(line):
            domain, stage, done, rate = found[1], found[2], int(found[3]), float(found[4])
            if done and rate:
                progress[domain, stage].append((done, done / rate))
            verified = sum(points[-1][0] for (_, name), points in progress.items() if name == "verified")
            memory.append((verified, memory_mib(job.pid)))
    if job.wait():
        sys.exit(f"the main job ended with exit code {job.returncode}")
    return progress, memory, time.monotonic() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--domains", nargs="+", default=list(DOMAIN_KEYS), choices=list(DOMAIN_KEYS))
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10000])
    parser.add_argument("--output", type=Path, default=None, help="Keep the set there; a temporary folder otherwise.")
    options = parser.parse_args()
    domains, largest = options.domains, max(options.sizes)
    with tempfile.TemporaryDirectory() as folder:
        progress, memory, seconds = run(domains, largest, options.output or Path(folder))
    at_once = min(usable_cores(), len(domains))
    headings = ("tasks", "tasks/s so far", "tasks/s since the size before", "MiB, largest process so far")
    table = Table(*headings, title=f"{largest} tasks in {seconds:.0f} s")
    before, taken_before = 0, 0.0
    for size in sorted(options.sizes):
        taken = sum(seconds_at(points, size / len(domains)) for points in progress.values()) / at_once
        peak = max((mib for verified, mib in memory if verified <= size), default=0)
        rates = size / taken, (size - before) / (taken - taken_before)
        table.add_row(str(size), *(f"{rate:.1f}" for rate in rates), f"{peak:.0f}")
        before, taken_before = size, taken
    Console().print(table)


if __name__ == "__main__":
    main()
