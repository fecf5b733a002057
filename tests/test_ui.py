"""The real UI in headless Chromium: backfill the missing partitions through the daemon, then look at them."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import polars as pl
import pytest
from playwright.sync_api import Page, expect, sync_playwright

from dive_assets.domains import DOMAIN_KEYS
from tests.conftest import DOMAIN
from tests.stand_ins.hub_server import HubServer

ROOT = Path(__file__).parent.parent
ARTIFACTS = ROOT / "artifacts"
PORT = 38217
URL = f"http://127.0.0.1:{PORT}"
PARTITIONED = (
    "tool_pool", "seed_pool", "exemplar_pool", "execution_traces", "derived_tasks", "verified_tasks", "rejected_tasks",
    "trajectories",
)  # fmt: skip
MISSING = (DOMAIN, "earth")
WITHOUT_MODELS = "not%20(group%3A%22models%22%20or%20group%3A%22training%22)"  # they need an endpoint, or torch
GROUPS = ("sources", "synthesis", "verification", "trajectories", "release", "publication")
EXPANDED = "%2C".join(f"global%40global%3A{group}" for group in GROUPS)
PATIENCE_MS = 600_000  # a backfill takes three minutes on two quiet cores, more beside other tests
PAGE_MS = 60_000  # a page beside other tests on two cores


def start(command: list[str], environment: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    """A process group of its own, with the SIGINT handling that a terminal would give it."""
    with log.open("wb") as output:
        return subprocess.Popen(
            command, env=environment, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )  # fmt: skip


def stop(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGINT)
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)


@pytest.fixture(scope="module")
def hub() -> Iterator[HubServer]:
    """Where the backfill publishes to."""
    with HubServer() as server:
        yield server


@pytest.fixture(scope="module")
def storage(tmp_path_factory: pytest.TempPathFactory, hub: HubServer) -> Iterator[Path]:
    """A deployment as the Dockerfile starts it: webserver and daemon over one DAGSTER_HOME.

    All partitions but those of two domains are recorded as materialized, so that two are missing.
    """
    assert shutil.which("chromium"), "install Debian's chromium, or run the tests with `make test`"
    folder = tmp_path_factory.mktemp("deployment")
    home, tables = folder / "home", folder / "storage"
    home.mkdir()
    shutil.copy(ROOT / "dagster.yaml", home)
    with dg.DagsterInstance.from_config(str(home)) as instance:
        for asset in PARTITIONED:
            for domain in set(DOMAIN_KEYS) - set(MISSING):
                instance.report_runless_asset_event(dg.AssetMaterialization(asset, partition=domain))
    environment = {**os.environ, "DAGSTER_HOME": str(home), "DIVE_STORAGE": str(tables), "DIVE_TASKS": "4"}
    environment |= {**hub.environment, "DIVE_HUB_REPOSITORY": "tester/tasks"}
    workspace = ["-w", "workspace.yaml"]
    programs = Path(sys.executable).parent
    web = start(
        [str(programs / "dagster-webserver"), *workspace, "-h", "127.0.0.1", "-p", str(PORT)],
        environment,
        folder / "webserver.log",
    )
    daemon = start([str(programs / "dagster-daemon"), "run", *workspace], environment, folder / "daemon.log")
    try:
        while web.poll() is None:
            try:
                urllib.request.urlopen(f"{URL}/server_info").close()
                break
            except OSError:
                time.sleep(0.2)
        yield tables
    finally:
        stop(web)
        stop(daemon)


@pytest.fixture(scope="module")
def page(storage: Path) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 2400, "height": 1500})
        page.set_default_timeout(PAGE_MS)
        expect.set_options(timeout=PAGE_MS)
        yield page
        browser.close()


def show_plot(page: Page, asset: str, plot: str) -> None:
    """Open a plot on an asset's page and keep a screenshot of it."""
    page.goto(f"{URL}/assets/{asset}")
    page.get_by_role("row").filter(has_text=plot).get_by_text("[Show Markdown]").click()
    picture = page.locator("img[src^='data:image/png']").first
    picture.wait_for()
    assert picture.evaluate("image => image.naturalWidth") > 400
    page.screenshot(path=ARTIFACTS / f"{plot}.png")


def test_missing_partitions_are_backfilled_and_every_asset_page_shows_its_plots(
    page: Page, storage: Path, hub: HubServer
) -> None:
    ARTIFACTS.mkdir(exist_ok=True)
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))

    page.goto(f"{URL}/asset-groups~{WITHOUT_MODELS}")
    page.get_by_role("button", name="Materialize all").click()
    page.get_by_role("button", name="Missing", exact=True).click()
    page.get_by_role("button", name="Launch backfill").click()
    page.get_by_text("Created backfill").wait_for()
    page.goto(f"{URL}/overview/backfills")
    ended = page.get_by_text(re.compile("^(Success|Failure|Canceled)$")).first
    ended.wait_for(timeout=PATIENCE_MS)
    assert ended.inner_text() == "Success"

    made = sorted((storage / "verified_tasks").iterdir())
    assert [path.stem for path in made] == sorted(MISSING)
    for path in made:
        assert pl.read_parquet(path).filter(pl.col("missing_tool") == "").height == 4
    assert (storage / "release" / "manifest.json").exists()
    published = hub.dataset("tester/tasks")
    assert published.private and list(published.tags.values()) == [published.branches["main"]]

    page.goto(f"{URL}/asset-groups~{WITHOUT_MODELS}?expanded={EXPANDED}")
    expect(page.get_by_text("published_dataset").first).to_be_visible()
    expect(page.get_by_text("Loading...")).to_have_count(0)
    page.screenshot(path=ARTIFACTS / "asset_graph.png")
    expect(page.get_by_text("dataset_release").first).to_be_visible()
    show_plot(page, f"verified_tasks?view=partitions&partition={DOMAIN}", "funnel")
    show_plot(page, "diversity_report?view=events", "accumulation")
    foreign = [url for url in requested if url.startswith("http") and not url.startswith(URL)]
    assert requested and not foreign, "the UI reached for another host"


def test_finished_run_reports_counts_to_the_instance(storage: Path) -> None:
    with dg.DagsterInstance.from_config(str(storage.parent / "home")) as instance:
        event = instance.get_latest_materialization_event(dg.AssetKey("diversity_report"))
    assert event is not None and event.asset_materialization is not None
    assert "data:image/png;base64," in str(event.asset_materialization.metadata["tool_frequency"].value)
