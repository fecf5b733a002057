"""`dive-assets show` and `dive-assets stats`: look at a release."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.table import Table
from rich.tree import Tree

from dive_assets.commands.terminal import console, fail
from dive_assets.production.report import metrics_by_domain, shapes_by_domain
from dive_assets.publishing.cassette import Cassette, entry_of
from dive_assets.publishing.errors import ReleaseError
from dive_assets.publishing.manifest import CASSETTE, TOOLS, UNANSWERABLE, config_path, load_manifest
from dive_assets.publishing.parquet import CASSETTE_SCHEMA, TOOL_SCHEMA, read_table
from dive_assets.publishing.reading import read_tasks
from dive_assets.records import Task
from dive_assets.tools.canonical import canonical_json
from dive_assets.tools.registry import load_registry
from dive_assets.verification.duplicates import DuplicateIndex

ReleaseOption = Annotated[Path, typer.Option("--release", help="Folder of a release.")]
DEFAULT = Path("storage/release")


def _read(release: Path, *further: str) -> Iterator[Task]:
    """The tasks of all domains of a release, and of further configs, one at a time."""
    try:
        manifest = load_manifest(release)
        for config in (*manifest.domains, *further):
            yield from read_tasks(release, manifest, config)
    except (ReleaseError, ValueError) as error:
        fail(str(error))


def show(
    task_id: Annotated[str, typer.Argument(help="A task id; a random task if empty.")] = "",
    release: ReleaseOption = DEFAULT,
    domain: Annotated[str, typer.Option(help="Random tasks of this domain.")] = "",
    count: Annotated[int, typer.Option(help="How many random tasks.", min=1)] = 1,
) -> None:
    """Show tasks readably: question, answer, call graph, evidence."""
    tasks = [task for task in _read(release, UNANSWERABLE) if domain in ("", task.domain)]
    if task_id:
        tasks = [task for task in tasks if task.task_id == task_id]
    if not tasks:
        fail(f"no task {task_id or domain!r} in {release}")
    rows = read_table(release / config_path(CASSETTE), CASSETTE_SCHEMA, config_path(CASSETTE))
    cassette = Cassette([entry_of(row) for row in rows])
    for task in random.sample(tasks, min(count, len(tasks))):
        _show(task, cassette)


def _show(task: Task, cassette: Cassette) -> None:
    console.print(
        f"\n[bold]{task.task_id}[/bold]  {task.pattern} ({task.reasoning_type}), {task.difficulty}", highlight=False
    )
    console.print(f"[cyan]{task.question}[/cyan]", highlight=False, markup=True)
    answer = f"{canonical_json(task.answer.value)} {task.answer.unit}".strip()
    read_at = ", ".join(f"{source.call_id}{source.pointer}" for source in task.answer.sources)
    tree = Tree(f"answer [green]{answer}[/green]  = {read_at}")
    for call in task.program:
        sources = ", ".join(f"{b.argument} from {b.call_id}{b.pointer}" for b in call.bindings) or "from the question"
        node = tree.add(f"{call.call_id} [bold]{call.tool}[/bold] {canonical_json(call.arguments)[:200]}  ({sources})")
        output = canonical_json(cassette.call(call.tool, call.arguments).output)
        node.add(output if len(output) < 300 else output[:300] + " …")
    console.print(tree, highlight=False)
    if task.recovery is not None:
        failed = f"{task.recovery.tool} {canonical_json(task.recovery.arguments)[:200]}"
        console.print(f"failed before {task.recovery.recovered_by}: {failed}: {task.recovery.error_code}")
    if task.missing_tool:
        console.print(f"[yellow]unanswerable[/yellow]: the toolset lacks {task.missing_tool}")
    console.print(f"offered: {len(task.toolset)} tools; seeds: {', '.join(s.label for s in task.seeds) or 'none'}")


def stats(
    release: ReleaseOption = DEFAULT,
    journal: Annotated[Path, typer.Option(help="Journal folder, for speeds.")] = Path("storage/journal"),
) -> None:
    """Diversity of a release by domain and over all, and the speed with which it was made."""
    repeated: Counter[str] = Counter()
    tasks = _counting_near_duplicates(_read(release), repeated)
    first = next(tasks)
    rows = read_table(release / config_path(TOOLS), TOOL_SCHEMA, config_path(TOOLS))
    kinds = {row["name"]: row["kind"] for row in rows}
    by_domain = shapes_by_domain(chain([first], tasks), kinds)
    found = metrics_by_domain(by_domain, kinds, load_registry())
    table = Table(title=f"Diversity of {release}")
    table.add_column("metric", no_wrap=True)
    metrics = {name: values.model_dump() for name, values in found.items()}
    for name in metrics:
        table.add_column(name, justify="right")
    for key in metrics["all"]:
        table.add_row(key, *(f"{m[key]:.3g}" if isinstance(m[key], float) else str(m[key]) for m in metrics.values()))
    shares = {name: repeated[name] / values.tasks for name, values in found.items()}
    table.add_row("near_duplicates", *(f"{shares[name]:.3%}" for name in metrics))
    for key in ("calls_per_second", "tasks_per_second"):
        table.add_row(key, *(_speed(journal, name, key) for name in metrics))
    console.print(table)


def _counting_near_duplicates(tasks: Iterable[Task], repeated: Counter[str]) -> Iterator[Task]:
    """The tasks as they come; counts, by domain and as "all", those whose question nearly repeats an earlier one of
    any domain."""
    index = DuplicateIndex()
    for task in tasks:
        near = bool(index.nearest(task.question))
        repeated.update({task.domain: near, "all": near})
        index.add(task)
        yield task


def _speed(journal: Path, domain: str, key: str) -> str:
    """The last measured speed of a domain; "-" if it was made elsewhere."""
    path = journal / f"{domain}-speed.json"
    return f"{orjson.loads(path.read_bytes())[key]:.3g}" if path.exists() else "-"
