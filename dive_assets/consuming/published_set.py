"""A published set as tables and records: a release's folder, or a dataset repository of the Hub.

published = open_set("storage/release")                       # or open_set("owner/name", revision="v1.2.0")
published.frame("medical", "train")                           # polars; JSON columns as text
for task in published.tasks("medical"): ...                   # records.Task
published.schemas(task)                                       # what a model is offered with a task
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

import orjson
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from dive_assets.publishing.cassette import Cassette, entry_of
from dive_assets.publishing.errors import ReleaseError
from dive_assets.publishing.manifest import CASSETTE, MANIFEST_FILE, TOOLS, UNANSWERABLE, Manifest, load_manifest
from dive_assets.publishing.parquet import CASSETTE_SCHEMA, TASK_SCHEMA, TOOL_SCHEMA, read_table
from dive_assets.records import Task
from dive_assets.tables import TASK_COLUMNS, ForeignSchema, tasks_of
from dive_assets.trajectories.conversation import SUBMIT_TOOL


class PublishedSet:
    """See the module. Tables are read when they are asked for. Raises ReleaseError, naming the file or field and the
    mend, for a folder that is no release, here and in every method."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest: Manifest = load_manifest(folder)

    @property
    def task_configs(self) -> tuple[str, ...]:
        """The configs that hold tasks, each task in one of them: the domains and `unanswerable`."""
        return (*self.manifest.domains, UNANSWERABLE)

    @cached_property
    def configs(self) -> dict[str, tuple[str, ...]]:
        """The splits of every config, in order of their names."""
        found: dict[str, set[str]] = {}
        for path in self._shards():
            found.setdefault(path.parent.name, set()).add(_split_of(path))
        return {config: tuple(sorted(splits)) for config, splits in sorted(found.items())}

    def frame(self, config: str, split: str | None = None) -> pl.DataFrame:
        """The rows of a config, of all its splits if none is named; JSON columns as text."""
        return pl.concat([_frame(self.folder / path, str(path)) for path in self._files(config, split)])

    def tasks(self, config: str | None = None, split: str | None = None) -> Iterator[Task]:
        """The tasks of a config, or of all, one at a time. Of all configs, those that lack the split have none."""
        if config is not None:
            yield from self._tasks(config, split)
            return
        for name in self.task_configs:
            if split is None or split in self.configs.get(name, ()):
                yield from self._tasks(name, split)

    def task(self, task_id: str) -> Task:
        """The task of that id. Raises ReleaseError if there is none."""
        for task in self.tasks():
            if task.task_id == task_id:
                return task
        raise ReleaseError(f"{self.folder} holds no task {task_id!r}: `dive-assets show` names some")

    @cached_property
    def tools(self) -> dict[str, dict[str, Any]]:
        """The rows of the `tools` config by name, schemas as objects."""
        rows = self._rows(TOOLS, TOOL_SCHEMA)
        parsed = ("input_schema", "output_schema")
        return {row["name"]: {**row, **{column: orjson.loads(row[column]) for column in parsed}} for row in rows}

    def schemas(self, task: Task) -> list[dict[str, Any]]:
        """What a model is offered with a task: the JSON schemas of its toolset, submit_answer last. Raises
        ReleaseError for a tool that the set does not describe."""
        if unknown := [name for name in task.toolset if name not in self.tools]:
            raise ReleaseError(f"task {task.task_id} offers {unknown}, which the config {TOOLS!r} does not describe")
        return [*(_offered(self.tools[name]) for name in task.toolset), SUBMIT_TOOL]

    @cached_property
    def cassette(self) -> Cassette:
        """Every recorded call of the set."""
        rows = self._rows(CASSETTE, CASSETTE_SCHEMA)
        try:
            return Cassette(entry_of(row) for row in rows)
        except ValueError as error:
            raise ReleaseError(f"config {CASSETTE!r}: {error}: download the release again") from error

    def _tasks(self, config: str, split: str | None) -> Iterator[Task]:
        for path in self._files(config, split):
            rows = read_table(self.folder / path, TASK_SCHEMA, str(path))
            try:
                yield from tasks_of(pl.DataFrame(rows, schema=TASK_COLUMNS, orient="row"))
            except (ForeignSchema, ValueError) as error:
                raise ReleaseError(f"{path}: {error}") from error

    def _rows(self, config: str, schema: pa.Schema) -> list[dict[str, Any]]:
        return [row for path in self._files(config) for row in read_table(self.folder / path, schema, str(path))]

    def _shards(self) -> list[PurePosixPath]:
        paths = (PurePosixPath(name) for name in sorted(self.manifest.files))
        return [path for path in paths if path.parts[0] == "data" and path.suffix == ".parquet"]

    def _files(self, config: str, split: str | None = None) -> list[PurePosixPath]:
        if config not in self.configs:
            raise ReleaseError(f"there is no config {config!r}: choose from {', '.join(self.configs)}")
        if split is not None and split not in self.configs[config]:
            raise ReleaseError(
                f"config {config!r} has no split {split!r}: choose from {', '.join(self.configs[config])}"
            )
        in_config = (path for path in self._shards() if path.parent.name == config)
        return [path for path in in_config if split in (None, _split_of(path))]


def open_set(source: str | Path, revision: str | None = None, endpoint: str | None = None) -> PublishedSet:
    """A folder, or `owner/name` of the Hub at a revision (branch, tag or commit), which is downloaded into the Hub's
    cache. The token comes from the environment. Raises ReleaseError if there is no such set or it cannot be read."""
    folder = Path(source)
    if folder.is_dir():
        if revision is not None:
            raise ReleaseError(f"{source} is a folder and has no revision {revision!r}: name a repository, owner/name")
        return PublishedSet(folder)
    text = str(source)
    if text.count("/") != 1 or text.startswith((".", "/", "~")):
        raise ReleaseError(
            f"{folder / MANIFEST_FILE} is missing: name the folder of a release, or a repository of the Hub"
        )
    return PublishedSet(_download(text, revision, endpoint))


def load(
    source: str | Path, revision: str | None = None, config: str | None = None, split: str | None = None
) -> pl.DataFrame:
    """The rows of a config of a published set; without a config, the tasks of all domains. See `open_set`."""
    published = open_set(source, revision)
    if config is not None:
        return published.frame(config, split)
    domains = [name for name in published.manifest.domains if split in (None, *published.configs[name])]
    if not domains:
        raise ReleaseError(f"no domain has a split {split!r}")
    return pl.concat([published.frame(name, split) for name in domains])


def _download(repository: str, revision: str | None, endpoint: str | None) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import (
        HfHubHTTPError,
        LocalEntryNotFoundError,
        RepositoryNotFoundError,
        RevisionNotFoundError,
    )

    try:
        return Path(snapshot_download(repository, repo_type="dataset", revision=revision, endpoint=endpoint))
    except RevisionNotFoundError as error:
        raise ReleaseError(f"{repository} has no revision {revision!r}: name a branch, a tag or a commit") from error
    except RepositoryNotFoundError as error:
        raise ReleaseError(
            f"{repository} is neither a folder nor a dataset of the Hub that may be read: set HF_TOKEN if it is private"
        ) from error
    except (LocalEntryNotFoundError, HfHubHTTPError, OSError) as error:
        raise ReleaseError(f"{repository} cannot be downloaded ({error}): try again, or set HF_ENDPOINT") from error


def _offered(row: Mapping[str, Any]) -> dict[str, Any]:
    function = {"name": row["name"], "description": row["description"], "parameters": row["input_schema"]}
    return {"type": "function", "function": function}


def _split_of(path: PurePosixPath) -> str:
    """'train' of 'data/medical/train-00000-of-00001.parquet'."""
    return path.name.partition("-")[0].removesuffix(".parquet")


def _frame(path: Path, name: str) -> pl.DataFrame:
    again = "download the release again"
    if not path.is_file():
        raise ReleaseError(f"{name} is missing: {again}")
    try:
        with pq.ParquetFile(path) as file:
            table = file.read()
        return pl.DataFrame(table.cast(pa.schema([(field.name, _as_text(field.type)) for field in table.schema])))
    except (pa.ArrowException, OSError) as error:
        raise ReleaseError(f"{name} is no readable Parquet file ({error}): {again}") from error


def _as_text(kind: pa.DataType) -> pa.DataType:
    """The same type with JSON as text, at any depth: polars cannot use Arrow's JSON type."""
    if kind == pa.json_():
        return pa.string()
    if pa.types.is_list(kind):
        return pa.list_(_as_text(kind.value_type))
    if pa.types.is_struct(kind):
        return pa.struct([(field.name, _as_text(field.type)) for field in kind])
    return kind
