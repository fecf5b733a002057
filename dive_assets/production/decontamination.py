"""Which tasks and exemplars overlap with benchmarks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dive_assets.publishing.decontamination import (
    Benchmark,
    BenchmarkIndex,
    Overlap,
    bfcl_benchmarks,
    read_benchmark,
)
from dive_assets.publishing.manifest import BenchmarkOverlap, load_manifest
from dive_assets.publishing.reading import read_all_tasks
from dive_assets.records import Task
from dive_assets.synthesis.exemplars import patterns
from dive_assets.tools.canonical import canonical_json


@dataclass
class ContaminationReport:
    """What was compared, and (task id or exemplar, what of it, overlap) of everything that overlaps."""

    benchmarks: tuple[Benchmark, ...]
    compared: int = 0
    overlaps: list[tuple[str, str, Overlap]] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        return not self.overlaps

    def by_benchmark(self) -> list[BenchmarkOverlap]:
        """One entry a benchmark, with the number of tasks and exemplars that overlap with it."""
        return [
            BenchmarkOverlap(
                name=benchmark.name,
                sha256=benchmark.sha256,
                items=len(benchmark.texts),
                overlapping=len({name for name, _, found in self.overlaps if found.benchmark == benchmark.name}),
            )
            for benchmark in self.benchmarks
        ]


def benchmarks_of(paths: Iterable[str | Path], bfcl: bool) -> list[Benchmark]:
    """The user's benchmark files, and those of bfcl-eval if it is wanted and installed. Raises BenchmarkError."""
    return [*(read_benchmark(Path(path)) for path in paths), *(bfcl_benchmarks() if bfcl else ())]


def find_contaminated(tasks: Iterable[Task], benchmarks: Sequence[Benchmark]) -> ContaminationReport:
    """Compare questions and answers of tasks, and the exemplars that they were made after, with benchmarks."""
    index, report = BenchmarkIndex(benchmarks), ContaminationReport(tuple(benchmarks))
    if not benchmarks:
        return report
    for name, what, text in _texts(tasks):
        report.compared += what == "question"
        report.overlaps += [(name, what, found) for found in index.overlaps(text)]
    return report


def contamination_of(release: Path, benchmarks: Sequence[Benchmark]) -> ContaminationReport:
    """`find_contaminated` over the tasks of a release's folder."""
    return find_contaminated(read_all_tasks(release, load_manifest(release)), benchmarks)


def _texts(tasks: Iterable[Task]) -> Iterator[tuple[str, str, str]]:
    for pattern in patterns():
        yield pattern.name, "exemplar", pattern.example
    for task in tasks:
        yield task.task_id, "question", task.question
        value = task.answer.value
        yield task.task_id, "answer", value if isinstance(value, str) else canonical_json(value)
