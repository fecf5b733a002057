"""Weights of a Llama model in a GGUF file, dequantized to float32 under the names that transformers uses."""

from __future__ import annotations

from typing import Any

NAMES = {
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
    "attn_norm": "input_layernorm",
    "ffn_norm": "post_attention_layernorm",
}


def llama_state_dict(reader: Any) -> dict[str, Any]:
    """State dict of `LlamaForCausalLM` out of a gguf.GGUFReader.

    llama.cpp interleaves the halves of each rotary head in the query and key projections; that is undone here.
    Raises ValueError for a tensor that a Llama model does not have.
    """
    import numpy
    import torch
    from gguf.quants import dequantize

    heads = reader.fields["llama.attention.head_count"].contents()
    key_heads = reader.fields["llama.attention.head_count_kv"].contents()
    found = {}
    for tensor in reader.tensors:
        values = dequantize(tensor.data, tensor.tensor_type).reshape([int(n) for n in reversed(tensor.shape)])
        first, *rest = tensor.name.split(".")
        if first == "token_embd":
            name = "model.embed_tokens.weight"
        elif first == "output_norm":
            name = "model.norm.weight"
        elif first == "blk" and rest[1] in NAMES:
            name = f"model.layers.{rest[0]}.{NAMES[rest[1]]}.weight"
            if rest[1] in ("attn_q", "attn_k"):
                values = _halves_apart(values, heads if rest[1] == "attn_q" else key_heads)
        else:
            raise ValueError(f"a Llama model has no tensor {tensor.name!r}")
        found[name] = torch.from_numpy(numpy.array(values, dtype=numpy.float32))
    return found


def _halves_apart(values: Any, heads: int) -> Any:
    """Rows of each head ordered as transformers wants them: first halves, then second halves."""
    rows = values.shape[0]
    return values.reshape(heads, rows // heads // 2, 2, *values.shape[1:]).swapaxes(1, 2).reshape(values.shape)
