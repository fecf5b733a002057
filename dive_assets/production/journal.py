"""An append-only journal: what was done once is never done again, whatever kills the process.

One line an entry: a checksum, a space, and {"key": ..., "value": ...}. A line that is torn (the
process died while it was written) or damaged does not match its checksum: it is counted, reported
and treated as not done.
"""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import orjson
from filelock import FileLock, Timeout

CHECKSUM = 16


class PartitionBusy(RuntimeError):
    """Another run is working on the same partition."""


class Journal:
    """Key-value entries in one file. Thread-safe; one process at a time (see PartitionLock)."""

    def __init__(self, path: Path) -> None:
        """Open or create. Raises OSError if the folder cannot be written."""
        self.path = path
        self.damaged = 0
        self._places: dict[str, tuple[int, int]] = {}
        self._mutex = threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("a+b")
        self._read_index()

    def _read_index(self) -> None:
        self._file.seek(0)
        place, line = 0, b""
        for line in self._file:
            payload = line[CHECKSUM + 1 : -1]
            if line.endswith(b"\n") and line[:CHECKSUM] == _checksum(payload):
                self._places[orjson.loads(payload)["key"]] = (place, len(line))
            else:
                self.damaged += 1
            place += len(line)
        if line and not line.endswith(b"\n"):
            self._file.write(b"\n")  # so that the next entry does not join the torn one
            self._file.flush()

    def __contains__(self, key: str) -> bool:
        return key in self._places

    def __len__(self) -> int:
        return len(self._places)

    def get(self, key: str) -> Any:
        """The value of a key. Raises KeyError if there is none."""
        place, length = self._places[key]
        with self._mutex:
            self._file.seek(place)
            line = self._file.read(length)
        return orjson.loads(line[CHECKSUM + 1 :])["value"]

    def put(self, key: str, value: Any) -> None:
        """Append an entry and hand it to the operating system. Raises OSError (disk full, read-only)."""
        payload = orjson.dumps({"key": key, "value": value})
        line = _checksum(payload) + b" " + payload + b"\n"
        with self._mutex:
            self._file.seek(0, 2)
            place = self._file.tell()
            self._file.write(line)
            self._file.flush()
            self._places[key] = (place, len(line))

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()


def _checksum(payload: bytes) -> bytes:
    return hashlib.sha256(payload).hexdigest()[:CHECKSUM].encode()


class PartitionLock:
    """Context manager: one run a partition. Raises PartitionBusy at once if another holds it."""

    def __init__(self, folder: Path, partition: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.partition = partition
        self._lock = FileLock(folder / f"{partition}.lock")

    def __enter__(self) -> Self:
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise PartitionBusy(
                f"another run is working on partition {self.partition!r}: wait for it, or stop it first"
            ) from None
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._lock.release()
