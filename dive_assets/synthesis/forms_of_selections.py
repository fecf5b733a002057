"""Forms that select some of a group of subjects: filters, matches, a second fact about those selected."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from dive_assets.records import Answer
from dive_assets.synthesis.builder import Branch, ProgramBuilder
from dive_assets.synthesis.execution import AttemptFailed, Value
from dive_assets.synthesis.expressions import Expression, FieldOf, Form, Named
from dive_assets.synthesis.form_answers import (
    number_answer,
    operate,
    quantity_of,
)
from dive_assets.synthesis.forms_of_groups import (
    end_of_ranking,
    gather,
    rank_branches,
    ranked,
    subject_entity,
    subject_notation,
)
from dive_assets.synthesis.patterns import Pattern
from dive_assets.synthesis.type_graph import Step
from dive_assets.tools.annotations import CALENDAR_YEAR, EntityType, Quantity, write_number

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
    found, options = gather(builder, pattern, path)
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
    found, _ = gather(builder, pattern, path)
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
    found, options = gather(builder, pattern, path)
    if pattern.form == "match_extreme":
        call_id, output, details = _matched(builder, pattern, path, found, several=True)
    else:
        call_id, output, details = _filtered(builder, pattern, path, found)
    if not 2 <= len(output["labels"]) < len(found):
        raise AttemptFailed("degenerate", "fewer than two, or all, are selected")
    entity = subject_entity(pattern, path)
    labels = [Value(v, Named(text=""), (call_id, f"/labels/{i}")) for i, v in enumerate(output["labels"])]
    values, step = _second_facts(builder, pattern, entity, labels)
    quantity = step.field.meaning
    assert isinstance(quantity, Quantity)
    second = values[0].spoken
    assert isinstance(second, FieldOf)
    main = found[0].value.spoken
    if pattern.form in ("filter_extreme", "match_extreme"):
        ranking, _ = ranked(builder, pattern, builder.run.read(call_id, "/labels", Named(text="")), values)
        end, more = end_of_ranking(builder, step)
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
    found, _ = gather(builder, pattern, path)
    first_id, first = rank_branches(builder, pattern, found)
    values, step = _second_facts(builder, pattern, subject_entity(pattern, path), [b.subject for b in found])
    second_id, second = ranked(builder, pattern, [b.subject for b in found], values)
    end, details = end_of_ranking(builder, path[-1])
    other_end, more = end_of_ranking(builder, step)
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
    found, options = gather(builder, pattern, path)
    counted = pattern.form == "match_count"
    call_id, output, details = _matched(builder, pattern, path, found, several=counted)
    main: Expression = found[0].value.spoken
    if counted:
        answer = number_answer(output["count"], call_id, "/count", "", None)
        return Form(name="match_count", main=main, details=details, answer=answer)
    answer = Answer(type="string", value=output["labels"][0], call_id=call_id, pointer="/labels/0")
    notation = subject_notation(pattern, path)
    return Form(name="match", main=main, details=details, answer=answer, options=options, answer_form=notation)


FORMS_OF_SELECTIONS = {
    **dict.fromkeys(("filter_count", "filter_list"), _filter),
    "above_mean": _above_mean,
    **dict.fromkeys(("filter_total", "filter_mean", "filter_extreme", "match_extreme"), _then_second),
    "agree": _agree,
    **dict.fromkeys(("match", "match_count"), _match),
}
