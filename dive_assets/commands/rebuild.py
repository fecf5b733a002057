"""`dive-assets rebuild`: make a release again from its manifest and compare it byte by byte."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from dive_assets.commands.parallel_runs import usable_cores
from dive_assets.commands.run import materialize
from dive_assets.commands.terminal import console, fail
from dive_assets.production.rebuild import (
    differing_files,
    environment_differences,
    production_settings,
    publish_again,
)
from dive_assets.publishing.errors import ReleaseError
from dive_assets.publishing.manifest import load_manifest, read_manifest
from dive_assets.tools.registry import load_registry


def rebuild(
    manifest: Annotated[Path, typer.Argument(help="manifest.json of a release or of a published set.")],
    output: Annotated[
        Path | None, typer.Option(help="Empty folder to make it in.", show_default="a temporary folder")
    ] = None,
    parallel: Annotated[
        int | None, typer.Option(help="Domains at once.", show_default="processor cores", min=1)
    ] = None,
    anyway: Annotated[bool, typer.Option("--anyway", help="Go on although the environment differs.")] = False,
) -> None:
    """Make a release again with the same config, seed and tools, and compare every file; exit code 1 if any differs."""
    try:
        original = read_manifest(manifest)
    except ReleaseError as error:
        fail(str(error))
    differences = list(environment_differences(original, load_registry()))
    for difference in differences:
        console.print(f"[yellow]differs:[/yellow] {difference}", highlight=False)
    if differences and not anyway:
        fail("the same bytes cannot be expected here: mend the differences, or say --anyway")
    if output is not None and output.exists() and any(output.iterdir()):
        fail(f"--output {output} is not empty: choose another folder")
    with tempfile.TemporaryDirectory(prefix="rebuild") as temporary:
        folder = (output or Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        domains = list(original.domains)
        materialize(folder, domains, production_settings(original), min(parallel or usable_cores(), len(domains)))
        made = folder / "release" if original.publication is None else publish_again(original, folder)
        differing = differing_files(original, load_manifest(made), made, manifest.read_bytes())
    for name, reason in differing.items():
        console.print(f"[red]DIFFERS[/red] {name} {reason}", highlight=False)
    same = len(original.files) - len(differing.keys() & original.files.keys())
    console.print(f"{same} of {len(original.files)} files are the same byte for byte", highlight=False)
    raise typer.Exit(1 if differing else 0)
