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
    US_COUNTY,
    US_STATE,
)
from dive_assets.tools.annotations import Draw, EntityType, Quantity
from dive_assets.tools.errors import ToolError

FILM = EntityType("film", "film", "films")
FILM_DIRECTOR = EntityType("film_director", "director", "directors")
SUBDIVISION = EntityType("country_subdivision", "subdivision", "subdivisions")
FORMER_COUNTRY = EntityType("former_country", "former country", "former countries")
WINDOWS_ZONE = EntityType("windows_time_zone", "Windows time zone", "Windows time zones")
PHONE_NUMBER = EntityType("phone_number", "phone number", "phone numbers", "the number in international format")
CALLING_CODE = EntityType("calling_code", "calling code", "calling codes", "the code with its plus sign")
CHARACTER = EntityType("unicode_character", "character", "characters", "the character itself")
WORD = EntityType("english_word", "word", "words")
ENGLISH_VERB = EntityType("english_verb", "verb", "verbs")


class Coordinates(BaseModel):
    """A point on the WGS 84 ellipsoid, in decimal degrees."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, frozen=True)

    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)


# Numbers that number-theoretic tools hand to one another.
WHOLE_NUMBER = Quantity("", "", 0, ratio=False, comparable=False, role="whole number")
COUNTED = Quantity("", "", 0, ratio=False)
CALENDAR_YEAR = Quantity("", "", 0, ratio=False, comparable=False)

Country = Annotated[str, COUNTRY, Field(description="English short name or ISO 3166-1 alpha-2 code", max_length=80)]
City = Annotated[str, CITY, Field(description='"Nairobi", or "Valencia, Venezuela" for a namesake', max_length=120)]
Currency = Annotated[str, CURRENCY, Field(description="ISO 4217 code", min_length=3, max_length=3)]
Language = Annotated[str, LANGUAGE, Field(description="English name or BCP 47 code", max_length=60)]
TimeZone = Annotated[str, TIME_ZONE, Field(description="IANA name", max_length=60)]
Place = Annotated[Coordinates, COORDINATES]
Film = Annotated[str, FILM, Field(description='"Rashomon", or "Titanic (1997)" for a namesake', max_length=200)]
Director = Annotated[str, FILM_DIRECTOR, Field(max_length=100)]
Subdivision = Annotated[
    str, SUBDIVISION, Field(description='"Bayern", or "Punjab, India" for a namesake', max_length=100)
]
FormerCountry = Annotated[str, FORMER_COUNTRY, Field(description="Everyday English name", max_length=60)]
UsState = Annotated[str, US_STATE, Field(description="English name or postal abbreviation", max_length=30)]
UsCounty = Annotated[str, US_COUNTY, Field(description='"Wayne County, Michigan"', max_length=80)]
WindowsZone = Annotated[str, WINDOWS_ZONE, Field(description="Windows' English identifier", max_length=60)]
PhoneNumber = Annotated[str, PHONE_NUMBER, Field(description="International format, with a plus sign", max_length=30)]
CallingCode = Annotated[str, CALLING_CODE, Field(description="With its plus sign", pattern=r"^\+\d{1,3}$")]
Character = Annotated[str, CHARACTER, Field(description="One Unicode character", min_length=1, max_length=1)]
Word = Annotated[str, WORD, Field(description="An English word in small letters", pattern=r"^[a-z]{2,30}$")]
EnglishVerb = Annotated[str, ENGLISH_VERB, Field(description="Base form of a verb", pattern=r"^[a-z]{2,30}$")]
Date = Annotated[
    str, ISO_DATE, Draw.date("1950-01-01", "2025-12-31"), Field(description="YYYY-MM-DD", pattern=r"^\d{4}-\d\d-\d\d$")
]


def parse_date(text: str) -> dt.date:
    """The date that an ISO 8601 string names. Raises ToolError "invalid_arguments"."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise ToolError(f"{text!r} is no date: give YYYY-MM-DD", code="invalid_arguments") from error
