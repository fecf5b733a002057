"""Tables that the pycontrails package carries: Poll-Schumann aircraft parameters and ICAO's engine databank."""

from __future__ import annotations

import csv
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

from dive_assets.tools.errors import ToolError

# Everyday names where the table has an internal one.
AIRCRAFT_NAMES = {
    "A20N": "Airbus A320neo",
    "A21N": "Airbus A321neo",
    "B37M": "Boeing 737 MAX 7",
    "B38M": "Boeing 737 MAX 8",
    "B39M": "Boeing 737 MAX 9",
    "B3XM": "Boeing 737 MAX 10",
    "BCS3": "Airbus A220-300",
    "CRJ9": "Bombardier CRJ900",
    "DC93": "McDonnell Douglas DC-9-32",
    "E135": "Embraer ERJ 135LR",
    "E145": "Embraer ERJ 145LR",
    "E170": "Embraer 170LR",
    "E190": "Embraer 190",
    "E195": "Embraer 195",
    "E75L": "Embraer 175 with long wing",
    "E75S": "Embraer 175 with short wing",
    "GLF5": "Gulfstream G550",
    "MD82": "McDonnell Douglas MD-82",
    "MD83": "McDonnell Douglas MD-83",
    "RJ1H": "BAe Avro RJ100",
}
# The 727 stands there with two engines, and A313 is no designator of ICAO Doc 8643.
FAULTY_ROWS = frozenset({"B722", "A313"})
# The default list gives these types an engine of another family.
OTHER_ENGINE = frozenset({"BCS1", "BCS3", "E295", "E75L", "E75S"})


def _rows(path: str) -> list[dict[str, str]]:
    where = Path(str(distribution("pycontrails").locate_file(f"pycontrails/{path}")))
    with where.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@cache
def aircraft() -> dict[str, dict[str, str]]:
    """Rows of the Poll-Schumann table by ICAO type designator."""
    rows = _rows("models/ps_model/static/ps-aircraft-params-20250328.csv")
    return {row["ICAO"]: row for row in sorted(rows, key=lambda r: r["ICAO"]) if row["ICAO"] not in FAULTY_ROWS}


def aircraft_name(code: str) -> str:
    """What people call a type: maker and model."""
    row = aircraft()[code]
    model = row["Type"].removeprefix("B") if row["Manufacturer"] == "Boeing" else row["Type"]
    return AIRCRAFT_NAMES.get(code) or f"{row['Manufacturer']} {model}"


def aircraft_row(code: str) -> dict[str, str]:
    """The parameters of a type. Raises ToolError for a type that is not in the table."""
    found = aircraft().get(code.strip().upper())
    if found is None:
        raise ToolError(f"unknown aircraft type {code!r}: give its ICAO designator, such as A320")
    return found


@cache
def seats() -> dict[str, int]:
    """Reference numbers of seats by ICAO type designator."""
    rows = _rows("physics/static/pax-aircraft-n-seats-ref-values-20260407.csv")
    return {row["aircraft_type"]: int(row["n_seats"]) for row in rows}


@cache
def _databank() -> dict[str, dict[str, str]]:
    return {row["UID No"]: row for row in _rows("models/emissions/static/edb-gaseous-v32-engines.csv")}


def _current(uid: str) -> str:
    """The UID that supersedes an entry at last."""
    while uid in _databank() and _databank()[uid]["Superseded by UID No"] in _databank():
        uid = _databank()[uid]["Superseded by UID No"]
    return uid


@cache
def default_engines() -> dict[str, tuple[str, int]]:
    """UID of the default engine and number of engines, by ICAO type designator."""
    rows = _rows("models/emissions/static/default-engine-uids.csv")
    known = {r["aircraft_type"]: (_current(r["engine_uid"]), int(r["n_engine"])) for r in rows}
    return {code: engine for code, engine in known.items() if code in aircraft() and code not in OTHER_ENGINE}


@cache
def engines() -> dict[str, dict[str, str]]:
    """Rows of ICAO's databank by UID, without superseded ones."""
    return {uid: row for uid, row in sorted(_databank().items()) if row["Data Superseded"] == "False"}


def engine_row(uid: str) -> dict[str, str]:
    """A databank row. Raises ToolError for an unknown or superseded UID."""
    found = engines().get(uid.strip().upper())
    if found is None:
        raise ToolError(f"no current entry {uid!r} in ICAO's Engine Emissions Databank: give a UID such as 8CM051")
    return found
