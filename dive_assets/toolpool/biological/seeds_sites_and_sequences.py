"""Enzymes, sites, peptides and coding DNA that biological tasks start from."""

from collections.abc import Iterator

from dive_assets.toolpool.biological.codon_usage import most_used, usage_of
from dive_assets.toolpool.biological.data_sources import CODON_TABLES
from dive_assets.toolpool.biological.entity_types import DNA, OVERHANG, PROTEIN, RECOGNITION_SITE, RESTRICTION_ENZYME
from dive_assets.toolpool.biological.enzymes import commercial, suppliers_of
from dive_assets.toolpool.biological.laboratory_peptides import LABORATORY_PEPTIDES
from dive_assets.toolpool.biological.peptides import PEPTIDES
from dive_assets.toolpool.biological.restriction_sites import overhangs
from dive_assets.toolpool.shared.data_sources import BIOPYTHON, STANDARD_LIBRARY
from dive_assets.tools.seeds import seeds

Seeds = Iterator[tuple[str, str]]
CODING_RESIDUES = 11


@seeds(entity=RESTRICTION_ENZYME, domain="biological", sources=[BIOPYTHON])
def single_supplier_enzymes() -> Seeds:
    """Restriction enzymes that one of four large companies alone sells."""
    large = ("New England Biolabs", "Thermo Fisher Scientific", "Takara Bio", "Promega")
    for name, enzyme in commercial().items():
        suppliers = suppliers_of(enzyme)
        if len(suppliers) == 1 and suppliers[0] in large:
            yield name, name


@seeds(entity=RECOGNITION_SITE, domain="biological", sources=[BIOPYTHON])
def recognition_sites() -> Seeds:
    """Recognition sites of enzymes that at least two companies sell."""
    sites = {enzyme.site for enzyme in commercial().values() if len(suppliers_of(enzyme)) >= 2}
    yield from ((site, site) for site in sorted(sites) if len(site) >= 4)


@seeds(entity=OVERHANG, domain="biological", sources=[BIOPYTHON])
def sticky_ends() -> Seeds:
    """Overhangs that commercially available enzymes with a palindromic site leave."""
    yield from ((overhang, overhang) for overhang in overhangs())


@seeds(entity=PROTEIN, domain="biological", sources=[STANDARD_LIBRARY])
def laboratory_peptides() -> Seeds:
    """Peptides of mass spectrometry, immunology and protein engineering."""
    known = set(PEPTIDES.values())
    yield from ((sequence, name) for name, sequence in sorted(LABORATORY_PEPTIDES.items()) if sequence not in known)


@seeds(entity=DNA, domain="biological", sources=[CODON_TABLES])
def yeast_coding_sequences() -> Seeds:
    """Open reading frames for known peptides in the codons that baker's yeast uses most."""
    usage = usage_of("Saccharomyces cerevisiae")
    peptides = sorted({peptide[:CODING_RESIDUES] for peptide in (*PEPTIDES.values(), *LABORATORY_PEPTIDES.values())})
    for peptide in peptides:
        if len(peptide) >= 8:
            sequence = "ATG" + "".join(most_used(usage[letter]) for letter in peptide)
            yield sequence, sequence
