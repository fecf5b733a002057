"""Further entities that tasks of chemistry and physics start from."""

from collections.abc import Iterator

from dive_assets.toolpool.academic.acids import PKA
from dive_assets.toolpool.academic.compound_data import compound_record, familiar_names
from dive_assets.toolpool.academic.data_sources import (
    ACIDITY_CONSTANTS,
    FRAUNHOFER_LINES,
    MENDELEEV,
    PERIODICTABLE,
    RADIOACTIVEDECAY,
)
from dive_assets.toolpool.academic.entity_types import (
    CAS_NUMBER,
    FRAUNHOFER_LINE,
    NUCLIDE,
    PHYSICAL_CONSTANT,
    WEAK_ACID,
)
from dive_assets.toolpool.academic.fraunhofer import LINES
from dive_assets.toolpool.academic.further_compound_names import FURTHER_NAMES
from dive_assets.toolpool.academic.nuclide_data import abundances, listed_nuclides, nuclide_name
from dive_assets.toolpool.academic.physical_constants import constants_by_name
from dive_assets.toolpool.shared.data_sources import CHEMICALS, SCIPY
from dive_assets.toolpool.shared.entity_types import CHEMICAL_FORMULA, COMPOUND
from dive_assets.tools.seeds import seeds

SHORTEST_HOURS, LONGEST_HOURS = 0.25, 6.0

# Minerals, salts with crystal water and materials, written as chemists write them
FORMULAS = """
Ag2O; AgCl; AgNO3; Al2(SO4)3; Al2O3; Al2SiO5; AlPO4; As2S3; BN; BaSO4; BaTiO3; Be3Al2Si6O18; Bi2Te3; CaC2; CaCl2(H2O)6;
CaCO3; CaF2; CaMg(CO3)2; CaO; CaSO4(H2O)2; CaTiO3; CaWO4; Ca3(PO4)2; Ca5(PO4)3F; Ca5(PO4)3OH; CdS; CdTe; CeO2;
CoCl2(H2O)6; CoSO4(H2O)7; Cr2O3; CrO3; CsI; Cu2CO3(OH)2; Cu2O; Cu2S; Cu3(CO3)2(OH)2; CuCl2(H2O)2; CuFeS2; CuO;
CuSO4(H2O)5; Fe2O3; Fe2SiO4; Fe3C; Fe3O4; FeCO3; FeCl3(H2O)6; FeCr2O4; FeS; FeS2; FeSO4(H2O)7; FeTiO3; FeWO4; GaAs; GaN;
H2SO4; H3BO3; H3PO4; HNO3; HfO2; HgS; InP; K2CO3; K2Cr2O7; K2SO4; K3Fe(CN)6; K4Fe(CN)6; KAl(SO4)2(H2O)12; KAlSi3O8; KCl;
KMnO4; KNO3; LaB6; Li2CO3; LiAlSi2O6; LiCoO2; LiFePO4; LiNbO3; Mg2SiO4; Mg3Si4O10(OH)2; MgAl2O4; MgCO3; MgCl2(H2O)6;
MgSO4(H2O)7; MgSiO3; MnO2; MnSO4(H2O); MoS2; Na2B4O7(H2O)10; Na2CO3(H2O)10; Na2S2O3(H2O)5; Na2SO4(H2O)10; Na3AlF6;
NaAlSi3O8; NaHCO3; NaNO3; NaOH; Nb2O5; Nd2Fe14B; NH4Cl; NH4NO3; NiO; NiSO4(H2O)6; P4O10; PbCO3; PbCrO4; PbMoO4; PbO2;
PbS; PbSO4; PbTiO3; Sb2S3; SiC; Si3N4; SiO2; SnO2; SrCO3; SrSO4; SrTiO3; Ta2O5; ThO2; TiC; TiN; TiO2; UO2; U3O8; V2O5; WC; WO3;
Y3Al5O12; YBa2Cu3O7; ZnCO3; ZnO; ZnS; ZnSO4(H2O)7; ZrO2; ZrSiO4
"""


def _listed(names: str) -> list[str]:
    return [name.strip() for name in names.replace("\n", " ").split(";")]


@seeds(entity=COMPOUND, domain="academic", sources=[CHEMICALS])
def further_compounds() -> Iterator[tuple[str, str]]:
    """Compounds of laboratory and industry beyond the best known ones."""
    yield from ((name, name) for name in _listed(FURTHER_NAMES))


@seeds(entity=WEAK_ACID, domain="academic", sources=[ACIDITY_CONSTANTS], also=("biological",))
def weak_acids() -> Iterator[tuple[str, str]]:
    """Monoprotic weak acids whose dissociation constant is in the textbooks."""
    yield from ((name, name) for name in sorted(PKA))


@seeds(entity=CHEMICAL_FORMULA, domain="academic", sources=[PERIODICTABLE])
def substance_formulas() -> Iterator[tuple[str, str]]:
    """Formulas of minerals, hydrates and materials."""
    yield from ((formula, formula) for formula in sorted(_listed(FORMULAS)))


@seeds(entity=CAS_NUMBER, domain="academic", sources=[CHEMICALS])
def cas_numbers_of_familiar_compounds() -> Iterator[tuple[str, str]]:
    """CAS numbers of well-known industrial compounds, those with a safety standard of their own."""
    from chemicals import safety

    listed = {compound_record(name).CASs for name in familiar_names()} & set(safety.IEC_2010_data.index)
    yield from ((number, number) for number in sorted(listed))


@seeds(entity=NUCLIDE, domain="academic", sources=[MENDELEEV, RADIOACTIVEDECAY])
def natural_nuclides() -> Iterator[tuple[str, str]]:
    """Stable isotopes that occur in nature."""
    names = [nuclide_name(number, mass) for number, shares in abundances().items() for mass in shares]
    decaying = {name for name, record in listed_nuclides().items() if record.modes}
    yield from ((name, name) for name in sorted(set(names) - decaying))


@seeds(entity=NUCLIDE, domain="academic", sources=[RADIOACTIVEDECAY, MENDELEEV])
def short_lived_radionuclides() -> Iterator[tuple[str, str]]:
    """Radionuclides in their ground state that live for a quarter of an hour to six hours."""
    names = [
        name
        for name, record in listed_nuclides().items()
        if record.modes and SHORTEST_HOURS <= record.hours < LONGEST_HOURS and name[-1].isdigit()
    ]
    yield from ((name, name) for name in sorted(names))


@seeds(entity=PHYSICAL_CONSTANT, domain="academic", sources=[SCIPY])
def physical_constants() -> Iterator[tuple[str, str]]:
    """Fundamental constants of CODATA 2022."""
    yield from ((name, name) for name in sorted(constants_by_name()))


@seeds(entity=FRAUNHOFER_LINE, domain="academic", sources=[FRAUNHOFER_LINES])
def fraunhofer_lines() -> Iterator[tuple[str, str]]:
    """The lettered lines of the solar spectrum."""
    yield from ((name, name) for name in sorted(LINES))
