"""Risk of bonds, prices of bills and zero-coupon bonds, and accrued interest."""

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.financial.bonds import AT, BOND, Coupon, Frequency, Years, Yield
from dive_assets.toolpool.financial.business_days import iso_date, quantlib_date
from dive_assets.toolpool.financial.entity_types import FORMULA, QUANTLIB
from dive_assets.toolpool.shared.entity_types import ISO_DATE
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

MODIFIED_DURATION = Quantity("year", "years", 3, role="modified_duration")


class BondRisk(Result):
    """Sensitivities of a bond."""

    macaulay: Annotated[
        float,
        Quantity("year", "years", 3, role="macaulay_duration"),
        Says(
            "the Macaulay duration of " + BOND + ", " + AT,
            ask=(
                "On a coupon date, what is the Macaulay duration of "
                + BOND
                + " if its yield to maturity, compounded with the coupons, is {annual_yield}?",
            ),
        ),
    ]
    convexity: Annotated[
        float,
        Quantity("year**2", "square years", 2, role="bond_convexity"),
        Says(
            "the convexity in square years of " + BOND + ", " + AT,
            ask=(
                "On a coupon date, what is the convexity, in square years, of "
                + BOND
                + " if its yield to maturity, compounded with the coupons, is {annual_yield}?",
            ),
        ),
    ]
    basis_point_value: Annotated[
        float,
        Quantity("", "", 4, role="basis_point_value"),
        Says(
            "the price value of a basis point, per 100 of face value and by modified duration, of " + BOND + ", " + AT,
            ask=(
                "On a coupon date, by how much per 100 of face value does one basis point of yield move, by modified "
                "duration, the price of "
                + BOND
                + " if its yield to maturity, compounded with the coupons, is {annual_yield}?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"years": 10, "coupon": 4.0, "frequency": 2, "annual_yield": 4.5},
            {"/macaulay": 8.2977978, "/basis_point_value": 0.0081152057 * 9.6009072},
            "QuantLib BondFunctions, ActualActual(ISMA)",
        ),
        Probe(
            {"years": 2, "coupon": 10.0, "frequency": 1, "annual_yield": 10.0},
            {
                "/macaulay": (10 / 1.1 + 2 * 110 / 1.21) / 100,
                "/convexity": (1 * 2 * 10 / 1.1 + 2 * 3 * 110 / 1.21) / (100 * 1.21),
            },
            "Fabozzi, Bond Markets, ch. 4, by hand",
        ),
    ],
)
def bond_risk(years: Years, coupon: Coupon, frequency: Frequency, annual_yield: Yield) -> BondRisk:
    """Macaulay duration, convexity and basis point value of a bullet bond on a coupon date (Fabozzi)."""
    step, periods = annual_yield / 100 / frequency, years * frequency
    flows = [(n, coupon / frequency + (100 if n == periods else 0)) for n in range(1, periods + 1)]
    values = [(n, flow / (1 + step) ** n) for n, flow in flows]
    price = sum(value for _, value in values)
    macaulay = sum(n / frequency * value for n, value in values) / price
    convexity = sum(n * (n + 1) * value for n, value in values) / (price * (1 + step) ** 2 * frequency**2)
    return BondRisk(macaulay=macaulay, convexity=convexity, basis_point_value=macaulay / (1 + step) * price / 10_000)


class PriceShock(Result):
    """A first-order price change."""

    change: Annotated[
        float,
        Quantity("percent", "per cent", 3, ratio=False, role="bond_price_change"),
        Says(
            "the first-order price change, for a yield {shift}, of a bond with a modified duration of {duration}",
            ask=(
                "To first order, by how many per cent does the price of a bond with a modified duration of {duration} "
                "change for a yield {shift}?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[FORMULA],
    probes=[Probe({"shift": 50, "duration": 8.0}, {"/change": -4.0}, "Fabozzi: -duration times yield change")],
)
def duration_price_change(
    shift: Annotated[
        int,
        Draw.choice(
            {n: f"{'rise' if n > 0 else 'fall'} of {abs(n)} basis points" for n in (-100, -50, -25, 25, 50, 75, 100)}
        ),
        Field(ge=-500, le=500),
    ],
    duration: Annotated[float, MODIFIED_DURATION, Draw.decimal(1, 16, 2, suffix=" years"), Field(gt=0, le=60)],
) -> PriceShock:
    """Percentage price change of a bond by its modified duration alone (Fabozzi, Bond Markets)."""
    return PriceShock(change=-duration * shift / 100)


class ZeroPrice(Result):
    """A bond without coupons."""

    price: Annotated[
        float,
        Quantity("", "", 3, role="zero_coupon_price"),
        Says(
            "the price per 100 of face value of a zero-coupon bond with {years} to maturity at an annually compounded "
            "yield of {annual_yield}",
            ask=(
                "What does a zero-coupon bond with {years} to maturity cost per 100 of face value at an annually "
                "compounded yield of {annual_yield}?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[FORMULA],
    probes=[Probe({"years": 10, "annual_yield": 5.0}, {"/price": 100 / 1.05**10}, "discount factor table: 61.391")],
)
def zero_coupon_price(
    years: Annotated[int, Draw.integer(2, 30, suffix=" years"), Field(ge=1, le=100)], annual_yield: Yield
) -> ZeroPrice:
    """Price of a zero-coupon bond at an annually compounded yield (Fabozzi)."""
    return ZeroPrice(price=100 * (1 + annual_yield / 100) ** -years)


class BillPrice(Result):
    """A bill at a discount."""

    price: Annotated[
        float,
        Quantity("", "", 3, role="bill_price"),
        Says(
            "the price per 100 of face value of a US Treasury bill with {days} to maturity at a bank discount rate of "
            "{discount_rate}",
            ask=(
                "At a bank discount rate of {discount_rate}, what does a US Treasury bill with {days} to maturity cost "
                "per 100 of face value?",
            ),
        ),
    ]
    bond_yield: Annotated[
        float,
        Quantity("percent", "per cent", 3, ratio=False, role="bill_yield"),
        Says(
            "the bond-equivalent yield, on 365 days, of a US Treasury bill with {days} to maturity at a bank discount "
            "rate of {discount_rate}",
            ask=(
                "Which bond-equivalent yield, on 365 days, has a US Treasury bill with {days} to maturity at a bank "
                "discount rate of {discount_rate}?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"days": 91, "discount_rate": 5.0},
            {"/price": 100 * (1 - 0.05 * 91 / 360), "/bond_yield": 100 * 365 * 0.05 / (360 - 0.05 * 91)},
            "US Treasury, price and yield formulas (31 CFR 356, appendix B)",
        )
    ],
)
def treasury_bill(
    days: Annotated[int, Draw.choice({n: f"{n} days" for n in (28, 56, 91, 119, 182)}), Field(ge=1, le=182)],
    discount_rate: Annotated[float, Draw.decimal(0.5, 8, 2, suffix="%"), Field(gt=0, le=40)],
) -> BillPrice:
    """Price and bond-equivalent yield of a US Treasury bill from its bank discount rate (31 CFR 356)."""
    discount = discount_rate / 100
    return BillPrice(price=100 * (1 - discount * days / 360), bond_yield=100 * 365 * discount / (360 - discount * days))


class Accrual(Result):
    """Where settlement falls in the coupon period."""

    accrued: Annotated[
        float,
        Quantity("", "", 5, role="accrued_interest"),
        Says(
            "the accrued interest per 100 of face value, by Actual/Actual ICMA, at settlement on {settlement} of a bond "
            "with a {coupon} coupon paid {frequency}, that matures on {maturity}",
            ask=(
                "By Actual/Actual ICMA, how much interest per 100 of face value has accrued at settlement on "
                "{settlement} on a bond with a {coupon} coupon paid {frequency} that matures on {maturity}?",
            ),
        ),
    ]
    previous_coupon: Annotated[
        str,
        ISO_DATE,
        Says(
            "the last unadjusted coupon date up to {settlement} of a bond with a {coupon} coupon paid {frequency} that "
            "matures on {maturity}",
            ask=(
                "On or before {settlement}, what is the last unadjusted coupon date of a bond with a {coupon} coupon "
                "paid {frequency} that matures on {maturity}?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[QUANTLIB],
    probes=[
        Probe(
            {"settlement": "2024-03-20", "coupon": 4.0, "frequency": 2, "maturity": "2034-01-15"},
            {"/accrued": 2 * 65 / 182, "/previous_coupon": "2024-01-15"},
            "ICMA rule 251: 65 of 182 days",
        ),
        Probe(
            {"settlement": "2024-07-15", "coupon": 6.0, "frequency": 1, "maturity": "2030-07-15"},
            {"/accrued": 0.0, "/previous_coupon": "2024-07-15"},
            "settlement on a coupon date",
        ),
    ],
)
def bond_accrual(
    settlement: Annotated[str, ISO_DATE, Draw.date("2015-01-05", "2025-12-15", weekdays=True), Field(max_length=10)],
    coupon: Coupon,
    frequency: Annotated[int, Draw.choice({1: "annually", 2: "semiannually"}), Field(ge=1, le=4)],
    maturity: Annotated[str, ISO_DATE, Draw.date("2027-01-01", "2045-12-28"), Field(max_length=10)],
) -> Accrual:
    """Accrued interest and previous coupon date of a fixed-rate bond at settlement (ICMA rule 251, by QuantLib)."""
    import QuantLib as ql

    if frequency == 3:
        raise ToolError("coupons are paid once, twice or four times a year", "invalid_arguments")
    start, end = quantlib_date(settlement), quantlib_date(maturity)
    if end <= start:
        raise ToolError("the bond has matured at settlement", "invalid_arguments")
    if end.dayOfMonth() > 28:
        raise ToolError("give a maturity up to the 28th: end-of-month rules differ", "invalid_arguments")
    count = 0
    while end - ql.Period(count * 12 // frequency, ql.Months) > start:
        count += 1
    previous, following = (end - ql.Period(n * 12 // frequency, ql.Months) for n in (count, count - 1))
    accrued = coupon / frequency * (start - previous) / (following - previous)
    return Accrual(accrued=accrued, previous_coupon=iso_date(previous))
