"""What publishing costs at scale: seconds and peak memory of checking, building and sending a release.

    python benchmarks/publishing.py --storage storage                  # the release of a run as it is
    python benchmarks/publishing.py --storage storage --tasks 48000    # its rows, repeated under new ids

The set goes to a Hub on loopback in a process of its own (tests/stand_ins/hub_server.py); the client's process is
measured, stage after stage, as the asset published_dataset runs them. Repeated rows would be refused as duplicates, so
that they are only verified; everything else costs what it costs for real rows.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import os
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.table import Table

from dive_assets.production.publication import require_publishable
from dive_assets.publishing.manifest import (
    CASSETTE,
    MANIFEST_FILE,
    TOOLS,
    UNANSWERABLE,
    Manifest,
    config_path,
    file_entries,
    load_manifest,
)
from dive_assets.publishing.parquet import TASK_SCHEMA, TableWriter, read_batches
from dive_assets.publishing.publication import PublicationInputs, build_publication
from dive_assets.publishing.verify import verify_release
from dive_assets.tools.registry import load_registry

os.environ["HF_HUB_DISABLE_XET"] = "1"
REPOSITORY = "tester/tasks"
GOAL_MIB = 1536


def repeated_release(storage: Path, folder: Path, tasks: int) -> int:
    """Write the release of `storage` with its task rows repeated to about `tasks`; returns how often."""
    release, manifest = storage / "release", load_manifest(storage / "release")
    times = math.ceil(tasks / sum(entry.tasks for entry in manifest.domains.values()))
    rows: dict[str, int] = {}
    for config in (*manifest.domains, UNANSWERABLE):
        path = config_path(config)
        with TableWriter(folder / path, TASK_SCHEMA) as writer:
            for copy in range(times):
                for batch in read_batches(release / path, TASK_SCHEMA, path):
                    names = [f"{name}-{copy}" for name in batch["task_id"].to_pylist()]
                    place = batch.column_names.index("task_id")
                    writer.write(batch.set_column(place, "task_id", [names]))
            rows[path] = writer.rows
    for config in (TOOLS, CASSETTE):
        path = config_path(config)
        (folder / path).parent.mkdir(parents=True)
        (folder / path).write_bytes((release / path).read_bytes())
        rows[path] = manifest.files[path].rows or 0
    domains = {
        name: entry.model_copy(update={"tasks": entry.tasks * times, "unanswerable": entry.unanswerable * times})
        for name, entry in manifest.domains.items()
    }
    by_config = {Path(path).parent.name: count for path, count in rows.items()}
    fields = {**dict(manifest), "domains": domains, "rows": by_config, "files": file_entries(folder, rows)}
    (folder / MANIFEST_FILE).write_bytes(Manifest.model_validate(fields).to_json())
    return times


def repeated(frame: pl.LazyFrame, times: int) -> pl.LazyFrame:
    """Rows of trajectories under the ids of the repeated tasks."""
    copies = [frame.with_columns(pl.col("task_id") + f"-{copy}") for copy in range(times)]
    return pl.concat(copies)


def serve(pipe: Connection, root: str) -> None:
    """The Hub's process."""
    from tests.stand_ins.hub_server import HubServer

    with HubServer(Path(root)) as server:
        pipe.send((server.endpoint, server.token))
        pipe.recv()


@contextmanager
def hub_process(root: str) -> Iterator[tuple[str, str]]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs, root))
    process.start()
    yield ours.recv()
    ours.send("stop")
    process.join()


class Stages:
    """Seconds and peak memory so far of one stage after the other."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, float, int]] = []

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        self.rows.append((name, time.perf_counter() - started, peak))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--storage", type=Path, default=Path("storage"), help="folder of a run")
    parser.add_argument("--tasks", type=int, default=0, help="repeat the rows to about so many")
    arguments = parser.parse_args()
    console, stages = Console(), Stages()
    from huggingface_hub import HfApi

    from dive_assets.publishing.hub import Hub

    with tempfile.TemporaryDirectory() as temporary:
        folder, release, times = Path(temporary), arguments.storage / "release", 1
        trajectories = pl.scan_parquet(arguments.storage / "trajectories" / "*.parquet")
        if arguments.tasks:
            release = folder / "release"
            with stages.stage("repeat the rows"):
                times = repeated_release(arguments.storage, release, arguments.tasks)
            trajectories = repeated(trajectories, times)
        rejected = pl.scan_parquet(arguments.storage / "rejected_tasks" / "*.parquet")
        with stages.stage("check"):
            if times > 1:
                report = verify_release(release, load_registry())
                console.print(f"{report.replayed} of {report.tasks} tasks replayed, {len(report.failures)} failures")
            else:
                require_publishable(release, trajectories, rejected, [])
        inputs = PublicationInputs(
            trajectories=trajectories,
            rejected=rejected,
            repository=REPOSITORY,
            diversity=pl.read_parquet(arguments.storage / "diversity_report.parquet").to_dicts(),
        )
        with stages.stage("build"):
            manifest = build_publication(folder / "published", release, inputs)
        with hub_process(str(folder / "hub")) as (endpoint, token):
            hub = Hub(HfApi(endpoint=endpoint, token=token))
            with stages.stage("publish"):
                hub.publish(folder / "published", REPOSITORY, "v1")
            with stages.stage("publish again"):
                assert not hub.publish(folder / "published", REPOSITORY, "v1").made_commit
        size = sum(entry.bytes for entry in manifest.files.values()) / 2**20
    count = sum(entry.tasks for entry in manifest.domains.values())
    table = Table("stage", "seconds", "peak MiB so far", title=f"{count} tasks, {size:.0f} MiB on the Hub")
    for name, seconds, peak in stages.rows:
        table.add_row(name, f"{seconds:.1f}", str(peak))
    console.print(table)
    peak = stages.rows[-1][2]
    console.print(f"peak {peak} MiB: {'within' if peak <= GOAL_MIB else 'ABOVE'} the goal of {GOAL_MIB} MiB")


if __name__ == "__main__":
    main()
