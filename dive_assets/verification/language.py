"""natural: the question reads as if a person had written it, as far as a machine can tell."""

from __future__ import annotations

import re

from dive_assets.tools.annotations import EntityType
from dive_assets.verification.subject import CheckFailed, Subject

MOST_WORDS = 110  # beyond that nobody would ask; a sequence counts as one word
MOST_NESTED = 3  # "of" in one stretch without a comma or a full stop
REPEATED = re.compile(r"\b([a-z]+) \1\b", re.IGNORECASE)
PLACEHOLDER = re.compile(r"[{}]|\bNone\b|\bnan\b|__|\b[a-z]+_[a-z_]+\b")


def check_natural(subject: Subject) -> None:
    """Raises CheckFailed for unbalanced brackets, repeated words, heaps of "of", field names, bare codes,
    and questions that are too long."""
    question = subject.task.question
    _check_brackets(question)
    if found := REPEATED.search(_without_stated(subject)):
        raise CheckFailed(f"the word {found[1]!r} is repeated")
    if found := PLACEHOLDER.search(_without_stated(subject)):
        raise CheckFailed(f"the question holds {found[0]!r}")
    for stretch in re.split(r"[,.;:?!()]", question):
        if len(re.findall(r"\bof\b", stretch)) > MOST_NESTED:
            raise CheckFailed(f"more than {MOST_NESTED} nested 'of': {stretch.strip()!r}")
    if len(question.split()) > MOST_WORDS:
        raise CheckFailed(f"the question has {len(question.split())} words")
    _check_labels(subject)


def _without_stated(subject: Subject) -> str:
    """The question without what it quotes: names and sequences may repeat what they like."""
    text = subject.task.question
    stated = {s.spoken for call in subject.task.program for s in call.literals if s.spoken}
    for spoken in sorted(stated, key=len, reverse=True):
        text = text.replace(spoken, "#")
    return text


def _check_brackets(question: str) -> None:
    depth = 0
    for mark in question:
        depth += (mark == "(") - (mark == ")")
        if depth < 0:
            break
    if depth:
        raise CheckFailed("the brackets are unbalanced")


def _check_labels(subject: Subject) -> None:
    """A code that people read beside a name must stand beside it."""
    labels = {str(seed.value): seed.label for seed in subject.task.seeds}
    for call in subject.task.program:
        parameters = subject.tools[call.tool].parameters
        for stated in call.literals:
            meaning = parameters[stated.argument.split("/")[1]].meaning
            label = labels.get(str(stated.value), "")
            if isinstance(meaning, EntityType) and meaning.labelled and label and label not in stated.spoken:
                raise CheckFailed(f"{stated.value!r} stands without its name {label!r}")
