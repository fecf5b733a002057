"""Where published sets go, editable in the launchpad under `resources: hub`."""

from __future__ import annotations

import os
import re

import dagster as dg
from huggingface_hub import HfApi
from pydantic import Field

from dive_assets.publishing.hub import Hub

REPOSITORY_VARIABLE = "DIVE_HUB_REPOSITORY"
TOKEN_VARIABLE = "HF_TOKEN"  # noqa: S105


class HubRepository(dg.ConfigurableResource):
    """A dataset repository of the Hugging Face Hub, or of one that speaks its protocol. The token comes from the
    environment (HF_TOKEN) alone: it is in no config, log or metadata."""

    repository: str = Field(default="", description=f"owner/name; ${REPOSITORY_VARIABLE} if empty.")
    tag: str = Field(default="", description="Tag of the commit, such as v1.0.0; made of the content's hash if empty.")
    private: bool = Field(default=True, description="Whether a repository that does not exist yet is made private.")
    dry_run: bool = Field(default=False, description="Show what would change on the Hub, and change nothing.")
    replace_edited: bool = Field(default=False, description="Overwrite files of the set that were edited on the Hub.")
    endpoint: str = Field(default="", description="URL of the Hub; $HF_ENDPOINT, else huggingface.co, if empty.")

    @property
    def name(self) -> str:
        """The repository. Raises dg.Failure that says what to set."""
        name = self.repository or os.environ.get(REPOSITORY_VARIABLE, "")
        if not re.fullmatch(r"[\w.-]+/[\w.-]+", name):
            raise dg.Failure(
                f"No repository to publish to ({name!r}): set {REPOSITORY_VARIABLE}=owner/name, or `resources: hub: "
                "repository` in the launchpad.",
                allow_retries=False,
            )
        return name

    def client(self) -> Hub:
        """A client of the Hub. Raises dg.Failure if there is no token and one is needed."""
        token = os.environ.get(TOKEN_VARIABLE, "")
        if not token and not self.dry_run:
            raise dg.Failure(f"No token for the Hub: set {TOKEN_VARIABLE} in the environment.", allow_retries=False)
        endpoint = self.endpoint or os.environ.get("HF_ENDPOINT") or None
        return Hub(HfApi(endpoint=endpoint, token=token or False))
