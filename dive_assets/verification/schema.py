"""schema: every part of the task has its type, every call fits its tool.
solvable: the program runs within the offered toolset."""

from __future__ import annotations

from pydantic import ValidationError

from dive_assets.records import SCHEMA_VERSION
from dive_assets.verification.answerability import irreplaceable_tool
from dive_assets.verification.subject import CheckFailed, Subject

QUESTION_LENGTH = range(12, 1201)
TOOLSET_SIZE = range(15, 51)
ANSWER_TYPES = {"number": (int, float), "string": (str,), "list": (list,), "boolean": (bool,)}


def check_schema(subject: Subject) -> None:
    """Raises CheckFailed for a malformed question, answer, call or binding."""
    task = subject.task
    if task.schema_version != SCHEMA_VERSION:
        raise CheckFailed(f"schema version {task.schema_version}, this is {SCHEMA_VERSION}")
    if len(task.question) not in QUESTION_LENGTH or task.question[-1] not in ".?":
        raise CheckFailed("the question is too short, too long, or unfinished")
    if any(mark in task.question for mark in ("{", "}", "None", "  ")):
        raise CheckFailed("the question holds an unfilled slot")
    allowed = ANSWER_TYPES[task.answer.type]
    if not isinstance(task.answer.value, allowed) or (task.answer.type == "number" and task.answer.value is True):
        raise CheckFailed(f"the answer is no {task.answer.type}")
    known: set[str] = set()
    for call in task.program:
        if call.call_id in known:
            raise CheckFailed(f"two calls are named {call.call_id}")
        if missing := {b.call_id for b in call.bindings} - known:
            raise CheckFailed(f"{call.call_id} takes from {sorted(missing)}, which do not come before it")
        known.add(call.call_id)
        _check_call(subject, call.tool, call.arguments, call.call_id)
    if not {source.call_id for source in task.answer.sources} <= known:
        raise CheckFailed("the answer comes from no call of the program")


def _check_call(subject: Subject, name: str, arguments: dict[str, object], call_id: str) -> None:
    tool = subject.tools.get(name)
    if tool is None:
        raise CheckFailed(f"there is no tool {name!r} in the pool")
    try:
        tool.input_model.model_validate(arguments)
        tool.output_model.model_validate(subject.outputs.get(call_id))
    except ValidationError as error:
        raise CheckFailed(f"{call_id} does not fit {name}: {error.errors()[0]['msg']}") from error


def check_solvable(subject: Subject) -> None:
    """Raises CheckFailed unless all called tools are offered, among 15 to 50. An unanswerable task must
    lack exactly its missing tool, which nothing in the pool may replace."""
    task = subject.task
    missing = {call.tool for call in task.program} - set(task.toolset)
    if missing != {task.missing_tool} - {""}:
        raise CheckFailed(f"the toolset lacks {sorted(missing)}, and should lack {task.missing_tool or 'nothing'}")
    if task.missing_tool and irreplaceable_tool(task.program, task.answer, subject.tools) != task.missing_tool:
        raise CheckFailed(f"another tool of the pool may stand in for {task.missing_tool}")
    if unknown := set(task.toolset) - subject.tools.keys():
        raise CheckFailed(f"the toolset offers {sorted(unknown)}, which are not in the pool")
    if len(task.toolset) not in TOOLSET_SIZE or len(set(task.toolset)) < len(task.toolset):
        raise CheckFailed(f"a toolset of {len(task.toolset)} tools, or with repetitions")
