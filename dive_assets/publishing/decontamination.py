"""Overlap of texts with benchmarks, so that nobody trains on what is measured later.

    index = BenchmarkIndex([read_benchmark(Path("gaia.jsonl")), *bfcl_benchmarks()])
    index.overlaps("Which city is ...")       # [Overlap(benchmark="gaia.jsonl", words="which city ...")]

Texts are compared as lower-case words. A text overlaps with an item that has 13 words or more if they share a run of
13 (as in Brown et al. 2020, "Language Models are Few-Shot Learners", appendix C), and with a shorter one, down to six
words, if it holds the whole item. Still shorter items say too little to be told from common phrases.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import orjson
import polars as pl

from dive_assets.publishing.manifest import file_hash
from dive_assets.verification.duplicates import normalized

RUN = 13  # words that two long texts must share
SHORTEST = 6  # words of an item that is still compared


class BenchmarkError(ValueError):
    """A benchmark file cannot be read; the message names it and the mend."""


@dataclass(frozen=True)
class Benchmark:
    """Texts of a benchmark: its questions, answers, whatever strings its records hold. `sha256` is that of its file."""

    name: str
    sha256: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Overlap:
    """Words that a text shares with a benchmark."""

    benchmark: str
    words: str


class BenchmarkIndex:
    """Runs of words of benchmarks, by hash."""

    def __init__(self, benchmarks: Iterable[Benchmark]) -> None:
        self.benchmarks = tuple(benchmarks)
        self._runs: dict[int, dict[bytes, int]] = {}  # words in a run -> its hash -> place of the benchmark
        for place, benchmark in enumerate(self.benchmarks):
            for text in benchmark.texts:
                words = normalized(text).split()
                if len(words) >= SHORTEST:
                    length = min(RUN, len(words))
                    known = self._runs.setdefault(length, {})
                    for run in _runs(words, length):
                        known.setdefault(_hash(run), place)

    def overlaps(self, text: str) -> list[Overlap]:
        """What a text shares with each benchmark: the first run of words, longest runs first."""
        words = normalized(text).split()
        found: dict[int, Overlap] = {}
        for length in sorted(self._runs, reverse=True):
            known = self._runs[length]
            for run in _runs(words, length):
                place = known.get(_hash(run))
                if place is not None:
                    found.setdefault(place, Overlap(self.benchmarks[place].name, run))
        return [found[place] for place in sorted(found)]


def _runs(words: list[str], length: int) -> Iterator[str]:
    return (" ".join(words[start : start + length]) for start in range(len(words) - length + 1))


def _hash(run: str) -> bytes:
    return hashlib.blake2b(run.encode(), digest_size=8).digest()


def read_benchmark(path: Path) -> Benchmark:
    """The strings of a .jsonl, .json, .csv, .parquet or .txt (an item a line) file. Raises BenchmarkError naming it."""
    read = _READERS.get(path.suffix)
    if read is None:
        raise BenchmarkError(
            f"{path}: benchmarks are read from {', '.join(sorted(_READERS))}, not from {path.suffix!r}"
        )
    try:
        texts = tuple(dict.fromkeys(_strings(read(path))))
    except (OSError, ValueError, pl.exceptions.PolarsError) as error:
        raise BenchmarkError(
            f"{path} cannot be read as {path.suffix} ({error}): mend the file or leave it out"
        ) from error
    if not any(len(normalized(text).split()) >= SHORTEST for text in texts):
        raise BenchmarkError(f"{path} holds no text of {SHORTEST} words or more: there is nothing to compare with")
    return Benchmark(path.name, file_hash(path), texts)


def bfcl_benchmarks() -> list[Benchmark]:
    """The questions and answers of the Berkeley Function Calling Leaderboard, if the package bfcl-eval is installed."""
    found = find_spec("bfcl_eval")
    if found is None or not found.submodule_search_locations:
        return []
    data = Path(found.submodule_search_locations[0]) / "data"
    files = sorted(path for path in data.rglob("BFCL_*.json") if "func_doc" not in str(path))
    texts = (text for path in files for text in _strings(_json_or_lines(path), but=("function",)))
    hashes = hashlib.sha256("".join(file_hash(path) for path in files).encode())
    return [Benchmark("bfcl-eval", hashes.hexdigest(), tuple(dict.fromkeys(texts)))] if files else []


def _strings(value: Any, but: tuple[str, ...] = ()) -> Iterator[str]:
    """Every string in a JSON value, at any depth; fields of the names `but` are left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in but:
                yield from _strings(item, but)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _strings(item, but)


def _json_lines(path: Path) -> list[Any]:
    return [orjson.loads(line) for line in path.read_bytes().splitlines() if line.strip()]


def _json_or_lines(path: Path) -> Any:
    """What a file of BFCL holds: most are lines of JSON, and one is a single document; all end in .json."""
    try:
        return orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError:
        return _json_lines(path)


def _csv_rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


_READERS: dict[str, Callable[[Path], Any]] = {
    ".jsonl": _json_lines,
    ".json": lambda path: orjson.loads(path.read_bytes()),
    ".csv": _csv_rows,
    ".parquet": lambda path: pl.read_parquet(path).to_dicts(),
    ".txt": lambda path: path.read_text(encoding="utf-8").splitlines(),
}
