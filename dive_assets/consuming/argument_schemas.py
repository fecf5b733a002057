"""Whether a call's arguments fit the JSON Schema that the tool was offered with."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Self

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError, best_match

from dive_assets.tools.canonical import canonical_json

LONGEST = 300  # characters of a message: it repeats the value


class ArgumentSchema:
    """A compiled schema. Raises ValueError for what is no JSON Schema."""

    def __init__(self, parameters: Mapping[str, Any]) -> None:
        try:
            Draft202012Validator.check_schema(dict(parameters))
        except SchemaError as error:
            raise ValueError(f"no JSON Schema: {error.message}") from error
        self._validator = Draft202012Validator(dict(parameters))

    @classmethod
    def of(cls, schema: Mapping[str, Any]) -> Self:
        """Of a tool as a chat request holds it; equal schemas are compiled once."""
        return _compiled(cls, canonical_json(schema["function"]["parameters"]))

    def misfit(self, arguments: Mapping[str, Any]) -> str:
        """How the arguments do not fit, beginning with the place ("year: ..."); "" if they do."""
        error = best_match(self._validator.iter_errors(dict(arguments)))
        if error is None:
            return ""
        place = ".".join(map(str, error.absolute_path))
        message = error.message if len(error.message) <= LONGEST else f"{error.message[:LONGEST]} ..."
        return f"{place}: {message}" if place else message


@lru_cache(maxsize=4096)
def _compiled(kind: type[ArgumentSchema], parameters: str) -> Any:
    import orjson

    return kind(orjson.loads(parameters))
