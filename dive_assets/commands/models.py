"""`dive-assets ask`: tasks of models over any OpenAI-compatible endpoint, from collection to a release of their own."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated, Any

import polars as pl
import typer
from rich.table import Table

from dive_assets.commands.parallel_runs import Order, run_side_by_side, usable_cores
from dive_assets.commands.preparation import (
    chosen_domains,
    create_instance,
    dagster_home,
    finish,
    require_at_least,
    require_writable,
)
from dive_assets.commands.run import PARTITIONED
from dive_assets.commands.terminal import ProgressBars, console, fail

MODEL_PARTITIONED = (
    "model_attempts",
    "model_verified_tasks",
    "model_rejected_tasks",
    "rewritten_tasks",
    "rejected_rewrites",
    "model_trajectories",
    "failed_rollouts",
    "pass_rates",
)
MODEL_GATHERING = ("judge_calibration", "model_release")


def ask(
    domains: Annotated[str, typer.Option(help="Comma-separated; all domains if empty.")] = "",
    attempts: Annotated[int, typer.Option(help="Attempts of the collector a domain.")] = 64,
    rewrites: Annotated[int, typer.Option(help="Verified symbolic tasks a domain that are reworded.")] = 32,
    rollouts: Annotated[int, typer.Option(help="Rollouts of each task.")] = 4,
    base_url: Annotated[str, typer.Option(help="Root of the API.", envvar="DIVE_LLM_BASE_URL")] = "",
    model: Annotated[str, typer.Option(help="Model of all stages.", envvar="DIVE_LLM_MODEL")] = "",
    judges: Annotated[str, typer.Option(help="Comma-separated models that vote on free texts, an odd number.")] = "",
    in_flight: Annotated[int, typer.Option(help="Most calls at once.")] = 64,
    cap_usd: Annotated[float | None, typer.Option(help="Most US dollars that --output may ever cost.")] = None,
    cap_tokens: Annotated[int | None, typer.Option(help="Most tokens that --output may ever cost.")] = None,
    replay_only: Annotated[bool, typer.Option("--replay-only", help="Use recorded replies alone.")] = False,
    estimate: Annotated[
        bool, typer.Option("--estimate", help="Say what it will probably cost, and ask nothing.")
    ] = False,
    settings: Annotated[
        Path | None, typer.Option(help="YAML file with further settings of the resource language_models.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Release seed.")] = 0,
    output: Annotated[Path, typer.Option(help="Folder of tables, journals and releases.")] = Path("storage"),
) -> None:
    """Let models explore, derive, rewrite and solve; verify all of it. The key is $DIVE_LLM_API_KEY."""
    require_at_least(1, {"--attempts": attempts, "--rollouts": rollouts, "--in-flight": in_flight})
    require_at_least(0, {"--rewrites": rewrites, "--seed": seed})
    chosen, folder = chosen_domains(domains), output.resolve()
    require_writable(folder)
    home = dagster_home()
    create_instance(home)
    models = {
        "base_url": base_url,
        "default_model": model,
        "attempts": attempts,
        "rewrites": rewrites,
        "rollouts": rollouts,
        "judges": [name.strip() for name in judges.split(",") if name.strip()],
        "in_flight": in_flight,
        "cap_usd": cap_usd,
        "cap_tokens": cap_tokens,
        "replay_only": replay_only,
        **_read_settings(settings),
    }
    production = {"tasks": max(1, rewrites), "release_seed": seed, "workers": usable_cores(), "storage": str(folder)}
    started = time.monotonic()
    with ProgressBars():
        lacking = [domain for domain in chosen if not (folder / "verified_tasks" / f"{domain}.parquet").exists()]
        finish(run_side_by_side([Order(PARTITIONED, domain, production, models, str(home)) for domain in lacking], 1))
        if estimate:
            _print_estimate(folder, chosen, models, seed)
            return
        outcomes = run_side_by_side(
            [Order(MODEL_PARTITIONED, domain, production, models, str(home)) for domain in chosen], 1
        )
        made = [
            outcome for outcome in outcomes if (folder / "model_verified_tasks" / f"{outcome.title}.parquet").exists()
        ]
        gathering = [Order(MODEL_GATHERING, None, production, models, str(home))] if made else []
        outcomes += run_side_by_side(gathering, 1)
    _print_summary(folder, [outcome.title for outcome in made], models)
    finish(outcomes)
    console.print(
        f"{time.monotonic() - started:.0f} s. The release lies in {folder / 'model_release'}", highlight=False
    )


def _read_settings(path: Path | None) -> dict[str, Any]:
    """Settings of a file, which go before options. Ends with an error that names a setting which does not exist."""
    import yaml

    from resources.language_models import LanguageModels

    if path is None:
        return {}
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        fail(f"--settings {path} cannot be read ({error}): mend the file")
    if not isinstance(found, dict):
        fail(f"--settings {path} must hold names and values, such as `rollouts: 2`")
    if unknown := sorted(map(str, found.keys() - LanguageModels.model_fields.keys())):
        fail(f"--settings {path}: {unknown[0]!r} is no setting; there are {', '.join(LanguageModels.model_fields)}")
    return found


def _print_estimate(folder: Path, domains: list[str], models: dict[str, Any], seed: int) -> None:
    from dive_assets.language_models.recorder import Recorder
    from dive_assets.production.model_estimate import estimate_run
    from dive_assets.production.tool_pool import tools_in_pool
    from dive_assets.tables import seeds_of
    from dive_assets.tools.registry import load_registry
    from resources.language_models import LanguageModels

    if not models["default_model"]:
        fail("--model is needed: prices and the tokens of earlier runs are kept by model")
    settings, registry = LanguageModels(storage=str(folder), **models), load_registry()
    table = Table("domain", "stage", "model", "calls", "tokens", "US dollars", "basis", title="Estimate")
    tokens, dollars = 0.0, 0.0
    with Recorder(settings.recorder_path) as recorder:
        for domain in domains:
            pool, seeds = (pl.read_parquet(folder / name / f"{domain}.parquet") for name in ("tool_pool", "seed_pool"))
            found = estimate_run(
                domain,
                tools_in_pool(pool, registry),
                seeds_of(seeds),
                settings.model_settings(seed),
                settings.rewriting_settings,
                settings.rollout_settings,
                settings.price_table,
                recorder,
            )
            for e in found:
                usd = "unknown" if e.usd is None else f"{e.usd:.2f}"
                basis = "paid attempts" if e.measured else "measured prompts, assumed replies"
                table.add_row(domain, e.stage, e.model, f"{e.calls:,.0f}", f"{e.tokens:,.0f}", usd, basis)
                tokens, dollars = tokens + e.tokens, dollars + (e.usd or 0.0)
    console.print(table)
    console.print(f"in all {tokens:,.0f} tokens, {dollars:,.2f} US dollars where prices are known; nothing was asked")


def _print_summary(folder: Path, domains: list[str], models: dict[str, Any]) -> None:
    from dive_assets.language_models.recorder import Recorder
    from resources.language_models import LanguageModels

    made = Table("domain", "attempts", "verified", "rewritten", "solved rollouts", "failed", "rejected by reason")
    for domain in domains:
        frames = {name: _table(folder, name, domain) for name in MODEL_PARTITIONED}
        reasons = pl.concat(
            [
                frames["model_attempts"].filter(pl.col("failure") != "")["failure"],
                frames["model_rejected_tasks"]["reason"].alias("failure"),
                frames["rejected_rewrites"]["failure"],
            ]
        ).value_counts(sort=True)
        made.add_row(
            domain,
            *(str(frames[name].height) for name in MODEL_PARTITIONED[:2]),
            *(str(frames[name].height) for name in ("rewritten_tasks", "model_trajectories", "failed_rollouts")),
            ", ".join(f"{reason} {count}" for reason, count in reasons.iter_rows()) or "none",
        )
    paid = Table("stage", "model", "calls", "tokens", "US dollars", title="What this folder has cost so far")
    with Recorder(LanguageModels(storage=str(folder), **models).recorder_path) as recorder:
        for e in recorder.expenses():
            usd = "unknown" if e.cost_usd is None else f"{e.cost_usd:.4f}"
            paid.add_row(e.stage, e.model, str(e.calls), f"{e.prompt_tokens + e.completion_tokens:,}", usd)
    console.print(made)
    console.print(paid)


def _table(folder: Path, name: str, domain: str) -> pl.DataFrame:
    path = folder / name / f"{domain}.parquet"
    if path.exists():
        return pl.read_parquet(path)
    return pl.DataFrame(schema={"failure": pl.String(), "reason": pl.String()})
