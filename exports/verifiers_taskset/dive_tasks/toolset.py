"""The tool server: each rollout is offered the toolset of its task, and its calls are executed or played."""

from __future__ import annotations

import asyncio
from typing import Any, Literal, cast

import verifiers.v1 as vf
from mcp.server.mcpserver import Context, MCPServer
from mcp.types import CallToolResult, TextContent, Tool
from pydantic import Field

from dive_assets.consuming.environment import TaskEnvironment
from dive_assets.consuming.published_set import open_set
from dive_assets.consuming.task_environments import TaskEnvironments
from dive_assets.records import Task


class DiveState(vf.State):
    """What a rollout tells the shared tool server."""

    record: dict[str, Any] = Field(default_factory=dict)
    """The rollout's task (dive_assets.records.Task)."""


class DiveToolsetConfig(vf.SharedToolsetConfig):
    """Filled in by the taskset."""

    source: str = ""
    revision: str | None = None
    execution: Literal["auto", "recorded"] = "auto"
    workers: int = 1


class DiveToolset(vf.Toolset[DiveToolsetConfig, DiveState]):
    TOOL_PREFIX = None  # the tools keep the names that the questions were made with

    async def setup(self) -> None:
        published = open_set(self.config.source, self.config.revision)
        environments = TaskEnvironments(published, self.config.execution, workers=self.config.workers)
        self._environments = self._exit_stack.enter_context(environments)

    def register(self, mcp: MCPServer) -> None:
        # The catalogue differs from rollout to rollout, so that it replaces the server's fixed one.
        server = cast(Any, mcp)
        server.list_tools = self._with_state(self.list_tools)
        server.call_tool = self._with_state(self.call_tool)

    async def list_tools(self) -> list[Tool]:
        functions = [schema["function"] for schema in self._environment().tools]
        return [Tool(name=f["name"], description=f["description"], input_schema=f["parameters"]) for f in functions]

    async def call_tool(self, name: str, arguments: dict[str, Any], context: Context | None = None) -> CallToolResult:
        environment = self._environment()
        text = await asyncio.to_thread(environment.call, name, arguments)
        failed = bool(environment.attempted[-1].error_code)
        return CallToolResult(content=[TextContent(type="text", text=text)], is_error=failed)

    def _environment(self) -> TaskEnvironment:
        return self._environments.of(Task.model_validate(self.state.record))


if __name__ == "__main__":
    DiveToolset.run()
