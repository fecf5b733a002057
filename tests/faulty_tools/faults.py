"""A hang, an exception, 100 MB of output, NaN, an output off its schema, a crash, a network call."""

import os
import socket
import time
from typing import Annotated

from dive_assets.toolpool.shared.entity_types import COUNTRY
from dive_assets.tools.annotations import Draw, Result, Says, Text
from dive_assets.tools.seeds import seeds
from dive_assets.tools.tool import DataSource, Probe, tool

SOURCE = DataSource("", "PSF-2.0", "https://docs.python.org/3/")


class Word(Result):
    """One word."""

    word: Annotated[str, Text(), Says("the word of fault {kind}")]


class Number(Result):
    """One number."""

    number: Annotated[float, Says("the number of fault {kind}")]


class Absent(Result):
    """A word without a subject."""

    word: Annotated[str, Text(), Says("the absent word")]


KINDS = {
    name: name for name in ("hang", "raise", "huge", "off_schema", "crash", "network", "memory", "unpicklable", "good")
}


@tool(domain="faulty", kind="P", sources=[SOURCE], probes=[Probe({"kind": "good"}, {"/word": "good"})])
def faulty_word(kind: Annotated[str, Draw.choice(KINDS)]) -> Word:
    """Misbehaves as told."""
    match kind:
        case "hang":
            time.sleep(600)
        case "raise":
            raise ValueError("broken")
        case "huge":
            return Word(word="x" * 100_000_000)
        case "off_schema":
            return {"wrong": 1}  # type: ignore[return-value]
        case "crash":
            os._exit(3)
        case "network":
            socket.create_connection(("127.0.0.1", 9))
        case "memory":
            return Word(word=str(len(bytearray(64 * 2**30))))
        case "unpicklable":

            class Local(Exception):
                def __init__(self, a: int, b: int) -> None: ...

            raise Local(1, 2)
    return Word(word="good")


@tool(domain="faulty", kind="P", sources=[SOURCE], probes=[Probe({"kind": "nan"}, {"/number": 1.0})])
def faulty_number(kind: Annotated[str, Draw.choice({"nan": "nan"})]) -> Number:
    """Returns NaN past its own schema."""
    return Number.model_construct(number=float("nan"))


@tool(domain="faulty", kind="P", sources=[SOURCE], probes=[Probe({"kind": "x"}, {"/number": 1.0})])
def unstable_number(kind: Annotated[str, Draw.choice({"x": "x"})]) -> Number:
    """Another number in every process."""
    return Number(number=float(os.getpid()))


@tool(
    domain="faulty",
    kind="R",
    sources=[DataSource("no-such-package", "MIT", "https://pypi.org")],
    probes=[Probe({}, {"/word": "x"})],
)
def absent_word() -> Absent:
    """Needs a package that nobody has installed."""
    raise AssertionError("an absent tool was called")


@seeds(entity=COUNTRY, domain="faulty", sources=[SOURCE])
def broken_seeds() -> list[tuple[str, str]]:
    """Yields an empty value."""
    return [("", "nothing")]
