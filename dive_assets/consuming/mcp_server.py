"""Toolsets over the Model Context Protocol, so that any agent can be tried on a task: one server, or one mount, a toolset.

    toolset = task_toolset(environments, task)
    await serve_stdio(toolset)                       # a client starts this process
    serve_http([toolset, ...], port=8000)            # http://127.0.0.1:8000/<name>/mcp

A call that fails is a result with `is_error` and {"error", "message"} as its text, so that the agent reads it.
The package mcp is imported inside functions: it is an extra.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dive_assets import __version__
from dive_assets.consuming.environment import CallByName, Reward
from dive_assets.consuming.task_environments import TaskEnvironments
from dive_assets.records import Task
from dive_assets.tools.canonical import canonical_json
from dive_assets.tools.tool import Tool
from dive_assets.trajectories.conversation import SUBMIT, SYSTEM

if TYPE_CHECKING:
    from mcp.server.lowlevel import Server
    from starlette.applications import Starlette

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Reply:
    """The answer to a call: what the agent reads, the same as an object if it is one, and whether it is a failure."""

    text: str
    structured: Any = None
    failed: bool = False


@dataclass(frozen=True)
class ServedTool:
    """A tool as tools/list shows it."""

    name: str
    description: str
    input_schema: Mapping[str, Any]
    output_schema: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class ServedToolset:
    """What one server, or one mount, offers. `answer` runs in a thread and never raises for what an agent does."""

    name: str
    tools: Sequence[ServedTool]
    answer: Callable[[str, Mapping[str, Any]], Reply]
    instructions: str | None = None


def pool_toolset(name: str, tools: Iterable[Tool], call: CallByName) -> ServedToolset:
    """Tools of the pool, executed by `call`."""
    served = [ServedTool(t.name, t.description, t.input_schema, t.output_schema) for t in tools]
    return ServedToolset(name, served, _answering(call))


def task_toolset(environments: TaskEnvironments, task: Task) -> ServedToolset:
    """The toolset of a task, as its set describes it."""
    served = []
    for schema in environments.published.schemas(task):
        function = schema["function"]
        if function["name"] != SUBMIT:
            output = environments.published.tools[function["name"]]["output_schema"]
            served.append(ServedTool(function["name"], function["description"], function["parameters"], output))
    return ServedToolset(task.task_id, served, _answering(environments.tools(task).call))


def attempt_toolset(environments: TaskEnvironments, task: Task, report: Callable[[Reward], None]) -> ServedToolset:
    """One attempt at a task: its toolset and submit_answer; `report` gets the reward when the attempt is over."""
    environment = environments.of(task)

    def answer(name: str, arguments: Mapping[str, Any]) -> Reply:
        before = environment.over
        text = environment.call(name, arguments)
        if environment.over and not before:
            report(environment.reward())
        return Reply(text, failed=bool(environment.attempted[-1].error_code))

    functions = [schema["function"] for schema in environment.tools]
    served = [ServedTool(f["name"], f["description"], f["parameters"]) for f in functions]
    return ServedToolset(task.task_id, served, answer, SYSTEM)


def server_of(toolset: ServedToolset) -> Server[Any]:
    """A server of one toolset, without a transport."""
    import anyio
    import mcp.types as types
    from mcp.server.lowlevel import Server

    hints = types.ToolAnnotations(
        read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
    )
    listed = types.ListToolsResult(
        tools=[
            types.Tool(
                name=tool.name,
                description=tool.description,
                input_schema=dict(tool.input_schema),
                output_schema=None if tool.output_schema is None else dict(tool.output_schema),
                annotations=None if tool.name == SUBMIT else hints,
            )
            for tool in toolset.tools
        ]
    )
    schemas = {tool.name: tool.input_schema for tool in toolset.tools}

    async def list_tools(ctx: Any, params: Any) -> types.ListToolsResult:
        return listed

    async def call_tool(ctx: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
        reply = await anyio.to_thread.run_sync(_reply, toolset, schemas, params.name, params.arguments or {})
        content = [types.TextContent(type="text", text=reply.text)]
        return types.CallToolResult(content=content, structured_content=reply.structured, is_error=reply.failed)

    return Server(
        toolset.name,
        version=__version__,
        instructions=toolset.instructions,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        get_tool_input_schema=schemas.get,
    )


def http_app(toolsets: Sequence[ServedToolset]) -> Starlette:
    """An ASGI application with one mount a toolset: /<name>/mcp. Only requests to a loopback address are answered."""
    from starlette.applications import Starlette

    servers = {toolset.name: server_of(toolset) for toolset in toolsets}
    mounted = [
        server.streamable_http_app(streamable_http_path=f"/{name}/mcp", json_response=True, stateless_http=True)
        for name, server in servers.items()
    ]

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for server in servers.values():
                await stack.enter_async_context(server.session_manager.run())
            yield

    return Starlette(routes=[route for app in mounted for route in app.routes], lifespan=lifespan)


def serve_http(toolsets: Sequence[ServedToolset], port: int, ready: Callable[[dict[str, str]], None]) -> None:
    """Serve on loopback until interrupted; port 0 takes a free one. `ready` gets the address of each toolset.

    Raises OSError if the port is taken.
    """
    import socket

    import uvicorn

    with socket.create_server((LOOPBACK, port)) as listening:
        origin = f"http://{LOOPBACK}:{listening.getsockname()[1]}"
        ready({toolset.name: f"{origin}/{toolset.name}/mcp" for toolset in toolsets})
        uvicorn.Server(uvicorn.Config(http_app(toolsets), log_level="warning")).run(sockets=[listening])


async def serve_stdio(toolset: ServedToolset) -> None:
    """Serve one client over standard input and output until it closes them."""
    from mcp.server.stdio import stdio_server

    server = server_of(toolset)
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())


def _reply(toolset: ServedToolset, schemas: Mapping[str, Any], name: str, arguments: Mapping[str, Any]) -> Reply:
    if name not in schemas:
        return _failure("unknown_tool", f"there is no tool {name!r}")
    try:
        return toolset.answer(name, arguments)
    except Exception as error:  # a fault of ours must reach the operator, and must not end the server
        print(f"{name}: {type(error).__name__}: {error}", file=sys.stderr)
        return _failure("raised", "the server failed")


def _answering(call: CallByName) -> Callable[[str, Mapping[str, Any]], Reply]:
    def answer(name: str, arguments: Mapping[str, Any]) -> Reply:
        result = call(name, arguments)
        if result.error is not None:
            return _failure(result.error.code, result.error.message)
        return Reply(result.output_json(), result.output)

    return answer


def _failure(code: str, message: str) -> Reply:
    return Reply(canonical_json({"error": code, "message": message}), failed=True)
