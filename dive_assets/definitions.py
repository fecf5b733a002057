"""The one Definitions object: everything in `defs/`, the resources, the in-process executor.

The package is loaded as a module, not as a project folder, so that an installed wheel works as well.
"""

from collections.abc import Mapping
from typing import Any

import dagster as dg

import dive_assets.defs
from dive_assets.defs.release_drift import weekly_drift
from resources import local_resources, with_training


def definitions_with(resources: Mapping[str, Any]) -> dg.Definitions:
    """The graph with the given resources. Assets are few and do their own parallel work: one
    process a run, no process a step."""
    return dg.Definitions(
        assets=dg.load_assets_from_package_module(dive_assets.defs),
        asset_checks=dg.load_asset_checks_from_package_module(dive_assets.defs),
        schedules=[weekly_drift],
        resources=with_training(resources),
        executor=dg.in_process_executor,
    )


@dg.definitions
def defs() -> dg.Definitions:
    """The code location: resources of this machine."""
    return definitions_with(local_resources())
