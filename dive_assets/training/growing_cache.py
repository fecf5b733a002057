"""Keys and values of a conversation with room for the tokens to come.

transformers' DynamicCache copies all that it holds for every token that is said, which on CPUs takes longer than the
model itself (transformers 5.23); its StaticCache has one length for all that is ever said, and always attends to all
of it. Here a token is written behind the others, and a copy is made each time the room is used up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch.nn.functional import pad
from transformers import DynamicCache
from transformers.cache_utils import DynamicLayer

ROOM = 256  # tokens


def growing_cache(config: Any) -> DynamicCache:
    """An empty cache for a model of a configuration; layers with a window of their own stay as transformers makes
    them."""
    cache = DynamicCache(config=config)
    cache.layers = [GrowingLayer() if type(layer) is DynamicLayer else layer for layer in cache.layers]
    return cache


def rows_of_cache(cache: DynamicCache, rows: torch.Tensor) -> DynamicCache:
    """A copy of some rows."""
    return _cache_of([(layer.keys[rows], layer.values[rows]) for layer in cache.layers])


def joined_caches(caches: Sequence[DynamicCache]) -> DynamicCache:
    """The rows of several caches in one; before those of shorter ones stand zeros, which a mask must leave out."""
    return _cache_of(
        [
            (_joined([layer.keys for layer in layers]), _joined([layer.values for layer in layers]))
            for layers in zip(*(cache.layers for cache in caches), strict=True)
        ]
    )


def _cache_of(states: Sequence[tuple[torch.Tensor, torch.Tensor]]) -> DynamicCache:
    cache = DynamicCache()
    cache.layers = [GrowingLayer() for _ in states]
    for layer, (keys, values) in zip(cache.layers, states, strict=True):
        layer.update(keys, values)
    return cache


def _joined(states: Sequence[torch.Tensor]) -> torch.Tensor:
    length = max(state.shape[-2] for state in states)
    return torch.cat([pad(state, (0, 0, length - state.shape[-2], 0)) for state in states])


class GrowingLayer(DynamicLayer):  # type: ignore[misc]
    """Keys and values of one layer: (rows, heads, tokens, size), views of tensors with room for more tokens."""

    keys: Any
    values: Any

    def __init__(self) -> None:
        super().__init__()
        self._rooms: tuple[Any, Any] = (None, None)

    def update(self, key_states: Any, value_states: Any, *_: Any, **__: Any) -> tuple[Any, Any]:
        if not self.is_initialized:
            self.lazy_initialization(key_states, value_states)
        keys, values = self._rooms
        self.keys, keys = _appended(self.keys, keys, key_states)
        self.values, values = _appended(self.values, values, value_states)
        self._rooms = (keys, values)
        return self.keys, self.values


def _appended(kept: Any, room: Any, added: Any) -> tuple[Any, Any]:
    """What is kept with what is added, and the tensor that holds both. The room is made anew where it is too small, or
    where rows were left out since."""
    length = kept.shape[-2] if kept.numel() else 0
    end = length + added.shape[-2]
    held = room is not None and kept.data_ptr() == room.data_ptr() and kept.shape[0] == room.shape[0]
    if not held or room.shape[-2] < end:
        room = added.new_empty((*added.shape[:-2], end + ROOM, added.shape[-1]))
        if length:
            room[..., :length, :] = kept
    room[..., length:end, :] = added
    return room[..., :end, :], room
