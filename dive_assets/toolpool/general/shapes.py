"""Plane and solid geometry, matrices, polynomials and a small road network."""

from __future__ import annotations

import itertools
import math
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.general.data_sources import NETWORKX, SYMPY
from dive_assets.toolpool.shared.data_sources import NUMPY, STANDARD_LIBRARY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

RADIUS = Quantity("centimeter", "centimetres", 2, role="radius")
SQUARE_CENTIMETRES = Quantity("centimeter**2", "square centimetres", 1)
CUBIC_CENTIMETRES = Quantity("centimeter**3", "cubic centimetres", 1)
DEGREES = Quantity("degree", "degrees", 2, ratio=False)
Length = Annotated[float, Draw.integer(50, 95, suffix=" cm"), Field(gt=0, le=1e6)]
Size = Annotated[float, Draw.integer(3, 40, suffix=" cm"), Field(gt=0, le=1e6)]
Radius = Annotated[float, RADIUS, Draw.integer(3, 40, suffix=" cm"), Field(gt=0, le=1e6)]
ROADS = tuple(itertools.combinations("ABCDE", 2))
TOWNS = "A-B, A-C, A-D, A-E, B-C, B-D, B-E, C-D, C-E and D-E"


class TriangleFacts(Result):
    """A plane triangle."""

    area: Annotated[
        float,
        SQUARE_CENTIMETRES,
        Says(
            "the area of the plane triangle with sides of {a}, {b} and {c}",
            ask=("How large is the area of a plane triangle with sides of {a}, {b} and {c}?",),
        ),
    ]
    largest_angle: Annotated[
        float,
        DEGREES,
        Says(
            "the largest angle of the plane triangle with sides of {a}, {b} and {c}",
            ask=("How large is the largest angle of a plane triangle with sides of {a}, {b} and {c}?",),
        ),
    ]
    circumradius: Annotated[
        float,
        RADIUS,
        Says(
            "the radius of the circle through the corners of the plane triangle with sides of {a}, {b} and {c}",
            ask=("Which radius has the circumcircle of a plane triangle with sides of {a}, {b} and {c}?",),
        ),
    ]
    inradius: Annotated[
        float,
        RADIUS,
        Says(
            "the radius of the incircle of the plane triangle with sides of {a}, {b} and {c}",
            ask=("Which radius has the incircle of a plane triangle with sides of {a}, {b} and {c}?",),
        ),
    ]


@tool(
    domain="general",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"a": 13, "b": 14, "c": 15},
            {
                "/area": 84,
                "/circumradius": 65 / 8,
                "/inradius": 4,
                "/largest_angle": math.degrees(math.acos(5 / 13)),
            },
            "the Heronian triangle 13-14-15",
        ),
        Probe({"a": 3, "b": 4, "c": 5}, {"/area": 6, "/largest_angle": 90, "/inradius": 1}, "right triangle"),
    ],
)
def triangle_from_sides(a: Length, b: Length, c: Length) -> TriangleFacts:
    """Area, largest angle, circumradius and inradius of a plane triangle (Heron's formula, law of cosines)."""
    short, middle, long = sorted((a, b, c))
    if short + middle <= long:
        raise ToolError("no triangle has these sides", "invalid_arguments")
    half = (a + b + c) / 2
    area = math.sqrt(half * (half - a) * (half - b) * (half - c))
    cosine = (short**2 + middle**2 - long**2) / (2 * short * middle)
    return TriangleFacts(
        area=area,
        largest_angle=math.degrees(math.acos(cosine)),
        circumradius=a * b * c / (4 * area),
        inradius=area / half,
    )


class PolygonFacts(Result):
    """A regular polygon."""

    area: Annotated[
        float,
        SQUARE_CENTIMETRES,
        Says(
            "the area of a regular polygon with {sides} of {length} each",
            ask=("How large is the area of a regular polygon with {sides} of {length} each?",),
        ),
    ]
    circumradius: Annotated[
        float,
        RADIUS,
        Says(
            "the radius of the circumcircle of a regular polygon with {sides} of {length} each",
            ask=("Which radius has the circumcircle of a regular polygon with {sides} of {length} each?",),
        ),
    ]
    interior_angle: Annotated[
        float,
        DEGREES,
        Says(
            "the interior angle of a regular polygon with {sides} of {length} each",
            ask=("How large is each interior angle of a regular polygon with {sides} of {length} each?",),
        ),
    ]


@tool(
    domain="general",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"sides": 6, "length": 2},
            {"/area": 6 * math.sqrt(3), "/circumradius": 2, "/interior_angle": 120},
            "six equilateral triangles",
        ),
        Probe({"sides": 4, "length": 10}, {"/area": 100, "/circumradius": math.sqrt(50)}, "a square"),
    ],
)
def regular_polygon(
    sides: Annotated[int, Draw.integer(5, 20, suffix=" sides"), Field(ge=3, le=10_000)], length: Size
) -> PolygonFacts:
    """Area, circumradius and interior angle of a regular polygon."""
    return PolygonFacts(
        area=sides * length**2 / (4 * math.tan(math.pi / sides)),
        circumradius=length / (2 * math.sin(math.pi / sides)),
        interior_angle=180 * (sides - 2) / sides,
    )


class FrustumFacts(Result):
    """A cone that was cut off."""

    volume: Annotated[
        float,
        CUBIC_CENTIMETRES,
        Says(
            "the volume of a right circular cone frustum {height} high with radii of {lower} and {upper}",
            ask=("Which volume has a right circular cone frustum {height} high with radii of {lower} and {upper}?",),
        ),
    ]
    lateral_area: Annotated[
        float,
        SQUARE_CENTIMETRES,
        Says(
            "the lateral surface of a right circular cone frustum {height} high with radii of {lower} and {upper}",
            ask=(
                "How large is the lateral surface of a right circular cone frustum {height} high with radii of {lower} "
                "and {upper}?",
            ),
        ),
    ]


@tool(
    domain="general",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"height": 4, "lower": 6, "upper": 3},
            {"/volume": 84 * math.pi, "/lateral_area": 45 * math.pi},
            "pi * 4 / 3 * (36 + 18 + 9); slant height 5",
        ),
        Probe({"height": 5, "lower": 2, "upper": 2}, {"/volume": 20 * math.pi}, "a cylinder"),
    ],
)
def cone_frustum(height: Size, lower: Radius, upper: Size) -> FrustumFacts:
    """Volume and lateral surface of a right circular cone frustum."""
    return FrustumFacts(
        volume=math.pi * height / 3 * (lower**2 + lower * upper + upper**2),
        lateral_area=math.pi * (lower + upper) * math.hypot(height, lower - upper),
    )


class MatrixFacts(Result):
    """A square matrix with three rows."""

    determinant: Annotated[
        int,
        Quantity("", "", 0, ratio=False),
        Says(
            "the determinant of the 3 × 3 matrix with the entries {entries}, row by row",
            ask=("What is the determinant of the 3 × 3 matrix with the entries {entries}, row by row?",),
        ),
    ]
    trace: Annotated[
        int,
        Quantity("", "", 0, ratio=False),
        Says(
            "the trace of the 3 × 3 matrix with the entries {entries}, row by row",
            ask=("What is the trace of the 3 × 3 matrix with the entries {entries}, row by row?",),
        ),
    ]
    spectral_radius: Annotated[
        float,
        Quantity("", "", 3, ratio=False),
        Says(
            "the spectral radius of the 3 × 3 matrix with the entries {entries}, row by row",
            ask=("What is the spectral radius of the 3 × 3 matrix with the entries {entries}, row by row?",),
        ),
    ]


@tool(
    domain="general",
    kind="P",
    sources=[SYMPY, NUMPY],
    probes=[
        Probe(
            {"entries": [2, 0, 0, 0, 3, 4, 0, 4, 9]},
            {"/determinant": 22, "/trace": 14, "/spectral_radius": 11},
            "eigenvalues 2, 1 and 11",
        ),
        Probe({"entries": [6, 1, 1, 4, -2, 5, 2, 8, 7]}, {"/determinant": -306}, "expansion along the first row"),
    ],
)
def matrix_facts(
    entries: Annotated[list[int], Draw.numbers(-9, 12, 0, (9, 9)), Field(min_length=9, max_length=9)],
) -> MatrixFacts:
    """Determinant, trace and spectral radius of a 3 × 3 matrix of whole numbers."""
    import numpy as np
    from sympy import Matrix

    exact = Matrix(3, 3, entries)
    roots = np.linalg.eigvals(np.array(entries, dtype=float).reshape(3, 3))
    return MatrixFacts(
        determinant=int(exact.det()), trace=int(exact.trace()), spectral_radius=float(np.max(np.abs(roots)))
    )


class CubicRoots(Result):
    """Real roots of a cubic."""

    largest_root: Annotated[
        float,
        Quantity("", "", 3, ratio=False),
        Says(
            "the largest real root of x³ + p·x² + q·x + r with p, q, r = {coefficients}",
            ask=("What is the largest real root of x³ + p·x² + q·x + r with p, q, r = {coefficients}?",),
        ),
    ]
    real_roots: Annotated[
        int,
        Quantity("", "", 0, ratio=False),
        Says(
            "the number of different real roots of x³ + p·x² + q·x + r with p, q, r = {coefficients}",
            ask=("How many different real roots has x³ + p·x² + q·x + r with p, q, r = {coefficients}?",),
        ),
    ]
    discriminant: Annotated[
        int,
        Quantity("", "", 0, ratio=False),
        Says(
            "the discriminant of x³ + p·x² + q·x + r with p, q, r = {coefficients}",
            ask=("What is the discriminant of x³ + p·x² + q·x + r with p, q, r = {coefficients}?",),
        ),
    ]


@tool(
    domain="general",
    kind="P",
    sources=[SYMPY],
    probes=[
        Probe(
            {"coefficients": [-6, 11, -6]},
            {"/largest_root": 3, "/real_roots": 3, "/discriminant": 4},
            "(x - 1)(x - 2)(x - 3); (1 * 2 * 1)^2",
        ),
        Probe(
            {"coefficients": [0, 0, -8]}, {"/largest_root": 2, "/real_roots": 1, "/discriminant": -27 * 64}, "x^3 = 8"
        ),
        Probe({"coefficients": [0, -2, -5]}, {"/largest_root": 2.0945514815423265}, "Wallis's example, 1685"),
    ],
)
def cubic_roots(
    coefficients: Annotated[list[int], Draw.numbers(-12, 12, 0, (3, 3)), Field(min_length=3, max_length=3)],
) -> CubicRoots:
    """Largest real root, number of real roots and discriminant of a monic cubic with whole coefficients."""
    from sympy import Poly, Symbol

    p, q, r = coefficients
    cubic = Poly([1, p, q, r], Symbol("x"))
    roots = cubic.real_roots(multiple=False)
    return CubicRoots(
        largest_root=float(max(root.evalf(30) for root, _ in roots)),
        real_roots=len(roots),
        discriminant=18 * p * q * r - 4 * p**3 * r + p**2 * q**2 - 4 * q**3 - 27 * r**2,
    )


class RoadNetwork(Result):
    """Routes among five towns."""

    shortest_distance: Annotated[
        int,
        Quantity("kilometer", "kilometres", 0),
        Says(
            f"the length of the shortest route from A to E where the roads {TOWNS} measure {{lengths}} km "
            "in this order",
            ask=(
                f"Five towns are joined by the roads {TOWNS}, which measure {{lengths}} km in this order: how long "
                "is the shortest route from A to E?",
            ),
        ),
    ]
    spanning_tree: Annotated[
        int,
        Quantity("kilometer", "kilometres", 0),
        Says(
            f"the least total length of roads that connect all five towns where the roads {TOWNS} measure "
            "{lengths} km in this order",
            ask=(
                f"The roads {TOWNS} between five towns measure {{lengths}} km in this order: what is the least total "
                "length of roads that still connect all towns?",
            ),
        ),
    ]
    round_trip: Annotated[
        int,
        Quantity("kilometer", "kilometres", 0),
        Says(
            "the length of the shortest tour that visits each of five towns once and returns to its start where the "
            f"roads {TOWNS} measure {{lengths}} km in this order",
            ask=(
                f"The roads {TOWNS} between five towns measure {{lengths}} km in this order: how long is the shortest "
                "tour that visits each town exactly once and returns to its start?",
            ),
        ),
    ]
    route: Annotated[
        str | None,
        Text("the towns with hyphens, such as A-C-E"),
        Says(
            f"the shortest route from A to E where the roads {TOWNS} measure {{lengths}} km in this order",
            ask=(
                f"The roads {TOWNS} between five towns measure {{lengths}} km in this order: which is the shortest "
                "route from A to E?",
            ),
        ),
    ]


@tool(
    domain="general",
    kind="P",
    sources=[NETWORKX],
    probes=[
        Probe(
            {"lengths": [4, 9, 50, 60, 3, 50, 60, 2, 8, 7]},
            {
                "/shortest_distance": 15,
                "/route": "A-B-C-E",
                "/spanning_tree": 4 + 3 + 2 + 7,
                "/round_trip": 4 + 3 + 8 + 7 + 50,
            },
            "worked out by hand: Dijkstra, Kruskal, and the twelve tours",
        ),
    ],
)
def road_network(
    lengths: Annotated[list[int], Draw.numbers(12, 75, 0, (10, 10)), Field(min_length=10, max_length=10)],
) -> RoadNetwork:
    """Shortest route, minimum spanning tree and shortest tour of a complete network of five towns A to E."""
    import networkx as nx

    if min(lengths) <= 0:
        raise ToolError("roads have positive lengths", "invalid_arguments")
    graph = nx.Graph()
    graph.add_weighted_edges_from((a, b, length) for (a, b), length in zip(ROADS, lengths, strict=True))
    routes = list(nx.all_shortest_paths(graph, "A", "E", weight="weight"))
    tours = (("A", *order, "A") for order in itertools.permutations("BCDE"))
    return RoadNetwork(
        shortest_distance=nx.path_weight(graph, routes[0], "weight"),
        spanning_tree=int(nx.minimum_spanning_tree(graph).size("weight")),
        round_trip=min(nx.path_weight(graph, tour, "weight") for tour in tours),
        route="-".join(routes[0]) if len(routes) == 1 else None,
    )
