"""Data files of installed packages."""

from __future__ import annotations

import csv
from importlib.util import find_spec
from pathlib import Path

from dive_assets.tools.errors import ToolError


def package_file(package: str, *path: str) -> Path:
    """A data file of an installed package, found without importing the package."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ToolError(f"{package} is not installed")
    return Path(spec.origin).parent.joinpath(*path)


def series_rows(name: str) -> list[dict[str, str]]:
    """Rows of a data set of statsmodels, read without importing the package."""
    path = package_file("statsmodels", "datasets", name, f"{name}.csv")
    with path.open(newline="") as file:
        return list(csv.DictReader(file))
