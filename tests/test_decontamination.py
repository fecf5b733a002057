"""Shared runs of words are found however they are wrapped; common phrases and short items are not."""

from __future__ import annotations

import sys
from pathlib import Path

import orjson
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dive_assets.production.decontamination import find_contaminated
from dive_assets.publishing.decontamination import (
    RUN,
    SHORTEST,
    Benchmark,
    BenchmarkError,
    BenchmarkIndex,
    bfcl_benchmarks,
    read_benchmark,
)
from tests.conftest import Made

WORDS = st.lists(st.text(alphabet="abcdefgh", min_size=1, max_size=8), min_size=1, max_size=40)


def index_of(*texts: str) -> BenchmarkIndex:
    return BenchmarkIndex([Benchmark("exam", "0", texts)])


@given(WORDS, WORDS, WORDS, st.data())
def test_text_that_holds_a_run_of_an_item_overlaps(
    item: list[str], before: list[str], after: list[str], data: st.DataObject
) -> None:
    length = min(RUN, len(item))
    start = data.draw(st.integers(0, len(item) - length))
    text = ", ".join([*before, *(word.upper() for word in item[start : start + length]), *after]) + "?"
    assert bool(index_of(" ".join(item)).overlaps(text)) or length < SHORTEST


@given(WORDS)
def test_text_without_a_common_word_never_overlaps(item: list[str]) -> None:
    assert not index_of(" ".join(item)).overlaps("x1 y2 z3 " * 20)


def test_twelve_common_words_of_a_long_item_are_too_few() -> None:
    item = [f"w{number}" for number in range(30)]
    assert not index_of(" ".join(item)).overlaps(" ".join(item[:12]))
    assert index_of(" ".join(item)).overlaps(" ".join(item[5:18]))[0].words == " ".join(item[5:18])


def test_short_item_must_be_held_whole_and_shorter_ones_are_not_compared() -> None:
    item = "What is the capital of Burundi?"
    assert index_of(item).overlaps("Tell me: what is the capital of Burundi, and its currency?")
    assert not index_of(item).overlaps("What is the capital of Rwanda?")
    assert not index_of("the capital of Burundi").overlaps("the capital of Burundi")


def test_files_of_every_kind_are_read(tmp_path: Path) -> None:
    text = "how many of the seven bridges of Königsberg were crossed twice"
    record = {"question": [[{"role": "user", "content": text}]], "n": 1}
    (tmp_path / "a.jsonl").write_bytes(orjson.dumps(record) + b"\n\n" + orjson.dumps({"x": None}))
    (tmp_path / "b.json").write_bytes(orjson.dumps([record]))
    (tmp_path / "c.csv").write_text(f'id,question\n1,"{text}"\n', encoding="utf-8")
    (tmp_path / "d.txt").write_text(f"another\n{text}\n", encoding="utf-8")
    pl.DataFrame({"q": [text], "n": [1]}).write_parquet(tmp_path / "e.parquet")
    for path in tmp_path.iterdir():
        benchmark = read_benchmark(path)
        assert text in benchmark.texts and len(benchmark.sha256) == 64
        assert BenchmarkIndex([benchmark]).overlaps(f"Say {text}!")[0].benchmark == path.name


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.jsonl", b"{not json", "cannot be read as .jsonl"),
        ("x.parquet", b"no parquet", "cannot be read as .parquet"),
        ("x.docx", b"", "not from '.docx'"),
        ("x.txt", b"too short\n", "no text of 6 words"),
    ],
)
def test_unreadable_file_is_named_with_its_mend(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BenchmarkError, match=name) as raised:
        read_benchmark(tmp_path / name)
    assert words in str(raised.value)


def test_bfcl_data_of_an_installed_package_are_read_without_its_tool_schemas(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert bfcl_benchmarks() == [] or bfcl_benchmarks()[0].texts
    data = tmp_path / "bfcl_eval" / "data" / "possible_answer"
    data.mkdir(parents=True)
    (tmp_path / "bfcl_eval" / "__init__.py").write_text("")
    row = {
        "question": [[{"content": "Find the area of a triangle with base 10"}]],
        "function": [{"description": "x y"}],
    }
    (data.parent / "BFCL_v4_simple.json").write_bytes(orjson.dumps(row) + b"\n" + orjson.dumps({"id": "simple_1"}))
    (data.parent / "BFCL_v4_format.json").write_bytes(
        orjson.dumps({"simple": ["simple_0"]}, option=orjson.OPT_INDENT_2)
    )
    (data / "BFCL_v4_simple.json").write_bytes(orjson.dumps({"ground_truth": ["area(10)"]}) + b"\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "bfcl_eval", raising=False)
    (found,) = bfcl_benchmarks()
    assert {"Find the area of a triangle with base 10", "simple_0", "simple_1"} <= set(found.texts)
    assert "x y" not in found.texts


def test_tasks_answers_and_exemplars_are_compared(made: Made) -> None:
    tasks = made.answerable[:20]
    clean = find_contaminated(tasks, [Benchmark("exam", "0", ("an unrelated sentence of more than six words",))])
    assert clean.clean and clean.compared == 20 and clean.by_benchmark()[0].overlapping == 0
    exemplar = "Of the countries that border Chad, which comes first in the alphabet?"
    found = find_contaminated(tasks, [Benchmark("exam", "0", (tasks[3].question, exemplar))])
    assert (tasks[3].task_id, "question") in {(name, what) for name, what, _ in found.overlaps}
    assert "exemplar" in {what for _, what, _ in found.overlaps}
    assert found.by_benchmark()[0].overlapping >= 2
