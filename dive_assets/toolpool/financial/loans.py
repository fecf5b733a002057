"""Time value of money: loans, savings, projects and compounding."""

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.financial.entity_types import DOLLARS, FORMULA, NUMPY_FINANCIAL, PRECISE_RATE, RATE
from dive_assets.tools.annotations import Draw, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

Rate = Annotated[float, RATE, Draw.decimal(1.5, 9, 2, suffix="%"), Field(gt=0, le=60)]
LOAN = "a fully amortizing {years}-year loan of {principal} at a nominal annual rate of {rate}"


class Loan(Result):
    """A level-payment loan."""

    payment: Annotated[
        float,
        DOLLARS,
        Says(
            "the monthly payment on " + LOAN + " compounded monthly",
            ask=("What is the level monthly payment, at the end of each month, on " + LOAN + " compounded monthly?",),
        ),
    ]
    total_interest: Annotated[
        float,
        DOLLARS,
        Says(
            "the total interest paid over the life of " + LOAN + ", repaid in level monthly payments",
            ask=("How much interest is paid in all on " + LOAN + ", repaid in level payments at each month's end?",),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[NUMPY_FINANCIAL],
    probes=[
        Probe(
            {"principal": 300_000.0, "rate": 6.5, "years": 30},
            {"/payment": 1896.2040704, "/total_interest": 382633.465},
            "level-payment annuity formula",
        )
    ],
)
def loan_payment(
    principal: Annotated[
        float, DOLLARS, Draw.integer(20_000, 600_000, step=5_000, suffix=" US dollars"), Field(gt=0, le=1e10)
    ],
    rate: Rate,
    years: Annotated[int, Draw.integer(3, 30), Field(ge=1, le=50)],
) -> Loan:
    """Level monthly payment and total interest of an amortizing loan (numpy-financial)."""
    import numpy_financial

    payment = -float(numpy_financial.pmt(rate / 1200, 12 * years, principal))
    return Loan(payment=payment, total_interest=12 * years * payment - principal)


class Savings(Result):
    """A grown balance."""

    balance: Annotated[
        float,
        DOLLARS,
        Says(
            "the balance after {years} years of a deposit of {deposit} that earns {rate} a year, compounded annually",
            ask=(
                "To how much does a deposit of {deposit} grow in {years} years at {rate} a year, compounded annually?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"deposit": 1000.0, "rate": 5.0, "years": 10}, {"/balance": 1628.894627}, "compound interest formula")
    ],
)
def compound_growth(
    deposit: Annotated[float, DOLLARS, Draw.integer(500, 50_000, step=100, suffix=" US dollars"), Field(gt=0, le=1e10)],
    rate: Rate,
    years: Annotated[int, Draw.integer(2, 30), Field(ge=1, le=100)],
) -> Savings:
    """Balance of a deposit after some years of annual compounding (Brealey and Myers, ch. 2)."""
    return Savings(balance=deposit * (1 + rate / 100) ** years)


class Effective(Result):
    """A rate with its compounding counted in."""

    rate: Annotated[
        float,
        PRECISE_RATE,
        Says(
            "the effective annual rate that corresponds to a nominal annual rate of {nominal} compounded {frequency}",
            ask=(
                "What effective annual rate corresponds to a nominal annual rate of {nominal} compounded {frequency}?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[FORMULA],
    probes=[Probe({"nominal": 6.0, "frequency": 12}, {"/rate": 6.1677811864}, "Brealey and Myers, ch. 2")],
)
def effective_rate(
    nominal: Rate,
    frequency: Annotated[
        int,
        Draw.choice({2: "semiannually", 4: "quarterly", 12: "monthly", 365: "daily over 365 days"}),
        Field(ge=1, le=365),
    ],
) -> Effective:
    """Effective annual rate of a nominal rate under periodic compounding (Brealey and Myers, ch. 2)."""
    return Effective(rate=100 * ((1 + nominal / 100 / frequency) ** frequency - 1))


Outlay = Annotated[float, DOLLARS, Draw.integer(5_000, 20_000, step=500, suffix=" US dollars"), Field(gt=0, le=1e10)]
Inflows = Annotated[
    list[Annotated[float, Field(ge=-1e10, le=1e10)]],
    Draw.numbers(3_000, 9_000, 0, (3, 5)),
    Field(min_length=1, max_length=30),
]
PROJECT = (
    "a project that costs {outlay} today and pays back, in US dollars at the end of each following year, {inflows}"
)


class NetPresentValue(Result):
    """A project at a discount rate."""

    value: Annotated[
        float,
        DOLLARS,
        Says(
            "the net present value, at a discount rate of {rate} a year, of " + PROJECT,
            ask=("At a discount rate of {rate} a year, what is the net present value of " + PROJECT + "?",),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[NUMPY_FINANCIAL],
    probes=[
        Probe(
            {"outlay": 1000.0, "inflows": [300, 420, 680], "rate": 8.0},
            {"/value": 177.66601},
            "sum of discounted flows",
        )
    ],
)
def net_present_value(outlay: Outlay, inflows: Inflows, rate: Rate) -> NetPresentValue:
    """Net present value of a project with yearly cash flows (numpy-financial)."""
    import numpy_financial

    return NetPresentValue(value=float(numpy_financial.npv(rate / 100, [-outlay, *inflows])))


class InternalRate(Result):
    """The break-even discount rate."""

    rate: Annotated[
        float,
        RATE,
        Says(
            "the internal rate of return of " + PROJECT,
            ask=("What is the internal rate of return of " + PROJECT + "?",),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[NUMPY_FINANCIAL],
    probes=[
        Probe({"outlay": 1000.0, "inflows": [300, 420, 680]}, {"/rate": 16.34056}, "root of the net present value")
    ],
)
def internal_rate_of_return(outlay: Outlay, inflows: Inflows) -> InternalRate:
    """Internal rate of return of a project with yearly inflows (numpy-financial)."""
    import math

    import numpy_financial

    if min(inflows) < 0:
        raise ToolError("inflows must not be negative: the rate would not be unique", "invalid_arguments")
    rate = 100 * float(numpy_financial.irr([-outlay, *inflows]))
    if not math.isfinite(rate):
        raise ToolError("the project has no internal rate of return", "invalid_arguments")
    return InternalRate(rate=rate)
