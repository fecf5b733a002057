"""JSON whose numbers every reader takes for the same ones, the quick reader of `datasets` included.

`datasets` reads the JSON type with pandas' ujson, which computes a decimal as digits times a rounded power of ten: 0.3
becomes 3 * 0.1 = 0.30000000000000004, and a model would learn to write that. The same number in another notation
(30e-2) comes out right, there and in every correctly rounding reader.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Any

import orjson

from dive_assets.tools.canonical import canonical_json

MOST_ZEROS = 12  # that are tried at the end of the digits
LARGEST_EXACT = 2**53  # whole numbers below it are doubles
DECIMALS = 15  # that the quick reader looks at
_NUMBER = re.compile(r"(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?")


def exact_json(value: Any) -> str:
    """As canonical_json, with each float in a notation that the quick reader takes for that very float. A float for
    which none is found keeps its usual one."""
    return canonical_json(_with_notations(value))


def _with_notations(value: Any) -> Any:
    if isinstance(value, float):
        return orjson.Fragment(_notation(value))
    if isinstance(value, dict):
        return {key: _with_notations(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_with_notations(item) for item in value]
    return value


@lru_cache(maxsize=65536)
def _notation(number: float) -> str:
    usual = canonical_json(number)
    if read_quickly(usual) == number:
        return usual
    sign, digits, exponent = Decimal(usual).as_tuple()
    whole = int("".join(map(str, digits)))
    for zeros in range(MOST_ZEROS):
        text = f"{'-' if sign else ''}{whole * 10**zeros}e{int(exponent) - zeros}"
        if whole * 10**zeros < LARGEST_EXACT and read_quickly(text) == number == float(text):
            return text
    return usual


def read_quickly(text: str) -> float:
    """The number that pandas' ujson reads (ultrajsondec.c: createDouble). Raises ValueError for what is no number."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no JSON number")
    sign, whole, fraction, exponent = found.groups()
    decimals = (fraction or "")[:DECIMALS]
    value = float(int(whole)) + float(int(decimals or "0")) * float(f"1e-{len(decimals)}")
    return (-value if sign else value) * (10.0 ** int(exponent) if exponent else 1.0)
