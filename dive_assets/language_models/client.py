"""One client for all calls to a chat model: recorded, limited, retried, paid for once.

    async with ChatClient(endpoint, recorder) as client:
        reply = await client.complete(request, stage="collector", task="medical-17")

A call goes through, in this order: the recorder (an equal request is never paid twice), single flight (equal requests
at once share one call), the budget, a place among the calls in flight, the limits a minute, and few retries.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections import Counter
from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from dive_assets.language_models.budget import Budget, Cap
from dive_assets.language_models.chat import ChatReply, ChatRequest, TokenUsage, parse_reply, usage_of
from dive_assets.language_models.concurrency import AdaptiveConcurrency
from dive_assets.language_models.errors import (
    CallFailed,
    CallFault,
    CredentialsRefused,
    LanguageModelError,
    NotRecorded,
    UnknownPrice,
)
from dive_assets.language_models.prices import Price, cost_usd
from dive_assets.language_models.recorder import LedgerLine, Recorder

if TYPE_CHECKING:
    from openai import AsyncOpenAI

FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 30.0
TIMEOUTS = 2  # attempts at a call that a server leaves without an answer
GUESSED_COMPLETION = 256  # tokens of a reply


class Endpoint(BaseModel):
    """Where the models are served; the key comes from the environment and is never shown."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    base_url: str = Field(description="Root of the API, such as http://127.0.0.1:8000/v1")
    api_key: SecretStr = SecretStr("none")


class Limits(BaseModel):
    """How hard an endpoint may be used, and how long to wait for it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    in_flight: int = Field(64, ge=1, description="Most calls at once; fewer while the server is overloaded.")
    requests_per_minute: float | None = Field(None, gt=0)
    tokens_per_minute: float | None = Field(None, gt=0)
    timeout_s: float = Field(600.0, gt=0, description="Longest wait for one reply.")
    patience_s: float = Field(120.0, ge=0, description="How long one call is tried while the server fails.")


class ChatClient:
    """Calls to one endpoint in one event loop. `counts` has calls sent, recorded replies used, retries and failures."""

    def __init__(
        self,
        endpoint: Endpoint,
        recorder: Recorder,
        limits: Limits | None = None,
        cap: Cap | None = None,
        prices: Mapping[str, Price] | None = None,
        replay_only: bool = False,
    ) -> None:
        self.endpoint, self.recorder, self.limits = endpoint, recorder, limits or Limits()
        self.budget = Budget(cap or Cap(), recorder.spent_by_task())
        self.prices, self.replay_only = prices or {}, replay_only
        self.counts: Counter[str] = Counter()
        self._flying: dict[str, asyncio.Task[bytes]] = {}
        self._stopped: LanguageModelError | None = None

    async def __aenter__(self) -> Self:
        from aiolimiter import AsyncLimiter
        from openai import AsyncOpenAI, DefaultAioHttpClient

        limits = self.limits
        self._concurrency = AdaptiveConcurrency(limits.in_flight)
        self._requests = AsyncLimiter(limits.requests_per_minute) if limits.requests_per_minute else None
        self._tokens = AsyncLimiter(limits.tokens_per_minute) if limits.tokens_per_minute else None
        self._client: AsyncOpenAI = AsyncOpenAI(
            base_url=self.endpoint.base_url,
            api_key=self.endpoint.api_key.get_secret_value(),
            timeout=limits.timeout_s,
            max_retries=0,  # every attempt must pass the limits
            http_client=DefaultAioHttpClient(),
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None
    ) -> None:
        await asyncio.gather(*self._flying.values(), return_exceptions=True)  # what was sent is paid: keep the replies
        await self._client.close()

    async def complete(self, request: ChatRequest, stage: str, task: str, sample: int = 0) -> ChatReply:
        """The reply to a request; `sample` tells equal requests apart that shall have different replies.

        Raises MalformedReply for a reply that cannot be used, CallFailed if none came, and RunStopped
        (CredentialsRefused, BudgetReached, NotRecorded) where no further call can succeed.
        """
        key = request.key(sample)
        raw = self.recorder.reply(key)
        if raw is not None:
            self.counts["recorded"] += 1
            return parse_reply(raw)
        if self.replay_only:
            raise NotRecorded(
                f"no reply is recorded for the {stage} call {key[:12]} of {task}: run once without replay-only mode"
            )
        flying = self._flying.get(key)
        if flying is None:
            flying = asyncio.create_task(self._pay(key, request, stage, task))
            self._flying[key] = flying
            flying.add_done_callback(lambda _: self._flying.pop(key, None))
        return parse_reply(await asyncio.shield(flying))

    async def _pay(self, key: str, request: ChatRequest, stage: str, task: str) -> bytes:
        """Send a request, keep the reply and note its cost."""
        prompt = request.estimated_prompt_tokens()
        guess = TokenUsage(prompt=prompt, completion=GUESSED_COMPLETION)
        if self._stopped is not None:
            raise self._stopped
        guessed_usd = cost_usd(request.model, guess, self.prices)
        if self.budget.cap.usd is not None and guessed_usd is None:
            raise UnknownPrice(f"a cap in dollars needs the price of {request.model!r}: give it, or cap the tokens")
        reserved = self.budget.reserve(stage, (guessed_usd or 0.0, guess.total))
        started = time.monotonic()
        try:
            raw, retries = await self._attempt(key, request, prompt)
        except BaseException as error:
            self.budget.release(reserved)
            if isinstance(error, CredentialsRefused):
                self._stopped = error
            raise
        usage = usage_of(raw, request)
        cost = cost_usd(request.model, usage, self.prices)
        seconds = time.monotonic() - started
        self.recorder.record(key, raw, LedgerLine(task, stage, request.model, usage, cost, seconds, retries))
        self.budget.settle(reserved, task, (cost or 0.0, usage.total))
        self.counts["usage missing"] += usage.estimated
        return raw

    async def _attempt(self, key: str, request: ChatRequest, tokens: int) -> tuple[bytes, int]:
        """The bytes of a reply and how many retries it took."""
        began, timeouts = time.monotonic(), 0
        retries = 0
        while True:
            async with self._concurrency.slot() as generation:
                await self._within_limits(tokens)
                raw, fault, pause = await self._send(request)
            if raw is not None:
                self._concurrency.succeeded()
                return raw, retries
            timeouts += fault == "timeout"
            pause = pause or _pause(key, retries)
            if fault in ("overloaded", "server_error"):
                self._concurrency.overloaded(generation, pause if fault == "overloaded" else 0.0)
            if timeouts >= TIMEOUTS or time.monotonic() - began + pause > self.limits.patience_s:
                self.counts[f"failed: {fault}"] += 1
                raise CallFailed(fault, f"no reply after {retries + 1} attempts in {time.monotonic() - began:.0f} s")
            retries += 1
            self.counts["retries"] += 1
            await asyncio.sleep(pause)

    async def _within_limits(self, tokens: int) -> None:
        if self._requests is not None:
            await self._requests.acquire()
        if self._tokens is not None:
            await self._tokens.acquire(min(tokens + GUESSED_COMPLETION, self._tokens.max_rate))

    async def _send(self, request: ChatRequest) -> tuple[bytes | None, CallFault, float]:
        """One attempt: the body, or what kept it away and how long the server asks to wait (0 if it does not say).

        Raises CredentialsRefused for a key that is not taken, CallFailed for a request that never will be.
        """
        import httpx2
        import openai

        self.counts["sent"] += 1
        try:
            # not chat.completions.create, which walks through every message and schema before it sends them
            response = await self._client.post("/chat/completions", content=request.payload(), cast_to=httpx2.Response)
            return response.content, "unreachable", 0.0
        except (openai.AuthenticationError, openai.PermissionDeniedError) as error:
            raise CredentialsRefused(
                f"{self.endpoint.base_url} refuses the key (status {error.status_code}): "
                "set a valid one and run again to go on from here"
            ) from None
        except openai.RateLimitError as error:
            return None, "overloaded", _retry_after(error.response.headers)
        except openai.InternalServerError as error:
            return None, "server_error", _retry_after(error.response.headers)
        except openai.APITimeoutError as error:
            no_connection = isinstance(error.__cause__, httpx2.ConnectTimeout)  # refused and dropped ones as well
            return None, "unreachable" if no_connection else "timeout", 0.0
        except openai.APIConnectionError:
            return None, "unreachable", 0.0
        except openai.APIStatusError as error:
            self.counts["failed: bad_request"] += 1
            raise CallFailed("bad_request", f"status {error.status_code}: {_message(error)}") from None


def _retry_after(headers: Mapping[str, str]) -> float:
    """Seconds that a server asks to wait; 0 if it does not say, or not as a number."""
    try:
        return max(0.0, float(headers.get("retry-after", "")))
    except ValueError:
        return 0.0


def _message(error: Exception) -> str:
    """What the server said, cut: it may repeat the whole request."""
    return str(getattr(error, "message", error))[:200]


def _pause(key: str, retries: int) -> float:
    """Exponential back-off with a jitter that depends on the request, in seconds."""
    jitter = int(hashlib.sha256(f"{key}{retries}".encode()).hexdigest()[:8], 16) / 0xFFFFFFFF
    return float(min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2**retries) * (0.5 + jitter))
