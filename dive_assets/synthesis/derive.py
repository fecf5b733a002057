"""Derivation without a model: a successful trace becomes a task whose answer is its program's result."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Literal

from dive_assets.records import Task, Trace
from dive_assets.synthesis.execution import program_of
from dive_assets.synthesis.exemplars import patterns_by_name
from dive_assets.synthesis.expressions import Form
from dive_assets.synthesis.verbalize import Verbalizer
from dive_assets.tools.canonical import content_hash
from dive_assets.tools.tool import Tool
from dive_assets.verification.answerability import irreplaceable_tool

TOOLSET_SIZES = (15, 50)


def derive_task(trace: Trace, tools: Mapping[str, Tool], release_seed: int) -> Task:
    """The task of a trace that has a form. `tools` is the domain's pool.

    Question and toolset depend on (release seed, domain, index) and the trace alone.
    Raises ValueError for a trace that failed.
    """
    if trace.form is None:
        raise ValueError(f"attempt {trace.index} of {trace.domain} failed: {trace.failure}")
    form = Form.model_validate(trace.form)
    pattern = patterns_by_name()[trace.plan.pattern]
    rng = random.Random(content_hash("derive", release_seed, trace.domain, trace.index))
    program = program_of(trace.evidence, form.answer)
    needed = sorted({call.tool for call in program})
    question = Verbalizer(tools, rng).question(form)
    missing = "" if trace.plan.answerable else irreplaceable_tool(program, form.answer, tools)
    kept = program if trace.recovery and trace.recovery.recovered_by in {c.call_id for c in program} else ()
    return Task(
        task_id=f"{trace.domain}-{release_seed}-{trace.index:06d}",
        domain=trace.domain,
        index=trace.index,
        question=question,
        answer=form.answer,
        options=form.options,
        toolset=draw_toolset([n for n in needed if n != missing], tools, rng, without=missing),
        program=program,
        output_hashes={e.call.call_id: e.output_hash for e in trace.evidence if e.call in program},
        pattern=pattern.name,
        reasoning_type=pattern.reasoning_type,
        rounds=pattern.rounds,
        difficulty=difficulty(len(program), pattern.rounds),
        seeds=trace.seeds,
        tool_versions={name: tools[name].version for name in needed},
        recovery=trace.recovery if kept else None,
        missing_tool=missing,
        release_seed=release_seed,
    )


def draw_toolset(
    needed: Sequence[str], tools: Mapping[str, Tool], rng: random.Random, without: str = ""
) -> tuple[str, ...]:
    """The needed tools and distractors from the domain's pool, 15 to 50 in all, in random order."""
    low, high = TOOLSET_SIZES
    others = sorted(tools.keys() - {*needed, without})
    size = rng.randint(low, min(high, len(tools) - bool(without)))
    chosen = [*needed, *rng.sample(others, max(0, size - len(needed)))]
    rng.shuffle(chosen)
    return tuple(chosen)


def difficulty(calls: int, rounds: int) -> Literal["easy", "medium", "hard"]:
    """By the calls of the program and its rounds: easy up to 2 calls, hard from 6 calls or 3 rounds."""
    if calls <= 2:
        return "easy"
    return "hard" if calls >= 6 or rounds >= 3 else "medium"
