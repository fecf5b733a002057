"""Forms of a group of subjects: rankings, aggregates, filters, matches."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from dive_assets.records import Answer, Source
from dive_assets.synthesis.builder import Branch, ProgramBuilder, entity_of, varied
from dive_assets.synthesis.execution import AttemptFailed, Value
from dive_assets.synthesis.expressions import Expression, FieldOf, Form, Named
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
from dive_assets.tools.annotations import CALENDAR_YEAR, EntityType, Quantity, write_number

ORDINALS = {2: "second", 3: "third", 4: "fourth"}
CONVERTIBLE_BY_FACTOR = ("degC", "kelvin", "degF")  # temperatures: a sum of them means nothing


def _gather(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> tuple[list[Branch], tuple[str, ...]]:
    """The branches of a group, and the options that the question names (none for a listed group)."""
    if pattern.cases:
        cases = builder.cases(path, builder.size)
        return cases, tuple(case.subject.stated for case in cases)
    context = builder.context(path)
    if pattern.over_list:
        return builder.listed_branches(path, context), ()
    found = builder.branches(path, builder.size or 2, context, together=True)
    return found, tuple(str(b.subject.value) for b in found)


def _subject_entity(pattern: Pattern, path: Sequence[Step]) -> EntityType:
    entity = entity_of(path[1] if pattern.over_list else path[0])
    assert entity is not None
    return entity


def _subject_notation(pattern: Pattern, path: Sequence[Step]) -> str:
    """How an answer that names one of the subjects is written."""
    return "the letter of the case" if pattern.cases else _subject_entity(pattern, path).answer_form


def _ranked(builder: ProgramBuilder, pattern: Pattern, labels: Any, values: Sequence[Value]) -> tuple[str, Any]:
    if len({v.value for v in values}) < len(values):
        raise AttemptFailed("tie", "two items have the same value")
    call_id = operate(builder, pattern, "rank_items", {"labels": labels, "values": list(values)})
    return call_id, builder.run.output(call_id)


def _rank_branches(builder: ProgramBuilder, pattern: Pattern, found: Sequence[Branch]) -> tuple[str, Any]:
    return _ranked(builder, pattern, [b.subject for b in found], [b.value for b in found])


def _end(builder: ProgramBuilder, step: Step) -> tuple[str, dict[str, str]]:
    """Highest or lowest, and how the field speaks of it."""
    says = step.field.says
    high = builder.rng.random() < 0.6
    return ("highest" if high else "lowest"), {
        "direction": says.high if high else says.low,
        "end": "highest" if high else "lowest",
    }


def _extreme(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    found, options = _gather(builder, pattern, path)
    call_id, output = _rank_branches(builder, pattern, found)
    end, details = _end(builder, path[-1])
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
        value, step = _look_up(builder, _subject_entity(pattern, path), winner, pattern.rounds)
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
        answer_form=_subject_notation(pattern, path),
    )


def _look_up(builder: ProgramBuilder, entity: EntityType, item: Value, round_number: int) -> tuple[Value, Step]:
    """The planned further fact of an item that was selected."""
    step = builder.further
    assert step is not None
    subject = Value(item.value, Named(text=f"that {entity.noun}"), item.source)
    return builder.follow([step], subject, builder.context([step]), first_round=round_number), step


def _position(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    found, _ = _gather(builder, pattern, path)
    call_id, _ = _rank_branches(builder, pattern, found)
    asked = builder.rng.choice(found).subject
    ranking = builder.run.read(call_id, "/descending", Named(text=""))
    place_id = operate(builder, pattern, "position_of_item", {"items": ranking, "item": asked})
    place = builder.run.output(place_id)["position"]
    details = {"direction": path[-1].field.says.high, "end": "highest", "item": asked.stated}
    answer = number_answer(place, place_id, "/position", "", None)
    return Form(name="position", main=found[0].value.spoken, details=details, answer=answer)


def _summary(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    found, _ = _gather(builder, pattern, path)
    values = [b.value.value for b in found]
    if len(set(values)) == 1:
        raise AttemptFailed("degenerate", "all values are equal")
    call_id = operate(builder, pattern, "summarize_numbers", {"values": [b.value for b in found]})
    name, quantity = pattern.form, quantity_of(path)
    details: dict[str, str] = {}
    if name == "top_value":
        name, details = _end(builder, path[-1])
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
    found, _ = _gather(builder, pattern, path)
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
    found, _ = _gather(builder, pattern, path)
    if any(b.value.value < 0 for b in found):
        raise AttemptFailed("degenerate", "a share of negative values means nothing")
    total_id = operate(builder, pattern, "summarize_numbers", {"values": [b.value for b in found]})
    total = builder.run.read(total_id, "/total", Named(text=""))
    asked = builder.rng.choice(found)
    call_id = operate(builder, pattern, "percentage_of", {"part": asked.value, "whole": total})
    answer = number_answer(builder.run.output(call_id)["percentage"], call_id, "/percentage", "per cent", 1)
    return Form(name="share", main=found[0].value.spoken, details={"item": asked.subject.stated}, answer=answer)


def _distinct_count(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    found, _ = _gather(builder, pattern, path)
    if not 1 < len({str(b.value.value) for b in found}) < len(found):
        raise AttemptFailed("degenerate", "all values are equal, or all differ")
    call_id = operate(builder, pattern, "count_items", {"items": [b.value for b in found]})
    answer = number_answer(builder.run.output(call_id)["distinct"], call_id, "/distinct", "", None)
    return Form(name="distinct_count", main=found[0].value.spoken, answer=answer)


def _collect(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    found, _ = _gather(builder, pattern, path)
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


# --- filters ------------------------------------------------------------------------------------


def _filtered(
    builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step], found: Sequence[Branch]
) -> tuple[str, Any, dict[str, str]]:
    """Filter the branches by a round threshold: the call, its output, and how the question says it."""
    above = builder.rng.random() < 0.65
    whole = path[-1].field.python_type is int
    threshold = _threshold(sorted(b.value.value for b in found), builder.rng.random(), whole)
    quantity = quantity_of(path)
    dated = quantity.unit == CALENDAR_YEAR
    text = str(threshold) if dated else write_number(threshold)
    condition = "above" if above else "below"
    arguments = {
        "labels": [b.subject for b in found],
        "values": [b.value for b in found],
        "condition": Value.constant(condition),
        "threshold": Value.literal(threshold, text),
    }
    call_id = operate(builder, pattern, "filter_items", arguments)
    details = {
        "condition": condition,
        "threshold": f"{text} {quantity.spoken}".strip(),
        "dated": "yes" if dated else "",
    }
    return call_id, builder.run.output(call_id), details


def _filter(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    found, options = _gather(builder, pattern, path)
    call_id, output, details = _filtered(builder, pattern, path, found)
    if pattern.form == "filter_list":
        answer = Answer(type="list", value=sorted(output["labels"]), call_id=call_id, pointer="/labels")
    else:
        answer, options = number_answer(output["count"], call_id, "/count", "", None), ()
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


def _above_mean(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    found, _ = _gather(builder, pattern, path)
    if len({b.value.value for b in found}) == 1:
        raise AttemptFailed("degenerate", "all values are equal")
    values = [b.value for b in found]
    mean_id = operate(builder, pattern, "summarize_numbers", {"values": values})
    arguments = {
        "labels": [b.subject for b in found],
        "values": values,
        "condition": Value.constant("above"),
        "threshold": builder.run.read(mean_id, "/mean", Named(text="")),
    }
    call_id = operate(builder, pattern, "filter_items", arguments)
    answer = number_answer(builder.run.output(call_id)["count"], call_id, "/count", "", None)
    return Form(name="above_mean", main=found[0].value.spoken, answer=answer)


def _then_second(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    """Select by a first fact, then rank or sum up the selected ones by a second."""
    found, options = _gather(builder, pattern, path)
    if pattern.form == "match_extreme":
        call_id, output, details = _matched(builder, pattern, path, found, several=True)
    else:
        call_id, output, details = _filtered(builder, pattern, path, found)
    if not 2 <= len(output["labels"]) < len(found):
        raise AttemptFailed("degenerate", "fewer than two, or all, are selected")
    entity = _subject_entity(pattern, path)
    labels = [Value(v, Named(text=""), (call_id, f"/labels/{i}")) for i, v in enumerate(output["labels"])]
    values, step = _second_facts(builder, pattern, entity, labels)
    quantity = step.field.meaning
    assert isinstance(quantity, Quantity)
    second = values[0].spoken
    assert isinstance(second, FieldOf)
    main = found[0].value.spoken
    if pattern.form in ("filter_extreme", "match_extreme"):
        ranking, _ = _ranked(builder, pattern, builder.run.read(call_id, "/labels", Named(text="")), values)
        end, more = _end(builder, step)
        winner = builder.run.read(ranking, f"/{end}", Named(text=""))
        answer = Answer(type="string", value=winner.value, call_id=ranking, pointer=f"/{end}")
        details = details | {f"second_{key}": value for key, value in more.items()}
        return Form(
            name=pattern.form, main=main, follow=second, details=details, answer=answer, options=options,
            answer_form=entity.answer_form,
        )  # fmt: skip
    name = "total" if pattern.form == "filter_total" else "mean"
    summary = operate(builder, pattern, "summarize_numbers", {"values": values})
    exact = step.field.python_type is int and name == "total"
    decimals = None if exact else max(1, quantity.decimals) if name == "mean" else quantity.decimals
    answer = number_answer(builder.run.output(summary)[name], summary, f"/{name}", quantity.spoken, decimals)
    return Form(name=pattern.form, main=main, follow=second, details=details, answer=answer)


def _second_facts(
    builder: ProgramBuilder, pattern: Pattern, entity: EntityType, items: Sequence[Value]
) -> tuple[list[Value], Step]:
    """The planned further fact of every item, spoken of with the item's noun."""
    step = builder.further
    assert step is not None
    context = builder.context([step])
    values = []
    for item in items:
        subject = Value(item.value, Named(text=f"that {entity.noun}"), item.source, item.stated)
        values.append(builder.follow([step], subject, context, first_round=pattern.rounds))
    return values, step


def _agree(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    """Whether one item is at the end of two rankings."""
    found, _ = _gather(builder, pattern, path)
    first_id, first = _rank_branches(builder, pattern, found)
    values, step = _second_facts(builder, pattern, _subject_entity(pattern, path), [b.subject for b in found])
    second_id, second = _ranked(builder, pattern, [b.subject for b in found], values)
    end, details = _end(builder, path[-1])
    other_end, more = _end(builder, step)
    if builder.rng.random() < 0.5 and first[end] != second[other_end]:
        other_end = "lowest" if other_end == "highest" else "highest"
        says = step.field.says
        more = {"direction": says.high if other_end == "highest" else says.low, "end": other_end}
    arguments = {
        "a": builder.run.read(first_id, f"/{end}", Named(text="")),
        "b": builder.run.read(second_id, f"/{other_end}", Named(text="")),
    }
    call_id = operate(builder, pattern, "is_same", arguments)
    answer = Answer(type="boolean", value=builder.run.output(call_id)["equal"], call_id=call_id, pointer="/equal")
    details = details | {f"second_{key}": value for key, value in more.items()}
    assert isinstance(values[0].spoken, FieldOf)
    return Form(name="agree", main=found[0].value.spoken, follow=values[0].spoken, details=details, answer=answer)


# --- matches ------------------------------------------------------------------------------------


def _matched(
    builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step], found: Sequence[Branch], several: bool
) -> tuple[str, Any, dict[str, str]]:
    """Select the branches whose value is a target that several of them, or exactly one of them, have."""
    attributes = [str(b.value.value) for b in found]
    counts = {a: attributes.count(a) for a in attributes}
    candidates = sorted(a for a, n in counts.items() if (1 < n < len(found) if several else n == 1))
    if not candidates or len(counts) == 1:
        raise AttemptFailed("degenerate", "no value singles items out")
    target = builder.rng.choice(candidates)
    meaning = path[-1].field.meaning
    text = builder.seeds.mention(meaning, target) if isinstance(meaning, EntityType) else target
    arguments = {
        "labels": [b.subject for b in found],
        "attributes": [b.value for b in found],
        "target": Value.literal(target, text),
    }
    call_id = operate(builder, pattern, "match_items", arguments)
    return call_id, builder.run.output(call_id), {"target": text}


def _match(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    found, options = _gather(builder, pattern, path)
    counted = pattern.form == "match_count"
    call_id, output, details = _matched(builder, pattern, path, found, several=counted)
    main: Expression = found[0].value.spoken
    if counted:
        answer = number_answer(output["count"], call_id, "/count", "", None)
        return Form(name="match_count", main=main, details=details, answer=answer)
    answer = Answer(type="string", value=output["labels"][0], call_id=call_id, pointer="/labels/0")
    notation = _subject_notation(pattern, path)
    return Form(name="match", main=main, details=details, answer=answer, options=options, answer_form=notation)


# --- change -------------------------------------------------------------------------------------


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
    call_id, output = _ranked(builder, pattern, [b.subject for b in found], changes)
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
        answer_form=_subject_entity(pattern, path).answer_form,
    )


FORMS_OF_GROUPS = {
    **dict.fromkeys(("greater", "extreme", "nth", "order"), _extreme),
    "position": _position,
    **dict.fromkeys(("top_value", "total", "mean", "median", "spread"), _summary),
    "program": _program,
    "share": _share,
    "distinct_count": _distinct_count,
    "collect": _collect,
    **dict.fromkeys(("filter_count", "filter_list"), _filter),
    "above_mean": _above_mean,
    **dict.fromkeys(("filter_total", "filter_mean", "filter_extreme", "match_extreme"), _then_second),
    "agree": _agree,
    **dict.fromkeys(("match", "match_count"), _match),
    "change_extreme": _change_extreme,
}
