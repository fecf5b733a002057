"""What is known of a compound's danger at work: exposure limits, carcinogenicity (chemicals)."""

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.academic.compound_data import Compound, compound_record
from dive_assets.toolpool.shared.data_sources import CHEMICALS, SCIPY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

IARC_GROUPS = {1: "group 1", 11: "group 2A", 12: "group 2B", 3: "group 3"}
PPM = Quantity("ppm", "parts per million", 3, role="concentration in air")


class ExposureLimits(Result):
    """How much of a vapour or gas workers may breathe."""

    time_weighted: Annotated[
        float | None,
        PPM,
        Says(
            (
                "Ontario's time-weighted average exposure limit for {compound}",
                "the eight-hour exposure limit that Ontario sets for {compound}",
            ),
            has="time-weighted average exposure limit in Ontario",
            ask=("What time-weighted average exposure limit for {compound} applies at workplaces in Ontario?",),
        ),
    ]
    short_term: Annotated[
        float | None,
        PPM,
        Says(
            "Ontario's short-term exposure limit for {compound}",
            has="short-term exposure limit in Ontario",
            ask=("What short-term exposure limit (STEL) for {compound} applies at workplaces in Ontario?",),
        ),
    ]


def _in_ppm(limit: tuple[float, str] | None) -> float | None:
    """A limit that the regulation states in parts per million; limits converted from mg/m³ have long tails."""
    stated = limit is not None and limit[1] == "ppm" and limit[0] == round(limit[0], 3)
    return limit[0] if limit is not None and stated else None


@tool(
    domain="academic",
    kind="R",
    sources=[CHEMICALS],
    determinism="snapshot",
    probes=[
        Probe({"compound": "benzene"}, {"/time_weighted": 0.5, "/short_term": 2.5}, "Ontario Regulation 833"),
        Probe({"compound": "ammonia"}, {"/time_weighted": 25.0, "/short_term": 35.0}, "Ontario Regulation 833"),
    ],
)
def workplace_exposure_limits(compound: Compound) -> ExposureLimits:
    """Occupational exposure limits of a gas or vapour in Ontario, in parts per million (chemicals)."""
    from chemicals import safety

    cas = compound_record(compound).CASs
    found = ExposureLimits(time_weighted=_in_ppm(safety.TWA(cas)), short_term=_in_ppm(safety.STEL(cas)))
    if found.time_weighted is None and found.short_term is None:
        raise ToolError(f"Ontario's table gives no limit of {compound!r} in parts per million")
    return found


class Carcinogenicity(Result):
    """The verdict of the International Agency for Research on Cancer."""

    group: Annotated[
        str,
        Text("the IARC group as 'group 2A'"),
        Says(
            ("the IARC carcinogen group of {compound}", "the group in which IARC classifies {compound}"),
            ask=(
                "In which carcinogen group has IARC classified {compound}?",
                "How does the International Agency for Research on Cancer classify {compound}?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="R",
    sources=[CHEMICALS],
    determinism="snapshot",
    probes=[
        Probe({"compound": "benzene"}, {"/group": "group 1"}, "IARC Monographs, volume 120"),
        Probe({"compound": "chloroform"}, {"/group": "group 2B"}, "IARC Monographs, volume 73"),
        Probe({"compound": "caffeine"}, {"/group": "group 3"}, "IARC Monographs, volume 51"),
    ],
)
def carcinogen_group(compound: Compound) -> Carcinogenicity:
    """Carcinogen group of a compound by the IARC Monographs (table in chemicals)."""
    from chemicals import safety

    cas = compound_record(compound).CASs
    safety.Carcinogen("71-43-2")  # the package loads its tables with the first look-up
    if cas not in safety.IARC_data.index:
        raise ToolError(f"the IARC table in `chemicals` does not list {compound!r}")
    return Carcinogenicity(group=IARC_GROUPS[int(safety.IARC_data.at[cas, "group"])])


class MassConcentration(Result):
    """A vapour's concentration by mass."""

    concentration: Annotated[
        float,
        Quantity("milligram/meter**3", "milligrams per cubic metre", 2),
        Says(
            (
                "the mass concentration, in air at 25 °C and 1 atm, of {ppm} of a gas whose molar mass is {molar_mass}",
                "the mass per cubic metre of air (25 °C, 1 atm) that is equal to {ppm} of a vapour whose molar mass "
                "is {molar_mass}",
            ),
            ask=(
                "A vapour's molar mass is {molar_mass}. In air at 25 °C and 1 atm, which mass concentration is equal "
                "to {ppm} of it?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[SCIPY],
    probes=[
        Probe(
            {"ppm": 25.0, "molar_mass": 17.031},
            {"/concentration": 25 * 17.031 * 101325 / (8.31446261815324 * 298.15) / 1000},
            "ideal gas: 24.465 litres per mole; NIOSH gives 1 ppm of ammonia = 0.70 mg/m³",
        )
    ],
)
def air_mass_concentration(
    ppm: Annotated[float, PPM, Draw.integer(5, 1000, step=5, suffix=" ppm"), Field(gt=0, le=1e6)],
    molar_mass: Annotated[
        float,
        Quantity("gram/mole", "grams per mole", 2, role="molar mass"),
        Draw.decimal(16, 180, 1, suffix=" g/mol"),
        Field(gt=1, le=2000),
    ],
) -> MassConcentration:
    """Mass concentration of a gas in air from parts per million, at 25 °C and 1 atm (ideal gas, CODATA)."""
    import scipy.constants as constants

    litres_per_mole = constants.R * 298.15 / constants.atm * 1000
    return MassConcentration(concentration=ppm * molar_mass / litres_per_mole)
