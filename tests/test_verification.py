"""Each check finds the fault it is there for, in a task that was sound before."""

from __future__ import annotations

import dataclasses
import types
import typing
from typing import Any

import pytest

from dive_assets.records import Task
from dive_assets.tools.runtime import ToolRuntime
from dive_assets.tools.tool import Tool
from dive_assets.verification.ambiguity import check_unambiguous
from dive_assets.verification.duplicates import DuplicateIndex
from dive_assets.verification.schema import check_solvable
from dive_assets.verification.subject import CheckFailed, Subject
from dive_assets.verification.verify import check_by_replay, check_statically
from tests.conftest import Made


def outputs_of(made: Made, task: Task) -> dict[str, Any]:
    return {e.call.call_id: e.output for e in made.traces[task.index].evidence}


def reason(made: Made, pool: dict[str, Tool], task: Task, outputs: dict[str, Any] | None = None) -> str:
    given = outputs_of(made, task) if outputs is None else outputs
    return check_statically(Subject(task, given, pool), DuplicateIndex()).reason


@pytest.fixture
def numeric(made: Made) -> Task:
    return next(
        t for t in made.tasks if t.answer.type == "number" and len(t.program) > 1 and t.answer.decimals is not None
    )


def test_verified_tasks_pass(made: Made, pool: dict[str, Tool]) -> None:
    assert [reason(made, pool, task) for task in made.tasks] == [""] * len(made.tasks)


def test_altered_answer_is_not_grounded(made: Made, pool: dict[str, Tool], numeric: Task) -> None:
    answer = numeric.answer.model_copy(update={"value": numeric.answer.value + 1})
    assert reason(made, pool, numeric.model_copy(update={"answer": answer})) == "grounded"


def test_missing_tool_is_not_solvable(made: Made, pool: dict[str, Tool], numeric: Task) -> None:
    toolset = tuple(name for name in pool if name != numeric.program[0].tool)[: len(numeric.toolset)]
    assert reason(made, pool, numeric.model_copy(update={"toolset": toolset})) == "solvable"


def test_idle_call_is_not_necessary(made: Made, pool: dict[str, Tool], numeric: Task) -> None:
    idle = numeric.program[0].model_copy(update={"call_id": "idle"})
    outputs = {**outputs_of(made, numeric), "idle": outputs_of(made, numeric)[numeric.program[0].call_id]}
    longer = numeric.model_copy(update={"program": (idle, *numeric.program)})
    assert reason(made, pool, longer, outputs) == "necessary"


def test_unstated_literal_and_rounding_are_not_well_posed(made: Made, pool: dict[str, Tool], numeric: Task) -> None:
    spoken = next(s.spoken for c in numeric.program for s in c.literals if s.spoken)
    silent = numeric.question.replace(spoken, "something")
    assert reason(made, pool, numeric.model_copy(update={"question": silent})) == "well_posed"
    vague = numeric.question.replace("decimal place", "digit").replace("whole number", "number")
    assert reason(made, pool, numeric.model_copy(update={"question": vague})) == "well_posed"


def test_answer_in_the_question_leaks(made: Made, pool: dict[str, Tool]) -> None:
    task = next(t for t in made.tasks if t.answer.type == "string")
    told = {"question": f"It is {task.answer.value}. {task.question}", "options": ()}
    assert reason(made, pool, task.model_copy(update=told)) == "no_leak"


def test_near_tie_is_ambiguous(made: Made, pool: dict[str, Tool]) -> None:
    task = next(t for t in made.tasks if any(call.tool == "rank_items" for call in t.program))
    subject = Subject(task, outputs_of(made, task), pool)
    check_unambiguous(subject)
    ranking = next(call for call in task.program if call.tool == "rank_items")
    count = len(ranking.arguments["labels"])
    tied = {**ranking.arguments, "values": [100 + position / 1000 for position in range(count)]}
    program = tuple(c.model_copy(update={"arguments": tied}) if c is ranking else c for c in task.program)
    with pytest.raises(CheckFailed, match="tied or nearly tied"):
        check_unambiguous(Subject(task.model_copy(update={"program": program}), subject.outputs, pool))


def test_unanswerable_task_lacks_a_tool_that_nothing_replaces(made: Made, pool: dict[str, Tool]) -> None:
    task = next(t for t in made.tasks if not t.answerable)
    assert task.missing_tool in {call.tool for call in task.program} - set(task.toolset)
    assert reason(made, pool, task) == ""
    offered = (task.missing_tool, *task.toolset[1:])
    assert reason(made, pool, task.model_copy(update={"toolset": offered})) == "solvable"
    tool = pool[task.missing_tool]
    twin = dataclasses.replace(tool, function=types.FunctionType(tool.function.__code__, {}, "twin"))
    twin.function.__annotations__ = typing.get_type_hints(tool.function, include_extras=True)
    subject = Subject(task, outputs_of(made, task), {**pool, "twin": twin})
    with pytest.raises(CheckFailed, match="may stand in"):
        check_solvable(subject)


def test_kept_failure_fails_again_and_a_wrong_one_is_noticed(made: Made) -> None:
    task = next(t for t in made.tasks if t.recovery is not None)
    assert task.recovery is not None
    assert task.recovery.error_code in ("not_found", "invalid_arguments")
    good = next(c for c in task.program if c.call_id == task.recovery.recovered_by)
    healed = task.recovery.model_copy(update={"arguments": good.arguments})
    with ToolRuntime(1) as runtime:
        assert check_by_replay(task, runtime.call).passed
        check = check_by_replay(task.model_copy(update={"recovery": healed}), runtime.call)
    assert not check.passed and "failed call" in check.reason


def test_second_copy_is_a_duplicate(made: Made, pool: dict[str, Tool]) -> None:
    index = DuplicateIndex()
    subject = Subject(made.tasks[0], outputs_of(made, made.tasks[0]), pool)
    assert check_statically(subject, index).passed
    assert check_statically(subject, index).reason == "duplicate"


def test_schema_names_an_argument_that_does_not_fit(made: Made, pool: dict[str, Tool], numeric: Task) -> None:
    broken = numeric.program[0].model_copy(update={"arguments": {"nonsense": 1}})
    assert reason(made, pool, numeric.model_copy(update={"program": (broken, *numeric.program[1:])})) == "schema"


def test_replay_in_another_process_agrees_and_notices_an_altered_argument(made: Made, numeric: Task) -> None:
    with ToolRuntime(1) as runtime:
        assert check_by_replay(numeric, runtime.call).passed
        hashes = {**numeric.output_hashes, numeric.program[0].call_id: "0" * 64}
        altered = check_by_replay(numeric.model_copy(update={"output_hashes": hashes}), runtime.call)
    assert not altered.passed and numeric.program[0].call_id in altered.reason
