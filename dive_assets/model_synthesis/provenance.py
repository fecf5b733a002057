"""Where each argument came from: the question states it, or an earlier call returned it. Nothing else is accepted.

A small number or a truth value may equal an output by chance, so that it must be stated (or be the tool's default).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

from dive_assets.records import Answer, Binding, Call, Evidence, Seed, Stated
from dive_assets.tools.annotations import write_date, write_number
from dive_assets.tools.tool import Tool
from dive_assets.verification.subject import leaves

CHANCE = 100  # whole numbers below it occur in outputs by chance


class Ungrounded(Exception):
    """An argument came from nowhere; the text names call and argument."""


def sourced_program(
    evidence: Sequence[Evidence], answer: Answer, question: str, tools: Mapping[str, Tool], seed: Seed
) -> tuple[Call, ...]:
    """The calls that lead to the answer, each argument bound or stated; the seed's value may be stated with its label.

    Raises Ungrounded if an argument has no source.
    """
    succeeded = [e for e in evidence if e.error_code is None]
    places = {e.call.call_id: place for place, e in enumerate(succeeded)}
    needed: dict[str, Call] = {}
    pending = [source.call_id for source in answer.sources]
    while pending:
        call_id = pending.pop()
        if call_id in needed:
            continue
        if call_id not in places:
            raise Ungrounded(f"{call_id} is no call that succeeded")
        place = places[call_id]
        needed[call_id] = _sourced(succeeded[place].call, succeeded[:place], question, tools, seed)
        pending += [binding.call_id for binding in needed[call_id].bindings]
    return tuple(needed[e.call.call_id] for e in succeeded if e.call.call_id in needed)


def mention(seed: Seed) -> str:
    """How a question names a seed whose value is a code: label and code."""
    return str(seed.value) if seed.label == str(seed.value) else f"{seed.label} ({seed.value})"


def _sourced(call: Call, earlier: Sequence[Evidence], question: str, tools: Mapping[str, Tool], seed: Seed) -> Call:
    bindings, literals = [], []
    for pointer, value in leaves(call.arguments):
        spoken = stated_form(mention(seed), question) if value == seed.value else ""
        spoken = spoken or stated_form(value, question)
        source = None if spoken else _source_of(value, earlier)
        if spoken:
            literals.append(Stated(argument=pointer, value=value, spoken=spoken))
        elif source is not None:
            bindings.append(Binding(argument=pointer, call_id=source[0], pointer=source[1]))
        elif _is_default(tools[call.tool], pointer, value):
            literals.append(Stated(argument=pointer, value=value, spoken=""))
        else:
            raise Ungrounded(f"{call.call_id} ({call.tool}) has {pointer[1:]} = {value!r} from nowhere")
    return call.model_copy(update={"bindings": tuple(bindings), "literals": tuple(literals)})


def stated_form(value: Any, question: str) -> str:
    """How the question writes a value; "" if it does not."""
    for form in _forms(value):
        found = re.search(rf"(?<!\w){re.escape(form)}(?!\w)", question, re.IGNORECASE)
        if found:
            return found[0]
    return ""


def _forms(value: Any) -> list[str]:
    if isinstance(value, bool) or value is None:
        return []
    if isinstance(value, (int, float)):
        return list(dict.fromkeys((str(value), write_number(value))))
    text = str(value)
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return [text] if text else []
    return [text, write_date(text)]


def _source_of(value: Any, earlier: Sequence[Evidence]) -> tuple[str, str] | None:
    """The latest output that holds the value; None for a value that may stand there by chance."""
    small = isinstance(value, int) and abs(value) < CHANCE
    if value is None or isinstance(value, bool) or small or value == "":
        return None
    for evidence in reversed(earlier):
        for pointer, found in leaves(evidence.output):
            if found == value and isinstance(found, str) == isinstance(value, str):
                return evidence.call.call_id, pointer
    return None


def _is_default(tool: Tool, pointer: str, value: Any) -> bool:
    parameter = tool.parameters.get(pointer[1:])
    return parameter is not None and not parameter.required and parameter.default == value
