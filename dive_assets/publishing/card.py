"""The dataset card: README.md of a release, from `card_template.md`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from dive_assets.publishing.manifest import CASSETTE, TOOLS, UNANSWERABLE, DomainEntry, Package
from dive_assets.records import Task
from dive_assets.tools.canonical import canonical_json

SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))


def render_card(
    examples: Sequence[Task],
    domains: Mapping[str, DomainEntry],
    packages: Sequence[Package],
    diversity: Sequence[Mapping[str, Any]],
    plots: Sequence[str],
    judges: Sequence[Mapping[str, Any]] = (),
    expenses: Sequence[Mapping[str, Any]] = (),
) -> str:
    """README.md as text, YAML header included."""
    import jinja2

    template = files("dive_assets.publishing").joinpath("card_template.md").read_text(encoding="utf-8")
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)  # noqa: S701
    total = sum(entry.tasks for entry in domains.values())
    return environment.from_string(template).render(
        configs=[*domains, UNANSWERABLE, TOOLS, CASSETTE],
        domains=domains,
        total=total,
        size=next((name for limit, name in SIZES if total < limit), "n>1M"),
        unanswerable=sum(entry.unanswerable for entry in domains.values()),
        examples=[_example(task) for task in examples[:3]],
        packages=packages,
        diversity=[{k: _short(v) for k, v in row.items()} for row in diversity],
        plots=plots,
        judges=[{k: _short(v) for k, v in row.items()} for row in judges],
        expenses=expenses,
    )


def _short(value: Any) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def _example(task: Task) -> dict[str, Any]:
    """A task with its program as lines."""
    lines = [f"{call.call_id}  {call.tool}({canonical_json(call.arguments)[:160]})" for call in task.program]
    source = ", ".join(f"{source.call_id}{source.pointer}" for source in task.answer.sources)
    return {"task": task, "lines": lines, "answer": canonical_json(task.answer.value), "source": source}
