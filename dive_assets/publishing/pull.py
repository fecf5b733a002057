"""A published set as the tables of the graph, so that somebody's work can start from somebody else's release."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import polars as pl

from dive_assets.publishing.cassette import Cassette, call_keys
from dive_assets.publishing.errors import ReleaseError
from dive_assets.publishing.manifest import REJECTED, SFT, UNANSWERABLE, Manifest, file_hash, load_manifest
from dive_assets.publishing.parquet import read_batches
from dive_assets.publishing.publication import REJECTED_SCHEMA
from dive_assets.publishing.reading import read_cassette, read_tasks
from dive_assets.publishing.snapshot import snapshot
from dive_assets.publishing.training_rows import SFT_SCHEMA
from dive_assets.records import Evidence, Plan, Task, Trace, Trajectory
from dive_assets.tables import REJECTED_COLUMNS, task_table, trace_row, trace_table, trajectory_table
from dive_assets.tools.canonical import canonical_json
from dive_assets.trajectories.conversation import SUBMIT

if TYPE_CHECKING:
    from huggingface_hub import HfApi


def download(api: HfApi, repository: str, revision: str, folder: Path) -> Manifest:
    """Download a published set at a branch, tag or commit, and check every file against its manifest. Raises
    ReleaseError if there is none, it is none of ours, or a file does not fit."""
    snapshot(repository, revision, api.snapshot_download, local_dir=folder)
    manifest = load_manifest(folder)
    if manifest.publication is None:
        raise ReleaseError(f"{repository} holds a release without chats: publish it with the asset published_dataset")
    for name, entry in manifest.files.items():
        if not (folder / name).is_file() or file_hash(folder / name) != entry.sha256:
            raise ReleaseError(f"{repository}: {name} does not fit the manifest: it was altered after it was published")
    return manifest


def tables_of(folder: Path, manifest: Manifest, domain: str) -> dict[str, pl.DataFrame]:
    """The tables of one domain by asset.

    execution_traces holds the calls that the cassette recorded of each task, and nothing of attempts that failed or
    of their plans. Raises ReleaseError naming a task whose calls are not recorded.
    """
    unanswerable = (task for task in read_tasks(folder, manifest, UNANSWERABLE) if task.domain == domain)
    tasks = sorted(chain(read_tasks(folder, manifest, domain), unanswerable), key=lambda task: task.index)
    cassette = read_cassette(folder, manifest, {key for task in tasks for key in call_keys(task)})
    indices = {task.task_id: task.index for task in tasks}
    return {
        "verified_tasks": task_table(tasks),
        "rejected_tasks": _rejected(folder, manifest, domain),
        "execution_traces": trace_table(trace_row(_trace(task, cassette)) for task in tasks),
        "trajectories": trajectory_table(_trajectories(folder, manifest, domain, indices)),
    }


def _trace(task: Task, cassette: Cassette) -> Trace:
    evidence = []
    for call in task.program:
        result = cassette.call(call.tool, call.arguments)
        if result.error is not None:
            raise ReleaseError(f"task {task.task_id}: {call.call_id} is not in the cassette ({result.error.message})")
        evidence.append(
            Evidence(
                call=call,
                tool_version=task.tool_versions[call.tool],
                output=result.output,
                output_hash=result.output_hash,
                round=1,
            )
        )
    plan = Plan(index=task.index, pattern=task.pattern, path=())
    return Trace(domain=task.domain, plan=plan, evidence=tuple(evidence), seeds=task.seeds, recovery=task.recovery)


def _rejected(folder: Path, manifest: Manifest, domain: str) -> pl.DataFrame:
    rows = [
        row
        for path in manifest.shards(REJECTED)
        for batch in read_batches(folder / path, REJECTED_SCHEMA, path)
        for row in batch.to_pylist()
        if row["domain"] == domain
    ]
    return pl.DataFrame(rows, schema=REJECTED_COLUMNS, orient="row")


def _trajectories(folder: Path, manifest: Manifest, domain: str, indices: dict[str, int]) -> Iterator[Trajectory]:
    found = [path for path in manifest.shards(SFT) if path.endswith(f"-{domain}.parquet")]
    batches = (batch for path in found for batch in read_batches(folder / path, SFT_SCHEMA, path))
    rows = [row for batch in batches for row in batch.to_pylist()]
    for row in sorted(rows, key=lambda row: (indices[row["task_id"]], row["trajectory_id"])):
        offered = [orjson.loads(tool)["function"]["name"] for tool in row["tools"]]
        yield Trajectory(
            trajectory_id=row["trajectory_id"],
            task_id=row["task_id"],
            domain=domain,
            index=indices[row["task_id"]],
            teacher=row["teacher"],
            tools=tuple(name for name in offered if name != SUBMIT),
            messages=tuple(_message(message) for message in row["messages"]),
        )


def _message(row: dict[str, Any]) -> dict[str, Any]:
    """A message as it was sent: absent fields left out, arguments as JSON text."""
    message = {key: value for key, value in row.items() if value is not None}
    if row["tool_calls"]:
        calls = [orjson.loads(call) for call in row["tool_calls"]]
        for call in calls:
            call["function"]["arguments"] = canonical_json(call["function"]["arguments"])
        message["tool_calls"] = calls
    return message


def write_tables(folder: Path, manifest: Manifest, storage: Path) -> Iterator[tuple[str, str, pl.DataFrame]]:
    """Write the tables of all domains below `storage`, one by one; yields asset, domain and table of each."""
    for domain in manifest.domains:
        for asset, frame in tables_of(folder, manifest, domain).items():
            path = storage / asset / f"{domain}.parquet"
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_name(f".{path.name}.unfinished")
            frame.write_parquet(unfinished, compression="zstd", statistics=True)
            unfinished.rename(path)
            yield asset, domain, frame
