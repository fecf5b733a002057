"""The cassette: recorded tool calls by content address, so that anybody can replay every task.

cassette = Cassette(cassette_entries(tasks, traces))
replay(task, cassette.call)          # the same interface as ToolRuntime.call
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson

from dive_assets.publishing.errors import ReleaseError
from dive_assets.publishing.parquet import CASSETTE_SCHEMA, nulls_in
from dive_assets.records import Evidence, Record, Recovery, Task, Trace
from dive_assets.tools.canonical import canonical_json, content_hash
from dive_assets.tools.runtime import CallError, CallResult


class CassetteEntry(Record):
    """One recorded call. `key` is the hash of (tool, version, arguments), `output_hash` that of the output.

    A call that failed, kept with the task that recovered from it, has an `error_code` and no output.
    """

    key: str
    tool: str
    tool_version: str
    arguments: dict[str, Any]
    output: Any
    error_code: str = ""
    output_hash: str

    @property
    def fault(self) -> str:
        """Why the entry is not what was recorded; "" if both hashes fit."""
        if content_hash(self.tool, self.tool_version, self.arguments) != self.key:
            return "tool, version or arguments do not fit the key"
        recorded = {"error": self.error_code} if self.error_code else self.output
        return "" if content_hash(recorded) == self.output_hash else "the output does not fit its hash"


def recorded(evidence: Evidence) -> CassetteEntry:
    """The entry of an executed call. Raises ReleaseError for a failed one."""
    call = evidence.call
    if evidence.error_code is not None:
        raise ReleaseError(f"call {call.call_id} ({call.tool}) failed with {evidence.error_code}: it proves nothing")
    return CassetteEntry(
        key=content_hash(call.tool, evidence.tool_version, call.arguments),
        tool=call.tool,
        tool_version=evidence.tool_version,
        arguments=call.arguments,
        output=evidence.output,
        output_hash=evidence.output_hash,
    )


def recorded_failure(recovery: Recovery, version: str) -> CassetteEntry:
    """The entry of the failed call that a task keeps."""
    return CassetteEntry(
        key=content_hash(recovery.tool, version, recovery.arguments),
        tool=recovery.tool,
        tool_version=version,
        arguments=recovery.arguments,
        output=None,
        error_code=recovery.error_code,
        output_hash=content_hash({"error": recovery.error_code}),
    )


def cassette_entries(tasks: Iterable[Task], traces: Mapping[int, Trace]) -> list[CassetteEntry]:
    """The calls of the tasks' programs and their kept failures, out of one domain's traces by index; each
    once, sorted by key.

    Raises ReleaseError, naming the task, if its trace or a call is not there.
    """
    found: dict[str, CassetteEntry] = {}
    for task in tasks:
        trace = traces.get(task.index)
        evidence = {e.call.call_id: e for e in trace.evidence} if trace else {}
        for call in task.program:
            if call.call_id not in evidence:
                raise ReleaseError(f"task {task.task_id}: no evidence of {call.call_id}: materialize the traces again")
            entry = recorded(evidence[call.call_id])
            found[entry.key] = entry
        if task.recovery is not None:
            entry = recorded_failure(task.recovery, task.tool_versions[task.recovery.tool])
            found[entry.key] = entry
    return [found[key] for key in sorted(found)]


def call_keys(task: Task) -> list[str]:
    """Keys of the entries that a task needs: its program's calls and its kept failure."""
    calls = [(call.tool, call.arguments) for call in task.program]
    if task.recovery is not None:
        calls.append((task.recovery.tool, task.recovery.arguments))
    return [content_hash(tool, task.tool_versions[tool], arguments) for tool, arguments in calls]


def entry_row(entry: CassetteEntry) -> dict[str, Any]:
    """A row of the cassette table: arguments and output as JSON text."""
    return {**dict(entry), "arguments": canonical_json(entry.arguments), "output": canonical_json(entry.output)}


def entry_of(row: Mapping[str, Any]) -> CassetteEntry:
    """The entry of a row. Raises ValueError for a null, text that is not JSON, or a wrong type."""
    if empty := nulls_in(row, CASSETTE_SCHEMA.names):
        raise ValueError(f"{empty} are null")
    parsed = {column: orjson.loads(row[column]) for column in ("arguments", "output")}
    return CassetteEntry.model_validate({**row, **parsed})


class Cassette:
    """Looks recorded calls up. An altered entry is never played: its call fails, with the reason."""

    def __init__(self, entries: Iterable[CassetteEntry]) -> None:
        self._entries: dict[tuple[str, str], CassetteEntry] = {}
        self._faults: dict[tuple[str, str], str] = {}
        for entry in entries:
            address = (entry.tool, canonical_json(entry.arguments))
            known = self._entries.setdefault(address, entry)
            if fault := entry.fault or ("" if known == entry else "recorded twice, differently"):
                self._faults[address] = fault

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[CassetteEntry]:
        """The entries, each once, sorted by key."""
        return iter(sorted(self._entries.values(), key=lambda e: e.key))

    @property
    def faults(self) -> list[tuple[str, str]]:
        """(key and tool, reason) of every entry that is not what was recorded."""
        return [(f"{self._entries[a].key} ({a[0]})", reason) for a, reason in self._faults.items()]

    def version_of(self, name: str, arguments: Mapping[str, Any]) -> str | None:
        """The tool version that a call was recorded with; None if it was not."""
        entry = self._entries.get((name, canonical_json(dict(arguments))))
        return entry.tool_version if entry else None

    def call(self, name: str, arguments: Mapping[str, Any]) -> CallResult:
        """The recorded output; a missing or altered recording is a not_recorded error, not an exception."""
        address = (name, canonical_json(dict(arguments)))
        if address in self._faults:
            return _not_recorded(f"the cassette's recording is altered: {self._faults[address]}")
        if address not in self._entries:
            return _not_recorded(f"the cassette holds no call with the arguments {address[1]}")
        entry = self._entries[address]
        if entry.error_code:
            return CallResult(error=CallError(code=entry.error_code, message="recorded failure"))  # type: ignore[arg-type]
        return CallResult(output=entry.output)


def _not_recorded(message: str) -> CallResult:
    return CallResult(error=CallError(code="not_recorded", message=message))
