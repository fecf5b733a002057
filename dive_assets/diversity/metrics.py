"""Diversity as numbers, each with its definition.

The first seven are those that DIVE reports (arXiv 2603.11076): tools covered, unique toolsets, call
sequences, call graphs, R/P topology classes, distinct tools a task, and (here) question skeletons.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from pydantic import BaseModel, ConfigDict

from dive_assets.diversity.shapes import TaskShape


class DiversityMetrics(BaseModel):
    """Metrics over a set of tasks.

    tools_covered            tools that some program calls
    tool_coverage            the same as a share of the pool
    least_used_tool          calls of the pool's least used tool, in tasks
    unique_toolsets          distinct sets of offered tools
    unique_call_sequences    distinct ordered tuples of tool names
    unique_call_graphs       distinct dataflow graphs with tool names, up to isomorphism
    topology_classes         distinct dataflow graphs with R/P labels, up to isomorphism
    distinct_tools_per_task  mean number of different tools that a program calls
    distinct_skeletons       share of distinct questions after masking entities and numbers
    calls_per_task, depth, width   means (see shapes)
    pure_retrieval, mixed, pure_processing   shares of programs by the kinds of their tools
    largest_tool_share       share of tasks that call the most used tool; general operators left out
    tool_entropy_bits        Shannon entropy of the distribution of calls over tools
    tool_gini                Gini coefficient of calls over the pool's tools: 0 even, near 1 concentrated
    distinct_1, distinct_2   distinct uni-/bigrams over all uni-/bigrams of the questions (Li et al. 2016)
    reasoning_types, answer_types, patterns  distinct ones
    """

    model_config = ConfigDict(frozen=True)
    tasks: int
    tools_covered: int
    tool_coverage: float
    least_used_tool: int
    unique_toolsets: int
    unique_call_sequences: int
    unique_call_graphs: int
    topology_classes: int
    distinct_tools_per_task: float
    distinct_skeletons: float
    calls_per_task: float
    depth: float
    width: float
    pure_retrieval: float
    mixed: float
    pure_processing: float
    largest_tool_share: float
    tool_entropy_bits: float
    tool_gini: float
    distinct_1: float
    distinct_2: float
    reasoning_types: int
    answer_types: int
    patterns: int


def diversity_of(shapes: Sequence[TaskShape], pool: Iterable[str], operators: Iterable[str] = ()) -> DiversityMetrics:
    """Metrics of a set; `pool` names the tools that could have been used, `operators` those among them
    that every domain shares. Raises ValueError for no tasks or a tool outside the pool."""
    if not shapes:
        raise ValueError("no tasks: diversity of nothing is not defined")
    tools = set(pool)
    calls = Counter(name for shape in shapes for name in shape.sequence)
    if foreign := calls.keys() - tools:
        raise ValueError(f"the pool lacks {sorted(foreign)[:5]}, which some tasks use")
    in_tasks = Counter(name for shape in shapes for name in set(shape.sequence))
    specific = [count for name, count in in_tasks.items() if name not in set(operators)]
    families = Counter(shape.family for shape in shapes)
    words = [re.findall(r"\w+", shape.question.lower()) for shape in shapes]
    return DiversityMetrics(
        tasks=len(shapes),
        tools_covered=len(calls),
        tool_coverage=len(calls) / len(tools),
        least_used_tool=min(in_tasks[name] for name in tools),
        unique_toolsets=len({shape.toolset for shape in shapes}),
        unique_call_sequences=len({shape.sequence for shape in shapes}),
        unique_call_graphs=len({shape.graph for shape in shapes}),
        topology_classes=len({shape.topology for shape in shapes}),
        distinct_tools_per_task=_mean([len(set(shape.sequence)) for shape in shapes]),
        distinct_skeletons=len({shape.skeleton for shape in shapes}) / len(shapes),
        calls_per_task=_mean([len(shape.sequence) for shape in shapes]),
        depth=_mean([shape.depth for shape in shapes]),
        width=_mean([shape.width for shape in shapes]),
        pure_retrieval=families["R"] / len(shapes),
        mixed=families["mixed"] / len(shapes),
        pure_processing=families["P"] / len(shapes),
        largest_tool_share=max(specific, default=0) / len(shapes),
        tool_entropy_bits=entropy_bits(list(calls.values())),
        tool_gini=gini([calls[name] for name in tools]),
        distinct_1=_distinct(words, 1),
        distinct_2=_distinct(words, 2),
        reasoning_types=len({shape.reasoning_type for shape in shapes}),
        answer_types=len({shape.answer_type for shape in shapes}),
        patterns=len({shape.pattern for shape in shapes}),
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def entropy_bits(counts: Sequence[int]) -> float:
    """Shannon entropy, in bits, of the distribution given by counts."""
    total = sum(counts)
    return -sum(c / total * math.log2(c / total) for c in counts if c) + 0.0


def gini(counts: Sequence[int]) -> float:
    """Gini coefficient: half the relative mean absolute difference, 0 for equal counts."""
    ordered, total = sorted(counts), sum(counts)
    if not total:
        return 0.0
    weighted = sum(rank * count for rank, count in enumerate(ordered, start=1))
    return 2 * weighted / (len(ordered) * total) - (len(ordered) + 1) / len(ordered)


def _distinct(words: Sequence[Sequence[str]], size: int) -> float:
    grams = [tuple(text[i : i + size]) for text in words for i in range(len(text) - size + 1)]
    return len(set(grams)) / len(grams) if grams else 0.0


def accumulation(shapes: Sequence[TaskShape], points: int = 20) -> list[tuple[int, int, int, int]]:
    """(tasks, unique call graphs, unique call sequences, topology classes) over growing prefixes."""
    stops = {max(1, round(len(shapes) * i / points)) for i in range(1, points + 1)} if shapes else set()
    graphs, sequences, classes = set[str](), set[tuple[str, ...]](), set[str]()
    found = []
    for number, shape in enumerate(shapes, start=1):
        graphs.add(shape.graph)
        sequences.add(shape.sequence)
        classes.add(shape.topology)
        if number in stops:
            found.append((number, len(graphs), len(sequences), len(classes)))
    return found


class DiversityFloors(BaseModel):
    """What a domain of at least `judged_from` tasks must reach; smaller sets are only warned of."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    judged_from: int = 150
    tool_coverage: float = 0.6
    unique_call_graphs: float = 0.7
    distinct_skeletons: float = 0.8
    topology_classes: int = 20
    reasoning_types: int = 10
    pure_retrieval: float = 0.12
    mixed: float = 0.4
    pure_processing: float = 0.02

    def missed(self, metrics: DiversityMetrics) -> list[str]:
        """Which floors the metrics miss, each as 'name: value < floor'."""
        found = {**metrics.model_dump(), "unique_call_graphs": metrics.unique_call_graphs / metrics.tasks}
        floors = self.model_dump(exclude={"judged_from"})
        return [f"{n}: {found[n]:.3g} < {floor:g}" for n, floor in floors.items() if found[n] < floor]
