"""The women and events of the study of Davis, Gardner and Gardner (networkx)."""

from functools import cache
from typing import Annotated, Any

from pydantic import Field

from dive_assets.toolpool.academic.data_sources import NETWORKX
from dive_assets.toolpool.academic.entity_types import SOUTHERN_EVENT, SOUTHERN_WOMAN
from dive_assets.toolpool.academic.network_members import network_member, sole_leader
from dive_assets.tools.annotations import Quantity, Result, Says
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import Probe, tool

Woman = Annotated[str, SOUTHERN_WOMAN, Field(description="Woman of the Davis study, full name", max_length=40)]
Event = Annotated[str, SOUTHERN_EVENT, Field(description="Event of the Davis study, E1 to E14", max_length=20)]


@cache
def southern_women() -> Any:
    """Women and events of the study of Davis, Gardner and Gardner."""
    import networkx as nx

    return nx.davis_southern_women_graph()


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
    node = network_member(graph, woman, "woman")
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
        companion=sole_leader(graph, together),
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
    node = network_member(graph, event, "event")
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
    first, second = network_member(graph, woman, "woman"), network_member(graph, other, "woman")
    if first == second or graph.nodes[first]["bipartite"] or graph.nodes[second]["bipartite"]:
        raise ToolError("name two different women of the study", "invalid_arguments")
    both = set(graph[first]) & set(graph[second])
    return SharedEvents(
        events=sorted(both, key=lambda event: int(event[1:])) or None,
        shared=len(both),
        jaccard=len(both) / len(set(graph[first]) | set(graph[second])),
    )
