"""Linear layers that read their weights in oneDNN's own order while replies are said on a CPU.

A reply takes one token a row at a time, so that the matrices of a linear layer meet few rows: torch's product of 16
rows of float32 reaches a fifth of what it reaches for 256 (torch 2.13, MKL), and oneDNN's, with weights in its order,
more than twice as much. torch itself packs weights so only where a model is compiled, which needs a C++ compiler.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import torch
from peft.tuners.lora import Linear as AdaptedLinear
from torch import nn


@contextmanager
def packed_linears(model: Any, rows: int) -> Iterator[None]:
    """While inside, the float32 linear layers of a model on a CPU use a packed copy of their weights, LoRA adapters
    merged into it, in an order that suits `rows` rows; nothing may be trained. Elsewhere, and where torch has no
    oneDNN, nothing changes."""
    layers = list(_packable(model)) if torch.backends.mkldnn.is_available() else []
    try:
        for layer, linear in layers:
            packed = torch.ops.mkldnn._reorder_linear_weight(_weight(layer, linear).detach(), rows)
            layer.forward = partial(_product, packed, linear.bias)
        yield
    finally:
        for layer, _ in layers:
            layer.__dict__.pop("forward", None)


def _packable(module: nn.Module) -> Iterator[tuple[nn.Module, nn.Linear]]:
    """Layers of float32 on a CPU, adapted or not, with the linear layer that holds their weight."""
    linear = module.get_base_layer() if isinstance(module, AdaptedLinear) else module
    if type(linear) is nn.Linear:
        if linear.weight.device.type == "cpu" and linear.weight.dtype == torch.float32:
            yield module, linear
        return
    for child in module.children():
        yield from _packable(child)


def _weight(layer: nn.Module, linear: nn.Linear) -> torch.Tensor:
    if not isinstance(layer, AdaptedLinear) or layer.merged or layer.disable_adapters:
        return linear.weight
    with torch.no_grad():
        return linear.weight + sum(layer.get_delta_weight(name) for name in layer.active_adapters)


def _product(weight: torch.Tensor, bias: torch.Tensor | None, states: torch.Tensor) -> torch.Tensor:
    return torch.ops.mkldnn._linear_pointwise(states, weight, bias, "none", [], "")
