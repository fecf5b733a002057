"""What a trainer reports while it runs: steps done, loss and rewards, by time."""

from __future__ import annotations

from typing import Any

import polars as pl

from dive_assets.production.progress import Progress

SHOWN = ("loss", "eval_loss", "reward")


def report_progress(trainer: Any, name: str) -> None:
    """Let a transformers trainer log through dive_assets.progress, and no longer print."""
    from transformers import PrinterCallback, TrainerCallback

    class ProgressCallback(TrainerCallback):  # type: ignore[misc]
        progress: Progress | None = None
        note = ""

        def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            self.progress = Progress(name, state.max_steps)

        def on_log(self, args: Any, state: Any, control: Any, logs: dict[str, Any] | None = None, **_: Any) -> None:
            shown = [f"{key} {float(logs[key]):.3g}" for key in SHOWN if logs and key in logs]
            self.note = ", ".join(shown) or self.note

        def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            if self.progress is not None:
                self.progress.update(state.global_step, self.note, final=state.global_step == state.max_steps)

    trainer.remove_callback(PrinterCallback)
    trainer.add_callback(ProgressCallback())


def curve_table(history: list[dict[str, Any]]) -> pl.DataFrame:
    """What a trainer logged, as rows of step, metric and value."""
    rows = [
        {"step": int(entry["step"]), "metric": name, "value": float(value)}
        for entry in history
        for name, value in entry.items()
        if name != "step" and isinstance(value, (int, float)) and not isinstance(value, bool)
    ]
    return pl.DataFrame(rows, schema={"step": pl.Int64(), "metric": pl.String(), "value": pl.Float64()})
