"""How a model is trained, editable in the launchpad under `resources: training`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dagster as dg
from pydantic import Field, ValidationError

from dive_assets.training.settings import TrainingSettings, settings_of


class Training(dg.ConfigurableResource):
    """A preset, another base model if wanted, and single settings that differ; for all assets of a training run."""

    preset: str = Field(default="laptop", description="tiny, laptop or gpu-8b.")
    base: str = Field(default="", description="embedded, tiny, a Hub id or a folder; the preset's if empty.")
    seed: int = Field(default=0, ge=0, description="Draws of rows, order, dropout and sampling.")
    changes: dict[str, Any] = Field(
        default={}, description="Settings that differ from the preset, such as {sft: {epochs: 2}}."
    )
    storage: str = Field(description="Folder of tables and checkpoints.")

    @property
    def settings(self) -> TrainingSettings:
        """Raises dagster's Failure that names the setting for a preset or value that cannot be."""
        try:
            return settings_of(self.preset, self.base, self.seed, self.changes)  # type: ignore[arg-type]
        except KeyError as error:
            raise dg.Failure(f"unknown preset {self.preset!r}: choose tiny, laptop or gpu-8b") from error
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise dg.Failure(f"training setting {where}: {first['msg']}") from error

    def folder(self, run: str, stage: str) -> Path:
        """Where a stage of a training run keeps its work."""
        return Path(self.storage) / "training" / run / stage

    @property
    def models_folder(self) -> Path:
        """Base models that were prepared here, shared by all training runs."""
        return Path(self.storage) / "models"
