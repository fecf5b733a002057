"""Shared fixtures: a small real partition, made once a test session by really executing tools."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings
from typer.testing import CliRunner

from dive_assets.commands.app import app
from dive_assets.production.seed_pool import read_seed_pool
from dive_assets.production.traces import ProductionSettings, TraceRun, produce_traces
from dive_assets.production.verdicts import VerdictRun, verify_tasks
from dive_assets.publishing.cassette import cassette_entries
from dive_assets.publishing.manifest import Funnel, ReleaseConfig
from dive_assets.publishing.release import DomainContents, ReleaseContents, build_release
from dive_assets.records import Seed, Task, Trace
from dive_assets.synthesis.derive import derive_task
from dive_assets.tables import tasks_of, traces_of
from dive_assets.tools.registry import load_registry
from dive_assets.tools.runtime import ToolRuntime
from dive_assets.tools.tool import Tool

CLIENTS_HOME = tempfile.TemporaryDirectory(prefix="hf-home")
# The clients of the Hub read these when they are imported; no test may reach the Hub itself.
HUB_ENVIRONMENT = {
    "HF_ENDPOINT": "http://127.0.0.1:9",
    "HF_HOME": CLIENTS_HOME.name,
    "HF_HUB_DISABLE_XET": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "HF_DATASETS_DISABLE_PROGRESS_BARS": "1",
}
os.environ.update(HUB_ENVIRONMENT)
os.environ.pop("HF_TOKEN", None)

DOMAIN = "transport"
PARTITION_TASKS, PARTITION_SEED = 6, 5

# A law holds or not; how long a busy machine takes to try it says nothing.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


# Begun first, so that none ends alone.
LONGEST = ("test_ui", "test_model_graph", "test_rebuild", "test_graph", "test_training")


def pytest_unconfigure() -> None:
    CLIENTS_HOME.cleanup()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take longest come first; `--no-loadscope-reorder` hands files to workers in this order."""
    items.sort(key=lambda item: LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST))


@dataclass
class Made:
    """One domain's traces and verdicts."""

    run: TraceRun
    verdicts: VerdictRun
    pool: dict[str, Tool]

    @cached_property
    def tasks(self) -> list[Task]:
        return list(tasks_of(self.verdicts.verified))

    @property
    def answerable(self) -> list[Task]:
        """The rows of the domain's config in a release."""
        return [task for task in self.tasks if task.answerable]

    @cached_property
    def traces(self) -> dict[int, Trace]:
        return {t.index: t for t in traces_of(self.run.table)}


@pytest.fixture(scope="session")
def pool() -> dict[str, Tool]:
    return load_registry().tools_of(DOMAIN)


@pytest.fixture(scope="session")
def seeds() -> list[Seed]:
    with ToolRuntime(1) as runtime:
        return read_seed_pool(load_registry().seed_sources_of(DOMAIN).values(), runtime)


def make(pool: dict[str, Tool], seeds: list[Seed], folder: Path, workers: int = 2, **settings: int) -> Made:
    """Fill a partition as the assets do."""
    wanted = ProductionSettings(**{"tasks": 60, **settings})
    with ToolRuntime(workers) as runtime:
        run = produce_traces(DOMAIN, pool, seeds, wanted, folder, runtime)
    made = Made(run, VerdictRun(), pool)
    tasks = [derive_task(t, pool, wanted.release_seed) for t in made.traces.values() if t.form is not None]
    with ToolRuntime(workers) as runtime:
        return Made(run, verify_tasks(DOMAIN, tasks, made.traces, pool, wanted, folder, runtime), pool)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of all processes of the tests."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def partition(shared: Path) -> Path:
    """Storage folder of one domain as `dive-assets run` leaves it, for reading only; made by whichever process of the
    tests comes first."""
    folder = shared / "partition"
    with FileLock(f"{folder}.lock"), pytest.MonkeyPatch.context() as patch:
        if not (folder / "release").exists():
            patch.setenv("DAGSTER_HOME", str(folder / "home"))
            sizes = ["--tasks-per-domain", str(PARTITION_TASKS), "--seed", str(PARTITION_SEED)]
            made = CliRunner().invoke(app, ["run", "--domains", DOMAIN, *sizes, "--output", str(folder)])
            assert made.exit_code == 0, made.output
    return folder


@pytest.fixture(scope="session")
def made(pool: dict[str, Tool], seeds: list[Seed], shared: Path) -> Made:
    """A partition of 60 tasks; the second process of the tests takes it from the first one's journal."""
    with FileLock(shared / "made.lock"):
        return make(pool, seeds, shared / "journal")


@pytest.fixture(scope="session")
def released(made: Made, pool: dict[str, Tool], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a release of that partition."""
    folder = tmp_path_factory.mktemp("released") / "release"
    part = DomainContents(
        blocks=[(made.tasks, cassette_entries(made.tasks, made.traces))],
        tools=pool,
        funnel=Funnel(attempted=64, executed=50, derived=40, verified=len(made.tasks)),
    )
    config = ReleaseConfig(tasks=len(made.tasks), rounds=3, release_seed=0)
    build_release(folder, ReleaseContents([(DOMAIN, part)], config))
    return folder
