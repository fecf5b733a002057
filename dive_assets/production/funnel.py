"""What became of the attempts of a domain."""

from __future__ import annotations

from collections import Counter

import polars as pl

from dive_assets.production.verdicts import VerdictRun
from dive_assets.publishing.manifest import Funnel


def funnel_of(traces: pl.DataFrame, run: VerdictRun) -> Funnel:
    """The funnel of one domain's trace table and verdicts."""
    judged = pl.concat([run.verified["index"], run.rejected["index"]])
    last = int(judged.max()) if run.verified.height else traces.height  # type: ignore[arg-type]
    return funnel_until(last, traces, run.rejected_by_reason, run.answerable, run.verified.height - run.answerable)


def funnel_until(last: int, traces: pl.DataFrame, rejected: dict[str, int], verified: int, unanswerable: int) -> Funnel:
    """The funnel over the attempts up to index `last`; those beyond were made in reserve and are not counted."""
    failures = traces.filter(pl.col("index") <= last)["failure"].to_list()
    counts = Counter(failure for failure in failures if failure)
    return Funnel(
        attempted=len(failures),
        executed=len(failures) - counts.total(),
        derived=verified + unanswerable + sum(rejected.values()),
        verified=verified,
        unanswerable=unanswerable,
        rejected=rejected,
        failed_attempts=dict(sorted(counts.items())),
    )
