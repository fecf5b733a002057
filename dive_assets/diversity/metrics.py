"""Diversity as numbers, each with its definition.

The first seven are those that DIVE reports (arXiv 2603.11076): tools covered, unique toolsets, call
sequences, call graphs, R/P topology classes, distinct tools a task, and (here) question skeletons.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from pydantic import BaseModel, ConfigDict

from dive_assets.diversity.graphs import call_graph, call_sequence, depth, topology_class, width
from dive_assets.records import Task


class DiversityMetrics(BaseModel):
    """Metrics over a set of tasks.

    tools_covered            tools that some program calls
    tool_coverage            the same as a share of the pool
    unique_toolsets          distinct sets of offered tools
    unique_call_sequences    distinct ordered tuples of tool names
    unique_call_graphs       distinct dataflow graphs with tool names, up to isomorphism
    topology_classes         distinct dataflow graphs with R/P labels, up to isomorphism
    distinct_tools_per_task  mean number of different tools that a program calls
    distinct_skeletons       share of distinct questions after masking entities and numbers
    calls_per_task, depth, width   means (see graphs)
    tool_entropy_bits        Shannon entropy of the distribution of calls over tools
    tool_gini                Gini coefficient of calls over the pool's tools: 0 even, near 1 concentrated
    distinct_1, distinct_2   distinct uni-/bigrams over all uni-/bigrams of the questions (Li et al. 2016)
    reasoning_types          distinct reasoning types
    """

    model_config = ConfigDict(frozen=True)
    tasks: int
    tools_covered: int
    tool_coverage: float
    unique_toolsets: int
    unique_call_sequences: int
    unique_call_graphs: int
    topology_classes: int
    distinct_tools_per_task: float
    distinct_skeletons: float
    calls_per_task: float
    depth: float
    width: float
    tool_entropy_bits: float
    tool_gini: float
    distinct_1: float
    distinct_2: float
    reasoning_types: int


def diversity_of(tasks: Sequence[Task], kinds: Mapping[str, str], pool_size: int) -> DiversityMetrics:
    """Metrics of `tasks`. Raises ValueError for no tasks or a pool smaller than the tools used."""
    if not tasks:
        raise ValueError("no tasks: diversity of nothing is not defined")
    calls = Counter(call.tool for task in tasks for call in task.program)
    if pool_size < len(calls):
        raise ValueError(f"a pool of {pool_size} tools cannot cover {len(calls)}")
    words = [re.findall(r"\w+", task.question.lower()) for task in tasks]
    return DiversityMetrics(
        tasks=len(tasks),
        tools_covered=len(calls),
        tool_coverage=len(calls) / pool_size,
        unique_toolsets=len({frozenset(t.toolset) for t in tasks}),
        unique_call_sequences=len(set(map(call_sequence, tasks))),
        unique_call_graphs=len(set(map(call_graph, tasks))),
        topology_classes=len({topology_class(t, kinds) for t in tasks}),
        distinct_tools_per_task=_mean([len(set(call_sequence(t))) for t in tasks]),
        distinct_skeletons=len(set(map(question_skeleton, tasks))) / len(tasks),
        calls_per_task=_mean([len(t.program) for t in tasks]),
        depth=_mean([depth(t) for t in tasks]),
        width=_mean([width(t) for t in tasks]),
        tool_entropy_bits=entropy_bits(list(calls.values())),
        tool_gini=gini([*calls.values(), *[0] * (pool_size - len(calls))]),
        distinct_1=_distinct(words, 1),
        distinct_2=_distinct(words, 2),
        reasoning_types=len({t.reasoning_type for t in tasks}),
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


def question_skeleton(task: Task) -> str:
    """The question with every stated literal, option and number masked, in lower case."""
    stated = {s.spoken for call in task.program for s in call.literals if s.spoken}
    masked = task.question
    for text in sorted(stated, key=lambda s: (-len(s), s)):
        masked = re.sub(re.escape(text), "#", masked, flags=re.IGNORECASE)
    masked = re.sub(r"\d[\d.,]*", "#", masked)
    masked = re.sub(r"#(?:[;,]? (?:and )?#)+", "#", masked)
    return " ".join(re.findall(r"[\w#]+", masked.lower()))


def _distinct(words: Sequence[Sequence[str]], size: int) -> float:
    grams = [tuple(text[i : i + size]) for text in words for i in range(len(text) - size + 1)]
    return len(set(grams)) / len(grams) if grams else 0.0


def accumulation(tasks: Sequence[Task], kinds: Mapping[str, str], points: int = 20) -> list[tuple[int, int, int, int]]:
    """(tasks, unique call graphs, unique call sequences, topology classes) over growing prefixes."""
    stops = sorted({max(1, round(len(tasks) * i / points)) for i in range(1, points + 1)}) if tasks else []
    graphs, sequences, classes = set[str](), set[tuple[str, ...]](), set[str]()
    found = []
    for number, task in enumerate(tasks, start=1):
        graphs.add(call_graph(task))
        sequences.add(call_sequence(task))
        classes.add(topology_class(task, kinds))
        if number in stops:
            found.append((number, len(graphs), len(sequences), len(classes)))
    return found
