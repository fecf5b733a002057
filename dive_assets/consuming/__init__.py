"""What somebody does with a published set: load it, verify it, attempt its tasks, serve its tools.

Knows neither Dagster nor models; the core's packages are all that it needs.
"""

from dive_assets.consuming.environment import AttemptLimits, Reward, TaskEnvironment
from dive_assets.consuming.published_set import PublishedSet, load, open_set
from dive_assets.consuming.task_environments import TaskEnvironments
from dive_assets.consuming.trl_environments import TrlEnvironments

__all__ = [
    "AttemptLimits",
    "PublishedSet",
    "Reward",
    "TaskEnvironment",
    "TaskEnvironments",
    "TrlEnvironments",
    "load",
    "open_set",
]
