"""The asset checks what it publishes itself, and refuses naming the row; others start from what it published."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import dagster as dg
import orjson
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from dive_assets.commands.app import app
from dive_assets.definitions import definitions_with
from dive_assets.publishing.drift import find_drift
from dive_assets.publishing.manifest import file_hash, load_manifest
from dive_assets.tables import trajectories_of
from dive_assets.tools.runtime import CallError, CallResult, ToolRuntime
from resources import local_resources
from resources.benchmarks import Benchmarks
from resources.hub import HubRepository
from resources.parquet_storage import ParquetIOManager
from resources.production import Production
from tests.conftest import DOMAIN, Made
from tests.published import REPOSITORY, Storage, write_storage
from tests.stand_ins.hub_server import HubServer

TASKS = f"data/{DOMAIN}/train-00000-of-00001.parquet"


@pytest.fixture(scope="module")
def original(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Storage:
    return write_storage(tmp_path_factory.mktemp("storage"), made)


@pytest.fixture
def storage(original: Storage, tmp_path: Path) -> Storage:
    return Storage(shutil.copytree(original.folder, tmp_path / "storage"), original.tasks)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServer]:
    with HubServer() as server:
        monkeypatch.setenv("HF_TOKEN", server.token)
        monkeypatch.setenv("HF_ENDPOINT", server.endpoint)
        yield server


def materialize(
    storage: Storage, *assets: str, hub: Mapping[str, Any] | None = None, benchmarks: Benchmarks | None = None
) -> dg.ExecuteInProcessResult:
    resources = {
        **local_resources(),
        "io_manager": ParquetIOManager(base_dir=str(storage.folder)),
        "production": Production(tasks=60, storage=str(storage.folder), workers=1),
        "hub": HubRepository(**{"repository": REPOSITORY, **(hub or {})}),
        "benchmarks": benchmarks or Benchmarks(bfcl=False),
    }
    job = definitions_with(resources).resolve_implicit_global_asset_job_def()
    with dg.DagsterInstance.ephemeral() as instance:
        return job.execute_in_process(
            asset_selection=[dg.AssetKey(name) for name in assets], instance=instance, raise_on_error=False
        )


def failure_of(result: dg.ExecuteInProcessResult) -> str:
    """The messages of the step that failed, the outermost first."""
    assert not result.success
    (event,) = [event for event in result.all_events if event.is_step_failure]
    error, messages = event.step_failure_data.error, []
    while error is not None:
        messages.append(error.message)
        error = error.cause
    return "\n".join(messages)


def alter(storage: Storage, name: str, change: Any) -> None:
    """Rewrite a table of the release and its hash in the manifest, as a careful forger would."""
    path = storage.release / name
    table = change(pq.read_table(path, partitioning=None))
    pq.write_table(table, path)
    manifest = orjson.loads((storage.release / "manifest.json").read_bytes())
    manifest["files"][name] |= {"sha256": file_hash(path), "bytes": path.stat().st_size, "rows": table.num_rows}
    manifest["rows"][DOMAIN] = table.num_rows
    (storage.release / "manifest.json").write_bytes(orjson.dumps(manifest))


def test_release_is_published_with_metadata_and_once(storage: Storage, server: HubServer) -> None:
    shown = materialize(storage, "published_dataset", hub={"dry_run": True})
    assert shown.success and not server.repositories
    found = []
    for _ in range(2):
        result = materialize(storage, "published_dataset", hub={"tag": "v1"})
        assert result.success
        (event,) = result.get_asset_materialization_events()
        found.append(event.materialization.metadata)
    assert [metadata["made_commit"].value for metadata in found] == [True, False]
    assert found[0]["commit"].value == server.dataset(REPOSITORY).tags["v1"]
    assert server.dataset(REPOSITORY).private and len(server.dataset(REPOSITORY).commits) == 2
    assert server.token not in str(list(result.all_events))


def test_without_repository_or_token_one_sentence_says_what_to_set(
    storage: Storage, server: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "set DIVE_HUB_REPOSITORY" in failure_of(materialize(storage, "published_dataset", hub={"repository": ""}))
    monkeypatch.delenv("HF_TOKEN")
    assert "set HF_TOKEN" in failure_of(materialize(storage, "published_dataset"))


def test_rejected_row_is_refused_by_name(storage: Storage, server: HubServer) -> None:
    rejected = pl.read_parquet(storage.table("rejected_tasks"))
    smuggled = storage.tasks[4].task_id
    row = rejected.head(1).with_columns(pl.lit(smuggled).alias("task_id"))
    pl.concat([rejected, row]).write_parquet(storage.table("rejected_tasks"))
    assert f"rows are rejected, nothing is published: {smuggled}" in failure_of(
        materialize(storage, "published_dataset")
    )
    assert not server.repositories


def test_unverified_row_is_refused_by_name(storage: Storage, server: HubServer) -> None:
    ids = pq.read_table(storage.release / TASKS, partitioning=None)["task_id"].to_pylist()

    def change(table: pa.Table) -> pa.Table:
        answers = table["answer"].to_pylist()
        answers[2] = '"another"' if answers[2].startswith('"') else "987654.25"
        return table.set_column(table.column_names.index("answer"), "answer", pa.array(answers))

    alter(storage, TASKS, change)
    message = failure_of(materialize(storage, "published_dataset"))
    assert "fail verification" in message and ids[2] in message and not server.repositories


def test_row_of_another_program_is_refused_by_name(storage: Storage, server: HubServer) -> None:
    """A sound-looking row whose calls the cassette does not hold."""

    def change(table: pa.Table) -> pa.Table:
        row = table.slice(0, 1).to_pylist()[0]
        program = orjson.loads(row["program"])
        program[0]["arguments"] = {**program[0]["arguments"], "smuggled": 1}
        row = {**row, "task_id": f"{DOMAIN}-0-smuggled", "index": 999_999, "program": orjson.dumps(program).decode()}
        plain = pa.schema([(f.name, pa.string() if f.type == pa.json_() else f.type) for f in table.schema])
        return pa.concat_tables([table, pa.Table.from_pylist([row], schema=plain).cast(table.schema)])

    alter(storage, TASKS, change)
    message = failure_of(materialize(storage, "published_dataset"))
    assert f"{DOMAIN}-0-smuggled" in message and not server.repositories


def test_contaminated_row_is_refused_by_name_and_stops_the_release(
    storage: Storage, server: HubServer, tmp_path: Path
) -> None:
    leaked = next(task for task in storage.tasks if len(task.question.split()) >= 16)
    benchmark = tmp_path / "exam.jsonl"
    benchmark.write_bytes(orjson.dumps({"id": 7, "messages": [{"content": f"Please: {leaked.question.upper()}"}]}))
    message = failure_of(
        materialize(storage, "published_dataset", benchmarks=Benchmarks(files=[str(benchmark)], bfcl=False))
    )
    assert "are contaminated" in message and leaked.task_id in message and "exam.jsonl" in message
    assert not server.repositories
    unreadable = materialize(storage, "published_dataset", benchmarks=Benchmarks(files=["/nowhere.jsonl"], bfcl=False))
    assert "/nowhere.jsonl cannot be read" in failure_of(unreadable)


def test_chat_with_another_answer_is_refused_by_name(storage: Storage, server: HubServer) -> None:
    frame = pl.read_parquet(storage.table("trajectories"))
    chat = next(iter(trajectories_of(frame)))
    wrong = chat.messages[-1]["tool_calls"][0]["function"]["arguments"]
    other = pl.col("messages").str.replace_all(orjson.dumps(wrong).decode()[1:-1], "{}", literal=True)
    first = pl.col("task_id") == chat.task_id
    frame.with_columns(pl.when(first).then(other).otherwise(pl.col("messages"))).write_parquet(
        storage.table("trajectories")
    )
    message = failure_of(materialize(storage, "published_dataset"))
    assert "have a chat that does not answer them" in message and chat.task_id in message


def test_pulled_set_is_the_tables_that_were_published(
    storage: Storage, server: HubServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert materialize(storage, "published_dataset", hub={"tag": "v1"}).success
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "home"))
    elsewhere = tmp_path / "elsewhere"
    arguments = ["pull", REPOSITORY, "--revision", "v1", "--output", str(elsewhere)]
    pulled = CliRunner().invoke(app, arguments)
    assert pulled.exit_code == 0, pulled.output
    copy = Storage(elsewhere, storage.tasks)
    for asset in ("verified_tasks", "rejected_tasks"):
        assert pl.read_parquet(copy.table(asset)).equals(pl.read_parquet(storage.table(asset))), asset
    before = {chat.task_id: chat.messages for chat in trajectories_of(pl.read_parquet(storage.table("trajectories")))}
    after = {chat.task_id: chat.messages for chat in trajectories_of(pl.read_parquet(copy.table("trajectories")))}
    assert after == before
    with dg.DagsterInstance.from_config(str(tmp_path / "home")) as instance:
        event = instance.get_latest_materialization_event(dg.AssetKey("verified_tasks"))
    assert event is not None and event.asset_materialization is not None
    assert event.asset_materialization.metadata["revision"].value == "v1"
    again = CliRunner().invoke(app, arguments)
    assert again.exit_code == 2 and "--overwrite" in again.output
    for changed, words in (("nobody/nothing", "no dataset"), (REPOSITORY, "has no revision")):
        refused = CliRunner().invoke(app, ["pull", changed, "--revision", "v9", "--output", str(tmp_path / "third")])
        assert refused.exit_code == 2 and words in " ".join(refused.output.split())


def test_altered_set_is_not_pulled(storage: Storage, server: HubServer, tmp_path: Path) -> None:
    assert materialize(storage, "published_dataset", hub={"tag": "v1"}).success
    server.put_file(REPOSITORY, "data/rl/train-transport.parquet", b"forged")
    refused = CliRunner().invoke(app, ["pull", REPOSITORY, "--output", str(tmp_path / "elsewhere")])
    assert refused.exit_code == 2 and "does not fit the manifest" in " ".join(refused.output.split())


def test_drift_is_nothing_today_and_names_the_tasks_of_a_tool_that_changed(storage: Storage) -> None:
    called = [call.tool for task in storage.tasks for call in task.program if call.tool in _snapshot(storage)]
    tool = max(set(called), key=lambda name: (called.count(name), name))
    with ToolRuntime(1) as runtime:
        assert not find_drift(storage.release, runtime.call).drifted

        def withdrawn(name: str, arguments: Mapping[str, Any]) -> CallResult:
            if name == tool:
                return CallResult(error=CallError(code="not_found", message="withdrawn"))
            return runtime.call(name, arguments)

        report = find_drift(storage.release, withdrawn)
    using = {task.task_id for task in storage.tasks if any(call.tool == tool for call in task.program)}
    assert {drift.task_id for drift in report.drifted} == using
    assert {(drift.kind, drift.tool) for drift in report.drifted} == {("failure", tool)}


def test_drift_tells_the_answer_that_comes_out_today(storage: Storage) -> None:
    task, call, field = next(
        (task, call, source.pointer.split("/")[1])
        for task in storage.tasks
        for source in task.answer.sources
        for call in task.program
        if call.call_id == source.call_id and call.tool in _snapshot(storage) and task.answer.type == "string"
    )
    with ToolRuntime(1) as runtime:

        def changed(name: str, arguments: Mapping[str, Any]) -> CallResult:
            result = runtime.call(name, arguments)
            if (name, dict(arguments)) != (call.tool, call.arguments):
                return result
            return CallResult(output={**result.output, field: "something else"})

        report = find_drift(storage.release, changed)
    (drift,) = [drift for drift in report.drifted if drift.task_id == task.task_id]
    assert (drift.kind, drift.tool, drift.found) == ("answer", call.tool, '"something else"')
    assert drift.recorded == orjson.dumps(task.answer.value).decode()


def test_drift_asset_writes_its_table(storage: Storage) -> None:
    result = materialize(storage, "release_drift")
    assert result.success
    assert pl.read_parquet(storage.folder / "release_drift.parquet").height == 0
    assert all(check.passed for check in result.get_asset_check_evaluations())


def _snapshot(storage: Storage) -> set[str]:
    manifest = load_manifest(storage.release)
    rows = pl.concat([pl.read_parquet(storage.release / path) for path in manifest.shards("tools")])
    return set(rows.filter(pl.col("determinism") == "snapshot")["name"])
