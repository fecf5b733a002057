"""What a parameter or a result field means, and how people speak of it.

A tool is an ordinary typed function. The types say what a value *is* for a machine; the
annotations of this module say what it is for the factory: which entity it names, in which
unit it is measured, how a literal for it is drawn, and by which noun phrase a question
refers to it.

    class CountryFacts(Result):
        capital: Annotated[str, CITY, Says("the capital of {country}")]
        land_area: Annotated[float, Quantity("kilometer**2", "square kilometres", decimals=0),
                             Says("the land area of {country}", has="land area",
                                  high="largest", low="smallest")]

    def country_facts(country: Annotated[str, COUNTRY]) -> CountryFacts: ...
"""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict

CALENDAR_YEAR = "calendar year"  # unit of a year of an era: written without a separator, compared by before and after
SLOT = re.compile(r"\{(\w+)\}")


class Result(BaseModel):
    """Base of every tool's output: no unknown fields, no NaN, no infinity."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, frozen=True)


@dataclass(frozen=True)
class EntityType:
    """A kind of thing that tools speak of; equal names feed each other.

    `answer_form` completes "Give ..." when an answer of this type has more than one usual
    notation ("the ISO 4217 code"). `labelled` shows a literal as "label (value)", for codes
    that people read beside a name; otherwise the value itself is what people write.
    """

    name: str
    noun: str
    plural: str
    answer_form: str = ""
    labelled: bool = False


@dataclass(frozen=True)
class Quantity:
    """A number with a unit.

    unit      a pint expression ("kilometer", "gram/mole") or a countable noun ("people"); ""
              for a pure number.
    spoken    the unit as a question writes it ("kilometres"); "" for a pure number.
    decimals  decimals that a question asks for when this value is the answer; 0 = whole number.
    additive  whether a sum over several subjects means something (population yes, boiling point no).
    comparable  whether a difference or a ranking over several subjects means something (no for a
              catalogue number or a position on different chromosomes).
    ratio     whether a quotient or a percentage change means something (no for °C, years, pH).
    role      values of equal role and unit feed parameters of that role ("temperature").
    """

    unit: str
    spoken: str
    decimals: int
    additive: bool = False
    ratio: bool = True
    comparable: bool = True
    role: str = ""


@dataclass(frozen=True)
class Text:
    """A string that is an answer but no entity (a name in another script, a sequence).

    `answer_form` completes "Give ..." ("the weekday's English name").
    """

    answer_form: str = ""
    role: str = ""


@dataclass(frozen=True)
class Says:
    """How a result field is spoken of. Slots in braces are parameter names of the tool.

    of    noun phrase(s), beginning with "the" or a possessive: "the capital of {country}".
    has   the same without its subject, to follow "the highest": "population in {year}".
    ask   whole questions, ending in "?": "Which city is the capital of {country}?".
    high, low  superlatives that go with `has`.
    """

    of: str | tuple[str, ...]
    has: str = ""
    ask: tuple[str, ...] = ()
    high: str = "highest"
    low: str = "lowest"

    @property
    def phrases(self) -> tuple[str, ...]:
        return (self.of,) if isinstance(self.of, str) else self.of


@dataclass(frozen=True)
class Draw:
    """How a literal for a parameter that is no entity is drawn, and how it is written.

    Use the constructors below; `draw(rng)` returns a JSON value.
    """

    kind: str
    low: Any = None
    high: Any = None
    step: int = 1
    decimals: int = 0
    options: Mapping[Any, str] = field(default_factory=dict)
    alphabet: str = ""
    weekdays: bool = False
    suffix: str = ""
    varies: bool = False

    @classmethod
    def integer(cls, low: int, high: int, *, step: int = 1, year: bool = False, suffix: str = "") -> Draw:
        """Whole numbers low..high; `year=True` writes them without a thousands separator and
        makes "change between two years" questions possible."""
        return cls("year" if year else "integer", low, high, step=step, varies=year, suffix=suffix)

    @classmethod
    def decimal(cls, low: float, high: float, decimals: int, *, suffix: str = "") -> Draw:
        return cls("decimal", low, high, decimals=decimals, suffix=suffix)

    @classmethod
    def date(cls, first: str, last: str, *, weekdays: bool = False) -> Draw:
        """ISO dates first..last, written "15 March 2019"; `weekdays` leaves out weekends."""
        return cls("date", first, last, weekdays=weekdays, varies=True)

    @classmethod
    def choice(cls, options: Mapping[Any, str]) -> Draw:
        """One of the keys; the value says how a question writes it."""
        return cls("choice", options=dict(options))

    @classmethod
    def sequence(cls, alphabet: str, low: int, high: int, *, step: int = 1) -> Draw:
        """A string over `alphabet` with low..high letters (a DNA or protein sequence)."""
        return cls("sequence", low, high, step=step, alphabet=alphabet)

    @classmethod
    def numbers(cls, low: float, high: float, decimals: int, count: tuple[int, int]) -> Draw:
        """A list of count[0]..count[1] numbers."""
        return cls("numbers", low, high, decimals=decimals, options={"count": count})  # type: ignore[dict-item]

    def draw(self, rng: random.Random) -> Any:
        match self.kind:
            case "integer" | "year":
                return rng.randrange(self.low, self.high + 1, self.step)
            case "decimal":
                return self._number(rng)
            case "date":
                first, last = dt.date.fromisoformat(self.low), dt.date.fromisoformat(self.high)
                day = first + dt.timedelta(days=rng.randrange((last - first).days + 1))
                if self.weekdays and day.weekday() > 4:
                    day -= dt.timedelta(days=day.weekday() - 4)
                return max(day, first).isoformat()
            case "choice":
                return rng.choice(list(self.options))
            case "sequence":
                return "".join(rng.choices(self.alphabet, k=rng.randrange(self.low, self.high + 1, self.step)))
            case "numbers":
                return [self._number(rng) for _ in range(rng.randint(*self.options["count"]))]  # type: ignore[misc]
        raise ValueError(f"unknown kind of draw {self.kind!r}")

    def _number(self, rng: random.Random) -> float | int:
        value = round(rng.uniform(self.low, self.high), self.decimals)
        return value if self.decimals else int(value)

    def write(self, value: Any) -> str:
        """The value as a question writes it. Raises KeyError for a choice that is not offered."""
        if self.kind == "choice":
            return self.options[value]
        if self.kind == "numbers":
            return ", ".join(write_number(v, self.decimals) for v in value)
        if self.kind == "integer":
            return write_number(value, 0) + self.suffix
        if self.kind == "decimal":
            return write_number(value, self.decimals) + self.suffix
        return write_date(value) if self.kind == "date" else str(value)


def write_date(iso: str) -> str:
    """'2019-03-05' as '5 March 2019'."""
    day = dt.date.fromisoformat(iso)
    return f"{day.day} {day:%B} {day.year}"


def write_number(value: float, decimals: int | None = None) -> str:
    """12500.0 as '12,500'; trailing zeros are kept only when `decimals` asks for them."""
    if decimals is not None:
        return f"{value:,.{decimals}f}"
    if isinstance(value, int) or float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:,.10f}".rstrip("0").rstrip(".")
