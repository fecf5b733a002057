"""Entity types of the medical pack."""

from dive_assets.tools.annotations import EntityType

ICD10CM = EntityType("icd10cm_code", "diagnosis", "diagnoses", "the ICD-10-CM code", labelled=True)
ICD9CM = EntityType("icd9cm_code", "ICD-9-CM code", "ICD-9-CM codes", "the ICD-9-CM code")
DISEASE = EntityType("omim_disease", "disease", "diseases", "the disease name that HPO uses for the OMIM entry")
DRUG = EntityType("drug_name", "drug", "drugs", "the generic name")
ANALYTE = EntityType("lab_analyte", "laboratory analyte", "laboratory analytes")
