"""GRPO with trl: the policy attempts frontier tasks with the real tools, R = alpha * R_format + R_correct.

The rollouts are those of `rollouts.py`, so that what is trained on is what is evaluated. trl gets the ids of each
rollout with a mask: only ids that the model said count in the loss, tool outputs never do. The training process itself
generates, as in evaluation; or a vLLM server does, whose weights trl keeps in step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from dive_assets.consuming.environment import CallByName
from dive_assets.training.base_models import load_model, load_tokenizer
from dive_assets.training.chat_tokens import ChatTokens
from dive_assets.training.checkpoints import forget_checkpoints, last_checkpoint, save_model
from dive_assets.training.errors import TrainingError
from dive_assets.training.generation import Generator, ModelGenerator, Reply
from dive_assets.training.progress import curve_table, report_progress
from dive_assets.training.reward_hacking import shares
from dive_assets.training.rollouts import Rollout, RolloutEngine, rollout_table
from dive_assets.training.rows import TrainingTask
from dive_assets.training.settings import TrainingSettings
from dive_assets.training.sft import adapters, compact_loss, optimizer_arguments, weights_dtype
from dive_assets.trajectories.conversation import opening

ROLLOUTS = "rollouts"  # folder of the transcripts, one table a generation


@dataclass(frozen=True)
class GrpoResult:
    """The finished model, what was logged, and every rollout with its transcript and step."""

    model: Path
    curve: pl.DataFrame
    rollouts: pl.DataFrame
    steps: int


class TrainerGenerator:
    """The backend of a GRPOTrainer, such as a vLLM server (trl 1.16: `_generate_single_turn`, which trl's own tool loop
    uses as well)."""

    def __init__(self, trainer: Any) -> None:
        self._trainer = trainer

    def replies(self, prompts: Sequence[Sequence[int]]) -> list[Reply]:
        ids, log_probabilities = self._trainer._generate_single_turn(
            [list(prompt) for prompt in prompts], None, {}, num_generations=1
        )
        known = log_probabilities or [None] * len(ids)
        return [Reply(list(one), own) for one, own in zip(ids, known, strict=True)]


@contextmanager
def generator_of(trainer: Any, settings: TrainingSettings) -> Iterator[Generator]:
    """What speaks for the policy as it is now: its own process keeps what it has read between turns."""
    if settings.grpo.use_vllm or trainer.accelerator.num_processes > 1:
        yield TrainerGenerator(trainer)
        return
    model, limits = trainer.accelerator.unwrap_model(trainer.model), settings.rollout
    training = model.training
    try:
        yield ModelGenerator(
            model, trainer.processing_class, limits.turn_tokens, limits.batch, settings.grpo.temperature
        )
    finally:
        model.train(training)


class RolloutRecorder:
    """What trl calls for rollouts: attempts the prompts' tasks, keeps the transcripts, returns ids, masks, rewards."""

    def __init__(
        self, tasks: Mapping[str, TrainingTask], engine: RolloutEngine, settings: TrainingSettings, folder: Path
    ) -> None:
        self._tasks = tasks
        self._engine = engine
        self._settings = settings
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def __call__(self, prompts: Sequence[Sequence[Mapping[str, Any]]], trainer: Any) -> dict[str, list[Any] | None]:
        samples: dict[str, int] = {}
        wanted = []
        for prompt in prompts:
            task_id = str(prompt[-1]["task_id"])
            wanted.append((self._tasks[task_id], samples.setdefault(task_id, 0)))
            samples[task_id] += 1
        with generator_of(trainer, self._settings) as generator:
            rollouts = self._engine.run(wanted, generator)
        self._record(rollouts, trainer.state.global_step)
        _log_metrics(rollouts, trainer)
        return trainer_fields(rollouts)

    def _record(self, rollouts: Sequence[Rollout], step: int) -> None:
        rollout_table(rollouts, "policy", step=step).write_parquet(self._folder / f"step-{step:06d}.parquet")


def trainer_fields(rollouts: Sequence[Rollout]) -> dict[str, list[Any] | None]:
    """What trl wants of rollouts: ids, log-probabilities (None if the backend gives none), the mask of the loss (1 for
    ids that the model said), and the rewards' components."""
    known = [rollout.log_probabilities for rollout in rollouts]
    return {
        "prompt_ids": [list(rollout.prompt_ids) for rollout in rollouts],
        "completion_ids": [list(rollout.completion_ids) for rollout in rollouts],
        "logprobs": None if any(found is None for found in known) else [list(found or ()) for found in known],
        "env_mask": [[int(said) for said in rollout.said] for rollout in rollouts],
        "reward_format": [rollout.reward.format for rollout in rollouts],
        "reward_correct": [rollout.reward.correct for rollout in rollouts],
    }


def _log_metrics(rollouts: Sequence[Rollout], trainer: Any) -> None:
    """Frequencies that trl would log of its own tool loop, and the watched behaviours, into the trainer's log."""
    calls, failed = sum(r.calls for r in rollouts), sum(r.failed for r in rollouts)
    metrics = trainer._metrics["train" if trainer.model.training else "eval"]
    metrics["tools/call_frequency"].append(calls / len(rollouts))
    metrics["tools/failure_frequency"].append(failed / calls if calls else 0.0)
    for name, share in shares(rollout_table(rollouts, "policy")).items():
        metrics[f"watch/{name}"].append(share)


def reward_format(reward_format: list[float], **_: Any) -> list[float]:
    """R_format, as the rollouts found it."""
    return reward_format


def reward_correct(reward_correct: list[float], **_: Any) -> list[float]:
    """R_correct, as the rollouts found it."""
    return reward_correct


REWARDS: tuple[Callable[..., list[float]], ...] = (reward_format, reward_correct)


def train_grpo(
    checkpoint: Path, tasks: Sequence[TrainingTask], settings: TrainingSettings, execute: CallByName, folder: Path
) -> GrpoResult:
    """Train `checkpoint` on `tasks` and write the model to `folder`/model; a killed training goes on from its last
    checkpoint. Raises TrainingError without tasks, or where the batch does not hold whole groups."""
    from datasets import Dataset
    from transformers import set_seed

    from dive_assets.training.unpadded_grpo import UnpaddedGRPOTrainer

    if not tasks:
        raise TrainingError("no task is on the frontier: try more of them (rows.rl_tasks) or train SFT longer")
    set_seed(settings.seed)
    tokenizer = load_tokenizer(checkpoint)
    form = ChatTokens(tokenizer, settings.chat_template_arguments)
    engine = RolloutEngine(form, execute, settings.rollout, settings.grpo.alpha)
    by_id = {task.task_id: task for task in tasks}
    rows = [{"prompt": _prompt(task)} for task in tasks]
    trainer = UnpaddedGRPOTrainer(
        model=load_model(checkpoint, weights_dtype(settings.grpo, settings), settings.device),
        reward_funcs=list(REWARDS),
        args=grpo_arguments(settings, folder),
        train_dataset=Dataset.from_list(rows),
        processing_class=tokenizer,
        peft_config=adapters(settings.grpo),
        rollout_func=RolloutRecorder(by_id, engine, settings, folder / ROLLOUTS),
    )
    report_progress(trainer, "grpo")
    if settings.grpo.use_vllm and trainer.accelerator.num_processes > 1:
        raise TrainingError("GRPO with a vLLM server runs in one training process: start it without accelerate launch")
    resumed = last_checkpoint(folder)
    with compact_loss(settings.grpo.compact_loss):
        trainer.train(resume_from_checkpoint=str(resumed) if resumed else None)
    model = save_model(trainer, load_tokenizer(checkpoint), folder)
    forget_checkpoints(folder)
    tables = [pl.read_parquet(path) for path in sorted((folder / ROLLOUTS).glob("step-*.parquet"))]
    return GrpoResult(model, curve_table(trainer.state.log_history), pl.concat(tables), trainer.state.global_step)


def _prompt(task: TrainingTask) -> list[dict[str, Any]]:
    """A prompt that says which task it is of: trl hands nothing else to a rollout function."""
    return [{**message, "task_id": task.task_id} for message in opening(task.task.question)]


def grpo_arguments(settings: TrainingSettings, folder: Path) -> Any:
    """trl's configuration. Raises TrainingError where the batch does not hold whole groups."""
    from trl import GRPOConfig

    grpo = settings.grpo
    if (grpo.batch_size * grpo.accumulate) % grpo.rollouts:
        raise TrainingError(
            f"grpo.batch_size * grpo.accumulate ({grpo.batch_size * grpo.accumulate}) must be a multiple of "
            f"grpo.rollouts ({grpo.rollouts})"
        )
    server = {"vllm_mode": "server", "vllm_server_base_url": grpo.vllm_server_url} if grpo.use_vllm else {}
    return GRPOConfig(
        **optimizer_arguments(grpo, settings, folder),
        **server,
        use_vllm=grpo.use_vllm,
        max_steps=grpo.steps,
        num_generations=grpo.rollouts,
        max_completion_length=settings.rollout.turn_tokens,  # of one reply: the rollout function bounds the whole
        temperature=grpo.temperature,
        beta=grpo.beta,
        loss_type="grpo",
        scale_rewards="group",
        reward_weights=[grpo.alpha, 1.0],
        logging_steps=1,
        chat_template_kwargs=dict(settings.chat_template_arguments),
    )
