"""`dive-assets serve-mcp`: offer tools to any agent over the Model Context Protocol."""

from __future__ import annotations

from contextlib import ExitStack
from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.console import Console

from dive_assets.commands.terminal import fail
from dive_assets.publishing.errors import ReleaseError
from dive_assets.tools.registry import load_registry
from dive_assets.tools.runtime import ToolRuntime

log = Console(stderr=True)  # standard output belongs to the protocol


class Transport(StrEnum):
    stdio = "stdio"
    http = "http"


class Execution(StrEnum):
    auto = "auto"
    recorded = "recorded"


def serve_mcp(
    domain: Annotated[list[str] | None, typer.Option(help="Serve the tools of a domain; repeat with http.")] = None,
    release: Annotated[str, typer.Option(help="Folder of a release, or owner/name of the Hub.")] = "",
    revision: Annotated[str | None, typer.Option(help="Branch, tag or commit of the Hub's repository.")] = None,
    task: Annotated[
        list[str] | None, typer.Option(help="Serve the toolset of a task of --release; repeat with http.")
    ] = None,
    attempt: Annotated[
        bool, typer.Option("--attempt", help="With one task: offer submit_answer too, and print the reward.")
    ] = False,
    execution: Annotated[
        Execution, typer.Option(help="auto: installed tools, else the cassette. recorded: the cassette alone.")
    ] = Execution.auto,
    transport: Annotated[Transport, typer.Option(help="stdio: a client starts this command. http: on loopback.")] = (
        Transport.stdio
    ),
    port: Annotated[int, typer.Option(help="With http; 0 takes a free one.", min=0, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="Worker processes of tools.", min=1)] = 1,
) -> None:
    """Serve tools of the pool, or the toolset of a task, one server or mount each."""
    import mcp  # noqa: F401  (says at once that the extra is missing)

    if bool(domain) == bool(task):
        fail("name either --domain or --task: one of them, at least once")
    if bool(task) != bool(release):
        fail("--task and --release go together: --release FOLDER --task ID")
    if attempt and len(task or ()) != 1:
        fail("--attempt needs exactly one --task")
    with ExitStack() as stack:
        if domain:
            toolsets = _domains(domain, workers, stack)
        else:
            toolsets = _tasks(release, revision, task or [], attempt, execution, workers, stack)
        if transport is Transport.stdio:
            _serve_stdio(toolsets)
        else:
            _serve_http(toolsets, port)


def _domains(domains: list[str], workers: int, stack: ExitStack) -> list[Any]:
    from dive_assets.consuming.mcp_server import pool_toolset

    registry = load_registry()
    for domain in domains:
        if domain not in registry.domains:
            fail(f"unknown domain {domain!r}: choose from {', '.join(registry.domains)}")
    runtime = stack.enter_context(ToolRuntime(workers))
    return [pool_toolset(domain, registry.tools_of(domain).values(), runtime.call) for domain in dict.fromkeys(domains)]


def _tasks(
    release: str,
    revision: str | None,
    task_ids: list[str],
    attempt: bool,
    execution: Execution,
    workers: int,
    stack: ExitStack,
) -> list[Any]:
    from dive_assets.consuming.mcp_server import attempt_toolset, task_toolset
    from dive_assets.consuming.published_set import open_set
    from dive_assets.consuming.task_environments import TaskEnvironments

    try:
        published = open_set(release, revision)
        tasks = [published.task(task_id) for task_id in dict.fromkeys(task_ids)]
        made = TaskEnvironments(published, execution.value, workers=workers)
        environments = stack.enter_context(made)
        for task in tasks:
            log.print(f"{task.task_id}: {task.question}", highlight=False, markup=False)
        if attempt:
            return [attempt_toolset(environments, tasks[0], lambda reward: log.print_json(reward.model_dump_json()))]
        return [task_toolset(environments, task) for task in tasks]
    except ReleaseError as error:
        fail(str(error))


def _serve_stdio(toolsets: list[Any]) -> None:
    import anyio

    from dive_assets.consuming.mcp_server import serve_stdio

    if len(toolsets) != 1:
        fail("stdio serves one toolset: name one, or use --transport http")
    anyio.run(serve_stdio, toolsets[0])


def _serve_http(toolsets: list[Any], port: int) -> None:
    from dive_assets.consuming.mcp_server import serve_http

    def ready(addresses: dict[str, str]) -> None:
        for name, address in addresses.items():
            log.print(f"{name}: {address}", highlight=False, markup=False)

    try:
        serve_http(toolsets, port, ready)
    except OSError as error:
        fail(f"--port {port} cannot be used ({error.strerror}): name another, or 0 for a free one")
