"""The DICOM data dictionary: attributes, value representations, SOP classes."""

from collections import Counter
from functools import cache
from typing import Annotated, NamedTuple

from pydantic import Field

from dive_assets.toolpool.medical.data_sources import PYDICOM
from dive_assets.toolpool.medical.entity_types import DICOM_ATTRIBUTE, DICOM_VR, SOP_CLASS
from dive_assets.tools.annotations import Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

# Names of the value representations: DICOM PS3.5, table 6.2-1.
VR_NAMES = {
    "AE": "Application Entity",
    "AS": "Age String",
    "AT": "Attribute Tag",
    "CS": "Code String",
    "DA": "Date",
    "DS": "Decimal String",
    "DT": "Date Time",
    "FD": "Floating Point Double",
    "FL": "Floating Point Single",
    "IS": "Integer String",
    "LO": "Long String",
    "LT": "Long Text",
    "OB": "Other Byte",
    "OD": "Other Double",
    "OF": "Other Float",
    "OL": "Other Long",
    "OV": "Other 64-bit Very Long",
    "OW": "Other Word",
    "PN": "Person Name",
    "SH": "Short String",
    "SL": "Signed Long",
    "SQ": "Sequence of Items",
    "SS": "Signed Short",
    "ST": "Short Text",
    "SV": "Signed 64-bit Very Long",
    "TM": "Time",
    "UC": "Unlimited Characters",
    "UI": "Unique Identifier",
    "UL": "Unsigned Long",
    "UR": "Universal Resource Identifier",
    "US": "Unsigned Short",
    "UT": "Unlimited Text",
    "UV": "Unsigned 64-bit Very Long",
}


class Entry(NamedTuple):
    """One line of DICOM PS3.6."""

    tag: int
    vr: str
    vm: str
    keyword: str


@cache
def attributes_by_name() -> dict[str, Entry]:
    """Current attributes of the data dictionary by name; retired ones are left out."""
    from pydicom._dicom_dict import DicomDictionary

    return {
        name: Entry(tag, vr, vm, keyword)
        for tag, (vr, vm, name, retired, keyword) in DicomDictionary.items()
        if not retired and name and keyword
    }


@cache
def _folded() -> dict[str, Entry]:
    return {name.casefold(): entry for name, entry in attributes_by_name().items()}


class AttributeFacts(Result):
    """What the data dictionary says of an attribute."""

    tag: Annotated[
        str,
        Text("the tag as (gggg,eeee)"),
        Says(
            ("the DICOM tag of {attribute}", "the tag that DICOM assigns to {attribute}"),
            ask=("Which DICOM tag does {attribute} have?", "Under which DICOM tag is {attribute} stored?"),
        ),
    ]
    vr: Annotated[
        str | None,
        DICOM_VR,
        Says(
            ("the DICOM value representation of {attribute}", "the VR that DICOM's dictionary gives {attribute}"),
            ask=("Which value representation does DICOM's data dictionary give {attribute}?",),
        ),
    ]
    multiplicity: Annotated[
        str,
        Text("the value multiplicity"),
        Says(
            ("the DICOM value multiplicity of {attribute}", "the VM that DICOM's dictionary gives {attribute}"),
            ask=("Which value multiplicity does DICOM's data dictionary allow {attribute}?",),
        ),
    ]
    group_size: Annotated[
        int,
        Quantity("attributes", "", 0),
        Says(
            "the number of current DICOM attributes in the tag group of {attribute}",
            has="number of current DICOM attributes in its tag group",
            ask=("How many current attributes does pydicom 3.0's dictionary hold in the tag group of {attribute}?",),
            high="largest",
            low="smallest",
        ),
    ]


@tool(
    domain="medical",
    kind="R",
    sources=[PYDICOM],
    determinism="snapshot",
    probes=[
        Probe(
            {"attribute": "Pixel Spacing"},
            {"/tag": "(0028,0030)", "/vr": "DS", "/multiplicity": "2"},
            "DICOM PS3.6, table 6-1",
        ),
        Probe({"attribute": "Patient's Name"}, {"/tag": "(0010,0010)", "/vr": "PN"}, "DICOM PS3.6, table 6-1"),
    ],
)
def dicom_attribute(
    attribute: Annotated[str, DICOM_ATTRIBUTE, Field(description="Name of a DICOM attribute", max_length=100)],
) -> AttributeFacts:
    """Tag, value representation and multiplicity of a DICOM attribute (PS3.6, data dictionary of pydicom 3.0)."""
    entry = _folded().get(attribute.strip().casefold())
    if entry is None:
        raise ToolError(f"unknown or retired DICOM attribute {attribute!r}")
    groups = Counter(other.tag >> 16 for other in attributes_by_name().values())
    return AttributeFacts(
        tag=f"({entry.tag >> 16:04X},{entry.tag & 0xFFFF:04X})",
        vr=entry.vr if entry.vr in VR_NAMES else None,
        multiplicity=entry.vm,
        group_size=groups[entry.tag >> 16],
    )


class RepresentationFacts(Result):
    """Name, use and limit of a value representation."""

    name: Annotated[
        str,
        Text("the name in DICOM PS3.5"),
        Says(
            ("the full name of {vr} in DICOM PS3.5", "the name that DICOM PS3.5 gives {vr}"),
            ask=("What is the full name of {vr} in DICOM?",),
        ),
    ]
    attributes: Annotated[
        int,
        Quantity("attributes", "", 0),
        Says(
            (
                "the number of current DICOM attributes with {vr}",
                "the number of current attributes to which DICOM's dictionary gives {vr}",
            ),
            has="number of current DICOM attributes",
            ask=("How many current attributes of pydicom 3.0's DICOM dictionary are stored with {vr}?",),
            high="largest",
            low="smallest",
        ),
    ]
    longest: Annotated[
        int | None,
        Quantity("characters", "characters", 0),
        Says(
            (
                "the maximum length in characters of one value with {vr} in DICOM",
                "the longest value, in characters, that DICOM allows for {vr}",
            ),
            has="limit on the length of one value, in characters, in DICOM",
            ask=("How many characters may a single value with {vr} have at most in DICOM?",),
        ),
    ]


@tool(
    domain="medical",
    kind="R",
    sources=[PYDICOM],
    determinism="snapshot",
    probes=[
        Probe({"vr": "LO"}, {"/name": "Long String", "/longest": 64}, "DICOM PS3.5, table 6.2-1"),
        Probe({"vr": "DS"}, {"/name": "Decimal String", "/longest": 16}, "DICOM PS3.5, table 6.2-1"),
    ],
)
def dicom_value_representation(
    vr: Annotated[str, DICOM_VR, Field(description="Two-letter code, such as DS", max_length=2)],
) -> RepresentationFacts:
    """Name, maximum length and number of attributes of a DICOM value representation (PS3.5, pydicom 3.0)."""
    from pydicom.valuerep import MAX_VALUE_LEN

    code = vr.strip().upper()
    if code not in VR_NAMES:
        raise ToolError(f"unknown DICOM value representation {vr!r}")
    count = sum(entry.vr == code for entry in attributes_by_name().values())
    return RepresentationFacts(name=VR_NAMES[code], attributes=count, longest=MAX_VALUE_LEN.get(code))


@cache
def sop_classes() -> dict[str, str]:
    """UIDs of the current SOP classes by name."""
    from pydicom._uid_dict import UID_dictionary

    return {
        name: uid
        for uid, (name, kind, _, retired, _) in UID_dictionary.items()
        if kind == "SOP Class" and not retired and "Retired" not in name
    }


class SopClassFacts(Result):
    """The UID of a SOP class."""

    uid: Annotated[
        str,
        Text("the UID in dotted form"),
        Says(
            ("the DICOM UID of {sop_class}", "the unique identifier that DICOM assigns to {sop_class}"),
            ask=("Which DICOM UID identifies {sop_class}?",),
        ),
    ]


@tool(
    domain="medical",
    kind="R",
    sources=[PYDICOM],
    determinism="snapshot",
    probes=[
        Probe({"sop_class": "CT Image Storage"}, {"/uid": "1.2.840.10008.5.1.4.1.1.2"}, "DICOM PS3.6, table A-1"),
        Probe({"sop_class": "MR Image Storage"}, {"/uid": "1.2.840.10008.5.1.4.1.1.4"}, "DICOM PS3.6, table A-1"),
    ],
)
def dicom_sop_class(
    sop_class: Annotated[str, SOP_CLASS, Field(description="Name of a current SOP class", max_length=100)],
) -> SopClassFacts:
    """UID of a DICOM SOP class (PS3.6 table A-1, registry of pydicom 3.0)."""
    folded = {name.casefold(): uid for name, uid in sop_classes().items()}
    uid = folded.get(sop_class.strip().casefold())
    if uid is None:
        raise ToolError(f"unknown or retired DICOM SOP class {sop_class!r}")
    return SopClassFacts(uid=uid)
