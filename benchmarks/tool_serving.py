"""What a call costs over the Model Context Protocol, for the toolset of a task: milliseconds, as a client sees them.

    python benchmarks/tool_serving.py storage/release --tasks 3 --calls 200

A client makes the calls of the task's program again and again, over stdio and over HTTP on loopback, with the installed
tools and from the cassette; once more 16 at a time. The first round, in which a worker imports packages, is left out.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mcp import Client, StdioServerParameters
from rich.console import Console
from rich.table import Table

from dive_assets.consuming.published_set import open_set
from dive_assets.records import Task

COMMAND = ["-m", "dive_assets.cli", "serve-mcp"]
AT_ONCE = 16


@contextmanager
def http(arguments: list[str]) -> Iterator[str]:
    command = [sys.executable, *COMMAND, *arguments, "--transport", "http", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        found = None
        while found is None:
            found = re.search(r"http://\S+/mcp", server.stderr.readline())
        try:
            yield found[0]
        finally:
            server.terminate()


async def measure(target: Any, task: Task, calls: int) -> tuple[list[float], float]:
    """Milliseconds of each call one after the other, and calls a second at 16 at a time."""
    wanted = [(call.tool, call.arguments) for call in task.program]
    async with Client(target, read_timeout_seconds=120) as client:

        async def one(number: int) -> float:
            name, arguments = wanted[number % len(wanted)]
            started = time.perf_counter()
            result = await client.call_tool(name, arguments)
            if result.is_error:
                raise RuntimeError(f"{name}: {result.content}")
            return (time.perf_counter() - started) * 1000

        await client.list_tools()
        for number in range(len(wanted)):
            await one(number)
        serial = [await one(number) for number in range(calls)]
        limit = asyncio.Semaphore(AT_ONCE)

        async def limited(number: int) -> None:
            async with limit:
                await one(number)

        started = time.perf_counter()
        await asyncio.gather(*(limited(number) for number in range(calls)))
        return serial, calls / (time.perf_counter() - started)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("release", type=Path)
    parser.add_argument("--tasks", type=int, default=3)
    parser.add_argument("--calls", type=int, default=200)
    options = parser.parse_args()
    tasks = [task for task in open_set(options.release).tasks() if task.answerable][: options.tasks]
    table = Table("transport", "tools from", "toolset", "median, ms", "95 %, ms", "calls/s, 16 at a time")
    for execution in ("auto", "recorded"):
        for transport in ("stdio", "http"):
            milliseconds: list[float] = []
            rates = []
            for task in tasks:
                arguments = ["--release", str(options.release), "--task", task.task_id, "--execution", execution]
                if transport == "stdio":
                    server = StdioServerParameters(command=sys.executable, args=[*COMMAND, *arguments])
                    serial, rate = asyncio.run(measure(server, task, options.calls))
                else:
                    with http(arguments) as address:
                        serial, rate = asyncio.run(measure(address, task, options.calls))
                milliseconds += serial
                rates.append(rate)
            sizes = sorted({len(task.toolset) for task in tasks})
            last = statistics.quantiles(milliseconds, n=20)[-1]
            source = "worker" if execution == "auto" else "cassette"
            figures = (f"{statistics.median(milliseconds):.2f}", f"{last:.2f}", f"{statistics.mean(rates):.0f}")
            table.add_row(transport, source, f"{sizes[0]} to {sizes[-1]}", *figures)
    Console().print(table)


if __name__ == "__main__":
    main()
