"""Entity types and parameter types of the general domain."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from dive_assets.toolpool.shared.entity_types import (
    CITY,
    COORDINATES,
    COUNTRY,
    CURRENCY,
    ISO_DATE,
    LANGUAGE,
    TIME_ZONE,
)
from dive_assets.tools.annotations import Draw, EntityType
from dive_assets.tools.errors import ToolError

FILM = EntityType("film", "film", "films")
FILM_DIRECTOR = EntityType("film_director", "director", "directors")


class Coordinates(BaseModel):
    """A point on the WGS 84 ellipsoid, in decimal degrees."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, frozen=True)

    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)


Country = Annotated[str, COUNTRY, Field(description="English short name or ISO 3166-1 alpha-2 code", max_length=80)]
City = Annotated[str, CITY, Field(description='"Nairobi", or "Valencia, Venezuela" for a namesake', max_length=120)]
Currency = Annotated[str, CURRENCY, Field(description="ISO 4217 code", min_length=3, max_length=3)]
Language = Annotated[str, LANGUAGE, Field(description="English name or BCP 47 code", max_length=60)]
TimeZone = Annotated[str, TIME_ZONE, Field(description="IANA name", max_length=60)]
Place = Annotated[Coordinates, COORDINATES]
Film = Annotated[str, FILM, Field(description='"Rashomon", or "Titanic (1997)" for a namesake', max_length=200)]
Director = Annotated[str, FILM_DIRECTOR, Field(max_length=100)]
Date = Annotated[
    str, ISO_DATE, Draw.date("1950-01-01", "2025-12-31"), Field(description="YYYY-MM-DD", pattern=r"^\d{4}-\d\d-\d\d$")
]


def parse_date(text: str) -> dt.date:
    """The date that an ISO 8601 string names. Raises ToolError "invalid_arguments"."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise ToolError(f"{text!r} is no date: give YYYY-MM-DD", code="invalid_arguments") from error
