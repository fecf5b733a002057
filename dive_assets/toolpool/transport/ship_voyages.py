"""Voyages by sea, and the flags behind ships' radio identities."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.general.entity_types import Country
from dive_assets.toolpool.shared.countries import country_code, country_name
from dive_assets.toolpool.shared.data_sources import PYCOUNTRY
from dive_assets.toolpool.shared.entity_types import COUNTRY
from dive_assets.toolpool.transport.data_sources import PYAIS, SHIP_THEORY
from dive_assets.toolpool.transport.entity_types import MARITIME_DIGITS
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

SEA_DISTANCE = Quantity("nautical_mile", "nautical miles", 0, additive=True, role="sea distance")
SeaDistance = Annotated[
    float, SEA_DISTANCE, Draw.integer(200, 11000, step=50, suffix=" nautical miles"), Field(gt=0, le=30000)
]


class Voyage(Result):
    """Duration of a voyage."""

    days: Annotated[
        float,
        Quantity("day", "days", 1, additive=True, role="voyage time"),
        Says(
            (
                "the duration of a voyage over {distance} at a steady {speed}",
                "the time at sea over {distance} at a steady {speed}",
            ),
            ask=("How many days does a ship need for {distance} at a steady {speed}?",),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[SHIP_THEORY],
    probes=[Probe({"distance": 8400, "speed": 14}, {"/days": 25.0}, "8400 / 14 = 600 hours")],
)
def voyage_duration(
    distance: SeaDistance, speed: Annotated[float, Draw.decimal(10, 24, 1, suffix=" knots"), Field(gt=0, le=60)]
) -> Voyage:
    """Days at sea from distance and speed (Bowditch, time-speed-distance)."""
    return Voyage(days=distance / speed / 24)


class BunkerUse(Result):
    """Fuel of a voyage."""

    tonnes: Annotated[
        float,
        Quantity("tonne", "tonnes", 0, additive=True, role="bunker fuel"),
        Says(
            ("the bunker fuel for {days} at a consumption of {consumption}",),
            ask=("How much bunker fuel does a ship need for {days} at a consumption of {consumption}?",),
        ),
    ]
    co2_tonnes: Annotated[
        float,
        Quantity("tonne", "tonnes", 0, additive=True),
        Says(
            (
                "the carbon dioxide released in {days} at a heavy fuel oil consumption of {consumption} by the IMO factor "
                "of 3.114",
            ),
            ask=(
                "By the IMO factor of 3.114 for heavy fuel oil, how much carbon dioxide is released in {days} at a consumption of "
                "{consumption}?",
            ),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[SHIP_THEORY],
    probes=[
        Probe(
            {"days": 20, "consumption": 50},
            {"/tonnes": 1000.0, "/co2_tonnes": 3114.0},
            "IMO MEPC.364(79): 3.114 t CO2 per t of heavy fuel oil",
        )
    ],
)
def bunker_consumption(
    days: Annotated[
        float,
        Quantity("day", "days", 1, role="voyage time"),
        Draw.integer(3, 40, suffix=" days at sea"),
        Field(gt=0, le=400),
    ],
    consumption: Annotated[float, Draw.integer(15, 180, suffix=" tonnes a day"), Field(gt=0, le=500)],
) -> BunkerUse:
    """Heavy fuel oil and carbon dioxide of days at sea (IMO MEPC.364(79): 3.114 t per t of heavy fuel oil)."""
    return BunkerUse(tonnes=days * consumption, co2_tonnes=3.114 * days * consumption)


MID_CODES = {608: "SH", 740: "FK"}  # pyais writes IO and UK for Ascension and the Falkland Islands
NO_STATE = frozenset({306, 501, 607, 618, 635})  # shared by former Netherlands Antilles; French polar islands


@cache
def flags() -> dict[str, str]:
    """Alpha-2 code of the flag by maritime identification digits."""
    from pyais.constants import COUNTRY_MAPPING

    return {
        str(mid): MID_CODES.get(mid, code) for mid, (code, _) in sorted(COUNTRY_MAPPING.items()) if mid not in NO_STATE
    }


class ShipFlag(Result):
    """The administration behind maritime identification digits."""

    country: Annotated[
        str,
        COUNTRY,
        Says(
            (
                "the country to which ships with an MMSI beginning with {digits} belong",
                "the flag state of ships whose MMSI begins with {digits}",
            ),
            ask=(
                "Under which flag does a ship sail if its MMSI begins with {digits}?",
                "To which country does an MMSI beginning with {digits} point?",
            ),
        ),
    ]


@tool(
    domain="transport",
    kind="R",
    sources=[PYAIS, PYCOUNTRY],
    determinism="snapshot",
    probes=[
        Probe({"digits": "257"}, {"/country": "Norway"}, "ITU table of maritime identification digits"),
        Probe({"digits": "538"}, {"/country": "the Marshall Islands"}, "ITU table of maritime identification digits"),
    ],
)
def ship_flag(
    digits: Annotated[str, MARITIME_DIGITS, Field(description="three digits", pattern=r"^[2-7]\d\d$")],
) -> ShipFlag:
    """Flag state of maritime identification digits, the first three of a ship's MMSI (ITU table in pyais)."""
    if digits not in flags():
        raise ToolError(f"the maritime identification digits {digits!r} are not assigned")
    return ShipFlag(country=country_name(flags()[digits]))


class CountryDigits(Result):
    """Maritime identification digits of a country."""

    digits: Annotated[
        list[Annotated[str, MARITIME_DIGITS]],
        Says(
            (
                "the maritime identification digits of {country} in the pyais table",
                "the MMSI country digits (MIDs) of {country} in the pyais table",
            ),
            ask=("Which maritime identification digits does the pyais table give {country}?",),
        ),
    ]


@tool(
    domain="transport",
    kind="R",
    sources=[PYAIS, PYCOUNTRY],
    determinism="snapshot",
    probes=[
        Probe({"country": "Norway"}, {"/digits": ["257", "258", "259"]}, "ITU table of maritime identification digits"),
        Probe({"country": "Sweden"}, {"/digits": ["265", "266"]}, "ITU table of maritime identification digits"),
    ],
)
def country_maritime_digits(country: Country) -> CountryDigits:
    """Maritime identification digits of a country, in ascending order (ITU table in pyais)."""
    code = country_code(country)
    found = [digits for digits, owner in flags().items() if owner == code]
    if not found:
        raise ToolError(f"pyais lists no maritime identification digits for {country!r}")
    return CountryDigits(digits=found)
