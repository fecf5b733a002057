"""`dive-assets publish-checkpoint`: a trained model as a Hub repository."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import orjson
import polars as pl
import typer

from dive_assets.commands.terminal import console, fail
from dive_assets.training.job import RESULT, Job
from dive_assets.training.plots import GRPO_PANELS, SFT_PANELS
from dive_assets.training.publication import CheckpointReport, write_publication
from dive_assets.training.publication import publish_checkpoint as commit

STAGES = {"grpo": "SFT and GRPO", "sft": "SFT"}  # the last stage first


def publish_checkpoint(
    run: Annotated[str, typer.Argument(help="Name of a training run.")],
    repository: Annotated[str, typer.Option(help="owner/name of the model repository.")],
    storage: Annotated[Path, typer.Option(help="Storage folder of the run.")] = Path("storage"),
    push: Annotated[bool, typer.Option("--push", help="Commit it to the Hub ($HF_TOKEN).")] = False,
    private: Annotated[bool, typer.Option(help="Whether a repository that is made here is private.")] = True,
) -> None:
    """Write the repository's folder (weights, card, plots) and, with --push, commit it."""
    folder = storage.resolve() / "training" / run
    stage = next((name for name in STAGES if (folder / name / RESULT).exists()), None)
    if stage is None or not (folder / "evaluation" / "outcomes.parquet").exists():
        fail(f"training run {run!r} in {storage} is not finished: run `dive-assets train` until it prints its table")
    made = write_publication(_report(folder, run, stage), folder / "publication")
    console.print(f"the repository lies in {made}", highlight=False)
    if not push:
        return
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError, LocalTokenNotFoundError

    try:
        done = commit(HfApi(), made, repository, private)
    except (HfHubHTTPError, LocalTokenNotFoundError, OSError) as error:
        fail(f"the Hub did not take {repository} ({type(error).__name__}): check its name, HF_TOKEN and the network")
    console.print(f"{repository} stands at {done}", highlight=False)


def _report(folder: Path, run: str, stage: str) -> CheckpointReport:
    result = orjson.loads((folder / stage / RESULT).read_bytes())
    job = Job.model_validate_json((folder / stage / "job.json").read_bytes())
    uses = pl.read_parquet(folder / "rows" / "rows.parquet")["use"].value_counts()
    panels = {"sft": SFT_PANELS, "grpo": GRPO_PANELS}
    return CheckpointReport(
        title=run,
        model=Path(result["model"]),
        settings=job.settings,
        stages=STAGES[stage],
        identity=result["identity"],
        data_revision=job.content["rows"],
        rows=dict(uses.iter_rows()),
        outcomes=pl.read_parquet(folder / "evaluation" / "outcomes.parquet"),
        curves={
            name: (pl.read_parquet(path), panels[name])
            for name in panels
            if (path := folder / name / "curve.parquet").exists()
        },
    )
