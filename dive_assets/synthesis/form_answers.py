"""What all forms share: answers from values, operators as calls, units.

A form takes the values that the paths of a pattern reached, applies its operator, which is a tool
call too, and says what the question must speak of.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dive_assets.records import Answer
from dive_assets.synthesis.builder import ProgramBuilder
from dive_assets.synthesis.execution import Value
from dive_assets.synthesis.patterns import Pattern
from dive_assets.synthesis.type_graph import Step
from dive_assets.synthesis.units import CONVERSIONS
from dive_assets.tools.annotations import EntityType, Quantity, Text
from dive_assets.tools.tool import ResultField


def answer_of(value: Value, field: ResultField) -> Answer:
    assert value.source is not None
    call_id, pointer = value.source
    quantity = field.meaning if isinstance(field.meaning, Quantity) else None
    if isinstance(value.value, bool):
        return Answer(type="boolean", value=value.value, call_id=call_id, pointer=pointer)
    if isinstance(value.value, str):
        return Answer(type="string", value=value.value, call_id=call_id, pointer=pointer)
    exact = field.python_type is int or quantity is None
    decimals = None if exact else quantity.decimals  # type: ignore[union-attr]
    unit = quantity.spoken if quantity else ""
    return number_answer(value.value, call_id, pointer, unit, decimals)


def number_answer(value: float, call_id: str, pointer: str, unit: str, decimals: int | None) -> Answer:
    """A numeric answer; an exact one (no decimals stated) is taken as it is."""
    return Answer(
        type="number",
        value=Answer.rounded(value, decimals),
        call_id=call_id,
        pointer=pointer,
        unit=unit,
        decimals=decimals,
    )


def quantity_of(path: Sequence[Step]) -> Quantity:
    meaning = path[-1].field.meaning
    assert isinstance(meaning, Quantity)
    return meaning


def decimals_of(path: Sequence[Step]) -> int | None:
    """Decimals of a sum or difference of the path's values: none to state for whole numbers."""
    return None if path[-1].field.python_type is int else quantity_of(path).decimals


def difference_unit(quantity: Quantity) -> str:
    """The unit of a difference: that of two percentages is the percentage point."""
    return "percentage points" if quantity.spoken in ("per cent", "percent", "%") else quantity.spoken


def notation_of(field: ResultField) -> str:
    return field.meaning.answer_form if isinstance(field.meaning, (EntityType, Text)) else ""


def operate(builder: ProgramBuilder, pattern: Pattern, tool: str, arguments: dict[str, Any]) -> str:
    call_id, _ = builder.run.call(tool, arguments, max(1, pattern.length))
    return call_id


def converted(
    builder: ProgramBuilder, pattern: Pattern, value: Value, quantity: Quantity
) -> tuple[Answer, dict[str, str]]:
    to, spoken, decimals = builder.rng.choice(CONVERSIONS[quantity.unit])
    arguments = {"value": value, "unit": Value.constant(quantity.unit), "to": Value.literal(to, spoken)}
    call_id, output = builder.run.call("convert_unit", arguments, pattern.rounds)
    return number_answer(output["value"], call_id, "/value", spoken, decimals), {"unit": spoken}
