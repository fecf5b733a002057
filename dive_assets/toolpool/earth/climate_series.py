"""Long series: Pacific sea surface temperature, the Nile, sunspots."""

from __future__ import annotations

import calendar
from functools import cache
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.earth.data_sources import CLIMATE_SERIES
from dive_assets.toolpool.earth.entity_types import DISCHARGE, MONTHS, SEA_TEMPERATURE, Month
from dive_assets.toolpool.earth.package_data import series_rows
from dive_assets.tools.annotations import Draw, Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

MONTH_NAME = Text("the month's English name", role="month of the year")
ElNinoYear = Annotated[int, Draw.integer(1950, 2010, year=True), Field(ge=1950, le=2010)]


@cache
def _nino_temperatures() -> dict[int, list[float]]:
    columns = [calendar.month_abbr[month].upper() for month in MONTHS]
    return {int(row["YEAR"]): [float(row[column]) for column in columns] for row in series_rows("elnino")}


class NinoMonth(Result):
    """Sea surface temperature of the Niño 1+2 region in a month."""

    temperature: Annotated[
        float,
        SEA_TEMPERATURE,
        Says(
            (
                "the mean sea surface temperature of the Niño 1+2 region in {month} {year} by NOAA's ERSST.V3B",
                "NOAA's ERSST.V3B sea surface temperature for the Niño 1+2 region in {month} {year}",
            ),
            ask=("How warm was the sea surface of the Niño 1+2 region in {month} {year} by NOAA's ERSST.V3B?",),
        ),
    ]


@tool(
    domain="earth",
    kind="R",
    sources=[CLIMATE_SERIES],
    probes=[
        Probe({"month": 12, "year": 1997}, {"/temperature": 27.08}),
        Probe({"month": 1, "year": 1950}, {"/temperature": 23.11}),
    ],
)
def nino_sea_surface_temperature(month: Month, year: ElNinoYear) -> NinoMonth:
    """Monthly sea surface temperature of the Niño 1+2 region, 1950 to 2010 (NOAA ERSST.V3B, in statsmodels)."""
    return NinoMonth(temperature=_nino_temperatures()[year][month - 1])


class NinoYear(Result):
    """The Niño 1+2 region over a calendar year."""

    mean: Annotated[
        float,
        SEA_TEMPERATURE,
        Says(
            (
                "the average of the twelve monthly sea surface temperatures of the Niño 1+2 region in {year} by NOAA's "
                "ERSST.V3B",
                "the annual mean sea surface temperature of the Niño 1+2 region in {year} by NOAA's ERSST.V3B",
            ),
            ask=("How warm was the Niño 1+2 region on average over {year} by NOAA's ERSST.V3B?",),
        ),
    ]
    warmest_month: Annotated[
        str,
        MONTH_NAME,
        Says(
            "the month of {year} with the warmest sea surface in the Niño 1+2 region by NOAA's ERSST.V3B",
            ask=("In which month of {year} was the sea of the Niño 1+2 region warmest by NOAA's ERSST.V3B?",),
        ),
    ]
    range: Annotated[
        float,
        Quantity("delta_degC", "degrees Celsius", 2),
        Says(
            "the difference between the warmest and the coldest month of {year} in the Niño 1+2 sea surface "
            "temperature of NOAA's ERSST.V3B",
            ask=(
                "By how much did the warmest and the coldest month of {year} differ in the Niño 1+2 sea surface "
                "temperature of NOAA's ERSST.V3B?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="R",
    sources=[CLIMATE_SERIES],
    probes=[
        Probe(
            {"year": 1950},
            {
                "/mean": (23.11 + 24.2 + 25.37 + 23.86 + 23.03 + 21.57 + 20.63 + 20.15 + 19.67 + 20.03 + 20.02 + 21.8)
                / 12,
                "/warmest_month": "March",
                "/range": 25.37 - 19.67,
            },
        )
    ],
)
def nino_year(year: ElNinoYear) -> NinoYear:
    """Mean, warmest month and range of a year's monthly Niño 1+2 temperatures (NOAA ERSST.V3B, in statsmodels)."""
    months = _nino_temperatures()[year]
    if months.count(max(months)) > 1:
        raise ToolError(f"two months of {year} were equally warm")
    warmest = MONTHS[months.index(max(months)) + 1]
    return NinoYear(mean=sum(months) / 12, warmest_month=warmest, range=max(months) - min(months))


@cache
def _nile() -> dict[int, float]:
    return {int(row["year"]): float(row["volume"]) for row in series_rows("nile")}


class NileYear(Result):
    """The Nile at Aswan in a year."""

    volume: Annotated[
        float,
        Quantity("kilometer**3", "cubic kilometres", 1, additive=True),
        Says(
            (
                "the annual flow of the Nile at Aswan in {year} by Cobb's (1978) series",
                "the volume of water that passed Aswan on the Nile in {year} by Cobb's (1978) series",
            ),
            ask=("How much water did the Nile carry past Aswan in {year} by Cobb's (1978) series?",),
        ),
    ]
    discharge: Annotated[
        float,
        DISCHARGE,
        Says(
            "the mean discharge of the Nile at Aswan over the calendar year {year} by Cobb's (1978) series",
            ask=(
                "What was the mean discharge of the Nile at Aswan over the calendar year {year} by Cobb's (1978) "
                "series?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="R",
    sources=[CLIMATE_SERIES],
    probes=[
        Probe(
            {"year": 1913},
            {"/volume": 45.6, "/discharge": 45.6e9 / (365 * 86400)},
            "456 hundred million cubic metres in R's data set Nile",
        )
    ],
)
def nile_flow(year: Annotated[int, Draw.integer(1871, 1970, year=True), Field(ge=1871, le=1970)]) -> NileYear:
    """Annual flow and mean discharge of the Nile at Aswan, 1871 to 1970 (Cobb 1978, in statsmodels)."""
    cubic_metres = _nile()[year] * 1e8
    seconds = (366 if calendar.isleap(year) else 365) * 86400
    return NileYear(volume=cubic_metres / 1e9, discharge=cubic_metres / seconds)


@cache
def _sunspots() -> dict[int, float]:
    return {int(float(row["YEAR"])): float(row["SUNACTIVITY"]) for row in series_rows("sunspots")}


class SunspotYear(Result):
    """Solar activity in a year."""

    number: Annotated[
        float,
        Quantity("", "", 1, role="sunspot number"),
        Says(
            (
                "the yearly mean sunspot number of {year} by the National Geophysical Data Center's series",
                "the National Geophysical Data Center's mean sunspot number for {year}",
            ),
            ask=("What was the mean sunspot number in {year} by the National Geophysical Data Center's series?",),
        ),
    ]


@tool(
    domain="earth",
    kind="R",
    sources=[CLIMATE_SERIES],
    probes=[Probe({"year": 1957}, {"/number": 190.2}, "international sunspot number (version 1) of 1957: 190.2")],
)
def sunspot_number(year: Annotated[int, Draw.integer(1700, 2008, year=True), Field(ge=1700, le=2008)]) -> SunspotYear:
    """Yearly mean sunspot number (version 1), 1700 to 2008 (NGDC, in statsmodels)."""
    return SunspotYear(number=_sunspots()[year])
