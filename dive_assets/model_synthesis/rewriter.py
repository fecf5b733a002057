"""Hybrid derivation: the program and its answer stay, a model says the question in other words.

A rewrite that loses or adds a constraint is rejected by code; whether it still asks for the same thing is then tried by
answering it (see model_gates).
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dive_assets.language_models.chat import ChatRequest, Sampling
from dive_assets.language_models.client import ChatClient
from dive_assets.language_models.prompts import prompt
from dive_assets.model_synthesis.collector import usable_reply
from dive_assets.model_synthesis.constraints import added_names, added_numbers, lost
from dive_assets.model_synthesis.deriver import DerivationRejected
from dive_assets.records import Task
from dive_assets.tools.canonical import canonical_json

STAGE = "rewriter"


class Rewrite(BaseModel):
    """The rewriter's structured output."""

    model_config = ConfigDict(extra="forbid")
    question: str


class RewriterSettings(BaseModel):
    """Which model rewrites, and how often it may try at a reply that cannot be used."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    model: str
    sampling: Sampling = Sampling(temperature=0.7)
    repeats: int = Field(2, ge=0)


async def rewrite(client: ChatClient, settings: RewriterSettings, task: Task, name: str) -> Task:
    """The task with its question in other words; `name` is that of the attempt in the ledger.

    Raises DerivationRejected for a rewrite that is off the schema, unchanged, or loses or adds a constraint;
    MalformedReply, and what the client raises.
    """
    kept = _kept(task)
    data = canonical_json({"question": task.question, "keep": kept})
    request = ChatRequest(
        model=settings.model,
        messages=(
            {"role": "system", "content": prompt(__package__, "rewriter_system")},
            {"role": "user", "content": data},
        ),
        response_schema=Rewrite.model_json_schema(),
        sampling=settings.sampling,
    )
    reply = await usable_reply(client, request, STAGE, name, settings.repeats)
    try:
        question = Rewrite.model_validate_json(reply.text).question.strip()
    except ValidationError as error:
        raise DerivationRejected("off_schema", str(error.errors()[0]["msg"])) from None
    if " ".join(question.split()) == task.question:
        raise DerivationRejected("unchanged")
    if missing := lost(question, kept):
        raise DerivationRejected("loses_constraint", f"the rewrite does not state {missing[0]!r}")
    if added := added_numbers(question, [task.question]) or added_names(question, task.question):
        raise DerivationRejected("adds_constraint", f"the rewrite says {added[0]!r}")
    name_of = f"{task.domain}-{task.release_seed}-rewritten-{task.index:06d}"
    return task.model_copy(update={"task_id": name_of, "question": question, "derivation": "hybrid"})


def _kept(task: Task) -> list[str]:
    """What a rewrite must state in the same words: arguments, options, and the unit of the answer."""
    spoken = [stated.spoken for call in task.program for stated in call.literals if stated.spoken]
    unit = [task.answer.unit] if task.answer.unit else []
    return list(dict.fromkeys((*spoken, *task.options, *unit)))
