"""Publishing with the real client over HTTP: one commit, the old state or the new one, whatever fails on the way."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from huggingface_hub import HfApi, HfFileSystem

from dive_assets.publishing.hub import Hub, PublishingError
from dive_assets.publishing.manifest import file_hash, load_manifest
from dive_assets.publishing.publication import build_publication
from dive_assets.publishing.reading import read_all_tasks
from tests.conftest import Made
from tests.published import REPOSITORY, Storage, write_storage
from tests.stand_ins.hub_server import TOKEN, Fault, HubServer, Repository


@pytest.fixture(scope="module")
def storage(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Storage:
    return write_storage(tmp_path_factory.mktemp("storage"), made)


@pytest.fixture(scope="module")
def published(storage: Storage) -> Path:
    build_publication(storage.folder / "published", storage.release, storage.inputs())
    return storage.folder / "published"


@pytest.fixture(scope="module")
def grown(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A later version: a changed file, a new one, and one that is gone."""
    folder = shutil.copytree(published, tmp_path_factory.mktemp("grown") / "published")
    manifest = orjson.loads((folder / "manifest.json").read_bytes())
    (folder / "README.md").write_text((folder / "README.md").read_text() + "\nOne more line.\n")
    (folder / "plots" / "new.png").write_bytes(b"\x89PNG\0new")
    (folder / "plots" / "funnel.png").unlink()
    del manifest["files"]["plots/funnel.png"]
    (folder / "manifest.json").write_bytes(orjson.dumps(manifest))
    return folder


@pytest.fixture
def server() -> Iterator[HubServer]:
    with HubServer() as server:
        yield server


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The client's own retries wait for seconds."""
    monkeypatch.setattr("huggingface_hub.utils._http.time.sleep", lambda _: None)


def hub_of(server: HubServer, token: str = TOKEN) -> Hub:
    return Hub(HfApi(endpoint=server.endpoint, token=token), pause=lambda _: None)


def files_at(repository: Repository, revision: str) -> dict[str, str]:
    tree = repository.commits[revision].tree
    return {path: entry.sha256 for path, entry in tree.items() if path != ".gitattributes"}


def hashes_of(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): file_hash(path) for path in folder.rglob("*") if path.is_file()}


def test_publishes_privately_in_one_tagged_commit(server: HubServer, published: Path) -> None:
    done = hub_of(server).publish(published, REPOSITORY, "v1.0.0")
    repository = server.dataset(REPOSITORY)
    assert done.made_commit and repository.private
    assert repository.tags == {"v1.0.0": done.commit} and repository.branches["main"] == done.commit
    assert len(repository.commits) == 2  # the first is the Hub's own
    assert files_at(repository, done.commit) == hashes_of(published)


def test_publishing_again_makes_no_commit(server: HubServer, published: Path) -> None:
    first = hub_of(server).publish(published, REPOSITORY, "v1.0.0")
    again = hub_of(server).publish(published, REPOSITORY, "v1.0.0")
    renamed = hub_of(server).publish(published, REPOSITORY, "v1.0.1")
    assert first.commit == again.commit == renamed.commit and not again.made_commit
    assert len(server.dataset(REPOSITORY).commits) == 2
    assert server.dataset(REPOSITORY).tags == {"v1.0.0": first.commit, "v1.0.1": first.commit}


def test_new_version_replaces_the_set_and_leaves_what_it_does_not_own(
    server: HubServer, published: Path, grown: Path
) -> None:
    first = hub_of(server).publish(published, REPOSITORY, "v1")
    server.put_file(REPOSITORY, "notes.md", b"by hand")
    second = hub_of(server).publish(grown, REPOSITORY, "v2")
    repository = server.dataset(REPOSITORY)
    assert second.changes.deleted == ("plots/funnel.png",) and second.changes.added == ("plots/new.png",)
    assert set(second.changes.changed) == {"README.md", "manifest.json"}
    found = files_at(repository, second.commit)
    assert found.pop("notes.md") and found == hashes_of(grown)
    assert files_at(repository, repository.tags["v1"]) == hashes_of(published) and first.commit != second.commit


def test_dry_run_shows_changes_and_writes_nothing(server: HubServer, published: Path, grown: Path) -> None:
    assert set(hub_of(server).changes(published, REPOSITORY).added) == set(hashes_of(published))
    assert not server.repositories
    hub_of(server).publish(published, REPOSITORY, "v1")
    changes = hub_of(server).changes(grown, REPOSITORY)
    assert changes.deleted == ("plots/funnel.png",) and len(server.dataset(REPOSITORY).commits) == 2


STEPS = {
    "create": ("POST", "/api/repos/create"),
    "look at the repository": ("GET", f"/api/datasets/{REPOSITORY}$"),
    "look for the tag": ("GET", f"/api/datasets/{REPOSITORY}/revision/v2"),
    "look at the head": ("GET", f"/api/datasets/{REPOSITORY}/revision/main"),
    "list the tree": ("GET", f"/api/datasets/{REPOSITORY}/tree/"),
    "read the manifest": ("HEAD", "/resolve/.*/manifest.json"),
    "check the card": ("POST", "/api/validate-yaml"),
    "preupload": ("POST", "/preupload/"),
    "negotiate": ("POST", "/info/lfs/objects/batch"),
    "upload": ("PUT", "/_lfs/"),
    "verify the upload": ("POST", "/_lfs/verify"),
    "commit": ("POST", "/commit/"),
    "tag": ("POST", "/tag/"),
    "list the tags": ("GET", "/refs"),
}


# A reply to HEAD has no body that the stand-in could cut short.
CUTTABLE = [step for step, (method, _) in STEPS.items() if method != "HEAD"]
CASES = [(step, how) for step in STEPS for how in ("503", "429")]
CASES += [(step, how) for step in CUTTABLE for how in ("lost", "dropped")]


@pytest.mark.parametrize(("step", "how"), CASES)
def test_failure_of_any_step_is_survived(server: HubServer, published: Path, grown: Path, step: str, how: str) -> None:
    hub_of(server).publish(published, REPOSITORY, "v1")
    method, path = STEPS[step]
    faults = {
        "503": Fault(method, path, status=503),
        "429": Fault(method, path, status=429, headers=(("Retry-After", "0"),)),
        "lost": Fault(method, path, lost=True),
        "dropped": Fault(method, path, drop=True),
    }
    server.faults.append(faults[how])
    done = hub_of(server).publish(grown, REPOSITORY, "v2")
    repository = server.dataset(REPOSITORY)
    assert not server.faults, "the step was never reached"
    assert files_at(repository, done.commit) == hashes_of(grown)
    assert repository.branches["main"] == done.commit == repository.tags["v2"]
    assert len(repository.commits) == 3 and done.made_commit
    assert files_at(repository, repository.tags["v1"]) == hashes_of(published)


@pytest.mark.parametrize("step", STEPS)
def test_step_that_never_succeeds_leaves_the_old_state_or_the_whole_new_one(
    server: HubServer, published: Path, grown: Path, step: str
) -> None:
    hub_of(server).publish(published, REPOSITORY, "v1")
    method, path = STEPS[step]
    server.faults += [Fault(method, path, status=503)] * 100
    try:
        hub_of(server).publish(grown, REPOSITORY, "v2")
    except PublishingError as error:
        assert TOKEN not in str(error)
    else:
        assert step == "verify the upload"  # what was uploaded is there, and need not be verified when tried again
    repository = server.dataset(REPOSITORY)
    found = files_at(repository, repository.branches["main"])
    assert found in (hashes_of(published), hashes_of(grown))
    server.faults.clear()
    done = hub_of(server).publish(grown, REPOSITORY, "v2")
    assert files_at(repository, repository.tags["v2"]) == hashes_of(grown) and done.commit == repository.tags["v2"]
    assert len(repository.commits) == 3


def test_moved_head_is_built_upon(server: HubServer, published: Path, grown: Path) -> None:
    hub_of(server).publish(published, REPOSITORY, "v1")

    def somebody_commits() -> None:
        server.put_file(REPOSITORY, "notes.md", b"by hand")

    server.faults.append(Fault("POST", "/commit/", then=somebody_commits))
    done = hub_of(server).publish(grown, REPOSITORY, "v2")
    repository = server.dataset(REPOSITORY)
    found = files_at(repository, done.commit)
    assert found.pop("notes.md") and found == hashes_of(grown)
    assert [status for method, path, status in server.log if "/commit/" in path][-2:] == [412, 200]


def test_edited_file_is_not_overwritten_unless_asked_for(server: HubServer, published: Path, grown: Path) -> None:
    hub_of(server).publish(published, REPOSITORY, "v1")
    edited = server.put_file(REPOSITORY, "README.md", b"my own card")
    with pytest.raises(PublishingError, match=r"README\.md .*replace_edited"):
        hub_of(server).publish(grown, REPOSITORY, "v2")
    assert server.dataset(REPOSITORY).branches["main"] == edited and "v2" not in server.dataset(REPOSITORY).tags
    done = hub_of(server).publish(grown, REPOSITORY, "v2", replace_edited=True)
    assert files_at(server.dataset(REPOSITORY), done.commit) == hashes_of(grown)


def test_tag_of_another_commit_public_repository_and_wrong_token_are_refused(
    server: HubServer, published: Path, grown: Path
) -> None:
    first = hub_of(server).publish(published, REPOSITORY, "v1")
    with pytest.raises(PublishingError, match="choose another tag"):
        hub_of(server).publish(grown, REPOSITORY, "v1")
    assert server.dataset(REPOSITORY).branches["main"] == first.commit
    server.put_file(REPOSITORY, "notes.md", b"by hand")
    assert not hub_of(server).publish(published, REPOSITORY, "v1").made_commit
    assert server.dataset(REPOSITORY).tags == {"v1": first.commit}
    hub_of(server).publish(published, "tester/public", "v1", private=False)
    with pytest.raises(PublishingError, match="is public"):
        hub_of(server).publish(published, "tester/public", "v1")
    with pytest.raises(PublishingError, match="HF_TOKEN") as raised:
        hub_of(server, token="hf_wrong").publish(published, "tester/other", "v1")
    assert "hf_wrong" not in str(raised.value)


def test_real_clients_load_what_was_published(
    server: HubServer, storage: Storage, published: Path, tmp_path: Path
) -> None:
    """The code of the card, load_dataset, snapshot_download, HfFileSystem and polars, each in its user's process."""
    done = hub_of(server).publish(published, REPOSITORY, "v1.0.0")
    environment = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(tmp_path),
        "HF_HOME": str(tmp_path / "home"),
        **server.environment,
    }
    blocks = (published / "README.md").read_text().split("```python\n")[1:]
    code = "\n".join(block.partition("```")[0] for block in blocks)
    manifest = load_manifest(published)
    code += f"""
from pathlib import Path
from datasets import get_dataset_config_names
assert row["prompt"][0]["role"] == "system" and verifier["type"] == row["answer_type"]
assert isinstance(programs[0], str) and tasks.height == {manifest.rows[next(iter(manifest.domains))]}
found = {{}}
for config in get_dataset_config_names("{REPOSITORY}"):
    splits = load_dataset("{REPOSITORY}", config, revision="v1.0.0")
    found[config] = sum(len(rows) for rows in splits.values())
    for rows in splits.values():
        assert rows[0].keys() == set(rows.column_names)
Path("{tmp_path}/found.json").write_text(json.dumps({{"rows": found, "folder": folder}}))
"""
    run = subprocess.run([sys.executable, "-c", code], env=environment, cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    found = orjson.loads((tmp_path / "found.json").read_bytes())
    assert found["rows"].pop("all") == sum(manifest.rows[domain] for domain in manifest.domains)
    assert found["rows"] == {config: rows for config, rows in manifest.rows.items() if rows}
    downloaded = Path(found["folder"])
    assert {k: v for k, v in hashes_of(downloaded).items() if k != ".gitattributes"} == hashes_of(published)
    tasks = {task.task_id for task in read_all_tasks(downloaded, load_manifest(downloaded))}
    assert tasks == {task.task_id for task in storage.tasks}
    files = HfFileSystem(endpoint=server.endpoint, token=TOKEN, skip_instance_cache=True)
    with files.open(f"datasets/{REPOSITORY}@{done.commit}/manifest.json") as file:
        assert file.read() == (published / "manifest.json").read_bytes()
    refused = subprocess.run(
        [sys.executable, "-c", f"from datasets import load_dataset; load_dataset('{REPOSITORY}')"],
        env={**environment, "HF_TOKEN": "", "HF_HOME": str(tmp_path / "stranger")},
        capture_output=True,
        text=True,
    )
    assert refused.returncode != 0 and "DatasetNotFoundError" in refused.stderr
