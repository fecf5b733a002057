"""duplicate: neither the same program nor (nearly) the same question as an earlier task of the domain."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from dive_assets.records import Task
from dive_assets.tools.canonical import content_hash
from dive_assets.verification.subject import CheckFailed

SHINGLE = 3  # words
NEAR_DUPLICATE = 0.85  # Jaccard similarity of word shingles from which two questions count as the same
PERMUTATIONS = 64


def program_hash(task: Task) -> str:
    """Hash of the calls (tool and arguments, in any order) and of where the answer is read."""
    calls = sorted(content_hash(call.tool, call.arguments) for call in task.program)
    tools = {call.call_id: call.tool for call in task.program}
    return content_hash(calls, sorted((tools[s.call_id], s.pointer) for s in task.answer.sources))


def normalized(question: str) -> str:
    """Lower case, words and numbers only."""
    return " ".join(re.findall(r"\w+", question.lower()))


def shingles(question: str) -> frozenset[str]:
    """Runs of three words of the normalized question."""
    words = normalized(question).split()
    return frozenset(" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1)))


def similarity(a: frozenset[str], b: frozenset[str]) -> float:
    """Jaccard similarity: shared over all shingles."""
    return len(a & b) / len(a | b)


class DuplicateIndex:
    """Remembers the tasks seen so far, in order of their index.

    Near-duplicates are found by MinHash with locality-sensitive hashing (datasketch, fixed seed) and
    confirmed by the exact Jaccard similarity of their shingles.
    """

    def __init__(self) -> None:
        from datasketch import MinHashLSH

        self._programs: dict[str, str] = {}
        self._questions: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._similar = MinHashLSH(threshold=NEAR_DUPLICATE, num_perm=PERMUTATIONS)
        self._last: tuple[frozenset[str], Any] = (frozenset(), None)

    def check(self, task: Task) -> None:
        """Raises CheckFailed if an earlier task has this program, this question, or nearly this question."""
        for known, key in ((self._programs, program_hash(task)), (self._questions, normalized(task.question))):
            if key in known:
                raise CheckFailed(f"the same as {known[key]}")
        if near := self.nearest(task.question):
            raise CheckFailed(f"nearly the same question as {near}")

    def nearest(self, question: str) -> str:
        """The first earlier task whose question is nearly the same; "" if there is none."""
        grams = shingles(question)
        candidates = self._similar.query(self._sketch(grams))
        close = [t for t in candidates if similarity(grams, shingles(self._texts[t])) >= NEAR_DUPLICATE]
        return min(close, default="")

    def add(self, task: Task) -> None:
        self._programs[program_hash(task)] = task.task_id
        self._questions[normalized(task.question)] = task.task_id
        grams = shingles(task.question)
        self._texts[task.task_id] = task.question
        self._similar.insert(task.task_id, self._sketch(grams))

    def _sketch(self, grams: frozenset[str]) -> Any:
        """MinHash of the shingles; a question is looked up first and added next, so the last one is kept."""
        if self._last[0] != grams:
            self._last = (grams, _minhash(grams))
        return self._last[1]


@cache
def _empty_sketch() -> Any:
    from datasketch import MinHash

    return MinHash(num_perm=PERMUTATIONS, seed=1)


def _minhash(grams: frozenset[str]) -> Any:
    sketch = _empty_sketch().copy()  # its permutations are costly to make
    sketch.update_batch([gram.encode() for gram in sorted(grams)])
    return sketch
