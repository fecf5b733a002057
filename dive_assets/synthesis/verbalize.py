"""Composes the question of a form. Every form has several surface forms; unit, rounding and notation
of the answer are always said.

    Verbalizer(tools, rng).question(form)
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence

from dive_assets.records import Answer
from dive_assets.synthesis.expressions import Each, Expression, FieldOf, Form, depth
from dive_assets.synthesis.grammar import comparative, have_more_than, is_plural, tidy, with_article
from dive_assets.synthesis.phrases import Phrases, group_of, then
from dive_assets.tools.tool import Tool

DECIMAL_PLACES = {1: "one decimal place", 2: "two decimal places", 3: "three decimal places", 4: "four decimal places"}
LONG = 70  # characters of a phrase above which two operands are told as a group


class Verbalizer:
    """Writes one question; all choices come from `rng`."""

    def __init__(self, tools: Mapping[str, Tool], rng: random.Random) -> None:
        self.phrases, self.rng = Phrases(tools, rng), rng

    def question(self, form: Form) -> str:
        """The question of a form, closed by how the answer is to be written."""
        body = tidy(getattr(self, f"_{form.name}")(form))
        return tidy(f"{body} {self._closing(form, body)}")

    # --- closings -------------------------------------------------------------------------------

    def _closing(self, form: Form, body: str) -> str:
        answer = form.answer
        if answer.type == "number":
            return self._number_closing(answer, body)
        if answer.type == "list" and not answer.ordered:
            return self.rng.choice(["List them all.", "Name all of them.", "Give the complete list."])
        if answer.type == "boolean":
            return self.rng.choice(["Answer yes or no.", "Yes or no?"])
        if form.answer_form.startswith("it "):
            return f"Give {form.answer_form}."
        if form.answer_form and form.answer_form.removeprefix("the ") not in body:
            return self.rng.choice([f"Give {form.answer_form}.", f"Answer with {form.answer_form}."])
        return ""

    def _number_closing(self, answer: Answer, body: str) -> str:
        stated = f"in {answer.unit}" in body or (answer.decimals is None and answer.unit in body)
        unit = "" if stated or not answer.unit else f"in {answer.unit}"
        rounding = ""
        if answer.decimals == 0:
            rounding = "rounded to the nearest whole number"
        elif answer.decimals is not None:
            places = DECIMAL_PLACES.get(answer.decimals, f"{answer.decimals} decimal places")
            rounding = self.rng.choice([f"rounded to {places}", f"to {places}"])
        if not unit and not rounding:
            return ""
        if answer.decimals is None:
            return f"Answer with the number of {answer.unit}."
        wanted = ", ".join(filter(None, [unit, rounding]))
        return self.rng.choice(["Give the answer {0}.", "Answer {0}.", "State it {0}."]).format(wanted)

    # --- one subject ----------------------------------------------------------------------------

    def _introduced(self, expression: Expression) -> tuple[str, Expression]:
        """The steps before the last call as sentences, and what remains to be asked."""
        steps, rest = self.phrases.steps(expression)
        if not steps:
            return "", rest
        verb = self.rng.choice(["Take", "Take", "Consider", "Start from", "Look up"])
        sentence = f"{verb} {steps[0]}."
        if len(steps) > 1:
            sentence = f"{verb} {steps[0]}, then {', then '.join(steps[1:])}."
        return sentence, rest

    def _value(self, form: Form) -> str:
        introduction, rest = self._introduced(form.main)
        if unit := form.details.get("unit"):
            phrase = self.phrases.phrase(rest)
            asked = self.rng.choice([f"What is {phrase} in {unit}?", f"Express {phrase} in {unit}."])
            return f"{introduction} {asked}"
        return f"{introduction} {self.phrases.asked(rest)}"

    def _count(self, form: Form) -> str:
        introduction, rest = self._introduced(form.main)
        phrase, plural = self.phrases.phrase(rest), self.phrases.plural(rest)
        if phrase.startswith("the "):
            bare = phrase.removeprefix("the ")
            asked = [f"Count {phrase}.", f"What is the number of {bare}?"]
            if not re.search(r" (?:that|which|where|whose) ", bare):
                asked += [f"How many {bare} are there?"] * 2
        else:
            asked = [f"How many {plural} are there among {phrase}?", f"Count {phrase}. How many are there?"]
        return f"{introduction} {self.rng.choice(asked)}"

    def _change(self, form: Form) -> str:
        return self._changed(form, "By how much", "change")

    def _percent_change(self, form: Form) -> str:
        return self._changed(form, "By what percentage", "percentage change")

    def _changed(self, form: Form, how_much: str, change: str) -> str:
        """'By how much did X change between A and B, by S?', the time taken out of the phrase of X."""
        introduction, rest = self._introduced(form.main)
        phrase, earlier, later = self.phrases.phrase(rest), form.details["earlier"], form.details["later"]
        when = re.search(
            rf" (?:in|on|for|over|as of|at|of) ((?:mid-|the \w+ (?:quarter|half|month) of )?{re.escape(earlier)})",
            phrase,
        )
        if when is None or phrase.count(earlier) > 1:
            asked = f"{how_much} did it change from {phrase} to {phrase.replace(earlier, later)}?"
        else:
            what, source = phrase[: when.start()], phrase[when.end() :]
            if not source.startswith((",", " according", " by ", " as ")):
                what, source = what + source, ""
            span = f"between {when[1]} and {when[1].replace(earlier, later)}"
            asked = self.rng.choice(
                [f"{how_much} did {what} change {span}{source}?", f"What was the {change} in {what} {span}{source}?"]
            )
        return f"{introduction} {asked} Give a fall as a negative number."

    # --- two subjects ---------------------------------------------------------------------------

    def _pair(self, form: Form, one_phrase: Sequence[str], group_question: Sequence[str]) -> str:
        """Both operands in one sentence, or, where they are long, told as a group."""
        assert form.other is not None and form.group is not None
        first, second = self.phrases.alike(form.main, form.other)
        values = {"a": first, "b": second, "unit": form.answer.unit}
        if depth(form.main) > 1 or len(first) > LONG:
            group = group_of(form.group)
            values |= {"a": group.names[0], "b": group.names[1], "noun": group.noun}
            return f"{self._for_each(form.group)} {self.rng.choice(group_question).format(**values)}"
        return self.rng.choice(one_phrase).format(**values)

    def _compared(self, form: Form) -> tuple[str, str, str]:
        """The two names of a group and what it is compared in ("population in 2005"); empty if it needs a sentence."""
        assert form.group is not None
        names = group_of(form.group).names
        return (*names, self._has(form.group)) if len(names) == 2 else ("", "", "")  # type: ignore[return-value]

    def _difference(self, form: Form) -> str:
        much = "By how many {unit}" if form.answer.unit else "By how much"
        first, second, has = self._compared(form)
        if has and self.rng.random() < 0.6:
            if has.startswith("number of ") and not form.answer.unit:
                return f"How many more {has.removeprefix('number of ')} does {first} have than {second}?"
            unit = form.details.get("unit") or form.answer.unit
            return (
                f"By how many {unit} do {first} and {second} differ in {has}?"
                if unit
                else (f"By how much do {first} and {second} differ in {has}?")
            )
        if form.details.get("unit"):
            return self._pair(
                form,
                ("What is the difference between {a} and {b} in {unit}?",),
                ("What is the difference between the two values in {unit}?",),
            )
        return self._pair(
            form,
            (f"{much} does {{a}} exceed {{b}}?", "What is the difference between {a} and {b}?"),
            (f"{much} do the two values differ?", f"{much} is the value for {{a}} above the one for {{b}}?"),
        )

    def _ratio(self, form: Form) -> str:
        return self._pair(
            form,
            ("What is the ratio of {a} to {b}?", "How many times as large as {b} is {a}?"),
            ("What is the ratio of the value for {a} to the value for {b}?",),
        )

    def _is_greater(self, form: Form) -> str:
        first, second, has = self._compared(form)
        if has.startswith("number of "):
            return f"Does {first} have more {has.removeprefix('number of ')} than {second}?"
        if has:
            assert isinstance(form.main, FieldOf)
            more = comparative(self.phrases.says(form.main).high)
            noun = f"{more} {has}" if is_plural(has) else with_article(f"{more} {has}")
            return f"Does {first} have {noun} than {second}?"
        return self._pair(
            form, ("Is {a} greater than {b}?", "Does {a} exceed {b}?"), ("Is it greater for {a} than for {b}?",)
        )

    def _same(self, form: Form) -> str:
        return self._pair(form, ("Is {a} the same as {b}?",), ("Is it the same for both?", "Do the two agree?"))

    def _common(self, form: Form) -> str:
        plural = self.phrases.plural(form.main)
        return self._pair(
            form,
            (f"Which {plural} are both among {{a}} and among {{b}}?", "What do {a} and {b} have in common?"),
            (f"Which {plural} stand in both lists?",),
        )

    def _common_count(self, form: Form) -> str:
        plural = self.phrases.plural(form.main)
        return self._pair(
            form,
            (f"How many {plural} do {{a}} and {{b}} have in common?",
             f"Compare {{a}} with {{b}}: how many {plural} are on both lists?"),
            (f"How many {plural} stand in both lists?",),
        )  # fmt: skip

    def _only_first(self, form: Form) -> str:
        plural = self.phrases.plural(form.main)
        return self._pair(
            form,
            ("How many of {a} are not among {b}?",),
            (f"How many {plural} stand in the list for {{a}} but not in the list for {{b}}?",),
        )

    # --- several subjects -----------------------------------------------------------------------

    def _has(self, expression: Expression) -> str:
        """The bare noun of a value whose subject is the group itself; '' if it needs a sentence."""
        if not isinstance(expression, FieldOf) or not any(isinstance(a, Each) for a in expression.arguments.values()):
            return ""
        arguments = {name: self.phrases.phrase(a) for name, a in expression.arguments.items()}
        return self.phrases.says(expression).has.format(**arguments)

    def _for_each(self, expression: Expression) -> str:
        """'For each of A, B and C, take the capital of that country and find the population of that city.'"""
        group = group_of(expression)
        member = f"that {group.noun}"
        steps, rest = self.phrases.steps(expression, member)
        find = f"{self.rng.choice(['find', 'look up', 'work out'])} {self.phrases.phrase(rest, member)}"
        members = self.phrases.members(group)
        return f"For each of {members}, {then(steps) + ', and ' if steps else ''}{find}."

    def _which(self, form: Form, rank: str = "") -> str:
        group, has = group_of(form.main), self._has(form.main)
        rank = f"{rank} " if rank else ""
        two = group.list_of is None and len(group.names) == 2
        if not has:
            end = comparative(form.details["end"]) if two else f"the {rank}{form.details['end']}"
            return f"{self._for_each(form.main)} For which {group.noun} is it {end}?"
        members = self.phrases.members(group)
        direction = comparative(form.details["direction"]) if two else form.details["direction"]
        selected = f"has the {rank}{direction} {has}"
        return self.rng.choice(
            [
                f"Of {members}, which {selected}?",
                f"Which of {members} {selected}?",
                f"Among {members}, which {group.noun} {selected}?",
            ]
        )

    def _extreme(self, form: Form) -> str:
        return self._which(form)

    def _nth(self, form: Form) -> str:
        return self._which(form, form.details["rank"])

    def _selected(self, form: Form, rank: str = "") -> str:
        group, has = group_of(form.main), self._has(form.main)
        rank = f"{rank} " if rank else ""
        if has:
            verb = self.rng.choice(["pick", "take", "choose"])
            end = f"with the {rank}{form.details['direction']} {has}"
            select = f"From {self.phrases.members(group)}, {verb} the {group.noun} {end}."
        else:
            end = f"for which it is the {rank}{form.details['end']}"
            select = f"{self._for_each(form.main)} Pick the {group.noun} {end}."
        assert form.follow is not None
        return f"{select} {self.phrases.asked(form.follow)}"

    def _extreme_follow(self, form: Form) -> str:
        return self._selected(form)

    def _nth_follow(self, form: Form) -> str:
        return self._selected(form, form.details["rank"])

    def _order(self, form: Form) -> str:
        group, has = group_of(form.main), self._has(form.main)
        if not has:
            return f"{self._for_each(form.main)} List the {group.plural} in order of that value, highest first."
        members, direction = self.phrases.members(group), form.details["direction"]
        return self.rng.choice(
            [
                f"Put {members} in order of {has}, {direction} first.",
                f"Rank {members} by {has}, starting with the {direction}.",
            ]
        )

    def _aggregate(self, form: Form, bare: Sequence[str], after: Sequence[str]) -> str:
        if has := self._has(form.main):
            members = self.phrases.members(group_of(form.main))
            return self.rng.choice(bare).format(has=has, members=members)
        return f"{self._for_each(form.main)} {self.rng.choice(after)}"

    def _total(self, form: Form) -> str:
        return self._aggregate(
            form,
            ("What is the combined {has} of {members}?", "What is the total {has} of {members}?"),
            ("What do these values add up to?", "What is the total?"),
        )

    def _mean(self, form: Form) -> str:
        return self._aggregate(
            form,
            ("What is the average {has} of {members}?", "What is the mean {has} across {members}?"),
            ("What is the mean of these values?", "What is their average?"),
        )

    def _median(self, form: Form) -> str:
        return self._aggregate(
            form,
            ("What is the median {has} of {members}?", "What is the median {has} across {members}?"),
            ("What is the median of these values?",),
        )

    def _spread(self, form: Form) -> str:
        assert isinstance(form.main, FieldOf)
        says = self.phrases.says(form.main)
        return self._aggregate(
            form,
            (f"What is the gap between the {says.high} and the {says.low} {{has}} among {{members}}?",),
            ("What is the difference between the highest and the lowest of these values?",),
        )

    def _filtered(self, form: Form, start: str) -> str:
        group, has = group_of(form.main), self._has(form.main)
        above, threshold = form.details["condition"] == "above", form.details["threshold"]
        dated = bool(form.details["dated"])
        if has:
            return f"{start} of {self.phrases.members(group)} {have_more_than(has, above, threshold, dated)}?"
        if dated:
            when = "after" if above else "before"
            return f"{self._for_each(form.main)} For {start.lower()} of these {group.plural} is it {when} {threshold}?"
        more = "more" if above else "less"
        return f"{self._for_each(form.main)} For {start.lower()} of these {group.plural} is it {more} than {threshold}?"

    def _filter_count(self, form: Form) -> str:
        return self._filtered(form, "How many")

    def _filter_list(self, form: Form) -> str:
        return self._filtered(form, "Which")

    def _match(self, form: Form) -> str:
        group, has, target = group_of(form.main), self._has(form.main), form.details["target"]
        if has:
            members = self.phrases.members(group)
            return self.rng.choice(
                [
                    f"Which of {members} has {target} as its {has}?",
                    f"One of {members} has {target} as its {has}. Which one?",
                ]
            )
        return f"{self._for_each(form.main)} For which {group.noun} is it {target}?"

    def _match_count(self, form: Form) -> str:
        return f"{self._for_each(form.main)} For how many of them is it {form.details['target']}?"
