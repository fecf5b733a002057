"""Tasks of a model: what its evidence entails passes the same checks as any task; everything else is rejected."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import re
import signal
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from dive_assets.language_models.budget import Cap
from dive_assets.language_models.client import ChatClient, Endpoint, Limits
from dive_assets.language_models.errors import MalformedReply
from dive_assets.language_models.recorder import Recorder
from dive_assets.model_synthesis.collector import Collection, CollectorSettings, collect
from dive_assets.model_synthesis.deriver import Derivation, DerivationRejected, DeriverSettings, derive, task_of
from dive_assets.production.model_tasks import ModelRun, ModelSettings, produce_model_tasks
from dive_assets.records import Seed, Task
from dive_assets.tables import attempt_table
from dive_assets.tools.registry import load_registry
from dive_assets.tools.runtime import CallResult, ToolRuntime
from dive_assets.tools.tool import Tool
from dive_assets.verification.duplicates import DuplicateIndex
from dive_assets.verification.subject import Subject
from dive_assets.verification.verify import check_by_replay, check_statically
from tests.stand_ins.chat_server import ChatServer, Reply, completion

KENYA = Seed(entity_type="country", value="Kenya", label="Kenya", source="pycountry", licence="LGPL-2.1")
TRUE = {
    "question": "How many people live in the capital of Kenya, by GeoNames' figures?",
    "answer_type": "number",
    "answer": 4397073,
    "unit": "inhabitants",
    "decimals": None,
    "citations": [{"call_id": "c2", "pointer": "/population"}],
}


@pytest.fixture(scope="module")
def tools() -> dict[str, Tool]:
    return load_registry().tools_of("general")


@pytest.fixture(scope="module")
def runtime() -> Iterator[ToolRuntime]:
    with ToolRuntime(1) as running:
        yield running


def called(name: str, arguments: Mapping[str, Any], number: int) -> dict[str, Any]:
    function = {"name": name, "arguments": json.dumps(arguments)}
    return {"content": None, "tool_calls": [{"id": f"call{number}", "type": "function", "function": function}]}


def collector(body: Mapping[str, Any]) -> dict[str, Any]:
    """Looks up the capital, then that city; a wrong name and an unknown tool come in between."""
    results = [json.loads(m["content"]) for m in body["messages"] if m["role"] == "tool"]
    turns = [
        called("country_facts", {"country": "Kenya"}, 1),
        called("no_such_tool", {}, 2),
        called("country_facts", {"country": "Kenia Republic"}, 3),
        called("city_facts", {"city": results[0]["capital"] if results else ""}, 4),
    ]
    return turns[len(results)] if len(results) < len(turns) else {"content": "That is enough."}


def collected(
    folder: Path, reply: Reply, tools: Mapping[str, Tool], runtime: ToolRuntime, **settings: Any
) -> tuple[Collection, list[dict[str, Any]]]:
    async def execute(tool: Tool, arguments: Mapping[str, Any]) -> CallResult:
        return await asyncio.to_thread(runtime.call, tool.name, arguments)

    async def run(url: str) -> Collection:
        with Recorder(folder / "replies.sqlite") as recorder:
            async with ChatClient(Endpoint(base_url=url), recorder) as client:
                wanted = CollectorSettings(model="stand-in", **{"rounds": 1, **settings})
                found = Collection()
                await collect(client, wanted, tools, KENYA, "country", "", execute, "t1", found)
                return found

    with ChatServer(reply) as server:
        return asyncio.run(run(server.url)), server.bodies


@pytest.fixture(scope="module")
def evidence(
    tmp_path_factory: pytest.TempPathFactory, tools: dict[str, Tool], runtime: ToolRuntime
) -> tuple[Collection, list[dict[str, Any]]]:
    offered = {name: tools[name] for name in ("country_facts", "city_facts")}
    return collected(tmp_path_factory.mktemp("chat"), collector, offered, runtime)


def made(derivation: Mapping[str, Any], found: Collection, tools: Mapping[str, Tool]) -> Task:
    return task_of(Derivation.model_validate(derivation), found.evidence, tools, KENYA, "general", 0, 0)


def test_evidence_is_what_really_happened(evidence: tuple[Collection, list[dict[str, Any]]]) -> None:
    found, bodies = evidence
    assert [(e.call.tool, e.error_code) for e in found.evidence] == [
        ("country_facts", None),
        ("country_facts", "not_found"),
        ("city_facts", None),
    ]
    assert found.evidence[2].output["population"] == 4397073
    assert bodies[-1]["messages"] == found.messages[:-1]  # kept as sent
    assert any('"unknown_tool"' in m["content"] for m in found.messages if m["role"] == "tool")


def test_entailed_task_passes_the_same_verification(
    evidence: tuple[Collection, list[dict[str, Any]]], tools: dict[str, Tool], runtime: ToolRuntime
) -> None:
    found, _ = evidence
    task = made(TRUE | {"citations": [{"call_id": "c3", "pointer": "/population"}]}, found, tools)
    assert [call.tool for call in task.program] == ["country_facts", "city_facts"]
    assert task.program[1].bindings[0].pointer == "/capital"
    outputs = {e.call.call_id: e.output for e in found.evidence}
    verdict = check_statically(Subject(task, outputs, tools), DuplicateIndex())
    assert verdict.passed, verdict.checks[-1]
    assert check_by_replay(task, runtime.call).passed


CITED = {"citations": [{"call_id": "c3", "pointer": "/population"}]}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (CITED | {"answer": 4397074}, "uncited"),
        ({"citations": []}, "uncited"),
        ({"citations": [{"call_id": "c3", "pointer": "/mayor"}]}, "uncited"),
        ({"citations": [{"call_id": "c2", "pointer": "/capital"}]}, "uncited"),  # that call failed
        ({"citations": [{"call_id": "c9", "pointer": "/x"}]}, "uncited"),
        (CITED | {"answer": "4397073", "answer_type": "string"}, "uncited"),
        (CITED | {"question": "How many people live in the capital of that country?"}, "ungrounded"),
        (CITED | {"question": "How many people lived in the capital of Kenya in 1999?"}, "adds_constraint"),
    ],
)
def test_what_the_evidence_does_not_entail_is_rejected(
    evidence: tuple[Collection, list[dict[str, Any]]], tools: dict[str, Tool], change: dict[str, Any], reason: str
) -> None:
    with pytest.raises(DerivationRejected) as caught:
        made(TRUE | change, evidence[0], tools)
    assert caught.value.reason == reason


def test_leaked_answer_is_rejected_by_verification(
    evidence: tuple[Collection, list[dict[str, Any]]], tools: dict[str, Tool]
) -> None:
    found, _ = evidence
    capital = {"answer_type": "string", "answer": "Nairobi", "citations": [{"call_id": "c1", "pointer": "/capital"}]}
    task = made(TRUE | capital | {"question": "Is Nairobi the capital of Kenya?"}, found, tools)
    outputs = {e.call.call_id: e.output for e in found.evidence}
    assert check_statically(Subject(task, outputs, tools), DuplicateIndex()).reason == "no_leak"


def test_model_that_never_stops_is_stopped(tmp_path: Path, tools: dict[str, Tool], runtime: ToolRuntime) -> None:
    offered = {"country_facts": tools["country_facts"]}
    endless = lambda body: called("country_facts", {"country": "Chad"}, len(body["messages"]))  # noqa: E731
    found, bodies = collected(tmp_path, endless, offered, runtime, rounds=2, replies=3)
    assert found.stopped == 2
    assert len(bodies) == 6


def test_long_output_is_shown_cut_and_kept_whole(tmp_path: Path, tools: dict[str, Tool], runtime: ToolRuntime) -> None:
    def listing(body: Mapping[str, Any]) -> dict[str, Any]:
        told = any(m["role"] == "tool" for m in body["messages"])
        return {"content": "Done."} if told else called("country_subdivisions", {"country": "Kenya"}, 1)

    offered = {"country_subdivisions": tools["country_subdivisions"]}
    found, _ = collected(tmp_path, listing, offered, runtime, shown_characters=200)
    shown = next(m["content"] for m in found.messages if m["role"] == "tool")
    assert "the first 200 of" in shown
    assert len(found.evidence[0].output["subdivisions"]) == 47


def test_reply_that_stays_unusable_ends_the_attempt(
    tmp_path: Path, tools: dict[str, Tool], runtime: ToolRuntime
) -> None:
    with pytest.raises(MalformedReply):
        collected(tmp_path, lambda _: {"content": ""}, {"country_facts": tools["country_facts"]}, runtime)


def test_deriver_sees_only_calls_that_succeeded_and_must_keep_to_the_schema(
    tmp_path: Path, evidence: tuple[Collection, list[dict[str, Any]]]
) -> None:
    found, _ = evidence

    async def run(url: str, name: str) -> Derivation:
        with Recorder(tmp_path / name) as recorder:
            async with ChatClient(Endpoint(base_url=url), recorder) as client:
                return await derive(client, DeriverSettings(model="stand-in"), found.evidence, KENYA, "t1")

    with ChatServer(lambda _: {"content": json.dumps(TRUE)}) as server:
        assert asyncio.run(run(server.url, "good")).answer == 4397073
    told = server.bodies[0]["messages"][1]["content"]
    assert '"call_id":"c1"' in told and '"call_id":"c2"' not in told
    assert server.bodies[0]["response_format"]["type"] == "json_schema"
    off_schema = ChatServer(lambda _: {"content": "QUESTION: what? ANSWER: 5"})
    with off_schema as server, pytest.raises(DerivationRejected) as caught:
        asyncio.run(run(server.url, "bad"))
    assert caught.value.reason == "off_schema"


# --- many attempts --------------------------------------------------------------------------------


def explorer(body: Mapping[str, Any]) -> dict[str, Any]:
    """Looks the subject's first fact up with a tool that takes it, and asks for that fact; nothing is made up."""
    if body.get("response_format"):
        line = json.loads(body["messages"][1]["content"].splitlines()[2])
        name, value = next((k, v) for k, v in line["output"].items() if isinstance(v, str) and len(v) > 3)
        [(_, subject), *_] = line["arguments"].items()
        derived = {
            "question": f"Which {name.replace('_', ' ')} do the records that can be consulted give for {subject}?",
            "answer_type": "string",
            "answer": value,
            "unit": "",
            "decimals": None,
            "citations": [{"call_id": line["call_id"], "pointer": f"/{name}"}],
        }
        return {"content": json.dumps(derived)}
    if any(m["role"] == "tool" for m in body["messages"]):
        return {"content": "That is enough."}
    asked = re.search(r"The subject is the country (.+?)( \(|\.)", body["messages"][1]["content"])
    assert asked is not None
    return called("country_facts", {"country": asked[1]}, 1)


def attempts(
    folder: Path, url: str, tools: Mapping[str, Tool], runtime: ToolRuntime, count: int = 12, **options: Any
) -> ModelRun:
    @asynccontextmanager
    async def client() -> AsyncIterator[ChatClient]:
        with Recorder(folder / "replies.sqlite") as recorder:
            async with ChatClient(Endpoint(base_url=url), recorder, Limits(in_flight=4), **options) as opened:
                yield opened

    seeds = [KENYA.model_copy(update={"value": name, "label": name}) for name in ("Kenya", "Chad", "Mali", "Norway")]
    settings = ModelSettings(
        attempts=count,
        collector=CollectorSettings(model="stand-in", rounds=1),
        deriver=DeriverSettings(model="stand-in"),
    )
    offered = {name: tools[name] for name in sorted(tools)[:20]} | {"country_facts": tools["country_facts"]}
    folder.mkdir(exist_ok=True)
    return produce_model_tasks("general", offered, seeds, settings, client, folder, runtime)


def test_second_run_asks_nothing_and_gives_the_same_rows(
    tmp_path: Path, tools: dict[str, Tool], runtime: ToolRuntime
) -> None:
    with ChatServer(explorer) as server:
        first = attempts(tmp_path, server.url, tools, runtime)
        asked = len(server.bodies)
        second = attempts(tmp_path, server.url, tools, runtime, replay_only=True)
    assert first.counts["done"] > 0
    assert attempt_table(first.rows).equals(attempt_table(second.rows))
    assert len(server.bodies) == asked


def test_budget_ends_a_run_early_and_what_is_finished_stays(
    tmp_path: Path, tools: dict[str, Tool], runtime: ToolRuntime
) -> None:
    def counted(body: Mapping[str, Any]) -> dict[str, Any]:
        usage = {"prompt_tokens": len(json.dumps(body)) // 4, "completion_tokens": 10}
        return completion(explorer(body)) | {"usage": usage}

    def spent(folder: Path) -> int:
        with Recorder(folder / "replies.sqlite") as recorder:
            return sum(e.prompt_tokens + e.completion_tokens for e in recorder.expenses())

    with ChatServer(counted) as server:
        whole = attempts(tmp_path / "whole", server.url, tools, runtime)
        cap = spent(tmp_path / "whole") // 2
        half = attempts(tmp_path / "half", server.url, tools, runtime, cap=Cap(tokens=cap))
        assert 0.8 * cap < spent(tmp_path / "half") <= cap
        kept = len(server.bodies)
        rest = attempts(tmp_path / "half", server.url, tools, runtime)
    assert "raise the cap" in half.stopped and half.within_budget
    assert half.rows and half.left == len(whole.rows) - len(half.rows) > 0
    assert not whole.stopped and not rest.stopped
    known = {row["index"]: row for row in whole.rows}
    assert all(known[row["index"]] == row for row in half.rows)
    assert attempt_table(rest.rows).equals(attempt_table(whole.rows))
    assert spent(tmp_path / "half") <= spent(tmp_path / "whole")  # nothing is paid twice
    assert kept < len(server.bodies)


def test_useless_replies_are_counted_and_never_become_tasks(
    tmp_path: Path, tools: dict[str, Tool], runtime: ToolRuntime
) -> None:
    def liar(body: Mapping[str, Any]) -> dict[str, Any]:
        reply = explorer(body)
        return (
            {"content": reply["content"].replace('"answer": "', '"answer": "un')}
            if body.get("response_format")
            else reply
        )

    with ChatServer(liar) as server:
        run = attempts(tmp_path, server.url, tools, runtime, count=6)
    assert {row["failure"] for row in run.rows} == {"uncited"}
    assert all(row["task"] == "" for row in run.rows)


def make_attempts(folder: str, url: str) -> None:
    """Main function of a process that is killed."""
    os.setpgrp()
    tools = load_registry().tools_of("general")
    with ToolRuntime(1) as running:
        attempts(Path(folder), url, tools, running)


def test_killed_run_goes_on_and_pays_at_most_for_what_was_in_flight(
    tmp_path: Path, tools: dict[str, Tool], runtime: ToolRuntime
) -> None:
    with ChatServer(explorer) as server:
        whole = attempts(tmp_path / "whole", server.url, tools, runtime)
        undisturbed = len(server.bodies)
        process = multiprocessing.get_context("spawn").Process(
            target=make_attempts, args=(str(tmp_path / "killed"), server.url)
        )
        server.pause_after = undisturbed + 10  # no further reply: calls are in flight when the process dies
        process.start()
        assert server.paused.wait(60)
        os.killpg(process.pid, signal.SIGKILL)
        process.join()
        server.pause_after = None
        again = attempts(tmp_path / "killed", server.url, tools, runtime)
    assert attempt_table(again.rows).equals(attempt_table(whole.rows))
    assert len(server.bodies) <= 2 * undisturbed + 4
