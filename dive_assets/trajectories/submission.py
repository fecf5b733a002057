"""What a chat submits in its end, and whether that is the task's answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from dive_assets.records import Task, Trajectory
from dive_assets.trajectories.conversation import SUBMIT
from dive_assets.verification.grading import is_correct

ANOTHER_ANSWER = "another answer"


def submission_of(trajectory: Trajectory) -> dict[str, Any] | None:
    """The arguments of the last call that submits an answer; None if there is none."""
    calls = [call["function"] for message in trajectory.messages for call in message.get("tool_calls") or ()]
    submitted = [call["arguments"] for call in calls if call["name"] == SUBMIT]
    return orjson.loads(submitted[-1]) if submitted else None


def wrong_submission(trajectory: Trajectory, task: Task) -> str:
    """Why a chat does not answer its task; "" if it does."""
    return wrong_answer(submission_of(trajectory), task)


def wrong_answer(submission: Mapping[str, Any] | None, task: Task) -> str:
    """Why the arguments of a submission do not answer a task; "" if they do. None: there is no submission."""
    if submission is None:
        return "nothing is submitted"
    if submission.get("answerable") is not task.answerable:
        return "said to be unanswerable" if task.answerable else "an unanswerable task is answered"
    if task.answerable and not is_correct(task.answer, submission.get("answer")):
        return ANOTHER_ANSWER
    return ""
