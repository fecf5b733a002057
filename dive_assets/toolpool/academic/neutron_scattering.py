"""Neutron scattering lengths and cross sections (periodictable)."""

from typing import Annotated, Any

from pydantic import Field

from dive_assets.toolpool.academic.compound_data import Compound, compound_record
from dive_assets.toolpool.academic.data_sources import MENDELEEV, PERIODICTABLE
from dive_assets.toolpool.academic.element_data import Element, atomic_number_of, element_table, names_by_number
from dive_assets.toolpool.shared.data_sources import CHEMICALS
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool


class NeutronScattering(Result):
    """How the natural element scatters and absorbs slow neutrons."""

    coherent_length: Annotated[
        float,
        Quantity("femtometer", "femtometres", 3, ratio=False),
        Says(
            (
                "the bound coherent neutron scattering length of {element}",
                "the coherent scattering length for neutrons of {element} with its natural isotopes",
            ),
            has="bound coherent neutron scattering length",
            ask=("What is the bound coherent neutron scattering length of {element} in its natural isotope mix?",),
        ),
    ]
    absorption: Annotated[
        float,
        Quantity("barn", "barns", 3),
        Says(
            (
                "the absorption cross section of {element} for thermal neutrons at 2200 m/s",
                "the thermal-neutron absorption cross section, at 2200 m/s, of {element} with its natural isotopes",
            ),
            has="absorption cross section for thermal neutrons at 2200 m/s",
            high="largest",
            low="smallest",
            ask=(
                "How large is the absorption cross section, for neutrons at 2200 m/s, of {element} in its natural isotope mix?",
            ),
        ),
    ]


def _scatterer(element: str) -> Any:
    import periodictable

    number = atomic_number_of(element)
    neutron = periodictable.elements.symbol(element_table()[number]["symbol"]).neutron
    if not neutron.has_sld() or neutron.b_c is None or neutron.absorption is None:
        raise ToolError(f"no neutron scattering length of {names_by_number()[number]} is tabulated")
    return neutron


@tool(
    domain="academic",
    kind="R",
    sources=[PERIODICTABLE, MENDELEEV],
    probes=[
        Probe({"element": "copper"}, {"/coherent_length": 7.718, "/absorption": 3.78}, "NIST, Neutron News 3 (1992)"),
        Probe({"element": "hydrogen"}, {"/absorption": 0.3326}, "NIST, Neutron News 3 (1992)"),
        Probe({"element": "cadmium"}, {"/absorption": 2520.0}, "NIST, Neutron News 3 (1992)"),
    ],
)
def neutron_scattering(element: Element) -> NeutronScattering:
    """Coherent neutron scattering length and absorption cross section of a natural element (periodictable)."""
    neutron = _scatterer(element)
    return NeutronScattering(
        coherent_length=round(float(neutron.b_c), 6), absorption=round(float(neutron.absorption), 6)
    )


class ScatteringDensity(Result):
    """How densely a material scatters neutrons."""

    density: Annotated[
        float,
        Quantity("microangstrom**-2", "10⁻⁶ Å⁻²", 3, ratio=False),
        Says(
            (
                "the neutron scattering length density of {compound} at a mass density of {density}",
                "the neutron SLD of {compound} when its mass density is {density}",
            ),
            has="neutron scattering length density at a mass density of {density}",
            ask=(
                "What is the real part of the neutron scattering length density of {compound}, in units of 10⁻⁶ Å⁻², "
                "if its mass density is {density}?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[PERIODICTABLE, CHEMICALS],
    probes=[
        Probe(
            {"compound": "water", "density": 1.0},
            {"/density": (2 * -3.7409 + 5.8037) * 6.02214076 / 18.015},
            "sum of scattering lengths times number density by hand; NIST's calculator gives −0.561",
        )
    ],
)
def neutron_scattering_density(
    compound: Compound,
    density: Annotated[float, Draw.decimal(0.8, 1.6, 2, suffix=" g/cm³"), Field(gt=0, le=25)],
) -> ScatteringDensity:
    """Real neutron scattering length density of a compound of natural isotopes at a mass density (periodictable)."""
    import periodictable

    formula = compound_record(compound).formula
    if "+" in formula or "-" in formula:
        raise ToolError(f"{formula} is no formula of a neutral compound")
    real, _, _ = periodictable.neutron_sld(formula, density=density, wavelength=1.798)
    if real is None:
        raise ToolError(f"an element of {compound} has no neutron scattering length")
    return ScatteringDensity(density=float(real))
