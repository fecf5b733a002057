"""Articulatory features of speech sounds (PanPhon)."""

from functools import cache
from typing import Annotated, Any

from pydantic import Field

from dive_assets.toolpool.academic.data_sources import PANPHON
from dive_assets.toolpool.academic.entity_types import IPA_SEGMENT, PHONOLOGICAL_FEATURE
from dive_assets.tools.annotations import Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

Segment = Annotated[str, IPA_SEGMENT, Field(description="One IPA segment, as [ʃ] or ʃ", max_length=8)]

FEATURES = {
    "syl": "syllabic",
    "son": "sonorant",
    "cons": "consonantal",
    "cont": "continuant",
    "delrel": "delayed release",
    "lat": "lateral",
    "nas": "nasal",
    "strid": "strident",
    "voi": "voice",
    "sg": "spread glottis",
    "cg": "constricted glottis",
    "ant": "anterior",
    "cor": "coronal",
    "distr": "distributed",
    "lab": "labial",
    "hi": "high",
    "lo": "low",
    "back": "back",
    "round": "round",
    "velaric": "velaric",
    "tense": "tense",
    "long": "long",
    "hitone": "high tone",
    "hireg": "high register",
}


@cache
def base_segments() -> dict[str, dict[str, int]]:
    """Feature values of PanPhon's one-letter segments."""
    return {
        segment: values for segment, values in all_segments().items() if len(segment) == 1 and segment not in "˥˦˧˨˩"
    }


@cache
def all_segments() -> dict[str, dict[str, int]]:
    import panphon

    table: Any = panphon.FeatureTable()
    return {str(segment): {name: int(values[name]) for name in FEATURES} for segment, values in table.segments}


def segment_values(segment: str) -> dict[str, int]:
    values = all_segments().get(segment.strip().removeprefix("[").removesuffix("]"))
    if values is None:
        raise ToolError(f"PanPhon has no segment {segment!r}")
    return values


class SegmentFeatures(Result):
    """The features of a segment."""

    features: Annotated[
        list[Annotated[str, PHONOLOGICAL_FEATURE]],
        Says(
            (
                "the features that PanPhon marks as plus in {segment}",
                "the positive PanPhon features of {segment}",
            ),
            ask=("Which features does PanPhon mark as plus in {segment}?",),
        ),
    ]
    voicing_counterpart: Annotated[
        str | None,
        IPA_SEGMENT,
        Says(
            "the sound that differs from {segment} in voicing only",
            ask=("Which one-letter IPA segment differs from {segment} only in the PanPhon feature of voice?",),
        ),
    ]
    voiced: Annotated[bool, Says("whether {segment} is voiced in PanPhon", ask=("Is {segment} voiced, by PanPhon?",))]
    sonorant: Annotated[
        bool, Says("whether {segment} is a sonorant in PanPhon", ask=("Is {segment} a sonorant, by PanPhon?",))
    ]


@tool(
    domain="academic",
    kind="R",
    sources=[PANPHON],
    probes=[
        Probe(
            {"segment": "[ʃ]"},
            {
                "/features": ["consonantal", "continuant", "coronal", "distributed", "strident"],
                "/voicing_counterpart": "[ʒ]",
                "/voiced": False,
            },
            "IPA chart",
        ),
    ],
)
def segment_features(segment: Segment) -> SegmentFeatures:
    """Positive features and voicing counterpart of an IPA segment (PanPhon)."""
    values = segment_values(segment)
    flipped = values | {"voi": -values["voi"]}
    partners = sorted(other for other, marks in base_segments().items() if marks == flipped and marks != values)
    return SegmentFeatures(
        features=sorted(FEATURES[name] for name, value in values.items() if value > 0),
        voicing_counterpart=f"[{partners[0]}]" if len(partners) == 1 else None,
        voiced=values["voi"] > 0,
        sonorant=values["son"] > 0,
    )


class SegmentContrast(Result):
    """How two segments differ."""

    distance: Annotated[
        int,
        Quantity("", "", 0),
        Says(
            "the number of PanPhon features in which {segment} and {other} differ",
            has="number of PanPhon features that set it apart from {other}",
            ask=("In how many PanPhon features do {segment} and {other} differ?",),
            high="largest",
            low="smallest",
        ),
    ]
    features: Annotated[
        list[Annotated[str, PHONOLOGICAL_FEATURE]],
        Says(
            "the PanPhon features in which {segment} and {other} differ",
            ask=("Which PanPhon features distinguish {segment} from {other}?",),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[PANPHON],
    probes=[Probe({"segment": "[p]", "other": "[b]"}, {"/distance": 1, "/features": ["voice"]}, "IPA chart")],
)
def segment_contrast(segment: Segment, other: Segment) -> SegmentContrast:
    """Features whose values (plus, minus, unspecified) differ between two IPA segments (PanPhon)."""
    first, second = segment_values(segment), segment_values(other)
    differing = sorted(FEATURES[name] for name in FEATURES if first[name] != second[name])
    return SegmentContrast(distance=len(differing), features=differing)
