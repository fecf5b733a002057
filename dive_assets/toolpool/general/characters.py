"""Characters by the Unicode Character Database."""

from __future__ import annotations

import unicodedata
from typing import Annotated

from dive_assets.toolpool.general.data_sources import UNICODE_DATABASE
from dive_assets.toolpool.general.entity_types import CHARACTER, COUNTED, WHOLE_NUMBER, Character
from dive_assets.toolpool.shared.data_sources import STANDARD_LIBRARY
from dive_assets.tools.annotations import Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

CATEGORIES = {
    "Lu": "uppercase letter",
    "Ll": "lowercase letter",
    "Lt": "titlecase letter",
    "Lm": "modifier letter",
    "Lo": "other letter",
    "Nd": "decimal number",
    "Nl": "letter number",
    "No": "other number",
    "Pd": "dash punctuation",
    "Ps": "open punctuation",
    "Pe": "close punctuation",
    "Pi": "initial punctuation",
    "Pf": "final punctuation",
    "Pc": "connector punctuation",
    "Po": "other punctuation",
    "Sm": "math symbol",
    "Sc": "currency symbol",
    "Sk": "modifier symbol",
    "So": "other symbol",
}


class CharacterFacts(Result):
    """Identity of a character."""

    name: Annotated[
        str,
        Text("the Unicode name"),
        Says(
            ("the Unicode name of {character}", "the name that Unicode gives {character}"),
            ask=("What is {character} called in Unicode?", "What is the Unicode name of {character}?"),
        ),
    ]
    code_point: Annotated[
        str,
        Text("the code point in U+ notation"),
        Says(
            "the Unicode code point of {character} in U+ notation",
            ask=("Which Unicode code point does {character} have in U+ notation?",),
        ),
    ]
    decimal_code_point: Annotated[
        int,
        WHOLE_NUMBER,
        Says(
            "the Unicode code point of {character} as a decimal number",
            ask=("Which decimal number is the Unicode code point of {character}?",),
        ),
    ]
    category: Annotated[
        str,
        Text("the category's English name"),
        Says(
            (
                "the Unicode general category of {character}",
                "the general category to which Unicode assigns {character}",
            ),
            ask=("To which general category does Unicode assign {character}?",),
        ),
    ]


@tool(
    domain="general",
    kind="R",
    sources=[UNICODE_DATABASE],
    determinism="snapshot",
    probes=[
        Probe(
            {"character": "₭"},
            {
                "/name": "KIP SIGN",
                "/code_point": "U+20AD",
                "/decimal_code_point": 0x20AD,
                "/category": "currency symbol",
            },
            "Unicode code charts: Currency Symbols",
        ),
        Probe({"character": "Ж"}, {"/name": "CYRILLIC CAPITAL LETTER ZHE", "/category": "uppercase letter"}, "Unicode"),
    ],
)
def character_facts(character: Character) -> CharacterFacts:
    """Name, code point and general category of a character (Unicode Character Database)."""
    name, category = unicodedata.name(character, ""), CATEGORIES.get(unicodedata.category(character))
    if not name or category is None:
        raise ToolError(f"Unicode gives {character!r} no name, or it is not a visible character")
    return CharacterFacts(
        name=name, code_point=f"U+{ord(character):04X}", decimal_code_point=ord(character), category=category
    )


class RelatedCharacters(Result):
    """Characters to which Unicode maps a character."""

    capital: Annotated[
        str | None,
        CHARACTER,
        Says(
            (
                "the capital letter that belongs to {character} in Unicode",
                "the uppercase mapping of {character} in Unicode",
            ),
            ask=("To which capital letter does Unicode map {character}?",),
        ),
    ]
    small: Annotated[
        str | None,
        CHARACTER,
        Says(
            (
                "the small letter that belongs to {character} in Unicode",
                "the lowercase mapping of {character} in Unicode",
            ),
            ask=("To which small letter does Unicode map {character}?",),
        ),
    ]
    base: Annotated[
        str | None,
        CHARACTER,
        Says(
            (
                "the base character in the full canonical decomposition of {character}",
                "the character with which the NFD form of {character} begins",
            ),
            ask=("Which base character does the canonical decomposition (NFD) of {character} begin with?",),
        ),
    ]


@tool(
    domain="general",
    kind="R",
    sources=[UNICODE_DATABASE],
    determinism="snapshot",
    probes=[
        Probe({"character": "ğ"}, {"/capital": "Ğ", "/small": None, "/base": "g"}, "UnicodeData.txt, U+011F"),
        Probe({"character": "Σ"}, {"/capital": None, "/small": "σ", "/base": None}, "UnicodeData.txt, U+03A3"),
        Probe({"character": "ậ"}, {"/base": "a"}, "UnicodeData.txt, U+1EAD and U+1EA1"),
    ],
)
def related_characters(character: Character) -> RelatedCharacters:
    """Case counterparts and base character of a character (Unicode Character Database)."""
    capital, small = character.upper(), character.lower()
    decomposed = unicodedata.normalize("NFD", character)
    found = RelatedCharacters(
        capital=capital if len(capital) == 1 and capital != character else None,
        small=small if len(small) == 1 and small != character else None,
        base=decomposed[0] if len(decomposed) > 1 else None,
    )
    if not (found.capital or found.small or found.base):
        raise ToolError(f"Unicode relates {character!r} to no other character")
    return found


class Utf8(Result):
    """A character in UTF-8."""

    hexadecimal: Annotated[
        str,
        Text("the bytes as hexadecimal digits, separated by spaces"),
        Says(
            ("the UTF-8 encoding of {character}", "the bytes that encode {character} in UTF-8"),
            ask=("Which bytes encode {character} in UTF-8?",),
        ),
    ]
    length: Annotated[
        int,
        Quantity("byte", "bytes", 0, additive=True),
        Says(
            ("the number of bytes of {character} in UTF-8", "the length in UTF-8 of {character}"),
            has="length in UTF-8",
            ask=("How many bytes does {character} take in UTF-8?",),
            high="greatest",
            low="smallest",
        ),
    ]
    total: Annotated[
        int,
        COUNTED,
        Says(
            "the sum of the values of the UTF-8 bytes of {character}",
            has="sum of the values of the UTF-8 bytes",
            ask=("What do the values of the UTF-8 bytes of {character} add up to?",),
        ),
    ]


@tool(
    domain="general",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"character": "€"},
            {"/hexadecimal": "E2 82 AC", "/length": 3, "/total": 0xE2 + 0x82 + 0xAC},
            "RFC 3629: 1110xxxx 10xxxxxx 10xxxxxx of U+20AC",
        ),
    ],
)
def utf8_encoding(character: Character) -> Utf8:
    """UTF-8 encoding of a character (RFC 3629)."""
    try:
        data = character.encode()
    except UnicodeEncodeError as error:
        raise ToolError("a surrogate has no UTF-8 encoding", "invalid_arguments") from error
    return Utf8(hexadecimal=data.hex(" ").upper(), length=len(data), total=sum(data))
