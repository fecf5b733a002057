"""Value added tax in European countries."""

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.financial.entity_types import AMOUNT, VAT_RATES, Country
from dive_assets.toolpool.shared.countries import country_code
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

NET_AMOUNT = Quantity("", "", 2, additive=True)
EU_SPELLING = {"GR": "EL"}


def standard_rate(country: str) -> float:
    """Standard VAT rate in per cent; raises ToolError where the package has none."""
    import vatverify_rates

    code = country_code(country)
    rate = vatverify_rates.get_rate(EU_SPELLING.get(code, code))
    if rate is None:
        raise ToolError(f"no VAT rate of {country!r}: the data cover 44 European countries and territories")
    return float(rate.standard)


class Vat(Result):
    """Standard rate."""

    standard: Annotated[
        float,
        Quantity("percent", "per cent", 1, role="vat_rate"),
        Says(
            ("the standard VAT rate of {country} as of April 2026", "{country}'s standard VAT rate as of April 2026"),
            has="standard VAT rate as of April 2026",
            ask=("What was the standard rate of VAT in {country} as of April 2026?",),
        ),
    ]


@tool(
    domain="financial",
    kind="R",
    sources=[VAT_RATES],
    determinism="snapshot",
    probes=[
        Probe({"country": "Hungary"}, {"/standard": 27.0}, "European Commission, Taxes in Europe database"),
        Probe({"country": "Greece"}, {"/standard": 24.0}, "European Commission, Taxes in Europe database"),
    ],
)
def vat_rate(country: Country) -> Vat:
    """Standard VAT rate of a European country as of April 2026 (vatverify-rates, after the EU's tax database)."""
    return Vat(standard=standard_rate(country))


class NetPrice(Result):
    """A price without VAT."""

    net: Annotated[
        float,
        NET_AMOUNT,
        Says(
            "the net price, in the same currency, behind a gross price of {gross} with VAT at the standard rate of "
            "{country} as of April 2026",
            ask=(
                "A price of {gross} includes VAT at the standard rate of {country} as of April 2026. What is the price "
                "without VAT, in the same currency?",
            ),
        ),
    ]
    tax: Annotated[
        float,
        NET_AMOUNT,
        Says(
            "the VAT contained, at the standard rate of {country} as of April 2026, in a gross price of {gross}",
            ask=(
                "How much VAT, in the same currency, does a gross price of {gross} contain at the standard rate of "
                "{country} as of April 2026?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[VAT_RATES],
    determinism="snapshot",
    probes=[Probe({"gross": 1270.0, "country": "Hungary"}, {"/net": 1000.0, "/tax": 270.0}, "gross / (1 + rate)")],
)
def price_without_vat(
    gross: Annotated[float, AMOUNT, Draw.integer(50, 9_000, step=10), Field(gt=0, le=1e12)], country: Country
) -> NetPrice:
    """Net price and tax in a gross price at a country's standard VAT rate of April 2026 (vatverify-rates)."""
    net = gross / (1 + standard_rate(country) / 100)
    return NetPrice(net=net, tax=gross - net)
