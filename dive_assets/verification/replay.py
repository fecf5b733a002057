"""replay: the program, run again from its literals alone, gives every output and the answer again."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import Any

from dive_assets.records import Call, Task
from dive_assets.tools.canonical import content_hash, resolve_pointer
from dive_assets.tools.runtime import CallResult
from dive_assets.verification.subject import CheckFailed, read_answer

CallByName = Callable[[str, Mapping[str, Any]], CallResult]


def replay(task: Task, call: CallByName) -> dict[str, Any]:
    """Run the program with `call` and return its outputs by call id.

    Bound arguments are taken from the new outputs, not from the record. Raises CheckFailed,
    naming the call, if a call fails or gives something else than was recorded.
    """
    outputs: dict[str, Any] = {}
    for step in task.program:
        arguments = rebound(step, outputs)
        result = call(step.tool, arguments)
        if result.error is not None:
            raise CheckFailed(f"{step.call_id} ({step.tool}): {result.error.code}: {result.error.message}")
        if content_hash(result.output) != task.output_hashes.get(step.call_id):
            raise CheckFailed(f"{step.call_id} ({step.tool}) gives another output than was recorded")
        outputs[step.call_id] = result.output
    _fail_again(task, call)
    expected = task.answer.of(read_answer(task.answer, outputs))
    if expected != task.answer.value:
        raise CheckFailed(f"the program gives {expected!r}, the answer says {task.answer.value!r}")
    return outputs


def _fail_again(task: Task, call: CallByName) -> None:
    """The kept failed call must fail in the same way."""
    if task.recovery is not None:
        result = call(task.recovery.tool, task.recovery.arguments)
        code = result.error.code if result.error else "none"
        if code != task.recovery.error_code:
            raise CheckFailed(f"the failed call of {task.recovery.tool} gives {code}, not {task.recovery.error_code}")


def rebound(step: Call, outputs: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of a call with every bound part replaced by what `outputs` hold."""
    arguments = copy.deepcopy(step.arguments)
    for binding in step.bindings:
        try:
            value = resolve_pointer(outputs[binding.call_id], binding.pointer)
        except LookupError as error:
            raise CheckFailed(f"{step.call_id}{binding.argument}: its source is gone") from error
        *path, last = binding.argument.split("/")[1:]
        holder: Any = arguments
        for token in path:
            holder = holder[int(token)] if isinstance(holder, list) else holder[token]
        if isinstance(holder, list):
            holder[int(last)] = value
        else:
            holder[last] = value
    return arguments
