"""A real client of the Model Context Protocol sees a task's toolset, and its calls are answered right."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anyio
import orjson
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from typer.testing import CliRunner

from dive_assets.commands.app import app
from dive_assets.records import Task
from dive_assets.tools.registry import load_registry
from dive_assets.trajectories.conversation import SUBMIT
from tests.conftest import DOMAIN, Made

ROOT = Path(__file__).parent.parent
COMMAND = ["-m", "dive_assets.cli", "serve-mcp"]
PATIENCE_S = 120  # of a client, with a busy machine


def stdio(*arguments: str) -> StdioServerParameters:
    return StdioServerParameters(
        command=sys.executable, args=[*COMMAND, *arguments], env={"PYTHONPATH": str(ROOT)}, cwd=ROOT
    )


@contextmanager
def http(*arguments: str) -> Iterator[dict[str, str]]:
    """Addresses by toolset, of a server that runs until the block ends."""
    command = [sys.executable, *COMMAND, "--transport", "http", "--port", "0", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "300"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        wanted = sum(argument in ("--task", "--domain") for argument in arguments)
        addresses: dict[str, str] = {}
        while len(addresses) < wanted and (line := server.stderr.readline()):
            if found := re.match(r"(\S+): (http://\S+)$", line.strip()):
                addresses[found[1]] = found[2]
        try:
            assert len(addresses) == wanted
            yield addresses
        finally:
            server.terminate()


async def listed_and_called(target: Any, calls: list[tuple[str, dict[str, Any]]]) -> tuple[list[Any], list[Any]]:
    async with Client(target, read_timeout_seconds=PATIENCE_S) as client:
        tools = (await client.list_tools()).tools
        return tools, [await client.call_tool(name, arguments) for name, arguments in calls]


def check_task(target: Any, task: Task, made: Made) -> None:
    """The listed tools are the toolset's, and the program's calls give the recorded outputs."""
    calls = [(call.tool, call.arguments) for call in task.program]
    tools, results = anyio.run(listed_and_called, target, calls)
    assert [tool.name for tool in tools] == list(task.toolset)
    for tool in tools:
        declared = made.pool[tool.name]
        assert (tool.description, tool.input_schema) == (declared.description, declared.input_schema)
        assert tool.output_schema == declared.output_schema
    outputs = {e.call.call_id: e.output for e in made.traces[task.index].evidence if e.error_code is None}
    for call, result in zip(task.program, results, strict=True):
        assert not result.is_error
        assert result.structured_content == orjson.loads(result.content[0].text) == outputs[call.call_id]


def test_a_task_over_stdio_from_the_cassette(released: Path, made: Made) -> None:
    task = made.answerable[0]
    arguments = ["--release", str(released), "--task", task.task_id, "--execution", "recorded"]
    check_task(stdio(*arguments), task, made)


def test_tasks_over_http_with_installed_tools_one_mount_each(released: Path, made: Made) -> None:
    tasks = made.answerable[:2]
    named = [argument for task in tasks for argument in ("--task", task.task_id)]
    with http("--release", str(released), *named) as addresses:
        for task in tasks:
            check_task(addresses[task.task_id], task, made)


def test_a_domain_is_served_whole_and_failures_are_read_by_the_agent() -> None:
    calls = [("no_such_tool", {}), ("airport_facts", {"airport": "Atlantis International"}), ("airport_facts", {})]
    with http("--domain", DOMAIN) as addresses:
        tools, results = anyio.run(listed_and_called, addresses[DOMAIN], calls)
    assert {tool.name for tool in tools} == set(load_registry().tools_of(DOMAIN))
    assert all(result.is_error for result in results)
    codes = [orjson.loads(result.content[0].text)["error"] for result in results]
    assert codes[0] == "unknown_tool" and codes[2] == "invalid_arguments"


def test_an_attempt_is_rewarded_when_its_answer_is_submitted(released: Path, made: Made, tmp_path: Path) -> None:
    task = made.answerable[1]
    calls = [(call.tool, call.arguments) for call in task.program]
    calls.append((SUBMIT, {"answerable": True, "answer": task.answer.value}))
    arguments = ["--release", str(released), "--task", task.task_id, "--execution", "recorded", "--attempt"]
    with (tmp_path / "reported").open("w+") as file:
        tools, results = anyio.run(listed_and_called, stdio_client(stdio(*arguments), errlog=file), calls)
        file.seek(0)
        reported = file.read()
    assert [tool.name for tool in tools] == [*task.toolset, SUBMIT]
    assert orjson.loads(results[-1].content[0].text) == {"submitted": True}
    assert task.question in reported and '"correct": 1.0' in reported and '"format": 1.0' in reported


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "name either --domain or --task"),
        (["--domain", "astrology"], "unknown domain 'astrology'"),
        (["--task", "transport-0-000001"], "--task and --release go together"),
        (["--domain", "earth", "--domain", "medical"], "stdio serves one toolset"),
        (["--release", "/nowhere", "--task", "x"], "is missing"),
        (["--release", "/nowhere", "--task", "x", "--task", "y", "--attempt"], "--attempt needs exactly one --task"),
    ],
)
def test_bad_input_gets_one_clear_line(arguments: list[str], words: str) -> None:
    result = CliRunner().invoke(app, ["serve-mcp", *arguments])
    assert result.exit_code == 2
    assert words in " ".join(result.output.split())
