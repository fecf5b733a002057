"""Indices of liver fibrosis, each by its published formula."""

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.medical.data_sources import FORMULA
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.tool import Probe, tool


class FibrosisIndices(Result):
    """The FIB-4 index."""

    fib4: Annotated[
        float,
        Quantity("FIB-4 index", "", 2),
        Says(
            (
                "the FIB-4 index of a {age}-year-old with an AST of {ast}, an ALT of {alt} and {platelets} platelets",
                "the FIB-4 fibrosis index at {age} years with an AST of {ast}, an ALT of {alt} and {platelets} platelets",
            ),
            ask=(
                "What is the FIB-4 index of a {age}-year-old with an AST of {ast}, an ALT of {alt} and {platelets}"
                " platelets?",
            ),
        ),
    ]


Enzyme = Annotated[float, Field(ge=1, le=20000), Draw.integer(18, 240, suffix=" U/L")]
Platelets = Annotated[float, Field(ge=1, le=2000), Draw.integer(60, 340, suffix=" × 10⁹/L")]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"age": 55, "ast": 68, "alt": 44, "platelets": 150},
            {"/fib4": 55 * 68 / (150 * math.sqrt(44))},
            "MedCalc-Bench FIB-4 example: 3.759",
        )
    ],
)
def fib4_index(
    age: Annotated[int, Field(ge=18, le=110), Draw.integer(36, 79)], ast: Enzyme, alt: Enzyme, platelets: Platelets
) -> FibrosisIndices:
    """FIB-4, age x AST / (platelets x square root of ALT) (Sterling, Hepatology 2006;43:1317)."""
    return FibrosisIndices(fib4=age * ast / (platelets * math.sqrt(alt)))


class PlateletRatio(Result):
    """The APRI."""

    apri: Annotated[
        float,
        Quantity("APRI", "", 2),
        Says(
            (
                "the AST to platelet ratio index at an AST of {ast} (upper limit {limit}) and {platelets} platelets",
                "the APRI with an AST of {ast}, an upper normal limit of {limit} and {platelets} platelets",
            ),
            ask=(
                "What is the APRI with an AST of {ast}, an upper limit of normal of {limit} and {platelets} platelets?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[Probe({"ast": 90, "limit": 40, "platelets": 150}, {"/apri": 1.5}, "by hand: 90 / 40 / 150 x 100")],
)
def ast_platelet_ratio_index(
    ast: Enzyme,
    limit: Annotated[float, Field(ge=5, le=100), Draw.integer(32, 45, suffix=" U/L")],
    platelets: Platelets,
) -> PlateletRatio:
    """AST to platelet ratio index (Wai, Hepatology 2003;38:518)."""
    return PlateletRatio(apri=100 * ast / limit / platelets)
