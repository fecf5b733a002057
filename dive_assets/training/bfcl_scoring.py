"""A model's score on BFCL: greedy replies, parsed from the model's own format, judged by BFCL's checkers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dive_assets.production.progress import Progress
from dive_assets.training.bfcl import MULTI_TURN, BfclItem, is_right
from dive_assets.training.bfcl_multi_turn import MultiTurnRun
from dive_assets.training.chat_tokens import ChatTokens
from dive_assets.training.generation import Generator

Reply = Mapping[str, Any]
Answering = Callable[[Sequence[tuple[list[dict[str, Any]], list[dict[str, Any]]]]], list[Reply]]


def model_answers(form: ChatTokens, generator: Generator, context: int) -> Answering:
    """A model as a function from (messages, tools) to replies. What does not fit the context gets an empty reply."""

    def answer(asked: Sequence[tuple[list[dict[str, Any]], list[dict[str, Any]]]]) -> list[Reply]:
        prompts = [form.prompt(messages, tools) for messages, tools in asked]
        fitting = [place for place, prompt in enumerate(prompts) if len(prompt) < context]
        found: dict[int, Reply] = {}
        for place, reply in zip(fitting, generator.replies([prompts[i] for i in fitting]), strict=True):
            found[place] = form.reply(reply.ids, prompts[place], asked[place][1])
        return [found.get(place, {"role": "assistant", "content": ""}) for place in range(len(asked))]

    return answer


def score_category(
    items: Sequence[BfclItem], answer: Answering, turn_steps: int, at_once: int, name: str
) -> list[bool]:
    """For each item of one category whether it was solved, in order; `at_once` items go forward together."""
    progress, found = Progress(name, len(items)), list[bool]()
    for start in range(0, len(items), at_once):
        chosen = items[start : start + at_once]
        if items[0].category.startswith(MULTI_TURN):
            found += _multi_turn(chosen, answer, turn_steps)
        else:
            replies = answer([(_messages(item), item.tools) for item in chosen])
            found += [is_right(item, reply) for item, reply in zip(chosen, replies, strict=True)]
        progress.update(len(found), f"{sum(found)} right", final=len(found) == len(items))
    return found


def _messages(item: BfclItem) -> list[dict[str, Any]]:
    return [dict(message) for message in item.row["question"][0]]


def _multi_turn(items: Sequence[BfclItem], answer: Answering, turn_steps: int) -> list[bool]:
    runs = [MultiTurnRun(item, turn_steps) for item in items]
    while live := [run for run in runs if not run.over]:
        replies = answer([(run.messages, run.tools) for run in live])
        for run, reply in zip(live, replies, strict=True):
            run.reply(reply)
    return [run.is_right() for run in runs]
