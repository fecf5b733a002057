"""Colligative properties of solvents (enthalpies of phase change of the CRC Handbook, in chemicals)."""

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.academic.compound_data import Compound, compound_record, from_tables
from dive_assets.toolpool.academic.compounds import CRC_TABLES
from dive_assets.toolpool.academic.data_sources import MENDELEEV, PERIODICTABLE, PUBLISHED_FORMULA
from dive_assets.toolpool.academic.formulas import Composition, formula_composition
from dive_assets.toolpool.shared.data_sources import CHEMICALS, SCIPY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

HOTTEST_SOLVENT = 600  # kelvins; what melts or boils above is no solvent
LARGEST_CONSTANT = 60  # K kg/mol; camphor and cyclohexanol reach some 40

CRYOSCOPIC = Quantity("kelvin*kilogram/mole", "K kg/mol", 2, role="cryoscopic constant")
EBULLIOSCOPIC = Quantity("kelvin*kilogram/mole", "K kg/mol", 2, role="ebullioscopic constant")


class SolventConstants(Result):
    """How much a dissolved substance shifts a solvent's freezing and boiling point."""

    cryoscopic: Annotated[
        float | None,
        CRYOSCOPIC,
        Says(
            (
                "the cryoscopic constant of {compound}",
                "the molal freezing-point depression constant of {compound}",
            ),
            has="cryoscopic constant",
            ask=(
                "Which cryoscopic constant RMT²/ΔH follows for {compound} from the CRC Handbook's melting point and "
                "heat of fusion?",
            ),
        ),
    ]
    ebullioscopic: Annotated[
        float | None,
        EBULLIOSCOPIC,
        Says(
            (
                "the ebullioscopic constant of {compound}",
                "the molal boiling-point elevation constant of {compound}",
            ),
            has="ebullioscopic constant",
            ask=(
                "Which ebullioscopic constant RMT²/ΔH follows for {compound} from the CRC Handbook's boiling point and "
                "heat of vaporization?",
            ),
        ),
    ]


def _constant(molar_mass: float, temperature: float | None, heat: float | None) -> float | None:
    """RMT²/ΔH in K kg/mol, None where a datum is missing."""
    import scipy.constants as constants

    if temperature is None or heat is None or not heat > 0 or temperature > HOTTEST_SOLVENT:
        return None
    constant = float(constants.R * (molar_mass / 1000) * temperature**2 / heat)
    return constant if constant < LARGEST_CONSTANT else None


@tool(
    domain="academic",
    kind="P",
    sources=[CHEMICALS, SCIPY, PERIODICTABLE, MENDELEEV],
    probes=[
        Probe(
            {"compound": "water"},
            {
                "/cryoscopic": 8.31446261815324 * 0.018015 * 273.15**2 / 6010,
                "/ebullioscopic": 8.31446261815324 * 0.018015 * 373.124**2 / 40650,
            },
            "RMT²/ΔH by hand from the CRC Handbook's data; tabulated: 1.86 and 0.513 K kg/mol",
        )
    ],
)
def solvent_constants(compound: Compound) -> SolventConstants:
    """Cryoscopic and ebullioscopic constant of a solvent, RMT²/ΔH (CRC Handbook data, CODATA gas constant)."""
    import chemicals
    from chemicals import phase_change

    record = compound_record(compound)
    cas, composition = record.CASs, formula_composition(formula=record.formula)
    assert isinstance(composition, Composition)
    fusion, vaporization = phase_change.Hfus_data_CRC, phase_change.Hvap_data_CRC
    found = SolventConstants(
        cryoscopic=_constant(
            composition.molar_mass,
            from_tables(chemicals.Tm, cas, *CRC_TABLES),
            float(fusion.at[cas, "Hfus"]) if cas in fusion.index else None,
        ),
        ebullioscopic=_constant(
            composition.molar_mass,
            from_tables(chemicals.Tb, cas, *CRC_TABLES),
            float(vaporization.at[cas, "HvapTb"]) if cas in vaporization.index else None,
        ),
    )
    if found.cryoscopic is None and found.ebullioscopic is None:
        raise ToolError(f"the CRC Handbook tables lack what the constants of {compound!r} need")
    return found


class FreezingPointDepression(Result):
    """How far a solute lowers the freezing point."""

    depression: Annotated[
        float,
        Quantity("delta_degC", "kelvins", 2),
        Says(
            (
                "the freezing-point depression of a {molality} solution in a solvent whose cryoscopic constant is "
                "{constant}",
                "the drop in freezing point that a {molality} solution shows if the solvent's cryoscopic constant is "
                "{constant}",
            ),
            ask=(
                "By how much is the freezing point lowered in an ideal {molality} solution of a non-electrolyte if the "
                "solvent's cryoscopic constant is {constant}?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[PUBLISHED_FORMULA],
    probes=[Probe({"constant": 1.86, "molality": 0.5}, {"/depression": 0.93}, "Blagden's law, K · b, by hand")],
)
def freezing_point_depression(
    constant: Annotated[float, CRYOSCOPIC, Draw.decimal(1.5, 40, 2, suffix=" K kg/mol"), Field(gt=0, le=200)],
    molality: Annotated[float, Draw.decimal(0.05, 1, 2, suffix=" mol/kg"), Field(gt=0, le=20)],
) -> FreezingPointDepression:
    """Freezing-point depression of an ideal solution of a non-electrolyte, constant times molality (Blagden's law)."""
    return FreezingPointDepression(depression=constant * molality)


class BoilingPointElevation(Result):
    """How far a solute raises the boiling point."""

    elevation: Annotated[
        float,
        Quantity("delta_degC", "kelvins", 2),
        Says(
            (
                "the boiling-point elevation of a {molality} solution in a solvent whose ebullioscopic constant is "
                "{constant}",
                "the rise in boiling point that a {molality} solution shows if the solvent's ebullioscopic constant is "
                "{constant}",
            ),
            ask=(
                "By how much is the boiling point raised in an ideal {molality} solution of a non-electrolyte if the "
                "solvent's ebullioscopic constant is {constant}?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[PUBLISHED_FORMULA],
    probes=[Probe({"constant": 2.53, "molality": 0.4}, {"/elevation": 1.012}, "K · b by hand")],
)
def boiling_point_elevation(
    constant: Annotated[float, EBULLIOSCOPIC, Draw.decimal(0.5, 6, 2, suffix=" K kg/mol"), Field(gt=0, le=50)],
    molality: Annotated[float, Draw.decimal(0.05, 1, 2, suffix=" mol/kg"), Field(gt=0, le=20)],
) -> BoilingPointElevation:
    """Boiling-point elevation of an ideal solution of a non-electrolyte, constant times molality."""
    return BoilingPointElevation(elevation=constant * molality)
