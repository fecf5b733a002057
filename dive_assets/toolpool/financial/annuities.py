"""Savings plans, annuities, loan balances, credit cards and modified returns."""

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.financial.entity_types import DOLLARS, FORMULA, INTEREST_SUM, NUMPY_FINANCIAL, RATE
from dive_assets.toolpool.financial.loans import PROJECT, Inflows, Outlay
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

Rate = Annotated[float, RATE, Draw.decimal(1.5, 9, 2, suffix="%"), Field(gt=0, le=60)]


class SavingsPlan(Result):
    """Regular deposits."""

    balance: Annotated[
        float,
        DOLLARS,
        Says(
            "the balance after {years} of deposits of {deposit} at the end of each month, at a nominal annual rate of "
            "{rate} compounded monthly",
            ask=(
                "To how much do deposits of {deposit} at the end of each month add up in {years} at a nominal annual "
                "rate of {rate} compounded monthly?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[NUMPY_FINANCIAL],
    probes=[
        Probe(
            {"years": 10, "deposit": 100.0, "rate": 5.0},
            {"/balance": 100 * ((1 + 0.05 / 12) ** 120 - 1) / (0.05 / 12)},
            "ordinary annuity formula",
        )
    ],
)
def savings_plan(
    years: Annotated[int, Draw.integer(3, 40, suffix=" years"), Field(ge=1, le=80)],
    deposit: Annotated[float, Draw.integer(50, 1_500, step=25, suffix=" US dollars"), Field(gt=0, le=1e8)],
    rate: Rate,
) -> SavingsPlan:
    """Balance of level month-end deposits under monthly compounding (numpy-financial)."""
    import numpy_financial

    return SavingsPlan(balance=float(numpy_financial.fv(rate / 1200, 12 * years, -deposit, 0.0)))


class Annuity(Result):
    """Regular withdrawals."""

    value: Annotated[
        float,
        DOLLARS,
        Says(
            "the present value of an annuity that pays {payment} at the end of each year for {years}, at an annual "
            "discount rate of {rate}",
            ask=(
                "At an annual discount rate of {rate}, what is an annuity worth today that pays {payment} at the end of "
                "each year for {years}?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[NUMPY_FINANCIAL],
    probes=[
        Probe(
            {"payment": 1000.0, "years": 20, "rate": 8.0},
            {"/value": 1000 * (1 - 1.08**-20) / 0.08},
            "annuity factor 9.8181 of Brealey and Myers",
        )
    ],
)
def annuity_value(
    payment: Annotated[float, Draw.integer(500, 60_000, step=500, suffix=" US dollars"), Field(gt=0, le=1e10)],
    years: Annotated[int, Draw.integer(3, 40, suffix=" years"), Field(ge=1, le=100)],
    rate: Rate,
) -> Annuity:
    """Present value of a level annuity paid at year ends (numpy-financial)."""
    import numpy_financial

    return Annuity(value=float(numpy_financial.pv(rate / 100, years, -payment)))


LOAN = "a loan of {principal} over {years} at a nominal annual rate of {rate} compounded monthly"


class LoanBalance(Result):
    """A loan on its way."""

    balance: Annotated[
        float,
        Quantity("US dollars", "US dollars", 2, additive=True, role="loan_balance"),
        Says(
            "the balance left after {elapsed} of level monthly payments on " + LOAN,
            ask=("How much is still owed after {elapsed} of level monthly payments on " + LOAN + "?",),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[NUMPY_FINANCIAL],
    probes=[
        Probe(
            {"elapsed": 10, "principal": 300_000.0, "years": 30, "rate": 6.5},
            {"/balance": 300_000 * (1 - (1 + 0.065 / 12) ** -240) / (1 - (1 + 0.065 / 12) ** -360)},
            "balance = payment times annuity factor of the remaining term",
        )
    ],
)
def loan_balance(
    elapsed: Annotated[int, Draw.choice({n: f"{n} years" for n in (2, 3, 5, 7, 10)}), Field(ge=1, le=49)],
    principal: Annotated[float, Draw.integer(20_000, 600_000, step=5_000, suffix=" US dollars"), Field(gt=0, le=1e10)],
    years: Annotated[int, Draw.choice({n: f"{n} years" for n in (12, 15, 20, 25, 30)}), Field(ge=2, le=50)],
    rate: Rate,
) -> LoanBalance:
    """Remaining balance of an amortizing loan after some years of payments (numpy-financial)."""
    import numpy_financial

    if elapsed >= years:
        raise ToolError("the loan is paid off by then", "invalid_arguments")
    payment = float(numpy_financial.pmt(rate / 1200, 12 * years, principal))
    return LoanBalance(balance=-float(numpy_financial.fv(rate / 1200, 12 * elapsed, payment, principal)))


class Payoff(Result):
    """Way out of card debt."""

    months: Annotated[
        int,
        Quantity("month", "months", 0, role="payoff_time"),
        Says(
            "the number of monthly payments of {payment}, the last one smaller, that clear a credit card balance of "
            "{balance} at an annual percentage rate of {rate}, charged monthly at one twelfth",
            ask=(
                "A credit card balance of {balance} bears an annual percentage rate of {rate}, charged monthly at one "
                "twelfth. How many monthly payments of {payment}, the last one smaller, does it take to clear it?",
            ),
        ),
    ]
    interest: Annotated[
        float,
        INTEREST_SUM,
        Says(
            "the total interest paid while monthly payments of {payment}, the last one smaller, clear a credit card "
            "balance of {balance} at an annual percentage rate of {rate}, charged monthly at one twelfth",
            ask=(
                "A credit card balance of {balance} bears an annual percentage rate of {rate}, charged monthly at one "
                "twelfth, and is cleared by monthly payments of {payment}, the last one smaller. How much interest is "
                "paid in all?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"payment": 150.0, "balance": 8000.0, "rate": 7.0},
            {"/months": 65},
            "numpy-financial nper: 64.07 payments",
        ),
        Probe({"payment": 600.0, "balance": 1000.0, "rate": 12.0}, {"/months": 2, "/interest": 14.1}, "by hand"),
    ],
)
def card_payoff(
    payment: Annotated[float, Draw.integer(150, 600, step=10, suffix=" US dollars"), Field(gt=0, le=1e6)],
    balance: Annotated[float, Draw.integer(1_500, 9_000, step=100, suffix=" US dollars"), Field(gt=0, le=1e7)],
    rate: Annotated[float, Draw.decimal(11, 29, 2, suffix="%"), Field(gt=0, le=100)],
) -> Payoff:
    """Number of payments and total interest until a credit card balance is cleared (amortization month by month)."""
    step, owed, months, interest = rate / 1200, balance, 0, 0.0
    if payment <= balance * step * 1.0001:
        raise ToolError("the payment does not cover the monthly interest", "invalid_arguments")
    while owed > 1e-9 and months < 2400:
        charge = owed * step
        owed = max(owed + charge - payment, 0.0)
        interest += charge
        months += 1
    return Payoff(months=months, interest=interest)


class ModifiedReturn(Result):
    """Return with explicit reinvestment."""

    rate: Annotated[
        float,
        Quantity("percent", "per cent", 2, ratio=False, role="modified_return"),
        Says(
            "the modified internal rate of return, with inflows reinvested at an annual rate of {reinvestment}, of "
            + PROJECT,
            ask=(
                "With inflows reinvested at an annual rate of {reinvestment}, what is the modified internal rate of return of "
                + PROJECT
                + "?",
            ),
        ),
    ]


@tool(
    domain="financial",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"reinvestment": 12.0, "outlay": 1000.0, "inflows": [300, 420, 680]},
            {"/rate": 15.147134},
            "numpy-financial mirr",
        )
    ],
)
def modified_return(
    reinvestment: Annotated[float, RATE, Draw.decimal(2, 9, 2, suffix="%"), Field(ge=0, le=60)],
    outlay: Outlay,
    inflows: Inflows,
) -> ModifiedReturn:
    """Modified internal rate of return of a project with one outlay (Brealey and Myers, ch. 5)."""
    if min(inflows) < 0 or not any(inflows):
        raise ToolError("inflows must be positive", "invalid_arguments")
    growth, years = 1 + reinvestment / 100, len(inflows)
    final = sum(flow * growth ** (years - n) for n, flow in enumerate(inflows, start=1))
    return ModifiedReturn(rate=100 * ((final / outlay) ** (1 / years) - 1))
