"""published_dataset: the release with its chats on the Hugging Face Hub, checked again, in one tagged commit."""

from typing import Any

import dagster as dg
import polars as pl

from dive_assets.defs.metadata import counts_table, markdown_table
from dive_assets.production.publication import require_publishable, write_publication
from dive_assets.publishing.errors import ReleaseError
from dive_assets.publishing.hub import Changes, PublishingError
from dive_assets.publishing.publication import PublicationInputs
from resources.benchmarks import Benchmarks
from resources.hub import HubRepository
from resources.production import Production

GATHERED = dg.AssetIn(metadata={"allow_missing_partitions": True})


@dg.asset(
    ins={"trajectories": GATHERED, "rejected_tasks": GATHERED},
    deps=["dataset_release"],
    group_name="publication",
    kinds={"python", "parquet", "huggingface"},
    owners=["team:data"],
    code_version="1",
)
def published_dataset(
    context: dg.AssetExecutionContext,
    trajectories: pl.LazyFrame,
    rejected_tasks: pl.LazyFrame,
    diversity_report: pl.LazyFrame,
    production: Production,
    benchmarks: Benchmarks,
    hub: HubRepository,
) -> dg.MaterializeResult[None]:
    """Splits, SFT and RL rows, tools, cassette, rejects, card and manifest. Publishing again what is there makes no
    commit. A dry run builds the folder and shows what would change."""
    repository, client = hub.name, hub.client()
    try:
        found = require_publishable(production.release_folder, trajectories, rejected_tasks, benchmarks.read())
        inputs = PublicationInputs(
            trajectories=trajectories,
            rejected=rejected_tasks,
            repository=repository,
            diversity=diversity_report.collect().to_dicts(),
            benchmarks=found.by_benchmark(),
        )
        manifest = write_publication(production.published_folder, production.release_folder, inputs)
        tag = hub.tag or f"release-{manifest.content_hash()[:12]}"
        folder = production.published_folder
        if hub.dry_run:
            changes = client.changes(folder, repository)
            where: dict[str, Any] = {"dry_run": True}
        else:
            done = client.publish(folder, repository, tag, hub.private, hub.replace_edited)
            changes = done.changes
            where = {"commit": done.commit, "tag": tag, "made_commit": done.made_commit}
    except (ReleaseError, PublishingError) as error:
        raise dg.Failure(str(error), allow_retries=False) from error
    return dg.MaterializeResult(
        data_version=dg.DataVersion(manifest.content_hash()),
        metadata={
            "repository": repository,
            "folder": dg.MetadataValue.path(str(production.published_folder)),
            **where,
            "changes": _changes_table(changes),
            "rows": counts_table(manifest.rows, "config"),
            "splits": counts_table(manifest.publication.splits if manifest.publication else {}, "split"),
            "benchmarks": markdown_table([entry.model_dump() for entry in found.by_benchmark()]),
            "card": dg.MetadataValue.md((production.published_folder / "README.md").read_text()[:20_000]),
        },
    )


def _changes_table(changes: Changes) -> dg.MarkdownMetadataValue:
    kinds = {"added": changes.added, "changed": changes.changed, "deleted": changes.deleted}
    return markdown_table([{"file": name, "change": kind} for kind, names in kinds.items() for name in names])
