"""closed_book: a model without tools must not know the answer. with_evidence: with the outputs at hand it must."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dive_assets.language_models.chat import ChatRequest, Sampling
from dive_assets.language_models.client import ChatClient
from dive_assets.language_models.errors import MalformedReply
from dive_assets.language_models.prompts import prompt
from dive_assets.model_gates.judge import JudgeSettings, is_right
from dive_assets.records import Check, Task
from dive_assets.tools.canonical import canonical_json

CLOSED_BOOK, WITH_EVIDENCE = "closed_book", "with_evidence"


class SubmittedAnswer(BaseModel):
    """A model's answer as structured output."""

    model_config = ConfigDict(extra="forbid")
    answerable: bool
    answer: float | str | bool | list[float | str] | None


class GateSettings(BaseModel):
    """Which model is asked, how often without tools (one right answer by heart is enough to reject a task), and who
    judges free texts (None: texts are compared by code alone)."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    model: str
    sampling: Sampling = Sampling(temperature=0.0)
    closed_book_samples: int = Field(1, ge=1)
    judges: JudgeSettings | None = None


async def closed_book(client: ChatClient, settings: GateSettings, task: Task, name: str) -> Check:
    """Passes if no sample without tools gives the answer; `name` is that of the attempt in the ledger.

    Raises what the client raises for a call that failed.
    """
    for sample in range(settings.closed_book_samples):
        if await _answers(client, settings, task, (), CLOSED_BOOK, name, sample):
            return Check(name=CLOSED_BOOK, passed=False, reason=f"{settings.model} knows the answer by heart")
    return Check(name=CLOSED_BOOK, passed=True)


async def with_evidence(
    client: ChatClient, settings: GateSettings, task: Task, outputs: Mapping[str, Any], name: str
) -> Check:
    """Passes if the model answers from the calls of the program and their outputs."""
    lines = [
        canonical_json({"tool": call.tool, "arguments": call.arguments, "output": outputs[call.call_id]})
        for call in task.program
    ]
    passed = await _answers(client, settings, task, lines, WITH_EVIDENCE, name, 0)
    reason = "" if passed else f"{settings.model} gives another answer with the evidence at hand"
    return Check(name=WITH_EVIDENCE, passed=passed, reason=reason)


async def gate(
    client: ChatClient, settings: GateSettings, task: Task, outputs: Mapping[str, Any], name: str
) -> Check | None:
    """The first gate that a task fails; None if it passes both."""
    found = await with_evidence(client, settings, task, outputs, name)
    if found.passed:
        found = await closed_book(client, settings, task, name)
    return None if found.passed else found


async def _answers(
    client: ChatClient,
    settings: GateSettings,
    task: Task,
    evidence: Sequence[str],
    stage: str,
    name: str,
    sample: int,
) -> bool:
    """Whether a reply holds the answer; a reply that cannot be used does not."""
    request = ChatRequest(
        model=settings.model,
        messages=(
            {"role": "system", "content": prompt(__package__, "answer_system", evidence=bool(evidence))},
            {"role": "user", "content": prompt(__package__, "answer_user", question=task.question, evidence=evidence)},
        ),
        response_schema=SubmittedAnswer.model_json_schema(),
        sampling=settings.sampling,
    )
    try:
        reply = await client.complete(request, stage, name, sample)
        submitted = SubmittedAnswer.model_validate_json(reply.text)
    except (MalformedReply, ValidationError):
        client.counts[f"{stage}: unusable"] += 1
        return False
    return submitted.answerable and await is_right(client, settings.judges, task, submitted.answer, name)
