"""Cardiovascular calculators at the bedside, each by its published formula."""

import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.medical.data_sources import FORMULA
from dive_assets.tools.annotations import Draw, Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

MEAN_PRESSURE = Quantity("millimeter_Hg", "mmHg", 1, role="mean_arterial_pressure")


Systolic = Annotated[int, Field(ge=40, le=300), Draw.integer(82, 190)]
Diastolic = Annotated[int, Field(ge=20, le=200), Draw.integer(44, 81, suffix=" mmHg")]
HeartRate = Annotated[int, Field(ge=20, le=300), Draw.integer(52, 138, suffix=" beats per minute")]


class MeanPressure(Result):
    """The mean arterial pressure."""

    pressure: Annotated[
        float,
        MEAN_PRESSURE,
        Says(
            (
                "the mean arterial pressure, by the one-third rule, at {systolic}/{diastolic}",
                "the mean arterial pressure (diastolic plus a third of the pulse pressure) at {systolic}/{diastolic}",
            ),
            ask=("What is the mean arterial pressure, by the one-third rule, at {systolic}/{diastolic}?",),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe({"systolic": 120, "diastolic": 80}, {"/pressure": 280 / 3}, "MedCalc-Bench example: 93.333"),
    ],
)
def mean_arterial_pressure(systolic: Systolic, diastolic: Diastolic) -> MeanPressure:
    """Mean arterial pressure, diastolic + (systolic - diastolic) / 3 (Guyton and Hall)."""
    if diastolic >= systolic:
        raise ToolError("the diastolic pressure must be below the systolic one")
    return MeanPressure(pressure=diastolic + (systolic - diastolic) / 3)


class PerfusionPressure(Result):
    """The cerebral perfusion pressure."""

    pressure: Annotated[
        float,
        Quantity("millimeter_Hg", "mmHg", 1),
        Says(
            (
                "the cerebral perfusion pressure at {mean_pressure} and an intracranial pressure of {intracranial}",
                "the cerebral perfusion pressure with {mean_pressure} and an intracranial pressure of {intracranial}",
            ),
            ask=(
                "What is the cerebral perfusion pressure with {mean_pressure} and an intracranial pressure of"
                " {intracranial}?",
            ),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[Probe({"mean_pressure": 90, "intracranial": 18}, {"/pressure": 72.0}, "by hand: MAP - ICP")],
)
def cerebral_perfusion_pressure(
    mean_pressure: Annotated[
        float,
        MEAN_PRESSURE,
        Field(ge=20, le=200),
        Draw.choice({n: f"a mean arterial pressure of {n} mmHg" for n in range(55, 116)}),
    ],
    intracranial: Annotated[float, Field(ge=0, le=80), Draw.integer(6, 32, suffix=" mmHg")],
) -> PerfusionPressure:
    """Cerebral perfusion pressure, mean arterial minus intracranial pressure (Rosner, J Neurosurg 1995;83:949)."""
    return PerfusionPressure(pressure=mean_pressure - intracranial)


class ShockIndices(Result):
    """The shock index."""

    index: Annotated[
        float,
        Quantity("shock index", "", 2),
        Says(
            (
                "the shock index at a heart rate of {rate} and a systolic pressure of {systolic} mmHg",
                "the Allgöwer shock index with {rate} and a systolic pressure of {systolic} mmHg",
            ),
            ask=("What is the shock index at {rate} and a systolic pressure of {systolic} mmHg?",),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[Probe({"rate": 120, "systolic": 96}, {"/index": 1.25}, "by hand: 120 / 96")],
)
def shock_index(rate: HeartRate, systolic: Systolic) -> ShockIndices:
    """Shock index, heart rate / systolic pressure (Allgöwer and Burri, Dtsch Med Wochenschr 1967;92:1947)."""
    return ShockIndices(index=rate / systolic)


class AnkleBrachial(Result):
    """The ankle-brachial index."""

    index: Annotated[
        float,
        Quantity("ankle-brachial index", "", 2),
        Says(
            (
                "the ankle-brachial index at an ankle pressure of {ankle} and a brachial pressure of {brachial}",
                "the ABI with {ankle} at the ankle and {brachial} at the arm",
            ),
            ask=("What is the ankle-brachial index with systolic pressures of {ankle} (ankle) and {brachial} (arm)?",),
        ),
    ]


Pressure = Annotated[int, Field(ge=20, le=300), Draw.integer(58, 150, suffix=" mmHg")]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[Probe({"ankle": 90, "brachial": 120}, {"/index": 0.75}, "by hand: 90 / 120")],
)
def ankle_brachial_index(
    ankle: Pressure, brachial: Annotated[int, Field(ge=40, le=300), Draw.integer(104, 172, suffix=" mmHg")]
) -> AnkleBrachial:
    """Ankle-brachial index, ankle / brachial systolic pressure (Aboyans, Circulation 2012;126:2890)."""
    return AnkleBrachial(index=ankle / brachial)


class CorrectedQt(Result):
    """The rate-corrected QT interval."""

    bazett: Annotated[
        float,
        Quantity("millisecond", "ms", 0),
        Says(
            (
                "the Bazett-corrected QT interval at a QT of {interval} and a heart rate of {rate}",
                "the QTc by Bazett for a QT of {interval} at {rate}",
            ),
            ask=("What is the QTc by Bazett for a QT interval of {interval} at {rate}?",),
        ),
    ]
    fridericia: Annotated[
        float,
        Quantity("millisecond", "ms", 0),
        Says(
            (
                "the Fridericia-corrected QT interval at a QT of {interval} and a heart rate of {rate}",
                "the QTc by Fridericia for a QT of {interval} at {rate}",
            ),
            ask=("What is the QTc by Fridericia for a QT interval of {interval} at {rate}?",),
        ),
    ]


@tool(
    domain="medical",
    kind="P",
    sources=[FORMULA],
    probes=[
        Probe(
            {"interval": 380, "rate": 88},
            {"/bazett": 380 / math.sqrt(60 / 88), "/fridericia": 380 / (60 / 88) ** (1 / 3)},
            "MedCalc-Bench examples: 460.142 and 431.707 (RR rounded)",
        ),
        Probe({"interval": 400, "rate": 60}, {"/bazett": 400.0, "/fridericia": 400.0}, "no correction at 60/min"),
    ],
)
def corrected_qt(
    interval: Annotated[int, Field(ge=200, le=800), Draw.integer(320, 490, suffix=" ms")], rate: HeartRate
) -> CorrectedQt:
    """QTc by Bazett (Heart 1920;7:353) and by Fridericia (Acta Med Scand 1920;53:469)."""
    cycle = 60 / rate
    return CorrectedQt(bazett=interval / math.sqrt(cycle), fridericia=interval / cycle ** (1 / 3))
