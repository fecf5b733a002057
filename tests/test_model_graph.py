"""Assets that ask models: the whole path against a server on loopback, with real tools and real Dagster runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import dagster as dg
import polars as pl
import pytest

from dive_assets.definitions import definitions_with
from dive_assets.language_models.recorder import Recorder
from dive_assets.publishing.manifest import file_hash, load_manifest
from dive_assets.publishing.verify import verify_release
from dive_assets.tables import tasks_of, trajectories_of
from dive_assets.tools.registry import load_registry
from resources import local_resources
from resources.language_models import LanguageModels
from resources.parquet_storage import ParquetIOManager
from resources.production import Production
from tests.conftest import DOMAIN, PARTITION_SEED, PARTITION_TASKS
from tests.stand_ins.chat_server import ChatServer, Fault, Reply
from tests.stand_ins.honest_model import REWORDED, HonestModel

SOURCES = ["tool_pool", "seed_pool", "exemplar_pool", "execution_traces", "derived_tasks", "verified_tasks"]
SOURCES += ["rejected_tasks"]
PARTITIONED = ["model_attempts", "model_verified_tasks", "model_rejected_tasks", "rewritten_tasks"]
PARTITIONED += ["rejected_rewrites", "model_trajectories", "failed_rollouts", "pass_rates"]
GATHERING = ["judge_calibration", "model_release"]
ATTEMPTS, TASKS = 16, PARTITION_TASKS


def run(folder: Path, assets: list[str], partition: str | None = DOMAIN, **models: Any) -> dg.ExecuteInProcessResult:
    settings = {"attempts": ATTEMPTS, "rewrites": TASKS, "rollouts": 2, "default_model": "stand-in", "in_flight": 8}
    resources = {
        **local_resources(),
        "io_manager": ParquetIOManager(base_dir=str(folder)),
        "production": Production(tasks=TASKS, release_seed=PARTITION_SEED, storage=str(folder), workers=1),
        "language_models": LanguageModels(storage=str(folder), **{**settings, **models}),
    }
    job = definitions_with(resources).resolve_implicit_global_asset_job_def()
    with dg.DagsterInstance.ephemeral() as instance:
        return job.execute_in_process(
            asset_selection=[dg.AssetKey(name) for name in assets],
            partition_key=partition,
            instance=instance,
            raise_on_error=False,
        )


def table(folder: Path, name: str) -> pl.DataFrame:
    return pl.read_parquet(folder / name / f"{DOMAIN}.parquet")


def answers(folder: Path) -> dict[str, Any]:
    """The key of the symbolic tasks, by question."""
    return {task.question: task.answer.value for task in tasks_of(table(folder, "verified_tasks"))}


def failures(result: dg.ExecuteInProcessResult) -> str:
    """What the failed steps and checks say."""
    steps = [event.step_failure_data.error for event in result.all_events if event.is_step_failure]
    checks = [check.description for check in result.get_asset_check_evaluations() if not check.passed]
    return "\n".join([*(str(error.to_string()) for error in steps if error), *(text or "" for text in checks)])


def hashes(folder: Path) -> dict[str, str]:
    """Every table of the model path and every file of its release."""
    files = [folder / name / f"{DOMAIN}.parquet" for name in PARTITIONED]
    files += [path for path in (folder / "model_release").rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): file_hash(path) for path in files}


def make(folder: Path, reply: Reply, **models: Any) -> tuple[dg.ExecuteInProcessResult, dict[str, dict[str, Any]]]:
    """The partition and the release; metadata by asset."""
    with ChatServer(reply) as server:
        first = run(folder, PARTITIONED, base_url=server.url, **models)
        assert first.success, failures(first)
        last = run(folder, GATHERING, None, base_url=server.url, **models)
    events = [*first.get_asset_materialization_events(), *last.get_asset_materialization_events()]
    metadata = {e.asset_key.to_user_string(): e.materialization.metadata for e in events if e.asset_key is not None}
    return last, metadata


@pytest.fixture
def storage(partition: Path, tmp_path: Path) -> Path:
    """A fresh storage folder with symbolic tasks, which rewriting starts from."""
    for name in SOURCES:
        (tmp_path / name).symlink_to(partition / name)
    return tmp_path


def test_without_an_endpoint_one_sentence_says_what_to_set(storage: Path) -> None:
    graph = definitions_with(local_resources()).resolve_asset_graph()
    assert {*PARTITIONED, *GATHERING} <= {key.to_user_string() for key in graph.get_all_asset_keys()}
    result = run(storage, ["model_attempts"], default_model="")
    assert not result.success
    assert "set $DIVE_LLM_BASE_URL and $DIVE_LLM_MODEL" in failures(result)


def test_model_path_ends_in_a_release_that_replays_and_a_second_run_asks_nothing(storage: Path) -> None:
    last, metadata = make(storage, HonestModel(answers(storage)), judges=["stand-in"])
    assert last.success, failures(last)
    attempts, verified = table(storage, "model_attempts"), table(storage, "model_verified_tasks")
    assert attempts.height == ATTEMPTS
    assert 0 < verified.height < ATTEMPTS
    rewritten = list(tasks_of(table(storage, "rewritten_tasks")))
    assert len(rewritten) > 0
    assert {task.derivation for task in rewritten} == {"hybrid"}
    assert all(task.question.startswith(REWORDED) for task in rewritten)
    solved, failed = table(storage, "model_trajectories"), table(storage, "failed_rollouts")
    assert solved.height + failed.height == 2 * (verified.height + len(rewritten))
    assert solved.height > 0
    assert all(chat.messages[0]["role"] == "system" for chat in trajectories_of(solved))
    rates = table(storage, "pass_rates")
    assert rates.filter((pl.col("low") > pl.col("pass_at_1")) | (pl.col("high") < pl.col("pass_at_1"))).is_empty()
    report = verify_release(storage / "model_release", load_registry())
    assert report.passed and report.tasks > 0, report.failures
    card = (storage / "model_release" / "README.md").read_text()
    assert "false positives" in card and "What it cost" in card
    assert "collector" in str(metadata["model_attempts"]["expenses"].value)
    funnel = load_manifest(storage / "model_release").domains[DOMAIN].funnel
    assert funnel.attempted == ATTEMPTS + TASKS
    assert funnel.derived == funnel.verified + sum(funnel.rejected.values())

    before = hashes(storage)
    with ChatServer(HonestModel(answers(storage))) as server:
        models: dict[str, Any] = {"base_url": server.url, "judges": ["stand-in"], "replay_only": True}
        assert run(storage, PARTITIONED, **models | {"replay_only": False}).success
        assert run(storage, GATHERING, None, **models).success
        assert not server.bodies
    assert hashes(storage) == before
    (storage / "journal" / "language_models.sqlite").unlink()
    missing = run(storage, ["model_attempts"], **models)
    assert "run once without replay-only mode" in failures(missing)


def says_yes(key: Mapping[str, Any]) -> Reply:
    """An honest model but for its judge, which accepts whatever it reads."""
    honest = HonestModel(key)

    def reply(body: Mapping[str, Any]) -> Mapping[str, Any]:
        schema = (body.get("response_format") or {}).get("json_schema", {}).get("schema", {})
        return {"content": '{"verdict": "same"}'} if "verdict" in schema.get("properties", {}) else honest(body)

    return reply


def test_judge_that_says_yes_to_everything_blocks_the_release(storage: Path) -> None:
    last, metadata = make(storage, says_yes(answers(storage)), judges=["stand-in"], gates=False)
    assert "100% false positives" in failures(last)
    assert not (storage / "model_release").exists()
    assert "100" not in str(metadata["judge_calibration"]["judges"].value)


def test_budget_ends_the_run_and_the_release_holds_what_was_verified(storage: Path) -> None:
    def spent(folder: Path) -> float:
        with Recorder(folder / "journal" / "language_models.sqlite") as recorder:
            return sum(tokens for _, tokens in recorder.spent_by_task().values())

    honest = HonestModel(answers(storage))
    with ChatServer(honest) as server:
        assert run(storage, ["model_attempts"], base_url=server.url, attempts=24).success
    whole, cap = table(storage, "model_attempts"), int(spent(storage) / 2)
    (storage / "journal" / "language_models.sqlite").unlink()
    last, _ = make(storage, honest, cap_tokens=cap, attempts=24)
    assert last.success, failures(last)
    assert 0.95 * cap < spent(storage) <= 1.02 * cap
    half = table(storage, "model_attempts")
    assert 0 < half.height < whole.height
    assert half.equals(whole.filter(pl.col("index").is_in(half["index"].to_list())))
    report = verify_release(storage / "model_release", load_registry())
    assert report.passed and report.tasks == table(storage, "model_verified_tasks").height > 0


def test_key_that_expires_keeps_what_was_paid_and_names_the_cause(storage: Path) -> None:
    honest = HonestModel(answers(storage))
    with ChatServer(honest) as server:
        expired = Fault(status=401, body=b'{"error": {"message": "expired"}}')

        def reply(body: Mapping[str, Any]) -> Mapping[str, Any]:
            if len(server.bodies) >= 30 and not server.faults:  # several are in flight
                server.faults.extend([expired] * 1000)
            return honest(body)

        server.reply = reply
        result = run(storage, ["model_attempts"], base_url=server.url)
        paid = sum(body["model"] == "stand-in" for body in server.bodies[:30])
        assert "refuses the key" in failures(result)
        assert "attempts are left" in failures(result)
        with Recorder(storage / "journal" / "language_models.sqlite") as recorder:
            assert sum(e.calls for e in recorder.expenses()) >= paid
        server.faults.clear()
        server.reply = honest
        resumed = run(storage, ["model_attempts"], base_url=server.url)
    assert resumed.success and not failures(resumed)
    assert table(storage, "model_attempts").height == ATTEMPTS


def test_model_that_cannot_do_what_a_stage_needs_is_refused(storage: Path) -> None:
    with ChatServer(lambda body: {"content": json.dumps({"colour": "red"})}) as server:
        result = run(storage, ["model_attempts"], base_url=server.url)
    assert "'stand-in'" in failures(result) and "does not call the tools" in failures(result)


def ask(folder: Path, url: str, *options: str) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own."""
    given = ["--base-url", url, "--model", "stand-in", "--domains", DOMAIN, "--attempts", "12", "--rewrites", "4"]
    command = [sys.executable, "-m", "dive_assets.cli", "ask", "--output", str(folder), "--rollouts", "1", *given]
    environment = {**os.environ, "DAGSTER_HOME": str(folder / "home"), "DIVE_LLM_API_KEY": "sk-secret"}
    return subprocess.run([*command, *options], env=environment, capture_output=True, text=True, check=False)


def test_command_line_estimates_asks_and_names_what_is_left(storage: Path) -> None:
    with ChatServer(HonestModel(answers(storage))) as server:
        estimated = ask(storage, server.url, "--estimate")
        assert estimated.returncode == 0, estimated.stderr
        assert "nothing was asked" in estimated.stdout and not server.bodies
        capped = ask(storage, server.url, "--cap-tokens", "30000")
        assert capped.returncode == 0, capped.stderr
        assert "attempts are left" in capped.stdout and "raise the cap" in capped.stdout
        assert "collector" in capped.stdout and (storage / "model_release" / "manifest.json").exists()
        server.disturb = lambda _: Fault(status=401)
        refused = ask(storage, server.url, "--seed", "1")
    assert refused.returncode == 2
    assert "refuses the key" in refused.stderr
    assert not any("sk-secret" in text for run in (capped, refused) for text in (run.stdout, run.stderr))
