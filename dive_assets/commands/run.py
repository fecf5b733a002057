"""`dive-assets run`: materialize domains headless and print what came of them."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path
from typing import Annotated, Any

import polars as pl
import typer
from rich.table import Table

from dive_assets.commands.terminal import ProgressBars, console, fail

PARTITIONED = (
    "tool_pool",
    "seed_pool",
    "exemplar_pool",
    "execution_traces",
    "derived_tasks",
    "verified_tasks",
    "rejected_tasks",
)
GATHERING = ("diversity_report", "dataset_release")


def run(
    tasks: Annotated[int, typer.Option(help="Verified tasks a domain.")] = 200,
    domains: Annotated[str, typer.Option(help="Comma-separated; all domains if empty.")] = "",
    rounds: Annotated[int, typer.Option(help="Evolution rounds.")] = 3,
    seed: Annotated[int, typer.Option(help="Release seed.")] = 0,
    workers: Annotated[int, typer.Option(help="Worker processes; changes speed, never a row.")] = 2,
    output: Annotated[Path, typer.Option(help="Folder of tables, journals and the release.")] = Path("storage"),
) -> None:
    """Materialize the asset graph for domains and write the release."""
    for name, value, low in (
        ("--tasks", tasks, 1),
        ("--rounds", rounds, 1),
        ("--workers", workers, 1),
        ("--seed", seed, 0),
    ):
        if value < low:
            fail(f"{name} must be at least {low}, not {value}")
    from dive_assets.domains import DOMAIN_KEYS

    chosen = [d.strip() for d in domains.split(",") if d.strip()] or list(DOMAIN_KEYS)
    if unknown := [d for d in chosen if d not in DOMAIN_KEYS]:
        fail(f"unknown domain {unknown[0]!r}: choose from {', '.join(DOMAIN_KEYS)}")
    folder = output.resolve()
    _require_writable(folder)
    home = _dagster_home()

    import warnings

    import dagster as dg

    warnings.filterwarnings("ignore", category=dg.BetaWarning)  # data_version of Output

    from resources.parquet_storage import ParquetIOManager
    from resources.production import Production

    resources = {
        "io_manager": ParquetIOManager(base_dir=str(folder)),
        "production": Production(tasks=tasks, rounds=rounds, release_seed=seed, workers=workers, storage=str(folder)),
    }
    started = time.monotonic()
    seconds = {}
    with dg.DagsterInstance.from_config(str(home)) as instance, ProgressBars():
        for domain in chosen:
            began = time.monotonic()
            console.print(f"[bold]{domain}[/bold]")
            _materialize(PARTITIONED, resources, instance, domain)
            seconds[domain] = time.monotonic() - began
        console.print("[bold]release[/bold]")
        _materialize(GATHERING, resources, instance, None)
    _print_summary(folder, chosen, seconds)
    console.print(
        f"{time.monotonic() - started:.0f} s in all. The release lies in {folder / 'release'}", highlight=False
    )
    console.print("Look at it with `dive-assets show`, `dive-assets stats`, or in the UI with `make dev`.")


def _require_writable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        fail(f"--output {folder} cannot be written ({error.strerror}): choose another folder or mend its rights")


def _dagster_home() -> Path:
    """$DAGSTER_HOME, else ./.dagster_home, with this project's dagster.yaml in it."""
    home = Path(os.environ.setdefault("DAGSTER_HOME", str(Path(".dagster_home").resolve())))
    home.mkdir(parents=True, exist_ok=True)
    settings = Path("dagster.yaml")
    if settings.exists() and not (home / "dagster.yaml").exists():
        shutil.copy(settings, home / "dagster.yaml")
    return home


def _materialize(names: tuple[str, ...], resources: dict[str, Any], instance: Any, partition: str | None) -> None:
    import dagster as dg

    from dive_assets.definitions import definitions_with

    job = definitions_with(resources).resolve_implicit_global_asset_job_def()
    result = job.execute_in_process(
        asset_selection=[dg.AssetKey(name) for name in names],
        instance=instance,
        partition_key=partition,
        raise_on_error=False,
        run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
    )
    if not result.success:
        fail(f"{partition or 'release'}: {_first_failure(result)} (the run {result.run_id} is in the UI)")


def _first_failure(result: Any) -> str:
    """The innermost message of the first failed step."""
    for event in result.all_events:
        if event.is_step_failure:
            error = event.step_failure_data.error
            while error is not None and error.cause is not None:
                error = error.cause
            return error.message.strip() if error else event.message or "a step failed"
    return "the run failed"


def _print_summary(folder: Path, domains: list[str], seconds: dict[str, float]) -> None:
    headings = ("domain", "tools", "attempted", "verified", "unanswerable", "rejected", "tasks/s")
    table = Table(*headings, title="What was made")
    reasons = []
    for domain in domains:
        frames = {
            name: pl.read_parquet(folder / name / f"{domain}.parquet") for name in (*PARTITIONED[:1], *PARTITIONED[3:])
        }
        rejected = dict(frames["rejected_tasks"]["reason"].value_counts().sort("reason").iter_rows())
        verified = frames["verified_tasks"].filter(pl.col("missing_tool") == "").height
        table.add_row(
            domain,
            str(frames["tool_pool"].height),
            str(frames["execution_traces"].height),
            str(verified),
            str(frames["verified_tasks"].height - verified),
            str(sum(rejected.values())),
            f"{verified / seconds[domain]:.1f}",
        )
        reasons.append(f"{domain}: " + (", ".join(f"{reason} {n}" for reason, n in rejected.items()) or "none"))
    console.print(table)
    console.print("[bold]Rejected by reason[/bold]")
    for line in reasons:
        console.print(line, highlight=False)
