"""How a model is trained: one closed record a stage, and three presets that differ in size alone.

tiny     random weights, for tests: seconds
laptop   a 135M model on two CPU cores: an hour or an hour and a quarter in all
gpu-8b   an 8B model: one GPU trains, another one serves rollouts through vLLM
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Preset = Literal["tiny", "laptop", "gpu-8b"]
TEST_SPLITS = ("test", "test_unseen_tools")


class Part(BaseModel):
    """Frozen and closed: a misspelt setting is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class RowSettings(Part):
    """Which chats become rows, and how much of their toolsets is offered.

    A row's toolset is cut to what its context length holds; the tools that the task needs are always kept.
    """

    context_lengths: tuple[int, ...] = Field(
        (1024,), description="Tokens of a whole chat, a curriculum phase each, ascending. Tasks are dealt to phases."
    )
    sft_rows: int = Field(600, ge=1, description="Most tasks whose chats are trained on, drawn by the seed.")
    rl_tasks: int = Field(
        60, ge=1, description="Most further tasks of the train split that are tried for the frontier."
    )
    study_rows: int = Field(
        0,
        ge=0,
        description="Most tasks of the train split that are kept for the scaling study beside those.",
    )
    test_rows: int = Field(200, ge=1, description="Most tasks of each other split and kind, in turns over their tools.")
    plain_weight: int = Field(1, ge=0, description="Times that a chat without failures is shown.")
    recovery_weight: int = Field(2, ge=0, description="Times that a chat with a failed call and its mend is shown.")
    unanswerable_weight: int = Field(1, ge=0, description="Times that a chat of an unanswerable task is shown.")
    train_on_failed_calls: bool = Field(
        False, description="Whether the turn whose call failed is trained on, or only its mend."
    )
    further_trajectories: str = Field(
        "", description="Parquet table of further chats (such as rejection samples) that are trained on; none if empty."
    )

    @model_validator(mode="after")
    def _ascending(self) -> RowSettings:
        if not self.context_lengths or list(self.context_lengths) != sorted(set(self.context_lengths)):
            raise ValueError("context_lengths must ascend, such as [768, 1024]")
        return self


class OptimizerSettings(Part):
    """Steps of an optimizer, on any device."""

    learning_rate: float = Field(gt=0)
    batch_size: int = Field(ge=1, description="Rows of one forward pass.")
    accumulate: int = Field(1, ge=1, description="Forward passes of one step.")
    warmup: float = Field(0.05, ge=0, lt=1, description="Share of the steps over which the learning rate rises.")
    weight_decay: float = Field(0.0, ge=0)
    lora_rank: int = Field(0, ge=0, description="Rank of LoRA adapters on all linear layers; 0 trains all weights.")
    save_steps: int = Field(50, ge=1, description="Steps between checkpoints; a killed training goes on from the last.")
    activation_checkpointing: bool = False
    compact_loss: bool = Field(
        True, description="On CPU, score the supervised positions alone, as trl does on GPUs: the same loss, faster."
    )


class SftSettings(OptimizerSettings):
    """Supervised fine-tuning on chats; only the assistant's tokens are trained on."""

    epochs: int = Field(1, ge=1)
    most_steps: int = Field(0, ge=0, description="End after so many steps; 0 for whole epochs.")
    validation_rows: int = Field(100, ge=0, description="Rows whose loss is measured before and after; 0 for none.")
    packing: bool = Field(False, description="Pack rows into one sequence (needs flash attention) instead of buckets.")


class RolloutSettings(Part):
    """How far one attempt of a model at a task may go."""

    turns: int = Field(8, ge=1, description="Most replies of one rollout.")
    turn_tokens: int = Field(128, ge=8, description="Most tokens of one reply.")
    context: int = Field(1280, ge=64, description="Most tokens of prompt, replies and tool outputs together.")
    shown_characters: int = Field(1500, ge=200, description="Longest tool output that the model sees whole.")
    batch: int = Field(8, ge=1, description="Rollouts that go forward together.")
    workers: int = Field(2, ge=1, description="Worker processes for tool calls.")
    call_time_limit_s: float = Field(60.0, gt=0)


class FrontierSettings(Part):
    """Tasks that a checkpoint solves sometimes: neither never nor always.

    From `rollouts` attempts a task, those whose share of solved ones lies in [low, high] are kept.
    """

    rollouts: int = Field(4, ge=2, description="Attempts a task.")
    temperature: float = Field(1.0, gt=0)
    low: float = Field(0.01, ge=0, le=1)
    high: float = Field(0.99, ge=0, le=1)
    samples_kept: int = Field(1, ge=0, description="Solved rollouts a task that are kept as chats to train on.")

    @model_validator(mode="after")
    def _band(self) -> FrontierSettings:
        if self.low > self.high:
            raise ValueError(f"low ({self.low}) must not exceed high ({self.high})")
        return self


class GrpoSettings(OptimizerSettings):
    """Group relative policy optimization with tools in the rollout; R = alpha * R_format + R_correct."""

    steps: int = Field(20, ge=1)
    rollouts: int = Field(8, ge=2, description="Rollouts a task (group size).")
    alpha: float = Field(0.1, ge=0)
    temperature: float = Field(1.0, gt=0)
    beta: float = Field(0.0, ge=0, description="Weight of the divergence from the SFT checkpoint.")
    use_vllm: bool = Field(False, description="Generate with a vLLM server instead of the training process.")
    vllm_server_url: str = Field("http://127.0.0.1:8000", description="Base URL of that server.")


class EvaluationSettings(Part):
    """What checkpoints are scored on, greedily."""

    held_out_tasks: int = Field(100, ge=1, description="Most tasks of the held-out set.")
    unseen_tasks: int = Field(100, ge=1, description="Most tasks of the set on unseen tools.")
    failure_tasks: int = Field(100, ge=1, description="Most tasks of the recovery set, and of the unanswerable set.")
    bfcl_categories: tuple[str, ...] = ("simple_python", "multiple", "irrelevance")
    bfcl_items: int = Field(100, ge=0, description="Most items of each category; 0 for all.")
    bfcl_turn_steps: int = Field(10, ge=1, description="Most replies to one message of a multi-turn item.")
    resamples: int = Field(2000, ge=100, description="Bootstrap resamples of an interval.")


class ScalingSettings(Part):
    """Tools or tasks: which of them teaches more at equal compute."""

    tasks: int = Field(200, ge=4, description="Tasks (N) of the large arms; the small ones have a quarter.")
    few_tools: int = Field(24, ge=1, description="Tools that the tasks of a narrow arm need, at most.")
    steps: int = Field(60, ge=1, description="Optimizer steps of every arm.")
    seeds: tuple[int, ...] = (0, 1, 2)
    evaluated_tasks: int = Field(100, ge=1, description="Tasks on unseen tools that each arm is scored on.")


class TrainingSettings(Part):
    """Everything that a training run depends on, beside its tasks."""

    preset: Preset
    base: str = Field(description="embedded, tiny, a Hub id or a folder.")
    seed: int = Field(0, ge=0)
    dtype: Literal["float32", "bfloat16"] = "float32"
    device: Literal["cpu", "auto"] = "auto"
    threads: int = Field(0, ge=0, description="Threads of torch; 0 for all cores. Losses repeat for equal threads.")
    chat_template_arguments: dict[str, Any] = Field(default_factory=dict)
    rows: RowSettings
    sft: SftSettings
    rollout: RolloutSettings
    frontier: FrontierSettings = FrontierSettings()
    grpo: GrpoSettings
    evaluation: EvaluationSettings = EvaluationSettings()
    scaling: ScalingSettings = ScalingSettings()

    @model_validator(mode="after")
    def _room(self) -> TrainingSettings:
        longest = self.rows.context_lengths[-1]
        if self.rollout.context <= longest:
            raise ValueError(
                f"rollout.context ({self.rollout.context}) must exceed the longest of rows.context_lengths "
                f"({longest}): an attempt may take more words than the chat of its teacher"
            )
        return self


PRESETS: dict[Preset, dict[str, Any]] = {
    "tiny": {
        "base": "tiny",
        "device": "cpu",
        "threads": 1,
        "rows": {"context_lengths": [2048], "sft_rows": 8, "rl_tasks": 4, "test_rows": 4},
        "sft": {"learning_rate": 5e-3, "batch_size": 4, "epochs": 40, "save_steps": 10},
        "rollout": {"turns": 4, "turn_tokens": 128, "context": 2560, "shown_characters": 400, "workers": 1},
        "frontier": {"rollouts": 4},
        "grpo": {"learning_rate": 1e-4, "batch_size": 8, "steps": 2, "rollouts": 4, "save_steps": 1},
        "evaluation": {
            "held_out_tasks": 4, "unseen_tasks": 4, "bfcl_categories": ["simple_python"], "bfcl_items": 4,
            "bfcl_turn_steps": 2,
        },
        "scaling": {"tasks": 8, "few_tools": 6, "steps": 2, "seeds": [0, 1], "evaluated_tasks": 4},
    },
    "laptop": {
        "base": "embedded",
        "device": "cpu",  # float32: a CPU without bfloat16 instructions takes four times as long for it
        "rows": {
            "context_lengths": [768, 1024], "sft_rows": 200, "rl_tasks": 16, "study_rows": 4000, "test_rows": 60,
        },
        "sft": {  # a row at a time: without padding, attention takes half as long on CPUs
            "learning_rate": 2e-4, "batch_size": 1, "epochs": 1, "save_steps": 80,
            "validation_rows": 16,
        },
        "rollout": {"turns": 6, "turn_tokens": 192, "context": 1536, "shown_characters": 800, "batch": 32},
        "frontier": {"rollouts": 4},
        "grpo": {
            "learning_rate": 2e-4, "warmup": 0, "batch_size": 1, "accumulate": 8, "steps": 4, "rollouts": 8,
            "lora_rank": 16, "save_steps": 2,
        },
        "evaluation": {  # what it is asked is whether it can use tools that it never saw: most tasks are for that
            "held_out_tasks": 16, "unseen_tasks": 48, "failure_tasks": 8,
            "bfcl_categories": ["simple_python"], "bfcl_items": 32,
        },
        "scaling": {"tasks": 96, "few_tools": 8, "steps": 96, "seeds": [0, 1, 2], "evaluated_tasks": 32},
    },
    "gpu-8b": {
        "base": "Qwen/Qwen3-8B",
        "dtype": "bfloat16",
        "chat_template_arguments": {"enable_thinking": False},
        "rows": {
            "context_lengths": [4096, 8192, 16384], "sft_rows": 6000, "rl_tasks": 1500,
            "study_rows": 8000, "test_rows": 500,
        },
        "sft": {
            "learning_rate": 1e-4, "batch_size": 2, "accumulate": 16, "epochs": 2, "lora_rank": 64, "save_steps": 50,
            "activation_checkpointing": True,
        },
        "rollout": {
            "turns": 24, "turn_tokens": 1024, "context": 17408, "shown_characters": 8000, "batch": 64, "workers": 16,
        },
        "frontier": {"rollouts": 8, "low": 0.1, "high": 0.9},
        "grpo": {
            "learning_rate": 1e-5, "batch_size": 4, "accumulate": 16, "steps": 200, "rollouts": 8, "lora_rank": 64,
            "save_steps": 20, "activation_checkpointing": True, "use_vllm": True,
        },
        "evaluation": {
            "held_out_tasks": 500, "unseen_tasks": 500, "failure_tasks": 500,
            "bfcl_items": 0,
            "bfcl_categories": [
                "simple_python", "multiple", "parallel", "parallel_multiple", "irrelevance", "live_simple",
                "live_multiple", "live_parallel", "live_parallel_multiple", "live_irrelevance", "multi_turn_base",
                "multi_turn_miss_func", "multi_turn_miss_param", "multi_turn_long_context",
            ],
            "bfcl_turn_steps": 20,
        },
        "scaling": {"tasks": 4000, "few_tools": 100, "steps": 250, "evaluated_tasks": 400},
    },
}  # fmt: skip


def settings_of(
    preset: Preset, base: str = "", seed: int = 0, changes: dict[str, Any] | None = None
) -> TrainingSettings:
    """A preset with another base, seed or single settings, such as {"sft": {"epochs": 2}}.

    Raises pydantic's ValidationError, which names the field, for what no setting can be.
    """
    chosen = {"preset": preset, "seed": seed, **PRESETS[preset]}
    if base:
        chosen["base"] = base
    for name, change in (changes or {}).items():
        chosen[name] = {**chosen.get(name, {}), **change} if isinstance(change, dict) else change
    return TrainingSettings.model_validate(chosen)
