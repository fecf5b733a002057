"""The Berkeley Function Calling Leaderboard (BFCL v4), from the data and the checkers of the package bfcl-eval.

Nobody here wrote it. Single-turn categories are checked by its AST checker; `irrelevance` categories want no call. The
package is used without its dependencies: the one module that imports the software of every model vendor is replaced
before anything of it is imported.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import orjson

from dive_assets.training.errors import TrainingError

PACKAGE = "bfcl_eval"
VERSION = "2026.3.23"
MULTI_TURN = "multi_turn"
NO_CALL = ("irrelevance", "live_irrelevance")
SINGLE_TURN = (
    "simple_python", "multiple", "parallel", "parallel_multiple", "live_simple", "live_multiple", "live_parallel",
    "live_parallel_multiple",
)  # fmt: skip
MULTI_TURN_CATEGORIES = tuple(f"multi_turn_{name}" for name in ("base", "miss_func", "miss_param", "long_context"))
CATEGORIES = (*SINGLE_TURN, *NO_CALL, *MULTI_TURN_CATEGORIES)
JSON_SCHEMA_TYPES = {"dict": "object", "float": "number", "tuple": "array", "any": "string"}


@dataclass(frozen=True)
class BfclItem:
    """One entry of a category: its row as published, and the possible answers (None where no call is wanted)."""

    category: str
    row: dict[str, Any]
    answer: list[Any] | None

    @property
    def item_id(self) -> str:
        return str(self.row["id"])

    @property
    def tools(self) -> list[dict[str, Any]]:
        """The offered functions as a chat request holds them."""
        return [tool_of(function) for function in self.row["function"]]


def data_folder() -> Path:
    """Where the package keeps its data. Raises TrainingError that says how to install it."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise TrainingError(
            f"BFCL is in a package that is missing: `pip install --no-deps bfcl-eval=={VERSION}`, or leave "
            "evaluation.bfcl_categories empty"
        )
    return Path(spec.origin).parent / "data"


def load_items(category: str, most: int = 0) -> list[BfclItem]:
    """The first `most` items of a category, all for 0. Raises TrainingError for an unknown one."""
    if category not in CATEGORIES:
        raise TrainingError(f"there is no BFCL category {category!r}: choose from {', '.join(CATEGORIES)}")
    folder = data_folder()
    rows = _lines(folder / f"BFCL_v4_{category}.json")
    path = folder / "possible_answer" / f"BFCL_v4_{category}.json"
    answers = {row["id"]: row["ground_truth"] for row in _lines(path)} if path.exists() else {}
    return [BfclItem(category, row, answers.get(row["id"])) for row in rows[: most or None]]


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def tool_of(function: Mapping[str, Any]) -> dict[str, Any]:
    """A function of BFCL as a tool with a JSON Schema; dots in its name become underscores, as its checker expects."""
    parameters = _json_schema(function["parameters"])
    described = {"name": function["name"].replace(".", "_"), "description": function["description"]}
    return {"type": "function", "function": {**described, "parameters": parameters}}


def _json_schema(part: Any) -> Any:
    if isinstance(part, list):
        return [_json_schema(value) for value in part]
    if not isinstance(part, dict):
        return part
    typed = {"type": JSON_SCHEMA_TYPES[part["type"]]} if JSON_SCHEMA_TYPES.get(_text(part.get("type"))) else {}
    return {key: _json_schema(value) for key, value in part.items()} | typed


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def calls_of(message: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The calls of a reply as name and arguments. A call whose arguments are no object has none."""
    found = []
    for call in message.get("tool_calls") or ():
        given = call["function"]["arguments"]
        try:
            arguments = orjson.loads(given) if isinstance(given, str) else given
        except orjson.JSONDecodeError:
            arguments = {}
        found.append((str(call["function"]["name"]), dict(arguments) if isinstance(arguments, Mapping) else {}))
    return found


def is_right(item: BfclItem, message: Mapping[str, Any]) -> bool:
    """Whether a reply to a single-turn item is accepted by BFCL's checker; without an answer, whether it calls
    nothing."""
    calls = calls_of(message)
    if item.category in NO_CALL:
        return not calls
    stand_in_for_model_list()
    from bfcl_eval.constants.enums import Language
    from bfcl_eval.eval_checker.ast_eval.ast_checker import ast_checker

    made = [{name: arguments} for name, arguments in calls]
    if not made:
        return False
    verdict = ast_checker(item.row["function"], made, item.answer, Language.PYTHON, item.category, "model")
    return bool(verdict["valid"])


def stand_in_for_model_list() -> None:
    """Replace bfcl_eval.constants.model_config, which imports the clients of all vendors, by what its checker asks of
    it: whether dots in function names became underscores."""
    name = f"{PACKAGE}.constants.model_config"
    if name not in sys.modules:
        data_folder()
        module = ModuleType(name)
        module.MODEL_CONFIG_MAPPING = defaultdict(  # type: ignore[attr-defined]
            lambda: SimpleNamespace(underscore_to_dot=True)
        )
        sys.modules[name] = module


def call_text(name: str, arguments: Mapping[str, Any], offered: Sequence[str]) -> str | None:
    """A call as Python source for BFCL's environments, which evaluate it: built from a known name, identifiers and JSON
    values alone. None for any other call."""
    if name not in offered or not all(re.fullmatch(r"[A-Za-z_]\w*", key) for key in arguments):
        return None
    return f"{name}({', '.join(f'{key}={value!r}' for key, value in arguments.items())})"
