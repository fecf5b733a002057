"""The `tools` config: what a reader needs to offer a tool to a model and to judge its source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dive_assets.tools.annotations import EntityType, Quantity
from dive_assets.tools.canonical import canonical_json
from dive_assets.tools.tool import Meaning, Tool


def tool_rows(pools: Mapping[str, Mapping[str, Tool]]) -> list[dict[str, Any]]:
    """One row a tool, sorted by name. `pools` maps domains to the tools that their tasks may use."""
    tools = {name: tool for pool in pools.values() for name, tool in pool.items()}
    return [_row(tools[name], [d for d in sorted(pools) if name in pools[d]]) for name in sorted(tools)]


def _row(tool: Tool, offered_in: list[str]) -> dict[str, Any]:
    return {
        "name": tool.name,
        "domain": tool.domain,
        "offered_in": offered_in,
        "kind": tool.kind,
        "origin": tool.origin,
        "description": tool.description,
        "input_schema": canonical_json(tool.input_schema),
        "output_schema": canonical_json(tool.output_schema),
        "parameters": canonical_json(
            [{**_slot(p.name, p.meaning, p.is_list), "required": p.required} for p in tool.parameters.values()]
        ),
        "results": canonical_json([_slot(f.name, f.meaning, f.is_list) for f in tool.fields.values()]),
        "sources": canonical_json(list(_sources(tool))),
        "version": tool.version,
        "determinism": tool.determinism,
        "probes": len(tool.probes),
    }


def _slot(name: str, meaning: Meaning | None, is_list: bool) -> dict[str, Any]:
    """What a parameter or result field holds: an entity type or a unit, whichever applies."""
    return {
        "name": name,
        "entity_type": meaning.name if isinstance(meaning, EntityType) else None,
        "unit": meaning.unit if isinstance(meaning, Quantity) else None,
        "is_list": is_list,
    }


def _sources(tool: Tool) -> Iterable[dict[str, str]]:
    for source in tool.sources:
        yield {
            "package": source.package,
            "version": source.version,
            "licence": source.licence,
            "data_licence": source.data_licence or source.licence,
            "url": source.url,
        }
