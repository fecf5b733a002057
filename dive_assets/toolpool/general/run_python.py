"""A small Python interpreter, offered in every domain."""

from __future__ import annotations

import datetime as dt
import math
from typing import Annotated, Any

from pydantic import Field

from dive_assets.toolpool.general.data_sources import MONTY
from dive_assets.tools.annotations import Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

SECONDS = 2.0
MEMORY = 64 * 1024 * 1024
RECURSION = 200
LONGEST_OUTPUT = 4000


class ProgramOutcome(Result):
    """What a program printed, and the value of its last expression.

    `number` is that value if it is a finite number.
    """

    printed: Annotated[str, Text("the printed text"), Says("what the Python program {program} prints")]
    value: Annotated[
        str | None,
        Text("the value as Python writes it"),
        Says("the value of the last expression of the Python program {program}"),
    ]
    number: Annotated[
        float | None,
        Quantity("", "", 4),
        Says("the number that the Python program {program} gives"),
    ]


@tool(
    domain="general",
    kind="P",
    everywhere=True,
    sources=[MONTY],
    probes=[
        Probe(
            {"program": "total = sum(n * n for n in range(1, 101))\nprint('total', total)\ntotal"},
            {"/printed": "total 338350\n", "/value": "338350"},
            "n(n + 1)(2n + 1) / 6 for n = 100",
        ),
        Probe(
            {"program": "print('before')\n1 / 0"},
            reference="CPython 3.11",
            fails_with="ZeroDivisionError: division by zero",
        ),
        Probe({"program": "def f(:"}, fails_with="SyntaxError"),
        Probe({"program": "import random\nrandom.random()"}, {"/value": "0.8444218515250481"}, "CPython, seed 0"),
        Probe(
            {"program": "open('/etc/passwd').read()"}, fails_with="PermissionError: Permission denied: '/etc/passwd'"
        ),
        Probe({"program": "x = {'a': 1}"}, {"/printed": "", "/value": None}),
        Probe(
            {"program": "sum(values) / len(values)", "values": [1, 2, 6]},
            {"/number": 3.0, "/value": "3.0"},
            "mean of 1, 2 and 6",
        ),
    ],
)
def run_python(
    program: Annotated[
        str, Text(role="operand"), Field(description="Python source, standard library", max_length=4000)
    ],
    values: Annotated[
        list[float] | None,
        Quantity("", "", 0, role="operand"),
        Field(description="Numbers that the program finds in `values`", max_length=500),
    ] = None,
) -> ProgramOutcome:
    """Run a small Python program without files, network or clock (Monty) on a list of numbers, `values`; returns its
    output and last value."""
    import pydantic_monty as monty

    policy: Any = {
        "datetime": dt.datetime(2000, 1, 1, tzinfo=dt.UTC),
        "timezone": "UTC",
        "sleep": "zero",
        "process_time": "zero",
        "random_start": monty.RandomSeed(seed=0),
    }
    limits: Any = {"max_feed_duration_secs": SECONDS, "max_memory": MEMORY, "max_recursion_depth": RECURSION}
    output = monty.CollectString()
    value = number = None
    with monty.Monty(max_processes=1) as pool, pool.checkout(limits=limits, os_policy=policy) as session:
        try:
            found = session.feed_run(program, inputs={"values": values or []}, print_callback=output)
            value = None if found is None else repr(found)
            if isinstance(found, (int, float)) and not isinstance(found, bool) and math.isfinite(found):
                number = float(found)
        except monty.MontySyntaxError as stop:
            raise ToolError(f"SyntaxError: {stop}", "invalid_arguments") from stop
        except monty.MontyRuntimeError as stop:
            if str(stop).startswith("TimeoutError: feed time limit"):
                raise ToolError(f"the program ran for more than {SECONDS:.0f} seconds", "timeout") from stop
            raise ToolError(str(stop), "invalid_arguments") from stop
        except monty.MontyError as stop:
            raise ToolError(f"the program could not be run: {stop}") from stop
    printed = str(output.output)
    if len(printed) + len(value or "") > LONGEST_OUTPUT:
        raise ToolError(f"the program's output is longer than {LONGEST_OUTPUT} characters", "invalid_arguments")
    return ProgramOutcome(printed=printed, value=value, number=number)
