"""What became of the attempts of a domain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from dive_assets.production.verdicts import VerdictRun
from dive_assets.records import Trace


class Funnel(BaseModel):
    """Counts over the attempts up to the last one that verification looked at.

    attempted >= executed (a program came of it) >= derived (a question was written) >= verified;
    derived = verified + rejected; attempted - executed = the sum of `failed_attempts`. Attempts
    beyond the last wanted task were made in reserve and are not counted.
    """

    model_config = ConfigDict(frozen=True)
    attempted: int
    executed: int
    derived: int
    verified: int
    rejected: dict[str, int]
    failed_attempts: dict[str, int]


def funnel_of(traces: Sequence[Trace], run: VerdictRun) -> Funnel:
    """The funnel of one domain's traces and verdicts."""
    judged = [task.index for task in run.verified] + [task.index for task, _ in run.rejected]
    last = max(judged, default=-1) if run.verified else (traces[-1].index if traces else -1)
    seen = [trace for trace in traces if trace.index <= last]
    failures = Counter(trace.failure for trace in seen if trace.failure)
    return Funnel(
        attempted=len(seen),
        executed=sum(trace.form is not None for trace in seen),
        derived=len(judged),
        verified=len(run.verified),
        rejected=run.rejected_by_reason,
        failed_attempts=dict(sorted(failures.items())),
    )
