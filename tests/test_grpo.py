"""GRPO of a tiny model that has learnt a few tasks by heart: real tool calls, masks, rewards that differ."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

pytest.importorskip("trl", reason="the packages of the train extra are not installed: make train-packages")

from dive_assets.tools.runtime import ToolRuntime
from dive_assets.training.base_models import load_tokenizer
from dive_assets.training.errors import TrainingError
from dive_assets.training.grpo import train_grpo
from dive_assets.training.job import Job, run_job
from dive_assets.training.rows import training_tasks
from dive_assets.training.settings import settings_of
from tests.conftest import DOMAIN, Made
from tests.training_parts import same_weights, write_tables

pytestmark = pytest.mark.training

MEMORIZED = 2  # tasks that the tiny model learns by heart
STEPS = 100


@pytest.fixture(scope="module")
def learnt(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny model, trained on the few shortest tasks until it calls their tools."""
    folder = write_tables(made, tmp_path_factory.mktemp("learnt"))
    models = str(folder / "models")
    tables = {"tasks": "verified_tasks", "chats": "trajectories"}
    inputs = {name: str(folder / table / f"{DOMAIN}.parquet") for name, table in tables.items()}
    all_rows = settings_of("tiny", changes={"rows": {"sft_rows": 40}})
    run_job(Job(stage="rows", settings=all_rows, folder=str(folder / "rows"), models=models, inputs=inputs))
    rows = pl.read_parquet(folder / "rows" / "rows.parquet")
    few = rows.filter(pl.col("kind") == "plain").sort("calls", "tokens").head(MEMORIZED).with_columns(use=pl.lit("sft"))
    few.write_parquet(folder / "few.parquet")
    settings = settings_of(
        "tiny", changes={"sft": {"epochs": STEPS, "most_steps": STEPS, "save_steps": STEPS, "batch_size": MEMORIZED}}
    )
    job = Job(
        stage="sft", settings=settings, folder=str(folder), models=models, inputs={"rows": str(folder / "few.parquet")}
    )
    run_job(job)
    return folder


def test_grpo_learns_from_rollouts_with_real_tool_calls_and_masks_their_outputs(
    learnt: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch
    from trl import GRPOTrainer

    seen: list[tuple[list[int], list[int]]] = []
    compute, padded = GRPOTrainer._compute_loss, GRPOTrainer._get_per_token_logps_and_entropies

    def spying(self: Any, model: Any, inputs: dict[str, Any]) -> Any:
        counted = inputs["completion_mask"] * inputs["tool_mask"]
        seen.extend(zip(inputs["completion_ids"].tolist(), counted.tolist(), strict=True))
        ids, read = (torch.cat([inputs[f"prompt_{of}"], inputs[f"completion_{of}"]], 1) for of in ("ids", "mask"))
        given = model, ids, read, inputs["completion_ids"].shape[1]
        with torch.no_grad():
            whole, narrow = padded(self, *given)[0], self._get_per_token_logps_and_entropies(*given)[0]
        scored = inputs["completion_mask"]
        torch.testing.assert_close(narrow * scored, whole * scored, atol=2e-3, rtol=2e-3)
        return compute(self, model, inputs)

    monkeypatch.setattr(GRPOTrainer, "_compute_loss", spying)
    tasks = training_tasks(pl.read_parquet(learnt / "few.parquet").with_columns(use=pl.lit("rl")), ["rl"])
    settings = settings_of(
        "tiny",
        changes={"grpo": {"steps": 2, "learning_rate": 1e-3, "temperature": 0.7, "batch_size": 2, "accumulate": 4}},
    )
    with ToolRuntime(1) as runtime:
        made = train_grpo(learnt / "model", tasks, settings, runtime.call, tmp_path)
    logged = {name: made.curve.filter(pl.col("metric") == name)["value"].to_list() for name in made.curve["metric"]}
    assert sum(logged["tools/call_frequency"]) > 0
    assert {"rewards/reward_format/mean", "rewards/reward_correct/mean", "tools/failure_frequency"} <= logged.keys()
    assert any(name.startswith("watch/") for name in logged)
    assert made.rollouts["tool_calls"].sum() > made.rollouts["failed_calls"].sum()
    assert made.rollouts.height == 2 * settings.grpo.batch_size * settings.grpo.accumulate
    assert max(logged["reward_std"]) > 0 and max(logged["grad_norm"]) > 0
    assert not same_weights(made.model, learnt / "model")

    tokenizer = load_tokenizer(learnt / "model")
    counted = [tokenizer.decode([i for i, m in zip(ids, mask, strict=True) if m]) for ids, mask in seen]
    whole = [tokenizer.decode(ids) for ids, _ in seen]
    assert any("<tool_response>" in text for text in whole)
    assert not any("<tool_response>" in text or "<|im_start|>" in text for text in counted)


def test_grpo_without_frontier_tasks_or_whole_groups_says_what_to_do(learnt: Path, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="no task is on the frontier"):
        train_grpo(learnt / "model", [], settings_of("tiny"), lambda *_: None, tmp_path)  # type: ignore[arg-type, return-value]
    tasks = training_tasks(pl.read_parquet(learnt / "few.parquet"), ["sft"])
    uneven = settings_of("tiny", changes={"grpo": {"batch_size": 6}})
    with pytest.raises(TrainingError, match=r"must be a multiple of grpo\.rollouts"):
        train_grpo(learnt / "model", tasks, uneven, lambda *_: None, tmp_path)  # type: ignore[arg-type, return-value]
