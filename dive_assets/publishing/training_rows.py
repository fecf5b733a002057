"""Rows that trainers read without this project's code: chats for SFT, prompts with verifiers for RL.

Both offer what a model is offered: the schemas of the toolset, `submit_answer` last. Tool calls and schemas carry the
JSON type one by one, so that no reader merges the fields of different tools, with numbers that `datasets` reads right
(json_numbers); contents and answers stay plain strings, so that no reader turns "123" into a number.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson
import pyarrow as pa

from dive_assets.publishing.json_numbers import exact_json
from dive_assets.records import Trajectory
from dive_assets.tools.canonical import canonical_json
from dive_assets.trajectories.conversation import SUBMIT_TOOL, opening
from dive_assets.verification.grading import EXACT

_PROMPT = pa.list_(pa.struct([("role", pa.string()), ("content", pa.string())]))
_MESSAGES = pa.list_(
    pa.struct(
        [
            ("role", pa.string()),
            ("content", pa.string()),
            ("tool_calls", pa.list_(pa.json_())),
            ("tool_call_id", pa.string()),
            ("name", pa.string()),
        ]
    )
)
SFT_SCHEMA = pa.schema(
    [
        ("trajectory_id", pa.string()),
        ("task_id", pa.string()),
        ("domain", pa.string()),
        ("teacher", pa.string()),
        ("messages", _MESSAGES),
        ("tools", pa.list_(pa.json_())),
    ]
)
RL_SCHEMA = pa.schema(
    [
        ("task_id", pa.string()),
        ("domain", pa.string()),
        ("prompt", _PROMPT),
        ("tools", pa.list_(pa.json_())),
        ("toolset_hash", pa.string()),
        ("answerable", pa.bool_()),
        ("answer", pa.string()),
        ("answer_type", pa.string()),
        ("answer_unit", pa.string()),
        ("verifier", pa.json_()),
        ("difficulty", pa.string()),
        ("reasoning_type", pa.string()),
        ("rounds", pa.int64()),
        ("calls", pa.int64()),
    ]
)


class OfferedSchemas:
    """The tools of a request, made once a tool; `rows` are those of the `tools` config."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        schemas = {row["name"]: _schema(row) for row in rows}
        self._texts = {name: exact_json(schema) for name, schema in schemas.items()}
        self._canonical = {name: canonical_json(schema) for name, schema in schemas.items()}

    def of(self, toolset: Iterable[str]) -> list[str]:
        """The tools as JSON texts, `submit_answer` last. Raises KeyError for a tool without a row."""
        return [*(self._texts[name] for name in toolset), exact_json(SUBMIT_TOOL)]

    def hash(self, toolset: Iterable[str]) -> str:
        """SHA-256 (hex) of the same tools as one JSON array, in this order: keys sorted, no spaces."""
        texts = [*(self._canonical[name] for name in toolset), canonical_json(SUBMIT_TOOL)]
        return hashlib.sha256(f"[{','.join(texts)}]".encode()).hexdigest()


def _schema(row: Mapping[str, Any]) -> dict[str, Any]:
    parameters = orjson.loads(row["input_schema"])
    function = {"name": row["name"], "description": row["description"], "parameters": parameters}
    return {"type": "function", "function": function}


def sft_row(trajectory: Trajectory, tools: Sequence[str]) -> dict[str, Any]:
    """A row of `sft`: the arguments of calls are objects, as chat templates want them."""
    return {
        "trajectory_id": trajectory.trajectory_id,
        "task_id": trajectory.task_id,
        "domain": trajectory.domain,
        "teacher": trajectory.teacher,
        "messages": [_message(message) for message in trajectory.messages],
        "tools": list(tools),
    }


def _message(message: Mapping[str, Any]) -> dict[str, Any]:
    calls = message.get("tool_calls") or ()
    return {
        "role": message["role"],
        "content": message.get("content") or "",
        "tool_calls": [_call(call) for call in calls] or None,
        "tool_call_id": message.get("tool_call_id"),
        "name": message.get("name"),
    }


def _call(call: Mapping[str, Any]) -> str:
    function = call["function"]
    parsed = {"name": function["name"], "arguments": orjson.loads(function["arguments"])}
    return exact_json({"id": call["id"], "type": "function", "function": parsed})


def rl_row(task: Mapping[str, Any], tools: Sequence[str], toolset_hash: str) -> dict[str, Any]:
    """A row of `rl` from a row of a task table; of an unanswerable task the answer is null."""
    answerable = not task["missing_tool"]
    return {
        "task_id": task["task_id"],
        "domain": task["domain"],
        "prompt": opening(task["question"]),
        "tools": list(tools),
        "toolset_hash": toolset_hash,
        "answerable": answerable,
        "answer": task["answer"] if answerable else "null",
        "answer_type": task["answer_type"] if answerable else "unanswerable",
        "answer_unit": task["answer_unit"] if answerable else "",
        "verifier": exact_json(verifier_of(task)),
        **{name: task[name] for name in ("difficulty", "reasoning_type", "rounds", "calls")},
    }


def verifier_of(task: Mapping[str, Any]) -> dict[str, Any]:
    """How a submission is compared, for those who grade without this project (verification.grading does the same).

    unanswerable  right if `answerable` is submitted as false.
    boolean       equal.
    number        differs by at most absolute + relative * max(1, |answer|).
    string        equal after Unicode NFKC, case folding and joining of white space.
    list          as many items, each equal as above or as numbers; in any order unless `ordered`.
    """
    if task["missing_tool"]:
        return {"type": "unanswerable"}
    answer = orjson.loads(task["answer_source"])
    if answer["type"] == "number":
        decimals = answer["decimals"]
        absolute = 0.5 * 10**-decimals if decimals is not None else 0.0
        return {"type": "number", "absolute": absolute, "relative": EXACT, "decimals": decimals}
    if answer["type"] == "list":
        return {"type": "list", "ordered": answer["ordered"]}
    return {"type": answer["type"]}
