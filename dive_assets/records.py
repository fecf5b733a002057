"""The records that every stage speaks. Nothing else is in here, and it depends on nothing else.

Trace   what one attempt executed         -> Evidence (calls, failures included)
Task    a question that evidence entails  -> Program (the calls it needs) and Answer
Verdict what verification found           -> one Check per rule
Trajectory a chat with tool calls that reaches the answer
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION = 2


class Record(BaseModel):
    """Frozen, closed, JSON-serialisable."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Seed(Record):
    """An entity that a task starts from: the value tools take, the label people use, its source."""

    entity_type: str
    value: Any
    label: str
    source: str
    licence: str


class Binding(Record):
    """An argument (JSON pointer into the arguments) that came from an earlier call's output."""

    argument: str
    call_id: str
    pointer: str


class Stated(Record):
    """An argument (JSON pointer into the arguments) that the question states, and how it states it."""

    argument: str
    value: Any
    spoken: str


class Call(Record):
    """One step of a program. `arguments` holds the values that were used; bindings and literals
    say where each of them came from."""

    call_id: str
    tool: str
    arguments: dict[str, Any]
    bindings: tuple[Binding, ...] = ()
    literals: tuple[Stated, ...] = ()


class Evidence(Record):
    """An executed call: full output or error, SHA-256 of the output, evolution round.

    `tool_version` pins code and data of the tool. A failed call is evidence of failure only.
    """

    call: Call
    tool_version: str
    output: Any = None
    error_code: str | None = None
    error_message: str | None = None
    output_hash: str
    round: int


class Source(Record):
    """Part of a call's output: call id and JSON pointer."""

    call_id: str
    pointer: str


class Answer(Record):
    """A typed answer and where it was read: call id and JSON pointer.

    A number is rounded half to even to `decimals` (None: exact); `unit` is spoken, "" for none.
    An unordered list is kept sorted. A list that several calls gave item by item has the sources of
    its later items in `further`.
    """

    type: Literal["number", "string", "list", "boolean"]
    value: Any
    call_id: str
    pointer: str
    unit: str = ""
    decimals: int | None = None
    ordered: bool = False
    further: tuple[Source, ...] = ()

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where the answer was read: one place, or one an item."""
        return (Source(call_id=self.call_id, pointer=self.pointer), *self.further)

    @staticmethod
    def rounded(value: float, decimals: int | None) -> float | int:
        """Half-even rounding to `decimals`; a whole number becomes an int where no decimals are asked for."""
        if decimals is not None:
            value = round(value, decimals)
        return int(value) if not decimals and float(value).is_integer() else value

    def of(self, found: Any) -> Any:
        """What this answer must be, given the value at its pointer: rounded, or sorted if unordered."""
        if self.type == "number":
            return self.rounded(found, self.decimals)
        return sorted(found) if self.type == "list" and not self.ordered else found


class PlannedStep(Record):
    """One call of a plan: tool, the parameter that takes the subject ("" for none), the field that is read."""

    tool: str
    subject: str
    field: str


class Plan(Record):
    """What attempt `index` of a domain shall try; drawn from the usage counts of earlier batches.

    path     the calls from a subject to a value.
    further  the call that looks up a second fact, in patterns that have one.
    size     subjects, in patterns with a group.
    family   which kinds of tools the program may hold.
    provoke  a failing call that shall be kept with its recovery.
    answerable  False: the toolset shall lack a tool that nothing replaces.
    """

    index: int
    pattern: str
    path: tuple[PlannedStep, ...]
    further: PlannedStep | None = None
    size: int = 0
    family: Literal["retrieval", "processing", "mixed"] = "mixed"
    provoke: Literal["", "unknown_entity", "bad_argument"] = ""
    answerable: bool = True


class Recovery(Record):
    """A really executed call that failed before the program's call `recovered_by` succeeded."""

    kind: Literal["unknown_entity", "bad_argument"]
    tool: str
    arguments: dict[str, Any]
    error_code: str
    error_message: str
    recovered_by: str


class Trace(Record):
    """The executed calls of one attempt. `failure` is the reason if no program came of it.

    `form` is what derivation needs to speak of the program (see synthesis.forms).
    """

    domain: str
    plan: Plan
    evidence: tuple[Evidence, ...] = ()
    form: dict[str, Any] | None = None
    seeds: tuple[Seed, ...] = ()
    failure: str | None = None
    failure_detail: str = ""
    recovery: Recovery | None = None

    @property
    def index(self) -> int:
        return self.plan.index


class Task(Record):
    """A question with its certificate: the program that computes its answer from real tools.

    An unanswerable task (`missing_tool` is not "") offers a toolset without that tool, which nothing in
    the pool replaces: the right reply is that the offered tools cannot answer. Its program and answer
    are the proof that the question itself is sound.
    """

    schema_version: int = SCHEMA_VERSION
    task_id: str
    domain: str
    index: int
    question: str
    answer: Answer
    options: tuple[str, ...] = ()
    toolset: tuple[str, ...]
    program: tuple[Call, ...]
    output_hashes: dict[str, str] = Field(description="call id -> SHA-256 of the output")
    pattern: str
    reasoning_type: str
    rounds: int
    difficulty: Literal["easy", "medium", "hard"]
    derivation: Literal["symbolic", "llm", "hybrid"] = "symbolic"
    seeds: tuple[Seed, ...]
    tool_versions: dict[str, str]
    recovery: Recovery | None = None
    missing_tool: str = ""
    release_seed: int

    @property
    def answerable(self) -> bool:
        return not self.missing_tool


class Trajectory(Record):
    """A chat in which a teacher answers a task with the real tools; its messages as sent and received.

    tools    names of the offered tools, beside the one that submits the answer.
    failure  why the task was not solved; "" if it was.
    """

    trajectory_id: str
    task_id: str
    domain: str
    index: int
    teacher: str
    tools: tuple[str, ...]
    messages: tuple[dict[str, Any], ...]
    failure: str = ""

    @property
    def solved(self) -> bool:
        return not self.failure


class Check(Record):
    """One rule of verification; `reason` is "" if it passed."""

    name: str
    passed: bool
    reason: str = ""


class Verdict(Record):
    """All checks of one task, in the order in which they ran (it stops at the first failure)."""

    task_id: str
    checks: tuple[Check, ...]

    @property
    def passed(self) -> bool:
        return all(check.passed for check in self.checks)

    @property
    def reason(self) -> str:
        """Name of the first failed check, "" if all passed."""
        return next((check.name for check in self.checks if not check.passed), "")
