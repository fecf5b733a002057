"""`dive-assets tools`: list, describe, check and call tools."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from rich.table import Table

from dive_assets.commands.terminal import console, fail
from dive_assets.tools.registry import load_registry
from dive_assets.tools.runtime import ToolRuntime
from dive_assets.tools.tool import Tool
from dive_assets.tools.validation import validate_tools

app = typer.Typer(no_args_is_help=True)
DomainOption = Annotated[str, typer.Option(help="A domain.")]


def _tools_in(domain: str) -> list[Tool]:
    registry = load_registry()
    if domain and domain not in registry.domains:
        fail(f"unknown domain {domain!r}: choose one of {', '.join(registry.domains)}")
    return [t for _, t in sorted(registry.tools.items()) if domain in ("", t.domain)]


def _tool(name: str) -> Tool:
    registry = load_registry()
    if name in registry.absent:
        fail(registry.absent[name])
    tool = registry.tools.get(name)
    return tool if tool is not None else fail(f"there is no tool {name!r}: see `dive-assets tools list`")


@app.command("list")
def list_tools(domain: DomainOption = "") -> None:
    """Every tool with its domain, kind and description."""
    table = Table("tool", "domain", "kind", "what it answers", box=None)
    for tool in _tools_in(domain):
        table.add_row(tool.name, tool.domain, tool.kind, tool.description.splitlines()[0])
    console.print(table)
    for message in load_registry().absent.values():
        console.print(message, highlight=False, markup=False)


@app.command()
def describe(name: str) -> None:
    """Schemas, sources, licences and phrases of a tool, as JSON."""
    tool = _tool(name)
    console.print_json(
        json.dumps(
            {
                "name": tool.name,
                "description": tool.description,
                "kind": tool.kind,
                "version": tool.version,
                "sources": [
                    [s.package, s.version, s.licence, s.data_licence or s.licence, s.url] for s in tool.sources
                ],
                "input_schema": tool.input_schema,
                "output_schema": tool.output_schema,
                "phrases": {f.name: list(f.says.phrases) for f in tool.fields.values()},
            }
        )
    )


@app.command()
def call(name: str, arguments: Annotated[str, typer.Argument(help="Arguments as a JSON object.")]) -> None:
    """Execute one tool in a worker process and print its output."""
    _tool(name)
    try:
        given = json.loads(arguments)
    except json.JSONDecodeError as error:
        fail(f"the arguments are not JSON: {error}")
    if not isinstance(given, dict):
        fail('the arguments must be a JSON object such as {"country": "Kenya"}')
    with ToolRuntime(1) as runtime:
        result = runtime.call(name, given)
    if result.error is not None:
        fail(f"{result.error.code}: {result.error.message}")
    console.print_json(result.output_json())


@app.command()
def check(domain: DomainOption = "") -> None:
    """Run every probe twice in isolation."""
    tools = _tools_in(domain)
    with ToolRuntime(2) as first, ToolRuntime(2) as second:
        reports = validate_tools(tools, first, second)
    for report, tool in zip(reports, tools, strict=True):
        mark = "ok  " if report.passed else "FAIL"
        typer.echo(f"{mark} {tool.kind} {report.name:36} {report.milliseconds:8.1f} ms  {report.reason}")
    failed = sum(not r.passed for r in reports)
    kinds = [t.kind for t in tools]
    typer.echo(f"{len(reports) - failed} passed, {failed} failed; R {kinds.count('R')}, P {kinds.count('P')}")
    raise typer.Exit(int(failed > 0))


@app.command()
def phrases(domain: DomainOption = "") -> None:
    """Every noun phrase and question, filled from the first probe."""
    for tool in _tools_in(domain):
        given = {n: p.default for n, p in tool.parameters.items()} | dict(tool.probes[0].arguments)
        spoken = {n: p.draw.write(given[n]) if (p := tool.parameters[n]).draw else str(given[n]) for n in given}
        typer.echo(f"\n{tool.kind} {tool.name}: {tool.description}")
        for field in tool.fields.values():
            for phrase in (*field.says.phrases, *field.says.ask):
                typer.echo(f"    {field.name}: {phrase.format(**spoken)}")
            if field.says.has:
                typer.echo(f"    {field.name}: the {field.says.high} {field.says.has.format(**spoken)}")
