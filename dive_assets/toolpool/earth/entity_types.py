"""Entity types of the earth pack, and the quantities that its tools hand to each other."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from dive_assets.toolpool.shared.entity_types import COORDINATES, ELEMENT, ISO_DATE, US_COUNTY, US_STATE
from dive_assets.tools.annotations import Draw, EntityType, Quantity
from dive_assets.tools.errors import ToolError

PV_MODULE = EntityType("pv_module", "PV module", "PV modules")
SANDIA_MODULE = EntityType("sandia_pv_module", "PV module", "PV modules")
INVERTER = EntityType("solar_inverter", "inverter", "inverters")
FUEL = EntityType("fuel", "fuel", "fuels")
GREENHOUSE_GAS = EntityType("greenhouse_gas", "gas", "gases", "the IPCC's designation")
SURFACE = EntityType("ground_surface", "ground surface", "ground surfaces")
CHANNEL = EntityType("channel_type", "channel type", "channel types")
DECAY_CLOCK = EntityType("decay_clock", "decay system", "decay systems")

MONTHS = dict(enumerate(calendar.month_name[1:], start=1))


class Coordinates(BaseModel):
    """A point on the WGS 84 ellipsoid, in decimal degrees."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, frozen=True)

    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)


Place = Annotated[Coordinates, COORDINATES]
Module = Annotated[str, PV_MODULE, Field(description="Maker and type as in the CEC list", max_length=120)]
SandiaModule = Annotated[str, SANDIA_MODULE, Field(description="Maker, type and vintage", max_length=120)]
Inverter = Annotated[str, INVERTER, Field(description="Maker and type as in the CEC list", max_length=120)]
County = Annotated[str, US_COUNTY, Field(description='"Story County, Iowa"', max_length=80)]
State = Annotated[str, US_STATE, Field(description="Name or postal abbreviation", max_length=40)]
Element = Annotated[str, ELEMENT, Field(description="English name or symbol of the element", max_length=20)]
Month = Annotated[int, Draw.choice(MONTHS), Field(ge=1, le=12)]
Date = Annotated[
    str, ISO_DATE, Draw.date("2000-01-01", "2030-12-31"), Field(description="YYYY-MM-DD", pattern=r"^\d{4}-\d\d-\d\d$")
]

AIR_TEMPERATURE = Quantity("degC", "degrees Celsius", 1, ratio=False, role="air temperature")
DEW_POINT = Quantity("degC", "degrees Celsius", 1, ratio=False, role="dew point")
HUMIDITY = Quantity("percent", "per cent", 0, ratio=False, role="relative humidity")
WIND_SPEED = Quantity("meter/second", "metres per second", 1, role="wind speed")
AIR_PRESSURE = Quantity("hectopascal", "hectopascals", 1, role="air pressure")
SEA_TEMPERATURE = Quantity("degC", "degrees Celsius", 2, ratio=False, role="sea surface temperature")
CO2_LEVEL = Quantity("ppm", "parts per million", 1, role="carbon dioxide level")
ZENITH = Quantity("degree", "degrees", 1, ratio=False, role="solar zenith angle")
IRRADIANCE = Quantity("watt/meter**2", "watts per square metre", 0, role="irradiance")
CELL_TEMPERATURE = Quantity("degC", "degrees Celsius", 1, ratio=False, role="cell temperature")
ELEVATION = Quantity("meter", "metres", 0, ratio=False, role="elevation")
DAILY_RADIATION = Quantity("megajoule/meter**2", "megajoules per square metre", 1, role="extraterrestrial radiation")
DISCHARGE = Quantity("meter**3/second", "cubic metres per second", 1, role="discharge")

AirTemperature = Annotated[
    float, AIR_TEMPERATURE, Draw.decimal(5, 38, 1, suffix=" °C"), Field(description="in °C", ge=-90, le=60)
]
ColdAirTemperature = Annotated[
    float, AIR_TEMPERATURE, Draw.decimal(-30, 5, 1, suffix=" °C"), Field(description="in °C", ge=-90, le=60)
]
DewPoint = Annotated[float, DEW_POINT, Draw.decimal(2, 20, 1, suffix=" °C"), Field(description="in °C", ge=-90, le=50)]
Humidity = Annotated[
    float,
    HUMIDITY,
    Draw.integer(30, 95, suffix=" % relative humidity"),
    Field(description="in % relative humidity", gt=0, le=100),
]
WindSpeed = Annotated[
    float, WIND_SPEED, Draw.decimal(3, 25, 1, suffix=" m/s"), Field(description="in m/s", ge=0, le=120)
]
AirPressure = Annotated[
    float, AIR_PRESSURE, Draw.integer(700, 1030, suffix=" hPa"), Field(description="in hPa", ge=100, le=1100)
]
Irradiance = Annotated[
    float, IRRADIANCE, Draw.integer(300, 1050, suffix=" W/m²"), Field(description="in W/m²", ge=10, le=1500)
]
CellTemperature = Annotated[
    float, CELL_TEMPERATURE, Draw.integer(15, 70, suffix=" °C"), Field(description="in °C", ge=-40, le=100)
]


def parse_date(text: str) -> dt.date:
    """The date that an ISO 8601 string names. Raises ToolError "invalid_arguments"."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise ToolError(f"{text!r} is no date: give YYYY-MM-DD", code="invalid_arguments") from error
