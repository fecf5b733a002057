"""What each form of a pattern does with the values it reached: the operators of the programs.

`finish(builder, pattern, path)` executes the path and the operator and returns the `Form`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations, pairwise
from typing import Any

from dive_assets.records import Answer
from dive_assets.synthesis.builder import Branch, ProgramBuilder, entity_of, grouped, varied
from dive_assets.synthesis.execution import AttemptFailed, Value
from dive_assets.synthesis.expressions import Expression, FieldOf, Form, Named
from dive_assets.synthesis.patterns import Pattern
from dive_assets.synthesis.type_graph import Step
from dive_assets.synthesis.units import CONVERSIONS
from dive_assets.tools.annotations import CALENDAR_YEAR, EntityType, Quantity, Text, write_number
from dive_assets.tools.tool import ResultField

ORDINALS = {2: "second", 3: "third", 4: "fourth"}
MAX_LISTED = 6  # entries of a list that a question may ask for


def finish(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    """Execute path and operator. Raises AttemptFailed if the values do not admit the form."""
    return _FORMS[pattern.form](builder, pattern, path)


def _answer(value: Value, field: ResultField) -> Answer:
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
    return _number(value.value, call_id, pointer, unit, decimals)


def _number(value: float, call_id: str, pointer: str, unit: str, decimals: int | None) -> Answer:
    """A numeric answer; an exact one (no decimals stated) is taken as it is."""
    return Answer(
        type="number",
        value=Answer.rounded(value, decimals),
        call_id=call_id,
        pointer=pointer,
        unit=unit,
        decimals=decimals,
    )


def _quantity(path: Sequence[Step]) -> Quantity:
    meaning = path[-1].field.meaning
    assert isinstance(meaning, Quantity)
    return meaning


def _decimals(path: Sequence[Step]) -> int | None:
    """Decimals of a sum or difference of the path's values: none to state for whole numbers."""
    return None if path[-1].field.python_type is int else _quantity(path).decimals


def _points(quantity: Quantity) -> str:
    """The unit of a difference: that of two percentages is the percentage point."""
    return "percentage points" if quantity.spoken in ("per cent", "percent", "%") else quantity.spoken


def _answer_form(field: ResultField) -> str:
    return field.meaning.answer_form if isinstance(field.meaning, (EntityType, Text)) else ""


def _operate(builder: ProgramBuilder, pattern: Pattern, tool: str, arguments: dict[str, Any]) -> str:
    call_id, _ = builder.run.call(tool, arguments, max(1, pattern.length))
    return call_id


def _converted(
    builder: ProgramBuilder, pattern: Pattern, value: Value, quantity: Quantity
) -> tuple[Answer, dict[str, str]]:
    to, spoken, decimals = builder.rng.choice(CONVERSIONS[quantity.unit])
    arguments = {"value": value, "unit": Value.constant(quantity.unit), "to": Value.literal(to, spoken)}
    call_id, output = builder.run.call("convert_unit", arguments, pattern.rounds)
    return _number(output["value"], call_id, "/value", spoken, decimals), {"unit": spoken}


# --- one subject --------------------------------------------------------------------------------


def _value(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    value = builder.first_success(lambda: _reach(builder, pattern, path))
    if pattern.convert:
        answer, details = _converted(builder, pattern, value, _quantity(path))
        return Form(name="value", main=value.spoken, details=details, answer=answer)
    return Form(
        name="value", main=value.spoken, answer=_answer(value, path[-1].field), answer_form=_answer_form(path[-1].field)
    )


def _reach(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Value:
    context = builder.context(path, joined=pattern.join)
    subject = builder.subject(path[0])
    if not pattern.join:
        return builder.follow(path, subject, context)
    join = builder.graph.join_parameter(path[-1])
    assert join is not None
    second_subject = builder.subject(path[0])
    if len(path) > 1:
        second = builder.follow(path[:-1], second_subject, context)
    else:
        assert isinstance(second_subject, Value)
        second = second_subject
    return builder.follow(path, subject, context, second=(join.name, second))


def _count(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    def some() -> Value:
        value = builder.follow(path, builder.subject(path[0]), builder.context(path))
        if len(value.value) < 2:
            raise AttemptFailed("degenerate", "fewer than two entries")
        return value

    value = builder.first_success(some)
    call_id = _operate(builder, pattern, "count_items", {"items": value})
    count = builder.run.output(call_id)["count"]
    return Form(name="count", main=value.spoken, answer=_number(count, call_id, "/count", "", None))


def _change(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    def both() -> tuple[Value, Value, Value, Value]:
        context = builder.context(path)
        subject = builder.subject(path[0])
        place, earlier, later = varied(path, context, builder.rng)
        first = builder.follow(path, subject, {**context, place: earlier})
        last = builder.follow(path, subject, {**context, place: later})
        if first.value == last.value:
            raise AttemptFailed("degenerate", "no change")
        return first, last, earlier, later

    failed: AttemptFailed | None = None
    for _ in range(6):
        try:
            first, last, earlier, later = both()
            break
        except AttemptFailed as error:
            failed = error
    else:
        assert failed is not None
        raise failed
    percent = pattern.form == "percent_change"
    call_id = _operate(builder, pattern, "ratio" if percent else "difference", {"a": last, "b": first})
    pointer = "/percent_change" if percent else "/signed"
    value = builder.run.output(call_id)[pointer[1:]]
    quantity = _quantity(path)
    answer = (
        _number(value, call_id, pointer, "per cent", 1)
        if percent
        else _number(value, call_id, pointer, _points(quantity), _decimals(path))
    )
    assert isinstance(earlier.spoken, Named) and isinstance(later.spoken, Named)
    return Form(
        name=pattern.form,
        main=first.spoken,
        other=last.spoken,
        details={"earlier": earlier.spoken.text, "later": later.spoken.text},
        answer=answer,
    )


# --- two subjects -------------------------------------------------------------------------------


def _pair(builder: ProgramBuilder, path: Sequence[Step]) -> list[Branch]:
    found = builder.branches(path, 2, builder.context(path), together=False)
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
    entity = entity_of(path[0])
    assert entity is not None
    first, second = operands
    group = grouped([first, second], entity)[0].value.spoken
    return Form(
        name=name,
        main=first.value.spoken,
        other=second.value.spoken,
        group=group,
        details=details or {},
        answer=answer,
    )


def _difference(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    high, low = sorted(_pair(builder, path), key=lambda b: -b.value.value)
    quantity = _quantity(path)
    call_id = _operate(builder, pattern, "difference", {"a": high.value, "b": low.value})
    details: dict[str, str] = {}
    if pattern.convert:
        if quantity.unit in ("degC", "kelvin"):
            raise AttemptFailed("degenerate", "a difference of temperatures is not converted")
        value = Value(builder.run.output(call_id)["absolute"], high.value.spoken, (call_id, "/absolute"))
        answer, more = _converted(builder, pattern, value, quantity)
        details |= more
    else:
        value_of = builder.run.output(call_id)["absolute"]
        answer = _number(value_of, call_id, "/absolute", _points(quantity), _decimals(path))
    return _pair_form("difference", path, (high, low), answer, details)


def _ratio(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    high, low = sorted(_pair(builder, path), key=lambda b: -b.value.value)
    if low.value.value <= 0:
        raise AttemptFailed("degenerate", "a ratio needs two positive values")
    if high.value.value / low.value.value > 10_000:
        raise AttemptFailed("degenerate", "a ratio beyond 10,000 says little")
    call_id = _operate(builder, pattern, "ratio", {"a": high.value, "b": low.value})
    answer = _number(builder.run.output(call_id)["quotient"], call_id, "/quotient", "", 2)
    return _pair_form("ratio", path, (high, low), answer)


def _is_greater(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    first, second = _pair(builder, path)
    call_id = _operate(builder, pattern, "is_greater", {"a": first.value, "b": second.value})
    greater = builder.run.output(call_id)["greater"]
    answer = Answer(type="boolean", value=greater, call_id=call_id, pointer="/greater")
    return _pair_form("is_greater", path, (first, second), answer)


def _same(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    wanted = builder.rng.random() < 0.5
    found = builder.branches(path, 6 if wanted else 2, builder.context(path), together=False)
    pairs = [(a, b) for a, b in combinations(found, 2) if (a.value.value == b.value.value) == wanted]
    first, second = pairs[0] if pairs else (found[0], found[1])
    call_id = _operate(builder, pattern, "is_same", {"a": first.value, "b": second.value})
    answer = Answer(type="boolean", value=builder.run.output(call_id)["equal"], call_id=call_id, pointer="/equal")
    return _pair_form("same", path, (first, second), answer)


def _lists(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    context = builder.context(path)
    found = builder.branches(path, 6, context, together=False)
    pairs = [
        (a, b, len(set(a.value.value) & set(b.value.value)))
        for a, b in combinations(found, 2)
        if len(a.value.value) > 1 and len(b.value.value) > 1
    ]
    pairs = [(a, b, n) for a, b, n in pairs if 0 < n < len(a.value.value)]
    if not pairs:
        raise AttemptFailed("degenerate", "no two of the lists overlap")
    first, second, shared = pairs[0]
    call_id = _operate(builder, pattern, "compare_lists", {"first": first.value, "second": second.value})
    output = builder.run.output(call_id)
    if pattern.form == "common" and shared <= MAX_LISTED and pattern.name != "common_count":
        answer = Answer(type="list", value=output["common"], call_id=call_id, pointer="/common")
        return _pair_form("common", path, (first, second), answer)
    name = "common_count" if pattern.form == "common" else "only_first"
    pointer = "/common_count" if pattern.form == "common" else "/only_first_count"
    answer = _number(output[pointer[1:]], call_id, pointer, "", None)
    return _pair_form(name, path, (first, second), answer)


# --- several subjects ---------------------------------------------------------------------------


def _gather(
    builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step], sizes: tuple[int, int]
) -> tuple[list[Branch], tuple[str, ...]]:
    """The branches of a group, and the options that the question names (none for a listed group)."""
    context = builder.context(path)
    if pattern.over_list:
        return builder.listed_branches(path, context), ()
    found = builder.branches(path, builder.rng.randint(*sizes), context, together=True)
    return found, tuple(str(b.subject.value) for b in found)


def _subject_entity(pattern: Pattern, path: Sequence[Step]) -> EntityType:
    entity = entity_of(path[1] if pattern.over_list else path[0])
    assert entity is not None
    return entity


def _ranked(builder: ProgramBuilder, pattern: Pattern, found: Sequence[Branch]) -> tuple[str, dict[str, Any]]:
    if len({b.value.value for b in found}) < len(found):
        raise AttemptFailed("tie", "two items have the same value")
    arguments = {"labels": [b.subject for b in found], "values": [b.value for b in found]}
    call_id = _operate(builder, pattern, "rank_items", arguments)
    return call_id, builder.run.output(call_id)


def _extreme(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    sizes = (2, 2) if pattern.form == "greater" else (4, 6) if pattern.form == "nth" else (3, 5)
    found, options = _gather(builder, pattern, path, sizes)
    call_id, output = _ranked(builder, pattern, found)
    says = path[-1].field.says
    high = builder.rng.random() < 0.6
    details = {"direction": says.high if high else says.low, "end": "highest" if high else "lowest"}
    pointer = "/highest" if high else "/lowest"
    if pattern.form == "nth":
        place = builder.rng.randint(2, min(4, len(found) - 1))
        details["rank"] = ORDINALS[place]
        pointer = f"/descending/{place - 1 if high else len(found) - place}"
    elif pattern.form == "order":
        details |= {"direction": says.high, "end": "highest"}
        answer = Answer(type="list", value=output["descending"], call_id=call_id, pointer="/descending", ordered=True)
        return Form(name="order", main=found[0].value.spoken, details=details, answer=answer, options=options)
    winner = builder.run.read(call_id, pointer, Named(text=""))
    entity = _subject_entity(pattern, path)
    if pattern.follow:
        return _followed(builder, pattern, path, winner, found[0].value.spoken, details)
    answer = Answer(type="string", value=winner.value, call_id=call_id, pointer=pointer)
    return Form(
        name="nth" if pattern.form == "nth" else "extreme",
        main=found[0].value.spoken,
        details=details,
        answer=answer,
        options=options,
        answer_form=entity.answer_form,
    )


def _followed(
    builder: ProgramBuilder,
    pattern: Pattern,
    path: Sequence[Step],
    winner: Value,
    main: Expression,
    details: dict[str, str],
) -> Form:
    entity = _subject_entity(pattern, path)
    step = builder.choose_follow(entity, path)
    subject = Value(winner.value, Named(text=f"that {entity.noun}"), winner.source)
    value = builder.follow([step], subject, builder.context([step]), first_round=pattern.rounds)
    assert isinstance(value.spoken, FieldOf)
    return Form(
        name="nth_follow" if pattern.form == "nth" else "extreme_follow",
        main=main,
        follow=value.spoken,
        details=details,
        answer=_answer(value, step.field),
        answer_form=_answer_form(step.field),
    )


def _summary(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    found, _ = _gather(builder, pattern, path, (5, 7) if pattern.form == "median" else (3, 5))
    if len({b.value.value for b in found}) == 1:
        raise AttemptFailed("degenerate", "all values are equal")
    call_id = _operate(builder, pattern, "summarize_numbers", {"values": [b.value for b in found]})
    name = pattern.form
    quantity = _quantity(path)
    decimals = max(1, quantity.decimals) if name in ("mean", "median") else _decimals(path)
    value = builder.run.output(call_id)[name]
    unit = _points(quantity) if name == "spread" else quantity.spoken
    answer = _number(value, call_id, f"/{name}", unit, decimals)
    return Form(name=name, main=found[0].value.spoken, answer=answer)


def _filter(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    found, options = _gather(builder, pattern, path, (4, 7))
    above = builder.rng.random() < 0.65
    whole = path[-1].field.python_type is int
    threshold = _threshold(sorted(b.value.value for b in found), builder.rng.random(), whole)
    quantity = _quantity(path)
    dated = quantity.unit == CALENDAR_YEAR
    text = str(threshold) if dated else write_number(threshold)
    condition = "above" if above else "below"
    arguments = {
        "labels": [b.subject for b in found],
        "values": [b.value for b in found],
        "condition": Value.constant(condition),
        "threshold": Value.literal(threshold, text),
    }
    call_id = _operate(builder, pattern, "filter_items", arguments)
    output = builder.run.output(call_id)
    details = {
        "condition": condition,
        "threshold": f"{text} {quantity.spoken}".strip(),
        "dated": "yes" if dated else "",
    }
    if pattern.form == "filter_list":
        answer = Answer(type="list", value=sorted(output["labels"]), call_id=call_id, pointer="/labels")
    else:
        answer, options = _number(output["count"], call_id, "/count", "", None), ()
    return Form(name=pattern.form, main=found[0].value.spoken, details=details, answer=answer, options=options)


def _threshold(values: Sequence[float], where: float, whole: bool) -> float:
    """A round number strictly between two neighbouring values, `whole` for counts.

    Raises AttemptFailed if none fits."""
    gaps = [(a, b) for a, b in pairwise(values) if b - a > 1e-9 * max(1.0, abs(b))]
    if not gaps:
        raise AttemptFailed("degenerate", "all values are equal")
    low, high = gaps[int(where * len(gaps))]
    middle = (low + high) / 2
    for digits in range(1, 7):
        candidate = float(f"{middle:.{digits}g}")
        if whole and not candidate.is_integer():
            continue
        if low + 0.1 * (high - low) < candidate < high - 0.1 * (high - low):
            return int(candidate) if candidate.is_integer() else candidate
    raise AttemptFailed("degenerate", "no round threshold separates the values")


def _match(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    found, options = _gather(builder, pattern, path, (3, 5))
    attributes = [str(b.value.value) for b in found]
    if pattern.over_list:
        repeated = [a for a in attributes if 1 < attributes.count(a) < len(attributes)]
        candidates = repeated or [a for a in attributes if attributes.count(a) < len(attributes)]
    else:
        candidates = [a for a in attributes if attributes.count(a) == 1]
    if not candidates or len(set(attributes)) == 1:
        raise AttemptFailed("degenerate", "no value singles one item out")
    target = builder.rng.choice(sorted(set(candidates)))
    meaning = path[-1].field.meaning
    text = builder.seeds.mention(meaning, target) if isinstance(meaning, EntityType) else target
    arguments = {
        "labels": [b.subject for b in found],
        "attributes": [b.value for b in found],
        "target": Value.literal(target, text),
    }
    call_id = _operate(builder, pattern, "match_items", arguments)
    output = builder.run.output(call_id)
    details = {"target": text}
    if pattern.over_list:
        answer = _number(output["count"], call_id, "/count", "", None)
        return Form(name="match_count", main=found[0].value.spoken, details=details, answer=answer)
    answer = Answer(type="string", value=output["labels"][0], call_id=call_id, pointer="/labels/0")
    form = _subject_entity(pattern, path).answer_form
    return Form(
        name="match", main=found[0].value.spoken, details=details, answer=answer, options=options, answer_form=form
    )


_FORMS: dict[str, Callable[[ProgramBuilder, Pattern, Sequence[Step]], Form]] = {
    "value": _value,
    "count": _count,
    "difference": _difference,
    "ratio": _ratio,
    "change": _change,
    "percent_change": _change,
    "greater": _extreme,
    "is_greater": _is_greater,
    "same": _same,
    "extreme": _extreme,
    "nth": _extreme,
    "order": _extreme,
    "total": _summary,
    "mean": _summary,
    "median": _summary,
    "spread": _summary,
    "filter_count": _filter,
    "filter_list": _filter,
    "match": _match,
    "common": _lists,
    "only_first": _lists,
}
