"""Identification codes of containers, ships and railway vehicles."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.transport.data_sources import CONTAINER_CODES, STDNUM
from dive_assets.toolpool.transport.entity_types import CONTAINER_TYPE
from dive_assets.tools.annotations import Draw, Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

CHECK_DIGIT = Quantity("", "", 0, ratio=False, comparable=False)
# BIC codes of carriers and lessors, with the category identifier U for freight containers.
OWNERS = [
    "APZU",
    "BEAU",
    "BMOU",
    "CAIU",
    "CAXU",
    "CMAU",
    "COSU",
    "CSNU",
    "CSQU",
    "DFSU",
    "ECMU",
    "EGHU",
    "EITU",
    "EMCU",
    "FCIU",
    "FSCU",
    "GESU",
    "GLDU",
    "HJCU",
    "HLBU",
    "HLCU",
    "HLXU",
    "IPXU",
    "KKFU",
    "MAEU",
    "MEDU",
    "MRKU",
    "MRSU",
    "MSCU",
    "MSKU",
    "NYKU",
    "OOLU",
    "PONU",
    "SEGU",
    "SUDU",
    "TCKU",
    "TCLU",
    "TCNU",
    "TEMU",
    "TGBU",
    "TGHU",
    "TLLU",
    "TRHU",
    "TRIU",
    "TTNU",
    "UACU",
    "UETU",
    "WHLU",
    "XINU",
    "YMLU",
    "ZCSU",
    "ZIMU",
]
Serial = Annotated[str, Draw.sequence("0123456789", 6, 6), Field(pattern=r"^\d{6}$")]


class ContainerCheckDigit(Result):
    """Check digit of a container number."""

    check_digit: Annotated[
        int,
        CHECK_DIGIT,
        Says(
            (
                "the ISO 6346 check digit of a container with the owner code {owner} and the serial number {serial}",
                "the check digit by ISO 6346 for the container {owner} {serial}",
            ),
            ask=(
                "Which check digit completes the container number {owner} {serial} by ISO 6346?",
                "What is the ISO 6346 check digit of container {owner} {serial}?",
            ),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[STDNUM],
    probes=[
        Probe(
            {"owner": "CSQU", "serial": "305438"}, {"/check_digit": 3}, "the worked example of ISO 6346, CSQU3054383"
        ),
        Probe({"owner": "MSKU", "serial": "907032"}, {"/check_digit": 3}),
    ],
)
def container_check_digit(
    owner: Annotated[str, Draw.choice({code: code for code in OWNERS}), Field(pattern=r"^[A-Z]{3}[UJZ]$")],
    serial: Serial,
) -> ContainerCheckDigit:
    """Check digit of a freight container number (ISO 6346, by python-stdnum)."""
    from stdnum import iso6346

    return ContainerCheckDigit(check_digit=int(iso6346.calc_check_digit(owner + serial)))


# ISO 6346:2022, first and second size character and type group: length in mm; height in mm for a width of 2438 mm.
LENGTHS_MM = {"1": 2991, "2": 6058, "3": 9125, "4": 12192, "L": 13716, "M": 14630}
HEIGHTS_MM = {"0": 2438, "2": 2591, "4": 2743, "5": 2896}
TYPE_GROUPS = {
    "G": "general purpose container",
    "V": "ventilated container",
    "B": "dry bulk container",
    "R": "refrigerated container",
    "H": "thermal container with removable equipment",
    "U": "open-top container",
    "P": "platform or flat rack container",
    "T": "tank container",
    "S": "named cargo container",
}


class ContainerSizeType(Result):
    """What a size and type code says."""

    length_mm: Annotated[
        int,
        Quantity("millimeter", "millimetres", 0),
        Says(
            (
                "the external length that ISO 6346 assigns to {code}",
                "the nominal container length behind {code} in ISO 6346",
            ),
            has="external length by ISO 6346",
            ask=("Which external length in millimetres does ISO 6346 assign to {code}?",),
            high="greatest",
            low="smallest",
        ),
    ]
    height_mm: Annotated[
        int,
        Quantity("millimeter", "millimetres", 0),
        Says(
            (
                "the external height that ISO 6346 assigns to {code}",
                "the nominal container height behind {code} in ISO 6346",
            ),
            has="external height by ISO 6346",
            ask=("Which external height in millimetres does ISO 6346 assign to {code}?",),
            high="greatest",
            low="smallest",
        ),
    ]
    kind: Annotated[
        str,
        Text("the type group in words"),
        Says(
            ("the kind of container denoted by {code} in ISO 6346", "the ISO 6346 type group behind {code}"),
            ask=("Which kind of container does {code} stand for in ISO 6346?",),
        ),
    ]


@tool(
    domain="transport",
    kind="R",
    sources=[CONTAINER_CODES],
    probes=[
        Probe(
            {"code": "22G1"},
            {"/length_mm": 6058, "/height_mm": 2591, "/kind": "general purpose container"},
            "ISO 6346: 20 ft, 8 ft 6 in, general purpose with passive vents",
        ),
        Probe(
            {"code": "45R1"},
            {"/length_mm": 12192, "/height_mm": 2896, "/kind": "refrigerated container"},
            "ISO 6346: 40 ft high-cube reefer",
        ),
    ],
)
def container_size_type(
    code: Annotated[str, CONTAINER_TYPE, Field(description="four characters", max_length=40)],
) -> ContainerSizeType:
    """Length, height and kind of a container from its size and type code (ISO 6346; width 2,438 mm)."""
    text = code.strip().removeprefix("the size and type code ").upper()
    if len(text) != 4 or text[0] not in LENGTHS_MM or text[1] not in HEIGHTS_MM or text[2] not in TYPE_GROUPS:
        raise ToolError(f"{code!r} is no size and type code known here: give four characters such as 22G1")
    return ContainerSizeType(length_mm=LENGTHS_MM[text[0]], height_mm=HEIGHTS_MM[text[1]], kind=TYPE_GROUPS[text[2]])


class ImoCheckDigit(Result):
    """Check digit of an IMO ship number."""

    check_digit: Annotated[
        int,
        CHECK_DIGIT,
        Says(
            (
                "the check digit of an IMO ship number whose first six digits are {digits}",
                "the last digit of the IMO ship number that begins with {digits}",
            ),
            ask=("Which check digit completes an IMO ship number that begins with {digits}?",),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[STDNUM],
    probes=[
        Probe({"digits": "907472"}, {"/check_digit": 9}, "IMO 9074729: 9x7+0x6+7x5+4x4+7x3+2x2 = 139"),
        Probe({"digits": "931946"}, {"/check_digit": 6}, "9x7+3x6+1x5+9x4+4x3+6x2 = 146"),
    ],
)
def imo_check_digit(
    digits: Annotated[str, Draw.sequence("123456789", 6, 6), Field(pattern=r"^[1-9]\d{5}$")],
) -> ImoCheckDigit:
    """Check digit of an IMO ship identification number (by python-stdnum)."""
    from stdnum import imo

    return ImoCheckDigit(check_digit=int(imo.calc_check_digit(digits)))


class RailCheckDigit(Result):
    """Check digit of a railway vehicle."""

    check_digit: Annotated[
        int,
        CHECK_DIGIT,
        Says(
            (
                "the check digit of a UIC vehicle number whose first eleven digits are {digits}",
                "the twelfth digit of the European vehicle number that begins with {digits}",
            ),
            ask=("Which check digit completes the UIC vehicle number {digits}?",),
        ),
    ]


@tool(
    domain="transport",
    kind="P",
    sources=[STDNUM],
    probes=[
        Probe(
            {"digits": "21812471217"}, {"/check_digit": 3}, "by hand: products 4 1 16 1 4 4 14 1 4 1 14, digit sum 37"
        ),
    ],
)
def railway_vehicle_check_digit(
    digits: Annotated[str, Draw.sequence("123456789", 11, 11), Field(pattern=r"^\d{11}$")],
) -> RailCheckDigit:
    """Check digit of a twelve-digit railway vehicle number (UIC 438, Luhn formula, by python-stdnum)."""
    from stdnum import luhn

    return RailCheckDigit(check_digit=int(luhn.calc_check_digit(digits)))
