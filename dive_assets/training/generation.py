"""Replies of a model to many prompts at once, as token ids."""

from __future__ import annotations

import copy
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

READ_AT_ONCE = 256  # tokens of a prompt that go forward together on a CPU: more do not fit its caches
SAID_AT_ONCE = 32  # tokens of a reply on a CPU, after which rows that have ended are set aside


@dataclass(frozen=True)
class Reply:
    """Generated ids, the message's end included if the model came to it; log-probabilities where they are known."""

    ids: list[int]
    log_probabilities: list[float] | None = None


class Generator(Protocol):
    """What speaks: a model in this process, or a trainer's own backend."""

    def replies(self, prompts: Sequence[Sequence[int]]) -> list[Reply]: ...


class ModelGenerator:
    """A transformers model. At temperature 0 the likeliest token is taken, else tokens are drawn from torch's
    generator: set its seed before. Prompts of like length go forward together.

    Prompts that go on where those of the last call and their replies ended are not read again from the start: what was
    computed for them is kept until the next call. On CPUs, where a step takes longer the more rows it has, rows whose
    reply has ended are set aside while the others go on.
    """

    def __init__(self, model: Any, tokenizer: Any, tokens: int, batch: int, temperature: float = 0.0) -> None:
        from transformers import GenerationConfig

        self._model = model.eval()
        self._batch = batch
        self._tokens = tokens
        self._padding = int(tokenizer.pad_token_id)
        self._end = int(tokenizer.eos_token_id)
        self._open: list[_OpenBatch] = []
        on_cpu = model.device.type == "cpu"
        self._said_at_once = SAID_AT_ONCE if on_cpu else tokens
        sampling = {"do_sample": True, "temperature": temperature, "top_k": 0, "top_p": 1.0}
        self._config = GenerationConfig(
            pad_token_id=self._padding,
            eos_token_id=self._end,
            return_dict_in_generate=True,
            prefill_chunk_size=READ_AT_ONCE if on_cpu else None,
            **(sampling if temperature > 0 else {"do_sample": False}),
        )

    def replies(self, prompts: Sequence[Sequence[int]]) -> list[Reply]:
        from dive_assets.training.packed_linears import packed_linears

        wanted = [list(prompt) for prompt in prompts]
        with packed_linears(self._model, min(self._batch, len(wanted))):
            return self._replies(wanted)

    def _replies(self, wanted: Sequence[list[int]]) -> list[Reply]:
        found: dict[int, Reply] = {}
        unread = set(range(len(wanted)))
        for batch, places in self._gone_on_with(wanted, unread):
            self._extend(batch, places, wanted, found)
        order = sorted(unread, key=lambda place: (len(wanted[place]), place))
        for start in range(0, len(order), self._batch):
            places = order[start : start + self._batch]
            self._extend(_OpenBatch.of(len(places), self._model), places, wanted, found)
        return [found[place] for place in range(len(wanted))]

    def _gone_on_with(self, wanted: Sequence[list[int]], unread: set[int]) -> list[tuple[_OpenBatch, list[int]]]:
        """The open rows that some prompts continue, as few batches as hold them, with the prompts' places, which are
        taken from `unread`; rows that none continues are forgotten."""
        kept, self._open = self._open, []
        found: list[tuple[_OpenBatch, list[int]]] = []
        while kept:
            batch = kept.pop()
            rows = batch.continued_by(wanted, unread)
            if not rows:
                continue
            unread.difference_update(rows)
            batch.keep(list(rows.values()))
            last = found[-1] if found else None
            if last and len(last[1]) + len(rows) <= self._batch and batch.divisible:
                found[-1] = (_OpenBatch.joined([last[0], batch], self._padding), [*last[1], *rows])
            else:
                found.append((batch, list(rows)))
        return found

    def _extend(
        self, batch: _OpenBatch, places: Sequence[int], prompts: Sequence[list[int]], found: dict[int, Reply]
    ) -> None:
        """Append what the prompts add and the replies to them."""
        batch.append([prompts[place] for place in places], self._padding)
        left, said = self._tokens, {place: list[int]() for place in places}
        at_once = self._said_at_once if batch.divisible else self._tokens
        while places:
            count = min(left, at_once)
            left -= count
            for place, ids in zip(places, batch.say(self._model, self._config, count, self._end), strict=True):
                said[place] += ids
            going = [row for row, place in enumerate(places) if left and said[place][-1] != self._end]
            if len(going) == len(places):
                continue
            ended = [row for row in range(len(places)) if row not in set(going)]
            self._open.append(batch.rows(ended) if going else batch)
            if going:
                batch.keep(going)
            places = [places[row] for row in going]
        found.update((place, Reply(ids)) for place, ids in said.items())


@dataclass
class _OpenBatch:
    """Sequences that went forward together, one a row, and what the model keeps of them.

    ids     of each row, without padding.
    tokens  the same with padding before each part that was appended, and after replies; (rows, width).
    read    1 where a token counts, 0 for padding; (rows, width).
    cache   keys and values of all tokens but the last.
    """

    ids: list[list[int]]
    tokens: Any
    read: Any
    cache: Any

    @classmethod
    def of(cls, rows: int, model: Any) -> _OpenBatch:
        import torch

        from dive_assets.training.growing_cache import growing_cache

        empty = torch.zeros((rows, 0), dtype=torch.long, device=model.device)
        return cls([[] for _ in range(rows)], empty, empty, growing_cache(model.config))

    @classmethod
    def joined(cls, batches: Sequence[_OpenBatch], padding: int) -> _OpenBatch:
        """One batch of the rows of several, those of narrower ones after padding."""
        import torch
        from torch.nn.functional import pad

        from dive_assets.training.growing_cache import joined_caches

        width = max(batch.tokens.shape[1] for batch in batches)
        before = [width - batch.tokens.shape[1] for batch in batches]
        return cls(
            [ids for batch in batches for ids in batch.ids],
            torch.cat([pad(b.tokens, (n, 0), value=padding) for b, n in zip(batches, before, strict=True)]),
            torch.cat([pad(b.read, (n, 0)) for b, n in zip(batches, before, strict=True)]),
            joined_caches([batch.cache for batch in batches]),
        )

    @property
    def divisible(self) -> bool:
        """Whether rows can be taken out and joined: not where layers keep a window of the tokens alone."""
        from dive_assets.training.growing_cache import GrowingLayer

        return all(type(layer) is GrowingLayer for layer in self.cache.layers)

    def continued_by(self, prompts: Sequence[list[int]], places: Collection[int]) -> dict[int, int]:
        """The row that each of some prompts continues, by the prompt's place. None where more than half of the width
        would be padding: reading anew costs less."""
        if self.tokens.shape[1] > 2 * max(len(ids) for ids in self.ids):
            return {}
        found: dict[int, int] = {}
        for row, ids in enumerate(self.ids):
            for place in sorted(places):
                if place not in found and len(prompts[place]) > len(ids) and prompts[place][: len(ids)] == ids:
                    found[place] = row
                    break
        return found

    def keep(self, rows: Sequence[int]) -> None:
        import torch

        chosen = torch.tensor(rows, device=self.tokens.device)
        self.ids = [self.ids[row] for row in rows]
        self.tokens, self.read = self.tokens[chosen], self.read[chosen]
        self.cache.batch_select_indices(chosen)

    def rows(self, rows: Sequence[int]) -> _OpenBatch:
        """Some rows as a batch of their own."""
        import torch

        from dive_assets.training.growing_cache import rows_of_cache

        chosen = torch.tensor(rows, device=self.tokens.device)
        cache = rows_of_cache(self.cache, chosen)
        return _OpenBatch([self.ids[row] for row in rows], self.tokens[chosen], self.read[chosen], cache)

    def append(self, prompts: Sequence[list[int]], padding: int) -> None:
        """What the prompts have beyond the ids of the rows."""
        import torch

        added = [prompt[len(ids) :] for prompt, ids in zip(prompts, self.ids, strict=True)]
        width, device = max(len(ids) for ids in added), self.tokens.device
        padded = torch.tensor([[padding] * (width - len(ids)) + ids for ids in added], device=device)
        counts = torch.tensor([[0] * (width - len(ids)) + [1] * len(ids) for ids in added], device=device)
        self.ids = [list(prompt) for prompt in prompts]
        self.tokens, self.read = torch.cat([self.tokens, padded], 1), torch.cat([self.read, counts], 1)

    def say(self, model: Any, config: Any, tokens: int, end: int) -> list[list[int]]:
        """Append at most `tokens` tokens of the model to each row, none after the one that ends a message."""
        import torch

        width = self.tokens.shape[1]
        limited = copy.copy(config)
        limited.max_new_tokens = tokens
        with torch.inference_mode():
            output = model.generate(
                input_ids=self.tokens,
                attention_mask=self.read,
                past_key_values=self.cache,
                generation_config=limited,
            )
        generated = output.sequences[:, width:]
        said = [up_to_end(ids, end) for ids in generated.tolist()]
        lengths = torch.tensor([len(ids) for ids in said], device=generated.device)
        places = torch.arange(generated.shape[1], device=generated.device)
        self.ids = [[*ids, *more] for ids, more in zip(self.ids, said, strict=True)]
        self.tokens, self.cache = output.sequences, output.past_key_values
        self.read = torch.cat([self.read, (places[None, :] < lengths[:, None]).long()], 1)
        return said


def up_to_end(ids: list[int], end: int) -> list[int]:
    """Ids up to the first that ends the message, it included; all of them if none does."""
    return ids[: ids.index(end) + 1] if end in ids else ids
