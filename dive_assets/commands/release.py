"""`dive-assets verify`: replay every task of a release or of a published set."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.progress import Progress

from dive_assets.commands.terminal import console, fail
from dive_assets.consuming.published_set import open_set
from dive_assets.publishing.errors import ReleaseError
from dive_assets.publishing.verify import verify_release
from dive_assets.tools.registry import load_registry
from dive_assets.tools.runtime import ToolRuntime

SHOWN = 20  # failures that are printed


def verify(
    release: Annotated[str, typer.Argument(help="Folder of a release, or owner/name of the Hub.")],
    revision: Annotated[str | None, typer.Option(help="Branch, tag or commit of the Hub's repository.")] = None,
    live: Annotated[bool, typer.Option("--live", help="Execute the tools again as well.")] = False,
    sample: Annotated[int | None, typer.Option(help="With --live: execute about so many tasks.", min=1)] = None,
) -> None:
    """Check the files and replay every task; exit code 1 if anything fails."""
    with ToolRuntime(2) as runtime, Progress(console=console) as bars:
        bar = bars.add_task("replaying")
        try:
            report = verify_release(
                open_set(release, revision).folder,
                load_registry(),
                runtime.call if live else None,
                lambda done, total: bars.update(bar, completed=done, total=total),
                sample,
            )
        except ReleaseError as error:
            fail(str(error))
    executed = f", {report.executed} of them by executing the tools as well" if live else ""
    console.print(f"{report.replayed} of {report.tasks} tasks replayed from the cassette{executed}", highlight=False)
    for subject, check, reason in report.failures[:SHOWN]:
        console.print(f"[red]FAILED[/red] {subject}: {check}: {reason}", highlight=False, markup=True)
    if len(report.failures) > SHOWN:
        console.print(f"... and {len(report.failures) - SHOWN} more")
    raise typer.Exit(0 if report.passed else 1)
