"""What is published: every task in one split, rows that come back as they were written, the same bytes each time."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import mlcroissant
import orjson
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml
from datasets import Dataset

from dive_assets.publishing.errors import ReleaseError
from dive_assets.publishing.manifest import Manifest, load_manifest
from dive_assets.publishing.parquet import TASK_SCHEMA, read_table, table_of, write_table
from dive_assets.publishing.publication import build_publication
from dive_assets.publishing.publication_card import DIVE
from dive_assets.publishing.splits import UNSEEN, needed_tools
from dive_assets.publishing.training_rows import RL_SCHEMA, OfferedSchemas, rl_row
from dive_assets.publishing.verify import verify_release
from dive_assets.records import Answer
from dive_assets.tables import task_table, tasks_of, trajectories_of
from dive_assets.tools.canonical import canonical_json
from dive_assets.tools.registry import load_registry
from dive_assets.verification.grading import is_correct
from tests.conftest import DOMAIN, Made
from tests.published import REPOSITORY, Storage, write_storage


@pytest.fixture(scope="module")
def storage(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Storage:
    return write_storage(tmp_path_factory.mktemp("storage"), made)


@pytest.fixture(scope="module")
def published(storage: Storage) -> Path:
    build_publication(storage.folder / "published", storage.release, storage.inputs())
    return storage.folder / "published"


@pytest.fixture(scope="module")
def manifest(published: Path) -> Manifest:
    return load_manifest(published)


def rows_by_split(published: Path, manifest: Manifest, config: str) -> dict[str, list[dict[str, Any]]]:
    """Rows as the library `datasets` gives them to a trainer."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for path in manifest.shards(config):
        found[Path(path).name.partition("-")[0]] += Dataset.from_parquet(
            str(published / path), cache_dir=str(published.parent / "cache")
        ).to_list()
    return found


def test_equal_inputs_give_equal_bytes(storage: Storage, published: Path, tmp_path: Path) -> None:
    again = tmp_path / "published"
    build_publication(again, storage.release, storage.inputs())
    files = sorted(path.relative_to(published) for path in published.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    assert all((again / name).read_bytes() == (published / name).read_bytes() for name in files)


def test_every_task_of_the_release_stands_in_one_split(storage: Storage, published: Path, manifest: Manifest) -> None:
    released = load_manifest(storage.release)
    found = [row["task_id"] for c in (DOMAIN, "unanswerable") for path in manifest.shards(c)
             for row in pl.read_parquet(published / path).select("task_id").to_dicts()]  # fmt: skip
    assert sorted(found) == sorted(task.task_id for task in storage.tasks)
    assert manifest.publication is not None and sum(manifest.publication.splits.values()) == len(found)
    assert manifest.rows["sft"] == manifest.rows["rl"] == len(found)
    for config in ("tools", "cassette"):
        for path in released.shards(config):
            assert manifest.files[path] == released.files[path]


def test_task_rows_are_those_of_the_release(storage: Storage, published: Path, manifest: Manifest) -> None:
    def texts(folder: Path, names: list[str]) -> dict[str, Any]:
        return {row["task_id"]: row for name in names for row in read_table(folder / name, TASK_SCHEMA, name)}

    released = load_manifest(storage.release)
    assert texts(published, manifest.shards(DOMAIN)) == texts(storage.release, released.shards(DOMAIN))


def test_held_out_tools_are_neither_called_nor_offered_elsewhere(
    storage: Storage, published: Path, manifest: Manifest
) -> None:
    tasks = {task.task_id: task for task in storage.tasks}
    (tool,) = storage.held_out
    for config in ("rl", "sft"):
        by_split = rows_by_split(published, manifest, config)
        assert by_split[UNSEEN] and by_split["train"]
        for split, rows in by_split.items():
            for row in rows:
                assert (tool in needed_tools(tasks[row["task_id"]])) == (split == UNSEEN)
                if split != UNSEEN:
                    assert tool not in {schema["function"]["name"] for schema in row["tools"]}


def test_chats_and_schemas_come_back_as_they_were(storage: Storage, published: Path, manifest: Manifest) -> None:
    chats = {chat.task_id: chat for chat in trajectories_of(pl.read_parquet(storage.table("trajectories")))}
    tools = load_registry().tools
    rows = [row for rows in rows_by_split(published, manifest, "sft").values() for row in rows]
    assert len(rows) == len(chats)
    for row in rows:
        messages = [{k: v for k, v in message.items() if v is not None} for message in row["messages"]]
        for message in messages:
            for call in message.get("tool_calls", ()):
                call["function"]["arguments"] = canonical_json(call["function"]["arguments"])
        assert messages == list(chats[row["task_id"]].messages)
        for schema in row["tools"][:-1]:
            assert schema["function"]["parameters"] == tools[schema["function"]["name"]].input_schema
        assert row["tools"][-1]["function"]["name"] == "submit_answer"


def test_answers_and_verifiers_grade_as_the_project_does(storage: Storage, published: Path, manifest: Manifest) -> None:
    tasks = {task.task_id: task for task in storage.tasks}
    for rows in rows_by_split(published, manifest, "rl").values():
        for row in rows:
            task = tasks[row["task_id"]]
            assert row["prompt"][-1] == {"role": "user", "content": task.question}
            recomputed = json.dumps(row["tools"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            assert row["toolset_hash"] == hashlib.sha256(recomputed.encode()).hexdigest()
            if not task.answerable:
                assert row["answer"] == "null" and row["verifier"] == {"type": "unanswerable"} and not row["answerable"]
                continue
            assert json.loads(row["answer"]) == task.answer.value
            assert row["verifier"]["type"] == row["answer_type"] == task.answer.type
            if task.answer.type == "number":
                off = (
                    row["verifier"]["absolute"] * 0.9,
                    row["verifier"]["absolute"] * 1.2 + 1e-6 * abs(task.answer.value),
                )
                assert is_correct(task.answer, task.answer.value + off[0])
                assert not is_correct(task.answer, task.answer.value + off[1] + 1e-6)


@pytest.mark.parametrize("value", ["123", "null", "true", "[1]", '{"a": 1}', "1e5", "", '"quoted"'])
def test_answers_that_look_like_json_stay_strings(value: str, made: Made, tmp_path: Path) -> None:
    answer = Answer(type="string", value=value, call_id="c1", pointer="/x")
    task = made.answerable[0].model_copy(update={"answer": answer})
    (row,) = task_table([task]).to_dicts()
    schemas = OfferedSchemas(
        {"name": n, "description": t.description, "input_schema": canonical_json(t.input_schema)}
        for n, t in made.pool.items()
    )
    path = tmp_path / "rl.parquet"
    write_table(path, table_of([rl_row(row, schemas.of(task.toolset), "")], RL_SCHEMA), RL_SCHEMA)
    (back,) = Dataset.from_parquet(str(path), cache_dir=str(tmp_path / "cache")).to_list()
    assert json.loads(back["answer"]) == value and isinstance(back["answer"], str)


def test_tables_have_page_indices_and_the_json_type(published: Path, manifest: Manifest) -> None:
    for name in manifest.files:
        if name.endswith(".parquet"):
            metadata = pq.ParquetFile(published / name).metadata
            if metadata.num_rows:
                column = metadata.row_group(0).column(0)
                assert column.has_offset_index and column.has_column_index, name
    rl = pq.ParquetFile(published / manifest.shards("rl")[0]).schema_arrow
    assert rl.field("verifier").type == pa.json_() and rl.field("tools").type.value_type == pa.json_()
    assert rl.field("answer").type == pa.string()


def test_published_set_verifies_and_names_what_was_altered(published: Path, tmp_path: Path) -> None:
    report = verify_release(published, load_registry())
    assert report.passed and report.replayed == report.tasks


def test_rejected_tasks_are_published_with_their_reasons(made: Made, published: Path, manifest: Manifest) -> None:
    (path,) = manifest.shards("rejected")
    rows = pl.read_parquet(published / path)
    assert Counter(rows["reason"]) == Counter(made.verdicts.rejected["reason"])


def test_card_lists_every_config_and_names_every_source(storage: Storage, published: Path, manifest: Manifest) -> None:
    card = (published / "README.md").read_text()
    header = yaml.safe_load(card.split("---")[1])
    for config in header["configs"]:
        for files in config["data_files"]:
            for pattern in files["path"]:
                assert sum(pq.read_metadata(path).num_rows for path in published.glob(pattern)), (config, pattern)
    assert header["configs"][0]["config_name"] == "all" and header["configs"][0]["default"]
    used = {source.package for task in storage.tasks for call in task.program
            for source in load_registry().tools[call.tool].sources if source.package}  # fmt: skip
    assert all(package in card for package in used)
    assert all(seed.source in card for task in storage.tasks for seed in task.seeds)
    assert DIVE["topology_classes"] in card and "## Limits" in card
    assert "## Judges" not in card and "## Cost" not in card
    assert "plots/funnel.png" in card


def test_card_tells_of_judges_and_cost_if_models_took_part(storage: Storage, tmp_path: Path) -> None:
    inputs = replace(storage.inputs(), judges={"a judge": {"false_positives": 0.02}}, cost={"US dollars": 12.5})
    build_publication(tmp_path / "published", storage.release, inputs)
    card = (tmp_path / "published" / "README.md").read_text()
    assert "| a judge | false_positives 0.02 |" in card and "| US dollars | 12.5 |" in card


def test_croissant_validates_and_its_records_load(published: Path, manifest: Manifest) -> None:
    path = published / "croissant.json"
    found = mlcroissant.Dataset(str(path))
    assert not found.metadata.ctx.issues.errors
    assert {record_set.id for record_set in found.metadata.record_sets} == set(manifest.rows)


def test_task_without_a_chat_is_named_and_the_old_set_stays(storage: Storage, tmp_path: Path) -> None:
    folder = tmp_path / "published"
    build_publication(folder, storage.release, storage.inputs())
    before = (folder / "manifest.json").read_bytes()
    lost = storage.tasks[0].task_id
    without = pl.scan_parquet(storage.table("trajectories")).filter(pl.col("task_id") != lost)
    with pytest.raises(ReleaseError, match=lost):
        build_publication(folder, storage.release, replace(storage.inputs(), trajectories=without))
    assert (folder / "manifest.json").read_bytes() == before


def test_release_without_unanswerable_tasks_is_published(made: Made, tmp_path: Path) -> None:
    only = replace(made, verdicts=replace(made.verdicts, verified=task_table(made.answerable)))
    storage = write_storage(tmp_path, only)
    manifest = build_publication(tmp_path / "published", storage.release, storage.inputs())
    assert manifest.rows["unanswerable"] == 0 and manifest.rows["sft"] == len(made.answerable)
    assert verify_release(tmp_path / "published", load_registry()).passed


def test_manifest_tells_environment_splits_and_release(storage: Storage, manifest: Manifest) -> None:
    publication = manifest.publication
    assert publication is not None and publication.repository == REPOSITORY
    assert publication.release == load_manifest(storage.release).content_hash()
    assert set(publication.held_out_tools) == storage.held_out
    assert len(manifest.environment.lock_hash) == 64
    assert orjson.loads(manifest.to_json())["publication"]["splits"] == publication.splits
    assert list(tasks_of(pl.read_parquet(storage.table("verified_tasks"))))
