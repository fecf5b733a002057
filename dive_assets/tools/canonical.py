"""Canonical JSON: one byte string for one value, and the content addresses made from it."""

from __future__ import annotations

import hashlib
from typing import Any

import orjson

SIGNIFICANT_DIGITS = 10


def round_floats(value: Any) -> Any:
    """Floats to 10 significant digits, so that the last bits of another processor's arithmetic
    do not change an output; -0.0 becomes 0.0."""
    if isinstance(value, float):
        return float(f"{value:.{SIGNIFICANT_DIGITS}g}") + 0.0
    if isinstance(value, dict):
        return {k: round_floats(v) for k, v in value.items()}
    if isinstance(value, list):
        return [round_floats(v) for v in value]
    return value


def canonical_json(value: Any) -> str:
    """JSON with sorted keys and no spaces. Raises TypeError for what is not JSON."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def content_hash(*parts: Any) -> str:
    """SHA-256 (hex) over the canonical JSON of the parts."""
    return hashlib.sha256(canonical_json(list(parts)).encode()).hexdigest()


def resolve_pointer(document: Any, pointer: str) -> Any:
    """The value at an RFC 6901 JSON pointer. Raises LookupError if there is none."""
    value = document
    for token in pointer.split("/")[1:]:
        token = token.replace("~1", "/").replace("~0", "~")
        try:
            value = value[int(token)] if isinstance(value, list) else value[token]
        except (KeyError, IndexError, ValueError, TypeError) as error:
            raise LookupError(f"no value at {pointer!r}") from error
    return value
