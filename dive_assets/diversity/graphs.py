"""The structure of a task's program as sequence, graph and topology class.

call sequence   the tool names in the order of the calls
call graph      nodes are calls labelled with their tool, an edge a -> b for every binding of b to a
topology class  the call graph with the labels R and P only, up to isomorphism
"""

from __future__ import annotations

from collections.abc import Mapping

from dive_assets.records import Task


def call_sequence(task: Task) -> tuple[str, ...]:
    """Tool names in the order of the calls."""
    return tuple(call.tool for call in task.program)


def _edges(task: Task) -> set[tuple[str, str]]:
    return {(binding.call_id, call.call_id) for call in task.program for binding in call.bindings}


def _canonical(task: Task, labels: Mapping[str, str]) -> str:
    """Weisfeiler-Lehman hash of the labelled graph: equal for isomorphic programs.

    As many refinement rounds as calls, so that labels travel through the whole graph
    (Shervashidze et al. 2011, as in networkx).
    """
    import warnings

    import networkx as nx

    warnings.filterwarnings("ignore", message="The hashes produced for directed graphs changed")
    graph = nx.DiGraph()
    for call in task.program:
        graph.add_node(call.call_id, label=labels[call.tool])
    graph.add_edges_from(_edges(task))
    rounds = max(1, len(task.program))
    forward = nx.weisfeiler_lehman_graph_hash(graph, node_attr="label", iterations=rounds)
    backward = nx.weisfeiler_lehman_graph_hash(graph.reverse(), node_attr="label", iterations=rounds)
    return f"{forward}{backward}"


def call_graph(task: Task) -> str:
    """Canonical form of the call graph."""
    return _canonical(task, {call.tool: call.tool for call in task.program})


def topology_class(task: Task, kinds: Mapping[str, str]) -> str:
    """Canonical form of the graph with R/P labels; `kinds` maps tools to "R" or "P"."""
    return _canonical(task, kinds)


def levels(task: Task) -> dict[str, int]:
    """Call id -> calls on the longest way from a literal to it, itself included (1 for a first call)."""
    found: dict[str, int] = {}
    for call in task.program:
        found[call.call_id] = 1 + max((found[b.call_id] for b in call.bindings), default=0)
    return found


def depth(task: Task) -> int:
    """Calls on the longest path of the program."""
    return max(levels(task).values())


def width(task: Task) -> int:
    """Calls on the fullest level of the program."""
    found = list(levels(task).values())
    return max(found.count(level) for level in set(found))
