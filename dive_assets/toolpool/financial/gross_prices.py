"""Prices that include value added tax."""

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.financial.entity_types import AMOUNT, VAT_RATES, Country
from dive_assets.toolpool.financial.taxes import standard_rate
from dive_assets.tools.annotations import Draw, Result, Says
from dive_assets.tools.tool import Probe, tool


class GrossPrice(Result):
    """A price with VAT."""

    gross: Annotated[
        float,
        AMOUNT,
        Says(
            "the gross price, in the same currency, that a net price of {net} becomes with VAT at the standard rate of "
            "{country} as of April 2026",
            ask=(
                "What does a net price of {net} become, in the same currency, with VAT at the standard rate of {country} "
                "as of April 2026?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[VAT_RATES],
    determinism="snapshot",
    probes=[Probe({"net": 1000.0, "country": "Hungary"}, {"/gross": 1270.0}, "Hungarian VAT of 27 per cent")],
)
def price_with_vat(
    net: Annotated[float, AMOUNT, Draw.integer(50, 9_000, step=10), Field(gt=0, le=1e12)], country: Country
) -> GrossPrice:
    """Gross price of a net price at a country's standard VAT rate of April 2026 (vatverify-rates)."""
    return GrossPrice(gross=net * (1 + standard_rate(country) / 100))
