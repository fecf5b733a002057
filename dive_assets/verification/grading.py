"""Whether a submitted answer is a task's answer: compared by code, never by a model.

A number may differ by half a unit of the last decimal that the question asks for; a text may differ in case and
spaces; an unordered list in its order.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from dive_assets.records import Answer

EXACT = 1e-9  # relative difference of numbers for which no decimals are asked


def is_correct(answer: Answer, submitted: Any) -> bool:
    """Whether `submitted`, a JSON value, is the answer."""
    if answer.type == "boolean":
        return isinstance(submitted, bool) and submitted == answer.value
    if answer.type == "number":
        return _same_number(answer.value, submitted, answer.decimals)
    if answer.type == "string":
        return isinstance(submitted, str) and _folded(submitted) == _folded(answer.value)
    if not isinstance(submitted, list) or len(submitted) != len(answer.value):
        return False
    return _same_items(answer.value, submitted, answer.ordered)


def _same_items(expected: Sequence[Any], submitted: Sequence[Any], ordered: bool) -> bool:
    one, two = ([_item(value) for value in values] for values in (expected, submitted))
    return one == two if ordered else sorted(one) == sorted(two)


def _item(value: Any) -> str:
    return _folded(value) if isinstance(value, str) else repr(float(value)) if _is_number(value) else repr(value)


def _same_number(expected: float, submitted: Any, decimals: int | None) -> bool:
    if not _is_number(submitted):
        return False
    tolerance = 0.5 * 10**-decimals if decimals is not None else 0.0
    return abs(submitted - expected) <= tolerance + EXACT * max(1.0, abs(expected))


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _folded(text: str) -> str:
    """Case, kinds of spaces and compatibility forms of characters do not matter."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
