"""What must be the same for a release to be made again byte for byte, and whether it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from dive_assets.production.publication import write_publication
from dive_assets.publishing.manifest import MANIFEST_FILE, Manifest, environment_here
from dive_assets.publishing.publication import PublicationInputs
from dive_assets.tools.registry import Registry


def environment_differences(manifest: Manifest, registry: Registry) -> Iterator[str]:
    """How this environment differs from the one that the release was made in, each with its mend."""
    then, now = manifest.environment, environment_here()
    if then.model_cassettes:
        names = ", ".join(sorted(then.model_cassettes))
        yield f"models took part ({names}): only releases without models can be made again by this command"
    if then.python != now.python:
        yield f"it was made under Python {then.python}, this is {now.python}"
    if then.lock_hash and now.lock_hash and then.lock_hash != now.lock_hash:
        yield "the lock file is another one: check out the version that made it and install its requirements.lock"
    if then.pyarrow != now.pyarrow:
        yield f"Parquet was written by pyarrow {then.pyarrow}, this is {now.pyarrow}"
    for domain, entry in manifest.domains.items():
        if domain not in registry.domains:
            yield f"the domain {domain} is not registered here"
        elif registry.fingerprint(domain) != entry.tool_pool:
            yield f"the tools of {domain} or their data have changed: install dive-assets {manifest.project_version}"


def production_settings(manifest: Manifest) -> dict[str, Any]:
    """The arguments of resources.production.Production that made the release."""
    config = manifest.config
    return {"tasks": config.tasks, "rounds": config.rounds, "release_seed": config.release_seed, **config.quotas}


def publish_again(manifest: Manifest, storage: Path) -> Path:
    """The folder of the published set, built out of the tables and the release in `storage` as the manifest says."""
    publication = manifest.publication
    if publication is None:
        raise ValueError("the manifest is that of a release, not of a published set")
    inputs = PublicationInputs(
        trajectories=pl.scan_parquet(storage / "trajectories" / "*.parquet"),
        rejected=pl.scan_parquet(storage / "rejected_tasks" / "*.parquet"),
        repository=publication.repository,
        held_out=publication.held_out_tools,
        diversity=pl.read_parquet(storage / "diversity_report.parquet").to_dicts(),
        benchmarks=publication.benchmarks,
        judges=publication.judges,
        cost=publication.cost,
    )
    write_publication(storage / "published", storage / "release", inputs)
    return storage / "published"


def differing_files(manifest: Manifest, made: Manifest, folder: Path, original: bytes) -> dict[str, str]:
    """Files that are not the same byte for byte, with the reason; `original` are the bytes of the manifest itself."""
    found: dict[str, str] = {}
    hashes: Mapping[str, str] = {name: entry.sha256 for name, entry in made.files.items()}
    for name, entry in manifest.files.items():
        if name not in hashes:
            found[name] = "is not made again"
        elif hashes[name] != entry.sha256:
            found[name] = "has other bytes"
    found |= {name: "is new" for name in hashes if name not in manifest.files}
    if not found and (folder / MANIFEST_FILE).read_bytes() != original:
        found[MANIFEST_FILE] = "has other bytes"
    return found
