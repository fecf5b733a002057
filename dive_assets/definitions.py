"""The one Definitions object: everything in `defs/`, the resources, the in-process executor."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import dagster as dg

from resources import local_resources


def definitions_with(resources: Mapping[str, Any]) -> dg.Definitions:
    """The graph with the given resources. Assets are few and do their own parallel work: one
    process a run, no process a step."""
    return dg.Definitions.merge(
        dg.load_from_defs_folder(path_within_project=Path(__file__).parent),
        dg.Definitions(resources=resources, executor=dg.in_process_executor),
    )


@dg.definitions
def defs() -> dg.Definitions:
    """The code location: resources of this machine."""
    return definitions_with(local_resources())
