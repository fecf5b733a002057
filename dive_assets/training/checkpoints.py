"""Checkpoints on disk: the last whole one that a killed training goes on from, and the finished model."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

WHOLE = ("trainer_state.json", "optimizer.pt", "scheduler.pt", "rng_state.pth")  # the first is written last
MODEL = "model"


def last_checkpoint(folder: Path) -> Path | None:
    """The newest checkpoint that was written to its end; None if there is none. Half-written ones are removed."""
    found: list[tuple[int, Path]] = []
    for path in folder.glob("checkpoint-*"):
        if all((path / name).exists() for name in WHOLE):
            found.append((int(path.name.rpartition("-")[2]), path))
        else:
            shutil.rmtree(path)
    return max(found)[1] if found else None


def save_model(trainer: Any, tokenizer: Any, folder: Path) -> Path:
    """The finished model as a folder that transformers loads, adapters merged; it appears at once or not at all."""
    model = trainer.accelerator.unwrap_model(trainer.model)
    if hasattr(model, "merge_and_unload"):
        model = model.merge_and_unload()
    unfinished = folder / f".{MODEL}.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    model.save_pretrained(unfinished)
    tokenizer.save_pretrained(unfinished)
    shutil.rmtree(folder / MODEL, ignore_errors=True)
    unfinished.rename(folder / MODEL)
    return folder / MODEL


def forget_checkpoints(folder: Path) -> None:
    """Remove what was kept to go on from, once the model is finished."""
    for path in folder.glob("checkpoint-*"):
        shutil.rmtree(path)
