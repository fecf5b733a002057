"""Entity types of the biological pack."""

from dive_assets.tools.annotations import EntityType

GENE_ALIAS = EntityType("gene_alias", "gene alias", "gene aliases")
CHROMOSOME = EntityType("human_chromosome", "human chromosome", "human chromosomes", "it as 'chromosome N'")
PHENOTYPE = EntityType("hpo_phenotype", "HPO phenotype", "HPO phenotypes", "the name of the HPO term")
RESTRICTION_ENZYME = EntityType("restriction_enzyme", "restriction enzyme", "restriction enzymes")
RECOGNITION_SITE = EntityType("recognition_site", "recognition site", "recognition sites", "it in IUPAC letters")
SUPPLIER = EntityType("enzyme_supplier", "enzyme supplier", "enzyme suppliers")
DNA = EntityType("dna_sequence", "DNA sequence", "DNA sequences", "it in one-letter code, 5' to 3'")
PROTEIN = EntityType("protein_sequence", "peptide", "peptides", "its sequence in one-letter code")
GENETIC_CODE = EntityType("genetic_code", "genetic code", "genetic codes", "NCBI's name of the code")
CODON = EntityType("codon", "codon", "codons", "the three DNA letters")
AMINO_ACID = EntityType("amino_acid", "amino acid", "amino acids", "the full name")
ORGANISM = EntityType("codon_usage_organism", "organism", "organisms")
AMINO_ACID_SCALE = EntityType("amino_acid_scale", "amino-acid scale", "amino-acid scales")
