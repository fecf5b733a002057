"""model_release: the tasks of models as a release of their own, with what the judges are worth and what it cost."""

import dagster as dg
import polars as pl

from dive_assets.defs.metadata import counts_table
from dive_assets.defs.model_metadata import expenses
from dive_assets.production.model_release import ModelTables, write_model_release
from resources.language_models import LanguageModels
from resources.production import Production

GATHERED = dg.AssetIn(metadata={"allow_missing_partitions": True})
PARTITIONED = (
    "model_attempts",
    "model_verified_tasks",
    "model_rejected_tasks",
    "rewritten_tasks",
    "rejected_rewrites",
    "execution_traces",
    "tool_pool",
)


@dg.asset(
    ins=dict.fromkeys(PARTITIONED, GATHERED),
    group_name="models",
    kinds={"python", "parquet", "huggingface"},
    owners=["team:data"],
    code_version="1",
)
def model_release(
    model_attempts: pl.LazyFrame,
    model_verified_tasks: pl.LazyFrame,
    model_rejected_tasks: pl.LazyFrame,
    rewritten_tasks: pl.LazyFrame,
    rejected_rewrites: pl.LazyFrame,
    execution_traces: pl.LazyFrame,
    tool_pool: pl.LazyFrame,
    judge_calibration: pl.LazyFrame,
    production: Production,
    language_models: LanguageModels,
) -> dg.MaterializeResult[None]:
    """Every domain that has verified tasks of a model. An old release is replaced whole."""
    folder = production.model_release_folder
    tables = ModelTables(
        model_attempts,
        model_verified_tasks,
        model_rejected_tasks,
        rewritten_tasks,
        rejected_rewrites,
        execution_traces,
    )
    manifest = write_model_release(
        folder,
        tables,
        tool_pool.collect(),
        judge_calibration.collect(),
        expenses(language_models),
        production.settings,
    )
    return dg.MaterializeResult(
        data_version=dg.DataVersion(manifest.content_hash()),
        metadata={
            "release": dg.MetadataValue.path(str(folder)),
            "rows": counts_table(manifest.rows, "config"),
            "card": dg.MetadataValue.md((folder / "README.md").read_text()[:20_000]),
        },
    )
