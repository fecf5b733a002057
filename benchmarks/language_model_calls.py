"""What the client adds to the latency of a chat model: wall time against the ideal, and CPU a call.

    python benchmarks/language_model_calls.py --tasks 64 --calls 20 --in-flight 64 --latency-ms 300 50

Every task makes its calls one after the other, all tasks at once, against a server on loopback in a process of its
own. The ideal is calls x latency / in flight. A first call, which imports the client's packages, is not counted.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

from rich.console import Console
from rich.table import Table

from dive_assets.language_models.chat import ChatRequest
from dive_assets.language_models.client import ChatClient, Endpoint, Limits
from dive_assets.language_models.recorder import Recorder
from tests.stand_ins.chat_server import ChatServer


def serve(latency_s: float, pipe: Connection) -> None:
    with ChatServer(latency_s=latency_s) as server:
        pipe.send(server.url)
        pipe.recv()


async def ask(url: str, folder: Path, tasks: int, calls: int, in_flight: int) -> None:
    async def task(client: ChatClient, number: int) -> None:
        for call in range(calls):
            message = {"role": "user", "content": f"Task {number}, call {call}. " + "Evidence. " * 400}
            request = ChatRequest(model="stand-in", messages=(message,))
            await client.complete(request, stage="collector", task=str(number))

    with Recorder(folder / "replies.sqlite") as recorder:
        async with ChatClient(Endpoint(base_url=url), recorder, Limits(in_flight=in_flight)) as client:
            await asyncio.gather(*(task(client, number) for number in range(tasks)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=int, default=64)
    parser.add_argument("--calls", type=int, default=20)
    parser.add_argument("--in-flight", type=int, default=64)
    parser.add_argument("--latency-ms", type=float, nargs="+", default=[300, 50])
    options = parser.parse_args()
    table = Table("latency, ms", "calls", "wall, s", "wall / ideal", "CPU a call, ms", title="Calls to a chat model")
    context = multiprocessing.get_context("spawn")
    for latency in options.latency_ms:
        ours, theirs = context.Pipe()
        server = context.Process(target=serve, args=(latency / 1000, theirs))
        server.start()
        url, calls = ours.recv(), options.tasks * options.calls
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(ask(url, Path(folder) / "first", 1, 1, 1))  # imports the client's packages
            started, used = time.perf_counter(), time.process_time()
            asyncio.run(ask(url, Path(folder), options.tasks, options.calls, options.in_flight))
            wall, used = time.perf_counter() - started, time.process_time() - used
        ours.send("stop")
        server.join()
        ideal = calls * latency / 1000 / options.in_flight
        table.add_row(f"{latency:g}", str(calls), f"{wall:.2f}", f"{wall / ideal:.2f}", f"{1000 * used / calls:.2f}")
    Console().print(table)


if __name__ == "__main__":
    main()
