"""Arithmetic over values that other tools returned: differences, summaries, rankings, filters, units.

These tools are offered in every domain. Their operands carry the role "operand", which no result
has: a type never feeds them, the operators of a pattern do.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import Field

from dive_assets.toolpool.shared.data_sources import PINT, STANDARD_LIBRARY
from dive_assets.tools.annotations import Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

OPERAND = Quantity("", "", 4, role="operand")
Number = Annotated[float, OPERAND]
Numbers = Annotated[list[float], OPERAND, Field(min_length=1, max_length=500)]
Label = Annotated[str, Text(role="operand"), Field(max_length=2000)]
Labels = Annotated[list[Annotated[str, Field(max_length=2000)]], Text(role="operand"), Field(max_length=500)]


class Difference(Result):
    """Signed and absolute difference."""

    absolute: Annotated[float, OPERAND, Says("the difference between {a} and {b}")]
    signed: Annotated[float, OPERAND, Says("{a} minus {b}")]


@tool(
    domain="general",
    kind="P",
    everywhere=True,
    sources=[STANDARD_LIBRARY],
    probes=[Probe({"a": 3, "b": 5.5}, {"/absolute": 2.5, "/signed": -2.5})],
)
def difference(a: Number, b: Number) -> Difference:
    """Difference of two numbers, a minus b, signed and absolute."""
    return Difference(absolute=abs(a - b), signed=a - b)


class Ratio(Result):
    """A quotient and the same as a percentage."""

    quotient: Annotated[float, OPERAND, Says("the ratio of {a} to {b}")]
    percent_change: Annotated[float, OPERAND, Says("the change from {b} to {a} in per cent")]


@tool(
    domain="general",
    kind="P",
    everywhere=True,
    sources=[STANDARD_LIBRARY],
    probes=[Probe({"a": 150, "b": 120}, {"/quotient": 1.25, "/percent_change": 25.0})],
)
def ratio(a: Number, b: Number) -> Ratio:
    """Quotient a / b, and the change from b to a in per cent of b."""
    if b == 0:
        raise ToolError("b must not be zero", "invalid_arguments")
    return Ratio(quotient=a / b, percent_change=100 * (a - b) / abs(b))


class Comparison(Result):
    """Which of two numbers is greater."""

    greater: Annotated[bool, Says("whether {a} is greater than {b}")]


@tool(
    domain="general",
    kind="P",
    everywhere=True,
    sources=[STANDARD_LIBRARY],
    probes=[Probe({"a": 2, "b": 1}, {"/greater": True}), Probe({"a": 1, "b": 1}, {"/greater": False})],
)
def is_greater(a: Number, b: Number) -> Comparison:
    """Whether the number a is greater than the number b."""
    return Comparison(greater=a > b)


class Summary(Result):
    """Usual summaries of a list of numbers."""

    count: Annotated[int, OPERAND, Says("the number of values in {values}")]
    total: Annotated[float, OPERAND, Says("the sum of {values}")]
    mean: Annotated[float, OPERAND, Says("the mean of {values}")]
    median: Annotated[float, OPERAND, Says("the median of {values}")]
    minimum: Annotated[float, OPERAND, Says("the smallest of {values}")]
    maximum: Annotated[float, OPERAND, Says("the largest of {values}")]
    spread: Annotated[float, OPERAND, Says("the range of {values}")]


@tool(
    domain="general",
    kind="P",
    everywhere=True,
    sources=[STANDARD_LIBRARY],
    probes=[Probe({"values": [1, 2, 3, 10]}, {"/total": 16, "/mean": 4, "/median": 2.5, "/spread": 9, "/count": 4})],
)
def summarize_numbers(values: Numbers) -> Summary:
    """Count, sum, mean, median, minimum, maximum and range of a list of numbers."""
    return Summary(
        count=len(values),
        total=sum(values),
        mean=statistics.fmean(values),
        median=statistics.median(values),
        minimum=min(values),
        maximum=max(values),
        spread=max(values) - min(values),
    )


class Ranking(Result):
    """Labels ordered by their values, highest first."""

    descending: Annotated[list[str], Says("{labels} in descending order of {values}")]
    highest: Annotated[str, Says("the one of {labels} with the highest of {values}")]
    lowest: Annotated[str, Says("the one of {labels} with the lowest of {values}")]


@tool(
    domain="general",
    kind="P",
    everywhere=True,
    sources=[STANDARD_LIBRARY],
    probes=[Probe({"labels": ["a", "b", "c"], "values": [1, 3, 2]}, {"/descending": ["b", "c", "a"], "/lowest": "a"})],
)
def rank_items(labels: Labels, values: Numbers) -> Ranking:
    """Rank labelled items by their values, highest first; ties are an error."""
    _same_length(labels, values)
    if len(set(values)) < len(values):
        raise ToolError("two items have the same value: their order is not defined", "invalid_arguments")
    ordered = [label for _, label in sorted(zip(values, labels, strict=True), reverse=True)]
    return Ranking(descending=ordered, highest=ordered[0], lowest=ordered[-1])


class Selection(Result):
    """Items that meet a condition, in the order given."""

    labels: Annotated[list[str], Says("those of {labels} whose value in {values} is {condition} {threshold}")]
    count: Annotated[int, OPERAND, Says("the number of {labels} whose value in {values} is {condition} {threshold}")]


@tool(
    domain="general",
    kind="P",
    everywhere=True,
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"labels": ["a", "b", "c"], "values": [1, 3, 2], "condition": "above", "threshold": 1.5},
            {"/labels": ["b", "c"], "/count": 2},
        )
    ],
)
def filter_items(
    labels: Labels,
    values: Numbers,
    condition: Annotated[Literal["above", "below"], Text(role="operand")],
    threshold: Number,
) -> Selection:
    """Select the labelled items whose value lies above or below a threshold (the threshold excluded)."""
    _same_length(labels, values)
    keep = [
        label
        for label, value in zip(labels, values, strict=True)
        if (value > threshold if condition == "above" else value < threshold)
    ]
    return Selection(labels=keep, count=len(keep))


class Matches(Result):
    """Items whose attribute equals a target, in the order given."""

    labels: Annotated[list[str], Says("those of {labels} whose attribute in {attributes} is {target}")]
    count: Annotated[int, OPERAND, Says("the number of {labels} whose attribute in {attributes} is {target}")]


@tool(
    domain="general",
    kind="P",
    everywhere=True,
    sources=[STANDARD_LIBRARY],
    probes=[Probe({"labels": ["a", "b"], "attributes": ["x", "y"], "target": "y"}, {"/labels": ["b"], "/count": 1})],
)
def match_items(labels: Labels, attributes: Labels, target: Label) -> Matches:
    """Select the labelled items whose attribute equals a target."""
    _same_length(labels, attributes)
    keep = [label for label, attribute in zip(labels, attributes, strict=True) if attribute == target]
    return Matches(labels=keep, count=len(keep))


class ListComparison(Result):
    """What two lists share, sorted and without repetition."""

    common: Annotated[list[str], Says("what {first} and {second} have in common")]
    only_first: Annotated[list[str], Says("what is in {first} but not in {second}")]
    common_count: Annotated[int, OPERAND, Says("the number of entries that {first} and {second} share")]
    union_count: Annotated[int, OPERAND, Says("the number of different entries of {first} and {second} together")]
    only_first_count: Annotated[int, OPERAND, Says("the number of entries of {first} that {second} lacks")]


@tool(
    domain="general",
    kind="P",
    everywhere=True,
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"first": ["a", "b", "c"], "second": ["c", "b", "d"]},
            {
                "/common": ["b", "c"],
                "/only_first": ["a"],
                "/common_count": 2,
                "/union_count": 4,
                "/only_first_count": 1,
            },
        )
    ],
)
def compare_lists(first: Labels, second: Labels) -> ListComparison:
    """Entries that two lists share, entries that only the first one has, and how many there are in all."""
    common, only_first = set(first) & set(second), set(first) - set(second)
    return ListComparison(
        common=sorted(common),
        only_first=sorted(only_first),
        common_count=len(common),
        union_count=len(set(first) | set(second)),
        only_first_count=len(only_first),
    )


class ItemCount(Result):
    """How many entries a list has."""

    count: Annotated[int, OPERAND, Says("the number of {items}")]
    distinct: Annotated[int, OPERAND, Says("the number of distinct {items}")]


@tool(
    domain="general",
    kind="P",
    everywhere=True,
    sources=[STANDARD_LIBRARY],
    probes=[Probe({"items": ["a", "b", "a"]}, {"/count": 3, "/distinct": 2})],
)
def count_items(items: Labels) -> ItemCount:
    """Number of entries and of distinct entries of a list."""
    return ItemCount(count=len(items), distinct=len(set(items)))


class Sorted(Result):
    """The ends of an alphabetical order."""

    first: Annotated[str, Says("the first of {items} in the alphabet")]
    last: Annotated[str, Says("the last of {items} in the alphabet")]


@tool(
    domain="general",
    kind="P",
    everywhere=True,
    sources=[STANDARD_LIBRARY],
    probes=[Probe({"items": ["pear", "Apple", "fig"]}, {"/first": "Apple", "/last": "pear"})],
)
def sort_texts(items: Labels) -> Sorted:
    """First and last entry of a list in alphabetical order, capitals and small letters alike."""
    if not items:
        raise ToolError("items must not be empty", "invalid_arguments")
    ordered = sorted(items, key=lambda item: (item.casefold(), item))
    return Sorted(first=ordered[0], last=ordered[-1])


class Containment(Result):
    """Whether a list holds an entry."""

    contained: Annotated[bool, Says("whether {item} is among {items}")]


@tool(
    domain="general",
    kind="P",
    everywhere=True,
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe({"items": ["a", "b"], "item": "b"}, {"/contained": True}),
        Probe({"items": ["a", "b"], "item": "c"}, {"/contained": False}),
    ],
)
def contains_item(items: Labels, item: Label) -> Containment:
    """Whether a list holds an entry that is identical to the given one."""
    return Containment(contained=item in items)


class Position(Result):
    """Where an entry stands in a list."""

    position: Annotated[int, OPERAND, Says("the place of {item} in {items}")]


@tool(
    domain="general",
    kind="P",
    everywhere=True,
    sources=[STANDARD_LIBRARY],
    probes=[Probe({"items": ["c", "a", "b"], "item": "a"}, {"/position": 2})],
)
def position_of_item(items: Labels, item: Label) -> Position:
    """Place of an entry in a list, counted from 1."""
    if item not in items:
        raise ToolError(f"{item!r} is not in the list")
    return Position(position=items.index(item) + 1)


class Percentage(Result):
    """A part in per cent of a whole."""

    percentage: Annotated[float, OPERAND, Says("{part} in per cent of {whole}")]


@tool(
    domain="general",
    kind="P",
    everywhere=True,
    sources=[STANDARD_LIBRARY],
    probes=[Probe({"part": 3, "whole": 12}, {"/percentage": 25.0})],
)
def percentage_of(part: Number, whole: Number) -> Percentage:
    """How many per cent of a whole a part is."""
    if whole == 0:
        raise ToolError("whole must not be zero", "invalid_arguments")
    return Percentage(percentage=100 * part / whole)


class Equality(Result):
    """Whether two texts are the same."""

    equal: Annotated[bool, Says("whether {a} and {b} are the same")]


@tool(
    domain="general",
    kind="P",
    everywhere=True,
    sources=[STANDARD_LIBRARY],
    probes=[Probe({"a": "x", "b": "x"}, {"/equal": True}), Probe({"a": "x", "b": "y"}, {"/equal": False})],
)
def is_same(a: Label, b: Label) -> Equality:
    """Whether two texts are identical."""
    return Equality(equal=a == b)


class Converted(Result):
    """A value in another unit."""

    value: Annotated[float, OPERAND, Says("{value} {unit} in {to}")]


@cache
def _units() -> Any:
    import pint

    return pint.UnitRegistry(autoconvert_offset_to_baseunit=True)


@tool(
    domain="general",
    kind="P",
    everywhere=True,
    sources=[PINT],
    probes=[
        Probe(
            {"value": 1, "unit": "mile", "to": "kilometer"}, {"/value": 1.609344}, "International yard and pound, 1959"
        ),
        Probe({"value": 100, "unit": "degC", "to": "degF"}, {"/value": 212}, "Definition of the Fahrenheit scale"),
    ],
)
def convert_unit(
    value: Number,
    unit: Annotated[str, Text(role="operand"), Field(max_length=60, pattern=r"^[A-Za-z0-9_*/^. -]+$")],
    to: Annotated[str, Text(role="operand"), Field(max_length=60, pattern=r"^[A-Za-z0-9_*/^. -]+$")],
) -> Converted:
    """Convert a value from one unit to another; units are named as in pint ("kilometer**2", "degC")."""
    import pint

    try:
        return Converted(value=_units().Quantity(value, unit).to(to).magnitude)
    except (pint.errors.PintError, AttributeError, TypeError) as error:
        raise ToolError(f"cannot convert {unit!r} to {to!r}: {error}", "invalid_arguments") from error


def _same_length(first: Sequence[object], second: Sequence[object]) -> None:
    if len(first) != len(second):
        raise ToolError(f"the lists must be equally long, not {len(first)} and {len(second)}", "invalid_arguments")
