"""One attempt at a task: the offered tools are executed, the submitted answer is rewarded by code.

    environment = TaskEnvironment(task, schemas, runtime.call)
    environment.prompt                        # the system's and the user's message
    environment.tools                         # JSON schemas of the offered tools, submit_answer last
    environment.step(message)                 # runs the calls of an assistant's message -> the tools' messages
    environment.call("country_facts", {...})  # or one call -> the text that the policy reads
    environment.reward()                      # R = alpha * R_format + R_correct, with its components and reasons

The attempt is over with the first valid submission, with a message that calls nothing, or at a limit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from pydantic import BaseModel, ConfigDict, Field

from dive_assets.consuming.argument_schemas import ArgumentSchema
from dive_assets.records import Task
from dive_assets.tools.canonical import canonical_json
from dive_assets.tools.runtime import CallError, CallResult
from dive_assets.trajectories.conversation import SUBMIT, opening, shortened, tool_message
from dive_assets.trajectories.submission import wrong_answer

CallByName = Callable[[str, Mapping[str, Any]], CallResult]
ALPHA = 0.1  # weight of the format: too small to be worth more than an answer


class AttemptLimits(BaseModel):
    """How far one attempt may go."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    turns: int = Field(24, ge=1, description="Most messages of the policy.")
    calls: int = Field(64, ge=1, description="Most calls of tools, submissions not counted.")
    shown_characters: int = Field(8000, ge=200, description="Longest output that the policy sees whole.")


@dataclass(frozen=True)
class AttemptedCall:
    """A call as the policy made it. `fault` says how it breaks the format, "" if it does not; `content` is what the
    policy reads."""

    name: str
    arguments: Any
    content: str
    error_code: str = ""
    fault: str = ""
    milliseconds: float = 0.0


class Reward(BaseModel):
    """R = alpha * R_format + R_correct, both 0 or 1, and why a component is 0.

    R_format   1 if every call names an offered tool with arguments that fit its JSON Schema, and the answer is
               submitted exactly once, as the last call. A tool that fails on sound arguments costs nothing.
    R_correct  1 if the submission is the task's answer (verification.grading), or says of an unanswerable task that
               it is not answerable.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    format: float
    correct: float
    alpha: float
    format_faults: tuple[str, ...] = ()
    wrong: str = ""

    @property
    def total(self) -> float:
        return self.alpha * self.format + self.correct


class TaskEnvironment:
    """See the module. `execute` runs one call by name (ToolRuntime.call, or recorded_tools.RecordedTools.call);
    `schemas` are the offered tools as a chat request holds them, submit_answer among them
    (trajectories.conversation.offered). Not to be used by two attempts at once."""

    def __init__(
        self,
        task: Task,
        schemas: Iterable[Mapping[str, Any]],
        execute: CallByName,
        limits: AttemptLimits | None = None,
        alpha: float = ALPHA,
    ) -> None:
        self.task = task
        self.tools = [dict(schema) for schema in schemas]
        self.prompt = opening(task.question)
        self.limits = limits or AttemptLimits()
        self.alpha = alpha
        self.turns = 0
        self.attempted: list[AttemptedCall] = []
        self.submission: dict[str, Any] | None = None
        self.over = ""  # why the attempt has ended
        self._execute = execute
        self._arguments = {schema["function"]["name"]: ArgumentSchema.of(schema) for schema in self.tools}
        if SUBMIT not in self._arguments:
            raise ValueError(f"task {task.task_id}: the offered tools lack {SUBMIT!r}: use conversation.offered")

    @property
    def calls(self) -> int:
        """Calls of tools so far, submissions not counted."""
        return sum(attempted.name != SUBMIT for attempted in self.attempted)

    def step(self, message: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Run the calls of an assistant's message (arguments as JSON text or as an object) and return the tools'
        messages, one a call. Raises RuntimeError if the attempt is over."""
        if self.over:
            raise RuntimeError(f"the attempt at task {self.task.task_id} is over: {self.over}")
        self.turns += 1
        requested = list(message.get("tool_calls") or ())
        if not requested:
            self.over = "a message without a call"
        replies = []
        for position, request in enumerate(requested):
            name = request["function"]["name"]
            content = self.call(name, request["function"]["arguments"])
            call_id = request.get("id") or f"call-{self.turns}-{position}"
            replies.append({"role": "tool", "tool_call_id": call_id, "name": name, "content": content})
        if not self.over and self.turns == self.limits.turns:
            self.over = f"the limit of {self.limits.turns} turns"
        return replies

    def call(self, name: str, arguments: Mapping[str, Any] | str) -> str:
        """Run one call and return what the policy reads: the output as JSON, or {"error", "message"}. Never raises for
        what a policy does wrong."""
        attempted = self._attempt(name, arguments)
        self.attempted.append(attempted)
        return attempted.content

    def reward(self) -> Reward:
        """The reward of the attempt as it stands; an attempt without a submission is wrong."""
        faults = [attempted.fault for attempted in self.attempted if attempted.fault]
        if self.submission is None:
            faults.append("nothing is submitted")
        wrong = wrong_answer(self.submission, self.task)
        return Reward(
            format=float(not faults),
            correct=float(not wrong),
            alpha=self.alpha,
            format_faults=tuple(faults),
            wrong=wrong,
        )

    def _attempt(self, name: str, arguments: Mapping[str, Any] | str) -> AttemptedCall:
        if self.over:
            return _refused(name, arguments, "attempt_over", self.over, fault=f"{name} is called after the end")
        if name != SUBMIT and self.calls >= self.limits.calls:
            self.over = f"the limit of {self.limits.calls} calls"
            return _refused(name, arguments, "attempt_over", self.over, fault=f"more than {self.limits.calls} calls")
        if name not in self._arguments:
            return _refused(name, arguments, "unknown_tool", f"there is no tool {name!r}", fault=f"no tool {name!r}")
        given = _parsed(arguments)
        if given is None:
            message = "the arguments are no JSON object"
            return _refused(name, arguments, "invalid_arguments", message, fault=f"{name}: {message}")
        misfit = self._arguments[name].misfit(given)
        fault = f"{name}: {misfit}" if misfit else ""
        if name == SUBMIT:
            return self._submitted(given, misfit)
        result = self._execute(name, given)
        if misfit and result.error is not None and result.error.code == "not_recorded":
            result = CallResult(error=CallError(code="invalid_arguments", message=misfit))
        content = shortened(tool_message("", name, result)["content"], self.limits.shown_characters)
        code = result.error.code if result.error else ""
        return AttemptedCall(name, given, content, code, fault, result.duration_ms)

    def _submitted(self, given: dict[str, Any], misfit: str) -> AttemptedCall:
        if not misfit and given["answerable"] and given.get("answer") is None:
            misfit = "answer: is required where answerable is true"
        if misfit:
            return _refused(SUBMIT, given, "invalid_arguments", misfit, fault=f"{SUBMIT}: {misfit}")
        self.submission, self.over = given, "the answer is submitted"
        return AttemptedCall(SUBMIT, given, canonical_json({"submitted": True}))


def _refused(name: str, arguments: Any, code: str, message: str, fault: str) -> AttemptedCall:
    return AttemptedCall(name, arguments, canonical_json({"error": code, "message": message}), code, fault)


def _parsed(arguments: Mapping[str, Any] | str) -> dict[str, Any] | None:
    """The arguments as an object; None if they are not one."""
    try:
        given = orjson.loads(arguments) if isinstance(arguments, str) else arguments
    except orjson.JSONDecodeError:
        return None
    return dict(given) if isinstance(given, Mapping) else None
