"""Greenhouse gases and their warming potentials."""

from __future__ import annotations

import csv
import math
from collections import Counter
from functools import cache
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.earth.entity_types import GREENHOUSE_GAS
from dive_assets.toolpool.earth.package_data import package_file
from dive_assets.toolpool.shared.data_sources import CHEMICALS, STANDARD_LIBRARY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool


@cache
def greenhouse_gases() -> dict[str, dict[str, str]]:
    """Gases of IPCC AR6 by their designation: the acronym (HFC-134a) where there is one, else the name."""
    path = package_file("chemicals", "Environment", "Official Global Warming Potentials 2021.tsv")
    with path.open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["CAS"] != "124-38-9"]
    labels = [(row["Acronym"].strip() or row["Name"].strip()) for row in rows]
    counts = Counter(label.casefold() for label in labels)
    kept = (
        (label[0].lower() + label[1:] if label[1:].islower() else label, row)
        for label, row in zip(labels, rows, strict=True)
        if counts[label.casefold()] == 1 and row["100yr GWP"]
    )
    return dict(kept)


@cache
def _gases_by_spelling() -> dict[str, str]:
    spellings: dict[str, str] = {}
    for label, row in greenhouse_gases().items():
        for spelling in (label, row["Name"], row["Formula"], row["CAS"]):
            spellings.setdefault(spelling.strip().casefold(), label)
    return spellings


def _gas_row(gas: str) -> dict[str, str]:
    """The AR6 row of a gas. Raises ToolError for an unknown one."""
    label = _gases_by_spelling().get(gas.strip().casefold())
    if label is None:
        raise ToolError(f"unknown greenhouse gas {gas!r}: give the IPCC's designation, for example HFC-134a")
    return greenhouse_gases()[label]


Gas = Annotated[str, GREENHOUSE_GAS, Field(description="HFC-134a, methane, or a CAS number", max_length=80)]
GWP = Quantity("", "", 2, role="global warming potential")


class GasFacts(Result):
    """Global warming potential and lifetime of a gas."""

    gwp_100: Annotated[
        float,
        GWP,
        Says(
            (
                "the 100-year global warming potential of {gas} by IPCC AR6",
                "the IPCC's AR6 value for the warming potential of {gas} over 100 years",
            ),
            has="100-year global warming potential by IPCC AR6",
            ask=("Which global warming potential over 100 years does IPCC AR6 give for {gas}?",),
        ),
    ]
    gwp_20: Annotated[
        float,
        GWP,
        Says(
            "the 20-year global warming potential of {gas} by IPCC AR6",
            has="20-year global warming potential by IPCC AR6",
            ask=("Which global warming potential over 20 years does IPCC AR6 give for {gas}?",),
        ),
    ]
    lifetime: Annotated[
        float | None,
        Quantity("year", "years", 3, role="atmospheric lifetime"),
        Says(
            (
                "the atmospheric lifetime of {gas} by IPCC AR6",
                "the lifetime in the atmosphere that IPCC AR6 gives for {gas}",
            ),
            has="atmospheric lifetime by IPCC AR6",
            ask=("How long is the atmospheric lifetime of {gas} by IPCC AR6?",),
            high="longest",
            low="shortest",
        ),
    ]
    formula: Annotated[
        str,
        Text("the formula as the IPCC writes it"),
        Says(
            "the chemical formula of {gas} in the IPCC's AR6 table",
            ask=("Which formula does the IPCC's AR6 table give for {gas}?",),
        ),
    ]


@tool(
    domain="earth",
    kind="R",
    sources=[CHEMICALS],
    probes=[
        Probe(
            {"gas": "methane"},
            {"/gwp_100": 27.9, "/gwp_20": 81.2},
            "IPCC AR6 WG1, table 7.SM.7",
        ),
        Probe({"gas": "nitrous oxide"}, {"/gwp_100": 273, "/gwp_20": 273, "/lifetime": 109}),
        Probe({"gas": "HFC-134a"}, {"/gwp_100": 1530, "/gwp_20": 4140, "/lifetime": 14}, "IPCC AR6, table 7.SM.7"),
    ],
)
def greenhouse_gas(gas: Gas) -> GasFacts:
    """Global warming potentials and lifetime of a greenhouse gas (IPCC AR6 WG1 table 7.SM.7, in chemicals)."""
    row = _gas_row(gas)
    return GasFacts(
        gwp_100=float(row["100yr GWP"]),
        gwp_20=float(row["20yr GWP"]),
        lifetime=float(row["Lifetime, years"]) if row["Lifetime, years"] else None,
        formula=row["Formula"].strip(),
    )


class GasEffects(Result):
    """Temperature-change potential and radiative efficiency of a gas."""

    gtp_100: Annotated[
        float,
        Quantity("", "", 3),
        Says(
            (
                "the 100-year global temperature-change potential of {gas} by IPCC AR6",
                "the IPCC's AR6 value for the temperature-change potential of {gas} after 100 years",
            ),
            has="100-year global temperature-change potential by IPCC AR6",
            ask=("Which global temperature-change potential after 100 years does IPCC AR6 give for {gas}?",),
        ),
    ]
    gtp_50: Annotated[
        float,
        Quantity("", "", 3),
        Says(
            "the 50-year global temperature-change potential of {gas} by IPCC AR6",
            has="50-year global temperature-change potential by IPCC AR6",
            ask=("Which global temperature-change potential after 50 years does IPCC AR6 give for {gas}?",),
        ),
    ]
    radiative_efficiency: Annotated[
        float,
        Quantity("milliwatt/meter**2/ppb", "milliwatts per square metre and ppb", 3),
        Says(
            "the radiative efficiency of {gas} by IPCC AR6",
            has="radiative efficiency by IPCC AR6",
            ask=("Which radiative efficiency does IPCC AR6 give for {gas}?",),
        ),
    ]


@tool(
    domain="earth",
    kind="R",
    sources=[CHEMICALS],
    probes=[
        Probe(
            {"gas": "methane"},
            {"/gtp_100": 5.38, "/gtp_50": 11.0, "/radiative_efficiency": 0.388},
        ),
        Probe({"gas": "CFC-11"}, {"/radiative_efficiency": 291}),
    ],
)
def greenhouse_gas_effects(gas: Gas) -> GasEffects:
    """Temperature-change potentials and radiative efficiency of a gas (IPCC AR6 WG1 table 7.SM.7, in chemicals)."""
    row = _gas_row(gas)
    return GasEffects(
        gtp_100=float(row["100yr GTP"]),
        gtp_50=float(row["50yr GTP"]),
        radiative_efficiency=1000 * float(row["Radiative efficiency, W/m^2/ppb"]),
    )


class EarlierPotentials(Result):
    """Warming potentials of earlier IPCC reports."""

    ar5: Annotated[
        float | None,
        GWP,
        Says(
            (
                "the 100-year global warming potential of {gas} by IPCC AR5",
                "the IPCC's AR5 value for the warming potential of {gas} over 100 years",
            ),
            has="100-year global warming potential by IPCC AR5",
            ask=("Which global warming potential over 100 years did IPCC AR5 give for {gas}?",),
        ),
    ]
    ar4: Annotated[
        float | None,
        GWP,
        Says(
            "the 100-year global warming potential of {gas} by IPCC AR4",
            has="100-year global warming potential by IPCC AR4",
            ask=("Which global warming potential over 100 years did IPCC AR4 give for {gas}?",),
        ),
    ]


@cache
def _earlier(year: int) -> dict[str, float]:
    path = package_file("chemicals", "Environment", f"Official Global Warming Potentials {year}.tsv")
    with path.open(newline="", encoding="utf-8") as file:
        return {
            row["CAS"].strip(): float(row["100yr GWP"])
            for row in csv.DictReader(file, delimiter="\t")
            if row["100yr GWP"]
        }


@tool(
    domain="earth",
    kind="R",
    sources=[CHEMICALS],
    probes=[
        Probe({"gas": "methane"}, {"/ar4": 25}, "IPCC AR4 WG1, table 2.14"),
        Probe({"gas": "sulfur hexafluoride"}, {"/ar5": 23500, "/ar4": 22800}, "IPCC AR5 8.A.1; AR4 2.14"),
        Probe({"gas": "HFC-134a"}, {"/ar5": 1300, "/ar4": 1430}, "IPCC AR5 8.A.1; AR4 2.14"),
    ],
)
def greenhouse_gas_earlier_values(gas: Gas) -> EarlierPotentials:
    """100-year global warming potentials of a gas in IPCC AR5 (2014) and AR4 (2007) (tables in chemicals)."""
    cas = _gas_row(gas)["CAS"].strip()
    ar5, ar4 = _earlier(2014).get(cas), _earlier(2007).get(cas)
    if ar5 is None and ar4 is None:
        raise ToolError(f"the tables of AR4 and AR5 lack {gas!r}")
    return EarlierPotentials(ar5=ar5, ar4=ar4)


class Equivalent(Result):
    """Carbon dioxide equivalent of a leak."""

    mass: Annotated[
        float,
        Quantity("tonne", "tonnes", 2, additive=True),
        Says(
            (
                "the carbon dioxide equivalent of {amount} of a gas with a global warming potential of {gwp}",
                "the CO₂-equivalent mass of a leak of {amount} of a gas with a global warming potential of {gwp}",
            ),
            ask=(
                "To how much carbon dioxide does a leak of {amount} correspond at a global warming potential of {gwp}?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[Probe({"amount": 50, "gwp": 1530}, {"/mass": 76.5}, "50 kg * 1530")],
)
def carbon_dioxide_equivalent(
    amount: Annotated[float, Draw.integer(1, 900, suffix=" kg"), Field(description="in kg", gt=0, le=1e12)],
    gwp: Annotated[float, GWP, Draw.integer(20, 15000, step=10), Field(ge=0, le=50000)],
) -> Equivalent:
    """Carbon dioxide equivalent in tonnes: mass in kilograms times global warming potential."""
    return Equivalent(mass=amount * gwp / 1000)


class Decay(Result):
    """What is left of an emission."""

    percent: Annotated[
        float,
        Quantity("percent", "per cent", 1),
        Says(
            (
                "the percentage of an emission left after {years} at an e-folding lifetime of {lifetime}",
                "the share in per cent of a gas still airborne after {years} with an e-folding lifetime of {lifetime}",
            ),
            ask=("How many per cent of an emission are left after {years} at an e-folding lifetime of {lifetime}?",),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe({"years": 10, "lifetime": 10}, {"/percent": 36.787944117144235}, "100 / e after one e-folding time"),
    ],
)
def airborne_remainder(
    years: Annotated[float, Draw.integer(1, 100, suffix=" years"), Field(description="in years", ge=0, le=100000)],
    lifetime: Annotated[
        float,
        Quantity("year", "years", 3, role="atmospheric lifetime"),
        Draw.integer(3, 200, suffix=" years"),
        Field(description="in years", gt=0, le=1e6),
    ],
) -> Decay:
    """Percentage left of an emission after some years of exponential removal, 100 exp(-t / lifetime)."""

    return Decay(percent=100 * math.exp(-years / lifetime))
