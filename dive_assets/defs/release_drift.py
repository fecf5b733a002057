"""release_drift: which tasks of the release the tools would answer differently today."""

from collections import Counter
from dataclasses import asdict, fields

import dagster as dg
import polars as pl
from pydantic import Field

from dive_assets.defs.metadata import counts_table, table_output
from dive_assets.production.progress import Progress
from dive_assets.publishing.drift import Drift, find_drift
from dive_assets.publishing.errors import ReleaseError
from resources.production import Production


class DriftConfig(dg.Config):
    """How much of a release is asked again."""

    sample: int | None = Field(default=None, ge=1, description="About so many tasks, drawn by hash; all if not set.")


@dg.asset(
    deps=["dataset_release"],
    group_name="publication",
    kinds={"python", "polars"},
    owners=["team:data"],
    code_version="1",
)
def release_drift(
    context: dg.AssetExecutionContext, config: DriftConfig, production: Production
) -> dg.Output[pl.DataFrame]:
    """Executes the snapshot and live calls of the release again and compares with its cassette."""
    progress = Progress("release drift", 1)

    def told(done: int, total: int) -> None:
        progress.total = total
        progress.update(done)

    runtime = production.checking
    try:
        report = find_drift(production.release_folder, runtime.call, runtime.workers, config.sample, told)
    except ReleaseError as error:
        raise dg.Failure(str(error), allow_retries=False) from error
    schema = {field.name: pl.String() for field in fields(Drift)}
    frame = pl.DataFrame([asdict(drift) for drift in report.drifted], schema=schema, orient="row")
    return table_output(
        frame,
        asked=report.tasks,
        calls_executed=report.calls,
        drifted=frame.height,
        by_kind=counts_table(Counter(str(drift.kind) for drift in report.drifted), "what changed"),
        by_tool=counts_table(Counter(drift.tool for drift in report.drifted), "tool"),
    )


@dg.asset_check(asset=release_drift)
def answers_stand(release_drift: pl.LazyFrame) -> dg.AssetCheckResult:
    """No task has another answer today; a warning, because the release as it was recorded still replays."""
    changed = release_drift.filter(pl.col("kind") != "evidence").collect()
    return dg.AssetCheckResult(
        passed=changed.is_empty(),
        severity=dg.AssetCheckSeverity.WARN,
        description=", ".join(changed["task_id"].head(20)),
        metadata={"changed": changed.height},
    )


weekly_drift = dg.ScheduleDefinition(
    name="weekly_drift",
    target=dg.AssetSelection.assets(release_drift),
    cron_schedule="0 4 * * 1",
    description="Looks for drift once a week; off until it is switched on.",
)
