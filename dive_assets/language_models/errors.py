"""What can go wrong with a chat model. None of it ever becomes a row."""

from __future__ import annotations

from typing import Literal

ReplyFault = Literal["not_json", "no_choices", "truncated", "refused", "empty", "bad_arguments"]
CallFault = Literal["unreachable", "timeout", "overloaded", "server_error", "bad_request"]


class LanguageModelError(Exception):
    """Base of all errors of this package; its text never holds a key."""


class MalformedReply(LanguageModelError):
    """A reply arrived, was paid for and recorded, but cannot be used; `reason` is counted in the funnel."""

    def __init__(self, reason: ReplyFault, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason


class CallFailed(LanguageModelError):
    """No reply arrived within the patience of the limits; other calls may go on."""

    def __init__(self, reason: CallFault, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason


class RunStopped(LanguageModelError):
    """No further call can succeed: what was recorded is kept, and the same command goes on from there."""


class CredentialsRefused(RunStopped):
    """The endpoint no longer takes the key."""


class BudgetReached(RunStopped):
    """The next call might cost more than what is left of the budget."""


class NotRecorded(RunStopped):
    """Replay-only mode needs a reply that was never recorded."""


class UnknownPrice(RunStopped):
    """A cap in dollars cannot be kept for a model whose price nobody knows."""


class Incapable(RunStopped):
    """A model cannot do what a stage needs."""
