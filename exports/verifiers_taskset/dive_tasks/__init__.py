"""Published sets of dive-assets as a verifiers taskset."""

from dive_tasks.taskset import DiveTaskset

__all__ = ["DiveTaskset"]
