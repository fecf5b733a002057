"""The ways in which a tool call can fail, as data: nothing else ever leaves a worker."""

from __future__ import annotations

from typing import Literal

ErrorCode = Literal[
    "unknown_tool",  # no tool of that name
    "not_recorded",  # the cassette holds no such call, and the tool cannot be executed here
    "invalid_arguments",  # arguments do not fit the input schema
    "not_found",  # the tool knows no such entity, or has no data for it
    "invalid_output",  # the tool returned something off its schema, NaN or infinity
    "output_too_large",  # more bytes than the output limit
    "timeout",  # longer than the time limit; the worker was killed
    "memory_limit",  # more memory than the limit
    "crashed",  # the worker process died
    "network_forbidden",  # the tool tried to open a connection
    "raised",  # any other exception in the tool
]


class ToolError(Exception):
    """Raised by a tool for a failure that its caller can understand and mend.

    `code` is "not_found" (no such entity, no data) or "invalid_arguments" (a value that the
    schema cannot exclude, such as an end date before a start date).
    """

    def __init__(self, message: str, code: ErrorCode = "not_found") -> None:
        super().__init__(message)
        self.code: ErrorCode = code


class ToolDefinitionError(Exception):
    """A tool is declared wrongly; the message names the tool, the part and the mend."""


class NetworkForbidden(OSError):
    """A tool of the offline pool tried to reach the network."""
