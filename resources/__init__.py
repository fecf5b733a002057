"""Dagster resources: storage, tool runtime, production settings, language models, benchmarks, the Hub, training."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dagster import PipesSubprocessClient

from resources.benchmarks import Benchmarks
from resources.hub import HubRepository
from resources.language_models import MODEL_VARIABLE, URL_VARIABLE, LanguageModels
from resources.parquet_storage import ParquetIOManager
from resources.production import Production
from resources.training import Training

STORAGE_VARIABLE = "DIVE_STORAGE"
TASKS_VARIABLE = "DIVE_TASKS"


def storage_folder() -> Path:
    """Where tables, journals and releases lie: $DIVE_STORAGE, else ./storage (absolute)."""
    return Path(os.environ.get(STORAGE_VARIABLE, "storage")).resolve()


def local_resources() -> dict[str, Any]:
    """Resources of one machine: Parquet files and journals below the storage folder."""
    folder = str(storage_folder())
    tasks = int(os.environ.get(TASKS_VARIABLE, "200"))
    return {
        "io_manager": ParquetIOManager(base_dir=folder),
        "production": Production(storage=folder, tasks=tasks),
        "language_models": LanguageModels(
            storage=folder,
            base_url=os.environ.get(URL_VARIABLE, ""),
            default_model=os.environ.get(MODEL_VARIABLE, ""),
        ),
        "benchmarks": Benchmarks(),
        "hub": HubRepository(),
    }


def with_training(resources: Mapping[str, Any]) -> dict[str, Any]:
    """The resources, and those of training where they are not given: the same storage folder, the laptop's preset."""
    missing = {"training": Training(storage=resources["production"].storage), "pipes": PipesSubprocessClient()}
    return {**missing, **resources}
