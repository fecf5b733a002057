"""The asset graph: real headless runs of the code location."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import polars as pl
import pytest

from dive_assets.definitions import definitions_with
from resources import local_resources
from resources.parquet_storage import ParquetIOManager
from resources.production import Production
from tests.conftest import DOMAIN, PARTITION_SEED, PARTITION_TASKS

ASSETS = {
    "tool_pool", "seed_pool", "exemplar_pool", "execution_traces", "derived_tasks", "verified_tasks",
    "rejected_tasks", "trajectories", "diversity_report", "diversity_plots", "dataset_release", "published_dataset",
    "release_drift",
}  # fmt: skip
GATHERED = {"diversity_report", "diversity_plots", "dataset_release", "published_dataset", "release_drift"}
MODEL_ASSETS = {
    "model_attempts", "model_verified_tasks", "model_rejected_tasks", "rewritten_tasks", "rejected_rewrites",
    "model_trajectories", "failed_rollouts", "pass_rates", "judge_calibration", "model_release",
}  # fmt: skip


TRAINING = {
    "sft_rows", "sft_checkpoint", "sft_rollouts", "sampled_trajectories", "frontier_tasks", "rl_checkpoint",
    "evaluation", "scaling_study",
}  # fmt: skip


def test_graph_has_the_stages_and_blocking_partitioned_checks() -> None:
    graph = definitions_with(local_resources()).resolve_asset_graph()
    assert {key.to_user_string() for key in graph.get_all_asset_keys()} == ASSETS | MODEL_ASSETS | TRAINING
    checked = {key.asset_key.to_user_string() for key in graph.asset_check_keys}
    assert ASSETS - {"rejected_tasks", "diversity_plots", "published_dataset"} <= checked


def run_partition(folder: Path, tasks: int, **settings: int) -> dg.ExecuteInProcessResult:
    resources = {
        **local_resources(),
        "io_manager": ParquetIOManager(base_dir=str(folder)),
        "production": Production(tasks=tasks, storage=str(folder), **settings),
    }
    job = definitions_with(resources).resolve_implicit_global_asset_job_def()
    keys = [dg.AssetKey(name) for name in sorted(ASSETS - GATHERED)]
    with dg.DagsterInstance.ephemeral() as instance:
        return job.execute_in_process(
            asset_selection=keys, partition_key=DOMAIN, instance=instance, raise_on_error=False
        )


@pytest.fixture(scope="module")
def materialized(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("storage")
    result = run_partition(folder, PARTITION_TASKS, release_seed=PARTITION_SEED, workers=1)
    assert result.success
    metadata = {
        event.asset_key.to_user_string(): event.materialization.metadata
        for event in result.get_asset_materialization_events()
        if event.asset_key is not None
    }
    assert metadata["verified_tasks"]["verified"].value == PARTITION_TASKS
    assert "data:image/png;base64," in str(metadata["verified_tasks"]["funnel"].value)
    assert all(check.passed for check in result.get_asset_check_evaluations())
    return folder


def test_partition_of_the_graph_is_that_of_the_command_line(materialized: Path, partition: Path) -> None:
    tables = [pl.read_parquet(f / "verified_tasks" / f"{DOMAIN}.parquet") for f in (materialized, partition)]
    assert tables[0].filter(pl.col("missing_tool") == "").height == PARTITION_TASKS
    assert tables[0].equals(tables[1])


def test_unwritable_storage_fails_with_a_clear_error_and_no_table(tmp_path: Path) -> None:
    blocker = tmp_path / "seed_pool"
    blocker.write_text("a file stands where a folder must be")
    result = run_partition(tmp_path, 4)
    assert not result.success
    assert "move it away" in str(result.all_events)
    assert blocker.read_text() == "a file stands where a folder must be"
    assert not (tmp_path / "verified_tasks").exists()


def test_output_on_a_full_disk_leaves_the_old_table(materialized: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = materialized / "verified_tasks" / f"{DOMAIN}.parquet"
    before = table.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pl.DataFrame, "write_parquet", full)
    assert not run_partition(materialized, 9).success
    assert table.read_bytes() == before
