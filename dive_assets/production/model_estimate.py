"""What a run of models will probably cost, before anything is asked.

Where this storage folder has paid for attempts of a kind before, their mean is the estimate. Otherwise prompts are
measured, because they are known, and replies and outputs are assumed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dive_assets.language_models.chat import BYTES_A_TOKEN, ChatRequest, TokenUsage
from dive_assets.language_models.prices import Price, cost_usd
from dive_assets.language_models.recorder import Recorder
from dive_assets.production.model_tasks import ModelSettings, Subjects
from dive_assets.records import Seed
from dive_assets.tools.tool import Tool
from dive_assets.trajectories.conversation import tool_schema

SAMPLE = 16  # attempts whose prompts are measured
CALLS_A_ROUND = 4  # assumed replies of one round of collection, the last one without a tool call
REPLY, OUTPUT = 80, 150  # assumed tokens of a reply with a tool call, and of a tool's output
DERIVATION, ANSWER = 200, 40  # assumed tokens of a derivation, and of an answer to a gate
SOLVED_IN = 5  # assumed replies of a rollout
YIELD = 0.4  # assumed share of attempts that reach the gates and the rollouts


@dataclass(frozen=True)
class Estimate:
    """Calls, tokens and US dollars (None: a price is unknown); `measured` if paid attempts were there to tell."""

    stage: str
    model: str
    calls: float
    tokens: float
    usd: float | None
    measured: bool


def estimate_attempts(
    domain: str,
    tools: Mapping[str, Tool],
    seeds: Sequence[Seed],
    settings: ModelSettings,
    rollouts: int,
    solver: str,
    prices: Mapping[str, Price],
    recorder: Recorder,
) -> list[Estimate]:
    """By stage, for all attempts of a domain and the rollouts of what comes of them.

    Raises ValueError if no seed can be given to a tool.
    """
    schemas = _schema_tokens(Subjects(domain, tools, seeds, settings), settings)
    turns = settings.collector.rounds * CALLS_A_ROUND
    evidence = settings.collector.rounds * (CALLS_A_ROUND - 1) * OUTPUT
    tried, rolled = settings.attempts * YIELD, settings.attempts * YIELD * rollouts
    gate = settings.gates.model if settings.gates else ""
    stages: list[tuple[str, str, float, float, float]] = [
        ("collector", settings.collector.model, settings.attempts * turns, _growing(schemas, turns), REPLY),
        ("deriver", settings.deriver.model, float(settings.attempts), 400 + evidence, DERIVATION),
        ("closed_book", gate, tried, 200, ANSWER),
        ("with_evidence", gate, tried, 200 + evidence / 2, ANSWER),
        ("solver", solver, rolled * SOLVED_IN, _growing(schemas, SOLVED_IN), REPLY),
    ]
    known = {(e.stage, e.model): e for e in recorder.expenses()}
    made = sum(task.startswith(f"{domain}-") and "-model-" in task for task in recorder.spent_by_task())
    found = []
    for stage, model, calls, prompt, completion in stages:
        paid = known.get((stage, model))
        measured = bool(paid and paid.calls >= SAMPLE and made)
        if paid and measured:
            prompt, completion = paid.prompt_tokens / paid.calls, paid.completion_tokens / paid.calls
            calls = settings.attempts * paid.calls / made
        if model and calls:
            usage = TokenUsage(prompt=round(calls * prompt), completion=round(calls * completion))
            found.append(Estimate(stage, model, calls, usage.total, cost_usd(model, usage, prices), measured))
    return found


def _schema_tokens(subjects: Subjects, settings: ModelSettings) -> float:
    """Mean tokens of the tools that a request offers."""
    sizes = []
    for index in range(min(SAMPLE, settings.attempts)):
        _, offered, _ = subjects.draw(index)
        request = ChatRequest(model="", messages=(), tools=tuple(map(tool_schema, offered.values())))
        sizes.append(request.estimated_prompt_tokens())
    return sum(sizes) / len(sizes)


def _growing(schemas: float, turns: int) -> float:
    """Mean prompt of a chat that grows by a reply and an output a turn."""
    return schemas + 1200 / BYTES_A_TOKEN + (turns - 1) / 2 * (REPLY + OUTPUT)
