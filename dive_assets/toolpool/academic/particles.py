"""Subatomic particles (PDG tables in `particle`) and their relativistic motion."""

import math
from functools import cache
from typing import Annotated, Any

from pydantic import Field

from dive_assets.toolpool.academic.data_sources import PARTICLE_DATA
from dive_assets.toolpool.academic.entity_types import PARTICLE
from dive_assets.toolpool.shared.data_sources import SCIPY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

Particle = Annotated[
    str, PARTICLE, Field(description="Name such as 'the muon', 'the K+ meson', or PDG name 'K+'", max_length=40)
]

PDG_NAMES = {
    "the electron": "e-",
    "the positron": "e+",
    "the muon": "mu-",
    "the antimuon": "mu+",
    "the tau lepton": "tau-",
    "the antitau": "tau+",
    "the photon": "gamma",
    "the W+ boson": "W+",
    "the W− boson": "W-",
    "the Z boson": "Z0",
    "the Higgs boson": "H0",
    "the top quark": "t",
    "the top antiquark": "t~",
    "the neutral pion": "pi0",
    "the positive pion": "pi+",
    "the negative pion": "pi-",
    "the η meson": "eta",
    "the η′(958) meson": "eta'(958)",
    "the neutral ρ(770) meson": "rho(770)0",
    "the ω(782) meson": "omega(782)",
    "the φ(1020) meson": "phi(1020)",
    "the positive kaon": "K+",
    "the negative kaon": "K-",
    "the short-lived neutral kaon": "K(S)0",
    "the long-lived neutral kaon": "K(L)0",
    "the D0 meson": "D0",
    "the anti-D0 meson": "D~0",
    "the D+ meson": "D+",
    "the D− meson": "D-",
    "the Ds+ meson": "D(s)+",
    "the Ds− meson": "D(s)-",
    "the D*(2010)+ meson": "D*(2010)+",
    "the D*(2010)− meson": "D*(2010)-",
    "the J/ψ meson": "J/psi(1S)",
    "the ψ(2S) meson": "psi(2S)",
    "the Υ(1S) meson": "Upsilon(1S)",
    "the Υ(4S) meson": "Upsilon(4S)",
    "the B0 meson": "B0",
    "the anti-B0 meson": "B~0",
    "the B+ meson": "B+",
    "the B− meson": "B-",
    "the Bs0 meson": "B(s)0",
    "the anti-Bs0 meson": "B(s)~0",
    "the Bc+ meson": "B(c)+",
    "the Bc− meson": "B(c)-",
    "the proton": "p",
    "the antiproton": "p~",
    "the neutron": "n",
    "the antineutron": "n~",
    "the Λ baryon": "Lambda",
    "the anti-Λ baryon": "Lambda~",
    "the Σ+ baryon": "Sigma+",
    "the Σ0 baryon": "Sigma0",
    "the Σ− baryon": "Sigma-",
    "the Ξ0 baryon": "Xi0",
    "the Ξ− baryon": "Xi-",
    "the Ω− baryon": "Omega-",
    "the anti-Ω+ baryon": "Omega~+",
    "the Λc+ baryon": "Lambda(c)+",
    "the Ξc+ baryon": "Xi(c)+",
    "the Ξc0 baryon": "Xi(c)0",
    "the Ωc0 baryon": "Omega(c)0",
    "the Λb0 baryon": "Lambda(b)0",
    "the Ξb− baryon": "Xi(b)-",
    "the Ξb0 baryon": "Xi(b)0",
    "the Ωb− baryon": "Omega(b)-",
    "the Δ(1232)++ baryon": "Delta(1232)++",
}
QUARKS = {"u": "up", "d": "down", "s": "strange", "c": "charm", "b": "bottom", "t": "top"}


@cache
def _pdg_table() -> dict[str, Any]:
    import particle as pdg

    return {record.name: record for record in pdg.Particle.all()}


@cache
def _pdg_names() -> dict[str, str]:
    return {_plain(name): pdg_name for name, pdg_name in PDG_NAMES.items()}


def _plain(name: str) -> str:
    return name.strip().removeprefix("the ").replace("\N{MINUS SIGN}", "-")


def _record(particle: str) -> Any:
    plain = _plain(particle)
    record = _pdg_table().get(_pdg_names().get(plain, plain))
    if record is None:
        raise ToolError(f"unknown particle {particle!r}: give its English or PDG name")
    return record


@cache
def _name_by_id() -> dict[int, str]:
    return {int(_record(name).pdgid): name for name in PDG_NAMES}


def _mass(particle: str) -> float:
    mass = _record(particle).mass
    if mass is None:
        raise ToolError(f"the PDG table gives no mass of {particle}")
    return float(mass)


class ParticleFacts(Result):
    """What the Particle Data Group lists for a particle."""

    mass: Annotated[
        float | None,
        Quantity("megaelectron_volt", "MeV/c²", 3, role="particle mass"),
        Says(
            "the mass of {particle}",
            has="mass",
            ask=("What is the mass of {particle}, by the Particle Data Group?",),
        ),
    ]
    charge: Annotated[
        float,
        Quantity("elementary_charge", "elementary charges", 2),
        Says("the electric charge of {particle}", ask=("What is the electric charge of {particle}?",)),
    ]
    spin: Annotated[
        str | None,
        Text("it in units of ħ, as a whole number or a fraction"),
        Says("the spin of {particle}", ask=("What is the spin of {particle}, in units of ħ?",)),
    ]
    quarks: Annotated[
        str | None,
        Text("the quark names in alphabetical order, joined by hyphens"),
        Says(
            "the valence quark content of {particle}",
            ask=("Which valence quarks is {particle} made of?",),
        ),
    ]
    lifetime: Annotated[
        float | None,
        Quantity("picosecond", "picoseconds", 3),
        Says(
            "the mean lifetime of {particle}",
            has="mean lifetime",
            ask=("What is the mean lifetime of {particle}, by the Particle Data Group?",),
            high="longest",
            low="shortest",
        ),
    ]
    antiparticle: Annotated[
        str | None,
        PARTICLE,
        Says("the antiparticle of {particle}", ask=("Which particle is the antiparticle of {particle}?",)),
    ]


def _quark_names(content: str) -> str | None:
    if not content or not content.isalpha() or not set(content.casefold()) <= set(QUARKS):
        return None
    return "-".join(sorted(QUARKS[q.casefold()] + ("" if q.islower() else " antiquark") for q in content))


@tool(
    domain="academic",
    kind="R",
    sources=[PARTICLE_DATA],
    determinism="snapshot",
    probes=[
        Probe(
            {"particle": "the muon"},
            {"/mass": 105.6583755, "/charge": -1, "/spin": "1/2", "/antiparticle": "the antimuon"},
            "PDG",
        ),
        Probe({"particle": "the B0 meson"}, {"/quarks": "bottom antiquark-down", "/lifetime": 1.5113937}, "PDG"),
        Probe({"particle": "p"}, {"/quarks": "down-up-up", "/lifetime": None}, "PDG"),
    ],
)
def particle_facts(particle: Particle) -> ParticleFacts:
    """Mass, charge, spin, quark content, lifetime and antiparticle of a particle (Particle Data Group, `particle`)."""
    record = _record(particle)
    lifetime = None if record.lifetime is None else record.lifetime * 1000
    return ParticleFacts(
        mass=record.mass,
        charge=float(record.charge),
        spin=record.J if record.J is None else str(record.J),
        quarks=_quark_names(record.quarks),
        lifetime=lifetime if lifetime is not None and 0.1 <= lifetime < 1e9 else None,
        antiparticle=None if record.is_self_conjugate else _name_by_id().get(int(record.invert().pdgid)),
    )


class Motion(Result):
    """A particle of a momentum."""

    energy: Annotated[
        float,
        Quantity("megaelectron_volt", "MeV", 2, role="particle energy"),
        Says(
            "the total energy of {particle} at a momentum of {momentum}",
            has="total energy at a momentum of {momentum}",
            ask=("What is the total energy of {particle} when its momentum is {momentum}?",),
        ),
    ]
    lorentz_factor: Annotated[
        float,
        Quantity("", "", 3),
        Says(
            "the Lorentz factor of {particle} at a momentum of {momentum}",
            has="Lorentz factor at a momentum of {momentum}",
            ask=("What is the Lorentz factor of {particle} when its momentum is {momentum}?",),
        ),
    ]
    speed: Annotated[
        float,
        Quantity("percent", "percent of the speed of light", 3),
        Says(
            "the speed, as a percentage of the speed of light, of {particle} at a momentum of {momentum}",
            has="speed at a momentum of {momentum}",
            ask=("At what percentage of the speed of light does {particle} move when its momentum is {momentum}?",),
        ),
    ]
    de_broglie_wavelength: Annotated[
        float,
        Quantity("femtometer", "femtometres", 3),
        Says(
            "the de Broglie wavelength that belongs to {particle} at a momentum of {momentum}",
            ask=("Which de Broglie wavelength does {particle} have when its momentum is {momentum}?",),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[PARTICLE_DATA, SCIPY],
    determinism="snapshot",
    probes=[
        Probe(
            {"particle": "the positive pion", "momentum": 300.0},
            {"/energy": 330.8774598, "/lorentz_factor": 2.370685217},
            "E² = p² + m²",
        )
    ],
)
def particle_motion(
    particle: Particle,
    momentum: Annotated[float, Draw.integer(50, 5000, step=10, suffix=" MeV/c"), Field(gt=0, le=1e7)],
) -> Motion:
    """Energy, Lorentz factor, speed and de Broglie wavelength of a particle with a momentum (PDG mass, CODATA)."""
    import scipy.constants as constants

    mass = _mass(particle)
    if not mass:
        raise ToolError(f"{particle} has no mass: its Lorentz factor is not defined", "invalid_arguments")
    energy = math.hypot(mass, momentum)
    hc = constants.h * constants.c / (constants.e * 1e6) * 1e15
    return Motion(
        energy=energy,
        lorentz_factor=energy / mass,
        speed=100 * momentum / energy,
        de_broglie_wavelength=hc / momentum,
    )
