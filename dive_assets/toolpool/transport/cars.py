"""Cars: fuel economy, weight and power of historical models, EPA ratings."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.transport.data_sources import ASA_CARS, EPA_CARS
from dive_assets.toolpool.transport.entity_types import CLASSIC_CAR, EPA_CAR, MILEAGE
from dive_assets.tools.annotations import Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

MISSPELT = {
    "chevroelt": "chevrolet",
    "chevy": "chevrolet",
    "maxda": "mazda",
    "mercedes-benz": "mercedes-benz",
    "toyouta": "toyota",
    "vokswagen": "volkswagen",
    "vw": "volkswagen",
}
UPPER = frozenset(
    [
        "amc",
        "awd",
        "bmw",
        "cvcc",
        "dl",
        "dpl",
        "gl",
        "glc",
        "gle",
        "gls",
        "gt",
        "gti",
        "gtl",
        "gtx",
        "ii",
        "iii",
        "le",
        "lj",
        "ls",
        "ltd",
        "lx",
        "mg",
        "se",
        "sl",
        "srt",
        "sst",
        "sv",
        "sw",
        "tc",
        "wt",
        "xe",
    ]
)
DRIVES = {"f": "front-wheel drive", "r": "rear-wheel drive", "4": "four-wheel drive"}


def _rows(name: str) -> list[dict[str, str]]:
    path = distribution("bokeh_sampledata").locate_file(f"bokeh_sampledata/_data/{name}")
    with Path(str(path)).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def _title(words: str) -> str:
    return " ".join(
        w.upper() if w in UPPER or "/" in w or any(c.isdigit() for c in w) else w[:1].upper() + w[1:]
        for w in words.split()
    )


@cache
def classic_cars() -> dict[str, dict[str, str]]:
    """Cars of the 1983 ASA exposition by label: year, make, model, without diesels and labels that occur twice."""
    found: dict[str, dict[str, str]] = {}
    count: Counter[str] = Counter()
    for row in _rows("auto-mpg.csv"):
        make, _, model = row["name"].strip().partition(" ")
        label = f"the 19{row['yr']} {_title(MISSPELT.get(make, make))} {_title(model.replace('(', '').replace(')', ''))}".strip()
        if "diesel" in label.casefold():
            continue
        count[label] += 1
        found[label] = row
    return {label: row for label, row in sorted(found.items()) if count[label] == 1 and label.count(" ") > 2}


@cache
def epa_cars() -> dict[str, dict[str, str]]:
    """Cars of the EPA sample by label: year, make, model, engine, gearbox, drive. Twice-used labels are left out."""
    found: dict[str, dict[str, str]] = {}
    count: Counter[str] = Counter()
    for row in _rows("auto-mpg2.csv"):
        make, model = row["manufacturer"], row["model"].removeprefix(row["manufacturer"] + " ")
        gears, speeds = row["trans"].rstrip(")").split("(")
        if not speeds[-1].isdigit() or row["fl"] not in ("r", "p"):
            continue
        box = f"{speeds[-1]}-speed {'manual' if gears == 'manual' else 'automatic'}"
        name = f"{_title(make)} {_title(model)}"
        label = f"the {row['year']} {name} {float(row['displ']):.1f} L with {box} gearbox and {DRIVES[row['drv']]}"
        count[label] += 1
        found[label] = row
    return {label: row for label, row in sorted(found.items()) if count[label] == 1}


def _car(cars: dict[str, dict[str, str]], label: str) -> dict[str, str]:
    known = {name.casefold(): row for name, row in cars.items()}
    found = known.get("the " + label.strip().casefold().removeprefix("the "))
    if found is None:
        raise ToolError(f"unknown car {label!r}: give model year, make and model as the data set has them")
    return found


class ClassicCarFacts(Result):
    """A car of the years 1970 to 1982."""

    mpg: Annotated[
        float,
        MILEAGE,
        Says(
            (
                "the fuel economy of {car} in the 1983 ASA exposition data",
                "the miles per US gallon that the 1983 ASA exposition data give for {car}",
            ),
            has="fuel economy in the 1983 ASA exposition data",
            ask=(
                "How many miles per US gallon does {car} make in the 1983 ASA exposition data?",
                "Which fuel economy do the 1983 ASA exposition data give for {car}?",
            ),
        ),
    ]
    horsepower: Annotated[
        float,
        Quantity("horsepower", "horsepower", 0),
        Says(
            (
                "the power of {car} in the 1983 ASA exposition data",
                "the horsepower that the 1983 ASA exposition data give for {car}",
            ),
            has="power in the 1983 ASA exposition data",
            ask=("How many horsepower does {car} have in the 1983 ASA exposition data?",),
        ),
    ]
    weight_lb: Annotated[
        float,
        Quantity("pound", "pounds", 0, additive=True),
        Says(
            (
                "the weight of {car} in the 1983 ASA exposition data",
                "the vehicle weight that the 1983 ASA exposition data give for {car}",
            ),
            has="weight in the 1983 ASA exposition data",
            ask=("How many pounds does {car} weigh in the 1983 ASA exposition data?",),
        ),
    ]
    displacement_in3: Annotated[
        float,
        Quantity("inch**3", "cubic inches", 0),
        Says(
            ("the engine displacement of {car} in the 1983 ASA exposition data",),
            has="engine displacement in the 1983 ASA exposition data",
            ask=("Which engine displacement does {car} have in the 1983 ASA exposition data?",),
            high="largest",
            low="smallest",
        ),
    ]
    acceleration_s: Annotated[
        float,
        Quantity("second", "seconds", 1),
        Says(
            (
                "the 0-to-60-mph time of {car} in the 1983 ASA exposition data",
                "the 0-to-60-mph time that the 1983 ASA exposition data give for {car}",
            ),
            has="time from 0 to 60 mph in the 1983 ASA exposition data",
            ask=("How many seconds does {car} take from 0 to 60 mph in the 1983 ASA exposition data?",),
            high="longest",
            low="shortest",
        ),
    ]
    cylinders: Annotated[
        int,
        Quantity("cylinders", "cylinders", 0),
        Says(
            ("the number of cylinders of {car} in the 1983 ASA exposition data",),
            ask=("How many cylinders does {car} have in the 1983 ASA exposition data?",),
        ),
    ]


@tool(
    domain="transport",
    kind="R",
    sources=[ASA_CARS],
    probes=[
        Probe(
            {"car": "the 1970 Chevrolet Chevelle Malibu"},
            {"/mpg": 18.0, "/horsepower": 130.0, "/weight_lb": 3504.0, "/cylinders": 8},
            "StatLib cars.data, first record",
        ),
        Probe({"car": "the 1970 Buick Skylark 320"}, {"/acceleration_s": 11.5}, "StatLib cars.data, second record"),
    ],
)
def classic_car(car: Annotated[str, CLASSIC_CAR, Field(max_length=80)]) -> ClassicCarFacts:
    """Fuel economy, power, weight, displacement and acceleration of a car of 1970-1982 (1983 ASA exposition)."""
    row = _car(classic_cars(), car)
    return ClassicCarFacts(
        mpg=float(row["mpg"]),
        horsepower=float(row["hp"]),
        weight_lb=float(row["weight"]),
        displacement_in3=float(row["displ"]),
        acceleration_s=float(row["accel"]),
        cylinders=int(row["cyl"]),
    )


class EpaCarFacts(Result):
    """EPA ratings of a car."""

    city_mpg: Annotated[
        float,
        MILEAGE,
        Says(
            (
                "the EPA city fuel economy of {car}",
                "the EPA's city rating for {car}",
            ),
            has="EPA city fuel economy",
            ask=("Which EPA city fuel economy does {car} have?",),
        ),
    ]
    highway_mpg: Annotated[
        float,
        MILEAGE,
        Says(
            (
                "the EPA highway fuel economy of {car}",
                "the EPA's highway rating for {car}",
            ),
            has="EPA highway fuel economy",
            ask=("Which EPA highway fuel economy does {car} have?",),
        ),
    ]
    vehicle_class: Annotated[
        str,
        Text("the vehicle class"),
        Says(
            "the vehicle class of {car} in the EPA sample", ask=("In which vehicle class is {car} in the EPA sample?",)
        ),
    ]


@tool(
    domain="transport",
    kind="R",
    sources=[EPA_CARS],
    probes=[
        Probe(
            {"car": "the 1999 Audi A4 1.8 L with 5-speed manual gearbox and front-wheel drive"},
            {"/city_mpg": 21.0, "/highway_mpg": 29.0, "/vehicle_class": "compact"},
            "fueleconomy.gov, 1999 Audi A4, ratings of that time",
        )
    ],
)
def epa_car(car: Annotated[str, EPA_CAR, Field(max_length=120)]) -> EpaCarFacts:
    """City and highway fuel economy and class of a 1999 or 2008 car (EPA; US gallons, ratings of that time)."""
    row = _car(epa_cars(), car)
    names = {"2seater": "two-seater", "suv": "SUV"}
    return EpaCarFacts(
        city_mpg=float(row["cty"]), highway_mpg=float(row["hwy"]), vehicle_class=names.get(row["class"], row["class"])
    )
