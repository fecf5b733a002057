"""A published set is made again from its manifest, byte for byte, by the command line and real runs."""

from __future__ import annotations

from pathlib import Path

import orjson
import polars as pl
import pytest
from typer.testing import CliRunner

from dive_assets.commands.app import app
from dive_assets.production.rebuild import differing_files, environment_differences
from dive_assets.publishing.manifest import Manifest, load_manifest
from dive_assets.publishing.publication import PublicationInputs, build_publication
from dive_assets.tools.registry import load_registry
from tests.conftest import DOMAIN


@pytest.fixture(scope="module")
def published(partition: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small set of a run with a seed of its own, published to a folder."""
    inputs = PublicationInputs(
        trajectories=pl.scan_parquet(partition / "trajectories" / "*.parquet"),
        rejected=pl.scan_parquet(partition / "rejected_tasks" / "*.parquet"),
        diversity=pl.read_parquet(partition / "diversity_report.parquet").to_dicts(),
    )
    folder = tmp_path_factory.mktemp("storage") / "published"
    build_publication(folder, partition / "release", inputs)
    return folder


def test_rebuild_gives_the_same_bytes(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "home"))
    arguments = ["rebuild", str(published / "manifest.json"), "--output", str(tmp_path / "again")]
    again = CliRunner().invoke(app, arguments)
    assert again.exit_code == 0, again.output
    names = sorted(path.relative_to(published) for path in published.rglob("*") if path.is_file())
    assert all((tmp_path / "again" / "published" / n).read_bytes() == (published / n).read_bytes() for n in names)
    assert f"{len(names) - 1} of {len(names) - 1} files are the same" in " ".join(again.output.split())
    refused = CliRunner().invoke(app, arguments)
    assert refused.exit_code == 2 and "is not empty" in " ".join(refused.output.split())


def test_other_environment_is_told_before_anything_is_made(published: Path, tmp_path: Path) -> None:
    content = orjson.loads((published / "manifest.json").read_bytes())
    content["environment"] |= {"python": "3.9", "lock_hash": "0" * 64, "model_cassettes": {"collector": "ab"}}
    content["domains"][DOMAIN]["tool_pool"] = "another"
    path = tmp_path / "manifest.json"
    path.write_bytes(orjson.dumps(content))
    differences = list(environment_differences(Manifest.model_validate(content), load_registry()))
    assert len(differences) == 4 and any("Python 3.9" in text for text in differences)
    refused = CliRunner().invoke(app, ["rebuild", str(path)])
    assert refused.exit_code == 2
    assert "models took part (collector)" in refused.output and "--anyway" in refused.output


def test_differing_missing_and_new_files_are_named(published: Path) -> None:
    manifest, original = load_manifest(published), (published / "manifest.json").read_bytes()
    assert not differing_files(manifest, manifest, published, original)
    files = dict(manifest.files)
    files["README.md"] = files["README.md"].model_copy(update={"sha256": "0"})
    del files["croissant.json"]
    files["new.txt"] = files["README.md"]
    made = manifest.model_copy(update={"files": files})
    assert differing_files(manifest, made, published, original) == {
        "README.md": "has other bytes", "croissant.json": "is not made again", "new.txt": "is new",
    }  # fmt: skip
    assert "manifest.json" in differing_files(manifest, manifest, published, original + b" ")
