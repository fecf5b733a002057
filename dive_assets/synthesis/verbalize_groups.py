"""Questions about a group of subjects: rankings, aggregates, filters, matches, changes."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from dive_assets.synthesis.expressions import Each, Expression, FieldOf, Form, Named, stated_in
from dive_assets.synthesis.grammar import comparative, enumerate_names, have_more_than, split_beginning, split_ending
from dive_assets.synthesis.phrases import Phrases, group_of, then
from dive_assets.tools.annotations import SLOT, Says
from dive_assets.tools.tool import Tool


class GroupQuestions:
    """Writes questions about groups; all choices come from `rng`."""

    def __init__(self, tools: Mapping[str, Tool], rng: random.Random) -> None:
        self.phrases, self.rng = Phrases(tools, rng), rng

    def _has(self, expression: Expression) -> str:
        """The bare noun of a value whose subject is the group itself; '' if it needs a sentence."""
        if not isinstance(expression, FieldOf):
            return ""
        has = self.phrases.says(expression).has
        groups = {name for name, argument in expression.arguments.items() if isinstance(argument, Each)}
        if not groups or groups & set(SLOT.findall(has)):
            return ""
        return has.format(**{name: self.phrases.phrase(a) for name, a in expression.arguments.items()})

    def _for_each(self, expression: Expression) -> str:
        """'For each of A, B and C, take the capital of that country and find the population of that city.'"""
        group = group_of(expression)
        if group.cases:
            verb, (told, asked) = self.rng.choice(["work out", "find", "determine"]), self._case_steps(group)
            if not asked:
                return f"{verb.capitalize()} {told}."
            return f"Take {told}. For each of them, {verb} {asked}."
        member = f"that {group.noun}"
        steps, rest = self.phrases.steps(expression, member)
        looked_up = isinstance(rest, FieldOf) and self.phrases.tools[rest.tool].kind == "R"
        find = (
            f"{self.rng.choice(['find', 'look up' if looked_up else 'work out'])} {self.phrases.phrase(rest, member)}"
        )
        members = self.phrases.members(group)
        return f"For each of {members}, {then(steps) + ', and ' if steps else ''}{find}."

    def _case_steps(self, group: Each) -> tuple[str, str]:
        """The cases; and what is asked of each of them, if it feeds a second call."""
        outer = group.cases[0]
        fed, first = next(((n, a) for n, a in outer.arguments.items() if isinstance(a, FieldOf)), ("", outer))
        told = self._lettered(group.names, [case.arguments[fed] for case in group.cases] if fed else group.cases)
        if not fed:
            return told, ""
        arguments = {**outer.arguments, fed: Named(text=self.phrases.reference_in(outer, first))}
        return told, self.phrases.phrase(outer.model_copy(update={"arguments": arguments}))

    def _lettered(self, letters: Sequence[str], cases: Sequence[Expression]) -> str:
        """'the score of (A) a man of 70, (B) a woman of 64 and (C) ...', all worded the same way."""
        state = self.rng.getstate()
        told = []
        for case in cases:
            self.rng.setstate(state)
            told.append(self.phrases.phrase(case))
        stated = {text for case in cases for text in stated_in(case)}
        shared, rests = split_beginning(told, stated)
        rests, ending = split_ending(rests, stated)
        lettered = [f"({letter}) {rest}" for letter, rest in zip(letters, rests, strict=True)]
        return f"{shared} {enumerate_names(lettered)} {ending}".strip()

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
        says = self.phrases.says(form.main) if isinstance(form.main, FieldOf) else Says("")
        return self._aggregate(
            form,
            (f"What is the gap between the {says.high} and the {says.low} {{has}} among {{members}}?",),
            ("What is the difference between the highest and the lowest of these values?",),
        )

    def _program(self, form: Form) -> str:
        ask = self.rng.choice(["What is the {0} of these values?", "Compute the {0} of these values."])
        return f"{self._for_each(form.main)} {ask.format(form.details['measure'])}"

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

    def _position(self, form: Form) -> str:
        group, has, item = group_of(form.main), self._has(form.main), form.details["item"]
        if not has:
            return (
                f"{self._for_each(form.main)} Order the {group.plural} by that value, highest first. "
                f"At which place does {item} stand?"
            )
        members, direction = self.phrases.members(group), form.details["direction"]
        return self.rng.choice(
            [
                f"Rank {members} by {has}, {direction} first. At which place does {item} stand?",
                f"If {members} are put in order of {has}, starting with the {direction}, which place does {item} take?",
            ]
        )

    def _top_value(self, form: Form) -> str:
        unit = f" in {form.details['unit']}" if "unit" in form.details else ""
        return self._aggregate(
            form,
            (f"What is the {form.details['direction']} {{has}} among {{members}}{unit}?",),
            (f"What is the {form.details['end']} of these values{unit}?",),
        )

    def _share(self, form: Form) -> str:
        item = form.details["item"]
        return self._aggregate(
            form,
            (f"What percentage of the combined {{has}} of {{members}} falls to {item}?",),
            (
                f"What percentage of the total falls to {item}?",
                f"Which share of their sum, in per cent, comes from {item}?",
            ),
        )

    def _distinct_count(self, form: Form) -> str:
        plural = self.phrases.plural(form.main)
        different = f"different {plural}" if plural != "entries" else "different answers"
        ask = self.rng.choice([f"How many {different} are there among them?", f"How many {different} does that give?"])
        return f"{self._for_each(form.main)} {ask}"

    def _collect(self, form: Form) -> str:
        group = group_of(form.main)
        if group.cases:
            give, (told, asked) = self.rng.choice(["Give", "State"]), self._case_steps(group)
            if not asked:
                return f"{give} {told}, in this order."
            return f"Take {told}. {give} {asked} for each of them, in this order."
        steps, rest = self.phrases.steps(form.main, f"that {group.noun}")
        wanted = self.phrases.phrase(rest, f"that {group.noun}")
        members = self.phrases.members(group)
        if steps:
            return f"For each of {members}, {then(steps)}, and name {wanted}. List the answers in the order given."
        return self.rng.choice(
            [
                f"For each of {members}, name {wanted}, in this order.",
                f"Take {members}, in this order. For each of them, give {wanted}.",
                f"I need a list with one entry each for {members}, in this order: {wanted}.",
            ]
        )

    def _above_mean(self, form: Form) -> str:
        group, has = group_of(form.main), self._has(form.main)
        if has:
            members = self.phrases.members(group)
            return f"Work out the mean {has} of {members}. How many of these {group.plural} are above it?"
        return f"{self._for_each(form.main)} For how many of these {group.plural} is it above the mean of the group?"

    def _selected_by_value(self, form: Form) -> str:
        """'Of A, B and C, take those that have an area of more than 5 km².'"""
        group, has = group_of(form.main), self._has(form.main)
        above, threshold, dated = form.details["condition"] == "above", form.details["threshold"], form.details["dated"]
        if has:
            chosen = f"take those that {have_more_than(has, above, threshold, bool(dated))}"
            return f"{self.rng.choice(['Of', 'From'])} {self.phrases.members(group)}, {chosen}."
        words = ("after" if above else "before") if dated else f"{'more' if above else 'less'} than"
        return f"{self._for_each(form.main)} Keep the {group.plural} for which it is {words} {threshold}."

    def _second(self, form: Form) -> tuple[str, str]:
        """The second fact of the kept subjects: its bare noun ('' if there is none) and its phrase."""
        assert form.follow is not None
        says = self.phrases.says(form.follow)
        arguments = {name: self.phrases.phrase(a) for name, a in form.follow.arguments.items()}
        return says.has.format(**arguments), self.phrases.phrase(form.follow)

    def _filter_total(self, form: Form) -> str:
        has, phrase = self._second(form)
        ask = f"What is their combined {has}?" if has else f"For each of those, look up {phrase}. What is the total?"
        return f"{self._selected_by_value(form)} {ask}"

    def _filter_mean(self, form: Form) -> str:
        has, phrase = self._second(form)
        ask = f"What is their average {has}?" if has else f"For each of those, look up {phrase}. What is the mean?"
        return f"{self._selected_by_value(form)} {ask}"

    def _best_of_kept(self, form: Form) -> str:
        has, phrase = self._second(form)
        if has:
            return f"Which of them has the {form.details['second_direction']} {has}?"
        return f"For each of those, look up {phrase}. For which one is it the {form.details['second_end']}?"

    def _filter_extreme(self, form: Form) -> str:
        return f"{self._selected_by_value(form)} {self._best_of_kept(form)}"

    def _match_extreme(self, form: Form) -> str:
        group = group_of(form.main)
        keep = f"Keep the {group.plural} for which it is {form.details['target']}."
        return f"{self._for_each(form.main)} {keep} {self._best_of_kept(form)}"

    def _agree(self, form: Form) -> str:
        group, has = group_of(form.main), self._has(form.main)
        second, phrase = self._second(form)
        other = (
            f"the one with the {form.details['second_direction']} {second}"
            if second
            else f"the one for which {phrase} is the {form.details['second_end']}"
        )
        if has:
            first = f"the {group.noun} with the {form.details['direction']} {has}"
            return f"Among {self.phrases.members(group)}, is {first} also {other}?"
        return (
            f"{self._for_each(form.main)} Is the {group.noun} for which it is the {form.details['end']} also {other}?"
        )

    def _change_extreme(self, form: Form) -> str:
        group, change = group_of(form.main), form.details["change"]
        earlier, later = form.details["earlier"], form.details["later"]
        return (
            f"{self._for_each(form.main)} Do the same for {later} instead of {earlier}. "
            f"For which {group.noun} is the {change} from {earlier} to {later} the largest?"
        )
