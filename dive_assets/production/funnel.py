"""What became of the attempts of a domain."""

from __future__ import annotations

from collections import Counter

import polars as pl

from dive_assets.production.verdicts import VerdictRun
from dive_assets.publishing.manifest import Funnel


def funnel_of(traces: pl.DataFrame, run: VerdictRun) -> Funnel:
    """The funnel of one domain's trace table and verdicts."""
    judged = [task.index for task in run.verified] + [task.index for task, _ in run.rejected]
    last = max(judged, default=-1) if run.verified else traces.height
    return funnel_until(last, traces, run.rejected_by_reason, run.answerable, len(run.verified) - run.answerable)


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
