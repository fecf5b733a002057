"""What diversity looks at in a task: its shape, small enough to keep tens of thousands of them.

call sequence   the tool names in the order of the calls
call graph      nodes are calls labelled with their tool, an edge a -> b for every binding of b to a
topology class  the call graph with the labels R and P only, up to isomorphism
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dive_assets.records import Task

Family = Literal["R", "P", "mixed"]


@dataclass(frozen=True, slots=True)
class TaskShape:
    """One task, without its values.

    graph, topology  canonical hashes: equal for isomorphic programs.
    depth, width     calls on the longest path, calls on the fullest level.
    family           "R" or "P" if all its tools are of that kind, else "mixed".
    skeleton         the question with stated literals, options and numbers masked.
    """

    task_id: str
    domain: str
    question: str
    toolset: frozenset[str]
    sequence: tuple[str, ...]
    graph: str
    topology: str
    depth: int
    width: int
    family: Family
    pattern: str
    reasoning_type: str
    answer_type: str
    difficulty: str
    rounds: int
    skeleton: str


def shape_of(task: Task, kinds: Mapping[str, str]) -> TaskShape:
    """The shape of a task; `kinds` maps tools to "R" or "P". Raises KeyError for an unknown tool."""
    sequence = tuple(call.tool for call in task.program)
    found = levels(task)
    used = {kinds[name] for name in sequence}
    return TaskShape(
        task_id=task.task_id,
        domain=task.domain,
        question=task.question,
        toolset=frozenset(task.toolset),
        sequence=sequence,
        graph=canonical_graph(task, {name: name for name in sequence}),
        topology=canonical_graph(task, kinds),
        depth=max(found.values()),
        width=max(list(found.values()).count(level) for level in set(found.values())),
        family=next(iter(used)) if len(used) == 1 else "mixed",  # type: ignore[arg-type]
        pattern=task.pattern,
        reasoning_type=task.reasoning_type,
        answer_type=task.answer.type,
        difficulty=task.difficulty,
        rounds=task.rounds,
        skeleton=question_skeleton(task),
    )


def canonical_graph(task: Task, labels: Mapping[str, str]) -> str:
    """Hash of the labelled graph, whatever the calls are named and in which order they were made.

    Every call is named by its label and the names of the calls that it takes from, so that a name
    tells the whole subgraph below it; the graph is the multiset of these names (a Merkle DAG).
    """
    names: dict[str, str] = {}
    for call in task.program:
        sources = sorted(names[source] for source in {b.call_id for b in call.bindings})
        names[call.call_id] = _hash(labels[call.tool], *sources)
    return _hash(*sorted(names.values()))


def _hash(*parts: str) -> str:
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=12).hexdigest()


def levels(task: Task) -> dict[str, int]:
    """Call id -> calls on the longest way from a literal to it, itself included (1 for a first call)."""
    found: dict[str, int] = {}
    for call in task.program:
        found[call.call_id] = 1 + max((found[b.call_id] for b in call.bindings), default=0)
    return found


def question_skeleton(task: Task) -> str:
    """The question with every stated literal, option and number masked, in lower case."""
    stated = {s.spoken for call in task.program for s in call.literals if s.spoken}
    masked = task.question
    for text in sorted(stated, key=lambda s: (-len(s), s)):
        masked = re.sub(re.escape(text), "#", masked, flags=re.IGNORECASE)
    masked = re.sub(r"\d[\d.,]*", "#", masked)
    masked = re.sub(r"#(?:[;,]? (?:and )?#)+", "#", masked)
    return " ".join(re.findall(r"[\w#]+", masked.lower()))
