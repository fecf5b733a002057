"""Benchmarks that no published task may overlap with, editable under `resources: benchmarks`."""

from __future__ import annotations

import os

import dagster as dg
from pydantic import Field

from dive_assets.production.decontamination import benchmarks_of
from dive_assets.publishing.decontamination import Benchmark, BenchmarkError

FILES_VARIABLE = "DIVE_BENCHMARKS"


class Benchmarks(dg.ConfigurableResource):
    """Files with the texts of benchmarks."""

    files: list[str] = Field(
        default=[],
        description=f"Paths of .jsonl, .json, .csv, .parquet or .txt files; ${FILES_VARIABLE} (with ':') if empty.",
    )
    bfcl: bool = Field(default=True, description="Compare with the data of the package bfcl-eval, if it is installed.")

    def read(self) -> list[Benchmark]:
        """Raises dg.Failure naming a file that cannot be read."""
        listed = [path for path in os.environ.get(FILES_VARIABLE, "").split(os.pathsep) if path]
        try:
            return benchmarks_of(self.files or listed, self.bfcl)
        except BenchmarkError as error:
            raise dg.Failure(str(error), allow_retries=False) from error
