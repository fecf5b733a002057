"""Classic social networks: Les Misérables, Florentine marriages, the Southern women, the karate club (networkx)."""

from functools import cache
from typing import Annotated, Any

from pydantic import Field

from dive_assets.toolpool.academic.data_sources import NETWORKX
from dive_assets.toolpool.academic.entity_types import (
    FLORENTINE_FAMILY,
    KARATE_MEMBER,
    NOVEL_CHARACTER,
    SOUTHERN_EVENT,
    SOUTHERN_WOMAN,
)
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
Family = Annotated[str, FLORENTINE_FAMILY, Field(description="Florentine family, such as the Medici", max_length=40)]
Woman = Annotated[str, SOUTHERN_WOMAN, Field(description="Woman of the Davis study, full name", max_length=40)]
Event = Annotated[str, SOUTHERN_EVENT, Field(description="Event of the Davis study, E1 to E14", max_length=20)]
Member = Annotated[str, KARATE_MEMBER, Field(description="Member of the karate club, member 1 to 34", max_length=30)]


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


@cache
def families() -> Any:
    """Florentine families by "the Medici", linked by marriages."""
    import networkx as nx

    graph = nx.florentine_families_graph()
    return nx.relabel_nodes(graph, {node: f"the {node}" for node in graph})


@cache
def southern_women() -> Any:
    """Women and events of the study of Davis, Gardner and Gardner."""
    import networkx as nx

    return nx.davis_southern_women_graph()


@cache
def karate_club() -> Any:
    """Zachary's karate club by "member 1" to "member 34"."""
    import networkx as nx

    graph = nx.karate_club_graph()
    return nx.relabel_nodes(graph, {node: f"member {node + 1}" for node in graph})


def _node(graph: Any, name: str, what: str) -> str:
    text = name.strip().casefold()
    spellings = (text, f"the {text}", text.removeprefix("the ").removesuffix(" family"), text.removeprefix("event "))
    for node in graph:
        if node.casefold() in spellings or node.casefold().removeprefix("the ") in spellings:
            return node
    raise ToolError(f"there is no {what} {name!r} in this network")


def _single(graph: Any, scores: dict[str, float]) -> str | None:
    best = max(scores.values(), default=None)
    leaders = [node for node, score in scores.items() if score == best]
    return leaders[0] if len(leaders) == 1 else None


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
    node = _node(graph, character, "character")
    weights = {other: int(graph[node][other]["weight"]) for other in graph[node]}
    return CharacterTies(
        acquaintances=len(weights),
        closest=_single(graph, weights),
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
    first, second = _node(graph, character, "character"), _node(graph, other, "character")
    if first == second:
        raise ToolError("name two different characters", "invalid_arguments")
    return CharacterPath(
        steps=nx.shortest_path_length(graph, first, second),
        common=sorted(nx.common_neighbors(graph, first, second)) or None,
    )


class FamilyTies(Result):
    """Marriages of a Florentine family."""

    allies: Annotated[
        list[Annotated[str, FLORENTINE_FAMILY]],
        Says(
            (
                "the families with a marriage tie to {family} in Padgett's Florentine network",
                "the families into which {family} married in Padgett's Florentine network",
            ),
            ask=("With which families did {family} have a marriage tie in Padgett's Florentine network?",),
        ),
    ]
    betweenness: Annotated[
        float,
        Quantity("", "", 3),
        Says(
            (
                "the normalised betweenness centrality of {family} among the fifteen families in Padgett's network of "
                "Florentine marriages",
            ),
            has="normalised betweenness centrality among the fifteen families in Padgett's network of marriages",
            ask=(
                "What is the normalised betweenness centrality of {family} in Padgett's network of marriages between fifteen "
                "Florentine families?",
            ),
        ),
    ]
    closeness: Annotated[
        float,
        Quantity("", "", 3),
        Says(
            (
                "the closeness centrality of {family} among the fifteen families in Padgett's network of Florentine "
                "marriages",
            ),
            has="closeness centrality among the fifteen families in Padgett's network of marriages",
            ask=(
                "What is the closeness centrality of {family} in Padgett's network of marriages between fifteen Florentine "
                "families?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="R",
    sources=[NETWORKX],
    probes=[
        Probe(
            {"family": "the Medici"},
            {
                "/allies": [
                    "the Acciaiuoli",
                    "the Albizzi",
                    "the Barbadori",
                    "the Ridolfi",
                    "the Salviati",
                    "the Tornabuoni",
                ],
                "/betweenness": 47.5 / 91,
                "/closeness": 14 / 25,
            },
            "Jackson, Social and Economic Networks (2008): betweenness 0.522; Padgett and Ansell (1993)",
        ),
        Probe({"family": "the Strozzi"}, {"/betweenness": 9.333333333 / 91}, "Jackson (2008): 0.103"),
    ],
)
def family_ties(family: Family) -> FamilyTies:
    """Marriage ties and centralities of a family in Padgett's network of Florentine marriages (networkx)."""
    import networkx as nx

    graph = families()
    node = _node(graph, family, "family")
    return FamilyTies(
        allies=sorted(graph[node]),
        betweenness=round(nx.betweenness_centrality(graph)[node], 10),
        closeness=round(nx.closeness_centrality(graph)[node], 10),
    )


class WomanEvents(Result):
    """The events that a woman attended."""

    events: Annotated[
        list[Annotated[str, SOUTHERN_EVENT]],
        Says(
            (
                "the events attended by {woman} in the Southern women study of Davis, Gardner and Gardner",
                "the social events with {woman} among the guests in the Davis data on Southern women",
            ),
            ask=("Which of the fourteen events in the Davis data on Southern women did {woman} attend?",),
        ),
    ]
    attended: Annotated[
        int,
        Quantity("events", "events", 0),
        Says(
            ("the number of events attended by {woman} in the Davis data on Southern women",),
            has="number of events attended in the Davis data on Southern women",
            ask=("How many events did {woman} attend in the Davis data on Southern women?",),
        ),
    ]
    companion: Annotated[
        str | None,
        SOUTHERN_WOMAN,
        Says(
            ("the woman who attended the most events together with {woman} in the Davis data on Southern women",),
            ask=("Who attended the most events together with {woman} in the Davis data on Southern women?",),
        ),
    ]


@tool(
    domain="academic",
    kind="R",
    sources=[NETWORKX],
    probes=[
        Probe(
            {"woman": "Evelyn Jefferson"},
            {
                "/events": ["E1", "E2", "E3", "E4", "E5", "E6", "E8", "E9"],
                "/attended": 8,
                "/companion": "Theresa Anderson",
            },
            "Davis, Gardner and Gardner, Deep South (1941), figure 3",
        ),
        Probe({"woman": "Flora Price"}, {"/events": ["E9", "E11"], "/companion": None}, "Deep South"),
    ],
)
def woman_events(woman: Woman) -> WomanEvents:
    """Events that a woman of the Davis study attended, and her most frequent companion (networkx)."""
    graph = southern_women()
    node = _node(graph, woman, "woman")
    if graph.nodes[node]["bipartite"] != 0:
        raise ToolError(f"{woman!r} is an event of the study")
    together: dict[str, float] = {}
    for event in graph[node]:
        for other in graph[event]:
            if other != node:
                together[other] = together.get(other, 0) + 1
    return WomanEvents(
        events=sorted(graph[node], key=lambda event: int(event[1:])),
        attended=len(graph[node]),
        companion=_single(graph, together),
    )


class EventGuests(Result):
    """The women at an event."""

    guests: Annotated[
        list[Annotated[str, SOUTHERN_WOMAN]],
        Says(
            (
                "the women who attended {event} in the Southern women study of Davis, Gardner and Gardner",
                "the guests of {event} in the Davis data on Southern women",
            ),
            ask=("Which women attended {event} in the Davis data on Southern women?",),
        ),
    ]
    attendance: Annotated[
        int,
        Quantity("women", "women", 0),
        Says(
            ("the number of women at {event} in the Davis data on Southern women",),
            has="number of women attending in the Davis data on Southern women",
            ask=("How many women attended {event} in the Davis data on Southern women?",),
            high="largest",
            low="smallest",
        ),
    ]


@tool(
    domain="academic",
    kind="R",
    sources=[NETWORKX],
    probes=[
        Probe({"event": "E8"}, {"/attendance": 14}, "Davis, Gardner and Gardner, Deep South (1941), figure 3"),
        Probe(
            {"event": "E1"},
            {"/guests": ["Brenda Rogers", "Evelyn Jefferson", "Laura Mandeville"], "/attendance": 3},
            "Davis, Gardner and Gardner, Deep South (1941), figure 3",
        ),
    ],
)
def event_guests(event: Event) -> EventGuests:
    """Women of the Davis study who attended an event (networkx)."""
    graph = southern_women()
    node = _node(graph, event, "event")
    if graph.nodes[node]["bipartite"] != 1:
        raise ToolError(f"{event!r} is no event of the study")
    return EventGuests(guests=sorted(graph[node]), attendance=len(graph[node]))


class SharedEvents(Result):
    """Events that two women attended together."""

    events: Annotated[
        list[Annotated[str, SOUTHERN_EVENT]] | None,
        Says(
            ("the events attended by both {woman} and {other} in the Davis data on Southern women",),
            ask=("Which events did {woman} and {other} both attend in the Davis data on Southern women?",),
        ),
    ]
    shared: Annotated[
        int,
        Quantity("events", "events", 0),
        Says(
            ("the number of events attended by both {woman} and {other} in the Davis data on Southern women",),
            has="number of events shared with {other} in the Davis data on Southern women",
            ask=("How many events did {woman} and {other} both attend in the Davis data on Southern women?",),
        ),
    ]
    jaccard: Annotated[
        float,
        Quantity("", "", 3),
        Says(
            (
                "the Jaccard similarity of the sets of events attended by {woman} and by {other} in the Davis data on "
                "Southern women",
            ),
            has="Jaccard similarity of events with {other} in the Davis data on Southern women",
            ask=(
                "What is the Jaccard similarity of the sets of events that {woman} and {other} attended in the Davis "
                "data on Southern women?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[NETWORKX],
    probes=[
        Probe(
            {"woman": "Evelyn Jefferson", "other": "Laura Mandeville"},
            {"/events": ["E1", "E2", "E3", "E5", "E6", "E8"], "/shared": 6, "/jaccard": 6 / 9},
            "Deep South (1941), figure 3: 8 and 7 events, 6 in common",
        ),
    ],
)
def shared_events(woman: Woman, other: Woman) -> SharedEvents:
    """Events that two women of the Davis study both attended, and their Jaccard similarity (networkx)."""
    graph = southern_women()
    first, second = _node(graph, woman, "woman"), _node(graph, other, "woman")
    if first == second or graph.nodes[first]["bipartite"] or graph.nodes[second]["bipartite"]:
        raise ToolError("name two different women of the study", "invalid_arguments")
    both = set(graph[first]) & set(graph[second])
    return SharedEvents(
        events=sorted(both, key=lambda event: int(event[1:])) or None,
        shared=len(both),
        jaccard=len(both) / len(set(graph[first]) | set(graph[second])),
    )


class MemberTies(Result):
    """The friends and the faction of a member."""

    friends: Annotated[
        list[Annotated[str, KARATE_MEMBER]],
        Says(
            (
                "the friends of {member} in Zachary's karate club (members numbered from 1)",
                "the members with a tie to {member} in Zachary's karate club network",
            ),
            ask=("With which members is {member} linked in Zachary's karate club network (numbered from 1)?",),
        ),
    ]
    degree: Annotated[
        int,
        Quantity("ties", "ties", 0),
        Says(
            ("the degree of {member} in Zachary's karate club network (members numbered from 1)",),
            has="degree in Zachary's karate club network",
            ask=("How many ties has {member} in Zachary's karate club network (members numbered from 1)?",),
        ),
    ]
    clustering: Annotated[
        float,
        Quantity("", "", 3),
        Says(
            (
                "the unweighted local clustering coefficient of {member} in Zachary's karate club network (members "
                "numbered from 1)",
            ),
            has="unweighted local clustering coefficient in Zachary's karate club network",
            ask=(
                "What is the unweighted local clustering coefficient of {member} in Zachary's karate club network "
                "(members numbered from 1)?",
            ),
        ),
    ]
    closeness: Annotated[
        float,
        Quantity("", "", 3),
        Says(
            (
                "the unweighted closeness centrality of {member} in Zachary's karate club network (members numbered "
                "from 1)",
            ),
            has="unweighted closeness centrality in Zachary's karate club network",
            ask=(
                "What is the unweighted closeness centrality of {member} in Zachary's karate club network (members "
                "numbered from 1)?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="R",
    sources=[NETWORKX],
    probes=[
        Probe({"member": "member 34"}, {"/degree": 17}, "Zachary (1977): the president, 17 ties"),
        Probe({"member": "member 1"}, {"/degree": 16, "/closeness": 33 / 58}, "Zachary (1977): Mr. Hi, 16 ties"),
        Probe({"member": "member 12"}, {"/friends": ["member 1"], "/clustering": 0.0}, "Zachary (1977), figure 1"),
    ],
)
def karate_member(member: Member) -> MemberTies:
    """Friends, degree, clustering and closeness of a member of Zachary's karate club (networkx)."""
    import networkx as nx

    graph = karate_club()
    node = _node(graph, member, "member")
    return MemberTies(
        friends=sorted(graph[node], key=lambda name: int(name.split()[1])),
        degree=len(graph[node]),
        clustering=float(nx.clustering(graph, node)),
        closeness=round(nx.closeness_centrality(graph, node), 10),
    )


class MemberPair(Result):
    """How two members of the club are linked."""

    steps: Annotated[
        int,
        Quantity("steps", "steps", 0),
        Says(
            (
                "the number of steps on the shortest path between {member} and {other} in Zachary's karate club "
                "(members numbered from 1)",
            ),
            has="distance in steps from {other} in Zachary's karate club network",
            ask=("How many steps apart are {member} and {other} in Zachary's karate club (members numbered from 1)?",),
            high="greatest",
            low="smallest",
        ),
    ]
    common: Annotated[
        list[Annotated[str, KARATE_MEMBER]] | None,
        Says(
            ("the common friends of {member} and {other} in Zachary's karate club (members numbered from 1)",),
            ask=(
                "Which friends do {member} and {other} have in common in Zachary's karate club (members numbered from "
                "1)?",
            ),
        ),
    ]


@tool(
    domain="academic",
    kind="P",
    sources=[NETWORKX],
    probes=[
        Probe(
            {"member": "member 1", "other": "member 34"},
            {"/steps": 2, "/common": ["member 9", "member 14", "member 20", "member 32"]},
            "Zachary (1977), figure 1",
        )
    ],
)
def karate_pair(member: Member, other: Member) -> MemberPair:
    """Distance and common friends of two members of Zachary's karate club (networkx)."""
    import networkx as nx

    graph = karate_club()
    first, second = _node(graph, member, "member"), _node(graph, other, "member")
    if first == second:
        raise ToolError("name two different members", "invalid_arguments")
    common = sorted(nx.common_neighbors(graph, first, second), key=lambda name: int(name.split()[1]))
    return MemberPair(steps=nx.shortest_path_length(graph, first, second), common=common or None)
