"""Plots as PNG bytes, drawn the same way each time."""

from __future__ import annotations

import base64
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from dive_assets.diversity.metrics import accumulation
from dive_assets.records import Task

COLOURS = ("#3b6ea5", "#d9822b", "#5a9e6f", "#a0518f", "#c0504d", "#7a7a7a", "#b8a038", "#4bb0b0")
KIND_COLOURS = {"R": COLOURS[0], "P": COLOURS[1]}


def png_markdown(png: bytes, alt: str) -> str:
    """A Markdown image that carries its bytes."""
    return f"![{alt}](data:image/png;base64,{base64.b64encode(png).decode()})"


def _figure(width: float, height: float) -> Any:
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), dpi=100, layout="constrained")


def _png(figure: Any) -> bytes:
    for axes in figure.axes:
        axes.spines[["top", "right"]].set_visible(False)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", metadata={"Software": None})
    return buffer.getvalue()


def funnel_plot(funnels: Mapping[str, Mapping[str, Any]]) -> bytes:
    """Attempted, executed, derived and verified counts by domain, and why attempts and tasks fell out."""
    figure = _figure(8.6, 3.2 + 0.2 * len(funnels))
    left, right = figure.subplots(1, 2, width_ratios=[3, 2])
    stages = ("attempted", "executed", "derived", "verified")
    for position, stage in enumerate(stages):
        places = [i + (1.5 - position) * 0.2 for i in range(len(funnels))]
        counts = [f[stage] for f in funnels.values()]
        bars = left.barh(places, counts, height=0.19, color=COLOURS[position], label=stage)
        left.bar_label(bars, fontsize=7, padding=2)
    left.set_yticks(range(len(funnels)), list(funnels))
    left.invert_yaxis()
    left.set_title("From attempts to verified tasks", fontsize=10)
    left.legend(fontsize=7, frameon=False, loc="lower right")
    reasons: Counter[str] = Counter()
    for funnel in funnels.values():
        reasons.update(funnel["rejected"])
        reasons.update(funnel["failed_attempts"])
    shown = reasons.most_common(10)
    right.barh([name for name, _ in shown], [count for _, count in shown], color=COLOURS[4])
    right.invert_yaxis()
    right.tick_params(labelsize=7)
    right.set_title("Why the others fell out", fontsize=10)
    return _png(figure)


def tool_frequency_plot(tasks: Sequence[Task], kinds: Mapping[str, str]) -> bytes:
    """Calls by tool, most used first, retrieval and processing coloured."""
    counts = Counter(call.tool for task in tasks for call in task.program)
    ordered = sorted(kinds, key=lambda name: (-counts[name], name))
    figure = _figure(8.6, 3.2)
    axes = figure.subplots()
    colours = [KIND_COLOURS[kinds[name]] for name in ordered]
    axes.bar(range(len(ordered)), [counts[name] for name in ordered], color=colours, width=0.9)
    axes.set_yscale("symlog", linthresh=10)
    axes.set_xlabel(f"{len(ordered)} tools, most used first")
    axes.set_ylabel("calls")
    axes.set_title("The long tail of tool use", fontsize=10)
    for kind, name in (("R", "retrieval"), ("P", "processing")):
        axes.bar(0, 0, color=KIND_COLOURS[kind], label=name)
    axes.legend(frameon=False, fontsize=8)
    return _png(figure)


def accumulation_plot(by_domain: Mapping[str, Sequence[Task]], kinds: Mapping[str, str]) -> bytes:
    """Unique call graphs and topology classes against tasks, a curve a domain."""
    figure = _figure(8.6, 3.2)
    left, right = figure.subplots(1, 2)
    for colour, (domain, tasks) in zip(COLOURS * 3, by_domain.items(), strict=False):
        curve = accumulation(tasks, kinds)
        left.plot([p[0] for p in curve], [p[1] for p in curve], color=colour, label=domain)
        right.plot([p[0] for p in curve], [p[3] for p in curve], color=colour, label=domain)
    for axes, title in ((left, "Unique call graphs"), (right, "R/P topology classes")):
        axes.set_xlabel("tasks")
        axes.set_title(title, fontsize=10)
    left.legend(frameon=False, fontsize=8)
    return _png(figure)


def reasoning_plot(by_domain: Mapping[str, Sequence[Task]]) -> bytes:
    """Share of reasoning types by domain."""
    types = sorted({t.reasoning_type for tasks in by_domain.values() for t in tasks})
    figure = _figure(8.6, 3.4)
    axes = figure.subplots()
    left = [0.0] * len(by_domain)
    from matplotlib import colormaps

    for number, kind in enumerate(types):
        shares = [
            100 * sum(t.reasoning_type == kind for t in tasks) / max(1, len(tasks)) for tasks in by_domain.values()
        ]
        axes.barh(list(by_domain), shares, left=left, label=kind, color=colormaps["tab20"](number % 20))
        left = [a + b for a, b in zip(left, shares, strict=True)]
    axes.invert_yaxis()
    axes.set_xlabel("per cent of tasks")
    axes.set_title("Reasoning types", fontsize=10)
    axes.legend(fontsize=7, frameon=False, bbox_to_anchor=(1.0, 1.0), loc="upper left")
    return _png(figure)


def difficulty_plot(by_domain: Mapping[str, Sequence[Task]]) -> bytes:
    """Calls a task, a curve a domain."""
    figure = _figure(8.6, 3.0)
    axes = figure.subplots()
    longest = max((len(t.program) for tasks in by_domain.values() for t in tasks), default=1)
    for colour, (domain, tasks) in zip(COLOURS * 3, by_domain.items(), strict=False):
        counts = Counter(len(t.program) for t in tasks)
        shares = [100 * counts[n] / max(1, len(tasks)) for n in range(1, longest + 1)]
        axes.plot(range(1, longest + 1), shares, marker="o", markersize=3, color=colour, label=domain)
    axes.set_xlabel("calls in the program")
    axes.set_ylabel("per cent of tasks")
    axes.set_title("How long the programs are", fontsize=10)
    axes.legend(frameon=False, fontsize=8)
    return _png(figure)


def diversity_plots(
    by_domain: Mapping[str, Sequence[Task]], kinds: Mapping[str, str], funnels: Mapping[str, Mapping[str, Any]]
) -> dict[str, bytes]:
    """All plots of a set, by file name."""
    everything = [task for tasks in by_domain.values() for task in tasks]
    return {
        "funnel.png": funnel_plot(funnels),
        "tool_frequency.png": tool_frequency_plot(everything, kinds),
        "accumulation.png": accumulation_plot(by_domain, kinds),
        "reasoning_types.png": reasoning_plot(by_domain),
        "calls.png": difficulty_plot(by_domain),
    }
