"""The checks of a question's English and of near-duplicates, on sentences that a person would object to."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dive_assets.records import Answer, Task
from dive_assets.synthesis.expressions import Each, FieldOf, Form, Named
from dive_assets.synthesis.grammar import have_more_than, split_beginning, split_ending, tidy, with_article
from dive_assets.synthesis.phrases import Phrases
from dive_assets.synthesis.verbalize import Verbalizer
from dive_assets.tools.registry import load_registry
from dive_assets.tools.tool import Tool
from dive_assets.verification.duplicates import DuplicateIndex
from dive_assets.verification.language import check_natural
from dive_assets.verification.subject import CheckFailed, Subject
from tests.conftest import Made


def failure(task: Task, question: str, made: Made) -> str:
    try:
        check_natural(Subject(task.model_copy(update={"question": question}), {}, made.pool))
    except CheckFailed as failed:
        return str(failed)
    return ""


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What is the capital (of the country?", "brackets"),
        ("What is the the capital?", "repeated"),
        ("What is the area of the country of the capital of the bank of the account?", "nested"),
        ("What is the land_area of that country?", "land_area"),
        ("What is None?", "None"),
        ("Why " + " ".join(f"word{i}" for i in range(120)) + "?", "words"),
    ],
)
def test_unnatural_questions_are_named(made: Made, question: str, words: str) -> None:
    assert words in failure(made.answerable[0], question, made)


def test_verified_questions_are_natural(made: Made) -> None:
    assert all(not failure(task, task.question, made) for task in made.tasks)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("an 18-year bond and a 8% coupon", "An 18-year bond and an 8% coupon"),
        ("the account with the IBAN that IBAN", "The account with that IBAN"),
        ("ask Madame de R. and Cosette. what then?", "Ask Madame de R. and Cosette. What then?"),
        ("the the Hague", "The Hague"),
        ("a tilt of less than 1 degrees or 11 degrees", "A tilt of less than 1 degree or 11 degrees"),
    ],
)
def test_sentences_are_tidied(given: str, wanted: str) -> None:
    assert tidy(given) == wanted


def test_articles_follow_sound_and_number() -> None:
    assert with_article("area of land") == "an area of land"
    assert with_article("unit cell") == "a unit cell"
    assert with_article("emissions per person") == "emissions per person"
    assert have_more_than("number of inhabitants", False, "9 people", False) == "have fewer than 9 inhabitants"
    assert have_more_than("release year", True, "1999", True) == "have a release year after 1999"


WORDS = st.lists(st.sampled_from(["the", "a", "score", "of", "man", "70"]), min_size=1)


@given(st.lists(WORDS, min_size=2, max_size=4))
def test_splitting_a_shared_beginning_loses_no_word(phrases: list[list[str]]) -> None:
    shared, rests = split_beginning([" ".join(words) for words in phrases])
    assert [f"{shared} {rest}".split() for rest in rests] == phrases
    assert not shared.endswith((" a", " the"))


@given(st.lists(WORDS, min_size=2, max_size=4))
def test_splitting_a_shared_ending_loses_no_word(phrases: list[list[str]]) -> None:
    rests, ending = split_ending([" ".join(words) for words in phrases])
    assert [f"{rest} {ending}".split() for rest in rests] == phrases
    assert all(rests)


def test_long_ending_is_said_once() -> None:
    told = [f"{year} with the warmest sea surface" for year in (1980, 1982)]
    assert split_ending(told) == (["1980", "1982"], "with the warmest sea surface")


@given(WORDS, st.lists(WORDS, min_size=2, max_size=4), WORDS)
def test_literal_is_never_cut(beginning: list[str], literals: list[list[str]], end: list[str]) -> None:
    texts = [" ".join(words) for words in literals]
    _, rests = split_beginning([" ".join([*beginning, text, *end]) for text in texts], texts)
    assert all(text in rest for text, rest in zip(texts, rests, strict=True))
    kept, ending = split_ending(rests, texts)
    assert all(text in part or text in ending for text, part in zip(texts, kept, strict=True))


def test_cases_are_lettered_and_what_they_share_is_said_once(pool: dict[str, Tool]) -> None:
    cases = tuple(
        FieldOf(tool="hull_speed", field="speed_kt", arguments={"length": Named(text=f"a waterline of {metres} m")})
        for metres in (9, 12, 30)
    )
    answer = Answer(type="number", value=9.7, call_id="c4", pointer="/mean", unit="knots", decimals=1)
    form = Form(name="mean", main=Each(names=("A", "B", "C"), cases=cases, noun="case", plural="cases"), answer=answer)
    question = Verbalizer(pool, random.Random(0)).question(form)
    assert question.count("hull speed for") == 1
    assert "(A) a waterline of 9 m" in question
    assert "(B) a waterline of 12 m" in question
    assert "(C) a waterline of 30 m" in question


def test_nearly_the_same_question_is_a_duplicate(made: Made) -> None:
    task, index = made.answerable[0], DuplicateIndex()
    long = "Of the many countries that lie in the far north of that old continent and have a long coast, which has the "
    first = task.model_copy(update={"question": long + "largest area by GeoNames' figures of the year 2026?"})
    index.add(first)
    near = long + "largest area by GeoNames' figures of the year 2025?"
    assert index.nearest(near) == task.task_id
    assert index.nearest("Which river is the longest one in Asia by the atlas on my desk?") == ""


@pytest.mark.parametrize("draw", range(4))
def test_two_places_of_a_question_are_told_apart(draw: int) -> None:
    tools = load_registry().tools_of("earth")

    def place(country: str) -> FieldOf:
        city = FieldOf(tool="largest_cities", field="largest", arguments={"country": Named(text=country)})
        return FieldOf(tool="city_facts", field="coordinates", arguments={"city": city})

    one, other = list(tools["geodesic_distance"].parameters)[:2]
    field = next(iter(tools["geodesic_distance"].fields))
    both = FieldOf(tool="geodesic_distance", field=field, arguments={one: place("Chad"), other: place("Mali")})
    phrases = Phrases(tools, random.Random(draw))
    steps, rest = phrases.steps(both)
    assert "the first place" in phrases.phrase(rest) and "the second place" in phrases.phrase(rest)
    assert sum("(call it the first place)" in step for step in steps) == 1
