"""grounded: every atom of answer and arguments has a source. necessary: no call could be left out."""

from __future__ import annotations

from typing import Any

from dive_assets.records import Answer, Call
from dive_assets.tools.canonical import resolve_pointer
from dive_assets.verification.subject import CheckFailed, Subject, is_operator, leaves


def check_grounded(subject: Subject) -> None:
    """Raises CheckFailed if the answer is not what its source gives, or an argument has no source."""
    answer = subject.task.answer
    expected = answer.of(subject.answer_value())
    if expected != answer.value or type(expected) is not type(answer.value):
        raise CheckFailed(f"the answer is {answer.value!r}, its source gives {expected!r}")
    for call in subject.task.program:
        _check_arguments(subject, call)


def _check_arguments(subject: Subject, call: Call) -> None:
    sources: dict[str, Any] = {s.argument: s.value for s in call.literals}
    for binding in call.bindings:
        try:
            sources[binding.argument] = resolve_pointer(subject.outputs[binding.call_id], binding.pointer)
        except LookupError as error:
            raise CheckFailed(f"{call.call_id}{binding.argument}: its source does not exist") from error
    for pointer, source in sources.items():
        if resolve_pointer(call.arguments, pointer) != source:
            raise CheckFailed(f"{call.call_id}{pointer} differs from its source")
    for pointer, _ in leaves(call.arguments):
        if not any(pointer == s or pointer.startswith(f"{s}/") for s in sources):
            raise CheckFailed(f"{call.call_id}{pointer} has no source")


def check_necessary(subject: Subject) -> None:
    """Raises CheckFailed if a call does not lead to the answer, or if an earlier call gives it already."""
    task = subject.task
    by_id = {call.call_id: call for call in task.program}
    reached: set[str] = set()
    pending = [source.call_id for source in task.answer.sources]
    while pending:
        call_id = pending.pop()
        if call_id not in reached:
            reached.add(call_id)
            pending += [b.call_id for b in by_id[call_id].bindings]
    if idle := by_id.keys() - reached:
        raise CheckFailed(f"the answer does not depend on {sorted(idle)}")
    if task.answer.further or is_operator(subject.tools[by_id[task.answer.call_id].tool]) or not _telling(task.answer):
        return
    found = subject.answer_value()
    for call in task.program:
        if call.call_id == task.answer.call_id:
            continue
        if any(_same(value, found) for _, value in leaves(subject.outputs[call.call_id])):
            raise CheckFailed(f"{call.call_id} ({call.tool}) already gives the answer")


def _telling(answer: Answer) -> bool:
    """Whether meeting the answer's value elsewhere is no coincidence (small counts, yes/no are)."""
    if answer.type == "number":
        return not float(answer.value).is_integer() or abs(answer.value) >= 100
    return answer.type == "string"


def _same(value: Any, answer: Any) -> bool:
    if isinstance(value, str) and isinstance(answer, str):
        return value.casefold() == answer.casefold()
    return type(value) in (int, float) and type(answer) in (int, float) and value == answer
