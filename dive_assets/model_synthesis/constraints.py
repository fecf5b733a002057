"""What a question says that its program does not know: a number or a name that no call uses changes what is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable

NUMBER = re.compile(r"\d[\d,.]*")
NAME = re.compile(r"(?<![.?!:] )(?<!^)\b[A-Z][\w-]+")  # a capital inside a sentence


def added_numbers(question: str, known: Iterable[str]) -> list[str]:
    """Numbers of the question that occur in none of the known texts, in order."""
    expected = {number for text in known for number in _numbers(text)}
    return [number for number in _numbers(question) if number not in expected]


def added_names(question: str, original: str) -> list[str]:
    """Words with a capital inside a sentence that the original question does not have."""
    expected = {word.casefold() for word in re.findall(r"[\w-]+", original)}
    return [name for name in NAME.findall(question) if name.casefold() not in expected]


def lost(question: str, stated: Iterable[str]) -> list[str]:
    """What had to be stated and is not, in any case of letters."""
    text = question.casefold()
    return [part for part in stated if part.casefold() not in text]


def _numbers(text: str) -> list[str]:
    return [number.rstrip(",.").replace(",", "") for number in NUMBER.findall(text)]
