"""A quorum of judges says whether a free text is the reference answer. Numbers, lists and truth values are never
judged: code compares them.

What is judged stands as JSON data in the message, so that an answer cannot speak to the judge.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from dive_assets.language_models.chat import ChatRequest, Sampling
from dive_assets.language_models.client import ChatClient
from dive_assets.language_models.errors import MalformedReply
from dive_assets.language_models.prompts import prompt
from dive_assets.records import Task
from dive_assets.tools.canonical import canonical_json
from dive_assets.verification.grading import is_correct

STAGE = "judge"


class Judgement(BaseModel):
    """A judge's structured output."""

    model_config = ConfigDict(extra="forbid")
    verdict: Literal["same", "different"]


class JudgeSettings(BaseModel):
    """The models that vote, an odd number of votes in all; a model that is named twice votes twice."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    models: tuple[str, ...] = Field(min_length=1)
    sampling: Sampling = Sampling(temperature=0.0, max_tokens=512)

    @field_validator("models")
    @classmethod
    def _odd(cls, models: tuple[str, ...]) -> tuple[str, ...]:
        if len(models) % 2 == 0:
            raise ValueError(f"the number of votes must be odd, not {len(models)}: add or remove a model")
        return models


async def same_text(
    client: ChatClient, settings: JudgeSettings, question: str, reference: str, submitted: str, task: str
) -> bool:
    """Whether most judges take the submitted text for the reference; a vote that cannot be used says no."""
    votes = [
        await _vote(client, settings, model, question, reference, submitted, task, settings.models[:place].count(model))
        for place, model in enumerate(settings.models)
    ]
    return sum(votes) > len(votes) / 2


async def is_right(client: ChatClient, settings: JudgeSettings | None, task: Task, submitted: Any, name: str) -> bool:
    """Whether a submitted answer is the task's: by code, and for a free text that differs by the judges, if there are
    any. `name` is that of the attempt in the ledger."""
    if is_correct(task.answer, submitted):
        return True
    free = task.answer.type == "string" and not task.options and isinstance(submitted, str) and submitted.strip()
    if settings is None or not free:
        return False
    return await same_text(client, settings, task.question, str(task.answer.value), submitted, name)


async def _vote(
    client: ChatClient,
    settings: JudgeSettings,
    model: str,
    question: str,
    reference: str,
    submitted: str,
    task: str,
    sample: int,
) -> bool:
    data = canonical_json({"question": question, "reference": reference, "submitted": submitted})
    request = ChatRequest(
        model=model,
        messages=(
            {"role": "system", "content": prompt(__package__, "judge_system")},
            {"role": "user", "content": data},
        ),
        response_schema=Judgement.model_json_schema(),
        sampling=settings.sampling,
    )
    try:
        reply = await client.complete(request, STAGE, task, sample)
        return Judgement.model_validate_json(reply.text).verdict == "same"
    except (MalformedReply, ValidationError):
        client.counts[f"{STAGE}: unusable"] += 1
        return False
