"""Which tools may enter the pool: every probe is run for real, twice, in isolation.

Two runtimes, hence two sets of fresh worker processes with different hash seeds, run the same
probes. A tool passes if each probe succeeds in both, gives the same bytes, and gives what the
probe expects. A tool that fails is reported with its reason and is not in the pool.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from pydantic import BaseModel, ConfigDict

from dive_assets.tools.canonical import canonical_json, resolve_pointer
from dive_assets.tools.runtime import CallResult, ToolRuntime
from dive_assets.tools.tool import Probe, Tool

RELATIVE_TOLERANCE = 1e-6


class ToolReport(BaseModel):
    """Outcome of one tool's probes; `reason` is "" if it passed, `milliseconds` the slowest warm probe."""

    model_config = ConfigDict(frozen=True)
    name: str
    passed: bool
    reason: str
    probes: int
    milliseconds: float


def validate_tools(tools: Iterable[Tool], first: ToolRuntime, second: ToolRuntime) -> list[ToolReport]:
    """Run all probes of `tools` in two runtimes; one report a tool, in the order given."""
    listed = list(tools)
    calls = [(tool, probe) for tool in listed for probe in tool.probes]
    runs = [_run(calls, runtime) for runtime in (first, second)]
    outcomes = dict[str, list[tuple[str, float]]]()
    for (tool, probe), one, other in zip(calls, *runs, strict=True):
        reason = probe_failure(probe, one, other)
        outcomes.setdefault(tool.name, []).append((reason, other.duration_ms))
    return [_report(tool, outcomes[tool.name]) for tool in listed]


def _run(calls: Sequence[tuple[Tool, Probe]], runtime: ToolRuntime) -> list[CallResult]:
    with ThreadPoolExecutor(runtime.workers) as threads:
        return list(threads.map(lambda call: runtime.call(call[0].name, call[1].arguments), calls))


def _report(tool: Tool, outcomes: list[tuple[str, float]]) -> ToolReport:
    reasons = [reason for reason, _ in outcomes if reason]
    slowest = max(milliseconds for _, milliseconds in outcomes)
    return ToolReport(
        name=tool.name,
        passed=not reasons,
        reason="; ".join(reasons),
        probes=len(outcomes),
        milliseconds=round(slowest, 3),
    )


def probe_failure(probe: Probe, first: CallResult, second: CallResult) -> str:
    """Why two runs of a probe do not pass; "" if they do."""
    for run in (first, second):
        if probe.fails_with:
            found = run.error.message if run.error else canonical_json(run.output)
            if run.error is None or probe.fails_with not in found:
                return f"{dict(probe.arguments)}: {found} instead of the error {probe.fails_with!r}"
        elif run.error is not None:
            return f"{dict(probe.arguments)}: {run.error.code}: {run.error.message}"
    if first.output_json() != second.output_json():
        return f"{dict(probe.arguments)}: two runs differ"
    for pointer, expected in probe.expect.items():
        try:
            found = resolve_pointer(first.output, pointer)
        except LookupError:
            return f"{dict(probe.arguments)}: nothing at {pointer}"
        if not same_value(found, expected):
            return f"{dict(probe.arguments)}: {pointer} is {found!r}, expected {expected!r}"
    return ""


def same_value(found: Any, expected: Any, tolerance: float = RELATIVE_TOLERANCE) -> bool:
    """Equal, numbers to a relative tolerance, containers element by element."""
    if isinstance(expected, bool) or isinstance(found, bool):
        return found is expected
    if isinstance(expected, (int, float)) and isinstance(found, (int, float)):
        return math.isclose(found, expected, rel_tol=tolerance, abs_tol=1e-12)
    if isinstance(expected, (list, tuple)) and isinstance(found, list):
        return len(found) == len(expected) and all(map(same_value, found, expected))
    if isinstance(expected, Mapping) and isinstance(found, dict):
        return found.keys() == expected.keys() and all(same_value(found[k], expected[k]) for k in found)
    return canonical_json(found) == canonical_json(expected)
