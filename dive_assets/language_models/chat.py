"""Requests to a chat model as they are sent, and replies as they came.

    request = ChatRequest(model="qwen3-8b", messages=({"role": "user", "content": "Hello"},))
    request.body()           # the JSON object of POST /chat/completions
    parse_reply(raw).text    # of the bytes that came back

Chat completions, not the Responses API: hosted providers, vLLM, Ollama and llama.cpp all serve them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import orjson
from pydantic import BaseModel, ConfigDict, Field

from dive_assets.language_models.errors import MalformedReply
from dive_assets.tools.canonical import canonical_json

BYTES_A_TOKEN = 4  # rule of thumb for English and JSON, used where a server reports no usage


class Sampling(BaseModel):
    """How a reply is sampled; what is None is left to the server."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    temperature: float | None = Field(None, ge=0, le=2)
    top_p: float | None = Field(None, gt=0, le=1)
    max_tokens: int | None = Field(4096, ge=1, description="Most tokens of one reply.")
    seed: int | None = None


class ToolCall(BaseModel):
    """A call that a model asks for; `arguments` is a JSON object as text, as it came."""

    model_config = ConfigDict(frozen=True)
    call_id: str
    name: str
    arguments: str


class TokenUsage(BaseModel):
    """Tokens of one call; `estimated` where the server did not report them."""

    model_config = ConfigDict(frozen=True)
    prompt: int
    completion: int
    estimated: bool = False

    @property
    def total(self) -> int:
        return self.prompt + self.completion


class ChatRequest(BaseModel):
    """One request; `response_schema` is a JSON Schema that the reply's text must fit."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    model: str
    messages: tuple[dict[str, Any], ...]
    tools: tuple[dict[str, Any], ...] = ()
    tool_choice: str | None = None
    response_schema: dict[str, Any] | None = None
    sampling: Sampling = Sampling()

    def body(self) -> dict[str, Any]:
        """The JSON object that is sent."""
        body: dict[str, Any] = {"model": self.model, "messages": list(self.messages)}
        if self.tools:
            body["tools"] = list(self.tools)
        if self.tool_choice:
            body["tool_choice"] = self.tool_choice
        if self.response_schema is not None:
            schema = {"name": "reply", "strict": True, "schema": self.response_schema}
            body["response_format"] = {"type": "json_schema", "json_schema": schema}
        return body | self.sampling.model_dump(exclude_none=True)

    @cached_property
    def _canonical(self) -> str:
        return canonical_json(self.body())

    def payload(self) -> bytes:
        """The bytes that are sent; keys keep their order, in which a server may write a structured reply."""
        return orjson.dumps(self.body())

    def key(self, sample: int) -> str:
        """SHA-256 of the sample's index and the canonical body: equal requests share a recorded reply."""
        return hashlib.sha256(f"{sample} {self._canonical}".encode()).hexdigest()

    def estimated_prompt_tokens(self) -> int:
        return len(self._canonical) // BYTES_A_TOKEN


class ChatReply(BaseModel):
    """What came back; `text` is "" beside tool calls, `raw` is the body as received."""

    model_config = ConfigDict(frozen=True)
    text: str
    tool_calls: tuple[ToolCall, ...]
    finish_reason: str
    raw: bytes

    def message(self) -> dict[str, Any]:
        """The assistant's message, exactly as received, to be sent back in the next request."""
        message: dict[str, Any] = orjson.loads(self.raw)["choices"][0]["message"]
        return message


def parse_reply(raw: bytes) -> ChatReply:
    """The first choice of a response body. Raises MalformedReply if it cannot be used as it is."""
    try:
        body = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise MalformedReply("not_json", str(error)) from error
    choices = body.get("choices") if isinstance(body, Mapping) else None
    if not choices:
        raise MalformedReply("no_choices")
    message, finish = choices[0].get("message") or {}, str(choices[0].get("finish_reason") or "")
    if finish == "length":
        raise MalformedReply("truncated", "the reply reached max_tokens")
    if message.get("refusal") or finish == "content_filter":
        raise MalformedReply("refused")
    calls = tuple(_tool_call(call) for call in message.get("tool_calls") or ())
    text = message.get("content") or ""
    if not calls and not text.strip():
        raise MalformedReply("empty")
    return ChatReply(text=text, tool_calls=calls, finish_reason=finish, raw=raw)


def _tool_call(call: Mapping[str, Any]) -> ToolCall:
    function = call.get("function") or {}
    name, arguments = str(function.get("name") or ""), function.get("arguments") or "{}"
    try:
        fits = isinstance(orjson.loads(arguments), dict)
    except orjson.JSONDecodeError:
        fits = False
    if not fits:
        raise MalformedReply("bad_arguments", f"the arguments of {name!r} are no JSON object")
    return ToolCall(call_id=str(call.get("id") or ""), name=name, arguments=arguments)


def usage_of(raw: bytes, request: ChatRequest) -> TokenUsage:
    """Tokens as the server counted them, or an estimate from the bytes of request and reply."""
    try:
        reported = orjson.loads(raw).get("usage") or {}
        return TokenUsage(prompt=reported["prompt_tokens"], completion=reported.get("completion_tokens") or 0)
    except (orjson.JSONDecodeError, AttributeError, KeyError, TypeError):
        estimate = len(raw) // BYTES_A_TOKEN
        return TokenUsage(prompt=request.estimated_prompt_tokens(), completion=estimate, estimated=True)
