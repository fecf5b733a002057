"""Which tools nothing replaces: the proof that a task cannot be answered without one of them.

A tool is irreplaceable in a program if it reads its fact off a data set (what follows from a rule could
be worked out by hand) and no other tool of the pool returns a value of that meaning: neither the same
entity type, nor a quantity of the same unit or role, nor a text of the same role or notation. A whole
number is also replaceable if another tool lists something for the same subject, because it may be the
length of that list. The test is deliberately wide: a tool that merely might help counts as a replacement.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dive_assets.records import Answer, Call
from dive_assets.tools.annotations import EntityType, Quantity, Text
from dive_assets.tools.tool import ResultField, Tool


def irreplaceable_tool(program: Sequence[Call], answer: Answer, tools: Mapping[str, Tool]) -> str:
    """The name of the first tool of the program that nothing in the pool replaces; "" if there is none."""
    read = [(b.call_id, b.pointer) for call in program for b in call.bindings]
    read += [(source.call_id, source.pointer) for source in answer.sources]
    names = {call.call_id: call.tool for call in program}
    for call in program:
        tool = tools[call.tool]
        fields = {pointer.split("/")[1] for call_id, pointer in read if names[call_id] == call.tool}
        if fields and all(is_irreplaceable(tool, name, tools) for name in fields):
            return call.tool
    return ""


def is_irreplaceable(tool: Tool, field: str, tools: Mapping[str, Tool]) -> bool:
    """Whether no other tool of the pool returns a value that could stand for this field."""
    wanted = tool.fields.get(field)
    if tool.kind != "R" or tool.determinism != "snapshot" or wanted is None or wanted.meaning is None:
        return False
    others = [other for name, other in tools.items() if name != tool.name]
    if wanted.python_type is int and any(_lists_for(other, _subjects(tool)) for other in others):
        return False
    return not any(_may_replace(found, wanted) for other in others for found in other.fields.values())


def _subjects(tool: Tool) -> set[str]:
    """The entity types that a tool can be asked about."""
    return {p.meaning.name for p in tool.parameters.values() if isinstance(p.meaning, EntityType)}


def _lists_for(tool: Tool, subjects: set[str]) -> bool:
    return bool(_subjects(tool) & subjects) and any(field.is_list for field in tool.fields.values())


def _may_replace(found: ResultField, wanted: ResultField) -> bool:
    one, two = found.meaning, wanted.meaning
    if isinstance(one, EntityType) and isinstance(two, EntityType):
        return one.name == two.name
    if isinstance(one, Quantity) and isinstance(two, Quantity):
        return one.unit == two.unit or bool(two.role and one.role == two.role)
    if isinstance(one, Text) and isinstance(two, Text):
        return one.answer_form == two.answer_form or bool(two.role and one.role == two.role)
    return False
