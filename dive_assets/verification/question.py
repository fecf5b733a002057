"""well_posed: the question states what the program assumes and how the answer is to be written.
no_leak: it does not give the answer away."""

from __future__ import annotations

import re

from dive_assets.tools.annotations import write_number
from dive_assets.verification.subject import CheckFailed, Subject, is_operator

SIGNIFICANT = 2  # digits that must survive the rounding which the question asks for
LISTED = range(1, 16)


def check_well_posed(subject: Subject) -> None:
    """Raises CheckFailed for an unstated literal, unit or rounding, or an answer lost in rounding."""
    question, answer = subject.task.question, subject.task.answer
    for call in subject.task.program:
        for literal in call.literals:
            if not literal.spoken and not is_operator(subject.tools[call.tool]):
                raise CheckFailed(f"{call.call_id}{literal.argument} is neither bound nor spoken of")
            if literal.spoken.casefold() not in question.casefold():
                raise CheckFailed(f"the question does not state {literal.spoken!r}")
    if answer.type == "number":
        if answer.unit and answer.unit not in question:
            raise CheckFailed(f"the question does not state the unit {answer.unit!r}")
        if answer.decimals is not None:
            if not re.search(r"whole number|decimal places?", question):
                raise CheckFailed("the question does not state the rounding")
            if answer.value != subject.answer_value() and abs(answer.value) < 10 ** (SIGNIFICANT - 1 - answer.decimals):
                raise CheckFailed("rounding leaves fewer than two significant digits")
    if answer.type == "list" and len(answer.value) not in LISTED:
        raise CheckFailed(f"a list of {len(answer.value)} entries is no answer")
    if answer.type == "string" and not (answer.value.strip() and len(answer.value) <= 300):
        raise CheckFailed("the answer is empty or too long")


def check_no_leak(subject: Subject) -> None:
    """Raises CheckFailed if the question or a seed's label contains the answer.

    An answer that is one of the options which the question lists does not leak, provided that it
    lists at least two.
    """
    task = subject.task
    if task.options:
        if len(set(task.options)) < 2:
            raise CheckFailed("a choice needs two options")
        if task.answer.type == "list" and task.answer.ordered and list(task.options) == task.answer.value:
            raise CheckFailed("the options stand in the order of the answer")
        chosen = task.answer.value if isinstance(task.answer.value, list) else [task.answer.value]
        if stray := set(map(str, chosen)) - set(task.options):
            raise CheckFailed(f"{sorted(stray)} are not among the options")
        return
    texts = [task.question, *(seed.label for seed in task.seeds)]
    for form in _written_forms(task.answer.value):
        pattern = re.compile(rf"(?<![\w.,-]){re.escape(form)}(?![\w-]|[.,]\d)", re.IGNORECASE)
        if any(pattern.search(text) for text in texts):
            raise CheckFailed(f"the question contains the answer {form!r}")


def _written_forms(value: object) -> list[str]:
    if isinstance(value, bool) or (isinstance(value, int) and abs(value) < 10):  # a digit stands there by chance
        return []
    if isinstance(value, (int, float)):
        return sorted({str(value), write_number(value)})
    if isinstance(value, list):
        return [form for item in value for form in _written_forms(item)] if len(value) == 1 else []
    return [str(value)]
