"""`dive-assets pull`: start from a published set."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from dive_assets.commands.preparation import create_instance, dagster_home
from dive_assets.commands.terminal import console, fail
from dive_assets.publishing.errors import ReleaseError
from dive_assets.publishing.folders import replacing
from dive_assets.publishing.pull import download, write_tables
from dive_assets.tables import frame_hash

PULLED = ("verified_tasks", "rejected_tasks", "execution_traces", "trajectories")


def pull(
    repository: Annotated[str, typer.Argument(help="Dataset of the Hub, owner/name.")],
    revision: Annotated[str, typer.Option(help="Branch, tag or commit.")] = "main",
    output: Annotated[Path, typer.Option(help="Folder of tables, journals and the release.")] = Path("storage"),
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace tables that are there.")] = False,
) -> None:
    """Download a published set and materialize it as verified_tasks, rejected_tasks, execution_traces and trajectories.

    The endpoint comes from HF_ENDPOINT, the token from HF_TOKEN.
    """
    from huggingface_hub import HfApi

    storage = output.resolve()
    there = [name for name in PULLED if any((storage / name).glob("*.parquet"))]
    if there and not overwrite:
        fail(f"{storage} has {', '.join(there)} already: choose another --output, or say --overwrite")
    api = HfApi(endpoint=os.environ.get("HF_ENDPOINT") or None, token=os.environ.get("HF_TOKEN") or False)
    try:
        storage.mkdir(parents=True, exist_ok=True)
        with replacing(storage / "pulled") as folder:
            manifest = download(api, repository, revision, folder)
        rows = _materialize(storage, repository, revision)
    except ReleaseError as error:
        fail(str(error))
    told = ", ".join(f"{count} {name}" for name, count in rows.items())
    console.print(
        f"{repository} at {revision}: {told} in {len(manifest.domains)} domains below {storage}", highlight=False
    )


def _materialize(storage: Path, repository: str, revision: str) -> dict[str, int]:
    """Write the tables and tell the Dagster instance of them; rows by asset."""
    import dagster as dg

    from dive_assets.publishing.manifest import load_manifest

    home, rows = dagster_home(), dict.fromkeys(PULLED, 0)
    create_instance(home)
    folder = storage / "pulled"
    with dg.DagsterInstance.from_config(str(home)) as instance:
        for asset, domain, frame in write_tables(folder, load_manifest(folder), storage):
            rows[asset] += frame.height
            instance.report_runless_asset_event(
                dg.AssetMaterialization(
                    asset,
                    partition=domain,
                    metadata={"pulled_from": repository, "revision": revision, "rows": frame.height},
                    tags={"dagster/data_version": frame_hash(frame)},
                )
            )
    return rows
