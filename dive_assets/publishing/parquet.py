"""The tables of a release as Parquet files that the Hub's viewer, datasets, polars and pyarrow read.

Ragged JSON carries Parquet's JSON logical type; its text is written by us, so that no reader
retypes a string that happens to look like a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from string import hexdigits
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

import pyarrow as pa
import pyarrow.compute as pc
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


def plain(schema: pa.Schema) -> pa.Schema:
    """The same columns with JSON as text, at any depth."""
    return pa.schema([(f.name, _plain_type(f.type)) for f in schema])


def _plain_type(kind: pa.DataType) -> pa.DataType:
    if kind == pa.json_():
        return pa.string()
    if pa.types.is_list(kind):
        return pa.list_(_plain_type(kind.value_type))
    if pa.types.is_struct(kind):
        return pa.struct([(f.name, _plain_type(f.type)) for f in kind])
    return kind


def table_of(rows: Iterable[Mapping[str, Any]], schema: pa.Schema) -> pa.Table:
    """Rows as a table in which JSON columns are text."""
    return pa.Table.from_pylist(list(rows), schema=plain(schema))


def write_table(path: Path, table: pa.Table, schema: pa.Schema) -> int:
    """Write a table (JSON columns as text) and return the number of its rows. Equal rows give equal bytes."""
    with TableWriter(path, schema) as writer:
        writer.write(table)
    return table.num_rows


class TableWriter:
    """Writes a table part by part; its bytes depend on the rows alone, not on how they came in parts.

    Rows are held until a row group is full. `rows` counts what was written.
    """

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.rows = 0
        self._schema = schema
        self._waiting: list[pa.Table] = []
        self._file = pq.ParquetWriter(
            path,
            schema,
            compression="zstd",
            write_page_index=True,  # lets the Hub's viewer read pages out of a large row group
            use_content_defined_chunking=True,  # a grown release uploads only what is new
        )

    def write(self, table: pa.Table) -> None:
        """Rows with JSON columns as text, or as they are in the file."""
        self.rows += table.num_rows
        self._waiting.append(table.cast(self._schema))
        held = sum(part.num_rows for part in self._waiting)
        if held >= ROW_GROUP_SIZE:
            whole = pa.concat_tables(self._waiting).combine_chunks()  # pages would end where parts end
            full = held - held % ROW_GROUP_SIZE
            self._file.write_table(whole.slice(0, full), row_group_size=ROW_GROUP_SIZE)
            self._waiting = [whole.slice(full)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        if kind is None and (rest := [part for part in self._waiting if part.num_rows]):
            self._file.write_table(pa.concat_tables(rest).combine_chunks(), row_group_size=ROW_GROUP_SIZE)
        self._file.close()


class SortedTable:
    """Writes a table sorted by a text column of hex digits, in whatever order its rows come.

    Rows wait on the disk beside the table, in a file for each first digit; one of these is in memory at a time.
    """

    def __init__(self, path: Path, schema: pa.Schema, column: str) -> None:
        self.rows = 0
        self._path, self._schema, self._column = path, schema, column

    def write(self, table: pa.Table) -> None:
        """Rows with JSON columns as text. Raises ValueError for a row whose column does not begin with a hex digit."""
        first = pc.utf8_slice_codeunits(table[self._column], 0, 1)
        if strange := set(pc.unique(first).to_pylist()) - self._waiting.keys():
            raise ValueError(f"{self._column} must begin with a hex digit, not with {sorted(map(str, strange))}")
        for digit, writer in self._waiting.items():
            writer.write(table.filter(pc.equal(first, digit)))
        self.rows += table.num_rows

    def __enter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._folder = TemporaryDirectory(dir=self._path.parent, prefix=".unsorted-")
        self._files = {digit: Path(self._folder.name) / f"{digit}.parquet" for digit in hexdigits[:16]}
        self._stack = ExitStack()
        self._waiting = {
            digit: self._stack.enter_context(TableWriter(file, self._schema)) for digit, file in self._files.items()
        }
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        with self._folder:
            self._stack.close()
            if kind is not None:
                return
            with TableWriter(self._path, self._schema) as writer:
                for digit, file in sorted(self._files.items()):
                    if self._waiting[digit].rows:
                        part = pa.concat_tables(read_batches(file, self._schema, file.name))
                        writer.write(part.sort_by(self._column))


def read_table(path: Path, schema: pa.Schema, name: str) -> list[dict[str, Any]]:
    """The rows of `path` with JSON columns as text. `name` is what errors call the file.

    Raises ReleaseError if the file is missing, is no Parquet file, lacks a column or has one of
    another type.
    """
    return [row for batch in read_batches(path, schema, name) for row in batch.to_pylist()]


def read_batches(path: Path, schema: pa.Schema, name: str) -> Iterator[pa.Table]:
    """The rows of `path`, a row group at a time, with JSON columns as text. Raises as `read_table`."""
    again = "download the release again"
    if not path.is_file():
        raise ReleaseError(f"{name} is missing: {again}")
    try:
        # ParquetFile reads this one file; read_table would infer partitions from the folder's name.
        with pq.ParquetFile(path) as file:
            if missing := [column for column in schema.names if column not in file.schema_arrow.names]:
                raise ReleaseError(f"{name} lacks the columns {missing}: {again}")
            for group in range(file.num_row_groups):
                table = file.read_row_group(group, columns=schema.names)
                try:
                    yield table.select(schema.names).cast(plain(schema))
                except (pa.ArrowException, ValueError) as error:
                    raise ReleaseError(f"{name} has a column of another type ({error}): {again}") from error
    except (pa.ArrowException, OSError) as error:
        raise ReleaseError(f"{name} is no readable Parquet file ({error}): {again}") from error


def nulls_in(row: Mapping[str, Any], columns: Sequence[str]) -> list[str]:
    """The columns that are null in a row; a release has none."""
    return [column for column in columns if row[column] is None]
