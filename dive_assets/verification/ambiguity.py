"""unambiguous: no tie, no near-tie, no rounding that the last digit of the arithmetic decides."""

from __future__ import annotations

from collections.abc import Sequence

from dive_assets.records import Call
from dive_assets.verification.subject import CheckFailed, Subject

NEAR = 0.002  # relative gap below which two values count as a near-tie
HALF = 1e-6  # distance from a rounding boundary, in units of the last digit asked for


def check_unambiguous(subject: Subject) -> None:
    """Raises CheckFailed if a slightly different value would change the answer."""
    for call in subject.task.program:
        arguments = call.arguments
        if call.tool == "rank_items":
            _check_ranking(subject, call)
        elif call.tool == "filter_items":
            for value in arguments["values"]:
                _check_apart(value, arguments["threshold"], "a value lies on the threshold")
        elif call.tool == "is_greater":
            _check_apart(arguments["a"], arguments["b"], "the two values are nearly equal")
        elif call.tool == "match_items" and len(set(arguments["labels"])) < len(arguments["labels"]):
            raise CheckFailed("an item is listed twice")
    _check_rounding(subject)


def _check_ranking(subject: Subject, call: Call) -> None:
    labels, values = call.arguments["labels"], sorted(call.arguments["values"], reverse=True)
    if len(set(labels)) < len(labels):
        raise CheckFailed("an item is listed twice")
    for place in _places_that_matter(subject, call, len(values)):
        _check_apart(values[place], values[place + 1], "two values are tied or nearly tied")


def _places_that_matter(subject: Subject, call: Call, count: int) -> Sequence[int]:
    """Gaps (between place i and i + 1) that decide what is read from the ranking."""
    pointers = [b.pointer for c in subject.task.program for b in c.bindings if b.call_id == call.call_id]
    pointers += [s.pointer for s in subject.task.answer.sources if s.call_id == call.call_id]
    gaps: set[int] = set()
    for pointer in pointers:
        if pointer == "/highest":
            gaps.add(0)
        elif pointer == "/lowest":
            gaps.add(count - 2)
        elif pointer == "/descending":
            gaps.update(range(count - 1))
        else:
            place = int(pointer.rsplit("/", 1)[1])
            gaps.update({place - 1, place})
    return sorted(g for g in gaps if 0 <= g < count - 1)


def _check_apart(a: float, b: float, reason: str) -> None:
    if abs(a - b) <= NEAR * max(abs(a), abs(b)):
        raise CheckFailed(f"{reason}: {a:g} and {b:g}")


def _check_rounding(subject: Subject) -> None:
    answer = subject.task.answer
    if answer.type != "number" or answer.decimals is None:
        return
    scaled = abs(subject.answer_value()) * 10**answer.decimals
    if abs(scaled % 1 - 0.5) < HALF:
        raise CheckFailed("the value lies on a rounding boundary")
