"""Units of laboratory analytes, and the conversions that calculators need."""

from functools import cache
from typing import Annotated, Any

from pydantic import Field

from dive_assets.toolpool.medical.data_sources import LABUNITS
from dive_assets.toolpool.medical.entity_types import ANALYTE
from dive_assets.tools.annotations import Draw, Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

CREATININE, GLUCOSE = "2160-0", "2345-7"
BLOOD = {"serum", "plasma"}


@cache
def blood_analytes() -> dict[str, Any]:
    """Analytes of serum or plasma by lower-case name; names that two entries bear are left out."""
    import labunits.converters

    found: dict[str, Any] = {}
    for analyte in labunits.converters.analytes():
        if BLOOD & set(analyte.specimen):
            name = analyte.name.casefold()
            found[name] = None if name in found else analyte
    return {name: analyte for name, analyte in found.items() if analyte is not None}


class AnalyteUnits(Result):
    """Identity and units of an analyte."""

    loinc: Annotated[
        str,
        Text("the LOINC code"),
        Says(
            "the LOINC code that labunits gives for {analyte} in serum or plasma",
            ask=("Which LOINC code does the labunits table give for {analyte} in serum or plasma?",),
        ),
    ]
    si_unit: Annotated[
        str,
        Text("the unit's symbol"),
        Says(
            "the SI reporting unit of {analyte} in serum or plasma",
            ask=("In which SI unit is {analyte} in serum or plasma reported, by the labunits table?",),
        ),
    ]
    factor: Annotated[
        float,
        Quantity("conversion factor", "", 5),
        Says(
            "the factor that converts {analyte} in serum or plasma from conventional to SI units",
            has="factor from conventional to SI units",
            ask=(
                "By which factor is a conventional result for {analyte} in serum or plasma multiplied to give SI units,"
                " by the labunits table?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="R",
    sources=[LABUNITS],
    determinism="snapshot",
    probes=[
        Probe(
            {"analyte": "creatinine"},
            {"/loinc": "2160-0", "/si_unit": "μmol/L", "/factor": 88.4},
            "loinc.org; AMA Manual of Style, SI conversion table",
        )
    ],
)
def analyte_units(
    analyte: Annotated[str, ANALYTE, Field(description="Analyte of serum or plasma", max_length=60)],
) -> AnalyteUnits:
    """LOINC code, SI unit and conversion factor of a serum or plasma analyte (labunits)."""
    found = blood_analytes().get(analyte.strip().casefold())
    if found is None:
        raise ToolError(f"unknown or ambiguous serum analyte {analyte!r}")
    return AnalyteUnits(loinc=found.loinc_num, si_unit=found.si_unit, factor=found.conversion_factor)


class Creatinine(Result):
    """Serum creatinine in conventional units."""

    creatinine: Annotated[
        float,
        Quantity("milligram/deciliter", "mg/dL", 2, role="creatinine"),
        Says(
            "the mg/dL equivalent of a serum creatinine of {value}",
            ask=("What is a serum creatinine of {value} in mg/dL?",),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[LABUNITS],
    probes=[Probe({"value": 88.4}, {"/creatinine": 1.0}, "AMA Manual of Style: 1 mg/dL = 88.4 umol/L")],
)
def creatinine_from_si(
    value: Annotated[
        float,
        Quantity("micromole/liter", "µmol/L", 0, role="creatinine"),
        Field(ge=10, le=3000),
        Draw.integer(45, 400, suffix=" µmol/L"),
    ],
) -> Creatinine:
    """Serum creatinine in mg/dL from µmol/L (labunits, LOINC 2160-0)."""
    import labunits.converters

    return Creatinine(creatinine=labunits.converters.to_traditional_unit(value, CREATININE))


class Glucose(Result):
    """Blood glucose in conventional units."""

    glucose: Annotated[
        float,
        Quantity("milligram/deciliter", "mg/dL", 0, role="glucose"),
        Says(
            "the mg/dL equivalent of a plasma glucose of {value}",
            ask=("What is a plasma glucose of {value} in mg/dL?",),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[LABUNITS],
    probes=[Probe({"value": 5.551}, {"/glucose": 100.0}, "AMA Manual of Style: 1 mg/dL = 0.0555 mmol/L")],
)
def glucose_from_si(
    value: Annotated[
        float,
        Quantity("millimole/liter", "mmol/L", 1, role="glucose"),
        Field(ge=0.5, le=80),
        Draw.decimal(3.0, 30.0, 1, suffix=" mmol/L"),
    ],
) -> Glucose:
    """Plasma glucose in mg/dL from mmol/L (labunits, LOINC 2345-7)."""
    import labunits.converters

    return Glucose(glucose=labunits.converters.to_traditional_unit(value, GLUCOSE))
