"""How assets that ask models report: outcomes, calls, what it cost, and why a run ended early."""

from __future__ import annotations

from typing import Any

import dagster as dg

from dive_assets.defs.metadata import counts_table, markdown_table
from dive_assets.language_models.recorder import Recorder
from dive_assets.production.model_runs import ModelRun
from resources.language_models import LanguageModels

CALLS = "calls "


def run_metadata(run: ModelRun, models: LanguageModels) -> dict[str, Any]:
    """Metadata of an asset; `left` and `stopped` are what `all_attempts_are_finished` looks at."""
    outcomes = {name: count for name, count in run.counts.items() if not name.startswith(CALLS)}
    calls = {name.removeprefix(CALLS): count for name, count in run.counts.items() if name.startswith(CALLS)}
    return {
        "outcomes": counts_table(outcomes, "outcome"),
        "calls": counts_table(calls, "calls"),
        "left": run.left,
        "stopped": run.stopped or "no",
        "within_budget": run.within_budget,
        "expenses": markdown_table(expenses(models)),
    }


def expenses(models: LanguageModels) -> list[dict[str, Any]]:
    """What this storage folder has cost so far, by stage and model."""
    with Recorder(models.recorder_path) as recorder:
        return [
            {
                "stage": e.stage,
                "model": e.model,
                "calls": e.calls,
                "prompt tokens": e.prompt_tokens,
                "completion tokens": e.completion_tokens,
                "US dollars": "unknown" if e.cost_usd is None else round(e.cost_usd, 4),
            }
            for e in recorder.expenses()
        ]


def finished_check(context: dg.AssetCheckExecutionContext, asset: str) -> dg.AssetCheckResult:
    """Passes if the last run of the asset finished all attempts; only warns where it kept to its budget."""
    event = context.instance.fetch_materializations(
        dg.AssetRecordsFilter(dg.AssetKey(asset), asset_partitions=[context.partition_key]), limit=1
    )
    metadata = event.records[0].asset_materialization.metadata  # type: ignore[union-attr]
    left, stopped = metadata["left"].value, metadata["stopped"].value
    return dg.AssetCheckResult(
        passed=left == 0,
        severity=dg.AssetCheckSeverity.WARN if metadata["within_budget"].value else dg.AssetCheckSeverity.ERROR,
        description="" if left == 0 else f"{left} attempts are left: {stopped}",
        metadata={"left": left},
    )
