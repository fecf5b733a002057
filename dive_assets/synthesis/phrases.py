"""Noun phrases of values: the tools' `Says`, nested, or told step by step where nesting grows heavy.

A chain of calls can be spoken of in one phrase ("the population of the capital of Kenya") or in
steps ("Take the capital of Kenya." and then "the population of that city").
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence

from dive_assets.synthesis.expressions import Each, Expression, FieldOf, Named, depth
from dive_assets.synthesis.grammar import enumerate_names
from dive_assets.tools.annotations import SLOT, EntityType, Quantity, Says, Text
from dive_assets.tools.tool import ResultField, Tool

HEAVY = 42  # characters above which a nested phrase is told as a step of its own


class Phrases:
    """Composes phrases; all choices come from `rng`."""

    def __init__(self, tools: Mapping[str, Tool], rng: random.Random) -> None:
        self.tools, self.rng = tools, rng

    def field(self, expression: FieldOf) -> ResultField:
        return self.tools[expression.tool].fields[expression.field]

    def says(self, expression: FieldOf) -> Says:
        return self.field(expression).says

    def phrase(self, expression: Expression, member: str = "") -> str:
        """Noun phrase of an expression; `member` stands for an `Each` ("that country")."""
        if isinstance(expression, Named):
            return expression.text
        if isinstance(expression, Each):
            return member or f"each of {self.members(expression)}"
        arguments = {name: self.phrase(a, member) for name, a in expression.arguments.items()}
        options = self.says(expression).phrases
        if any(isinstance(a, FieldOf) for a in expression.arguments.values()):
            options = tuple(o for o in options if "}'s" not in o) or options
        return self.rng.choice(options).format(**arguments)

    def alike(self, first: Expression, second: Expression) -> tuple[str, str]:
        """Phrases of two expressions that differ in their subject alone, worded the same way.

        The second one is shortened to "that of B" where the subject stands at the end.
        """
        state = self.rng.getstate()
        one = self.phrase(first)
        self.rng.setstate(state)
        two = self.phrase(second)
        a, b = innermost_name(first), innermost_name(second)
        if a and one.endswith(f" of {a}") and two == f"{one.removesuffix(a)}{b}" and len(one) > len(a) + 12:
            two = f"{'those' if self._is_list(first) else 'that'} of {b}"
        return one, two

    def _is_list(self, expression: Expression) -> bool:
        return isinstance(expression, FieldOf) and self.field(expression).is_list

    def members(self, group: Each, conjunction: str = "and") -> str:
        """'Kenya, Norway and Chad', or 'the countries that border Chad'."""
        if group.list_of is not None:
            return self.phrase(group.list_of)
        return enumerate_names(group.names, conjunction)

    def back_reference(self, expression: FieldOf) -> str:
        """How a later sentence refers to a value: 'that city'; "" if it has no noun."""
        meaning = self.field(expression).meaning
        if self.field(expression).is_list:
            return ""
        if isinstance(meaning, EntityType):
            return f"that {meaning.noun}"
        if isinstance(meaning, Quantity) and meaning.role:
            return f"that {meaning.role.replace('_', ' ')}"
        if isinstance(meaning, Text) and meaning.role:
            return f"that {meaning.role.replace('_', ' ')}"
        return ""

    def plural(self, expression: Expression) -> str:
        """What the entries of a list-valued expression are called; "entries" if nothing better is known."""
        meaning = self.field(expression).meaning if isinstance(expression, FieldOf) else None
        return meaning.plural if isinstance(meaning, EntityType) else "entries"

    def steps(self, expression: Expression, member: str = "") -> tuple[list[str], Expression]:
        """The inner calls of a chain as phrases, first call first, and what remains to be said.

        A chain of up to two calls stays one phrase where that is short; a call with two nested
        arguments is introduced by "the first" and "the second".
        """
        if not isinstance(expression, FieldOf):
            return [], expression
        nested = {n: a for n, a in expression.arguments.items() if isinstance(a, FieldOf) and self.back_reference(a)}
        if not nested or (len(nested) == 1 and self._stays(expression, member)):
            return [], expression
        told: list[str] = []
        arguments = dict(expression.arguments)
        if len(nested) > 1:
            nested = {n: a for n, a in nested.items() if depth(a) > 1 or len(self.phrase(a, member)) > HEAVY}
        for position, (name, inner) in enumerate(nested.items()):
            before, rest = self.steps(inner, member)
            phrase = self.phrase(rest, member)
            reference = self.reference_in(expression, inner)
            several = len(nested) > 1
            if several:
                reference = reference.replace("that", ("the first", "the second", "the third")[min(position, 2)], 1)
            if isinstance(rest, FieldOf) and phrase in map(self.phrase, rest.arguments.values()):
                if several and before:
                    told += [*before[:-1], f"{before[-1]} (call it {reference})"]
                    arguments[name] = Named(text=reference)
                else:
                    told += before
                    arguments[name] = rest.arguments[next(iter(rest.arguments))]
                continue
            if several:
                phrase = f"{phrase} (call it {reference})"
            told += [*before, phrase]
            arguments[name] = Named(text=reference)
        return told, expression.model_copy(update={"arguments": arguments})

    def reference_in(self, outer: FieldOf, inner: FieldOf) -> str:
        """'that temperature', but 'that value' where the outer phrase names the temperature itself."""
        reference = self.back_reference(inner)
        noun = reference.removeprefix("that ")
        says = self.says(outer)
        head = noun.split()[-1]
        named = any(re.search(rf"\b{head}\b", SLOT.sub("", phrase)) for phrase in (*says.phrases, *says.ask))
        return "that value" if named and isinstance(self.field(inner).meaning, Quantity) else reference

    def _stays(self, expression: FieldOf, member: str) -> bool:
        """Whether a chain is short enough for one phrase."""
        if depth(expression) > 2:
            return False
        inner = next(a for a in expression.arguments.values() if isinstance(a, FieldOf))
        state = self.rng.getstate()
        phrase = self.phrase(inner, member)
        self.rng.setstate(state)
        return len(phrase) <= HEAVY and "(" not in phrase and self.rng.random() < 0.7

    def asked(self, expression: Expression) -> str:
        """A whole question for a value, of one of several kinds."""
        if not isinstance(expression, FieldOf):
            return f"What is {self.phrase(expression)}?"
        asks = self.says(expression).ask
        phrase = self.phrase(expression)
        if asks and (phrase.startswith("whether ") or self.rng.random() < 0.65):
            arguments = {name: self.phrase(a) for name, a in expression.arguments.items()}
            return self.rng.choice(asks).format(**arguments)
        if phrase.startswith("whether "):
            return f"Find out {phrase}."
        verb = "are" if self.field(expression).is_list else "is"
        return self.rng.choice(
            [f"What {verb} {phrase}?", f"What {verb} {phrase}?", f"Find {phrase}.", f"Give {phrase}."]
        )


def innermost_name(expression: Expression) -> str:
    """The name at the end of the deepest chain of first arguments; "" if it is none."""
    while isinstance(expression, FieldOf):
        arguments = list(expression.arguments.values())
        if not arguments:
            return ""
        expression = max(arguments, key=depth)
    return expression.text if isinstance(expression, Named) else ""


def has_group(expression: Expression) -> bool:
    """Whether the expression speaks of several subjects at once."""
    if isinstance(expression, Each):
        return True
    return isinstance(expression, FieldOf) and any(map(has_group, expression.arguments.values()))


def group_of(expression: Expression) -> Each:
    """The group that an expression speaks of. Raises ValueError if there is none."""
    if isinstance(expression, Each):
        return expression
    if isinstance(expression, FieldOf):
        for argument in expression.arguments.values():
            if has_group(argument):
                return group_of(argument)
    raise ValueError("the expression has no group")


def then(steps: Sequence[str]) -> str:
    """'take A, then B, then C'."""
    return "take " + ", then ".join(steps)
