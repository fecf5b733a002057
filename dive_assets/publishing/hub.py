"""Puts a published set on the Hub: one commit on the head that was looked at, then a tag.

    hub = Hub(HfApi(endpoint=endpoint, token=token))
    done = hub.publish(folder, "owner/name", tag="v1.0.0")        # done.commit, done.made_commit
    hub.changes(folder, "owner/name")                             # a dry run: what publish would do

Publishing again what is there makes no commit. A commit whose reply was lost is looked for before it is tried again.
If the head has moved meanwhile, the commit is made anew on the new head. Files that the set does not own stay; files
that somebody edited by hand are not overwritten.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import httpx2
import orjson
from huggingface_hub import CommitOperationAdd, CommitOperationDelete, HfApi
from huggingface_hub.errors import HfHubHTTPError, RepositoryNotFoundError, RevisionNotFoundError
from huggingface_hub.hf_api import RepoFile

from dive_assets.publishing.manifest import MANIFEST_FILE, file_hash, load_manifest

T = TypeVar("T")
BRANCH = "main"
ATTEMPTS = 6
SHA256_DIGITS = 64
PAUSES_S = (0.5, 1, 2, 4, 8)  # between attempts


class PublishingError(Exception):
    """The Hub did not take the set; the message says what to do. What is on the Hub is whole: the old or the new."""


@dataclass(frozen=True)
class Changes:
    """What a commit does to the repository, by path."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    deleted: tuple[str, ...]
    unchanged: tuple[str, ...]

    @property
    def any(self) -> bool:
        return bool(self.added or self.changed or self.deleted)


@dataclass(frozen=True)
class Published:
    """Where a set stands now. `made_commit` is False if it stood there already."""

    repository: str
    commit: str
    tag: str
    changes: Changes
    made_commit: bool


@dataclass(frozen=True)
class _Head:
    commit: str
    files: Mapping[str, str]  # path -> SHA-256 of a large file, git blob id of a small one
    owned: Mapping[str, str]  # path -> SHA-256, as the manifest on the Hub says


class Hub:
    """See the module. `pause` waits between attempts."""

    def __init__(self, api: HfApi, pause: Callable[[float], object] = time.sleep) -> None:
        self.api = api
        self._pause = pause

    def changes(self, folder: Path, repository: str) -> Changes:
        """What publishing would change; nothing is written. A repository that does not exist yet is empty."""
        load_manifest(folder)
        return _changes(folder, self._head(repository) or _Head("", {}, {}))

    def publish(
        self,
        folder: Path,
        repository: str,
        tag: str,
        private: bool = True,
        replace_edited: bool = False,
    ) -> Published:
        """Bring the repository's main branch to `folder` and tag it.

        private         of a repository that is made here; one that is public already is refused.
        replace_edited  overwrite files of the set that were edited on the Hub.

        Raises PublishingError if the Hub refuses or stays unreachable, ReleaseError if `folder` is no published set.
        """
        message = f"Release {load_manifest(folder).content_hash()[:12]}"
        self._require_repository(repository, private)
        tagged = self._head(repository, tag)
        if tagged is not None and _changes(folder, tagged).any:
            raise PublishingError(
                f"{repository} has the tag {tag} at another set, commit {tagged.commit}: choose another tag"
            )
        commit, changes, made = self._commit(folder, repository, message, replace_edited)
        if tagged is None:
            self._tag(repository, tag, commit)
        return Published(repository, commit, tag, changes, made)

    def _require_repository(self, repository: str, private: bool) -> None:
        def create() -> None:
            self.api.create_repo(repository, repo_type="dataset", private=private, exist_ok=True)

        self._retried(create, f"create the repository {repository}")
        info = self._retried(lambda: self.api.dataset_info(repository), f"look at {repository}")
        if private and not info.private:
            raise PublishingError(
                f"{repository} is public, and a private one is asked for: make it private on the Hub, or set "
                "private: false"
            )

    def _commit(self, folder: Path, repository: str, message: str, replace_edited: bool) -> tuple[str, Changes, bool]:
        """The commit that holds the folder's files, made if it is not there."""
        tried: Changes | None = None
        for attempt in range(ATTEMPTS):
            head = self._head(repository)
            if head is None:
                raise PublishingError(f"{repository} is gone: it was there a moment ago")
            changes = _changes(folder, head)
            if not changes.any:
                return head.commit, tried or changes, tried is not None
            if not replace_edited and (edited := self._edited(repository, head, changes)):
                raise PublishingError(
                    f"{repository}: {', '.join(edited[:5])} are not as the manifest there says: somebody made or "
                    "edited them. Take that over into the release, or set replace_edited: true to overwrite it"
                )
            try:
                done = self.api.create_commit(
                    repository,
                    _operations(folder, changes),
                    commit_message=message,
                    repo_type="dataset",
                    revision=BRANCH,
                    parent_commit=head.commit,
                )
                return done.oid, changes, True
            except Exception as error:
                # The commit may have landed although its reply is lost; the next look at the head will tell.
                if not _may_pass(error) and _status(error) != 412:
                    raise PublishingError(f"the Hub refuses the commit to {repository}: {_told(error)}") from error
                if attempt == ATTEMPTS - 1:
                    raise PublishingError(
                        f"the commit to {repository} failed {ATTEMPTS} times: {_told(error)}"
                    ) from error
                tried = changes
                self._pause(PAUSES_S[attempt])
        raise AssertionError("unreachable")

    def _tag(self, repository: str, tag: str, commit: str) -> None:
        def create() -> None:
            self.api.create_tag(repository, tag=tag, revision=commit, repo_type="dataset", exist_ok=True)

        self._retried(create, f"tag {repository} as {tag}")
        refs = self._retried(
            lambda: self.api.list_repo_refs(repository, repo_type="dataset"), f"list tags of {repository}"
        )
        found = {ref.name: ref.target_commit for ref in refs.tags}
        if found.get(tag) != commit:
            raise PublishingError(
                f"{repository} has the tag {tag} at another commit, {found.get(tag)}: choose another tag"
            )

    def _head(self, repository: str, revision: str = BRANCH) -> _Head | None:
        """A branch or tag as it stands; None if there is no such repository or revision."""

        def look() -> _Head | None:
            try:
                commit = self.api.dataset_info(repository, revision=revision).sha or ""
            except (RepositoryNotFoundError, RevisionNotFoundError):
                return None
            tree = self.api.list_repo_tree(repository, recursive=True, revision=commit, repo_type="dataset")
            files = {e.path: e.lfs.sha256 if e.lfs else e.blob_id for e in tree if isinstance(e, RepoFile)}
            return _Head(commit, files, self._owned(repository, commit) if MANIFEST_FILE in files else {})

        return self._retried(look, f"look at {repository}")

    def _owned(self, repository: str, commit: str) -> dict[str, str]:
        """The files of the set that is there, with their hashes; a manifest that cannot be read owns nothing."""
        path = self.api.hf_hub_download(repository, MANIFEST_FILE, repo_type="dataset", revision=commit)
        try:
            content = orjson.loads(Path(path).read_bytes())
            return {name: entry["sha256"] for name, entry in content["files"].items()}
        except (ValueError, LookupError, TypeError, AttributeError):
            return {}

    def _edited(self, repository: str, head: _Head, changes: Changes) -> list[str]:
        """The files to be overwritten or deleted that are not what the manifest on the Hub says."""
        return [
            name
            for name in (*changes.changed, *changes.deleted)
            if name != MANIFEST_FILE and self._hash_at(repository, head, name) != head.owned.get(name)
        ]

    def _hash_at(self, repository: str, head: _Head, name: str) -> str:
        """SHA-256 of a file on the Hub; a small one, whose git blob id alone is listed, is downloaded."""
        if len(head.files[name]) == SHA256_DIGITS:
            return head.files[name]

        def download() -> str:
            return self.api.hf_hub_download(repository, name, repo_type="dataset", revision=head.commit)

        return file_hash(Path(self._retried(download, f"give {name} of {repository}")))

    def _retried(self, call: Callable[[], T], what: str) -> T:
        for attempt in range(ATTEMPTS):
            try:
                return call()
            except Exception as error:
                if not _may_pass(error) or attempt == ATTEMPTS - 1:
                    raise PublishingError(f"the Hub did not {what}: {_told(error)}") from error
                self._pause(PAUSES_S[attempt])
        raise AssertionError("unreachable")


def _changes(folder: Path, head: _Head) -> Changes:
    local = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    same = [name for name, path in local.items() if name in head.files and _is_at(path, head.files[name])]
    return Changes(
        added=tuple(name for name in local if name not in head.files),
        changed=tuple(name for name in local if name in head.files and name not in same),
        deleted=tuple(name for name in sorted(head.owned) if name in head.files and name not in local),
        unchanged=tuple(same),
    )


def _is_at(path: Path, found: str) -> bool:
    """Whether a local file has the SHA-256 (64 digits) or the git blob id (40 digits) that the Hub tells."""
    if len(found) == SHA256_DIGITS:
        return file_hash(path) == found
    content = path.read_bytes()
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest() == found  # noqa: S324


def _operations(folder: Path, changes: Changes) -> list[CommitOperationAdd | CommitOperationDelete]:
    added = [CommitOperationAdd(name, str(folder / name)) for name in (*changes.added, *changes.changed)]
    return [*added, *(CommitOperationDelete(name) for name in changes.deleted)]


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error and those behind it: the client wraps what an upload raises."""
    while error is not None:
        yield error
        error = error.__cause__


def _status(error: BaseException) -> int | None:
    """The HTTP status behind an error; None if there was no reply."""
    found = (cause.response.status_code for cause in _causes(error) if isinstance(cause, HfHubHTTPError))
    return next(found, None)


def _may_pass(error: BaseException) -> bool:
    """Whether another attempt may succeed: an overloaded Hub, a lost connection."""
    status = _status(error)
    if status is not None:
        return status == 429 or status >= 500
    return any(isinstance(cause, httpx2.TransportError) for cause in _causes(error))


def _told(error: BaseException) -> str:
    """What the Hub said, in one line; headers, and so the token, are never part of it."""
    status = _status(error)
    said = next((c.server_message for c in _causes(error) if isinstance(c, HfHubHTTPError)), None)
    if status in (401, 403):
        return f"{status} {said or ''}: HF_TOKEN must be a token that may write there".replace(" :", ":")
    first = str(error).strip().splitlines() or [type(error).__name__]
    return f"{status} {said or first[0]}" if status is not None else f"{type(error).__name__}: {first[0]}"
