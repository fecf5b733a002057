"""Structural patterns of tool use, and the rules that yield them.

A pattern says how many calls lead from a subject to a value (`length`), what is done with the value
(`form`), where the subjects come from, and what follows. It names no tool: the type graph fills it.

    FormRule("extreme", "rank", "group", lengths=(1, 2, 3), listed=(2, 3), follow=(1, 2), ...)

yields extreme, chain_extreme, chain_extreme_3, list_extreme, extreme_follow, and so on. Each round
after the first adds one operation (nest an argument, branch and combine, convert, follow), so that
K rounds admit the patterns with `rounds` <= K.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

ReasoningType = Literal[
    "lookup",
    "chain",
    "compute",
    "combine",
    "convert",
    "count",
    "compare",
    "change over time",
    "rank",
    "aggregate",
    "filter and count",
    "filter and aggregate",
    "reverse lookup",
    "set comparison",
    "membership",
    "select then look up",
]
Scope = Literal["one", "pair", "group"]
Start = Literal["any", "named", "drawn"]

# Form -> the tool that it applies to the values; forms that are missing here apply none.
OPERATORS = {
    "count": "count_items",
    "distinct_count": "count_items",
    "alphabetical": "sort_texts",
    "member": "contains_item",
    "ratio": "ratio",
    "percent_change": "ratio",
    "is_greater": "is_greater",
    "same": "is_same",
    "position": "position_of_item",
    "share": "percentage_of",
    "program": "run_python",
    **dict.fromkeys(("difference", "change"), "difference"),
    **dict.fromkeys(("common", "common_count", "only_first", "union_count"), "compare_lists"),
    **dict.fromkeys(("greater", "extreme", "nth", "order"), "rank_items"),
    **dict.fromkeys(("top_value", "total", "mean", "median", "spread"), "summarize_numbers"),
    **dict.fromkeys(("filter_count", "filter_list"), "filter_items"),
    **dict.fromkeys(("match", "match_count"), "match_items"),
}


@dataclass(frozen=True)
class Pattern:
    """One exemplar.

    scope   subjects that take the same path: one, a pair, or a group.
    cases   they are sets of drawn arguments instead of named entities ("a woman of 70 with ...").
    length  calls from subject to value (the call that lists the subjects included where `over_list`).
    operations  calls that the form adds to the path's ends (rank, then compare: 2).
    last    kind that the last of these calls must have ("R", "P", or "" for any).
    over_list  the subjects are the items of a list that the first call returns.
    convert    the value is converted to another unit at the end.
    follow     another fact is looked up about the item that was selected.
    second     a second fact is looked up about the subjects that a first one selected.
    join       the last call takes two values of one type, each reached by the same path.
    """

    name: str
    reasoning_type: ReasoningType
    form: str
    scope: Scope
    length: int
    example: str
    operations: int = 1
    last: Literal["R", "P", ""] = ""
    over_list: bool = False
    convert: bool = False
    follow: bool = False
    second: bool = False
    join: bool = False
    cases: bool = False

    @property
    def rounds(self) -> int:
        """Operations after the first call, at least 1."""
        return max(1, self.length - 1 + self.operations + self.convert + self.follow + self.join + self.cases)

    @property
    def computes(self) -> bool:
        """Whether the form adds a call that computes (a list of looked-up values adds none)."""
        return self.convert or self.form not in ("value", "collect", "profile")

    @property
    def branching(self) -> bool:
        """Whether several subjects take the same path."""
        return self.scope != "one"

    @property
    def start(self) -> Start:
        """What the first call of a path must take: anything, a named entity, or drawn arguments alone."""
        return "drawn" if self.cases else "named" if self.branching and not self.over_list else "any"

    @property
    def operator(self) -> str:
        """What decides the calls added to the paths: patterns that share it give the same call graphs."""
        operator = OPERATORS.get(self.form, self.form if self.computes else "")
        return f"{operator}{'+convert' if self.convert else ''}{' of a list' if self.over_list else ''}"


@dataclass(frozen=True)
class FormRule:
    """Which patterns a form admits: a tuple of lengths for each way in which it can be used.

    examples  questions of our own: for a single call, a chain, a listed group, and a follow-up.
    """

    form: str
    reasoning_type: ReasoningType
    scope: Scope
    examples: tuple[str, str, str, str]
    operations: int = 1
    lengths: tuple[int, ...] = ()
    listed: tuple[int, ...] = ()
    convert: tuple[int, ...] = ()
    follow: tuple[int, ...] = ()
    listed_follow: tuple[int, ...] = ()
    cases: tuple[int, ...] = ()
    case_example: str = ""
    second: bool = False

    def patterns(self) -> Iterator[Pattern]:
        single, chained, over_list, followed = self.examples
        for length in self.lengths:
            yield self._pattern(length, single if length == 1 else chained)
        for length in self.listed:
            yield self._pattern(length, over_list, over_list=True)
        for length in self.convert:
            yield self._pattern(length, single if length == 1 else chained, convert=True)
        for length in self.follow:
            yield self._pattern(length, followed, follow=True)
        for length in self.listed_follow:
            yield self._pattern(length, followed, over_list=True, follow=True)
        for length in self.cases:
            yield self._pattern(length, self.case_example, cases=True)

    def _pattern(
        self,
        length: int,
        example: str,
        *,
        over_list: bool = False,
        convert: bool = False,
        follow: bool = False,
        cases: bool = False,
    ) -> Pattern:
        nested = length - 1 if over_list else length
        parts = [
            "list" if over_list else "case" if cases else "",
            "chain" if nested > 1 else "",
            self.form,
            str(nested) if nested > 2 else "",
            "convert" if convert else "",
            "follow" if follow else "",
        ]
        return Pattern(
            name="_".join(filter(None, parts)),
            reasoning_type="select then look up" if follow else self.reasoning_type,
            form=self.form,
            scope=self.scope,
            length=length,
            example=example,
            operations=self.operations,
            over_list=over_list,
            convert=convert,
            follow=follow,
            second=self.second,
            cases=cases,
        )
