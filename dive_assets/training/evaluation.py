"""Checkpoints on sets that they were not trained on: tasks of the release's other splits, and BFCL.

    held_out              answerable tasks of the test split
    test_unseen_tools     answerable tasks that need tools which training neither called nor offered
    recovery              tasks of both with a failed call in their program
    unanswerable          tasks of both whose toolset lacks a needed tool
    bfcl_<category>       items of BFCL

Every item is tried greedily, once, by every checkpoint: their successes are paired. A task may be in two of the sets.
An answer to a task of the release counts if it is right and a call succeeded before it: who guesses yes or no is right
half the time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path

import polars as pl

from dive_assets.consuming.environment import CallByName
from dive_assets.training.base_models import load_model, load_tokenizer
from dive_assets.training.bfcl import load_items
from dive_assets.training.bfcl_scoring import model_answers, score_category
from dive_assets.training.chat_tokens import ChatTokens
from dive_assets.training.generation import ModelGenerator
from dive_assets.training.rollouts import RolloutEngine, rollout_table
from dive_assets.training.rows import TrainingTask, training_tasks
from dive_assets.training.settings import TEST_SPLITS, EvaluationSettings, TrainingSettings
from dive_assets.training.statistics import difference_of, rate_of

OUTCOME_COLUMNS: dict[str, pl.DataType] = {
    "checkpoint": pl.String(),
    "set": pl.String(),
    "item": pl.String(),
    "success": pl.Boolean(),
}
BFCL = "bfcl_"


@dataclass(frozen=True)
class Evaluation:
    """One row an item and checkpoint, and the transcripts of the release's tasks."""

    outcomes: pl.DataFrame
    rollouts: pl.DataFrame


def release_sets(rows: pl.DataFrame, wanted: EvaluationSettings) -> dict[str, list[TrainingTask]]:
    """The sets of the release's tasks; a set without tasks is absent."""
    test = {name: training_tasks(rows, [name]) for name in TEST_SPLITS}
    answerable = {name: [task for task in tasks if task.task.answerable] for name, tasks in test.items()}
    both = [task for tasks in test.values() for task in tasks]
    sets = {
        "held_out": answerable["test"][: wanted.held_out_tasks],
        "test_unseen_tools": answerable["test_unseen_tools"][: wanted.unseen_tasks],
        "recovery": [task for task in both if task.kind == "recovery"][: wanted.failure_tasks],
        "unanswerable": [task for task in both if task.kind == "unanswerable"][: wanted.failure_tasks],
    }
    return {name: tasks for name, tasks in sets.items() if tasks}


def evaluate(
    checkpoints: Mapping[str, Path], rows: pl.DataFrame, settings: TrainingSettings, execute: CallByName
) -> Evaluation:
    """Score checkpoints, by name, on all sets."""
    wanted = settings.evaluation
    sets = release_sets(rows, wanted)
    items = {name: load_items(name, wanted.bfcl_items) for name in wanted.bfcl_categories}
    outcomes, transcripts = list[dict[str, object]](), list[pl.DataFrame]()
    for checkpoint, folder in checkpoints.items():
        tokenizer = load_tokenizer(folder)
        form = ChatTokens(tokenizer, settings.chat_template_arguments)
        limits = settings.rollout
        model = load_model(folder, settings.dtype, settings.device)
        generator = ModelGenerator(model, tokenizer, limits.turn_tokens, limits.batch)
        engine = RolloutEngine(form, execute, limits, settings.grpo.alpha)
        pairs = [(task, 0) for task in {task.task_id: task for tasks in sets.values() for task in tasks}.values()]
        found = engine.run_reported(f"{checkpoint}: tasks of the release", pairs, generator, limits.batch)
        earned = {rollout.task.task_id: rollout.earned for rollout in found}
        outcomes += [_outcome(checkpoint, name, t.task_id, earned[t.task_id]) for name in sets for t in sets[name]]
        transcripts.append(rollout_table(found, checkpoint))
        answer = model_answers(form, generator, limits.context)
        for category, chosen in items.items():
            right = score_category(
                chosen, answer, wanted.bfcl_turn_steps, limits.batch, f"{checkpoint}: {BFCL}{category}"
            )
            pairs_right = zip(chosen, right, strict=True)
            outcomes += [_outcome(checkpoint, BFCL + category, item.item_id, ok) for item, ok in pairs_right]
        del model, generator
    return Evaluation(
        outcomes=pl.DataFrame(outcomes, schema=OUTCOME_COLUMNS, orient="row"),
        rollouts=pl.concat(transcripts) if transcripts else pl.DataFrame(),
    )


def _outcome(checkpoint: str, name: str, item: str, success: bool) -> dict[str, object]:
    return {"checkpoint": checkpoint, "set": name, "item": item, "success": success}


def score_table(outcomes: pl.DataFrame, settings: EvaluationSettings) -> pl.DataFrame:
    """One row a set and checkpoint: n, rate and its 95 % bootstrap interval."""
    return pl.DataFrame(
        [
            {"set": name, "checkpoint": checkpoint, **asdict(rate_of(successes, settings.resamples))}
            for (name, checkpoint), successes in _successes(outcomes).items()
        ]
    )


def comparison_table(outcomes: pl.DataFrame, settings: EvaluationSettings) -> pl.DataFrame:
    """One row a set and pair of checkpoints: the difference on the same items, its interval, McNemar's p-value."""
    found = _successes(outcomes)
    checkpoints = outcomes["checkpoint"].unique(maintain_order=True).to_list()
    return pl.DataFrame(
        [
            {
                "set": name,
                "first": first,
                "second": second,
                **asdict(difference_of(found[name, first], found[name, second], settings.resamples)),
            }
            for name in outcomes["set"].unique(maintain_order=True)
            for first, second in combinations(checkpoints, 2)
        ]
    )


def _successes(outcomes: pl.DataFrame) -> dict[tuple[str, str], Sequence[bool]]:
    """Successes by set and checkpoint, in the order of the items."""
    groups = outcomes.sort("item").group_by("set", "checkpoint", maintain_order=True)
    found = {(str(key[0]), str(key[1])): frame["success"].to_list() for key, frame in groups}
    order = outcomes.select("set", "checkpoint").unique(maintain_order=True).rows()
    return {
        (name, checkpoint): found[name, checkpoint] for name, checkpoint in sorted(order, key=lambda r: _rank(r[0]))
    }


def _rank(name: str) -> tuple[int, str]:
    order = ("held_out", "test_unseen_tools", "recovery", "unanswerable")
    return (order.index(name), "") if name in order else (len(order), name)
