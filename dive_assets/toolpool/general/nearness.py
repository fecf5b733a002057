"""Which of many places lie nearest to a point: a fast first choice of candidates for an exact measurement."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dive_assets.toolpool.general.entity_types import Coordinates


def _directions(places: Iterable[Coordinates]) -> Any:
    """Unit vectors from the centre of a sphere, one a row."""
    import numpy as np

    latitude, longitude = np.radians([(place.latitude, place.longitude) for place in places]).T
    return np.column_stack(
        [np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)]
    )


SLACK = 1.012  # a sphere's distances are within 0.6 per cent of the ellipsoid's


class NearestOf:
    """A fixed list of places."""

    def __init__(self, places: Iterable[Coordinates]) -> None:
        self._vectors = _directions(places)

    def __call__(self, place: Coordinates, count: int) -> list[int]:
        """Positions in the list of all places that can be among the `count` nearest on the WGS 84 ellipsoid."""
        import numpy as np

        halves = np.linalg.norm(self._vectors - _directions([place]), axis=1) / 2
        arcs = np.arcsin(np.minimum(halves, 1))
        return np.flatnonzero(arcs <= SLACK * np.partition(arcs, count - 1)[count - 1]).tolist()
