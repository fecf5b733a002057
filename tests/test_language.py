"""The checks of a question's English and of near-duplicates, on sentences that a person would object to."""

from __future__ import annotations

import pytest

from dive_assets.records import Task
from dive_assets.synthesis.grammar import have_more_than, tidy, with_article
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


def test_nearly_the_same_question_is_a_duplicate(made: Made) -> None:
    task, index = made.answerable[0], DuplicateIndex()
    long = "Of the many countries that lie in the far north of that old continent and have a long coast, which has the "
    first = task.model_copy(update={"question": long + "largest area by GeoNames' figures of the year 2026?"})
    index.add(first)
    near = long + "largest area by GeoNames' figures of the year 2025?"
    assert index.nearest(near) == task.task_id
    assert index.nearest("Which river is the longest one in Asia by the atlas on my desk?") == ""
