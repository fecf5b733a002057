"""Natural classes of speech sounds and the symbols of the IPA (PanPhon, Unicode)."""

import unicodedata
from functools import cache
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.academic.data_sources import PANPHON
from dive_assets.toolpool.academic.entity_types import IPA_SEGMENT, PHONOLOGICAL_FEATURE
from dive_assets.toolpool.academic.phonology import FEATURES, Segment, base_segments, segment_values
from dive_assets.toolpool.shared.data_sources import STANDARD_LIBRARY
from dive_assets.tools.annotations import Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

Feature = Annotated[
    str, PHONOLOGICAL_FEATURE, Field(description="PanPhon feature, such as nasal or delayed release", max_length=30)
]


def feature_key(feature: str) -> str:
    """PanPhon's short name of a feature. Raises ToolError for an unknown one."""
    text = feature.strip().casefold()
    for key, name in FEATURES.items():
        if text in (key, name):
            return key
    raise ToolError(f"unknown feature {feature!r}: one of {', '.join(FEATURES.values())}")


def _bracketed(segments: list[str]) -> list[str]:
    return [f"[{segment}]" for segment in sorted(segments)]


class FeatureClass(Result):
    """Segments with two features."""

    segments: Annotated[
        list[Annotated[str, IPA_SEGMENT]],
        Says(
            (
                "the one-letter IPA segments that PanPhon marks as plus for both {feature} and {other}",
                "PanPhon's one-letter segments with a plus for {feature} as well as for {other}",
            ),
            ask=("Which one-letter IPA segments does PanPhon mark as plus for both {feature} and {other}?",),
        ),
    ]


@tool(
    domain="academic",
    kind="R",
    sources=[PANPHON],
    probes=[
        Probe(
            {"feature": "nasal", "other": "labial"},
            {"/segments": ["[m]", "[ɱ]"]},
            "IPA chart: the labial nasals are bilabial m and labiodental ɱ",
        ),
    ],
)
def segments_with_features(feature: Feature, other: Feature) -> FeatureClass:
    """One-letter IPA segments with a plus for two features (PanPhon)."""
    first, second = feature_key(feature), feature_key(other)
    found = [s for s, values in base_segments().items() if values[first] > 0 and values[second] > 0]
    if first == second:
        raise ToolError("name two different features", "invalid_arguments")
    if not found:
        raise ToolError(f"PanPhon marks no one-letter segment as plus for both {feature} and {other}")
    return FeatureClass(segments=_bracketed(found))


class NaturalClass(Result):
    """The smallest natural class of two segments."""

    members: Annotated[
        list[Annotated[str, IPA_SEGMENT]],
        Says(
            (
                "the one-letter IPA segments in the smallest natural class by PanPhon that holds {segment} and {other}",
                "the one-letter IPA segments that agree with {segment} and {other} in every PanPhon feature that these "
                "two share",
            ),
            ask=(
                "Which one-letter IPA segments share every PanPhon feature value that {segment} and {other} have in "
                "common?",
            ),
        ),
    ]
    shared: Annotated[
        list[Annotated[str, PHONOLOGICAL_FEATURE]],
        Says(
            (
                "the features that PanPhon marks as plus in both {segment} and {other}",
                "the positive PanPhon features that {segment} and {other} have in common",
            ),
            ask=("Which features does PanPhon mark as plus in both {segment} and {other}?",),
        ),
    ]
    size: Annotated[
        int,
        Quantity("segments", "segments", 0),
        Says(
            (
                "the number of one-letter IPA segments in the smallest natural class by PanPhon that holds {segment} "
                "and {other}",
            ),
            ask=(
                "How many one-letter IPA segments does the smallest natural class with {segment} and {other} have, by "
                "PanPhon?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[PANPHON],
    probes=[
        Probe(
            {"segment": "[p]", "other": "[b]"},
            {"/members": ["[b]", "[p]"], "/shared": ["anterior", "consonantal", "labial"], "/size": 2},
            "Chomsky and Halle, The Sound Pattern of English: both are [+anterior, +consonantal] labial stops",
        ),
        Probe(
            {"segment": "[m]", "other": "[ŋ]"},
            {"/shared": ["consonantal", "nasal", "sonorant", "voice"]},
            "The Sound Pattern of English",
        ),
    ],
)
def natural_class(segment: Segment, other: Segment) -> NaturalClass:
    """Smallest natural class of two IPA segments among the one-letter segments, and their shared features (PanPhon)."""
    first, second = segment_values(segment), segment_values(other)
    if first == second:
        raise ToolError("name two different segments", "invalid_arguments")
    common = {key: value for key, value in first.items() if second[key] == value}
    members = [s for s, values in base_segments().items() if all(values[key] == v for key, v in common.items())]
    return NaturalClass(
        members=_bracketed(members),
        shared=sorted(FEATURES[key] for key, value in common.items() if value > 0),
        size=len(members),
    )


@cache
def _xsampa() -> dict[str, str]:
    """X-SAMPA symbols by IPA symbol, from the table in PanPhon."""
    import csv
    import pathlib

    import panphon

    path = pathlib.Path(panphon.__file__).parent / "data" / "ipa-xsampa.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["IPA"]: row["X-SAMPA"] for row in csv.DictReader(lines)}


class IpaSymbol(Result):
    """How a segment is written."""

    xsampa: Annotated[
        str | None,
        Text("the X-SAMPA symbol"),
        Says(
            ("the X-SAMPA symbol of {segment}", "the X-SAMPA transcription of {segment}"),
            ask=("How is {segment} written in X-SAMPA?", "Which X-SAMPA symbol stands for {segment}?"),
        ),
    ]
    unicode_name: Annotated[
        str,
        Text("the Unicode character name in capitals"),
        Says(
            ("the Unicode name of the first character in {segment}",),
            ask=("What is the Unicode name of the first character of the IPA symbol {segment}?",),
        ),
    ]
    code_point: Annotated[
        str,
        Text("it in the form U+0283"),
        Says(
            ("the Unicode code point of the first character in {segment}",),
            ask=("Which Unicode code point has the first character of the IPA symbol {segment}?",),
        ),
    ]


@tool(
    domain="academic",
    kind="R",
    sources=[PANPHON, STANDARD_LIBRARY],
    probes=[
        Probe(
            {"segment": "[ʃ]"},
            {"/xsampa": "S", "/unicode_name": "LATIN SMALL LETTER ESH", "/code_point": "U+0283"},
            "Wells, Computer-coding the IPA (1995); The Unicode Standard",
        ),
        Probe({"segment": "[ŋ]"}, {"/xsampa": "N", "/code_point": "U+014B"}, "Wells (1995); The Unicode Standard"),
        Probe({"segment": "[ɲ]"}, {"/xsampa": "J", "/unicode_name": "LATIN SMALL LETTER N WITH LEFT HOOK"}, "Wells"),
    ],
)
def ipa_symbol(segment: Segment) -> IpaSymbol:
    """X-SAMPA symbol and Unicode name and code point of an IPA segment (PanPhon, Unicode)."""
    segment_values(segment)
    letters = segment.strip().removeprefix("[").removesuffix("]")
    return IpaSymbol(
        xsampa=_xsampa().get(letters) if len(letters) == 1 else None,
        unicode_name=unicodedata.name(letters[0]),
        code_point=f"U+{ord(letters[0]):04X}",
    )
