"""What a run of models will probably cost, before anything is asked.

Where this storage folder has paid for calls of a stage before, their mean is the estimate, and their number where it
is known for which attempts. Otherwise prompts are measured, because they are known, and replies and outputs assumed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dive_assets.language_models.chat import BYTES_A_TOKEN, ChatRequest, TokenUsage
from dive_assets.language_models.prices import Price, cost_usd
from dive_assets.language_models.recorder import Recorder
from dive_assets.production.model_tasks import ModelSettings, Subjects
from dive_assets.production.rewritten_tasks import RewritingSettings
from dive_assets.production.rollouts import RolloutSettings
from dive_assets.records import Seed
from dive_assets.tools.tool import Tool
from dive_assets.trajectories.conversation import tool_schema

SAMPLE = 16  # attempts whose prompts are measured
CALLS_A_ROUND = 4  # assumed replies of one round of collection, the last one without a tool call
REPLY, OUTPUT = 80, 150  # assumed tokens of a reply with a tool call, and of a tool's output
DERIVATION, ANSWER = 200, 40  # assumed tokens of a derivation, and of an answer to a gate
SOLVED_IN = 5  # assumed replies of a rollout
YIELD = 0.4  # assumed share of attempts and rewrites that reach the rollouts, and of attempts that reach the gates
MARKS = {"collector": "-model-", "deriver": "-model-", "rewriter": "-rewritten-"}  # in the ledger's names of tasks


@dataclass(frozen=True)
class Estimate:
    """Calls, tokens and US dollars (None: a price is unknown); `measured` if paid attempts were there to tell."""

    stage: str
    model: str
    calls: float
    tokens: float
    usd: float | None
    measured: bool


def estimate_run(
    domain: str,
    tools: Mapping[str, Tool],
    seeds: Sequence[Seed],
    settings: ModelSettings,
    rewriting: RewritingSettings,
    rolling: RolloutSettings,
    prices: Mapping[str, Price],
    recorder: Recorder,
) -> list[Estimate]:
    """By stage: all attempts and rewrites of a domain, and the rollouts of what comes of them. Judges are left out:
    how many texts they see, only the answers tell.

    Raises ValueError if no seed can be given to a tool.
    """
    attempts, rewrites = settings.attempts, rewriting.rewrites
    schemas = _schema_tokens(Subjects(domain, tools, seeds, settings), settings)
    turns = settings.collector.rounds * CALLS_A_ROUND
    evidence = settings.collector.rounds * (CALLS_A_ROUND - 1) * OUTPUT
    tried, rolled = attempts * YIELD + rewrites, (attempts + rewrites) * YIELD * rolling.rollouts
    gate, solver = settings.gates.model if settings.gates else "", rolling.teacher.model
    stages: list[tuple[str, str, float, float, float]] = [
        ("collector", settings.collector.model, attempts * turns, _growing(schemas, turns), REPLY),
        ("deriver", settings.deriver.model, attempts, 400 + evidence, DERIVATION),
        ("rewriter", rewriting.rewriter.model, rewrites, 400, DERIVATION),
        ("with_evidence", gate, tried, 300 + evidence / 2, ANSWER),
        ("closed_book", gate, tried, 300, ANSWER),
        ("solver", solver, rolled * SOLVED_IN, _growing(schemas, SOLVED_IN), REPLY),
    ]
    known = {(e.stage, e.model): e for e in recorder.expenses()}
    paid_for = [task for task in recorder.spent_by_task() if " " not in task]  # no rollouts, no controls
    made = {stage: sum(mark in task for task in paid_for) for stage, mark in MARKS.items()}
    found = []
    for stage, model, calls, prompt, completion in stages:
        paid, wanted = known.get((stage, model)), rewrites if stage == "rewriter" else attempts
        measured = bool(paid and paid.calls >= SAMPLE and made.get(stage, 0))
        if paid:
            prompt, completion = paid.prompt_tokens / paid.calls, paid.completion_tokens / paid.calls
        if paid and measured:
            calls = wanted * paid.calls / made[stage]
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
