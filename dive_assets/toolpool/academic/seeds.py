"""The entities that academic tasks start from."""

from collections.abc import Iterator

from dive_assets.toolpool.academic.compound_data import familiar_names
from dive_assets.toolpool.academic.data_sources import (
    MENDELEEV,
    PANPHON,
    PARTICLE_DATA,
    PYONGC,
    RADIOACTIVEDECAY,
    SKYFIELD,
)
from dive_assets.toolpool.academic.deep_sky import constellation_names, messier_objects, object_name
from dive_assets.toolpool.academic.element_data import names_by_number
from dive_assets.toolpool.academic.entity_types import (
    CONSTELLATION,
    DEEP_SKY_OBJECT,
    IPA_SEGMENT,
    NUCLIDE,
    PARTICLE,
    PLANET,
)
from dive_assets.toolpool.academic.nuclide_data import listed_nuclides
from dive_assets.toolpool.academic.particles import PDG_NAMES
from dive_assets.toolpool.academic.phonology import base_segments
from dive_assets.toolpool.academic.solar_system import BODIES
from dive_assets.toolpool.shared.data_sources import CHEMICALS
from dive_assets.toolpool.shared.entity_types import COMPOUND, ELEMENT
from dive_assets.tools.seeds import seeds

HEAVIEST_ELEMENT = 99
FAINTEST_NGC = 8.5


def _same(names: list[str]) -> Iterator[tuple[str, str]]:
    yield from ((name, name) for name in sorted(names))


@seeds(entity=ELEMENT, domain="academic", sources=[MENDELEEV])
def elements_with_bulk_properties() -> Iterator[tuple[str, str]]:
    """Elements up to einsteinium; heavier ones have predicted properties only."""
    yield from _same([name for number, name in names_by_number().items() if number <= HEAVIEST_ELEMENT])


@seeds(entity=COMPOUND, domain="academic", sources=[CHEMICALS])
def familiar_compounds() -> Iterator[tuple[str, str]]:
    """Well-known compounds by their everyday names."""
    yield from _same(familiar_names())


@seeds(entity=NUCLIDE, domain="academic", sources=[RADIOACTIVEDECAY, MENDELEEV])
def radionuclides() -> Iterator[tuple[str, str]]:
    """Radionuclides in their ground state, and technetium-99m, with a half-life of at least six hours."""
    names = [
        name
        for name, record in listed_nuclides().items()
        if record.modes and 6 <= record.hours < 1e15 and (name[-1].isdigit() or name == "technetium-99m")
    ]
    yield from _same(names)


@seeds(entity=PARTICLE, domain="academic", sources=[PARTICLE_DATA])
def particles() -> Iterator[tuple[str, str]]:
    """Particles with an English name."""
    yield from _same(list(PDG_NAMES))


@seeds(entity=DEEP_SKY_OBJECT, domain="academic", sources=[PYONGC])
def deep_sky_objects() -> Iterator[tuple[str, str]]:
    """Messier objects, and NGC objects down to visual magnitude 8.5."""
    from pyongc import ongc

    bright = ongc.listObjects(catalog="NGC", uptovmag=FAINTEST_NGC)
    single_stars = ("Star", "Double star", "Object of other/unknown type")
    names = {object_name(record) for record in (*messier_objects(), *bright) if record.type not in single_stars}
    yield from _same(list(names))


@seeds(entity=CONSTELLATION, domain="academic", sources=[PYONGC, SKYFIELD])
def constellations_with_messier_objects() -> Iterator[tuple[str, str]]:
    """Constellations that hold a Messier object."""
    yield from _same(list({constellation_names()[record.constellation] for record in messier_objects()}))


@seeds(entity=PLANET, domain="academic", sources=[SKYFIELD])
def planets() -> Iterator[tuple[str, str]]:
    """The planets other than the Earth."""
    yield from _same(list(BODIES))


@seeds(entity=IPA_SEGMENT, domain="academic", sources=[PANPHON])
def ipa_segments() -> Iterator[tuple[str, str]]:
    """One-letter segments of the IPA."""
    yield from _same([f"[{segment}]" for segment in base_segments()])
