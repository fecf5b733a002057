"""What the assets of a training run share: its partitions, and the process in which each stage does its work.

A partition is one training run: a name for a base model, a preset and a seed. There is none until one is added (in the
UI, or by `dive-assets train`), so that materializing everything trains nothing.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import dagster as dg
import orjson
import polars as pl

from dive_assets.defs.metadata import markdown_table
from dive_assets.diversity.plots import png_markdown
from dive_assets.tables import frame_hash
from dive_assets.training.errors import TrainingError, require_packages
from dive_assets.training.job import ERROR, RESULT, Job, Stage
from resources.training import Training

TRAINING_RUNS = dg.DynamicPartitionsDefinition(name="training_runs")
OPTIONS: dict[str, Any] = {"partitions_def": TRAINING_RUNS, "group_name": "training", "owners": ["team:training"]}


def run_stage(
    context: dg.AssetExecutionContext,
    pipes: dg.PipesSubprocessClient,
    training: Training,
    stage: Stage,
    tables: Mapping[str, pl.DataFrame],
    checkpoints: Iterable[str] = (),
    tasks: Iterable[str] = (),
) -> dict[str, Any]:
    """Run a stage in a process of its own and return its result; begun or finished work on the same job is kept.

    `checkpoints` are stages whose models are read. Fails with one sentence that says what to do.
    """
    run, settings = context.partition_key, training.settings
    folder = training.folder(run, stage)
    upstream = {name: result_of(training, run, name) for name in checkpoints}
    inputs = {name: training.folder(run, "inputs") / f"{stage}-{name}.parquet" for name in tables}
    models = {name: result["model"] if name != "rows" else result["base"] for name, result in upstream.items()}
    job = Job(
        stage=stage,
        settings=settings,
        folder=str(folder),
        models=str(training.models_folder),
        inputs={name: str(path) for name, path in inputs.items()},
        checkpoints={_called(name): str(model) for name, model in models.items()},
        tasks=tuple(tasks),
        content={
            **{name: frame_hash(table) for name, table in tables.items()},
            **{name: result["identity"] for name, result in upstream.items()},
        },
    )
    if (result := _finished(folder, job)) is not None:
        context.log.info("%s was done already with these settings and inputs", stage)
        return result
    try:
        require_packages()
    except TrainingError as error:
        raise dg.Failure(str(error)) from error
    _lay_out(folder, job, tables, inputs)
    command = [sys.executable, "-m", "dive_assets.training.job", str(folder / "job.json")]
    try:
        pipes.run(context=context, command=command)
    except Exception as error:  # dagster does not export the error of Pipes
        raise dg.Failure(_reason(folder, stage, error)) from error
    return result_of(training, run, stage)


def result_of(training: Training, run: str, stage: str) -> dict[str, Any]:
    """What a stage left. Fails with a sentence if it was not run."""
    path = training.folder(run, stage) / RESULT
    if not path.exists():
        raise dg.Failure(f"training run {run!r} has no {stage} yet: materialize {ASSET_OF.get(stage, stage)} first")
    return dict(orjson.loads(path.read_bytes()))


def made_from(training: Training, run: str, stage: str, earlier: str) -> bool:
    """Whether a stage is done, on what `earlier` is now."""
    folder = training.folder(run, stage)
    if not (folder / RESULT).exists():
        return False
    made_of = orjson.loads((folder / "job.json").read_bytes())["content"]
    return bool(made_of[earlier] == result_of(training, run, earlier)["identity"])


ASSET_OF = {"rows": "sft_rows", "sft": "sft_checkpoint", "grpo": "rl_checkpoint"}
CHECKPOINTS = {"rows": "base", "sft": "sft", "grpo": "rl"}


def _called(stage: str) -> str:
    """The name of a stage's model in tables and plots."""
    return CHECKPOINTS.get(stage, stage)


def _finished(folder: Path, job: Job) -> dict[str, Any] | None:
    path = folder / RESULT
    result = orjson.loads(path.read_bytes()) if path.exists() else {}
    return result if result.get("identity") == job.identity else None


def _lay_out(folder: Path, job: Job, tables: Mapping[str, pl.DataFrame], inputs: Mapping[str, Path]) -> None:
    """Write the job and its inputs; what a job with other settings or inputs left is moved aside, not lost."""
    marker = folder / "identity"
    earlier = marker.read_text() if marker.exists() else "unfinished"
    if folder.exists() and earlier != job.identity:
        aside = folder.with_name(f"{folder.name}-{earlier[:8]}")
        shutil.rmtree(aside, ignore_errors=True)  # the same job, moved aside before
        folder.rename(aside)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ERROR).unlink(missing_ok=True)
    (folder / RESULT).unlink(missing_ok=True)
    for name, table in tables.items():
        inputs[name].parent.mkdir(parents=True, exist_ok=True)
        table.write_parquet(inputs[name])
    (folder / "job.json").write_text(job.model_dump_json(indent=2))
    marker.write_text(job.identity)


def _reason(folder: Path, stage: str, error: Exception) -> str:
    if (folder / ERROR).exists():
        return (folder / ERROR).read_text()
    return f"the process of {stage} ended early ({error}): see its output; materialize again to go on where it was"


def plot(png: bytes, title: str) -> dg.MarkdownMetadataValue:
    return dg.MetadataValue.md(png_markdown(png, title))


def table(frame: pl.DataFrame) -> dg.MarkdownMetadataValue:
    return markdown_table(frame.to_dicts())
