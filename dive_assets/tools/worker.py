"""What runs inside a worker process. Everything that leaves it is JSON bytes, never an exception.

A worker imports the module of a tool when it is first called: importing the whole pool takes seconds.
"""

from __future__ import annotations

import gc
import os
import resource
import socket
import warnings
from collections.abc import Mapping
from typing import Any, NoReturn

import orjson
from pydantic import ValidationError

from dive_assets.tools.canonical import round_floats
from dive_assets.tools.errors import ErrorCode, NetworkForbidden, ToolError
from dive_assets.tools.registry import declared_in
from dive_assets.tools.tool import Tool

GARBAGE_THRESHOLD = 50_000  # packages load tables of a million objects that live for ever: the default slows them down
_output_limit = 0


def start(memory_limit: int, output_limit: int) -> None:
    """Initializer of a worker: limits, no network."""
    global _output_limit
    os.setpgrp()  # a killed worker takes what it started with it
    resource.setrlimit(resource.RLIMIT_AS, (memory_limit, memory_limit))
    _forbid_network()
    warnings.simplefilter("ignore")
    gc.set_threshold(GARBAGE_THRESHOLD)
    _output_limit = output_limit


def _forbid_network() -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise NetworkForbidden("tools of the offline pool may not reach the network")

    socket.socket.connect = refuse  # type: ignore[method-assign]
    socket.socket.connect_ex = refuse  # type: ignore[method-assign]
    socket.getaddrinfo = refuse


def call(module: str, name: str, arguments_json: bytes) -> bytes:
    """Run one tool of a module; returns {"output": ...} or {"error": {"code", "message"}} as JSON."""
    declared = declared_in(module)[name]
    assert isinstance(declared, Tool)
    try:
        arguments = declared.input_model.model_validate(orjson.loads(arguments_json), strict=False)
    except ValidationError as error:
        return _failure("invalid_arguments", validation_message(error))
    try:
        result = declared.function(**{key: getattr(arguments, key) for key in declared.parameters})
        checked = declared.output_model.model_validate(
            result.model_dump() if isinstance(result, declared.output_model) else result
        )
        output = orjson.dumps(round_floats(checked.model_dump(mode="json")), option=orjson.OPT_SORT_KEYS)
    except ToolError as error:
        return _failure(error.code, str(error))
    except ValidationError as error:
        return _failure("invalid_output", validation_message(error))
    except MemoryError:
        return _failure("memory_limit", "the tool needed more memory than its limit")
    except NetworkForbidden as error:
        return _failure("network_forbidden", str(error))
    except Exception as error:
        return _failure("raised", f"{type(error).__name__}: {error}"[:500])
    if len(output) > _output_limit:
        return _failure("output_too_large", f"{len(output)} bytes; the limit is {_output_limit}")
    return b'{"output":' + output + b"}"


def read_seeds(module: str, name: str) -> bytes:
    """Run one seed source of a module; returns {"output": [[value, label], ...]} or an error, as JSON."""
    source = declared_in(module)[name]
    try:
        return orjson.dumps({"output": [[value, label] for value, label in source.function()]})
    except Exception as error:
        return _failure("raised", f"{type(error).__name__}: {error}"[:500])


def validation_message(error: ValidationError) -> str:
    """Field by field, without the values: 'year: Input should be less than 2100'."""
    return "; ".join(f"{'.'.join(map(str, e['loc'])) or 'value'}: {e['msg']}" for e in error.errors()[:5])


def _failure(code: ErrorCode, message: str) -> bytes:
    return orjson.dumps({"error": {"code": code, "message": message}})


def plain_arguments(arguments: Mapping[str, Any]) -> bytes:
    """Arguments as the canonical JSON bytes that a worker takes."""
    return orjson.dumps(dict(arguments), option=orjson.OPT_SORT_KEYS)
