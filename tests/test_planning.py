"""The pattern grammar and the planner: coverage pressure and quotas, from the outside."""

from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dive_assets.records import Plan, Seed
from dive_assets.synthesis.exemplars import eligible, patterns
from dive_assets.synthesis.forms import FORMS
from dive_assets.synthesis.planner import Planner, Quotas
from dive_assets.synthesis.type_graph import TypeGraph
from dive_assets.synthesis.usage import Usage
from dive_assets.tools.tool import Tool


@pytest.fixture(scope="module")
def graph(pool: dict[str, Tool], seeds: list[Seed]) -> TypeGraph:
    return TypeGraph(pool, Counter(seed.entity_type for seed in seeds))


def plans_of(graph: TypeGraph, count: int, quotas: Quotas | None = None, seed: int = 0) -> list[Plan]:
    planner, usage = Planner(graph, eligible(3), quotas), Usage()
    return planner.plan(random.Random(seed), 0, count, usage)


def test_grammar_yields_at_least_150_patterns_each_with_a_form_and_a_question() -> None:
    found = patterns()
    assert len(found) >= 150
    assert len({p.name for p in found}) == len(found)
    assert {p.form for p in found} <= FORMS.keys()
    assert all(p.example.endswith(("?", ".")) for p in found)


def test_rounds_below_one_are_refused() -> None:
    with pytest.raises(ValueError, match="rounds must be at least 1"):
        eligible(0)


def test_plans_hardly_ever_repeat_a_call_graph(graph: TypeGraph) -> None:
    plans = plans_of(graph, 400)
    graphs = {(p.pattern, tuple(s.tool for s in p.path), p.further and p.further.tool, p.size) for p in plans}
    assert len(graphs) > 0.95 * len(plans)


@pytest.mark.parametrize("shares", [(0.2, 0.2), (0.5, 0.1), (0.0, 1.0)])
def test_quotas_of_tool_kinds_are_kept(graph: TypeGraph, shares: tuple[float, float]) -> None:
    retrieval, processing = shares
    plans = plans_of(graph, 300, Quotas(pure_retrieval=retrieval, pure_processing=processing))
    families = Counter(p.family for p in plans)
    assert families["retrieval"] / 300 == pytest.approx(retrieval, abs=0.02)
    assert families["processing"] / 300 == pytest.approx(processing, abs=0.02)
    kinds = {p.index: {graph.tools[s.tool].kind for s in p.path} for p in plans}
    assert all(kinds[p.index] == {"R"} for p in plans if p.family == "retrieval")
    assert all(kinds[p.index] == {"P"} for p in plans if p.family == "processing")


@settings(max_examples=15, deadline=None)
@given(first=st.integers(1, 60), more=st.integers(1, 60), seed=st.integers(0, 2**32))
def test_later_plans_never_change_earlier_ones(graph: TypeGraph, first: int, more: int, seed: int) -> None:
    assert plans_of(graph, first + more, seed=seed)[:first] == plans_of(graph, first, seed=seed)


@pytest.mark.parametrize(
    "wrong", [{"pure_retrieval": 0.7, "pure_processing": 0.7}, {"by_rounds": (0.5, 0.2)}, {"recovery": 1.5}]
)
def test_impossible_quotas_are_named(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Quotas.model_validate(wrong)


def test_kinds_that_no_pattern_gives_are_an_error_with_a_mend(pool: dict[str, Tool], seeds: list[Seed]) -> None:
    retrieving = {name: tool for name, tool in pool.items() if tool.kind == "R"}
    graph = TypeGraph(retrieving, Counter(seed.entity_type for seed in seeds))
    planner = Planner(graph, eligible(3), Quotas(pure_retrieval=0, pure_processing=1))
    with pytest.raises(ValueError, match="change pure_retrieval and pure_processing"):
        planner.plan(random.Random(0), 0, 5, Usage())


def test_links_that_never_worked_are_drawn_less(graph: TypeGraph) -> None:
    def links_of(plans: list[Plan]) -> Counter[tuple[str, ...]]:
        steps = (pair for plan in plans for pair in pairwise(plan.path))
        return Counter((before.tool, before.field, after.tool, after.subject) for before, after in steps)

    usual = links_of(plans_of(graph, 300))
    link, count = usual.most_common(1)[0]
    usage = Usage()
    usage.links[link] = [20, 20]
    after = links_of(Planner(graph, eligible(3)).plan(random.Random(0), 0, 300, usage))
    assert count >= 5
    assert after[link] < count / 2


def test_a_hub_is_left_out_until_others_have_caught_up(graph: TypeGraph) -> None:
    hub, _ = Counter(step.tool for plan in plans_of(graph, 100) for step in plan.path).most_common(1)[0]
    usage = Usage(sound=200)
    usage.tasks[hub] = 100
    plans = Planner(graph, eligible(3)).plan(random.Random(0), 0, 100, usage)
    assert all(step.tool != hub or step == plan.path[-1] for plan in plans for step in plan.path)
