"""`dive-assets train`: SFT, pass@k, frontier, GRPO and evaluation on the tasks of a storage folder, headless."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated, Any

import polars as pl
import typer
from rich.markup import escape
from rich.table import Table

from dive_assets.commands.parallel_runs import how_it_ended
from dive_assets.commands.preparation import dagster_home
from dive_assets.commands.terminal import console, fail, hide_previews
from dive_assets.training.errors import TrainingError, require_packages
from dive_assets.training.settings import PRESETS

SFT = ("sft_rows", "sft_checkpoint", "sft_rollouts", "sampled_trajectories", "frontier_tasks")
RL = "rl_checkpoint"
EVALUATED = "evaluation"
STUDY = "scaling_study"
TASKS = {"tiny": 1_400, "laptop": 24_000, "gpu-8b": 48_000}  # that a preset finds enough chats in for its contexts


def train(
    base: Annotated[str, typer.Option(help="embedded, tiny, a Hub id or a folder; the preset's if empty.")] = "",
    preset: Annotated[str, typer.Option(help=f"{', '.join(PRESETS)}.")] = "laptop",
    storage: Annotated[Path, typer.Option(help="Folder with the tables that `dive-assets run` made.")] = Path(
        "storage"
    ),
    seed: Annotated[int, typer.Option(help="Another seed draws other rows and another order.", min=0)] = 0,
    run: Annotated[str, typer.Option(help="Name of the training run; of base, preset and seed if empty.")] = "",
    change: Annotated[
        list[str] | None, typer.Option("--set", help="A setting that differs, such as sft.epochs=2. Repeatable.")
    ] = None,
    study: Annotated[bool, typer.Option("--scaling-study", help="Only rows and the scaling study.")] = False,
) -> None:
    """Train a model in stages, each in a process of its own. Run again to go on where a killed run was."""
    from dive_assets.training.frontier import frontier_ids

    try:
        require_packages()
    except TrainingError as error:
        fail(str(error))
    if preset not in PRESETS:
        fail(f"unknown preset {preset!r}: choose from {', '.join(PRESETS)}")
    folder = storage.resolve()
    for table in ("verified_tasks", "trajectories"):
        if not any((folder / table).glob("*.parquet")):
            fail(
                f"{folder / table} holds no table: make tasks with `dive-assets run --tasks {TASKS[preset]} "
                f"--output {storage}` first"
            )
    name = run or "-".join([(base or PRESETS[preset]["base"]).replace("/", "--"), preset, str(seed)])
    training = {"preset": preset, "base": base, "seed": seed, "changes": _changes(change or []), "storage": str(folder)}
    started = time.monotonic()
    if reason := _materialize(name, ("sft_rows", STUDY) if study else SFT, training):
        fail(reason)
    without_rl = ""
    if not study:
        if frontier_ids(pl.read_parquet(folder / "frontier_tasks" / f"{name}.parquet")):
            without_rl = _materialize(name, (RL,), training)
        else:
            console.print("[yellow]no RL checkpoint:[/yellow] no task is on the frontier", highlight=False)
        if reason := _materialize(name, (EVALUATED,), training):
            fail(reason)
    _print_results(folder, name, EVALUATED if not study else STUDY)
    if without_rl:
        fail(f"{without_rl}; base and SFT alone were evaluated")
    console.print(
        f"{time.monotonic() - started:.0f} s in all; the run lies in {folder / 'training' / name}", highlight=False
    )


def _changes(texts: list[str]) -> dict[str, Any]:
    """["sft.epochs=2"] as {"sft": {"epochs": 2}}; values are JSON, or text where they are not."""
    import orjson

    changes: dict[str, Any] = {}
    for text in texts:
        path, equals, value = text.partition("=")
        if not equals or not path:
            fail(f"--set {text}: write a setting and its value, such as sft.epochs=2")
        try:
            parsed = orjson.loads(value)
        except orjson.JSONDecodeError:
            parsed = value
        stage, _, key = path.rpartition(".")
        (changes.setdefault(stage, {}) if stage else changes)[key] = parsed
    return changes


def _materialize(run: str, assets: tuple[str, ...], training: dict[str, Any]) -> str:
    """Run Dagster in this process and print what checks warn of; the message of the first failed step or check, or
    nothing."""
    import dagster as dg

    hide_previews()
    from dive_assets.definitions import definitions_with
    from dive_assets.defs.training_jobs import TRAINING_RUNS
    from resources import local_resources
    from resources.parquet_storage import ParquetIOManager
    from resources.production import Production
    from resources.training import Training

    resources = {
        **local_resources(),
        "io_manager": ParquetIOManager(base_dir=training["storage"]),
        "production": Production(storage=training["storage"]),
        "training": Training(**training),
    }
    job = definitions_with(resources).resolve_implicit_global_asset_job_def()
    with dg.DagsterInstance.from_config(str(dagster_home())) as instance:
        instance.add_dynamic_partitions(str(TRAINING_RUNS.name), [run])
        result = job.execute_in_process(
            asset_selection=[dg.AssetKey(name) for name in assets],
            instance=instance,
            partition_key=run,
            raise_on_error=False,
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
        )
    error, warned = how_it_ended(result)
    for text in warned:
        console.print(f"[yellow]warning:[/yellow] {escape(text)}", highlight=False)
    return error


def _print_results(folder: Path, run: str, asset: str) -> None:
    results = folder / "training" / run
    if asset == STUDY:
        _print("Tools or tasks: success on unseen tools", pl.read_parquet(results / "scaling" / "arms.parquet"))
        _print("Paired differences", pl.read_parquet(results / "scaling" / "differences.parquet"))
        return
    _print("Success with 95 % intervals", pl.read_parquet(folder / asset / f"{run}.parquet"))
    _print("Paired differences", pl.read_parquet(results / "evaluation" / "comparisons.parquet"))


def _print(title: str, frame: pl.DataFrame) -> None:
    table = Table(*frame.columns, title=title)
    for row in frame.iter_rows():
        table.add_row(*(f"{value:.3f}" if isinstance(value, float) else str(value) for value in row))
    console.print(table)
