"""The manifest: what a release holds, file by file, and what it was made with."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any, Self

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from dive_assets.publishing.errors import ReleaseError
from dive_assets.tools.tool import Tool

MANIFEST_FILE = "manifest.json"
MANIFEST_VERSION = 3
TOOLS, CASSETTE, UNANSWERABLE = "tools", "cassette", "unanswerable"  # configs beside the domains
SFT, RL, REJECTED = "sft", "rl", "rejected"  # further configs of a published set


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ReleaseConfig(_Part):
    """What was asked for: tasks a domain, rounds, seed, and the planner's quotas by name."""

    tasks: int
    rounds: int
    release_seed: int
    quotas: dict[str, Any] = Field(default_factory=dict)


class Environment(_Part):
    """What a release was made in: beside the config and the tool pools, all that its bytes depend on.

    lock_hash        SHA-256 of the lock file of all packages; "" where there is none (an installed wheel).
    model_cassettes  recorded replies of models by name, as SHA-256; none for a symbolic release.
    """

    python: str
    pyarrow: str
    lock_hash: str
    model_cassettes: dict[str, str] = Field(default_factory=dict)


class BenchmarkOverlap(_Part):
    """What one benchmark was compared with; `overlapping` tasks would not be published."""

    name: str
    sha256: str
    items: int
    overlapping: int


class Publication(_Part):
    """What a published set adds to the release that it was built from.

    release         content hash of the release's manifest.
    repository      name on the Hub, which the card's examples load.
    splits          tasks by split.
    held_out_tools  tools of the split test_unseen_tools.
    judges, cost    tables of the card, if models took part: name -> figures.
    """

    release: str
    repository: str
    splits: dict[str, int]
    held_out_tools: tuple[str, ...]
    benchmarks: tuple[BenchmarkOverlap, ...] = ()
    judges: dict[str, dict[str, Any]] = Field(default_factory=dict)
    cost: dict[str, Any] = Field(default_factory=dict)


class FileEntry(_Part):
    """One file; `rows` is None unless it is a table."""

    sha256: str
    bytes: int
    rows: int | None = None


class Funnel(_Part):
    """How many attempts came how far.

    attempted >= executed (a program came of it) >= derived (a question was written) = verified +
    unanswerable + rejected (by the first failed check); attempted - executed = the failed attempts.
    """

    attempted: int
    executed: int
    derived: int
    verified: int
    unanswerable: int = 0
    rejected: dict[str, int] = Field(default_factory=dict)
    failed_attempts: dict[str, int] = Field(default_factory=dict)


class DomainEntry(_Part):
    """One domain: its tasks, those that came too near to another domain's, and the tools that they may use."""

    tasks: int
    unanswerable: int
    near_duplicates: int
    tools: int
    tool_pool: str
    funnel: Funnel


class Package(_Part):
    """A package that tools of the pool work with; `tools` is how many."""

    package: str
    version: str
    licence: str
    data_licence: str
    url: str
    tools: int


class Manifest(_Part):
    """Contents of manifest.json. `files` maps paths inside the release to hash, size and rows; `publication` is
    None unless it is that of a published set."""

    schema_version: int = MANIFEST_VERSION
    project_version: str
    config: ReleaseConfig
    environment: Environment
    domains: dict[str, DomainEntry]
    rows: dict[str, int]
    packages: tuple[Package, ...]
    files: dict[str, FileEntry]
    publication: Publication | None = None

    @model_validator(mode="after")
    def _configs_have_files(self) -> Self:
        for config in (*self.domains, TOOLS, CASSETTE, UNANSWERABLE):
            shards = self.shards(config)
            if not shards:
                raise ValueError(f"files lacks {config_path(config)}")
            if self.rows.get(config) != sum(self.files[shard].rows or 0 for shard in shards):
                raise ValueError(f"rows of {config!r} and of {', '.join(shards)} differ")
        for path in self.files:  # a foreign manifest must not lead out of its folder
            if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
                raise ValueError(f"files names {path!r}, which is outside the release")
        return self

    def shards(self, config: str) -> list[str]:
        """Paths of a config's tables inside the release, in order of their names."""
        paths = map(PurePosixPath, sorted(self.files))
        return [str(path) for path in paths if path.parent == PurePosixPath("data", config)]

    def content_hash(self) -> str:
        """SHA-256 over the whole manifest, and so over every file of the release."""
        return hashlib.sha256(self.to_json()).hexdigest()

    def to_json(self) -> bytes:
        return orjson.dumps(self.model_dump(mode="json"), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n"


def config_path(config: str, split: str = "train") -> str:
    """Path of the only shard of a config and split inside a release."""
    return f"data/{config}/{split}-00000-of-00001.parquet"


def environment_here() -> Environment:
    """The environment of this process. A checkout has the lock file beside the package, a wheel has none."""
    lock = Path(__file__).parents[2] / "requirements.lock"
    return Environment(
        python=".".join(platform.python_version_tuple()[:2]),
        pyarrow=version("pyarrow"),
        lock_hash=file_hash(lock) if lock.is_file() else "",
    )


def file_hash(path: Path) -> str:
    """SHA-256 (hex) of a file, as the Hub computes it for large files."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def file_entries(folder: Path, rows: Mapping[str, int]) -> dict[str, FileEntry]:
    """Every file below `folder` by its path inside; `rows` counts those of the tables by path."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            found[name] = FileEntry(sha256=file_hash(path), bytes=path.stat().st_size, rows=rows.get(name))
    return found


def pool_fingerprint(versions: Iterable[tuple[str, str]]) -> str:
    """Hash over (name, version) of a domain's tools; equals Registry.fingerprint for a whole domain."""
    text = "\n".join(f"{name} {version}" for name, version in sorted(versions))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def packages_of(tools: Iterable[Tool]) -> tuple[Package, ...]:
    """The packages behind `tools`, sorted by name, with the number of tools that use each."""
    counts: dict[tuple[str, ...], int] = {}
    for tool in tools:
        for source in set(tool.sources):
            key = (source.package, source.version, source.licence, source.data_licence, source.url)
            counts[key] = counts.get(key, 0) + 1
    names = ("package", "version", "licence", "data_licence", "url")
    return tuple(
        Package.model_validate({**dict(zip(names, key, strict=True)), "tools": counts[key]}) for key in sorted(counts)
    )


def load_manifest(folder: Path) -> Manifest:
    """The manifest of a release. Raises as `read_manifest`."""
    return read_manifest(folder / MANIFEST_FILE)


def read_manifest(path: Path) -> Manifest:
    """A manifest. Raises ReleaseError naming the file and field if it is missing, damaged or of another schema
    version."""
    if not path.is_file():
        raise ReleaseError(f"{path} is missing: name the folder of a whole release, or download it again")
    try:
        content: Any = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError as error:
        raise ReleaseError(f"{path} is not JSON ({error}): download the release again") from error
    found = content.get("schema_version") if isinstance(content, dict) else None
    if found != MANIFEST_VERSION:
        maker = content.get("project_version", "unknown") if isinstance(content, dict) else "unknown"
        raise ReleaseError(
            f"{path}: schema_version is {found!r}, this program reads {MANIFEST_VERSION}: "
            f"use the dive-assets version that made the release ({maker})"
        )
    try:
        return Manifest.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "content"
        raise ReleaseError(f"{path}: {where}: {first['msg']}: download the release again") from error
