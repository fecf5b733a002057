"""Countries over time: population, life expectancy, fertility, emissions."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from dive_assets.toolpool.general.data_sources import EMISSIONS, GAPMINDER, UN_POPULATION
from dive_assets.toolpool.general.entity_types import Country
from dive_assets.toolpool.shared.countries import country_code
from dive_assets.toolpool.shared.data_sources import PYCOUNTRY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

if TYPE_CHECKING:
    import pandas as pd

# Names of Gapminder and of the emissions table that are neither ISO short names nor everyday names.
OTHER_NAMES = {
    "Central African Rep.": "CF",
    "Congo, Dem. Rep.": "CD",
    "Congo, Rep.": "CG",
    "Cote d'Ivoire": "CI",
    "Czech Rep.": "CZ",
    "Dominican Rep.": "DO",
    "Faeroe Islands": "FO",
    "Falkland Islands (Malvinas)": "FK",
    "Hong Kong, China": "HK",
    "Korea, Dem. Rep.": "KP",
    "Korea, Rep.": "KR",
    "Macao, China": "MO",
    "Macedonia, FYR": "MK",
    "Micronesia, Fed. Sts.": "FM",
    "Reunion": "RE",
    "Slovak Republic": "SK",
    "Swaziland": "SZ",
    "West Bank and Gaza": "PS",
    "Yemen, Rep.": "YE",
}


def _table(name: str) -> pd.DataFrame:
    from pathlib import Path

    import bokeh_sampledata
    import pandas as pd

    return pd.read_csv(Path(str(bokeh_sampledata.__file__)).parent / "_data" / name)


def _code_of(name: str) -> str | None:
    try:
        return OTHER_NAMES.get(name) or country_code(name)
    except ToolError:
        return None


@cache
def _population() -> dict[tuple[str, int], tuple[int, int, int]]:
    """People of all ages, under 15, and 65 or older, by country code and year."""
    import pycountry

    table = _table("population.csv.gz")
    codes = {c.numeric: c.alpha_2 for c in pycountry.countries}
    keys = ["LocID", "Year"]
    everyone = table.groupby(keys).Value.sum()
    young = table[table.AgeGrpStart < 15].groupby(keys).Value.sum()
    old = table[table.AgeGrpStart >= 65].groupby(keys).Value.sum()
    return {
        (codes[f"{place:03d}"], int(year)): (int(total), int(young[place, year]), int(old[place, year]))
        for (place, year), total in everyone.items()
        if f"{place:03d}" in codes and total > 0
    }


class Population(Result):
    """Population by the UN's World Population Prospects 2024."""

    population: Annotated[
        int,
        Quantity("people", "people", decimals=0, additive=True),
        Says(
            (
                "the population of {country} in mid-{year} by the UN's 2024 revision",
                "the population in mid-{year} of {country} according to the UN's World Population Prospects 2024",
            ),
            has="population in mid-{year} by the UN's 2024 revision",
            ask=("How many people lived in {country} in mid-{year} by the UN's World Population Prospects 2024?",),
            high="largest",
            low="smallest",
        ),
    ]
    under_15_percent: Annotated[
        float,
        Quantity("percent", "per cent", decimals=1),
        Says(
            "the percentage of people under 15 in the population of {country} in {year} by the UN's 2024 revision",
            has="percentage of people under 15 in {year} by the UN's 2024 revision",
            ask=("Which percentage of the population of {country} was under 15 in {year} by the UN's 2024 revision?",),
        ),
    ]
    over_64_percent: Annotated[
        float,
        Quantity("percent", "per cent", decimals=1),
        Says(
            "the percentage of over-64s in the population of {country} in {year} by the UN's 2024 revision",
            has="percentage of people aged 65 or over in {year} by the UN's 2024 revision",
            ask=(
                "Which percentage of the population of {country} was 65 or older in {year} by the UN's 2024 revision?",
            ),
        ),
    ]


@tool(
    domain="general",
    kind="R",
    sources=[UN_POPULATION, PYCOUNTRY],
    determinism="snapshot",
    probes=[
        Probe({"country": "Kenya", "year": 2020}, {"/population": 52217335}, "UN WPP 2024: 52.217 million"),
        Probe({"country": "the United States", "year": 1950}, {"/population": 154202679}),
    ],
)
def un_population(
    country: Country,
    year: Annotated[int, Draw.integer(1950, 2020, step=5, year=True), Field(ge=1950, le=2020, multiple_of=5)],
) -> Population:
    """Population and age shares of a country every five years, 1950 to 2020 (UN World Population Prospects 2024)."""
    found = _population().get((country_code(country), year))
    if found is None:
        raise ToolError(f"World Population Prospects 2024 has no population of {country!r} in {year}")
    total, young, old = found
    return Population(population=total, under_15_percent=100 * young / total, over_64_percent=100 * old / total)


@cache
def _gapminder() -> dict[tuple[str, int], tuple[float, float]]:
    table = _table("gapminder.csv.gz")
    codes = {name: _code_of(name) for name in table.country.unique()}
    rows = zip(table.country, table.year, table.life_expectancy, table.fertility, strict=True)
    return {(code, int(year)): (life, births) for name, year, life, births in rows if (code := codes[name])}


class LifeAndBirths(Result):
    """Gapminder's indicators of a country in a year."""

    life_expectancy: Annotated[
        float | None,
        Quantity("year", "years", decimals=1),
        Says(
            (
                "the life expectancy at birth in {country} in {year} according to Gapminder",
                "Gapminder's life expectancy at birth for {country} in {year}",
            ),
            has="life expectancy at birth in {year} according to Gapminder",
            ask=("What was the life expectancy at birth in {country} in {year} according to Gapminder?",),
        ),
    ]
    fertility: Annotated[
        float | None,
        Quantity("", "children per woman", decimals=2),
        Says(
            (
                "the total fertility rate of {country} in {year} according to Gapminder",
                "Gapminder's total fertility rate for {country} in {year}",
            ),
            has="total fertility rate in {year} according to Gapminder",
            ask=("How many children per woman did Gapminder report for {country} in {year}?",),
        ),
    ]


@tool(
    domain="general",
    kind="R",
    sources=[GAPMINDER, PYCOUNTRY],
    determinism="snapshot",
    probes=[
        Probe({"country": "Kenya", "year": 2010}, {"/life_expectancy": 59.58, "/fertility": 4.616}),
        Probe({"country": "Japan", "year": 1980}, {"/life_expectancy": 76.19, "/fertility": 1.777}),
    ],
)
def life_expectancy_and_fertility(
    country: Country, year: Annotated[int, Draw.integer(1964, 2013, year=True), Field(ge=1964, le=2013)]
) -> LifeAndBirths:
    """Life expectancy and total fertility rate of a country in a year from 1964 to 2013 (Gapminder)."""
    life, births = _gapminder().get((country_code(country), year), (math.nan, math.nan))
    if math.isnan(life) and math.isnan(births):
        raise ToolError(f"Gapminder has no life expectancy and no fertility rate of {country!r} in {year}")
    return LifeAndBirths(
        life_expectancy=None if math.isnan(life) else life,
        fertility=None if math.isnan(births) else births,
    )


@cache
def _emissions() -> dict[tuple[str, int], float]:
    table = _table("emissions.csv.gz").dropna()
    codes = {name: _code_of(name) for name in table.country.unique()}
    rows = zip(table.country, table.year, table.emissions, strict=True)
    return {(code, int(year)): float(value) for name, year, value in rows if (code := codes[name])}


class Emissions(Result):
    """Carbon dioxide emissions of a country in a year."""

    tonnes_per_person: Annotated[
        float,
        Quantity("tonne", "tonnes", decimals=2),
        Says(
            "the carbon dioxide emissions per person of {country} in {year} in Bokeh's emissions data set",
            has="carbon dioxide emissions per person in {year} in Bokeh's emissions data set",
            ask=("How much carbon dioxide per person did {country} emit in {year} by Bokeh's emissions data set?",),
        ),
    ]


@tool(
    domain="general",
    also=("earth",),
    kind="R",
    sources=[EMISSIONS, PYCOUNTRY],
    determinism="snapshot",
    probes=[Probe({"country": "Kenya", "year": 2010}, {"/tonnes_per_person": 0.306727})],
)
def co2_emissions_per_person(
    country: Country, year: Annotated[int, Draw.integer(1970, 2010, year=True), Field(ge=1950, le=2012)]
) -> Emissions:
    """Tonnes of carbon dioxide per person that a country emitted in a year (sample data set of Bokeh, 1950 to 2012)."""
    value = _emissions().get((country_code(country), year))
    if value is None:
        raise ToolError(f"the emissions data set has no value of {country!r} in {year}")
    return Emissions(tonnes_per_person=value)
