"""One reading of nuclide names for every tool ("carbon-14", "C-14") and the tables behind them."""

import importlib.util
import pathlib
import re
from dataclasses import dataclass
from functools import cache
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.academic.element_data import atomic_number_of, element_table, known, names_by_number
from dive_assets.toolpool.academic.entity_types import NUCLIDE
from dive_assets.tools.errors import ToolError

Nuclide = Annotated[
    str, NUCLIDE, Field(description="Nuclide as 'carbon-14' or 'C-14'; isomers as 'technetium-99m'", max_length=24)
]

UNITS = {  # in hours, or in years for units that end in "y"
    "μs": 1e-6 / 3600,
    "ms": 1e-3 / 3600,
    "s": 1 / 3600,
    "m": 1 / 60,
    "h": 1.0,
    "d": 24.0,
    "y": 1.0,
    "ky": 1e3,
    "My": 1e6,
    "By": 1e9,
    "Ty": 1e12,
    "Py": 1e15,
}
_FORM = re.compile(r"([A-Za-z]+)[- ]?(\d{1,3})([mnp]?)")


def nuclide_parts(nuclide: str) -> tuple[int, int, str]:
    """Atomic number, mass number and isomer letter. Raises ToolError for another form."""
    match = _FORM.fullmatch(nuclide.strip())
    if match is None:
        raise ToolError(f"unknown nuclide {nuclide!r}: write it as 'carbon-14'")
    number, mass = atomic_number_of(match[1]), int(match[2])
    if mass < number:
        raise ToolError(f"unknown nuclide {nuclide!r}: its mass number is below its atomic number")
    return number, mass, match[3]


def nuclide_name(number: int, mass: int, isomer: str = "") -> str:
    return f"{names_by_number()[number]}-{mass}{isomer}"


@cache
def abundances() -> dict[int, dict[int, float]]:
    """Natural abundance in percent by atomic number and mass number (NUBASE2020, in mendeleev)."""
    from mendeleev.fetch import fetch_table

    found: dict[int, dict[int, float]] = {}
    for row in fetch_table("isotopes").to_dict("records"):
        abundance = known(row["abundance"])
        if abundance:
            found.setdefault(int(row["atomic_number"]), {})[int(row["mass_number"])] = abundance
    return found


@dataclass(frozen=True)
class DecayRecord:
    """Half-life and branches of a nuclide, the most probable one first (ICRP Publication 107)."""

    hours: float
    years: float
    daughters: tuple[str, ...]
    modes: tuple[str, ...]


@cache
def _decay_table() -> dict[str, DecayRecord]:
    """The data file of radioactivedecay, read without importing the package (that takes several seconds)."""
    import numpy

    spec = importlib.util.find_spec("radioactivedecay")
    if spec is None or spec.origin is None:
        raise ToolError("the package radioactivedecay is not installed")
    path = pathlib.Path(spec.origin).parent / "icrp107_ame2020_nubase2020" / "decay_data.npz"
    with numpy.load(path, allow_pickle=True) as data:
        rows = zip(data["nuclides"], data["hldata"], data["progeny"], data["modes"], strict=True)
        hours_per_year = 24 * float(data["year_conv"])
        table = {}
        for symbol, (value, unit, _), daughters, modes in rows:
            in_years = unit.endswith("y")
            factor = UNITS[unit]
            hours = float(value) * factor * (hours_per_year if in_years else 1.0)
            years = float(value) * factor if in_years else hours / hours_per_year
            table[str(symbol)] = DecayRecord(hours, years, tuple(map(str, daughters)), tuple(map(str, modes)))
        return table


def decay_record(nuclide: str) -> DecayRecord:
    """The decay of a nuclide. Raises ToolError if ICRP Publication 107 does not list it."""
    number, mass, isomer = nuclide_parts(nuclide)
    record = _decay_table().get(f"{element_table()[number]['symbol']}-{mass}{isomer}")
    if record is None:
        raise ToolError(f"ICRP Publication 107 has no data on {nuclide_name(number, mass, isomer)}")
    return record


def radioactive(nuclide: str) -> DecayRecord:
    """The decay of a radioactive nuclide. Raises ToolError for a stable or unknown one."""
    record = decay_record(nuclide)
    if not record.modes:
        raise ToolError(f"{nuclide} is stable in ICRP Publication 107", "invalid_arguments")
    return record


@cache
def listed_nuclides() -> dict[str, DecayRecord]:
    """All nuclides of ICRP Publication 107 by name."""
    return {nuclide_name(*nuclide_parts(symbol)): record for symbol, record in _decay_table().items()}
