"""Every paid reply, kept before anything else is done with it, with what it cost.

One SQLite database in WAL mode: a killed run loses at most the calls that were in flight, and a repeated run finds
every reply under the key of its request.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from dive_assets.language_models.chat import TokenUsage

SCHEMA = """
CREATE TABLE IF NOT EXISTS replies (key TEXT PRIMARY KEY, reply BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS ledger (
    key TEXT NOT NULL, task TEXT NOT NULL, stage TEXT NOT NULL, model TEXT NOT NULL,
    prompt_tokens INTEGER NOT NULL, completion_tokens INTEGER NOT NULL, estimated INTEGER NOT NULL,
    cost_usd REAL, seconds REAL NOT NULL, retries INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS capabilities (endpoint TEXT, model TEXT, record TEXT, PRIMARY KEY (endpoint, model));
"""


@dataclass(frozen=True)
class LedgerLine:
    """One paid call; `cost_usd` is None where the model's price is unknown."""

    task: str
    stage: str
    model: str
    usage: TokenUsage
    cost_usd: float | None
    seconds: float
    retries: int


@dataclass(frozen=True)
class Expense:
    """Calls, tokens and US dollars of one stage and model."""

    stage: str
    model: str
    calls: int
    prompt_tokens: int
    completion_tokens: int
    cost_usd: float | None


class Recorder:
    """Recorded replies, ledger and capabilities in one file. Use as a context manager."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(path)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=NORMAL")
        self._database.executescript(SCHEMA)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._database.close()

    def reply(self, key: str) -> bytes | None:
        """The recorded body of a reply."""
        row = self._database.execute("SELECT reply FROM replies WHERE key = ?", (key,)).fetchone()
        return zlib.decompress(row[0]) if row else None

    def record(self, key: str, raw: bytes, line: LedgerLine) -> None:
        """Keep a reply and what it cost, both or neither; the first reply under a key stays."""
        usage = line.usage
        with self._database:
            self._database.execute("INSERT OR IGNORE INTO replies VALUES (?, ?)", (key, zlib.compress(raw)))
            self._database.execute(
                "INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    key,
                    line.task,
                    line.stage,
                    line.model,
                    usage.prompt,
                    usage.completion,
                    usage.estimated,
                    line.cost_usd,
                    line.seconds,
                    line.retries,
                ),
            )

    def expenses(self, stages: Sequence[str] = ()) -> list[Expense]:
        """What was paid so far by stage and model; None as a sum of dollars if one price is unknown."""
        rows = self._database.execute(
            "SELECT stage, model, COUNT(*), SUM(prompt_tokens), SUM(completion_tokens),"
            " CASE WHEN COUNT(cost_usd) = COUNT(*) THEN SUM(cost_usd) END"
            " FROM ledger GROUP BY stage, model ORDER BY stage, model"
        )
        return [expense for row in rows if (expense := Expense(*row)).stage in stages or not stages]

    def spent_by_task(self) -> dict[str, tuple[float, float]]:
        """US dollars and tokens of each task so far; a call whose price is unknown counts as 0 dollars."""
        rows = self._database.execute(
            "SELECT task, COALESCE(SUM(cost_usd), 0.0), SUM(prompt_tokens + completion_tokens)"
            " FROM ledger GROUP BY task"
        )
        return {task: (usd, tokens) for task, usd, tokens in rows}

    def capabilities(self, endpoint: str, model: str) -> str | None:
        """The recorded JSON of a model's capabilities."""
        query = "SELECT record FROM capabilities WHERE endpoint = ? AND model = ?"
        row = self._database.execute(query, (endpoint, model)).fetchone()
        return row[0] if row else None

    def record_capabilities(self, endpoint: str, model: str, record: str) -> None:
        with self._database:
            self._database.execute("INSERT OR REPLACE INTO capabilities VALUES (?, ?, ?)", (endpoint, model, record))
