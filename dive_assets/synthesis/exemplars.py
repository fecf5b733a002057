"""The pattern grammar: every exemplar, each with example questions of our own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from dive_assets.synthesis.patterns import FormRule, Pattern

VALUE_PATTERNS: tuple[Pattern, ...] = (
    Pattern("lookup", "lookup", "value", "one", 1, "Which city is the capital of Bhutan?", 0, "R"),
    Pattern("chain_2", "chain", "value", "one", 2, "Which time zone is the capital of Bhutan in?", 0, "R"),
    Pattern("chain_3", "chain", "value", "one", 3, "Take the capital of Bhutan. What is its zone's UTC offset?", 0, "R"),
    Pattern("chain_4", "chain", "value", "one", 4, "Which script writes the main language of that bank's country?", 0, "R"),
    Pattern("chain_5", "chain", "value", "one", 5, "In which range of Unicode does that script of that bank begin?", 0, "R"),
    Pattern("compute", "compute", "value", "one", 1, "What is the isoelectric point of the peptide CYIQNCPLG?", 0, "P"),
    Pattern("lookup_compute", "compute", "value", "one", 2, "What is the molar mass of caffeine?", 0, "P"),
    Pattern("chain_compute", "compute", "value", "one", 3, "What weekday was that exchange's first trading day?", 0, "P"),
    Pattern("chain_compute_4", "compute", "value", "one", 4, "Which photon energy has that peak wavelength?", 0, "P"),
    Pattern("chain_compute_5", "compute", "value", "one", 5, "What is the momentum of a photon of that energy?", 0, "P"),
    Pattern("combine", "combine", "value", "one", 1, "How far is Oslo from Lima?", 0, "P", join=True),
    Pattern("combine_chained", "combine", "value", "one", 2, "How far apart are the two capitals?", 0, "P", join=True),
    Pattern("combine_chained_3", "combine", "value", "one", 3, "How far apart are those two cities?", 0, "P", join=True),
    Pattern("convert", "convert", "value", "one", 1, "How many square miles does Bhutan cover?", 0, convert=True),
    Pattern("chain_convert", "convert", "value", "one", 2, "How many miles is it from its capital?", 0, convert=True),
    Pattern("chain_convert_3", "convert", "value", "one", 3, "What is that boiling point, in °F?", 0, convert=True),
    Pattern("combine_convert", "convert", "value", "one", 1, "How many nautical miles is Oslo from Lima?", 0, "P", convert=True, join=True),
    Pattern("combine_chained_convert", "convert", "value", "one", 2, "How many miles lie between the two capitals?", 0, "P", convert=True, join=True),
)  # fmt: skip

FORM_RULES: tuple[FormRule, ...] = (
    FormRule(
        "count", "count", "one",
        ("How many countries border Chad?", "How many genes are linked to that phenotype?", "", ""),
        lengths=(1, 2, 3, 4),
    ),
    FormRule(
        "alphabetical", "rank", "one",
        ("Of the countries that border Chad, which comes first in the alphabet?",
         "Of the genes linked to that phenotype, which comes last in the alphabet?", "",
         "Take the neighbour of Chad that comes first in the alphabet. What is its capital?"),
        lengths=(1, 2, 3, 4), follow=(1, 2),
    ),
    FormRule(
        "member", "membership", "one",
        ("Is Mali one of the countries that border Chad?", "Is COL1A1 linked to that phenotype?", "", ""),
        lengths=(1, 2, 3, 4),
    ),
    FormRule(
        "profile", "lookup", "one",
        ("Give the capital and the currency of Kenya.", "Take the home country of that bank. What are its capital and currency?",
         "", ""),
        operations=1, lengths=(1, 2, 3, 4), second=True,
    ),
    FormRule(
        "collect", "chain", "group",
        ("What are the capitals of Chad, Mali and Togo, in this order?",
         "In which time zones do the capitals of Chad, Mali and Togo lie, in this order?", "", ""),
        operations=1, lengths=(1, 2, 3, 4),
        cases=(1, 2), case_example="Give the check digits of (A) 7312, (B) 90418 and (C) 5561, in this order.",
    ),
    FormRule(
        "change", "change over time", "one",
        ("By how much did it grow between 1990 and 2010?", "By how much did the rate of its currency move?", "", ""),
        lengths=(1, 2, 3, 4),
    ),
    FormRule(
        "percent_change", "change over time", "one",
        ("By what percentage did it grow between 1990 and 2010?", "By what percentage did it move?", "", ""),
        lengths=(1, 2, 3, 4),
    ),
    FormRule(
        "difference", "compare", "pair",
        ("By how many square kilometres is Chad larger than Mali?",
         "By how much do the populations of their capitals differ?", "", ""),
        lengths=(1, 2, 3, 4), convert=(1, 2),
        cases=(1, 2), case_example="By how much does the anion gap at a sodium of 140 and a chloride of 100 exceed the one at 135 and 104?",
    ),
    FormRule(
        "ratio", "compare", "pair",
        ("How many times as large as Mali is Chad?", "How many times as populous is the one capital?", "", ""),
        lengths=(1, 2, 3, 4),
        cases=(1, 2), case_example="How many times as large is the dose for 80 kg as the one for 30 kg?",
    ),
    FormRule(
        "greater", "compare", "pair",
        ("Which is larger, Chad or Mali?", "Which of the two has the more populous capital?", "",
         "Take the larger of Chad and Mali. What is its currency?"),
        lengths=(1, 2, 3, 4), follow=(1, 2),
    ),
    FormRule(
        "is_greater", "compare", "pair",
        ("Is Chad larger than Mali?", "Is the capital of Chad more populous than Mali's?", "", ""),
        lengths=(1, 2, 3, 4),
        cases=(1, 2), case_example="Is the body mass index at 80 kg and 1.8 m above the one at 70 kg and 1.6 m?",
    ),
    FormRule(
        "same", "compare", "pair",
        ("Do Benin and Togo use the same currency?", "Are the two capitals in the same time zone?", "", ""),
        lengths=(1, 2, 3, 4),
        cases=(1, 2), case_example="Do 3 May 1970 and 9 June 2004 fall on the same weekday?",
    ),
    FormRule(
        "common", "set comparison", "pair",
        ("Which neighbours do Chad and Mali share?", "Which genes do the two phenotypes share?", "", ""),
        lengths=(1, 2),
    ),
    FormRule(
        "common_count", "set comparison", "pair",
        ("How many neighbours do Chad and Mali share?", "How many genes do the two phenotypes share?", "", ""),
        lengths=(1, 2, 3, 4),
    ),
    FormRule(
        "only_first", "set comparison", "pair",
        ("How many of Chad's neighbours are not Mali's?", "How many genes has the first alone?", "", ""),
        lengths=(1, 2),
    ),
    FormRule(
        "union_count", "set comparison", "pair",
        ("How many countries border Chad or Mali?", "How many genes are linked to one or the other?", "", ""),
        lengths=(1, 2),
    ),
    FormRule(
        "extreme", "rank", "group",
        ("Which of Chad, Mali, Niger and Togo is the largest?", "Which of the four has the most populous capital?",
         "Which country that borders Chad is the largest?", "What is the currency of the largest of the four?"),
        lengths=(1, 2, 3, 4), listed=(2, 3, 4), follow=(1, 2), listed_follow=(2,),
        cases=(1, 2), case_example="Work out the score of (A) a man of 70 with ..., (B) ..., (C) ... For which case is it the highest?",
    ),
    FormRule(
        "nth", "rank", "group",
        ("Which of these five is the second largest?", "Whose capital is the second most populous?",
         "Which country that borders Chad is the third largest?", "What is the capital of the second largest?"),
        lengths=(1, 2, 3, 4), listed=(2, 3, 4), follow=(1, 2), listed_follow=(2,),
        cases=(1, 2), case_example="For which of the cases (A), (B), (C) and (D) is the score the second highest?",
    ),
    FormRule(
        "order", "rank", "group",
        ("Order Chad, Mali and Togo by area, largest first.", "Order them by the population of their capitals.",
         "", ""),
        lengths=(1, 2, 3, 4),
        cases=(1, 2), case_example="Order the cases (A), (B) and (C) by their anion gap, highest first.",
    ),
    FormRule(
        "position", "rank", "group",
        ("At which place does Mali stand among these five by area?", "At which place is it by its capital's population?",
         "", ""),
        operations=2, lengths=(1, 2),
        cases=(1,), case_example="At which place does case B stand among the four?",
    ),
    FormRule(
        "top_value", "aggregate", "group",
        ("What is the highest boiling point among these four?", "How large is the largest of their capitals?",
         "How large is the largest country that borders Chad?", ""),
        lengths=(1, 2, 3, 4), listed=(2, 3, 4), convert=(1, 2),
        cases=(1, 2), case_example="What is the highest anion gap among (A), (B) and (C)?",
    ),
    FormRule(
        "total", "aggregate", "group",
        ("What is the combined area of Benin, Togo and Ghana?", "How many people live in their capitals together?",
         "How large are Chad's neighbours together?", ""),
        lengths=(1, 2, 3, 4), listed=(2, 3, 4), convert=(1, 2),
        cases=(1, 2), case_example="How much energy do (A), (B) and (C) take together?",
    ),
    FormRule(
        "mean", "aggregate", "group",
        ("What is their average area?", "What is the average over their capitals?",
         "How large are Chad's neighbours on average?", ""),
        lengths=(1, 2, 3, 4), listed=(2, 3, 4), convert=(1, 2),
        cases=(1, 2), case_example="What is the mean of the anion gaps of (A), (B) and (C)?",
    ),
    FormRule(
        "median", "aggregate", "group",
        ("What is the median of the five?", "What is the median over their capitals?",
         "What is the median area of Chad's neighbours?", ""),
        lengths=(1, 2, 3, 4), listed=(2, 3, 4),
        cases=(1, 2), case_example="What is the median of the scores of (A), (B) and (C)?",
    ),
    FormRule(
        "spread", "aggregate", "group",
        ("What is the gap between the largest and the smallest?", "How far apart are the extremes of their capitals?",
         "What is the gap between Chad's largest and smallest neighbour?", ""),
        lengths=(1, 2, 3, 4), listed=(2, 3, 4),
        cases=(1, 2), case_example="How far apart are the highest and the lowest score of (A), (B) and (C)?",
    ),
    FormRule(
        "program", "aggregate", "group",
        ("What is the geometric mean of their areas?", "What is the root mean square over their capitals?",
         "How large is the mean absolute deviation of the areas of Chad's neighbours?", ""),
        operations=2, lengths=(1, 2), listed=(2,),
        cases=(1,), case_example="What is the harmonic mean of the doses of (A), (B) and (C)?",
    ),
    FormRule(
        "share", "aggregate", "group",
        ("What percentage of the combined area falls to Togo?", "What share of the capitals' people live in Lomé?",
         "", ""),
        operations=2, lengths=(1, 2),
        cases=(1,), case_example="What percentage of the combined energy falls to case B?",
    ),
    FormRule(
        "distinct_count", "count", "group",
        ("How many different currencies do these six use?", "In how many time zones do the six capitals lie?",
         "How many currencies do Chad's neighbours use?", ""),
        lengths=(1, 2, 3, 4), listed=(2, 3, 4),
        cases=(1, 2), case_example="How many different weekdays do these four dates fall on?",
    ),
    FormRule(
        "filter_count", "filter and count", "group",
        ("How many of these cover more than a million km²?", "How many have a capital above a million?",
         "How many of Chad's neighbours cover more than a million km²?", ""),
        lengths=(1, 2, 3, 4), listed=(2, 3, 4),
        cases=(1, 2), case_example="In how many of the cases (A) to (D) is the score above 3?",
    ),
    FormRule(
        "filter_list", "filter and count", "group",
        ("Which of these cover more than a million km²?", "Which of these have a capital above a million?", "", ""),
        lengths=(1, 2, 3, 4),
        cases=(1, 2), case_example="In which of the cases (A) to (D) is the score above 3?",
    ),
    FormRule(
        "above_mean", "filter and count", "group",
        ("How many of these are larger than their average?", "How many capitals are above the average?",
         "How many of Chad's neighbours are above their average?", ""),
        operations=2, lengths=(1, 2), listed=(2,),
        cases=(1,), case_example="In how many of the cases (A) to (D) is the score above their mean?",
    ),
    FormRule(
        "filter_total", "filter and aggregate", "group",
        ("Of these, take those above a million km². How many people live there in all?",
         "Take those with a capital above a million. How large are they together?",
         "Take Chad's neighbours above a million km². How many people live there?", ""),
        operations=3, lengths=(1, 2), listed=(2,), second=True,
    ),
    FormRule(
        "filter_mean", "filter and aggregate", "group",
        ("Of these, take those above a million km². What is their average population?",
         "Take those with a capital above a million. What is their average area?",
         "Take Chad's neighbours above a million km². How populous are they on average?", ""),
        operations=3, lengths=(1, 2), listed=(2,), second=True,
    ),
    FormRule(
        "filter_extreme", "filter and aggregate", "group",
        ("Of those above a million km², which has the most people?", "Of those, which is the largest?",
         "Of Chad's neighbours above a million km², which has the most people?", ""),
        operations=3, lengths=(1, 2), listed=(2,), second=True,
    ),
    FormRule(
        "match_extreme", "filter and aggregate", "group",
        ("Of those of these six that use the CFA franc, which is the largest?",
         "Of those whose capital lies in that zone, which is the largest?", "", ""),
        operations=3, lengths=(1, 2), second=True,
    ),
    FormRule(
        "agree", "compare", "group",
        ("Is the largest of these also the most populous?", "Is the one with the largest capital also the largest?",
         "Is Chad's largest neighbour also the most populous?", ""),
        operations=3, lengths=(1, 2), listed=(2,), second=True,
    ),
    FormRule(
        "match", "reverse lookup", "group",
        ("Which of these four uses the CFA franc XOF?", "Whose capital lies in the zone Africa/Lagos?", "", ""),
        lengths=(1, 2, 3, 4),
        cases=(1, 2), case_example="Which of these dates falls on a Sunday?",
    ),
    FormRule(
        "match_count", "reverse lookup", "group",
        ("How many of these six use the CFA franc XOF?", "How many of the capitals lie in the zone Africa/Lagos?",
         "How many countries that border Chad use the CFA franc?", ""),
        lengths=(1, 2), listed=(2, 3, 4),
        cases=(1, 2), case_example="How many of these dates fall on a Sunday?",
    ),
    FormRule(
        "change_extreme", "change over time", "group",
        ("Which of Chad, Mali and Togo grew most between 1990 and 2010?", "Whose currency moved most?", "", ""),
        operations=2, lengths=(1, 2),
    ),
)  # fmt: skip


@cache
def patterns() -> tuple[Pattern, ...]:
    """Every pattern of the grammar, names unique."""
    return (*VALUE_PATTERNS, *(pattern for rule in FORM_RULES for pattern in rule.patterns()))


@cache
def patterns_by_name() -> dict[str, Pattern]:
    return {pattern.name: pattern for pattern in patterns()}


def eligible(rounds: int) -> Sequence[Pattern]:
    """Patterns that `rounds` evolution rounds admit. Raises ValueError for fewer than one round."""
    if rounds < 1:
        raise ValueError(f"rounds must be at least 1, not {rounds}")
    return [p for p in patterns() if p.rounds <= rounds]
