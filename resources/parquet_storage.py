"""The IO manager: one Parquet file per asset and partition, lazy to read, atomic to write."""

from __future__ import annotations

from typing import Any, ClassVar

import dagster as dg
import polars as pl
from upath import UPath

from dive_assets.tables import ROWS_AT_ONCE


class ParquetIOManager(dg.ConfigurableIOManager, dg.UPathIOManager):  # type: ignore[misc]
    """Writes polars frames; every load is one lazy frame.

    An input that gathers partitions gets those that exist if its metadata say
    `allow_missing_partitions`, and otherwise fails naming the missing ones.
    """

    base_dir: str
    extension: ClassVar[str | None] = ".parquet"

    def setup_for_execution(self, context: dg.InitResourceContext) -> None:
        self._base_path = UPath(self.base_dir)

    def dump_to_path(self, context: dg.OutputContext, obj: pl.DataFrame | pl.LazyFrame, path: UPath) -> None:
        unfinished = path.with_name(f".{path.name}.unfinished")
        try:
            # Small row groups with statistics: a reader of some indices leaves the others on the disk.
            obj.lazy().collect().write_parquet(str(unfinished), statistics=True, row_group_size=ROWS_AT_ONCE)
        except OSError as error:
            raise dg.Failure(
                f"cannot write {path}: {error.strerror or error}; free space or mend the rights"
            ) from error
        unfinished.rename(path)

    def make_directory(self, path: UPath) -> None:
        try:
            super().make_directory(path)
        except OSError as error:
            raise dg.Failure(f"cannot create the folder {path}: {error.strerror or error}; mend its rights") from error

    def handle_output(self, context: dg.OutputContext, obj: Any) -> None:
        """Refuses to replace a file by a folder, which Dagster would do without asking."""
        paths = self._get_paths_for_partitions(context).values() if context.has_asset_partitions else ()
        for folder in {path.parent for path in paths if path.parent.is_file()}:
            raise dg.Failure(
                f"{folder} is a file where a folder must be: move it away, or choose another storage folder"
            )
        super().handle_output(context, obj)

    def load_from_path(self, context: dg.InputContext, path: UPath) -> pl.LazyFrame:
        if not path.exists():
            raise FileNotFoundError(f"{path} does not exist: materialize {context.asset_key.to_user_string()} first")
        return pl.scan_parquet(str(path))

    def load_partitions(self, context: dg.InputContext) -> pl.LazyFrame:
        paths = self._get_paths_for_partitions(context)
        found = {key: path for key, path in paths.items() if path.exists()}
        missing = sorted(set(paths) - set(found))
        if missing and not (context.definition_metadata or {}).get("allow_missing_partitions"):
            raise FileNotFoundError(f"partitions not materialized yet: {missing}")
        if not found:
            raise FileNotFoundError(f"no partition of {context.asset_key.to_user_string()} is materialized yet")
        return pl.scan_parquet([str(found[key]) for key in sorted(found)])

    def get_metadata(self, context: dg.OutputContext, obj: Any) -> dict[str, Any]:
        return {"path": dg.MetadataValue.path(str(self._get_path(context)))}
