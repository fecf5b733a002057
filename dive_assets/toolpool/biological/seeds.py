"""Entities that biological tasks start from."""

import hashlib
from collections.abc import Iterator

from dive_assets.toolpool.biological.codon_usage import ORGANISMS, usage_of
from dive_assets.toolpool.biological.data_sources import AAINDEX, CODON_TABLES, HGFIND, HPO3
from dive_assets.toolpool.biological.entity_types import (
    AMINO_ACID,
    AMINO_ACID_SCALE,
    CHROMOSOME,
    CODON,
    DNA,
    GENE_ALIAS,
    GENETIC_CODE,
    ORGANISM,
    PHENOTYPE,
    PROTEIN,
    RESTRICTION_ENZYME,
    SUPPLIER,
)
from dive_assets.toolpool.biological.enzymes import SUPPLIERS, commercial, suppliers_of
from dive_assets.toolpool.biological.genetic_codes import codes
from dive_assets.toolpool.biological.genome import CHROMOSOMES, chromosome_name, is_symbol, locus, symbols_of_alias
from dive_assets.toolpool.biological.peptides import PEPTIDES
from dive_assets.toolpool.biological.phenotypes import gene_terms, terms_by_name
from dive_assets.toolpool.biological.residues import AMINO_ACIDS, SCALES
from dive_assets.toolpool.shared.data_sources import BIOPYTHON, STANDARD_LIBRARY
from dive_assets.toolpool.shared.entity_types import GENE
from dive_assets.tools.errors import ToolError
from dive_assets.tools.seeds import seeds

Seeds = Iterator[tuple[str, str]]
FEWEST_PHENOTYPES = 75
ALIASES = """
    HER2 HER3 HER4 P53 p53 PD-1 PD-L1 PD-L2 CD20 CD21 CD23 CD25 CD26 CD30 CD31 CD35 CD39 CD41 CD49D CD54 CD56
    CD61 CD62L CD64 CD71 CD73 CD95 CD106 CD115 CD117 CD123 CD127 CD135 CD137 CD138 CD140A CD147 CD150 CD152
    CD155 CD162 CD184 CD221 CD223 CD243 CD252 CD261 CD271 CD274 CD309 CD340 MDR1 MRP1 MRP2 BCRP FLK1 FLT4 VEGF
    VEGFR2 VEGFR3 c-Met HGFR C-KIT SCF SDF1 MCP-1 RANTES IL-8 IL-6 IL-2 TNF-alpha TNFA OCT4 OCT3 BRN2 OTF3 GLUT1
    GLUT2 GLUT3 GLUT4 NHE1 NBC1 SERT DAT1 COX2 COX-2 COX1 iNOS eNOS ENOS nNOS ACE1 LKB1 PTEN1 MMAC1 P16 p16 p21
    P21 CIP1 WAF1 p27 KIP1 P27KIP1 HDM2 AIB1 NCOA SRC3 ESR ERalpha PR NR3C3 NR3C1 AR VDR1 NRF2 KEAP IKB IKK2
    IKKA NEMO TAK1 MEK1 MEK2 ERK1 ERK2 P38 JNK1 JNK2 JNK3 AKT PKB PKCA RSK2 CAK LRP-1 LDLCQ1 APOBEC PS1 PS2 AD3
    TAU MTBT1 PARK1 PARK2 PARK8 HD SCA1 SCA2 SCA3 SCA7 FRAXA FMRP FMR-1 DMPK1 DM1 LGMD2A LGMD2B BMD CMT1A CMT1B
    CMT2A2 CMTX1 HNPP FAP RNF53 FANCS FANCD1 FANCN FANCJ FANCO FANCR COCA1 COCA2 HNPCC1 HNPCC2 FCC1 FCC2 MEN1A
    MEN2A NF-1 VHL1 RB p105-Rb TSC TSC4 PKD4 APKD1 AGS5 EPLG3 HOX11 MLL MLL1 MLL2 MLL4 ETO AML1 TEL NPM LAF4
    CBFB1 CHIP28 AQP-CD NKCC1 NKCC2 BSC1 NCCT ENAC KV1.1 KV1.2 KV7.1 HERG Kir2.1 Nav1.1 Nav1.2 Nav1.4 Nav1.5
    Nav1.7 CAV1.2 CAV2.1 CAV1.1 RYR-1 SERCA2 PLB ANKB LQT1 LQT2 LQT3 LQT5 CMH1 CMH2 CMH4 CMD1A PPARG1 PPARgamma
    PGC1 PGC-1alpha SREBP1 HNF1 HNF4 MODY1 MODY2 MODY3 LCA2 USH1B USH2 DFNB1 DFNB4 STGD1 ARMD1 GDF8 BMP2A OPG
    TRAP RANKL TRANCE SOST1 HPC1 ICAM VCAM NCAM LFA-1 MAC-1 GPIIb GP3A VWD F8C F8 FVIII FIX PAI-1 PAI1 TPA UPA
    UPAR AT3 PROC1 DDIT3 CHOP GADD153 XBP2 GRP78 BIP HSP70 HSP90 HSP60 GAPD ACTB1 B2MG DIS3L2 CDC2 CAK1 TS DHFR1
    TP TYMP1 DPD UGT1 CYP3A CYP2D CPR GSTP TOPO2A TOP2 STK15 AURA PLK SURVIVIN API4 XIAP1 MCH5 FLICE FADD1
    CASP-8 FAS1 APO-1 TRAIL TRAILR2 DR5 DR4 BCL-2 MCL-1 NOXA PUMA
"""
CLONING_SITES = [
    "GAATTC",
    "GGATCC",
    "AAGCTT",
    "CTGCAG",
    "GTCGAC",
    "TCTAGA",
    "GGTACC",
    "GAGCTC",
    "CCCGGG",
    "CTCGAG",
    "GCATGC",
    "CCATGG",
    "CATATG",
    "AGATCT",
    "GCTAGC",
    "ACTAGT",
    "GATATC",
    "CAGCTG",
    "TGGCCA",
    "ACGCGT",
    "CAATTG",
    "CCTAGG",
]


@seeds(entity=GENE, domain="biological", also=("medical",), sources=[HGFIND, HPO3])
def well_described_genes() -> Seeds:
    """Protein-coding genes with one locus and many phenotypes in the Human Phenotype Ontology."""
    from pyhpo import Ontology

    terms_by_name()
    for symbol in sorted(gene.name for gene in Ontology.genes if len(gene.hpo) >= FEWEST_PHENOTYPES):
        try:
            known = locus(symbol).coding and len(gene_terms(symbol)) >= FEWEST_PHENOTYPES
        except ToolError:
            known = False
        if known and "orf" not in symbol and not symbol.startswith("MT-"):
            yield symbol, symbol


@seeds(entity=GENE_ALIAS, domain="biological", also=("medical",), sources=[HGFIND])
def gene_aliases() -> Seeds:
    """Aliases in common use that name one gene and are no symbol themselves."""
    for alias in sorted(set(ALIASES.split())):
        if len(symbols_of_alias(alias)) == 1 and not is_symbol(alias):
            yield alias, alias


@seeds(entity=CHROMOSOME, domain="biological", sources=[HGFIND])
def chromosomes() -> Seeds:
    """The human nuclear chromosomes."""
    yield from ((chromosome_name(key), chromosome_name(key)) for key in CHROMOSOMES if key != "MT")


@seeds(entity=PHENOTYPE, domain="biological", also=("medical",), sources=[HPO3])
def phenotypes_of_genes() -> Seeds:
    """Short-named phenotypes with 80 to 300 genes in the Human Phenotype Ontology."""
    for term in sorted(terms_by_name().values(), key=lambda term: term.name):
        plain = term.name.replace(" ", "").replace("-", "").isalpha() and "Abnormal" not in term.name
        if plain and len(term.name) <= 28 and 80 <= len(term.genes) <= 300:
            yield term.name, term.name


@seeds(entity=RESTRICTION_ENZYME, domain="biological", sources=[BIOPYTHON])
def well_known_enzymes() -> Seeds:
    """Restriction enzymes that at least two companies sell."""
    yield from ((name, name) for name, enzyme in commercial().items() if len(suppliers_of(enzyme)) >= 2)


@seeds(entity=SUPPLIER, domain="biological", sources=[BIOPYTHON])
def enzyme_suppliers() -> Seeds:
    """Companies that sell restriction enzymes."""
    yield from ((name, name) for name in sorted(SUPPLIERS.values()) if not name.startswith(("Agilent", "SinaClon")))


@seeds(entity=GENETIC_CODE, domain="biological", sources=[BIOPYTHON])
def genetic_code_names() -> Seeds:
    """NCBI's translation tables by name."""
    yield from ((name, name) for name in sorted(codes()))


@seeds(entity=CODON, domain="biological", sources=[BIOPYTHON])
def codons() -> Seeds:
    """The 64 codons."""
    for codon in (first + second + third for first in "ACGT" for second in "ACGT" for third in "ACGT"):
        yield codon, codon


@seeds(entity=AMINO_ACID, domain="biological", sources=[BIOPYTHON])
def amino_acid_names() -> Seeds:
    """The twenty standard amino acids."""
    yield from ((name, name) for name in sorted(AMINO_ACIDS.values()))


@seeds(entity=AMINO_ACID_SCALE, domain="biological", sources=[AAINDEX])
def amino_acid_scales() -> Seeds:
    """Well-known scales of AAindex."""
    yield from ((name, name) for name in sorted(SCALES))


@seeds(entity=ORGANISM, domain="biological", sources=[CODON_TABLES])
def codon_usage_organisms() -> Seeds:
    """Organisms with a codon usage table."""
    yield from ((name, name) for name in sorted(ORGANISMS))


@seeds(entity=PROTEIN, domain="biological", sources=[STANDARD_LIBRARY])
def known_peptides() -> Seeds:
    """Hormones, toxins, epitopes and tags of 9 to 45 residues."""
    yield from ((sequence, name) for name, sequence in sorted(PEPTIDES.items()))


def _draws(text: str) -> Iterator[int]:
    """Bytes that depend on a text alone."""
    for number in range(64):
        yield from hashlib.sha256(f"{text}/{number}".encode()).digest()


@seeds(entity=DNA, domain="biological", sources=[CODON_TABLES])
def coding_sequences() -> Seeds:
    """Open reading frames for the starts of known peptides, some with cloning sites in frame."""
    usage = usage_of("Homo sapiens")
    for name, peptide in sorted(PEPTIDES.items()):
        for with_sites in (False, True):
            draws = _draws(f"{name}/{with_sites}")
            encoded = "".join(sorted(usage[a])[next(draws) % len(usage[a])] for a in peptide[: 6 if with_sites else 12])
            sites = [CLONING_SITES[next(draws) % len(CLONING_SITES)] for _ in range(3 if with_sites else 0)]
            sequence = "ATG" + "".join(sites[:1]) + encoded + "".join(sites[1:])
            yield sequence, sequence
