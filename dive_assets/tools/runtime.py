"""Executes one tool call by name, in a warm worker process with limits.

    with ToolRuntime(workers=2) as runtime:
        result = runtime.call("country_facts", {"country": "Kenya"})
        result.output   # {"capital": "Nairobi", ...}, or None and result.error

A call never raises because of a tool: a hang, a crash, 100 MB of output or NaN all come back
as a typed error. Time is limited from outside (the worker is killed and replaced), memory by
RLIMIT_AS inside the worker.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Mapping
from concurrent.futures import TimeoutError as FutureTimeout
from types import TracebackType
from typing import Any, Self

import orjson
from pebble import ProcessExpired, ProcessPool
from pydantic import BaseModel, ConfigDict, Field

from dive_assets.tools import worker
from dive_assets.tools.canonical import canonical_json, content_hash
from dive_assets.tools.errors import ErrorCode
from dive_assets.tools.registry import registry_of
from dive_assets.tools.seeds import SeedSource

SINGLE_THREADED = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


class CallError(BaseModel):
    """Why a call failed."""

    model_config = ConfigDict(frozen=True)
    code: ErrorCode
    message: str


class CallResult(BaseModel):
    """Full output of one call, or its error; `duration_ms` is wall time seen by the caller."""

    model_config = ConfigDict(frozen=True)
    output: Any = None
    error: CallError | None = None
    duration_ms: float = 0.0

    @property
    def ok(self) -> bool:
        return self.error is None

    @property
    def output_hash(self) -> str:
        """SHA-256 of the canonical output (of the error for a failed call)."""
        return content_hash(self.output if self.error is None else {"error": self.error.code})

    def output_json(self) -> str:
        return canonical_json(self.output)


class RuntimeLimits(BaseModel):
    """What one call may use."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    time_s: float = Field(60.0, gt=0, description="Wall seconds of one call, first imports included.")
    memory_bytes: int = Field(6 * 2**30, gt=0, description="Address space of one worker process.")
    output_bytes: int = Field(200_000, gt=0, description="Size of one output as JSON.")


class ToolRuntime:
    """A pool of worker processes that hold the tools of `packages`. Use as a context manager, or `start` and `stop`.

    Every worker is a fresh interpreter (spawned, not forked) with a hash seed of its own.
    """

    def __init__(
        self,
        workers: int = 2,
        limits: RuntimeLimits | None = None,
        packages: tuple[str, ...] = ("dive_assets.toolpool",),
    ) -> None:
        if workers < 1:
            raise ValueError(f"workers must be at least 1, not {workers}")
        self.workers = workers
        self.limits = limits or RuntimeLimits()
        self.packages = packages
        self._pool: ProcessPool | None = None

    def start(self) -> None:
        """Make the pool; the workers themselves start with the first call."""
        os.environ.update(SINGLE_THREADED)  # inherited by the workers, read when numpy is imported
        self._pool = ProcessPool(
            max_workers=self.workers,
            initializer=worker.start,
            initargs=(self.limits.memory_bytes, self.limits.output_bytes),
            context=multiprocessing.get_context("spawn"),
        )

    def stop(self) -> None:
        """End the workers at once."""
        if self._pool is not None:
            self._pool.stop()
            self._pool.join()
            self._pool = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.stop()

    def call(self, name: str, arguments: Mapping[str, Any]) -> CallResult:
        """Execute one call and wait for it. Thread-safe; never raises for a tool's failure."""
        registry = registry_of(*self.packages)
        tool = registry.tools.get(name)
        if tool is None:
            message = registry.absent.get(name, f"there is no tool {name!r}")
            return CallResult(error=CallError(code="unknown_tool", message=message))
        return self._run(worker.call, tool.function.__module__, name, worker.plain_arguments(arguments))

    def read_seeds(self, source: SeedSource) -> CallResult:
        """Run a seed source; the output is a list of [value, label]."""
        return self._run(worker.read_seeds, source.function.__module__, source.name)

    def _run(self, function: Callable[..., bytes], *arguments: Any) -> CallResult:
        if self._pool is None:
            raise RuntimeError("the tool runtime is not running: use it as a context manager")
        started = time.perf_counter()
        try:
            answer = orjson.loads(
                self._pool.schedule(function, args=list(arguments), timeout=self.limits.time_s).result()
            )
        except FutureTimeout:
            answer = _error("timeout", f"longer than {self.limits.time_s:g} s")
        except ProcessExpired as expired:
            answer = _error("crashed", f"the worker process ended with exit code {expired.exitcode}")
        return CallResult(**answer, duration_ms=(time.perf_counter() - started) * 1000)


def _error(code: ErrorCode, message: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": message}}
