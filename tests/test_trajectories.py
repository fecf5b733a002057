"""Chats follow the program with the recorded outputs and end with the answer; answers are compared by code."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dive_assets.language_models.client import ChatClient, Endpoint
from dive_assets.language_models.recorder import Recorder
from dive_assets.records import Answer, Task, Trajectory
from dive_assets.tables import trajectories_of, trajectory_table
from dive_assets.tools.canonical import canonical_json, content_hash
from dive_assets.tools.runtime import CallResult, ToolRuntime
from dive_assets.tools.tool import Tool
from dive_assets.trajectories.conversation import SUBMIT, SYSTEM, asks_for, offered, transcript
from dive_assets.trajectories.model_teacher import TeacherSettings, pass_at_k, rollout, wilson_interval
from dive_assets.trajectories.scripted_teacher import scripted_trajectory
from dive_assets.trajectories.submission import wrong_submission
from dive_assets.verification.grading import is_correct
from tests.conftest import Made
from tests.stand_ins.chat_server import ChatServer, Reply


@pytest.fixture(scope="module")
def chats(made: Made) -> list[tuple[Task, Trajectory]]:
    return [(task, scripted_trajectory(task, made.traces[task.index], made.pool)) for task in made.tasks]


def calls_of(message: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    calls = message.get("tool_calls") or ()
    return [(c["id"], c["function"]["name"], orjson.loads(c["function"]["arguments"])) for c in calls]


def test_every_chat_submits_the_answer(chats: list[tuple[Task, Trajectory]]) -> None:
    assert [wrong_submission(chat, task) for task, chat in chats] == [""] * len(chats)
    assert any(not task.answerable for task, _ in chats)


def test_calls_are_those_of_the_program_in_an_order_that_their_arguments_allow(
    chats: list[tuple[Task, Trajectory]],
) -> None:
    for task, chat in chats:
        program, known, outputs = {call.call_id: call for call in task.program}, set[str](), task.output_hashes
        made = []
        for message in chat.messages:
            if message["role"] == "tool":
                known.add(content_hash(orjson.loads(message["content"])))
            for call_id, name, arguments in calls_of(message):
                if call_id in program:
                    assert (name, arguments) == (program[call_id].tool, program[call_id].arguments)
                    assert {outputs[b.call_id] for b in program[call_id].bindings} <= known
                    made.append(call_id)
                assert name in task.toolset or name == SUBMIT
        told = {(program[i].tool, canonical_json(program[i].arguments)) for i in made}
        assert len(told) == len(made)
        needed = {(call.tool, canonical_json(call.arguments)) for call in task.program}
        assert told == needed if task.answerable else told < needed


def test_tools_answer_what_was_recorded(chats: list[tuple[Task, Trajectory]], made: Made) -> None:
    for task, chat in chats:
        for message in chat.messages:
            if message["role"] == "tool" and message["tool_call_id"] in task.output_hashes:
                assert content_hash(orjson.loads(message["content"])) == task.output_hashes[message["tool_call_id"]]


def test_kept_failure_stands_before_its_mend(chats: list[tuple[Task, Trajectory]]) -> None:
    kept = [(task.recovery, chat) for task, chat in chats if task.recovery and task.answerable]
    assert kept
    for recovery, chat in kept:
        failed = next(m for m in chat.messages if m.get("tool_call_id", "").endswith("-failed"))
        assert orjson.loads(failed["content"]) == {"error": recovery.error_code, "message": recovery.error_message}
        following = chat.messages[chat.messages.index(failed) + 1]
        assert [f"{call_id}-failed" for call_id, _, _ in calls_of(following)] == [failed["tool_call_id"]]


def test_chats_are_worded_in_many_ways_and_always_the_same(chats: list[tuple[Task, Trajectory]], made: Made) -> None:
    said = [m["content"] for _, chat in chats for m in chat.messages if m["role"] == "assistant" and m["content"]]
    assert len(set(said)) > len(said) / 2
    assert [text for text in said if re.search(r"\{[a-z_]+\}", text)] == []
    task, chat = chats[0]
    assert scripted_trajectory(task, made.traces[task.index], made.pool) == chat


def test_table_round_trip_and_transcript(chats: list[tuple[Task, Trajectory]]) -> None:
    trajectories = [chat for _, chat in chats]
    assert list(trajectories_of(trajectory_table(trajectories))) == trajectories
    shown = transcript(trajectories[0])
    assert SYSTEM in shown and SUBMIT in shown


def test_offered_tools_are_schemas_with_the_submission_last(made: Made) -> None:
    tools = offered(made.pool[name] for name in made.tasks[0].toolset)
    assert [tool["function"]["name"] for tool in tools] == [*made.tasks[0].toolset, SUBMIT]
    assert all(tool["function"]["parameters"]["type"] == "object" for tool in tools)


def answer(kind: str, value: Any, **more: Any) -> Answer:
    return Answer(type=kind, value=value, call_id="c1", pointer="/x", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("expected", "submitted", "right"),
    [
        (answer("number", 3.14, decimals=2), 3.1415, True),
        (answer("number", 3.14, decimals=2), 3.15, False),
        (answer("number", 12), 12.0, True),
        (answer("number", 12), 13, False),
        (answer("number", 12), "12", False),
        (answer("number", 1), True, False),
        (answer("boolean", True), True, True),
        (answer("boolean", True), "yes", False),
        (answer("string", "São Tomé"), "são  tomé ", True),
        (answer("string", "Kenya"), "Kenya and Chad", False),
        (answer("list", ["Chad", "Mali"]), ["Mali", "chad"], True),
        (answer("list", ["Chad", "Mali"], ordered=True), ["Mali", "Chad"], False),
        (answer("list", ["Chad", "Mali"]), ["Chad", "Mali", "Togo"], False),
        (answer("list", ["Chad", "Mali"]), "Chad, Mali", False),
        (answer("string", "Kenya"), None, False),
    ],
)
def test_answers_are_compared_by_code(expected: Answer, submitted: Any, right: bool) -> None:
    assert is_correct(expected, submitted) is right


@given(st.lists(st.one_of(st.text(), st.integers(), st.floats(allow_nan=False, allow_infinity=False)), max_size=6))
def test_list_is_its_own_answer_in_any_order(items: list[Any]) -> None:
    assert is_correct(answer("list", items), list(reversed(items)))
    assert not is_correct(answer("list", items), [*items, "more"])


# --- a model as the teacher -----------------------------------------------------------------------


def rolled_out(
    folder: Path, task: Task, made: Made, reply: Reply, samples: int = 1, **settings: Any
) -> tuple[list[Trajectory], int]:
    """Rollouts with real tools against a server that replies as told, and how many requests it got."""

    async def run(url: str) -> list[Trajectory]:
        async def execute(tool: Tool, arguments: Mapping[str, Any]) -> CallResult:
            return await asyncio.to_thread(runtime.call, tool.name, arguments)

        with Recorder(folder / "replies.sqlite") as recorder:
            async with ChatClient(Endpoint(base_url=url), recorder) as client:
                wanted = TeacherSettings(model="stand-in", **settings)
                return [await rollout(client, wanted, task, made.pool, execute, "t", i) for i in range(samples)]

    with ToolRuntime(1) as runtime, ChatServer(reply) as server:
        return asyncio.run(run(server.url)), len(server.bodies)


def test_model_that_follows_the_program_solves_the_task(
    tmp_path: Path, chats: list[tuple[Task, Trajectory]], made: Made
) -> None:
    task, chat = next((task, chat) for task, chat in chats if task.recovery and task.answerable)
    said = [message for message in chat.messages if message["role"] == "assistant"]

    def pupil(body: Mapping[str, Any]) -> dict[str, Any]:
        return said[sum(message["role"] == "assistant" for message in body["messages"])]

    [rolled], asked = rolled_out(tmp_path, task, made, pupil, turns=60)
    assert rolled.solved
    assert [m["content"] for m in rolled.messages] == [m["content"] for m in chat.messages]
    assert asked == len(said)


def submits(answer: Any) -> dict[str, Any]:
    return asks_for("", [("c", SUBMIT, {"answerable": True, "answer": answer})])


@pytest.mark.parametrize(
    ("reply", "failure"),
    [
        (lambda _: submits("a guess"), "another answer"),
        (lambda _: asks_for("", [("c", SUBMIT, {"answerable": False})]), "said to be unanswerable"),
        (lambda _: {"content": "I know it by heart."}, "nothing is submitted"),
        (lambda _: asks_for("", [("c", "no_such_tool", {})]), "too many turns"),
        (lambda _: {"content": ""}, "empty"),
    ],
)
def test_rollout_that_fails_says_why(
    tmp_path: Path, chats: list[tuple[Task, Trajectory]], made: Made, reply: Reply, failure: str
) -> None:
    task = next(task for task, _ in chats if task.answerable)
    rolled, _ = rolled_out(tmp_path, task, made, reply, samples=2, turns=3)
    assert [r.failure for r in rolled] == [failure] * 2
    assert rolled[0].trajectory_id != rolled[1].trajectory_id


@given(st.integers(1, 12).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n), st.integers(1, n))))
def test_pass_at_k_is_the_share_of_drawn_groups_with_a_success(counts: tuple[int, int, int]) -> None:
    rollouts, solved, k = counts
    outcomes = [True] * solved + [False] * (rollouts - solved)
    groups = list(combinations(outcomes, k))
    assert pass_at_k(rollouts, solved, k) == pytest.approx(sum(map(any, groups)) / len(groups))
    low, high = wilson_interval(solved, rollouts)
    assert 0 <= low <= solved / rollouts + 1e-12 and solved / rollouts <= high + 1e-12 <= 1 + 1e-12


def test_wilson_interval_of_a_published_case() -> None:
    assert wilson_interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)  # Newcombe 1998, table I
