"""Matrices, letters, residues, groups, bacteria and penguins that biological tasks start from."""

from collections.abc import Iterable, Iterator

from dive_assets.toolpool.biological.antibiotics import ANTIBIOTICS, burtin
from dive_assets.toolpool.biological.data_sources import BURTIN, PALMER_PENGUINS, PYTEOMICS
from dive_assets.toolpool.biological.entity_types import (
    ANTIBIOTIC,
    BACTERIUM,
    IONIZABLE_GROUP,
    MODIFIED_RESIDUE,
    NUCLEOTIDE_CODE,
    PALMER_ISLAND,
    PENGUIN,
    SUBSTITUTION_MATRIX,
)
from dive_assets.toolpool.biological.ionization import GROUPS
from dive_assets.toolpool.biological.penguins import ISLANDS, SPECIES
from dive_assets.toolpool.biological.residue_codes import BASE_LETTERS, MODIFIED_RESIDUES
from dive_assets.toolpool.biological.substitution import MATRICES
from dive_assets.toolpool.shared.data_sources import BIOPYTHON
from dive_assets.tools.seeds import seeds

Seeds = Iterator[tuple[str, str]]


def _alike(values: Iterable[str]) -> Seeds:
    yield from ((value, value) for value in sorted(values))


@seeds(entity=SUBSTITUTION_MATRIX, domain="biological", sources=[BIOPYTHON])
def substitution_matrices() -> Seeds:
    """Substitution matrices of amino acids."""
    yield from _alike(MATRICES)


@seeds(entity=NUCLEOTIDE_CODE, domain="biological", sources=[BIOPYTHON])
def ambiguous_base_letters() -> Seeds:
    """IUPAC letters for more than one base."""
    yield from _alike(set(BASE_LETTERS) - set("ACGT"))


@seeds(entity=MODIFIED_RESIDUE, domain="biological", sources=[BIOPYTHON])
def modified_residues() -> Seeds:
    """Modified residues of the Protein Data Bank."""
    yield from _alike(MODIFIED_RESIDUES)


@seeds(entity=IONIZABLE_GROUP, domain="biological", sources=[PYTEOMICS])
def ionizable_groups() -> Seeds:
    """Ionizable groups of proteins."""
    yield from _alike(GROUPS)


@seeds(entity=BACTERIUM, domain="biological", also=("medical",), sources=[BURTIN])
def bacteria() -> Seeds:
    """Bacteria of Burtin's table."""
    yield from _alike(burtin())


@seeds(entity=ANTIBIOTIC, domain="biological", also=("medical",), sources=[BURTIN])
def antibiotics() -> Seeds:
    """Antibiotics of Burtin's table."""
    yield from _alike(ANTIBIOTICS)


@seeds(entity=PENGUIN, domain="biological", sources=[PALMER_PENGUINS])
def penguin_species() -> Seeds:
    """Penguins of the Palmer Archipelago."""
    yield from _alike(SPECIES)


@seeds(entity=PALMER_ISLAND, domain="biological", sources=[PALMER_PENGUINS])
def palmer_islands() -> Seeds:
    """Islands of the Palmer penguin data."""
    yield from _alike(ISLANDS.values())
