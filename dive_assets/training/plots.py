"""Plots of training and evaluation as PNG bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from dive_assets.diversity.plots import COLOURS, new_figure, png_bytes
from dive_assets.training.reward_hacking import WATCHED

SFT_PANELS = {"loss": ["loss", "eval_loss"], "token accuracy": ["mean_token_accuracy", "eval_mean_token_accuracy"]}
GRPO_PANELS = {
    "reward": ["reward", "rewards/reward_correct/mean", "rewards/reward_format/mean"],
    "tools": ["tools/call_frequency", "tools/failure_frequency"],
    "groups without variance": ["frac_reward_zero_std"],
    "reward hacking": [f"watch/{name}" for name in WATCHED],
}


def curve_plot(curve: pl.DataFrame, panels: Mapping[str, Sequence[str]]) -> bytes:
    """Logged metrics against steps; a panel for each title, a line for each metric of it that was logged."""
    logged = set(curve["metric"].unique())
    shown = {title: [name for name in names if name in logged] for title, names in panels.items()}
    shown = {title: names for title, names in shown.items() if names}
    figure = new_figure(3.4 * max(1, len(shown)) + 1, 3.0)
    axes_of = figure.subplots(1, max(1, len(shown)), squeeze=False)[0]
    for axes, (title, names) in zip(axes_of, shown.items(), strict=False):
        for colour, name in zip(COLOURS * 3, names, strict=False):
            points = curve.filter(pl.col("metric") == name).sort("step")
            axes.plot(points["step"], points["value"], color=colour, label=name, marker=".", markersize=4)
        axes.set_title(title, fontsize=10)
        axes.set_xlabel("step")
        axes.legend(fontsize=7, frameon=False)
    return png_bytes(figure)


def funnel_plot(funnel: Mapping[str, int], title: str) -> bytes:
    """Counts of a funnel as bars, from its first stage to its last."""
    figure = new_figure(6.4, 0.5 * len(funnel) + 1)
    axes = figure.subplots()
    axes.bar_label(axes.barh(list(funnel), list(funnel.values()), color=COLOURS[0]), fontsize=8, padding=2)
    axes.invert_yaxis()
    axes.set_title(title, fontsize=10)
    return png_bytes(figure)


def score_plot(scores: pl.DataFrame) -> bytes:
    """Success rates with 95 % intervals: a group of bars a set, a bar a checkpoint."""
    sets = scores["set"].unique(maintain_order=True).to_list()
    checkpoints = scores["checkpoint"].unique(maintain_order=True).to_list()
    figure = new_figure(1.3 * len(sets) + 2.5, 3.4)
    axes = figure.subplots()
    width = 0.8 / max(1, len(checkpoints))
    for number, (checkpoint, colour) in enumerate(zip(checkpoints, COLOURS * 3, strict=False)):
        found = {row["set"]: row for row in scores.filter(pl.col("checkpoint") == checkpoint).to_dicts()}
        places = [place + (number - (len(checkpoints) - 1) / 2) * width for place in range(len(sets))]
        rows = [found[name] for name in sets]
        axes.bar(
            places,
            [100 * row["rate"] for row in rows],
            width=0.92 * width,
            color=colour,
            label=checkpoint,
            yerr=[
                [100 * max(0.0, row["rate"] - row["low"]) for row in rows],
                [100 * max(0.0, row["high"] - row["rate"]) for row in rows],
            ],
            capsize=2,
            error_kw={"linewidth": 0.8},
        )
    axes.set_xticks(range(len(sets)), [name.replace("_", "\n", 1) for name in sets], fontsize=8)
    axes.set_ylabel("per cent solved")
    axes.legend(fontsize=8, frameon=False)
    axes.set_title("Success with 95 % intervals", fontsize=10)
    return png_bytes(figure)


def scaling_plot(summary: pl.DataFrame) -> bytes:
    """Success on unseen tools, a bar an arm, with intervals and the rate of each seed as a dot."""
    rows = summary.to_dicts()
    figure = new_figure(6.8, 3.2)
    axes = figure.subplots()
    places = range(len(rows))
    axes.barh(
        places,
        [100 * row["rate"] for row in rows],
        color=COLOURS[: len(rows)],
        xerr=[
            [100 * max(0.0, row["rate"] - row["low"]) for row in rows],
            [100 * max(0.0, row["high"] - row["rate"]) for row in rows],
        ],
        capsize=3,
    )
    for place, row in enumerate(rows):
        rates = [100 * float(rate) for rate in row["by_seed"].split(", ")]
        axes.plot(rates, [place] * len(rates), "o", color="black", markersize=3)
    labels = [f"{row['arm'].replace('_', ' ')}\n{row['tools']:.0f} tools, {row['tasks']:.0f} tasks" for row in rows]
    axes.set_yticks(places, labels, fontsize=8)
    axes.invert_yaxis()
    axes.set_xlabel("per cent of tasks on unseen tools solved (dots: seeds)")
    axes.set_title("Tools or tasks, at equal compute", fontsize=10)
    return png_bytes(figure)
