"""Composes the question of a form. Every form has several surface forms; unit, rounding and notation
of the answer are always said.

    Verbalizer(tools, rng).question(form)
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dive_assets.records import Answer
from dive_assets.synthesis.expressions import Expression, FieldOf, Form, Named, depth
from dive_assets.synthesis.grammar import comparative, is_plural, tidy, with_article
from dive_assets.synthesis.phrases import group_of
from dive_assets.synthesis.verbalize_groups import GroupQuestions

DECIMAL_PLACES = {1: "one decimal place", 2: "two decimal places", 3: "three decimal places", 4: "four decimal places"}
LONG = 70  # characters of a phrase above which two operands are told as a group


class Verbalizer(GroupQuestions):
    """Writes one question; all choices come from `rng`."""

    def question(self, form: Form) -> str:
        """The question of a form, closed by how the answer is to be written."""
        body = tidy(getattr(self, f"_{form.name}")(form))
        return tidy(f"{body} {self._closing(form, body)}")

    def _value(self, form: Form) -> str:
        introduction, rest = self._introduced(form.main)
        if unit := form.details.get("unit"):
            phrase = self.phrases.phrase(rest)
            asked = self.rng.choice([f"What is {phrase} in {unit}?", f"Express {phrase} in {unit}."])
            return f"{introduction} {asked}"
        return f"{introduction} {self.phrases.asked(rest)}"

    # --- closings -------------------------------------------------------------------------------

    def _closing(self, form: Form, body: str) -> str:
        answer = form.answer
        if answer.type == "number":
            return self._number_closing(answer, body)
        if answer.further:
            told = not form.answer_form or form.answer_form.removeprefix("the ") in body
            return "" if told or form.name != "collect" else f"Give {form.answer_form}."
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

    def _profile(self, form: Form) -> str:
        """Two facts of one subject, the second told of it by name or as 'that city'."""
        assert isinstance(form.main, FieldOf) and isinstance(form.other, FieldOf)
        introduction, rest = self._introduced(form.main)
        assert isinstance(rest, FieldOf)
        first = self.phrases.phrase(rest)
        told = next((a for a in rest.arguments.values() if isinstance(a, Named)), None)
        other = form.other
        if introduction and told is not None:
            subject = next(n for n, a in other.arguments.items() if isinstance(a, FieldOf))
            other = other.model_copy(update={"arguments": {**other.arguments, subject: told}})
        second = self.phrases.phrase(other)
        wanted = f"{first} and {second}, in this order"
        return f"{introduction} {self.rng.choice([f'What are {wanted}?', f'Give {wanted}.', f'State {wanted}.'])}"

    def _alphabetical(self, form: Form) -> str:
        introduction, rest = self._introduced(form.main)
        listed, end = self.phrases.phrase(rest), form.details["end"]
        asked = [
            f"Of {listed}, which comes {end} in alphabetical order?",
            f"Sort {listed} alphabetically. Which comes {end}?",
        ]
        return f"{introduction} {self.rng.choice(asked)}"

    def _alphabetical_follow(self, form: Form) -> str:
        introduction, rest = self._introduced(form.main)
        assert form.follow is not None
        chosen = f"Of {self.phrases.phrase(rest)}, take the one that comes {form.details['end']} in alphabetical order."
        return f"{introduction} {chosen} {self.phrases.asked(form.follow)}"

    def _member(self, form: Form) -> str:
        introduction, rest = self._introduced(form.main)
        listed, item = self.phrases.phrase(rest), form.details["item"]
        return f"{introduction} {self.rng.choice([f'Is {item} among {listed}?', f'Is {item} one of {listed}?'])}"

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

    def _union_count(self, form: Form) -> str:
        plural = self.phrases.plural(form.main)
        return self._pair(
            form,
            (f"Put {{a}} and {{b}} together: how many different {plural} are there in all?",),
            (f"How many different {plural} do the two lists hold together?",),
        )

    def _only_first(self, form: Form) -> str:
        plural = self.phrases.plural(form.main)
        return self._pair(
            form,
            ("How many of {a} are not among {b}?",),
            (f"How many {plural} stand in the list for {{a}} but not in the list for {{b}}?",),
        )
