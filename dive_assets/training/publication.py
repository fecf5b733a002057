"""A finished checkpoint as a model repository of the Hub: weights, card with data revision, curves and evaluation.

folder = write_publication(...)                  # what will be published, to look at first
publish_checkpoint(api, folder, "owner/name")    # one commit
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import orjson
import polars as pl

from dive_assets import __version__
from dive_assets.training.evaluation import comparison_table, score_table
from dive_assets.training.plots import curve_plot, score_plot
from dive_assets.training.settings import TrainingSettings

LICENCES = {"embedded": "apache-2.0", "tiny": "apache-2.0"}  # another base's licence is on its own card


@dataclass(frozen=True)
class CheckpointReport:
    """What the card of a checkpoint says. `curves` are the logged metrics of each stage by name, with the panels that
    are drawn; `identity` is the hash of the job that made the model, `data_revision` that of its rows."""

    title: str
    model: Path
    settings: TrainingSettings
    stages: str
    identity: str
    data_revision: str
    rows: Mapping[str, int]
    outcomes: pl.DataFrame
    curves: Mapping[str, tuple[pl.DataFrame, Mapping[str, list[str]]]]


def write_publication(report: CheckpointReport, folder: Path) -> Path:
    """The repository as a folder: the model's files, README.md, plots and settings. An older folder is replaced."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(report.model, folder)
    scores = score_table(report.outcomes, report.settings.evaluation)
    (folder / "scores.png").write_bytes(score_plot(scores))
    for name, (curve, panels) in report.curves.items():
        (folder / f"{name}.png").write_bytes(curve_plot(curve, panels))
    (folder / "training_settings.json").write_text(report.settings.model_dump_json(indent=2))
    (folder / "README.md").write_text(_card(report, scores))
    return folder


def publish_checkpoint(api: Any, folder: Path, repository: str, private: bool = True) -> str:
    """Put the folder into the repository with one commit and return its id. Publishing again what is there makes no
    commit: the id is then that of the head."""
    from huggingface_hub import CommitOperationAdd

    api.create_repo(repository, repo_type="model", private=private, exist_ok=True)
    operations = [
        CommitOperationAdd(path_in_repo=str(path.relative_to(folder)), path_or_fileobj=str(path))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    message = "Checkpoint, card and evaluation"
    return str(api.create_commit(repository, operations, commit_message=message, repo_type="model").oid)


def _card(report: CheckpointReport, scores: pl.DataFrame) -> str:
    from jinja2 import Environment, StrictUndefined

    template = (files("dive_assets.training") / "checkpoint_card.md").read_text()
    environment = Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)  # noqa: S701
    comparisons = comparison_table(report.outcomes, report.settings.evaluation)
    return environment.from_string(template).render(
        title=report.title,
        base=report.settings.base,
        stages=report.stages,
        version=__version__,
        preset=report.settings.preset,
        seed=report.settings.seed,
        data_revision=report.data_revision,
        rows={"sft": 0, "rl": 0, **report.rows},
        identity=report.identity,
        scores=_markdown(scores),
        comparisons=_markdown(comparisons) if comparisons.height else "(one checkpoint)",
        curves=[f"{name}.png" for name in report.curves],
        front_matter=_front_matter(report),
    )


def _front_matter(report: CheckpointReport) -> str:
    facts: dict[str, Any] = {
        "library_name": "transformers",
        "pipeline_tag": "text-generation",
        "tags": ["tool-use", "function-calling", "dive-assets"],
    }
    base = report.settings.base
    if base in LICENCES:
        facts["license"] = LICENCES[base]
        facts["base_model"] = "HuggingFaceTB/SmolLM2-135M-Instruct" if base == "embedded" else None
    elif not Path(base).exists():
        facts["base_model"] = base
    shown = {key: value for key, value in facts.items() if value is not None}
    return "\n".join(f"{key}: {orjson.dumps(value).decode()}" for key, value in shown.items())


def _markdown(frame: pl.DataFrame) -> str:
    rows = [frame.columns, ["---"] * frame.width, *frame.rows()]
    return "\n".join("| " + " | ".join(_cell(value) for value in row) + " |" for row in rows)


def _cell(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)
