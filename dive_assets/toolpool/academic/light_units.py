"""Light in other units, Compton scattering, and matter waves (CODATA constants of scipy)."""

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.shared.data_sources import SCIPY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

Wavelength = Annotated[
    float,
    Quantity("nanometer", "nanometres", 2, role="wavelength"),
    Draw.integer(200, 1500, suffix=" nm"),
    Field(ge=5, le=1e9),
]


class WaveNumbers(Result):
    """Frequency, wavenumber and molar energy of light."""

    frequency: Annotated[
        float,
        Quantity("terahertz", "terahertz", 2),
        Says(
            (
                "the frequency of light whose vacuum wavelength is {wavelength}",
                "the frequency of electromagnetic radiation with a vacuum wavelength of {wavelength}",
            ),
            ask=("Which frequency does light have if its vacuum wavelength is {wavelength}?",),
        ),
    ]
    wavenumber: Annotated[
        float,
        Quantity("centimeter**-1", "reciprocal centimetres", 1),
        Says(
            (
                "the wavenumber of light whose vacuum wavelength is {wavelength}",
                "the spectroscopic wavenumber that belongs to a vacuum wavelength of {wavelength}",
            ),
            ask=("Which wavenumber does light have if its vacuum wavelength is {wavelength}?",),
        ),
    ]
    molar_energy: Annotated[
        float,
        Quantity("kilojoule/mole", "kilojoules per mole", 1, role="molar enthalpy"),
        Says(
            (
                "the energy of one mole of photons whose vacuum wavelength is {wavelength}",
                "the energy of one einstein of light with a vacuum wavelength of {wavelength}",
            ),
            ask=("How much energy does one mole of photons carry if their vacuum wavelength is {wavelength}?",),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[SCIPY],
    probes=[
        Probe(
            {"wavelength": 500.0},
            {
                "/frequency": 299792458 / 500e-9 / 1e12,
                "/wavenumber": 20_000.0,
                "/molar_energy": 6.62607015e-34 * 299792458 * 6.02214076e23 / 500e-9 / 1000,
            },
            "c/λ, 1/λ and N_A·hc/λ by hand with the exact SI constants",
        )
    ],
)
def light_in_other_units(wavelength: Wavelength) -> WaveNumbers:
    """Frequency, wavenumber and energy per mole of light of a vacuum wavelength (CODATA)."""
    import scipy.constants as constants

    metres = wavelength * 1e-9
    return WaveNumbers(
        frequency=constants.c / metres / 1e12,
        wavenumber=0.01 / metres,
        molar_energy=constants.N_A * constants.h * constants.c / metres / 1000,
    )


class ComptonScattering(Result):
    """A photon after it has hit a free electron at rest."""

    energy: Annotated[
        float,
        Quantity("kiloelectron_volt", "keV", 2),
        Says(
            (
                "the energy of a photon of {energy} after Compton scattering by {angle}",
                "the energy left to a {energy} photon that a free electron scatters by {angle}",
            ),
            ask=("A photon of {energy} is Compton-scattered by {angle}. How much energy does it keep?",),
        ),
    ]
    electron_energy: Annotated[
        float,
        Quantity("kiloelectron_volt", "keV", 2),
        Says(
            (
                "the kinetic energy of the recoil electron when a photon of {energy} is Compton-scattered by {angle}",
                "the energy that a {energy} photon passes to a free electron on Compton scattering by {angle}",
            ),
            ask=("How much kinetic energy does the electron gain when a photon of {energy} is scattered by {angle}?",),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[SCIPY],
    probes=[
        Probe(
            {"energy": 661.7, "angle": 180},
            {"/energy": 661.7 / (1 + 661.7 / 510.99895069 * 2)},
            "Compton's formula by hand: 184.3 keV, the backscatter peak of caesium-137",
        )
    ],
)
def compton_scattering(
    energy: Annotated[float, Draw.integer(30, 1500, step=10, suffix=" keV"), Field(gt=0, le=1e6)],
    angle: Annotated[float, Draw.integer(15, 180, step=5, suffix=" degrees"), Field(gt=0, le=180)],
) -> ComptonScattering:
    """Photon and electron energy after Compton scattering on a free electron at rest (CODATA)."""
    import scipy.constants as constants

    rest = constants.value("electron mass energy equivalent in MeV") * 1000
    left = energy / (1 + energy / rest * (1 - math.cos(math.radians(angle))))
    return ComptonScattering(energy=left, electron_energy=energy - left)


class MatterWave(Result):
    """An electron that a voltage has accelerated."""

    wavelength: Annotated[
        float,
        Quantity("nanometer", "nanometres", 5, role="wavelength"),
        Says(
            (
                "the relativistic de Broglie wavelength of electrons accelerated through {voltage}",
                "the electron wavelength in a microscope with an accelerating voltage of {voltage}",
            ),
            ask=("Which de Broglie wavelength do electrons have after acceleration through {voltage}?",),
        ),
    ]
    speed: Annotated[
        float,
        Quantity("percent", "percent of the speed of light", 2),
        Says(
            "the speed, as a percentage of the speed of light, of electrons accelerated through {voltage}",
            ask=("What percentage of the speed of light do electrons reach when accelerated through {voltage}?",),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[SCIPY],
    probes=[
        Probe(
            {"voltage": 200},
            {
                "/wavelength": 1.2264259 / math.sqrt(200_000 * (1 + 200_000 / (2 * 510998.95))),
                "/speed": 100 * math.sqrt(1 - (1 + 200_000 / 510998.95) ** -2),
            },
            "λ = 1.2264 nm/sqrt(V + V²/1.022 MV) by hand; Williams and Carter, table 1.2: 0.00251 nm at 200 kV",
        )
    ],
)
def electron_wave(
    voltage: Annotated[float, Draw.integer(5, 400, step=5, suffix=" kV"), Field(gt=0, le=1e6)],
) -> MatterWave:
    """De Broglie wavelength and speed of an electron after a voltage in kilovolts (relativistic, CODATA)."""
    import scipy.constants as constants

    rest = constants.value("electron mass energy equivalent in MeV") * 1e6
    kinetic = voltage * 1000
    momentum = math.sqrt(kinetic * (kinetic + 2 * rest))
    hc = constants.h * constants.c / constants.e
    return MatterWave(wavelength=hc / momentum * 1e9, speed=100 * momentum / (kinetic + rest))


class IonLine(Result):
    """A line of a one-electron ion."""

    wavelength: Annotated[
        float,
        Quantity("nanometer", "nanometres", 4, role="wavelength"),
        Says(
            (
                "the Bohr-model wavelength for n = {upper} to n = {lower} in a one-electron ion whose atomic number is "
                "{atomic_number}",
                "the wavelength that the Bohr model (with R∞) gives for the n = {upper} to n = {lower} transition of "
                "a hydrogen-like ion when Z is {atomic_number}",
            ),
            ask=(
                "By the Bohr model with R∞, which wavelength has the n = {upper} to n = {lower} transition in a "
                "hydrogen-like ion whose atomic number is {atomic_number}?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[SCIPY],
    probes=[
        Probe(
            {"atomic_number": 2, "upper": 4, "lower": 3},
            {"/wavelength": 1e9 / (10973731.568157 * 4 * (1 / 9 - 1 / 16))},
            "Rydberg formula with Z² by hand: 468.6 nm, the He II line of Pickering and Fowler",
        )
    ],
)
def one_electron_line(
    atomic_number: Annotated[int, Quantity("", "", 0, role="atomic number"), Draw.integer(2, 30), Field(ge=1, le=60)],
    upper: Annotated[int, Draw.integer(4, 9), Field(ge=2, le=100)],
    lower: Annotated[int, Draw.integer(1, 3), Field(ge=1, le=99)],
) -> IonLine:
    """Wavelength of a transition of a one-electron ion, 1/λ = R∞·Z²·(1/n² − 1/m²) (CODATA, no reduced mass)."""
    import scipy.constants as constants

    if upper <= lower:
        raise ToolError("the upper level must lie above the lower one", "invalid_arguments")
    return IonLine(wavelength=1e9 / (constants.Rydberg * atomic_number**2 * (1 / lower**2 - 1 / upper**2)))
