"""Entity types of the medical pack."""

from dive_assets.tools.annotations import EntityType

ICD10CM = EntityType("icd10cm_code", "diagnosis", "diagnoses", "the ICD-10-CM code", labelled=True)
ICD9CM = EntityType("icd9cm_code", "ICD-9-CM code", "ICD-9-CM codes", "the ICD-9-CM code")
DISEASE = EntityType("omim_disease", "disease", "diseases", "the disease name that HPO uses for the OMIM entry")
DRUG = EntityType("drug_name", "drug", "drugs", "the generic name")
ANALYTE = EntityType("lab_analyte", "laboratory analyte", "laboratory analytes")
INJURY = EntityType("injury_code", "injury", "injuries", "the ICD-10-CM code without seventh character", labelled=True)
ORPHANET_DISEASE = EntityType("orphanet_disease", "Orphanet disease", "Orphanet diseases", "Orphanet's name")
DICOM_ATTRIBUTE = EntityType("dicom_attribute", "DICOM attribute", "DICOM attributes")
DICOM_VR = EntityType(
    "dicom_vr", "value representation", "value representations", "the two-letter DICOM code", labelled=True
)
SOP_CLASS = EntityType("dicom_sop_class", "SOP class", "SOP classes")
GLUCOCORTICOID = EntityType("glucocorticoid", "glucocorticoid", "glucocorticoids", "the generic name")
OPIOID = EntityType("opioid", "opioid", "opioids", "the generic name")
PATIENT_GROUP = EntityType("patient_group", "patient group", "patient groups")
