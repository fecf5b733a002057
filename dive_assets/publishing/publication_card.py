"""The card of a published set: README.md on the Hub, from `publication_card.md`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

import orjson

from dive_assets.publishing.card import SIZES
from dive_assets.publishing.manifest import CASSETTE, REJECTED, RL, SFT, TOOLS, UNANSWERABLE, Manifest
from dive_assets.publishing.splits import SPLITS

# What DIVE reports of its own set (arXiv 2603.11076); our names of the same measures.
DIVE = {
    "tools_covered": "373",
    "unique_toolsets": "46,398",
    "unique_call_sequences": "25,084",
    "unique_call_graphs": "39,810",
    "topology_classes": "153",
    "distinct_tools_per_task": "3.26",
}
WHOLE = (TOOLS, CASSETTE, REJECTED)  # configs with one split, train


def render_publication_card(
    manifest: Manifest,
    examples: Sequence[Mapping[str, Any]],
    repository: str,
    diversity: Sequence[Mapping[str, Any]],
    seed_sources: Mapping[tuple[str, str], int],
) -> str:
    """README.md as text, YAML header included.

    manifest      with the files of the tables; its `publication` must be there.
    examples      rows of task tables.
    diversity     one row of metrics a domain and one of "all".
    seed_sources  (source, licence) of seeds -> tasks that start from one of them.
    """
    import jinja2

    if manifest.publication is None:
        raise ValueError("the manifest is not that of a published set")
    template = files("dive_assets.publishing").joinpath("publication_card.md").read_text(encoding="utf-8")
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)  # noqa: S701
    environment.filters["thousands"] = lambda number: f"{number:,}"
    environment.filters["short"] = lambda value: f"{value:.3g}" if isinstance(value, float) else f"{value:,}"
    total = sum(entry.tasks for entry in manifest.domains.values())
    return environment.from_string(template).render(
        manifest=manifest,
        publication=manifest.publication,
        repository=repository,
        configs=_configs(manifest),
        example_split=next(iter(manifest.publication.splits)),
        first_domain=next(iter(manifest.domains)),
        total=total,
        unanswerable=sum(entry.unanswerable for entry in manifest.domains.values()),
        size=next((name for limit, name in SIZES if total < limit), "n>1M"),
        counts=_counts(manifest),
        splits=[split for split in SPLITS if split in manifest.publication.splits],
        examples=[_example(row) for row in examples],
        diversity=diversity,
        dive=DIVE,
        plots=[name for name in manifest.files if name.startswith("plots/")],
        seed_sources=[(source, licence, count) for (source, licence), count in sorted(seed_sources.items())],
    )


def _configs(manifest: Manifest) -> dict[str, dict[str, list[str]]]:
    """Config -> split -> path patterns; `all` gathers the domains."""
    found = {config: _patterns(manifest, config) for config in (*manifest.domains, SFT, RL, UNANSWERABLE, *WHOLE)}
    together: dict[str, list[str]] = {}
    for split in SPLITS:
        if paths := [path for domain in manifest.domains for path in found[domain].get(split, ())]:
            together[split] = paths
    return {"all": together, **found}


def _patterns(manifest: Manifest, config: str) -> dict[str, list[str]]:
    names = {path.rpartition("/")[2].partition("-")[0] for path in manifest.shards(config)}
    return {split: [f"data/{config}/{split}-*.parquet"] for split in SPLITS if split in names}


def _counts(manifest: Manifest) -> dict[str, dict[str, int]]:
    """Config -> split -> rows, of the configs whose splits differ."""
    found: dict[str, dict[str, int]] = {}
    for config in (*manifest.domains, UNANSWERABLE, SFT, RL):
        rows = found.setdefault(config, {})
        for path in manifest.shards(config):
            split = path.rpartition("/")[2].partition("-")[0]
            rows[split] = rows.get(split, 0) + (manifest.files[path].rows or 0)
    return found


def _example(row: Mapping[str, Any]) -> dict[str, Any]:
    """A task row with its program as lines."""
    calls = orjson.loads(row["program"])
    arguments = [orjson.dumps(call["arguments"]).decode() for call in calls]
    lines = [f"{c['call_id']}  {c['tool']}({text[:160]})" for c, text in zip(calls, arguments, strict=True)]
    source = orjson.loads(row["answer_source"])
    read_at = ", ".join(f"{s['call_id']}{s['pointer']}" for s in (source, *source["further"]))
    answer = f"{row['answer']} {row['answer_unit']}".strip()
    return {"question": row["question"], "lines": lines, "answer": answer, "source": read_at}
