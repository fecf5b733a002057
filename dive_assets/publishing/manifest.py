"""The manifest: what a release holds, file by file, and what it was made with."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any, Self

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from dive_assets.publishing.errors import ReleaseError
from dive_assets.tools.tool import Tool

MANIFEST_FILE = "manifest.json"
MANIFEST_VERSION = 2
TOOLS, CASSETTE, UNANSWERABLE = "tools", "cassette", "unanswerable"  # configs beside the domains


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ReleaseConfig(_Part):
    """What was asked for: tasks a domain, rounds, seed."""

    tasks: int
    rounds: int
    release_seed: int


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
    """Contents of manifest.json. `files` maps paths inside the release to hash, size and rows."""

    schema_version: int = MANIFEST_VERSION
    project_version: str
    config: ReleaseConfig
    domains: dict[str, DomainEntry]
    rows: dict[str, int]
    packages: tuple[Package, ...]
    files: dict[str, FileEntry]

    @model_validator(mode="after")
    def _configs_have_files(self) -> Self:
        for config in (*self.domains, TOOLS, CASSETTE, UNANSWERABLE):
            if config_path(config) not in self.files:
                raise ValueError(f"files lacks {config_path(config)}")
            if self.rows.get(config) != self.files[config_path(config)].rows:
                raise ValueError(f"rows of {config!r} and of {config_path(config)} differ")
        for path in self.files:  # a foreign manifest must not lead out of its folder
            if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
                raise ValueError(f"files names {path!r}, which is outside the release")
        return self

    def content_hash(self) -> str:
        """SHA-256 over the whole manifest, and so over every file of the release."""
        return hashlib.sha256(self.to_json()).hexdigest()

    def to_json(self) -> bytes:
        return orjson.dumps(self.model_dump(mode="json"), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n"


def config_path(config: str) -> str:
    """Path of a config's only shard inside the release."""
    return f"data/{config}/train-00000-of-00001.parquet"


def file_hash(path: Path) -> str:
    """SHA-256 (hex) of a file, as the Hub computes it for large files."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


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
    """The manifest of a release. Raises ReleaseError naming the file and field if it is missing,
    damaged or of another schema version."""
    path = folder / MANIFEST_FILE
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
