"""Seats and engines of jet airliners (tables in pycontrails)."""

from __future__ import annotations

from typing import Annotated

from dive_assets.toolpool.transport.aircraft_data import (
    aircraft_row,
    default_engines,
    engines,
    seats,
)
from dive_assets.toolpool.transport.data_sources import PYCONTRAILS
from dive_assets.toolpool.transport.entity_types import (
    JET_ENGINE,
    SEATS,
    Aircraft,
)
from dive_assets.tools.annotations import Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool


class AircraftSeats(Result):
    """Seats of a type."""

    seats: Annotated[
        int,
        SEATS,
        Says(
            (
                "the reference number of seats of {aircraft} in pycontrails",
                "the number of seats that pycontrails assumes for {aircraft}",
            ),
            has="reference number of seats in pycontrails",
            ask=("How many seats does pycontrails assume for {aircraft}?",),
            high="largest",
            low="smallest",
        ),
    ]


@tool(
    domain="transport",
    kind="R",
    sources=[PYCONTRAILS],
    determinism="snapshot",
    probes=[Probe({"aircraft": "A320"}, {"/seats": 180}, "Airbus: 180 seats at 28-29 inch pitch, all economy")],
)
def aircraft_seats(aircraft: Aircraft) -> AircraftSeats:
    """Reference number of passenger seats of a jet type (pycontrails)."""
    code = aircraft_row(aircraft)["ICAO"]
    if code not in seats():
        raise ToolError(f"pycontrails has no number of seats for {aircraft!r}")
    return AircraftSeats(seats=seats()[code])


class AircraftEngine(Result):
    """The engine of a type."""

    engine: Annotated[
        str,
        JET_ENGINE,
        Says(
            (
                "the engine that pycontrails assumes by default for {aircraft}",
                "the default engine of {aircraft} in pycontrails",
            ),
            ask=("Which engine does pycontrails assume by default for {aircraft}?",),
        ),
    ]
    engine_count: Annotated[
        int,
        Quantity("engines", "engines", 0, role="number of engines"),
        Says(
            ("the number of engines of {aircraft}", "the number of engines fitted to {aircraft}"),
            has="number of engines",
            ask=("How many engines does {aircraft} have?",),
        ),
    ]


@tool(
    domain="transport",
    kind="R",
    sources=[PYCONTRAILS],
    determinism="snapshot",
    probes=[
        Probe({"aircraft": "A388"}, {"/engine_count": 4}, "Airbus"),
        Probe(
            {"aircraft": "B77W"},
            {"/engine_count": 2, "/engine": "07P27GE240"},
            "the 777-300ER flies only with the GE90-115B",
        ),
    ],
)
def aircraft_engine(aircraft: Aircraft) -> AircraftEngine:
    """Default engine (databank UID) and number of engines of a jet type (pycontrails)."""
    code = aircraft_row(aircraft)["ICAO"]
    found = default_engines().get(code)
    if found is None or found[0] not in engines():
        raise ToolError(f"pycontrails gives no current engine of the right family for {aircraft!r}")
    return AircraftEngine(engine=found[0], engine_count=found[1])
