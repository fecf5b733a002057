"""A cap on what may be spent, in US dollars or in tokens, over all runs that share a recorder.

A call is started only if what is spent, what the calls in flight will probably cost, and its own probable cost stay
below the cap together; so a run stops close to the cap and below it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field

from dive_assets.language_models.errors import BudgetReached

Amounts = tuple[float, float]  # US dollars, tokens
WRITTEN = {"US dollars": ",.4f", "tokens": ",.0f"}


class Cap(BaseModel):
    """Most that may be spent; None for no cap. A cap in dollars needs a price for every model."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    usd: float | None = Field(None, gt=0)
    tokens: int | None = Field(None, gt=0)


@dataclass(frozen=True)
class Reservation:
    """What is set aside for a call: the guess it was made from, and the probable cost."""

    stage: str
    guess: Amounts
    probable: Amounts


class Budget:
    """What is spent and reserved.

    spent_by_task  what was spent before, by task; it counts against the cap.
    """

    def __init__(self, cap: Cap, spent_by_task: Mapping[str, Amounts] | None = None) -> None:
        self.cap = cap
        self._by_task: dict[str, Amounts] = dict(spent_by_task or {})
        self.spent = _sum(self._by_task.values())
        self._reserved: Amounts = (0.0, 0.0)
        self._by_stage: dict[str, tuple[list[float], list[float]]] = defaultdict(lambda: ([0.0, 0.0], [0.0, 0.0]))

    @property
    def limits(self) -> tuple[tuple[str, float | None], ...]:
        """Unit and cap, in the order of the amounts."""
        return ("US dollars", self.cap.usd), ("tokens", self.cap.tokens)

    @property
    def unlimited(self) -> bool:
        return self.cap.usd is None and self.cap.tokens is None

    def spent_on(self, task: str) -> Amounts:
        """What was ever spent on a task."""
        return self._by_task.get(task, (0.0, 0.0))

    def fits(self, amounts: Amounts, reserved: bool = True) -> bool:
        """Whether an amount may be spent beside what is spent and, if asked for, reserved."""
        beside = self._reserved if reserved else (0.0, 0.0)
        parts = zip(self.limits, self.spent, beside, amounts, strict=True)
        return all(cap is None or spent + held + amount <= cap for (_, cap), spent, held, amount in parts)

    def reserve(self, stage: str, guess: Amounts) -> Reservation:
        """Set aside what a call will probably cost: the guess, times how far the stage's guesses were off so far.

        Raises BudgetReached if the cap does not allow it.
        """
        probable = tuple(
            amount * cost / guessed if guessed else amount
            for amount, (guessed, cost) in zip(guess, self._by_stage[stage], strict=True)
        )
        reserved = Reservation(stage, guess, (probable[0], probable[1]))
        if not self.fits(reserved.probable):
            state = " and ".join(
                f"{spent:{WRITTEN[unit]}} of {cap:{WRITTEN[unit]}} {unit}"
                for (unit, cap), spent in zip(self.limits, self.spent, strict=True)
                if cap is not None
            )
            raise BudgetReached(
                f"{state} are spent and a further call of {stage!r} may go over the cap: "
                "raise the cap and run again to go on from here"
            )
        self._reserved = _sum((self._reserved, reserved.probable))
        return reserved

    def settle(self, reserved: Reservation, task: str, cost: Amounts) -> None:
        """Replace what was set aside by what the call did cost."""
        self.release(reserved)
        self.spent = _sum((self.spent, cost))
        self._by_task[task] = _sum((self.spent_on(task), cost))
        for sums, guessed, amount in zip(self._by_stage[reserved.stage], reserved.guess, cost, strict=True):
            sums[0] += guessed
            sums[1] += amount

    def release(self, reserved: Reservation) -> None:
        """A call came to nothing and cost nothing."""
        usd, tokens = reserved.probable
        self._reserved = (self._reserved[0] - usd, self._reserved[1] - tokens)


def _sum(amounts: Iterable[Amounts]) -> Amounts:
    listed = list(amounts)
    return sum(usd for usd, _ in listed), sum(tokens for _, tokens in listed)
