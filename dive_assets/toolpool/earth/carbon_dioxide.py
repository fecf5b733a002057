"""Carbon dioxide at Mauna Loa and its radiative forcing."""

from __future__ import annotations

import math
from collections import defaultdict
from functools import cache
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.earth.data_sources import CLIMATE_SERIES
from dive_assets.toolpool.earth.entity_types import CO2_LEVEL, MONTHS, Month
from dive_assets.toolpool.earth.package_data import series_rows
from dive_assets.toolpool.shared.data_sources import STANDARD_LIBRARY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

CO2_BEFORE_INDUSTRY = 278.0  # ppm, IPCC's value for 1750
CarbonYear = Annotated[int, Draw.integer(1959, 2001, year=True), Field(ge=1958, le=2001)]


@cache
def _weekly_carbon() -> dict[tuple[int, int], list[float]]:
    """Weekly mean mole fractions by year and month, weeks without data left out."""
    found: dict[tuple[int, int], list[float]] = defaultdict(list)
    for row in series_rows("co2"):
        if row["co2"]:
            found[int(row["date"][:4]), int(row["date"][4:6])].append(float(row["co2"]))
    return dict(found)


class CarbonMonth(Result):
    """Carbon dioxide at Mauna Loa in a month."""

    level: Annotated[
        float,
        CO2_LEVEL,
        Says(
            (
                "the mean of the weekly carbon dioxide readings at Mauna Loa in {month} {year} by Keeling and Whorf's "
                "record",
                "the carbon dioxide level at Mauna Loa in {month} {year} as the mean of Keeling and Whorf's weekly "
                "readings",
            ),
            ask=(
                "What was the mean of Keeling and Whorf's weekly carbon dioxide readings at Mauna Loa in {month} "
                "{year}?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="R",
    sources=[CLIMATE_SERIES],
    probes=[
        Probe({"month": 4, "year": 1958}, {"/level": (317.3 + 317.6 + 317.5 + 316.4) / 4}),
        Probe({"month": 5, "year": 2000}, {"/level": (371.2 + 371.7 + 371.9 + 371.8) / 4}),
    ],
)
def mauna_loa_month(month: Month, year: CarbonYear) -> CarbonMonth:
    """Mean of the weekly carbon dioxide readings of a month at Mauna Loa, 1958 to 2001 (CDIAC, in statsmodels)."""
    weeks = _weekly_carbon().get((year, month))
    if not weeks:
        raise ToolError(f"the record of Mauna Loa has no reading in {MONTHS[month]} {year}")
    return CarbonMonth(level=sum(weeks) / len(weeks))


class CarbonYearFacts(Result):
    """Carbon dioxide at Mauna Loa over a year."""

    level: Annotated[
        float,
        CO2_LEVEL,
        Says(
            (
                "the mean of all weekly carbon dioxide readings at Mauna Loa in {year} by Keeling and Whorf's record",
                "the carbon dioxide level at Mauna Loa in {year} as the mean of Keeling and Whorf's weekly readings",
            ),
            ask=("What was the mean of Keeling and Whorf's weekly carbon dioxide readings at Mauna Loa in {year}?",),
        ),
    ]
    highest: Annotated[
        float,
        CO2_LEVEL,
        Says(
            "the highest weekly carbon dioxide reading at Mauna Loa in {year} by Keeling and Whorf's record",
            ask=("What was Keeling and Whorf's highest weekly carbon dioxide reading at Mauna Loa in {year}?",),
        ),
    ]


@tool(
    domain="earth",
    kind="R",
    sources=[CLIMATE_SERIES],
    probes=[Probe({"year": 2000}, {"/highest": 372.0})],
)
def mauna_loa_year(
    year: Annotated[int, Draw.integer(1965, 2001, year=True), Field(ge=1959, le=2001)],
) -> CarbonYearFacts:
    """Mean and highest weekly carbon dioxide reading of a year at Mauna Loa, 1959 to 2001 (CDIAC, in statsmodels)."""
    months = [weeks for (when, _), weeks in _weekly_carbon().items() if when == year]
    weeks = [week for month in months for week in month]
    if len(months) < 12:
        raise ToolError(f"the record of Mauna Loa lacks whole months of {year}")
    return CarbonYearFacts(level=sum(weeks) / len(weeks), highest=max(weeks))


class Forcing(Result):
    """Radiative forcing of carbon dioxide."""

    forcing: Annotated[
        float,
        Quantity("watt/meter**2", "watts per square metre", 2),
        Says(
            (
                "the radiative forcing, relative to 278 ppm, of {level} by the formula of Myhre et al. (1998)",
                "the forcing relative to 278 ppm that the formula of Myhre et al. (1998) gives for {level}",
            ),
            ask=("Relative to 278 ppm, which radiative forcing has {level} by the formula of Myhre et al. (1998)?",),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe({"level": 556}, {"/forcing": 5.35 * math.log(2)}, "doubling: 3.71 W/m2 in Myhre et al. 1998, IPCC TAR"),
    ],
)
def carbon_dioxide_forcing(
    level: Annotated[
        float,
        CO2_LEVEL,
        Draw.integer(300, 900, suffix=" ppm of carbon dioxide"),
        Field(description="in ppm of carbon dioxide", ge=100, le=3000),
    ],
) -> Forcing:
    """Radiative forcing 5.35 ln(C/278) of carbon dioxide (Myhre et al. 1998, Geophys. Res. Lett. 25, 2715)."""
    return Forcing(forcing=5.35 * math.log(level / CO2_BEFORE_INDUSTRY))
