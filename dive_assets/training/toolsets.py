"""Toolsets cut to what a context holds: the tools that a task needs always, of the others as many as fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from dive_assets.records import Task, Trajectory
from dive_assets.tools.canonical import content_hash
from dive_assets.tools.tool import Tool
from dive_assets.training.chat_tokens import ChatTokens
from dive_assets.trajectories.conversation import SUBMIT_TOOL, tool_schema

MOST_BYTES = 5  # of chats with JSON a token, on average: SmolLM2's tokenizer takes 2.6 to 3.4


@dataclass(frozen=True)
class Fitted:
    """The offered tools in the order of the task's toolset, and the tokens of the whole chat with them."""

    tools: tuple[str, ...]
    tokens: int


class ToolsetFitter:
    """Cuts toolsets for one tokenizer; the length and size of a tool's schema are measured once."""

    def __init__(self, form: ChatTokens, tools: Mapping[str, Tool]) -> None:
        self._form = form
        self._schemas = {name: tool_schema(tool) for name, tool in tools.items()}
        self._lengths: dict[str, int] = {}
        self._sizes: dict[str, int] = {}

    def schemas(self, names: Iterable[str]) -> list[dict[str, Any]]:
        """What a chat offers: the named tools, and the one that submits the answer."""
        return [*(self._schemas[name] for name in names), SUBMIT_TOOL]

    def least(self, chat: Trajectory, needed: Sequence[str]) -> int:
        """Tokens of the chat with the needed tools alone."""
        return self._form.length(chat.messages, self.schemas(needed))

    def far_too_long(self, chat: Trajectory, needed: Sequence[str], context: int) -> bool:
        """Whether `least` exceeds `context`, told by bytes alone, a hundred times as fast; False where that is not
        enough to tell."""
        size = len(orjson.dumps(chat.messages)) + sum(self._size(name) for name in needed)
        return size > MOST_BYTES * context

    def fit(self, task: Task, chat: Trajectory, allowed: Sequence[str], needed: Sequence[str], context: int) -> Fitted:
        """The needed tools and, in an order drawn from the task's id, as many of the `allowed` as `context` holds.

        Raises ValueError if the needed ones alone do not fit.
        """
        length = self.least(chat, needed)
        if length > context:
            raise ValueError(f"task {task.task_id} needs {length} tokens, and the context holds {context}")
        kept = list(needed)
        for name in sorted(set(allowed) - set(needed), key=lambda name: content_hash(task.task_id, name)):
            longer = length + self._length(name)
            if longer <= context:
                kept.append(name)
                length = longer
        while (length := self._form.length(chat.messages, self.schemas(self._ordered(kept, task)))) > context:
            kept.pop()
        return Fitted(self._ordered(kept, task), length)

    def _ordered(self, names: Iterable[str], task: Task) -> tuple[str, ...]:
        return tuple(sorted(names, key=task.toolset.index))

    def _size(self, name: str) -> int:
        if name not in self._sizes:
            self._sizes[name] = len(orjson.dumps(self._schemas[name]))
        return self._sizes[name]

    def _length(self, name: str) -> int:
        if name not in self._lengths:
            self._lengths[name] = self._form.tool_length(self._schemas[name])
        return self._lengths[name]
