"""Patient groups of published clinical studies whose data lifelines ships."""

import csv
from collections.abc import Callable
from functools import cache
from pathlib import Path
from statistics import median
from typing import Annotated, NamedTuple

from pydantic import Field

from dive_assets.toolpool.medical.data_sources import LIFELINES
from dive_assets.toolpool.medical.entity_types import PATIENT_GROUP
from dive_assets.tools.annotations import Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

Row = dict[str, str]


class Study(NamedTuple):
    """A data set: its file, the columns of time and event, the days in a unit of time, the column of age."""

    file: str
    time: str
    event: str
    days: int = 1
    age: str = ""
    delimiter: str = ","


class Group(NamedTuple):
    """Patients of a study."""

    study: str
    belongs: Callable[[Row], bool]


def _equals(column: str, *values: str) -> Callable[[Row], bool]:
    return lambda row: row[column] in values


LUNG, BREAST, LEUKEMIA, KIDNEY, LYMPHOMA = "lung", "breast", "leukemia", "kidney", "lymphoma"
STUDIES = {
    LUNG: Study("lung.csv", "time", "status", age="age"),
    BREAST: Study("gbsg2.csv", "time", "cens", age="age"),
    LEUKEMIA: Study("anderson.csv", "t", "status", days=7, delimiter=" "),
    KIDNEY: Study("kidney_transplant.csv", "time", "death", age="age"),
    LYMPHOMA: Study("lymphoma.csv", "Time", "Censor"),
}
GROUPS = {
    "the NCCTG lung cancer cohort": Group(LUNG, lambda row: True),
    "the men in the NCCTG lung cancer cohort": Group(LUNG, _equals("sex", "1")),
    "the women in the NCCTG lung cancer cohort": Group(LUNG, _equals("sex", "2")),
    "the ECOG 0 patients in the NCCTG lung cancer cohort": Group(LUNG, _equals("ph.ecog", "0.0")),
    "the ECOG 1 patients in the NCCTG lung cancer cohort": Group(LUNG, _equals("ph.ecog", "1.0")),
    "the ECOG 2 patients in the NCCTG lung cancer cohort": Group(LUNG, _equals("ph.ecog", "2.0")),
    "the GBSG2 breast cancer trial": Group(BREAST, lambda row: True),
    "the women with hormonal therapy in the GBSG2 breast cancer trial": Group(BREAST, _equals("horTh", "yes")),
    "the women without hormonal therapy in the GBSG2 breast cancer trial": Group(BREAST, _equals("horTh", "no")),
    "the premenopausal women in the GBSG2 breast cancer trial": Group(BREAST, _equals("menostat", "Pre")),
    "the postmenopausal women in the GBSG2 breast cancer trial": Group(BREAST, _equals("menostat", "Post")),
    "the patients with grade I tumours in the GBSG2 breast cancer trial": Group(BREAST, _equals("tgrade", "I")),
    "the patients with grade II tumours in the GBSG2 breast cancer trial": Group(BREAST, _equals("tgrade", "II")),
    "the patients with grade III tumours in the GBSG2 breast cancer trial": Group(BREAST, _equals("tgrade", "III")),
    "the 6-mercaptopurine arm in Freireich's leukemia trial": Group(LEUKEMIA, _equals("Rx", "0")),
    "the placebo arm in Freireich's leukemia trial": Group(LEUKEMIA, _equals("Rx", "1")),
    "Klein and Moeschberger's kidney transplant cohort": Group(KIDNEY, lambda row: True),
    "the white men in Klein and Moeschberger's kidney transplant cohort": Group(KIDNEY, _equals("white_male", "1")),
    "the black men in Klein and Moeschberger's kidney transplant cohort": Group(KIDNEY, _equals("black_male", "1")),
    "the black women in Klein and Moeschberger's kidney transplant cohort": Group(KIDNEY, _equals("black_female", "1")),
    "the white women in Klein and Moeschberger's kidney transplant cohort": Group(
        KIDNEY, lambda row: row["white_male"] == row["black_male"] == row["black_female"] == "0"
    ),
    "the stage III patients in Armitage and Berry's lymphoma data": Group(LYMPHOMA, _equals("Stage_group", "1")),
    "the stage IV patients in Armitage and Berry's lymphoma data": Group(LYMPHOMA, _equals("Stage_group", "2")),
}
GroupName = Annotated[str, PATIENT_GROUP, Field(description="A patient group by its full name", max_length=90)]


@cache
def _rows(study: str) -> list[Row]:
    import importlib.util

    spec = importlib.util.find_spec("lifelines")
    if spec is None or not spec.submodule_search_locations:
        raise ToolError("the package lifelines is not installed")
    path = Path(spec.submodule_search_locations[0]) / "datasets" / STUDIES[study].file
    with path.open() as lines:
        return list(csv.DictReader(lines, delimiter=STUDIES[study].delimiter))


def _members(group: str) -> tuple[Study, list[Row]]:
    folded = {name.casefold(): found for name, found in GROUPS.items()}
    found = folded.get(group.strip().casefold())
    if found is None:
        raise ToolError(f"unknown patient group {group!r}")
    return STUDIES[found.study], [row for row in _rows(found.study) if found.belongs(row)]


def follow_up(group: str) -> list[tuple[float, bool]]:
    """Days of follow-up of each patient and whether it ended with the event, in order of time."""
    study, rows = _members(group)
    return sorted((float(row[study.time]) * study.days, row[study.event] == "1") for row in rows)


class GroupFacts(Result):
    """Size, events and age of a patient group."""

    patients: Annotated[
        int,
        Quantity("patients", "patients", 0, additive=True),
        Says(
            ("the number of patients recorded for {group}", "the patient count of {group}"),
            has="number of patients in lifelines' data",
            ask=("How many patients does the data set of lifelines hold for {group}?",),
            high="largest",
            low="smallest",
        ),
    ]
    events: Annotated[
        int,
        Quantity("events", "events", 0, additive=True),
        Says(
            ("the number of observed events for {group}", "the number of uncensored follow-ups for {group}"),
            has="number of observed events in lifelines' data",
            ask=("How many end-point events, not counting censored follow-ups, were observed for {group}?",),
            high="largest",
            low="smallest",
        ),
    ]
    median_age: Annotated[
        float | None,
        Quantity("year", "years", 1),
        Says(
            ("the median age at entry of {group}", "the median entry age of {group}"),
            has="median age at entry",
            ask=("What is the median age at entry of {group}?",),
        ),
    ]


@tool(
    domain="medical",
    kind="R",
    sources=[LIFELINES],
    probes=[
        Probe(
            {"group": "the NCCTG lung cancer cohort"},
            {"/patients": 228, "/events": 165, "/median_age": 63.0},
            "R survival, data set lung; Loprinzi 1994",
        ),
        Probe({"group": "the GBSG2 breast cancer trial"}, {"/patients": 686, "/events": 299}, "R TH.data, GBSG2"),
        Probe(
            {"group": "Klein and Moeschberger's kidney transplant cohort"},
            {"/patients": 863, "/events": 140},
            "Klein and Moeschberger, section 1.7",
        ),
    ],
)
def patient_group(group: GroupName) -> GroupFacts:
    """Patients, events and median age of a group in a published clinical study (data sets of lifelines)."""
    study, rows = _members(group)
    return GroupFacts(
        patients=len(rows),
        events=sum(row[study.event] == "1" for row in rows),
        median_age=median(float(row[study.age]) for row in rows) if study.age else None,
    )
