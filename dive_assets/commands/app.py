"""All commands of `dive-assets`."""

from __future__ import annotations

import typer

from dive_assets.commands import inspect, models, pull, rebuild, release, run, tools

app = typer.Typer(no_args_is_help=True, pretty_exceptions_show_locals=False, help="Verified tool-use tasks as assets.")
app.command("run")(run.run)
app.command("ask")(models.ask)
app.command("show")(inspect.show)
app.command("stats")(inspect.stats)
app.command("verify")(release.verify)
app.command("rebuild")(rebuild.rebuild)
app.command("pull")(pull.pull)
app.add_typer(tools.app, name="tools", help="List, describe, check and call tools.")
