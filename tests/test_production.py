"""Determinism, growth, crash and resume of a partition, with real tools."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dive_assets.production.journal import Journal, PartitionBusy, PartitionLock
from dive_assets.production.traces import ProductionSettings, produce_traces
from dive_assets.records import Seed
from dive_assets.tables import TASK_COLUMNS, ForeignSchema, frame_hash, task_table, tasks_of, trace_table
from dive_assets.tools.runtime import ToolRuntime
from dive_assets.tools.tool import Tool
from tests.conftest import DOMAIN, Made, make


def test_tables_round_trip(made: Made) -> None:
    assert list(tasks_of(task_table(made.tasks))) == made.tasks


def test_other_folder_and_worker_count_give_the_same_rows(
    made: Made, pool: dict[str, Tool], seeds: list[Seed], tmp_path: Path
) -> None:
    again = make(pool, seeds, tmp_path, workers=1)
    assert frame_hash(task_table(again.tasks)) == frame_hash(task_table(made.tasks))
    assert frame_hash(trace_table(again.run.rows)) == frame_hash(trace_table(made.run.rows))


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
    assert same.run.attempts_reused == len(small.run.rows)
    grown = make(pool, seeds, tmp_path, tasks=100)
    assert grown.tasks[: len(small.tasks)] == small.tasks
    assert grown.run.attempts_reused == len(small.run.rows)
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
