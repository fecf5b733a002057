"""Forms of two subjects that take the same path: differences, ratios, comparisons, shared entries."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from dive_assets.records import Answer
from dive_assets.synthesis.builder import Branch, ProgramBuilder, entity_of, grouped
from dive_assets.synthesis.execution import AttemptFailed, Value
from dive_assets.synthesis.expressions import Each, Form
from dive_assets.synthesis.form_answers import (
    converted,
    decimals_of,
    difference_unit,
    number_answer,
    operate,
    quantity_of,
)
from dive_assets.synthesis.patterns import Pattern
from dive_assets.synthesis.type_graph import Step

MOST_LISTED = 6  # entries of a list that a question may ask for


def _two(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> list[Branch]:
    if pattern.cases:
        return builder.cases(path, 2)
    return builder.branches(path, 2, builder.context(path), together=False)


def _pair(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> list[Branch]:
    found = _two(builder, pattern, path)
    if found[0].value.value == found[1].value.value:
        raise AttemptFailed("degenerate", "both values are equal")
    return found


def _pair_form(
    name: str,
    path: Sequence[Step],
    operands: tuple[Branch, Branch],
    answer: Answer,
    details: dict[str, str] | None = None,
) -> Form:
    """A form of two operands, spoken of one by one and as a group."""
    first, second = operands
    main, other, group = first.value.spoken, second.value.spoken, first.value.spoken
    if isinstance(group, Each):
        order = [group.names.index(branch.subject.stated) for branch in operands]
        main, other = (group.cases[place] for place in order)
    else:
        entity = entity_of(path[0])
        assert entity is not None
        group = grouped([first, second], entity)[0].value.spoken
    return Form(
        name=name,
        main=main,
        other=other,
        group=group,
        details=details or {},
        answer=answer,
    )


def _difference(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    high, low = sorted(_pair(builder, pattern, path), key=lambda b: -b.value.value)
    quantity = quantity_of(path)
    call_id = operate(builder, pattern, "difference", {"a": high.value, "b": low.value})
    details: dict[str, str] = {}
    if pattern.convert:
        if quantity.unit in ("degC", "kelvin"):
            raise AttemptFailed("degenerate", "a difference of temperatures is not converted")
        value = Value(builder.run.output(call_id)["absolute"], high.value.spoken, (call_id, "/absolute"))
        answer, more = converted(builder, pattern, value, quantity)
        details |= more
    else:
        value_of = builder.run.output(call_id)["absolute"]
        answer = number_answer(value_of, call_id, "/absolute", difference_unit(quantity), decimals_of(path))
    return _pair_form("difference", path, (high, low), answer, details)


def _ratio(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    high, low = sorted(_pair(builder, pattern, path), key=lambda b: -b.value.value)
    if low.value.value <= 0:
        raise AttemptFailed("degenerate", "a ratio needs two positive values")
    if high.value.value / low.value.value > 10_000:
        raise AttemptFailed("degenerate", "a ratio beyond 10,000 says little")
    call_id = operate(builder, pattern, "ratio", {"a": high.value, "b": low.value})
    answer = number_answer(builder.run.output(call_id)["quotient"], call_id, "/quotient", "", 2)
    return _pair_form("ratio", path, (high, low), answer)


def _is_greater(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    first, second = _pair(builder, pattern, path)
    call_id = operate(builder, pattern, "is_greater", {"a": first.value, "b": second.value})
    greater = builder.run.output(call_id)["greater"]
    answer = Answer(type="boolean", value=greater, call_id=call_id, pointer="/greater")
    return _pair_form("is_greater", path, (first, second), answer)


def _same(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    wanted = builder.rng.random() < 0.5
    if pattern.cases:
        found = _two(builder, pattern, path)
    else:
        found = builder.branches(path, 6 if wanted else 2, builder.context(path), together=False)
    pairs = [(a, b) for a, b in combinations(found, 2) if (a.value.value == b.value.value) == wanted]
    first, second = pairs[0] if pairs else (found[0], found[1])
    call_id = operate(builder, pattern, "is_same", {"a": first.value, "b": second.value})
    answer = Answer(type="boolean", value=builder.run.output(call_id)["equal"], call_id=call_id, pointer="/equal")
    return _pair_form("same", path, (first, second), answer)


def _lists(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    """Two lists that share some entries but not all."""
    found = builder.branches(path, 4, builder.context(path), together=False, at_least=2)
    pairs = [
        (a, b, len(set(a.value.value) & set(b.value.value)))
        for a, b in combinations(found, 2)
        if len(a.value.value) > 1 and len(b.value.value) > 1
    ]
    most = MOST_LISTED if pattern.form == "common" else max((n for _, _, n in pairs), default=0)
    pairs = [(a, b, n) for a, b, n in pairs if 0 < n < len(a.value.value) and n <= most]
    if not pairs:
        raise AttemptFailed("degenerate", "no two of the lists overlap")
    first, second, _ = pairs[0]
    call_id = operate(builder, pattern, "compare_lists", {"first": first.value, "second": second.value})
    output = builder.run.output(call_id)
    if pattern.form == "common":
        answer = Answer(type="list", value=output["common"], call_id=call_id, pointer="/common")
    else:
        field = {"only_first": "only_first_count"}.get(pattern.form, pattern.form)
        answer = number_answer(output[field], call_id, f"/{field}", "", None)
    return _pair_form(pattern.form, path, (first, second), answer)


FORMS_OF_TWO = {
    "difference": _difference,
    "ratio": _ratio,
    "is_greater": _is_greater,
    "same": _same,
    "common": _lists,
    "common_count": _lists,
    "only_first": _lists,
    "union_count": _lists,
}
