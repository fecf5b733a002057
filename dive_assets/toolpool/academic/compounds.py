"""Identity, phase changes and flammability of compounds (chemicals)."""

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.academic.compound_data import Compound, compound_record, familiar_name_by_cas, from_tables
from dive_assets.toolpool.academic.entity_types import CAS_NUMBER
from dive_assets.toolpool.shared.data_sources import CHEMICALS
from dive_assets.toolpool.shared.entity_types import CHEMICAL_FORMULA, COMPOUND
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

CRC_TABLES = ("CRC_ORG", "CRC_INORG")
IEC_TABLE = "IEC 60079-20-1 (2010)"


class Identity(Result):
    """How a compound is identified."""

    formula: Annotated[
        str,
        CHEMICAL_FORMULA,
        Says(
            ("the molecular formula of {compound}", "the formula, in Hill notation, of {compound}"),
            ask=("What is the chemical formula of {compound} in Hill notation?",),
        ),
    ]
    cas_number: Annotated[
        str,
        CAS_NUMBER,
        Says(
            ("the CAS Registry Number of {compound}", "the CAS number of {compound}"),
            ask=("Which CAS Registry Number does {compound} have?",),
        ),
    ]


@tool(
    domain="academic",
    kind="R",
    sources=[CHEMICALS],
    probes=[
        Probe({"compound": "caffeine"}, {"/formula": "C8H10N4O2", "/cas_number": "58-08-2"}, "PubChem"),
        Probe({"compound": "sodium chloride"}, {"/formula": "ClNa", "/cas_number": "7647-14-5"}, "PubChem"),
    ],
)
def compound_identity(compound: Compound) -> Identity:
    """Molecular formula (Hill notation) and CAS number of a compound (chemicals)."""
    record = compound_record(compound)
    return Identity(formula=record.formula, cas_number=record.CASs)


class NamedCompound(Result):
    """The compound behind a registry number."""

    compound: Annotated[
        str,
        COMPOUND,
        Says(
            ("the compound registered at CAS under {cas_number}", "the substance that CAS lists under {cas_number}"),
            ask=("Which compound has the CAS Registry Number {cas_number}?",),
        ),
    ]


@tool(
    domain="academic",
    kind="R",
    sources=[CHEMICALS],
    probes=[Probe({"cas_number": "50-78-2"}, {"/compound": "aspirin"}, "PubChem")],
)
def compound_by_cas_number(
    cas_number: Annotated[str, CAS_NUMBER, Field(pattern=r"^\d{2,7}-\d\d-\d$", max_length=12)],
) -> NamedCompound:
    """Everyday name of the compound with a CAS number (chemicals)."""
    familiar = familiar_name_by_cas().get(cas_number)
    return NamedCompound(compound=familiar or compound_record(cas_number).common_name)


class PhaseChanges(Result):
    """Temperatures, pressure and enthalpy at which a compound changes its state."""

    melting_point: Annotated[
        float | None,
        Quantity("kelvin", "kelvins", 1, role="temperature"),
        Says(
            ("the melting point of {compound}", "the CRC Handbook's melting point of {compound}"),
            has="melting point",
            ask=("At what temperature does {compound} melt, by the CRC Handbook?",),
        ),
    ]
    boiling_point: Annotated[
        float | None,
        Quantity("kelvin", "kelvins", 1, role="temperature"),
        Says(
            ("the normal boiling point of {compound}", "the CRC Handbook's boiling point of {compound}"),
            has="normal boiling point",
            ask=("At what temperature does {compound} boil at atmospheric pressure, by the CRC Handbook?",),
        ),
    ]
    critical_temperature: Annotated[
        float | None,
        Quantity("kelvin", "kelvins", 1, role="temperature"),
        Says(
            ("the critical temperature of {compound}", "{compound}'s critical temperature"),
            has="critical temperature",
            ask=("What is the critical temperature of {compound}, by the CRC Handbook?",),
        ),
    ]
    critical_pressure: Annotated[
        float | None,
        Quantity("megapascal", "megapascals", 2, role="pressure"),
        Says(
            ("the critical pressure of {compound}", "{compound}'s critical pressure"),
            has="critical pressure",
            ask=("What is the critical pressure of {compound}, by the CRC Handbook?",),
        ),
    ]
    vaporization_enthalpy: Annotated[
        float | None,
        Quantity("kilojoule/mole", "kilojoules per mole", 1, role="molar enthalpy"),
        Says(
            "the molar enthalpy of vaporization of {compound} at its boiling point",
            has="molar enthalpy of vaporization at the boiling point",
            ask=("What is the molar enthalpy of vaporization of {compound} at its boiling point (CRC Handbook)?",),
        ),
    ]


@tool(
    domain="academic",
    kind="R",
    sources=[CHEMICALS],
    probes=[
        Probe(
            {"compound": "ethanol"},
            {"/boiling_point": 351.39, "/critical_temperature": 515.0, "/critical_pressure": 6.25},
            "CRC Handbook",
        ),
        Probe({"compound": "benzene"}, {"/melting_point": 278.688}),
    ],
)
def compound_phase_changes(compound: Compound) -> PhaseChanges:
    """Melting and boiling point, critical point and heat of vaporization of a compound (CRC Handbook, chemicals)."""
    import chemicals

    cas = compound_record(compound).CASs
    critical_pressure = from_tables(chemicals.Pc, cas, "CRC")
    table = chemicals.phase_change.Hvap_data_CRC
    heat = float(table.at[cas, "HvapTb"]) if cas in table.index else None
    found = PhaseChanges(
        melting_point=from_tables(chemicals.Tm, cas, *CRC_TABLES),
        boiling_point=from_tables(chemicals.Tb, cas, *CRC_TABLES),
        critical_temperature=from_tables(chemicals.Tc, cas, "CRC"),
        critical_pressure=critical_pressure and critical_pressure / 1e6,
        vaporization_enthalpy=heat / 1000 if heat is not None and heat == heat else None,
    )
    if not any(value is not None for _, value in found):
        raise ToolError(f"the CRC Handbook tables in `chemicals` have no phase-change data of {compound!r}")
    return found


class Flammability(Result):
    """When a compound's vapour catches fire."""

    flash_point: Annotated[
        float | None,
        Quantity("kelvin", "kelvins", 1, role="temperature"),
        Says(
            "the flash point of {compound} by IEC 60079-20-1",
            has="flash point",
            ask=("What flash point does IEC 60079-20-1 give for {compound}?",),
        ),
    ]
    autoignition_temperature: Annotated[
        float | None,
        Quantity("kelvin", "kelvins", 1, role="temperature"),
        Says(
            "the autoignition temperature of {compound} by IEC 60079-20-1",
            has="autoignition temperature",
            ask=("At what temperature does {compound} ignite by itself in air, by IEC 60079-20-1?",),
        ),
    ]
    lower_limit: Annotated[
        float | None,
        Quantity("percent", "percent by volume", 2),
        Says(
            "the lower flammability limit of {compound} in air by IEC 60079-20-1",
            has="lower flammability limit in air",
            ask=("What is the lower flammability limit of {compound} in air, by IEC 60079-20-1?",),
        ),
    ]


@tool(
    domain="academic",
    kind="R",
    sources=[CHEMICALS],
    probes=[
        Probe({"compound": "acetone"}, {"/autoignition_temperature": 812.15, "/lower_limit": 2.5}, "IEC 60079-20-1"),
    ],
)
def compound_flammability(compound: Compound) -> Flammability:
    """Flash point, autoignition temperature and lower flammability limit of a compound (IEC 60079-20-1, chemicals)."""
    import chemicals

    cas = compound_record(compound).CASs
    limit = from_tables(lambda c, method: chemicals.LFL(CASRN=c, method=method), cas, IEC_TABLE)
    found = Flammability(
        flash_point=from_tables(chemicals.T_flash, cas, IEC_TABLE),
        autoignition_temperature=from_tables(chemicals.T_autoignition, cas, IEC_TABLE),
        lower_limit=limit and 100 * limit,
    )
    if not any(value is not None for _, value in found):
        raise ToolError(f"IEC 60079-20-1 does not list {compound!r}")
    return found


class VapourPressure(Result):
    """Pressure of a vapour over its liquid."""

    pressure: Annotated[
        float,
        Quantity("kilopascal", "kilopascals", 2, role="pressure"),
        Says(
            (
                "the vapour pressure of {compound} at {temperature} by the Antoine equation",
                "the Antoine vapour pressure of {compound} at {temperature}",
            ),
            has="Antoine vapour pressure at {temperature}",
            ask=(
                "What is the vapour pressure of {compound} at {temperature}, by the Antoine equation with the "
                "constants of Poling, Prausnitz and O'Connell?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[CHEMICALS],
    probes=[
        Probe(
            {"compound": "ethanol", "temperature": 351.4},
            {"/pressure": 101.2985386},
            "CRC Handbook",
        ),
    ],
)
def vapour_pressure(
    compound: Compound,
    temperature: Annotated[
        float,
        Quantity("kelvin", "kelvins", 1, role="temperature"),
        Draw.integer(280, 370, suffix=" K"),
        Field(gt=0, le=2000),
    ],
) -> VapourPressure:
    """Vapour pressure of a compound at a temperature (Antoine equation, constants of Poling et al. 2001)."""
    from chemicals import vapor_pressure as tables

    cas, data = compound_record(compound).CASs, tables.Psat_data_AntoinePoling
    if cas not in data.index:
        raise ToolError(f"Poling et al. give no Antoine constants of {compound!r}")
    row = data.loc[cas]
    if not row["Tmin"] <= temperature <= row["Tmax"]:
        limits = f"{row['Tmin']} to {row['Tmax']} K"
        raise ToolError(f"the Antoine constants of {compound!r} hold from {limits}", "invalid_arguments")
    return VapourPressure(pressure=10 ** (row["A"] - row["B"] / (temperature + row["C"])) / 1000)
