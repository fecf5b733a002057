"""Replies of a model to many prompts at once, as token ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol


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
    generator: set its seed before. Prompts of like length go forward together."""

    def __init__(self, model: Any, tokenizer: Any, tokens: int, batch: int, temperature: float = 0.0) -> None:
        from transformers import GenerationConfig

        self._model = model.eval()
        self._tokenizer = tokenizer
        self._batch = batch
        sampling = {"do_sample": True, "temperature": temperature, "top_k": 0, "top_p": 1.0}
        self._config = GenerationConfig(
            max_new_tokens=tokens,
            pad_token_id=tokenizer.pad_token_id,
            eos_token_id=tokenizer.eos_token_id,
            **(sampling if temperature > 0 else {"do_sample": False}),
        )

    def replies(self, prompts: Sequence[Sequence[int]]) -> list[Reply]:
        found: dict[int, Reply] = {}
        order = sorted(range(len(prompts)), key=lambda place: (len(prompts[place]), place))
        for start in range(0, len(order), self._batch):
            places = order[start : start + self._batch]
            for place, ids in zip(places, self._generate([prompts[i] for i in places]), strict=True):
                found[place] = Reply(ids)
        return [found[place] for place in range(len(prompts))]

    def _generate(self, prompts: Sequence[Sequence[int]]) -> list[list[int]]:
        import torch

        longest = max(len(prompt) for prompt in prompts)
        padded = [[self._tokenizer.pad_token_id] * (longest - len(prompt)) + list(prompt) for prompt in prompts]
        attended = [[0] * (longest - len(prompt)) + [1] * len(prompt) for prompt in prompts]
        device = self._model.device
        with torch.inference_mode():
            output = self._model.generate(
                input_ids=torch.tensor(padded, device=device),
                attention_mask=torch.tensor(attended, device=device),
                generation_config=self._config,
            )
        return [up_to_end(ids, self._tokenizer.eos_token_id) for ids in output[:, longest:].tolist()]


def up_to_end(ids: list[int], end: int) -> list[int]:
    """Ids up to the first that ends the message, it included; all of them if none does."""
    return ids[: ids.index(end) + 1] if end in ids else ids
