"""Calls to a chat model over real HTTP: paid once, kept, limited, and never turned into something that was not said."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dive_assets.language_models.budget import Cap
from dive_assets.language_models.capabilities import capabilities_of
from dive_assets.language_models.chat import ChatRequest, Sampling, TokenUsage, parse_reply, usage_of
from dive_assets.language_models.client import ChatClient, Endpoint, Limits
from dive_assets.language_models.concurrency import AdaptiveConcurrency
from dive_assets.language_models.errors import (
    BudgetReached,
    CallFailed,
    CredentialsRefused,
    MalformedReply,
    NotRecorded,
    UnknownPrice,
)
from dive_assets.language_models.prices import Price, cost_usd
from dive_assets.language_models.recorder import Recorder
from tests.stand_ins.chat_server import ChatServer, Fault, completion

Result = TypeVar("Result")
PRICES = {"stand-in": Price(prompt=1.0, completion=2.0)}
CALL = {"id": "c1", "type": "function", "function": {"name": "f", "arguments": "{}"}}


def asked(text: str) -> ChatRequest:
    return ChatRequest(model="stand-in", messages=({"role": "user", "content": text},))


def echo(body: Mapping[str, Any]) -> dict[str, Any]:
    return {"content": f"about {body['messages'][-1]['content']}"}


def with_client(
    folder: Path, url: str, use: Callable[[ChatClient], Awaitable[Result]], limits: Limits | None = None, **options: Any
) -> Result:
    async def run() -> Result:
        with Recorder(folder / "replies.sqlite") as recorder:
            async with ChatClient(Endpoint(base_url=url), recorder, limits, prices=PRICES, **options) as client:
                return await use(client)

    return asyncio.run(run())


async def ask_all(client: ChatClient, count: int) -> list[str]:
    replies = await asyncio.gather(*(client.complete(asked(str(i)), "solver", f"t{i}") for i in range(count)))
    return [reply.text for reply in replies]


def test_second_run_asks_nothing_and_says_the_same(tmp_path: Path) -> None:
    with ChatServer(echo) as server:
        first = with_client(tmp_path, server.url, lambda c: ask_all(c, 5))
        second = with_client(tmp_path, server.url, lambda c: ask_all(c, 5), replay_only=True)
    assert first == second == [f"about {i}" for i in range(5)]
    assert len(server.bodies) == 5


def test_equal_requests_at_once_are_paid_once_but_samples_are_not(tmp_path: Path) -> None:
    async def same(client: ChatClient) -> None:
        await asyncio.gather(*(client.complete(asked("x"), "solver", "t") for _ in range(8)))
        await asyncio.gather(*(client.complete(asked("x"), "solver", "t", sample=i) for i in range(3)))

    with ChatServer(echo) as server:
        with_client(tmp_path, server.url, same)
    assert len(server.bodies) == 3


def test_replay_only_names_the_call_that_is_missing(tmp_path: Path) -> None:
    with ChatServer(echo) as server, pytest.raises(NotRecorded, match=r"solver call .* of t0"):
        with_client(tmp_path, server.url, lambda c: ask_all(c, 1), replay_only=True)
    assert server.bodies == []


@pytest.mark.parametrize(
    "faults",
    [
        [Fault(429, {"Retry-After": "0.1"})] * 3,
        [Fault(500)] * 2,
        [Fault(503), Fault(drop=True)],
        [Fault(drop=True)] * 2,
    ],
    ids=["429", "500", "503 and a dropped connection", "dropped connections"],
)
def test_passing_faults_lose_and_invent_nothing(tmp_path: Path, faults: list[Fault]) -> None:
    with ChatServer(echo) as server:
        server.faults.extend(faults)
        texts = with_client(tmp_path, server.url, lambda c: ask_all(c, 3))
    assert texts == [f"about {i}" for i in range(3)]
    assert len(server.bodies) == 3 + len(faults)


def test_server_without_an_answer_is_given_up_in_time(tmp_path: Path) -> None:
    with ChatServer(echo) as server:
        server.faults.extend([Fault(hang_s=30)] * 2)
        with pytest.raises(CallFailed) as caught:
            with_client(tmp_path, server.url, lambda c: ask_all(c, 1), Limits(timeout_s=0.2))
    assert caught.value.reason == "timeout"


def test_server_that_stays_down_is_given_up_after_patience(tmp_path: Path) -> None:
    with pytest.raises(CallFailed) as caught:
        with_client(tmp_path, "http://127.0.0.1:9/v1", lambda c: ask_all(c, 1), Limits(patience_s=0.3))
    assert caught.value.reason == "unreachable"


def test_refused_key_stops_the_run_and_is_not_shown(tmp_path: Path) -> None:
    async def use(client: ChatClient) -> None:
        await ask_all(client, 2)
        server.faults.append(Fault(401, body=b'{"error": {"message": "bad key sk-secret"}}'))
        with pytest.raises(CredentialsRefused) as caught:
            await client.complete(asked("new"), "solver", "t")
        assert "sk-secret" not in str(caught.value)
        with pytest.raises(CredentialsRefused):
            await client.complete(asked("newer"), "solver", "t")
        assert await ask_all(client, 2) == ["about 0", "about 1"]  # what is recorded stays

    with ChatServer(echo) as server:
        with_client(tmp_path, server.url, use)
    assert len(server.bodies) == 3


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<html>upstream</html>", "not_json"),
        (b'{"choices": []}', "no_choices"),
        (orjson.dumps(completion({"content": "half a"}, "length")), "truncated"),
        (orjson.dumps(completion({"content": None, "refusal": "no"})), "refused"),
        (orjson.dumps(completion({"content": " "})), "empty"),
        (
            orjson.dumps(completion({"tool_calls": [CALL | {"function": {"name": "f", "arguments": "{oops"}}]})),
            "bad_arguments",
        ),
    ],
)
def test_useless_reply_is_paid_once_and_said_to_be_useless(tmp_path: Path, body: bytes, reason: str) -> None:
    async def twice(client: ChatClient) -> None:
        for _ in range(2):
            with pytest.raises(MalformedReply) as caught:
                await client.complete(asked("x"), "solver", "t")
            assert caught.value.reason == reason
        [expense] = client.recorder.expenses()
        assert expense.calls == 1

    with ChatServer(echo) as server:
        server.faults.append(Fault(200, body=body))
        with_client(tmp_path, server.url, twice)
    assert len(server.bodies) == 1


def test_request_that_the_server_refuses_is_not_repeated(tmp_path: Path) -> None:
    with ChatServer(echo) as server:
        server.faults.append(Fault(400, body=b'{"error": {"message": "unknown field"}}'))
        with pytest.raises(CallFailed, match="unknown field"):
            with_client(tmp_path, server.url, lambda c: ask_all(c, 1))
    assert len(server.bodies) == 1


def test_concurrency_is_halved_once_for_calls_in_flight_together_and_recovers() -> None:
    async def use() -> None:
        places = AdaptiveConcurrency(16)
        async with places.slot() as one, places.slot() as other:
            places.overloaded(one)
            places.overloaded(other)
        assert places.limit == 8
        for _ in range(10):
            async with places.slot() as later:
                places.overloaded(later)
        assert places.limit == 1
        for _ in range(40):
            places.succeeded()
        assert places.limit == 16

    asyncio.run(use())


def test_overloaded_server_loses_nothing_and_gets_no_more_than_the_limit(tmp_path: Path) -> None:
    with ChatServer(echo, latency_s=0.01) as server:
        server.faults.extend([Fault(429, {"Retry-After": "0"})] * 24)
        texts = with_client(tmp_path, server.url, lambda c: ask_all(c, 100), Limits(in_flight=16))
    assert texts == [f"about {i}" for i in range(100)]
    assert server.most_in_flight <= 16
    assert len(server.bodies) == 124


def test_budget_stops_below_the_cap_and_keeps_what_was_paid(tmp_path: Path) -> None:
    async def until_stopped(client: ChatClient) -> int:
        done = 0
        with pytest.raises(BudgetReached, match="raise the cap"):
            for i in range(1000):
                await client.complete(asked(str(i)), "solver", f"t{i}")
                done += 1
        return done

    cost = cost_usd("stand-in", TokenUsage(prompt=100, completion=10), PRICES)
    assert cost == pytest.approx(120e-6)
    with ChatServer(echo) as server:
        done = with_client(tmp_path, server.url, until_stopped, cap=Cap(usd=50.5 * cost))
        again = with_client(tmp_path, server.url, lambda c: ask_all(c, 50), replay_only=True)
    assert done == 50 == len(again)


def test_cap_in_dollars_needs_a_price(tmp_path: Path) -> None:
    async def unpriced(client: ChatClient) -> None:
        await client.complete(asked("x").model_copy(update={"model": "nobody-knows-it"}), "solver", "t")

    with ChatServer(echo) as server, pytest.raises(UnknownPrice, match="cap the tokens"):
        with_client(tmp_path, server.url, unpriced, cap=Cap(usd=1))
    assert server.bodies == []


def test_missing_usage_is_estimated_and_marked() -> None:
    raw = orjson.dumps(completion({"content": "hello"}, usage=False))
    usage = usage_of(raw, asked("a question"))
    assert usage.estimated
    assert usage.prompt > 0 and usage.completion > 0


def test_capabilities_are_tried_once(tmp_path: Path) -> None:
    def able(body: Mapping[str, Any]) -> dict[str, Any]:
        if body.get("response_format"):
            return {"content": '{"colour": "red"}'}
        call = {"name": "look_up_capital", "arguments": '{"country": "Kenya"}'}
        return {"tool_calls": [{"id": f"c{i}", "type": "function", "function": call} for i in range(2)]}

    with ChatServer(able) as server:
        found = [with_client(tmp_path, server.url, lambda c: capabilities_of(c, "stand-in")) for _ in range(2)]
    assert found[0] == found[1]
    assert found[0].json_schema and found[0].tools and found[0].parallel_tool_calls
    assert len(server.bodies) == 2


@given(st.text(min_size=1), st.integers(0, 5), st.integers(0, 5))
def test_key_depends_on_request_and_sample_alone(text: str, one: int, other: int) -> None:
    request = asked(text)
    equal = ChatRequest(model="stand-in", messages=({"content": text, "role": "user"},), sampling=Sampling())
    assert request.key(one) == equal.key(one)
    assert (request.key(one) == request.key(other)) == (one == other)


def test_message_goes_back_as_it_came() -> None:
    message = {"content": None, "tool_calls": [CALL], "reasoning_content": "because"}
    assert parse_reply(orjson.dumps(completion(message))).message() == {"role": "assistant", **message}
