"""A release is reproducible, verifiable, and names whatever was altered in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml
from typer.testing import CliRunner

from dive_assets.commands.app import app
from dive_assets.publishing.cassette import cassette_entries
from dive_assets.publishing.errors import ReleaseError
from dive_assets.publishing.manifest import Funnel, ReleaseConfig
from dive_assets.publishing.release import DomainContents, ReleaseContents, build_release
from dive_assets.publishing.verify import ReleaseReport, verify_release
from dive_assets.records import Task
from dive_assets.tools.registry import load_registry
from dive_assets.tools.runtime import ToolRuntime
from dive_assets.tools.tool import Tool
from tests.conftest import DOMAIN, Made

TASKS, CASSETTE = f"data/{DOMAIN}/train-00000-of-00001.parquet", "data/cassette/train-00000-of-00001.parquet"


def contents_of(made: Made, pool: dict[str, Tool], tasks: list[Task]) -> ReleaseContents:
    funnel = Funnel(attempted=64, executed=50, derived=40, verified=len(tasks))
    part = DomainContents([(tasks, cassette_entries(tasks, made.traces))], pool, funnel)
    return ReleaseContents([(DOMAIN, part)], ReleaseConfig(tasks=len(tasks), rounds=3, release_seed=0))


@pytest.fixture(scope="module")
def release(made: Made, pool: dict[str, Tool], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release") / "release"
    build_release(folder, contents_of(made, pool, made.tasks))
    return folder


def verified(folder: Path) -> ReleaseReport:
    return verify_release(folder, load_registry())


def alter(folder: Path, name: str, row: int, column: str, change: Callable[[Any], Any]) -> None:
    """Rewrite one cell of a table of the release."""
    table = pq.read_table(folder / name, partitioning=None)
    cells = table.column(column).cast(pa.string()).to_pylist()
    cells[row] = change(cells[row])
    place = table.column_names.index(column)
    field = table.schema.field(column)
    pq.write_table(table.set_column(place, field, pa.array(cells, pa.string()).cast(field.type)), folder / name)


@pytest.fixture
def copy(release: Path, tmp_path: Path) -> Path:
    return shutil.copytree(release, tmp_path / "release")


def test_equal_contents_give_equal_bytes(release: Path, made: Made, pool: dict[str, Tool], tmp_path: Path) -> None:
    again = tmp_path / "release"
    build_release(again, contents_of(made, pool, made.tasks))
    files = sorted(p.relative_to(release) for p in release.rglob("*") if p.is_file())
    assert all((again / f).read_bytes() == (release / f).read_bytes() for f in files)


def test_verifies_from_cassette_and_live(release: Path, made: Made) -> None:
    report = verified(release)
    assert report.passed and report.replayed == report.tasks == len(made.tasks)
    with ToolRuntime(1) as runtime:
        assert verify_release(release, load_registry(), runtime.call).passed


def test_altered_answer_is_named(copy: Path, made: Made) -> None:
    alter(copy, TASKS, 3, "answer", lambda text: '"another"' if text.startswith('"') else "987654.25")
    report = verified(copy)
    named = {subject for subject, _, _ in report.failures}
    assert {made.answerable[3].task_id, TASKS} <= named


def test_altered_argument_is_named(copy: Path, made: Made) -> None:
    def change(text: str) -> str:
        program = orjson.loads(text)
        stated = program[0]["literals"][0]
        program[0]["arguments"][stated["argument"].split("/")[1]] = "Atlantis"
        return orjson.dumps(program).decode()

    alter(copy, TASKS, 5, "program", change)
    assert made.answerable[5].task_id in {subject for subject, _, _ in verified(copy).failures}


def test_altered_cassette_output_names_the_tasks_that_use_it(copy: Path, made: Made) -> None:
    entry = cassette_entries(made.answerable[:1], made.traces)[0]
    row = pl.read_parquet(copy / CASSETTE, columns=["key"])["key"].to_list().index(entry.key)
    alter(copy, CASSETTE, row, "output", lambda text: text.replace("{", '{"extra":1,', 1))
    assert made.answerable[0].task_id in {subject for subject, _, _ in verified(copy).failures}


def test_missing_column_foreign_manifest_and_missing_file_are_named(copy: Path) -> None:
    table = pq.read_table(copy / TASKS, partitioning=None)
    pq.write_table(table.drop_columns(["toolset"]), copy / TASKS)
    with pytest.raises(ReleaseError, match="toolset"):
        verified(copy)
    manifest = orjson.loads((copy / "manifest.json").read_bytes())
    (copy / "manifest.json").write_bytes(orjson.dumps({**manifest, "schema_version": 99}))
    with pytest.raises(ReleaseError, match="schema_version is 99"):
        verified(copy)
    (copy / "manifest.json").unlink()
    with pytest.raises(ReleaseError, match=r"manifest\.json is missing"):
        verified(copy)


def test_unsound_task_is_refused_and_the_old_release_stays(copy: Path, made: Made, pool: dict[str, Tool]) -> None:
    before = (copy / "manifest.json").read_bytes()
    bad = made.tasks[0].model_copy(update={"question": "What is {slot}?"})
    with pytest.raises(ReleaseError, match=bad.task_id):
        build_release(copy, contents_of(made, pool, [bad, *made.tasks[1:]]))
    assert (copy / "manifest.json").read_bytes() == before


def test_card_lists_every_config_and_its_files_load(release: Path) -> None:
    card = (release / "README.md").read_text()
    header = yaml.safe_load(card.split("---")[1])
    for config in header["configs"]:
        (path,) = [entry["path"] for entry in config["data_files"]]
        assert sum(pq.read_table(f, partitioning=None).num_rows for f in release.glob(path)) > 0
    assert "## Sources and licences" in card and "airportsdata" in card


def test_command_line_verifies_shows_and_counts(release: Path, copy: Path, made: Made) -> None:
    runner = CliRunner()
    assert runner.invoke(app, ["verify", str(release)]).exit_code == 0
    shown = runner.invoke(app, ["show", made.tasks[0].task_id, "--release", str(release)])
    assert shown.exit_code == 0 and made.tasks[0].program[0].tool in shown.output
    counted = runner.invoke(app, ["stats", "--release", str(release)])
    assert counted.exit_code == 0 and "unique_call_graphs" in counted.output and "near_duplicates" in counted.output
    alter(copy, TASKS, 0, "answer", lambda _: '"changed"')
    failed = runner.invoke(app, ["verify", str(copy)])
    assert failed.exit_code == 1 and made.answerable[0].task_id in failed.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run", "--tasks", "0"], "--tasks must be at least 1"),
        (["run", "--parallel", "0"], "--parallel must be at least 1"),
        (["run", "--tasks", "9", "--tasks-per-domain", "3"], "exclude each other"),
        (["run", "--tasks", "6"], "less than one for each of 7 domains"),
        (["run", "--domains", "astrology"], "unknown domain"),
        (["run", "--output", "/proc/nothing"], "cannot be written"),
        (["tools", "call", "nothing", "{}"], "there is no tool"),
        (["verify", "/nowhere"], "is missing"),
    ],
)
def test_bad_input_gets_one_clear_line(arguments: list[str], words: str) -> None:
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 2
    assert words in " ".join(result.output.split())
