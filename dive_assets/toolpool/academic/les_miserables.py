"""Knuth's network of the characters of Les Misérables (networkx)."""

from functools import cache
from typing import Annotated, Any

from pydantic import Field

from dive_assets.toolpool.academic.data_sources import NETWORKX
from dive_assets.toolpool.academic.entity_types import NOVEL_CHARACTER
from dive_assets.toolpool.academic.network_members import network_member, sole_leader
from dive_assets.tools.annotations import Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

# Knuth's character codes as networkx writes them, where the name is more than the code.
CHARACTER_NAMES = {
    "Valjean": "Jean Valjean",
    "MlleBaptistine": "Mademoiselle Baptistine",
    "MmeMagloire": "Madame Magloire",
    "CountessDeLo": "the Countess de Lô",
    "MmeDeR": "Madame de R.",
    "MmeThenardier": "Madame Thénardier",
    "Thenardier": "Thénardier",
    "Tholomyes": "Tholomyès",
    "Eponine": "Éponine",
    "MotherInnocent": "Mother Innocent",
    "MmeBurgon": "Madame Burgon",
    "MlleGillenormand": "Mademoiselle Gillenormand",
    "MmePontmercy": "Madame Pontmercy",
    "MlleVaubois": "Mademoiselle Vaubois",
    "LtGillenormand": "Lieutenant Gillenormand",
    "BaronessT": "the Baroness de T.",
    "MotherPlutarch": "Mother Plutarque",
    "MmeHucheloup": "Madame Hucheloup",
    "Myriel": "Bishop Myriel",
    "Count": "the Count",
    "OldMan": "the old member of the Convention",
    "Judge": "the judge of Arras",
    "Gervais": "Petit-Gervais",
    "Simplice": "Sister Simplice",
    "Perpetue": "Sister Perpétue",
    "Pontmercy": "Georges Pontmercy",
    "Marius": "Marius Pontmercy",
    "Geborand": "Géborand",
    "Zephine": "Zéphine",
    "Anzelma": "Azelma",
    "Gillenormand": "Monsieur Gillenormand",
    "Prouvaire": "Jean Prouvaire",
    "Napoleon": "Napoleon",
}
# Figures without a name of their own.
NAMELESS = frozenset({"Woman1", "Woman2", "Child1", "Child2", "Count", "OldMan", "Judge"})

Character = Annotated[str, NOVEL_CHARACTER, Field(description="Character of Les Misérables", max_length=60)]


@cache
def novel() -> Any:
    """Characters of Les Misérables by name, linked by the chapters in which they meet."""
    import networkx as nx

    graph = nx.les_miserables_graph()
    return nx.relabel_nodes(graph, {node: CHARACTER_NAMES.get(node, node) for node in graph})


@cache
def named_characters() -> list[str]:
    """Characters with a name of their own."""
    return sorted(set(novel()) - {CHARACTER_NAMES.get(code, code) for code in NAMELESS})


class CharacterTies(Result):
    """Whom a character meets."""

    acquaintances: Annotated[
        int,
        Quantity("characters", "characters", 0),
        Says(
            (
                "the number of characters who share a chapter with {character} in Knuth's network of Les Misérables",
                "the degree of {character} in Knuth's network of Les Misérables",
            ),
            has="degree in Knuth's network of Les Misérables",
            ask=("With how many characters does {character} share a chapter in Knuth's network of Les Misérables?",),
        ),
    ]
    closest: Annotated[
        str | None,
        NOVEL_CHARACTER,
        Says(
            (
                "the character who shares the most chapters with {character} in Knuth's network of Les Misérables",
                "the character with the heaviest tie to {character} in Knuth's network of Les Misérables",
            ),
            ask=("Who shares the most chapters with {character} in Knuth's network of Les Misérables?",),
        ),
    ]
    chapters: Annotated[
        int,
        Quantity("chapters", "chapters", 0),
        Says(
            (
                "the sum of the tie weights (shared chapters) of {character} in Knuth's network of Les Misérables",
                "the weighted degree of {character} in Knuth's network of Les Misérables",
            ),
            has="weighted degree in Knuth's network of Les Misérables",
            ask=("What is the weighted degree of {character} in Knuth's network of Les Misérables?",),
        ),
    ]
    neighbours: Annotated[
        list[Annotated[str, NOVEL_CHARACTER]],
        Says(
            ("the characters who share a chapter with {character} in Knuth's network of Les Misérables",),
            ask=("Which characters share a chapter with {character} in Knuth's network of Les Misérables?",),
        ),
    ]


@tool(
    domain="academic",
    kind="R",
    sources=[NETWORKX],
    probes=[
        Probe(
            {"character": "Jean Valjean"},
            {"/acquaintances": 36, "/closest": "Cosette", "/chapters": 158},
            "Knuth, The Stanford GraphBase, jean.dat; degree 36 of Valjean in Newman and Girvan (2004)",
        ),
        Probe({"character": "Gavroche"}, {"/acquaintances": 22}, "Knuth, The Stanford GraphBase"),
        Probe({"character": "Petit-Gervais"}, {"/neighbours": ["Jean Valjean"]}, "Hugo, Les Misérables, I.2.13"),
    ],
)
def character_ties(character: Character) -> CharacterTies:
    """Whom a character of Les Misérables meets, and how often (Knuth's Stanford GraphBase in networkx)."""
    graph = novel()
    node = network_member(graph, character, "character")
    weights = {other: int(graph[node][other]["weight"]) for other in graph[node]}
    return CharacterTies(
        acquaintances=len(weights),
        closest=sole_leader(graph, weights),
        chapters=sum(weights.values()),
        neighbours=sorted(weights),
    )


class CharacterPath(Result):
    """How two characters are linked."""

    steps: Annotated[
        int,
        Quantity("steps", "steps", 0),
        Says(
            (
                "the number of steps on the shortest path between {character} and {other} in Knuth's network of Les "
                "Misérables",
            ),
            has="distance in steps from {other} in Knuth's network of Les Misérables",
            ask=(
                "How many steps apart are {character} and {other} in Knuth's network of Les Misérables, weights left "
                "aside?",
            ),
            high="greatest",
            low="smallest",
        ),
    ]
    common: Annotated[
        list[Annotated[str, NOVEL_CHARACTER]] | None,
        Says(
            (
                "the characters who share a chapter with {character} and also with {other} in Knuth's network of Les "
                "Misérables",
            ),
            ask=(
                "Which characters share a chapter with {character} and also with {other} in Knuth's network of Les "
                "Misérables?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[NETWORKX],
    probes=[
        Probe(
            {"character": "Bishop Myriel", "other": "Javert"},
            {"/steps": 2, "/common": ["Jean Valjean"]},
            "Hugo: only Valjean meets both the bishop and Javert",
        ),
        Probe({"character": "Napoleon", "other": "Cosette"}, {"/steps": 3, "/common": None}),
    ],
)
def character_path(character: Character, other: Character) -> CharacterPath:
    """Distance and common acquaintances of two characters of Les Misérables (Stanford GraphBase in networkx)."""
    import networkx as nx

    graph = novel()
    first, second = network_member(graph, character, "character"), network_member(graph, other, "character")
    if first == second:
        raise ToolError("name two different characters", "invalid_arguments")
    return CharacterPath(
        steps=nx.shortest_path_length(graph, first, second),
        common=sorted(nx.common_neighbors(graph, first, second)) or None,
    )
