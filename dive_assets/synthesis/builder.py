"""Fills one pattern with real tools, executing as it goes.

`ProgramBuilder(...).build(plan)` returns the trace of one attempt: the evidence of every call,
and, unless it failed, the form from which derivation composes the question.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from dive_assets.records import Plan, PlannedStep, Seed, Trace
from dive_assets.synthesis.execution import AttemptFailed, Execution, Executor, Value
from dive_assets.synthesis.expressions import Each, Expression, FieldOf, Form, Named
from dive_assets.synthesis.patterns import Pattern
from dive_assets.synthesis.recovery import provoke_failure
from dive_assets.synthesis.type_graph import Step, TypeGraph, varying_parameter
from dive_assets.synthesis.usage import LITERAL, Usage
from dive_assets.tools.annotations import EntityType
from dive_assets.tools.tool import Parameter

TRIES = 6  # subjects tried before an attempt is given up
SEED_SAMPLE = 12  # seeds among which the least used is taken
LIST_SIZES = range(3, 13)

Result = TypeVar("Result")
Taker = tuple[str, str]  # a tool and one of its parameters
Context = Mapping[tuple[int, str], Value | Sequence[Value]]


@dataclass(frozen=True)
class Branch:
    """A subject and the value that a path led to."""

    subject: Value
    value: Value


class SeedBook:
    """The seeds of a domain by entity type, drawn with pressure towards the least used."""

    def __init__(self, seeds: Mapping[str, Sequence[Seed]], usage: Usage) -> None:
        self.seeds, self.usage = seeds, usage
        self._by_value = {(s.entity_type, str(s.value)): s for group in seeds.values() for s in group}

    def draw(self, rng: random.Random, entity: EntityType, exclude: set[str], taker: Taker) -> Seed:
        """A seed for a parameter of a tool whose value is not in `exclude`. The rarer the tool knows the seeds of
        the type, the more it is given those again that it knew. Raises AttemptFailed if there is none."""
        pool = self.seeds.get(entity.name, ())
        if rng.random() > self.usage.hit_rate(LITERAL, *taker):
            known = [self._by_value.get((entity.name, value)) for value in self.usage.accepted[taker]]
            pool = [seed for seed in known if seed and str(seed.value) not in exclude] or pool
        sample = [pool[i] for i in rng.sample(range(len(pool)), min(SEED_SAMPLE, len(pool)))]
        fresh = [s for s in sample if str(s.value) not in exclude]
        fresh = [s for s in fresh if not self.usage.is_refused(*taker, str(s.value))] or fresh
        if not fresh:
            raise AttemptFailed("no_seed", f"no further seed of type {entity.name}")
        return min(fresh, key=lambda s: self.usage.seeds[f"{s.entity_type}:{s.value}"])

    def mention(self, entity: EntityType, value: object) -> str:
        """How a question writes an entity: its value, or "label (value)" for labelled types."""
        seed = self._by_value.get((entity.name, str(value)))
        label = seed.label if seed else ""
        return f"{label} ({value})" if entity.labelled and label and label != str(value) else str(value)


class ProgramBuilder:
    """Builds the program of one attempt. All randomness comes from `rng`."""

    def __init__(self, graph: TypeGraph, seeds: SeedBook, usage: Usage, rng: random.Random, execute: Executor) -> None:
        self.graph, self.seeds, self.usage, self.rng = graph, seeds, usage, rng
        self.run = Execution(execute, graph.tools)
        self.used_seeds: list[Seed] = []
        self.drawn: set[str] = set()
        self.size = 0
        self.further: Step | None = None

    def build(
        self,
        domain: str,
        plan: Plan,
        pattern: Pattern,
        finish: Callable[[ProgramBuilder, Pattern, Sequence[Step]], Form],
    ) -> Trace:
        """Execute the plan; never raises for a failed attempt."""
        self.size = plan.size
        self.further = self._step(plan.further) if plan.further else None
        try:
            form = finish(self, pattern, [self._step(step) for step in plan.path])
        except AttemptFailed as failed:
            return Trace(
                domain=domain,
                plan=plan,
                evidence=tuple(self.run.evidence),
                seeds=tuple(self.used_seeds),
                failure=failed.reason,
                failure_detail=failed.detail,
            )
        program_seeds = [s for s in self.used_seeds if self._in_program(s)]
        recovery = provoke_failure(self.run, plan.provoke, self.rng) if plan.provoke else None
        return Trace(
            domain=domain,
            plan=plan,
            evidence=tuple(self.run.evidence),
            form=form.model_dump(mode="json"),
            seeds=tuple(program_seeds),
            recovery=recovery,
        )

    def _step(self, step: PlannedStep) -> Step:
        return self.graph.by_name[step.tool, step.subject, step.field]

    def _in_program(self, seed: Seed) -> bool:
        stated = (s for e in self.run.evidence if e.error_code is None for s in e.call.literals)
        return any(s.value == seed.value for s in stated)

    # --- choosing -------------------------------------------------------------------------------

    def context(self, path: Sequence[Step], joined: bool = False) -> dict[tuple[int, str], Value | list[Value]]:
        """Literals for the parameters beside the subjects, shared by all branches of a path."""
        found: dict[tuple[int, str], Value | list[Value]] = {}
        for position, step in enumerate(path):
            joins = self.graph.join_parameters(step) if joined and position == len(path) - 1 else []
            for parameter in step.tool.parameters.values():
                if parameter.required and parameter.name != step.subject and parameter not in joins:
                    found[position, parameter.name] = self.literal(step.tool.name, parameter)
        return found

    def literal(self, tool: str, parameter: Parameter) -> Value | list[Value]:
        """A literal for a parameter of a tool: drawn, or a seed of its type (three for a list)."""
        entity = parameter.meaning if isinstance(parameter.meaning, EntityType) else None
        if entity is not None and entity.name in self.graph.seeded:
            if parameter.is_list:
                return [self.seed(entity, (tool, parameter.name)) for _ in range(3)]
            return self.seed(entity, (tool, parameter.name))
        if parameter.draw is None:
            raise AttemptFailed("no_seed", f"nothing can be drawn for {parameter.name}")
        value = parameter.draw.draw(self.rng)
        return Value.literal(value, parameter.draw.write(value))

    def seed(self, entity: EntityType, taker: Taker) -> Value:
        """A seed for `taker` that this attempt has not used yet."""
        drawn = self.seeds.draw(self.rng, entity, self.drawn, taker)
        self.drawn.add(str(drawn.value))
        self.used_seeds.append(drawn)
        return Value.literal(drawn.value, self.seeds.mention(entity, drawn.value), drawn)

    def subject(self, step: Step) -> Value | list[Value] | None:
        """A literal subject for the first step of a path; None if the step has no subject."""
        parameter = step.subject_parameter
        return self.literal(step.tool.name, parameter) if parameter is not None else None

    # --- executing ------------------------------------------------------------------------------

    def follow(
        self,
        path: Sequence[Step],
        subject: Value | list[Value] | None,
        context: Context,
        first_round: int = 0,
        joined: Mapping[str, Value] | None = None,
    ) -> Value:
        """Execute a path; `joined` are the other operands of a joining last call. Raises AttemptFailed."""
        seen = [subject.value] if isinstance(subject, Value) else []
        current: Value | list[Value] | None = subject
        for position, step in enumerate(path):
            arguments: dict[str, Value | Sequence[Value]] = {}
            if current is not None:
                arguments[step.subject] = current
            arguments |= {name: value for (at, name), value in context.items() if at == position}
            if joined and position == len(path) - 1:
                arguments |= joined
            call_id, _ = self.run.call(step.tool.name, arguments, max(1, first_round + position))
            spoken = FieldOf(
                tool=step.tool.name,
                field=step.field.name,
                arguments={name: spoken_of(value) for name, value in arguments.items()},
            )
            current = self.run.read(call_id, step.field.pointer, spoken)
            if current.value in seen:
                raise AttemptFailed("circular", f"{step.tool.name} leads back to {current.value!r}")
            seen.append(current.value)
        assert isinstance(current, Value)
        return current

    def first_success(self, attempt: Callable[[], Result]) -> Result:
        """Try up to TRIES times; raises the last AttemptFailed."""
        failed: AttemptFailed | None = None
        for _ in range(TRIES):
            try:
                return attempt()
            except AttemptFailed as error:
                failed = error
                if error.reason in ("no_path", "no_seed"):
                    break
        assert failed is not None
        raise failed

    def branches(
        self, path: Sequence[Step], count: int, context: Context, together: bool, at_least: int | None = None
    ) -> list[Branch]:
        """`count` named subjects with their values, or `at_least` so many; `together` speaks of them as one group."""
        entity = path[0].subject_parameter.meaning  # type: ignore[union-attr]
        assert isinstance(entity, EntityType)
        found: list[Branch] = []
        failed = AttemptFailed("no_seed")
        for _ in range(count + TRIES):
            try:
                subject = self.seed(entity, (path[0].tool.name, path[0].subject))
                found.append(Branch(subject, self.follow(path, subject, context)))
            except AttemptFailed as error:
                failed = error
                if error.reason == "no_seed":
                    break
            if len(found) == count:
                break
        if len(found) < (at_least or count):
            raise failed
        return grouped(found, entity) if together else found

    def cases(self, path: Sequence[Step], count: int) -> list[Branch]:
        """`count` different sets of drawn arguments for the first call, lettered A, B, C, ..., with the values that
        they lead to; the arguments of further calls are the same for all."""
        found: dict[tuple[str, str], Value] = {}
        shared = {place: value for place, value in self.context(path).items() if place[0] > 0}
        failed = AttemptFailed("degenerate", "the draws give the same case again and again")
        for _ in range(count + TRIES):
            try:
                value = self.follow(path, self.subject(path[0]), self.context(path[:1]) | shared)
                found[value.source or ("", "")] = value
            except AttemptFailed as error:
                failed = error
            if len(found) == count:
                break
        if len(found) < count:
            raise failed
        letters = tuple("ABCDEFGH"[:count])
        told = tuple(v.spoken for v in found.values() if isinstance(v.spoken, FieldOf))
        group = Each(names=letters, cases=told, noun="case", plural="cases")
        return [
            Branch(Value.literal(letter, letter), Value(value.value, group, value.source))
            for letter, value in zip(letters, found.values(), strict=True)
        ]

    def listed_branches(self, path: Sequence[Step], context: Context) -> list[Branch]:
        """Every item of the list that the first call returns, with the value that the others give."""
        listing, rest = path[0], path[1:]
        entity = rest[0].subject_parameter.meaning  # type: ignore[union-attr]
        assert isinstance(entity, EntityType)
        inner = {(at - 1, name): value for (at, name), value in context.items() if at > 0}

        def a_list() -> Value:
            value = self.follow([listing], self.subject(listing), context)
            if len(value.value) not in LIST_SIZES or len(set(map(str, value.value))) < len(value.value):
                raise AttemptFailed("list_size", f"{len(value.value)} items")
            return value

        items = self.first_success(a_list)
        assert isinstance(items.spoken, FieldOf) and items.source is not None
        group = Each(list_of=items.spoken, noun=entity.noun, plural=entity.plural)
        call_id, pointer = items.source
        found = []
        for position, item in enumerate(items.value):
            subject = Value(item, group, (call_id, f"{pointer}/{position}"))
            found.append(Branch(subject, self.follow(rest, subject, inner, first_round=1)))
        return found


def spoken_of(value: Value | Sequence[Value]) -> Expression:
    """The expression of an argument; a list of literals is spoken as an enumeration."""
    if isinstance(value, Value):
        return value.spoken
    names = [item.spoken.text if isinstance(item.spoken, Named) else "" for item in value]
    return Named(text=" and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names))


def grouped(branches: Sequence[Branch], entity: EntityType) -> list[Branch]:
    """The same branches, each value spoken of for every member of the group instead of its subject."""
    group = Each(names=tuple(b.subject.stated for b in branches), noun=entity.noun, plural=entity.plural)
    return [
        Branch(b.subject, Value(b.value.value, _replace(b.value.spoken, b.subject.spoken, group), b.value.source))
        for b in branches
    ]


def _replace(expression: Expression, old: Expression, new: Expression) -> Expression:
    if expression == old:
        return new
    if isinstance(expression, FieldOf):
        arguments = {name: _replace(a, old, new) for name, a in expression.arguments.items()}
        return expression.model_copy(update={"arguments": arguments})
    return expression


def varied(path: Sequence[Step], context: Context, rng: random.Random) -> tuple[tuple[int, str], Value, Value]:
    """Two different literals, in order of time, for the varying parameter of the last step."""
    position = len(path) - 1
    parameter = varying_parameter(path[-1])
    assert parameter is not None and parameter.draw is not None
    draws = {str(v): v for v in (parameter.draw.draw(rng) for _ in range(12))}
    if len(draws) < 2:
        raise AttemptFailed("no_seed", f"{parameter.name} has a single value")
    first, last = sorted(rng.sample(sorted(draws.values()), 2))
    earlier, later = (Value.literal(v, parameter.draw.write(v)) for v in (first, last))
    return (position, parameter.name), earlier, later


def entity_of(step: Step) -> EntityType | None:
    """The entity type of a step's subject, if it has one."""
    parameter = step.subject_parameter
    return parameter.meaning if parameter and isinstance(parameter.meaning, EntityType) else None
