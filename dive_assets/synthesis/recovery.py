"""Failure and recovery: before the first call of a program, a call that a solver might get wrong.

The wrong call is really executed. If it fails as a tool's user would see it (unknown entity, invalid
arguments), it is kept with its error; the program's own call is the recovery.
"""

from __future__ import annotations

import random
from typing import Any, Literal

from dive_assets.records import Recovery
from dive_assets.synthesis.execution import Execution
from dive_assets.tools.annotations import EntityType

EXPECTED_ERRORS = ("not_found", "invalid_arguments")


def provoke_failure(
    run: Execution, kind: Literal["unknown_entity", "bad_argument"], rng: random.Random
) -> Recovery | None:
    """Execute a wrong variant of the first call that admits one; None if none fails as expected."""
    calls = [e.call for e in run.evidence if e.error_code is None and not e.call.bindings and e.call.literals]
    for call in calls:
        tool = run.tools[call.tool]
        wrong = (
            _misspelled(tool.parameters, call.arguments, rng)
            if kind == "unknown_entity"
            else _misnamed(call.arguments, rng)
        )
        if wrong is None:
            continue
        result = run.execute(tool, wrong)
        if result.error is not None and result.error.code in EXPECTED_ERRORS:
            return Recovery(
                kind=kind,
                tool=call.tool,
                arguments=wrong,
                error_code=result.error.code,
                error_message=result.error.message,
                recovered_by=call.call_id,
            )
    return None


def _misspelled(parameters: Any, arguments: dict[str, Any], rng: random.Random) -> dict[str, Any] | None:
    """One entity with two neighbouring letters swapped or one left out."""
    names = [
        name
        for name, value in arguments.items()
        if isinstance(parameters[name].meaning, EntityType)
        and isinstance(value, str)
        and len(value) > 4
        and value.replace(" ", "").isalpha()
    ]
    if not names:
        return None
    name = rng.choice(names)
    value = arguments[name]
    place = rng.randrange(1, len(value) - 2)
    swapped = value[:place] + value[place + 1] + value[place] + value[place + 2 :]
    shortened = value[:place] + value[place + 1 :]
    typo = rng.choice([shortened, swapped] if swapped != value else [shortened])
    return {**arguments, name: typo}


def _misnamed(arguments: dict[str, Any], rng: random.Random) -> dict[str, Any] | None:
    """One argument left out, or passed under a name that the schema does not have."""
    if not arguments:
        return None
    name = rng.choice(sorted(arguments))
    rest = {n: v for n, v in arguments.items() if n != name}
    return rest if rng.random() < 0.5 else {**rest, f"{name}_name": arguments[name]}
