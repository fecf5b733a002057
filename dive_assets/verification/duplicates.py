"""duplicate: neither the same program nor the same question as an earlier task of the domain."""

from __future__ import annotations

import re

from dive_assets.records import Task
from dive_assets.tools.canonical import content_hash
from dive_assets.verification.subject import CheckFailed


def program_hash(task: Task) -> str:
    """Hash of the calls (tool and arguments, in any order) and of where the answer is read."""
    calls = sorted(content_hash(call.tool, call.arguments) for call in task.program)
    last = next(call for call in task.program if call.call_id == task.answer.call_id)
    return content_hash(calls, last.tool, task.answer.pointer)


def normalized(question: str) -> str:
    """Lower case, words and numbers only."""
    return " ".join(re.findall(r"\w+", question.lower()))


class DuplicateIndex:
    """Remembers the tasks seen so far, in order of their index."""

    def __init__(self) -> None:
        self._programs: dict[str, str] = {}
        self._questions: dict[str, str] = {}

    def check(self, task: Task) -> None:
        """Raises CheckFailed if an earlier task has this program or this question."""
        for known, key in ((self._programs, program_hash(task)), (self._questions, normalized(task.question))):
            if key in known:
                raise CheckFailed(f"the same as {known[key]}")

    def add(self, task: Task) -> None:
        self._programs[program_hash(task)] = task.task_id
        self._questions[normalized(task.question)] = task.task_id
