"""Runs the checks in order, cheapest first, and stops at the first that fails."""

from __future__ import annotations

from collections.abc import Callable

from dive_assets.records import Check, Task, Verdict
from dive_assets.verification.ambiguity import check_unambiguous
from dive_assets.verification.duplicates import DuplicateIndex
from dive_assets.verification.grounding import check_grounded, check_necessary
from dive_assets.verification.language import check_natural
from dive_assets.verification.question import check_no_leak, check_well_posed
from dive_assets.verification.replay import CallByName, replay
from dive_assets.verification.schema import check_schema, check_solvable
from dive_assets.verification.subject import CheckFailed, Subject

STATIC_CHECKS: tuple[tuple[str, Callable[[Subject], None]], ...] = (
    ("schema", check_schema),
    ("solvable", check_solvable),
    ("grounded", check_grounded),
    ("necessary", check_necessary),
    ("well_posed", check_well_posed),
    ("natural", check_natural),
    ("no_leak", check_no_leak),
    ("unambiguous", check_unambiguous),
)
CHECK_NAMES = (*(name for name, _ in STATIC_CHECKS), "duplicate", "replay")


def _run(checks: list[Check], name: str, check: Callable[[], object]) -> bool:
    try:
        check()
    except CheckFailed as failed:
        checks.append(Check(name=name, passed=False, reason=str(failed)))
        return False
    checks.append(Check(name=name, passed=True))
    return True


def check_statically(subject: Subject, duplicates: DuplicateIndex) -> Verdict:
    """Every check that executes nothing; a task that passes is added to `duplicates`."""
    checks: list[Check] = []
    task = subject.task
    for name, check in STATIC_CHECKS:
        if not _run(checks, name, lambda check=check: check(subject)):  # type: ignore[misc]
            return Verdict(task_id=task.task_id, checks=tuple(checks))
    if _run(checks, "duplicate", lambda: duplicates.check(task)):
        duplicates.add(task)
    return Verdict(task_id=task.task_id, checks=tuple(checks))


def check_by_replay(task: Task, call: CallByName) -> Check:
    """The replay check alone; `call` must lead to a process that did not make the task."""
    checks: list[Check] = []
    _run(checks, "replay", lambda: replay(task, call))
    return checks[0]
