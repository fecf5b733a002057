"""The folder of the Dagster instance that commands run in."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def dagster_home() -> Path:
    """$DAGSTER_HOME, else ./.dagster_home, with this project's dagster.yaml in it."""
    home = Path(os.environ.setdefault("DAGSTER_HOME", str(Path(".dagster_home").resolve())))
    home.mkdir(parents=True, exist_ok=True)
    settings = Path("dagster.yaml")
    if settings.exists() and not (home / "dagster.yaml").exists():
        shutil.copy(settings, home / "dagster.yaml")
    return home
