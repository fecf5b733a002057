"""Seeds: the entities that tasks start from, read from the data that packages carry.

@seeds(entity=COUNTRY, domain="general", sources=[PYCOUNTRY])
def countries() -> Iterator[tuple[str, str]]:
    yield from ((c.name, c.name) for c in pycountry.countries)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from dive_assets.tools.annotations import EntityType
from dive_assets.tools.tool import DataSource


@dataclass(frozen=True)
class SeedSource:
    """A function that yields (value, label) pairs of one entity type.

    The value is what a tool takes; the label is what people call it (often the same).
    """

    function: Callable[[], Iterable[tuple[Any, str]]]
    entity: EntityType
    domain: str
    sources: tuple[DataSource, ...]
    also: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.function.__name__

    def offered_in(self, domain: str) -> bool:
        return domain == self.domain or domain in self.also


def seeds(
    *, entity: EntityType, domain: str, sources: Iterable[DataSource], also: Iterable[str] = ()
) -> Callable[[Callable[[], Iterable[tuple[Any, str]]]], SeedSource]:
    """Declare a seed source; `also` lists further domains that start from these entities."""

    def decorate(function: Callable[[], Iterable[tuple[Any, str]]]) -> SeedSource:
        return SeedSource(function, entity, domain, tuple(sources), tuple(also))

    return decorate
