"""Vehicle identification numbers: check digit and model year (49 CFR 565)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.transport.data_sources import VIN_RULE
from dive_assets.tools.annotations import Draw, Quantity, Result, Says, Text
from dive_assets.tools.tool import Probe, tool

# 49 CFR 565.15, Tables III (values of the letters), IV (weights) and VII (model years).
VIN_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
VIN_VALUES = dict(zip(VIN_LETTERS, (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
YEAR_CODES = "ABCDEFGHJKLMNPRSTVWXY123456789"
YEAR_CHOICES = {code: code for code in YEAR_CODES}


def vin_check_digit_of(vin: str) -> str:
    """The check digit that position nine must hold: 0 to 9, or X for ten."""
    total = sum(w * (int(c) if c.isdigit() else VIN_VALUES[c]) for w, c in zip(VIN_WEIGHTS, vin, strict=True))
    return "0123456789X"[total % 11]


class VinCheckDigit(Result):
    """Check digit of a vehicle identification number."""

    check_digit: Annotated[
        str,
        Text("the digit 0 to 9 or the letter X"),
        Says(
            (
                "the check digit (ninth position) that 49 CFR 565.15 requires when the other sixteen characters of a VIN "
                "are {characters}",
            ),
            ask=(
                "Which check digit does 49 CFR 565.15 require in the ninth position of a VIN whose other sixteen "
                "characters are {characters}?",
            ),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[VIN_RULE],
    probes=[
        Probe({"characters": "1111111111111111"}, {"/check_digit": "1"}, "the test number 1 seventeen times is valid"),
        Probe({"characters": "1M8GDM9AKP042788"}, {"/check_digit": "X"}, "the often printed example 1M8GDM9AXKP042788"),
    ],
)
def vin_check_digit(
    characters: Annotated[
        str, Draw.sequence("ABCDEFGHJKLMNPRSTUVWXYZ123456789", 16, 16), Field(pattern=r"^[A-HJ-NPR-Z0-9]{16}$")
    ],
) -> VinCheckDigit:
    """Check digit of a vehicle identification number from its other sixteen characters (49 CFR 565.15)."""
    return VinCheckDigit(check_digit=vin_check_digit_of(characters[:8] + "0" + characters[8:]))


class VinModelYear(Result):
    """Model year of a VIN."""

    year: Annotated[
        int,
        Quantity("", "", 0, ratio=False),
        Says(
            (
                "the model year coded by {code} in the tenth position of a passenger car's VIN with {seventh} in the "
                "seventh position",
            ),
            ask=(
                "By 49 CFR 565.15, which model year does {code} in the tenth position of a passenger car's VIN mean with "
                "{seventh} in the seventh position?",
            ),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[VIN_RULE],
    probes=[
        Probe({"code": "A", "seventh": "letter"}, {"/year": 2010}, "49 CFR 565.15, Table VII"),
        Probe({"code": "X", "seventh": "digit"}, {"/year": 1999}, "49 CFR 565.15, Table VII"),
        Probe({"code": "9", "seventh": "letter"}, {"/year": 2039}, "49 CFR 565.15, Table VII"),
    ],
)
def vin_model_year(
    code: Annotated[str, Draw.choice(YEAR_CHOICES), Field(pattern=r"^[A-HJ-NPR-TV-Y1-9]$")],
    seventh: Annotated[str, Draw.choice({"digit": "a digit", "letter": "a letter"}), Field(pattern="^(digit|letter)$")],
) -> VinModelYear:
    """Model year from the tenth character of a US passenger car's VIN (49 CFR 565.15, 1980-2009 or 2010-2039)."""
    return VinModelYear(year=(1980 if seventh == "digit" else 2010) + YEAR_CODES.index(code))
