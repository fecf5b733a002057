"""What commands that run the graph check and create before, and how they end."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from dive_assets.commands.parallel_runs import Outcome
from dive_assets.commands.terminal import console, fail


def require_at_least(low: int, options: dict[str, int | None]) -> None:
    for name, value in options.items():
        if value is not None and value < low:
            fail(f"{name} must be at least {low}, not {value}")


def chosen_domains(text: str) -> list[str]:
    """The named domains, each once, in the given order; all if none is named."""
    from dive_assets.domains import DOMAIN_KEYS

    chosen = list(dict.fromkeys(d.strip() for d in text.split(",") if d.strip())) or list(DOMAIN_KEYS)
    if unknown := [d for d in chosen if d not in DOMAIN_KEYS]:
        fail(f"unknown domain {unknown[0]!r}: choose from {', '.join(DOMAIN_KEYS)}")
    return chosen


def finish(outcomes: list[Outcome]) -> list[Outcome]:
    """Print warnings; end with the errors of failed runs, if there are any."""
    for outcome in outcomes:
        for text in outcome.warnings:
            console.print(f"[yellow]warning:[/yellow] {outcome.title}: {text}", highlight=False)
    if errors := [f"{outcome.title}: {outcome.error}" for outcome in outcomes if outcome.error]:
        fail("\n".join(errors))
    return outcomes


def create_instance(home: Path) -> None:
    """Create the databases of the Dagster instance before several processes would at once."""
    import dagster as dg

    dg.DagsterInstance.from_config(str(home)).dispose()


def require_writable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        fail(f"--output {folder} cannot be written ({error.strerror}): choose another folder or mend its rights")


def dagster_home() -> Path:
    """$DAGSTER_HOME, else ./.dagster_home, with this project's dagster.yaml in it."""
    home = Path(os.environ.setdefault("DAGSTER_HOME", str(Path(".dagster_home").resolve())))
    home.mkdir(parents=True, exist_ok=True)
    settings = Path("dagster.yaml")
    if settings.exists() and not (home / "dagster.yaml").exists():
        shutil.copy(settings, home / "dagster.yaml")
    return home
