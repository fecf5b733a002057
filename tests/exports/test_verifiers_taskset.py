"""The verifiers taskset, in an environment of its own: scripted solvers against the package as its users install it.

Not part of `make test`: the environment takes minutes to install. Run it with `make test-exports`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson
import pytest

from dive_assets.records import Task
from dive_assets.trajectories.conversation import SUBMIT
from tests.conftest import DOMAIN, Made
from tests.stand_ins.chat_server import ChatServer

pytestmark = pytest.mark.exports
ROOT = Path(__file__).parents[2]
TASKS = 3


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`bin` of a virtual environment with the core and the taskset."""
    folder = tmp_path_factory.mktemp("verifiers") / "venv"
    uv = shutil.which("uv") or str(Path(sys.executable).with_name("uv"))
    source = [str(ROOT), str(ROOT / "exports" / "verifiers_taskset")]
    subprocess.run([uv, "venv", "--quiet", "--python", "3.11", str(folder)], check=True)
    subprocess.run([uv, "pip", "install", "--quiet", "--python", str(folder / "bin" / "python"), *source], check=True)
    return folder / "bin"


def run(environment: Path, *command: str, home: Path) -> subprocess.CompletedProcess[str]:
    path = f"{environment}:{Path(sys.executable).parent}:{os.environ['PATH']}"  # verifiers starts its programs with uv
    variables = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")}
    return subprocess.run(
        [str(environment / command[0]), *command[1:]], cwd=home, capture_output=True, text=True, check=False,
        env={**variables, "PATH": path, "STAND_IN_KEY": "none", "COLUMNS": "200"},
    )  # fmt: skip


def scripted(made: Made, right: bool) -> Any:
    """A solver that makes its task's calls and submits the answer, or another one."""
    by_question = {task.question: task for task in made.tasks}

    def reply(body: Mapping[str, Any]) -> dict[str, Any]:
        task: Task = next(by_question[m["content"]] for m in body["messages"] if m["role"] == "user")
        calls = [(call.tool, call.arguments) for call in task.program]
        if any(message["role"] == "tool" for message in body["messages"]):
            calls = [(SUBMIT, {"answerable": True, "answer": task.answer.value if right else "something else"})]
        return {
            "content": "",
            "tool_calls": [
                {"id": f"call-{i}", "type": "function", "function": {"name": n, "arguments": orjson.dumps(a).decode()}}
                for i, (n, a) in enumerate(calls)
            ],
        }

    return reply


def evaluate(environment: Path, released: Path, home: Path, made: Made, right: bool) -> list[dict[str, Any]]:
    with ChatServer(scripted(made, right)) as server:
        ended = run(
            environment, "vf-eval", "dive-tasks", "--env.taskset.source", str(released), "--env.taskset.configs",
            orjson.dumps([DOMAIN]).decode(), "--env.agent.harness.id", "null", "--env.agent.runtime.type", "subprocess",
            "--client.base-url", server.url, "--client.api-key-var", "STAND_IN_KEY", "--model", "scripted", "-n",
            str(TASKS), "--no-push", "--no-rich", "--output-dir", str(home), "--run.name", "run", home=home,
        )  # fmt: skip
        assert ended.returncode == 0, ended.stderr[-3000:]
        assert {tool["function"]["name"] for tool in server.bodies[0]["tools"]} >= {SUBMIT}
    return [orjson.loads(line) for line in (home / "run" / "traces.jsonl").read_bytes().splitlines()]


def scores(episodes: list[dict[str, Any]], name: str) -> list[float]:
    traces = [trace for episode in episodes for trace in episode.get("traces", [episode])]
    return [trace["rewards"][name]["score"] for trace in traces]


def test_the_right_solver_gets_1_and_the_wrong_one_0(
    environment: Path, released: Path, made: Made, tmp_path: Path
) -> None:
    for right in (True, False):
        home = tmp_path / str(right)
        home.mkdir()
        episodes = evaluate(environment, released, home, made, right)
        assert scores(episodes, "correct") == [float(right)] * TASKS, episodes
        assert scores(episodes, "format") == pytest.approx([0.1] * TASKS)


def test_there_is_neither_dagster_nor_torch_and_the_set_is_verified(environment: Path, released: Path) -> None:
    for package in ("dagster", "torch", "trl", "matplotlib"):
        assert run(environment, "python", "-c", f"import {package}", home=released).returncode == 1
    passed = run(environment, "dive-assets", "verify", str(released), home=released)
    assert passed.returncode == 0, passed.stderr
