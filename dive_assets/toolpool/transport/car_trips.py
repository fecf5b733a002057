"""Consumption and carbon dioxide of car trips."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.transport.data_sources import ROAD_DESIGN
from dive_assets.toolpool.transport.entity_types import MILEAGE
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.tool import Probe, tool

Mileage = Annotated[float, MILEAGE, Draw.integer(12, 60, suffix=" miles per US gallon"), Field(gt=0, le=300)]


class MetricConsumption(Result):
    """Consumption in litres per 100 kilometres."""

    litres_per_100km: Annotated[
        float,
        Quantity("liter/(100*kilometer)", "litres per 100 kilometres", 2, role="fuel consumption"),
        Says(
            (
                "the consumption in litres per 100 kilometres at {mileage}",
                "the metric fuel consumption equal to {mileage}",
            ),
            ask=("How many litres per 100 kilometres is {mileage}?", "What fuel consumption corresponds to {mileage}?"),
        ),
    ]
    co2_g_per_km: Annotated[
        float,
        Quantity("gram/kilometer", "grams per kilometre", 1),
        Says(
            (
                "the carbon dioxide emission per kilometre of a petrol car at {mileage} by the EPA's factor of 8,887 g per gallon",
            ),
            ask=(
                "By the EPA's 8,887 g per US gallon of petrol, how many grams of carbon dioxide per kilometre does "
                "{mileage} mean?",
            ),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[ROAD_DESIGN],
    probes=[
        Probe(
            {"mileage": 23.521458},
            {"/litres_per_100km": 10.0},
            "1 US gallon = 3.785411784 L, 1 mile = 1.609344 km: 235.21458 / mpg",
        ),
        Probe({"mileage": 22.2}, {"/co2_g_per_km": 8887 / 22.2 / 1.609344}, "EPA-420-F-18-008: about 400 g a mile"),
    ],
)
def metric_fuel_consumption(mileage: Mileage) -> MetricConsumption:
    """Litres per 100 km and grams of CO2 per km from miles per US gallon (EPA: 8,887 g of CO2 per gallon of petrol)."""
    return MetricConsumption(
        litres_per_100km=100 * 3.785411784 / 1.609344 / mileage, co2_g_per_km=8887 / mileage / 1.609344
    )


class TripFuel(Result):
    """Fuel of a trip."""

    gallons: Annotated[
        float,
        Quantity("gallon", "US gallons", 1, additive=True, role="petrol volume"),
        Says(
            ("the petrol needed for {miles} at {mileage}", "the petrol burnt over {miles} at {mileage}"),
            ask=("How many US gallons of petrol do {miles} take at {mileage}?",),
        ),
    ]
    co2_kg: Annotated[
        float,
        Quantity("kilogram", "kilograms", 1, additive=True),
        Says(
            ("the carbon dioxide of a petrol car over {miles} at {mileage} by the EPA's factor of 8,887 g per gallon",),
            ask=(
                "By the EPA's 8,887 g per US gallon of petrol, how much carbon dioxide does a car release over {miles} at {mileage}?",
            ),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[ROAD_DESIGN],
    probes=[Probe({"miles": 500, "mileage": 25}, {"/gallons": 20.0, "/co2_kg": 177.74}, "20 gallons x 8.887 kg")],
)
def trip_fuel(
    miles: Annotated[float, Draw.integer(50, 3000, step=10, suffix=" miles"), Field(gt=0, le=100000)], mileage: Mileage
) -> TripFuel:
    """Petrol and carbon dioxide of a car trip (EPA: 8,887 g of CO2 per US gallon)."""
    return TripFuel(gallons=miles / mileage, co2_kg=8.887 * miles / mileage)
