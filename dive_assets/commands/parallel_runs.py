"""Dagster runs side by side, each in a fresh interpreter that never outlives this one.

Every process has a pipe of its own to this one: a process that is killed cannot hold a lock that others wait for.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import resource
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from logging.handlers import QueueHandler
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any, NoReturn

from dive_assets.commands.terminal import console, hide_previews

GRACE_S = 15.0  # an interrupted run notes in the Dagster instance that it was stopped
PROGRESS = logging.getLogger("dive_assets.progress")
_SPAWN = multiprocessing.get_context("spawn")


@dataclass(frozen=True)
class Order:
    """What one process shall materialize."""

    assets: tuple[str, ...]
    partition: str | None
    production: dict[str, Any]  # arguments of resources.production.Production
    language_models: dict[str, Any]  # arguments of resources.language_models.LanguageModels beside the storage
    home: str  # folder of the Dagster instance, which must exist

    @property
    def title(self) -> str:
        return self.partition or "release"


@dataclass(frozen=True)
class Outcome:
    """How a run ended after `seconds`; `error` is empty if it succeeded, `warnings` are of checks that only warn."""

    title: str
    seconds: float
    error: str
    warnings: tuple[str, ...] = ()


@dataclass
class _Run:
    order: Order
    process: SpawnProcess
    pipe: Connection
    began: float = field(default_factory=time.monotonic)
    ended: tuple[str, tuple[str, ...]] | None = None  # error and warnings, once the run says how it ended


def usable_cores() -> int:
    """Processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def largest_process_mib() -> int:
    """Peak resident memory of the largest process that has ended below this one."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024  # Linux counts KiB


def run_side_by_side(orders: Sequence[Order], parallel: int) -> list[Outcome]:
    """Materialize `orders`, at most `parallel` at a time; outcomes come in the order in which runs end.

    After a failure no further run starts, and those that have started are finished. An interrupt (Ctrl-C, SIGTERM)
    stops all runs before it goes on to the caller.
    """
    resource_tracker.ensure_running()  # otherwise the first start does it, and unblocks what `_start` blocks
    waiting, running, outcomes = deque(orders), list[_Run](), list[Outcome]()
    with _termination_raised():
        try:
            while waiting or running:
                while waiting and len(running) < parallel:
                    running.append(_start(waiting.popleft()))
                ready = wait([run.pipe for run in running])
                for run in [run for run in running if run.pipe in ready]:
                    if outcome := _receive(run):
                        running.remove(run)
                        outcomes.append(outcome)
                        if outcome.error:
                            waiting.clear()
        finally:
            _stop(running)
    return outcomes


def _start(order: Order) -> _Run:
    """Start a process that never sees Ctrl-C, which a terminal sends to all: this process stops the others."""
    ours, theirs = _SPAWN.Pipe(duplex=False)
    process = _SPAWN.Process(target=_serve, args=(order, theirs), name=order.title)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    theirs.close()
    console.print(f"{order.title}: started", highlight=False)
    return _Run(order, process, ours)


def _receive(run: _Run) -> Outcome | None:
    """Hand a progress record on, or keep the run's own word on its end; the outcome once its process has ended."""
    try:
        message = run.pipe.recv()
    except (EOFError, OSError):
        return _ended(run)
    if isinstance(message, logging.LogRecord):
        PROGRESS.handle(message)
    else:
        run.ended = message
    return None


def _ended(run: _Run) -> Outcome:
    run.process.join()
    run.pipe.close()
    killed = f"its process ended with exit code {run.process.exitcode}; run again to go on where it was"
    error, warned = run.ended or (killed, ())
    seconds = time.monotonic() - run.began
    console.print(f"{run.order.title}: {'failed' if error else 'finished'} after {seconds:.0f} s", highlight=False)
    return Outcome(run.order.title, seconds, error, warned)


def _stop(runs: list[_Run]) -> None:
    for run in runs:
        run.process.terminate()
    deadline = time.monotonic() + GRACE_S
    for run in runs:
        run.process.join(max(0.0, deadline - time.monotonic()))
        run.process.kill()
        run.process.join()


@contextmanager
def _termination_raised() -> Iterator[None]:
    """SIGTERM ends this process as an exception, so that it stops its runs first."""

    def leave(number: int, _: object) -> NoReturn:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class _PipeHandler(QueueHandler):
    """Sends records that are ready to be pickled."""

    def __init__(self, pipe: Connection) -> None:
        super().__init__(queue=None)  # type: ignore[arg-type]
        self.pipe = pipe

    def enqueue(self, record: logging.LogRecord) -> None:
        self.pipe.send(record)


def _serve(order: Order, pipe: Connection) -> None:
    """Main function of a run's process."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # Dagster notes an interrupted run as failed
    threading.Thread(target=_end_with_parent, daemon=True).start()
    PROGRESS.addHandler(_PipeHandler(pipe))
    PROGRESS.setLevel(logging.INFO)
    try:
        pipe.send(_materialize(order))
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)


def _end_with_parent() -> None:
    """End this process and its tool workers at once when the process that started it is gone, however that ended."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    for worker in multiprocessing.active_children():
        worker.kill()
    os._exit(1)


def _materialize(order: Order) -> tuple[str, tuple[str, ...]]:
    """Run Dagster in this process; the message of the first failed step or check ("" for none), and warnings."""
    import dagster as dg

    hide_previews()
    from dive_assets.definitions import definitions_with
    from resources import local_resources
    from resources.language_models import LanguageModels
    from resources.parquet_storage import ParquetIOManager
    from resources.production import Production

    storage = order.production["storage"]
    resources = {
        **local_resources(),
        "io_manager": ParquetIOManager(base_dir=storage),
        "production": Production(**order.production),
        "language_models": LanguageModels(storage=storage, **order.language_models),
    }
    job = definitions_with(resources).resolve_implicit_global_asset_job_def()
    with dg.DagsterInstance.from_config(order.home) as instance:
        result = job.execute_in_process(
            asset_selection=[dg.AssetKey(name) for name in order.assets],
            instance=instance,
            partition_key=order.partition,
            raise_on_error=False,
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
        )
    return how_it_ended(result)


def how_it_ended(result: Any) -> tuple[str, tuple[str, ...]]:
    """The message of the first failed step or check of a run ("" for none), and what checks warn of."""
    errors, warned = _failed_checks(result)
    error = next(iter(errors), "") if result.success else _first_failure(result)
    return (f"{error} (the run {result.run_id} is in the UI)" if error else ""), tuple(warned)


def _failed_checks(result: Any) -> tuple[list[str], list[str]]:
    """What failed checks say: those of severity ERROR, which end a run only if they block, and those that warn."""
    import dagster as dg

    said: dict[Any, list[str]] = {dg.AssetCheckSeverity.ERROR: [], dg.AssetCheckSeverity.WARN: []}
    for check in result.get_asset_check_evaluations():
        if not check.passed:
            text = f"{check.asset_key.to_user_string()}: {check.description or check.check_name}"
            said[check.severity].append(text)
    return said[dg.AssetCheckSeverity.ERROR], said[dg.AssetCheckSeverity.WARN]


def _first_failure(result: Any) -> str:
    """The innermost message of the first failed step."""
    for event in result.all_events:
        if event.is_step_failure:
            error = event.step_failure_data.error
            while error is not None and error.cause is not None:
                error = error.cause
            return error.message.strip() if error else event.message or "a step failed"
    return "the run failed"
