"""The form of every chat: what the teacher is told, what it is offered, and how it states its answer.

The answer is an argument of a tool call, so that nobody has to find it in prose.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dive_assets.records import Trajectory
from dive_assets.tools.canonical import canonical_json
from dive_assets.tools.runtime import CallResult
from dive_assets.tools.tool import Tool

SYSTEM = (
    "You answer questions with the tools that you are offered. Look facts up and compute values by calling tools; do "
    "not answer from memory. If a call fails, read its error and mend the call. When you know the answer, call "
    "submit_answer, once. If the offered tools cannot give the answer, submit that it is not answerable."
)
SUBMIT = "submit_answer"
ITEM = {"anyOf": [{"type": "string"}, {"type": "number"}]}
SUBMIT_TOOL = {
    "type": "function",
    "function": {
        "name": SUBMIT,
        "description": "State the final answer: a number without its unit, a text, true or false, or a list of these.",
        "parameters": {
            "type": "object",
            "properties": {
                "answerable": {"type": "boolean", "description": "Whether the offered tools give the answer."},
                "answer": {"anyOf": [*ITEM["anyOf"], {"type": "boolean"}, {"type": "array", "items": ITEM}]},
            },
            "required": ["answerable"],
            "additionalProperties": False,
        },
    },
}


def offered(tools: Iterable[Tool]) -> list[dict[str, Any]]:
    """The tools of a request: JSON schemas, the one that submits the answer last."""
    return [*map(tool_schema, tools), SUBMIT_TOOL]


def tool_schema(tool: Tool) -> dict[str, Any]:
    function = {"name": tool.name, "description": tool.description, "parameters": tool.input_schema}
    return {"type": "function", "function": function}


def opening(question: str) -> list[dict[str, Any]]:
    return [{"role": "system", "content": SYSTEM}, {"role": "user", "content": question}]


def asks_for(content: str, calls: Iterable[tuple[str, str, Mapping[str, Any]]]) -> dict[str, Any]:
    """The assistant's message with tool calls, each given as call id, name and arguments."""
    return {
        "role": "assistant",
        "content": content,
        "tool_calls": [
            {"id": call_id, "type": "function", "function": {"name": name, "arguments": canonical_json(dict(given))}}
            for call_id, name, given in calls
        ],
    }


def tool_message(call_id: str, name: str, result: CallResult) -> dict[str, Any]:
    """The result of a call as the model gets it: the output, or the error and its message."""
    error = result.error
    content = canonical_json({"error": error.code, "message": error.message} if error else result.output)
    return {"role": "tool", "tool_call_id": call_id, "name": name, "content": content}


def shortened(text: str, characters: int) -> str:
    """A text that is too long, cut, with a note that says so."""
    if len(text) <= characters:
        return text
    note = canonical_json({"cut": f"the first {characters} of {len(text)} characters"})
    return f"{text[:characters]} {note}"


def transcript(trajectory: Trajectory) -> str:
    """A chat as Markdown, for people."""
    lines = []
    for message in trajectory.messages:
        calls = [call["function"] for call in message.get("tool_calls") or ()]
        said = [message["content"]] if message["content"] else []
        said += [f"`{call['name']}({call['arguments']})`" for call in calls]
        lines.append(f"**{message['role']}** " + "  \n".join(said))
    return "\n\n".join(lines)
