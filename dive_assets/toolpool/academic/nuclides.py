"""Isotopes and radioactive decay (NUBASE2020 in mendeleev, ICRP 107 in radioactivedecay)."""

from typing import Annotated

from dive_assets.toolpool.academic.data_sources import MENDELEEV, RADIOACTIVEDECAY
from dive_assets.toolpool.academic.element_data import Element, atomic_number_of, names_by_number
from dive_assets.toolpool.academic.entity_types import NUCLIDE
from dive_assets.toolpool.academic.nuclide_data import (
    Nuclide,
    abundances,
    decay_record,
    nuclide_name,
    nuclide_parts,
    radioactive,
)
from dive_assets.toolpool.shared.entity_types import ELEMENT
from dive_assets.tools.annotations import Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

MODES = {
    "α": "alpha decay",
    "β-": "beta-minus decay",
    "β+ & EC": "positron emission or electron capture",
    "EC": "electron capture",
    "IT": "isomeric transition",
    "SF": "spontaneous fission",
}


class NaturalIsotopes(Result):
    """The isotopes of an element that occur in nature."""

    isotopes: Annotated[
        list[Annotated[str, NUCLIDE]],
        Says(
            ("the naturally occurring isotopes of {element}", "the isotopes of {element} found in nature"),
            ask=("Which isotopes does NUBASE2020 list with a natural abundance for {element}?",),
        ),
    ]
    most_abundant: Annotated[
        str,
        NUCLIDE,
        Says(
            ("the most abundant natural isotope of {element}", "the commonest natural isotope of {element}"),
            ask=("Which natural isotope of {element} is the most abundant?",),
        ),
    ]
    largest_share: Annotated[
        float,
        Quantity("percent", "percent", 2),
        Says(
            "the natural abundance, by NUBASE2020, of the commonest isotope of {element}",
            has="natural abundance of its commonest isotope",
            ask=(
                "What percentage of the natural atoms of {element} does its most abundant isotope make up, by NUBASE2020?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="R",
    sources=[MENDELEEV],
    probes=[
        Probe(
            {"element": "copper"},
            {"/isotopes": ["copper-63", "copper-65"], "/most_abundant": "copper-63", "/largest_share": 69.15},
            "NUBASE2020",
        )
    ],
)
def natural_isotopes(element: Element) -> NaturalIsotopes:
    """Naturally occurring isotopes of an element by rising mass, and the most abundant one (NUBASE2020, mendeleev)."""
    number = atomic_number_of(element)
    shares = abundances().get(number)
    if not shares:
        raise ToolError(f"{names_by_number()[number]} has no isotope with a natural abundance")
    top = max(shares, key=lambda mass: shares[mass])
    return NaturalIsotopes(
        isotopes=[nuclide_name(number, mass) for mass in sorted(shares)],
        most_abundant=nuclide_name(number, top),
        largest_share=shares[top],
    )


class NuclideIdentity(Result):
    """What a nuclide is made of."""

    element: Annotated[
        str,
        ELEMENT,
        Says("the element of which {nuclide} is an isotope", ask=("Of which element is {nuclide} an isotope?",)),
    ]
    neutrons: Annotated[
        int,
        Quantity("", "", 0),
        Says(
            ("the number of neutrons in a nucleus of {nuclide}", "the neutron number of {nuclide}"),
            has="neutron number",
            ask=("How many neutrons does a nucleus of {nuclide} contain?",),
        ),
    ]
    abundance: Annotated[
        float | None,
        Quantity("percent", "percent", 2),
        Says(
            "the natural abundance of {nuclide}",
            has="natural abundance",
            ask=("What percentage of the natural element is {nuclide}, by NUBASE2020?",),
        ),
    ]


@tool(
    domain="academic",
    kind="R",
    sources=[MENDELEEV],
    probes=[
        Probe(
            {"nuclide": "uranium-235"}, {"/element": "uranium", "/neutrons": 143, "/abundance": 0.7204}, "NUBASE2020"
        ),
        Probe({"nuclide": "Tc-99m"}, {"/element": "technetium", "/neutrons": 56, "/abundance": None}, "NUBASE2020"),
    ],
)
def nuclide_identity(nuclide: Nuclide) -> NuclideIdentity:
    """Element, neutron number and natural abundance of a nuclide (NUBASE2020, in mendeleev)."""
    number, mass, isomer = nuclide_parts(nuclide)
    return NuclideIdentity(
        element=names_by_number()[number],
        neutrons=mass - number,
        abundance=None if isomer else abundances().get(number, {}).get(mass),
    )


class Decay(Result):
    """How a nuclide decays."""

    half_life_hours: Annotated[
        float | None,
        Quantity("hour", "hours", 2, role="duration"),
        Says(
            ("the half-life of {nuclide}", "{nuclide}'s half-life"),
            has="half-life",
            ask=("What is the half-life of {nuclide}, by ICRP Publication 107?",),
            high="longest",
            low="shortest",
        ),
    ]
    half_life_years: Annotated[
        float | None,
        Quantity("year", "years", 2),
        Says(
            "the half-life that ICRP Publication 107 gives for {nuclide}",
            has="half-life",
            ask=("How many years is the half-life of {nuclide}, by ICRP Publication 107?",),
            high="longest",
            low="shortest",
        ),
    ]
    mode: Annotated[
        str,
        Text("the decay mode in words, such as 'alpha decay'"),
        Says("the main decay mode of {nuclide}", ask=("By which mode does {nuclide} mainly decay?",)),
    ]
    daughter: Annotated[
        str | None,
        NUCLIDE,
        Says(
            ("the main decay product of {nuclide}", "the nuclide that {nuclide} mainly decays into"),
            ask=("Which nuclide does {nuclide} most often decay into, by ICRP Publication 107?",),
        ),
    ]
    end_of_chain: Annotated[
        str | None,
        NUCLIDE,
        Says(
            "the stable nuclide at the end of the main decay chain of {nuclide}",
            ask=("At which stable nuclide does the main decay chain of {nuclide} end?",),
        ),
    ]
    chain_steps: Annotated[
        int | None,
        Quantity("", "", 0),
        Says(
            "the number of decays in the main chain that leads from {nuclide} to a stable nuclide",
            has="number of decays down to a stable nuclide",
            ask=("How many decays lead from {nuclide} to a stable nuclide along the most probable branches?",),
        ),
    ]


def _spelt(symbol: str) -> str:
    return nuclide_name(*nuclide_parts(symbol))


def _chain(nuclide: str) -> list[str]:
    """Nuclides below a nuclide along the most probable branches; empty where a branch is lost to fission."""
    chain, record = [], radioactive(nuclide)
    while record.modes:
        if record.daughters[0] == "SF":
            return []
        chain.append(_spelt(record.daughters[0]))
        record = decay_record(chain[-1])
    return chain


@tool(
    domain="academic",
    kind="R",
    sources=[RADIOACTIVEDECAY, MENDELEEV],
    probes=[
        Probe(
            {"nuclide": "molybdenum-99"},
            {"/half_life_hours": 65.94, "/mode": "beta-minus decay", "/daughter": "technetium-99m"},
            "NNDC NuDat",
        ),
        Probe(
            {"nuclide": "uranium-238"},
            {"/half_life_years": 4.468e9, "/end_of_chain": "lead-206", "/chain_steps": 14},
            "NNDC NuDat",
        ),
    ],
)
def nuclide_decay(nuclide: Nuclide) -> Decay:
    """Half-life, decay mode, daughter and decay chain of a nuclide (ICRP Publication 107, radioactivedecay)."""
    record = radioactive(nuclide)
    first, chain = record.daughters[0], _chain(nuclide)
    return Decay(
        half_life_hours=record.hours if record.years < 1 and record.hours >= 0.1 else None,
        half_life_years=record.years if record.years >= 1 else None,
        mode=MODES[record.modes[0]],
        daughter=None if first == "SF" else _spelt(first),
        end_of_chain=chain[-1] if chain else None,
        chain_steps=len(chain) or None,
    )
