"""Many attempts of models at once, in order of index, until all are made or no further call can succeed."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dive_assets.language_models.client import ChatClient
from dive_assets.language_models.errors import BudgetReached, RunStopped
from dive_assets.production.admission import Admission
from dive_assets.production.journal import Journal, PartitionLock
from dive_assets.production.progress import Progress
from dive_assets.production.traces import JournaledTools
from dive_assets.tools.runtime import CallResult, ToolRuntime
from dive_assets.tools.tool import Tool

Row = dict[str, Any]
AsyncExecutor = Callable[[Tool, Mapping[str, Any]], Awaitable[CallResult]]
OpenClient = Callable[[], AbstractAsyncContextManager[ChatClient]]
Attempt = Callable[[ChatClient, AsyncExecutor, int], Awaitable[Row]]


@dataclass
class ModelRun:
    """Finished attempts as rows, in order of index, and what became of the calls.

    counts   by outcome: `failure` of a row or "done"; calls as "calls sent", "calls recorded", "calls retries", ...
    stopped  why the run ended early; "" if it did not.
    within_budget  False if something else than the cap ended the run.
    left     attempts that were not finished.
    """

    rows: list[Row] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    stopped: str = ""
    left: int = 0
    within_budget: bool = True


def run_attempts(
    name: str,
    tasks: Sequence[str],
    attempt: Attempt,
    open_client: OpenClient,
    journal_folder: Path,
    domain: str,
    runtime: ToolRuntime,
) -> ModelRun:
    """Make the attempt at each of `tasks` (names, under which the ledger keeps what it costs).

    attempt  (client, executor, place in `tasks`) -> row with "failure". What raises RunStopped ends the run: what is
             finished is kept. Raises PartitionBusy if another run works on the domain.
    """
    with PartitionLock(journal_folder, domain), Journal(journal_folder / f"{domain}-calls.jsonl") as calls:
        return asyncio.run(_run(name, tasks, attempt, open_client, JournaledTools(runtime, calls)))


async def _run(
    name: str, tasks: Sequence[str], attempt: Attempt, open_client: OpenClient, executor: JournaledTools
) -> ModelRun:
    run, progress = ModelRun(), Progress(name, len(tasks))
    finished: dict[int, Row] = {}

    async def execute(tool: Tool, arguments: Mapping[str, Any]) -> CallResult:
        return await asyncio.to_thread(executor, tool, arguments)

    async with open_client() as client:
        admission = Admission(client.budget, client.limits.in_flight)

        async def make(place: int) -> None:
            try:
                finished[place] = row = await attempt(client, execute, place)
            except BudgetReached as reached:  # others may still end: with what is left, or with recorded replies
                run.stopped = str(reached)
            else:
                run.counts[row["failure"] or "done"] += 1
                progress.update(len(finished), f"{run.counts['done']} done, {client.counts['retries']} retries")
            finally:
                admission.leave(tasks[place])

        try:
            async with asyncio.TaskGroup() as group:
                for place, task in enumerate(tasks):
                    await admission.admit(task)
                    group.create_task(make(place))
        except* RunStopped as stopped:
            run.stopped, run.within_budget = str(stopped.exceptions[0]), False
        counts = client.counts
    progress.update(len(finished), f"{run.counts['done']} done", final=True)
    run.rows = [finished[place] for place in sorted(finished)]
    run.left = len(tasks) - len(run.rows)
    run.counts.update({f"calls {kind}": count for kind, count in counts.items()})
    return run
