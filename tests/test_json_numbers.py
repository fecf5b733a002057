"""Numbers are the same ones after the quick reader of `datasets` and after an exact one."""

from __future__ import annotations

import json
from typing import Any

import orjson
from datasets.utils.json import ujson_loads
from hypothesis import given
from hypothesis import strategies as st

from dive_assets.publishing.json_numbers import exact_json, read_quickly
from dive_assets.tools.canonical import canonical_json

DECIMALS = st.decimals(-(10**9), 10**9, places=4, allow_nan=False).map(float)
SHORT = st.floats(1e-12, 1e15, allow_nan=False).map(lambda x: float(f"{x:.10g}"))


@given(st.lists(DECIMALS | SHORT | st.integers(-(2**53), 2**53) | st.text(), max_size=20))
def test_values_come_back_from_every_reader(values: list[Any]) -> None:
    text = exact_json({"values": values, "nested": [{"x": values[:1]}]})
    for read in (orjson.loads, json.loads, ujson_loads):
        assert read(text) == {"values": values, "nested": [{"x": values[:1]}]}


@given(DECIMALS | SHORT)
def test_the_quick_reader_is_known_to_the_last_bit(number: float) -> None:
    assert read_quickly(canonical_json(number)) == ujson_loads(canonical_json(number))


def test_the_usual_notation_would_not_come_back() -> None:
    assert ujson_loads("0.3") != 0.3 == ujson_loads(exact_json(0.3))
