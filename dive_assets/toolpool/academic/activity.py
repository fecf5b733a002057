"""What is left of a radioactive sample (exponential decay with ICRP 107 half-lives)."""

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.academic.data_sources import MENDELEEV, RADIOACTIVEDECAY
from dive_assets.toolpool.academic.nuclide_data import Nuclide, radioactive
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool


class Remaining(Result):
    """Share of the starting activity."""

    percent: Annotated[
        float,
        Quantity("percent", "percent", 2),
        Says(
            "the percentage of a {nuclide} sample's activity that is left after {hours}",
            ask=(
                "What percentage of its initial activity does a sample of {nuclide} keep after {hours}?",
                "How much of the activity of a {nuclide} source, in percent, is left after {hours}?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[RADIOACTIVEDECAY, MENDELEEV],
    probes=[
        Probe({"nuclide": "fluorine-18", "hours": 1.8295}, {"/percent": 50.0}, "NNDC NuDat: half-life 109.77 min"),
        Probe({"nuclide": "I-131", "hours": 192.48}, {"/percent": 50.00302478}),
    ],
)
def remaining_activity(
    nuclide: Nuclide,
    hours: Annotated[
        float,
        Quantity("hour", "hours", 2, role="duration"),
        Draw.integer(2, 96, suffix=" hours"),
        Field(ge=0, le=1e6),
    ],
) -> Remaining:
    """Percentage of a pure nuclide's activity left after a time (exponential decay, ICRP 107 half-life)."""
    ratio = hours / radioactive(nuclide).hours
    if not 0.001 < ratio < 13:
        raise ToolError(f"{hours} hours is no sensible time for the decay of {nuclide}", "invalid_arguments")
    return Remaining(percent=100 * 0.5**ratio)


class DecayTime(Result):
    """Time until a share of the activity is left."""

    hours: Annotated[
        float | None,
        Quantity("hour", "hours", 1, role="duration"),
        Says(
            "the time that a {nuclide} sample takes to fall to {percent} of its initial activity",
            has="time needed to fall to {percent} of the initial activity",
            ask=("How long does it take a sample of {nuclide} to decay to {percent} of its initial activity?",),
            high="longest",
            low="shortest",
        ),
    ]
    years: Annotated[
        float | None,
        Quantity("year", "years", 1),
        Says(
            "the age of a {nuclide} sample of which {percent} is left",
            has="age at which {percent} of a sample is left",
            high="greatest",
            ask=("How old is a closed sample that has kept {percent} of its original {nuclide}?",),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[RADIOACTIVEDECAY, MENDELEEV],
    probes=[
        Probe({"nuclide": "carbon-14", "percent": 25}, {"/years": 11400.0, "/hours": None}, "two half-lives"),
        Probe({"nuclide": "iodine-131", "percent": 10}, {"/years": None}),
    ],
)
def decay_time(
    nuclide: Nuclide,
    percent: Annotated[float, Draw.integer(5, 95, step=5, suffix=" percent"), Field(gt=0, lt=100)],
) -> DecayTime:
    """Time after which a percentage of a pure nuclide is left (exponential decay, ICRP 107 half-life)."""
    record = radioactive(nuclide)
    halvings = -math.log2(percent / 100)
    if record.years >= 1:
        return DecayTime(hours=None, years=halvings * record.years)
    return DecayTime(hours=halvings * record.hours, years=None)
