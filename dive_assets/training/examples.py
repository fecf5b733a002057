"""Rows as token ids with labels, in the order in which they are trained on.

The curriculum goes by context length: all rows of the shorter phase come before those of the longer one. Within a phase
rows of like length share a batch, so that little of it is padding. The order depends on the seed alone.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import orjson
import polars as pl

from dive_assets.training.chat_tokens import ChatTokens, Message, turns_of
from dive_assets.training.errors import TrainingError

UNSUPERVISED = -100  # label of a token that the loss leaves out
BATCHES_SORTED = 16  # batches whose rows are sorted by length together


@dataclass(frozen=True)
class Example:
    """Token ids of a chat and their labels: the id itself where it is trained on, else -100."""

    input_ids: list[int]
    labels: list[int]
    phase: int
    weight: int


def examples_of(rows: pl.DataFrame, form: ChatTokens, train_on_failed_calls: bool) -> list[Example]:
    """One example a row: the assistant's turns are supervised, those whose call failed only if asked for.

    Raises TrainingError if a row has nothing to learn from.
    """
    found = [_example(row, form, train_on_failed_calls) for row in rows.iter_rows(named=True)]
    if not found:
        raise TrainingError("there are no rows to train on: make more tasks, or raise rows.context_lengths")
    return found


def _example(row: dict[str, object], form: ChatTokens, train_on_failed_calls: bool) -> Example:
    messages = orjson.loads(str(row["messages"]))
    ids, said = form.supervised(messages, orjson.loads(str(row["tools"])))
    turns = turns_of(said)
    if len(turns) != sum(message["role"] == "assistant" for message in messages):
        raise TrainingError(f"the chat template does not mark every reply of task {row['task_id']}")
    labels = [UNSUPERVISED] * len(ids)
    for turn, failed in zip(turns, _failed(messages), strict=True):
        if train_on_failed_calls or not failed:
            labels[turn.start : turn.stop] = ids[turn.start : turn.stop]
    return Example(ids, labels, int(str(row["phase"])), int(str(row["weight"])))


def _failed(messages: Sequence[Message]) -> list[bool]:
    """For each reply whether all calls of it failed."""
    found: list[list[bool]] = []
    for message in messages:
        if message["role"] == "assistant":
            found.append([])
        elif message["role"] == "tool":
            output = orjson.loads(message["content"])
            found[-1].append(isinstance(output, dict) and output.keys() == {"error", "message"})
    return [bool(outputs) and all(outputs) for outputs in found]


def training_order(examples: Sequence[Example], batch: int, epochs: int, seed: int) -> list[int]:
    """Places of the examples in the order of training; one that weighs n stands n times in each epoch."""
    rng = random.Random(f"order {seed}")
    order: list[int] = []
    for _ in range(epochs):
        for phase in sorted({example.phase for example in examples}):
            places = [i for i, e in enumerate(examples) for _ in range(e.weight) if e.phase == phase]
            rng.shuffle(places)
            batches = []
            for start in range(0, len(places), batch * BATCHES_SORTED):
                window = sorted(
                    places[start : start + batch * BATCHES_SORTED], key=lambda i: len(examples[i].input_ids)
                )
                batches += [window[i : i + batch] for i in range(0, len(window), batch)]
            whole = [found for found in batches if len(found) == batch]
            rng.shuffle(whole)
            order += [place for found in [*whole, *(b for b in batches if len(b) < batch)] for place in found]
    return order
