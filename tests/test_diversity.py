"""Metrics against hand-made programs whose numbers are known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dive_assets.diversity.metrics import DiversityFloors, accumulation, diversity_of, entropy_bits, gini
from dive_assets.diversity.shapes import shape_of
from dive_assets.records import Answer, Binding, Call, Task

KINDS = {"look": "R", "find": "R", "add": "P"}


def task_of(number: int, *calls: tuple[str, str, tuple[str, ...]]) -> Task:
    """A task whose program has calls (id, tool, ids of the calls it takes from)."""
    program = tuple(
        Call(
            call_id=call_id,
            tool=tool,
            arguments={},
            bindings=tuple(Binding(argument=f"/{s}", call_id=s, pointer="/x") for s in sources),
        )
        for call_id, tool, sources in calls
    )
    return Task(
        task_id=f"general-0-{number:06d}", domain="general", index=number, question=f"What is number {number}?",
        answer=Answer(type="number", value=1, call_id=program[-1].call_id, pointer="/x"),
        toolset=("look", "find", "add"), program=program, output_hashes={}, pattern="p", reasoning_type="lookup",
        rounds=1, difficulty="easy", seeds=(), tool_versions={}, release_seed=0,
    )  # fmt: skip


def test_isomorphic_programs_have_one_graph_and_shared_calls_another() -> None:
    one = task_of(0, ("a", "look", ()), ("b", "find", ()), ("c", "add", ("a", "b")))
    renamed = task_of(1, ("x", "find", ()), ("y", "look", ()), ("z", "add", ("y", "x")))
    other = task_of(2, ("a", "look", ()), ("b", "look", ()), ("c", "add", ("a", "b")))
    shared = task_of(3, ("a", "look", ()), ("b", "add", ("a",)), ("c", "add", ("a", "b")))
    unshared = task_of(4, ("a", "look", ()), ("d", "look", ()), ("b", "add", ("a",)), ("c", "add", ("d", "b")))
    shapes = [shape_of(task, KINDS) for task in (one, renamed, other, shared, unshared)]
    assert shapes[0].graph == shapes[1].graph != shapes[2].graph
    assert shapes[0].topology == shapes[2].topology
    assert shapes[3].graph != shapes[4].graph
    metrics = diversity_of(shapes, KINDS)
    assert (metrics.unique_call_graphs, metrics.topology_classes, metrics.tools_covered) == (4, 3, 3)
    assert metrics.mixed == 1.0 and metrics.depth == pytest.approx(2.4)
    assert accumulation(shapes, 5)[-1] == (5, 4, 5, 3)


def test_missed_floors_are_named() -> None:
    shapes = [shape_of(task_of(i, ("a", "look", ())), KINDS) for i in range(4)]
    missed = DiversityFloors().missed(diversity_of(shapes, KINDS))
    assert any(text.startswith("tool_coverage: 0.333") for text in missed)
    assert any(text.startswith("unique_call_graphs: 0.25") for text in missed)


def test_no_tasks_and_foreign_tools_are_errors() -> None:
    with pytest.raises(ValueError, match="no tasks"):
        diversity_of([], KINDS)
    with pytest.raises(ValueError, match="look"):
        diversity_of([shape_of(task_of(0, ("a", "look", ())), KINDS)], ["add"])


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=50))
def test_entropy_and_gini_stay_in_their_bounds(counts: list[int]) -> None:
    assert -1e-9 <= gini(counts) < 1
    assert 0 <= entropy_bits(counts) <= len(counts).bit_length() + 1


def test_entropy_and_gini_of_known_distributions() -> None:
    assert entropy_bits([1, 1, 1, 1]) == pytest.approx(2.0)
    assert gini([5, 5, 5]) == pytest.approx(0.0)
    assert gini([0, 0, 0, 8]) == pytest.approx(0.75)
