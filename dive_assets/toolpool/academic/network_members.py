"""Finding a member of a social network by name, and the one that leads in a score."""

from typing import Any

from dive_assets.tools.errors import ToolError


def network_member(graph: Any, name: str, what: str) -> str:
    """The node that a name means, with or without its article. Raises ToolError for an unknown one."""
    text = name.strip().casefold()
    spellings = (text, f"the {text}", text.removeprefix("the ").removesuffix(" family"), text.removeprefix("event "))
    for node in graph:
        if node.casefold() in spellings or node.casefold().removeprefix("the ") in spellings:
            return node
    raise ToolError(f"there is no {what} {name!r} in this network")


def sole_leader(graph: Any, scores: dict[str, float]) -> str | None:
    """The node with the highest score; None if several share it."""
    best = max(scores.values(), default=None)
    leaders = [node for node, score in scores.items() if score == best]
    return leaders[0] if len(leaders) == 1 else None
