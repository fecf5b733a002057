"""When and where elements were discovered (mendeleev)."""

from typing import Annotated

from dive_assets.toolpool.academic.data_sources import MENDELEEV
from dive_assets.toolpool.academic.element_data import (
    Element,
    atomic_number_of,
    element_table,
    known,
    names_by_number,
)
from dive_assets.toolpool.shared.countries import country_code, country_name
from dive_assets.toolpool.shared.data_sources import PYCOUNTRY
from dive_assets.toolpool.shared.entity_types import COUNTRY
from dive_assets.tools.annotations import Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

BRITAIN = {"England", "Scotland", "Great Britain"}
# Discoveries that other histories date or place elsewhere by far
DISPUTED = {23, 24, 39, 60, 62, 71, 78, 86, 91, 102, 103, 104, 105, 106}
LAST_UNDISPUTED = 101


class Discovery(Result):
    """The discovery of an element."""

    year: Annotated[
        int,
        Quantity("", "", 0, ratio=False, role="discovery year"),
        Says(
            (
                "the year that mendeleev's table gives for the discovery of {element}",
                "the discovery year of {element} in mendeleev's table",
            ),
            has="discovery year in mendeleev's table",
            high="latest",
            low="earliest",
            ask=("In which year was {element} discovered, by the table in the mendeleev package?",),
        ),
    ]
    country: Annotated[
        str | None,
        COUNTRY,
        Says(
            (
                "the present-day country that mendeleev's table names as the place where {element} was discovered",
                "the country of the discovery of {element}",
            ),
            ask=("In which present-day country was {element} discovered, by the table in the mendeleev package?",),
        ),
    ]


def _country(location: object) -> str | None:
    if not isinstance(location, str) or "/" in location:
        return None
    return country_name(country_code("United Kingdom" if location in BRITAIN else location))


@tool(
    domain="academic",
    kind="R",
    sources=[MENDELEEV, PYCOUNTRY],
    determinism="snapshot",
    probes=[
        Probe({"element": "polonium"}, {"/year": 1898, "/country": "France"}, "Pierre and Marie Curie, Paris 1898"),
        Probe({"element": "germanium"}, {"/year": 1886, "/country": "Germany"}, "Clemens Winkler, Freiberg 1886"),
        Probe({"element": "hafnium"}, {"/year": 1923, "/country": "Denmark"}, "Coster and Hevesy, Copenhagen 1923"),
    ],
)
def element_discovery(element: Element) -> Discovery:
    """Year and present-day country of the discovery of an element (mendeleev's table)."""
    number = atomic_number_of(element)
    record = element_table()[number]
    year = known(record["discovery_year"])
    if year is None or number in DISPUTED or number > LAST_UNDISPUTED:
        raise ToolError(f"no undisputed discovery year of {names_by_number()[number]}")
    return Discovery(year=int(year), country=_country(record["discovery_location"]))
