"""All commands of `dive-assets`."""

from __future__ import annotations

import click
import typer
from typer.core import TyperGroup

from dive_assets.commands import (
    inspect,
    models,
    publish_checkpoint,
    pull,
    rebuild,
    release,
    run,
    serve_mcp,
    tools,
    train,
)
from dive_assets.commands.terminal import fail

# Packages that only some commands need, and the extra that brings them.
EXTRAS = {
    "dagster": "factory",
    "openai": "factory",
    "aiolimiter": "factory",
    "genai_prices": "factory",
    "filelock": "factory",
    "yaml": "factory",
    "matplotlib": "factory",
    "jinja2": "factory",
    "upath": "factory",
    "mcp": "mcp",
    "torch": "train",
    "trl": "train",
}


class Commands(TyperGroup):
    """Says what to install where a command needs a package of an extra that is missing."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ModuleNotFoundError as error:
            package = (error.name or "").partition(".")[0]
            if package not in EXTRAS:
                raise
            fail(f"this command needs {package}: pip install 'dive-assets[{EXTRAS[package]}]'")


app = typer.Typer(
    cls=Commands, no_args_is_help=True, pretty_exceptions_show_locals=False, help="Verified tool-use tasks as assets."
)
app.command("run")(run.run)
app.command("ask")(models.ask)
app.command("train")(train.train)
app.command("publish-checkpoint")(publish_checkpoint.publish_checkpoint)
app.command("show")(inspect.show)
app.command("stats")(inspect.stats)
app.command("verify")(release.verify)
app.command("rebuild")(rebuild.rebuild)
app.command("pull")(pull.pull)
app.command("serve-mcp")(serve_mcp.serve_mcp)
app.add_typer(tools.app, name="tools", help="List, describe, check and call tools.")
