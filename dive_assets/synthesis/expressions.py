"""How a value of a program is spoken of: the tree from which derivation composes a question."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from dive_assets.records import Answer, Record


class Named(Record):
    """A literal, as the question writes it."""

    kind: Literal["named"] = "named"
    text: str


class FieldOf(Record):
    """A field of a call's result; `arguments` are the spoken arguments by parameter."""

    kind: Literal["field"] = "field"
    tool: str
    field: str
    arguments: dict[str, Expression]


class Each(Record):
    """Every one of several subjects: named ones, the items of a list-valued field, or cases: values of their own,
    which `names` letter."""

    kind: Literal["each"] = "each"
    names: tuple[str, ...] = ()
    list_of: FieldOf | None = None
    cases: tuple[FieldOf, ...] = ()
    noun: str
    plural: str


Expression = Annotated[Named | FieldOf | Each, Field(discriminator="kind")]
FieldOf.model_rebuild()
Each.model_rebuild()


class Form(Record):
    """What a program asks, in the terms of its pattern.

    main     the value (for branching forms with an `Each` as its innermost subject, or the first
             of two operands)
    other    the second operand of a comparison of two; `group` speaks of both at once
    follow   what is looked up about the selected item (its subject is the item's noun)
    details  threshold, rank, direction, target, unit, years: already as the question writes them
    """

    name: str
    main: Expression
    other: Expression | None = None
    group: Expression | None = None
    follow: FieldOf | None = None
    details: dict[str, str] = Field(default_factory=dict)
    answer: Answer
    options: tuple[str, ...] = ()
    answer_form: str = ""


def depth(expression: Expression) -> int:
    """Calls on the longest way from a name to the value."""
    if isinstance(expression, FieldOf):
        return 1 + max((depth(a) for a in expression.arguments.values()), default=0)
    if isinstance(expression, Each) and expression.list_of is not None:
        return depth(expression.list_of)
    return 0


def stated_in(expression: Expression) -> Iterator[str]:
    """The texts of all literals of an expression."""
    if isinstance(expression, Named):
        yield expression.text
    elif isinstance(expression, FieldOf):
        for argument in expression.arguments.values():
            yield from stated_in(argument)
