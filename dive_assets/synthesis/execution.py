"""Executing a program step by step: every call is really made, and kept as evidence.

Values carry where they came from, so that each argument of a later call is either bound to an
earlier output, stated in the question, or a constant of an operator.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dive_assets.records import Answer, Binding, Call, Evidence, Seed, Stated
from dive_assets.synthesis.expressions import Expression, Named
from dive_assets.tools.canonical import canonical_json, resolve_pointer
from dive_assets.tools.runtime import CallResult
from dive_assets.tools.tool import Tool

Executor = Callable[[Tool, Mapping[str, Any]], CallResult]


class AttemptFailed(Exception):
    """No program came of an attempt; `reason` is counted in the funnel."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason, self.detail = reason, detail


@dataclass(frozen=True)
class Value:
    """A value at hand: a literal of the question (`source` is None) or part of a call's output.

    `spoken` is how a question refers to it; "" in `stated` marks a constant that follows from the
    operator or from a tool's schema and need not be said.
    """

    value: Any
    spoken: Expression
    source: tuple[str, str] | None = None
    stated: str = ""
    seed: Seed | None = None

    @classmethod
    def literal(cls, value: Any, text: str, seed: Seed | None = None) -> Value:
        return cls(value, Named(text=text), None, text, seed)

    @classmethod
    def constant(cls, value: Any) -> Value:
        return cls(value, Named(text=""))


@dataclass
class Execution:
    """The calls of one attempt, in order. Equal calls with equal sources are made once: a call whose argument came
    from elsewhere is a step of its own, because the answer then depends on that source."""

    execute: Executor
    tools: Mapping[str, Tool]
    evidence: list[Evidence] = field(default_factory=list)
    _made: dict[str, str] = field(default_factory=dict)

    def call(
        self, tool_name: str, arguments: Mapping[str, Value | Sequence[Value]], round_number: int
    ) -> tuple[str, Any]:
        """Make a call; returns its id and output. Raises AttemptFailed if the tool fails."""
        plain: dict[str, Any] = {}
        bindings: list[Binding] = []
        stated: list[Stated] = []
        for name, given in arguments.items():
            if isinstance(given, Value):
                plain[name] = given.value
                self._trace(f"/{name}", given, bindings, stated)
            else:
                plain[name] = [item.value for item in given]
                for position, item in enumerate(given):
                    self._trace(f"/{name}/{position}", item, bindings, stated)
        address = f"{tool_name} {canonical_json(plain)} {bindings}"
        if address in self._made:
            call_id = self._made[address]
            return call_id, self.output(call_id)
        tool = self.tools[tool_name]
        call_id = f"c{len(self.evidence) + 1}"
        result = self.execute(tool, plain)
        self.evidence.append(
            Evidence(
                call=Call(
                    call_id=call_id, tool=tool_name, arguments=plain, bindings=tuple(bindings), literals=tuple(stated)
                ),
                tool_version=tool.version,
                output=result.output,
                error_code=result.error.code if result.error else None,
                error_message=result.error.message if result.error else None,
                output_hash=result.output_hash,
                round=round_number,
            )
        )
        if result.error is not None:
            raise AttemptFailed(f"tool_error:{result.error.code}", f"{tool_name}: {result.error.message}")
        self._made[address] = call_id
        return call_id, result.output

    @staticmethod
    def _trace(pointer: str, given: Value, bindings: list[Binding], stated: list[Stated]) -> None:
        if given.source is not None:
            bindings.append(Binding(argument=pointer, call_id=given.source[0], pointer=given.source[1]))
        else:
            stated.append(Stated(argument=pointer, value=given.value, spoken=given.stated))

    def output(self, call_id: str) -> Any:
        return next(e.output for e in self.evidence if e.call.call_id == call_id)

    def read(self, call_id: str, pointer: str, spoken: Expression) -> Value:
        """Part of a call's output. Raises AttemptFailed if it is missing or empty."""
        value = resolve_pointer(self.output(call_id), pointer)
        if value is None or value == "" or value == []:
            raise AttemptFailed("no_data", f"{call_id}{pointer} is empty")
        return Value(value, spoken, (call_id, pointer))


def program_of(evidence: Sequence[Evidence], answer: Answer) -> tuple[Call, ...]:
    """The calls that the answer depends on, in the order in which they were made."""
    calls = {e.call.call_id: e.call for e in evidence if e.error_code is None}
    needed, open_calls = set[str](), [source.call_id for source in answer.sources]
    while open_calls:
        call_id = open_calls.pop()
        if call_id not in needed:
            needed.add(call_id)
            open_calls += [b.call_id for b in calls[call_id].bindings]
    return tuple(call for call_id, call in calls.items() if call_id in needed)
