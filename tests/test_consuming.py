"""Whoever downloads a set can load it, verify it and attempt its tasks, without the factory."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from huggingface_hub import CommitOperationAdd, HfApi
from hypothesis import given
from hypothesis import strategies as st

from dive_assets.consuming.environment import AttemptLimits, TaskEnvironment
from dive_assets.consuming.published_set import PublishedSet, load, open_set
from dive_assets.consuming.task_environments import TaskEnvironments, attempt_elsewhere
from dive_assets.consuming.trl_environments import TrlEnvironments
from dive_assets.publishing.errors import ReleaseError
from dive_assets.records import Task
from dive_assets.tools.runtime import RuntimeLimits
from dive_assets.trajectories.conversation import SUBMIT
from tests.conftest import DOMAIN, Made
from tests.stand_ins.hub_server import HubServer

ROOT = Path(__file__).parent.parent
TASKS = f"data/{DOMAIN}/train-00000-of-00001.parquet"
# Runs the command line while every package that the core does not require, even by others, cannot be imported.
CORE_ALONE = """
import sys
from importlib import metadata
from packaging.requirements import Requirement

def names(requirements):
    wanted = (Requirement(text) for text in requirements or ())
    return {r.name.lower().replace("_", "-") for r in wanted if not r.marker or r.marker.evaluate({"extra": ""})}

core, waiting = {"packaging"}, names(REQUIREMENTS)
while waiting:
    name = waiting.pop()
    if name not in core:
        core.add(name)
        try:
            waiting |= names(metadata.requires(name))
        except metadata.PackageNotFoundError:
            pass
installed = metadata.packages_distributions()
allowed = {module for module, names in installed.items() if {n.lower().replace("_", "-") for n in names} & core}
forbidden = installed.keys() - allowed - {"dive_assets"}

class CoreAlone:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in forbidden:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, CoreAlone())
from dive_assets.cli import main
main()
"""


@pytest.fixture(scope="module")
def published(released: Path) -> PublishedSet:
    return open_set(released)


@pytest.fixture(scope="module")
def recorded(published: PublishedSet) -> Iterator[TaskEnvironments]:
    with TaskEnvironments(published, "recorded") as environments:
        yield environments


@pytest.fixture(scope="module")
def live(published: PublishedSet) -> Iterator[TaskEnvironments]:
    with TaskEnvironments(published, runtime_limits=RuntimeLimits(output_bytes=20_000)) as environments:
        yield environments


def right_submission(task: Task) -> dict[str, Any]:
    return {"answerable": True, "answer": task.answer.value} if task.answerable else {"answerable": False}


def follow(environment: TaskEnvironment, task: Task) -> None:
    for call in task.program:
        if call.tool in task.toolset:
            environment.call(call.tool, call.arguments)
            assert environment.attempted[-1].error_code == "", environment.attempted[-1]


# ---------------------------------------------------------------------------------------------------------- loading


def test_every_task_comes_back_as_it_was_made(published: PublishedSet, made: Made) -> None:
    assert sorted(published.tasks(), key=lambda task: task.index) == made.tasks
    assert list(published.tasks(DOMAIN, "train")) == made.answerable
    assert published.task(made.tasks[4].task_id) == made.tasks[4]


def test_a_frame_holds_json_as_text_and_the_same_rows(released: Path, made: Made) -> None:
    frame = load(released, config=DOMAIN, split="train")
    assert frame["task_id"].to_list() == [task.task_id for task in made.answerable]
    assert orjson.loads(frame["program"][0]) == [call.model_dump(mode="json") for call in made.answerable[0].program]
    assert load(released).equals(frame)
    assert set(load(released, config="tools")["name"]) == set(made.pool)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"config": "astrology"}, "no config 'astrology': choose from"),
        ({"config": DOMAIN, "split": "dev"}, "no split 'dev': choose from train"),
        ({"split": "dev"}, "no domain has a split 'dev'"),
        ({"revision": "v1"}, "is a folder and has no revision"),
    ],
)
def test_what_is_not_there_is_named_with_what_is(released: Path, arguments: dict[str, str], words: str) -> None:
    with pytest.raises(ReleaseError, match=words):
        load(released, **arguments)


def test_neither_folder_nor_repository() -> None:
    with pytest.raises(ReleaseError, match="name the folder of a release, or a repository"):
        open_set("/nowhere/at/all")


def core_alone(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    import tomllib

    requirements = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    script = CORE_ALONE.replace("REQUIREMENTS", repr(requirements))
    return subprocess.run(
        [sys.executable, "-c", script, *arguments], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT), **variables},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def alter(table: Path, row: int, column: str, change: Callable[[str], str]) -> None:
    read = pq.read_table(table, partitioning=None)
    cells = read.column(column).cast(pa.string()).to_pylist()
    cells[row] = change(cells[row])
    field = read.schema.field(column)
    pq.write_table(
        read.set_column(read.column_names.index(column), field, pa.array(cells, pa.string()).cast(field.type)), table
    )


def test_the_core_verifies_a_downloaded_set_and_names_altered_rows(released: Path, made: Made, tmp_path: Path) -> None:
    with HubServer() as server:
        api = HfApi(endpoint=server.endpoint, token=server.token)
        api.create_repo("somebody/tasks", repo_type="dataset")
        files = [path for path in sorted(released.rglob("*")) if path.is_file()]
        added = [CommitOperationAdd(str(path.relative_to(released)), path) for path in files]
        api.create_commit("somebody/tasks", added, commit_message="a set", repo_type="dataset")
        api.create_tag("somebody/tasks", tag="v1", repo_type="dataset")
        there = {
            "HF_ENDPOINT": server.endpoint, "HF_TOKEN": server.token, "HF_HOME": str(tmp_path / "hub"),
            "HF_HUB_DISABLE_XET": "1", "HF_HUB_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1",
        }  # fmt: skip
        passed = core_alone("verify", "somebody/tasks", "--revision", "v1", **there)
        assert passed.returncode == 0, passed.stderr
        assert f"{len(made.tasks)} of {len(made.tasks)} tasks replayed" in passed.stdout
        unknown = core_alone("verify", "somebody/tasks", "--revision", "v9", **there)
        assert unknown.returncode == 2 and "has no revision 'v9'" in unknown.stderr
        nobody = core_alone("verify", "nobody/tasks", **there)
        assert nobody.returncode == 2 and "set HF_TOKEN if it is private" in " ".join(nobody.stderr.split())
    copy = shutil.copytree(released, tmp_path / "copy")
    alter(copy / TASKS, 2, "answer", lambda text: '"another"' if text.startswith('"') else "987654.25")
    altered = core_alone("verify", str(copy))
    assert altered.returncode == 1 and made.answerable[2].task_id in altered.stdout


def test_a_command_of_the_factory_says_what_to_install() -> None:
    for arguments, package, extra in (
        (["run"], "dagster", "factory"),
        (["serve-mcp", "--domain", "earth"], "mcp", "mcp"),
    ):
        ended = core_alone(*arguments)
        words = f"this command needs {package}: pip install 'dive-assets[{extra}]'"
        assert ended.returncode == 2 and words in " ".join(ended.stderr.split()), ended.stderr


# --------------------------------------------------------------------------------------------------------- attempts


def test_the_program_and_the_answer_of_every_task_are_rewarded(recorded: TaskEnvironments, made: Made) -> None:
    for task in made.tasks:
        environment = recorded.of(task)
        follow(environment, task)
        environment.call(SUBMIT, right_submission(task))
        reward = environment.reward()
        assert (reward.format, reward.correct, reward.total) == (1, 1, 1 + reward.alpha), (task.task_id, reward)


def test_a_policy_is_offered_the_toolset_and_the_submission(recorded: TaskEnvironments, made: Made) -> None:
    task = made.tasks[0]
    functions = [schema["function"] for schema in recorded.of(task).tools]
    assert [function["name"] for function in functions] == [*task.toolset, SUBMIT]
    assert functions[0]["parameters"] == made.pool[task.toolset[0]].input_schema


@given(st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()))
def test_no_other_answer_is_right(recorded: TaskEnvironments, made: Made, answer: Any) -> None:
    task = next(task for task in made.answerable if task.answer.type == "list")
    environment = recorded.of(task)
    environment.call(SUBMIT, {"answerable": True, "answer": answer})
    assert environment.reward().correct == 0


def test_answerable_and_unanswerable_are_told_apart(recorded: TaskEnvironments, made: Made) -> None:
    environment = recorded.of(made.answerable[0])
    environment.call(SUBMIT, {"answerable": False})
    assert environment.reward().wrong == "said to be unanswerable"


@pytest.mark.parametrize(
    ("calls", "fault"),
    [
        ([("no_such_tool", {})], "no tool 'no_such_tool'"),
        ([(None, {"nonsense": 1})], "nonsense"),
        ([(None, "{not json")], "the arguments are no JSON object"),
        ([(None, "[1]")], "the arguments are no JSON object"),
        ([(SUBMIT, {"answer": 5})], "'answerable' is a required property"),
        ([(SUBMIT, {"answerable": True})], "answer: is required where answerable is true"),
        ([(SUBMIT, {"answerable": False}), (None, {})], "is called after the end"),
        ([(SUBMIT, {"answerable": False}), (SUBMIT, {"answerable": False})], "is called after the end"),
        ([], "nothing is submitted"),
    ],
)
def test_a_broken_format_is_read_and_costs_the_format(
    recorded: TaskEnvironments, made: Made, calls: list[tuple[str | None, Any]], fault: str
) -> None:
    environment = recorded.of(made.tasks[0])
    for name, arguments in calls:
        content = environment.call(name or made.tasks[0].program[0].tool, arguments)
    if calls:
        assert set(orjson.loads(content)) == {"error", "message"}
    reward = environment.reward()
    assert reward.format == 0 and any(fault in said for said in reward.format_faults), reward


def test_a_refused_submission_may_be_mended(recorded: TaskEnvironments, made: Made) -> None:
    task = made.answerable[0]
    environment = recorded.of(task)
    environment.call(SUBMIT, {"answer": task.answer.value})
    environment.call(SUBMIT, right_submission(task))
    assert (environment.reward().correct, environment.reward().format) == (1, 0)


def test_turns_calls_and_characters_are_limited(published: PublishedSet, made: Made) -> None:
    task = made.tasks[0]
    call = task.program[0]
    message = {"tool_calls": [{"id": "a", "function": {"name": call.tool, "arguments": call.arguments}}]}
    with TaskEnvironments(published, "recorded", AttemptLimits(turns=2, calls=3)) as environments:
        by_turns = environments.of(task)
        assert by_turns.step(message)[0]["tool_call_id"] == "a"
        by_turns.step(message)
        assert by_turns.over == "the limit of 2 turns"
        with pytest.raises(RuntimeError, match="is over: the limit of 2 turns"):
            by_turns.step(message)
        by_calls = environments.of(task)
        by_calls.step({"tool_calls": message["tool_calls"] * 4})
        assert (by_calls.calls, by_calls.over) == (4, "the limit of 3 calls")
        assert by_calls.attempted[-1].error_code == "attempt_over"
        silent = environments.of(task)
        assert silent.step({"content": "I think so."}) == [] and silent.over == "a message without a call"
    with TaskEnvironments(published, "recorded", AttemptLimits(shown_characters=200)) as environments:
        contents = [environments.of(t).call(c.tool, c.arguments) for t in made.tasks[:20] for c in t.program]
        assert max(map(len, contents)) < 300 and any('"cut"' in content for content in contents)


def test_a_call_is_found_however_its_numbers_and_defaults_are_written(
    recorded: TaskEnvironments, published: PublishedSet, made: Made
) -> None:
    found = 0
    for task in made.tasks:
        for call in task.program:
            properties = published.tools[call.tool]["input_schema"].get("properties", {})
            defaults = {name: schema["default"] for name, schema in properties.items() if "default" in schema}
            spelled = {**defaults, **{k: float(v) if type(v) is int else v for k, v in call.arguments.items()}}
            result = recorded.tools(task).call(call.tool, spelled)
            assert result.output == published.cassette.call(call.tool, call.arguments).output
            found += spelled != call.arguments or any(type(v) is int for v in call.arguments.values())
    assert found > 0


def test_a_kept_failure_fails_with_its_own_message(recorded: TaskEnvironments, made: Made) -> None:
    task = next(task for task in made.tasks if task.recovery is not None)
    assert task.recovery is not None
    content = orjson.loads(recorded.of(task).call(task.recovery.tool, task.recovery.arguments))
    assert content == {"error": task.recovery.error_code, "message": task.recovery.error_message}


def test_what_nobody_recorded_is_executed_or_is_a_clear_error(
    recorded: TaskEnvironments, live: TaskEnvironments, made: Made
) -> None:
    task = made.tasks[0]
    probes = {name: dict(made.pool[name].probes[0].arguments) for name in task.toolset}
    played = {name: recorded.tools(task).call(name, arguments) for name, arguments in probes.items()}
    unknown = [name for name, result in played.items() if result.error is not None]
    assert unknown and {played[name].error.code for name in unknown} == {"not_recorded"}  # type: ignore[union-attr]
    for name in unknown[:3]:
        assert live.tools(task).call(name, probes[name]).ok, name


def test_live_attempts_agree_with_recorded_ones(recorded: TaskEnvironments, live: TaskEnvironments, made: Made) -> None:
    for task in made.tasks[:5]:
        contents = []
        for environments in (recorded, live):
            environment = environments.of(task)
            follow(environment, task)
            contents.append([attempted.content for attempted in environment.attempted])
        assert contents[0] == contents[1]


def test_messages_of_an_attempt_made_elsewhere_get_the_same_reward(
    recorded: TaskEnvironments, published: PublishedSet, made: Made
) -> None:
    task = made.answerable[0]
    for submitted in (right_submission(task), {"answerable": True, "answer": "wrong"}):
        calls = [*((c.tool, c.arguments) for c in task.program), (SUBMIT, submitted)]
        messages = [
            {"tool_calls": [{"function": {"name": n, "arguments": orjson.dumps(a).decode()}}]} for n, a in calls
        ]
        here = recorded.of(task)
        for message in messages:
            here.step(message)
        assert attempt_elsewhere(task, published.schemas(task), messages).reward() == here.reward()


# -------------------------------------------------------------------------------------------------------------- TRL


def completion(*names: str) -> list[dict[str, Any]]:
    return [{"role": "assistant", "tool_calls": [{"function": {"name": name}}]} for name in names]


def test_trl_gets_one_class_a_toolset_and_rewards(recorded: TaskEnvironments, made: Made) -> None:
    tasks = made.answerable[:3]
    environments = TrlEnvironments(tasks, recorded.of)
    rollouts, completions = [], []
    for task, row in zip(tasks, environments.rows, strict=True):
        rollout = environments.factories[row["environment"]]()
        rollout.reset(**{key: value for key, value in row.items() if key != "environment"})
        for call in task.program:
            getattr(rollout, call.tool)(**call.arguments)
        getattr(rollout, SUBMIT)(**right_submission(task))
        rollouts.append(rollout)
        completions.append(completion(*(call.tool for call in task.program), SUBMIT))
    assert environments.correct_reward(environments=rollouts) == [1.0] * 3
    assert environments.format_reward(completions=completions, environments=rollouts) == [1.0] * 3
    unseen = [*completions[:2], [*completion("no_such_tool"), *completions[2]]]
    assert environments.format_reward(completions=unseen, environments=rollouts) == [1.0, 1.0, 0.0]


def test_trl_prompts_hold_the_tools_own_schemas(recorded: TaskEnvironments, made: Made) -> None:
    class Trainer:
        def __init__(self) -> None:
            self._standalone_tools: list[Any] = []
            self._env_tools: dict[str, Any] = {}

    environments, trainer = TrlEnvironments(made.tasks[:2], recorded.of), Trainer()
    environments.show_schemas(trainer)
    for task, row in zip(made.tasks, environments.rows, strict=False):
        assert trainer._env_tools[row["environment"]] == recorded.of(task).tools


def test_the_readmes_example_runs(released: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = re.findall(r"```python\n(.+?)```", (ROOT / "README.md").read_text(), re.S)
    here = example.replace('"owner/name", revision="main"', repr(str(released))).replace("owner/name", str(released))
    exec(compile(here.replace('"medical"', repr(DOMAIN)), "README.md", "exec"), {})
    assert "format=1.0 correct=1.0" in capsys.readouterr().out
