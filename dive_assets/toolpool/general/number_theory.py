"""Whole numbers: factors, primes, powers, ways to write them, check digits."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.general.data_sources import SYMPY
from dive_assets.toolpool.general.entity_types import COUNTED, WHOLE_NUMBER
from dive_assets.toolpool.shared.data_sources import STANDARD_LIBRARY
from dive_assets.tools.annotations import Draw, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import DataSource, Probe, tool

DAMM = DataSource("", "LicenseRef-Public-Domain", "https://en.wikipedia.org/wiki/Damm_algorithm")
LARGEST = 10**15
Whole = Annotated[int, WHOLE_NUMBER, Draw.integer(1_000, 999_999), Field(ge=1, le=LARGEST)]
Second = Annotated[int, WHOLE_NUMBER, Draw.integer(120, 9_999), Field(ge=1, le=LARGEST)]
BASES = {2: "binary", 3: "ternary", 5: "base five", 8: "octal", 12: "base twelve", 16: "hexadecimal"}
DIGITS = "0123456789ABCDEF"
ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
VERHOEFF_SHIFT = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)
DAMM_TABLE = (
    *((0, 3, 1, 7, 5, 9, 8, 6, 4, 2), (7, 0, 9, 2, 1, 5, 4, 8, 6, 3), (4, 2, 0, 6, 8, 7, 1, 3, 5, 9)),
    *((1, 7, 5, 0, 9, 8, 3, 4, 2, 6), (6, 1, 2, 3, 0, 4, 5, 9, 7, 8), (3, 6, 7, 4, 2, 0, 9, 5, 8, 1)),
    *((5, 8, 6, 9, 7, 2, 0, 1, 3, 4), (8, 9, 4, 5, 3, 6, 2, 0, 1, 7), (9, 4, 3, 8, 6, 1, 7, 2, 0, 5)),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


class Factors(Result):
    """Prime factors and what follows from them."""

    largest_prime: Annotated[
        int,
        WHOLE_NUMBER,
        Says(
            ("the largest prime factor of {number}", "the greatest prime that divides {number}"),
            ask=("What is the largest prime factor of {number}?", "Which is the greatest prime that divides {number}?"),
        ),
    ]
    distinct_primes: Annotated[
        int,
        COUNTED,
        Says(
            "the number of different prime factors of {number}",
            ask=("How many different prime factors does {number} have?",),
        ),
    ]
    divisors: Annotated[
        int,
        WHOLE_NUMBER,
        Says(
            ("the number of positive divisors of {number}", "the count of all positive divisors of {number}"),
            ask=("How many positive divisors does {number} have?",),
        ),
    ]
    divisor_sum: Annotated[
        int,
        WHOLE_NUMBER,
        Says(
            "the sum of all positive divisors of {number}",
            ask=("What do all positive divisors of {number} add up to?",),
        ),
    ]
    totient: Annotated[
        int,
        WHOLE_NUMBER,
        Says(
            ("Euler's totient of {number}", "the value of Euler's totient function at {number}"),
            ask=(
                "What is Euler's totient of {number}?",
                "How many positive integers up to {number} are coprime to it?",
            ),
        ),
    ]


@tool(
    domain="general",
    kind="P",
    sources=[SYMPY],
    probes=[
        Probe(
            {"number": 360},
            {"/largest_prime": 5, "/distinct_primes": 3, "/divisors": 24, "/divisor_sum": 1170, "/totient": 96},
            "360 = 2^3 3^2 5; OEIS A000005, A000203, A000010",
        ),
        Probe({"number": 600851475143}, {"/largest_prime": 6857}, "Project Euler, problem 3"),
        Probe({"number": 8128}, {"/divisor_sum": 2 * 8128}, "8128 is a perfect number"),
    ],
)
def prime_factors(number: Whole) -> Factors:
    """Largest prime factor, number and sum of divisors and totient of a whole number."""
    from sympy import factorint

    if number < 2:
        raise ToolError("1 has no prime factor", "invalid_arguments")
    factors = factorint(number)
    return Factors(
        largest_prime=int(max(factors)),
        distinct_primes=len(factors),
        divisors=math.prod(int(k) + 1 for k in factors.values()),
        divisor_sum=math.prod((int(p) ** (int(k) + 1) - 1) // (int(p) - 1) for p, k in factors.items()),
        totient=math.prod((int(p) - 1) * int(p) ** (int(k) - 1) for p, k in factors.items()),
    )


class NearbyPrimes(Result):
    """Primes around a number."""

    next_prime: Annotated[
        int,
        WHOLE_NUMBER,
        Says(
            ("the smallest prime greater than {number}", "the first prime above {number}"),
            ask=("What is the smallest prime greater than {number}?",),
        ),
    ]
    previous_prime: Annotated[
        int,
        WHOLE_NUMBER,
        Says(
            ("the largest prime smaller than {number}", "the last prime below {number}"),
            ask=("What is the largest prime smaller than {number}?",),
        ),
    ]
    is_prime: Annotated[bool, Says("whether {number} is a prime number", ask=("Is {number} a prime number?",))]


@tool(
    domain="general",
    kind="P",
    sources=[SYMPY],
    probes=[
        Probe({"number": 1000}, {"/next_prime": 1009, "/previous_prime": 997, "/is_prime": False}, "list of primes"),
        Probe({"number": 104729}, {"/is_prime": True}, "the 10,000th prime"),
    ],
)
def nearby_primes(number: Whole) -> NearbyPrimes:
    """Next and previous prime of a whole number above 2, and whether it is prime itself."""
    from sympy import isprime, nextprime, prevprime

    if number < 3:
        raise ToolError("there is no prime below 2", "invalid_arguments")
    return NearbyPrimes(
        next_prime=int(nextprime(number)), previous_prime=int(prevprime(number)), is_prime=bool(isprime(number))
    )


class CommonMeasure(Result):
    """Greatest common divisor and least common multiple."""

    gcd: Annotated[
        int,
        WHOLE_NUMBER,
        Says(
            "the greatest common divisor of {number} and {other}",
            ask=("What is the greatest common divisor of {number} and {other}?",),
        ),
    ]
    lcm: Annotated[
        int,
        WHOLE_NUMBER,
        Says(
            "the least common multiple of {number} and {other}",
            ask=("What is the least common multiple of {number} and {other}?",),
        ),
    ]


@tool(
    domain="general",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"number": 1071, "other": 462}, {"/gcd": 21, "/lcm": 1071 * 22}, "Euclid's algorithm: 1071, 462, 147, 21"
        ),
    ],
)
def gcd_and_lcm(number: Whole, other: Second) -> CommonMeasure:
    """Greatest common divisor and least common multiple of two whole numbers."""
    return CommonMeasure(gcd=math.gcd(number, other), lcm=math.lcm(number, other))


class Residue(Result):
    """A power and an inverse modulo a number."""

    power: Annotated[
        int,
        WHOLE_NUMBER,
        Says(
            "the remainder when {number} to the power of {exponent} is divided by {modulus}",
            ask=("What remains when {number} to the power of {exponent} is divided by {modulus}?",),
        ),
    ]


@tool(
    domain="general",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe({"number": 4, "exponent": 13, "modulus": 497}, {"/power": 445}, "4^13 = 67108864 = 135027 * 497 + 445"),
        Probe({"number": 65, "exponent": 17, "modulus": 3233}, {"/power": 2790}, "textbook RSA, p = 61, q = 53"),
    ],
)
def modular_power(
    number: Whole,
    exponent: Annotated[int, Draw.integer(3, 99), Field(ge=0, le=10_000)],
    modulus: Annotated[int, Draw.integer(101, 9_973), Field(ge=2, le=10**9)],
) -> Residue:
    """Remainder of a power of a whole number by a modulus."""
    return Residue(power=pow(number, exponent, modulus))


class Notation(Result):
    """A number in another base."""

    digits: Annotated[
        str,
        Text("the digits without prefix, letters in capitals"),
        Says(
            ("the {base} representation of {number}", "the digits of {number} in {base} notation"),
            ask=("How is {number} written in {base} notation?",),
        ),
    ]
    digit_sum: Annotated[
        int,
        WHOLE_NUMBER,
        Says(
            "the sum of the digits of {number} in {base} notation",
            ask=("What is the sum of the digits of {number} in {base} notation?",),
        ),
    ]


@tool(
    domain="general",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe({"number": 48879, "base": 16}, {"/digits": "BEEF", "/digit_sum": 11 + 14 + 14 + 15}, "0xBEEF = 48879"),
        Probe({"number": 493, "base": 8}, {"/digits": "755", "/digit_sum": 17}, "7 * 64 + 5 * 8 + 5"),
        Probe({"number": 144, "base": 12}, {"/digits": "100"}, "a gross"),
    ],
)
def number_in_base(number: Whole, base: Annotated[int, Draw.choice(BASES), Field(ge=2, le=16)]) -> Notation:
    """Digits of a whole number in a base up to 16, and their sum."""
    found: list[int] = []
    rest = number
    while rest:
        rest, digit = divmod(rest, base)
        found.insert(0, digit)
    return Notation(digits="".join(DIGITS[digit] for digit in found), digit_sum=sum(found))


class RomanNumeral(Result):
    """A number in Roman numerals."""

    numeral: Annotated[
        str,
        Text("the numeral in capitals"),
        Says(
            ("the Roman numeral for {small_number}", "the Roman form of {small_number}"),
            ask=("How is {small_number} written in Roman numerals?",),
        ),
    ]
    letters: Annotated[
        int,
        COUNTED,
        Says(
            "the number of letters in the Roman numeral for {small_number}",
            ask=("How many letters does the Roman numeral for {small_number} have?",),
        ),
    ]


@tool(
    domain="general",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe({"small_number": 1994}, {"/numeral": "MCMXCIV", "/letters": 7}, "standard example"),
        Probe({"small_number": 3888}, {"/numeral": "MMMDCCCLXXXVIII", "/letters": 15}, "the longest below 4000"),
    ],
)
def roman_numeral(
    small_number: Annotated[int, WHOLE_NUMBER, Draw.integer(40, 3_999), Field(ge=1, le=3_999)],
) -> RomanNumeral:
    """Standard (subtractive) Roman numeral of a whole number below 4,000."""
    numeral, rest = "", small_number
    for value, letters in ROMAN:
        count, rest = divmod(rest, value)
        numeral += letters * count
    return RomanNumeral(numeral=numeral, letters=len(numeral))


class Arrangements(Result):
    """Ways to choose some of several things."""

    combinations: Annotated[
        int,
        WHOLE_NUMBER,
        Says(
            (
                "the number of ways to choose {chosen} out of {total}",
                "the number of combinations of {chosen} out of {total}",
            ),
            ask=("In how many ways can {chosen} be chosen out of {total}, the order being ignored?",),
        ),
    ]
    permutations: Annotated[
        int,
        COUNTED,
        Says(
            "the number of ways to arrange {chosen} out of {total} in a row",
            ask=("In how many ways can {chosen} out of {total} be arranged in a row?",),
        ),
    ]
    partitions: Annotated[
        int,
        COUNTED,
        Says(
            "the number of ways to split {total} into exactly {chosen} non-empty groups without order",
            ask=("In how many ways can {total} be split into exactly {chosen} non-empty unordered groups?",),
        ),
    ]


@tool(
    domain="general",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"total": 10, "chosen": 3},
            {"/combinations": 120, "/permutations": 720, "/partitions": 9330},
            "Abramowitz and Stegun, tables 24.1 and 24.4",
        ),
    ],
)
def arrangements(
    total: Annotated[int, Draw.integer(8, 25, suffix=" different objects"), Field(ge=1, le=60)],
    chosen: Annotated[int, Draw.integer(2, 7), Field(ge=1, le=60)],
) -> Arrangements:
    """Combinations, permutations and set partitions (Stirling numbers of the second kind) of distinct objects."""
    if chosen > total:
        raise ToolError("no more can be chosen than there are", "invalid_arguments")
    signed = sum((-1) ** (chosen - j) * math.comb(chosen, j) * j**total for j in range(chosen + 1))
    return Arrangements(
        combinations=math.comb(total, chosen),
        permutations=math.perm(total, chosen),
        partitions=signed // math.factorial(chosen),
    )


class CheckDigits(Result):
    """Check digits of several schemes."""

    luhn: Annotated[
        int,
        COUNTED,
        Says(
            ("the Luhn check digit of {digits}", "the check digit that the Luhn algorithm appends to {digits}"),
            ask=("Which check digit does the Luhn algorithm append to {digits}?",),
        ),
    ]
    verhoeff: Annotated[
        int,
        COUNTED,
        Says(
            ("the Verhoeff check digit of {digits}", "the check digit that the Verhoeff algorithm appends to {digits}"),
            ask=("Which check digit does the Verhoeff algorithm append to {digits}?",),
        ),
    ]
    damm: Annotated[
        int,
        COUNTED,
        Says(
            "the Damm check digit of {digits} with the standard quasigroup table",
            ask=("Which check digit does the Damm algorithm with its standard table append to {digits}?",),
        ),
    ]
    mod_97: Annotated[
        str,
        Text("two digits"),
        Says(
            "the two ISO 7064 MOD 97-10 check digits of {digits}",
            ask=("Which two check digits does ISO 7064 MOD 97-10 append to {digits}?",),
        ),
    ]


def _verhoeff_product(a: int, b: int) -> int:
    """Product in the dihedral group of ten elements: 0-4 are rotations, 5-9 reflections."""
    if a < 5:
        return (a + b) % 5 if b < 5 else (a + b - 5) % 5 + 5
    return (a - 5 - b) % 5 + 5 if b < 5 else (a - b) % 5


def _verhoeff(digits: str) -> int:
    state = 0
    for position, digit in enumerate(reversed(digits), start=1):
        value = int(digit)
        for _ in range(position % 8):
            value = VERHOEFF_SHIFT[value]
        state = _verhoeff_product(state, value)
    return (5 - state) % 5 if state < 5 else state


@tool(
    domain="general",
    also=("financial",),
    kind="P",
    sources=[DAMM],
    probes=[
        Probe({"digits": "7992739871"}, {"/luhn": 3}, "the usual example, as in ISO/IEC 7812-1"),
        Probe({"digits": "236"}, {"/verhoeff": 3}, "Wikipedia, Verhoeff algorithm: 2363"),
        Probe({"digits": "12345"}, {"/verhoeff": 1}, "Rosetta Code, Verhoeff algorithm"),
        Probe({"digits": "572"}, {"/damm": 4}, "Damm 2004; Wikipedia: 5724"),
        Probe({"digits": "794"}, {"/mod_97": "44"}, "ISO 7064: 79444"),
    ],
)
def check_digits(
    digits: Annotated[str, Draw.sequence("123456789", 8, 12), Field(pattern=r"^\d{1,40}$")],
) -> CheckDigits:
    """Check digits of a string of digits: Luhn, Verhoeff, Damm, and ISO 7064 MOD 97-10."""
    luhn = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if position % 2 == 0 else 1)
        luhn += value // 10 + value % 10
    damm = 0
    for digit in digits:
        damm = DAMM_TABLE[damm][int(digit)]
    return CheckDigits(
        luhn=-luhn % 10, verhoeff=_verhoeff(digits), damm=damm, mod_97=f"{98 - int(digits) * 100 % 97:02d}"
    )
