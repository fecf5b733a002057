"""What all commands share: the console, errors as one line, progress bars from log records."""

from __future__ import annotations

import logging
import sys
import warnings
from typing import NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

PIPE_WIDTH = 150  # columns where no terminal says how wide it is
console = Console(width=None if sys.stdout.isatty() else PIPE_WIDTH)


def fail(message: str) -> NoReturn:
    """Print an error and end with exit code 2."""
    Console(stderr=True).print(f"[red]error:[/red] {escape(message)}", highlight=False)
    raise typer.Exit(2)


def hide_previews() -> None:
    """Leave out Dagster's warnings on features in preview (data_version of Output, partitions_def of asset checks,
    Pipes): who runs a command can do nothing about them."""
    import dagster as dg

    warnings.filterwarnings("ignore", category=dg.BetaWarning)
    warnings.filterwarnings("ignore", category=dg.PreviewWarning)


class ProgressBars(logging.Handler):
    """Draws the records of `dive_assets.progress` as one bar a domain; in a pipe they become lines."""

    def __init__(self) -> None:
        super().__init__()
        self.bars = Progress(
            TextColumn("{task.description:34}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=console
        )
        self._known: dict[str, TaskID] = {}

    def emit(self, record: logging.LogRecord) -> None:
        progress = getattr(record, "progress", None)
        if progress is None:
            return
        name, done, total = progress
        if not console.is_terminal:
            console.print(record.getMessage(), highlight=False)
            return
        domain = name.partition(":")[0]
        if domain not in self._known:
            self._known[domain] = self.bars.add_task(name, total=total)
        self.bars.update(self._known[domain], description=name, completed=min(done, total), total=total)

    def __enter__(self) -> ProgressBars:
        logger = logging.getLogger("dive_assets.progress")
        logger.addHandler(self)
        logger.setLevel(logging.INFO)
        if console.is_terminal:
            self.bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        if console.is_terminal:
            self.bars.stop()
        logging.getLogger("dive_assets.progress").removeHandler(self)
