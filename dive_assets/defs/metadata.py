"""How assets report: counts, schemas, sample rows, plots, content-hash data versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dagster as dg
import polars as pl

from dive_assets.tables import frame_hash

SAMPLE_ROWS = 8
CELL = 240  # characters of a cell in a sample


def table_output(frame: pl.DataFrame, output_name: str = "result", **metadata: Any) -> dg.Output[pl.DataFrame]:
    """A frame as an output: its content hash is the data version, its shape and a sample are metadata."""
    return dg.Output(
        frame,
        output_name=output_name,
        data_version=dg.DataVersion(frame_hash(frame)),
        metadata={
            "dagster/partition_row_count": frame.height,
            "dagster/column_schema": column_schema(frame),
            "sample": sample(frame),
            **metadata,
        },
    )


def column_schema(frame: pl.DataFrame) -> dg.TableSchema:
    return dg.TableSchema([dg.TableColumn(name, str(dtype)) for name, dtype in frame.schema.items()])


def sample(frame: pl.DataFrame) -> dg.MarkdownMetadataValue:
    """Evenly spaced rows as a Markdown table, long cells shortened."""
    step = max(1, frame.height // SAMPLE_ROWS)
    return markdown_table(list(frame.gather_every(step).head(SAMPLE_ROWS).iter_rows(named=True)))


def markdown_table(rows: list[dict[str, Any]]) -> dg.MarkdownMetadataValue:
    """Rows with equal keys as a Markdown table."""
    if not rows:
        return dg.MetadataValue.md("(no rows)")
    lines = ["| " + " | ".join(rows[0]) + " |", "|" + " --- |" * len(rows[0])]
    lines += ["| " + " | ".join(_cell(value) for value in row.values()) + " |" for row in rows]
    return dg.MetadataValue.md("\n".join(lines))


def _cell(value: Any) -> str:
    text = f"{value:.3g}" if isinstance(value, float) else str(value)
    text = text.replace("|", "\\|").replace("\n", " ")
    return text if len(text) <= CELL else text[: CELL - 1] + "…"


def counts_table(counts: Mapping[str, int], what: str) -> dg.MarkdownMetadataValue:
    """Counts, largest first, as a Markdown table."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return markdown_table([{what: name, "count": count} for name, count in ordered])
