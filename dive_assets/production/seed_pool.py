"""The seeds of a domain, read once by a worker process from the data that the packages carry."""

from __future__ import annotations

from collections.abc import Iterable

from dive_assets.records import Seed
from dive_assets.tools.runtime import ToolRuntime
from dive_assets.tools.seeds import SeedSource

MAX_VALUE_LENGTH = 120


def read_seed_pool(sources: Iterable[SeedSource], runtime: ToolRuntime) -> list[Seed]:
    """All seeds of the sources, sorted by type and value, without repetition.

    Raises RuntimeError, naming the source, if one cannot be read or yields an unusable value.
    """
    found: dict[tuple[str, str], Seed] = {}
    for source in sources:
        result = runtime.read_seeds(source)
        if result.error is not None:
            raise RuntimeError(f"seed source {source.name!r}: {result.error.code}: {result.error.message}")
        name = ", ".join(f"{s.package} {s.version}".strip() for s in source.sources)
        licence = ", ".join(s.data_licence or s.licence for s in source.sources)
        for value, label in result.output:
            if value in ("", None) or not str(label).strip() or len(str(value)) > MAX_VALUE_LENGTH:
                raise RuntimeError(f"seed source {source.name!r} yields an unusable seed: {value!r}, {label!r}")
            seed = Seed(entity_type=source.entity.name, value=value, label=str(label), source=name, licence=licence)
            found.setdefault((seed.entity_type, str(value)), seed)
    return [found[key] for key in sorted(found)]
