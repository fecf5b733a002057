"""What can feed what: every tool as steps from a typed subject to a typed value.

A step is (tool, subject parameter, result field). Two steps join where the value's key equals
the subject's key; a key is an entity type, a text role, or a quantity's role with its unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from dive_assets.synthesis.patterns import Pattern, Start
from dive_assets.synthesis.units import CONVERSIONS
from dive_assets.tools.annotations import EntityType, Quantity, Text
from dive_assets.tools.tool import Meaning, Parameter, ResultField, Tool

PERCENTAGES = ("per cent", "percent", "%")  # a percentage change of a percentage confuses everybody


def key_of(meaning: Meaning | None, is_list: bool = False) -> str:
    """The key by which values and parameters join; "" if a value can feed nothing."""
    if isinstance(meaning, EntityType):
        key = meaning.name
    elif isinstance(meaning, Quantity) and meaning.role and meaning.role != "operand":
        key = f"{meaning.role} [{meaning.unit}]"
    elif isinstance(meaning, Text) and meaning.role and meaning.role != "operand":
        key = f"text {meaning.role}"
    else:
        return ""
    return f"list of {key}" if is_list else key


@dataclass(frozen=True)
class Step:
    """One call from a subject to one field of its result; `subject` is "" if all arguments are drawn."""

    tool: Tool
    field: ResultField
    subject: str

    @property
    def subject_parameter(self) -> Parameter | None:
        return self.tool.parameters.get(self.subject)

    @cached_property
    def takes(self) -> str:
        parameter = self.subject_parameter
        return key_of(parameter.meaning, parameter.is_list) if parameter else ""

    @cached_property
    def gives(self) -> str:
        return key_of(self.field.meaning, self.field.is_list)

    @cached_property
    def item(self) -> str:
        """Key of one item of a list-valued field, "" for others."""
        return key_of(self.field.meaning) if self.field.is_list else ""

    @cached_property
    def target(self) -> tuple[str, str]:
        return (self.tool.name, self.field.name)


class TypeGraph:
    """The steps that a domain's tools offer, given how many seeds it has of each entity type."""

    def __init__(self, tools: Mapping[str, Tool], seeded: Mapping[str, int]) -> None:
        self.tools, self.seeded = tools, seeded
        self.steps = [step for tool in tools.values() for step in self._steps_of(tool)]
        self.by_target: dict[tuple[str, str], list[Step]] = {}
        self.by_output: dict[str, list[Step]] = {}
        self.by_item: dict[str, list[Step]] = {}
        self._reaches: dict[tuple[int, int, Start], bool] = {}
        self._previous: dict[tuple[int, int, Start], list[Step]] = {}
        self._facts: dict[tuple[str, bool], list[Step]] = {}
        self._joins: dict[int, list[Parameter]] = {}
        named = {(s.tool.name, s.subject, s.field.name): s for s in self.steps}
        self.by_name = {name: named[name] for name in sorted(named)}
        for step in self.steps:
            self.by_target.setdefault(step.target, []).append(step)
            if step.gives:
                self.by_output.setdefault(step.gives, []).append(step)
            if step.item:
                self.by_item.setdefault(step.item, []).append(step)

    def _steps_of(self, tool: Tool) -> Iterable[Step]:
        if any(
            isinstance(p.meaning, (Quantity, Text)) and p.meaning.role == "operand" for p in tool.parameters.values()
        ):
            return
        required = [p for p in tool.parameters.values() if p.required]
        subjects = [p for p in required if key_of(p.meaning)]
        for field in tool.fields.values():
            for parameter in subjects:
                if all(self.fillable(p) or self.joined(parameter, p) for p in required if p is not parameter):
                    yield Step(tool, field, parameter.name)
            if not subjects and all(self.fillable(p) for p in required):
                yield Step(tool, field, "")

    def fillable(self, parameter: Parameter) -> bool:
        """Whether a literal can be found for the parameter: it is drawn, or its type has seeds."""
        if parameter.draw is not None:
            return True
        return isinstance(parameter.meaning, EntityType) and parameter.meaning.name in self.seeded

    @staticmethod
    def joined(subject: Parameter, other: Parameter) -> bool:
        """Whether the other parameter takes the same type, so that a second branch can feed it."""
        return key_of(subject.meaning, subject.is_list) == key_of(other.meaning, other.is_list) != ""

    def join_parameters(self, step: Step) -> list[Parameter]:
        """The parameters beside the subject that further branches feed."""
        known = self._joins.get(id(step))
        if known is None:
            subject = step.subject_parameter
            others = [p for p in step.tool.parameters.values() if p.required and p is not subject]
            known = [] if subject is None or subject.is_list else [p for p in others if self.joined(subject, p)]
            self._joins[id(step)] = known
        return known

    def starts(self, step: Step, start: Start) -> bool:
        """Whether the step's subject can be a literal of the wanted kind."""
        parameter = step.subject_parameter
        if parameter is None:
            return start != "named"
        entity = isinstance(parameter.meaning, EntityType) and parameter.meaning.name in self.seeded
        if start == "named":
            return entity and not parameter.is_list
        return self.fillable(parameter) and not (start == "drawn" and entity)

    def reaches(self, step: Step, length: int, start: Start) -> bool:
        """Whether `length` calls, the last being `step`, lead here from a literal."""
        known = self._reaches.get((id(step), length, start))
        if known is None:
            known = self.starts(step, start) if length == 1 else bool(self.previous(step, length, start))
            self._reaches[id(step), length, start] = known
        return known

    def previous(self, step: Step, length: int, start: Start) -> list[Step]:
        """Steps that can come before `step` on a path of `length` calls that ends with it."""
        known = self._previous.get((id(step), length, start))
        if known is None:
            before = self.by_output.get(step.takes, [])
            known = [s for s in before if self._alone(s) and self.reaches(s, length - 1, start)]
            self._previous[id(step), length, start] = known
        return known

    def facts(self, entity: EntityType, numeric: bool) -> list[Step]:
        """What can be asked of a single entity with literals alone: comparable numbers, or any scalar."""
        known = self._facts.get((entity.name, numeric))
        if known is None:
            known = [
                s
                for s in self.steps
                if s.takes == entity.name and not s.field.is_list and not self.join_parameters(s) and _scalar(s.field)
            ]
            if numeric:
                known = [s for s in known if isinstance(s.field.meaning, Quantity) and s.field.meaning.comparable]
            self._facts[entity.name, numeric] = known
        return known

    def listings(self, step: Step) -> list[Step]:
        """Steps that return, for a literal, a list whose items can be the subject of `step`."""
        return [s for s in self.by_item.get(step.takes, []) if self._alone(s) and self.starts(s, "any")]

    def _alone(self, step: Step) -> bool:
        return all(map(self.fillable, self.join_parameters(step)))

    def ends(self, step: Step, pattern: Pattern) -> bool:
        """Whether the pattern can end its path with this step."""
        if pattern.last and step.tool.kind != pattern.last:
            return False
        joins = bool(self.join_parameters(step))
        if not fits(step.field, pattern) or (not joins if pattern.join else not self._alone(step)):
            return False
        if pattern.form in ("change", "percent_change", "change_extreme") and not varying_parameter(step):
            return False
        if pattern.over_list:
            return self.reaches_list(step, pattern.length)
        return self.reaches(step, pattern.length, pattern.start)

    def reaches_list(self, step: Step, length: int) -> bool:
        """Whether a list of items leads to `step`: one call lists, the other `length` - 1 look up each item."""
        if length == 2:
            return bool(self.listings(step))
        return any(self._alone(s) and self.reaches_list(s, length - 1) for s in self.by_output.get(step.takes, []))

    def endings(self, pattern: Pattern) -> list[Step]:
        """Steps with which the pattern's path can end, in order of their names."""
        return [step for step in self.by_name.values() if self.ends(step, pattern)]


def _scalar(field: ResultField) -> bool:
    return field.python_type in (str, int, float)


def varying_parameter(step: Step) -> Parameter | None:
    """The drawn parameter (year, date) at which the value is taken, "the population in {year}"; None if there is none
    or if the tool takes two of them, which bound a span."""
    varying = [p for p in step.tool.parameters.values() if p.required and p.draw is not None and p.draw.varies]
    if len(varying) != 1 or varying[0].name == step.subject:
        return None
    at_time = re.compile(rf" (?:in|on|for|over|as of|at|of) (?:mid-|the \S+ \w+ of |{{\w+}} )?{{{varying[0].name}}}")
    return varying[0] if all(at_time.search(phrase) for phrase in step.field.says.phrases) else None


def fits(field: ResultField, pattern: Pattern) -> bool:
    """Whether the pattern's form makes sense of the field's values."""
    quantity = field.meaning if isinstance(field.meaning, Quantity) and not field.is_list else None
    named = isinstance(field.meaning, (EntityType, Text)) and field.python_type is str
    if pattern.convert and (quantity is None or quantity.unit not in CONVERSIONS):
        return False
    if pattern.branching and quantity is not None and not quantity.comparable:
        return False
    match pattern.form:
        case "value":
            return not field.is_list and (named or quantity is not None or field.python_type is bool)
        case "count" if field.cut:
            return False
        case "count" | "member" | "common" | "common_count" | "only_first" | "union_count":
            return field.is_list and named
        case "alphabetical":
            return field.is_list and named and isinstance(field.meaning, EntityType)
        case "same" | "match" | "match_count" | "match_extreme" | "distinct_count" | "collect" | "profile":
            return named and not field.is_list
        case "total" | "share":
            return quantity is not None and quantity.additive
        case "percent_change":
            percentage = quantity is not None and quantity.spoken in PERCENTAGES
            return quantity is not None and quantity.ratio and not percentage
        case "ratio":
            return quantity is not None and quantity.ratio
    return quantity is not None
