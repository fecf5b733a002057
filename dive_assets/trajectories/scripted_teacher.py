"""A teacher that needs no model: it follows a task's program, with varied wording and varied turns.

Every output in the chat is the recorded one of the really executed call. A kept failed call comes right before the
call that mends it. Of an unanswerable task it makes the calls that are possible without the missing tool.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from dive_assets.records import Call, Task, Trace, Trajectory
from dive_assets.synthesis.grammar import enumerate_names
from dive_assets.tools.canonical import canonical_json, content_hash
from dive_assets.tools.runtime import CallError, CallResult
from dive_assets.tools.tool import Tool
from dive_assets.trajectories.conversation import SUBMIT, asks_for, opening, tool_message

NAME = "scripted"
AT_ONCE = 0.6  # share of chats in which calls that do not depend on each other are made in one turn
SILENT = 0.3  # share of turns without words
MOST_CALLS = 8  # calls of one turn
MOST_SAID = 3  # calls of a turn that are each spoken of
LONGEST_VALUE = 60  # characters of an argument that is repeated in words
OPENINGS = ("I need {what}.", "First, {what}.", "Let me look up {what}.", "To begin with, I need {what}.")
NEXT = ("Next, {what}.", "Now I need {what}.", "With that I can get {what}.", "Then {what}.")
MENDS = ("That call failed: {error}. I mend it.", "The tool says: {error}. Another try.", "I correct that: {error}.")
ENDINGS = ("That settles it.", "Now I have the answer.", "That is the answer to the question.", "")
GIVING_UP = (
    "None of the offered tools gives what is missing, so this cannot be answered with them.",
    "The offered tools do not cover the rest of the question.",
)


def scripted_trajectory(task: Task, trace: Trace, tools: Mapping[str, Tool]) -> Trajectory:
    """The chat in which the program of a verified task is followed, with the outputs of its trace.

    Raises KeyError if the trace lacks a call of the program.
    """
    outputs = {evidence.call.call_id: evidence.output for evidence in trace.evidence if evidence.error_code is None}
    rng = random.Random(content_hash("scripted trajectory", task.task_id))
    messages = opening(task.question)
    known: set[str] = set()
    possible = [call for call in task.program if _is_possible(call, task)]
    by_id = {call.call_id: _address(call) for call in task.program}
    at_once = rng.random() < AT_ONCE
    made: dict[str, str] = {}  # equal calls of different sources are made once
    while turn := _next_turn(possible, known, made, at_once):
        words = NEXT if known else OPENINGS
        recovery = task.recovery
        mended = [call for call in turn if recovery and _address(call) == by_id[recovery.recovered_by]]
        if recovery and mended:
            turn, failing = mended, f"{mended[0].call_id}-failed"
            content = _words(rng, words, turn, task, tools)
            messages.append(asks_for(content, [(failing, recovery.tool, recovery.arguments)]))
            error = CallError(code=recovery.error_code, message=recovery.error_message)  # type: ignore[arg-type]
            messages.append(tool_message(failing, recovery.tool, CallResult(error=error)))
            content = rng.choice(MENDS).format(error=recovery.error_message.rstrip("."))
        else:
            content = _words(rng, words, turn, task, tools)
        messages.append(asks_for(content, [(call.call_id, call.tool, call.arguments) for call in turn]))
        messages += [tool_message(c.call_id, c.tool, CallResult(output=outputs[c.call_id])) for c in turn]
        known |= {call.call_id for call in turn}
        made |= {_address(call): call.call_id for call in turn}
    given = {"answerable": True, "answer": task.answer.value} if task.answerable else {"answerable": False}
    messages.append(asks_for(rng.choice(ENDINGS if task.answerable else GIVING_UP), [("answer", SUBMIT, given)]))
    return Trajectory(
        trajectory_id=content_hash(NAME, task.task_id)[:16],
        task_id=task.task_id,
        domain=task.domain,
        index=task.index,
        teacher=NAME,
        tools=task.toolset,
        messages=tuple(messages),
    )


def _is_possible(call: Call, task: Task) -> bool:
    """Whether a call needs neither the missing tool nor what only that tool would have given."""
    if not task.missing_tool:
        return True
    lost: set[str] = set()
    for step in task.program:
        if step.tool == task.missing_tool or any(binding.call_id in lost for binding in step.bindings):
            lost.add(step.call_id)
    return call.call_id not in lost


def _address(call: Call) -> str:
    return f"{call.tool} {canonical_json(call.arguments)}"


def _next_turn(program: Sequence[Call], known: set[str], made: Mapping[str, str], at_once: bool) -> list[Call]:
    """Calls that can be made now, equal ones once: all of them, or the first. What an equal call has told already
    becomes known."""
    while True:
        ready = {
            call.call_id: call
            for call in program
            if call.call_id not in known and all(binding.call_id in known for binding in call.bindings)
        }
        told = {call_id for call_id, call in ready.items() if _address(call) in made}
        if not told:
            break
        known |= told
    different = list({_address(call): call for call in reversed(ready.values())}.values())[::-1]
    return different[: MOST_CALLS if at_once else 1]


def _words(
    rng: random.Random, options: Sequence[str], turn: Sequence[Call], task: Task, tools: Mapping[str, Tool]
) -> str:
    """What the teacher says before a turn; "" now and then, and where a call has no short phrase."""
    phrases = list(dict.fromkeys(filter(None, (_phrase(call, task, tools[call.tool]) for call in turn))))
    if not phrases or rng.random() < SILENT:
        return ""
    what = f"{phrases[0]}, and the same for the others" if len(phrases) > MOST_SAID else enumerate_names(phrases)
    return rng.choice(options).format(what=what)


def _phrase(call: Call, task: Task, tool: Tool) -> str:
    """What the call is made for: the noun phrase of the field that is read of its output, with its arguments."""
    read = [b.pointer for step in task.program for b in step.bindings if b.call_id == call.call_id]
    read += [source.pointer for source in task.answer.sources if source.call_id == call.call_id]
    field = next((tool.fields[name] for pointer in read if (name := pointer.split("/")[1]) in tool.fields), None)
    if field is None:
        return ""
    spoken = {}
    for name, parameter in tool.parameters.items():
        value = call.arguments.get(name, parameter.default)
        if isinstance(value, (list, dict)):
            return ""
        choice = parameter.draw if parameter.draw and not call.bindings else None
        try:
            spoken[name] = choice.write(value) if choice else str(value)
        except (KeyError, TypeError, ValueError):
            spoken[name] = str(value)
        if len(spoken[name]) > LONGEST_VALUE:
            return ""
    return field.says.phrases[0].format(**spoken)
