"""The tables of a release as Parquet files that the Hub's viewer, datasets, polars and pyarrow read.

Ragged JSON carries Parquet's JSON logical type; its text is written by us, so that no reader
retypes a string that happens to look like a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from dive_assets.publishing.errors import ReleaseError
from dive_assets.tables import JSON_COLUMNS, TASK_COLUMNS

ROW_GROUP_SIZE = 1000
# The answer is JSON text in a plain string column: datasets would turn a JSON string "123" into a number.
_TASK_JSON = ("answer_source", *JSON_COLUMNS)
_ARROW_TYPES = {"String": pa.string(), "Int64": pa.int64(), "List(String)": pa.list_(pa.string())}

TASK_SCHEMA = pa.schema(
    [(name, pa.json_() if name in _TASK_JSON else _ARROW_TYPES[str(t)]) for name, t in TASK_COLUMNS.items()]
)
TOOL_SCHEMA = pa.schema(
    [
        ("name", pa.string()),
        ("domain", pa.string()),
        ("offered_in", pa.list_(pa.string())),
        ("kind", pa.string()),
        ("origin", pa.string()),
        ("description", pa.string()),
        ("input_schema", pa.json_()),
        ("output_schema", pa.json_()),
        ("parameters", pa.json_()),
        ("results", pa.json_()),
        ("sources", pa.json_()),
        ("version", pa.string()),
        ("determinism", pa.string()),
        ("probes", pa.int64()),
    ]
)
CASSETTE_SCHEMA = pa.schema(
    [
        ("key", pa.string()),
        ("tool", pa.string()),
        ("tool_version", pa.string()),
        ("arguments", pa.json_()),
        ("output", pa.json_()),
        ("error_code", pa.string()),
        ("output_hash", pa.string()),
    ]
)


def _plain(schema: pa.Schema) -> pa.Schema:
    """The same columns with JSON as text."""
    return pa.schema([(f.name, pa.string() if f.type == pa.json_() else f.type) for f in schema])


def table_of(rows: Iterable[Mapping[str, Any]], schema: pa.Schema) -> pa.Table:
    """Rows as a table in which JSON columns are text."""
    return pa.Table.from_pylist(list(rows), schema=_plain(schema))


def write_table(path: Path, table: pa.Table, schema: pa.Schema) -> int:
    """Write a table (JSON columns as text) and return the number of its rows. Equal rows give equal bytes."""
    table = table.cast(schema)
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(
        table,
        path,
        compression="zstd",
        write_page_index=True,  # lets the Hub's viewer read pages out of a large row group
        use_content_defined_chunking=True,  # a grown release uploads only what is new
        row_group_size=ROW_GROUP_SIZE,
    )
    return table.num_rows


def read_table(path: Path, schema: pa.Schema, name: str) -> list[dict[str, Any]]:
    """The rows of `path` with JSON columns as text. `name` is what errors call the file.

    Raises ReleaseError if the file is missing, is no Parquet file, lacks a column or has one of
    another type.
    """
    again = "download the release again"
    if not path.is_file():
        raise ReleaseError(f"{name} is missing: {again}")
    try:
        # ParquetFile reads this one file; read_table would infer partitions from the folder's name.
        with pq.ParquetFile(path) as file:
            table = file.read()
    except (pa.ArrowException, OSError) as error:
        raise ReleaseError(f"{name} is no readable Parquet file ({error}): {again}") from error
    if missing := [column for column in schema.names if column not in table.column_names]:
        raise ReleaseError(f"{name} lacks the columns {missing}: {again}")
    try:
        return table.select(schema.names).cast(_plain(schema)).to_pylist()
    except (pa.ArrowException, ValueError) as error:
        raise ReleaseError(f"{name} has a column of another type ({error}): {again}") from error


def nulls_in(row: Mapping[str, Any], columns: Sequence[str]) -> list[str]:
    """The columns that are null in a row; a release has none."""
    return [column for column in columns if row[column] is None]
