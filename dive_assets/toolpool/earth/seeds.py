"""What tasks of the earth domain start from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dive_assets.toolpool.earth.data_sources import (
    CENSUS_BOUNDARIES,
    ELEMENT_TABLE,
    FLUIDS,
    PVLIB,
    SAM_LIBRARY,
    US_REGULATION,
)
from dive_assets.toolpool.earth.entity_types import (
    CHANNEL,
    DECAY_CLOCK,
    FUEL,
    GREENHOUSE_GAS,
    INVERTER,
    PV_MODULE,
    SANDIA_MODULE,
    SURFACE,
    US_COUNTY,
    US_STATE,
)
from dive_assets.toolpool.earth.fuels import fuels
from dive_assets.toolpool.earth.geochemistry import IUPAC_SPELLING, LEAST_IN_CRUST, element_rows
from dive_assets.toolpool.earth.greenhouse import greenhouse_gases
from dive_assets.toolpool.earth.light_and_ground import SURFACES
from dive_assets.toolpool.earth.pv_library import Record, cec_inverters, cec_modules, sandia_modules
from dive_assets.toolpool.earth.radiometric_dating import DECAY_CONSTANTS
from dive_assets.toolpool.earth.us_boundaries import counties, states
from dive_assets.toolpool.earth.water import channel_types
from dive_assets.toolpool.shared.data_sources import CHEMICALS, STANDARD_LIBRARY
from dive_assets.toolpool.shared.entity_types import ELEMENT
from dive_assets.tools.seeds import seeds

MODULE_MAKERS = (
    "AXITEC",
    "BYD",
    "Canadian Solar",
    "First Solar",
    "Hanwha Q CELLS",
    "Hyundai",
    "JA Solar",
    "Jinko Solar",
    "Kyocera",
    "LG Electronics",
    "Mission Solar",
    "Mitsubishi Electric",
    "Panasonic",
    "REC Solar",
    "Renesola",
    "Risen Energy",
    "SANYO",
    "Sharp",
    "SolarWorld",
    "SunPower",
    "Suniva",
    "Suntech",
    "Trina Solar",
    "Yingli",
)
MODULES_PER_MAKER, INVERTERS_PER_MAKER = 60, 25
GASES_WITHOUT_NUMBER = (
    "methane",
    "nitrous oxide",
    "methyl chloroform",
    "carbon tetrachloride",
    "methyl chloride",
    "methylene chloride",
    "chloroform",
    "methyl bromide",
    "nitrogen trifluoride",
    "sulfur hexafluoride",
    "sulfuryl fluoride",
    "perfluorotripentylamine",
)


def _same(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    yield from ((name, name) for name in sorted(names))


def _spread(labels: Iterable[str], limit: int) -> list[str]:
    """At most `limit` of the labels, evenly spread over their alphabetical order."""
    ordered = sorted(labels)
    step = max(1.0, len(ordered) / limit)
    return [ordered[int(i * step)] for i in range(min(limit, len(ordered)))]


def _plain(label: str) -> bool:
    return label.isascii() and "_" not in label and "GROUP" not in label and '"' not in label and len(label) <= 60


def _labels(table: dict[str, Record]) -> list[str]:
    return [record["label"] for record in table.values() if _plain(record["label"])]


@seeds(entity=PV_MODULE, domain="earth", sources=[SAM_LIBRARY])
def modules_of_known_makers() -> Iterator[tuple[str, str]]:
    """Up to 60 modules of each well-known maker in the CEC list."""
    labels = _labels(cec_modules())
    for maker in MODULE_MAKERS:
        chosen = _spread((label for label in labels if label.startswith(maker)), MODULES_PER_MAKER)
        yield from ((label, label) for label in chosen)


@seeds(entity=INVERTER, domain="earth", sources=[SAM_LIBRARY])
def inverters_by_maker() -> Iterator[tuple[str, str]]:
    """Up to 25 inverters of each maker in the CEC list."""
    by_maker: dict[str, list[str]] = {}
    for label in _labels(cec_inverters()):
        by_maker.setdefault(label.split()[0], []).append(label)
    for _, labels in sorted(by_maker.items()):
        yield from ((label, label) for label in _spread(labels, INVERTERS_PER_MAKER))


@seeds(entity=SANDIA_MODULE, domain="earth", sources=[SAM_LIBRARY])
def modules_tested_by_sandia() -> Iterator[tuple[str, str]]:
    """Modules of Sandia's database."""
    yield from _same(_labels(sandia_modules()))


@seeds(entity=US_COUNTY, domain="earth", sources=[CENSUS_BOUNDARIES])
def counties_of_the_states() -> Iterator[tuple[str, str]]:
    """Counties and county equivalents of the 50 states."""
    yield from _same(label for label, record in counties().items() if record.state != "DC" and label.isascii())


@seeds(entity=US_STATE, domain="earth", sources=[CENSUS_BOUNDARIES])
def states_of_the_union() -> Iterator[tuple[str, str]]:
    """The 50 states."""
    yield from _same(name for code, (name, _) in states().items() if code != "DC")


@seeds(entity=FUEL, domain="earth", sources=[US_REGULATION])
def combustion_fuels() -> Iterator[tuple[str, str]]:
    """Fuels of the EPA's table C-1."""
    yield from _same(fuels())


@seeds(entity=GREENHOUSE_GAS, domain="earth", sources=[CHEMICALS])
def greenhouse_gases_of_ar6() -> Iterator[tuple[str, str]]:
    """Gases of IPCC AR6 with a short designation."""
    numbered = re.compile(r"(CFC|HCFC|HFC|HFO|HCFO|HFE|HCFE|PFC|Halon)-[\w()-]+")
    yield from _same(gas for gas in greenhouse_gases() if numbered.fullmatch(gas) or gas in GASES_WITHOUT_NUMBER)


@seeds(entity=ELEMENT, domain="earth", sources=[ELEMENT_TABLE])
def elements_of_the_crust() -> Iterator[tuple[str, str]]:
    """Elements with a crustal abundance."""
    names = {row["name"].casefold() for row in element_rows().values() if row["abundance_crust"] >= LEAST_IN_CRUST}
    yield from _same(IUPAC_SPELLING.get(name, name) for name in names)


@seeds(entity=SURFACE, domain="earth", sources=[PVLIB])
def ground_surfaces() -> Iterator[tuple[str, str]]:
    """Kinds of ground in pvlib's albedo table."""
    yield from _same(SURFACES)


@seeds(entity=CHANNEL, domain="earth", sources=[FLUIDS])
def kinds_of_channels() -> Iterator[tuple[str, str]]:
    """Kinds of channels in Chow's table."""
    yield from _same(name for name in channel_types() if len(name) <= 90)


@seeds(entity=DECAY_CLOCK, domain="earth", sources=[STANDARD_LIBRARY])
def dating_systems() -> Iterator[tuple[str, str]]:
    """Parent and daughter pairs of radiometric dating."""
    yield from _same(DECAY_CONSTANTS)
