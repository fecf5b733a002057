"""judge_calibration: how often the judges are wrong, measured on controls made from the tasks themselves."""

import asyncio

import dagster as dg
import polars as pl

from dive_assets.defs.metadata import markdown_table, table_output
from dive_assets.model_gates.calibration import (
    FALSE_NEGATIVES,
    FALSE_POSITIVES,
    Calibration,
    calibrate,
    calibration_table,
    controls_of,
)
from dive_assets.tables import tasks_of_domains
from resources.language_models import LanguageModels

GATHERED = dg.AssetIn(metadata={"allow_missing_partitions": True})


@dg.asset(
    ins={"model_verified_tasks": GATHERED, "rewritten_tasks": GATHERED},
    group_name="models",
    kinds={"openai", "polars"},
    owners=["team:data"],
    code_version="1",
)
def judge_calibration(
    model_verified_tasks: pl.LazyFrame, rewritten_tasks: pl.LazyFrame, language_models: LanguageModels
) -> dg.Output[pl.DataFrame]:
    """False-positive and false-negative rates with 95 % intervals; no rows if nothing is judged."""
    language_models.require_configured()
    tasks = [*tasks_of_domains(model_verified_tasks), *tasks_of_domains(rewritten_tasks)]
    settings = language_models.judge_settings

    async def measured() -> Calibration | None:
        if settings is None or next(controls_of(tasks), None) is None:
            return None
        async with language_models.client() as client:
            found = await calibrate(client, settings, tasks)
        if found is None:
            raise dg.Failure("The budget is spent before a verdict of the judges could be measured: raise the cap.")
        return found

    frame = calibration_table(asyncio.run(measured()))
    return table_output(
        frame, judges=", ".join(language_models.judges) or "none", rates=markdown_table(frame.to_dicts())
    )


@dg.asset_check(asset=judge_calibration, blocking=True)
def judges_can_be_trusted(judge_calibration: pl.LazyFrame, language_models: LanguageModels) -> dg.AssetCheckResult:
    """Neither rate of errors is above what the run config allows."""
    rates = {row["kind"]: row for row in judge_calibration.collect().to_dicts()}
    limits = {
        FALSE_POSITIVES: language_models.judge_false_positives,
        FALSE_NEGATIVES: language_models.judge_false_negatives,
    }
    missed = [
        f"{rates[kind]['share']:.0%} {kind} of {rates[kind]['controls']} controls, at most {limit:.0%} are allowed"
        for kind, limit in limits.items()
        if kind in rates and rates[kind]["share"] > limit
    ]
    return dg.AssetCheckResult(passed=not missed, description="; ".join(missed))
