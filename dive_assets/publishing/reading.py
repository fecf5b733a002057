"""Tasks and recorded calls out of a release's folder, a row group at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from dive_assets.publishing.cassette import Cassette, CassetteEntry, entry_of
from dive_assets.publishing.errors import ReleaseError
from dive_assets.publishing.manifest import CASSETTE, UNANSWERABLE, Manifest
from dive_assets.publishing.parquet import CASSETTE_SCHEMA, TASK_SCHEMA, read_batches
from dive_assets.records import Task
from dive_assets.tables import TASK_COLUMNS, ForeignSchema, tasks_of


def read_tasks(folder: Path, manifest: Manifest, config: str) -> Iterator[Task]:
    """The tasks of a config, of all its splits. Raises ReleaseError naming the file."""
    for name in manifest.shards(config):
        yield from read_shard(folder, name)


def read_shard(folder: Path, name: str, task_ids: Collection[str] | None = None) -> Iterator[Task]:
    """The tasks of one file of a release, or those of them with one of the ids. Raises ReleaseError naming the file."""
    for batch in read_batches(folder / name, TASK_SCHEMA, name):
        if task_ids is not None:
            batch = batch.filter(pc.is_in(batch["task_id"], value_set=pa.array(sorted(task_ids), pa.string())))
        try:
            yield from tasks_of(pl.DataFrame(batch.to_pylist(), schema=TASK_COLUMNS, orient="row"))
        except (ForeignSchema, ValueError) as error:
            raise ReleaseError(f"{name}: {error}") from error


def read_all_tasks(folder: Path, manifest: Manifest) -> Iterator[Task]:
    """The tasks of all domains and the unanswerable ones, each once."""
    for config in (*manifest.domains, UNANSWERABLE):
        yield from read_tasks(folder, manifest, config)


def read_cassette(folder: Path, manifest: Manifest, keys: Collection[str], others: bool = False) -> Cassette:
    """The recorded calls with these keys (or all others), without holding the rest. Raises ReleaseError naming the
    file."""
    return Cassette(_entries(folder, manifest, pa.array(sorted(keys), pa.string()), others))


def _entries(folder: Path, manifest: Manifest, keys: pa.Array, others: bool) -> Iterator[CassetteEntry]:
    for name in manifest.shards(CASSETTE):
        for batch in read_batches(folder / name, CASSETTE_SCHEMA, name):
            wanted = pc.is_in(batch["key"], value_set=keys)
            try:
                yield from map(entry_of, batch.filter(pc.invert(wanted) if others else wanted).to_pylist())
            except ValueError as error:
                raise ReleaseError(f"{name}: {error}: download the release again") from error
