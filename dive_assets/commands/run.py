"""`dive-assets run`: materialize domains headless and print what came of them."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import polars as pl
import typer
from rich.table import Table

from dive_assets.commands.parallel_runs import Order, Outcome, largest_process_mib, run_side_by_side, usable_cores
from dive_assets.commands.preparation import (
    chosen_domains,
    create_instance,
    dagster_home,
    finish,
    require_at_least,
    require_writable,
)
from dive_assets.commands.terminal import ProgressBars, console, fail

PARTITIONED = (
    "tool_pool",
    "seed_pool",
    "exemplar_pool",
    "execution_traces",
    "derived_tasks",
    "verified_tasks",
    "rejected_tasks",
    "trajectories",
)
LONGEST = ("financial", "earth", "academic", "medical", "biological")  # first, so that none ends alone
GATHERING = ("diversity_report", "diversity_plots", "dataset_release")
COUNTED = ("tool_pool", "execution_traces", "verified_tasks", "rejected_tasks")
TASKS_PER_DOMAIN = 200


def run(
    tasks: Annotated[
        int | None,
        typer.Option(help="Verified tasks in all: each domain makes an equal share, rounded up."),
    ] = None,
    tasks_per_domain: Annotated[
        int | None,
        typer.Option(help="Verified tasks a domain, instead of --tasks.", show_default=str(TASKS_PER_DOMAIN)),
    ] = None,
    domains: Annotated[str, typer.Option(help="Comma-separated; all domains if empty.")] = "",
    rounds: Annotated[int, typer.Option(help="Evolution rounds.")] = 4,
    seed: Annotated[int, typer.Option(help="Release seed.")] = 0,
    parallel: Annotated[
        int | None,
        typer.Option(help="Domains at once; changes speed, never a row.", show_default="processor cores"),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(
            help="Worker processes of tools a domain; changes speed, never a row.", show_default="cores / parallel"
        ),
    ] = None,
    output: Annotated[Path, typer.Option(help="Folder of tables, journals and the release.")] = Path("storage"),
) -> None:
    """Materialize the asset graph for domains, several at once, and write the release."""
    require_at_least(
        1, {"--tasks": tasks, "--tasks-per-domain": tasks_per_domain, "--parallel": parallel, "--workers": workers}
    )
    require_at_least(1, {"--rounds": rounds})
    require_at_least(0, {"--seed": seed})
    chosen = chosen_domains(domains)
    wanted = _tasks_a_domain(tasks, tasks_per_domain, len(chosen))
    at_once = min(parallel or usable_cores(), len(chosen))
    folder = output.resolve()
    require_writable(folder)
    started = time.monotonic()
    settings = {"tasks": wanted, "rounds": rounds, "release_seed": seed}
    outcomes = materialize(folder, chosen, settings, at_once, workers)
    _print_summary(folder, chosen, {outcome.title: outcome.seconds for outcome in outcomes})
    console.print(
        f"{time.monotonic() - started:.0f} s in all, largest process {largest_process_mib()} MiB. "
        f"The release lies in {folder / 'release'}",
        highlight=False,
    )
    console.print("Look at it with `dive-assets show`, `dive-assets stats`, or in the UI with `make dev`.")


def materialize(
    folder: Path, domains: Sequence[str], settings: Mapping[str, Any], at_once: int, workers: int | None = None
) -> list[Outcome]:
    """Fill `folder` with the domains, `at_once` side by side, and write the release; `settings` are arguments of
    resources.production.Production. Ends the command with the errors if a run fails."""
    home = dagster_home()
    create_instance(home)

    def order(assets: tuple[str, ...], domain: str | None, workers: int) -> Order:
        return Order(assets, domain, {**settings, "workers": workers, "storage": str(folder)}, {}, str(home))

    share = workers or max(1, usable_cores() // at_once)
    with ProgressBars():
        started_first = sorted(domains, key=lambda name: LONGEST.index(name) if name in LONGEST else len(LONGEST))
        outcomes = finish(run_side_by_side([order(PARTITIONED, domain, share) for domain in started_first], at_once))
        finish(run_side_by_side([order(GATHERING, None, workers or usable_cores())], 1))
    return outcomes


def _tasks_a_domain(tasks: int | None, tasks_per_domain: int | None, domains: int) -> int:
    if tasks is None:
        return tasks_per_domain or TASKS_PER_DOMAIN
    if tasks_per_domain is not None:
        fail("--tasks (in all) and --tasks-per-domain exclude each other: give one of them")
    if tasks < domains:
        fail(f"--tasks {tasks} is less than one for each of {domains} domains: ask for more, or name fewer --domains")
    return math.ceil(tasks / domains)


def _print_summary(folder: Path, domains: list[str], seconds: dict[str, float]) -> None:
    headings = ("domain", "tools", "attempted", "verified", "unanswerable", "rejected", "tasks/s")
    table = Table(*headings, title="What was made")
    reasons = []
    for domain in domains:
        frames = {name: pl.read_parquet(folder / name / f"{domain}.parquet") for name in COUNTED}
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
