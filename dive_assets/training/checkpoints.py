"""Checkpoints on disk: the last whole one that a killed training goes on from, and the finished model."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import orjson

STATE = "trainer_state.json"  # transformers writes it last
MODEL = "model"


def last_checkpoint(folder: Path) -> Path | None:
    """The newest checkpoint that was written to its end; None if there is none. Half-written ones are removed."""
    found: list[tuple[int, Path]] = []
    for path in folder.glob("checkpoint-*"):
        if _is_json(path / STATE):
            found.append((int(path.name.rpartition("-")[2]), path))
        elif is_main_process():
            shutil.rmtree(path)
    return max(found)[1] if found else None


def is_main_process() -> bool:
    """Whether this process writes what all have trained: it is the only one, or the first that accelerate started."""
    return os.environ.get("RANK", "0") == "0"


def _is_json(path: Path) -> bool:
    try:
        orjson.loads(path.read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return False
    return True


def save_model(trainer: Any, tokenizer: Any, folder: Path) -> Path:
    """The finished model as a folder that transformers loads, adapters merged; it appears at once or not at all."""
    unfinished = folder / f".{MODEL}.unfinished"
    model = trainer.accelerator.unwrap_model(trainer.model)
    if not hasattr(model, "merge_and_unload"):
        trainer.save_model(str(unfinished))  # by all processes: it gathers shards
    elif is_main_process():
        stored = next(model.parameters()).dtype
        model.float().merge_and_unload().to(stored).save_pretrained(unfinished)
    if is_main_process():
        tokenizer.save_pretrained(unfinished)
        shutil.rmtree(folder / MODEL, ignore_errors=True)
        unfinished.rename(folder / MODEL)
    trainer.accelerator.wait_for_everyone()
    return folder / MODEL


def forget_checkpoints(folder: Path) -> None:
    """Remove what was kept to go on from, once the model is finished."""
    for path in folder.glob("checkpoint-*") if is_main_process() else ():
        shutil.rmtree(path)
