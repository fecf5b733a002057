"""Citation indices of a publication list."""

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.academic.data_sources import PUBLISHED_FORMULA
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.tool import Probe, tool

Citations = Annotated[
    list[Annotated[int, Field(ge=0, le=10**6)]],
    Draw.numbers(0, 60, 0, (8, 15)),
    Field(min_length=1, max_length=500, description="Citations of each paper"),
]


class CitationIndices(Result):
    """Indices of a list of citation counts."""

    h_index: Annotated[
        int,
        Quantity("", "", 0, role="h-index"),
        Says(
            ("the h-index of a researcher whose papers have been cited {citations} times",),
            ask=("Which h-index has a researcher whose papers have been cited {citations} times?",),
        ),
    ]
    g_index: Annotated[
        int,
        Quantity("", "", 0),
        Says(
            (
                "the g-index, at most the number of papers, of a researcher whose papers have been cited {citations} "
                "times",
            ),
            ask=(
                "Which g-index (at most the number of papers) has a researcher whose papers have been cited "
                "{citations} times?",
            ),
        ),
    ]
    i10_index: Annotated[
        int,
        Quantity("papers", "papers", 0),
        Says(
            ("the i10-index of a researcher whose papers have been cited {citations} times",),
            ask=("Which i10-index has a researcher whose papers have been cited {citations} times?",),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[PUBLISHED_FORMULA],
    probes=[
        Probe(
            {"citations": [25, 8, 5, 3, 3]},
            {"/h_index": 3, "/g_index": 5, "/i10_index": 1},
            "Wikipedia: h-index (25, 8, 5, 3, 3 gives 3); g: 44 citations >= 25",
        ),
        Probe({"citations": [10, 8, 5, 4, 3]}, {"/h_index": 4, "/g_index": 5}, "Wikipedia: h-index; g: 30 >= 25"),
        Probe({"citations": [24, 3, 2, 1, 0, 0]}, {"/h_index": 2, "/g_index": 5}, "Egghe (2006): 30 >= 25, 30 < 36"),
    ],
)
def citation_indices(citations: Citations) -> CitationIndices:
    """h-index (Hirsch 2005), g-index (Egghe 2006) and i10-index of a list of citation counts."""
    ranked = sorted(citations, reverse=True)
    return CitationIndices(
        h_index=sum(count >= rank for rank, count in enumerate(ranked, 1)),
        g_index=max((n for n in range(1, len(ranked) + 1) if sum(ranked[:n]) >= n * n), default=0),
        i10_index=sum(count >= 10 for count in ranked),
    )
