"""The tiny model goes the whole way by one command: rows, SFT, pass@k, evaluation; a killed training goes on."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dagster as dg
import orjson
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

pytest.importorskip("trl", reason="the packages of the train extra are not installed: make train-packages")

from dive_assets.commands.app import app
from dive_assets.definitions import definitions_with
from dive_assets.defs.training_jobs import TRAINING_RUNS
from dive_assets.training import errors
from dive_assets.training.base_models import prepare_base
from dive_assets.training.errors import TrainingError
from dive_assets.training.job import ERROR, MENDABLE, RESULT, Job, run_job
from dive_assets.training.publication import publish_checkpoint
from dive_assets.training.rows import ROW_COLUMNS
from dive_assets.training.scaling import arms_of, scaling_differences, scaling_summary
from dive_assets.training.settings import ScalingSettings, settings_of
from dive_assets.training.statistics import difference_of, mcnemar, rate_of
from resources import local_resources
from resources.parquet_storage import ParquetIOManager
from resources.production import Production
from resources.training import Training
from tests.conftest import Made
from tests.training_parts import same_weights, write_tables

pytestmark = pytest.mark.training

RUN = "tiny run"
CHANGES: dict[str, Any] = {
    "rows": {"context_lengths": [2048], "sft_rows": 40, "rl_tasks": 4, "test_rows": 3},
    "sft": {"epochs": 2, "most_steps": 6, "save_steps": 2},
    "rollout": {"turn_tokens": 32},
    "frontier": {"rollouts": 2},
    "grpo": {"steps": 1},
    "evaluation": {"held_out_tasks": 2, "unseen_tasks": 2, "bfcl_items": 2},
}  # fmt: skip
STAGES = ("sft_rows", "sft_checkpoint", "sft_rollouts", "sampled_trajectories", "frontier_tasks")


@pytest.fixture(scope="module")
def storage(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A storage folder with the tables that training reads."""
    return write_tables(made, tmp_path_factory.mktemp("storage"))


def materialize(storage: Path, assets: tuple[str, ...], run: str = RUN, **changes: Any) -> dg.ExecuteInProcessResult:
    resources = {
        **local_resources(),
        "io_manager": ParquetIOManager(base_dir=str(storage)),
        "production": Production(storage=str(storage)),
        "training": Training(preset="tiny", changes={**CHANGES, **changes}, storage=str(storage)),
    }
    job = definitions_with(resources).resolve_implicit_global_asset_job_def()
    with dg.DagsterInstance.ephemeral() as instance:
        instance.add_dynamic_partitions(str(TRAINING_RUNS.name), [run])
        return job.execute_in_process(
            asset_selection=[dg.AssetKey(name) for name in assets],
            partition_key=run,
            instance=instance,
            raise_on_error=False,
        )


@dataclass
class Trained:
    """What `dive-assets train` made: its words, and what it told Dagster."""

    storage: Path
    said: str
    metadata: dict[str, Any]  # by asset
    checks: dict[str, bool]

    def folder(self, stage: str) -> Path:
        return self.storage / "training" / RUN / stage


@pytest.fixture(scope="module")
def trained(storage: Path) -> Trained:
    changes = [f"{stage}.{key}={value}" for stage, found in CHANGES.items() for key, value in found.items()]
    chosen = ["--preset", "tiny", "--run", RUN, *(word for change in changes for word in ("--set", change))]
    home = storage / "home"
    done = subprocess.run(
        [sys.executable, "-m", "dive_assets.cli", "train", "--storage", str(storage), *chosen],
        env={**os.environ, "DAGSTER_HOME": str(home)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    with dg.DagsterInstance.from_config(str(home)) as instance:
        told = [entry for run in instance.get_runs() for entry in instance.all_logs(run.run_id)]
    made = [entry.asset_materialization for entry in told if entry.asset_materialization]
    events = [entry.dagster_event for entry in told if entry.dagster_event]
    evaluations = [e.asset_check_evaluation_data for e in events if e.event_type_value == "ASSET_CHECK_EVALUATION"]
    return Trained(
        storage=storage,
        said=done.stdout,
        metadata={materialization.asset_key.to_user_string(): materialization.metadata for materialization in made},
        checks={evaluation.check_name: evaluation.passed for evaluation in evaluations},
    )


def test_train_goes_the_whole_way_and_prints_the_scores(trained: Trained) -> None:
    """No task is on the frontier of random weights: the command says so and evaluates what there is."""
    assert set(trained.metadata) == {*STAGES, "evaluation"}
    said = " ".join(trained.said.split())
    assert "no RL checkpoint: no task is on the frontier" in said
    scores = pl.read_parquet(trained.storage / "evaluation" / f"{RUN}.parquet")
    assert set(scores["checkpoint"]) == {"base", "sft"}
    for name, checkpoint, n in scores.select("set", "checkpoint", "n").iter_rows():
        assert re.search(rf"{name} +│ {checkpoint} +│ {n} ", trained.said), trained.said


def test_stages_materialize_with_curves_funnel_and_checks(trained: Trained) -> None:
    metadata, checks = trained.metadata, trained.checks
    assert "data:image/png;base64," in str(metadata["sft_checkpoint"]["curves"].value)
    assert "data:image/png;base64," in str(metadata["frontier_tasks"]["funnel"].value)
    assert metadata["sft_checkpoint"]["last_loss"].value < metadata["sft_checkpoint"]["first_loss"].value
    assert checks["nothing_is_trained_on_that_is_tested"] and checks["needed_tools_are_offered"] and checks["loss_fell"]
    rollouts = pl.read_parquet(trained.storage / "sft_rollouts" / f"{RUN}.parquet")
    assert rollouts.height == 2 * metadata["frontier_tasks"]["dagster/partition_row_count"].value
    assert all(orjson.loads(messages)[0]["role"] == "system" for messages in rollouts["messages"])


def test_stage_with_the_same_settings_and_inputs_is_not_done_again(trained: Trained) -> None:
    before = (trained.folder("sft") / RESULT).stat().st_mtime_ns
    assert materialize(trained.storage, STAGES[:2]).success
    assert (trained.folder("sft") / RESULT).stat().st_mtime_ns == before


def test_training_that_is_killed_and_resumed_ends_with_the_same_weights_and_loss_curve(
    trained: Trained, tmp_path: Path
) -> None:
    job = Job.model_validate_json((trained.folder("sft") / "job.json").read_bytes())
    job = job.model_copy(update={"folder": str(tmp_path / "sft")})
    (tmp_path / "job.json").write_text(job.model_dump_json())
    command = [sys.executable, "-m", "dive_assets.training.job", str(tmp_path / "job.json")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not list(tmp_path.glob("sft/checkpoint-*/trainer_state.json")):
        assert process.poll() is None, "the training ended before its first checkpoint"
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not (tmp_path / "sft" / RESULT).exists()
    run_job(job)
    assert same_weights(tmp_path / "sft" / "model", trained.folder("sft") / "model")
    curves = [pl.read_parquet(f / "curve.parquet") for f in (tmp_path / "sft", trained.folder("sft"))]
    losses = [c.filter(pl.col("metric") == "loss").select("step", "value") for c in curves]
    assert losses[0].equals(losses[1]) and losses[0].height > 3
    assert not list((tmp_path / "sft").glob("checkpoint-*"))


def test_three_checkpoints_are_evaluated_and_compared(trained: Trained) -> None:
    """The rl_checkpoint of this run is its SFT checkpoint once more."""
    grpo = trained.folder("grpo")
    grpo.mkdir()
    sft = Job.model_validate_json((trained.folder("sft") / "job.json").read_bytes())
    follows = sft.model_copy(update={"stage": "grpo", "content": {"sft": sft.identity}})
    (grpo / "job.json").write_text(follows.model_dump_json())
    (grpo / RESULT).write_bytes(orjson.dumps({"identity": "again", "model": str(trained.folder("sft") / "model")}))
    done = materialize(trained.storage, ("evaluation",))
    assert done.success, str([e.event_specific_data for e in done.all_events if e.is_step_failure])
    scores = pl.read_parquet(trained.storage / "evaluation" / f"{RUN}.parquet")
    assert set(scores["checkpoint"]) == {"base", "sft", "rl"}
    assert "bfcl_simple_python" in set(scores["set"])
    assert (scores["low"] <= scores["rate"]).all() and (scores["rate"] <= scores["high"]).all()
    comparisons = pl.read_parquet(trained.folder("evaluation") / "comparisons.parquet")
    assert comparisons.height == 3 * scores["set"].n_unique()


def test_missing_inputs_and_packages_fail_with_one_sentence(
    storage: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sft_rows").mkdir()
    result = materialize(tmp_path, ("sft_rows",))
    assert "no partition of trajectories is materialized yet" in str(result.all_events)
    result = materialize(storage, ("evaluation",), run="another run")
    assert not result.success
    monkeypatch.setattr(errors, "find_spec", lambda name: None)
    result = materialize(storage, ("sft_rows",), run="a third run")
    assert "pip install 'dive-assets[train]'" in str(result.all_events)


def test_job_that_its_starter_can_mend_leaves_the_reason(tmp_path: Path) -> None:
    settings = settings_of("tiny", base="no/such-model")
    job = Job(stage="rows", settings=settings, folder=str(tmp_path / "rows"), models=str(tmp_path / "models"))
    (tmp_path / "job.json").write_text(job.model_dump_json())
    command = [sys.executable, "-m", "dive_assets.training.job", str(tmp_path / "job.json")]
    done = subprocess.run(command, env={**os.environ, "HF_HUB_OFFLINE": "1"}, capture_output=True, text=True)
    assert done.returncode == MENDABLE
    assert "no/such-model" in (tmp_path / "rows" / ERROR).read_text()


def test_runs_are_a_partition_of_their_own_so_that_materializing_everything_trains_nothing() -> None:
    graph = definitions_with(local_resources())
    keys = graph.resolve_asset_graph().asset_keys_for_group("training")
    assert {key.to_user_string() for key in keys} == {*STAGES, "rl_checkpoint", "evaluation", "scaling_study"}
    assert all(graph.resolve_asset_graph().get(key).partitions_def == TRAINING_RUNS for key in keys)


# --- scaling, statistics, command line ---------------------------------------------------------------


def rows_that_need(needs: list[list[str]]) -> pl.DataFrame:
    """Rows of the train split, each offered its own tools and two foreign ones."""
    rows = []
    for number, needed in enumerate(needs):
        offered = sorted({*needed, f"t{number % 40}", f"t{(number + 7) % 40}"})
        tools = [{"function": {"name": name}} for name in [*offered, "submit_answer"]]
        plain = {name: "" for name, dtype in ROW_COLUMNS.items() if dtype == pl.String()}
        counts = {name: 0 for name, dtype in ROW_COLUMNS.items() if dtype == pl.Int64()}
        named = {"task_id": f"task-{number}", "split": "train", "needed": needed, "offered": offered}
        rows.append({**plain, **counts, **named, "tools": orjson.dumps(tools).decode()})
    return pl.DataFrame(rows, schema=ROW_COLUMNS, orient="row")


def names_of(row: dict[str, Any]) -> list[str]:
    return [schema["function"]["name"] for schema in orjson.loads(row["tools"])]


def test_arms_have_equal_tasks_narrow_tools_and_no_foreign_offers() -> None:
    rows = rows_that_need([[f"t{i % 40}", f"t{(3 * i) % 40}"] for i in range(400)])
    rows = pl.concat(
        [rows, rows.head(200).with_columns(pl.lit("unanswerable").alias("kind"), task_id="un" + pl.col("task_id"))]
    )
    settings = settings_of("tiny", changes={"scaling": {"tasks": 16, "few_tools": 8}})
    arms = {arm.name: arm for arm in arms_of(rows, settings, seed=1)}
    assert [arm.rows.height for arm in arms.values()] == [16, 4, 4, 16]
    narrow, wide = arms["few_tools_many_tasks"], arms["many_tools_many_tasks"]
    assert narrow.tools <= 8 < wide.tools
    offers = {row["task_id"]: names_of(row) for row in rows.iter_rows(named=True)}
    narrow_offers = {row["task_id"]: names_of(row) for row in narrow.rows.iter_rows(named=True)}
    assert len({name for names in narrow_offers.values() for name in names} - {"submit_answer"}) <= 8
    assert all(len(names) == len(offers[task]) for task, names in narrow_offers.items())
    assert all({*row["needed"], "submit_answer"} <= {*names_of(row)} for row in narrow.rows.iter_rows(named=True))
    assert all("unanswerable" not in arm.rows["kind"] for arm in arms.values())
    assert set(narrow.rows["task_id"]) != set(arms_of(rows, settings, seed=2)[0].rows["task_id"])
    with pytest.raises(TrainingError, match="the scaling study wants 4000 answerable tasks"):
        arms_of(rows, settings_of("tiny", changes={"scaling": {"tasks": 4000}}), seed=1)


def test_study_that_was_killed_trains_only_the_arms_that_are_missing_and_ends_the_same(
    trained: Trained, tmp_path: Path
) -> None:
    sft = Job.model_validate_json((trained.folder("sft") / "job.json").read_bytes())
    small = ScalingSettings(tasks=4, few_tools=6, steps=1, seeds=(0,), evaluated_tasks=1)
    settings = sft.settings.model_copy(update={"scaling": small})
    job = sft.model_copy(update={"stage": "scaling", "settings": settings, "folder": str(tmp_path)})
    run_job(job)
    study = pl.read_parquet(tmp_path / "study.parquet")
    assert study["arm"].n_unique() == study.height == 4 and (study["called"] | ~study["success"]).all()
    scores = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*-0.parquet")}
    lost = tmp_path / "many_tools_few_tasks-0.parquet"
    lost.unlink()
    run_job(job)
    assert pl.read_parquet(tmp_path / "study.parquet").equals(study)
    again = {path for path, written in scores.items() if path.stat().st_mtime_ns != written}
    assert again == {lost, lost.with_name(f"rollouts-{lost.name}")}


def test_scaling_summary_resamples_tasks_not_seeds() -> None:
    study = pl.DataFrame(
        [
            {
                "arm": arm,
                "seed": seed,
                "tasks": 8,
                "tools": 4,
                "trained_tokens": 10,
                "item": str(i),
                "called": i < 5,
                "success": i < n,
            }
            for arm, n in (("few", 2), ("many", 10))
            for seed in (0, 1)
            for i in range(10)
        ]
    )
    few, many = scaling_summary(study, 500).to_dicts()
    assert (few["rate"], few["n"], few["called"], few["by_seed"]) == (0.2, 10, 0.5, "0.200, 0.200")
    assert few["low"] <= 0.2 <= few["high"] < many["rate"] == 1.0 and many["low"] < 1.0
    (pair,) = scaling_differences(study, 500).to_dicts()
    assert (pair["first"], pair["second"]) == ("few", "many") and pair["difference"] == pytest.approx(0.8)
    assert 0.4 < pair["low"] < 0.8 < pair["high"] <= 1.0


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=60))
def test_intervals_hold_their_rate_and_tests_are_symmetric(pairs: list[tuple[bool, bool]]) -> None:
    from scipy.stats import binomtest

    first, second = [list(side) for side in zip(*pairs, strict=True)]
    rate = rate_of(first, 200)
    assert 0 <= rate.low <= rate.rate <= rate.high <= 1
    forth, back = difference_of(first, second, 200), difference_of(second, first, 200)
    assert forth.difference == -back.difference and forth.p_value == back.p_value
    gained = sum(b and not a for a, b in pairs)
    changed = sum(a != b for a, b in pairs)
    expected = binomtest(gained, changed).pvalue if changed else 1.0
    assert mcnemar(first, second) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--preset", "huge"], "unknown preset 'huge'"),
        (["--storage", "nowhere"], "dive-assets run"),
        (["--set", "epochs"], "sft.epochs=2"),
    ],
)
def test_train_says_what_is_wrong(arguments: list[str], said: str, storage: Path) -> None:
    given_storage = [] if "--storage" in arguments else ["--storage", str(storage)]
    result = CliRunner().invoke(app, ["train", *arguments, *given_storage])
    assert result.exit_code == 2 and said in " ".join(result.output.split())


def test_base_model_that_cannot_be_had_is_named(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"holds no config\.json"):
        prepare_base(str(tmp_path), tmp_path)


def test_publication_is_one_commit(tmp_path: Path) -> None:
    class Api:
        made: list[tuple[str, list[str]]]

        def create_repo(self, repository: str, **options: Any) -> None:
            self.made = []

        def create_commit(self, repository: str, operations: list[Any], **options: Any) -> Any:
            self.made.append((repository, [operation.path_in_repo for operation in operations]))
            return type("Commit", (), {"oid": "abc"})

    (tmp_path / "README.md").write_text("card")
    (tmp_path / "model.safetensors").write_bytes(b"0")
    api = Api()
    assert publish_checkpoint(api, tmp_path, "owner/name") == "abc"
    assert api.made == [("owner/name", ["README.md", "model.safetensors"])]
