"""Does the cost of a task stay the same as a set grows? Runs the main job once and measures it while it grows.

    python benchmarks/throughput.py --sizes 1000 10000 48000 --output DIR
    python benchmarks/throughput.py --domains transport --start 300 --sizes 200 1000

The first tasks of a domain are dearer: tools load data, work out calendars and ephemerides for the entities that they
meet first. These, `--start` in all domains together, have a row of their own; a size counts the tasks after them, and
the job is run for the largest. A domain has reached its share of a size when so many candidates are made (planned,
executed, derived, checked) and so many are verified (replayed in other processes). Both stages report their progress
every few seconds; the time of a size lies between two reports. Tasks a second are those of all processes together: as
many domains at once as there are cores. The last row's memory includes the release.
"""

from __future__ import annotations

import argparse
import math
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
LARGEST = re.compile(r"largest process (\d+) MiB")
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
        if found := LARGEST.search(line):
            memory.append((math.inf, float(found[1])))  # the release's process has ended by then
    if job.wait():
        sys.exit(f"the main job ended with exit code {job.returncode}")
    return progress, memory, time.monotonic() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--domains", nargs="+", default=list(DOMAIN_KEYS), choices=list(DOMAIN_KEYS))
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10000])
    parser.add_argument("--start", type=int, default=3500, help="Tasks that are made before a size is counted.")
    parser.add_argument("--output", type=Path, default=None, help="Keep the set there; a temporary folder otherwise.")
    options = parser.parse_args()
    domains, largest = options.domains, options.start + max(options.sizes)
    with tempfile.TemporaryDirectory() as folder:
        progress, memory, seconds = run(domains, largest, options.output or Path(folder))
    at_once = min(usable_cores(), len(domains))

    def seconds_until(tasks: float) -> float:
        return sum(seconds_at(points, tasks / len(domains)) for points in progress.values()) / at_once

    def peak_until(tasks: float) -> float:
        return max((mib for verified, mib in memory if verified <= tasks), default=0)

    start, started = options.start, seconds_until(options.start)
    rates = {size: size / (seconds_until(start + size) - started) for size in sorted(options.sizes)}
    fastest = max(rates.values())
    headings = ("tasks", "tasks/s", "of the fastest", "MiB, largest process so far")
    table = Table(*headings, title=f"{largest} tasks in {seconds:.0f} s")
    table.add_row(f"first {start}", f"{start / started:.1f}", "", f"{peak_until(start):.0f}")
    for size, rate in rates.items():
        peak = peak_until(start + size if size < max(rates) else math.inf)
        table.add_row(f"next {size}", f"{rate:.1f}", f"{rate / fastest:.0%}", f"{peak:.0f}")
    Console().print(table)


if __name__ == "__main__":
    main()
