"""How the calls of an attempt are answered: by the tools themselves, or from the cassette where they are missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dive_assets.consuming.published_set import PublishedSet
from dive_assets.records import Task
from dive_assets.tools.canonical import canonical_json
from dive_assets.tools.registry import Registry
from dive_assets.tools.runtime import CallError, CallResult, ToolRuntime


class RecordedTools:
    """Plays calls from a set's cassette. A call is found whichever of its defaults are spelled out, and whether a whole
    number is written 5 or 5.0. A call that nobody recorded is a `not_recorded` error."""

    def __init__(self, published: PublishedSet) -> None:
        self._cassette = published.cassette
        self._defaults = {
            name: {key: schema["default"] for key, schema in _properties(row).items() if "default" in schema}
            for name, row in published.tools.items()
        }
        self._recorded = {self._address(entry.tool, entry.arguments): entry.arguments for entry in self._cassette}

    def holds(self, name: str, arguments: Mapping[str, Any]) -> bool:
        return self._address(name, arguments) in self._recorded

    def call(self, name: str, arguments: Mapping[str, Any]) -> CallResult:
        recorded = self._recorded.get(self._address(name, arguments))
        return self._cassette.call(name, arguments if recorded is None else recorded)

    def _address(self, name: str, arguments: Mapping[str, Any]) -> tuple[str, str]:
        return name, canonical_json(_whole_numbers({**self._defaults.get(name, {}), **arguments}))


class TaskTools:
    """The tools of one task. Its calls are answered, in this order, by

    1. the tool itself, if it is installed in the version that the set was made with,
    2. the cassette,
    3. the tool itself in another version: its outputs may differ from those of the set,

    and are a `not_recorded` error that says what to install if none of them can. Without a runtime, only by the
    cassette.
    """

    def __init__(
        self,
        task: Task,
        published: PublishedSet,
        recorded: RecordedTools,
        registry: Registry,
        runtime: ToolRuntime | None,
    ) -> None:
        self._task = task
        self._published = published
        self._recorded = recorded
        self._registry = registry
        self._runtime = runtime

    def call(self, name: str, arguments: Mapping[str, Any]) -> CallResult:
        """Execute one call by name; never raises for a tool's failure."""
        installed = self._registry.tools.get(name) if self._runtime is not None else None
        if self._runtime is not None and installed is not None:
            same = installed.version == self._published.tools[name]["version"]
            if same or not self._recorded.holds(name, arguments):
                return self._runtime.call(name, arguments)
        return self._explained(name, arguments, self._recorded.call(name, arguments))

    def _explained(self, name: str, arguments: Mapping[str, Any], result: CallResult) -> CallResult:
        """A kept failure with the message that it had; a missing recording with its mend."""
        recovery = self._task.recovery
        if recovery is not None and (name, dict(arguments)) == (recovery.tool, recovery.arguments):
            return CallResult(error=CallError(code=recovery.error_code, message=recovery.error_message))  # type: ignore[arg-type]
        if (
            result.error is not None
            and result.error.code == "not_recorded"
            and not self._recorded.holds(name, arguments)
        ):
            mend = self._registry.absent.get(name, "execute the tools instead of playing the cassette")
            return CallResult(error=CallError(code="not_recorded", message=f"this call is not recorded. {mend}"))
        return result


def _properties(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return row["input_schema"].get("properties", {})


def _whole_numbers(value: Any) -> Any:
    """Floats without a fraction as integers, at any depth."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, Mapping):
        return {key: _whole_numbers(item) for key, item in value.items()}
    return [_whole_numbers(item) for item in value] if isinstance(value, (list, tuple)) else value
