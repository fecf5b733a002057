"""Exemplars: the structural patterns of tool use that tasks are made from.

A pattern says how many calls lead from a subject to a value (`length`), what is done with the
value (`form`), where the subjects come from, and what follows. It names no tool: the type graph
fills it. Each round after the first adds one operation (nest an argument, branch and combine,
convert, follow), so that K rounds admit the patterns with `rounds` <= K.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Form = Literal[
    "value",
    "count",
    "difference",
    "ratio",
    "change",
    "percent_change",
    "greater",
    "is_greater",
    "same",
    "extreme",
    "nth",
    "order",
    "total",
    "mean",
    "median",
    "spread",
    "filter_count",
    "filter_list",
    "match",
    "common",
    "only_first",
]
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
    "reverse lookup",
    "set comparison",
    "select then look up",
]


@dataclass(frozen=True)
class Pattern:
    """One exemplar.

    length  calls from subject to value (fan-out call included where `over_list`).
    last    kind that the last of these calls must have ("R", "P", or "" for any).
    over_list  the subjects are the items of a list that the first call returns.
    convert    the value is converted to another unit at the end.
    follow     another fact is looked up about the item that was selected.
    join       the last call takes two values of one type, each reached by the same path.
    """

    name: str
    reasoning_type: ReasoningType
    form: Form
    length: int
    example: str
    last: Literal["R", "P", ""] = ""
    over_list: bool = False
    convert: bool = False
    follow: bool = False
    join: bool = False

    @property
    def rounds(self) -> int:
        """Operations after the first call, at least 1."""
        operator = 0 if self.form == "value" else 1
        return max(1, self.length - 1 + operator + self.convert + self.follow + self.join)

    @property
    def branching(self) -> bool:
        """Whether several subjects take the same path."""
        return self.form not in ("value", "count", "change", "percent_change")


PATTERNS: tuple[Pattern, ...] = (
    Pattern("lookup", "lookup", "value", 1, "Which city is the capital of Bhutan?", last="R"),
    Pattern("chain_2", "chain", "value", 2, "Which time zone is the capital of Bhutan in?", last="R"),
    Pattern("chain_3", "chain", "value", 3, "Take the capital of Bhutan. What is the UTC offset of its time zone?", last="R"),
    Pattern("chain_4", "chain", "value", 4, "Which script writes the main language of the country of that bank?"),
    Pattern("compute", "compute", "value", 1, "What is the isoelectric point of the peptide CYIQNCPLG?", last="P"),
    Pattern("lookup_compute", "compute", "value", 2, "What is the molar mass of caffeine?", last="P"),
    Pattern("chain_compute", "compute", "value", 3, "What weekday was the first trading day of that exchange?", last="P"),
    Pattern("chain_compute_4", "compute", "value", 4, "Convert the peak wavelength at its boiling point.", last="P"),
    Pattern("combine", "combine", "value", 1, "How far is Oslo from Lima?", last="P", join=True),
    Pattern("combine_chained", "combine", "value", 2, "How far apart are the capitals of Kenya and Norway?", last="P", join=True),
    Pattern("combine_chained_3", "combine", "value", 3, "How far apart are the capitals of the two?", last="P", join=True),
    Pattern("convert", "convert", "value", 1, "How many square miles does Bhutan cover?", convert=True),
    Pattern("chain_convert", "convert", "value", 2, "How many miles is it?", convert=True),
    Pattern("chain_convert_3", "convert", "value", 3, "What is the boiling point, in °F?", convert=True),
    Pattern("count", "count", "count", 1, "How many countries border Chad?"),
    Pattern("chain_count", "count", "count", 2, "How many genes are linked to that phenotype?"),
    Pattern("chain_count_3", "count", "count", 3, "How many genes are linked to the first of them?"),
    Pattern("difference", "compare", "difference", 1, "By how many square kilometres is Chad larger than Mali?"),
    Pattern("chain_difference", "compare", "difference", 2, "By how much do the capitals' populations differ?"),
    Pattern("chain_difference_3", "compare", "difference", 3, "By how much do the two differ?"),
    Pattern("difference_convert", "compare", "difference", 1, "By how many miles do they differ?", convert=True),
    Pattern("ratio", "compare", "ratio", 1, "How many times as large as Mali is Chad?"),
    Pattern("chain_ratio", "compare", "ratio", 2, "How many times as populous is Lima as Oslo?"),
    Pattern("greater", "compare", "greater", 1, "Which is larger, Chad or Mali?"),
    Pattern("chain_greater", "compare", "greater", 2, "Which of the two has the more populous capital?"),
    Pattern("chain_greater_3", "compare", "greater", 3, "Which of the two has the later one?"),
    Pattern("is_greater", "compare", "is_greater", 1, "Is Chad larger than Mali?"),
    Pattern("chain_is_greater", "compare", "is_greater", 2, "Is the capital of Chad more populous than Mali's?"),
    Pattern("same", "compare", "same", 1, "Do Benin and Togo use the same currency?"),
    Pattern("chain_same", "compare", "same", 2, "Are the two capitals in the same time zone?"),
    Pattern("change", "change over time", "change", 1, "By how much did it grow between 1990 and 2010?"),
    Pattern("chain_change", "change over time", "change", 2, "By how much did the rate of that currency move?"),
    Pattern("percent_change", "change over time", "percent_change", 1, "By what percentage did it grow?"),
    Pattern("chain_percent_change", "change over time", "percent_change", 2, "By what percentage did it move?"),
    Pattern("extreme", "rank", "extreme", 1, "Which of Chad, Mali, Niger and Togo is the largest?"),
    Pattern("chain_extreme", "rank", "extreme", 2, "Which of the four has the most populous capital?"),
    Pattern("nth", "rank", "nth", 1, "Which of these five is the second largest?"),
    Pattern("chain_nth", "rank", "nth", 2, "Whose capital is the second most populous?"),
    Pattern("order", "rank", "order", 1, "Order Chad, Mali and Togo by area, largest first."),
    Pattern("chain_order", "rank", "order", 2, "Order them by the population of their capitals."),
    Pattern("total", "aggregate", "total", 1, "What is the combined area of Benin, Togo and Ghana?"),
    Pattern("chain_total", "aggregate", "total", 2, "How many people live in the three capitals together?"),
    Pattern("mean", "aggregate", "mean", 1, "What is their average?"),
    Pattern("chain_mean", "aggregate", "mean", 2, "What is the average over their capitals?"),
    Pattern("median", "aggregate", "median", 1, "What is the median of the five?"),
    Pattern("spread", "aggregate", "spread", 1, "What is the gap between the largest and the smallest?"),
    Pattern("filter_count", "filter and count", "filter_count", 1, "How many of these cover more than a million km²?"),
    Pattern("chain_filter_count", "filter and count", "filter_count", 2, "How many have a capital above a million?"),
    Pattern("filter_list", "filter and count", "filter_list", 1, "Which of these cover more than a million km²?"),
    Pattern("match", "reverse lookup", "match", 1, "Which of these four uses the CFA franc XOF?"),
    Pattern("chain_match", "reverse lookup", "match", 2, "Whose capital lies in the zone Africa/Lagos?"),
    Pattern("common", "set comparison", "common", 1, "Which neighbours do Chad and Mali share?"),
    Pattern("common_count", "set comparison", "common", 1, "How many neighbours do Chad and Mali share?", last="R"),
    Pattern("only_first", "set comparison", "only_first", 1, "How many of Chad's neighbours are not Mali's?"),
    Pattern("chain_common", "set comparison", "common", 2, "How many entries do the two lists share?"),
    Pattern("list_extreme", "rank", "extreme", 2, "Which country that borders Chad is the largest?", over_list=True),
    Pattern("list_nth", "rank", "nth", 2, "Which country that borders Chad is the third largest?", over_list=True),
    Pattern("list_total", "aggregate", "total", 2, "How large are Chad's neighbours together?", over_list=True),
    Pattern("list_mean", "aggregate", "mean", 2, "How large are Chad's neighbours on average?", over_list=True),
    Pattern("list_filter_count", "filter and count", "filter_count", 2, "How many of Chad's neighbours exceed it?", over_list=True),
    Pattern("list_match", "reverse lookup", "match", 2, "How many countries that border Chad use the franc?", over_list=True),
    Pattern("chain_list_extreme", "rank", "extreme", 3, "Which neighbour has the most populous capital?", over_list=True),
    Pattern("extreme_follow", "select then look up", "extreme", 1, "What is the currency of the largest of these?", follow=True),
    Pattern("chain_extreme_follow", "select then look up", "extreme", 2, "What is the currency of that one?", follow=True),
    Pattern("nth_follow", "select then look up", "nth", 1, "What is the capital of the second largest?", follow=True),
    Pattern("list_extreme_follow", "select then look up", "extreme", 2, "What is the capital of its largest neighbour?", over_list=True, follow=True),
)  # fmt: skip


def eligible(rounds: int) -> Sequence[Pattern]:
    """Patterns that `rounds` evolution rounds admit. Raises ValueError for fewer than one round."""
    if rounds < 1:
        raise ValueError(f"rounds must be at least 1, not {rounds}")
    return [p for p in PATTERNS if p.rounds <= rounds]
