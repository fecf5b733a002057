"""The ICD-10-CM tree: category, block, chapter, subdivisions, nearest common heading."""

from typing import Annotated

from dive_assets.toolpool.medical.data_sources import ICD10CM_TREE
from dive_assets.toolpool.medical.entity_types import ICD10CM
from dive_assets.toolpool.medical.icd import Diagnosis, diagnosis_code, icd10cm, plain_title
from dive_assets.tools.annotations import Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool


class DiagnosisPlace(Result):
    """Headings above an ICD-10-CM code."""

    category: Annotated[
        str,
        ICD10CM,
        Says(
            ("the three-character ICD-10-CM category of {code}", "the ICD-10-CM category that contains {code}"),
            ask=("Which three-character ICD-10-CM category does {code} belong to?",),
        ),
    ]
    category_title: Annotated[
        str,
        Text("the title of the category"),
        Says(
            "the title of the three-character ICD-10-CM category of {code}",
            ask=("What is the title of the three-character ICD-10-CM category that contains {code}?",),
        ),
    ]
    block: Annotated[
        str,
        Text("the title of the ICD-10-CM block, without the code range"),
        Says(
            "the ICD-10-CM block of {code}",
            ask=("Which block of ICD-10-CM is {code} classified in?",),
        ),
    ]
    chapter: Annotated[
        str,
        Text("the title of the ICD-10-CM chapter"),
        Says("the ICD-10-CM chapter of {code}", ask=("Which chapter of ICD-10-CM does {code} fall under?",)),
    ]


@tool(
    domain="medical",
    kind="R",
    sources=[ICD10CM_TREE],
    determinism="snapshot",
    probes=[
        Probe(
            {"code": "E11.9"},
            {
                "/category": "E11",
                "/category_title": "Type 2 diabetes mellitus",
                "/block": "Diabetes mellitus",
                "/chapter": "Endocrine, nutritional and metabolic diseases",
            },
            "ICD-10-CM tabular list, FY 2025",
        )
    ],
)
def icd10cm_place(code: Diagnosis) -> DiagnosisPlace:
    """Category, block and chapter of a diagnosis code (ICD-10-CM, April 2025 release)."""
    tree, dotted = icd10cm(), diagnosis_code(code)
    above = tree.get_ancestors(dotted)
    category = dotted.split(".")[0]
    block = next(item for item in above if tree.is_block(item))
    return DiagnosisPlace(
        category=category,
        category_title=tree.get_description(category),
        block=plain_title(tree.get_description(block)),
        chapter=plain_title(tree.get_description(above[-1])),
    )


class Subdivisions(Result):
    """What stands below an ICD-10-CM code."""

    children: Annotated[
        list[Annotated[str, ICD10CM]],
        Says(
            "the direct subdivisions of {code} in ICD-10-CM",
            ask=("Into which codes does ICD-10-CM directly subdivide {code}?",),
        ),
    ]
    billable_count: Annotated[
        int,
        Quantity("billable codes", "", 0),
        Says(
            "the number of billable ICD-10-CM codes under {code}",
            has="number of billable ICD-10-CM codes",
            ask=("How many billable codes does the April 2025 release of ICD-10-CM list under {code}?",),
            high="largest",
            low="smallest",
        ),
    ]


@tool(
    domain="medical",
    kind="R",
    sources=[ICD10CM_TREE],
    determinism="snapshot",
    probes=[Probe({"code": "I48"}, {"/billable_count": 9}, "I48.0, .11, .19, .20, .21, .3, .4, .91, .92")],
)
def icd10cm_subdivisions(code: Diagnosis) -> Subdivisions:
    """Direct subdivisions and number of billable codes of an ICD-10-CM heading (April 2025 release)."""
    tree, dotted = icd10cm(), diagnosis_code(code)
    if tree.is_leaf(dotted):
        raise ToolError(f"{dotted} is a billable ICD-10-CM code and has no subdivisions")
    below = tree.get_descendants(dotted)
    return Subdivisions(
        children=sorted(tree.get_children(dotted)), billable_count=sum(tree.is_leaf(item) for item in below)
    )


class CommonHeading(Result):
    """The narrowest heading above two codes."""

    heading: Annotated[
        str,
        Text("the title of the heading, without its code or range"),
        Says(
            "the narrowest ICD-10-CM heading that covers both {code} and {other_code}",
            ask=(
                "Which is the narrowest ICD-10-CM heading (category, block or chapter) over {code} and {other_code}?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[ICD10CM_TREE],
    determinism="snapshot",
    probes=[
        Probe({"code": "E11.9", "other_code": "E10.65"}, {"/heading": "Diabetes mellitus"}, "block E08-E13"),
        Probe({"code": "I21.4", "other_code": "I21.9"}, {"/heading": "Acute myocardial infarction"}, "category I21"),
    ],
)
def common_icd10cm_heading(code: Diagnosis, other_code: Diagnosis) -> CommonHeading:
    """The narrowest ICD-10-CM heading that two diagnosis codes share (April 2025 release)."""
    tree, first, second = icd10cm(), diagnosis_code(code), diagnosis_code(other_code)
    if first == second:
        raise ToolError("the two codes are the same")
    found = tree.get_nearest_common_ancestor(first, second)
    if not found:
        raise ToolError(f"{first} and {second} stand in different chapters of ICD-10-CM")
    title = tree.get_description(found)
    return CommonHeading(heading=title if tree.is_category_or_subcategory(found) else plain_title(title))
