"""Zachary's karate club (networkx)."""

from functools import cache
from typing import Annotated, Any

from pydantic import Field

from dive_assets.toolpool.academic.data_sources import NETWORKX
from dive_assets.toolpool.academic.entity_types import KARATE_MEMBER
from dive_assets.toolpool.academic.network_members import network_member
from dive_assets.tools.annotations import Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

Member = Annotated[str, KARATE_MEMBER, Field(description="Member of the karate club, member 1 to 34", max_length=30)]


@cache
def karate_club() -> Any:
    """Zachary's karate club by "member 1" to "member 34"."""
    import networkx as nx

    graph = nx.karate_club_graph()
    return nx.relabel_nodes(graph, {node: f"member {node + 1}" for node in graph})


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
    node = network_member(graph, member, "member")
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
    first, second = network_member(graph, member, "member"), network_member(graph, other, "member")
    if first == second:
        raise ToolError("name two different members", "invalid_arguments")
    common = sorted(nx.common_neighbors(graph, first, second), key=lambda name: int(name.split()[1]))
    return MemberPair(steps=nx.shortest_path_length(graph, first, second), common=common or None)
