"""Derivation: a model writes question and answer as structured output, citing evidence; code checks each citation.

What comes out is the same Task record as without a model, and goes through the same verification.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dive_assets.language_models.chat import ChatRequest, Sampling
from dive_assets.language_models.client import ChatClient
from dive_assets.language_models.prompts import prompt
from dive_assets.model_synthesis.collector import usable_reply
from dive_assets.model_synthesis.constraints import added_numbers
from dive_assets.model_synthesis.provenance import Ungrounded, mention, sourced_program
from dive_assets.records import Answer, Evidence, Seed, Source, Task
from dive_assets.synthesis.derive import difficulty, draw_toolset
from dive_assets.tools.canonical import canonical_json, content_hash, resolve_pointer
from dive_assets.tools.tool import Tool
from dive_assets.trajectories.conversation import shortened
from dive_assets.verification.grading import is_correct

STAGE = "deriver"
PATTERN = "model"


class DerivationRejected(Exception):
    """What the model wrote is not entailed by the evidence; `reason` is counted in the funnel."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason, self.detail = reason, detail


class Citation(BaseModel):
    """Where a part of the answer stands."""

    model_config = ConfigDict(extra="forbid")
    call_id: str = Field(description="Id of the call, such as c3.")
    pointer: str = Field(description="JSON pointer into its output, such as /capital.")


class Derivation(BaseModel):
    """The deriver's structured output."""

    model_config = ConfigDict(extra="forbid")
    question: str
    answer_type: Literal["number", "string", "list", "boolean"]
    answer: float | str | bool | list[float | str]
    unit: str
    decimals: int | None
    citations: list[Citation]


class DeriverSettings(BaseModel):
    """Which model derives, and how often it may try."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    model: str
    sampling: Sampling = Sampling(temperature=0.0)
    repeats: int = Field(2, ge=0)
    shown_characters: int = Field(4000, ge=200)


async def derive(
    client: ChatClient, settings: DeriverSettings, evidence: Sequence[Evidence], seed: Seed, task: str
) -> Derivation:
    """Question and answer from the evidence of calls that succeeded; `seed` is what the collection started from.

    Raises DerivationRejected for a reply off the schema, MalformedReply, and what the client raises.
    """
    lines = [
        shortened(
            canonical_json(
                {"call_id": e.call.call_id, "tool": e.call.tool, "arguments": e.call.arguments, "output": e.output}
            ),
            settings.shown_characters,
        )
        for e in evidence
        if e.error_code is None
    ]
    messages = (
        {"role": "system", "content": prompt(__package__, "deriver_system")},
        {"role": "user", "content": prompt(__package__, "deriver_user", evidence=lines, subject=mention(seed))},
    )
    request = ChatRequest(
        model=settings.model,
        messages=messages,
        response_schema=Derivation.model_json_schema(),
        sampling=settings.sampling,
    )
    reply = await usable_reply(client, request, STAGE, task, settings.repeats)
    try:
        return Derivation.model_validate_json(reply.text)
    except ValidationError as error:
        raise DerivationRejected("off_schema", str(error.errors()[0]["msg"])) from None


def task_of(
    derivation: Derivation,
    evidence: Sequence[Evidence],
    tools: Mapping[str, Tool],
    seed: Seed,
    domain: str,
    index: int,
    release_seed: int,
) -> Task:
    """The task of a derivation whose citations hold. Raises DerivationRejected if one does not."""
    answer = _cited_answer(derivation, evidence)
    question = f"{derivation.question.strip()} {_closing(answer)}".strip()
    try:
        program = sourced_program(evidence, answer, question, tools, seed)
    except Ungrounded as error:
        raise DerivationRejected("ungrounded", str(error)) from None
    spoken = [stated.spoken for call in program for stated in call.literals]
    if added := added_numbers(derivation.question, [*spoken, answer.unit, str(answer.decimals)]):
        raise DerivationRejected("adds_constraint", f"no call uses {added[0]!r} of the question")
    needed = sorted({call.tool for call in program})
    rng = random.Random(content_hash("model task", release_seed, domain, index))
    hashes = {e.call.call_id: e.output_hash for e in evidence}
    rounds = max(e.round for e in evidence if any(e.call.call_id == call.call_id for call in program))
    return Task(
        task_id=f"{domain}-{release_seed}-model-{index:06d}",
        domain=domain,
        index=index,
        question=question,
        answer=answer,
        toolset=draw_toolset(needed, tools, rng),
        program=program,
        output_hashes={call.call_id: hashes[call.call_id] for call in program},
        pattern=PATTERN,
        reasoning_type=PATTERN,
        rounds=rounds,
        difficulty=difficulty(len(program), rounds),
        derivation="llm",
        seeds=(seed,),
        tool_versions={name: tools[name].version for name in needed},
        release_seed=release_seed,
    )


def _cited_answer(derivation: Derivation, evidence: Sequence[Evidence]) -> Answer:
    """The answer, read where the citations say. Raises DerivationRejected if it is not what the model wrote."""
    outputs = {e.call.call_id: e.output for e in evidence if e.error_code is None}
    if not derivation.citations:
        raise DerivationRejected("uncited", "no citation")
    found: list[Any] = []
    for citation in derivation.citations:
        try:
            found.append(resolve_pointer(outputs[citation.call_id], citation.pointer))
        except LookupError:
            raise DerivationRejected("uncited", f"there is nothing at {citation.call_id}{citation.pointer}") from None
    first, *further = (Source(call_id=c.call_id, pointer=c.pointer) for c in derivation.citations)
    whole = derivation.answer_type == "list" and not further and isinstance(found[0], list)
    value = found[0] if whole or derivation.answer_type != "list" else found
    if derivation.answer_type != "list" and further:
        raise DerivationRejected("uncited", "several citations for one value")
    decimals = derivation.decimals if derivation.answer_type == "number" else None
    answer = Answer(
        type=derivation.answer_type,
        value=value,
        call_id=first.call_id,
        pointer=first.pointer,
        unit=derivation.unit if derivation.answer_type == "number" else "",
        decimals=decimals,
        ordered=derivation.answer_type == "list" and not whole,
        further=tuple(further),
    )
    try:
        answer = answer.model_copy(update={"value": answer.of(value)})
    except TypeError:
        raise DerivationRejected("uncited", f"{value!r} is no {derivation.answer_type}") from None
    if not _agrees(answer, derivation.answer):
        raise DerivationRejected("uncited", f"the citation gives {answer.value!r}, the answer is {derivation.answer!r}")
    return answer


def _agrees(answer: Answer, written: Any) -> bool:
    kinds: dict[str, Any] = {"number": (int, float), "string": str, "boolean": bool, "list": list}
    return isinstance(answer.value, kinds[answer.type]) and is_correct(answer, written)


def _closing(answer: Answer) -> str:
    """How the answer is to be written, said in the words that every task of a release uses."""
    if answer.type == "boolean":
        return "Answer yes or no."
    if answer.type == "list" and not answer.ordered:
        return "List them all."
    if answer.type != "number":
        return ""
    unit = f"in {answer.unit}" if answer.unit else ""
    if answer.decimals is None:
        return f"Answer with the number of {answer.unit}." if answer.unit else ""
    places = "decimal place" if answer.decimals == 1 else "decimal places"
    rounding = (
        "rounded to the nearest whole number" if answer.decimals == 0 else f"rounded to {answer.decimals} {places}"
    )
    return f"Give the answer {', '.join(filter(None, [unit, rounding]))}."
