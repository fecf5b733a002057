"""Finds every tool and seed source of the pool by importing the modules of `dive_assets.toolpool`.

Importing is cheap: packs import their packages inside functions.
"""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import ModuleType
from typing import Any

from dive_assets.tools.errors import ToolDefinitionError
from dive_assets.tools.seeds import SeedSource
from dive_assets.tools.tool import Tool


@dataclass(frozen=True)
class Registry:
    """All declared tools by name and all seed sources by name.

    `absent` says of the tools and seed sources whose packages are not installed what to install; `declared` holds
    all tools, those included: enough to check a task, not to execute it.
    """

    tools: Mapping[str, Tool]
    seed_sources: Mapping[str, SeedSource]
    absent: Mapping[str, str] = field(default_factory=dict)
    declared: Mapping[str, Tool] = field(default_factory=dict)

    @property
    def domains(self) -> list[str]:
        return sorted({t.domain for t in self.declared.values()})

    def tools_of(self, domain: str) -> dict[str, Tool]:
        """Tools that tasks of `domain` may use, sorted by name. Raises KeyError for an unknown domain."""
        if domain not in self.domains:
            raise KeyError(f"unknown domain {domain!r}; the registered domains are {', '.join(self.domains)}")
        return {n: t for n, t in sorted(self.tools.items()) if t.offered_in(domain)}

    def declared_for(self, domain: str) -> dict[str, Tool]:
        """As `tools_of`, with the tools whose packages are not installed; empty for an unknown domain."""
        return {n: t for n, t in sorted(self.declared.items()) if t.offered_in(domain)}

    def seed_sources_of(self, domain: str) -> dict[str, SeedSource]:
        return {n: s for n, s in sorted(self.seed_sources.items()) if s.offered_in(domain)}

    def fingerprint(self, domain: str) -> str:
        """Hash over names and versions of a domain's tools: changes when code or data change."""
        text = "\n".join(f"{name} {t.version}" for name, t in self.tools_of(domain).items())
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def _modules_below(package: ModuleType) -> list[str]:
    found = pkgutil.walk_packages(package.__path__, prefix=f"{package.__name__}.")
    return sorted(info.name for info in found)


@cache
def declared_in(module: str) -> dict[str, Tool | SeedSource]:
    """The tools and seed sources that a module defines, by name."""
    declared = (v for v in vars(importlib.import_module(module)).values() if isinstance(v, (Tool, SeedSource)))
    return {value.name: value for value in declared if value.function.__module__ == module}


@cache
def registry_of(*packages: str) -> Registry:
    """Collect the tools and seed sources defined in the modules below the named packages.

    Raises ToolDefinitionError if two tools or two seed sources share a name.
    """
    tools: dict[str, Tool] = {}
    seed_sources: dict[str, SeedSource] = {}
    absent: dict[str, str] = {}
    declared: dict[str, Tool] = {}
    for package in packages:
        for module in _modules_below(importlib.import_module(package)):
            for value in declared_in(module).values():
                if isinstance(value, Tool):
                    _add(declared, value.name, value)
                if missing := sorted({s.package for s in value.sources if not s.installed}):
                    absent[value.name] = (
                        f"{value.name} is absent: it needs {', '.join(missing)}: "
                        f"pip install 'dive-assets[{value.domain}]'"
                    )
                elif isinstance(value, Tool):
                    tools[value.name] = value
                else:
                    _add(seed_sources, value.name, value)
    return Registry(tools, seed_sources, absent, declared)


def _add(known: dict[str, Any], name: str, value: Tool | SeedSource) -> None:
    if name in known:
        raise ToolDefinitionError(
            f"{name!r} is defined in {known[name].function.__module__} and in "
            f"{value.function.__module__}: rename one of them"
        )
    known[name] = value


def load_registry() -> Registry:
    """The registry of the built-in pool."""
    return registry_of("dive_assets.toolpool")
