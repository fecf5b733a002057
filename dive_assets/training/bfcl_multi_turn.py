"""BFCL's multi-turn categories: a conversation of several messages, calls executed by BFCL's own environments.

The model answers each message with as many replies as it needs; a reply without a call ends the turn. BFCL's checker
then compares the state of the environments and the outputs after each turn with those of the possible answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from dive_assets.training.bfcl import BfclItem, call_text, calls_of, data_folder, stand_in_for_model_list, tool_of

FUNCTIONS_ADDED = "I have updated some more functions you can choose from. What about now?"  # as BFCL asks it
_RUNS = count()  # BFCL keeps environments by name: each run gets one of its own


@dataclass
class MultiTurnRun:
    """One conversation. `messages` and `tools` are what the model reads next; `reply` takes what it says.

    decoded  what BFCL's checker wants: for each turn, for each reply, the calls as source text.
    """

    item: BfclItem
    turn_steps: int
    messages: list[dict[str, Any]] = field(default_factory=list)
    decoded: list[list[list[str]]] = field(default_factory=list)
    over: bool = False
    gave_up: bool = False

    def __post_init__(self) -> None:
        self._name = f"model_{next(_RUNS)}"
        self._functions, self._added = _functions_of(self.item)
        self._next_turn()

    @property
    def tools(self) -> list[dict[str, Any]]:
        return [tool_of(function) for function in self._functions]

    def reply(self, message: Mapping[str, Any]) -> None:
        """Execute the calls of a reply; without any the turn ends. Too many replies to one message end it all."""
        self.messages.append({"role": "assistant", "content": message.get("content") or ""})
        names = [function["name"] for function in self._functions]
        asked = calls_of(message)
        made = [(name, call_text(name, given, names)) for name, given in asked]
        calls = [text for _, text in made if text is not None]
        if not made:
            self._next_turn()
            return
        self.messages[-1]["tool_calls"] = [
            {"type": "function", "function": {"name": name, "arguments": given}} for name, given in asked
        ]
        outputs = iter(self._execute(calls))
        for name, text in made:
            content = next(outputs) if text is not None else json.dumps({"error": f"there is no function {name}"})
            self.messages.append({"role": "tool", "name": name, "content": str(content)})
        if calls:
            self.decoded[-1].append(calls)
        self._steps += 1
        if self._steps >= self.turn_steps:
            self.gave_up = self.over = True

    def is_right(self) -> bool:
        """What BFCL's checkers say of the whole conversation."""
        if self.gave_up or len(self.decoded) != len(self.item.answer or ()):
            return False
        return check_conversation(self.item, self.decoded)

    def _execute(self, calls: list[str]) -> list[str]:
        stand_in_for_model_list()
        from bfcl_eval.eval_checker.multi_turn_eval.multi_turn_utils import execute_multi_turn_func_call

        outputs, _ = execute_multi_turn_func_call(
            calls,
            self.item.row["initial_config"],
            self.item.row["involved_classes"],
            self._name,
            self.item.item_id,
            long_context="long_context" in self.item.category,
        )
        return list(outputs)

    def _next_turn(self) -> None:
        turn, questions = len(self.decoded), self.item.row["question"]
        if turn == len(questions):
            self.over = True
            return
        if added := self._added.get(str(turn)):
            self._functions = [*self._functions, *added]
            self.messages.append({"role": "user", "content": FUNCTIONS_ADDED})
        self.messages += [dict(message) for message in questions[turn]]
        self.decoded.append([])
        self._steps = 0


def check_conversation(item: BfclItem, decoded: list[list[list[str]]]) -> bool:
    """Whether BFCL accepts the calls of all turns."""
    stand_in_for_model_list()
    from bfcl_eval.eval_checker.multi_turn_eval import multi_turn_utils
    from bfcl_eval.eval_checker.multi_turn_eval.multi_turn_checker import multi_turn_checker

    name = f"check_{next(_RUNS)}"
    try:
        verdict = multi_turn_checker(decoded, item.answer, item.row, item.category, name)
    finally:
        for key in [key for key in vars(multi_turn_utils) if key.startswith(name)]:
            del vars(multi_turn_utils)[key]
    return bool(verdict["valid"])


def _functions_of(item: BfclItem) -> tuple[list[dict[str, Any]], dict[str, list[dict[str, Any]]]]:
    """The functions that are offered from the start, and those that a later turn adds."""
    withheld = {name: turn for turn, names in item.row.get("missed_function", {}).items() for name in names}
    offered, added = [], dict[str, list[dict[str, Any]]]()
    for function in _documented(item):
        if function["name"] in withheld:
            added.setdefault(withheld[function["name"]], []).append(function)
        else:
            offered.append(function)
    return offered, added


def _documented(item: BfclItem) -> Iterator[dict[str, Any]]:
    stand_in_for_model_list()
    from bfcl_eval.constants.executable_backend_config import MULTI_TURN_FUNC_DOC_FILE_MAPPING

    for name in item.row["involved_classes"]:
        path = data_folder() / "multi_turn_func_doc" / MULTI_TURN_FUNC_DOC_FILE_MAPPING[name]
        yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())
