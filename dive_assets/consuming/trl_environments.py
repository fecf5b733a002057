"""Tasks as environments of TRL's GRPOTrainer: every task with its own toolset, rewards by code.

    environments = TrlEnvironments(tasks, make)       # make(task) -> TaskEnvironment
    trainer = GRPOTrainer(
        train_dataset=Dataset.from_list(environments.rows),
        environment_factory=environments.factories,
        reward_funcs=[environments.format_reward, environments.correct_reward],
        args=GRPOConfig(reward_weights=[alpha, 1.0], ...),
        ...,
    )
    environments.show_schemas(trainer)

TRL takes the public methods of an environment's class for its tools, so that there is one class a toolset.
Imports neither torch nor trl.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from dive_assets.consuming.environment import TaskEnvironment
from dive_assets.records import Task
from dive_assets.tools.canonical import content_hash

_PYTHON_TYPES = {"string": str, "integer": int, "number": float, "boolean": bool, "array": list, "object": dict}


class TrlEnvironments:
    """See the module. `rows` holds one row a task: `prompt` (two messages), `environment` (key of its toolset, which
    `factories` maps to a class) and `task_id`."""

    def __init__(self, tasks: Iterable[Task], make: Callable[[Task], TaskEnvironment]) -> None:
        self._make = make
        self._tasks: dict[str, Task] = {}
        self._schemas: dict[str, list[dict[str, Any]]] = {}
        self.rows: list[dict[str, Any]] = []
        for task in tasks:
            attempt = make(task)
            key = content_hash(attempt.tools)[:16]
            self._tasks[task.task_id] = task
            self._schemas.setdefault(key, attempt.tools)
            self.rows.append({"prompt": attempt.prompt, "environment": key, "task_id": task.task_id})
        self.factories = {key: _environment_class(key, schemas, self._begin) for key, schemas in self._schemas.items()}

    def _begin(self, task_id: str) -> TaskEnvironment:
        return self._make(self._tasks[task_id])

    def format_reward(
        self, completions: Sequence[Sequence[Mapping[str, Any]]], environments: Sequence[Any], **_: Any
    ) -> list[float]:
        """R_format of each rollout. A call that TRL did not hand to the environment (an unknown tool, arguments that
        are no object, a result that did not fit into the completion) breaks the format."""
        return [
            environment._attempt.reward().format * (_calls(completion) == len(environment._attempt.attempted))
            for completion, environment in zip(completions, environments, strict=True)
        ]

    def correct_reward(self, environments: Sequence[Any], **_: Any) -> list[float]:
        """R_correct of each rollout."""
        return [environment._attempt.reward().correct for environment in environments]

    def show_schemas(self, trainer: Any) -> None:
        """Let the prompts hold the tools' own JSON Schemas: those that TRL reads off Python functions lack limits,
        choices and formats, and then differ from what the set's trajectories hold. Uses a private attribute of TRL
        1.16; raises AttributeError where it is gone."""
        trainer._env_tools.update({key: trainer._standalone_tools + tools for key, tools in self._schemas.items()})


def _calls(completion: Sequence[Mapping[str, Any]]) -> int:
    return sum(len(message.get("tool_calls") or ()) for message in completion)


def _environment_class(
    key: str, schemas: Iterable[Mapping[str, Any]], begin: Callable[[str], TaskEnvironment]
) -> type[Any]:
    def reset(self: Any, task_id: str, **_: Any) -> None:
        self._attempt = begin(task_id)

    methods = {schema["function"]["name"]: _method(schema["function"]) for schema in schemas}
    if reserved := methods.keys() & {"reset", "get_reward"}:
        raise ValueError(f"TRL reserves the names {sorted(reserved)}: such tools cannot be offered")
    return type(f"Toolset_{key}", (), {"reset": reset, **methods})


def _method(function: Mapping[str, Any]) -> Callable[..., str]:
    """A method that shows the signature and docstring that transformers.utils.get_json_schema reads."""
    name, parameters = function["name"], function["parameters"]
    properties, required = parameters.get("properties", {}), parameters.get("required", ())

    def method(self: Any, **arguments: Any) -> str:
        return self._attempt.call(name, arguments)

    types = {key: _PYTHON_TYPES.get(schema.get("type", ""), Any) for key, schema in properties.items()}
    shown = [inspect.Parameter("self", inspect.Parameter.POSITIONAL_OR_KEYWORD)]
    for key in sorted(properties, key=lambda key: key not in required):
        default = inspect.Parameter.empty if key in required else properties[key].get("default")
        shown.append(
            inspect.Parameter(key, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=default, annotation=types[key])
        )
    lines = [f"    {key}: {schema.get('description') or key}" for key, schema in properties.items()]
    method.__name__ = method.__qualname__ = name
    method.__doc__ = "\n".join([function["description"], *(["", "Args:", *lines] if lines else [])])
    method.__annotations__ = types  # no return: transformers would add it to the schema
    method.__signature__ = inspect.Signature(shown)  # type: ignore[attr-defined]
    return method
