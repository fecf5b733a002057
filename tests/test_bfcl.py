"""BFCL through our evaluation: the published answers are right, wrong ones are not, before any model is scored."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

import pytest

pytest.importorskip("bfcl_eval", reason="bfcl-eval is not installed: make train-packages")

from dive_assets.training.bfcl import NO_CALL, SINGLE_TURN, BfclItem, call_text, load_items
from dive_assets.training.bfcl_multi_turn import MultiTurnRun
from dive_assets.training.bfcl_scoring import score_category
from dive_assets.training.errors import TrainingError

pytestmark = pytest.mark.training

# Items whose published answer BFCL's own checker rejects.
REJECTED = {
    "live_simple": {"live_simple_106-63-0", "live_simple_112-68-0"},  # lists of texts that are empty
    "live_multiple": {
        "live_multiple_862-181-3",  # an argument that its function does not have
        "live_multiple_964-207-0",  # a required argument is missing
    },
}
MULTI_TURN_SHARE = 10  # every so many items of the large multi-turn categories


def message_of(calls: list[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    return {
        "role": "assistant",
        "content": "",
        "tool_calls": [{"type": "function", "function": {"name": n, "arguments": a}} for n, a in calls],
    }


def arguments_of(allowed: dict[str, list[Any]], required: Sequence[str]) -> dict[str, Any]:
    """One published choice of arguments: the first allowed value of each; what may be left out ("" is allowed) and is
    not required is left out."""
    return {name: chosen(values) for name, values in allowed.items() if "" not in values or name in required}


def chosen(values: list[Any]) -> Any:
    return plain(next((value for value in values if value != ""), "")) if values else []


def plain(value: Any) -> Any:
    """A value whose parts may be lists of allowed values themselves."""
    if isinstance(value, dict):
        kept = {key: part for key, part in value.items() if not isinstance(part, list) or "" not in part}
        return {key: chosen(part) if isinstance(part, list) else part for key, part in kept.items()}
    return [plain(part) for part in value] if isinstance(value, list) else value


def gold_message(item: BfclItem) -> dict[str, Any]:
    if item.category in NO_CALL:
        return {"role": "assistant", "content": "None of the functions does that."}
    calls = []
    for call in item.answer or ():
        for name, arguments in call.items():
            required = next(f["parameters"]["required"] for f in item.row["function"] if f["name"] == name)
            calls.append((name.replace(".", "_"), arguments_of(arguments, required)))
    return message_of(calls)


def answering(messages: dict[str, dict[str, Any]], items: Sequence[BfclItem]) -> Any:
    """An answerer that gives each item of a category its message, in order."""
    queue = iter([messages[item.item_id] for item in items])
    return lambda asked: [next(queue) for _ in asked]


@pytest.mark.parametrize("category", [*SINGLE_TURN, *NO_CALL])
def test_published_answers_are_right_and_wrong_ones_are_not(category: str) -> None:
    items = load_items(category)
    gold = {item.item_id: gold_message(item) for item in items}
    right = score_category(items, answering(gold, items), 1, 32, category)
    rejected = {item.item_id for item, ok in zip(items, right, strict=True) if not ok}
    assert rejected == REJECTED.get(category, set())

    wrong = {item.item_id: message_of([("no_such_function", {})] * max(1, len(item.answer or ()))) for item in items}
    assert not any(score_category(items, answering(wrong, items), 1, 32, category))
    if category not in NO_CALL:
        silent = {item.item_id: {"role": "assistant", "content": "I cannot."} for item in items}
        assert not any(score_category(items, answering(silent, items), 1, 32, category))


def gold_calls(source: str, item: BfclItem) -> tuple[str, dict[str, Any]]:
    """A published call (Python source) as name and arguments; places are named by the function's schema."""
    call = ast.parse(source, mode="eval").body
    assert isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
    run = MultiTurnRun(item, 1)
    functions = [*run._functions, *(f for added in run._added.values() for f in added)]
    names = next(list(f["parameters"]["properties"]) for f in functions if f["name"] == call.func.id)
    given = {name: ast.literal_eval(value) for name, value in zip(names, call.args, strict=False)}
    given |= {str(keyword.arg): ast.literal_eval(keyword.value) for keyword in call.keywords}
    return call.func.id, given


class GoldConversation:
    """Makes all published calls of a turn in one reply, then says that it is done."""

    def __init__(self, item: BfclItem) -> None:
        self._item = item

    def __call__(self, asked: Sequence[tuple[list[dict[str, Any]], list[dict[str, Any]]]]) -> list[dict[str, Any]]:
        ((messages, _),) = asked
        done = sum(m["role"] == "assistant" and not m.get("tool_calls") for m in messages)
        calls = [gold_calls(source, self._item) for source in (self._item.answer or ())[done]]
        if not calls or messages[-1]["role"] == "tool":
            return [{"role": "assistant", "content": "Done."}]
        return [message_of(calls)]


@pytest.mark.parametrize("category", ["multi_turn_base", "multi_turn_miss_func", "multi_turn_miss_param"])
def test_published_conversations_are_right_in_bfcls_own_environments(category: str) -> None:
    items = load_items(category)[::MULTI_TURN_SHARE]
    for item in items:
        assert score_category([item], GoldConversation(item), 5, 32, category) == [True], item.item_id
    silent = [{"role": "assistant", "content": "I cannot."}]
    assert not any(score_category(items, lambda asked: silent * len(asked), 5, 32, category))
    lost = [message_of([("no_such_function", {})])]
    assert not any(score_category(items, lambda asked: lost * len(asked), 5, 32, category))


def test_call_that_is_no_plain_call_never_reaches_the_environments() -> None:
    assert call_text("cd", {"folder": "a'b\"); import os"}, ["cd"]) == "cd(folder='a\\'b\"); import os')"
    assert call_text("__import__", {"name": "os"}, ["cd"]) is None
    assert call_text("cd", {"x=1, **exit()": 1}, ["cd"]) is None


def test_unknown_category_is_named() -> None:
    with pytest.raises(TrainingError, match="there is no BFCL category 'simple'"):
        load_items("simple")
