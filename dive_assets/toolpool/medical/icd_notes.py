"""Coding notes of ICD-10-CM: Excludes1 notes and seventh characters."""

import re
from typing import Annotated, Literal

from pydantic import Field

from dive_assets.toolpool.medical.data_sources import ICD10CM_TREE
from dive_assets.toolpool.medical.entity_types import ICD10CM, INJURY
from dive_assets.toolpool.medical.icd import Diagnosis, diagnosis_code, icd10cm
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

REFERRED = re.compile(r"\(([^()]*)\)$")
CODE = re.compile(r"[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?(\.?-)?")
PLAIN_ENCOUNTERS = {"A": "initial encounter", "D": "subsequent encounter", "S": "sequela"}
SEVENTH_CHARACTERS = {letter: letter for letter in "ADGKPS"}
Injury = Annotated[
    str, INJURY, Field(description="ICD-10-CM code that lacks its seventh character, such as S93.401", max_length=8)
]


def referred_codes(note: str) -> list[str]:
    """Codes that a note ends with, "(E08.-)" giving E08; empty if it names none or a range."""
    found = REFERRED.search(note)
    parts = [part.strip() for part in found[1].split(",")] if found else []
    if not all(CODE.fullmatch(part) for part in parts):
        return []
    return [part.removesuffix("-").removesuffix(".") for part in parts]


class ExclusionNotes(Result):
    """Excludes1 notes of a code."""

    excluded: Annotated[
        list[Annotated[str, ICD10CM]] | None,
        Says(
            (
                "the ICD-10-CM codes named in the Excludes1 notes directly under {code}",
                "the codes to which the Excludes1 notes directly under {code} refer",
            ),
            ask=("Which ICD-10-CM codes do the Excludes1 notes directly under {code} name?",),
        ),
    ]
    count: Annotated[
        int | None,
        Quantity("notes", "", 0),
        Says(
            (
                "the number of Excludes1 notes directly under {code} in ICD-10-CM",
                "the number of conditions in the Excludes1 list directly under {code}",
            ),
            has="number of Excludes1 notes of its own in ICD-10-CM",
            ask=("How many Excludes1 notes does the April 2025 release of ICD-10-CM print directly under {code}?",),
            high="largest",
            low="smallest",
        ),
    ]


@tool(
    domain="medical",
    kind="R",
    sources=[ICD10CM_TREE],
    determinism="snapshot",
    probes=[
        Probe(
            {"code": "E11"},
            {"/count": 8, "/excluded": ["E08", "E09", "E10", "E13", "O24.4", "P70.2"]},
            "ICD-10-CM tabular list, FY 2025, Excludes1 at E11",
        ),
        Probe({"code": "A04"}, {"/count": 2, "/excluded": ["A05", "A18.32"]}, "ICD-10-CM tabular list, FY 2025"),
    ],
)
def icd10cm_excludes1(code: Diagnosis) -> ExclusionNotes:
    """Excludes1 notes that ICD-10-CM prints directly under a code (April 2025 release), and the codes they name."""
    dotted = diagnosis_code(code)
    notes = icd10cm().get_excludes1(dotted)
    if not notes:
        raise ToolError(f"ICD-10-CM prints no Excludes1 note directly under {dotted}")
    named = [referred_codes(note) for note in notes]
    codes = sorted({item for items in named for item in items})
    complete = all(named) and all(icd10cm().is_valid_item(item) for item in codes)
    plain = not any(note.endswith(":") for note in notes)
    return ExclusionNotes(excluded=codes if complete else None, count=len(notes) if plain else None)


def seventh_characters(code: str) -> dict[str, str]:
    """Seventh characters that apply to a code. Raises ToolError if it has none or is already extended."""
    found = icd10cm().get_seven_chr_def(code, True) if len(code) < 8 else {}
    if not found or icd10cm().is_leaf(code):
        raise ToolError(f"ICD-10-CM defines no seventh character to add to {code}")
    return found


class ExtendedCode(Result):
    """The billable code of an encounter."""

    extended: Annotated[
        str,
        ICD10CM,
        Says(
            (
                "the billable ICD-10-CM code of {code} for {encounter}",
                "the complete seven-character ICD-10-CM code of {code} for {encounter}",
            ),
            ask=(
                "Which seven-character ICD-10-CM code is reported for {encounter} with {code}?",
                "How is {code} coded in ICD-10-CM, with placeholders if needed, for {encounter}?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[ICD10CM_TREE],
    determinism="snapshot",
    probes=[
        Probe({"code": "S93.401", "encounter": "A"}, {"/extended": "S93.401A"}, "ICD-10-CM guidelines, section I.A.5"),
        Probe({"code": "T36.0X1", "encounter": "D"}, {"/extended": "T36.0X1D"}, "ICD-10-CM guidelines, section I.A.5"),
        Probe({"code": "W01.0", "encounter": "S"}, {"/extended": "W01.0XXS"}, "ICD-10-CM guidelines, section I.A.4"),
    ],
)
def icd10cm_encounter_code(
    code: Injury,
    encounter: Annotated[
        Literal["A", "D", "S"],
        Field(description="A initial, D subsequent encounter, S sequela"),
        Draw.choice({"A": "an initial encounter", "D": "a subsequent encounter", "S": "a sequela"}),
    ],
) -> ExtendedCode:
    """Billable ICD-10-CM code of an injury with its seventh character for the encounter (April 2025 release)."""
    dotted = diagnosis_code(code)
    if seventh_characters(dotted).get(encounter) != PLAIN_ENCOUNTERS[encounter]:
        raise ToolError(f"the seventh characters of {dotted} tell more than the kind of encounter")
    plain = dotted.replace(".", "").ljust(6, "X") + encounter
    return ExtendedCode(extended=diagnosis_code(plain))
