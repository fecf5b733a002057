"""Relativistic motion and decay in flight of particles (PDG masses and lifetimes)."""

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.academic.data_sources import PARTICLE_DATA
from dive_assets.toolpool.academic.particles import Particle, ParticleFacts, particle_facts
from dive_assets.toolpool.shared.data_sources import SCIPY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool


def _mass_and_lifetime(particle: str) -> tuple[float, float | None]:
    """Mass in MeV/c² and mean lifetime in picoseconds. Raises ToolError for a massless particle."""
    facts = particle_facts(particle=particle)
    assert isinstance(facts, ParticleFacts)
    if not facts.mass:
        raise ToolError(f"{particle} has no measured mass", "invalid_arguments")
    return facts.mass, facts.lifetime


class EnergeticMotion(Result):
    """A particle of a kinetic energy."""

    speed: Annotated[
        float,
        Quantity("percent", "percent of the speed of light", 3),
        Says(
            (
                "the speed, as a percentage of the speed of light, of {particle} if its kinetic energy is {energy}",
                "the percentage of the speed of light at which {particle} moves if its kinetic energy is {energy}",
            ),
            has="speed at a kinetic energy of {energy}",
            ask=("What percentage of the speed of light does {particle} reach if its kinetic energy is {energy}?",),
        ),
    ]
    momentum: Annotated[
        float,
        Quantity("megaelectron_volt", "MeV/c", 2),
        Says(
            "the momentum of {particle} if its kinetic energy is {energy}",
            has="momentum at a kinetic energy of {energy}",
            ask=("What is the momentum of {particle} if its kinetic energy is {energy}?",),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[PARTICLE_DATA],
    determinism="snapshot",
    probes=[
        Probe(
            {"particle": "the proton", "energy": 200.0},
            {
                "/momentum": math.sqrt(200 * (200 + 2 * 938.27208816)),
                "/speed": 100 * math.sqrt(1 - (1 + 200 / 938.27208816) ** -2),
            },
            "p²c² = T² + 2Tmc² by hand: 644.4 MeV/c, β = 0.566",
        )
    ],
)
def kinetic_energy_motion(
    particle: Particle,
    energy: Annotated[
        float,
        Quantity("megaelectron_volt", "MeV", 2, role="particle energy"),
        Draw.integer(10, 3000, step=10, suffix=" MeV"),
        Field(gt=0, le=1e9),
    ],
) -> EnergeticMotion:
    """Speed and momentum of a particle with a kinetic energy (relativistic, PDG mass)."""
    mass, _ = _mass_and_lifetime(particle)
    momentum = math.sqrt(energy * (energy + 2 * mass))
    return EnergeticMotion(speed=100 * momentum / (energy + mass), momentum=momentum)


class Flight(Result):
    """How far an unstable particle flies."""

    length: Annotated[
        float,
        Quantity("millimeter", "millimetres", 3),
        Says(
            (
                "the mean flight path before decay of {particle} at a momentum of {momentum}",
                "the mean decay length of {particle} at a momentum of {momentum}",
            ),
            has="mean decay length at a momentum of {momentum}",
            high="longest",
            low="shortest",
            ask=("How far does {particle} fly on average before it decays if its momentum is {momentum}?",),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[PARTICLE_DATA, SCIPY],
    determinism="snapshot",
    probes=[
        Probe(
            {"particle": "the muon", "momentum": 1000.0},
            {"/length": 1000 / 105.6583755 * 299792458 * 2.1969811e-6 * 1000},
            "βγcτ by hand: 6.23 km; PDG: cτ = 658.6384 m",
        )
    ],
)
def mean_decay_length(
    particle: Particle,
    momentum: Annotated[float, Draw.integer(500, 50_000, step=100, suffix=" MeV/c"), Field(gt=0, le=1e9)],
) -> Flight:
    """Mean decay length of a particle of a momentum, (p/mc)·cτ (PDG mass and lifetime, CODATA)."""
    import scipy.constants as constants

    mass, lifetime = _mass_and_lifetime(particle)
    if lifetime is None:
        raise ToolError(f"{particle} is stable or its lifetime is not one that is measured in flight")
    return Flight(length=momentum / mass * constants.c * lifetime * 1e-12 * 1000)
