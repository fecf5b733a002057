"""Supervised fine-tuning with trl: the assistant's turns of the rows, in the order of the curriculum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from dive_assets.training.base_models import load_model, load_tokenizer
from dive_assets.training.chat_tokens import ChatTokens
from dive_assets.training.checkpoints import forget_checkpoints, last_checkpoint, save_model
from dive_assets.training.examples import Example, examples_of, training_order
from dive_assets.training.progress import curve_table, report_progress
from dive_assets.training.settings import OptimizerSettings, TrainingSettings


@dataclass(frozen=True)
class SftResult:
    """The finished model, what was logged on the way, and how much was trained on."""

    model: Path
    curve: pl.DataFrame
    steps: int
    examples: int
    supervised_tokens: int
    tokens: int


def train_sft(base: Path, rows: pl.DataFrame, settings: TrainingSettings, folder: Path, name: str = "sft") -> SftResult:
    """Train `base` on the rows of use sft and write the model to `folder`/model.

    A training that was killed goes on from its last checkpoint, to the same final weights. Two trainings with equal
    arguments have equal loss curves on CPU. Raises TrainingError if there is nothing to train on.
    """
    from transformers import set_seed
    from trl import SFTConfig, SFTTrainer

    set_seed(settings.seed)
    tokenizer = load_tokenizer(base)
    form = ChatTokens(tokenizer, settings.chat_template_arguments)
    sft = settings.sft
    examples = examples_of(rows.filter(pl.col("use") == "sft"), form, settings.rows.train_on_failed_calls)
    validated = rows.filter(pl.col("use") == "validation").head(sft.validation_rows)
    order = training_order(examples, sft.batch_size, sft.epochs, settings.seed)
    if sft.most_steps:
        order = order[: sft.most_steps * sft.batch_size * sft.accumulate]
    arguments = SFTConfig(
        **optimizer_arguments(sft, settings, folder),
        num_train_epochs=1,
        max_steps=sft.most_steps or -1,
        train_sampling_strategy="sequential",
        max_length=None,
        packing=sft.packing,
        logging_steps=max(1, len(order) // (sft.batch_size * sft.accumulate * 50)),
        eval_strategy="no",
        per_device_eval_batch_size=sft.batch_size,
    )
    with compact_loss(sft.compact_loss):
        trainer = SFTTrainer(
            model=load_model(base, weights_dtype(sft, settings), settings.device),
            args=arguments,
            train_dataset=_dataset([examples[place] for place in order]),
            eval_dataset=_dataset(examples_of(validated, form, True)) if validated.height else None,
            processing_class=tokenizer,
            peft_config=adapters(sft),
        )
        report_progress(trainer, name)
        before = trainer.evaluate() if validated.height and last_checkpoint(folder) is None else {}
        resumed = last_checkpoint(folder)
        trainer.train(resume_from_checkpoint=str(resumed) if resumed else None)
        if validated.height:
            trainer.evaluate()
    history = trainer.state.log_history
    if before and not any(entry["step"] == 0 for entry in history):
        history = [{**before, "step": 0}, *history]
    model = save_model(trainer, load_tokenizer(base), folder)
    forget_checkpoints(folder)
    trained = [examples[place] for place in order]
    return SftResult(
        model=model,
        curve=curve_table(history),
        steps=trainer.state.global_step,
        examples=len(trained),
        supervised_tokens=sum(label >= 0 for example in trained for label in example.labels),
        tokens=sum(len(example.input_ids) for example in trained),
    )


def optimizer_arguments(stage: OptimizerSettings, settings: TrainingSettings, folder: Path) -> dict[str, Any]:
    """Arguments of transformers.TrainingArguments that SFT and GRPO share."""
    return {
        "output_dir": str(folder),
        "learning_rate": stage.learning_rate,
        "per_device_train_batch_size": stage.batch_size,
        "gradient_accumulation_steps": stage.accumulate,
        "warmup_steps": stage.warmup,
        "weight_decay": stage.weight_decay,
        "lr_scheduler_type": "cosine",
        "save_strategy": "steps",
        "save_steps": stage.save_steps,
        "save_total_limit": 2,
        "activation_checkpointing": stage.activation_checkpointing,
        "bf16": settings.dtype == "bfloat16",
        "use_cpu": settings.device == "cpu",
        "seed": settings.seed,
        "data_seed": settings.seed,
        "report_to": "none",
        "disable_tqdm": True,
        "dataloader_num_workers": 0,
    }


def weights_dtype(stage: OptimizerSettings, settings: TrainingSettings) -> str:
    """Weights that are trained are kept in float32 and only computed with in `dtype`; frozen ones are kept in it."""
    return settings.dtype if stage.lora_rank else "float32"


def adapters(stage: OptimizerSettings) -> Any:
    """LoRA adapters on all linear layers; None if all weights are trained."""
    if not stage.lora_rank:
        return None
    from peft import LoraConfig

    return LoraConfig(
        r=stage.lora_rank, lora_alpha=2 * stage.lora_rank, target_modules="all-linear", task_type="CAUSAL_LM"
    )


def _dataset(examples: Sequence[Example]) -> Any:
    from datasets import Dataset

    return Dataset.from_dict({"input_ids": [e.input_ids for e in examples], "labels": [e.labels for e in examples]})


@contextmanager
def compact_loss(wanted: bool) -> Iterator[None]:
    """While inside, trl scores only the supervised positions on CPU too, as it does on GPUs with Triton.

    trl 1.16 decides by a private function; where it is gone, nothing changes but the speed.
    """
    import trl.trainer.utils as trl_utils

    decided = getattr(trl_utils, "_use_triton", None)
    if not wanted or decided is None:
        yield
        return
    trl_utils._use_triton = lambda device: True
    try:
        yield
    finally:
        trl_utils._use_triton = decided
