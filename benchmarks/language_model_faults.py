"""What becomes of attempts of a model when its server or its replies go wrong: a table, one line a fault.

    python benchmarks/language_model_faults.py --attempts 24

asked     requests that reached the server        retried  of them, because of a fault
verified  tasks that passed every check           rejected finished attempts without one, by reason
left      attempts that were not finished         lost     replies that were sent and not kept, beyond those in
                                                           flight when a process is killed (must be 0)
invented  verified tasks that a fresh process does not replay, or that the undisturbed run does not have where the
          fault leaves replies as they are (must be 0)
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

import orjson
from rich.console import Console
from rich.table import Table

from dive_assets.language_models.client import ChatClient, Endpoint, Limits
from dive_assets.language_models.recorder import Recorder
from dive_assets.model_gates.answering import GateSettings
from dive_assets.model_synthesis.collector import CollectorSettings
from dive_assets.model_synthesis.deriver import DeriverSettings
from dive_assets.production.model_runs import ModelRun
from dive_assets.production.model_tasks import ModelSettings, attempted_tasks, produce_model_tasks
from dive_assets.production.seed_pool import read_seed_pool
from dive_assets.records import Task
from dive_assets.tables import attempt_table
from dive_assets.tools.registry import load_registry
from dive_assets.tools.runtime import ToolRuntime
from dive_assets.verification.verify import check_by_replay
from tests.stand_ins.chat_server import ChatServer, Fault, completion
from tests.stand_ins.honest_model import HonestModel

DOMAIN = "transport"
IN_FLIGHT = 8
Body = Mapping[str, Any]
Change = Callable[[Body, dict[str, Any]], dict[str, Any]]


def of_a_share(body: Body, one_in: int) -> bool:
    """Whether a request is among one in so many; depends on the request alone."""
    return int(sha256(orjson.dumps(body)).hexdigest()[:8], 16) % one_in == 0


@dataclass
class Case:
    """A fault: of the connection (`disturb`), or of replies (`change`)."""

    name: str
    disturb: Callable[[Body], Fault | None] = lambda _: None
    change: Change = lambda _, reply: reply
    same_replies: bool = True


def every(nth: int, fault: Fault) -> Callable[[Body], Fault | None]:
    numbers = count(1)
    return lambda _: fault if next(numbers) % nth == 0 else None


def for_seconds(seconds: float, fault: Fault) -> Callable[[Body], Fault | None]:
    began: list[float] = []

    def disturb(_: Body) -> Fault | None:
        began.append(time.monotonic())
        return fault if time.monotonic() - began[0] < seconds else None

    return disturb


def after(requests: int, fault: Fault) -> Callable[[Body], Fault | None]:
    numbers = count(1)
    return lambda _: fault if next(numbers) > requests else None


def now_and_then(whole: Callable[[dict[str, Any]], dict[str, Any]]) -> Change:
    return lambda body, reply: whole(reply) if of_a_share(body, 6) else reply


def renamed(reply: dict[str, Any], **function: str) -> dict[str, Any]:
    calls = [call | {"function": call["function"] | function} for call in reply.get("tool_calls") or ()]
    return reply | {"tool_calls": calls} if calls else reply


def endless(body: Body, reply: dict[str, Any]) -> dict[str, Any]:
    """Asks for its first call again and again."""
    if not body.get("tools") or reply.get("tool_calls"):
        return reply
    first = next((m for m in body["messages"] if m.get("tool_calls")), None)
    return {"content": None, "tool_calls": first["tool_calls"]} if first else reply


def cases(undisturbed: int) -> list[Case]:
    cut = lambda reply: completion(reply, "length")  # noqa: E731
    empty = lambda reply: completion(reply) | {"choices": []}  # noqa: E731
    refused = lambda reply: {"content": None, "refusal": "I cannot help with that."}  # noqa: E731
    expired = Fault(status=401, body=b'{"error": {"message": "the key has expired"}}')
    return [
        Case("none"),
        Case("429 with Retry-After", every(5, Fault(status=429, headers={"Retry-After": "0.2"}))),
        Case("500 for 10 s", for_seconds(10, Fault(status=500))),
        Case("dropped connections", every(7, Fault(drop=True))),
        Case("hung server", every(40, Fault(hang_s=3600, drop=True))),
        Case("truncated output", change=now_and_then(cut), same_replies=False),
        Case("empty choices", change=now_and_then(empty), same_replies=False),
        Case("refusals", change=now_and_then(refused), same_replies=False),
        Case(
            "arguments not JSON", change=now_and_then(lambda r: renamed(r, arguments="{country:")), same_replies=False
        ),
        Case("unknown tools", change=now_and_then(lambda r: renamed(r, name="no_such_tool")), same_replies=False),
        Case("never stops calling", change=endless, same_replies=False),
        Case("missing usage", change=lambda _, reply: completion(reply, usage=False)),
        Case("key expires half-way", after(undisturbed // 2, expired)),
    ]


def attempts(folder: Path, url: str, count: int) -> ModelRun:
    """All attempts of one run, as the asset makes them."""

    @asynccontextmanager
    async def client() -> AsyncIterator[ChatClient]:
        limits = Limits(in_flight=IN_FLIGHT, timeout_s=2.0, patience_s=30.0)
        with Recorder(folder / "replies.sqlite") as recorder:
            async with ChatClient(Endpoint(base_url=url), recorder, limits) as opened:
                yield opened

    settings = ModelSettings(
        attempts=count,
        collector=CollectorSettings(model="stand-in"),
        deriver=DeriverSettings(model="stand-in"),
        gates=GateSettings(model="stand-in"),
    )
    registry = load_registry()
    with ToolRuntime(1) as runtime:
        seeds = read_seed_pool(registry.seed_sources_of(DOMAIN).values(), runtime)
        return produce_model_tasks(DOMAIN, registry.tools_of(DOMAIN), seeds, settings, client, folder, runtime)


def kept(folder: Path) -> int:
    with Recorder(folder / "replies.sqlite") as recorder:
        return sum(expense.calls for expense in recorder.expenses())


def invented(tasks: list[Task], known: Mapping[str, Task] | None) -> int:
    with ToolRuntime(1) as fresh:
        unproven = [task for task in tasks if not check_by_replay(task, fresh.call).passed]
    strange = [task for task in tasks if known is not None and known.get(task.task_id) != task]
    return len({task.task_id for task in (*unproven, *strange)})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--attempts", type=int, default=24)
    wanted: int = parser.parse_args().attempts
    console = Console(width=150)
    headings = ("fault", "asked", "retried", "verified", "rejected", "left", "lost", "invented", "stopped because")
    table = Table(*headings, title="Faults of a chat model")
    known: dict[str, Task] | None = None
    undisturbed, wrong = 0, 0

    def report(name: str, server: ChatServer, folder: Path, run: ModelRun, same_replies: bool) -> None:
        nonlocal known, wrong, undisturbed
        tasks = attempted_tasks(attempt_table(run.rows))
        if known is None:
            known, undisturbed = {task.task_id: task for task in tasks}, len(server.bodies)
        in_flight = IN_FLIGHT if "kill" in name else 0
        lost, strange = (
            max(0, server.answered - kept(folder) - in_flight),
            invented(tasks, known if same_replies else None),
        )
        wrong += lost + strange
        rejected = Counter(row["failure"] for row in run.rows if row["failure"])
        reasons = ", ".join(f"{reason} {number}" for reason, number in rejected.most_common())
        numbers = (len(server.bodies), run.counts["calls retries"], len(tasks))
        cause = run.stopped.partition(" (")[0][:60]
        table.add_row(name, *map(str, numbers), reasons, str(run.left), str(lost), str(strange), cause)

    def try_case(case: Case) -> None:
        honest = HonestModel()
        with tempfile.TemporaryDirectory() as name, ChatServer(lambda b: case.change(b, honest(b))) as server:
            server.disturb = case.disturb
            report(case.name, server, Path(name), attempts(Path(name), server.url, wanted), case.same_replies)

    try_case(cases(0)[0])
    for case in cases(undisturbed)[1:]:
        try_case(case)
    with tempfile.TemporaryDirectory() as name, ChatServer(HonestModel()) as server:
        folder, server.pause_after = Path(name), undisturbed // 2
        process = multiprocessing.get_context("spawn").Process(target=killed, args=(name, server.url, wanted))
        process.start()
        server.paused.wait()
        os.killpg(process.pid or 0, signal.SIGKILL)
        process.join()
        server.pause_after = None
        report("kill -9 half-way, run again", server, folder, attempts(folder, server.url, wanted), True)
    console.print(table)
    sys.exit(1 if wrong else 0)


def killed(folder: str, url: str, count: int) -> None:
    os.setpgrp()
    attempts(Path(folder), url, count)


if __name__ == "__main__":
    main()
