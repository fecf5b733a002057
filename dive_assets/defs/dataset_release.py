"""dataset_release: a folder laid out as a Hub dataset repository, checked again before it is written."""

import dagster as dg
import polars as pl

from dive_assets.defs.metadata import counts_table, markdown_table
from dive_assets.production.decontamination import contamination_of
from dive_assets.production.release import write_release
from dive_assets.production.report import plots_of
from resources.benchmarks import Benchmarks
from resources.production import Production

GATHERED = dg.AssetIn(metadata={"allow_missing_partitions": True})


@dg.asset(
    ins={
        "verified_tasks": GATHERED,
        "rejected_tasks": GATHERED,
        "execution_traces": GATHERED,
        "tool_pool": GATHERED,
    },
    group_name="release",
    kinds={"python", "parquet", "huggingface"},
    owners=["team:data"],
    code_version="2",
)
def dataset_release(
    context: dg.AssetExecutionContext,
    verified_tasks: pl.LazyFrame,
    rejected_tasks: pl.LazyFrame,
    execution_traces: pl.LazyFrame,
    tool_pool: pl.LazyFrame,
    diversity_report: pl.LazyFrame,
    diversity_plots: pl.LazyFrame,
    production: Production,
) -> dg.MaterializeResult[None]:
    """Every domain that is there: tasks, tools, cassette, manifest and card. Old releases are replaced whole."""
    manifest = write_release(
        production.release_folder,
        verified_tasks,
        rejected_tasks,
        execution_traces,
        tool_pool.collect(),
        diversity_report.collect(),
        plots_of(diversity_plots.collect()),
        production.settings,
    )
    card = (production.release_folder / "README.md").read_text()
    return dg.MaterializeResult(
        data_version=dg.DataVersion(manifest.content_hash()),
        metadata={
            "release": dg.MetadataValue.path(str(production.release_folder)),
            "rows": counts_table(manifest.rows, "config"),
            "card": dg.MetadataValue.md(card[:20_000]),
        },
    )


@dg.asset_check(asset=dataset_release, blocking=True)
def not_contaminated(production: Production, benchmarks: Benchmarks) -> dg.AssetCheckResult:
    """No question, answer or exemplar overlaps with a benchmark."""
    found = contamination_of(production.release_folder, benchmarks.read())
    overlaps = [
        {"row": name, "part": part, "benchmark": overlap.benchmark, "words": overlap.words}
        for name, part, overlap in found.overlaps
    ]
    return dg.AssetCheckResult(
        passed=found.clean,
        description="" if found.benchmarks else "no benchmark is configured: nothing was compared",
        metadata={
            "compared": found.compared,
            "benchmarks": markdown_table([entry.model_dump() for entry in found.by_benchmark()]),
            "overlaps": markdown_table(overlaps),
        },
    )
