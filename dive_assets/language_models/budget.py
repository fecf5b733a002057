"""A cap on what a run may spend, in US dollars or in tokens.

A call is started only if what is spent, what the calls in flight will probably cost, and its own probable cost stay
below the cap together; so a run stops close to the cap and below it.
"""

from __future__ import annotations

from collections import defaultdict

from pydantic import BaseModel, ConfigDict, Field

from dive_assets.language_models.errors import BudgetReached


class Cap(BaseModel):
    """Most that one run may spend; None for no cap. A cap in dollars needs a price for every model."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    usd: float | None = Field(None, gt=0)
    tokens: int | None = Field(None, gt=0)


class Budget:
    """What a run has spent and reserved. A probable cost is the mean of the stage's calls so far."""

    def __init__(self, cap: Cap) -> None:
        self.cap = cap
        self.spent = {"usd": 0.0, "tokens": 0.0}
        self._reserved = {"usd": 0.0, "tokens": 0.0}
        self._by_stage: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])  # calls, dollars, tokens

    def reserve(self, stage: str, first_guess: tuple[float, float]) -> tuple[float, float]:
        """Set aside what a call will probably cost, in dollars and tokens; `first_guess` serves until a call of
        the stage has come back. Raises BudgetReached if the cap does not allow it."""
        calls, usd, tokens = self._by_stage[stage]
        probable = (usd / calls, tokens / calls) if calls else first_guess
        for unit, cap, amount in (("usd", self.cap.usd, probable[0]), ("tokens", self.cap.tokens, probable[1])):
            if cap is not None and self.spent[unit] + self._reserved[unit] + amount > cap:
                raise BudgetReached(
                    f"{self.spent[unit]:,.4g} of {cap:,.4g} {unit} are spent and a further call of {stage!r} may cost "
                    f"{amount:,.4g}: raise the cap and run again to go on from here"
                )
        self._reserve(probable, 1)
        return probable

    def settle(self, stage: str, reserved: tuple[float, float], usd: float, tokens: float) -> None:
        """Replace what was set aside by what the call did cost."""
        self.release(reserved)
        self.spent["usd"] += usd
        self.spent["tokens"] += tokens
        for place, amount in enumerate((1.0, usd, tokens)):
            self._by_stage[stage][place] += amount

    def release(self, reserved: tuple[float, float]) -> None:
        """A call came to nothing and cost nothing."""
        self._reserve(reserved, -1)

    def _reserve(self, amounts: tuple[float, float], sign: int) -> None:
        for unit, amount in zip(self._reserved, amounts, strict=True):
            self._reserved[unit] += sign * amount
