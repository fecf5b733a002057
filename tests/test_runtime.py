"""Every way in which a tool can fail comes back as a typed error, and the runtime goes on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dive_assets.production.seed_pool import read_seed_pool
from dive_assets.tools.registry import registry_of
from dive_assets.tools.runtime import RuntimeLimits, ToolRuntime
from dive_assets.tools.validation import validate_tools

PACKAGES = ("tests.faulty_tools",)


@pytest.fixture(scope="module")
def runtime() -> Iterator[ToolRuntime]:
    with ToolRuntime(1, RuntimeLimits(time_s=3), PACKAGES) as running:
        yield running


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("hang", "timeout"),
        ("raise", "raised"),
        ("huge", "output_too_large"),
        ("off_schema", "invalid_output"),
        ("crash", "crashed"),
        ("network", "network_forbidden"),
        ("memory", "memory_limit"),
        ("unpicklable", "raised"),
    ],
)
def test_fault_becomes_typed_error_and_next_call_works(runtime: ToolRuntime, kind: str, code: str) -> None:
    result = runtime.call("faulty_word", {"kind": kind})
    assert result.error is not None and result.error.code == code
    assert result.output is None
    assert runtime.call("faulty_word", {"kind": "good"}).output == {"word": "good"}


def test_nan_is_invalid_output(runtime: ToolRuntime) -> None:
    result = runtime.call("faulty_number", {"kind": "nan"})
    assert result.error is not None and result.error.code == "invalid_output"


def test_bad_arguments_name_the_field(runtime: ToolRuntime) -> None:
    result = runtime.call("faulty_word", {"king": "good"})
    assert result.error is not None and result.error.code == "invalid_arguments"
    assert "kind" in result.error.message and "king" in result.error.message


def test_unknown_tool(runtime: ToolRuntime) -> None:
    result = runtime.call("nothing", {})
    assert result.error is not None and result.error.code == "unknown_tool"


def test_unstable_and_wrong_tools_do_not_pass_validation() -> None:
    tools = registry_of(*PACKAGES).tools
    with ToolRuntime(1, packages=PACKAGES) as first, ToolRuntime(1, packages=PACKAGES) as second:
        reports = {r.name: r for r in validate_tools(tools.values(), first, second)}
    assert reports["faulty_word"].passed
    assert "two runs differ" in reports["unstable_number"].reason
    assert "invalid_output" in reports["faulty_number"].reason


def test_unusable_seed_is_refused(runtime: ToolRuntime) -> None:
    with pytest.raises(RuntimeError, match="broken_seeds"):
        read_seed_pool(registry_of(*PACKAGES).seed_sources.values(), runtime)


def test_tool_without_its_package_is_absent_and_says_what_to_install(runtime: ToolRuntime) -> None:
    registry = registry_of(*PACKAGES)
    assert "absent_word" not in registry.tools
    assert "no-such-package" in registry.absent["absent_word"]
    assert "pip install 'dive-assets[faulty]'" in registry.absent["absent_word"]
    result = runtime.call("absent_word", {})
    assert result.error is not None and result.error.code == "unknown_tool"


def test_no_workers_is_an_error() -> None:
    with pytest.raises(ValueError, match="workers must be at least 1"):
        ToolRuntime(0)
