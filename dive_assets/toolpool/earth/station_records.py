"""Daily records of a weather station and a buoy, and degree days."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.earth.data_sources import LINCOLN_WEATHER, NERACOOS
from dive_assets.toolpool.earth.entity_types import (
    MONTHS,
    SEA_TEMPERATURE,
    Month,
    parse_date,
)
from dive_assets.toolpool.earth.package_data import package_file
from dive_assets.toolpool.shared.data_sources import STANDARD_LIBRARY
from dive_assets.toolpool.shared.entity_types import ISO_DATE
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

DAILY_MAXIMUM = Quantity("degF", "degrees Fahrenheit", 0, ratio=False, role="daily high")
DAILY_MINIMUM = Quantity("degF", "degrees Fahrenheit", 0, ratio=False, role="daily low")


@cache
def _lincoln() -> dict[str, tuple[float, float]]:
    with package_file("bokeh_sampledata", "_data", "lincoln_weather.csv").open(newline="") as file:
        return {row["DATE"]: (float(row["TMAX"]), float(row["TMIN"])) for row in csv.DictReader(file) if row["TMAX"]}


class LincolnDay(Result):
    """Highest and lowest temperature of a day."""

    maximum: Annotated[
        float,
        DAILY_MAXIMUM,
        Says(
            (
                "the maximum temperature recorded at the station Lincoln 11 SW, Nebraska, on {date}",
                "the day's high at the station Lincoln 11 SW, Nebraska, on {date}",
            ),
            ask=("How warm did it get at the station Lincoln 11 SW, Nebraska, on {date}?",),
        ),
    ]
    minimum: Annotated[
        float,
        DAILY_MINIMUM,
        Says(
            (
                "the minimum temperature recorded at the station Lincoln 11 SW, Nebraska, on {date}",
                "the day's low at the station Lincoln 11 SW, Nebraska, on {date}",
            ),
            ask=("How cold did it get at the station Lincoln 11 SW, Nebraska, on {date}?",),
        ),
    ]


@tool(
    domain="earth",
    kind="R",
    sources=[LINCOLN_WEATHER],
    probes=[Probe({"date": "2016-01-01"}, {"/maximum": 36, "/minimum": 15})],
)
def lincoln_temperatures(
    date: Annotated[str, ISO_DATE, Draw.date("2016-01-01", "2016-12-31"), Field(pattern=r"^\d{4}-\d\d-\d\d$")],
) -> LincolnDay:
    """Maximum and minimum temperature at Lincoln 11 SW, Nebraska, on a day of 2016 (NOAA, in bokeh_sampledata)."""
    found = _lincoln().get(parse_date(date).isoformat())
    if found is None:
        raise ToolError(f"the record of Lincoln covers 2016 and has no reading of {date}")
    return LincolnDay(maximum=found[0], minimum=found[1])


class LincolnMonth(Result):
    """A month of daily temperatures."""

    mean_maximum: Annotated[
        float,
        Quantity("degF", "degrees Fahrenheit", 1, ratio=False),
        Says(
            (
                "the mean daily maximum at the station Lincoln 11 SW, Nebraska, in {month} 2016",
                "the average high at the station Lincoln 11 SW, Nebraska, in {month} 2016",
            ),
            ask=("How high was the average daily maximum at the station Lincoln 11 SW, Nebraska, in {month} 2016?",),
        ),
    ]
    lowest: Annotated[
        float,
        DAILY_MINIMUM,
        Says(
            "the lowest temperature at the station Lincoln 11 SW, Nebraska, in {month} 2016",
            ask=("How cold did it get at the station Lincoln 11 SW, Nebraska, in {month} 2016?",),
        ),
    ]
    highest: Annotated[
        float,
        DAILY_MAXIMUM,
        Says(
            "the highest temperature at the station Lincoln 11 SW, Nebraska, in {month} 2016",
            ask=("How hot did it get at the station Lincoln 11 SW, Nebraska, in {month} 2016?",),
        ),
    ]
    frost_days: Annotated[
        int,
        Quantity("days", "days", 0, additive=True),
        Says(
            (
                "the number of days with a minimum below 32 °F at the station Lincoln 11 SW, Nebraska, in {month} 2016",
                "the count of frost days (minimum below 32 °F) at Lincoln 11 SW, Nebraska, in {month} 2016",
            ),
            ask=("On how many days of {month} 2016 did the station Lincoln 11 SW, Nebraska, record less than 32 °F?",),
        ),
    ]


@tool(
    domain="earth",
    kind="R",
    sources=[LINCOLN_WEATHER],
    probes=[Probe({"month": 1}, {"/frost_days": 29, "/lowest": -7, "/highest": 53, "/mean_maximum": 1060 / 31})],
)
def lincoln_month(month: Month) -> LincolnMonth:
    """Mean maximum, extremes and frost days of a month of 2016 at Lincoln 11 SW, Nebraska (NOAA, in bokeh_sampledata)."""
    days = [found for date, found in _lincoln().items() if int(date[5:7]) == month]
    if len(days) < 28:
        raise ToolError(f"the record of Lincoln lacks days of {MONTHS[month]} 2016")
    return LincolnMonth(
        mean_maximum=sum(high for high, _ in days) / len(days),
        lowest=min(low for _, low in days),
        highest=max(high for high, _ in days),
        frost_days=sum(low < 32 for _, low in days),
    )


class DegreeDays(Result):
    """Degree days of one day."""

    heating: Annotated[
        float,
        Quantity("degree day", "Fahrenheit degree days", 1, additive=True),
        Says(
            (
                "the heating degree days (base 65 °F) of a day with a daily high of {high} and a low of {low}",
                "the number of heating degree days on the base of 65 °F for a daily high of {high} and a low of {low}",
            ),
            ask=(
                "On a base of 65 °F, how many heating degree days has a day with a daily high of {high} and a low of {low}?",
            ),
        ),
    ]
    cooling: Annotated[
        float,
        Quantity("degree day", "Fahrenheit degree days", 1, additive=True),
        Says(
            "the cooling degree days (base 65 °F) of a day with a daily high of {high} and a low of {low}",
            ask=(
                "On a base of 65 °F, how many cooling degree days has a day with a daily high of {high} and a low of {low}?",
            ),
        ),
    ]
    growing: Annotated[
        float,
        Quantity("degree day", "Fahrenheit degree days", 1, additive=True),
        Says(
            (
                "the growing degree days for maize by the 86/50 method of a day with a daily high of {high} and a low of "
                "{low}",
                "the growing degree days by the 86/50 °F method for a daily high of {high} and a low of {low}",
            ),
            ask=(
                "By the 86/50 method, how many growing degree days has a day with a daily high of {high} and a low of {low}?",
            ),
        ),
    ]


@tool(
    domain="earth",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe({"high": 90, "low": 66}, {"/heating": 0, "/cooling": 13}, "mean of 78 °F, 78 - 65"),
        Probe({"high": 92, "low": 44}, {"/growing": 18}, "(86 + 50) / 2 - 50"),
        Probe({"high": 33, "low": 25}, {"/heating": 36, "/growing": 0}, "mean of 29 °F, 65 - 29"),
    ],
)
def degree_days(
    high: Annotated[
        float, DAILY_MAXIMUM, Draw.integer(60, 100, suffix=" °F"), Field(description="in °F", ge=-80, le=140)
    ],
    low: Annotated[
        float, DAILY_MINIMUM, Draw.integer(20, 60, suffix=" °F"), Field(description="in °F", ge=-100, le=120)
    ],
) -> DegreeDays:
    """Heating and cooling degree days (base 65 °F) and growing degree days (86/50) of a day (NOAA, USDA)."""
    if low > high:
        raise ToolError("the low must not lie above the high", "invalid_arguments")
    mean = (high + low) / 2
    growing = (min(max(high, 50), 86) + min(max(low, 50), 86)) / 2 - 50
    return DegreeDays(heating=max(0.0, 65 - mean), cooling=max(0.0, mean - 65), growing=growing)


def _buoy_readings() -> Iterator[tuple[str, float]]:
    with gzip.open(
        package_file("bokeh_sampledata", "_data", "sea_surface_temperature.csv.gz"), "rt", newline=""
    ) as file:
        for row in csv.DictReader(file):
            if row["temperature (celsius)"]:
                yield row["time (UTC)"][:10], float(row["temperature (celsius)"])


@cache
def _buoy_days() -> dict[str, list[float]]:
    days: dict[str, list[float]] = defaultdict(list)
    for day, temperature in _buoy_readings():
        days[day].append(temperature)
    return {day: values for day, values in days.items() if len(values) >= 40}


class BuoyDay(Result):
    """Sea temperature at a buoy over a UTC day."""

    temperature: Annotated[
        float,
        SEA_TEMPERATURE,
        Says(
            (
                "the mean sea surface temperature at the Gulf of Maine buoy B01 over the UTC day {date}",
                "the average sea temperature that buoy B01 of NERACOOS measured over the UTC day {date}",
            ),
            ask=("How warm was the sea on average at the Gulf of Maine buoy B01 over the UTC day {date}?",),
        ),
    ]
    maximum: Annotated[
        float,
        SEA_TEMPERATURE,
        Says(
            "the highest sea surface temperature at the Gulf of Maine buoy B01 within the UTC day {date}",
            ask=("What was the warmest reading of the Gulf of Maine buoy B01 within the UTC day {date}?",),
        ),
    ]


@tool(
    domain="earth",
    kind="R",
    sources=[NERACOOS],
    probes=[Probe({"date": "2016-02-15"}, {"/maximum": 4.964})],
)
def gulf_of_maine_buoy(
    date: Annotated[str, ISO_DATE, Draw.date("2016-02-15", "2017-03-21"), Field(pattern=r"^\d{4}-\d\d-\d\d$")],
) -> BuoyDay:
    """Mean and highest sea temperature of a UTC day at buoy B01, 2016-02-15 to 2017-03-21 (NERACOOS)."""
    readings = _buoy_days().get(parse_date(date).isoformat())
    if readings is None:
        raise ToolError(f"buoy B01 has no full day of readings on {date}")
    return BuoyDay(temperature=sum(readings) / len(readings), maximum=max(readings))
