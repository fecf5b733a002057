"""How many calls are in flight: halved when the server is overloaded, raised again while it answers.

Additive increase and multiplicative decrease, as TCP does it (Chiu and Jain 1989).
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

RECOVERY = 0.5  # raised by so much with every success: 64 are reached again after about 130 calls


class AdaptiveConcurrency:
    """Between one call and `most` calls in flight."""

    def __init__(self, most: int) -> None:
        if most < 1:
            raise ValueError(f"in_flight must be at least 1, not {most}")
        self.most, self.limit, self.in_flight = most, float(most), 0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._generation = 0
        self._resume_at = 0.0

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[int]:
        """Wait for a place; gives the generation that `overloaded` takes."""
        while self.in_flight >= int(self.limit):
            turn = asyncio.get_running_loop().create_future()
            self._waiting.append(turn)
            try:
                await turn
            except asyncio.CancelledError:
                self._wake()  # the place may have been given to this one already
                raise
        self.in_flight += 1
        try:
            pause = self._resume_at - asyncio.get_running_loop().time()
            if pause > 0:
                await asyncio.sleep(pause)
            yield self._generation
        finally:
            self.in_flight -= 1
            self._wake()

    def succeeded(self) -> None:
        self.limit = min(self.most, self.limit + RECOVERY)

    def overloaded(self, generation: int, pause_s: float = 0.0) -> None:
        """Halve the limit, once for all calls that were in flight together, and let nothing start for a while."""
        self._resume_at = max(self._resume_at, asyncio.get_running_loop().time() + pause_s)
        if generation == self._generation:
            self._generation += 1
            self.limit = max(1.0, self.limit / 2)

    def _wake(self) -> None:
        free = int(self.limit) - self.in_flight
        while free > 0 and self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                free -= 1
