"""Chats as tokens of one model: prompts, supervised chats, and what is appended after a tool was called.

    form = ChatTokens(tokenizer)
    form.prompt(messages, tools)         # ids that end where the assistant begins to speak
    form.supervised(messages, tools)     # ids of a whole chat, and which of them the assistant says
    form.after_tools(tool_messages)      # ids between a reply's end and the next reply
    form.reply(ids, prefix, tools)       # the message that generated ids mean

A rollout only ever appends ids: nothing that the model has said is tokenized again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson

from dive_assets.training.templates import training_template

Message = Mapping[str, Any]
Schemas = Sequence[Mapping[str, Any]]


class ChatTokens:
    """See the module. `arguments` go to the chat template, such as {"enable_thinking": False}."""

    def __init__(self, tokenizer: Any, arguments: Mapping[str, Any] | None = None) -> None:
        self.tokenizer = tokenizer
        self.template = training_template(tokenizer)
        self._arguments = dict(arguments or {})

    @property
    def end(self) -> int:
        """Id of the token that ends a message."""
        return int(self.tokenizer.eos_token_id)

    def _render(self, messages: Iterable[Message], tools: Schemas | None = None, **options: Any) -> Any:
        return self.tokenizer.apply_chat_template(
            with_objects(messages),
            tools=list(tools) if tools else None,
            chat_template=self.template,
            tokenize=True,
            **{"return_dict": False, **self._arguments, **options},
        )

    def prompt(self, messages: Iterable[Message], tools: Schemas) -> list[int]:
        return list(self._render(messages, tools, add_generation_prompt=True))

    def supervised(self, messages: Iterable[Message], tools: Schemas) -> tuple[list[int], list[bool]]:
        """The ids of a whole chat, and for each whether the assistant says it."""
        rendered = self._render(messages, tools, return_dict=True, return_assistant_tokens_mask=True)
        return list(rendered["input_ids"]), [bool(said) for said in rendered["assistant_masks"]]

    def length(self, messages: Iterable[Message], tools: Schemas) -> int:
        """Tokens of a whole chat."""
        return len(self._render(messages, tools))

    def tool_length(self, schema: Mapping[str, Any]) -> int:
        """Tokens that one more offered tool takes, to a token or two."""
        text = "\n" + orjson.dumps(schema).decode()
        return len(self.tokenizer(text, add_special_tokens=False)["input_ids"])

    def after_tools(self, tool_messages: Sequence[Message]) -> list[int]:
        """What stands between the end of a reply and the next one: line break, outputs, the assistant's header."""
        call = {"type": "function", "function": {"name": tool_messages[0]["name"], "arguments": {}}}
        before: list[Message] = [
            {"role": "user", "content": "x"},
            {"role": "assistant", "content": "", "tool_calls": [call]},
        ]
        start, whole = self._render(before), self._render([*before, *tool_messages], add_generation_prompt=True)
        ended = len(start) - list(reversed(start)).index(self.end)
        if whole[:ended] != start[:ended]:
            raise ValueError("the chat template changes what stands before a tool's output")
        return list(whole[ended:])

    def reply(self, ids: Sequence[int], prefix: Sequence[int], tools: Schemas) -> dict[str, Any]:
        """The message that generated ids mean; plain content where no call can be read from them."""
        from trl.chat_template_utils import parse_response

        return parse_response(self.tokenizer, list(ids), prefix=list(prefix), tools=[dict(tool) for tool in tools])


def with_objects(messages: Iterable[Message]) -> list[dict[str, Any]]:
    """Messages whose calls have arguments as objects, which is what chat templates render."""
    return [_with_objects(message) for message in messages]


def _with_objects(message: Message) -> dict[str, Any]:
    if not message.get("tool_calls"):
        return dict(message)
    calls = []
    for call in message["tool_calls"]:
        function = call["function"]
        given = function["arguments"]
        arguments = orjson.loads(given) if isinstance(given, str) else given
        calls.append({"type": "function", "function": {"name": function["name"], "arguments": arguments}})
    return {**message, "tool_calls": calls}


def turns_of(said: Sequence[bool]) -> list[range]:
    """The runs of ids that the assistant says: one a message."""
    runs: list[range] = []
    start: int | None = None
    for place, spoken in enumerate([*said, False]):
        if spoken and start is None:
            start = place
        elif not spoken and start is not None:
            runs.append(range(start, place))
            start = None
    return runs
