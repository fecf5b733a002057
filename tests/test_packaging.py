"""What a stranger types works: README, Makefile, Dockerfile and lock say the same."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import yaml

from dive_assets.definitions import definitions_with
from dive_assets.domains import DOMAIN_KEYS
from dive_assets.tools.registry import load_registry
from resources import local_resources

ROOT = Path(__file__).parent.parent
MAKEFILE = (ROOT / "Makefile").read_text()
DOCKERFILE = (ROOT / "Dockerfile").read_text()


def test_dockerfile_runs_targets_of_the_makefile_as_a_plain_user() -> None:
    (command,) = re.findall(r'^CMD \["make", "(\w+)"\]', DOCKERFILE, re.M)
    assert re.search(rf"^{command}:.*\n\tdagster-webserver .*-w workspace\.yaml", MAKEFILE, re.M)
    assert re.search(r"^daemon:.*\n\tdagster-daemon run -w workspace\.yaml", MAKEFILE, re.M)
    user = DOCKERFILE.rindex("USER ")
    assert DOCKERFILE[user:].startswith("USER 10001") and user > DOCKERFILE.rindex("RUN ")


def test_dockerfile_pins_and_copies_what_exists() -> None:
    assert re.search(r"^FROM python:3\.11\.\d+-slim-\w+$", DOCKERFILE, re.M)
    assert re.search(r"uv==\d", DOCKERFILE) and "-r requirements.lock" in DOCKERFILE
    for line in re.findall(r"^COPY (.+) \S+$", DOCKERFILE, re.M):
        assert all((ROOT / name).exists() for name in line.split())


def test_readme_starts_with_the_two_commands_and_ci_runs_the_second() -> None:
    readme = (ROOT / "README.md").read_text()
    assert readme.index("make run") < readme.index("make test") < 1200
    assert "make test" in (ROOT / ".ci" / "run").read_text()


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    locked = {
        re.split("==", line)[0].lower()
        for line in (ROOT / "requirements.lock").read_text().splitlines()
        if "==" in line
    }
    extras = [
        n for name, group in project["optional-dependencies"].items() if name not in ("train", "tools") for n in group
    ]
    wanted = {re.split(r"[<>=\[ ]", n)[0].lower().replace("_", "-") for n in [*project["dependencies"], *extras]}
    assert wanted <= locked | {"dive-assets"}


def test_workspace_loads_the_code_location() -> None:
    (entry,) = yaml.safe_load((ROOT / "workspace.yaml").read_text())["load_from"]
    assert entry["python_module"]["module_name"] == "dive_assets.definitions"


def test_pool_has_its_floors_and_free_licences_in_every_domain() -> None:
    registry = load_registry()
    assert set(registry.domains) == set(DOMAIN_KEYS)
    for domain in DOMAIN_KEYS:
        own = [t for t in registry.tools.values() if t.domain == domain]
        kinds = [t.kind for t in own]
        assert len(own) >= 20 and kinds.count("R") >= 8 and kinds.count("P") >= 8
    for tool in registry.tools.values():
        for source in tool.sources:
            assert source.licence and source.version
            assert not re.match(r"A?GPL", f"{source.licence}"), tool.name


def test_installed_package_loads_its_graph_without_a_project_folder(tmp_path: Path) -> None:
    for package in ("dive_assets", "resources"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    script = (
        "import dive_assets, dive_assets.definitions as location;"
        "print(dive_assets.__file__, len(location.defs().resolve_asset_graph().get_all_asset_keys()))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    here = len(definitions_with(local_resources()).resolve_asset_graph().get_all_asset_keys())
    assert ended.stdout.split() == [str(tmp_path / "dive_assets" / "__init__.py"), str(here)], ended.stderr
