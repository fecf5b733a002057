"""Padgett's network of marriages among Florentine families (networkx)."""

from functools import cache
from typing import Annotated, Any

from pydantic import Field

from dive_assets.toolpool.academic.data_sources import NETWORKX
from dive_assets.toolpool.academic.entity_types import FLORENTINE_FAMILY
from dive_assets.toolpool.academic.network_members import network_member
from dive_assets.tools.annotations import Quantity, Result, Says
from dive_assets.tools.tool import Probe, tool

Family = Annotated[str, FLORENTINE_FAMILY, Field(description="Florentine family, such as the Medici", max_length=40)]


@cache
def families() -> Any:
    """Florentine families by "the Medici", linked by marriages."""
    import networkx as nx

    graph = nx.florentine_families_graph()
    return nx.relabel_nodes(graph, {node: f"the {node}" for node in graph})


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
    node = network_member(graph, family, "family")
    return FamilyTies(
        allies=sorted(graph[node]),
        betweenness=round(nx.betweenness_centrality(graph)[node], 10),
        closeness=round(nx.closeness_centrality(graph)[node], 10),
    )
