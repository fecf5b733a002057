"""What the checks look at: a task, the outputs of its calls, and the tools it was made with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dive_assets.records import Answer, Task
from dive_assets.tools.canonical import resolve_pointer
from dive_assets.tools.tool import Tool

OPERATOR_ROLE = "operand"


class CheckFailed(Exception):
    """A check did not pass; the message is the reason that the rejects table keeps."""


@dataclass(frozen=True)
class Subject:
    """A task under verification. `outputs` maps call ids to full outputs."""

    task: Task
    outputs: Mapping[str, Any]
    tools: Mapping[str, Tool]

    def answer_value(self) -> Any:
        """The unrounded value at the answer's sources. Raises CheckFailed if one of them does not exist."""
        return read_answer(self.task.answer, self.outputs)


def read_answer(answer: Answer, outputs: Mapping[str, Any]) -> Any:
    """What stands at an answer's sources: a value, or a list of one a source. Raises CheckFailed."""
    found = []
    for source in answer.sources:
        try:
            found.append(resolve_pointer(outputs[source.call_id], source.pointer))
        except LookupError as error:
            raise CheckFailed(f"the answer's source {source.call_id}{source.pointer} does not exist") from error
    return found if answer.further else found[0]


def is_operator(tool: Tool) -> bool:
    """Whether the tool works on other tools' values (arithmetic, ranking, filtering, units)."""
    return any(getattr(p.meaning, "role", "") == OPERATOR_ROLE for p in tool.parameters.values())


def leaves(value: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:
    """(JSON pointer, scalar) of every leaf."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from leaves(item, f"{pointer}/{position}")
    else:
        yield pointer, value
