"""Downloads a repository of the Hub as it is at one revision."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from dive_assets.publishing.errors import ReleaseError


def snapshot(repository: str, revision: str | None, download: Callable[..., Any], **options: Any) -> Path:
    """The folder of a dataset repository at a branch, tag or commit (None: its main branch). `download` is
    huggingface_hub.snapshot_download, of the module or of an HfApi, with its further `options`.

    Raises ReleaseError, with the mend, if there is no such repository or revision, or it cannot be read.
    """
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, RepositoryNotFoundError, RevisionNotFoundError

    try:
        return Path(download(repository, repo_type="dataset", revision=revision, **options))
    except RevisionNotFoundError as error:
        raise ReleaseError(f"{repository} has no revision {revision!r}: name a branch, a tag or a commit") from error
    except RepositoryNotFoundError as error:
        mend = "set HF_TOKEN if it is private"
        raise ReleaseError(f"there is no dataset {repository} that may be read: {mend}") from error
    except HFValidationError as error:
        raise ReleaseError(f"{repository!r} is no name of a dataset: say owner/name") from error
    except (HfHubHTTPError, OSError) as error:
        raise ReleaseError(f"{repository} cannot be downloaded ({error}): try again, or set HF_ENDPOINT") from error
