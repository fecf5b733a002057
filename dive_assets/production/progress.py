"""Progress by time: one log record every few seconds, because each log line of a Dagster run is a commit.

The records carry `progress` = (name, done, total), from which a terminal draws a bar.
"""

from __future__ import annotations

import logging
import time

logger = logging.getLogger("dive_assets.progress")


class Progress:
    """Logs "name: done/total (rate/s)" every `interval_s` seconds and at the end."""

    def __init__(self, name: str, total: int, interval_s: float = 5.0) -> None:
        self.name, self.total, self.interval_s = name, total, interval_s
        self.started = self._reported = time.monotonic()

    def update(self, done: int, note: str = "", final: bool = False) -> None:
        now = time.monotonic()
        if not final and now - self._reported < self.interval_s:
            return
        self._reported = now
        rate = done / max(1e-9, now - self.started)
        text = f"{self.name}: {done}/{self.total} ({rate:.1f}/s){', ' + note if note else ''}"
        logger.info(text, extra={"progress": (self.name, done, self.total)})
