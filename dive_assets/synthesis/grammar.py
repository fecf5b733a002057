"""Small English: enumerations, articles, possessives, capitals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

PREPOSITIONS = ("at", "by", "for", "from", "in", "of", "on", "over", "to", "under", "with", "without")
FEW_WORDS = 4  # words with which several phrases end that are repeated rather than said once


def enumerate_names(names: Sequence[str], conjunction: str = "and") -> str:
    """'A, B and C'; with semicolons where a name itself holds a comma."""
    if len(names) < 2:
        return "".join(names)
    separator = "; " if any("," in name for name in names) else ", "
    return f"{separator.join(names[:-1])} {conjunction} {names[-1]}"


def split_beginning(phrases: Sequence[str], whole: Iterable[str] = ()) -> tuple[str, list[str]]:
    """The words with which all phrases begin, articles at its end left out, and how each of them goes on. A text of
    `whole` is never cut in two."""
    words = [phrase.split() for phrase in phrases]
    count = next((i for i, column in enumerate(zip(*words, strict=False)) if len(set(column)) > 1), 0)
    while cut := max((_inside(text, phrase, count) for text in whole for phrase in words), default=0):
        count -= cut
    while count and words[0][count - 1] in ("a", "an", "the"):
        count -= 1
    return " ".join(words[0][:count]), [" ".join(rest[count:]) for rest in words]


def split_ending(phrases: Sequence[str], whole: Iterable[str] = ()) -> tuple[list[str], str]:
    """What the phrases say before the words with which all of them end, and those words: "" if they are few or do not
    begin with a preposition. A text of `whole` is never cut in two, and something is left of each phrase."""
    words = [phrase.split() for phrase in phrases]
    last = zip(*map(reversed, words), strict=False)
    count = next((i for i, column in enumerate(last) if len(set(column)) > 1), min(map(len, words)))
    count = min(count, min(map(len, words)) - 1)
    texts = list(whole)
    while count and (
        words[0][-count] not in PREPOSITIONS
        or any(_inside(text, phrase, len(phrase) - count) for text in texts for phrase in words)
    ):
        count -= 1
    if count < FEW_WORDS:
        return list(phrases), ""
    return [" ".join(phrase[:-count]) for phrase in words], " ".join(words[0][-count:])


def _inside(text: str, words: Sequence[str], count: int) -> int:
    """How many words of `text` stand before the cut after `count` words, if the cut goes through it; 0 if not."""
    within = range(1, min(count, text.count(" ")) + 1)
    return next((cut for cut in within if " ".join(words[count - cut :]).startswith(text)), 0)


def comparative(superlative: str) -> str:
    """'larger' of 'largest', 'more recent' of 'most recent'."""
    if superlative.startswith("most "):
        return f"more {superlative.removeprefix('most ')}"
    if superlative.startswith("least "):
        return f"less {superlative.removeprefix('least ')}"
    irregular = {"best": "better", "worst": "worse"}
    return irregular.get(superlative, re.sub(r"est$", "er", superlative))


def is_plural(phrase: str) -> bool:
    """Whether the head noun of a noun phrase is a plural: 'emissions per person in 1990'."""
    head = re.split(r"(?: of| in| on| at| per| by| for| to| that| according)\b|,", f" {phrase}")[0]
    return head.endswith("s") and not head.endswith(("ss", "us", "is", "gas", "bias"))


def with_article(phrase: str) -> str:
    """'an area', 'a population', 'a unit cell'; plurals take none: 'emissions per person'."""
    if is_plural(phrase):
        return phrase
    vowel = phrase[:1].lower() in "aeiou" and not phrase.lower().startswith(("eu", "one", "uni", "use", "us ", "ut"))
    return f"{'an' if vowel else 'a'} {phrase}"


def have_more_than(has: str, above: bool, threshold: str, dated: bool) -> str:
    """'have an area of more than 5 km²'; 'have fewer than 9 inhabitants' for "number of inhabitants";
    'have a release year after 2009' where the value is a point in time."""
    if dated:
        return f"have {with_article(has)} {'after' if above else 'before'} {threshold}"
    if has.startswith("number of "):
        counted = has.removeprefix("number of ")
        unit_free = threshold.split(" ")[0]
        return f"have {'more' if above else 'fewer'} than {unit_free} {counted}"
    return f"have {with_article(has)} of {'more' if above else 'less'} than {threshold}"


def tidy(text: str) -> str:
    """Possessives of names in -s, doubled articles and spaces, units after 1, a capital at every sentence's start."""
    text = re.sub(r"s's\b", "s'", text)
    text = re.sub(r"\b([Aa])n? (?=(?:8|11\b|18\b|1[18],)\S*)", r"\1n ", text)
    text = re.sub(r"\b([Tt]he) the\b", r"\1", text)
    text = re.sub(r"\bthe (\w+) (that (?:\w+ )?\1)\b", r"\2", text)
    text = re.sub(r"\b(?:the|a|an|The|A|An) (that|each of|the first|the second) ", r"\1 ", text)
    text = re.sub(
        r"\b(than -?1 (?:US )?\w+?)(?:(?<=ch)es|(?<!s)s)\b", r"\1", text
    )  # more than 1 degree, fewer than 1 inch
    text = re.sub(r"\s+([,.;?!])", r"\1", re.sub(r" {2,}", " ", text)).strip()
    return re.sub(r"(^|(?<!\b[A-Z])[.?] )([a-z])", lambda m: m[1] + m[2].upper(), text)
