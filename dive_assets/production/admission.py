"""Which attempts may start under a budget: those that it can probably pay to their end.

Attempts start in order of index. Otherwise a budget would end with every attempt half done and none to show for it.
"""

from __future__ import annotations

import asyncio

from dive_assets.language_models.budget import Amounts, Budget

UNTRIED = 4  # attempts that start together while nobody knows what one costs
MARGIN = 1.3  # times the mean cost that an attempt may need: those that fail early end first and cost less


class Admission:
    """Lets attempts in one after the other, as many at a time as there are places."""

    def __init__(self, budget: Budget, places: int) -> None:
        self.budget, self.places = budget, places
        self._open: set[str] = set()
        self._finished, self._cost = 0, (0.0, 0.0)
        self._change = asyncio.Event()

    async def admit(self, task: str) -> None:
        """Wait until the attempt at `task` may start."""
        while not self._may_start():
            self._change.clear()
            await self._change.wait()
        self._open.add(task)

    def leave(self, task: str) -> None:
        """The attempt at `task` has ended."""
        self._open.remove(task)
        self._finished += 1
        self._cost = _sum(self._cost, self.budget.spent_on(task))
        self._change.set()

    def _may_start(self) -> bool:
        """One attempt may always be open, so that the rest of a budget is not left unspent."""
        if not self._open:
            return True
        if len(self._open) >= self.places:
            return False
        if self.budget.unlimited:
            return True
        if not self._finished:
            return len(self._open) < UNTRIED
        usd, tokens = self._cost
        needed = mean = (MARGIN * usd / self._finished, MARGIN * tokens / self._finished)
        for task in self._open:
            spent = self.budget.spent_on(task)
            needed = _sum(needed, (max(0.0, mean[0] - spent[0]), max(0.0, mean[1] - spent[1])))
        return self.budget.fits(needed, reserved=False)


def _sum(one: Amounts, other: Amounts) -> Amounts:
    return one[0] + other[0], one[1] + other[1]
