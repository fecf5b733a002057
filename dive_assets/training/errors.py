"""What goes wrong in training and can be mended by whoever started it."""

from __future__ import annotations

from importlib.util import find_spec

NEEDED = ("torch", "transformers", "trl", "datasets", "accelerate", "peft")


class TrainingError(ValueError):
    """Says in one sentence what is wrong and what to do."""


def require_packages() -> None:
    """Raises TrainingError if the packages of the `train` extra are not installed."""
    if missing := [name for name in NEEDED if find_spec(name) is None]:
        raise TrainingError(
            f"training needs {', '.join(missing)}: install the extra with `pip install 'dive-assets[train]'`, or "
            "`make train-packages` in a checkout"
        )
