"""Attempts of a model at tasks of one domain, side by side: collection, derivation, and the task that comes of it.

Attempt i depends on the release seed, the domain, i, the tool pool, the prompts and the models; not on other
attempts, so that replies which were paid once serve every later run.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from dive_assets.language_models.client import ChatClient
from dive_assets.language_models.errors import CallFailed, MalformedReply, RunStopped
from dive_assets.model_synthesis.collector import Collection, CollectorSettings, collect
from dive_assets.model_synthesis.deriver import (
    Derivation,
    DerivationRejected,
    DeriverSettings,
    derive,
    task_of,
)
from dive_assets.production.journal import Journal, PartitionLock
from dive_assets.production.progress import Progress
from dive_assets.production.traces import JournaledTools
from dive_assets.records import Seed
from dive_assets.synthesis.derive import draw_toolset
from dive_assets.synthesis.exemplars import patterns
from dive_assets.tools.annotations import EntityType
from dive_assets.tools.canonical import canonical_json, content_hash
from dive_assets.tools.runtime import CallResult, ToolRuntime
from dive_assets.tools.tool import Tool

AT_ONCE = 2  # attempts that are open for each call that may be in flight

TAKING = 6  # tools of a toolset that surely take the seed

OpenClient = Callable[[], AbstractAsyncContextManager[ChatClient]]


class ModelSettings(BaseModel):
    """How many attempts are made, and by which models; without exemplars a collector gets no example question."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    attempts: int = Field(ge=1)
    release_seed: int = Field(0, ge=0)
    collector: CollectorSettings
    deriver: DeriverSettings
    exemplars: bool = True


@dataclass
class ModelRun:
    """Finished attempts as rows of the attempt table; `stopped` says why the run ended early ("" if it did not)."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    stopped: str = ""
    counts: Counter[str] = field(default_factory=Counter)


def produce_model_tasks(
    domain: str,
    tools: Mapping[str, Tool],
    seeds: Sequence[Seed],
    settings: ModelSettings,
    open_client: OpenClient,
    journal_folder: Path,
    runtime: ToolRuntime,
) -> ModelRun:
    """Make all attempts, or as many as can be finished before no further call can succeed.

    Raises ValueError if no seed can be given to a tool, PartitionBusy if another run works on the domain.
    """
    entities = _entities(tools)
    usable = [seed for seed in seeds if seed.entity_type in entities]
    if not usable:
        raise ValueError(f"{domain} has no seed that one of its tools takes: materialize seed_pool and tool_pool")
    with PartitionLock(journal_folder, domain), Journal(journal_folder / f"{domain}-calls.jsonl") as calls:
        executor = JournaledTools(runtime, calls)
        return asyncio.run(_run(domain, tools, usable, entities, settings, open_client, executor))


async def _run(
    domain: str,
    tools: Mapping[str, Tool],
    seeds: Sequence[Seed],
    entities: Mapping[str, EntityType],
    settings: ModelSettings,
    open_client: OpenClient,
    executor: JournaledTools,
) -> ModelRun:
    run, progress = ModelRun(), Progress(f"{domain}: attempts of models", settings.attempts)

    async def execute(tool: Tool, arguments: Mapping[str, Any]) -> CallResult:
        return await asyncio.to_thread(executor, tool, arguments)

    async with open_client() as client:
        places = asyncio.Semaphore(AT_ONCE * client.limits.in_flight)

        async def attempt(index: int) -> None:
            async with places:
                rng = random.Random(content_hash("model attempt", settings.release_seed, domain, index))
                seed = rng.choice(seeds)
                offered = {name: tools[name] for name in _offered(seed, tools, rng)}
                noun = entities[seed.entity_type].noun
                example = rng.choice(patterns()).example if settings.exemplars else ""
                row = await _attempt(client, domain, index, seed, noun, example, offered, tools, settings, execute)
                run.rows.append(row)
                run.counts[row["failure"] or "tasks"] += 1
                progress.update(len(run.rows), f"{run.counts['tasks']} tasks")

        try:
            async with asyncio.TaskGroup() as group:
                for index in range(settings.attempts):
                    group.create_task(attempt(index))
        except* RunStopped as stopped:
            left = settings.attempts - len(run.rows)
            run.stopped = f"{stopped.exceptions[0]} ({len(run.rows)} attempts are finished, {left} are left)"
    run.counts.update({f"calls {name}": count for name, count in client.counts.items()})
    return run


async def _attempt(
    client: ChatClient,
    domain: str,
    index: int,
    seed: Seed,
    noun: str,
    example: str,
    offered: Mapping[str, Tool],
    tools: Mapping[str, Tool],
    settings: ModelSettings,
    execute: Callable[[Tool, Mapping[str, Any]], Any],
) -> dict[str, Any]:
    """The row of one attempt. Raises RunStopped; everything else that goes wrong is the attempt's failure."""
    name, collection, derivation, task = f"{domain}-model-{index}", Collection(), None, None
    failure, detail = "", ""
    try:
        await collect(client, settings.collector, offered, seed, noun, example, execute, name, collection)
        derivation = await derive(client, settings.deriver, collection.evidence, name)
        task = task_of(derivation, collection.evidence, tools, seed, domain, index, settings.release_seed)
    except (MalformedReply, CallFailed, DerivationRejected) as error:
        failure, detail = error.reason, str(error)[:500]
    return {
        "domain": domain,
        "index": index,
        "failure": failure,
        "detail": detail,
        "calls": len(collection.evidence),
        "failed_calls": sum(e.error_code is not None for e in collection.evidence),
        "stopped_rounds": collection.stopped,
        "messages": canonical_json(collection.messages),
        "evidence": canonical_json([e.model_dump(mode="json") for e in collection.evidence]),
        "derivation": derivation.model_dump_json() if isinstance(derivation, Derivation) else "",
        "task": task.model_dump_json() if task else "",
    }


def _entities(tools: Mapping[str, Tool]) -> dict[str, EntityType]:
    """The entity types that some tool takes, by name."""
    meanings = (parameter.meaning for tool in tools.values() for parameter in tool.parameters.values())
    return {meaning.name: meaning for meaning in meanings if isinstance(meaning, EntityType)}


def _offered(seed: Seed, tools: Mapping[str, Tool], rng: random.Random) -> tuple[str, ...]:
    """A toolset in which some tools take the seed."""
    taking = [name for name, tool in sorted(tools.items()) if seed.entity_type in _entities({name: tool})]
    return draw_toolset(rng.sample(taking, min(len(taking), TAKING)), tools, rng)
