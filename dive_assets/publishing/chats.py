"""The chats of one domain that solve their tasks, found by task."""

from __future__ import annotations

from collections import defaultdict

import polars as pl

from dive_assets.publishing.errors import ReleaseError
from dive_assets.records import Trajectory
from dive_assets.tables import of_domain, trajectories_of


class Chats:
    """Rows of a trajectory table; a chat is parsed when it is asked for."""

    def __init__(self, trajectories: pl.LazyFrame, domain: str) -> None:
        self._frame = of_domain(trajectories.filter(pl.col("failure") == ""), domain)
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, task_id in enumerate(self._frame["task_id"].to_list()):
            self._places[task_id].append(place)

    def of(self, task_id: str) -> list[Trajectory]:
        """All chats that solve a task. Raises ReleaseError if there is none."""
        places = self._places.get(task_id)
        if not places:
            raise ReleaseError(f"task {task_id} has no chat that solves it: materialize trajectories again")
        return list(trajectories_of(self._frame[places]))
