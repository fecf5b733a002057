"""Builds a published set: what a Hub repository holds, out of a release and its chats.

    data/<domain>/<split>-*.parquet        task rows as they are in the release, by split (config `all`: every domain)
    data/unanswerable/<split>-*.parquet    tasks whose toolset lacks a needed tool
    data/sft/<split>-<domain>.parquet      chats with tool calls
    data/rl/<split>-<domain>.parquet       prompts with answer and verifier
    data/tools, cassette, rejected         schemas and licences, recorded calls, what verification refused and why
    manifest.json README.md croissant.json plots/

One domain is in memory at a time. Equal inputs give equal bytes.
"""

from __future__ import annotations

import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from dive_assets.publishing.chats import Chats
from dive_assets.publishing.croissant import CROISSANT_FILE, croissant_json
from dive_assets.publishing.folders import replacing
from dive_assets.publishing.manifest import (
    CASSETTE,
    MANIFEST_FILE,
    REJECTED,
    RL,
    SFT,
    TOOLS,
    UNANSWERABLE,
    BenchmarkOverlap,
    Manifest,
    Publication,
    config_path,
    file_entries,
    load_manifest,
)
from dive_assets.publishing.parquet import TASK_SCHEMA, TOOL_SCHEMA, TableWriter, read_batches, read_table, table_of
from dive_assets.publishing.publication_card import render_publication_card
from dive_assets.publishing.reading import read_all_tasks
from dive_assets.publishing.splits import SPLITS, UNSEEN, Split, draw_splits
from dive_assets.publishing.training_rows import RL_SCHEMA, SFT_SCHEMA, OfferedSchemas, rl_row, sft_row
from dive_assets.records import Task
from dive_assets.tables import REJECTED_COLUMNS, of_domain, require_columns

BATCH = 200  # rows that are made at once
REJECTED_SCHEMA = pa.schema(
    [
        (name, pa.json_() if name == "task" else pa.int64() if name == "index" else pa.string())
        for name in REJECTED_COLUMNS
    ]
)


@dataclass(frozen=True)
class PublicationInputs:
    """What goes into a published set beside the release's folder.

    trajectories  rows of all domains (tables.TRAJECTORY_COLUMNS); each task of the release needs one that solves it.
    rejected      rows of all domains (tables.REJECTED_COLUMNS).
    repository    name on the Hub that the card's examples load; "owner/name" if it is not known yet.
    held_out      tools of test_unseen_tools; None chooses them (give those of an earlier release to a grown one).
    diversity     one row of metrics a domain and one of "all", for the card.
    benchmarks    what decontamination found, for the card.
    judges, cost  figures for the card if models took part.
    """

    trajectories: pl.LazyFrame
    rejected: pl.LazyFrame
    repository: str = "owner/name"
    held_out: Sequence[str] | None = None
    diversity: Sequence[Mapping[str, Any]] = ()
    benchmarks: Sequence[BenchmarkOverlap] = ()
    judges: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    cost: Mapping[str, Any] = field(default_factory=dict)


def build_publication(
    folder: Path,
    release: Path,
    inputs: PublicationInputs,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Manifest:
    """Write the published set to `folder` and return its manifest. `progress` is told tasks done and in all.

    Raises ReleaseError, naming the task or file, if the release cannot be read or a task has no chat; an older
    published set then stays as it was.
    """
    with replacing(folder) as unfinished:
        return _Builder(unfinished, release, inputs, progress).build()


class _Builder:
    def __init__(
        self, folder: Path, release: Path, inputs: PublicationInputs, progress: Callable[[int, int], None]
    ) -> None:
        self.folder, self.release, self.inputs, self.progress = folder, release, inputs, progress
        self.manifest = load_manifest(release)
        self.rows: Counter[str] = Counter()
        self.seed_sources: Counter[tuple[str, str]] = Counter()
        self.done = 0
        self._open: dict[str, dict[str, TableWriter]] = defaultdict(dict)
        path = config_path(TOOLS)
        self.schemas = OfferedSchemas(read_table(release / path, TOOL_SCHEMA, path))

    def build(self) -> Manifest:
        self.splits, self.held_out = draw_splits(self._tasks(), self.inputs.held_out)
        with ExitStack() as stack:
            unanswerable = self._writers(stack, UNANSWERABLE, TASK_SCHEMA, lambda s: config_path(UNANSWERABLE, s))
            for domain in self.manifest.domains:
                self._write_domain(domain, unanswerable)
        self._drop_empty(UNANSWERABLE)
        self._copy()
        self._write_rejected()
        return self._describe()

    def _tasks(self) -> Iterator[Task]:
        """The tasks of the release; where their seeds come from is counted on the way."""
        for task in read_all_tasks(self.release, self.manifest):
            self.seed_sources.update({(seed.source, seed.licence) for seed in task.seeds})
            yield task

    def _write_domain(self, domain: str, unanswerable: Mapping[Split, TableWriter]) -> None:
        chats = Chats(self.inputs.trajectories, domain)
        with ExitStack() as stack:
            own = self._writers(stack, domain, TASK_SCHEMA, lambda split: config_path(domain, split))
            sft = self._writers(stack, SFT, SFT_SCHEMA, lambda split: f"data/{SFT}/{split}-{domain}.parquet")
            rl = self._writers(stack, RL, RL_SCHEMA, lambda split: f"data/{RL}/{split}-{domain}.parquet")
            for table, writers in self._tables(domain, own, unanswerable):
                splits = [self.splits[task_id] for task_id in table["task_id"].to_pylist()]
                for split in SPLITS:
                    part = table.filter(pa.array([found == split for found in splits], pa.bool_()))
                    writers[split].write(part)
                    for start in range(0, part.num_rows, BATCH):
                        tasks = part.slice(start, BATCH).to_pylist()
                        rl[split].write(table_of(self._rl_rows(tasks, split), RL_SCHEMA))
                        sft[split].write(table_of(self._sft_rows(tasks, split, chats), SFT_SCHEMA))
                        self.done += len(tasks)
                        self.progress(self.done, len(self.splits))
        for config in (domain, SFT, RL):
            self._drop_empty(config)

    def _rl_rows(self, tasks: Sequence[Mapping[str, Any]], split: Split) -> Iterator[dict[str, Any]]:
        for task in tasks:
            offered = self._offered(task, split)
            yield rl_row(task, self.schemas.of(offered), self.schemas.hash(offered))

    def _sft_rows(self, tasks: Sequence[Mapping[str, Any]], split: Split, chats: Chats) -> Iterator[dict[str, Any]]:
        for task in tasks:
            tools = self.schemas.of(self._offered(task, split))
            yield from (sft_row(chat, tools) for chat in chats.of(task["task_id"]))

    def _tables(
        self, domain: str, own: Mapping[Split, TableWriter], unanswerable: Mapping[Split, TableWriter]
    ) -> Iterator[tuple[pa.Table, Mapping[Split, TableWriter]]]:
        """The domain's task tables, a row group at a time, with the writers that they go to."""
        for path in self.manifest.shards(domain):
            for table in read_batches(self.release / path, TASK_SCHEMA, path):
                yield table, own
        for path in self.manifest.shards(UNANSWERABLE):
            for table in read_batches(self.release / path, TASK_SCHEMA, path):
                yield table.filter(pc.equal(table["domain"], domain)), unanswerable

    def _offered(self, task: Mapping[str, Any], split: Split) -> list[str]:
        """As splits.offered_tools, of a row."""
        return [name for name in task["toolset"] if split == UNSEEN or name not in self.held_out]

    def _writers(
        self, stack: ExitStack, config: str, schema: pa.Schema, path_of: Callable[[Split], str]
    ) -> dict[Split, TableWriter]:
        """A table a split; those that stay empty are dropped by `_drop_empty`."""
        writers = {}
        for split in SPLITS:
            path = path_of(split)
            writers[split] = stack.enter_context(TableWriter(self.folder / path, schema))
            self._open[config][path] = writers[split]
        return writers

    def _drop_empty(self, config: str) -> None:
        for path, writer in self._open.pop(config).items():
            if writer.rows:
                self.rows[path] = writer.rows
            else:
                (self.folder / path).unlink()
        if config == UNANSWERABLE and not any(path.startswith(f"data/{config}/") for path in self.rows):
            path = config_path(config)
            with TableWriter(self.folder / path, TASK_SCHEMA):
                self.rows[path] = 0

    def _copy(self) -> None:
        """What does not depend on splits stays as it is in the release, byte for byte."""
        for config in (TOOLS, CASSETTE):
            for path in self.manifest.shards(config):
                (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(self.release / path, self.folder / path)
                self.rows[path] = self.manifest.files[path].rows or 0
        plots = [name for name in self.manifest.files if name.startswith("plots/")]
        for name in plots:
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.release / name, self.folder / name)

    def _write_rejected(self) -> None:
        path = config_path(REJECTED)
        with TableWriter(self.folder / path, REJECTED_SCHEMA) as writer:
            for domain in self.manifest.domains:
                frame = of_domain(self.inputs.rejected, domain)
                require_columns(frame, REJECTED_COLUMNS, "the table of rejected tasks")
                for part in frame.select(list(REJECTED_COLUMNS)).iter_slices(BATCH):
                    writer.write(table_of(part.to_dicts(), REJECTED_SCHEMA))
        self.rows[path] = writer.rows

    def _describe(self) -> Manifest:
        """Card, Croissant and manifest, which speak of the tables."""
        given = self.inputs
        publication = Publication(
            release=self.manifest.content_hash(),
            repository=given.repository,
            splits={split: count for split in SPLITS if (count := Counter(self.splits.values())[split])},
            held_out_tools=tuple(sorted(self.held_out)),
            benchmarks=tuple(given.benchmarks),
            judges={name: dict(figures) for name, figures in given.judges.items()},
            cost=dict(given.cost),
        )
        rows: Counter[str] = Counter()
        for path, count in self.rows.items():
            rows[Path(path).parent.name] += count
        described = self.manifest.model_copy(
            update={
                "rows": dict(sorted(rows.items())),
                "publication": publication,
                "files": file_entries(self.folder, self.rows),
            }
        )
        examples = _examples(self.release, self.manifest)
        card = render_publication_card(described, examples, given.repository, given.diversity, self.seed_sources)
        (self.folder / "README.md").write_text(card, encoding="utf-8")
        (self.folder / CROISSANT_FILE).write_bytes(croissant_json(described, given.repository))
        fields = {**dict(described), "files": file_entries(self.folder, self.rows)}
        manifest = Manifest.model_validate(fields)
        (self.folder / MANIFEST_FILE).write_bytes(manifest.to_json())
        return manifest


def _examples(release: Path, manifest: Manifest) -> list[dict[str, Any]]:
    """The first row of each of three domains."""
    rows = []
    for domain in list(manifest.domains)[:3]:
        for path in manifest.shards(domain):
            rows += [next(read_batches(release / path, TASK_SCHEMA, path)).slice(0, 1).to_pylist()[0]]
    return rows
