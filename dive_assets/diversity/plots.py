"""Plots as PNG bytes, drawn the same way each time."""

from __future__ import annotations

import base64
import io
import math
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from dive_assets.diversity.metrics import accumulation
from dive_assets.diversity.shapes import TaskShape

COLOURS = ("#3b6ea5", "#d9822b", "#5a9e6f", "#a0518f", "#c0504d", "#7a7a7a", "#b8a038", "#4bb0b0")
MAPPED = 30  # tools of a heat map
KIND_COLOURS = {"R": COLOURS[0], "P": COLOURS[1]}


def png_markdown(png: bytes | str, alt: str) -> str:
    """A Markdown image that carries its bytes, given as they are or in base64."""
    text = png if isinstance(png, str) else base64.b64encode(png).decode()
    return f"![{alt}](data:image/png;base64,{text})"


def new_figure(width: float, height: float) -> Any:
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), dpi=100, layout="constrained")


def png_bytes(figure: Any) -> bytes:
    for axes in figure.axes:
        axes.spines[["top", "right"]].set_visible(False)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", metadata={"Software": None})
    return buffer.getvalue()


def funnel_plot(funnels: Mapping[str, Mapping[str, Any]]) -> bytes:
    """Attempted, executed, derived and verified counts by domain, and why attempts and tasks fell out."""
    figure = new_figure(8.6, 3.2 + 0.2 * len(funnels))
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
    return png_bytes(figure)


def tool_frequency_plot(shapes: Sequence[TaskShape], kinds: Mapping[str, str]) -> bytes:
    """Calls by tool, most used first, retrieval and processing coloured."""
    counts = Counter(name for shape in shapes for name in shape.sequence)
    ordered = sorted(kinds, key=lambda name: (-counts[name], name))
    figure = new_figure(8.6, 3.2)
    axes = figure.subplots()
    for kind, label in (("R", "retrieval"), ("P", "processing")):
        places = [place for place, name in enumerate(ordered) if kinds[name] == kind]
        heights = [counts[ordered[place]] for place in places]
        axes.vlines(places, 0, heights, color=KIND_COLOURS[kind], linewidth=640 / len(ordered), label=label)
    axes.set_xlim(-0.5, len(ordered) - 0.5)
    axes.set_ylim(bottom=0)
    axes.set_yscale("symlog", linthresh=10)
    axes.set_xlabel(f"{len(ordered)} tools, most used first")
    axes.set_ylabel("calls")
    axes.set_title("The long tail of tool use", fontsize=10)
    axes.legend(frameon=False, fontsize=8, loc="upper right")
    return png_bytes(figure)


def accumulation_plot(by_domain: Mapping[str, Sequence[TaskShape]]) -> bytes:
    """Unique call graphs and topology classes against tasks, a curve a domain."""
    figure = new_figure(8.6, 3.2)
    left, right = figure.subplots(1, 2)
    for colour, (domain, shapes) in zip(COLOURS * 3, by_domain.items(), strict=False):
        curve = accumulation(shapes)
        left.plot([p[0] for p in curve], [p[1] for p in curve], color=colour, label=domain)
        right.plot([p[0] for p in curve], [p[3] for p in curve], color=colour, label=domain)
    limit = max((len(shapes) for shapes in by_domain.values()), default=1)
    left.plot([0, limit], [0, limit], color="#bbbbbb", linestyle=":", label="every task new")
    for axes, title in ((left, "Unique call graphs"), (right, "R/P topology classes")):
        axes.set_xlabel("tasks")
        axes.set_title(title, fontsize=10)
    left.legend(frameon=False, fontsize=8)
    return png_bytes(figure)


def reasoning_plot(by_domain: Mapping[str, Sequence[TaskShape]]) -> bytes:
    """Share of reasoning types by domain."""
    return _shares(by_domain, lambda shape: shape.reasoning_type, "Reasoning types")


def difficulty_plot(by_domain: Mapping[str, Sequence[TaskShape]]) -> bytes:
    """Calls a task, a curve a domain."""
    figure = new_figure(8.6, 3.0)
    axes = figure.subplots()
    longest = max((len(shape.sequence) for shapes in by_domain.values() for shape in shapes), default=1)
    for colour, (domain, shapes) in zip(COLOURS * 3, by_domain.items(), strict=False):
        counts = Counter(len(shape.sequence) for shape in shapes)
        shares = [100 * counts[n] / max(1, len(shapes)) for n in range(1, longest + 1)]
        axes.plot(range(1, longest + 1), shares, marker="o", markersize=3, color=colour, label=domain)
    axes.set_xlabel("calls in the program")
    axes.set_ylabel("per cent of tasks")
    axes.set_title("How long the programs are", fontsize=10)
    axes.legend(frameon=False, fontsize=8)
    return png_bytes(figure)


def topology_plot(by_domain: Mapping[str, Sequence[TaskShape]]) -> bytes:
    """Kinds of programs by domain, and how the tasks spread over the topology classes."""
    figure = new_figure(8.6, 3.2)
    left, right = figure.subplots(1, 2)
    start = [0.0] * len(by_domain)
    for family, colour in (("R", COLOURS[0]), ("mixed", COLOURS[2]), ("P", COLOURS[1])):
        shares = [100 * sum(s.family == family for s in found) / max(1, len(found)) for found in by_domain.values()]
        left.barh(
            list(by_domain), shares, left=start, color=colour, label={"R": "only R", "P": "only P"}.get(family, family)
        )
        start = [a + b for a, b in zip(start, shares, strict=True)]
    left.invert_yaxis()
    left.set_xlabel("per cent of tasks")
    left.set_title("Retrieval and processing", fontsize=10)
    left.legend(fontsize=7, frameon=False, ncols=3, loc="upper center", bbox_to_anchor=(0.5, -0.18))
    for colour, (domain, shapes) in zip(COLOURS * 3, by_domain.items(), strict=False):
        counts = sorted(Counter(shape.topology for shape in shapes).values(), reverse=True)
        right.plot(range(1, len(counts) + 1), [100 * c / len(shapes) for c in counts], color=colour, label=domain)
    right.set_xscale("log")
    right.set_xlabel("topology classes, commonest first")
    right.set_ylabel("per cent of tasks")
    right.set_title("Density of R/P topology classes", fontsize=10)
    return png_bytes(figure)


def cooccurrence_plot(by_domain: Mapping[str, Sequence[TaskShape]], operators: Collection[str]) -> bytes:
    """Which tools meet in a task: a heat map a domain over its most used tools, general operators left out."""
    columns = min(4, max(1, len(by_domain)))
    rows = -(-len(by_domain) // columns) or 1
    figure = new_figure(2.5 * columns, 2.6 * rows)
    panels = figure.subplots(rows, columns, squeeze=False).flat
    for axes, (domain, shapes) in zip(panels, by_domain.items(), strict=False):
        counts = Counter(name for shape in shapes for name in sorted(set(shape.sequence) - set(operators)))
        names = [name for name, _ in counts.most_common(MAPPED)]
        places = {name: position for position, name in enumerate(names)}
        grid = [[0.0] * len(names) for _ in names]
        for shape in shapes:
            found = [places[name] for name in set(shape.sequence) if name in places]
            for a in found:
                for b in found:
                    grid[a][b] += a != b
        axes.imshow([[math.log1p(value) for value in row] for row in grid] or [[0.0]], cmap="viridis")
        axes.set_title(domain, fontsize=9)
        axes.set_xticks([])
        axes.set_yticks([])
    for axes in list(figure.axes)[len(by_domain) :]:
        axes.set_axis_off()
    figure.suptitle(f"Tools that meet in a task (the {MAPPED} most used of each domain)", fontsize=10)
    return png_bytes(figure)


def _shares(by_domain: Mapping[str, Sequence[TaskShape]], key: Callable[[TaskShape], str], title: str) -> bytes:
    from matplotlib import colormaps

    names = sorted({key(shape) for shapes in by_domain.values() for shape in shapes})
    figure = new_figure(8.6, 3.4)
    axes = figure.subplots()
    left = [0.0] * len(by_domain)
    for number, name in enumerate(names):
        shares = [100 * sum(key(s) == name for s in shapes) / max(1, len(shapes)) for shapes in by_domain.values()]
        axes.barh(list(by_domain), shares, left=left, label=name, color=colormaps["tab20"](number % 20))
        left = [a + b for a, b in zip(left, shares, strict=True)]
    axes.invert_yaxis()
    axes.set_xlabel("per cent of tasks")
    axes.set_title(title, fontsize=10)
    axes.legend(fontsize=7, frameon=False, bbox_to_anchor=(1.0, 1.0), loc="upper left")
    return png_bytes(figure)


def diversity_plots(
    by_domain: Mapping[str, Sequence[TaskShape]], kinds: Mapping[str, str], operators: Collection[str]
) -> dict[str, bytes]:
    """All plots of a set, by name."""
    everything = [shape for shapes in by_domain.values() for shape in shapes]
    return {
        "tool_frequency": tool_frequency_plot(everything, kinds),
        "topology": topology_plot(by_domain),
        "accumulation": accumulation_plot(by_domain),
        "cooccurrence": cooccurrence_plot(by_domain, operators),
        "reasoning_types": reasoning_plot(by_domain),
        "calls": difficulty_plot(by_domain),
    }
