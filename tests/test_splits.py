"""Laws of the splits: nothing leaks across, order does not matter, growth never moves a task out of train."""

from __future__ import annotations

from collections import Counter, defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st

from dive_assets.publishing.splits import (
    SPLITS,
    UNSEEN,
    general_tools,
    held_out_tools,
    needed_tools,
    offered_tools,
    split_of,
)
from dive_assets.records import Answer, Call, Seed, Task
from dive_assets.tools.canonical import content_hash
from dive_assets.verification.duplicates import program_hash

TOOLS = [f"tool_{number}" for number in range(12)]
PLACE = ["validation", "test", "train"]  # a task may only move to the right as a set grows


def task_with(number: int, domain: str, tools: list[str], seeds: list[int], same_program: int | None) -> Task:
    """A task that calls `tools`; equal `same_program` gives equal programs, whatever the tasks are called."""
    argument = number if same_program is None else -1 - same_program
    called = tools if same_program is None else [TOOLS[same_program]]
    program = tuple(Call(call_id=f"c{i}", tool=tool, arguments={"x": argument}) for i, tool in enumerate(called))
    return Task(
        task_id=f"{domain}-0-{number:06}",
        domain=domain,
        index=number,
        question=f"What is the value number {number}?",
        answer=Answer(type="number", value=1, call_id="c0", pointer="/value"),
        toolset=tuple(TOOLS),
        program=program,
        output_hashes={},
        pattern="lookup",
        reasoning_type="lookup",
        rounds=1,
        difficulty="easy",
        seeds=tuple(Seed(entity_type="e", value=s, label=str(s), source="s", licence="MIT") for s in seeds),
        tool_versions={},
        release_seed=0,
    )


@st.composite
def sets_of_tasks(draw: st.DrawFn) -> list[Task]:
    count = draw(st.integers(min_value=1, max_value=60))
    vocabulary = draw(st.integers(min_value=1, max_value=80))
    return [
        task_with(
            number,
            draw(st.sampled_from(["one", "two"])),
            draw(st.lists(st.sampled_from(TOOLS), min_size=1, max_size=3, unique=True)),
            draw(st.lists(st.integers(0, vocabulary), max_size=3, unique=True)),
            draw(st.none() | st.integers(0, 3)),
        )
        for number in range(count)
    ]


HELD_OUT = st.none() | st.sets(st.sampled_from(TOOLS), max_size=3)


@settings(max_examples=40)
@given(sets_of_tasks(), HELD_OUT)
def test_no_seed_and_no_program_stands_in_two_splits(tasks: list[Task], held_out: set[str] | None) -> None:
    splits = split_of(tasks, held_out)
    assert splits.keys() == {task.task_id for task in tasks} and set(splits.values()) <= set(SPLITS)
    places: dict[str, set[str]] = defaultdict(set)
    for task in tasks:
        split = splits[task.task_id]
        places[program_hash(task)].add(split)
        for seed in task.seeds if split != UNSEEN else ():
            places[content_hash(seed.entity_type, seed.value)].add(split)
    assert all(len(found) == 1 for found in places.values())


@settings(max_examples=40)
@given(sets_of_tasks(), HELD_OUT)
def test_held_out_tools_are_called_and_offered_nowhere_else(tasks: list[Task], held_out: set[str] | None) -> None:
    splits = split_of(tasks, held_out)
    apart = held_out_tools(tasks) if held_out is None else held_out
    for task in tasks:
        if splits[task.task_id] == UNSEEN:
            assert needed_tools(task) & apart
            assert offered_tools(task, UNSEEN, apart) == task.toolset
        else:
            assert not needed_tools(task) & apart
            assert not set(offered_tools(task, splits[task.task_id], apart)) & apart
            assert needed_tools(task) <= set(offered_tools(task, splits[task.task_id], apart))


@settings(max_examples=40)
@given(st.data())
def test_order_does_not_matter(data: st.DataObject) -> None:
    tasks = data.draw(sets_of_tasks())
    assert split_of(data.draw(st.permutations(tasks))) == split_of(tasks)


@settings(max_examples=40)
@given(sets_of_tasks(), st.integers(0, 60), st.sets(st.sampled_from(TOOLS), max_size=2))
def test_growth_moves_tasks_towards_train_only(tasks: list[Task], kept: int, held_out: set[str]) -> None:
    earlier, later = split_of(tasks[:kept], held_out), split_of(tasks, held_out)
    for name, split in earlier.items():
        if split == UNSEEN:
            assert later[name] == UNSEEN
        else:
            assert PLACE.index(later[name]) >= PLACE.index(split)


@settings(max_examples=40)
@given(sets_of_tasks())
def test_held_out_tools_are_rare_and_few(tasks: list[Task]) -> None:
    held_out = held_out_tools(tasks)
    sizes = Counter(task.domain for task in tasks)
    for tool in held_out:
        uses = Counter(task.domain for task in tasks if tool in needed_tools(task))
        assert all(n <= 0.04 * sizes[domain] for domain, n in uses.items())
    unseen = Counter(task.domain for task in tasks if needed_tools(task) & held_out)
    assert all(n <= 0.08 * sizes[domain] for domain, n in unseen.items())


def test_many_tasks_fill_every_split_in_their_proportions() -> None:
    tools = [f"tool_{number}" for number in range(60)]
    tasks = [task_with(n, "one", [tools[n % 60]], [n], None) for n in range(4000)]
    found = Counter(split_of(tasks).values())
    assert 0.04 < found[UNSEEN] / 4000 <= 0.08
    assert 0.3 < found["test"] / 4000 < 0.37 and 0.13 < found["validation"] / 4000 < 0.18


def test_operators_and_tools_of_every_domain_are_never_held_out() -> None:
    general = {"difference", "rank_items", "convert_unit", "run_python"}
    assert general <= general_tools()
    tasks = [task_with(n, "one", [sorted(general)[n % 4] if n < 8 else TOOLS[0]], [n], None) for n in range(400)]
    assert not held_out_tools(tasks) and UNSEEN not in split_of(tasks).values()
