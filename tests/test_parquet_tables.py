"""A table's bytes depend on its rows alone."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pyarrow as pa
import pytest

from dive_assets.publishing.parquet import (
    CASSETTE_SCHEMA,
    ROW_GROUP_SIZE,
    SortedTable,
    TableWriter,
    read_table,
    table_of,
    write_table,
)


def cassette_rows(count: int) -> list[dict[str, str]]:
    """Rows of very different lengths, sorted by key."""
    rows = []
    for number in range(count):
        key = hashlib.sha256(str(number).encode()).hexdigest()
        output = f'{{"value": "{key * (number % 40)}"}}'
        rows.append(dict.fromkeys(CASSETTE_SCHEMA.names, "") | {"key": key, "arguments": "{}", "output": output})
    return sorted(rows, key=lambda row: row["key"])


@pytest.fixture(scope="module")
def table() -> pa.Table:
    return table_of(cassette_rows(2 * ROW_GROUP_SIZE + 500), CASSETTE_SCHEMA)


@pytest.fixture(scope="module")
def whole(table: pa.Table, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("tables") / "whole.parquet"
    write_table(path, table, CASSETTE_SCHEMA)
    return path.read_bytes()


@pytest.mark.parametrize("size", [1, 7, ROW_GROUP_SIZE - 1, ROW_GROUP_SIZE])
def test_parts_of_any_size_give_the_same_bytes(table: pa.Table, whole: bytes, tmp_path: Path, size: int) -> None:
    path = tmp_path / "parts.parquet"
    with TableWriter(path, CASSETTE_SCHEMA) as writer:
        for start in range(0, table.num_rows, size):
            writer.write(table.slice(start, size))
    assert path.read_bytes() == whole


def test_rows_in_any_order_are_sorted_and_nothing_is_left_beside_them(
    table: pa.Table, whole: bytes, tmp_path: Path
) -> None:
    order = list(range(table.num_rows))
    random.Random(4).shuffle(order)
    path = tmp_path / "data" / "sorted.parquet"
    with SortedTable(path, CASSETTE_SCHEMA, "key") as writer:
        for start in range(0, len(order), 300):
            writer.write(table.take(order[start : start + 300]))
    assert path.read_bytes() == whole
    assert list(path.parent.iterdir()) == [path]


def test_sorted_table_without_rows_is_a_table(tmp_path: Path) -> None:
    path = tmp_path / "sorted.parquet"
    with SortedTable(path, CASSETTE_SCHEMA, "key") as writer:
        writer.write(table_of([], CASSETTE_SCHEMA))
    assert writer.rows == 0 and read_table(path, CASSETTE_SCHEMA, "sorted.parquet") == []


def test_failed_writing_leaves_no_table(table: pa.Table, tmp_path: Path) -> None:
    path = tmp_path / "sorted.parquet"
    with pytest.raises(ValueError, match="no"), SortedTable(path, CASSETTE_SCHEMA, "key") as writer:
        writer.write(table)
        raise ValueError("no")
    assert not list(tmp_path.iterdir())


def test_row_that_cannot_be_sorted_is_refused(tmp_path: Path) -> None:
    odd = table_of([cassette_rows(1)[0] | {"key": "x"}], CASSETTE_SCHEMA)
    with (
        pytest.raises(ValueError, match="key must begin with a hex digit"),
        SortedTable(tmp_path / "sorted.parquet", CASSETTE_SCHEMA, "key") as writer,
    ):
        writer.write(odd)
