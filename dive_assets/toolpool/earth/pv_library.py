"""PV modules and inverters of the CEC and Sandia tables that pvlib ships, by the names that people write."""

from __future__ import annotations

import csv
import re
from functools import cache

from dive_assets.toolpool.earth.package_data import package_file
from dive_assets.tools.errors import ToolError

Record = dict[str, str]

TECHNOLOGIES = {
    "Multi-c-Si": "multicrystalline silicon",
    "Mono-c-Si": "monocrystalline silicon",
    "Thin Film": "thin film",
    "CdTe": "cadmium telluride",
    "CIGS": "copper indium gallium selenide",
}
MATERIALS = {
    "mc-Si": "multicrystalline silicon",
    "c-Si": "monocrystalline silicon",
    "HIT-Si": "silicon heterojunction",
    "3-a-Si": "triple-junction amorphous silicon",
    "2-a-Si": "double-junction amorphous silicon",
    "EFG mc-Si": "edge-defined film-fed growth silicon",
    "Si-Film": "silicon film",
    "CdTe": "cadmium telluride",
    "CIS": "copper indium selenide",
    "GaAs": "gallium arsenide",
    "a-Si / mono-Si": "amorphous and monocrystalline silicon",
}


def _rows(name: str) -> list[Record]:
    with package_file("pvlib", "data", name).open(newline="", encoding="utf-8") as file:
        header, _, _, *rows = csv.reader(file)
        return [dict(zip(header, row, strict=True)) for row in rows]


def _module_name(name: str) -> str:
    """The table writes an underscore for a comma."""
    return re.sub(r"\s+", " ", name.replace("_ ", ", ")).strip()


def _inverter_name(name: str) -> str:
    """'ABB: PVI-5000-OUTD-US-A [208V]' as 'ABB PVI-5000-OUTD-US-A (208 V)'."""
    maker, _, model = name.partition(":")
    model = re.sub(r"\[(\d+)\s*V\]", r"(\1 V)", model)
    return re.sub(r"\s+", " ", f"{maker.replace(' - ', ', ').strip()} {model.strip()}")


def _sandia_name(name: str) -> str:
    """'Sharp NE-80E1U [2002 (E)]' as 'Sharp NE-80E1U (2002)'."""
    return re.sub(r"\s*\[\s*(\d{4}).*\]", r" (\1)", name).strip()


def _unambiguous(rows: list[tuple[str, Record]]) -> dict[str, Record]:
    """By name, leaving out names that several rows share."""
    found: dict[str, Record] = {}
    twice: set[str] = set()
    for name, row in rows:
        if name.casefold() in twice:
            continue
        if name.casefold() in found:
            twice.add(name.casefold())
            del found[name.casefold()]
        else:
            found[name.casefold()] = row | {"label": name}
    return found


@cache
def cec_modules() -> dict[str, Record]:
    """Modules of the CEC list of 2019 by lower-case name."""
    rows = _rows("sam-library-cec-modules-2019-03-05.csv")
    return _unambiguous([(_module_name(row["Name"]), row) for row in rows])


@cache
def cec_inverters() -> dict[str, Record]:
    """Inverters of the CEC list of 2019 by lower-case name."""
    rows = _rows("sam-library-cec-inverters-2019-03-05.csv")
    return _unambiguous([(_inverter_name(row["Name"]), row) for row in rows])


@cache
def sandia_modules() -> dict[str, Record]:
    """Modules that Sandia National Laboratories tested, by lower-case name."""
    rows = _rows("sam-library-sandia-modules-2015-6-30.csv")
    return _unambiguous([(_sandia_name(row["Name"]), row) for row in rows])


def _lookup(table: dict[str, Record], name: str, kind: str) -> Record:
    found = table.get(re.sub(r"\s+", " ", name).strip().casefold())
    if found is None:
        raise ToolError(f"unknown {kind} {name!r}: give maker and type as the list writes them")
    return found


def module_record(name: str) -> Record:
    """A module of the CEC list. Raises ToolError for an unknown name."""
    return _lookup(cec_modules(), name, "PV module")


def inverter_record(name: str) -> Record:
    """An inverter of the CEC list. Raises ToolError for an unknown name."""
    return _lookup(cec_inverters(), name, "inverter")


def sandia_record(name: str) -> Record:
    """A module of Sandia's tests. Raises ToolError for an unknown name."""
    return _lookup(sandia_modules(), name, "tested PV module")
