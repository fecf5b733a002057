"""Forms of a group of subjects: rankings, aggregates, changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dive_assets.records import Answer, Source
from dive_assets.synthesis.builder import Branch, ProgramBuilder, entity_of, varied
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
from dive_assets.synthesis.programs import MEASURES
from dive_assets.synthesis.type_graph import Step
from dive_assets.tools.annotations import EntityType

ORDINALS = {2: "second", 3: "third", 4: "fourth"}
CONVERTIBLE_BY_FACTOR = ("degC", "kelvin", "degF")  # temperatures: a sum of them means nothing


def gather(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> tuple[list[Branch], tuple[str, ...]]:
    """The branches of a group, and the options that the question names (none for a listed group)."""
    if pattern.cases:
        cases = builder.cases(path, builder.size)
        return cases, tuple(case.subject.stated for case in cases)
    context = builder.context(path)
    if pattern.over_list:
        return builder.listed_branches(path, context), ()
    found = builder.branches(path, builder.size or 2, context, together=True)
    return found, tuple(str(b.subject.value) for b in found)


def subject_entity(pattern: Pattern, path: Sequence[Step]) -> EntityType:
    entity = entity_of(path[1] if pattern.over_list else path[0])
    assert entity is not None
    return entity


def subject_notation(pattern: Pattern, path: Sequence[Step]) -> str:
    """How an answer that names one of the subjects is written."""
    return "the letter of the case" if pattern.cases else subject_entity(pattern, path).answer_form


def ranked(builder: ProgramBuilder, pattern: Pattern, labels: Any, values: Sequence[Value]) -> tuple[str, Any]:
    """Rank `labels` by their values: the call and its output. Raises AttemptFailed at a tie."""
    if len({v.value for v in values}) < len(values):
        raise AttemptFailed("tie", "two items have the same value")
    call_id = operate(builder, pattern, "rank_items", {"labels": labels, "values": list(values)})
    return call_id, builder.run.output(call_id)


def rank_branches(builder: ProgramBuilder, pattern: Pattern, found: Sequence[Branch]) -> tuple[str, Any]:
    """Rank the subjects of the branches by the values that the paths lead to."""
    return ranked(builder, pattern, [b.subject for b in found], [b.value for b in found])


def end_of_ranking(builder: ProgramBuilder, step: Step) -> tuple[str, dict[str, str]]:
    """Highest or lowest, and how the field speaks of it."""
    says = step.field.says
    high = builder.rng.random() < 0.6
    return ("highest" if high else "lowest"), {
        "direction": says.high if high else says.low,
        "end": "highest" if high else "lowest",
    }


def _extreme(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    found, options = gather(builder, pattern, path)
    call_id, output = rank_branches(builder, pattern, found)
    end, details = end_of_ranking(builder, path[-1])
    pointer = f"/{end}"
    if pattern.form == "nth":
        place = builder.rng.randint(2, min(4, len(found) - 1))
        details["rank"] = ORDINALS[place]
        pointer = f"/descending/{place - 1 if end == 'highest' else len(found) - place}"
    elif pattern.form == "order":
        details = {"direction": path[-1].field.says.high, "end": "highest"}
        answer = Answer(type="list", value=output["descending"], call_id=call_id, pointer="/descending", ordered=True)
        return Form(name="order", main=found[0].value.spoken, details=details, answer=answer, options=options)
    winner = builder.run.read(call_id, pointer, Named(text=""))
    if pattern.follow:
        value, step = _look_up(builder, subject_entity(pattern, path), winner, pattern.rounds)
        assert isinstance(value.spoken, FieldOf)
        return Form(
            name="nth_follow" if pattern.form == "nth" else "extreme_follow",
            main=found[0].value.spoken,
            follow=value.spoken,
            details=details,
            answer=answer_of(value, step.field),
            answer_form=notation_of(step.field),
        )
    answer = Answer(type="string", value=winner.value, call_id=call_id, pointer=pointer)
    return Form(
        name="nth" if pattern.form == "nth" else "extreme",
        main=found[0].value.spoken,
        details=details,
        answer=answer,
        options=options,
        answer_form=subject_notation(pattern, path),
    )


def _look_up(builder: ProgramBuilder, entity: EntityType, item: Value, round_number: int) -> tuple[Value, Step]:
    """The planned further fact of an item that was selected."""
    step = builder.further
    assert step is not None
    subject = Value(item.value, Named(text=f"that {entity.noun}"), item.source)
    return builder.follow([step], subject, builder.context([step]), first_round=round_number), step


def _position(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    found, _ = gather(builder, pattern, path)
    call_id, _ = rank_branches(builder, pattern, found)
    asked = builder.rng.choice(found).subject
    ranking = builder.run.read(call_id, "/descending", Named(text=""))
    place_id = operate(builder, pattern, "position_of_item", {"items": ranking, "item": asked})
    place = builder.run.output(place_id)["position"]
    details = {"direction": path[-1].field.says.high, "end": "highest", "item": asked.stated}
    answer = number_answer(place, place_id, "/position", "", None)
    return Form(name="position", main=found[0].value.spoken, details=details, answer=answer)


def _summary(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    found, _ = gather(builder, pattern, path)
    values = [b.value.value for b in found]
    if len(set(values)) == 1:
        raise AttemptFailed("degenerate", "all values are equal")
    call_id = operate(builder, pattern, "summarize_numbers", {"values": [b.value for b in found]})
    name, quantity = pattern.form, quantity_of(path)
    details: dict[str, str] = {}
    if name == "top_value":
        name, details = end_of_ranking(builder, path[-1])
        name = {"highest": "maximum", "lowest": "minimum"}[name]
        if values.count(max(values) if name == "maximum" else min(values)) > 1:
            raise AttemptFailed("tie", "two items share the extreme")
    if pattern.convert:
        if pattern.form == "total" and quantity.unit in CONVERTIBLE_BY_FACTOR:
            raise AttemptFailed("degenerate", "a sum of temperatures is not converted")
        value = builder.run.read(call_id, f"/{name}", found[0].value.spoken)
        answer, more = converted(builder, pattern, value, quantity)
        return Form(name=pattern.form, main=found[0].value.spoken, details=details | more, answer=answer)
    decimals = max(1, quantity.decimals) if name in ("mean", "median") else decimals_of(path)
    unit = difference_unit(quantity) if name == "spread" else quantity.spoken
    answer = number_answer(builder.run.output(call_id)[name], call_id, f"/{name}", unit, decimals)
    return Form(name=pattern.form, main=found[0].value.spoken, details=details, answer=answer)


def _program(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    """A measure for which there is no tool but a Python interpreter."""
    found, _ = gather(builder, pattern, path)
    values, quantity = [b.value.value for b in found], quantity_of(path)
    if len(set(values)) < len(values):
        raise AttemptFailed("tie", "two items have the same value")
    usable = [m for m in MEASURES if m.difference or (m.positive and quantity.ratio and min(values) > 0)]
    measure = builder.rng.choice(usable)
    arguments = {"program": Value.constant(measure.program), "values": [b.value for b in found]}
    call_id = operate(builder, pattern, "run_python", arguments)
    number = builder.run.read(call_id, "/number", Named(text="")).value
    unit = difference_unit(quantity) if measure.difference else quantity.spoken
    answer = number_answer(number, call_id, "/number", unit, max(1, quantity.decimals))
    return Form(name="program", main=found[0].value.spoken, details={"measure": measure.name}, answer=answer)


def _share(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    found, _ = gather(builder, pattern, path)
    if any(b.value.value < 0 for b in found):
        raise AttemptFailed("degenerate", "a share of negative values means nothing")
    total_id = operate(builder, pattern, "summarize_numbers", {"values": [b.value for b in found]})
    total = builder.run.read(total_id, "/total", Named(text=""))
    asked = builder.rng.choice(found)
    call_id = operate(builder, pattern, "percentage_of", {"part": asked.value, "whole": total})
    answer = number_answer(builder.run.output(call_id)["percentage"], call_id, "/percentage", "per cent", 1)
    return Form(name="share", main=found[0].value.spoken, details={"item": asked.subject.stated}, answer=answer)


def _distinct_count(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    found, _ = gather(builder, pattern, path)
    if not 1 < len({str(b.value.value) for b in found}) < len(found):
        raise AttemptFailed("degenerate", "all values are equal, or all differ")
    call_id = operate(builder, pattern, "count_items", {"items": [b.value for b in found]})
    answer = number_answer(builder.run.output(call_id)["distinct"], call_id, "/distinct", "", None)
    return Form(name="distinct_count", main=found[0].value.spoken, answer=answer)


def _collect(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    found, _ = gather(builder, pattern, path)
    sources = [Source(call_id=b.value.source[0], pointer=b.value.source[1]) for b in found if b.value.source]
    values = [str(b.value.value) for b in found]
    if len(set(values)) < 2:
        raise AttemptFailed("degenerate", "all values are equal")
    answer = Answer(
        type="list",
        value=values,
        call_id=sources[0].call_id,
        pointer=sources[0].pointer,
        ordered=True,
        further=tuple(sources[1:]),
    )
    notation = notation_of(path[-1].field)
    return Form(name="collect", main=found[0].value.spoken, answer=answer, answer_form=notation)


def _change_extreme(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    """Which subject's value rose or fell most between two times."""
    context = builder.context(path)
    place, earlier, later = varied(path, context, builder.rng)
    found = builder.branches(path, builder.size, {**context, place: earlier}, together=True)
    changes = []
    for branch in found:
        last = builder.follow(path, branch.subject, {**context, place: later})
        call_id = operate(builder, pattern, "difference", {"a": last, "b": branch.value})
        changes.append(builder.run.read(call_id, "/signed", Named(text="")))
    call_id, output = ranked(builder, pattern, [b.subject for b in found], changes)
    rise = max(c.value for c in changes) > 0 and (min(c.value for c in changes) >= 0 or builder.rng.random() < 0.6)
    end = "highest" if rise else "lowest"
    answer = Answer(type="string", value=output[end], call_id=call_id, pointer=f"/{end}")
    assert isinstance(earlier.spoken, Named) and isinstance(later.spoken, Named)
    details = {"earlier": earlier.spoken.text, "later": later.spoken.text, "change": "rise" if rise else "fall"}
    return Form(
        name="change_extreme",
        main=found[0].value.spoken,
        details=details,
        answer=answer,
        options=tuple(str(b.subject.value) for b in found),
        answer_form=subject_entity(pattern, path).answer_form,
    )


FORMS_OF_GROUPS = {
    **dict.fromkeys(("greater", "extreme", "nth", "order"), _extreme),
    "position": _position,
    **dict.fromkeys(("top_value", "total", "mean", "median", "spread"), _summary),
    "program": _program,
    "share": _share,
    "distinct_count": _distinct_count,
    "collect": _collect,
    "change_extreme": _change_extreme,
}
