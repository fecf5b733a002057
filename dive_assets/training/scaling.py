"""Tools or tasks: at equal compute, does a model learn more from many tools or from many tasks?

Four arms are trained from the same base with the same number of steps, each with several seeds, and scored on tasks
whose tools none of them has seen:

    few_tools_many_tasks    N tasks that need few tools
    few_tools_few_tasks     N/4 of them
    many_tools_few_tasks    N/4 tasks drawn from all
    many_tools_many_tasks   N tasks drawn from all

Toolsets of the narrow arms offer nothing but the few tools, in the place of others too, so that each task offers as
many as before. All arms are of answerable tasks: unanswerable ones need fewer tools, so that the narrow arms would hold
more of them and learn to give up.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import orjson
import polars as pl

from dive_assets.consuming.environment import CallByName
from dive_assets.tools.canonical import content_hash
from dive_assets.training.base_models import load_model, load_tokenizer
from dive_assets.training.chat_tokens import ChatTokens
from dive_assets.training.errors import TrainingError
from dive_assets.training.generation import ModelGenerator
from dive_assets.training.rollouts import RolloutEngine, rollout_table
from dive_assets.training.rows import TrainingTask, training_tasks
from dive_assets.training.settings import TrainingSettings
from dive_assets.training.sft import train_sft
from dive_assets.training.statistics import interval_of, rate_of
from dive_assets.trajectories.conversation import SUBMIT

SCALING_COLUMNS: dict[str, pl.DataType] = {
    "arm": pl.String(),
    "seed": pl.Int64(),
    "tasks": pl.Int64(),
    "tools": pl.Int64(),
    "trained_tokens": pl.Int64(),
    "item": pl.String(),
    "called": pl.Boolean(),
    "success": pl.Boolean(),
}


@dataclass(frozen=True)
class Arm:
    """What one model is trained on; `tools` are those that its tasks call."""

    name: str
    rows: pl.DataFrame
    tools: int


def arms_of(rows: pl.DataFrame, settings: TrainingSettings, seed: int) -> list[Arm]:
    """The four arms, drawn with a seed from the rows of the train split.

    Raises TrainingError if the set has too few tasks for them.
    """
    wanted = settings.scaling
    usable = rows.filter(pl.col("split") == "train", pl.col("kind") != "unanswerable")
    shuffled = sorted(
        usable.unique("task_id", maintain_order=True).iter_rows(named=True),
        key=lambda row: content_hash("scaling", seed, row["task_id"]),
    )
    few, narrow = _few_tools(shuffled, wanted.few_tools, seed)
    if len(narrow) < wanted.tasks or len(shuffled) < wanted.tasks:
        raise TrainingError(
            f"the scaling study wants {wanted.tasks} answerable tasks over {wanted.few_tools} tools, and there are "
            f"{len(narrow)} (of {len(shuffled)}): make more tasks, raise rows.sft_rows, or lower scaling.tasks"
        )
    quarter = wanted.tasks // 4
    narrow = _offering_only(few, narrow[: wanted.tasks], seed)
    return [
        _arm("few_tools_many_tasks", narrow),
        _arm("few_tools_few_tasks", narrow[:quarter]),
        _arm("many_tools_few_tasks", shuffled[:quarter]),
        _arm("many_tools_many_tasks", shuffled[: wanted.tasks]),
    ]


def _few_tools(rows: list[dict[str, object]], most: int, seed: int) -> tuple[set[str], list[dict[str, object]]]:
    """Tools, added one after the other so that each makes as many more tasks possible as it can, and those tasks."""
    needs = [frozenset(row["needed"]) for row in rows]  # type: ignore[call-overload]
    chosen: set[str] = set()
    while len(chosen) < most:
        gains = Counter[str]()
        for needed in needs:
            missing = needed - chosen
            for name in missing if len(chosen) + len(missing) <= most else ():
                gains[name] += 1.0 / len(missing) ** 2  # type: ignore[assignment]
        if not gains:
            break
        chosen.add(min(gains, key=lambda name: (-gains[name], content_hash(seed, name))))
    return chosen, [row for row, needed in zip(rows, needs, strict=True) if needed <= chosen]


def _offering_only(few: set[str], rows: list[dict[str, object]], seed: int) -> list[dict[str, object]]:
    """The rows, each offering as many tools as before, in an order drawn by the seed: foreign ones are replaced by
    others of the few. The tool that submits the answer stays, and stays last."""
    offers = [{s["function"]["name"]: s for s in orjson.loads(str(row["tools"]))} for row in rows]
    known = {name: schema for offered in offers for name, schema in offered.items()}
    changed = []
    for row, offered in zip(rows, offers, strict=True):
        drawn = sorted(few & known.keys(), key=lambda name: content_hash(seed, row["task_id"], name))
        wanted = sorted(drawn, key=lambda name: name not in offered)[: len(offered) - 1]
        shown = [known[name] for name in drawn if name in wanted]
        changed.append({**row, "tools": orjson.dumps([*shown, offered[SUBMIT]]).decode()})
    return changed


def _arm(name: str, rows: list[dict[str, object]]) -> Arm:
    needed = {tool for row in rows for tool in row["needed"]}  # type: ignore[attr-defined]
    used = [{**row, "use": "sft", "weight": 1, "phase": 0} for row in rows]
    schema = {key: pl.List(pl.String) if key in ("needed", "offered") else None for key in used[0]}
    return Arm(name, pl.DataFrame(used, schema=schema, orient="row"), len(needed))


def scaling_study(
    base: Path, rows: pl.DataFrame, settings: TrainingSettings, execute: CallByName, folder: Path
) -> pl.DataFrame:
    """One row an arm, seed and evaluated task: `called` if a call succeeded, `success` if the task was solved.

    Finished arms are kept in `folder`, each with its transcripts beside it: a killed study goes on.
    """
    tasks = [t for t in training_tasks(rows, ["test_unseen_tools"]) if t.task.answerable]
    tasks = tasks[: settings.scaling.evaluated_tasks]
    if not tasks:
        raise TrainingError("no task asks for unseen tools: make more tasks, or raise rows.context_lengths")
    tables = []
    for seed in settings.scaling.seeds:
        for arm in arms_of(rows, settings, seed):
            path = folder / f"{arm.name}-{seed}.parquet"
            if not path.exists():
                work = folder / f"{arm.name}-{seed}"
                scores, transcripts = _train_and_score(base, arm, seed, settings, execute, work, tasks)
                transcripts.write_parquet(folder / f"rollouts-{arm.name}-{seed}.parquet")
                unfinished = path.with_suffix(".unfinished")
                scores.write_parquet(unfinished)
                unfinished.rename(path)
            tables.append(pl.read_parquet(path))
    return pl.concat(tables)


def _train_and_score(
    base: Path,
    arm: Arm,
    seed: int,
    settings: TrainingSettings,
    execute: CallByName,
    folder: Path,
    tasks: Sequence[TrainingTask],
) -> tuple[pl.DataFrame, pl.DataFrame]:
    sft = settings.sft.model_copy(update={"most_steps": settings.scaling.steps, "epochs": _epochs(arm, settings)})
    changed = settings.model_copy(update={"sft": sft, "seed": seed})
    name = f"{arm.name}, seed {seed}"
    trained = train_sft(base, arm.rows, changed, folder, name)
    tokenizer = load_tokenizer(trained.model)
    limits = settings.rollout
    engine = RolloutEngine(ChatTokens(tokenizer, settings.chat_template_arguments), execute, limits)
    model = load_model(trained.model, settings.dtype, settings.device)
    generator = ModelGenerator(model, tokenizer, limits.turn_tokens, limits.batch)
    rollouts = engine.run_reported(f"{name}: unseen tools", [(task, 0) for task in tasks], generator, limits.batch)
    shutil.rmtree(folder)
    rows = [
        {
            "arm": arm.name,
            "seed": seed,
            "tasks": arm.rows.height,
            "tools": arm.tools,
            "trained_tokens": trained.tokens,
            "item": rollout.task.task_id,
            "called": rollout.calls > rollout.failed,
            "success": rollout.earned,
        }
        for rollout in rollouts
    ]
    return pl.DataFrame(rows, schema=SCALING_COLUMNS, orient="row"), rollout_table(rollouts, arm.name, seed=seed)


def _epochs(arm: Arm, settings: TrainingSettings) -> int:
    """Epochs after which the wanted steps are certainly made."""
    a_step = settings.sft.batch_size * settings.sft.accumulate
    return -(-settings.scaling.steps * a_step // arm.rows.height) + 1


def scaling_summary(study: pl.DataFrame, resamples: int) -> pl.DataFrame:
    """One row an arm: success over all seeds, its interval by resampling tasks (the seeds of a task stay together), the
    rate of each seed, and the share of attempts in which a call succeeded (`called`)."""
    return pl.DataFrame(list(_summaries(study, resamples)))


def scaling_differences(study: pl.DataFrame, resamples: int) -> pl.DataFrame:
    """One row a pair of arms: how much more of the tasks the second solves than the first, with its interval by
    resampling tasks, which are the same for all arms. The success of a task is the mean over its seeds."""
    arms = study["arm"].unique(maintain_order=True).to_list()
    rates = study.group_by("arm", "item").agg(pl.col("success").mean()).pivot(on="arm", index="item", values="success")
    rows = []
    for first, second in combinations(arms, 2):
        changes = (rates[second] - rates[first]).to_list()
        low, high = interval_of(changes, resamples)
        mean = sum(changes) / len(changes)
        rows.append({"first": first, "second": second, "difference": mean, "low": low, "high": high})
    return pl.DataFrame(rows)


def _summaries(study: pl.DataFrame, resamples: int) -> Iterator[dict[str, object]]:
    for (arm,), found in study.group_by("arm", maintain_order=True):
        by_seed = found.group_by("seed", maintain_order=True).agg(pl.col("success").mean())
        by_item = found.group_by("item", maintain_order=True).agg(pl.col("success").mean())["success"].to_list()
        low, high = interval_of(by_item, resamples)
        if low == high:  # all alike: resampling says nothing
            rate = rate_of(found["success"].to_list())
            low, high = rate.low, rate.high
        yield {
            "arm": arm,
            "tasks": found["tasks"].mean(),
            "tools": found["tools"].mean(),
            "trained_tokens": found["trained_tokens"].mean(),
            "n": len(by_item),
            "rate": sum(by_item) / len(by_item),
            "low": low,
            "high": high,
            "called": found["called"].mean(),
            "by_seed": ", ".join(f"{rate:.3f}" for rate in by_seed["success"]),
        }
