"""Verified tasks in the words of a model: same program, same answer, checked again with the new question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import polars as pl
from pydantic import BaseModel, ConfigDict, Field

from dive_assets.language_models.client import ChatClient
from dive_assets.language_models.errors import CallFailed, MalformedReply
from dive_assets.model_gates.answering import GateSettings, gate
from dive_assets.model_synthesis.deriver import DerivationRejected
from dive_assets.model_synthesis.rewriter import RewriterSettings, rewrite
from dive_assets.production.model_runs import AsyncExecutor, ModelRun, OpenClient, Row, run_attempts
from dive_assets.records import Task, Trace
from dive_assets.tools.runtime import ToolRuntime
from dive_assets.tools.tool import Tool
from dive_assets.verification.duplicates import DuplicateIndex
from dive_assets.verification.subject import Subject
from dive_assets.verification.verify import check_statically

REJECTED_REWRITE_COLUMNS: dict[str, pl.DataType] = {
    "domain": pl.String(),
    "index": pl.Int64(),
    "task_id": pl.String(),
    "failure": pl.String(),
    "detail": pl.String(),
    "original": pl.String(),
    "question": pl.String(),
}


class RewritingSettings(BaseModel):
    """How many of a domain's verified tasks are rewritten, by which model, and who tries the result."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    rewrites: int = Field(ge=0)
    rewriter: RewriterSettings
    gates: GateSettings | None = None


def rewrite_tasks(
    domain: str,
    tasks: Sequence[Task],
    traces: Mapping[int, Trace],
    tools: Mapping[str, Tool],
    settings: RewritingSettings,
    open_client: OpenClient,
    journal_folder: Path,
    runtime: ToolRuntime,
) -> ModelRun:
    """Rewrite the first answerable tasks of a domain. A row has `task` (JSON, "" if rejected), `failure`, `detail`."""
    chosen = [task for task in tasks if task.answerable][: settings.rewrites]
    names = [f"{task.domain}-{task.release_seed}-rewritten-{task.index:06d}" for task in chosen]

    async def attempt(client: ChatClient, execute: AsyncExecutor, place: int) -> Row:
        return await _attempt(client, names[place], chosen[place], traces, tools, settings)

    return run_attempts(f"{domain}: rewrites", names, attempt, open_client, journal_folder, domain, runtime)


def accepted_rewrites(rows: Iterable[Row]) -> list[Task]:
    return [Task.model_validate_json(row["task"]) for row in rows if not row["failure"]]


def rejected_rewrite_table(rows: Iterable[Row]) -> pl.DataFrame:
    rejected = [{name: row[name] for name in REJECTED_REWRITE_COLUMNS} for row in rows if row["failure"]]
    return pl.DataFrame(rejected, schema=REJECTED_REWRITE_COLUMNS, orient="row")


async def _attempt(
    client: ChatClient,
    name: str,
    original: Task,
    traces: Mapping[int, Trace],
    tools: Mapping[str, Tool],
    settings: RewritingSettings,
) -> Row:
    """The row of one rewrite. Raises RunStopped."""
    question, task, failure, detail = "", None, "", ""
    try:
        rewritten = await rewrite(client, settings.rewriter, original, name)
        question = rewritten.question
        outputs = {e.call.call_id: e.output for e in traces[original.index].evidence}
        verdict = check_statically(Subject(rewritten, outputs, tools), DuplicateIndex())
        failed = next((check for check in verdict.checks if not check.passed), None)
        if failed is None and settings.gates is not None:
            failed = await gate(client, settings.gates, rewritten, outputs, name)
        if failed is None:
            task = rewritten
        else:
            failure, detail = failed.name, failed.reason
    except (MalformedReply, CallFailed, DerivationRejected) as error:
        failure, detail = error.reason, str(error)
    return {
        "domain": original.domain,
        "index": original.index,
        "task_id": original.task_id,
        "original": original.question,
        "question": question,
        "failure": failure,
        "detail": detail[:500],
        "task": task.model_dump_json() if task else "",
    }
