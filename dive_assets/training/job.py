"""One stage of a training run as a process of its own: `python -m dive_assets.training.job job.json`.

The file says everything; what comes of the job lies in its folder, `result.json` last. The same file can be run on a
machine without Dagster, such as a GPU node. Started by Dagster (Pipes), the process also reports to it.

    rows        tasks and chats              -> rows.parquet, and the base model below `models`
    sft         rows                         -> model, curve.parquet
    frontier    rows, checkpoint sft         -> rollouts.parquet
    grpo        rows, checkpoint sft, tasks  -> model, curve.parquet, rollouts.parquet
    evaluation  rows, checkpoints            -> outcomes.parquet, rollouts.parquet
    scaling     rows                         -> study.parquet
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import orjson
import polars as pl
from pydantic import BaseModel, ConfigDict

from dive_assets import __version__
from dive_assets.consuming.environment import CallByName
from dive_assets.tables import tasks_of, trajectories_of
from dive_assets.tools.canonical import content_hash
from dive_assets.tools.registry import load_registry
from dive_assets.tools.runtime import RuntimeLimits, ToolRuntime
from dive_assets.training.base_models import load_model, load_tokenizer, prepare_base
from dive_assets.training.chat_tokens import ChatTokens
from dive_assets.training.checkpoints import is_main_process
from dive_assets.training.errors import TrainingError, require_packages
from dive_assets.training.evaluation import evaluate
from dive_assets.training.frontier import sample_rollouts
from dive_assets.training.generation import ModelGenerator
from dive_assets.training.grpo import train_grpo
from dive_assets.training.rollouts import RolloutEngine
from dive_assets.training.rows import make_rows, training_tasks
from dive_assets.training.scaling import scaling_study
from dive_assets.training.settings import TrainingSettings
from dive_assets.training.sft import SftResult, train_sft

Stage = Literal["rows", "sft", "frontier", "grpo", "evaluation", "scaling"]
ALWAYS: dict[str, Any] = dict.fromkeys(("base", "seed", "dtype", "device", "threads", "chat_template_arguments"), True)
# The settings that what comes of a stage depends on, beside those: others may change without doing it again.
DEPENDS_ON: dict[Stage, dict[str, Any]] = {
    "rows": {"rows": True, "rollout": {"shown_characters"}},
    "sft": {"sft": True, "rows": {"train_on_failed_calls"}},
    "frontier": {"rollout": True, "frontier": {"rollouts", "temperature"}, "grpo": {"alpha"}},
    "grpo": {"rollout": True, "grpo": True},
    "evaluation": {"rollout": True, "evaluation": True, "grpo": {"alpha"}},
    "scaling": {"rollout": True, "sft": True, "scaling": True},
}
RESULT = "result.json"
ERROR = "error.txt"
MENDABLE = 3  # exit code where error.txt says what to do
OFFLINE = {"HF_HUB_DISABLE_TELEMETRY": "1", "TRL_EXPERIMENTAL_SILENCE": "1", "TOKENIZERS_PARALLELISM": "false"}


class Job(BaseModel):
    """What one process shall do. Paths are absolute; `identity` tells whether a folder holds work on the same job.

    inputs       tables by name; their content is in `content`, which identifies them.
    checkpoints  folders of models by name, and in `content` what they were made from.
    tasks        ids of the tasks of a grpo job.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    stage: Stage
    settings: TrainingSettings
    folder: str
    models: str
    inputs: dict[str, str] = {}
    checkpoints: dict[str, str] = {}
    tasks: tuple[str, ...] = ()
    content: dict[str, str] = {}

    @property
    def identity(self) -> str:
        """Hash over the program's version, the settings that matter and the content of the inputs."""
        settings = self.settings.model_dump(mode="json", include={**ALWAYS, **DEPENDS_ON[self.stage]})
        return content_hash(__version__, self.stage, settings, sorted(self.tasks), self.content)


def run_job(job: Job) -> dict[str, Any]:
    """Do the work of a job and return what `result.json` holds. Raises TrainingError for what its starter can mend."""
    require_packages()
    os.environ.update({name: os.environ.get(name, value) for name, value in OFFLINE.items()})
    import torch
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # of files read and written: seconds
    torch.set_num_threads(job.settings.threads or len(os.sched_getaffinity(0)))
    folder = Path(job.folder)
    folder.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    found = STAGES[job.stage](job, folder)
    result = {**found, "identity": job.identity, "seconds": round(time.monotonic() - started, 1)}
    if is_main_process():
        (folder / RESULT).write_bytes(orjson.dumps(result, option=orjson.OPT_INDENT_2))
    return result


def _rows(job: Job, folder: Path) -> dict[str, Any]:
    settings = job.settings
    base = prepare_base(settings.base, Path(job.models))
    form = ChatTokens(load_tokenizer(base), settings.chat_template_arguments)
    tasks = list(tasks_of(pl.read_parquet(job.inputs["tasks"])))
    chats = list(trajectories_of(pl.read_parquet(job.inputs["chats"])))
    if further := settings.rows.further_trajectories:
        chats += trajectories_of(pl.read_parquet(further))
    shown = settings.rollout.shown_characters
    table = make_rows(tasks, chats, load_registry().tools, form, settings.rows, shown, settings.seed)
    table.frame.write_parquet(folder / "rows.parquet")
    return {"base": str(base), "left_out": dict(table.left_out.most_common())}


def _sft(job: Job, folder: Path) -> dict[str, Any]:
    base = prepare_base(job.settings.base, Path(job.models))
    made = train_sft(base, pl.read_parquet(job.inputs["rows"]), job.settings, folder)
    if is_main_process():
        made.curve.write_parquet(folder / "curve.parquet")
    return _sft_figures(made)


def _sft_figures(made: SftResult) -> dict[str, Any]:
    return {
        "model": str(made.model),
        "steps": made.steps,
        "examples": made.examples,
        "tokens": made.tokens,
        "supervised_tokens": made.supervised_tokens,
    }


def _frontier(job: Job, folder: Path) -> dict[str, Any]:
    settings = job.settings
    tasks = training_tasks(pl.read_parquet(job.inputs["rows"]), ["rl"])
    if not tasks:
        raise TrainingError("no task is set apart for RL: make more tasks, or raise rows.context_lengths")
    checkpoint = Path(job.checkpoints["sft"])
    tokenizer, limits = load_tokenizer(checkpoint), settings.rollout
    form = ChatTokens(tokenizer, settings.chat_template_arguments)
    model = load_model(checkpoint, settings.dtype, settings.device)
    generator = ModelGenerator(model, tokenizer, limits.turn_tokens, limits.batch, settings.frontier.temperature)
    with _tools(settings) as execute:
        engine = RolloutEngine(form, execute, limits, settings.grpo.alpha)
        count = settings.frontier.rollouts
        found = sample_rollouts(engine, tasks, generator, count, max(1, limits.batch // count), settings.seed, folder)
    found.write_parquet(folder / "rollouts.parquet")
    return {"tasks": len(tasks), "rollouts": found.height}


def _grpo(job: Job, folder: Path) -> dict[str, Any]:
    wanted = set(job.tasks)
    tasks = [t for t in training_tasks(pl.read_parquet(job.inputs["rows"]), ["rl"]) if t.task_id in wanted]
    with _tools(job.settings) as execute:
        made = train_grpo(Path(job.checkpoints["sft"]), tasks, job.settings, execute, folder)
    made.curve.write_parquet(folder / "curve.parquet")
    made.rollouts.write_parquet(folder / "rollouts.parquet")
    return {"model": str(made.model), "steps": made.steps, "rollouts": made.rollouts.height}


def _evaluation(job: Job, folder: Path) -> dict[str, Any]:
    rows = pl.read_parquet(job.inputs["rows"])
    outcomes, rollouts = list[pl.DataFrame](), list[pl.DataFrame]()
    with _tools(job.settings) as execute:
        for name, checkpoint in job.checkpoints.items():
            paths = [folder / f"{kind}-{name}.parquet" for kind in ("rollouts", "outcomes")]
            if not paths[1].exists():  # written last
                found = evaluate({name: Path(checkpoint)}, rows, job.settings, execute)
                found.rollouts.write_parquet(paths[0])
                found.outcomes.write_parquet(paths[1])
            rollouts.append(pl.read_parquet(paths[0]))
            outcomes.append(pl.read_parquet(paths[1]))
    pl.concat(rollouts, how="diagonal").write_parquet(folder / "rollouts.parquet")
    pl.concat(outcomes).write_parquet(folder / "outcomes.parquet")
    return {"checkpoints": list(job.checkpoints)}


def _scaling(job: Job, folder: Path) -> dict[str, Any]:
    base = prepare_base(job.settings.base, Path(job.models))
    with _tools(job.settings) as execute:
        study = scaling_study(base, pl.read_parquet(job.inputs["rows"]), job.settings, execute, folder)
    study.write_parquet(folder / "study.parquet")
    return {"models": study.select("arm", "seed").unique().height}


STAGES: dict[Stage, Callable[[Job, Path], dict[str, Any]]] = {
    "rows": _rows,
    "sft": _sft,
    "frontier": _frontier,
    "grpo": _grpo,
    "evaluation": _evaluation,
    "scaling": _scaling,
}


@contextmanager
def _tools(settings: TrainingSettings) -> Iterator[CallByName]:
    limits = RuntimeLimits(time_s=settings.rollout.call_time_limit_s)
    with ToolRuntime(settings.rollout.workers, limits) as runtime:
        yield runtime.call


def main(path: str) -> int:
    """Run the job of a file; 0, or 3 with the reason in error.txt."""
    job = Job.model_validate_json(Path(path).read_bytes())
    logger = logging.getLogger("dive_assets.progress")
    logger.setLevel(logging.INFO)
    logger.addHandler(logging.StreamHandler(sys.stderr))
    with _reporting(logger):
        try:
            run_job(job)
        except TrainingError as error:
            (Path(job.folder) / ERROR).write_text(str(error))
            print(f"error: {error}", file=sys.stderr)
            return MENDABLE
    return 0


@contextmanager
def _reporting(logger: logging.Logger) -> Iterator[None]:
    """Hand progress to the Dagster run that started this process, if one did, and end when it does."""
    if "DAGSTER_PIPES_CONTEXT" not in os.environ:
        yield
        return
    from dagster_pipes import open_dagster_pipes

    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    with open_dagster_pipes() as pipes:
        handler = logging.Handler()
        handler.emit = lambda record: pipes.log.info(record.getMessage())  # type: ignore[method-assign]
        logger.addHandler(handler)
        yield


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1.0)
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
