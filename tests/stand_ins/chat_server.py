"""A chat-completions server on loopback: real HTTP, deterministic replies, faults on demand.

with ChatServer(reply=lambda body: {"content": "hello"}) as server:
    server.faults.append(Fault(status=429, headers={"Retry-After": "0.2"}))
    ...                       # the next attempt gets the fault, further ones the reply
    server.bodies             # the requests that came, in order
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import orjson

Reply = Callable[[Mapping[str, Any]], Mapping[str, Any]]


@dataclass(frozen=True)
class Fault:
    """What one attempt gets instead of a reply; `drop` closes the connection, `hang_s` waits first."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b'{"error": {"message": "injected"}}'
    hang_s: float = 0.0
    drop: bool = False


def completion(message: Mapping[str, Any], finish_reason: str = "", usage: bool = True) -> dict[str, Any]:
    """The body of a reply with one choice."""
    finish = finish_reason or ("tool_calls" if message.get("tool_calls") else "stop")
    body: dict[str, Any] = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 0,
        "model": "stand-in",
        "choices": [{"index": 0, "message": {"role": "assistant", **message}, "finish_reason": finish}],
    }
    if usage:
        body["usage"] = {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110}
    return body


def streamed(message: Mapping[str, Any]) -> bytes:
    """The same reply as server-sent events: the whole message in one delta."""
    whole = completion(message)
    choice = whole["choices"][0]
    calls = [{"index": index, **call} for index, call in enumerate(message.get("tool_calls") or ())]
    delta = {**choice["message"], **({"tool_calls": calls} if calls else {})}
    shared = {**whole, "object": "chat.completion.chunk"}
    chunks = [
        {**shared, "usage": None, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]},
        {**shared, "choices": [{"index": 0, "delta": {}, "finish_reason": choice["finish_reason"]}]},
    ]
    events = [f"data: {orjson.dumps(chunk).decode()}" for chunk in chunks]
    return "\n\n".join([*events, "data: [DONE]", ""]).encode() + b"\n"


class ChatServer:
    """Serves POST /v1/chat/completions in a thread of its own. A reply with "choices" is sent as the whole body.

    disturb      gives the fault that a request meets, beside those that wait in `faults`.
    pause_after  requests after which none gets an answer any more; `paused` is set then.
    answered     replies that were sent whole, and so would have to be paid.
    """

    def __init__(self, reply: Reply = lambda _: {"content": "hello"}, latency_s: float = 0.0) -> None:
        self.reply, self.latency_s = reply, latency_s
        self.faults: deque[Fault] = deque()
        self.bodies: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.most_in_flight = self._in_flight = 0
        self.disturb: Callable[[Mapping[str, Any]], Fault | None] = lambda _: None
        self.answered = 0
        self.pause_after: int | None = None
        self.paused = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(self._start(), self._loop).result()
        port = self._server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/v1"
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _start(self) -> asyncio.Server:
        return await asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=512)

    async def _stop(self) -> None:
        self._server.close()
        serving = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in serving:
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._one(reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass  # the client is gone, or the server stops
        finally:
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        headers = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if line)
        body = orjson.loads(await reader.readexactly(int(headers["content-length"])))
        self.bodies.append(body)
        self.keys.append(headers.get("authorization", ""))
        self._in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self._in_flight)
        try:
            if self.pause_after is not None and len(self.bodies) > self.pause_after:
                self.paused.set()
                await reader.read(1)  # the client is gone
                return False
            fault = self.faults.popleft() if self.faults else self.disturb(body)
            await asyncio.sleep(fault.hang_s if fault else self.latency_s)
            if fault and fault.drop:
                return False
            if fault:
                self._answer(writer, fault.status, fault.body, fault.headers)
            elif body.get("stream"):
                self._answer(writer, 200, streamed(self.reply(body)), {}, "text/event-stream")
            else:
                message = self.reply(body)
                whole = message if "choices" in message else completion(message)
                self._answer(writer, 200, orjson.dumps(whole), {})
            await writer.drain()
            self.answered += fault is None
        finally:
            self._in_flight -= 1
        return True

    @staticmethod
    def _answer(
        writer: asyncio.StreamWriter,
        status: int,
        body: bytes,
        headers: Mapping[str, str],
        content_type: str = "application/json",
    ) -> None:
        lines = [f"HTTP/1.1 {status} -", f"Content-Type: {content_type}", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
