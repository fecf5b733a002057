"""Light: photons, spectral lines and black bodies (CODATA constants of scipy)."""

from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.shared.data_sources import SCIPY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

Energy = Annotated[float, Quantity("electron_volt", "electronvolts", 3, role="photon energy")]
Wavelength = Annotated[float, Quantity("nanometer", "nanometres", 2, role="wavelength")]


class PhotonEnergy(Result):
    """Energy of one photon."""

    energy: Annotated[
        Energy,
        Says(
            (
                "the energy of a photon whose wavelength is {wavelength}",
                "the energy per photon when the wavelength is {wavelength}",
            ),
            ask=("How much energy does a photon carry if its vacuum wavelength is {wavelength}?",),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[SCIPY],
    probes=[Probe({"wavelength": 500.0}, {"/energy": 2.479683969}, "NIST CODATA hc")],
)
def photon_energy(
    wavelength: Annotated[Wavelength, Draw.integer(200, 1500, suffix=" nm"), Field(gt=0, le=1e9)],
) -> PhotonEnergy:
    """Energy of a photon of a vacuum wavelength, hc/λ (CODATA)."""
    import scipy.constants as constants

    return PhotonEnergy(energy=constants.h * constants.c / constants.e / (wavelength * 1e-9))


class PhotonWavelength(Result):
    """Vacuum wavelength of a photon."""

    wavelength: Annotated[
        Wavelength,
        Says(
            (
                "the wavelength of a photon whose energy is {energy}",
                "the vacuum wavelength of photons that carry {energy}",
            ),
            ask=("Which vacuum wavelength does a photon have if its energy is {energy}?",),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[SCIPY],
    probes=[Probe({"energy": 13.598435}, {"/wavelength": 91.175345}, "NIST CODATA hc")],
)
def photon_wavelength(
    energy: Annotated[Energy, Draw.decimal(0.5, 12, 2, suffix=" eV"), Field(gt=0, le=1e9)],
) -> PhotonWavelength:
    """Vacuum wavelength of a photon of an energy, hc/E (CODATA)."""
    import scipy.constants as constants

    return PhotonWavelength(wavelength=constants.h * constants.c / constants.e / energy * 1e9)


class HydrogenLine(Result):
    """A line in the spectrum of hydrogen."""

    wavelength: Annotated[
        Wavelength,
        Says(
            (
                "the wavelength, by the Rydberg formula, of the hydrogen line from n = {upper} to n = {lower}",
                "the vacuum wavelength by the Rydberg formula (with R∞) of hydrogen's {upper} → {lower} line",
            ),
            ask=(
                "Which vacuum wavelength does the Rydberg formula with R∞ give for the hydrogen transition from "
                "n = {upper} to n = {lower}?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[SCIPY],
    probes=[Probe({"upper": 3, "lower": 2}, {"/wavelength": 656.1122764}, "1 / (R∞ · 5/36)")],
)
def hydrogen_line(
    upper: Annotated[int, Draw.integer(5, 12), Field(ge=2, le=100)],
    lower: Annotated[int, Draw.integer(1, 4), Field(ge=1, le=99)],
) -> HydrogenLine:
    """Wavelength of a hydrogen line by the Rydberg formula for an infinitely heavy nucleus (CODATA)."""
    import scipy.constants as constants

    if upper <= lower:
        raise ToolError("the upper level must lie above the lower one", "invalid_arguments")
    return HydrogenLine(wavelength=1e9 / (constants.Rydberg * (1 / lower**2 - 1 / upper**2)))


class BlackBody(Result):
    """Radiation of a black body."""

    peak_wavelength: Annotated[
        float,
        Quantity("nanometer", "nanometres", 0, role="wavelength"),
        Says(
            (
                "the wavelength at which a black body at {temperature} radiates most",
                "the Wien peak wavelength of a black body at {temperature}",
            ),
            ask=("At which wavelength does a black body at {temperature} have its spectral peak, by Wien's law?",),
        ),
    ]
    exitance: Annotated[
        float,
        Quantity("watt/meter**2", "watts per square metre", 0),
        Says(
            "the power per square metre that a black body at {temperature} radiates",
            ask=("How much power does one square metre of a black body at {temperature} radiate?",),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[SCIPY],
    probes=[Probe({"temperature": 5772.0}, {"/peak_wavelength": 502.039762}, "Wien: 2.897771955e-3 m K / T")],
)
def black_body(
    temperature: Annotated[
        float,
        Quantity("kelvin", "kelvins", 1, role="temperature"),
        Draw.integer(250, 12_000, step=10, suffix=" K"),
        Field(gt=0, le=1e6),
    ],
) -> BlackBody:
    """Peak wavelength and radiant exitance of a black body (Wien and Stefan-Boltzmann laws, CODATA)."""
    import scipy.constants as constants

    return BlackBody(
        peak_wavelength=constants.value("Wien wavelength displacement law constant") / temperature * 1e9,
        exitance=constants.Stefan_Boltzmann * temperature**4,
    )
