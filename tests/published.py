"""A storage folder as the graph leaves it, with a release and its chats, for the tests of publishing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from dive_assets.publishing.cassette import cassette_entries
from dive_assets.publishing.manifest import Funnel, ReleaseConfig
from dive_assets.publishing.publication import PublicationInputs
from dive_assets.publishing.release import DomainContents, ReleaseContents, build_release
from dive_assets.publishing.splits import general_tools, needed_tools
from dive_assets.records import Task
from dive_assets.tables import task_table, trajectory_table
from dive_assets.trajectories.scripted_teacher import scripted_trajectory
from tests.conftest import DOMAIN, Made

REPOSITORY = "tester/tasks"


@dataclass(frozen=True)
class Storage:
    """Tables and release below a folder."""

    folder: Path
    tasks: tuple[Task, ...]

    @property
    def release(self) -> Path:
        return self.folder / "release"

    def table(self, asset: str) -> Path:
        return self.folder / asset / f"{DOMAIN}.parquet"

    @property
    def held_out(self) -> frozenset[str]:
        """The rarest specific tool that answerable tasks need, as if it had been chosen."""
        uses = [tool for task in self.tasks if task.answerable for tool in needed_tools(task) - general_tools()]
        return frozenset({min(set(uses), key=lambda tool: (uses.count(tool), tool))})

    def inputs(self, repository: str = REPOSITORY) -> PublicationInputs:
        return PublicationInputs(
            trajectories=pl.scan_parquet(self.table("trajectories")),
            rejected=pl.scan_parquet(self.table("rejected_tasks")),
            repository=repository,
            held_out=sorted(self.held_out),
            diversity=pl.read_parquet(self.folder / "diversity_report.parquet").to_dicts(),
        )


def write_storage(folder: Path, made: Made) -> Storage:
    """The tables of a partition and its release."""
    tasks = made.tasks
    frames = {
        "verified_tasks": task_table(tasks),
        "rejected_tasks": made.verdicts.rejected,
        "execution_traces": made.run.table,
        "trajectories": trajectory_table(scripted_trajectory(t, made.traces[t.index], made.pool) for t in tasks),
    }
    storage = Storage(folder, tuple(tasks))
    for asset, frame in frames.items():
        storage.table(asset).parent.mkdir(parents=True)
        frame.write_parquet(storage.table(asset))
    funnel = Funnel(attempted=64, executed=50, derived=40, verified=len(made.answerable))
    part = DomainContents([(tasks, cassette_entries(tasks, made.traces))], made.pool, funnel)
    config = ReleaseConfig(tasks=len(made.answerable), rounds=3, release_seed=0)
    diversity = [{"domain": name, "tools_covered": 40, "topology_classes": 7} for name in (DOMAIN, "all")]
    pl.DataFrame(diversity).write_parquet(folder / "diversity_report.parquet")
    build_release(storage.release, ReleaseContents([(DOMAIN, part)], config, plots={"funnel": b"\x89PNG\0picture"}))
    return storage
