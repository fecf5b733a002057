"""Forms of one subject: its value, a count of a list, an entry of a list, a change over time."""

from __future__ import annotations

from collections.abc import Sequence

from dive_assets.records import Answer, Source
from dive_assets.synthesis.builder import ProgramBuilder, varied
from dive_assets.synthesis.execution import AttemptFailed, Value
from dive_assets.synthesis.expressions import FieldOf, Form, Named
from dive_assets.synthesis.form_answers import (
    answer_of,
    converted,
    decimals_of,
    difference_unit,
    notation_of,
    number_answer,
    operate,
    quantity_of,
)
from dive_assets.synthesis.patterns import Pattern
from dive_assets.synthesis.type_graph import Step
from dive_assets.tools.annotations import EntityType

MOST_SORTED = 60  # entries of a list of which a question asks for the first in the alphabet


def _value(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    value = builder.first_success(lambda: _reach(builder, pattern, path))
    if pattern.convert:
        answer, details = converted(builder, pattern, value, quantity_of(path))
        return Form(name="value", main=value.spoken, details=details, answer=answer)
    return Form(
        name="value",
        main=value.spoken,
        answer=answer_of(value, path[-1].field),
        answer_form=notation_of(path[-1].field),
    )


def _reach(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Value:
    context = builder.context(path, joined=pattern.join)
    subject = builder.subject(path[0])
    if not pattern.join:
        return builder.follow(path, subject, context)
    joins = [parameter.name for parameter in builder.graph.join_parameters(path[-1])]
    others = {}
    for name in joins:
        other = builder.subject(path[0])
        if len(path) > 1:
            other = builder.follow(path[:-1], other, context)
        assert isinstance(other, Value)
        others[name] = other
    joined = builder.follow(path, subject, context, joined=others)
    operands = [str(builder.run.evidence[-1].call.arguments.get(name)) for name in (path[-1].subject, *joins)]
    if len(set(operands)) < len(operands):
        raise AttemptFailed("degenerate", "two operands are the same")
    if joined.value == 0 and not isinstance(joined.value, bool):
        raise AttemptFailed("degenerate", "nothing lies between the two")
    return joined


def _count(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    def some() -> Value:
        value = builder.follow(path, builder.subject(path[0]), builder.context(path))
        if len(value.value) < 2:
            raise AttemptFailed("degenerate", "fewer than two entries")
        return value

    value = builder.first_success(some)
    call_id = operate(builder, pattern, "count_items", {"items": value})
    count = builder.run.output(call_id)["count"]
    return Form(name="count", main=value.spoken, answer=number_answer(count, call_id, "/count", "", None))


def _alphabetical(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    def some() -> Value:
        value = builder.follow(path, builder.subject(path[0]), builder.context(path))
        if not 3 <= len(value.value) <= MOST_SORTED:
            raise AttemptFailed("list_size", f"{len(value.value)} entries")
        if not all(str(item)[:1].isalpha() and str(item).isascii() for item in value.value):
            raise AttemptFailed("degenerate", "the entries have no plain alphabetical order")
        return value

    value = builder.first_success(some)
    call_id = operate(builder, pattern, "sort_texts", {"items": value})
    first = builder.rng.random() < 0.5
    pointer = "/first" if first else "/last"
    chosen = builder.run.read(call_id, pointer, Named(text=""))
    details = {"end": "first" if first else "last"}
    field = path[-1].field
    if pattern.follow:
        entity = field.meaning
        assert isinstance(entity, EntityType) and builder.further is not None
        subject = Value(chosen.value, Named(text=f"that {entity.noun}"), chosen.source)
        found = builder.follow([builder.further], subject, builder.context([builder.further]), pattern.rounds)
        assert isinstance(found.spoken, FieldOf)
        return Form(
            name="alphabetical_follow",
            main=value.spoken,
            follow=found.spoken,
            details=details,
            answer=answer_of(found, builder.further.field),
            answer_form=notation_of(builder.further.field),
        )
    answer = Answer(type="string", value=chosen.value, call_id=call_id, pointer=pointer)
    return Form(name="alphabetical", main=value.spoken, details=details, answer=answer, answer_form=notation_of(field))


def _member(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    """Whether something is an entry of a list; half of the candidates come from another subject's list."""

    def two() -> tuple[Value, Value]:
        context = builder.context(path)
        lists = [builder.follow(path, builder.subject(path[0]), context) for _ in range(2)]
        if len(lists[0].value) < 2:
            raise AttemptFailed("degenerate", "fewer than two entries")
        return lists[0], lists[1]

    value, other = builder.first_success(two)
    inside = builder.rng.random() < 0.5
    candidates = list(value.value) if inside else [item for item in other.value if item not in value.value]
    if not candidates:
        raise AttemptFailed("degenerate", "the other list has nothing of its own")
    item = builder.rng.choice(candidates)
    meaning = path[-1].field.meaning
    text = builder.seeds.mention(meaning, item) if isinstance(meaning, EntityType) else str(item)
    call_id = operate(builder, pattern, "contains_item", {"items": value, "item": Value.literal(item, text)})
    found = builder.run.output(call_id)["contained"]
    answer = Answer(type="boolean", value=found, call_id=call_id, pointer="/contained")
    return Form(name="member", main=value.spoken, details={"item": text}, answer=answer)


def _profile(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    """Two facts of the same subject, by two tools."""
    further = builder.further
    assert further is not None

    def both() -> tuple[Value, Value]:
        context = builder.context(path)
        inner = {key: value for key, value in context.items() if key[0] < len(path) - 1}
        subject = builder.subject(path[0])
        if len(path) > 1:
            subject = builder.follow(path[:-1], subject, inner)
        last = {(0, name): value for (at, name), value in context.items() if at == len(path) - 1}
        first = builder.follow([path[-1]], subject, last, len(path))
        second = builder.follow([further], subject, builder.context([further]), len(path))
        named = [stated.value for e in builder.run.evidence for stated in e.call.literals]
        if first.value in named or second.value in named:
            raise AttemptFailed("circular", "a fact is named in the question")
        return first, second

    first, second = builder.first_success(both)
    if first.value == second.value:
        raise AttemptFailed("degenerate", "both facts are the same")
    assert first.source is not None and second.source is not None
    answer = Answer(
        type="list",
        value=[first.value, second.value],
        call_id=first.source[0],
        pointer=first.source[1],
        ordered=True,
        further=(Source(call_id=second.source[0], pointer=second.source[1]),),
    )
    notations = [notation_of(path[-1].field), notation_of(further.field)]
    return Form(
        name="profile",
        main=first.spoken,
        other=second.spoken,
        answer=answer,
        answer_form="; ".join(filter(None, notations)),
    )


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

    first, last, earlier, later = builder.first_success(both)
    percent = pattern.form == "percent_change"
    call_id = operate(builder, pattern, "ratio" if percent else "difference", {"a": last, "b": first})
    pointer = "/percent_change" if percent else "/signed"
    value = builder.run.output(call_id)[pointer[1:]]
    quantity = quantity_of(path)
    answer = (
        number_answer(value, call_id, pointer, "per cent", 1)
        if percent
        else number_answer(value, call_id, pointer, difference_unit(quantity), decimals_of(path))
    )
    assert isinstance(earlier.spoken, Named) and isinstance(later.spoken, Named)
    return Form(
        name=pattern.form,
        main=first.spoken,
        other=last.spoken,
        details={"earlier": earlier.spoken.text, "later": later.spoken.text},
        answer=answer,
    )


FORMS_OF_ONE = {
    "value": _value,
    "count": _count,
    "alphabetical": _alphabetical,
    "member": _member,
    "profile": _profile,
    "change": _change,
    "percent_change": _change,
}
