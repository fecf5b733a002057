"""Attempts of a model at tasks of one domain: collection, derivation, checks by code, and the gates.

Attempt i depends on the release seed, the domain, i, the tool pool, the prompts and the models; not on other
attempts, so that replies which were paid once serve every later run.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl
from pydantic import BaseModel, ConfigDict, Field

from dive_assets.language_models.client import ChatClient
from dive_assets.language_models.errors import CallFailed, MalformedReply
from dive_assets.model_gates.answering import GateSettings, gate
from dive_assets.model_synthesis.collector import Collection, CollectorSettings, collect
from dive_assets.model_synthesis.deriver import (
    PATTERN,
    Derivation,
    DerivationRejected,
    DeriverSettings,
    derive,
    task_of,
)
from dive_assets.production.model_runs import AsyncExecutor, ModelRun, OpenClient, Row, run_attempts
from dive_assets.records import Plan, Seed, Task, Trace
from dive_assets.synthesis.derive import draw_toolset
from dive_assets.synthesis.exemplars import patterns
from dive_assets.tables import trace_row
from dive_assets.tools.annotations import EntityType
from dive_assets.tools.canonical import canonical_json, content_hash
from dive_assets.tools.runtime import ToolRuntime
from dive_assets.tools.tool import Tool
from dive_assets.verification.duplicates import DuplicateIndex
from dive_assets.verification.subject import Subject
from dive_assets.verification.verify import check_statically

TAKING = 6  # tools of a toolset that surely take the seed


class ModelSettings(BaseModel):
    """How many attempts are made, and by which models.

    most_tools  tools that a collector is offered at most, for models whose context is small.
    exemplars  a collector gets an example question of ours; False for a comparison without.
    gates      None for no gates.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    attempts: int = Field(ge=1)
    release_seed: int = Field(0, ge=0)
    collector: CollectorSettings
    deriver: DeriverSettings
    gates: GateSettings | None = None
    most_tools: int = Field(50, ge=1)
    exemplars: bool = True


class Subjects:
    """What attempt i of a domain starts from: seed, offered tools, example question."""

    def __init__(self, domain: str, tools: Mapping[str, Tool], seeds: Sequence[Seed], settings: ModelSettings) -> None:
        """Raises ValueError if no seed can be given to a tool."""
        self.domain, self.tools, self.settings = domain, tools, settings
        self.entities = _entities(tools)
        self.seeds = [seed for seed in seeds if seed.entity_type in self.entities]
        if not self.seeds:
            raise ValueError(f"{domain} has no seed that one of its tools takes: materialize seed_pool and tool_pool")

    def draw(self, index: int) -> tuple[Seed, dict[str, Tool], str]:
        rng = random.Random(content_hash("model attempt", self.settings.release_seed, self.domain, index))
        seed = rng.choice(self.seeds)
        offered = {name: self.tools[name] for name in self._offered(seed, rng)}
        return seed, offered, rng.choice(patterns()).example if self.settings.exemplars else ""

    def noun(self, seed: Seed) -> str:
        return self.entities[seed.entity_type].noun

    def _offered(self, seed: Seed, rng: random.Random) -> list[str]:
        """A toolset in which some tools take the seed."""
        taking = [name for name, tool in sorted(self.tools.items()) if seed.entity_type in _entities({name: tool})]
        chosen = rng.sample(taking, min(len(taking), TAKING))
        others = [name for name in draw_toolset(chosen, self.tools, rng) if name not in chosen]
        offered = [*chosen, *others][: self.settings.most_tools]
        rng.shuffle(offered)
        return offered


def attempt_names(domain: str, settings: ModelSettings) -> list[str]:
    """Under which the ledger keeps the attempts."""
    return [f"{domain}-{settings.release_seed}-model-{index:06d}" for index in range(settings.attempts)]


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
    subjects, names = Subjects(domain, tools, seeds, settings), attempt_names(domain, settings)

    async def attempt(client: ChatClient, execute: AsyncExecutor, index: int) -> Row:
        return await _attempt(client, names[index], index, subjects, execute)

    return run_attempts(f"{domain}: attempts of models", names, attempt, open_client, journal_folder, domain, runtime)


def attempted_tasks(attempts: pl.DataFrame) -> list[Task]:
    """The tasks of attempts that did not fail, in order of index."""
    return [Task.model_validate_json(text) for text in attempts.filter(pl.col("failure") == "")["task"]]


async def _attempt(client: ChatClient, name: str, index: int, subjects: Subjects, execute: AsyncExecutor) -> Row:
    """The row of one attempt. Raises RunStopped; everything else that goes wrong is the attempt's failure."""
    settings, domain, tools = subjects.settings, subjects.domain, subjects.tools
    seed, offered, example = subjects.draw(index)
    collection, derivation, task = Collection(), None, None
    failure, detail = "", ""
    try:
        noun = subjects.noun(seed)
        await collect(client, settings.collector, offered, seed, noun, example, execute, name, collection)
        derivation = await derive(client, settings.deriver, collection.evidence, seed, name)
        task = task_of(derivation, collection.evidence, tools, seed, domain, index, settings.release_seed)
        outputs = {e.call.call_id: e.output for e in collection.evidence}
        verdict = check_statically(Subject(task, outputs, tools), DuplicateIndex())
        failed = next((check for check in verdict.checks if not check.passed), None)
        if failed is None and settings.gates is not None:
            failed = await gate(client, settings.gates, task, outputs, name)
        if failed is not None:
            failure, detail = failed.name, failed.reason
    except (MalformedReply, CallFailed, DerivationRejected) as error:
        failure, detail = error.reason, str(error)
    trace = Trace(
        domain=domain,
        plan=Plan(index=index, pattern=PATTERN, path=()),
        evidence=tuple(collection.evidence),
        seeds=(seed,),
        failure=failure or None,
        failure_detail=detail[:500],
    )
    return {
        **trace_row(trace),
        "stopped_rounds": collection.stopped,
        "messages": canonical_json(collection.messages),
        "derivation": derivation.model_dump_json() if isinstance(derivation, Derivation) else "",
        "task": task.model_dump_json() if task else "",
    }


def _entities(tools: Mapping[str, Tool]) -> dict[str, EntityType]:
    """The entity types that some tool takes, by name."""
    meanings = (parameter.meaning for tool in tools.values() for parameter in tool.parameters.values())
    return {meaning.name: meaning for meaning in meanings if isinstance(meaning, EntityType)}
