"""Keys and values of a conversation with room for the tokens to come.

transformers' DynamicCache copies all that it holds for every token that is said, which on CPUs takes longer than the
model itself (transformers 5.23); its StaticCache has one length for all that is ever said, and always attends to all
of it. Here a token is written behind the others, and a copy is made each time the room is used up.
"""

from __future__ import annotations

from typing import Any

from transformers import DynamicCache
from transformers.cache_utils import DynamicLayer

ROOM = 256  # tokens


def growing_cache(config: Any) -> DynamicCache:
    """An empty cache for a model of a configuration; layers with a window of their own stay as transformers makes
    them."""
    cache = DynamicCache(config=config)
    cache.layers = [GrowingLayer() if type(layer) is DynamicLayer else layer for layer in cache.layers]
    return cache


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
