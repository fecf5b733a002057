"""What an endpoint can do with a model, tried once and recorded: servers differ behind the same API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import orjson
from pydantic import BaseModel, ConfigDict

from dive_assets.language_models.chat import ChatReply, ChatRequest, Sampling
from dive_assets.language_models.client import ChatClient
from dive_assets.language_models.errors import CallFailed, Incapable, MalformedReply

STAGE = "capabilities"
Ability = Literal["json_schema", "tools"]
LACKS: dict[Ability, str] = {
    "json_schema": "does not keep to a JSON schema",
    "tools": "does not call the tools that it is offered",
}
COLOUR = {
    "type": "object",
    "properties": {"colour": {"type": "string", "enum": ["red", "green"]}},
    "required": ["colour"],
    "additionalProperties": False,
}
LOOK_UP = {
    "type": "function",
    "function": {
        "name": "look_up_capital",
        "description": "The capital of a country.",
        "parameters": {
            "type": "object",
            "properties": {"country": {"type": "string"}},
            "required": ["country"],
            "additionalProperties": False,
        },
    },
}


class Capabilities(BaseModel):
    """Whether replies fit a JSON schema, tools are called, and several of them in one reply."""

    model_config = ConfigDict(frozen=True)
    json_schema: bool
    tools: bool
    parallel_tool_calls: bool


async def require(client: ChatClient, models: Mapping[str, Sequence[Ability]]) -> None:
    """Raises Incapable, naming a model that lacks a needed ability, and what the client raises."""
    for model, abilities in models.items():
        found = await capabilities_of(client, model)
        for ability in abilities:
            if not getattr(found, ability):
                raise Incapable(
                    f"{model!r} at {client.endpoint.base_url} {LACKS[ability]}: choose another model for this stage, "
                    "or start its server with support for it"
                )


async def capabilities_of(client: ChatClient, model: str) -> Capabilities:
    """The recorded capabilities of a model, tried with two requests if there are none.

    Raises CallFailed if the endpoint cannot be reached at all.
    """
    url = client.endpoint.base_url
    recorded = client.recorder.capabilities(url, model)
    if recorded is not None:
        return Capabilities.model_validate_json(recorded)
    structured = await _try(client, ChatRequest(model=model, messages=_user("Name a colour."), response_schema=COLOUR))
    both = _user("Look up the capitals of Kenya and of Norway, both at once.")
    called = await _try(client, ChatRequest(model=model, messages=both, tools=(LOOK_UP,)))
    calls = called.tool_calls if called else ()
    found = Capabilities(
        json_schema=structured is not None and _fits(structured.text),
        tools=any(call.name == "look_up_capital" for call in calls),
        parallel_tool_calls=len(calls) > 1,
    )
    client.recorder.record_capabilities(url, model, found.model_dump_json())
    return found


def _user(text: str) -> tuple[dict[str, str], ...]:
    return ({"role": "user", "content": text},)


async def _try(client: ChatClient, request: ChatRequest) -> ChatReply | None:
    """The reply; None if the server refuses the request or the model answers nothing usable."""
    sampled = request.model_copy(update={"sampling": Sampling(max_tokens=512)})
    try:
        return await client.complete(sampled, STAGE, STAGE)
    except MalformedReply:
        return None
    except CallFailed as error:
        if error.reason == "bad_request":
            return None
        raise


def _fits(text: str) -> bool:
    try:
        return orjson.loads(text).get("colour") in ("red", "green")
    except (orjson.JSONDecodeError, AttributeError):
        return False
