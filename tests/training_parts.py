"""What the tests of training share: a storage folder with tables, and weights of two models compared."""

from __future__ import annotations

from pathlib import Path

from dive_assets.tables import task_table, trajectory_table
from dive_assets.training.base_models import load_model
from dive_assets.trajectories.scripted_teacher import scripted_trajectory
from tests.conftest import DOMAIN, Made


def write_tables(made: Made, folder: Path) -> Path:
    """The tables that training reads, as the graph leaves them in a storage folder."""
    chats = [scripted_trajectory(task, made.traces[task.index], made.pool) for task in made.tasks]
    for name, table in {"verified_tasks": task_table(made.tasks), "trajectories": trajectory_table(chats)}.items():
        (folder / name).mkdir()
        table.write_parquet(folder / name / f"{DOMAIN}.parquet")
    return folder


def same_weights(one: Path, other: Path) -> bool:
    import torch

    first, second = (dict(load_model(folder, "float32", "cpu").state_dict()) for folder in (one, other))
    return first.keys() == second.keys() and all(torch.equal(first[name], second[name]) for name in first)
