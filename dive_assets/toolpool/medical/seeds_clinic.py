"""What tasks of clinic and imaging start from: drugs, DICOM's dictionary, patient groups."""

import re
from collections.abc import Iterator

from dive_assets.toolpool.medical.clinical_studies import GROUPS
from dive_assets.toolpool.medical.data_sources import DRUG_NAMES, LIFELINES, PYDICOM
from dive_assets.toolpool.medical.drug_equivalents import GLUCOCORTICOIDS, OPIOIDS
from dive_assets.toolpool.medical.drugs import cpic_pairs
from dive_assets.toolpool.medical.entity_types import (
    DICOM_ATTRIBUTE,
    DICOM_VR,
    DRUG,
    GLUCOCORTICOID,
    OPIOID,
    PATIENT_GROUP,
    SOP_CLASS,
)
from dive_assets.toolpool.medical.imaging import VR_NAMES, attributes_by_name, sop_classes
from dive_assets.toolpool.medical.seeds import BRANDS
from dive_assets.toolpool.medical.seeds_coding import spread
from dive_assets.tools.seeds import seeds

GENERICS, ATTRIBUTES, SOP_CLASSES = 150, 200, 60
CLINICAL_GROUPS = (0x0008, 0x0010, 0x0018, 0x0020, 0x0028, 0x0040, 0x0054, 0x300A)
COMBINED = ("US or SS", "US or SS or OW", "US or OW", "OB or OW")
FURTHER_BRANDS = """
Actonel Advair Aggrenox Alimta Aloxi Altace Amerge Anaprox Androgel Aranesp Arava Asacol Aubagio Augmentin
Avandia Avastin Avelox Axert Azilect Bactroban Belsomra Benadryl Betaseron Biaxin Brintellix Buspar Bydureon Byetta
Calan Capoten Carafate Catapres Ceclor Ceftin Cefzil Chantix Clarinex Cleocin Clozaril Cogentin Colcrys Compazine
Cordarone Cortef Cubicin Cytomel Cytotec Daraprim Daypro Decadron Deltasone Demerol Desyrel Detrol Dexilant Dilaudid
Ditropan Dolophine Duragesic Edarbi Effient Elavil Elidel Emend Enablex Enbrel Entocort Epivir Epogen Erbitux Eskalith
Exelon Fioricet Floxin Forteo Frova Gabitril Geodon Haldol Harvoni Hytrin Imodium Inderal Inspra Intuniv Invirase
Isentress Kaletra Kenalog Lamisil Lanoxin Latuda Lescol Letairis Levitra Levoxyl Lioresal Livalo Lodine Loestrin Lopid
Lumigan Luvox Macrobid Maxalt Medrol Mevacor Micardis Minipress Mirapex Multaq Mycobutin Myrbetriq Naprosyn Nardil
Neoral Neupogen Niaspan Nucynta Nuvigil Onfi Onglyza Opana Orapred Orencia Oxycontin Pamelor Parlodel Parnate Percodan
Periactin Plaquenil Plendil Precose Procardia Provera Provigil Pulmicort Qvar Ranexa Rapamune Reglan Relafen
Relpax Remicade Renvela Restoril Retrovir Revatio Rilutek Ritalin Rituxan Robaxin Rocephin Roxicodone Rozerem Sandimmune
Saphris Savella Sensipar Serevent Sinequan Skelaxin Soma Sonata Spiriva Sporanox Sprycel Stelara Suboxone Sustiva
Symmetrel Tagamet Tambocor Tamiflu Tarceva Tasigna Tasmar Temodar Tikosyn Tofranil Toprol Toradol Trandate
Trental Tricor Trileptal Truvada Uloric Uroxatral Vesicare Viramune Viread Vivactil Vytorin Xolair Xyzal Zanaflex
Zarontin Zaroxolyn Zebeta Zelboraf Zerit Zomig Zonegran Zyvox
"""


@seeds(entity=DRUG, domain="medical", sources=[DRUG_NAMES])
def further_brand_names() -> Iterator[tuple[str, str]]:
    """Further brands that the vocabulary resolves to one drug of a single word."""
    from drug_named_entity_recognition import drugs_finder

    for brand in sorted(set(FURTHER_BRANDS.split()) - set(BRANDS)):
        found = drugs_finder.drug_variant_to_canonical.get(brand.casefold(), [])
        if len(found) == 1 and re.fullmatch(r"[a-z]+", found[0].casefold()) and found[0].casefold() != brand.casefold():
            yield brand, brand


@seeds(entity=DRUG, domain="medical", sources=[DRUG_NAMES])
def generic_drugs() -> Iterator[tuple[str, str]]:
    """Generic names with a MedlinePlus monograph and a DrugBank number, among them all steroids and opioids."""
    from drug_named_entity_recognition import drugs_finder

    needed = {*GLUCOCORTICOIDS, *OPIOIDS} - cpic_pairs().keys()
    names = sorted(
        name
        for name, data in drugs_finder.drug_canonical_to_data.items()
        if re.fullmatch(r"[a-z]+", name)
        and data.get("drugbank_id")
        and re.fullmatch(r"a\d{6}", data.get("medline_plus_id", ""))
        and drugs_finder.drug_variant_to_canonical.get(name) == [name]
        and name not in needed
        and name not in cpic_pairs()
    )
    yield from ((name, name) for name in sorted({*spread(names, GENERICS), *needed}))


@seeds(entity=GLUCOCORTICOID, domain="medical", sources=[DRUG_NAMES])
def glucocorticoids() -> Iterator[tuple[str, str]]:
    """Glucocorticoids of the table of equivalent doses, and brands of a single one."""
    yield from (
        (name, name) for name in sorted((*GLUCOCORTICOIDS, "Cortef", "Decadron", "Deltasone", "Medrol", "Orapred"))
    )


@seeds(entity=OPIOID, domain="medical", sources=[DRUG_NAMES])
def opioids() -> Iterator[tuple[str, str]]:
    """Opioids of the CDC's table, and brands of a single one."""
    yield from ((name, name) for name in sorted((*OPIOIDS, "Dilaudid", "Nucynta", "Opana", "OxyContin", "Ultram")))


@seeds(entity=DICOM_ATTRIBUTE, domain="medical", sources=[PYDICOM])
def dicom_attributes() -> Iterator[tuple[str, str]]:
    """Attributes of patient, study, acquisition, image, procedure and plan that are no sequences."""
    entries = sorted(
        (entry.tag, name)
        for name, entry in attributes_by_name().items()
        if entry.tag >> 16 in CLINICAL_GROUPS
        and entry.vr not in ("SQ", *COMBINED)
        and len(name) <= 36
        and not re.search(r"[()]|Trial|Code Value|UID", name)
    )
    groups = {name: f"{tag >> 16:04X}" for tag, name in entries}
    names = [name for _, name in entries]
    yield from ((name, name) for name in spread(names, ATTRIBUTES, key=lambda name: groups[name]))


@seeds(entity=DICOM_VR, domain="medical", sources=[PYDICOM])
def dicom_value_representations() -> Iterator[tuple[str, str]]:
    """Value representations that current attributes have."""
    used = {entry.vr for entry in attributes_by_name().values()}
    yield from ((code, name) for code, name in sorted(VR_NAMES.items()) if code in used)


@seeds(entity=SOP_CLASS, domain="medical", sources=[PYDICOM])
def dicom_storage_classes() -> Iterator[tuple[str, str]]:
    """Storage SOP classes with a short name."""
    names = sorted(
        name for name in sop_classes() if name.endswith("Storage") and len(name) <= 45 and "Trial" not in name
    )
    yield from ((name, name) for name in spread(names, SOP_CLASSES, key=lambda name: ""))


@seeds(entity=PATIENT_GROUP, domain="medical", sources=[LIFELINES])
def patient_groups() -> Iterator[tuple[str, str]]:
    """Patient groups of five published studies."""
    yield from ((name, name) for name in sorted(GROUPS))
