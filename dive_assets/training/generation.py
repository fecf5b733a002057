"""Replies of a model to many prompts at once, as token ids."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

READ_AT_ONCE = 256  # tokens of a prompt that go forward together on a CPU: more do not fit its caches


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
    computed for them is kept until the next call.
    """

    def __init__(self, model: Any, tokenizer: Any, tokens: int, batch: int, temperature: float = 0.0) -> None:
        from transformers import GenerationConfig

        self._model = model.eval()
        self._tokenizer = tokenizer
        self._batch = batch
        self._open: list[_OpenBatch] = []
        sampling = {"do_sample": True, "temperature": temperature, "top_k": 0, "top_p": 1.0}
        self._config = GenerationConfig(
            max_new_tokens=tokens,
            pad_token_id=tokenizer.pad_token_id,
            eos_token_id=tokenizer.eos_token_id,
            return_dict_in_generate=True,
            prefill_chunk_size=READ_AT_ONCE if model.device.type == "cpu" else None,
            **(sampling if temperature > 0 else {"do_sample": False}),
        )

    def replies(self, prompts: Sequence[Sequence[int]]) -> list[Reply]:
        from dive_assets.training.packed_linears import packed_linears

        wanted = [list(prompt) for prompt in prompts]
        with packed_linears(self._model, min(self._batch, len(wanted))):
            return self._replies(wanted)

    def _replies(self, wanted: Sequence[list[int]]) -> list[Reply]:
        found: dict[int, Reply] = {}
        kept, self._open = self._open, []
        unread = set(range(len(wanted)))
        while kept:
            batch = kept.pop(0)  # none is referred to once it was left out: its memory is free
            if rows := batch.continued_by(wanted, unread):
                unread -= rows.keys()
                batch.keep(list(rows.values()))
                self._extend(batch, list(rows), wanted, found)
        order = sorted(unread, key=lambda place: (len(wanted[place]), place))
        for start in range(0, len(order), self._batch):
            places = order[start : start + self._batch]
            self._extend(_OpenBatch.of(len(places), self._model), places, wanted, found)
        return [found[place] for place in range(len(wanted))]

    def _extend(
        self, batch: _OpenBatch, places: Sequence[int], prompts: Sequence[list[int]], found: dict[int, Reply]
    ) -> None:
        replies = batch.replies(self._model, [prompts[i] for i in places], self._config, self._tokenizer.pad_token_id)
        found.update((place, Reply(ids)) for place, ids in zip(places, replies, strict=True))
        self._open.append(batch)


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

    def replies(self, model: Any, prompts: Sequence[list[int]], config: Any, padding: int) -> list[list[int]]:
        """Append what the prompts add, and the replies to them; returns the replies."""
        import torch

        added = [prompt[len(ids) :] for prompt, ids in zip(prompts, self.ids, strict=True)]
        width = max(len(ids) for ids in added)
        padded = torch.tensor([[padding] * (width - len(ids)) + ids for ids in added], device=self.tokens.device)
        counts = torch.tensor([[0] * (width - len(ids)) + [1] * len(ids) for ids in added], device=self.tokens.device)
        tokens, read = torch.cat([self.tokens, padded], 1), torch.cat([self.read, counts], 1)
        with torch.inference_mode():
            output = model.generate(
                input_ids=tokens, attention_mask=read, past_key_values=self.cache, generation_config=config
            )
        said = output.sequences[:, tokens.shape[1] :]
        replies = [up_to_end(ids, config.eos_token_id) for ids in said.tolist()]
        self.ids = [[*prompt, *reply] for prompt, reply in zip(prompts, replies, strict=True)]
        lengths = torch.tensor([len(reply) for reply in replies], device=said.device)
        places = torch.arange(said.shape[1], device=said.device)
        self.tokens, self.cache = output.sequences, output.past_key_values
        self.read = torch.cat([read, (places[None, :] < lengths[:, None]).long()], 1)
        return replies


def up_to_end(ids: list[int], end: int) -> list[int]:
    """Ids up to the first that ends the message, it included; all of them if none does."""
    return ids[: ids.index(end) + 1] if end in ids else ids
