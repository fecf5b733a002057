"""diversity_report: how different the verified tasks are, measured and drawn."""

from typing import Any

import dagster as dg
import polars as pl

from dive_assets.defs.metadata import markdown_table, table_output
from dive_assets.diversity.metrics import DiversityMetrics
from dive_assets.diversity.plots import diversity_plots, png_markdown
from dive_assets.production.report import (
    diversity_table,
    kinds_of,
    metrics_by_domain,
    operators_of,
    plot_table,
    shapes_by_domain,
)
from dive_assets.tables import tasks_of_domains
from dive_assets.tools.registry import load_registry
from resources.production import Production

GATHERED = dg.AssetIn(metadata={"allow_missing_partitions": True})


def _described(what: str) -> dg.AssetOut:
    return dg.AssetOut(
        description=what, group_name="release", kinds={"python", "polars"}, owners=["team:data"], code_version="3"
    )


@dg.multi_asset(
    ins={"verified_tasks": GATHERED, "tool_pool": GATHERED},
    outs={
        "diversity_report": _described("Metrics of diversity, a row for each domain and one over all."),
        "diversity_plots": _described("The pictures of the report as base64 of PNG, for the release and its card."),
    },
)
def diversity(
    verified_tasks: pl.LazyFrame, tool_pool: pl.LazyFrame
) -> tuple[dg.Output[pl.DataFrame], dg.Output[pl.DataFrame]]:
    """Metrics a domain and over all, with the long tail of tools, topology density, accumulation curves,
    co-occurrence of tools and reasoning types."""
    registry, kinds = load_registry(), kinds_of(tool_pool.collect())
    by_domain = shapes_by_domain(tasks_of_domains(verified_tasks), kinds)
    report = diversity_table(metrics_by_domain(by_domain, kinds, registry))
    plots = plot_table(diversity_plots(by_domain, kinds, operators_of(registry)))
    shown: dict[str, Any] = {name: dg.MetadataValue.md(png_markdown(png, name)) for name, png in plots.iter_rows()}
    return (
        table_output(report, "diversity_report", metrics=markdown_table(report.to_dicts()), **shown),
        table_output(plots, "diversity_plots", plots=plots.height),
    )


@dg.asset_check(asset="diversity_report", blocking=True)
def floors_are_reached(diversity_report: pl.LazyFrame, production: Production) -> dg.AssetCheckResult:
    """Every domain reaches the floors of the run config; a set too small to be judged is only warned of."""
    floors = production.floors
    judged: list[str] = []
    small: list[str] = []
    for row in diversity_report.filter(pl.col("domain") != "all").collect().to_dicts():
        domain = row.pop("domain")
        metrics = DiversityMetrics.model_validate(row)
        missed = [f"{domain}: {text}" for text in floors.missed(metrics)]
        (judged if metrics.tasks >= floors.judged_from else small).extend(missed)
    return dg.AssetCheckResult(
        passed=not judged and not small,
        severity=dg.AssetCheckSeverity.ERROR if judged else dg.AssetCheckSeverity.WARN,
        description="; ".join([*judged, *small]),
    )
