"""Determinism, growth, crash and resume of a partition, with real tools; several domains at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import orjson
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from dive_assets.commands import run as run_command
from dive_assets.commands.app import app
from dive_assets.production.journal import Journal, PartitionBusy, PartitionLock
from dive_assets.production.tool_pool import pool_table
from dive_assets.production.traces import ProductionSettings, produce_traces
from dive_assets.records import Seed
from dive_assets.tables import TASK_COLUMNS, ForeignSchema, frame_hash, task_table, tasks_of
from dive_assets.tools.registry import load_registry
from dive_assets.tools.runtime import ToolRuntime
from dive_assets.tools.tool import Tool
from tests.conftest import DOMAIN, Made, make

SIDE_BY_SIDE = (DOMAIN, "earth")


def test_tables_round_trip(made: Made) -> None:
    assert list(tasks_of(task_table(made.tasks))) == made.tasks


def test_other_folder_and_worker_count_give_the_same_rows(
    made: Made, pool: dict[str, Tool], seeds: list[Seed], tmp_path: Path
) -> None:
    again = make(pool, seeds, tmp_path, workers=1)
    assert frame_hash(task_table(again.tasks)) == frame_hash(task_table(made.tasks))
    assert frame_hash(again.run.table) == frame_hash(made.run.table)


def test_other_seed_gives_other_questions(made: Made, pool: dict[str, Tool], seeds: list[Seed], tmp_path: Path) -> None:
    other = make(pool, seeds, tmp_path, release_seed=1)
    equal = {t.question for t in made.tasks} & {t.question for t in other.tasks}
    assert len(equal) < 0.05 * len(made.tasks)


def test_growth_keeps_rows_and_executes_nothing_again(
    made: Made, pool: dict[str, Tool], seeds: list[Seed], tmp_path: Path
) -> None:
    small = make(pool, seeds, tmp_path)
    same = make(pool, seeds, tmp_path)
    assert (same.run.counts.executed, same.verdicts.replays_executed) == (0, 0)
    assert same.run.attempts_reused == small.run.attempts
    grown = make(pool, seeds, tmp_path, tasks=100)
    assert grown.tasks[: len(small.tasks)] == small.tasks
    assert grown.run.attempts_reused == small.run.attempts
    assert frame_hash(task_table(small.tasks)) == frame_hash(task_table(made.tasks))


KILLED = """
import os, signal, sys
from pathlib import Path
from dive_assets.production.journal import Journal
from dive_assets.production.seed_pool import read_seed_pool
from dive_assets.production.traces import ProductionSettings, produce_traces
from dive_assets.tools.registry import load_registry
from dive_assets.tools.runtime import ToolRuntime

if __name__ == "__main__":
    put = Journal.put

    def put_and_die(self, key, value):
        put(self, key, value)
        if "attempts" in self.path.name and len(self) == 30:
            with self.path.open("ab") as file:
                file.write(b"0123456789abcdef {torn")
            os.kill(os.getpid(), signal.SIGKILL)

    Journal.put = put_and_die
    registry = load_registry()
    domain = sys.argv[2]
    with ToolRuntime(1) as runtime:
        seeds = read_seed_pool(registry.seed_sources_of(domain).values(), runtime)
        settings = ProductionSettings(tasks=40)
        produce_traces(domain, registry.tools_of(domain), seeds, settings, Path(sys.argv[1]), runtime)
"""


def test_killed_run_goes_on_to_the_same_bytes(
    made: Made, pool: dict[str, Tool], seeds: list[Seed], tmp_path: Path
) -> None:
    script = tmp_path / "killed.py"
    script.write_text(KILLED)
    folder = tmp_path / "journal"
    ended = subprocess.run(
        [sys.executable, str(script), str(folder), DOMAIN], check=False, cwd=Path(__file__).parent.parent,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent), "PYTHONHASHSEED": "7"},
    )  # fmt: skip
    assert ended.returncode == -9
    resumed = make(pool, seeds, folder)
    assert resumed.run.damaged_lines == 1
    assert resumed.run.attempts_reused == 30
    assert frame_hash(task_table(resumed.tasks)) == frame_hash(task_table(made.tasks))


def test_second_run_on_the_partition_is_refused(pool: dict[str, Tool], seeds: list[Seed], tmp_path: Path) -> None:
    with PartitionLock(tmp_path, DOMAIN), pytest.raises(PartitionBusy, match="another run is working"):
        produce_traces(DOMAIN, pool, seeds, ProductionSettings(tasks=1), tmp_path, ToolRuntime(1))


@pytest.mark.parametrize("wrong", [{"tasks": 0}, {"tasks": -5}, {"tasks": 1, "rounds": 0}])
def test_counts_below_one_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="must be at least 1"):
        ProductionSettings(**wrong)


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(
        st.text(min_size=1),
        st.one_of(st.integers(-(2**53), 2**53), st.text(), st.lists(st.floats(allow_nan=False, allow_infinity=False))),
    ),
    st.integers(min_value=1, max_value=60),
)
def test_journal_survives_any_cut(
    tmp_path_factory: pytest.TempPathFactory, entries: dict[str, object], cut: int
) -> None:
    path = tmp_path_factory.mktemp("journal") / "entries.jsonl"
    with Journal(path) as journal:
        for key, value in entries.items():
            journal.put(key, value)
    whole = path.read_bytes()
    path.write_bytes(whole[: max(0, len(whole) - cut)])
    with Journal(path) as journal:
        for key in entries:
            if key in journal:
                assert journal.get(key) == entries[key]
            journal.put(key, entries[key])
    with Journal(path) as journal:
        assert all(journal.get(key) == value for key, value in entries.items())


def test_missing_column_and_foreign_version_are_named(made: Made) -> None:
    frame = task_table(made.tasks)
    with pytest.raises(ForeignSchema, match="answer_type"):
        tasks_of(frame.drop("answer_type"))
    with pytest.raises(ForeignSchema, match="schema version"):
        tasks_of(frame.with_columns(frame["schema_version"] + 1))
    assert set(frame.columns) == set(TASK_COLUMNS)


@pytest.fixture
def pools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A storage folder with the tool pools of two domains, whose tools are not probed again."""
    folder = tmp_path / "storage"
    (folder / "tool_pool").mkdir(parents=True)
    for domain in SIDE_BY_SIDE:
        frame = pool_table(load_registry().tools_of(domain).values())
        frame.write_parquet(folder / "tool_pool" / f"{domain}.parquet")
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(run_command, "PARTITIONED", run_command.PARTITIONED[1:])
    return folder


def run_domains(folder: Path, *options: str) -> tuple[int, str]:
    """Exit code and output of `dive-assets run` on two domains."""
    result = CliRunner().invoke(app, ["run", "--domains", ",".join(SIDE_BY_SIDE), "--output", str(folder), *options])
    return result.exit_code, " ".join(result.output.split())


def test_domains_at_once_write_the_same_bytes_as_one_alone(pools: Path, tmp_path: Path, made: Made) -> None:
    code, output = run_domains(pools, "--tasks", "5", "--parallel", "2")
    assert code == 0, output
    assert f"{DOMAIN}: candidates" in output and "MiB" in output
    assert orjson.loads((pools / "release" / "manifest.json").read_bytes())["config"]["tasks"] == 3
    verified = pools / "verified_tasks" / f"{DOMAIN}.parquet"
    alone = tmp_path / "alone.parquet"
    task_table(made.tasks[: pl.read_parquet(verified).height]).write_parquet(alone, compression="zstd", statistics=True)
    assert verified.read_bytes() == alone.read_bytes()


def test_failing_domain_is_named_and_the_other_is_finished(pools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_command, "PARTITIONED", ("seed_pool",))
    blocker = pools / "seed_pool" / "earth.parquet"
    blocker.mkdir(parents=True)
    code, output = run_domains(pools, "--tasks", "2", "--parallel", "2")
    assert code == 2
    assert "error: earth:" in output and "is in the UI" in output
    assert (pools / "seed_pool" / f"{DOMAIN}.parquet").is_file()


def processes_of(session: int) -> list[str]:
    """Command lines of the living processes of a session."""
    command = ["ps", "-ww", "-eo", "sid,stat,args", "--no-headers"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True)
    rows = [line.split(maxsplit=2) for line in listed.stdout.splitlines()]
    return [args for sid, state, args in rows if int(sid) == session and not state.startswith("Z")]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGKILL, -9)])
def test_ended_run_leaves_no_process(number: signal.Signals, code: int, tmp_path: Path) -> None:
    command = [str(Path(sys.executable).parent / "dive-assets"), "run", "--domains", DOMAIN, "--tasks", "2"]
    with subprocess.Popen(
        [*command, "--output", str(tmp_path / "storage")],
        env={**os.environ, "DAGSTER_HOME": str(tmp_path / "home")}, stdout=subprocess.DEVNULL, start_new_session=True,
    ) as run:  # fmt: skip
        while sum("spawn_main" in process for process in processes_of(run.pid)) < 2:  # the domain's, a tool worker
            assert run.poll() is None
            time.sleep(0.2)
        run.send_signal(number)
        assert run.wait(60) == code
    deadline = time.monotonic() + 30
    while (left := processes_of(run.pid)) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not left
