"""Collection: a model explores with real tools for some rounds; every call is kept as evidence.

The chat is kept exactly as it was sent. Where an output was too long to be shown whole, the evidence has all of it,
and the message says how much of it is missing.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from pydantic import BaseModel, ConfigDict, Field

from dive_assets.language_models.chat import ChatReply, ChatRequest, Sampling, ToolCall
from dive_assets.language_models.client import ChatClient
from dive_assets.language_models.errors import MalformedReply
from dive_assets.language_models.prompts import prompt
from dive_assets.records import Call, Evidence, Seed
from dive_assets.tools.runtime import CallError, CallResult
from dive_assets.tools.tool import Tool
from dive_assets.trajectories.conversation import shortened, tool_message, tool_schema

STAGE = "collector"

AsyncExecutor = Callable[[Tool, Mapping[str, Any]], Awaitable[CallResult]]


class CollectorSettings(BaseModel):
    """How far a collector goes."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    model: str
    sampling: Sampling = Sampling()
    rounds: int = Field(3, ge=1, description="Rounds: each goes one step further than the one before.")
    replies: int = Field(8, ge=1, description="Most replies of one round; a model that never stops is stopped.")
    repeats: int = Field(2, ge=0, description="Further tries at a reply that cannot be used.")
    shown_characters: int = Field(6000, ge=200, description="Longest output that the model sees whole.")


@dataclass
class Collection:
    """The chat as it was sent, and the evidence; `stopped` counts rounds that did not end by themselves."""

    messages: list[dict[str, Any]] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    stopped: int = 0


async def collect(
    client: ChatClient,
    settings: CollectorSettings,
    tools: Mapping[str, Tool],
    seed: Seed,
    noun: str,
    example: str,
    execute: AsyncExecutor,
    task: str,
    found: Collection,
) -> None:
    """Explore from a seed with the offered tools, into `found`, which keeps what there is if a call fails; `example`
    is "" for a collection without an exemplar.

    Raises MalformedReply if a reply stays unusable after the repeats, and what the client raises.
    """
    found.messages.append({"role": "system", "content": prompt(__package__, "collector_system")})
    schemas = tuple(map(tool_schema, tools.values()))
    for number in range(1, settings.rounds + 1):
        subject = {"noun": noun, "label": seed.label, "value": str(seed.value), "example": example}
        asked = prompt(__package__, "collector_user", round=number, **subject)
        found.messages.append({"role": "user", "content": asked})
        for _ in range(settings.replies):
            request = ChatRequest(
                model=settings.model, messages=tuple(found.messages), tools=schemas, sampling=settings.sampling
            )
            reply = await usable_reply(client, request, STAGE, task, settings.repeats)
            found.messages.append(reply.message())
            if not reply.tool_calls:
                break
            for call in reply.tool_calls:
                found.messages.append(await _made(call, tools, execute, found, number, settings.shown_characters))
        else:
            found.stopped += 1


async def usable_reply(client: ChatClient, request: ChatRequest, stage: str, task: str, repeats: int) -> ChatReply:
    """The first sample of a reply that can be used. Raises MalformedReply if none of them can."""
    for sample in range(repeats + 1):
        try:
            return await client.complete(request, stage, task, sample)
        except MalformedReply:
            client.counts["malformed"] += 1
            if sample == repeats:
                raise
    raise AssertionError("unreachable")


async def _made(
    call: ToolCall, tools: Mapping[str, Tool], execute: AsyncExecutor, found: Collection, number: int, shown: int
) -> dict[str, Any]:
    """Execute a call that the model asked for; the message that tells it the result."""
    tool, arguments = tools.get(call.name), orjson.loads(call.arguments)
    if tool is None:
        result = CallResult(error=CallError(code="unknown_tool", message=f"there is no tool {call.name!r}"))
        return tool_message(call.call_id, call.name, result)
    result = await execute(tool, arguments)
    found.evidence.append(
        Evidence(
            call=Call(call_id=f"c{len(found.evidence) + 1}", tool=tool.name, arguments=arguments),
            tool_version=tool.version,
            output=result.output,
            error_code=result.error.code if result.error else None,
            error_message=result.error.message if result.error else None,
            output_hash=result.output_hash,
            round=number,
        )
    )
    message = tool_message(call.call_id, call.name, result)
    return {**message, "content": shortened(message["content"], shown)}
