"""Records as table rows and back: scalars as columns, everything ragged as JSON text.

A table of tasks or traces is sorted by index; equal records give equal bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from dive_assets.records import SCHEMA_VERSION, Seed, Task, Trace, Trajectory, Verdict
from dive_assets.tools.canonical import canonical_json
from dive_assets.tools.validation import ToolReport


class ForeignSchema(ValueError):
    """A table lacks columns or was written with another schema version."""


ROWS_AT_ONCE = 1000  # what is held of a table that grows with the set

TASK_COLUMNS: dict[str, pl.DataType] = {
    "task_id": pl.String(),
    "domain": pl.String(),
    "index": pl.Int64(),
    "question": pl.String(),
    "answer": pl.String(),
    "answer_type": pl.String(),
    "answer_unit": pl.String(),
    "answer_source": pl.String(),
    "options": pl.String(),
    "toolset": pl.List(pl.String()),
    "program": pl.String(),
    "output_hashes": pl.String(),
    "pattern": pl.String(),
    "reasoning_type": pl.String(),
    "rounds": pl.Int64(),
    "calls": pl.Int64(),
    "difficulty": pl.String(),
    "derivation": pl.String(),
    "seeds": pl.String(),
    "tool_versions": pl.String(),
    "recovery": pl.String(),
    "missing_tool": pl.String(),
    "release_seed": pl.Int64(),
    "schema_version": pl.Int64(),
}
JSON_COLUMNS = ("options", "program", "output_hashes", "seeds", "tool_versions", "recovery")
TRACE_COLUMNS: dict[str, pl.DataType] = {
    "domain": pl.String(),
    "index": pl.Int64(),
    "pattern": pl.String(),
    "failure": pl.String(),
    "failure_detail": pl.String(),
    "calls": pl.Int64(),
    "failed_calls": pl.Int64(),
    "trace": pl.String(),
}
SEED_COLUMNS: dict[str, pl.DataType] = {
    "entity_type": pl.String(),
    "value": pl.String(),
    "label": pl.String(),
    "source": pl.String(),
    "licence": pl.String(),
}
REJECTED_COLUMNS: dict[str, pl.DataType] = {
    "task_id": pl.String(),
    "domain": pl.String(),
    "index": pl.Int64(),
    "reason": pl.String(),
    "detail": pl.String(),
    "question": pl.String(),
    "pattern": pl.String(),
    "task": pl.String(),
}
TRAJECTORY_COLUMNS: dict[str, pl.DataType] = {
    "trajectory_id": pl.String(),
    "task_id": pl.String(),
    "domain": pl.String(),
    "index": pl.Int64(),
    "teacher": pl.String(),
    "failure": pl.String(),
    "turns": pl.Int64(),
    "calls": pl.Int64(),
    "characters": pl.Int64(),
    "tools": pl.List(pl.String()),
    "messages": pl.String(),
}
ATTEMPT_COLUMNS: dict[str, pl.DataType] = {
    **TRACE_COLUMNS,
    "stopped_rounds": pl.Int64(),
    "messages": pl.String(),
    "derivation": pl.String(),
    "task": pl.String(),
}
REPORT_COLUMNS: dict[str, pl.DataType] = {
    "name": pl.String(),
    "passed": pl.Boolean(),
    "reason": pl.String(),
    "probes": pl.Int64(),
    "milliseconds": pl.Float64(),
}


def require_columns(frame: pl.DataFrame, columns: Iterable[str], what: str) -> None:
    """Raises ForeignSchema naming the missing columns and the mend."""
    if missing := [c for c in columns if c not in frame.columns]:
        raise ForeignSchema(f"{what} lacks the columns {missing}: materialize it again with this version")


def task_table(tasks: Iterable[Task]) -> pl.DataFrame:
    rows = [_task_row(task) for task in tasks]
    return pl.DataFrame(rows, schema=TASK_COLUMNS, orient="row")


def _task_row(task: Task) -> dict[str, Any]:
    dumped = task.model_dump(mode="json")
    answer = dumped["answer"]
    return {
        **{c: dumped[c] for c in TASK_COLUMNS if c in dumped},
        "answer": canonical_json(answer.pop("value")),
        "answer_type": answer["type"],
        "answer_unit": answer["unit"],
        "answer_source": canonical_json(answer),
        "calls": len(task.program),
        **{c: canonical_json(dumped[c]) for c in JSON_COLUMNS},
    }


def tasks_of(frame: pl.DataFrame) -> Iterator[Task]:
    """The tasks, one at a time. Raises ForeignSchema, at once, for a missing column or another schema version."""
    require_columns(frame, TASK_COLUMNS, "the task table")
    versions = frame["schema_version"].unique().to_list()
    if any(v != SCHEMA_VERSION for v in versions):
        raise ForeignSchema(f"the tasks have schema version {versions}; this program reads {SCHEMA_VERSION}")
    return map(_task, frame.iter_rows(named=True))


def tasks_of_domains(frame: pl.LazyFrame) -> Iterator[Task]:
    """The tasks of all domains, in order of their names; a block of rows is in memory at a time. Raises as
    `tasks_of`."""
    for domain in sorted(frame.select("domain").unique().collect()["domain"]):
        for (block,) in blocks_of_domain(domain, frame):
            yield from tasks_of(block)


def of_domain(frame: pl.LazyFrame, domain: str) -> pl.DataFrame:
    return frame.filter(pl.col("domain") == domain).collect()


def blocks_of_domain(domain: str, *frames: pl.LazyFrame) -> Iterator[tuple[pl.DataFrame, ...]]:
    """The domain's rows of tables that have an index, `ROWS_AT_ONCE` indices at a time, up to the last index of the
    first table."""
    parts = [frame.filter(pl.col("domain") == domain) for frame in frames]
    last = parts[0].select(pl.col("index").max()).collect().item()
    for first in range(0, 0 if last is None else last + 1, ROWS_AT_ONCE):
        indices = pl.col("index").is_between(first, first + ROWS_AT_ONCE - 1)
        yield tuple(part.filter(indices).collect() for part in parts)


def _task(row: dict[str, Any]) -> Task:
    import orjson

    parsed = {c: orjson.loads(row[c]) for c in JSON_COLUMNS}
    answer = {**orjson.loads(row["answer_source"]), "value": orjson.loads(row["answer"])}
    plain = {c: row[c] for c in TASK_COLUMNS if c in Task.model_fields and c not in parsed}
    return Task.model_validate({**plain, **parsed, "answer": answer})


def trace_row(trace: Trace) -> dict[str, Any]:
    return {
        "domain": trace.domain,
        "index": trace.index,
        "pattern": trace.plan.pattern,
        "failure": trace.failure or "",
        "failure_detail": trace.failure_detail,
        "calls": len(trace.evidence),
        "failed_calls": sum(e.error_code is not None for e in trace.evidence),
        "trace": trace.model_dump_json(),
    }


def trace_table(rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """A table of rows that `trace_row` made."""
    return pl.DataFrame(list(rows), schema=TRACE_COLUMNS, orient="row")


def traces_of(frame: pl.DataFrame) -> Iterator[Trace]:
    """The traces, one at a time. Raises ForeignSchema, at once, for a missing column."""
    require_columns(frame, TRACE_COLUMNS, "the trace table")
    return map(Trace.model_validate_json, frame["trace"])


class TraceShelf(Mapping[int, Trace]):
    """Traces of one domain by index; a trace is parsed when it is asked for."""

    def __init__(self, frame: pl.DataFrame) -> None:
        require_columns(frame, TRACE_COLUMNS, "the trace table")
        self._places = {index: place for place, index in enumerate(frame["index"].to_list())}
        self._texts = frame["trace"]

    def __getitem__(self, index: int) -> Trace:
        return Trace.model_validate_json(self._texts[self._places[index]])

    def __iter__(self) -> Iterator[int]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def seed_table(seeds: Iterable[Seed]) -> pl.DataFrame:
    rows = [{**s.model_dump(), "value": canonical_json(s.value)} for s in seeds]
    return pl.DataFrame(rows, schema=SEED_COLUMNS, orient="row")


def seeds_of(frame: pl.DataFrame) -> list[Seed]:
    """Raises ForeignSchema for a missing column."""
    import orjson

    require_columns(frame, SEED_COLUMNS, "the seed table")
    return [Seed.model_validate({**row, "value": orjson.loads(row["value"])}) for row in frame.iter_rows(named=True)]


def rejected_table(rejected: Iterable[tuple[Task, Verdict]]) -> pl.DataFrame:
    rows = [
        {
            "task_id": task.task_id,
            "domain": task.domain,
            "index": task.index,
            "reason": verdict.reason,
            "detail": next(c.reason for c in verdict.checks if not c.passed),
            "question": task.question,
            "pattern": task.pattern,
            "task": task.model_dump_json(),
        }
        for task, verdict in rejected
    ]
    return pl.DataFrame(rows, schema=REJECTED_COLUMNS, orient="row")


def trajectory_table(trajectories: Iterable[Trajectory]) -> pl.DataFrame:
    """One row a chat."""
    return trajectory_rows_table(map(trajectory_row, trajectories))


def trajectory_rows_table(rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """A table of rows that `trajectory_row` made."""
    return pl.DataFrame(list(rows), schema=TRAJECTORY_COLUMNS, orient="row")


def trajectory_row(trajectory: Trajectory) -> dict[str, Any]:
    """`turns` are messages of the assistant, `characters` those of all messages as JSON."""
    messages = canonical_json(trajectory.messages)
    plain = trajectory.model_dump(include=set(TRAJECTORY_COLUMNS) - {"messages"})
    return {
        **plain,
        "tools": list(trajectory.tools),
        "turns": sum(message["role"] == "assistant" for message in trajectory.messages),
        "calls": sum(len(message.get("tool_calls") or ()) for message in trajectory.messages),
        "characters": len(messages),
        "messages": messages,
    }


def trajectories_of(frame: pl.DataFrame) -> Iterator[Trajectory]:
    """The chats, one at a time. Raises ForeignSchema, at once, for a missing column."""
    import orjson

    require_columns(frame, TRAJECTORY_COLUMNS, "the trajectory table")
    fields = [name for name in TRAJECTORY_COLUMNS if name in Trajectory.model_fields]
    rows = frame.select(fields).iter_rows(named=True)
    return (Trajectory.model_validate({**row, "messages": orjson.loads(row["messages"])}) for row in rows)


def attempt_table(rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """One row an attempt of a model, in order of index: its trace, the chat as it was sent, what was derived, and the
    task, which is to be verified where `failure` is ""."""
    return pl.DataFrame(sorted(rows, key=lambda row: row["index"]), schema=ATTEMPT_COLUMNS, orient="row")


def report_table(reports: Sequence[ToolReport]) -> pl.DataFrame:
    return pl.DataFrame([r.model_dump() for r in reports], schema=REPORT_COLUMNS, orient="row")


def frame_hash(frame: pl.DataFrame) -> str:
    """SHA-256 over the rows as JSON lines: the same for the same rows, whoever wrote them."""
    digest = hashlib.sha256()
    for rows in frame.iter_slices(ROWS_AT_ONCE):
        digest.update(rows.write_ndjson().encode())
    return digest.hexdigest()
